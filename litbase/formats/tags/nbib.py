"""Reader of MEDLINE's tagged format: PubMed's .nbib, KoreaMed's, and the one ERIC exports under the same name.

Sources: the list of MEDLINE/PubMed elements; ERIC's exports, which begin with
"OWN - ERIC", give descriptors as OT, and a publisher as JT of its ED records.  A
tag without a field is kept in `extra` under its name ("nbib:STAT").
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.tags.dates import best_date, read_date
from litbase.formats.tags.names import medline_people
from litbase.formats.tags.tagged import Block, Fields, Layout, State, readings
from litbase.formats.tags.values import (
    doi_in,
    languages,
    number_of_pages,
    pages,
    plain,
    read_notes,
    serials,
    starred,
    subjects,
)
from litbase.record.identifiers import normal_doi, normal_eric, web_address
from litbase.record.kinds import eric_type
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.vocabulary.tidy import without_full_stop

NAME = "nbib"
SOURCE = "nbib"
LABEL = "MEDLINE (PubMed, ERIC)"
VERSION = 1
RANK = 60

TAGS: Final = frozenset(
    "AB AD AID AU AUID BTI CDAT CI CIN CN COI COIS CON CP CRDT CRF CRI CTDT CTI DA DCOM DDIN DEP DP DRDT DRIN ECF ECI "
    "ED EDAT EFR EIN EN FAU FED FIR FPS GN GR GS IP IR IRAD IS ISBN ISSN JID JT KW LA LID LR MH MHDA MID NM NR OAB "
    "OABL OCI OID ORI OT OTO OWN PB PG PHST PL PMC PMCR PMID PRIN PROF PS PST PT PUBM RF RIN RN ROF RPF RPI RRF RRI SB "
    "SFM SI SO SPIN STAT TA TI TT UI UIN UOF URL VI VTI".split()
)
_STARTS: Final = frozenset(("PMID", "OWN", "UI"))
_ONCE: Final = _STARTS | {"TI", "JT", "DP", "STAT"}
_LINE = re.compile(r"\ufeff?(?P<tag>[A-Za-z][A-Za-z0-9]{1,3})(?P<gap> {0,3})-(?P<value>.*)")
_FIRST = re.compile(r"^\ufeff?(?:PMID {0,2}- ?\d*[ \t]*$|OWN {0,2}- {0,2}\w+[ \t]*$|STAT- \w)", re.M)
_RIS = re.compile(r"^[ \t\ufeff]{0,8}TY[ \t]{1,3}-", re.M)  # it has a PMID too, in PsycINFO's exports
_SECOND = re.compile(r"^(?:TI {1,3}-|PT {1,3}-|JT {1,3}-|AB {1,3}-|FAU -|STAT-|MH {1,3}-|OT {1,3}-|PMID)", re.M)
_MARKED = re.compile(r"^(?P<value>.{0,500}\S)\s?\[(?P<mark>[A-Za-z-]{1,20})\]")
_SCHOOL = re.compile(
    r"\b(?:Dissertation|Thesis|dissertation|thesis),\s+(?P<school>[^,;]{3,120}(?:, [A-Z][^,;\d]{1,60})?)$"
)
_ARTICLE = re.compile(r"\bArt(?:icle)?\.?\s+(?P<number>[A-Za-z]{0,4}\d[\w.-]*)", re.I)
_TOKENS = re.compile(r"\b[vnp]\d[\w.,/-]*(?:,\s\d[\w-]*)*")
_SPECIAL = re.compile(r"\bv\S+ (?P<issue>spec(?:ial)? iss(?:ue)?)\b", re.I)

# publication type -> CSL type and genre; what PubMed calls an article stays one whatever else it is called
ARTICLES: Final = frozenset((
    "journal article", "classical article", "corrected and republished article", "historical article",
    "introductory journal article", "case reports", "review", "editorial", "letter", "comment", "preprint",
))  # fmt: skip
TYPES: Final[dict[str, tuple[str, str]]] = {
    "newspaper article": ("article-newspaper", ""),
    "book": ("book", ""), "books": ("book", ""), "monograph": ("book", ""), "proceedings": ("book", "Proceedings"),
    "book chapter": ("chapter", ""), "technical report": ("report", ""),
    "academic dissertation": ("thesis", ""), "dissertation": ("thesis", ""), "dissertations": ("thesis", ""),
    "congress": ("paper-conference", ""), "congresses": ("paper-conference", ""),
    "clinical conference": ("paper-conference", ""), "consensus development conference": ("paper-conference", ""),
    "consensus development conference, nih": ("paper-conference", ""), "overall": ("book", "Proceedings"),
    "video-audio media": ("motion_picture", ""), "webcast": ("motion_picture", ""), "dataset": ("dataset", ""),
    "software": ("software", ""), "web page": ("webpage", ""), "legislation": ("legislation", ""),
    "legal case": ("legislation", "Case"), "legal cases": ("legislation", "Case"), "document": ("document", ""),
}  # fmt: skip


def sniff(document: Document) -> int:
    """95 when it begins as PubMed's or ERIC's records do and has another of their lines, else 0."""
    if document.binary or document.is_html or document.is_xml:
        return 0
    found = _FIRST.search(document.head)
    if not found or document.head.count("\n", 0, found.start()) > 20 or _RIS.search(document.head):
        return 0
    return 95 if _SECOND.search(document.head, found.end()) else 60


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per record, its key the ERIC number, DOI or PubMed number."""
    yield from readings(document, LAYOUT, to_record)


