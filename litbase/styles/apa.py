"""APA style: the reference list and citations in the text.

Source: Publication Manual of the American Psychological Association, 7th edition, chapters 8 (citations), 9 and 10
(references) and 11 (legal references); where it leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from litbase.styles.apa_sources import (
    LEGAL,
    description,
    identifier,
    law,
    link,
    role,
    source,
    title,
    title_and_descriptions,
)
from litbase.styles.casing import headline
from litbase.styles.citing import by_author, in_groups
from litbase.styles.dates import month_day, year
from litbase.styles.distinct import PLAIN, Distinction, Rule
from litbase.styles.joints import join, quoted, then, wrap
from litbase.styles.locators import Locator, located, long_label, short_label
from litbase.styles.numbers import is_numeric
from litbase.styles.people import FAMILY, INITIALS, NameForm, Person, listed
from litbase.styles.rich import Rich, italic, plain, rich
from litbase.styles.sorting import Key, filed_date, filed_names, told
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work

ENTRIES: Final = ("entry-dictionary", "entry-encyclopedia")
CITED: Final = NameForm(given=FAMILY, last="&", most=3)
"""Authors in the text (8.17): of three or more only the first."""
AUTHORS: Final = NameForm(
    "all", INITIALS, last="&", comma_last="always", most=21, shown=19, ending=True
)  # 9.8: of 21 authors or more the first nineteen and the last
DATED: Final = frozenset(
    "article-magazine article-newspaper broadcast collection document event motion_picture pamphlet performance "
    "personal_communication post post-weblog song speech webpage".split()
)
"""Types of which month and day are told (9.14)."""


class Lead(NamedTuple):
    """What stands in the author's place, what stands in the title's, and what is left to tell of the work."""

    text: Rich
    title: Rich
    rest: Work


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the reference list."""
    if work.type in LEGAL:
        return join(" ", then(law(work), "."), link(work))
    text, titled, rest = _lead(work, distinction)
    whole = join(". ", text, rich(f"({_date(work, distinction.letter)})"), titled, source(rest))
    return join(" ", then(whole, "."), link(work))


def _lead(work: Work, distinction: Distinction = PLAIN) -> Lead:
    """The author's place (9.7-12): authors, editors, a group that published it, or the title."""
    if work.author:
        text = rich(listed(work.author, AUTHORS, work.others, distinction.names, distinction.given))
        return Lead(text, title_and_descriptions(work), work)
    if work.type in ENTRIES and work.publisher:
        return Lead(work.publisher, title_and_descriptions(work), work._replace(publisher=()))
    if work.editor and not (work.container and work.type in ("book", "entry", *ENTRIES)):
        people = listed(work.editor, AUTHORS, least=distinction.names, given=distinction.given)
        text = rich(f"{people} ({role('Ed', work.editor)})")
        rest = work._replace(editor=())
        return Lead(text, title_and_descriptions(rest), rest)
    if work.type in ("software", "webpage") and work.publisher:
        return Lead(work.publisher, title_and_descriptions(work), work._replace(publisher=()))
    rest = work._replace(translator=())
    if work.number and not work.container:  # told behind the title
        rest = rest._replace(number="", page="")
    if work.title:
        return Lead(join(" ", title(work), identifier(work)), description(work), rest)
    return Lead(title_and_descriptions(work), (), rest)


def _date(work: Work, letter: str) -> str:
    """The date (9.13-17), "2019, August 5", "2019a", "n.d.-a"."""
    day = month_day(work.issued) if work.issued and _tells_day(work) else ""
    return ", ".join(filter(None, (_year(work, letter), day)))


def _year(work: Work, letter: str) -> str:
    if work.issued:
        return f"{'ca. ' if work.circa else ''}{year(work.issued)}{letter}"
    return "-".join(filter(None, (plain(work.status).lower() or "n.d.", letter)))


def _tells_day(work: Work) -> bool:
    return work.type in DATED or (work.type in ("interview", "paper-conference") and not work.is_in_proceedings)


