"""Reader of Refer, the tagged format of EndNote's exports (.enw, .enl text), of BibIX and of Unix's refer.

Sources: refer(1); EndNote's "%0" types and tags; Zotero's Refer/BibIX translator, JabRef's
EndnoteImporter; the exports of AIS's eLibrary, Wanfang and national libraries.  A tag
without a field is kept in `extra` under its name ("refer:%+").
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.tags.dates import best_date, read_date
from litbase.formats.tags.names import people
from litbase.formats.tags.tagged import Block, Fields, Layout, State, readings
from litbase.formats.tags.values import (
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
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record

NAME = "refer"
SOURCE = "refer"
LABEL = "Refer (EndNote)"
VERSION = 1
RANK = 60

_LINE = re.compile(r"[ \t\ufeff]{0,8}%(?P<tag>[A-Z0-9*$@?!#&()+<>=\[\]^~\\])(?:[ \t](?P<value>.*)|$)")
_TAG = re.compile(r"^[ \t\ufeff]{0,8}%(?P<tag>[0ATDJBEIXKPUVN@])[ \t]+\S", re.M)
_MEETING = re.compile(r"\b(?:conference|proceedings|symposium|workshop|congress)\b", re.I)
_ARTICLE_NUMBER = re.compile(r"Artn\s+(?P<number>\S{1,30})")  # ISI: "%O Artn 034708"
_YEARBOOK = re.compile(r"\b(?:19|20)\d\d Proceedings$")  # AIS calls "PACIS 2017 Proceedings" a journal

# the types of %0, by how they begin, lower-cased; a type that is not here becomes a document of that genre
TYPES: Final[tuple[tuple[str, str, str], ...]] = (
    ("journal", "article-journal", ""), ("electronic article", "article-journal", ""),
    ("magazine", "article-journal", "Magazine article"), ("review", "article-journal", "Review"),
    ("newspaper", "article-newspaper", ""),
    ("book section", "chapter", ""), ("book chapter", "chapter", ""), ("electronic book section", "chapter", ""),
    ("encyclopedia", "chapter", "Encyclopedia entry"), ("dictionary", "chapter", "Dictionary entry"),
    ("serial", "book", ""), ("book", "book", ""), ("edited book", "book", ""), ("electronic book", "book", ""),
    ("ancient text", "book", "Ancient text"), ("classical work", "book", "Classical work"),
    ("pamphlet", "book", "Pamphlet"), ("catalog", "book", "Catalog"),
    ("conference", "paper-conference", ""), ("report", "report", ""), ("technical report", "report", ""),
    ("government document", "report", "Government document"), ("standard", "report", "Standard"),
    ("thesis", "thesis", ""), ("dissertation", "thesis", ""), ("blog", "webpage", "Blog post"),
    ("web page", "webpage", ""), ("electronic source", "webpage", ""), ("online", "webpage", ""),
    ("dataset", "dataset", ""), ("aggregated database", "dataset", "Database"), ("computer program", "software", ""),
    ("film", "motion_picture", "Film"), ("audiovisual", "motion_picture", ""), ("video", "motion_picture", ""),
    ("legal rule", "legislation", ""), ("statute", "legislation", "Statute"), ("bill", "legislation", "Bill"),
    ("case", "legislation", "Case"), ("hearing", "legislation", "Hearing"), ("generic", "document", ""),
)  # fmt: skip

_LAST: Final = frozenset(("%X", "%K", "%U", "%>", "%Z", "%<", "%R", "%@", "%G", "%["))
NUMBERED: Final = frozenset(("report", "thesis", "book", "document"))  # %N is their own number, not an issue's


def sniff(document: Document) -> int:
    """95 when its first lines are two of Refer's tags, 80 when there are three further down, else 0."""
    if document.binary or document.is_html or document.is_xml:
        return 0
    head = document.head.lstrip()
    if len(set(_TAG.findall(head))) < 2:
        return 0
    if _TAG.match(head) or head.startswith("%0"):
        return 95
    return 80 if len(set(_TAG.findall(head))) > 3 else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per record, its key the ERIC number or DOI where it has one."""
    yield from readings(document, LAYOUT, to_record)


def _split(line: str, before: str) -> tuple[str, str] | None:
    found = _LINE.match(line)
    return (f"%{found['tag']}", found["value"] or "") if found else None


def _begins(tag: str, state: State) -> bool:
    """A record begins behind a blank line, unless with what comes last in one, or with a second %0."""
    if tag == "%0" and "%0" in state.seen and len(state.seen) > 1:
        return True
    return not state.seen or (state.gap and tag not in _LAST)


LAYOUT: Final = Layout(name=NAME, split=_split, begins=_begins, prose=frozenset(("%X", "%Z", "%O", "%<")))


def to_record(block: Block) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a block, and what was odd about it; never raises."""
    fields = Fields(block, NAME)
    values: dict[str, Any] = _type(fields)
    type_ = values["type"]
    values["title"] = fields.text("%T") or fields.text("%!", "%Q")
    values |= _people(fields, values.pop("edited"))
    values |= _where(fields, type_)
    values |= _numbers(fields, type_)
    values |= _links(fields, type_, values)
    words, main = starred(subjects(fields.all("%K")))
    values |= {"descriptors": words if main else (), "major_descriptors": main, "keywords": () if main else words}
    values |= {"language": languages(fields.all("%G")), "abstract": fields.prose("%X")}
    said = read_notes(fields.all("%O", "%Z", "%<"), values["title"])
    values |= said | {"others": values["others"] or said.get("others", False)}
    values["extra"] = fields.rest()
    record = Record(**{name: value for name, value in values.items() if value})
    if not record.title:
        fields.notices.append(notice("no-title", "title", block.line))
    return record, tuple(fields.notices)