def _split(line: str, before: str) -> tuple[str, str] | None:
    """Tag and value of a line; a tag that nobody knows must stand in four columns."""
    found = _LINE.match(line)
    if not found:
        return None
    tag, value = found["tag"].upper(), found["value"]
    columns = len(found["tag"] + found["gap"]) == 4 and found["tag"] == tag
    if tag in TAGS:
        return (tag, value) if columns or found["gap"] or value[:1] == " " else None
    return (tag, value) if columns and value[:1] in ("", " ") else None


def _begins(tag: str, state: State) -> bool:
    if not state.seen:
        return tag in _STARTS
    if state.gap:
        return tag in _STARTS or (tag in _ONCE and tag in state.seen)
    return tag in _STARTS and tag in state.seen


def _numbers_of_people(block: Block) -> Iterator[str]:
    """The numbers of authors and editors, each with the name it stands behind: "Roe, Ann: ORCID: 0000-..."."""
    names = ("FAU", "FED", "CN") if any(field.tag == "FAU" for field in block.fields) else ("AU", "ED", "CN")
    who = ""
    for field in block.fields:
        if field.tag in names:
            who = plain(field.value)
        elif field.tag == "AUID":
            yield f"{who}: {plain(field.value)}" if who else field.value


LAYOUT: Final = Layout(
    name=NAME, split=_split, begins=_begins, core=frozenset(("TI", "AB", "FAU", "AU", "JT", "BTI", "AID"))
)


def to_record(block: Block) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a block, and what was odd about it; never raises."""
    fields = Fields(block, NAME)
    is_eric = any(plain(value).upper() == "ERIC" for value in fields.peek("OWN"))
    values = _identity(fields)
    is_eric = is_eric or bool(values["eric"])
    values |= _type(fields, values["eric"], is_eric, any(scheme == "pmid" for scheme, _ in values["identifiers"]))
    values |= _titles(fields, values["type"])
    author, others = medline_people(fields.in_order("FAU", "CN"), fields.all("AU"))
    editor, _ = medline_people(fields.all("FED"), fields.all("ED"))
    values |= {"author": author, "others": others, "editor": editor}
    values |= _where(fields, values, is_eric)
    values |= _numbers(fields, values)
    values |= _subjects(fields, block, is_eric)
    values |= {
        "abstract": fields.prose("AB"),
        "grants": tuple(map(plain, fields.all("GR"))),
    }
    values |= read_notes(fields.all("GN"), values["title"])
    values["others"] = others or values.get("others", False)
    values["language"] = languages(fields.all("LA"))
    fields.all("AUID")
    fields.keep("AUID", *_numbers_of_people(block))
    values["extra"] = fields.rest()
    record = Record(**{name: value for name, value in values.items() if value})
    if not record.title:
        fields.notices.append(notice("no-title", "title", block.line))
    return record, tuple(fields.notices)


def _identity(fields: Fields) -> dict[str, Any]:
    """DOI, ERIC's and PubMed's numbers, addresses, and the other numbers under their schemes."""
    found: dict[str, Any] = {"doi": "", "eric": "", "url": "", "number": ""}
    others: list[tuple[str, str]] = []
    for value in map(plain, fields.all("PMID", "UI")):
        number, _, more = value.partition(" ")
        others.append(("pmid", number))
        fields.keep("PMID", more)
    others += [("pmcid", value) for value in map(plain, fields.all("PMC"))]
    for value in map(plain, fields.all("OID")):
        eric = normal_eric(value) if not value.startswith("NLM") else ""
        found["eric"] = found["eric"] or eric
        fields.keep("OID", "" if eric else value)
    for tag in ("AID", "LID", "URL"):
        for value in map(plain, fields.all(tag)):
            _place(tag, value, found, others)
    return found | {"identifiers": tuple(dict.fromkeys(others))}


def _place(tag: str, value: str, found: dict[str, Any], others: list[tuple[str, str]]) -> None:
    """Put one AID or LID where it belongs: "10.1/x [doi]", an address, "S1-2 [pii]", an article number."""
    marked = _MARKED.fullmatch(value)
    if tag != "AID" and (web_address(value) or value.lower().startswith("www.")):
        found["url"] = found["url"] or value
    elif doi := doi_in(value) if not marked else normal_doi(marked["value"]) if marked["mark"] == "doi" else "":
        found["doi"] = found["doi"] or doi
    elif web_address(value):
        found["url"] = found["url"] or value
    elif marked:
        others.append((marked["mark"], marked["value"]))
    elif tag == "LID":
        found["number"] = found["number"] or value
    else:
        others.append(("aid", value))


def _type(fields: Fields, eric: str, is_eric: bool, pmid: bool) -> dict[str, Any]:
    """Type, genre and ERIC's publication types."""
    stated = [plain(value) for value in fields.all("PT")]
    known = [value for value in stated if value.lower() in TYPES or value.lower() == "journal article"]
    own = tuple(value for value in stated if value not in known or (value == "Books" and is_eric))
    type_, genre = next((TYPES[value.lower()] for value in known if value.lower() in TYPES), ("", ""))
    if any(value.lower() in ARTICLES for value in stated) and type_ != "article-newspaper":
        type_, genre = "article-journal", "Preprint" if "Preprint" in stated else ""
    if is_eric:
        if not type_ or own:
            meant = eric_type(eric, own)
            type_, genre = (type_, genre) if type_ and type_ != meant[0] and type_ != "book" else meant
        return {"type": type_, "genre": genre, "publication_type": own}
    fields.keep("PT", *(value for value in stated if value not in known))
    if not type_:
        type_ = "article-journal" if pmid or "JT" in fields or "TA" in fields else "document"
    return {"type": type_, "genre": genre}


