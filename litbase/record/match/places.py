"""Where two works were printed: whether their journals, volumes, issues and pages are the same ones.

Two works cannot fill the same pages of the same volume; several may begin on one page.  Sources: the forms of
volumes ("v2016-April", "PAMI-9"), issues ("3-4", "May"), pages ("35+", "100A-101A", "e12") and journals
("N Engl J Med", "CMAJ : Canadian Medical Association journal = journal de ...", "JAMA") in labelled pairs.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from litbase.record.match.view import PERIODICAL, WHOLES, View
from litbase.record.pages import normal_pages
from litbase.record.record import Record
from litbase.record.text import comparable, fold
from litbase.record.titles import journal_words, roman

AGREE: Final = 1
SILENT: Final = 0
CLASH: Final = -1
MISSPELLED: Final = 90.0  # of two journals' names
MOST_PARTS: Final = 6  # of a journal's name
LONGEST: Final = 40  # characters of a volume or an issue
_MONTHS: Final = {month: str(n) for n, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_PART: Final = re.compile(r"\d+|[^\W\d_]+")
_ROMAN: Final = re.compile(r"[ivxlc]{1,7}")
_PAGE: Final = r"[a-z]{0,3}\.?\d{1,9}[a-z]{0,2}|[ivxlcdm]{1,12}"
_FROM_TO: Final = re.compile(rf"({_PAGE})(?:-({_PAGE}))?(?=$|[\s,;(+&]|-\?)")
_NAME_ENDS: Final = re.compile(r"\s[:=/–—-]\s|[(\[:;=/]|\.(?=\s?[^\W\d_]{4})")


_SERIAL: Final = re.compile(r"\d+(?:st|nd|rd|th)?|annual|proceedings|proc|vols?|first|second|third|[a-z]{2,9}(?:ie)?th")


class Place(NamedTuple):
    """How two places compare: each AGREE, SILENT or CLASH; *span* where first and last page agree and differ."""

    journal: int
    volume: int
    issue: int
    page: int
    span: bool

    @property
    def clashes(self) -> int:
        """How many of volume, issue and first page contradict each other."""
        return (self.volume, self.issue, self.page).count(CLASH)

    @property
    def fills(self) -> bool:
        """Whether both works fill the same pages of the same volume: they are one."""
        if not self.span or self.clashes or self.journal == CLASH:
            return False
        return self.volume == AGREE or self.journal == AGREE

    @property
    def begins(self) -> bool:
        """Whether both works begin on the same page of the same volume; short ones may be two."""
        return self.volume == AGREE == self.page and not self.clashes and self.journal != CLASH

    @property
    def known(self) -> bool:
        """Whether anything but the journal agrees."""
        return AGREE in (self.volume, self.issue, self.page)


def place(one: View, other: View) -> Place:
    """How the places of two works compare; the names of conferences vary too much to contradict each other."""
    a, b = one.record, other.record
    journal = journals(a, b) if is_periodical(one, other) else max(SILENT, journals(a, b))
    if not (a.volume or a.issue or a.page) or not (b.volume or b.issue or b.page):
        return Place(journal, SILENT, SILENT, SILENT, False)
    first, second = _span(a.page, one.kind in WHOLES), _span(b.page, other.kind in WHOLES)
    page = _page(first[0], second[0], first[1] == second[1])
    span = page == AGREE and first[1] == second[1] != "" and first[0] != first[1]
    return Place(
        journal=journal,
        volume=_held(_figures(a.volume, a.year), _figures(b.volume, b.year)),
        issue=_held(_figures(a.issue, a.year), _figures(b.issue, b.year)),
        page=page,
        span=span,
    )


def _held(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    if not one or not other:
        return SILENT
    if one == other or one[0] == other[0]:
        return AGREE
    return SILENT if set(one) & set(other) else CLASH


@lru_cache(maxsize=8192)
def _figures(text: str, year: int | None) -> tuple[str, ...]:
    """The numbers of a volume or issue; one that only repeats the year says nothing.

    >>> _figures("PAMI-9", 1987), _figures("v2016-April", 2016), _figures("XX", 1990), _figures("May", 2016)
    (('9',), (), ('20',), ('5',))
    """
    parts = _PART.findall(fold(text[:LONGEST]))
    digits = tuple(part.lstrip("0") or "0" for part in parts if part.isdecimal())
    if digits:
        return tuple(number for number in digits if number != str(year))
    if len(parts) != 1:
        return ()
    if month := _MONTHS.get(parts[0][:3]):
        return (month,)
    if _ROMAN.fullmatch(parts[0]):
        return (str(roman(parts[0])),)
    return (parts[0],) if len(parts[0]) == 1 else ()


@lru_cache(maxsize=8192)
def _span(page: str, is_whole: bool) -> tuple[str, str]:
    """First and last page; "" for what is not known.  The pages of a *whole* work are its length.

    >>> _span("101-5", False), _span("35+", False), _span("xi + 361", True)
    (('101', '105'), ('35', ''), ('', ''))
    """
    found = _FROM_TO.match(fold(normal_pages(page[:LONGEST]))) if page else None
    if not found or (is_whole and not found[2]):
        return ("", "")
    return (found[1].lstrip("0"), (found[2] or "").lstrip("0"))


def _page(one: str, other: str, ends_agree: bool) -> int:
    """How two first pages compare; page 1 of an issue, or of a paper alone, tells little."""
    if not one or not other:
        return SILENT
    if one == other:
        return AGREE if one != "1" or ends_agree else SILENT
    if "1" in (one, other) or one.isdecimal() != other.isdecimal():
        return SILENT  # an article number in the place of pages
    return CLASH


def journals(a: Record, b: Record) -> int:
    """Whether two works are in the same journal, book or proceedings: by name, its abbreviation or acronym, or ISSN."""
    one, other = (*a.issn, *a.eissn), (*b.issn, *b.eissn)
    if one and other and not set(one).isdisjoint(other):
        return AGREE
    if not a.container_title or not b.container_title:
        return SILENT
    return _named(*sorted((a.container_title[:300], b.container_title[:300])))


@lru_cache(maxsize=8192)
def _named(one: str, other: str) -> int:
    if same_journal(one, other):
        return AGREE
    short, long = sorted((journal_words(one), journal_words(other)), key=len)
    return SILENT if long[: len(short)] == short else CLASH  # "Cancer", "Cancer Cytopathology"


def same_journal(one: str, other: str) -> bool:
    """Whether two names are of one journal.

    >>> same_journal("Am. J. Obstet. Gynecol.", "American Journal of Obstetrics and Gynecology")
    True
    >>> same_journal("Lancet", "The Lancet Oncology"), same_journal("BMJ", "British Medical Journal")
    (False, True)
    """
    if comparable(one) == comparable(other):
        return True
    return any(_one_name(a, b) for a in _names(one) for b in _names(other))


@lru_cache(maxsize=4096)
def _names(journal: str) -> tuple[tuple[str, ...], ...]:
    """The words of the name, of its parts and of its beginnings, with and without what changes from year to year.

    "CMAJ : Canadian Medical Association journal = ...", "Proceedings of the 50th Annual Hawaii International ...".
    """
    ends = list(_NAME_ENDS.finditer(journal))[:MOST_PARTS]
    starts, stops = [0, *(end.end() for end in ends)], [*(end.start() for end in ends), len(journal)]
    parts = [journal[start:stop] for start, stop in zip(starts, stops, strict=True)]
    parts += [journal[:stop] for stop in stops[:-1]]
    least = 2 if any(end[0] == "." for end in ends) else 1  # "J. Educ. Change" is not "Change"
    names = [journal_words(journal), *(words for part in parts if len(words := journal_words(part)) >= least)]
    names += [kept for words in names if len(kept := tuple(w for w in words if not _SERIAL.fullmatch(w))) > 1]
    return tuple(filter(None, dict.fromkeys(names)))


def _one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1 < len(long):
        return _initials(short[0], long)
    if len(short) == len(long):
        pairs = zip(short, long, strict=True)
        return all(_abbreviates(a, b) or _abbreviates(b, a) for a, b in pairs) or _misspelled(short, long)
    return _misspelled(short, long) or _shortened(short, long)


def _misspelled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return ratio(" ".join(one), " ".join(other)) >= MISSPELLED


def _shortened(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether every word of *long* is accounted for, initials of several ("NY") or a word left out at its end."""
    place = 0
    for word in short:
        if place >= len(long):
            return False
        if _abbreviates(word, long[place]):
            place += 1
        elif 1 < len(word) < 5 and _initials(word, long[place : place + len(word)]):
            place += len(word)
        else:
            return False
    return place >= len(long)


