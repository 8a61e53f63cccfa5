"""IEEE style: the list of references, numbered in the order of citation, and the numbers in the text.

Source: IEEE Reference Guide (version 11.29.2023), part I.A (citations in the text) and part II (one section for each
kind of work); where it leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Callable, Sequence
from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.citing import one_by_one
from litbase.styles.dates import DateForm, full, year
from litbase.styles.distinct import PLAIN, Distinction
from litbase.styles.joints import followed, join, named, quoted, then, wrap
from litbase.styles.locators import located, short_label
from litbase.styles.numbers import is_numeric, is_plural, number, ordinal, pages
from litbase.styles.people import FAMILY, INITIALS, NameForm, Person, listed
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work, bare_doi, on_the_web

AUTHORS: Final = NameForm(given=INITIALS, most=7)
"""Of seven authors or more only the first."""
EDITORS: Final = NameForm(given=INITIALS)
CITED: Final = NameForm(given=FAMILY, most=3)
DATES: Final = DateForm(
    day_first=False,
    months=("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec."),
    two_digits=True,
)
BOOKS: Final = frozenset("bill book graphic legal_case legislation song".split())
"""Types that are told as books are (II.B)."""
ITALIC: Final = BOOKS | {"motion_picture", "software", "standard"}
"""Types whose titles are in italics; others are in quotation marks."""
IN_EDITIONS: Final = BOOKS | {"chapter", "motion_picture", "paper-conference", "report"}
"""Types of which an edition is told."""
CITY_FIRST: Final = BOOKS | {"chapter", "motion_picture", "paper-conference"}
"""Types whose publisher follows its city: "New York: Routledge"; others have it the other way round."""
BY_YEAR: Final = BOOKS | {"chapter", "thesis"}
BY_MONTH: Final = frozenset({"article-journal", "paper-conference", "report"})
SITES: Final = frozenset({"post", "post-weblog", "webpage"})
IN_ISSUES: Final = frozenset(
    "article-magazine article-newspaper broadcast interview manuscript map personal_communication".split()
)


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the list of references."""
    people, label = _leading(work)
    lead = _named(people, work.others and not label, AUTHORS, label)
    rest = work._replace(editor=()) if label.startswith("Ed") else work
    return join(", ", lead, TOLD.get(work.type, _other)(rest))


def _leading(work: Work) -> tuple[tuple[Person, ...], str]:
    """The people in the author's place, and what they are where they are no authors."""
    if work.author:
        return work.author, ""
    if work.editor:
        return work.editor, "Eds." if len(work.editor) > 1 else "Ed."
    return work.translator, "Trans."


def _named(people: Sequence[Person], others: bool, form: NameForm, label: str = "") -> Rich:
    """Names with initials first and "et al." in italics, and their *label*: "N. S. Nasir and C. D. Lee, Eds."."""
    return join(", ", named(listed(people, form, others)), rich(label if people else ""))


def _article(work: Work) -> Rich:
    """A journal article (II.C)."""
    told = join(
        ", ",
        _title(work),
        italic(work.short_container or work.container),
        _numbers(work),
        _place(work),
        _date(work),
        _status(work),
    )
    return followed(then(told, "," if work.doi or work.url else "."), wrap(" ", _access(work)))


def _paper(work: Work) -> Rich:
    """A paper in proceedings, or given at a conference (II.D)."""
    told = wrap("", join(", ", _title(work), wrap("in ", italic(work.container)), _editors(work)), ",")
    published = join(", ", _publisher(work), _date(work), _place(work), _status(work))
    return join(" ", told, _series(work), _stopped(published), _access(work))


def _chapter(work: Work) -> Rich:
    """A chapter of a book (II.B.2)."""
    told = join(
        ", ",
        _title(work),
        wrap("in ", italic(work.container)),
        _numbers(work),
        _editors(work),
        wrap("", _series(work), " "),
        _publisher(work),
        _date(work),
        _counted("ch.", work.chapter),
        _place(work),
    )
    return _with_access(told, work)


def _report(work: Work) -> Rich:
    """A report (II.J)."""
    counted = join(" ", work.genre, rich(number(work.number)))
    return _with_access(join(", ", _title(work), _publisher(work), counted, _date(work)), work)


def _thesis(work: Work) -> Rich:
    """A thesis (II.M)."""
    return _with_access(join(", ", _title(work), work.genre, _publisher(work), _date(work)), work)


def _software(work: Work) -> Rich:
    """Software (II.K)."""
    dated = wrap("(", _date(work), ")")
    return _with_access(join(". ", _title(work), dated, work.genre, _publisher(work)), work)


def _preprint(work: Work) -> Rich:
    source = join(": ", italic(_publisher(work)), rich(number(work.number)))
    return _with_access(join(", ", _title(work), _date(work), source), work)


def _site(work: Work) -> Rich:
    """A page of a site (II.N); its date is that of access."""
    return _with_access(join(", ", _title(work), work.container), work)


def _patent(work: Work) -> Rich:
    """A patent (II.H)."""
    return join(" ", join(", ", _title(work), rich(work.number), _date(work)), _access(work))


def _film(work: Work) -> Rich:
    """A film or video (II.P)."""
    return _with_access(join(" ", _stopped(_city(work)), join(", ", _title(work), _date(work))), work)


def _standard(work: Work) -> Rich:
    """A standard (II.L)."""
    counted = join(" ", work.genre, rich(number(work.number)))
    return _with_access(join(", ", _title(work), counted, _stopped(_city(work)), _date(work)), work)


