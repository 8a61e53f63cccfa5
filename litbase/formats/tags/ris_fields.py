"""From the tag lines of one RIS record to a Record.

Sources: the RIS specification, EndNote's tags by type, Zotero's RIS.js, JabRef's
RisImporter, and the exports of ProQuest, Ovid, Embase, Scopus, IEEE, JSTOR, TRID
and Web of Science.  A tag with a place of its own goes there; every other is kept
in `extra` under its name ("ris:AD").
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from litbase.formats.tags import ris_tables as tables
from litbase.formats.tags.dates import best_date, read_date
from litbase.formats.tags.names import people
from litbase.formats.tags.tagged import Block, Fields
from litbase.formats.tags.values import (
    addresses,
    doi_in,
    languages,
    links,
    number_of_pages,
    pages,
    plain,
    read_notes,
    serials,
    starred,
    subjects,
    thesis_genre,
)
from litbase.record.identifiers import normal_eric
from litbase.record.keys import is_key
from litbase.record.kinds import KINDS, SESSION_GENRES
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.record.text import comparable

ARTICLES: Final = frozenset(("article-journal", "article-newspaper"))
_CANONICAL: Final = frozenset(kind.ris for kind in KINDS) | {"SER", ""}
_CLASS = re.compile(r"\[\d{2,6}\]$")  # PsycINFO: "Health Psychology & Medicine [3360]"
_NUMBERED_ID = re.compile(r"(?P<value>[A-Za-z]{0,4}\d{3,12})\s*\[(?P<scheme>pmid|pmcid)\]", re.I)


def to_record(block: Block, spoken: bool = False) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a block, and what was odd about it; never raises."""
    fields = Fields(block, "ris")
    ty = fields.text("TY").upper()
    ty = tables.SPELLED.get(ty, ty)
    if ty not in tables.TYPES:
        fields.notices.append(notice("type-unknown", "type", block.line, name=ty))
    type_, genre = tables.TYPES.get(ty, ("document", ty))
    if ty not in _CANONICAL:
        fields.keep("TY", ty)
    values: dict[str, Any] = {"type": type_}
    values |= _identity(fields)
    values |= _genre(fields, type_, genre, values)
    values |= _titles(fields, type_, ty)
    values |= _people(fields, type_, ty, spoken)
    values |= _where(fields, values["type"], values["genre"])
    values |= _dates(fields, type_)
    values |= _numbers(fields, type_, ty)
    values |= _links(fields)
    values |= _words(fields)
    values |= read_notes(fields.all("N1", "RN"), values["title"])
    values["extra"] = fields.rest()
    record = Record(**{name: value for name, value in values.items() if value})
    if not record.title:
        fields.notices.append(notice("no-title", "title", block.line))
    return record, tuple(fields.notices)


def _identity(fields: Fields) -> dict[str, Any]:
    """Citation key, DOI, and the numbers of ERIC, PubMed and others."""
    doi = ""
    for tag in ("DO", "DOI", "DI", "M3", "L3", "N1"):
        for value in fields.peek(tag):
            if not doi and (found := doi_in(value)) and (tag != "N1" or len(plain(value).split()) < 3):
                doi = found
    _drop(
        fields, ("DO", "DOI", "DI", "M3", "L3", "N1"), lambda value: bool(doi) and doi_in(value).lower() == doi.lower()
    )
    others: list[tuple[str, str]] = [("pmid", value) for value in fields.all("PMID")]
    others += [("pmcid", value) for value in fields.all("PMCID")]
    for tag in ("U1", "U2", "U3", "U4", "U5", "UR", "C2", "AN"):
        kept = []
        for value in fields.all(tag):
            pair = _other_number(tag, plain(value), fields)
            (others.append(pair) if pair else kept.append(value))
        fields.put(tag, kept)
    eric = ""
    for value in fields.peek("AN", "ID", "N1"):
        eric = eric or normal_eric(value)
    if eric:
        _drop(fields, ("AN",), lambda value: normal_eric(value) == eric)
        _drop(fields, ("DB",), lambda value: plain(value).upper() == "ERIC")
        _drop(fields, ("DP",), lambda value: plain(value) == "litbase")
    key = plain(next(iter(fields.peek("ID")), ""))
    if not (is_key(key) and re.search("[A-Za-z]", key)):
        key = ""
    else:
        _drop(fields, ("ID",), lambda value: plain(value) == key)
    return {"doi": doi, "eric": eric, "citation_key": key, "identifiers": tuple(dict.fromkeys(others))}


