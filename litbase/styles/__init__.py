"""Formatted citations: entries of a bibliography, citations in the text and notes, in the styles people are asked for.

Every function gives a Rich, from which `plain` makes text and `html` HTML.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from litbase.record.record import Record
from litbase.styles import ama, apa, chicago, chicago_notes, harvard, ieee, mla
from litbase.styles.distinct import PLAIN, Distinction, distinguished
from litbase.styles.locators import LABELS, Locator
from litbase.styles.quotes import printed
from litbase.styles.rich import Rich, html, plain, rich
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work, in_sentence_case, read

__all__ = [
    "LABELS",
    "STYLES",
    "Cite",
    "Entry",
    "Rich",
    "Style",
    "bibliography",
    "entry",
    "html",
    "in_text",
    "note",
    "plain",
]

STYLES: Final = {module.STYLE.name: module.STYLE for module in (apa, mla, chicago, chicago_notes, harvard, ieee, ama)}
"""The styles by name, in the order of menus."""


class Entry(NamedTuple):
    """One entry of a bibliography: the record, its text, its number from 1."""

    record: Record
    text: Rich
    number: int


class Cite(NamedTuple):
    """A record cited in the text, with a place in it, counted in what *label* (a key of LABELS) says.

    *before* and *behind* are words of the writer: "see", "and passim".
    """

    record: Record
    locator: str = ""
    label: str = "page"
    before: str = ""
    behind: str = ""


class _Listed(NamedTuple):
    record: Record
    work: Work
    distinction: Distinction = PLAIN


def entry(style: Style, record: Record, number: int = 1) -> Rich:
    """The entry of *record* alone in a bibliography of *style*, the *number*th where the style counts them."""
    return _entry(style, _Listed(record, _work(style, record)), number)


def bibliography(style: Style, records: Iterable[Record]) -> list[Entry]:
    """A bibliography of *records* in the order of *style*; works cited alike are told apart (2019a, 2019b).

    Works that the style tells in notes or in the text only, such as letters in Chicago, are left out.
    """
    found = []
    before: Rich = ()
    told = [one for one in _listed(style, records) if style.listed is None or style.listed(one.work)]
    for number, listed in enumerate(told, 1):
        authors = style.authors(listed.work, listed.distinction) if style.authors else ()
        distinction = listed.distinction._replace(repeated=bool(authors) and authors == before)
        found.append(Entry(listed.record, _entry(style, listed._replace(distinction=distinction), number), number))
        before = authors
    return found


def in_text(style: Style, cites: Sequence[Cite], among: Iterable[Record] = (), narrative: bool = False) -> Rich:
    """*cites* as they stand in the text, told apart from the other works of the bibliography, the records *among*.

    *narrative* makes the author of the first a part of the sentence: "Mehta and Peterson (2019)".  () without cites.
    """
    records = list(among)
    records += [cite.record for cite in cites if cite.record not in records]
    listed = [(number, one) for number, one in enumerate(_listed(style, records), 1)]
    told = []
    for cite in cites:
        number, one = next(pair for pair in listed if pair[1].record == cite.record)
        locator = Locator(cite.locator, cite.label)
        told.append(Cited(one.work, one.distinction, locator, number, cite.before, cite.behind))
    if not told:
        return ()
    return printed(style.narrative(told[0]) if narrative else style.citation(told), style.quotes)


def note(style: Style, cite: Cite, short: bool = False) -> Rich:
    """*cite* as a footnote, *short* where the work was cited before; () in a style that cites in the text."""
    if style.note is None:
        return ()
    cited = Cited(_work(style, cite.record), PLAIN, Locator(cite.locator, cite.label), 1, cite.before, cite.behind)
    return printed(style.note(cited, short), style.quotes)


def _work(style: Style, record: Record) -> Work:
    work = read(record)
    return in_sentence_case(work, record) if style.sentence_case else work


def _listed(style: Style, records: Iterable[Record]) -> list[_Listed]:
    """*records* in the order of the bibliography of *style*, each with what tells it from the others."""
    listed = [_Listed(record, _work(style, record)) for record in records]
    if style.order:
        order = style.order
        listed.sort(key=lambda one: order(one.work))
    if style.rule is None:
        return listed
    told = distinguished([one.work for one in listed], style.rule)
    return [one._replace(distinction=distinction) for one, distinction in zip(listed, told, strict=True)]


def _entry(style: Style, listed: _Listed, number: int) -> Rich:
    text = (*rich(style.numbering.format(number)), *style.entry(listed.work, listed.distinction))
    return printed(text, style.quotes)
