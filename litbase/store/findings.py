"""What is kept of each record of an import, and of readings while their like are looked for: values, and their JSON."""

import msgspec

from litbase.record.notices import Notice, Problem
from litbase.record.reading import Leftover
from litbase.record.record import Record, from_json
from litbase.store.values import Incoming


class Likeness(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a reading is like: the record *id*, or the reading number *ordinal* of the same import where that is new."""

    relation: str
    reasons: tuple[Notice, ...]
    id: str = ""
    ordinal: int = -1


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record of an import, or what could not be read.

    *record* is its JSON, "" where it is too large; *lines* are the beginning of its text, *more* lines follow.
    """

    status: str
    file: str
    line: int
    kind: str = ""
    source: str = ""
    type: str = ""
    title: str = ""
    record: str = ""
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    more: int = 0
    cited: int = 0

    def to_json(self) -> str:
        """It as JSON."""
        return msgspec.json.encode(self).decode()

    def read(self) -> Record | None:
        """The record; None where it was not kept."""
        return from_json(self.record) if self.record else None


def of_json(text: str) -> Finding:
    """The finding that `Finding.to_json` wrote."""
    return msgspec.json.decode(text, type=Finding)


def pack(incoming: Incoming) -> bytes:
    """*incoming* without its links and leftovers, as bytes."""
    return msgspec.msgpack.encode(msgspec.structs.replace(incoming, links=(), leftovers=()))


def unpack(data: bytes) -> Incoming:
    """What `pack` made bytes of."""
    return msgspec.msgpack.decode(data, type=Incoming)
