"""The thesaurus in the store: one row, replaced as a whole; another one begins a new epoch.

What the index holds depends on it (`fields.index_document`), so every index is then built anew.
"""

import hashlib
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store import changes
from litbase.store.entry import now
from litbase.store.schema import thesaurus as table
from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus

_ROW: Final = 1


def put(connection: Connection, thesaurus: Thesaurus, name: str) -> bool:
    """Keep *thesaurus* as the one of this store; False, and nothing is written, when it is that already.

    *name* says where it is from.
    """
    entries = msgspec.json.encode(thesaurus.entries)
    digest = hashlib.sha256(entries).hexdigest()
    if connection.scalar(sa.select(table.c.digest)) == digest:
        return False
    connection.execute(table.delete())
    row = {"one": _ROW, "name": clean(name), "digest": digest, "entries": entries.decode(), "loaded_at": now()}
    connection.execute(table.insert().values(row))
    changes.new_epoch(connection)
    return True


def get(connection: Connection) -> Thesaurus:
    """The thesaurus of this store; NONE where none was loaded."""
    entries = connection.scalar(sa.select(table.c.entries))
    return Thesaurus(msgspec.json.decode(entries, type=tuple[Entry, ...])) if entries else NONE


def epoch(connection: Connection) -> str:
    """The epoch that the thesaurus belongs to."""
    return changes.mark(connection)[1]
