"""Findings: what a report of an import keeps of each record, bounded: what was noticed, the record, its source text."""

from collections.abc import Iterator
from typing import Final

from litbase.library.foreseeing import Foreseen
from litbase.library.reading import UPLOADED, Entry
from litbase.record.checks import check
from litbase.record.kinds import kind_of
from litbase.record.notices import Notice, Problem
from litbase.record.reading import Document, Leftover
from litbase.record.record import Record, to_json
from litbase.store.findings import Finding, Likeness, of_json
from litbase.store.values import Incoming

__all__ = ["Finding", "Likeness", "of_json"]

LINES: Final = 150  # of the source text of one record
WIDEST: Final = 2_000  # characters of a line
LEFTOVERS: Final = 100
NOTICES: Final = 100
LARGEST: Final = 60_000  # characters of a record and its source text each
SHOWN: Final = 8 << 20  # bytes of a document whose text is kept
IN_ALL: Final = 64 << 20  # characters that one import keeps


class Budget:
    """How many characters an import may keep still."""

    def __init__(self, left: int = IN_ALL):
        self._left = left

    def take(self, size: int) -> bool:
        """Whether *size* more may be kept; they count then."""
        if size > min(self._left, LARGEST):
            return False
        self._left -= size
        return True


def found_in(document: Document, incoming: Incoming, stop: int, foreseen: Foreseen, budget: Budget) -> Finding:
    """What a report keeps of a reading, behind whose text in *document* the line *stop* follows, 0 for none."""
    record = incoming.record
    problems = check(record)
    status = foreseen.outcome.status
    if status == "new" and needs_review(problems, foreseen.likenesses):
        status = "review"
    text = to_json(record)
    lines, more = _text(document, incoming, stop)
    is_shown = bool(lines) and budget.take(sum(len(line) for _, line in lines))
    return Finding(
        status=status,
        file=_shown(document.name),
        line=incoming.line,
        kind=incoming.reader,
        source=incoming.source,
        type=kind_of(record).name,
        title=record.title[:WIDEST],
        record=text if budget.take(len(text)) else "",
        problems=problems,
        notices=(*incoming.notices, *_of_references(record), *foreseen.outcome.notices)[:NOTICES],
        leftovers=tuple(Leftover(left.line, left.text[:WIDEST]) for left in incoming.leftovers[:LEFTOVERS]),
        likenesses=foreseen.likenesses[:LEFTOVERS],
        lines=lines if is_shown else (),
        more=more if is_shown else 0,
        cited=sum(reference.parsed is not None for reference in record.references),
    )


def failed(entry: Entry) -> Finding:
    """What a report keeps of what could not be read."""
    leftovers = tuple(Leftover(left.line, left.text[:WIDEST]) for left in entry.leftovers[:LEFTOVERS])
    return Finding(
        status="refused", file=_shown(entry.file), line=entry.line, kind=entry.kind, source=entry.source,
        title=entry.title[:WIDEST], notices=entry.notices[:NOTICES], leftovers=leftovers,
    )  # fmt: skip


def needs_review(problems: tuple[Problem, ...], likenesses: tuple[Likeness, ...]) -> bool:
    """Whether somebody should look at a new record: it lacks what it should have, or may be one that is there."""
    return any(problem.severity != "info" for problem in problems) or any(one.relation == "same" for one in likenesses)


def _of_references(record: Record) -> Iterator[Notice]:
    """What was noticed about single references, with their beginning."""
    for reference in record.references:
        for told in reference.notices:
            yield Notice(told.code, (*told.params, ("reference", reference.text[:200])), "references", told.line)


def _shown(name: str) -> str:
    return name.removeprefix(UPLOADED)


def _text(document: Document, incoming: Incoming, stop: int) -> tuple[tuple[tuple[int, str], ...], int]:
    """The lines of a reading, numbered, and how many more it has; the first of a document has what stands before it.

    None are known of MARC, and of records that share a line.
    """
    if len(document.data) > SHOWN or document.is_marc or stop == incoming.line:
        return (), 0
    start = 1 if incoming.ordinal == 0 else incoming.line
    last = stop - 1 if stop > incoming.line else document.line_count
    while last > start and not document.lines[last - 1].strip():
        last -= 1
    shown = document.lines[start - 1 : min(last, start - 1 + LINES)]
    return tuple((number, line[:WIDEST]) for number, line in enumerate(shown, start)), max(0, last - start + 1 - LINES)
