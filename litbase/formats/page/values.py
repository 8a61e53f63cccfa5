"""Values as pages state them in their metadata: names, dates, keywords and identifiers, each in many writings.

Sources: what Highwire Press tags, Dublin Core, PRISM, COinS and JSON-LD hold on publishers', repositories' and
newspapers' pages ("A|B|C" on eric.ed.gov, "2011/10/17", "12/2007", "2013-06-12T08:00:00Z").
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from litbase.formats.emphasis import decoded
from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, normal_doi, normal_isbn, normal_issn, web_address
from litbase.record.names import OTHERS, Name, parse_name, parse_names
from litbase.record.text import squash

Told = dict[str, Any]
"""Fields of a Record by name, as one part of a page tells them; what is absent is not there."""

MOST = 5_000
"""Names, keywords and references that are read of one page."""
LONGEST_NAME = 300
_INITIALED = re.compile(r"[^\W\d_]['’\w-]+(?:\s[^\W\d_]['’\w-]+)?\s[A-Z]{1,3}")
_INITIAL = re.compile(r"\s[A-Z]\.?$")
_CAPITALS = re.compile(r"\b[A-Z]{1,3}$")
_SAYS_NOTHING = re.compile(r"[\W\d_]*|(?:anonymous|unknown|n/a|none|null|undefined|admin|staff|author)", re.I)
_DEGREES = re.compile(r",\s(?:Ph\.?D\.?|M\.?D\.?|Ed\.?D\.?|M\.?Sc\.?|M\.?A\.?)(?=$|,)", re.I)
_DAY_FIRST = re.compile(r"(?:[A-Z][a-z]{2,8},?\s)?(\d{1,2}(?:st|nd|rd|th)?[\s-][A-Z][a-z]{2,8}\.?,?[\s-]\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_YEAR_WORD = re.compile(r"(\d{4})\s([A-Z][a-z]{2,8})\.?(?:\s(\d{1,2}))?(?![\w:])")
_ANY_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def names_of(texts: Iterable[str]) -> tuple[Name, ...]:
    """The people and groups in one text for each, or several in one: "A|B", "Roe, A.; Poe, E.", "Ann Roe, Ed Poe".

    >>> [str(name) for name in names_of(["Post, Phyllis B.|Ceballos, Peggy L."])]
    ['Post, Phyllis B.', 'Ceballos, Peggy L.']
    """
    given = list(texts)[:MOST]
    single = [piece for text in given for piece in _pieces(squash(decoded(text)), alone=len(given) == 1)][:MOST]
    single = [piece for piece in single if not _SAYS_NOTHING.fullmatch(piece)]
    if single and all(_INITIALED.fullmatch(piece) for piece in single):  # "Smith JA": family first
        single = [_CAPITALS.sub(lambda found: ", " + " ".join(f"{c}." for c in found[0]), piece) for piece in single]
        single = [piece.replace(" ,", ",") for piece in single]
    return tuple(dict.fromkeys(name for piece in single if (name := parse_name(piece[:LONGEST_NAME]))))


def _pieces(text: str, alone: bool) -> list[str]:
    """The names in one text; of a text that is not *alone* the comma stands within one name."""
    text = re.sub(r"^[Bb]y\s+", "", _DEGREES.sub("", text))
    for mark in ("|", ";"):
        if mark in text:
            return [piece.strip() for piece in text.split(mark)]
    commas = [piece.strip() for piece in text.split(",")]
    if alone and _are_people(commas):  # "Ann Roe, Ed Poe and Jo Doe"
        return [piece for part in commas for piece in re.split(r"^and\s|\s(?:and|&)\s", part) if piece]
    if alone and len(commas) >= 4:  # "Roe, Ann, Poe, Ed"
        return [str(name) for name in parse_names(text)]
    if (
        len(commas) == 1
        and text.count(" ") <= 8
        and re.fullmatch(r"\S+ (?:\S+ ){0,2}\S+ (?:and|&) \S+ (?:\S+ ){0,2}\S+", text)
    ):
        return _two(text)
    return [text]


def _are_people(pieces: list[str]) -> bool:
    """Whether each piece is a whole name; "van Roe, Ann B." is one name inverted."""
    if len(pieces) < 2 or not all(" " in piece for piece in pieces):
        return False
    return len(pieces) > 2 or not (pieces[0][0].islower() or _INITIAL.search(pieces[1]))


def _two(text: str) -> list[str]:
    """The two people of "Ann Roe and Ed Poe"; a group stays whole."""
    parsed = [parse_name(piece) for piece in re.split(r"\s(?:and|&)\s", text)]
    people = all(name and name.given and not name.literal for name in parsed)
    return re.split(r"\s(?:and|&)\s", text) if people else [text]


def is_truncated(texts: Iterable[str]) -> bool:
    """Whether a list of names ends in "et al."."""
    return any(OTHERS.match(piece) for text in texts for piece in re.split(r"[;,|]\s*", squash(text)))


def date_of(text: str) -> PartialDate | None:
    """The date in *text*, never more precise than it is; of "6/12/2013", in which nobody knows the month, the year.

    >>> [str(date_of(text)) for text in ("2011/10/17", "12/2007", "20190825", "Fri, 17 Aug 2018 08:14:38", "6/12/2013")]
    ['2011-10-17', '2007-12', '2019-08-25', '2018-08-17', '2013']
    """
    text = squash(text).strip("[]()\"' ")[:100]
    if found := _NUMBERS.match(text):
        return _from_numbers(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_YEAR.match(text):
        return PartialDate.parse(f"{found[2]}-{int(found[1]):02d}")
    if found := _COMPACT.match(text):
        return PartialDate.parse(f"{found[1]}-{found[2]}-{found[3]}")
    if found := _DAY_FIRST.match(text):
        return PartialDate.parse(found[1].replace("-", " "))
    if found := _YEAR_WORD.match(text):
        return PartialDate.parse(" ".join(filter(None, (found[3], found[2], found[1]))))
    if date := PartialDate.parse(text):
        return date
    years = _ANY_YEAR.findall(text)
    return PartialDate(year=int(years[-1])) if years else None


def _from_numbers(one: int, two: int, year: int) -> PartialDate | None:
    if one > 12 or two > 12 or one == two:
        month, day = (two, one) if one > 12 else (one, two)
        return PartialDate.parse(f"{year}-{month:02d}-{day:02d}")
    return PartialDate(year=year)


def first_date(texts: Iterable[str]) -> PartialDate | None:
    """The first of *texts* that is a date; None when none is."""
    return next(filter(None, map(date_of, texts)), None)


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Keywords, one in each text or several parted by ";" or ","; a term with a comma of its own beside ";" stays."""
    found: list[str] = []
    for text in texts:
        mark = next((mark for mark in (";", "|", "\n") if mark in text), ",")
        found += [word for piece in text.split(mark)[:MOST] if (word := squash(piece).strip(" .,;"))]
    return tuple(dict.fromkeys(found))[:MOST]