def _other_number(tag: str, value: str, fields: Fields) -> tuple[str, str] | None:
    """(scheme, number) of other bases where vendors put them: "26957754[pmid]", UR "PM:123", AN under DP NLM."""
    if found := _NUMBERED_ID.fullmatch(value):
        return found["scheme"].lower(), found["value"]
    if tag == "UR" and (found := re.fullmatch(r"PM:\s?(\d{4,9})", value)):
        return "pmid", found[1]
    if tag == "AN" and re.fullmatch(r"WOS:\w{5,20}", value):
        return "wos", value
    if tag in ("C2", "AN") and (found := re.fullmatch(r"(PMC\d{4,9})", value)):
        return "pmcid", found[1]
    bases = " ".join(fields.peek("DB", "DP")).lower()
    if tag == "AN" and value.isdecimal() and ("pubmed" in bases or "nlm" in bases or "medline" in bases):
        return "pmid", value
    return None


def _drop(fields: Fields, tags: Iterable[str], matches: Callable[[str], bool]) -> None:
    """Take the values that *matches* away."""
    for tag in tags:
        fields.put(tag, [value for value in fields.all(tag) if not matches(value)])


def _genre(fields: Fields, type_: str, genre: str, values: dict[str, Any]) -> dict[str, str]:
    """The genre of M3 where that says what the work is, else the one its type implies; and the type a genre changes."""
    stated = plain(next(iter(fields.peek("M3")), ""))
    if stated.lower() in tables.MEDIA or len(stated) > 60 or _CLASS.search(stated):
        stated = ""
    elif stated:
        fields.text("M3")
    if type_ == "thesis" and (meant := thesis_genre(stated)) != stated:
        fields.keep("M3", stated)
        stated = meant
    if type_ == "paper-conference" and stated == "Proceedings":
        return {"type": "book", "genre": stated}
    return {"type": type_, "genre": stated or genre}


def _titles(fields: Fields, type_: str, ty: str) -> dict[str, str]:
    title = ""
    lines = [plain(value) for value in fields.in_order("TI", "T1", "CT")]
    for value in lines[:3]:
        title = _joined(title, value, fields)
    fields.keep("TI", *lines[3:])
    if not title and type_ == "book":
        title = fields.text("BT", "JF" if ty == "JFULL" else "BT")
    if not title:
        title = (
            fields.text("BT", "ST", "TT") if type_ not in ("chapter", "paper-conference") else fields.text("ST", "TT")
        )
    elif comparable(plain(next(iter(fields.peek("ST")), ""))) == comparable(title):
        fields.all("ST")
    return {"title": title}


def _joined(title: str, more: str, fields: Fields) -> str:
    """*title* with a second title line, unless the one says the other already."""
    one, other = comparable(title), comparable(more)
    if not title or not other or one.startswith(other):
        return title or more
    if other.startswith(one):
        return more
    fields.notices.append(notice("subtitle-joined", "title", fields.line))
    return f"{title} {more}" if title[-1] in ":.?!" else f"{title}: {more}"


def _people(fields: Fields, type_: str, ty: str, spoken: bool) -> dict[str, Any]:
    author, others = people(fields.in_order("AU", "A1"), spoken=spoken)
    editor = people(fields.all("ED"), spoken=spoken)[0]
    if ty == "EDBOOK":
        author, editor = (), (*author, *editor)
    if type_ in tables.EDITED:
        tags = ("A3",) if ty in ("BOOK", "EBOOK") and "A2" in fields and "A3" in fields else ("A2", "A3")
        if type_ != "book":
            tags = ("A2",)
        more, _ = people((value for value in fields.all(*tags) if value.count(",") < 4), spoken=spoken)
        editor += tuple(name for name in more if name not in editor)
    translator = people(fields.all("A4"), spoken=spoken)[0] if ty not in tables.NO_TRANSLATORS else ()
    return {"author": author, "editor": editor, "translator": translator, "others": others}


def _where(fields: Fields, type_: str, genre: str) -> dict[str, str]:
    """Container, series, event, publisher and places."""
    found: dict[str, str] = {}
    if type_ == "paper-conference":
        proceedings, conference = fields.text("C3"), fields.text("T2")
        found["event_title"] = conference if conference.casefold() != proceedings.casefold() else ""
        found["container_title"] = proceedings
        if not proceedings and genre not in SESSION_GENRES:
            found["container_title"], found["event_title"] = conference, ""
    if not found.get("container_title") and not found.get("event_title"):
        found["container_title"] = fields.text(*tables.CONTAINERS.get(type_, tables.CONTAINERS[""]))
    for tag in tables.CONTAINERS.get(type_, ()):
        _drop(fields, (tag,), lambda value: plain(value).casefold() == found["container_title"].casefold())
    found["collection_title"] = fields.text(*tables.SERIES.get(type_, tables.SERIES[""]))
    found["publisher"] = fields.text("PB", "PU")
    place, held = fields.text("CY", "PP", "PI"), ""
    if type_ == "paper-conference" and (held := fields.text("C1")) and held == place:
        held = ""
    return found | {"publisher_place": place, "event_place": held}


