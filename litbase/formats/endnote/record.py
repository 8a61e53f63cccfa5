"""What EndNote's elements and reference types are here, and the Record that one <record> makes.

Sources: EndNote's reference types and the meaning each gives to "secondary title", "number" or "section"; what
Zotero's translator and JabRef's importer make of them; real libraries.
"""

import re
from typing import Any, Final

from litbase.formats.emphasis import joined
from litbase.formats.endnote.elements import Taken, runs
from litbase.formats.type_names import Type, type_called
from litbase.formats.xml import Element
from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, normal_doi, normal_eric, normal_isbn, normal_issn
from litbase.record.names import OTHERS, Name, parse_name
from litbase.record.notices import Notice, notice
from litbase.record.record import FIELD_NAMES, Record
from litbase.record.text import clean, squash

NUMBERS: Final = {
    0: "Journal Article", 2: "Artwork", 3: "Audiovisual Material", 4: "Bill", 5: "Book Section", 6: "Book", 7: "Case",
    8: "Catalog", 9: "Computer Program", 10: "Conference Proceedings", 12: "Web Page", 13: "Generic", 14: "Hearing",
    17: "Journal Article", 19: "Magazine Article", 20: "Map", 21: "Film or Broadcast", 23: "Newspaper Article",
    24: "Pamphlet", 25: "Patent", 26: "Personal Communication", 27: "Report", 28: "Edited Book", 31: "Statute",
    32: "Thesis", 34: "Unpublished Work", 36: "Manuscript", 37: "Figure", 38: "Chart or Table", 39: "Equation",
    43: "Electronic Article", 44: "Electronic Book", 45: "Online Database", 46: "Government Document",
    47: "Conference Paper", 48: "Online Multimedia", 49: "Classical Work", 50: "Legal Rule or Regulation",
    51: "Ancient Text", 52: "Dictionary", 53: "Encyclopedia", 54: "Grant", 55: "Aggregated Database", 56: "Blog",
    57: "Serial", 58: "Standard", 59: "Dataset", 60: "Electronic Book Section", 61: "Music",
}  # fmt: skip
"""Reference types by number, for a <ref-type> without a known name."""
SERIES: Final = frozenset("book report software dataset motion_picture".split())
"""Types whose secondary title is a series; of all others it is what they are published in."""
TEXTS: Final = {"volume": "volume", "pages": "page", "pub-location": "publisher_place", "publisher": "publisher"}
_ELECTRONIC = re.compile(r"(?P<number>\d{4}-?\d{3}[\dXx])\s*\((?:electronic|online|e-?issn)[^)]{0,40}\)", re.I)
_NUMBER = re.compile(r"(?<![\d-])(?:97[89][\d -]{10,14}|\d[\d -]{7,11}[\dXx]|\d{4}-?\d{3}[\dXx])(?![\d-])")
_PMC = re.compile(r"\bPMC\d{4,9}\b", re.I)
_PMID = re.compile(r"PUBMED (\d{4,9})", re.I)
_PUBMED = re.compile(r"ncbi\.nlm\.nih\.gov/pubmed/(\d{4,9})|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})")
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"]{3,2000}")
_KEYWORDS = re.compile(r"[;\r\n]+")
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")


