"""Reader of Web of Science's tagged text (FN, VR, PT ... ER, EF), which INSPEC, BIOSIS and others export too.

Sources: Clarivate's field tags; Zotero's Web of Science Tagged translator, JabRef's
IsiImporter.  A tag without a field is kept in `extra` under its name ("wos:C1"); the
cited references (CR) become the reference list, as text.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.tags.dates import best_date
from litbase.formats.tags.names import people
from litbase.formats.tags.tagged import Block, Fields, Layout, State, readings
from litbase.formats.tags.values import doi_in, languages, pages, plain, serials, subjects
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record, Reference
from litbase.record.text import comparable

NAME = "wos"
SOURCE = "wos"
LABEL = "Web of Science"
VERSION = 1
RANK = 60

TAGS: Final = frozenset(
    "FN VR PT AU AF BA BF CA GP BE TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX CR NR TC Z9 U1 "
    "U2 PU PI PA SN EI BN J9 JI PD PY VL IS PN SU SI MA BP EP AR DI DL D2 EA EY PG P2 WC WE SC GA UT PM OA HC HP DA ER "
    "EF AN PS BD OR MC MQ AE PL PC DG BR AD PV CO FT FS TA MI GE PA CN CD CP RF ED AG TM ML TN SD DN NM".split()
)
TYPES: Final = {"J": "article-journal", "B": "book", "S": "book", "C": "book", "P": "document", "U": "document"}
_LINE = re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|\s*$)")
_FIRST = re.compile(r"^\ufeff?(?:FN \S|VR 1\.\d|PT [JBSPCU]\s*$)", re.M)
_SCRIPTS = re.compile(r"/\s?(?P<where>sub|sup)\s+(?P<what>[^/]{1,12}?)\s*/")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SUP = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")


def sniff(document: Document) -> int:
    """95 when it begins with the file's name, its version or a publication type, and has a title or authors; else 0."""
    if document.binary or document.is_html or document.is_xml:
        return 0
    found = _FIRST.search(document.head)
    if not found or not re.search(r"^(?:TI|AU|SO|PN|UT) \S", document.head[found.end() :], re.M):
        return 0
    return 95 if document.head.count("\n", 0, found.start()) < 5 else 60


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per record, its key the DOI or PubMed number where it has one."""
    yield from readings(document, LAYOUT, to_record)


def _split(line: str, before: str) -> tuple[str, str] | None:
    found = _LINE.match(line)
    return (found["tag"], found["value"] or "") if found and found["tag"] in TAGS else None


def _begins(tag: str, state: State) -> bool:
    return tag == "PT"


LAYOUT: Final = Layout(
    name=NAME, split=_split, begins=_begins, ends=frozenset(("ER",)), headers=frozenset(("FN", "VR", "EF")),
    prose=frozenset(("AB", "CR")), core=frozenset(("TI", "AU", "AF", "SO")),
)  # fmt: skip


def to_record(block: Block) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a block, and what was odd about it; never raises."""
    fields = Fields(block, NAME)
    values: dict[str, Any] = dict(_type(fields))
    values |= {"title": _scripts(fields.text("TI")), "abstract": _scripts(fields.prose("AB"))}
    values |= _people(fields)
    values |= _where(fields, values["type"], values["title"])
    values |= _numbers(fields)
    values |= _identity(fields)
    free = subjects([value.replace("\n", " ") for value in fields.all("DE")], commas=False)
    terms = subjects([value.replace("\n", " ") for value in fields.all("ID")], commas=False)
    values["keywords"] = tuple(map(_scripts, dict.fromkeys((*free, *terms))))
    values["language"] = languages(fields.all("LA"))
    cited = [line for value in fields.all("CR") for line in value.split("\n")]
    values["references"] = tuple(Reference(text) for text in map(plain, cited) if text)
    values["extra"] = fields.rest()
    record = Record(**{name: value for name, value in values.items() if value})
    if not record.title:
        fields.notices.append(notice("no-title", "title", block.line))
    return record, tuple(fields.notices)


def _scripts(text: str) -> str:
    """*text* with INSPEC's "/sub 3/" and "/sup +/" as the characters they stand for."""
    if "/" not in text:
        return text
    tables = {"sub": _SUB, "sup": _SUP}
    return _SCRIPTS.sub(lambda found: found["what"].translate(tables[found["where"]]), text)


def _type(fields: Fields) -> dict[str, str]:
    """Type and genre: PT says journal, book, series or patent, DT what sort of piece it is."""
    pt = fields.text("PT")[:1]
    said = fields.text("DT")
    kinds = said.lower()
    type_ = TYPES.get(pt, "article-journal")
    if "proceedings paper" in kinds and pt != "J":
        return {"type": "paper-conference", "genre": ""}
    if "book chapter" in kinds or (type_ == "book" and "SO" in fields and "article" in kinds):
        return {"type": "chapter", "genre": ""}
    if pt == "P":
        return {"type": type_, "genre": "Patent"}
    plainly = {"article", "journal paper", "journal article", "book", "article; proceedings paper", "journal"}
    return {"type": type_, "genre": "" if kinds in plainly else said}


def _people(fields: Fields) -> dict[str, Any]:
    """Authors by their full names where those are given; editors and groups."""
    full, short = fields.all("AF", "BF"), fields.all("AU", "BA")
    author, others = people(full or short, spoken=True)
    if groups := people([f"{line}," for value in fields.all("CA", "GP") for line in value.split("\n")])[0]:
        author = author or groups
        fields.keep("GP", *(str(group) for group in groups if group not in author))
    editor, _ = people(fields.all("BE", "ED"), spoken=True)
    return {"author": author, "others": others, "editor": editor}


def _where(fields: Fields, type_: str, title: str) -> dict[str, str]:
    source, series = fields.text("SO"), fields.text("SE", "BS")
    found = {"container_title": source, "collection_title": series, "event_title": fields.text("CT")}
    if type_ == "book" and source:
        found["container_title"] = ""
        found["collection_title"] = series or (source if comparable(source) != comparable(title) else "")
    found |= {"event_place": fields.text("CL"), "publisher": fields.text("PU"), "publisher_place": fields.text("PI")}
    return found


def _numbers(fields: Fields) -> dict[str, Any]:
    dated = best_date([plain(value) for value in (*fields.peek("PY"), *fields.peek("PD"))])
    left = set(dated.left)
    for tag in ("PY", "PD"):
        fields.put(tag, [value for value in fields.all(tag) if plain(value) in left])
    printed, online = serials(fields.all("SN")), serials(fields.all("EI"))
    books = serials(fields.all("BN"))
    first, last = fields.text("BP"), fields.text("EP")
    page = pages(first, last) if first else pages(fields.text("PS", "BR"), "")
    if page:
        fields.all("PS")
    return {
        "issued": dated.date, "volume": fields.text("VL"), "issue": fields.text("IS"), "page": page,
        "number": fields.text("AR"), "issn": printed.issn, "eissn": online.issn or printed.eissn,
        "isbn": (*printed.isbn, *books.isbn),
    }  # fmt: skip


def _identity(fields: Fields) -> dict[str, Any]:
    others = [("pmid", value) for value in map(plain, fields.all("PM"))]
    others += [("wos", value) for value in map(plain, fields.all("UT"))]
    doi = next((found for found in map(doi_in, fields.peek("DI", "D2")) if found), "")
    if doi:
        fields.put("DI", [value for value in fields.all("DI") if doi_in(value) != doi])
    patent = fields.text("PN") if fields.peek("AE") else ""
    return {"doi": doi, "identifiers": tuple(others)} | ({"number": patent} if patent else {})
