"""MLA style: the list of works cited and citations in the text.

Source: MLA Handbook, 9th edition, chapters 5 (works cited: author, title, container with its contributors, version,
number, publisher, date and location) and 6 (citations); where it leaves a choice, what the CSL reference processor
prints.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from litbase.styles.casing import begun, headline
from litbase.styles.citing import one_by_one
from litbase.styles.dates import DateForm, full, year
from litbase.styles.distinct import PLAIN, Distinction, Rule
from litbase.styles.joints import join, quoted, then, wrap
from litbase.styles.locators import Locator, located, short_label
from litbase.styles.numbers import is_numeric, is_plural, number, ordinal, pages
from litbase.styles.people import FAMILY, NameForm, Person, listed
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.sorting import Key, filed_date, filed_names, told
from litbase.styles.style import Cited, Style
from litbase.styles.work import SERIAL, Work, addressed

CITED: Final = NameForm(given=FAMILY, most=3)
AUTHORS: Final = NameForm("first", comma_last="always", comma_et_al="always", most=3)
WITHIN: Final = NameForm(most=3)
DATES: Final = DateForm(
    day_first=True,
    months=("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
ITALIC: Final = frozenset("book classic graphic hearing map periodical".split())
"""Types whose titles are in italics wherever they are (5.26)."""
QUOTED: Final = frozenset(
    "article dataset document interview manuscript paper-conference personal_communication speech".split()
)
"""Types whose titles are in quotation marks even where they stand alone."""
BARE: Final = frozenset("bill collection legislation regulation treaty".split())
"""Types whose titles are neither."""
BY_YEAR: Final = frozenset("book chapter motion_picture paper-conference thesis".split())


class Lead(NamedTuple):
    """What stands in the author's place, what stands in the title's, and what is left to tell of the work."""

    text: Rich
    title: Rich
    rest: Work


REPEATED: Final = "———"
"""What stands for authors named in the entry before (5.126)."""


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the list of works cited."""
    text, title, rest = _lead(work, distinction)
    return then(join(". ", text, title, _kind(rest), _container(rest), _end(rest)), ".")


def _lead(work: Work, distinction: Distinction = PLAIN) -> Lead:
    """The author's place (5.3-22): authors, editors, translators or the title."""
    people, role = _leading(work)
    if not people:
        return Lead(_title(work), (), work)
    if distinction.repeated:
        named = REPEATED
    else:
        named = listed(people, AUTHORS, work.others and not role, distinction.names, distinction.given)
    label = f", {role}{'s' if len(people) > 1 else ''}" if role else ""
    rest = work._replace(editor=()) if role == "editor" else work._replace(translator=()) if role else work
    return Lead(rich(named + label), _title(work), rest)


def _leading(work: Work) -> tuple[tuple[Person, ...], str]:
    """The people in the author's place, and what they are where they are no authors."""
    if work.author:
        return work.author, ""
    return (work.editor, "editor") if work.editor else (work.translator, "translator")


def _title(work: Work) -> Rich:
    """The title (5.23-30), in quotation marks where it is part of something."""
    return _marked(work, work.title)


def _marked(work: Work, title: Rich) -> Rich:
    if work.type == "legal_case":
        return italic(title)
    if work.type == "post":
        return quoted(title)
    title = headline(title, work.is_english)
    if work.type in BARE:
        return title
    if work.type in ITALIC or not (work.container or work.type in QUOTED):
        return italic(title)
    return quoted(title)


def _kind(work: Work) -> Rich:
    """What the work is, where its title does not tell (5.109)."""
    return () if work.type == "thesis" or work.number else begun(work.genre)


def _container(work: Work) -> Rich:
    return join(
        ", ",
        _container_title(work),
        _contributors(work),
        _version(work),
        _numbers(work),
        _publisher(work),
        rich(_date(work)),
        _location(work),
    )


def _container_title(work: Work) -> Rich:
    title = italic(headline(work.container, work.is_english))
    return join(" ", title, wrap("[", work.place, "]")) if work.is_serial else title


def _contributors(work: Work) -> Rich:
    """Editors and translators (5.38-47): "edited by Chris Brown, translated by Ann Li"."""
    roles = [("edited by", work.editor), ("translated by", work.translator)]
    if work.editor == work.translator:
        roles = [("edited and translated by", work.editor)]
    named = [rich(f"{verb} {listed(people, WITHIN)}") for verb, people in roles if people]
    return join(", ", *(named if work.container else map(begun, named)))


def _version(work: Work) -> Rich:
    label = "eds." if is_plural(work.edition) else "ed."
    edition = rich(f"{ordinal(work.edition)} {label}") if is_numeric(work.edition) else begun(rich(work.edition))
    version = rich(f"version {work.version}" if work.version else "")
    return join(", ", edition, version if work.edition else begun(version))