def identified(text: str) -> tuple[str, str]:
    """(field, value) of an identifier that may be a DOI, ISBN, ISSN or address; ("", "") for anything else."""
    text = squash(text)
    if doi := find_doi(text) or normal_doi(text):
        return "doi", doi
    if re.search(r"isbn", text, re.I) or re.fullmatch(r"[\dXx][\dXx -]{8,17}", text):
        number = re.sub(r"(?i)^.*isbn(?:-1[03])?[\s:]*", "", text)
        if normal_isbn(number):
            return "isbn", number
    if re.search(r"issn", text, re.I) or re.fullmatch(r"\d{4}-\d{3}[\dXx]", text):
        number = re.sub(r"(?i)^.*e?issn[\s:]*", "", text)
        if normal_issn(number):
            return "issn", number
    address = web_address(text)
    return ("url", address) if address else ("", "")


def add_identifiers(told: Told, texts: Iterable[str]) -> None:
    """Adds the identifiers among *texts* to what is *told*: the first DOI and address, every ISBN and ISSN."""
    for text in texts:
        field, value = identified(text)
        if field in ("isbn", "issn"):
            told[field] = tuple(dict.fromkeys((*told.get(field, ()), value)))
        elif field and field not in told:
            told[field] = value


def page_of(first: str, last: str) -> str:
    """A page range of first and last page; the first alone where the last is missing or the same.

    >>> page_of("327", "350"), page_of("e12", ""), page_of("5", "5")
    ('327-350', 'e12', '5')
    """
    first, last = squash(first), squash(last)
    return f"{first}-{last}" if first and last and last != first else first or last


def without(told: Told) -> Told:
    """*told* without what is empty."""
    return {name: value for name, value in told.items() if value not in ("", (), None)}


def first_of(texts: Sequence[str]) -> str:
    """The first of *texts* that says something; "" for none."""
    return next((text for text in texts if text.strip()), "")
