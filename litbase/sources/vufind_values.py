"""Single values of a VuFind page: the citation line of what a work is in, the imprint, dates and extents.

Sources: VuFind's record drivers ("Vol. 1; no. 2; pp. 3 - 4", "Place : Publisher Date", months and days that Summon
makes up) and the imprint punctuation of MARC 21 ("Berlin ; New York : De Gruyter, [2015]").
"""

import re
from typing import Any

from litbase.record.dates import PartialDate
from litbase.record.text import squash
from litbase.sources import vufind_labels as words

YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_FULL_DATE = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_EXTENT = re.compile(
    r"(?<!\d)(\d{1,5})\s?(?:pages?|p\.|S\.|Seiten|Blätter|Bl\.|leaves|páginas|hojas|pagine|feuillets|f\.|págs?\.|pp\.|sivua|sidor|s\.|str\.|blz\.)"
)
MAX_CITATION = 1_000
_UNKNOWN = re.compile(r"^(?:s\.\s?[ln]\.?|place of publication not identified|publisher not identified)$", re.I)
_LAST_YEARS = re.compile(
    r"[\s,;(\[©]{0,6}(?:\b(?:copyright|circa|cop|ca?|p)\.?)?[\s©\[]{0,4}(?<!\d)(?P<first>\d{4})"
    r"(?:\s?(?P<to>[-–])\s?(?P<last>\d{4})?)?[\s\])?.,]{0,6}$"
)
_PLACES = (
    "New York", "London", "Oxford", "Cambridge", "Berlin", "Dordrecht", "Heidelberg", "Wiesbaden", "Amsterdam",
    "Boston", "Chicago", "Paris", "Thousand Oaks", "Los Angeles", "San Francisco", "Washington", "Philadelphia",
    "Abingdon", "Cham", "Hoboken", "Bingley", "Leiden", "Rotterdam", "Münster", "Weinheim", "Basel", "Göttingen",
    "Stuttgart", "Leipzig", "United Kingdom", "United States", "England", "Germany", "Netherlands", "Switzerland",
    "Canada", "Australia", "India", "Hershey", "Ann Arbor", "Mahwah", "Greenwich", "Boca Raton", "Singapore", "Milton",
    "Wien", "Zürich", "Bern", "Bonn", "Frankfurt", "Hamburg", "Madrid", "Barcelona", "Milano", "Roma", "Helsinki",
)  # fmt: skip
_PLACE = re.compile(
    rf"^((?:{'|'.join(_PLACES)})(?:, (?:England|[A-Z][A-Z.]{{1,4}}|[A-Z][a-z]{{1,4}}\.))?)\s"
    r"(?!(?:University|School|College|Institute|Review|Press|Books|Business|Publishing)\b)(\S.*)$"
)
_MARKER = re.compile(
    "(?<![^\\s;,])(?:(?P<volume>" + "|".join(map(re.escape, words.VOLUME)) + ")|(?P<issue>"
    + "|".join(map(re.escape, words.ISSUE)) + ")|(?P<page>" + "|".join(map(re.escape, words.PAGES)) + r"))\s*(?=\w)"
)  # fmt: skip
_NUMBER = re.compile(r"\d|^[IVXLCDM]{1,12}(?:\s?[-–]\s?[IVXLCDM]{1,12})?$", re.I)
_AHEAD = re.compile(r"(?:[Vv]ol|[Nn]o)\. ahead-of-print[;,]?\s?")
_MARC_HOST = re.compile(
    r"^(?P<title>.*\S)\s+(?P<volume>\d+)\s?\((?P<year>\d{4})\)(?:,\s?(?P<issue>[\w/-]+))?,\s?(?:S|Seiten?|p|pp|"
    r"pages?)\.?\s?"
    r"(?P<page>[\w-]+)$"
)


def citation(text: str) -> tuple[str, dict[str, Any]]:
    """(title, fields) of "Title Vol. 1; no. 2; pp. 3 - 4": volume, issue, page, issued as given; {} for a title."""
    if len(text) > MAX_CITATION:
        return text, {}
    host = _MARC_HOST.match(text)
    if host and host["title"].rsplit(" ", 1)[-1] not in (
        *words.VOLUME,
        *words.ISSUE,
    ):  # K10plus: "Zeitschrift 58 (2012), 3, Seite 12-30"
        parts = {key: host[key] for key in ("volume", "issue", "page") if host[key]}
        return host["title"].rstrip(" ,;:."), {**parts, "issued": PartialDate(year=int(host["year"]))}
    text = _AHEAD.sub("", text)
    for marker in _MARKER.finditer(text):
        parts = _segments(text[marker.start() :])
        if parts and marker.start():
            title = text[: marker.start()].rstrip(" ,;:")
            if year := re.search(r"\s\((\d{4})\)$", title):  # K10plus: "In: Learning and leading (2009), S. 33-48"
                title, parts = title[: year.start()], {"issued": PartialDate(year=int(year[1])), **parts}
            return title.removeprefix("In: "), parts
    return text, {}