def _numbers(work: Work) -> Rich:
    """Volume, issue and number (5.51-53): "vol. 20, no. 3"."""
    issue = rich(f"{'nos.' if is_plural(work.issue) else 'no.'} {number(work.issue)}" if work.issue else "")
    label = ("nos." if is_plural(work.number) else "no.") if is_numeric(work.number) else ""
    counted = join(" ", work.genre, rich(label), rich(number(work.number))) if work.number else ()
    return join(", ", work.collection if work.is_serial else (), _volume(work), issue, counted)


def _volume(work: Work) -> Rich:
    if not work.volume:
        return ()
    label = ("vols. " if is_plural(work.volume) else "vol. ") if is_numeric(work.volume) else ""
    volume = rich(label + number(work.volume))
    if work.is_serial or work.is_edited or work.edition or work.container:
        return volume
    if work.author:
        return volume if work.translator else ()
    return begun(volume)


def _publisher(work: Work) -> Rich:
    return () if work.is_serial or work.type == "thesis" else work.publisher or work.place


def _date(work: Work) -> str:
    """The date (5.68-83): a year for books, month and year for journals, all of it for what appears by the day."""
    if work.issued is None or work.type == "speech":
        return ""
    if work.type in BY_YEAR or work.type == "article-journal":
        date = year(work.issued) if work.type in BY_YEAR else full(work.issued, DATES, with_day=False)
        return f"[{date}?]" if work.circa else date
    return f"{'Circa ' if work.circa else ''}{full(work.issued, DATES)}"


def _location(work: Work) -> Rich:
    """Pages, DOI or address (5.84-99); of a conference paper outside proceedings also where it was given."""
    page = rich(f"{'pp.' if is_plural(work.page) else 'p.'} {pages(work.page, 'two digits')}" if work.page else "")
    return join(", ", _event(work), page, addressed(work))


def _event(work: Work) -> Rich:
    if not work.event or work.type in SERIAL or (work.type == "paper-conference" and work.is_in_proceedings):
        return ()
    return join(", ", begun(work.event), work.event_place)


def _end(work: Work) -> Rich:
    """What may follow at the end (5.110-118): date of access, university of a thesis, series, number of volumes."""
    read = rich(f"Accessed {full(work.accessed, DATES)}" if work.accessed and not work.issued else "")
    if work.is_serial:
        return join(", ", read, begun(work.medium), headline(work.section, work.is_english))
    degree = join(", ", work.publisher, work.genre) if work.type == "thesis" else ()
    volumes = "" if work.volume or not work.volumes else f"{work.volumes} vol{'' if work.volumes == '1' else 's'}."
    return join(", ", read, begun(work.medium), degree, _series(work), rich(volumes))


def _series(work: Work) -> Rich:
    counted = rich(number(work.collection_number))
    return (
        join(" " if is_numeric(work.collection_number) else ", ", headline(work.collection, work.is_english), counted)
        if work.collection
        else ()
    )


def _people(work: Work) -> tuple[Person, ...]:
    return _leading(work)[0]


def _cited_author(cite: Cited) -> Rich:
    """The author in the text (6.3), or what stands there; with the title if the author has several works (6.8)."""
    work, distinction = cite.work, cite.distinction
    people, role = _leading(work)
    title = _marked(work, work.short_title or work.title) or begun(work.genre)
    if not people:
        return title
    named = rich(listed(people, CITED, work.others and not role, distinction.names, distinction.given))
    return join(", ", named, title if distinction.titled else ())


def _cited(cite: Cited) -> Rich:
    """Author and place (6.3): "Mehta and Peterson 329", "Fullan, ch. 3"."""
    between = " " if cite.locator.label in ("line", "page", "timestamp") else ", "
    return join(between, _cited_author(cite), _located(cite.locator))


def _located(locator: Locator) -> Rich:
    value = rich(located(locator, "two digits"))
    if not value or locator.label in ("line", "page", "timestamp"):
        return value
    label = {"chap.": "ch.", "chaps.": "chs.", "para.": "par.", "paras.": "pars."}
    short = short_label(locator)
    return join(" ", rich(label.get(short, short)), value)


def _mark(work: Work, distinction: Distinction) -> Rich:
    return _cited_author(Cited(work, distinction))


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text, in the writer's order: "(Fullan 12; Mehta and Peterson 329–30)"."""
    return wrap("(", one_by_one(cites, _cited), ")")


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence (6.4): "Mehta and Peterson (329)"."""
    return join(" ", _cited_author(cite), wrap("(", _located(cite.locator), ")"))


def _order(work: Work) -> Key:
    """The order of the list of works cited (5.123-130): author, title, and what follows."""
    people, title = _people(work), _title(work)
    lead = (False, filed_names(people, AUTHORS, particle_first=True)) if people else told(title)
    container = headline(work.container, work.is_english)
    return lead, told(title), told(_kind(work)), told(container), filed_date(work.issued)


def _authors(work: Work, distinction: Distinction) -> Rich:
    return _lead(work, distinction).text if _people(work) else ()


STYLE: Final = Style(
    name="mla",
    label="MLA 9",
    entry=entry,
    citation=citation,
    narrative=narrative,
    order=_order,
    rule=Rule(_mark, _people, CITED, letters=False),
    authors=_authors,
)
