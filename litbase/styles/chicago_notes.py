"""Chicago style by notes and bibliography: the bibliography, notes in full and short notes.

Source: Chicago Manual of Style, 18th edition, chapters 13 (notes and bibliography) and 14 (kinds of sources); where it
leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Sequence
from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.chicago_law import LEGAL, law, legal_place
from litbase.styles.chicago_leads import (
    CITED,
    CORRESPONDENCE,
    cited_people,
    cited_whole,
    filed,
    is_shelfmark,
    lead,
    makers,
    place,
    short_title,
    without,
)
from litbase.styles.chicago_sources import (
    access,
    address,
    episode,
    is_episode,
    is_introduction,
    issue,
    precision,
    publication,
    sentences,
    series,
    source,
)
from litbase.styles.chicago_titles import (
    REFERENCE,
    REVIEWS,
    ROLES,
    SITES,
    WITHIN,
    Form,
    about,
    event,
    is_accessible,
    titled,
    volume,
)
from litbase.styles.citing import one_by_one
from litbase.styles.dates import full, year
from litbase.styles.distinct import PLAIN, Distinction
from litbase.styles.joints import join, then, wrap
from litbase.styles.locators import Locator
from litbase.styles.numbers import begun_each, is_numeric, number, pages
from litbase.styles.people import NameForm, Person, listed
from litbase.styles.rich import Rich, italic, plain, rich
from litbase.styles.sorting import Key, filed_date, words
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work

IN_NOTES: Final = NameForm(most=3)
"""Of three authors or more only the first."""
BRACKETED: Final = frozenset(
    "book chapter classic interview musical_score pamphlet paper-conference report thesis".split()
)
"""Types whose publisher and date stand in round brackets in a note."""
TITLE_FIRST: Final = frozenset("broadcast classic motion_picture performance song standard".split())
"""Types of which contributors other than authors stand behind the title in a note (14.147, 14.163-168)."""
UNDATED: Final = frozenset({"classic", "collection", "webpage", *REFERENCE})
"""Types of which is not said that they are undated (14.44, 14.127)."""
UNLISTED: Final = frozenset({"document", "manuscript", "paper-conference", "speech", *CORRESPONDENCE})
"""Types that are told in notes only, unless readers can get at them (14.13, 14.111-118)."""


def _dated(work: Work) -> Rich:
    """The date as far as it is told of such a work: "2019", "August 2019", "August 5, 2019", "n.d."."""
    if work.issued:
        told = precision(work)
        date = year(work.issued) if told == "year" else full(work.issued, with_day=told == "day")
        return rich(f"[{date}?]" if work.circa else date)
    if work.status:
        return rich(plain(work.status).lower())
    is_silent = work.type in UNDATED or is_shelfmark(work) or (work.type in CORRESPONDENCE and not is_accessible(work))
    return () if is_silent else rich("n.d.")


def _counted(work: Work) -> Rich:
    """Volume, issue and date (14.74): "20, no. 3 (2019)"."""
    counted = volume(work) if work.collection else rich(number(work.volume))
    return join(" ", join(", ", counted, issue(work)), wrap("(", _dated(work), ")"))


ENTRY: Final = Form(". ", begun, begun_each, headline, WITHIN, ROLES, volume_first=True, dated=_dated, counted=_counted)
NOTE: Final = Form(
    stop=", ",
    start=lambda part: part,
    each=str,
    kind=lambda part, english: part,
    people=IN_NOTES,
    roles=("ed.", "trans.", "ed. and trans."),
    volume_first=True,
    dated=_dated,
    counted=_counted,
)


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the bibliography."""
    if work.type in LEGAL:
        return then(join(". ", law(work, WITHIN), address(work, ENTRY)), ".")
    text, told, rest = lead(work, ENTRY, distinction)
    return then(join(". ", text, sentences(rest, told, ENTRY)), ".")


def is_listed(work: Work) -> bool:
    """Whether *work* stands in the bibliography (14.13, 14.106, 14.111-118, 14.132), or only in notes."""
    if work.type == "classic":
        return bool(work.is_edited or work.translator or work.publisher)
    if work.type in REFERENCE:
        return bool(work.author)
    return work.type != "post" and (is_accessible(work) or work.type not in UNLISTED)


def note(cite: Cited, short: bool = False) -> Rich:
    """A note, in full or *short*."""
    return then(one_by_one([cite], _short if short else _full), ".")


def _full(cite: Cited) -> Rich:
    """A note in full: "Jal Mehta and Amelia Peterson, “Learning Communities,” *Change* 20, no. 3 (2019): 329"."""
    work, locator = cite.work, cite.locator
    if work.type in LEGAL:
        return join(", ", law(work, IN_NOTES, locator), address(work, NOTE))
    if work.type in REFERENCE and work.is_part and not (work.author or work.doi or work.url):
        return join(", ", _reference(work), place(locator), access(work, NOTE))
    people, role = _leading(work)
    lead = join(", ", rich(listed(people, IN_NOTES, work.others and not role)), rich(role))
    told, end = _with_volume(work, locator)
    note = join(", ", lead, _published(without(told, role), locator), end, access(work, NOTE))
    return begun(note) if work.type in REVIEWS and not lead else note


