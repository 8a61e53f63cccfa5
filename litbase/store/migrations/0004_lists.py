"""Version 4: the tables of readers' lists and saved searches."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_Compared = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def up(connection: Connection) -> None:
    """Add the empty tables, as they were in version 4 whatever they are today."""
    metadata = sa.MetaData()
    sa.Table("records", metadata, sa.Column("id", _Compared, primary_key=True))
    sa.Table(
        "lists",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("digest", _Compared, nullable=False, unique=True),
        sa.Column("size", _Number, nullable=False),
        sa.Column("shared", _Compared, unique=True),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("with_notes", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("touched_at", _Compared, nullable=False, index=True),
    )
    sa.Table(
        "list_entries",
        metadata,
        sa.Column("list_nr", _Number, sa.ForeignKey("lists.nr"), primary_key=True, autoincrement=False),
        sa.Column("record_id", _Compared, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("position", _Number, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Index("ix_list_entries_position", "list_nr", "position"),
    )
    sa.Table(
        "searches",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("list_nr", _Number, sa.ForeignKey("lists.nr"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
    )
    metadata.create_all(connection, tables=[metadata.tables[name] for name in ("lists", "list_entries", "searches")])
