"""Version 2: the table of the thesaurus."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection


def up(connection: Connection) -> None:
    """Add the empty table, as it was in version 2 whatever it is today."""
    sa.Table(
        "thesaurus",
        sa.MetaData(),
        sa.Column("one", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("entries", sa.Text, nullable=False),
        sa.Column("loaded_at", sa.Text, nullable=False),
    ).create(connection)
