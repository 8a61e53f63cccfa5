"""ERIC's source line: where a work appeared, "Journal, v20 n3 p327-350 Aug 2019".

Source: the lines ERIC prints for articles, dissertations and meeting papers.
A line is a name and then tokens (v, n, p, Article, Spec Iss, a date); the name
may hold commas, so it ends at the first comma from which tokens follow.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litbase.record.dates import PartialDate
from litbase.record.text import squash

LONGEST = 600
"""A line longer than this is prose, not a source line."""


class Citation(NamedTuple):
    """What a source line says; "" and None for what it does not.

    *name* is the journal, or for other works whoever issued them.  *school* and *degree* ("Doctoral dissertation",
    "Master's thesis") come from a thesis, *event* and *place* from a meeting paper, *rest* is what was not understood.
    """

    name: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    issued: PartialDate | None = None
    school: str = ""
    degree: str = ""
    event: str = ""
    place: str = ""
    rest: str = ""


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spr|Sum|Fall|Fal|Aut|Win)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:\d{{1,2}}\s+)?(?:{_MONTH}(?:\s?[-/–]\s?{_MONTH})?,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
    r"(?:1[5-9]|20)\d\d(?:\s?[-/–]\s?\d{2,4})?(?!\d)"
)
_DATES = re.compile(rf"(?P<first>{_DATE})(?:\s?[-–]\s?(?P<last>{_DATE}))?", re.I)
_PAGE = r"(?:[A-Z]{0,3}\d[\dA-Z.:]{0,12}\+?|[ivxlcdm]{1,9}(?![a-z]))"
_PAGES = re.compile(rf"{_PAGE}(?:\s?[-–]\s?{_PAGE})?", re.I)
_COMMA = re.compile(r",\s?(?=[A-Z]{0,3}\d)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TOKENS = (
    ("volume", re.compile(r"v(?:ol(?:ume)?)?\.?\s?(?P<value>(?=[A-Z-]{0,6}\d)[\w./-]+|[IVXLC]+)(?=[\s,;]|$)", re.I)),
    ("issue", re.compile(r"n(?:o|umber)?\.?\s?(?P<value>(?=[A-Z]{0,4}\d)[\w./–-]+|spec(?:ial)?(?: iss(?:ue)?\b)?|[A-Z])"
                         r"(?=[\s,;]|$)", re.I)),
    ("number", re.compile(r"Art(?:icle)?\.?\s+(?:ID\s+|no\.?\s?|#)?(?P<value>[A-Za-z]{0,4}\d[\w.-]*)", re.I)),
    ("page", re.compile(r"p(?:p|gs|ages?)?\.?\s?(?=[A-Z]{0,3}\d|[ivxlcdm]{1,9}[-–\s,]|[ivxlcdm]{1,9}$)", re.I)),
    ("part", re.compile(r"(?P<value>(?:spec(?:ial)?\.?\s+(?:iss(?:ue)?|v(?:ol)?)|suppl?(?:ement)?|pt|part|ser)\b\.?"
                        r"(?:\s?\d{1,3}(?!\d))?)", re.I)),
)  # fmt: skip
_GAP = re.compile(r"[\s,;]*")
_STRONG = re.compile(
    r"(?:v|vol\.?|n|no\.?|pp?|p\.)\s?[A-Z]{0,3}\d|article\s|spec(?:ial)?\s+iss|suppl?\s|v[IVXLC]+\s|p[ivxlcdm]{1,9}[-\s]",
    re.I,
)
_BARE = re.compile(r" (?=v\d{1,4} )")
_THESIS = re.compile(
    r"\b(?P<degree>[A-Z][A-Za-z. ]{0,14}\.|Doctoral|Master['’]?s?)?\s?(?P<kind>Dissertations?|Thesis)\s*"
    r"(?:,|-|at|of)\s*(?P<school>[^,;]{2,120}(?:, [A-Z][^,;\d]{1,60})?)",
    re.I,
)
_PAPER = re.compile(r"Papers? presented (?:at|to|before) (?:the )?(?P<event>.{3,})", re.I)


def parse_citation(text: str) -> Citation:
    """The source line *text* in its parts; a line without tokens is a name alone.

    >>> parse_citation("Learning, Media and Technology, v45 n1 p1-12 Aug 2019")[:4]
    ('Learning, Media and Technology', '45', '1', '1-12')
    >>> parse_citation("Ph.D. Dissertation, Drexel University").school
    'Drexel University'
    """
    text = squash(text).rstrip(" ,;")
    if len(text) > LONGEST:
        return Citation(name=text)
    if thesis := _THESIS.search(text):
        return _thesis(text, thesis)
    if paper := _PAPER.search(text):
        return _paper(text, paper)
    for comma in (-1, *(found.start() for found in re.finditer(",", text))):
        tail = _GAP.sub("", text[comma + 1 :], count=1)
        if _STRONG.match(tail):
            return _tokens(tail)._replace(name=text[: max(comma, 0)].rstrip(" ,"))
    if bare := _BARE.search(text):  # "Grantee Submission, Journal of Learning v47 n2 p127-135 2019"
        found = _tokens(text[bare.end() :])
        if not found.rest:
            return found._replace(name=text[: bare.start()])
    return _dated(text)


def numbers(text: str) -> Citation:
    """The tokens of *text* without a name, as the API's `sourceid` and the bulk file's `eric:citation` give them."""
    return _tokens(squash(text)[:LONGEST])


def is_citation(text: str) -> bool:
    """Whether *text* is surely a source line: it has tokens, a thesis or a meeting, or ends in a date."""
    if len(text) > LONGEST or not text.strip():
        return False
    found = parse_citation(text)
    return bool((found.volume or found.issue or found.page or found.number) and (found.name or found.issued)) or bool(
        found.school or found.event or (found.issued and found.name)
    )


def _tokens(text: str) -> Citation:
    found: dict[str, str] = {}
    parts: list[str] = []
    issued = None
    place = 0
    while (place := _GAP.match(text, place).end()) < len(text):  # type: ignore[union-attr]
        for name, pattern in _TOKENS:
            token = pattern.match(text, place)
            if token is None or (name in found and name != "part"):
                continue
            if name == "page":
                found["page"], place = _pages(text, token.end())
            else:
                place = token.end()
                parts += [token["value"]] if name == "part" else []
                found[name] = token["value"].rstrip(".,")
            break
        else:
            dated = None if issued else _DATES.match(text, place)
            if dated is None:
                break
            issued, place = _date(dated), dated.end()
    parts = [found.pop("issue", ""), *parts]
    found.pop("part", None)
    return Citation(**found, issue=" ".join(filter(None, parts)), issued=issued, rest=text[place:])


def _pages(text: str, place: int) -> tuple[str, int]:
    """The page list at *place* ("12-34, 40") and where it ends; a year that closes the line is not a page."""
    pages: list[str] = []
    while found := _PAGES.match(text, place):
        if pages and _YEAR.fullmatch(found[0]) and found.end() == len(text):
            break
        pages.append(re.sub(r"\s", "", found[0]))
        place = found.end()
        if not (comma := _COMMA.match(text, place)):
            break
        place = comma.end()
    return ", ".join(pages), place


def _date(found: re.Match[str]) -> PartialDate | None:
    first = PartialDate.parse(found["first"])
    last = PartialDate.parse(found["last"]) if found["last"] else None
    return _interval(first, last) if first and last else first


def _interval(first: PartialDate, last: PartialDate) -> PartialDate:
    """The interval from *first* to *last* ("Dec 1999-Jan 2000")."""
    return PartialDate(year=first.year, month=first.month, day=first.day, end=last)


_ENDING = re.compile(rf",\s*(?P<date>{_DATE})\.?$", re.I)


def _dated(text: str) -> Citation:
    """A name with nothing but a date: "US Department of Education, 2015"."""
    for comma in [found.start() for found in re.finditer(",", text)][-3:]:
        ending = _ENDING.match(text, comma)
        if ending and comma:
            return Citation(name=text[:comma], issued=PartialDate.parse(ending["date"]))
    return Citation(name=text)


def _thesis(text: str, found: re.Match[str]) -> Citation:
    degree = (found["degree"] or "").lower()
    master = degree.startswith("m") or (not degree and found["kind"].lower() == "thesis")
    school, _, tail = found["school"].partition(", ")
    dated = _DATES.search(text, found.end())
    if tail and not _DATES.match(tail):
        school = f"{school}, {tail}"  # "University of California, Los Angeles"
    return Citation(
        name=text[: found.start()].rstrip(" ,;"),
        school=school.strip(" ."),
        degree="Master's thesis" if master else "Doctoral dissertation",
        issued=_date(dated) if dated else None,
    )


def _paper(text: str, found: re.Match[str]) -> Citation:
    event, opening, tail = found["event"].rpartition("(")  # "... on Cognition (CELDA) (11th, Porto, Oct 25-27, 2014)"
    if not opening or not re.search(r"[\d,]", tail):
        event, tail = found["event"], ""
    inside = [part.strip() for part in tail.rstrip(") .").split(",")]
    issued, place = None, []
    for at, part in enumerate(inside):
        if re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)", part):
            continue
        if dated := PartialDate.parse(", ".join(inside[at:])):
            issued = dated
            break
        if re.match(_MONTH + r"\s\d", part, re.I):  # "Apr 5-9, 2010"
            issued = PartialDate.parse(f"{part.split()[0]} {inside[-1]}")
            break
        place.append(part)
    return Citation(
        name=text[: found.start()].rstrip(" ,;"),
        event=event.strip(" ,."),
        place=", ".join(filter(None, place)),
        issued=issued,
    )


def best_date(dates: Sequence[PartialDate | None]) -> PartialDate | None:
    """The first date, made more precise by a later one of the same year ("2019", and "Aug 2019" in the source line)."""
    known = [date for date in dates if date]
    best = known[0] if known else None
    for date in known[1:]:
        if (
            best
            and date.year == best.year
            and (not best.month or date.month == best.month)
            and _detail(date) > _detail(best)
        ):
            best = date
    return best


def _detail(date: PartialDate) -> int:
    return bool(date.month) + 2 * bool(date.day) + bool(date.end)
