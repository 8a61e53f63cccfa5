"""Plain: the store as lines of JSON, one for each record with all that was read and decided of it, and back.

The keys of a line are sorted; what stands in columns as JSON stands in it as it is.  Not in the lines is what follows
from them (identifiers, match keys, the list of changes), the texts of documents, and what belongs to readers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput, Conflict
from litbase.record.record import from_json
from litbase.store import schema, schema_people
from litbase.store.audit import Deed, append
from litbase.store.changes import touch
from litbase.store.connect import Database
from litbase.store.entry import load
from litbase.store.schema import insert_rows, records
from litbase.store.unlogged import READ_BACK
from litbase.store.work import Work

PAGE: Final = 500
_NESTED: Final = frozenset({"current", "record", "leftovers", "notices", "reasons", "entries"})  # JSON in a column
_TYPES: Final = ((sa.Boolean, bool), (sa.Double, float), (sa.BigInteger, int), (sa.Text, str))
_SAME: Final = msgspec.Raw(b"null")  # of a revision: what the record says now
_LEFT: Final = frozenset({"content"})  # of a document
# Tables of which each row belongs to a record, by the column that names it, and how its rows are ordered.
PARTS: Final[Mapping[str, tuple[sa.Table, str, str]]] = {
    "aliases": (schema.aliases, "record_id", "folded"),
    "decisions": (schema.decisions, "record_id", "nr"),
    "links": (schema.links, "record_id", "nr"),
    "merges": (schema.merges, "record_id", "nr"),
    "past_readings": (schema.past_readings, "home", "nr"),
    "readings": (schema.readings, "record_id", "nr"),
    "revisions": (schema.revisions, "record_id", "version"),
    "verdicts": (schema.verdicts, "record_id", "nr"),
}
HEADS: Final[Mapping[str, tuple[sa.Table, str]]] = {
    "documents": (schema.documents, "sha256"),
    "runs": (schema.runs, "id"),
    "thesaurus": (schema.thesaurus, "one"),
    "variants": (schema_people.variants, "nr"),
}


class Line(NamedTuple):
    """A line and where it stands, for messages."""

    text: bytes
    where: str


def _type(column: sa.Column[Any]) -> Any:
    if column.name in _NESTED:
        return msgspec.Raw
    kind = next(python for of, python in _TYPES if isinstance(column.type, of))
    return kind | None if column.nullable else kind


def _form(
    table: sa.Table, without: frozenset[str] = frozenset(), more: Mapping[str, Any] = MappingProxyType({})
) -> type[msgspec.Struct]:
    """The form of a row of *table* in a line, and of what more there is; keys in order."""
    of_columns = {"".join(column.name): _type(column) for column in table.c if column.name not in without}
    return msgspec.defstruct(
        table.name, sorted((of_columns | dict(more)).items()), frozen=True, forbid_unknown_fields=True
    )


_FORMS: Final = {name: _form(table, frozenset({of})) for name, (table, of, _) in PARTS.items()} | {
    name: _form(table, _LEFT) for name, (table, _) in HEADS.items()
}
_RECORD: Final = _form(records, more={name: list[form] for name, form in _FORMS.items() if name in PARTS})  # type: ignore[valid-type]
_DECODERS: Final = {name: msgspec.json.Decoder(form) for name, form in _FORMS.items()}
_DECODER: Final = msgspec.json.Decoder(_RECORD)
_ENCODER: Final = msgspec.json.Encoder()


class Plain:
    """The lines of a store, and a store from lines."""

    def __init__(self, database: Database):
        """Of the store in *database*."""
        self._database = database

    def records(self) -> Iterator[bytes]:
        """A line for each record, whatever its state, by id."""
        after = ""
        while page := self._database.read(lambda c, after=after: _page(c, after)):  # type: ignore[misc]
            yield from (line for _, line in page)
            after = page[-1][0]

    def head(self, name: str) -> list[bytes]:
        """The lines of "documents" (without their texts), "runs", "thesaurus" or "variants"."""
        table, order = HEADS[name]
        rows = self._database.read(lambda c: c.execute(sa.select(table).order_by(table.c[order])).mappings().all())
        return [_ENCODER.encode(_shown(_FORMS[name], row)) for row in rows]

    def read_back(self, heads: Mapping[str, Iterable[Line]], lines: Callable[[], Iterable[Line]], who: str = "") -> int:
        """Make the empty store what the lines say, all or nothing; how many records.  *lines* are read twice.

        The log says that *who* did it.  Raises Conflict when there are records or runs, BadInput naming the line that
        is not good.
        """
        given = {name: list(some) for name, some in heads.items()}
        return self._database.write(lambda connection: _read_back(connection, given, lines, who))


def _shown(form: type[msgspec.Struct], row: Mapping[Any, Any], **more: Any) -> msgspec.Struct:
    values = {name: msgspec.Raw(row[name].encode()) if name in _NESTED else row[name]
              for name in form.__struct_fields__ if name not in more}  # fmt: skip
    return form(**values, **more)


def _page(connection: Connection, after: str) -> list[tuple[str, bytes]]:
    query = sa.select(records).where(records.c.id > after).order_by(records.c.id).limit(PAGE)
    rows = connection.execute(query).mappings().all()
    current = {row["id"]: row["current"] for row in rows}
    parts: dict[str, dict[str, list[Any]]] = {row["id"]: {name: [] for name in PARTS} for row in rows}
    for name, (table, of, order) in PARTS.items():
        theirs = sa.select(table).where(table.c[of].in_(list(parts))).order_by(table.c[order])
        for row in connection.execute(theirs).mappings():
            shown = _shown(_FORMS[name], row)
            if name == "revisions" and row["record"] == current[row[of]]:
                shown = msgspec.structs.replace(shown, record=_SAME)
            parts[row[of]][name].append(shown)
    return [(row["id"], _ENCODER.encode(_shown(_RECORD, row, **parts[row["id"]]))) for row in rows]


def _read_back(
    connection: Connection, heads: Mapping[str, Sequence[Line]], lines: Callable[[], Iterable[Line]], who: str
) -> int:
    for table in (records, schema.runs, schema.documents):
        if connection.scalar(sa.select(sa.func.count()).select_from(table)):
            raise Conflict("there are records in this library; an export is read into an empty one")
    for name, some in heads.items():
        rows = [_row(_decoded(_DECODERS[name], line), HEADS[name][0]) for line in some]
        empty: dict[str, Any] = {"content": None} if name == "documents" else {}
        _insert(connection, HEADS[name][0], [row | empty for row in rows], some)
    count = 0
    for page in _pages(lines()):
        rows = [_row(_checked(_decoded(_DECODER, line), line), records) for line in page]
        _insert(connection, records, rows, page)
        count += len(rows)
    for page in _pages(lines()):
        _insert_parts(connection, page)
    _follow(connection)
    if connection.dialect.name == "postgresql":
        _count_on(connection)
    append(connection, [Deed(who, READ_BACK, detail={"records": count})])
    return count


def _pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        page.append(line)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


def _decoded(decoder: "msgspec.json.Decoder[Any]", line: Line) -> Any:
    try:
        return decoder.decode(line.text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadInput(f"{line.where}: {error}; nothing was read") from error


def _checked(found: Any, line: Line) -> Any:
    """*found* when its records can be read; raises BadInput."""
    texts = [found.current, *(row.record for row in (*found.readings, *found.past_readings, *found.revisions))]
    for text in texts:
        if text != _SAME:
            try:
                record = from_json(bytes(text).decode())
            except (ValueError, RecursionError) as error:
                raise BadInput(f"{line.where}: {found.id} cannot be read: {error}; nothing was read") from error
            if text is found.current and record.id != found.id:
                raise BadInput(f"{line.where}: {found.id} says that its id is {record.id}; nothing was read")
    return found


def _row(found: Any, table: sa.Table, **more: Any) -> dict[str, Any]:
    """The columns of *table* of *found*, nested JSON as text again."""
    values = {name: getattr(found, name) for name in found.__struct_fields__ if name in table.c}
    return {name: bytes(value).decode() if name in _NESTED else value for name, value in values.items()} | more


def _insert_parts(connection: Connection, page: Sequence[Line]) -> None:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in PARTS}
    for found in (_decoded(_DECODER, line) for line in page):
        current = bytes(found.current).decode()
        for name, (table, of, _) in PARTS.items():
            for part in getattr(found, name):
                row = _row(part, table, **{of: found.id})
                if name == "revisions" and part.record == _SAME:
                    row["record"] = current
                rows[name].append(row)
    for name, (table, _, _) in PARTS.items():
        _insert(connection, table, rows[name], page)


def _insert(connection: Connection, table: sa.Table, rows: Sequence[dict[str, Any]], page: Sequence[Line]) -> None:
    try:
        insert_rows(connection, table, rows)
    except Exception as error:  # the driver's own classes: a row twice, or one that names a record that is not there
        if "Integrity" not in type(error).__name__ and "Violation" not in type(error).__name__:
            raise
        where = f"{page[0].where} to {page[-1].where}"
        raise BadInput(f"{where}: {table.name}: {getattr(error, 'orig', error)}; nothing was read") from error


def _follow(connection: Connection) -> None:
    """Make what follows from the records: how they are found again, and the list of changes."""
    after = ""
    while ids := connection.scalars(
        sa.select(records.c.id).where(records.c.id > after).order_by(records.c.id).limit(PAGE)
    ).all():
        Work(connection, "").refresh_lookups(list(load(connection, ids).values()), ())
        touch(connection, ids, new=set(ids))
        after = ids[-1]


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number the next rows after those that came with numbers."""
    tables = {table for table, _, _ in PARTS.values()} | {schema.runs, schema_people.variants}
    for table, number in [(table, name) for table in tables for name in ("nr", "id") if name in table.c]:
        sequence = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, number)))
        highest = connection.scalar(sa.select(sa.func.max(table.c[number])))
        if sequence and highest:
            connection.execute(sa.select(sa.func.setval(sequence, highest)))
