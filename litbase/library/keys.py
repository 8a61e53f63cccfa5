"""Citation keys: which records have, which the pattern of the settings would give, and giving them."""

from collections.abc import Iterator
from dataclasses import dataclass

from litbase.library import Library
from litbase.library.walking import walk
from litbase.query.state import SearchState
from litbase.record.keys import key_pattern
from litbase.store.values import Renewed


@dataclass(frozen=True, slots=True)
class Key:
    """The citation key of a record; *wanted* is what the pattern makes of it, "" where the key is by the pattern."""

    id: str
    key: str
    wanted: str


def keys(library: Library, state: SearchState | None = None) -> Iterator[Key]:
    """The keys of the public records of the library, or of the result set of *state*."""
    pattern = key_pattern(library.settings.key_pattern)
    for page in walk(library, state).pages:
        for stored in page:
            record = stored.record
            by_pattern = pattern.made(record.citation_key, record, stored.id)
            yield Key(stored.id, record.citation_key, "" if by_pattern else pattern.base(record, stored.id))


def renew(library: Library, state: SearchState | None = None, *, who: str, why: str = "") -> tuple[int, list[Renewed]]:
    """Give every such record whose key is not by the pattern one that is; the run that did it, and what changed.

    The old keys still find their records.  Undoing the run gives them back.
    """
    wanting = [key.id for key in keys(library, state) if key.wanted]
    run = library.store.start_run("keys", {"pattern": library.settings.key_pattern, "who": who})
    renewed: list[Renewed] = []
    for begin in range(0, len(wanting), 500):
        renewed += library.store.renew_keys(wanting[begin : begin + 500], run, who, why)
    library.store.finish_run(run, {"changed": len(renewed)})
    return run, renewed
