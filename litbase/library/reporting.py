"""Reporting: what adding did, record by record and source by source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from litbase.library.reading import Entry
from litbase.record.notices import sentence

STATUSES = ("new", "changed", "same", "refused")
PARTS = ("container", "volume", "pages", "doi")


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