def _book(work: Work) -> Rich:
    """A book (II.B.1)."""
    told = _stopped(join(", ", _title(work), _numbers(work)))
    published = join(", ", _publisher(work), _date(work), _place(work))
    return _with_access(join(" ", told, _series(work), published), work)


def _in_issue(work: Work) -> Rich:
    """An article in a newspaper or magazine (II.C), and what is told like it."""
    told = join(", ", _title(work), italic(work.container), _numbers(work), _publisher(work), _place(work), _date(work))
    return _with_access(told, work)


def _other(work: Work) -> Rich:
    told = _stopped(join(", ", _title(work), italic(work.container), _numbers(work)))
    published = join(", ", _publisher(work), _place(work), _date(work))
    return _with_access(join(" ", told, _series(work), published), work)


TOLD: Final[dict[str, Callable[[Work], Rich]]] = {
    "article": _preprint, "article-journal": _article, "chapter": _chapter, "motion_picture": _film,
    "paper-conference": _paper, "patent": _patent, "report": _report, "software": _software, "speech": _paper,
    "standard": _standard, "thesis": _thesis,
    **dict.fromkeys(BOOKS, _book), **dict.fromkeys(SITES, _site), **dict.fromkeys(IN_ISSUES, _in_issue),
}  # fmt: skip
"""How an entry of each type goes on behind its authors."""


def _title(work: Work) -> Rich:
    return italic(work.title) if work.type in ITALIC else quoted(work.title)


def _numbers(work: Work) -> Rich:
    """Edition, volume and issue: "2nd ed., vol. 20, no. 3"."""
    return join(
        ", ",
        _edition(work) if work.type in IN_EDITIONS else (),
        _counted("vol.", work.volume),
        rich(f"{number(work.volumes)} vols." if work.volumes else ""),
        _counted("no.", work.issue),
    )


def _counted(label: str, value: str) -> Rich:
    return rich(f"{label} {number(value)}" if value else "")


def _edition(work: Work) -> Rich:
    if is_numeric(work.edition):
        return rich(f"{ordinal(work.edition)} ed.")
    return then(begun(rich(work.edition)), ".") if work.edition else ()


def _place(work: Work) -> Rich:
    """Pages, or the number of an article that has one: "pp. 327–350", "Art. no. 12"."""
    if work.type == "article-journal" and work.number:
        return rich(f"Art. no. {work.number}")
    return rich(f"{'pp.' if is_plural(work.page) else 'p.'} {pages(work.page, 'stated')}" if work.page else "")


def _date(work: Work) -> Rich:
    """The date: a year for books, month and year for what appears by the month, all of it for the rest."""
    if work.issued is None:
        return ()
    if work.type in BY_YEAR:
        return rich(year(work.issued))
    told = rich(full(work.issued, DATES, with_day=work.type not in BY_MONTH))
    return wrap("(", told, ")") if work.type == "motion_picture" else told


def _status(work: Work) -> Rich:
    """That an article is still to appear, in bold."""
    if work.page or work.issue or work.volume:
        return ()
    return tuple(piece._replace(bold=True) for piece in begun(work.status))


def _editors(work: Work) -> Rich:
    return _named(work.editor, False, EDITORS, "Eds." if len(work.editor) > 1 else "Ed.")


def _series(work: Work) -> Rich:
    """The series of a book: "in Studies in Change, no. 7."."""
    if not work.collection:
        return ()
    counted = _counted("no.", work.collection_number), _counted("vol.", work.volume)
    return _stopped(wrap("in ", join(", ", work.collection, *counted)))


def _publisher(work: Work) -> Rich:
    if work.type in CITY_FIRST:
        return join(": ", work.place, work.publisher)
    return join(", ", work.publisher, work.place)


def _city(work: Work) -> Rich:
    return headline(work.place or work.event_place, work.is_english)


def _stopped(told: Rich) -> Rich:
    return wrap("", told, ".")


def _with_access(told: Rich, work: Work) -> Rich:
    return join(" ", _stopped(told), _access(work))


def _access(work: Work) -> Rich:
    """DOI or address of a work: "doi: 10.1000/182.", "[Online]. Available: https://example.org"."""
    read = rich(f"Accessed: {full(work.accessed, DATES)}" if work.accessed else "")
    if work.type in SITES:
        return join(". ", read, rich("[Online]"), wrap("Available: ", on_the_web(work))) if work.url else ()
    if work.doi:
        return wrap("doi: ", bare_doi(work), ".")
    medium = begun(work.medium) or rich("Online Video" if work.type == "motion_picture" else "Online")
    return join(". ", read, wrap("[", medium, "]"), wrap("Available: ", on_the_web(work))) if work.url else ()


def _cited(cite: Cited) -> Rich:
    """Number and place in the work (I.A): "[3]", "[3, p. 12]", "[3, Ch. 2]"."""
    label = short_label(cite.locator).replace("chap", "ch")
    if cite.locator.label != "page":
        label = label[:1].upper() + label[1:]
    place = join(" ", rich(label), rich(located(cite.locator, "stated"))) if cite.locator.value else ()
    return wrap("[", join(", ", rich(str(cite.number)), place), "]")


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text, in the order of their numbers: "[1], [3, p. 12]"."""
    return one_by_one(sorted(cites, key=lambda cite: cite.number), _cited, ", ")


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence: "Mehta and Peterson [1]"."""
    people, label = _leading(cite.work)
    author = _named(people, cite.work.others and not label, CITED) or _title(cite.work)
    return join(" ", author, _cited(cite))


STYLE: Final = Style(
    name="ieee",
    label="IEEE",
    entry=entry,
    citation=citation,
    narrative=narrative,
    numbering="[{}] ",
)