def _type(fields: Fields) -> dict[str, Any]:
    """Type and genre from %0 and %9; without %0, from what else there is."""
    stated = [plain(value) for value in fields.all("%0")]
    said = stated[-1] if stated else ""
    known = [row for row in TYPES if said.lower().startswith(row[0])]
    if said and known:
        _, type_, genre = max(known, key=lambda row: len(row[0]))
    elif said:
        type_, genre = "document", said
    else:
        type_, genre = _guessed(fields), ""
    if type_ == "article-journal" and "%V" not in fields and _YEARBOOK.search(plain("".join(fields.peek("%B", "%J")))):
        type_ = "paper-conference"
    kind = fields.text("%9")
    for more in fields.all("%9"):
        fields.keep("%9", more)
    if type_ in ("thesis", "document") and kind and (degree := thesis_genre(kind)) != kind:
        type_, kind = "thesis", degree
    if type_ == "paper-conference" and kind == "Proceedings":
        type_ = "book"
    return {"type": type_, "genre": kind or genre, "edited": said.lower().startswith("edited book")}


def _guessed(fields: Fields) -> str:
    """What a record without %0 is: classic refer tells by which lines there are.

    AIS's eLibrary holds journals and conferences; its papers may be in "Research Papers", and that is all it says.
    """
    within = plain(" ".join(fields.peek("%B")))
    if "%J" in fields or (within and ("%V" in fields or "%N" in fields)):
        return "article-journal"
    if within:
        held = _MEETING.search(within) or any("//aisel.aisnet.org/" in link for link in fields.peek("%U"))
        return "paper-conference" if held else "chapter" if "%I" in fields or "%P" in fields else "document"
    return "report" if "%R" in fields and not doi_in(fields.peek("%R")[0]) else "book" if "%I" in fields else "document"


def _people(fields: Fields, edited: bool) -> dict[str, Any]:
    """Authors and editors; an edited book has its editors as authors, classic refer its groups in %Q."""
    author, others = people(fields.all("%A"), spoken=True)
    if not author and "%T" not in fields and (group := fields.text("%Q")):
        author = people([f"{group},"])[0]
    editor, _ = people(fields.all("%E"), spoken=True)
    if edited and not editor:
        author, editor = (), author
    return {
        "author": author,
        "others": others,
        "editor": editor,
        "translator": people(fields.all("%?"), spoken=True)[0],
    }


def _where(fields: Fields, type_: str) -> dict[str, str]:
    """Container, series, event, publisher and place: %B is the series of a book or report, else what it is in."""
    journals = fields.peek("%J")
    found = {"publisher": fields.text("%I"), "publisher_place": fields.text("%C"), "event_title": ""}
    if type_ in ("book", "report"):
        found["container_title"] = fields.text("%J") if type_ == "report" else ""
        return found | {"collection_title": fields.text("%B", "%S", "%J")}
    found["container_title"] = fields.text("%B", "%J") if type_ not in ("article-journal",) else fields.text("%J", "%B")
    if len(journals) > 1:
        fields.keep("%J", *(value for value in journals if plain(value) != found["container_title"]))
        fields.all("%J")
    found["collection_title"] = fields.text("%S")
    return found


def _numbers(fields: Fields, type_: str) -> dict[str, Any]:
    dated = best_date([plain(value) for value in (*fields.peek("%D"), *fields.peek("%8"))])
    left = set(dated.left)
    for tag in ("%D", "%8"):
        fields.put(tag, [value for value in fields.all(tag) if plain(value) in left])
    accessed = next((date for date in map(read_date, fields.peek("%[")) if date), None)
    if accessed:
        fields.all("%[")
    given = serials(fields.all("%@"))
    issue, number = fields.text("%N"), ""
    if type_ in NUMBERED:
        issue, number = "", issue
    for value in fields.peek("%O"):
        if not number and (found := _ARTICLE_NUMBER.match(value)):
            number = found["number"]
            fields.put("%O", [other for other in fields.all("%O") if other != value])
    page = fields.text("%P")
    length = number_of_pages(page)
    if length is None and type_ in ("book", "thesis", "report") and page.isdecimal() and len(page) < 6:
        length = int(page)
    fields.keep("%@", *given.other)
    return {
        "issued": dated.date, "accessed": accessed, "volume": fields.text("%V"), "issue": issue, "number": number,
        "edition": fields.text("%7"), "page": "" if length else pages(page, ""), "number_of_pages": length,
        "issn": given.issn, "eissn": given.eissn, "isbn": given.isbn,
    }  # fmt: skip


def _links(fields: Fields, type_: str, values: dict[str, Any]) -> dict[str, Any]:
    """DOI, number of a report, address, citation key and accession number."""
    doi, rest = "", []
    for value in fields.all("%R"):
        doi, left = (doi_in(value) or doi, "") if doi_in(value) else (doi, value)
        rest += [left] if left else []
    number = values["number"]
    if rest and type_ == "report" and not number:
        number = plain(rest.pop(0))
    fields.keep("%R", *rest)
    found = links(fields.all("%U"), fields.all("%>"))
    fields.keep("%U", *found.left)
    eric = next((normal_eric(value) for value in fields.peek("%M") if normal_eric(value)), "")
    if eric:
        fields.text("%M")
        fields.put("%~", [value for value in fields.all("%~") if plain(value).upper() != "ERIC"])
    key = plain(next(iter(fields.peek("%F")), ""))
    if is_key(key) and re.search("[A-Za-z]", key):
        fields.text("%F")
    else:
        key = ""
    return {
        "doi": doi, "number": number, "url": found.url, "full_text_url": found.full_text, "eric": eric,
        "citation_key": key,
    }  # fmt: skip
