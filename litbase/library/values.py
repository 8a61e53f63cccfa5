"""What the store tells about records, for web and command line, which reach the store only through the library."""

from litbase.store.values import (
    Absent,
    Found,
    MovedTo,
    Outcome,
    Renewed,
    Revision,
    Stored,
    StoredLink,
    StoredReading,
    Verdict,
    Withdrawn,
)

__all__ = [
    "Absent",
    "Found",
    "MovedTo",
    "Outcome",
    "Renewed",
    "Revision",
    "Stored",
    "StoredLink",
    "StoredReading",
    "Verdict",
    "Withdrawn",
]
