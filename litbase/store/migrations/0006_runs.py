"""Version 6: what a run did is found by its number, without looking at every record."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

TABLES = ("readings", "past_readings", "revisions", "matches")


def up(connection: Connection) -> None:
    """Index the numbers of runs."""
    for name in TABLES:
        table = sa.Table(name, sa.MetaData(), sa.Column("run", sa.BigInteger))
        sa.Index(f"ix_{name}_run", table.c.run).create(connection)
