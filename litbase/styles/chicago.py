"""Chicago style by author and date: the reference list and citations in the text.

Source: Chicago Manual of Style, 18th edition, chapters 13 (13.102: author-date references; 13.112-114: their order) and
14 (kinds of sources); where it leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Sequence
from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.chicago_law import LEGAL, law, legal_place
from litbase.styles.chicago_leads import (
    CITED,
    CORRESPONDENCE,
    UNDIVIDED,
    cited_people,
    cited_whole,
    filed,
    is_shelfmark,
    lead,
    place,
    short_title,
)
from litbase.styles.chicago_sources import address, issue, precision, sentences, source
from litbase.styles.chicago_titles import REFERENCE, ROLES, WITHIN, Form, about, is_accessible, is_signed, volume
from litbase.styles.citing import by_author
from litbase.styles.dates import full, month_day, year
from litbase.styles.distinct import PLAIN, Distinction, Rule
from litbase.styles.joints import join, quoted, then, wrap
from litbase.styles.numbers import begun_each, is_numeric, number
from litbase.styles.people import NameForm, listed
from litbase.styles.rich import Rich, plain, rich
from litbase.styles.sorting import Key, filed_date, words
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work

FIRST: Final = NameForm(most=3)
"""How people are named who are told in the text alone."""


def _day(work: Work) -> Rich:
    """Month and day, where they are told; the year stands behind the author (13.102)."""
    told = precision(work)
    return rich(month_day(work.issued, with_day=told == "day") if work.issued and told != "year" else "")


def _counted(work: Work) -> Rich:
    """Volume and issue (14.74): "20 (3)", "20 (August)", "no. 3 (August)"."""
    if not work.volume:
        return join(" ", issue(work), wrap("(", _day(work), ")") if is_signed(work) else ())
    counted = volume(work) if work.collection else rich(number(work.volume))
    return join(" ", counted, wrap("(", rich(number(work.issue)) or _day(work), ")"))


ENTRY: Final = Form(". ", begun, begun_each, headline, WITHIN, ROLES, volume_first=False, dated=_day, counted=_counted)


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the reference list (13.102)."""
    if work.type in LEGAL:
        return then(join(". ", law(work, WITHIN), address(work, ENTRY)), ".")
    text, told, rest = lead(work, ENTRY, distinction)
    return then(join(". ", text, _date(work, distinction.letter), sentences(rest, told, ENTRY)), ".")


def _date(work: Work, letter: str) -> Rich:
    """What stands in the year's place of an entry (13.102, 14.44): "2019a", "Forthcoming", "n.d."."""
    if work.issued or work.status:
        return begun(_year(work, letter))
    return _undated(letter, work.type != "collection" and not is_shelfmark(work))


def _year(work: Work, letter: str) -> Rich:
    if work.issued:
        return rich(f"[{year(work.issued)}?]{letter}" if work.circa else f"{year(work.issued)}{letter}")
    return join("-", rich(plain(work.status).lower()), rich(letter))


def _undated(letter: str, is_told: bool) -> Rich:
    return rich("-".join(filter(None, ("n.d." if is_told else "", letter))))


def _cited_author(cite: Cited) -> Rich:
    """The author in the text, or what stands in that place."""
    work, distinction = cite.work, cite.distinction
    if work.type in LEGAL:
        return short_title(work)
    if work.type in CORRESPONDENCE and not is_accessible(work):
        return join(", ", rich(listed(work.author, FIRST, work.others)), short_title(work))
    people = cited_people(work)
    others = work.others and bool(work.author)
    if people:
        named = rich(listed(people, CITED, others, distinction.names, distinction.given))
        return join(", ", named, short_title(work) if work.type == "classic" and work.author else ())
    return cited_whole(work) or short_title(work) or about(work, ENTRY)


def _cited_date(cite: Cited) -> Rich:
    """Year and place in the work: "2019a, 12"."""
    return join(", ", _cited_year(cite), _located(cite))


def _cited_year(cite: Cited) -> Rich:
    work, letter = cite.work, cite.distinction.letter
    if work.type == "classic":
        return ()
    if work.type in CORRESPONDENCE and not is_accessible(work):
        dated = rich(f"{full(work.issued)}{letter}" if work.issued else "")
        return join(", ", dated if work.type == "interview" else (), work.medium)
    if work.issued or work.status:
        return _year(work, letter)
    return _undated(letter, work.type not in ("collection", *REFERENCE) and not is_shelfmark(work))


def _located(cite: Cited) -> Rich:
    """A place in the work: pages without a label; an unsigned article of a reference work is a place in it."""
    work = cite.work
    if cite.locator.value or work.type not in REFERENCE or work.author:
        return legal_place(cite.locator) if work.type in LEGAL else place(cite.locator)
    under = () if work.doi or work.url else rich("under")
    return join(" ", under, quoted(work.short_title or work.title)) if work.is_part else ()


def _between(cite: Cited) -> str:
    """What stands between author and date, or a classic and a place in it (14.145)."""
    work, locator = cite.work, cite.locator
    if work.type == "classic":
        return " " if locator.label in UNDIVIDED and not is_numeric(locator.value) else ", "
    return " " if work.issued and (work.type not in CORRESPONDENCE or is_accessible(work)) else ", "


def _mark(work: Work, distinction: Distinction) -> Rich:
    cite = Cited(work, distinction)
    return join(_between(cite), _cited_author(cite), _cited_date(cite))


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text, in the writer's order: "(Fullan 2016, 2019a; Mehta and Peterson 2019, 12)"."""
    told = by_author(cites, _cited_author, _cited_date, _between, is_named=lambda cite: bool(cited_people(cite.work)))
    return wrap("(", told, ")")


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence: "Mehta and Peterson (2019)"."""
    return join(" ", _cited_author(cite), wrap("(", _cited_date(cite), ")"))


def _order(work: Work) -> Key:
    """The order of the reference list (13.112-114): author, year, title; undated last."""
    group = 0 if work.issued else 2 if work.status else 1
    dated = filed_date(work.issued, only_year=True)
    told = words(about(work, ENTRY)), words(source(work, ENTRY))
    return filed(work, ENTRY), group, dated, words(_date(work, "")), *told, filed_date(work.issued)


def is_listed(work: Work) -> bool:
    """Whether *work* stands in the reference list (14.13, 14.111, 14.132, 14.143), or is told in the text alone."""
    if work.type == "classic":
        return bool(work.is_edited or work.translator or work.publisher)
    if work.type in REFERENCE:
        return bool(work.author or work.doi or work.url)
    return is_accessible(work) or work.type not in CORRESPONDENCE


STYLE: Final = Style(
    name="chicago",
    label="Chicago author-date",
    entry=entry,
    citation=citation,
    narrative=narrative,
    order=_order,
    rule=Rule(_mark, cited_people, CITED, given="full"),
    listed=is_listed,
)