def to_record(element: Element) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a <record>, and what was odd about it; never raises."""
    taken = Taken(element)
    kind = _kind(taken)
    values: dict[str, Any] = {"type": kind.csl, "genre": kind.genre}
    _titles(taken, values)
    _people(taken, values)
    for name, field in TEXTS.items():
        values[field] = taken.text(name)
    _edition(taken, values)
    _genre(taken, values)
    _numbers(taken, values)
    values["issued"] = _date(taken)
    values["accessed"] = PartialDate.parse(taken.text("access-date"))
    values["abstract"] = taken.text("abstract", field="abstract", paragraphs=True)
    values["note"] = taken.text("notes", paragraphs=True)
    values["language"] = tuple(filter(None, (squash(part) for part in re.split(r"[,;\r\n/]", taken.raw("language")))))
    words = (squash(word) for raw in taken.each("keywords", "keyword") for word in _KEYWORDS.split(raw))
    values["keywords"] = tuple(dict.fromkeys(filter(None, words)))
    _addresses(taken, values)
    _identifiers(taken, values)
    values["extra"] = tuple(dict.fromkeys((*taken.said, *taken.rest())))
    values["marks"] = tuple(mark for mark in taken.marks if values.get(mark.field))
    record = Record(**{name: value for name, value in values.items() if value and name in FIELD_NAMES})
    return record, () if record.title else (notice("no-title", "title", element.line),)


def _kind(taken: Taken) -> Type:
    """The type by the name of the reference type, else by its number: programs agree on the names only."""
    for element in taken.left.get("ref-type", []):
        number = squash(element.text)
        name = squash(element.attributes.get("name", "")) or ("" if number.isdecimal() else number)
        if name and (found := type_called(name)):
            return found
        if name:
            taken.said.append(("endnote:ref-type", name))
        if number.isdecimal() and len(number) < 4 and int(number) in NUMBERS:
            return type_called(NUMBERS[int(number)]) or Type("document")
    return Type("document")


def _edition(taken: Taken, values: dict[str, Any]) -> None:
    """An edition; of an article EndNote keeps the date of its appearance online there."""
    stated = taken.text("edition")
    if stated and values["type"].startswith("article"):
        taken.said.append(("endnote:edition", stated))
    else:
        values["edition"] = stated


def _genre(taken: Taken, values: dict[str, Any]) -> None:
    """The type of work, unless it only says once more what the reference type says."""
    stated = taken.text("work-type")
    known = type_called(stated) if stated else None
    if known is None or known.csl != values["type"]:
        values["genre"] = values["genre"] or stated
        return
    values["genre"] = known.genre or values["genre"]
    if ";" in stated:  # PubMed's list of publication types
        taken.said.append(("endnote:work-type", stated))


def _titles(taken: Taken, values: dict[str, Any]) -> None:
    found = {}
    for name, field in (("title", "title"), ("secondary-title", "container_title"), ("tertiary-title", "")):
        element = taken.part("titles", name)
        found[name], marks = joined(runs(element) if element else (), field)
        taken.marks += [mark for mark in marks if field == "title" or values["type"] not in SERIES]
    values["title"], second, third = found.values()
    journal = taken.part("periodical", "full-title")
    full = joined(runs(journal), "")[0] if journal else ""
    if values["type"] in SERIES:
        values["collection_title"] = second or third
        if second and third:
            taken.said.append(("endnote:tertiary-title", third))
    else:
        values["container_title"], values["collection_title"] = second or full, third
    if full and full not in (second, values.get("container_title")):
        taken.said.append(("endnote:full-title", full))
    for name in ("alt-title", "short-title"):
        element = taken.part("titles", name)
        text = squash(clean(element.text)) if element else ""
        if text and text not in (second, values["title"]):
            taken.said.append((f"endnote:{name}", text))
    abbreviation = taken.part("periodical", "abbr-1")
    text = squash(clean(abbreviation.text)) if abbreviation else ""
    if text and text not in (second, full):
        taken.said.append(("endnote:abbr-1", text))
    _drop_same(taken, "alt-periodical", (second, full))
    if values["type"] == "paper-conference":
        values["event_title"] = second if values["genre"] == "Presentation" else ""
        proceedings = taken.text("custom3")
        if proceedings:
            values["event_title"], values["container_title"] = second, proceedings


def _drop_same(taken: Taken, parent: str, known: tuple[str, ...]) -> None:
    for outer in taken.left.get(parent, []):
        outer.parts = [part for part in outer.children if squash(clean(part.text)) not in known]


def _people(taken: Taken, values: dict[str, Any]) -> None:
    """Authors, editors and translators; EndNote's third row of names is the editors of a book, else of a series."""
    groups = {}
    for name in ("authors", "secondary-authors", "tertiary-authors", "subsidiary-authors", "translated-authors"):
        groups[name], others = _names(taken, name)
        values["others"] = values.get("others", False) or (others and name == "authors")
    values["author"] = groups.pop("authors")
    if values["type"] == "book" and groups["tertiary-authors"]:
        values["editor"] = groups.pop("tertiary-authors")
    else:
        values["editor"] = groups.pop("secondary-authors")
    values["translator"] = groups.pop("subsidiary-authors")
    if not values["editor"] and _is_edited(taken):
        values["author"], values["editor"] = (), values["author"]
    for name, people in groups.items():
        if people:
            taken.said.append((f"endnote:{name}", "; ".join(map(str, people))))


def _is_edited(taken: Taken) -> bool:
    """Whether the reference type is "Edited Book", whose authors are its editors."""
    types = taken.left.get("ref-type", [])
    return any(squash(element.attributes.get("name", "")) == "Edited Book" for element in types)


