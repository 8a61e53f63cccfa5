"""What the parts of a reference say: dates, volumes and issues, pages, identifiers, titles; each as printed anywhere.

The parts come with what introduces them ("Vol. 3, No. 2", "pp. 3-12.", "(2016, May 3)") and in seven languages.
"""

import re
import unicodedata
from typing import Final, NamedTuple

from litbase.record.dates import MONTHS as ENGLISH
from litbase.record.dates import PartialDate
from litbase.record.identifiers import is_home_page, normal_doi, web_address
from litbase.record.pages import normal_pages
from litbase.record.text import squash
from litbase.sources.references.words import ISSUE, MONTH, MONTHS, PAGES, UNDATED, VOLUME

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MONTH = re.compile(rf"(?<![^\W\d_])(?P<word>{MONTH})(?![^\W\d_])\.?", re.I)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?!\d)")
_UNDATED = re.compile(rf"\b(?:{UNDATED})(?!\w)", re.I)
_NUMBER = r"(?:[A-Z]?\d{1,6}[A-Za-z]?(?:[-–]\d{1,4}[A-Za-z]?)?|[IVXLCM]{1,9}\b)"
_VOLUME = re.compile(
    rf"^\W*(?:(?:{VOLUME}|[vtVT])\.?\s?:?\s?(?:(?i:no)\.?\s?)?)?(?P<volume>{_NUMBER})(?P<rest>.*)$", re.I
)
_ISSUE_LED = re.compile(
    rf"(?:^|[\W_])(?:{ISSUE}|n|h|núm|pt|part)[.\s°º]\s?(?P<issue>{_NUMBER}(?:[/–-]\d{{1,4}})?)", re.I
)
_ISSUE_BARE = re.compile(r"^\s?[,./:]\s?(?P<issue>[A-Z]?\d{1,4}(?:\s?[-–/]\s?\d{1,4})?)\W*$")
_ISSUE_BRACKET = re.compile(rf"^\W{{0,3}}\(\s?(?:(?:{ISSUE})\.?\s?)?(?P<issue>[^()]{{1,40}})\)?")
_COUNT = re.compile(r"^\W*(?P<count>\d{1,4})\s?(?:pp?|pages|p[áa]gs?|S|Seiten|blz|с|стр)\b\.?\W*$")
_PAGE_LEAD = re.compile(rf"^\W*(?:{PAGES})\b\.?\s?:?\s?|^\W*[pPsS]\s?\.\s?|^\W*pp?\.?(?=\s?\w?\d)", re.I)
_KIND = re.compile(r"\s?\[[A-Z](?:/OL)?\]\W*$|\s?\[EB/OL\]\W*$")  # "[J]", as Chinese lists say what a work is
_QUOTES: Final = {  # an opening mark, and those that may close it
    "“": "”", "”": "”", "„": "“”", '"': '"', "‘": "’", "‚": "‘’", "'": "'", "`": "'´", "´": "´", "«": "»", "»": "«",
    "‹": "›", "›": "‹", "*": "*",
}  # fmt: skip
_CLOSING: Final = frozenset("".join(_QUOTES.values()))
_PAIRS: Final = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("„", "“"))


def read_date(text: str) -> PartialDate | None:
    """The date in *text*, as precise as it stands there; None when it has no year.

    >>> [str(read_date(text)) for text in ("(2016, May 3).", "3. März 2016", "12/2004", "2004a", "Spring 1999")]
    ['2016-05-03', '2016-03-03', '2004', '2004', '1999-21']
    """
    text = unicodedata.normalize("NFC", text)
    if iso := _ISO.search(text):
        return PartialDate.parse(f"{iso[1]}-{int(iso[2]):02d}-{int(iso[3]):02d}")
    if numeric := _NUMERIC.search(text):
        return PartialDate.parse(f"{numeric[3]}-{int(numeric[2]):02d}-{int(numeric[1]):02d}")
    year = _YEAR.search(text)
    if year is None:
        return None
    month = next((MONTHS[word] for m in _MONTH.finditer(text) if (word := m["word"].lower()) in MONTHS), 0)
    if not month or month > 12:
        return PartialDate(year=int(year[1]), month=month)
    rest = text[: year.start()] + " " + text[year.end() :]
    days = [int(found[1]) for found in _DAY.finditer(_MONTH.sub(" ", rest))]
    day = f"{days[0]} " if days and 1 <= days[0] <= 31 else ""
    return PartialDate.parse(f"{day}{ENGLISH[month - 1]} {year[1]}")


def is_undated(text: str) -> bool:
    """Whether *text* says that there is no year, as "in press" or "n.d."."""
    return _UNDATED.search(text) is not None


class Numbers(NamedTuple):
    """Volume and issue; "" for one that is not there."""

    volume: str
    issue: str