def _is_number(value: str) -> bool:
    return len(value) < 40 and bool(_NUMBER.search(value)) and not _MARKER.search(value)


def _segments(tail: str) -> dict[str, Any]:
    """The parts of a citation's tail when every piece of it says what it is; {} when one does not."""
    found: dict[str, Any] = {}
    for piece in re.split(r"[;,]", tail):
        piece = squash(piece)
        if date := re.search(r"\s?\(([^()]{0,12}\d{4})\)$", piece):  # "no. 4 (Dec. 2005)"
            found["issued"] = PartialDate.parse(date[1].replace(".", "")) or PartialDate(year=int(date[1][-4:]))
            piece = piece[: date.start()]
        marker = _MARKER.match(piece)
        if piece and not marker and YEAR.fullmatch(piece):
            found["issued"] = PartialDate(year=int(piece))
        elif piece and (not marker or not _is_number(piece[marker.end() :])):
            return {}
        elif marker and marker.lastgroup:
            value = re.sub(r"\s*[-–—]\s*", "-", piece[marker.end() :].strip(" ."))
            found.setdefault(marker.lastgroup, value)
    return found


def published(value: str) -> tuple[str, str, PartialDate | None]:
    """(place, publisher, date) of "Place : Publisher Date" or "Publisher Year"; "" and None for what is not there.

    >>> published("Berlin ; New York : De Gruyter, [2015]")[:2]
    ('Berlin ; New York', 'De Gruyter')
    """
    value = squash(value)[:MAX_CITATION]
    date, start = _date(value)
    rest = re.sub(r"[\s,;(\[]{0,4}\d\d(?:--|\d-)[?\]\s.]{0,4}$", "", value[:start]).rstrip(" ,;([")
    place, colon, publisher = rest.partition(" : ")
    if not colon and (found := re.match(r"^([^:]{2,40}):\s?(\S.*)$", rest)):
        place, publisher = found[1], found[2]
    elif not colon:
        split = _PLACE.match(rest)
        place, publisher = (split[1], split[2]) if split else ("", rest)
    publisher = re.split(r"\s;\s(?=[^;:]{2,40}\s:\s)|\s:\s", publisher, maxsplit=1)[0]  # a second imprint
    clean = [_UNKNOWN.sub("", part.strip(" ,;:[]")) for part in (place, publisher)]
    return clean[0], clean[1], date


def _date(value: str) -> tuple[PartialDate | None, int]:
    """The date at the end of *value* and where it begins; (None, its length) when there is none."""
    if found := next(iter(list(_FULL_DATE.finditer(value))[-1:]), None):
        if found[5]:
            return PartialDate.parse(found[0]), found.start()
        return _numbers(int(found[1]), int(found[3]), int(found[4]), found[2]), found.start()
    date, start = None, len(value)
    while years := _LAST_YEARS.search(value, max(0, start - 40), start):  # "[1996], ©1996": the first counts
        until = PartialDate(year=int(years["last"])) if years["last"] else None
        date, start = PartialDate(year=int(years["first"]), end=until), years.start()
    if date is None and (within := list(YEAR.finditer(value))):
        return PartialDate(year=int(within[-1][1])), within[-1].start()
    return date, start


def _numbers(first: int, second: int, year: int, mark: str) -> PartialDate:
    """A date in figures: the first of a month is the month alone (Summon makes it up), of unclear order the year."""
    if mark == "." or first > 12:
        day, month = first, second
    elif second > 12 or first == second:
        day, month = second, first
    elif 1 in (first, second):  # VuFind prints month-day-year: "08-01-2019"
        day, month = (1, first) if second == 1 else (1, second)
    else:
        return PartialDate(year=year)
    return PartialDate.parse(f"{year}-{month:02d}" + ("" if day == 1 else f"-{day:02d}")) or PartialDate(year=year)


def extent(value: str) -> int | None:
    """The number of pages in "xii, 384 p."; None when there is none."""
    found = _EXTENT.search(value)
    return int(found[1]) if found else None
