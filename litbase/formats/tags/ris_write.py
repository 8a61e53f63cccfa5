"""Writer of RIS, with what its readers make of each tag in mind.

Sources: the RIS tag list; Zotero's RIS.js and JabRef's RisImporter.  JabRef reads
A2 as an author, so editors go into ED; it keeps the last of AN, IS and M1, so AN
comes first; it takes the year of an undated work from Y2, so that has none; Zotero
takes a report's SN for its number, so no ISBN goes there.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, first_and_last, one_line, subjects
from litbase.formats.tags.values import note_line
from litbase.record.dates import SEASONS, PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record

Line = tuple[str, str]

# what the container, the series and the publisher are called; RIS has other tags for each type
_CONTAINER: Final = {"JOUR": ("T2", "JO"), "CHAP": ("T2", "BT"), "CONF": ("C3",), "NEWS": ("T2",), "RPRT": ("T2",)}
# what a record read from RIS says beyond our fields, and no reader of it takes for something else
_AGAIN: Final = frozenset(("J2", "ST", "TT", "CN", "NV", "OP", "RI", "L2"))
_SERIES: Final = {"RPRT": "T2", "BOOK": "T2", "SER": "T2"}
_BOOKISH: Final = frozenset(("BOOK", "CHAP", "CONF"))


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """RIS records in UTF-8 text without a byte order mark, one string per record, a blank line between them."""
    between = ""
    for record in records:
        lines = ((tag, one_line(value)) for tag, value in _lines(record))
        yield between + "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"
        between = "\n"


def _lines(record: Record) -> Iterator[Line]:
    """Every line of one record but the last, in order; empty values are left out by the caller."""
    type_ = _type(record)
    yield "TY", type_
    yield "ID", record.citation_key or record.id
    yield "TI", record.title
    yield from (("AU", ris_name(name)) for name in record.author)
    yield from (("ED", ris_name(name)) for name in record.editor)
    yield from (("A4", ris_name(name)) for name in record.translator)
    yield from _where(record, type_)
    yield from _date(record.issued)
    yield "ET", record.edition
    yield "VL", record.volume
    yield from _accession(record)
    yield "IS", record.issue
    first, last = first_and_last(record.page)
    yield "SP", first or (str(record.number_of_pages or "") if type_ in ("BOOK", "THES", "RPRT") else "")
    yield "EP", last
    yield from _numbers(record, type_)
    yield "DO", record.doi
    yield "UR", address(record.url)
    yield "L1", address(record.full_text_url)
    yield from (("KW", word) for word in subjects(record))
    yield "AB", record.abstract
    yield "Y2", _slashed(record.accessed) if record.accessed and record.issued else ""
    yield from ((tag, value) for name, value in record.extra if (tag := name.removeprefix("ris:")) in _AGAIN)
    yield "LA", ", ".join(record.language)
    yield "N1", note_line(record)


def _type(record: Record) -> str:
    """The type of *record*; ERIC's serials are SER, which our kinds file with the books."""
    if record.type == "book" and any(name.startswith("Collected Works - Serial") for name in record.publication_type):
        return "SER"
    return kind_of(record).ris


def _accession(record: Record) -> Iterator[Line]:
    """The number a database knows it by: ERIC's, else PubMed's."""
    pmid = next((value for scheme, value in record.identifiers if scheme == "pmid"), "")
    if record.eric:
        yield from (("AN", record.eric), ("DB", "ERIC"), ("DP", "litbase"))
    elif pmid:
        yield from (("AN", pmid), ("DB", "PubMed"))


def ris_name(name: Name) -> str:
    """A name in RIS order, Family, Given, Suffix; a group without commas, which would part it.

    >>> ris_name(Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."))
    'de la Cruz, Juan, Jr.'
    """
    if name.literal:
        return name.literal.replace(",", "")
    if name.suffix and not name.given:
        return f"{name.surname}, , {name.suffix}"
    return str(name)


def _where(record: Record, type_: str) -> Iterator[Line]:
    yield from ((tag, record.container_title) for tag in _CONTAINER.get(type_, ("T2",)))
    if type_ == "CONF":
        yield "T2", record.event_title or record.container_title
        yield "C1", record.event_place or record.publisher_place
    series = _SERIES.get(type_, "T3")
    yield "T3" if series == "T2" and record.container_title else series, record.collection_title
    yield "SE", record.section
    yield "PB", record.publisher or (record.institution[0] if type_ == "RPRT" and record.institution else "")
    yield "CY", record.publisher_place
    yield "M3", "" if record.genre.startswith("10.") else record.genre  # JabRef takes an M3 like that for a DOI


def _date(date: PartialDate | None) -> Iterator[Line]:
    if date:
        yield "PY", f"{date.year:04d}"
        yield "DA", _slashed(date) if date.month else ""


def _slashed(date: PartialDate) -> str:
    """A date as YYYY/MM/DD/other; a season is other, and an interval its first day and other."""
    month = f"{date.month:02d}" if date.month not in SEASONS else ""
    other = date.display.replace("/", "-") if date.end or not month else ""
    other = other.removesuffix(f" {date.year}")
    return f"{date.year:04d}/{month}/{f'{date.day:02d}' if date.day else ''}/{other}"


def _numbers(record: Record, type_: str) -> Iterator[Line]:
    if type_ == "RPRT":
        yield "M1", record.number
        yield "SN", record.number
    elif type_ in _BOOKISH and record.isbn:
        yield "SN", " ".join(record.isbn)
    else:
        yield "SN", ", ".join(dict.fromkeys(record.issn + record.eissn)) or " ".join(record.isbn)
    if type_ != "RPRT":
        yield "C7" if type_ in ("JOUR", "NEWS") else "M1", record.number
