"""Reporting: what adding did, source by source, and what is wrong with the records there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from litbase.errors import NotFound
from litbase.library import Library
from litbase.library.finding import every
from litbase.library.reading import Entry
from litbase.query.state import SearchState
from litbase.record.checks import check, fix
from litbase.record.notices import Problem, sentence
from litbase.record.record import ASSIGNED, FIELD_NAMES
from litbase.store.values import Found, Stored

STATUSES = ("new", "changed", "same", "refused")
PARTS = ("container", "volume", "pages", "doi")
PAGE = 500


@dataclass(slots=True)
class Tally:
    """Counts of entries: by status, and by source how many there are and how many have each of PARTS; and their run."""

    statuses: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATUSES, 0))
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    run: int = 0

    def count(self, entry: Entry) -> None:
        """Take *entry* into account; a refused one counts in no source."""
        self.statuses[entry.status] += 1
        self.run = entry.run or self.run
        if entry.status != "refused":
            source = self.sources.setdefault(entry.source, dict.fromkeys(("records", *PARTS), 0))
            source["records"] += 1
            for part in entry.has:
                source[part] += 1

    def summary(self) -> str:
        """ "7,046 new, 0 changed, 4 same, 0 refused" """
        return ", ".join(f"{count:,} {status}" for status, count in self.statuses.items())

    def shares(self) -> Iterator[tuple[str, int, dict[str, float]]]:
        """(source, records, {part: share of the records that have it, 0 to 1}) of each source."""
        for name, counts in sorted(self.sources.items()):
            yield name, counts["records"], {part: counts[part] / counts["records"] for part in PARTS}


def as_json(entry: Entry) -> dict[str, Any]:
    """*entry* in the shape that `add --json` prints, sentences filled in."""
    return {
        "file": entry.file,
        "line": entry.line,
        "kind": entry.kind,
        "status": entry.status,
        "id": entry.id,
        "title": entry.title,
        "problems": [_told(p) | {"severity": p.severity} for p in entry.problems],
        "matches": [
            {"id": m.id, "relation": m.relation, "reasons": [sentence(r) for r in m.reasons]} for m in entry.matches
        ],
        "notices": [_told(n) for n in entry.notices],
        "leftovers": [{"line": left.line, "text": left.text} for left in entry.leftovers],
        "run": entry.run,
    }


def _told(item: Any) -> dict[str, Any]:
    told = {"code": item.code, "field": item.field, "text": sentence(item)}
    return told | ({"line": item.line} if getattr(item, "line", 0) else {})


def problems(library: Library, state: SearchState | None = None) -> Iterator[tuple[Stored, tuple[Problem, ...]]]:
    """Every record that has problems, with them; of the whole library, or of the result set of *state*."""
    for page in pages(library, state):
        for stored in page:
            found = check(stored.record) + library.store.problems(stored.id)
            if found:
                yield stored, found


def pages(library: Library, state: SearchState | None) -> Iterator[Iterable[Stored]]:
    """The public records of the library, or of the result set of *state*, some at a time."""
    if state is None:
        after = ""
        while page := library.store.scan(after, PAGE):
            yield page
            after = page[-1].id
        return
    library.engine.refresh()
    ids = list(library.engine.scan(every(state, library.store.thesaurus())))
    for start in range(0, len(ids), PAGE):
        yield library.store.get_many(ids[start : start + PAGE]).values()


def mend(library: Library, id: str, who: str) -> dict[str, tuple[Any, Any]]:
    """Mend what can be mended in the record *id*, as a recorded edit; {field: (before, after)}, {} when nothing could.

    Raises NotFound.
    """
    found = library.store.resolve(id)
    if not isinstance(found, Found):
        raise NotFound(f"there is no record {id}")
    before, after = found.stored.record, fix(found.stored.record)
    changes = {
        name: (getattr(before, name), getattr(after, name))
        for name in FIELD_NAMES
        if name not in ASSIGNED and getattr(before, name) != getattr(after, name)
    }
    if changes:
        library.store.edit(
            id, {name: new or None for name, (_, new) in changes.items()}, who=who, why="litbase check --fix",
            version=found.stored.version,
        )  # fmt: skip
    return changes
