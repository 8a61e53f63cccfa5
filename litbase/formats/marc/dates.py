"""Dates of a MARC record: those of an imprint as printed ("[1957?]", "c2011", "19--?") and those coded in field 008.

Sources: MARC 21, fields 008/06-14, 260 and 264; AACR2 and RDA on uncertain dates ("[194-?]", "[between 1910 and
1935]"), copyright ("c2011", "©2011", "p1990") and other calendars ("Shōwa 58 [1983]", "5752 [1991 or 1992]").
"""

import re
from typing import NamedTuple

from litbase.record.dates import PartialDate

LONGEST = 300
_YEAR = re.compile(
    r"(?P<right>(?:copyright|©|℗|\bcop\.?|\b[cp])\s?)?\[?(?<!\d)(?<![\d-]\d)(?P<year>1\d{3}|20\d\d)(?!\d)", re.I
)
_UNSURE = re.compile(
    r"\?|\bca?\.\s|\bcirca\b|approximately|\bum\b|\bvers\b|not (?:before|after)|between|\bpost\.|\bor\b|\bante\b", re.I
)
_SPAN = re.compile(
    r"(?<!\d)(?P<first>1\d{3}|20\d\d)\]?\s?(?:-|–|/|\band\b|\bto\b)\s?(?:[cp©]\s?)?\[?(?P<last>1\d{3}|20\d\d)(?!\d)",
    re.I,
)
_DECADE = re.compile(r"(?<!\d)(?P<digits>1\d\d|20\d)[-?uUxX](?![\du])")
_CENTURY = re.compile(r"(?<!\d)(?P<digits>1\d|20)(?:--|\?\?|uu|UU|XX|xx)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_SEASON = r"(?:Spr|Sum|Fal|Aut|Win)[a-z]{0,6}"
_SPANNED = re.compile(
    rf"\b(?:{_MONTH}|{_SEASON})\s?[-–/]\s?(?:{_MONTH}|{_SEASON}),?\s(?P<year>1\d{{3}}|20\d\d)(?!\d)", re.I
)
_SEASONAL = re.compile(rf"\b{_SEASON},?\s(?P<year>1\d{{3}}|20\d\d)(?:[-–]\d{{2,4}})?(?!\d)", re.I)
_WITH_MONTH = re.compile(rf"(?:\b\d{{1,2}}\s)?\b{_MONTH}(?:\s\d{{1,2}},?)?,?\s(?P<year>1\d{{3}}|20\d\d)(?!\d)", re.I)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>1\d{{3}}|20\d\d),?\s(?P<month>{_MONTH})(?:\s(?P<day>\d{{1,2}})(?!\d))?", re.I
)
_ISO = re.compile(r"(?<!\d)(?:1\d{3}|20\d\d)-\d\d(?:-\d\d)?(?![\d-])")
_REAL = re.compile(r"\bi\.\s?e\.,?\s?", re.I)
CALENDARS = 300  # years by which another calendar differs from ours at least


class Dated(NamedTuple):
    """A date, and whether it was worked out: a copyright date, in brackets, or approximate."""

    date: PartialDate
    inferred: bool = False


def imprint_date(text: str) -> Dated | None:
    """The date in an imprint; None when there is none.

    >>> [str(imprint_date(t).date) for t in ("[1957?]", "c2011.", "2005, c2004", "[194-?]", "Shōwa 58 [1983]")]
    ['1957', '2011', '2005', '1940/1949', '1983']
    """
    text = " ".join(text.split())[:LONGEST]
    parts = _REAL.split(text, maxsplit=1)
    text = parts[-1] if _YEAR.search(parts[-1]) else text
    exact = _exact(text)
    years = [
        (found["year"], bool(found["right"]), _bracketed(text, found.start("year"))) for found in _YEAR.finditer(text)
    ]
    if not years:
        return _vague(text)
    year, copyright, bracketed = _chosen(years)
    inferred = copyright or bracketed or bool(_UNSURE.search(text))
    if exact and exact.year == year:
        return Dated(exact, inferred)
    span = _SPAN.search(text)
    if span and int(span["first"]) == year < int(span["last"]):
        return Dated(PartialDate(year=year, end=PartialDate(year=int(span["last"]))), inferred)
    return Dated(PartialDate(year=year), inferred)


def _chosen(years: list[tuple[str, bool, bool]]) -> tuple[int, bool, bool]:
    """The year of publication before that of the copyright, ours in brackets before one of another calendar."""
    year, right, bracketed = next((found for found in years if not found[1]), years[0])
    for other, is_right, in_brackets in years:
        if in_brackets and not is_right and int(other) - int(year) > CALENDARS:
            return int(other), False, True
    return int(year), right, bracketed


def _bracketed(text: str, place: int) -> bool:
    return text.rfind("[", 0, place) > text.rfind("]", 0, place)


def _exact(text: str) -> PartialDate | None:
    """A date with a month or season in English, or in figures; None when there is none."""
    for pattern in (_SPANNED, _WITH_MONTH, _SEASONAL):
        if (found := pattern.search(text)) and (date := PartialDate.parse(found[0])):
            return date
    if found := _YEAR_FIRST.search(text):
        day = f"{found['day']} " if found["day"] else ""
        return PartialDate.parse(f"{day}{found['month']} {found['year']}")
    found = _ISO.search(text)
    return PartialDate.parse(found[0]) if found else None


def _vague(text: str) -> Dated | None:
    """The decade of "194-?" and the century of "19--?" as intervals; None for anything else."""
    for pattern, scale in ((_DECADE, 10), (_CENTURY, 100)):
        if found := pattern.search(text):
            first = int(found["digits"]) * scale
            return Dated(PartialDate(year=first, end=PartialDate(year=first + scale - 1)), inferred=True)
    return None


def coded_date(f008: str) -> Dated | None:
    """The date of publication coded in field 008; None where it is unknown or blank.

    >>> coded_date("880726s1687    sp").date.year, str(coded_date("010101q19101935").date)
    (1687, '1910/1935')
    """
    sort, first, second = f008[6:7], f008[7:11], f008[11:15]
    if len(f008) < 11 or sort in "bn|":
        return None
    year = _coded_year(first)
    if year is None:
        return _vague(first)
    if sort == "e" and second[:2].isdigit():
        day = f"-{second[2:]}" if second[2:].isdigit() and second[2:] != "00" else ""
        return Dated(PartialDate.parse(f"{year}-{second[:2]}{day}") or PartialDate(year=year))
    until = _coded_year(second)
    if sort in "qmikd" and until and year < until < 3000:
        return Dated(PartialDate(year=year, end=PartialDate(year=until)), inferred=sort == "q")
    return Dated(PartialDate(year=year))


def _coded_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[12]\d{3}", text) and 1000 <= int(text) < 3000 else None
