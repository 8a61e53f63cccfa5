"""AMA style: the reference list, numbered in the order of citation, and the raised numbers in the text.

Source: AMA Manual of Style, 11th edition, chapter 3 (references: citation 3.6, authors 3.7, titles 3.9, journals 3.11,
books 3.12, newspapers 3.13, reports, theses and speeches 3.13-14, electronic media 3.15); where it leaves a choice,
what the CSL reference processor prints.
"""

from collections.abc import Callable, Sequence
from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.citing import one_by_one
from litbase.styles.dates import full, year
from litbase.styles.distinct import PLAIN, Distinction
from litbase.styles.joints import join, then, wrap
from litbase.styles.locators import located, short_label
from litbase.styles.numbers import DASH, is_numeric, is_plural, number, ordinal, pages
from litbase.styles.people import FAMILY, INITIALS, NameForm, listed
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work, bare_doi, on_the_web

AUTHORS: Final = NameForm(
    "all", INITIALS, initial="", hyphens=False, separator=" ", last="", most=7, shown=3
)  # 3.7: of seven authors or more the first three
CITED: Final = NameForm(given=FAMILY, most=3)
ALONE: Final = frozenset("bill book graphic legislation motion_picture report song".split())
"""Types that are told as books are (3.12)."""
CAPITALS: Final = ALONE | {"legal_case", "thesis"}
"""Types whose titles are in italics and headline style; others are as they stand (3.9)."""
WITHIN: Final = ("chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia")
SITES: Final = ("post", "post-weblog", "webpage")


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the reference list."""
    lead = _authors(work)
    title = _title(work)
    source = TOLD.get(work.type, _serial)(work if work.author else work._replace(editor=()))
    told = wrap("", join(". ", lead, title, source), ".")
    return join(" ", told, _access(work))


def _authors(work: Work) -> Rich:
    """The author's place (3.7): authors, or editors."""
    if work.author:
        return rich(listed(work.author, AUTHORS, work.others))
    return _editors(work)


def _editors(work: Work) -> Rich:
    """ "Brown C, ed", "Nasir NS, Lee CD, eds"."""
    return wrap("", rich(listed(work.editor, AUTHORS)), ", eds." if len(work.editor) > 1 else ", ed.")


def _title(work: Work) -> Rich:
    return italic(headline(work.title, work.is_english)) if work.type in CAPITALS else work.title


def _book(work: Work) -> Rich:
    """Volume, edition, editors, publisher, year and pages of a book (3.12): "2nd ed. Routledge; 2020"."""
    told = join(". ", _volume(work), _edition(work), wrap("(", _editors(work), ")"), _published(work))
    return join(":", told, _pages(work))


def _part(work: Work) -> Rich:
    """The book a chapter or paper is in (3.12.4): "In: Brown C, ed. *Leading the Use*. IOE Press; 2015:54-65"."""
    title = italic(headline(work.container, work.is_english))
    told = join(". ", _editors(work), title, _volume(work), _edition(work), work.collection, _published(work))
    return join(":", wrap("In: ", told), _pages(work) or _chapter(work))


def _chapter(work: Work) -> Rich:
    label = ("chaps " if is_plural(work.chapter) else "chap ") if is_numeric(work.chapter) else ""
    return rich(label + _number(work.chapter))


def _case(work: Work) -> Rich:
    reporter = join(" ", work.container, rich(_number(work.volume)))
    told = join(", ", join(". ", wrap("(", _editors(work), ")"), reporter), _pages(work))
    return join(" ", told, wrap("(", join(" ", work.authority, _year(work)), ")"))


def _site(work: Work) -> Rich:
    """The site and date of a page on the web (3.15)."""
    return join(". ", work.container, _date(work))


def _speech(work: Work) -> Rich:
    """Where and when a speech was given (3.13.9): "Presented at: Annual Meeting; April 5, 2019; Oslo"."""
    given = wrap("", begun(work.genre), " presented at")
    if not given and (work.event or work.event_place):
        given = rich("Presented at")
    return join(": ", given, join("; ", work.event, _date(work), work.event_place))


def _thesis(work: Work) -> Rich:
    """Kind, university and year of a thesis (3.13.8)."""
    return join(". ", work.genre, _published(work))