def _initials(word: str, words: tuple[str, ...]) -> bool:
    """Whether *word* is made of the first letters of *words* ("jama"), or of the first of them ("pnas")."""
    letters = "".join(each[0] for each in words)
    return len(word) > 1 and (letters == word or (len(word) > 3 and letters.startswith(word)))


def _abbreviates(short: str, long: str) -> bool:
    """Whether *short* is the beginning of *long*, or letters of it in order ("natl" for "national")."""
    if long.startswith(short):
        return True
    if len(short) < 3 or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def extents(a: Record, b: Record) -> int:
    """How the lengths of two books compare; unnumbered leaves are counted or not."""
    one, other = extent(a), extent(b)
    if not one or not other:
        return SILENT
    return AGREE if abs(one - other) <= max(4, min(one, other) // 20) else CLASH


def extent(record: Record) -> int:
    """How many pages a book has, without those in Roman numbers; 0 when that is not known."""
    if record.number_of_pages:
        return record.number_of_pages
    counts = [int(number) for number in re.findall(r"\d{1,5}", record.page[:LONGEST])]
    return max(counts, default=0)


def publishers_agree(a: Record, b: Record) -> bool:
    """Whether both name their publisher, and one name is in the other."""
    one, other = set(comparable(a.publisher[:200]).split()), set(comparable(b.publisher[:200]).split())
    return bool(one and other) and (one <= other or other <= one)


def is_periodical(one: View, other: View) -> bool:
    """Whether both stand in a journal or a newspaper."""
    return one.kind in PERIODICAL and other.kind in PERIODICAL
