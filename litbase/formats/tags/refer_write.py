"""Writer of Refer, EndNote's import format (.enw).

Sources: EndNote's "%0" types and tags; Zotero's Refer/BibIX translator and JabRef's
EndnoteImporter.  A group has EndNote's comma behind it; keywords are lines of their own;
no value begins a line with a percent sign, for none has a second line.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line, subjects
from litbase.formats.tags.refer import NUMBERED
from litbase.formats.tags.values import note_line
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.record import Record

Line = tuple[str, str]

TYPES: Final = {
    "article-journal": "Journal Article", "article-newspaper": "Newspaper Article", "opinion": "Newspaper Article",
    "book": "Book", "proceedings": "Conference Proceedings", "chapter": "Book Section",
    "paper-conference": "Conference Paper", "symposium": "Conference Paper", "report": "Report", "thesis": "Thesis",
    "webpage": "Web Page", "dataset": "Dataset", "software": "Computer Program",
    "motion_picture": "Audiovisual Material", "legislation": "Legal Rule or Regulation",
}  # fmt: skip
_SERIES_IN_B: Final = frozenset(("book", "report"))


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """Refer records in UTF-8 text, one string per record, a blank line between them."""
    between = ""
    for record in records:
        lines = ((tag, one_line(value)) for tag, value in _lines(record))
        yield between + "".join(f"%{tag} {value}\n" for tag, value in lines if value)
        between = "\n"


def _lines(record: Record) -> Iterator[Line]:
    """Every line of one record, its type first; empty values are left out by the caller."""
    kind = kind_of(record)
    yield "0", TYPES.get(kind.name, "Generic")
    yield "T", record.title
    yield from (("A", _name(name)) for name in record.author)
    yield from (("E", _name(name)) for name in record.editor)
    yield from (("?", _name(name)) for name in record.translator)
    yield from _where(record)
    yield "D", f"{record.year:04d}" if record.year else ""
    yield "8", _day(record.issued)
    yield "V", record.volume
    numbered = kind.csl in NUMBERED or record.type in NUMBERED
    yield "N", record.number if numbered else record.issue
    yield "O", f"Artn {record.number}" if record.number and not numbered else ""
    page = normal_pages(one_line(record.page))
    yield "P", page or (f"{record.number_of_pages} p" if record.number_of_pages else "")
    yield "7", record.edition
    yield "9", record.genre
    yield from (("@", number) for number in dict.fromkeys((*record.isbn, *record.issn, *record.eissn)))
    yield "R", record.doi
    yield "U", address(record.url)
    yield ">", address(record.full_text_url)
    yield from (("M", record.eric), ("~", "ERIC" if record.eric else ""))
    yield from (("K", word) for word in subjects(record))
    yield "X", record.abstract
    yield "G", ", ".join(record.language)
    yield "[", _when(record.accessed)
    yield "F", record.citation_key or record.id
    yield "Z", note_line(record)


def _where(record: Record) -> Iterator[Line]:
    if record.type in _SERIES_IN_B:
        yield "B", record.collection_title or (record.container_title if record.type == "book" else "")
        yield "J", record.container_title if record.type == "report" else ""
    else:
        yield "J" if record.type == "article-journal" else "B", record.container_title or record.event_title
        yield "S", record.collection_title
    publisher = record.publisher or (record.institution[0] if record.type == "report" and record.institution else "")
    yield from (("I", publisher), ("C", record.publisher_place))


def _name(name: Name) -> str:
    if name.literal:
        return name.literal.replace(",", "") + ("," if " " in name.literal else "")
    return f"{name.surname}, , {name.suffix}" if name.suffix and not name.given else str(name)


def _day(date: PartialDate | None) -> str:
    """More than the year of a date, in words: "August 2019", "25 February 2016"."""
    return date.display if date and (date.month or date.end) else ""


def _when(date: PartialDate | None) -> str:
    return date.display if date else ""