def _serial(work: Work) -> Rich:
    """Journal, date, volume, issue and pages (3.11): "*Journal of Educational Change*. 2019;20(3):327-350"."""
    label = "suppl " if is_numeric(work.supplement) else ""
    bracketed = rich(_number(work.issue)), wrap(label, rich(_number(work.supplement)))
    counted = rich(_number(work.volume)), *(wrap("(", part, ")") for part in bracketed)
    volume = () if work.type == "article-newspaper" else join("", *counted)
    place = rich(_number(work.number)) or _pages(work)
    publisher = italic(work.publisher) if work.type == "article" else ()
    dated = join(":", join(";", _appeared(work), volume), place)
    return join(". ", _editors(work), italic(_short(work)), publisher, dated)


TOLD: Final[dict[str, Callable[[Work], Rich]]] = {
    "legal_case": _case, "speech": _speech, "thesis": _thesis,
    **dict.fromkeys(ALONE, _book), **dict.fromkeys(WITHIN, _part), **dict.fromkeys(SITES, _site),
}  # fmt: skip
"""How an entry of each type goes on behind its title; others are told as articles are."""


def _short(work: Work) -> Rich:
    """The journal, abbreviated where its source does, without full stops."""
    title = work.short_container or work.container
    return tuple(piece._replace(text=piece.text.replace(".", "")) for piece in title)


def _appeared(work: Work) -> Rich:
    """The year of an issue; of what has neither volume nor issue all of the date."""
    if work.issue or work.volume:
        return _year(work)
    online = {"article": "Preprint posted online ", "article-newspaper": ""}
    return wrap(online.get(work.type, "Published online "), _date(work))


def _volume(work: Work) -> Rich:
    label = ("Vols " if is_plural(work.volume) else "Vol ") if is_numeric(work.volume) else ""
    return rich(label + _number(work.volume))


def _edition(work: Work) -> Rich:
    label = "eds." if is_plural(work.edition) else "ed."
    return rich(_hyphenated(f"{ordinal(work.edition)} {label}") if is_numeric(work.edition) else work.edition)


def _published(work: Work) -> Rich:
    return join("; ", work.publisher, _year(work))


def _year(work: Work) -> Rich:
    return rich(year(work.issued)) if work.issued else ()


def _date(work: Work) -> Rich:
    return rich(full(work.issued)) if work.issued else ()


def _pages(work: Work) -> Rich:
    return rich(_hyphenated(pages(work.page)))


def _number(text: str) -> str:
    return text if DASH in text else _hyphenated(number(text))


def _hyphenated(text: str) -> str:
    """*text* with hyphens in its ranges, where other styles have dashes (3.12.5)."""
    return text.replace(DASH, "-")


def _access(work: Work) -> Rich:
    """DOI or address (3.15): "doi:10.1000/182", "Accessed May 9, 2022. https://example.org"."""
    if work.doi:
        return wrap("doi:", bare_doi(work))
    if not work.url:
        return ()
    return join(". ", rich(f"Accessed {full(work.accessed)}" if work.accessed else ""), on_the_web(work))


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text (3.6), raised, in the order of their numbers: "1,3(p12)", "2–4"."""
    runs: list[list[Cited]] = []
    for cite in sorted(cites, key=lambda cite: cite.number):
        if runs and _continues(runs[-1][-1], cite):
            runs[-1].append(cite)
        else:
            runs.append([cite])
    return tuple(piece._replace(script="sup") for piece in join(",", *map(_run, runs)))


def _continues(last: Cited, cite: Cited) -> bool:
    """Whether *cite* is next in number to *last*, with nothing told of either."""
    told = last.locator.value or last.behind or cite.before or cite.locator.value or cite.behind
    return cite.number == last.number + 1 and not told


def _run(cites: Sequence[Cited]) -> Rich:
    """Three works or more that follow each other as a range."""
    if len(cites) < 3:
        return one_by_one(cites, _cited, ",")
    return then(one_by_one(cites[:1], _cited), f"{DASH}{cites[-1].number}")


def _cited(cite: Cited) -> Rich:
    label = short_label(cite.locator).replace(".", "")
    place = rich(label + _hyphenated(located(cite.locator)) if cite.locator.value else "")
    return join("", rich(str(cite.number)), wrap("(", place, ")"))


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence: "Mehta and Peterson" and a raised number."""
    people = cite.work.author or cite.work.editor
    others = cite.work.others and bool(cite.work.author)
    return join("", rich(listed(people, CITED, others)) or _title(cite.work), citation([cite]))


STYLE: Final = Style(
    name="ama",
    label="AMA",
    entry=entry,
    citation=citation,
    narrative=narrative,
    numbering="{}. ",
)