def read_numbers(text: str) -> Numbers:
    """Volume and issue as printed together.

    >>> [tuple(read_numbers(t)) for t in ("Vol. 81, No. 5,", "12(3)", "45/4", "no. 3", "14 (Suppl. 1)", "Bd. IV")]
    [('81', '5'), ('12', '3'), ('45', '4'), ('', '3'), ('14', 'Suppl. 1'), ('IV', '')]
    """
    text = squash(text).strip(" ,;:")
    only = re.match(rf"^\W*(?:{ISSUE}|[nNhH])[.\s°º]\s?(?P<issue>{_NUMBER}(?:[/–-]\d+)?)\W*$", text, re.I)
    if only:
        return Numbers("", only["issue"])
    found = _VOLUME.match(text)
    if found is None:
        return Numbers("", "")
    rest = found["rest"]
    issue = _ISSUE_BRACKET.match(rest) or _ISSUE_LED.search(rest) or _ISSUE_BARE.match(rest)
    number = squash(issue["issue"]).strip(" .,") if issue else ""
    return Numbers(found["volume"], "" if _YEAR.fullmatch(number) else re.sub(r"\s?[–-]\s?", "-", number))


class Pages(NamedTuple):
    """Pages in their normal form, or how many pages a work has; "" and None where the other is meant."""

    page: str
    length: int | None


def read_pages(text: str) -> Pages:
    """The pages *text* says.

    >>> tuple(read_pages("S. 12–34.")), tuple(read_pages("368 pp."))
    (('12-34', None), ('', 368))
    """
    text = squash(text)
    if count := _COUNT.match(text):
        return Pages("", int(count["count"]))
    bare = _PAGE_LEAD.sub("", text).strip(" .,;:()[]")
    return Pages(normal_pages(re.sub(r"[‐‑–—−]{1,2}|--", "-", bare)) if re.search(r"\d|^[ivxlc]+", bare) else "", None)


def read_doi(text: str) -> str:
    """The DOI in *text*, blanks inside it closed up; "" when it is none."""
    found = re.search(r"10\.\s?\d{4,9}.*", text)
    return normal_doi(re.sub(r"\s+", "", found[0])) if found else ""


def read_url(text: str) -> str:
    """The address in *text*, blanks inside it closed up; "" for a home page and for what is no address."""
    address = re.sub(r"\s+", "", text).strip("<>()[],;.\"'“”")
    address = re.sub(r"^(?:url|at|from):", "", address, flags=re.I)
    address = web_address(address if "://" in address else f"http://{address}")
    return "" if not address or "." not in address or is_home_page(address) else address


def bare_title(text: str) -> str:
    """A title without the quotation marks, stops and emphasis round it; "" when no word is left.

    A question or exclamation mark stays, and so does a bracket that closes one inside.

    >>> bare_title("“Which doors?”,"), bare_title("*Rooms (and doors).*")
    ('Which doors?', 'Rooms (and doors)')
    """
    text = _KIND.sub("", squash(text))
    previous = ""
    while text != previous:
        previous = text
        text = _peeled(text.strip(" ,;:|"))
        text = text.removesuffix(".").rstrip(" ,;:") if not text.endswith("...") else text
        for opening, closing in _PAIRS:
            if text.count(closing) != text.count(opening):
                text = (
                    text.removesuffix(closing)
                    if text.count(closing) > text.count(opening)
                    else text.removeprefix(opening)
                )
                text = _without_lone(text, opening)
    return text if re.search(r"\w", text) else ""


def _without_lone(text: str, opening: str) -> str:
    """*text* without an opening bracket at its end."""
    return text.removesuffix(opening).rstrip() if opening in "([" else text


def _peeled(text: str) -> str:
    """*text* without the mark at an end that closes or opens nothing inside, or without the pair round all of it."""
    first, last = text[:1], text[-1:]
    if len(text) > 2 and last in _QUOTES.get(first, "") and not _closes_in(text[1:-1], first):
        return text[1:-1]
    if first in _QUOTES and not _marks(text[1:], _QUOTES[first]):
        return text[1:].lstrip()
    openings = "".join(opening for opening, closings in _QUOTES.items() if last in closings)
    if last in _CLOSING and not _marks(text[:-1], openings) and not re.search(r"[sxz][’']$", text):
        return text[:-1].rstrip()
    return text


def _marks(text: str, marks: str) -> list[int]:
    """Where *text* has one of the *marks*, but as an apostrophe inside a word."""
    return [found.start() for found in re.finditer(rf"(?<![^\W_])[{marks}]|[{marks}](?![^\W_])", text)]


def _closes_in(inside: str, opening: str) -> bool:
    """Whether the quotation that stands before *inside* closes in it, so that another stands at the end."""
    closings = _QUOTES[opening]
    if opening in closings:
        places = _marks(inside, closings)
        return bool(places) and inside[places[0] - 1 : places[0]].strip(" ([") != ""
    depth = 0
    for place in _marks(inside, opening + closings):
        depth += 1 if inside[place] == opening else -1
        if depth < 0:
            return True
    return False