def _names(taken: Taken, group: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a group, and whether it ends in "et al."; a comma at the end marks an institution."""
    element = taken.part("contributors", group)
    found: list[Name] = []
    others = False
    for author in (element.children or [element]) if element else ():
        for line in re.split(r"[\r\n]+", clean(author.text)) if "\r" in author.text else [author.text]:
            text = squash(clean(line))
            others = others or bool(OTHERS.match(text.rstrip(", ")))
            whole = squash(author.attributes.get("corp-name", "")) or (text.rstrip(", ") if text.endswith(",") else "")
            name = Name(literal=whole) if whole and not OTHERS.match(whole) else parse_name(text)
            if name:
                found.append(name)
    return tuple(found), others


def _numbers(taken: Taken, values: dict[str, Any]) -> None:
    """`number` is an article's issue and a report's number, `section` a newspaper's section or an article's start."""
    number, issue = taken.text("number"), taken.text("issue")
    article = values["type"].startswith("article")
    if article:
        values["issue"] = number or issue
        if number and issue:
            values["number"] = issue  # EndNote 20: "issue" is the article number beside "number"
    else:
        values["number"], values["issue"] = number, issue
    report = taken.text("report-id")
    values["number"] = values.get("number") or report
    section = taken.text("section")
    if values["type"] == "article-newspaper":
        values["section"] = section
    elif section and section not in values["page"]:
        taken.said.append(("endnote:section", section))
    if values["type"] in ("book", "thesis", "report") and values["page"].isdecimal() and len(values["page"]) < 6:
        values["number_of_pages"], values["page"] = int(values["page"]), ""


def _date(taken: Taken) -> PartialDate | None:
    """The date of publication: its own, or with the year that stands beside it ("Mar 3", 2015)."""
    year = " ".join(taken.each("dates", "year"))
    outer = [part for element in taken.left.get("dates", []) for part in element.children if part.name == "pub-dates"]
    dates = [squash(clean(inner.text)) for part in outer for inner in (part.children or [part])]
    taken.elements("dates")
    found = _YEAR.search(year)
    for text in filter(None, dates):
        whole = PartialDate.parse(text)
        if whole and whole.month:
            return whole
        if found and (named := PartialDate.parse(f"{text} {found[1]}")) and named.month:
            return named
        if not _YEAR.fullmatch(text):
            taken.said.append(("endnote:pub-dates", text))
    if found:
        return PartialDate.parse(found[1])
    if year.strip():
        taken.said.append(("endnote:year", squash(year)))
    return next((PartialDate.parse(found[1]) for text in dates if (found := _YEAR.search(text))), None)


def _addresses(taken: Taken, values: dict[str, Any]) -> None:
    """The first web address is the link, the first of a PDF on the web the full text; files stay in `extra`."""
    for element in taken.elements("urls"):
        for group in element.children:
            for raw in [inner.text for inner in group.children] or [group.text]:
                for line in filter(None, map(squash, re.split(r"[\r\n]+", clean(raw.replace("\r", "\n"))))):
                    found = _URL.fullmatch(line)
                    field = "full_text_url" if group.name == "pdf-urls" else "url"
                    if found and not values.get(field):
                        values[field] = line
                    else:
                        taken.said.append((f"endnote:{group.name}", line))


def _identifiers(taken: Taken, values: dict[str, Any]) -> None:
    stated = taken.text("electronic-resource-num")
    values["doi"] = normal_doi(stated) or find_doi(stated)
    if stated and not values["doi"]:
        taken.said.append(("endnote:electronic-resource-num", stated))
    _standard_numbers(taken, values)
    others: list[tuple[str, str]] = []
    accession = taken.text("accession-num")
    if eric := normal_eric(accession):
        values["eric"] = eric
    elif accession and accession.isdecimal() and _is_pubmed(taken, values, accession):
        others.append(("pmid", accession))
    elif accession:
        taken.said.append(("endnote:accession-num", accession))
    for name in ("custom2", "custom3", "custom7", "user16"):
        text = " ".join(element.text for element in taken.left.get(name, []))
        if found := _PMC.search(text) or _PMID.fullmatch(text.strip()):
            taken.elements(name)
            others.append(("pmcid", found[0].upper()) if found.re is _PMC else ("pmid", found[1]))
    values["identifiers"] = tuple(dict.fromkeys(others))


def _is_pubmed(taken: Taken, values: dict[str, Any], number: str) -> bool:
    linked = _PUBMED.search(" ".join((values.get("url", ""), *(text for _, text in taken.said))))
    names = " ".join(element.text for name in ("remote-database-name", "remote-database-provider")
                     for element in taken.left.get(name, []))  # fmt: skip
    return (linked is not None and number in linked.groups()) or bool(re.search(r"medline|pubmed|nlm", names, re.I))


def _standard_numbers(taken: Taken, values: dict[str, Any]) -> None:
    """EndNote's <isbn> holds ISBNs, ISSNs, report and patent numbers, one on a line or several."""
    text = taken.raw("isbn").replace("\r", "\n")
    electronic = tuple(found["number"] for found in _ELECTRONIC.finditer(text))
    isbn: list[str] = []
    issn: list[str] = []
    for found in _NUMBER.finditer(text):
        number = found[0].strip(" -")
        if number in electronic:
            continue
        (issn if normal_issn(number) and not normal_isbn(number) else isbn).append(number)
    if not (isbn or issn or electronic) and (plain := squash(text)):
        if values["type"] == "report" or values["genre"] == "Patent":
            values["number"] = values["number"] or plain
        elif values["type"].startswith("article"):
            issn.append(plain)
        else:
            isbn.append(plain)
    values["isbn"], values["issn"] = tuple(dict.fromkeys(isbn)), tuple(dict.fromkeys(issn))
    values["eissn"] = tuple(dict.fromkeys(electronic))
