"""The values that go into the store and come out of it."""

from typing import NamedTuple

import msgspec

from litbase.record.notices import Notice
from litbase.record.reading import Leftover
from litbase.record.record import Record


class Link(msgspec.Struct, frozen=True):
    """A likeness to another record: its id, or its place (from 0) in the batch; *relation* as in `record.match`."""

    target: str | int
    relation: str
    reasons: tuple[Notice, ...] = ()


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One reading on its way into the store.

    (*source*, *key*) is its identity at its source, *key* never empty.  *document* is the sha256 of what it was read
    from ("" when typed in), *ordinal* its place among the records of that document (from 0), *line* its first line.
    """

    record: Record
    source: str
    key: str
    reader: str
    reader_version: int = 1
    rank: int = 50
    document: str = ""
    ordinal: int = 0
    line: int = 1
    leftovers: tuple[Leftover, ...] = ()
    furniture: int = 0
    notices: tuple[Notice, ...] = ()
    links: tuple[Link, ...] = ()


def with_links(incoming: Incoming, links: tuple[Link, ...]) -> Incoming:
    """A copy of *incoming* with *links*."""
    return msgspec.structs.replace(incoming, links=links)


class Outcome(msgspec.Struct, frozen=True):
    """What became of one reading or edit: *status* is "new", "changed", "same" or "refused" (then *id* is "")."""

    status: str
    id: str = ""
    version: int = 0
    notices: tuple[Notice, ...] = ()


class Stored(msgspec.Struct, frozen=True):
    """A record as it stands, with its life.

    *state* is "public", "draft", "withdrawn" or "merged" (then *merged_into* names the other); *reason* says why.
    Instants are UTC, ISO 8601 with Z.  *record* carries its id, citation key and collection.
    """

    id: str
    version: int
    state: str
    reason: str
    merged_into: str
    created_at: str
    updated_at: str
    record: Record


class Revision(msgspec.Struct, frozen=True):
    """One change of a record; *kind* is "import", "edit", "withdrawn", "public", "draft" or "merged".

    *run* is the run that made it, 0 for none; *before* is None for the first.
    """

    version: int
    at: str
    who: str
    why: str
    kind: str
    run: int
    before: Record | None
    after: Record


class StoredReading(msgspec.Struct, frozen=True):
    """What one document said about a record; *document_name* is "" when the document is not kept."""

    source: str
    key: str
    reader: str
    reader_version: int
    rank: int
    document: str
    document_name: str
    ordinal: int
    line: int
    leftovers: tuple[Leftover, ...]
    furniture: int
    notices: tuple[Notice, ...]
    read_at: str
    record: Record


class StoredEdit(msgspec.Struct, frozen=True):
    """A person's decision on one field: *value* None clears it; *overruled* is `compose.digest` of what it replaced."""

    field: str
    value: object
    who: str
    why: str
    at: str
    overruled: str


class StoredLink(msgspec.Struct, frozen=True):
    """A likeness as one record sees it: "part-of" reads "has-part" from the other side, the rest are mutual."""

    other_id: str
    relation: str
    reasons: tuple[Notice, ...]


class StoredDocument(NamedTuple):
    """A document as received; *data* is None where it was too large to keep."""

    name: str
    encoding: str
    data: bytes | None


class Found(msgspec.Struct, frozen=True):
    """The id names this record."""

    stored: Stored


class MovedTo(msgspec.Struct, frozen=True):
    """The id is another name of the record *id*, or was merged into it."""

    id: str


class Withdrawn(msgspec.Struct, frozen=True):
    """The record was withdrawn; its title and the reason remain."""

    id: str
    title: str
    reason: str


class Absent(msgspec.Struct, frozen=True):
    """No record has, or had, this id."""
