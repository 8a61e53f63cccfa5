"""A search in words, for a feed's title, the head of an exported file and the JSON of its results."""

from datetime import UTC, datetime

from litbase.fields import BY_NAME
from litbase.library.labels import value_label
from litbase.query.state import SearchState


def asked_for(state: SearchState) -> list[str]:
    """What *state* asks for: the query, then a line for each filter; [] for everything."""
    return [*([state.q] if state.q.strip() else []), *filters_said(state)]


def filters_said(state: SearchState) -> list[str]:
    """A line for each filter of *state*; [] without any.

    >>> filters_said(SearchState().add("type", "chapter").exclude("language", "de"))
    ['Record type: Book chapter', 'Language: not German']
    """
    said = []
    for one in state.filters:
        label = BY_NAME[one.name].label
        included = " or ".join(value_label(one.name, value) for value in one.include)
        said += [f"{label}: {included}"] if included else []
        said += [f"{label}: not {value_label(one.name, value)}" for value in one.exclude]
    if state.years:
        undated = " or undated" if state.years.undated else ""
        said.append(f"Year: {state.years.first or ''}-{state.years.last or ''}{undated}")
    if state.cited:
        said.append("Cited works too")
    if not state.expand:
        said.append("Without other names of descriptors")
    if state.narrower:
        said.append("Narrower descriptors too")
    return said


def heading(name: str, state: SearchState, total: int, url: str) -> list[str]:
    """The lines in front of an exported file: library, number of records, query, filters, day and address."""
    return [
        f"{name}: {total:,} {'record' if total == 1 else 'records'}",
        f"Query: {state.q}" if state.q.strip() else "Query: every record",
        *(f"Filter: {line}" for line in filters_said(state)),
        f"Exported: {today()}",
        f"Search: {url}",
    ]


def today() -> str:
    """The day, UTC, as 2026-11-22."""
    return datetime.now(UTC).date().isoformat()
