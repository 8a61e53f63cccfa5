"""From the parts of a reference to a record, and what of the text no part accounts for.

The parts come from rules or from a tagger; what they mean is decided here, once.  Kinds of works are told by the
parts: a thesis says so, editors or "In" make a chapter, numbers behind a title a journal article, a publisher a book.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from litbase.record.identifiers import normal_eric
from litbase.record.notices import notice
from litbase.record.record import Record, Reference
from litbase.record.text import squash
from litbase.sources.references.marks import Part
from litbase.sources.references.names import names_in
from litbase.sources.references.values import (
    bare_title,
    is_undated,
    read_date,
    read_doi,
    read_numbers,
    read_pages,
    read_url,
)
from litbase.sources.references.words import (
    ACCESSED,
    EDITORS,
    IN,
    LED_BY_EDITORS,
    LED_BY_TRANSLATORS,
    MEETINGS,
    ONLINE,
    THESIS,
)

SHORTEST: Final = 2  # letters and digits; less that no part accounts for is not told
_PEOPLE: Final = ("author", "editor", "translator")
_TEXTS: Final = {"publisher": "publisher", "place": "publisher_place", "series": "collection_title"}
_SILENT: Final = frozenset({"number", "ditto", "lead"})  # understood, and nothing to keep
_SCHEMES: Final = {"arxiv": "arxiv", "pmid": "pmid"}
_FUNCTION = re.compile(
    rf"\b(?:{IN}|{EDITORS}|{LED_BY_EDITORS}|{LED_BY_TRANSLATORS}|{ONLINE}|{ACCESSED}|and|und|et|y|e|by|von|par|the|a|on|of|"
    r"pp?|pages?|vol|no|nr|isbn|issn|pmid|arxiv|(?:arxiv\s)?preprint|https?|www|trans(?:l|lated|lators?)?|übers|trad|"
    r"der|die|das|le|la|les|el|de|print|web|date|am|em|el|il)\b\.?",
    re.I,
)
_MEETING = re.compile(rf"\b(?:{MEETINGS})", re.I)
_THESIS = re.compile(THESIS, re.I)
_REPORT = re.compile(r"report|paper|memorand|bericht|rapport|informe|rapporto|relatório|brief\b|\bTR\b|Rep\.", re.I)
_MEDIA: Final = (
    (re.compile(r"film|motion picture|video|dvd", re.I), "motion_picture"),
    (re.compile(r"data", re.I), "dataset"),
    (re.compile(r"software", re.I), "software"),
    (re.compile(r"web|blog|online|en ligne|tweet", re.I), "webpage"),
)


def reference_of(text: str, parts: Iterable[Part]) -> Reference:
    """*text* with the record its *parts* make; `parsed` is None when they hold no names, title or journal.

    Notices: reference-untitled, reference-forthcoming, and reference-unread for each stretch no part accounts for.
    """
    parts = tuple(parts)
    fields, read = _fields(text, parts)
    record = Record(type=_type(text, parts, fields), **fields)
    placed = record.container_title and (record.issued or record.volume or record.page)
    if not (record.author or record.editor or (record.title and len(fields) > 1) or placed):
        return Reference(text)  # "ibid.", "See the web page."
    notices = []
    if record.issued is None and not any(_says(text, part, "n.") for part in parts if part.label == "date"):
        undated = any(part.label == "date" and is_undated(text[part.start : part.stop]) for part in parts)
        notices.append(notice("reference-forthcoming" if undated else "reference-undated", "issued"))
    if not record.title:
        notices.append(notice("reference-untitled", "title"))
    notices += [notice("reference-unread", text=stretch) for stretch in unread(text, read)]
    return Reference(text, record, tuple(notices))


def _says(text: str, part: Part, beginning: str) -> bool:
    return text[part.start : part.stop].lower().startswith((beginning, "s.", "o.", "z."))


# --- fields


def _fields(text: str, parts: tuple[Part, ...]) -> tuple[dict[str, Any], list[Part]]:
    """The fields that *parts* state, and the parts that were read: of two with one label the later is often left."""
    fields: dict[str, Any] = {}
    read: list[Part] = []
    for part in parts:
        if part.label in _SILENT:
            read.append(part)
        elif found := _field(part.label, text[part.start : part.stop], fields):
            fields |= found
            read.append(part)
    return {name: value for name, value in fields.items() if value not in ("", (), None)}, read


def _field(label: str, text: str, known: dict[str, Any]) -> dict[str, Any]:
    """What a part adds to the fields *known*; {} when it is not read."""
    if label in _PEOPLE:
        names, others = names_in(text)
        return {label: (*known.get(label, ()), *names), "others": known.get("others", False) or others} if names else {}
    if label in ("title", "journal", "container"):
        name = "title" if label == "title" else "container_title"
        title = bare_title(text) if label == "title" else _container(re.sub(rf"^\W*(?:{IN})\b:?\s", "", text))
        return {name: title} if title and not known.get(name) else {}
    if label in _TEXTS:
        value = squash(text).strip(" ,;:()[]").removesuffix(".") if not known.get(_TEXTS[label]) else ""
        return {_TEXTS[label]: _closed(value)} if value else {}
    return _value(label, text, known)


def _container(text: str) -> str:
    """The title of a journal or book; one that is cut short ("Phys. Rev. Lett.") keeps its last full stop."""
    title = bare_title(text)
    cut = re.search(r"\w\.\s?\w", title) and text.rstrip(" ,;:").endswith(".")
    return f"{title}." if cut else title


def _closed(text: str) -> str:
    """*text* with the full stop of an abbreviation at its end: "Inc.", "Co.", "D.C."."""
    return f"{text}." if re.search(r"\b(?:Inc|Co|Ltd|Corp|Bros|Univ|Pub|[A-Z]\.[A-Z])$", text) else text


def _value(label: str, text: str, known: dict[str, Any]) -> dict[str, Any]:
    match label:
        case "date":
            return _date(text, known)
        case "accessed":
            return {"accessed": read_date(text)} if "accessed" not in known and read_date(text) else {}
        case "volume":
            numbers = read_numbers(text)
            fresh = {name: value for name, value in numbers._asdict().items() if value and not known.get(name)}
            return fresh
        case "pages":
            pages = read_pages(text)
            if pages.length and not known.get("number_of_pages"):
                return {"number_of_pages": pages.length}
            return {"page": pages.page} if pages.page and not known.get("page") else {}
        case "doi":
            return {"doi": read_doi(text)} if read_doi(text) and not known.get("doi") else {}
        case "url":
            return _address(text, known)
        case "isbn" | "issn":
            value = re.sub(r"^.*?(?=\d)", "", text).strip(" .,;)")
            return {label: (*known.get(label, ()), value)} if value else {}
        case "eric":
            return {"eric": normal_eric(text)} if normal_eric(text) else {}
        case "edition" | "genre":
            value = squash(text).strip(" ,;:()[]")
            return {label: value} if value and not known.get(label) else {}
    if label in _SCHEMES and (
        value := re.sub(
            r"^\W*(?:arxiv\b\W*|e?-?prints?\b\W*|preprint\b\W*|pmc?id\b\W*|pubmed\b\W*)+", "", squash(text), flags=re.I
        ).strip(" .,;()[]")
    ):
        return {"identifiers": (*known.get("identifiers", ()), (_SCHEMES[label], value))}
    return {}


def _date(text: str, known: dict[str, Any]) -> dict[str, Any]:
    date = read_date(text)
    if date is None:
        return {"issued": known.get("issued")} if is_undated(text) else {}
    before = known.get("issued")
    if before is None or (before.year == date.year and (date.month and not before.month)):
        return {"issued": date}
    return {"issued": before} if before.year == date.year else {}


def _address(text: str, known: dict[str, Any]) -> dict[str, Any]:
    if re.search(r"doi\.org/\s?10\.", text):
        return _value("doi", text, known)
    url = read_url(text)
    if not url:
        return {"url": known.get("url", "")} if re.search(r"\w\.\w", text) else {}  # a home page is read, and no link
    return {"url": url} if not known.get("url") else {}


# --- kinds


def _type(text: str, parts: tuple[Part, ...], fields: dict[str, Any]) -> str:
    """The CSL type of the work that *fields* describe."""
    labels = {part.label for part in parts}
    genre = fields.get("genre", "")
    container = fields.get("container_title", "")
    if _THESIS.search(genre):
        return "thesis"
    if container and labels & {"container", "journal"}:
        return _part_of(text, parts, fields, container, labels)
    if media := next((kind for pattern, kind in _MEDIA if pattern.search(genre)), ""):
        return media
    if _REPORT.search(genre):
        return "report"
    if fields.keys() & {"publisher", "publisher_place", "edition", "isbn"} or (
        "editor" in fields and "author" not in fields
    ):
        return "book"
    return "webpage" if fields.get("url") else "document"


def _part_of(text: str, parts: tuple[Part, ...], fields: dict[str, Any], container: str, labels: set[str]) -> str:
    """The type of a work in another: in proceedings, a book, a newspaper or a journal."""
    date = fields.get("issued")
    numbered = bool(fields.get("volume") or fields.get("issue"))
    if _MEETING.search(container) and "journal" not in labels:
        return "paper-conference"
    if "container" in labels and (fields.keys() & {"editor", "publisher", "publisher_place"} or fields.get("page")):
        return "chapter"
    if date and date.day and not numbered:
        return "article-newspaper"
    if "container" in labels and not numbered and fields.get("url"):
        return "webpage"
    return "article-journal"


# --- what is left


def unread(text: str, parts: Iterable[Part]) -> Iterator[str]:
    """The stretches of *text* that none of *parts* covers, without the words that only lead from part to part."""
    place = 0
    for part in (*sorted(parts, key=lambda part: part.start), Part("", len(text), len(text))):
        gap = text[place : part.start]
        bare = re.sub(r"[\W_]+", "", _FUNCTION.sub("", gap))
        if len(bare) >= SHORTEST:
            yield squash(gap).strip(" ,;:.()[]\"'“”‘’")
        place = max(place, part.stop)
