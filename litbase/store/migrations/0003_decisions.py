"""Version 3: what people and runs do can be undone.

Readings know the record they were read for and their run, decisions are kept in order, merges and verdicts are rows of
their own.  Of merges made before, nobody knows whose readings were whose: they stay, and cannot be undone.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_Compared = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ZERO = sa.text("0")
_NOTHING = sa.text("''")


def up(connection: Connection) -> None:
    """Add what version 3 has, as it was then whatever it is today."""
    _add_columns(connection)
    _add_tables(connection)
    for statement in _FILL:
        connection.execute(sa.text(statement))
    for table in ("edits", "links"):
        connection.execute(sa.text(f"drop table {table}"))


def _add_columns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # so that it compares with ids, whose collation is "C"
        connection.execute(sa.text('alter table records alter column merged_into type text collate "C"'))
    merged_into = sa.table("records", sa.column("merged_into", _Compared))
    for table, column in (
        ("readings", _column("home", _Compared, _NOTHING)),
        ("readings", _column("run", _Number, _ZERO)),
        ("readings", _column("undone", _Number, _ZERO)),
        ("revisions", _column("other", sa.Text(), _NOTHING)),
        ("revisions", _column("undone", _Number, _ZERO)),
    ):
        text = sa.schema.CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(sa.text(f"alter table {table} add column {text}"))
    connection.execute(sa.text(f"create index ix_records_merged_into on {merged_into.name} (merged_into)"))


def _column(name: str, kind: sa.types.TypeEngine[Any], default: sa.TextClause) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=default)


def _add_tables(connection: Connection) -> None:
    metadata = sa.MetaData()
    sa.Table("records", metadata, sa.Column("id", _Compared, primary_key=True))

    def number(name: str, **more: Any) -> sa.Column[int]:
        return sa.Column(name, _Number, nullable=False, **more)

    def text(name: str) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=False)

    def compared(name: str) -> sa.Column[str]:
        return sa.Column(name, _Compared, nullable=False)

    def of_record(name: str = "record_id") -> sa.Column[str]:
        return sa.Column(name, _Compared, sa.ForeignKey("records.id"), nullable=False, index=True)

    sa.Table(
        "past_readings", metadata, number("nr", primary_key=True, autoincrement=False), of_record("home"),
        compared("source"), compared("key_compared"), compared("document"), number("ordinal"), text("key"),
        text("reader"), number("reader_version"), number("rank"), number("line"), text("leftovers"),
        number("furniture"), text("notices"), text("read_at"), text("digest"), text("record"), number("run"),
        number("undone"),
    )  # fmt: skip
    sa.Table(
        "decisions", metadata, number("nr", primary_key=True), of_record(), number("version"), compared("field"),
        text("value"), text("who"), text("why"), text("at"), text("overruled"), number("undone"),
    )  # fmt: skip
    sa.Table(
        "merges", metadata, number("nr", primary_key=True), of_record(), of_record("into_id"), number("version"),
        number("into_version"), sa.Column("undone", sa.Boolean, nullable=False),
    )  # fmt: skip
    sa.Table(
        "verdicts", metadata, number("nr", primary_key=True), of_record(), of_record("other_id"), text("verdict"),
        text("who"), text("why"), text("at"), number("version"), number("other_version"),
        sa.Column("undone", sa.Boolean, nullable=False),
    )  # fmt: skip
    sa.Table(
        "matches",
        metadata,
        number("nr", primary_key=True),
        of_record(),
        of_record("other_id"),
        text("relation"),
        text("reasons"),
        sa.Column("score", sa.Double, nullable=False),
        number("run"),
        number("undone"),
    )
    tables = ("past_readings", "decisions", "merges", "verdicts", "matches")
    metadata.create_all(connection, tables=[metadata.tables[name] for name in tables])


# A reading is of the run whose revision was written in the same instant, a decision of the version of that revision.
_FILL = (
    "update readings set home = record_id",
    "update readings set run = coalesce((select max(v.run) from revisions v where v.record_id = readings.record_id "
    "and v.at = readings.read_at and v.kind = 'import'), 0)",
    "insert into decisions (record_id, version, field, value, who, why, at, overruled, undone) "
    "select e.record_id, coalesce((select max(v.version) from revisions v where v.record_id = e.record_id "
    "and v.at = e.at and v.kind = 'edit'), 0), e.field, e.value, e.who, e.why, e.at, e.overruled, 0 "
    "from edits e order by e.at, e.record_id, e.field",
    "insert into matches (record_id, other_id, relation, reasons, score, run, undone) "
    "select record_id, other_id, relation, reasons, 0, 0, 0 from links order by record_id, other_id",
    "insert into merges (record_id, into_id, version, into_version, undone) "
    "select id, merged_into, 0, 0, false from records where state = 'merged' order by id",
)
