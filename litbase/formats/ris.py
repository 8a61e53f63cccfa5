"""Writer of RIS, with what its readers make of each tag in mind.

Sources: the RIS tag list; Zotero's RIS.js and JabRef's RisImporter.  JabRef reads
A2 as an author, so editors go into ED; it keeps the last of AN, IS and M1, so AN
comes first; Zotero takes a report's SN for its number, so no ISBN goes there.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, first_and_last, one_line, sentences, subjects
from litbase.record.dates import SEASONS, PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record

Line = tuple[str, str]

# what the container, the series and the publisher are called; RIS has other tags for each type
_CONTAINER: Final = {"JOUR": ("T2", "JO"), "CHAP": ("T2", "BT"), "CONF": ("C3",), "NEWS": ("T2",), "RPRT": ("T2",)}
_SERIES: Final = {"JOUR": "T3", "CHAP": "T3", "RPRT": "T2", "BOOK": "T2", "CONF": "T3", "NEWS": "T3"}
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
    type_ = kind_of(record).ris
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
    if record.eric:
        yield "AN", record.eric
        yield "DB", "ERIC"
        yield "DP", "litbase"
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
    yield "LA", ", ".join(record.language)
    yield (
        "N1",
        sentences(
            record.note,
            record.session and f"Session: {record.session}",
            record.network and f"Network: {record.network}",
            "Further authors are not named" if record.others else "",
        ),
    )


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
    if series := _SERIES.get(type_, "T3"):
        yield series, "" if series == "T2" and record.container_title else record.collection_title
    yield "SE", record.section
    yield "PB", record.publisher or (record.institution[0] if type_ == "RPRT" and record.institution else "")
    yield "CY", record.publisher_place
    yield "M3", "" if record.genre.startswith("10.") else record.genre  # JabRef takes an M3 like that for a DOI


def _date(date: PartialDate | None) -> Iterator[Line]:
    if date is None:
        return
    yield "PY", f"{date.year:04d}"
    if date.month in SEASONS:
        yield "DA", f"{date.year:04d}///{SEASONS[date.month]}"
    elif date.month:
        yield "DA", f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/"


def _numbers(record: Record, type_: str) -> Iterator[Line]:
    if type_ == "RPRT":
        yield "M1", record.number
        yield "SN", record.number
    elif type_ in _BOOKISH and record.isbn:
        yield "SN", " ".join(record.isbn)
    else:
        yield "SN", ", ".join(dict.fromkeys(record.issn + record.eissn)) or " ".join(record.isbn)
    if type_ != "RPRT":
        yield "C7" if type_ == "JOUR" else "M1", record.number