def _titles(fields: Fields, type_: str) -> dict[str, str]:
    title = ""
    for value in map(plain, fields.all("TI")):
        if title and value.casefold() not in title.casefold():
            fields.notices.append(notice("subtitle-joined", "title", fields.line))
            title = f"{title} {value}" if title[-1] in ":.?!" else f"{title}: {value}"
        else:
            title = title or value
    book = fields.text("BTI") if type_ == "chapter" or not title else ""
    if not title or type_ == "book":
        fields.text("BTI")
    whole = {"title": without_full_stop(title or book), "container_title": book if title else ""}
    return whole | {"collection_title": fields.text("CTI"), "event_title": ""}


def _where(fields: Fields, values: dict[str, Any], is_eric: bool) -> dict[str, str]:
    """Container, publisher and place; JT is the publisher of a book, and of ERIC's documents."""
    publisher, place = fields.text("PB"), fields.text("PL")
    journal = fields.text("JT") or fields.text("TA")
    document = values["type"] == "book" or (is_eric and values["eric"].startswith("ED"))
    source = plain(next(iter(fields.peek("SO")), ""))
    found = {"container_title": values["container_title"], "publisher": publisher, "publisher_place": place}
    if values["type"] == "thesis" and not publisher and (school := _SCHOOL.search(source)):
        fields.keep("JT", journal if journal != school["school"] else "")
        found["publisher"] = school["school"]
    elif document and journal and publisher in ("", journal):
        found["publisher"] = journal
    elif not found["container_title"]:
        found["container_title"] = journal
    else:
        fields.keep("JT", journal)
    return found


def _numbers(fields: Fields, values: dict[str, Any]) -> dict[str, Any]:
    source = plain(next(iter(fields.peek("SO")), ""))
    said = fields.text("DP")
    printed = _TOKENS.sub("", source) if source.startswith("v") else ""  # ERIC: "v20 n3 p327-350 Aug 2019"
    dated = best_date([value for value in (said, printed) if read_date(value)])
    article = _ARTICLE.search(said) or (_ARTICLE.search(source) if values["eric"] else None)
    if said and not dated.date:
        fields.keep("DP", said)
    special = _SPECIAL.search(source)
    given = serials(fields.all("IS", "ISSN", "ISBN"))
    fields.keep("IS", *given.other)
    page = fields.text("PG")
    length = number_of_pages(page)
    return {
        "issued": dated.date,
        "volume": fields.text("VI"),
        "issue": fields.text("IP") or (special["issue"] if special else ""),
        "number": values["number"] or (article["number"] if article else ""),
        "edition": fields.text("EN"),
        "page": "" if length else pages(page, ""),
        "number_of_pages": length,
        "issn": given.issn,
        "eissn": given.eissn,
        "isbn": given.isbn,
    }


def _subjects(fields: Fields, block: Block, is_eric: bool) -> dict[str, Any]:
    """MeSH headings, and the terms of those whom OTO names; ERIC's own are descriptors, other people's keywords."""
    headings, main = starred(fields.all("MH"))
    owner = "ERIC" if is_eric and not fields.peek("OTO") else ""
    terms: list[str] = []
    words: list[str] = []
    for field in block.fields:
        if field.tag == "OTO":
            owner = plain(field.value).upper()
        elif field.tag == "OT" and field.value:
            (terms if owner == "ERIC" else words).append(field.value)
    fields.all("OT", "OTO")
    free, _ = starred(subjects([*words, *fields.all("KW")], commas=False))
    descriptors, major = starred(map(plain, (*headings, *terms)))
    return {"descriptors": descriptors, "major_descriptors": tuple(dict.fromkeys((*main, *major))), "keywords": free}
