"""The store: every record, every reading it was made from, every decision about it, in one transactional database.

SQLite in a file by default, PostgreSQL by URL (`LITBASE_STORE`).  The values are here; SQLAlchemy is imported
only when a store is opened.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from litbase.record.keys import DEFAULT_PATTERN
from litbase.store.values import (
    Absent,
    Found,
    Incoming,
    Link,
    MovedTo,
    Outcome,
    Proposal,
    Renewed,
    Revision,
    Stored,
    StoredDocument,
    StoredEdit,
    StoredLink,
    StoredReading,
    Suspects,
    Verdict,
    Withdrawn,
)

if TYPE_CHECKING:
    from litbase.store.store import Store

__all__ = [
    "Absent",
    "Found",
    "Incoming",
    "Link",
    "MovedTo",
    "Outcome",
    "Proposal",
    "Renewed",
    "Revision",
    "Stored",
    "StoredDocument",
    "StoredEdit",
    "StoredLink",
    "StoredReading",
    "Suspects",
    "Verdict",
    "Withdrawn",
    "open_store",
]


def open_store(
    url: str,
    create: bool = False,
    *,
    allow_network_disk: bool = False,
    connect_args: Mapping[str, object] | None = None,
    pattern: str = DEFAULT_PATTERN,
    backups: Path | None = None,
) -> "Store":
    """The store at *url*: "sqlite:///folder/litbase.db", "sqlite://" (in memory) or "postgresql://user@host/name".

    With *create*, an absent store is made.  *connect_args* go to the database driver, *pattern* (`record.keys`) is what
    the citation keys of new records are made by.  A store of an older version is brought to this one: an SQLite file
    after a backup beside it, PostgreSQL after one in the folder *backups* (None for none).  Raises BadInput for a
    pattern that is none, NotALibrary when there is none and *create* is off, NewerSchema when a newer litbase wrote it,
    LibraryError when the server does not answer or the file lies on a network disk (unless *allow_network_disk*:
    SQLite's locks are not to be trusted there).
    """
    from litbase.store.store import open_store as opened

    return opened(
        url, create, allow_network_disk=allow_network_disk, connect_args=connect_args, pattern=pattern, backups=backups
    )
