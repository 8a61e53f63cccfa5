"""Pages as printed: their normal form, first and last, and how many they are.

Sources: ERIC's citation line ("p327-350"), VuFind's "pp. 365 - 384", PubMed's
shortened ends ("1035-47") and article numbers in the place of pages ("e12").
"""

import re
import unicodedata
from typing import NamedTuple

_LEAD = re.compile(r"^(?:pages?|seiten?|pp|pgs?|p|s)\b[.\s:]*|^(?:pp|p)\.?(?=\d)", re.I)
_DASHES = re.compile("[-\u2010-\u2015\u2212\u2043]")
_PAGE = r"(?:[A-Za-z]{0,3}\.?\d+(?:\.\d+)?[A-Za-z]{0,2}|[ivxlcdm]+|[IVXLCDM]+)"
_RANGE = re.compile(rf"({_PAGE})(?:-({_PAGE}))?\+?")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
LONGEST = 200  # characters; anything longer is no page statement and is left as it is


class Range(NamedTuple):
    """First and last page as printed; *last* is "" for one page."""

    first: str
    last: str


def normal_pages(text: str) -> str:
    """*text* with hyphens, no "pp." and completed ends; several ranges stay, joined by ", "; what is no page stays too.

    An end is completed only when it has fewer digits than the beginning and is smaller.

    >>> [normal_pages(t) for t in ("pp. 365 - 384", "327–50", "12--34,40", "A1-A20", "iv-xii", "1035-47", "e12")]
    ['365-384', '327-350', '12-34, 40', 'A1-A20', 'iv-xii', '1035-1047', 'e12']
    """
    if len(text) > LONGEST:
        return text
    parts = [part for each in re.split(r"[,;&]", unicodedata.normalize("NFKC", text)) if (part := _bare(each))]
    if any(c.isdigit() for part in parts for c in part) or (parts and all(map(_RANGE.fullmatch, parts))):
        return ", ".join(map(_completed, parts))
    return text.strip()


def _bare(part: str) -> str:
    ends = (" ".join(end.split()) for end in _DASHES.split(part))
    part = "-".join(filter(None, ends)).strip("-. ")
    while (shorter := _LEAD.sub("", part, count=1).lstrip("-. ")) != part:
        part = shorter
    return part


def _completed(part: str) -> str:
    first, dash, last = part.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal() and len(last) < len(first)):
        return part
    whole = first[: -len(last)] + last
    return f"{first}-{whole}" if int(last) < int(first) < int(whole) else part


def page_ranges(text: str) -> tuple[Range, ...]:
    """The ranges in normal *text*, in order; () when any part of it is no page.

    >>> page_ranges("12-34, 40")
    (Range(first='12', last='34'), Range(first='40', last=''))
    """
    if not text or len(text) > LONGEST:
        return ()
    found = [_RANGE.fullmatch(part.strip()) for part in text.split(",")]
    return tuple(Range(m[1], m[2] or "") for m in found if m) if all(found) else ()


def first_page(text: str) -> str:
    """The first page in *text*; "" when there is none."""
    ranges = page_ranges(text)
    return ranges[0].first if ranges else ""


def page_count(text: str) -> int | None:
    """How many pages normal *text* is; None when that cannot be said ("e12", "A1-B3", backwards).

    >>> page_count("327-350")
    24
    """
    ranges = page_ranges(text)
    counts = [_count(item) for item in ranges]
    return sum(counts) if ranges and all(counts) else None


def run_backwards(text: str) -> bool:
    """Whether a range in *text* ends before it begins; letters are compared only when they are the same.

    >>> run_backwards("350-327"), run_backwards("A1-B3")
    (True, False)
    """
    return any(item.last and (span := _span(item)) is not None and span < 0 for item in page_ranges(text))


def _count(item: Range) -> int:
    if not item.last:
        return 1 if _number(item.first) is not None and _number(item.first)[0] in ("", "roman") else 0  # type: ignore[index]
    span = _span(item)
    return span + 1 if span is not None and span >= 0 else 0


def _span(item: Range) -> int | None:
    first, last = _number(item.first), _number(item.last)
    return last[1] - first[1] if first and last and first[0] == last[0] else None


def _number(page: str) -> tuple[str, int] | None:
    """The letters before a page number, and the number; ("roman", 12) for "xii"; None for "12a"."""
    if page.isalpha():
        return "roman", _roman(page.lower())
    found = re.fullmatch(r"(\D*)(\d+)", page)
    return (found[1].lower(), int(found[2])) if found else None


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if any(later > v for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
