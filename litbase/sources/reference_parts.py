"""What stands behind the year of a reference: title, container, numbers, publisher, links; rules only.

Every rule takes its piece off the end or from a marked place, and what is left over at the front is the title.
"""

import re
from typing import Any, Final

from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, is_home_page, web_address
from litbase.record.names import Name, parse_name
from litbase.record.text import squash

MAX_TEXT: Final = 3_000
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|\bdoi\s?:?\s?|\bDOI\s?:?\s?)(10\.\d{4,9}/\S+)")
_URL = re.compile(r"<?(https?://[^\s<>]+|www\.[^\s<>]+)>?")
_LEAD = re.compile(
    r"[\[(,.;\s]{0,4}\b(?:available\s(?:online\s)?(?:at|from)|retrieved\s(?:online\s)?from|retrieved|accessed\sat|"
    r"online\sat|"
    r"url|doi|online|at|from)\s?:?\s?$", re.I
)  # fmt: skip
_ACCESSED = re.compile(
    r"[\[(,.;\s]{0,3}\b(?:last\s)?(?:accessed|retrieved|viewed|assessed|date\sof\saccess)(?:\son)?:?\s"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}\.?,?\s\d{4}|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|"
    r"th)?,?\s\d{4}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?:,?\sfrom)?[\])]?", re.I
)  # fmt: skip
_PAGES = r"(?P<page>[A-Za-z]?\d{1,6}(?:\s?[-–—]\s?[A-Za-z]?\d{1,6})?)"
_NUMBERS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[,.]?\s(?:vol\.?\s?)?(?P<volume>\d{{1,4}})\s?\((?P<issue>[^()]{{1,15}})\)(?:\s?[,:.]\s?(?:pp?\.?\s?)?{_PAGES})?[.,\s]*$",
        rf",\s?(?:vol(?:ume)?\.?\s?)?(?P<volume>\d{{1,4}}),\s?(?:no\.?|nr\.?|issue|iss\.?|"
        rf"n\.)?\s?(?P<issue>\d{{1,4}}),\s?(?:pp?\.?\s?)?{_PAGES}[.,\s]*$",
        rf"[,.]?\s(?:vol(?:ume)?\.?\s?)?(?P<volume>\d{{1,4}})\s?[,:]\s?(?:pp?\.?\s?)?{_PAGES}[.,\s]*$",
        r"[,.]\svol(?:ume)?\.?\s?(?P<volume>\d{1,4})(?:,\s?(?:no|nr|issue|iss)\.?\s?(?P<issue>\d{1,4}))?[.,\s]*$",
    )
)
_PART_PAGES = re.compile(rf"[,.]?\s?\(?\b(?:pp?|S|Seiten|pages?)\.?\s?{_PAGES}\)?(?=[.,;)\s]|$)")
_IN_EDITORS = re.compile(
    r"(?:[.,?!”’\"]|^)\s*[Ii]n:?\s(?P<names>[^()]{2,300}?),?\s?\(?\b(?:[Ee]ds?|[Hh]rsg)\b\.?\)?[.,:]?\s*"
)
_IN_BOOK = re.compile(r"(?<=[.?!”’\"])\s*In:?\s(?=[A-ZÀ-Þ])")
PRESS = re.compile(
    r"\b(?:Press|Publish(?:ers|ing)|Publications?|Routledge|Sage|SAGE|Springer|Wiley|Blackwell|Palgrave|Macmillan|"
    r"Elsevier|"
    r"Verlag|Books|Waxmann|Corwin|Erlbaum|Kluwer|Jossey-Bass|Bloomsbury|Brill|Pearson|Norton|Penguin|Emerald|Continuum|"
    r"Teachers College|OECD|UNESCO|University|Beltz|VS|Klinkhardt|Suhrkamp|Falmer|McGraw|Heinemann|Harper|Basic|"
    r"Random)\b"
)
_BARE_EDITION = re.compile(r"(?<=[.,]\s)(?P<edition>\d{1,2}(?:st|nd|rd|th)\s(?:edn|edition|ed))\b\.?[.,]?\s?")
_PLACE = re.compile(
    r"(?:^|[.,?!)]\s)([A-ZÀ-Þ][\w’'-]+(?:[\s/][\w’'&-]+){0,4}(?:,\s(?:[A-Z]{2,3}|Mass\.?|"
    r"Calif\.?))?)\s?:\s([^:.]{2,80})$"
)
_EDITION = re.compile(r"\s?\((?P<edition>[^()]{0,20}\d(?:st|nd|rd|th)?[^()]{0,10}\b(?:ed|edn|edition|Aufl)\b\.?)\)")
_MORE = re.compile(
    r"\s?\((?:Vol\.?\s?(?P<volume>\d{1,3})|Report|Working Paper|Doctoral dissertation[^()]{0,80})\)", re.I
)


def fields_of(text: str) -> dict[str, Any]:
    """The record fields that *text*, all that follows a reference's year, states; no "title" when there is none.

    >>> fields_of(" Communities of Practice, (Cambridge, Cambridge University Press).")["publisher_place"]
    'Cambridge'
    """
    text = squash(text[:MAX_TEXT]).lstrip(" .,:;)–-")
    found: dict[str, Any] = {}
    text = _links(text, found)
    text = _edition(text, found)
    text = _host(text, found)
    if "editor" not in found and "container_title" not in found:
        text = _journal(text, found)
    text = _publisher(text, found)
    title = _bare(text)
    found["title"] = title
    found["type"] = _type(found)
    return {name: value for name, value in found.items() if value}


def _type(found: dict[str, Any]) -> str:
    part = found.pop("in", False)
    if part or found.get("editor"):
        return "chapter"
    if found.get("container_title"):
        return "article-journal"
    if found.get("publisher"):
        return "book"
    return "webpage" if found.get("url") else "document"