def _dates(fields: Fields, type_: str) -> dict[str, Any]:
    said = [value for tag in ("PY", "YR", "DA", "Y1") for value in fields.peek(tag)]
    printed = [value for value in fields.peek("C1") if value.startswith("Full publication date:")]  # JSTOR
    dated = best_date([plain(value) for value in (*said, *printed)])
    left = set(dated.left)
    _drop(fields, ("PY", "YR", "DA", "Y1"), lambda value: plain(value) not in left)
    _drop(fields, ("C1",), lambda value: value in printed and plain(value) not in left)
    accessed = None
    for tag in ("Y2", "M1", "VL") if type_ == "webpage" else ("Y2",):
        for value in fields.peek(tag):
            if accessed is None and (accessed := read_date(plain(value))):
                fields.text(tag)
    return {"issued": dated.date, "accessed": accessed}


def _numbers(fields: Fields, type_: str, ty: str) -> dict[str, Any]:
    article = type_ in ("article-journal", "article-newspaper")
    volume, issue = _short(fields, "VL", "VO"), _short(fields, "IS", "CP")
    number = fields.text("C7") if article else ""
    m1 = plain(next(iter(fields.peek("M1")), ""))
    if article and not issue and m1 and len(m1) < 9:
        issue = fields.text("M1")
    elif not article and m1 and len(m1) < 60:
        number = fields.text("M1")
    edition = plain(next(iter(fields.peek("ET")), ""))
    if article and read_date(edition) and not edition.isdecimal():  # EndNote: the day it went online
        edition = ""
    else:
        fields.text("ET")
    found = {"volume": volume, "issue": issue, "edition": edition}
    found |= _serials(fields, type_, number)
    return found | _pages(fields, type_, ty)


def _short(fields: Fields, *tags: str) -> str:
    """A number; a text too long for one is left where it is."""
    return fields.text(*tags) if len(next(iter(fields.peek(*tags)), "")) < 60 else ""


def _serials(fields: Fields, type_: str, number: str) -> dict[str, Any]:
    given = serials(fields.all("SN", "ISSN", "ISBN"))
    other = list(given.other)
    if type_ in ("report", "document") and other and not number:
        number = other.pop(0)
    fields.keep("SN", *(value for value in other if value != number))
    return {"number": number, "issn": given.issn, "eissn": given.eissn, "isbn": given.isbn}


def _pages(fields: Fields, type_: str, ty: str) -> dict[str, Any]:
    first, last = fields.text("SP"), fields.text("EP")
    if (first.lower(), last.lower()) == ("no", "specified"):  # PsycINFO: "No Pagination Specified"
        return {}
    if type_ in ("article-journal", "article-newspaper") and not first:
        first = fields.text("SE") if plain(next(iter(fields.peek("SE")), "")).isdecimal() else first
    length = number_of_pages(first)
    if length is None and not last and type_ in ("book", "thesis", "report") and first.isdecimal() and len(first) < 6:
        length = int(first)
    section = fields.text("SE") if type_ in ("article-newspaper", "webpage", "legislation", "document") else ""
    if length is not None and not last:
        return {"number_of_pages": length, "section": section}
    return {"page": pages(first, last), "section": section}


def _links(fields: Fields) -> dict[str, str]:
    files = addresses(fields.all("L1"))
    found = links(fields.all("UR", "URL"), files)
    url = found.url
    if not url:
        later = links([value for tag in ("L2", "LK") for value in fields.peek(tag)])
        url = later.url
        _drop(fields, ("L2", "LK"), lambda value: plain(value) == url)
    fields.keep("UR", *(value for value in found.left if value not in files))
    fields.keep("L1", *(value for value in found.left if value in files))
    return {"url": url, "full_text_url": found.full_text}


def _words(fields: Fields) -> dict[str, Any]:
    words, main = starred(subjects(fields.all("KW")))
    found: dict[str, Any] = {"keywords": () if main else words, "descriptors": words if main else ()}
    found |= {"major_descriptors": main, "language": languages(fields.all("LA"))}
    return found | {"abstract": fields.prose("AB", "N2")}
