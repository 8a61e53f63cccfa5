"""Bibliographies and single entries in a CSL style file, of the same shape as those of `litbase.styles`.

A record the engine cannot print gets a line that says so, and the others are printed.
"""

from time import monotonic
from typing import Any, Final, NamedTuple

from litbase.errors import BadInput
from litbase.formats.csl_style.engine import Fault, run
from litbase.formats.csl_style.file import StyleFile
from litbase.formats.csl_style.prepared import items, style_text
from litbase.record.record import Record
from litbase.styles import Entry, Rich
from litbase.styles.rich import rich

LONG: Final = 200  # records from which on works are told apart in fewer steps
SECONDS: Final = 5.0, 0.02  # what a run may take: so much, and so much for each record; it takes a tenth of that
LONGEST: Final = 100  # characters of a title in a line that tells of a fault
MOST_SECONDS: Final = 120.0  # for all runs that look for the records at fault


class _Job(NamedTuple):
    """A style as the engine reads it, the items, and when to give up."""

    style: str
    items: list[dict[str, Any]]
    until: float


def entry(style: StyleFile, record: Record) -> Rich:
    """The entry of *record* alone in a bibliography of *style*.  Raises BadInput without an engine."""
    return bibliography(style, [record])[0].text


def bibliography(style: StyleFile, records: list[Record]) -> list[Entry]:
    """A bibliography of all *records* in the order of *style*, works cited alike told apart as the style wants it.

    What cannot be printed, or what the style prints nothing for, comes last with a line that says so.  Raises BadInput
    when there is no engine or it can do nothing with the style.
    """
    told = items(style, records)
    job = _Job(style_text(style, len(records) > LONG), told, monotonic() + MOST_SECONDS)
    faults: dict[str, str] = {}
    printed: list[tuple[str, Rich]] = []
    try:
        printed = _run(job, told)
    except Fault as fault:
        _refuse_if_useless(style, job, fault)
        faults = _faults(job, told, str(fault))
        printed = _run_rest(job, faults)
    texts = {id: text for id, text in printed if text}
    for one in told:
        why = faults.get(one["id"], f"the style {style.name} prints nothing for it")
        texts.setdefault(one["id"], rich(f"[{_called(records[int(one['id'])])}: {why}]"))
    return [Entry(records[int(id)], text, number) for number, (id, text) in enumerate(texts.items(), 1)]


def _run(job: _Job, chosen: list[dict[str, Any]]) -> list[tuple[str, Rich]]:
    allowed = min(SECONDS[0] + SECONDS[1] * len(chosen), job.until - monotonic())
    if allowed <= 0:
        raise Fault("the time for the whole bibliography was used up")
    return run(job.style, chosen, allowed) if chosen else []


def _refuse_if_useless(style: StyleFile, job: _Job, fault: Fault) -> None:
    """Raises BadInput when not even a book with nothing but a title can be printed."""
    try:
        _run(job, [{"id": "0", "type": "book", "title": "Title"}])
    except Fault as again:
        raise BadInput(f"the style {style.name} cannot be used: {again}") from fault


def _faults(job: _Job, chosen: list[dict[str, Any]], why: str) -> dict[str, str]:
    """The ids of those of *chosen*, which fail together because of *why*, that fail alone, each with the reason."""
    if len(chosen) == 1:
        return {chosen[0]["id"]: f"it cannot be printed in this style: {why}"}
    found: dict[str, str] = {}
    half = len(chosen) // 2
    for part in (chosen[:half], chosen[half:]):
        try:
            _run(job, part)
        except Fault as fault:
            if monotonic() >= job.until:
                found |= {one["id"]: f"it was not printed in this style: {fault}" for one in part}
            else:
                found |= _faults(job, part, str(fault))
    return found


def _run_rest(job: _Job, faults: dict[str, str]) -> list[tuple[str, Rich]]:
    """The entries of the items without *faults*; when even they fail together, *faults* gets them too."""
    rest = [one for one in job.items if one["id"] not in faults]
    try:
        return _run(job._replace(until=monotonic() + MOST_SECONDS), rest)
    except Fault as fault:
        faults |= {one["id"]: f"it was not printed in this style: {fault}" for one in rest}
        return []


def _called(record: Record) -> str:
    text = record.title or record.citation_key or record.id or "a record without a title"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