def _bare(text: str) -> str:
    return text.strip(" .,;:").strip("‘’“”\"'").strip(" .,;:") if re.search(r"\w", text) else ""


def _links(text: str, found: dict[str, Any]) -> str:
    """*text* without DOI, address and the date it was looked at, which go to *found*."""
    while accessed := _ACCESSED.search(text):
        found.setdefault("accessed", PartialDate.parse(_numeric(accessed["date"])))
        text = f"{text[: accessed.start()]} {text[accessed.end() :]}"
        if found["accessed"] is None:
            break
    for pattern in (_DOI, _URL):
        for _ in range(4):
            link = pattern.search(text)
            if link is None:
                break
            if pattern is _DOI:
                found.setdefault("doi", find_doi("doi:" + link[1]))
            else:
                address = link[1].rstrip(".,;)]")
                address = web_address(address if "://" in address else f"http://{address}")
                if address and not is_home_page(address):
                    found.setdefault("url", address)
            text = f"{_LEAD.sub('', text[: link.start()])} {text[link.end() :]}"
    return text.strip(" ,;")


def _numeric(date: str) -> str:
    numbers = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", date)
    return f"{numbers[3]}-{int(numbers[2]):02d}-{int(numbers[1]):02d}" if numbers else date


def _edition(text: str, found: dict[str, Any]) -> str:
    if edition := _EDITION.search(text) or _BARE_EDITION.search(text):
        found["edition"] = squash(edition["edition"])
        text = text[: edition.start()] + text[edition.end() :]
    if more := _MORE.search(text):
        if more["volume"]:
            found["volume"] = more["volume"]
        text = text[: more.start()] + text[more.end() :]
    return text


def _host(text: str, found: dict[str, Any]) -> str:
    """The title before "in Brown, C. (ed) Book, ..."; editors, book, pages and publisher go to *found*."""
    host = _IN_EDITORS.search(text)
    plain = None if host else _IN_BOOK.search(text)
    if host:
        title, book = text[: host.start() + 1], text[host.end() :]
        found["editor"] = _people(host["names"])
    elif plain and (_PART_PAGES.search(text, plain.end()) or PRESS.search(text, plain.end())):
        title, book = text[: plain.start()], text[plain.end() :]
    else:
        return text
    if pages := _PART_PAGES.search(book):
        found["page"] = re.sub(r"\s?[-–—]\s?", "-", pages["page"])
        book = f"{book[: pages.start()]} {book[pages.end() :]}"
    book = _publisher(book, found)
    found["container_title"] = _bare(book)
    found["in"] = True
    return title


def _people(text: str) -> tuple[Name, ...]:
    pieces = re.split(r"\s*(?:;|,?\s&\s|,?\sand\s|,?\sund\s)\s*", text.strip(" ,")[:300])
    people: list[Name | None] = []
    for piece in pieces:
        parts = re.split(r"(?<=[A-Z]\.),\s", piece)  # "Brown, C., Poortman, C."
        people += [parse_name(part) for part in parts]
    return tuple(name for name in people if name)


def _journal(text: str, found: dict[str, Any]) -> str:
    """*text* without the volume, issue and pages at its end, which go to *found* with the journal before them."""
    for pattern in _NUMBERS:
        tail = max(0, len(text) - 90)
        numbers = pattern.search(text, tail)
        if numbers and numbers.start() > 3:
            found |= {name: value.strip() for name, value in numbers.groupdict().items() if value}
            if "page" in found:
                found["page"] = re.sub(r"\s?[-–—]\s?", "-", found["page"])
            title, container = _halves(_bare(text[: numbers.start()]))
            found["container_title"] = re.sub(r"^In:\s", "", container)
            return title
    if pages := _PART_PAGES.search(text):
        found["page"] = re.sub(r"\s?[-–—]\s?", "-", pages["page"])
        text = f"{text[: pages.start()]} {text[pages.end() :]}"
    return text


def _halves(text: str) -> tuple[str, str]:
    """(title, journal): cut at the last full stop, question mark or closing quotation mark, else at the last comma."""
    ends = [found.end() for found in re.finditer(r"(?<![A-Z])[.?!][”’\"']?\s|[”’\"],?\s", text)]
    if ends and text[ends[-1] :].strip():
        return _bare(text[: ends[-1]]), _bare(text[ends[-1] :])
    title, comma, journal = text.rpartition(", ")
    return (_bare(title), _bare(journal)) if comma else (text, "")


def _publisher(text: str, found: dict[str, Any]) -> str:
    """*text* without "(London, Routledge)", "New York: Acme Press" or "Acme Press" at its end, it goes to *found*."""
    text = text.strip(" .,;")
    bracket = re.search(r"\(([^()]{2,120})\)$", text)
    if bracket and (parts := re.match(r"([^:,]{2,40})[:,]\s?(\S.*)$", bracket[1])):
        found["publisher_place"], found["publisher"] = parts[1].strip(), parts[2].strip()
        return text[: bracket.start()]
    if bracket and PRESS.search(bracket[1]):
        found["publisher"] = bracket[1].strip()
        return text[: bracket.start()]
    place = _PLACE.search(text)
    if place and (place.start(1) or found.get("in")) and len(place[2].split()) <= 8:
        found["publisher_place"], found["publisher"] = place[1], place[2].strip(" ,")
        return text[: place.start(1)]
    last = re.search(r"[.?!]\s([^.?!:]{2,60}(?:\.|Inc|Ltd)?)$", text)
    if last and PRESS.search(last[1]) and len(last[1].split()) <= 7:
        found["publisher"] = last[1].strip(" ,")
        return text[: last.start() + 1]
    return text
