"""The tables, in SQLAlchemy Core and nothing that only one database has.

JSON is kept as text.  Ids, keys and aliases are unique through a lower-cased twin.  On PostgreSQL text that is
compared has the collation "C", so that order and paging are those of SQLite.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean

SCHEMA_VERSION: Final = 6
LONGEST_COMPARED: Final = 300  # PostgreSQL refuses index entries beyond 2,700 bytes

metadata = sa.MetaData()
_Compared = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows by itself in INTEGER only


def _text(name: str, **options: object) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **options)  # type: ignore[arg-type]


def _compared(name: str, **options: object) -> sa.Column[str]:
    return sa.Column(name, _Compared, nullable=False, **options)  # type: ignore[arg-type]


def _whole(name: str, **options: object) -> sa.Column[int]:
    return sa.Column(name, _Number, nullable=False, **options)  # type: ignore[arg-type]


def _of_record(name: str = "record_id", **options: object) -> sa.Column[str]:
    return sa.Column(name, _Compared, sa.ForeignKey("records.id"), nullable=False, **options)  # type: ignore[arg-type]


# One row.  Every writer locks it first and updates it last, so a change is never visible before a smaller one.
meta = sa.Table(
    "meta",
    metadata,
    _whole("one", primary_key=True, autoincrement=False),
    _text("store_id"),
    _text("epoch"),
    _whole("last_change"),
    _whole("schema_version"),
    _text("created_at"),
)
runs = sa.Table(
    "runs",
    metadata,
    _whole("id", primary_key=True),
    _text("command"),
    _text("settings"),
    _text("started_at"),
    sa.Column("finished_at", sa.Text),
    sa.Column("counts", sa.Text),
)
documents = sa.Table(
    "documents",
    metadata,
    _compared("sha256", primary_key=True),
    _text("name"),
    _text("encoding"),
    _whole("size"),
    sa.Column("content", sa.LargeBinary),  # zlib; null where it was too large to keep
    _text("added_at"),
)
records = sa.Table(
    "records",
    metadata,
    _compared("id", primary_key=True),
    _compared("id_folded", unique=True),
    _compared("key_folded", unique=True),
    _whole("version"),
    _text("state"),
    _text("reason"),
    _compared("merged_into", index=True),  # at the end of a chain of merges
    sa.Column("cited", sa.Boolean, nullable=False),
    _compared("created_at", index=True),
    _text("updated_at"),
    _text("current"),
)


def _of_reading() -> tuple[sa.Column[Any], ...]:
    """The columns of a reading but for its number and record; *undone* is the run that took it back, 0 for none."""
    return (
        _compared("source"),
        _compared("key_compared"),
        _compared("document"),
        _whole("ordinal"),
        _text("key"),
        _text("reader"),
        _whole("reader_version"),
        _whole("rank"),
        _whole("line"),
        _text("leftovers"),
        _whole("furniture"),
        _text("notices"),
        _text("read_at"),
        _text("digest"),
        _text("record"),
        _whole("run", index=True),  # that made it, 0 where it is not known
        _whole("undone"),
    )


# In order of arrival: the higher nr is the newer reading.  *home* is the record it was read for; where that was merged,
# record_id is the one it counts for now.
readings = sa.Table(
    "readings",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _compared("home"),
    *_of_reading(),
    sa.UniqueConstraint("source", "key_compared", "document", "ordinal"),
)
# Readings that newer ones of the same place have replaced; they come back when those are undone.
past_readings = sa.Table(
    "past_readings",
    metadata,
    _whole("nr", primary_key=True, autoincrement=False),
    _of_record("home", index=True),
    *_of_reading(),
)
# Every decision ever made on a field, in order; of those not undone the last is in force.
decisions = sa.Table(
    "decisions",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _whole("version"),  # of the record, that this decision made
    _compared("field"),
    _text("value"),  # JSON; null clears the field, "" gives it back to the sources
    _text("who"),
    _text("why"),
    _text("at"),
    _text("overruled"),
    _whole("undone"),  # as that version of the record
)
# Every merge ever made; of each record at most one is not undone.
merges = sa.Table(
    "merges",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _of_record("into_id", index=True),
    _whole("version"),  # of either record, that this merge made; 0 for one that cannot be undone
    _whole("into_version"),
    sa.Column("undone", sa.Boolean, nullable=False),
)
# What people decided about pairs of records, in order; of those not undone the last is in force.
verdicts = sa.Table(
    "verdicts",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _of_record("other_id", index=True),
    _text("verdict"),
    _text("who"),
    _text("why"),
    _text("at"),
    _whole("version"),
    _whole("other_version"),
    sa.Column("undone", sa.Boolean, nullable=False),
)
aliases = sa.Table(
    "aliases",
    metadata,
    _compared("kind", primary_key=True),  # "id" or "key"
    _compared("folded", primary_key=True),
    _text("alias"),
    _of_record(index=True),
)
key_numbers = sa.Table(  # the next number to try for a citation key whose base is taken
    "key_numbers",
    metadata,
    _compared("base", primary_key=True),
    _whole("next"),
)
identifiers = sa.Table(
    "identifiers",
    metadata,
    _compared("scheme", primary_key=True),
    _compared("value", primary_key=True),
    _of_record(primary_key=True, index=True),
)
match_keys = sa.Table(
    "match_keys",
    metadata,
    _compared("key", primary_key=True),
    _of_record(primary_key=True, index=True),
)
revisions = sa.Table(
    "revisions",
    metadata,
    _of_record(primary_key=True),
    _whole("version", primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("why"),
    _text("kind"),
    _whole("run", index=True),  # 0 for none
    _text("other"),  # the other record of a merge or of a verdict; "" for none
    _whole("undone"),  # by this version, or where negative by this run; 0 for none
    _text("record"),
)
# What was found by comparing, in order; of those not undone the last of a pair counts.  People's verdicts stand above.
links = sa.Table(
    "matches",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _of_record("other_id", index=True),
    _text("relation"),
    _text("reasons"),
    sa.Column("score", sa.Double, nullable=False),
    _whole("run", index=True),
    _whole("undone"),  # by this run; 0 for none
)
changes = sa.Table(
    "changes",
    metadata,
    _of_record(primary_key=True),
    _whole("change", unique=True),
)
# One row, or none; added in version 2.
thesaurus = sa.Table(
    "thesaurus",
    metadata,
    _whole("one", primary_key=True, autoincrement=False),
    _text("name"),
    _text("digest"),  # of the entries: the same again changes nothing
    _text("entries"),
    _text("loaded_at"),
)
# Readers' lists.  Whoever knows the token may read and write; *shared* is the digest of a token that only reads, null
# for none, and *nonce* is what that token was made with.
lists = sa.Table(
    "lists",
    metadata,
    _whole("nr", primary_key=True),
    _compared("digest", unique=True),  # sha256 of the token
    _whole("size"),  # number of its entries, which every page shows
    sa.Column("shared", _Compared, unique=True),
    _text("nonce"),
    sa.Column("with_notes", sa.Boolean, nullable=False),  # whether notes and marks are shared too
    _text("created_at"),
    _compared("touched_at", index=True),
)
list_entries = sa.Table(
    "list_entries",
    metadata,
    sa.Column("list_nr", _Number, sa.ForeignKey("lists.nr"), primary_key=True, autoincrement=False),
    _of_record(primary_key=True),
    _whole("position"),
    _text("added_at"),
    _text("note"),
    _text("mark"),
    sa.Index("ix_list_entries_position", "list_nr", "position"),
)
# Searches that readers saved, beside their lists.
searches = sa.Table(
    "searches",
    metadata,
    _whole("nr", primary_key=True),
    sa.Column("list_nr", _Number, sa.ForeignKey("lists.nr"), nullable=False, index=True),
    _text("name"),
    _text("query"),  # as it stands in the address of the search
    _text("created_at"),
    _text("seen_at"),  # when the reader last opened it
)


def compared(text: str) -> str:
    """*text* as it stands in a column that is looked up: cleaned, a very long one cut and told apart by its hash."""
    text = clean(text)
    if len(text) <= LONGEST_COMPARED:
        return text
    return text[:LONGEST_COMPARED] + "#" + hashlib.sha256(text.encode()).hexdigest()


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert *rows*, all with the same columns, in one call of the driver, in half the time SQLAlchemy would take."""
    if rows:
        statement, order = _insertion(connection.dialect, table, tuple(rows[0]))
        positional = connection.dialect.positional
        values = [tuple(row[name] for name in order) for row in rows] if positional else [dict(row) for row in rows]
        connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _insertion(dialect: sa.Dialect, table: sa.Table, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    compiled = table.insert().compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), tuple(compiled.positiontup or ())
