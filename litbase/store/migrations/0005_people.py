"""Version 5: the tables of accounts, sessions, the audit log, drafts, corrections, imports and variants."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_Compared = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def up(connection: Connection) -> None:
    """Add the empty tables, as they were in version 5 whatever they are today."""
    metadata = sa.MetaData()
    sa.Table("records", metadata, sa.Column("id", _Compared, primary_key=True))
    sa.Table(
        "accounts",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_folded", _Compared, unique=True, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
    )
    sa.Table(
        "sessions",
        metadata,
        sa.Column("digest", _Compared, primary_key=True),
        sa.Column("account_nr", _Number, sa.ForeignKey("accounts.nr"), nullable=False, index=True),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("used_at", _Compared, index=True, nullable=False),
    )
    sa.Table(
        "attempts",
        metadata,
        sa.Column("key", _Compared, primary_key=True),
        sa.Column("failures", _Number, nullable=False),
        sa.Column("last_at", _Compared, index=True, nullable=False),
    )
    sa.Table(
        "audit",
        metadata,
        sa.Column("nr", _Number, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", _Compared, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("action", _Compared, nullable=False),
        sa.Column("subject", _Compared, index=True, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
    )
    sa.Table(
        "drafts",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("account_nr", _Number, sa.ForeignKey("accounts.nr"), nullable=False, index=True),
        sa.Column("record_id", _Compared, nullable=False),
        sa.Column("version", _Number, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
    )
    sa.Table(
        "corrections",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("record_id", _Compared, sa.ForeignKey("records.id"), nullable=False, index=True),
        sa.Column("version", _Number, nullable=False),
        sa.Column("values", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("sent_at", sa.Text, nullable=False),
        sa.Column("state", _Compared, index=True, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
    )
    sa.Table(
        "imports",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("run", _Number, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text, nullable=False),
        sa.Column("done", _Number, nullable=False),
        sa.Column("total", _Number, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )
    sa.Table(
        "import_entries",
        metadata,
        sa.Column("import_nr", _Number, sa.ForeignKey("imports.nr"), primary_key=True, autoincrement=False),
        sa.Column("ordinal", _Number, primary_key=True, autoincrement=False),
        sa.Column("status", _Compared, nullable=False),
        sa.Column("file", _Compared, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Index("ix_import_entries_status", "import_nr", "status"),
    )
    sa.Table(
        "variants",
        metadata,
        sa.Column("nr", _Number, primary_key=True),
        sa.Column("kind", _Compared, nullable=False),
        sa.Column("form", _Compared, nullable=False),
        sa.Column("preferred", sa.Text, nullable=False),
        sa.Column("preferred_compared", _Compared, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("run", _Number, nullable=False),
        sa.Column("undone", _Number, nullable=False),
        sa.Index("ix_variants_form", "kind", "form"),
        sa.Index("ix_variants_preferred", "kind", "preferred_compared"),
    )
    made = (table for name, table in metadata.tables.items() if name != "records")
    metadata.create_all(connection, tables=list(made))