def leading(work: Work) -> tuple[Person, ...]:
    """The people in the author's place; () where a group's or work's name stands there."""
    if work.type in LEGAL:
        return ()
    if work.author:
        return work.author
    titled = work.container and work.type in ("book", "entry", *ENTRIES)
    return () if titled or (work.type in ENTRIES and work.publisher) else work.editor


def _cited_author(cite: Cited) -> Rich:
    """The author in the text (8.17), or what stands in that place."""
    work = cite.work
    if named := _cited_names(cite):
        return named
    if work.type in (*ENTRIES, "software", "webpage") and work.publisher:
        return work.publisher
    return _cited_title(work)


def _cited_names(cite: Cited, form: NameForm = CITED) -> Rich:
    others = cite.work.others and bool(cite.work.author)
    return rich(listed(leading(cite.work), form, others, cite.distinction.names, cite.distinction.given))


def _cited_title(work: Work) -> Rich:
    """The title in the text (8.14), in headline style: in quotation marks where the work is part of something."""
    title = work.short_title or work.title
    if not title:
        return title_and_descriptions(work)
    if work.type in ("legal_case", "post"):
        return italic(title)
    title = headline(title, work.is_english)
    if work.type in ("bill", "legislation", "regulation", "report", "treaty"):
        return title
    if work.type in ("hearing", "webpage") or not work.container:
        return italic(title)
    return quoted(title)


def _cited_date(cite: Cited) -> Rich:
    """Year and place in the work: "2019a, p. 12"."""
    return join(", ", rich(_year(cite.work, cite.distinction.letter)), _located(cite.locator))


def _located(locator: Locator) -> Rich:
    """A place in the work (8.13): pages and paragraphs abbreviated, chapters and the rest in full."""
    if not locator.value:
        return ()
    if locator.label in ("page", "paragraph"):
        label = short_label(locator)
    elif locator.label in ("chapter", "line", "verse") and not is_numeric(locator.value):
        label = ""
    else:
        label = long_label(locator).capitalize()
    return join(" ", rich(label), rich(located(locator)))


def _mark(work: Work, distinction: Distinction) -> Rich:
    cite = Cited(work, distinction)
    return join(", ", _cited_author(cite), _cited_date(cite))


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text (8.11-12), in the order of the list: "(Fullan, 2016, 2019a; Mehta & Peterson, 2019)"."""
    ordered = in_groups(cites, _cited_names, _cited_order)
    return wrap("(", by_author(ordered, _cited_author, _cited_date, ", "), ")")


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence (8.11): "Mehta and Peterson (2019)"."""
    author = _cited_names(cite, CITED._replace(last="and")) or _cited_author(cite)
    return join(" ", author, wrap("(", _cited_date(cite), ")"))


def _cited_order(cite: Cited) -> Key:
    return _filed(cite.work, CITED._replace(given=INITIALS)), *_dated(cite.work)


def _order(work: Work) -> Key:
    """The order of the reference list (9.44-49): author, date, title; undated before dated, in press last."""
    return _filed(work, AUTHORS), *_dated(work), told(work.title), told(work.volume)


def _filed(work: Work, form: NameForm) -> Key:
    """What *work* stands under: its people, or what takes their place."""
    if people := leading(work):
        return False, filed_names(people, form, particle_first=True)
    return told(headline(work.title, work.is_english) if work.type in LEGAL else _lead(work).text)


def _dated(work: Work) -> Key:
    group = 1 if work.issued else 2 if work.status else 0
    return group, filed_date(work.issued, only_year=not _sorts_by_day(work)), told(work.status)


def _sorts_by_day(work: Work) -> bool:
    """Whether month and day count in the order of entries."""
    return _tells_day(work) or work.type in (*LEGAL, "software", "standard")


STYLE: Final = Style(
    name="apa",
    label="APA 7",
    entry=entry,
    citation=citation,
    narrative=narrative,
    order=_order,
    rule=Rule(_mark, leading, CITED, given="initials"),
    sentence_case=True,
)
