"""The values that go into the store and come out of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from litbase.record.notices import Notice
from litbase.record.reading import Leftover
from litbase.record.record import Record


class Link(msgspec.Struct, frozen=True):
    """A likeness to another record: its id, or its place (from 0) in the batch; *relation* as in `record.match`.

    *score* is that of the match, 0 to 1; the store finds it out where it is 0.
    """

    target: str | int
    relation: str
    reasons: tuple[Notice, ...] = ()
    score: float = 0.0


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


class Edit(NamedTuple):
    """What is to be decided about one record of many: values by field (None for nothing), and fields to give back.

    *version* is the one the person saw, None for whichever; *why* is said for this record, "" for as for all.
    """

    id: str
    changes: Mapping[str, Any]
    version: int | None = None
    releases: tuple[str, ...] = ()
    why: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one reading or edit: *status* is "new", "changed", "same" or "refused" (then *id* is "").

    One of many edits has its id in any case, and may be a "conflict": *version* is then the stored one, 0 for none.
    """

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
    """One change of a record.

    *kind* is "import", "edit", "brought-back", "public", "draft", "withdrawn", "merged", "unmerged", "judged-" and the
    verdict as this record sees it, or "undone".  *run* is the run that made it, 0 for none; *other* is the other record
    of a merge or verdict, or the version that was brought back; *undone* is the version that took this one back, or
    where negative the run, 0 for none; *before* is None for the first.
    """

    version: int
    at: str
    who: str
    why: str
    kind: str
    run: int
    before: Record | None
    after: Record
    other: str = ""
    undone: int = 0


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
    run: int = 0
    is_undone: bool = False


class StoredEdit(msgspec.Struct, frozen=True):
    """A person's decision on one field: *value* None clears it; *overruled* is `compose.digest` of what it replaced.

    *command* is that of the run in which it was made, "" where it was made by itself.
    """

    field: str
    value: object
    who: str
    why: str
    at: str
    overruled: str
    command: str = ""


class StoredLink(msgspec.Struct, frozen=True):
    """A likeness as one record sees it: "part-of" reads "has-part" from the other side, the rest are mutual.

    *source* is "machine" or "person"; *score* is that of the match, 1 where a person decided.
    """

    other_id: str
    relation: str
    reasons: tuple[Notice, ...]
    score: float = 0.0
    source: str = "machine"


class Verdict(msgspec.Struct, frozen=True):
    """What a person decided about two records: *verdict* is "different" or a relation, as *one* sees *other*."""

    one: str
    other: str
    verdict: str
    who: str
    why: str
    at: str


class Suspects(NamedTuple):
    """Two records that may be one work, in the order of their ids, with the strongest relation found and its score."""

    one: str
    other: str
    relation: str
    score: float


class Standing(msgspec.Struct, frozen=True):
    """Which record's value stands when two are merged, by id ("" for neither's), and why."""

    id: str
    why: Notice


class Proposal(msgspec.Struct, frozen=True):
    """What merging *one* and *other* comes to: into which of them, the record, and whose value stands.

    *standing* has the fields in which the two differ.
    """

    one: Stored
    other: Stored
    into: str
    record: Record
    standing: dict[str, Standing]


class Renewed(msgspec.Struct, frozen=True):
    """A record that got another citation key."""

    id: str
    before: str
    key: str


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