def _leading(work: Work) -> tuple[Sequence[Person], str]:
    """The people a note begins with, and what they are where they are no authors."""
    return (work.author, "") if work.author or work.type in TITLE_FIRST else makers(work)


def _with_volume(work: Work, locator: Locator) -> tuple[Work, Rich]:
    """*work* as it is told, and what a note on no serial ends with: volume and page, "2:12" (14.18)."""
    if work.is_serial:
        return work, ()
    is_page = bool(locator.value) and locator.label == "page"
    pointed = place(locator) if locator.value else () if work.is_part else rich(pages(work.page, "chicago"))
    if locator.value and locator.label in ("column", "folio", "page"):
        work = work._replace(volumes="")
    has_volume = is_numeric(work.volume) and (is_page or bool(work.page))
    if not has_volume or work.is_edited or work.translator or (work.is_part and not is_page):
        return work, pointed
    joined = join(":", rich(number(work.volume)), pointed) if is_page or not locator.value else pointed
    return work._replace(volume="", volumes=""), joined


def _published(work: Work, locator: Locator) -> Rich:
    """Title, source, publisher and date."""
    pointed = place(locator) if work.is_serial else ()
    gathering = () if work.is_serial or work.type in SITES | {"patent"} else event(work, NOTE)
    if is_episode(work):
        of = italic(headline(work.container, work.is_english))
        told = join(", ", of, episode(work, NOTE), series(work), gathering)
    elif is_introduction(work):
        told = join(", ", join(" ", about(work, NOTE), source(work, NOTE, pointed)), gathering)
    else:
        told = join(", ", about(work, NOTE), source(work, NOTE, pointed), gathering)
    published = publication(work, NOTE)
    if _is_bracketed(work):
        return join(" ", told, wrap("(", published, ")"))
    is_guessed = work.circa and work.type not in REFERENCE | CORRESPONDENCE
    return join(" " if is_guessed else ", ", told, published)


def _is_bracketed(work: Work) -> bool:
    if work.type in REFERENCE:
        return bool(work.publisher or work.place or not (work.doi or work.url))
    if work.type == "personal_communication":
        return work.is_in_proceedings
    is_made = work.type == "motion_picture" or (work.type == "article" and work.genre)
    return work.type in BRACKETED or bool(is_made and work.publisher)


def _reference(work: Work) -> Rich:
    """An unsigned article of a reference work in print (14.130-131): "*Great Book*, 2nd ed. (2010), under “Bells”"."""
    whole = join(", ", italic(headline(work.container, work.is_english)), source(work._replace(container=()), NOTE))
    under = join(" ", rich("under"), titled(work, work.title)) if work.title else ()
    return join(", ", join(" ", whole, wrap("(", publication(work, NOTE), ")")), under)


def _short(cite: Cited) -> Rich:
    """A short note: "Mehta and Peterson, “Learning Communities,” 329"."""
    work = cite.work
    people = () if work.type in TITLE_FIRST and not work.author else cited_people(work)
    lead = rich(listed(people, CITED, work.others and bool(work.author)))
    if not people and work.type not in LEGAL | CORRESPONDENCE | TITLE_FIRST:
        lead = cited_whole(work)
    title = short_title(work)
    if work.type in REFERENCE and work.is_part and not (work.doi or work.url):
        title = wrap("under ", title)
    told = join(", ", lead, title) or about(work, NOTE)
    if not lead and work.type in REVIEWS:
        told = begun(told)
    return join(", ", told, _short_place(work, cite.locator))


def _short_place(work: Work, locator: Locator) -> Rich:
    pointed = legal_place(locator) if work.type in LEGAL else place(locator)
    if work.is_serial or work.is_part or not work.volume:
        return pointed
    if is_numeric(work.volume) and locator.value and locator.label == "page":
        return join(":", rich(number(work.volume)), pointed)
    return join(", ", volume(work), pointed)


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in one note, each in full."""
    return then(one_by_one(cites, _full), ".")


def narrative(cite: Cited) -> Rich:
    """A work whose author is named in the sentence: its note."""
    return citation([cite])


def _order(work: Work) -> Key:
    """The order of the bibliography: author, title, source."""
    return filed(work, ENTRY), words(about(work, ENTRY)), words(source(work, ENTRY)), filed_date(work.issued)


STYLE: Final = Style(
    name="chicago-notes",
    label="Chicago notes",
    entry=entry,
    citation=citation,
    narrative=narrative,
    order=_order,
    note=note,
    listed=is_listed,
)
