"""Writer of MEDLINE's tagged format (.nbib), as the importers of PubMed's files want it.

Sources: the list of MEDLINE/PubMed elements; Zotero's MEDLINE/nbib translator, JabRef's
MedlinePlainImporter, EndNote's PubMed filter.  Each record begins with a PMID line,
empty where there is none, for JabRef and bibutils tell the format and its records by
it; a group is written with EndNote's comma behind it, for none of them reads CN as an
author; a book has its publisher in JT too, where Zotero looks for it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line
from litbase.formats.tags.values import note_line
from litbase.record.dates import MONTHS, SEASONS, PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.record import Record
from litbase.vocabulary.tables import LANGUAGES, language_tag

Line = tuple[str, str]

# the publication type that MEDLINE has for a kind; the last five only we read
TYPES: Final = {
    "article-journal": "Journal Article", "article-newspaper": "Newspaper Article", "opinion": "Newspaper Article",
    "book": "Book", "proceedings": "Proceedings", "chapter": "Book Chapter", "paper-conference": "Congress",
    "symposium": "Congress", "report": "Technical Report", "thesis": "Academic Dissertation", "webpage": "Web Page",
    "dataset": "Dataset", "software": "Software", "motion_picture": "Video-Audio Media", "legislation": "Legislation",
    "document": "Document",
}  # fmt: skip
_CODES: Final = {tag: codes.split()[0] for tag, _, _, codes in LANGUAGES}


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """MEDLINE records in UTF-8 text, one string per record, a blank line between them; no value is wrapped."""
    between = ""
    for record in records:
        lines = ((tag, one_line(value)) for tag, value in _lines(record))
        yield between + "".join(f"{tag:<4}- {value}\n" for tag, value in lines if value or tag == "PMID")
        between = "\n"


def _lines(record: Record) -> Iterator[Line]:
    """Every line of one record in MEDLINE's order; empty values are left out by the caller."""
    numbers = dict(reversed(record.identifiers))
    yield "PMID", numbers.get("pmid", "") if numbers.get("pmid", "").isdecimal() else ""
    yield "OWN", "ERIC" if record.eric else ""
    yield from (("IS", f"{issn} (Print)") for issn in record.issn)
    yield from (("IS", f"{issn} (Electronic)") for issn in record.eissn)
    yield from (("ISBN", isbn) for isbn in record.isbn)
    yield from (("VI", record.volume), ("IP", record.issue), ("DP", medline_date(record.issued)))
    yield "TI", record.title
    yield from _where(record)
    page = normal_pages(one_line(record.page))
    yield "PG", page or (f"{record.number_of_pages} p" if record.number_of_pages else "")
    yield "LID", f"{record.doi} [doi]" if record.doi else ""
    yield "LID", record.number
    yield "LID", address(record.url)
    yield "AB", record.abstract
    yield from _people("FAU", "AU", record.author)
    yield from _people("FED", "ED", record.editor)
    yield from (("LA", _CODES.get(language_tag(name), name)) for name in record.language)
    yield from (("GR", grant) for grant in record.grants)
    yield "PT", TYPES.get(kind_of(record).name, "")
    yield from (("PT", name) for name in record.publication_type)
    yield "EN", record.edition
    yield "GN", note_line(record)
    yield from _subjects(record)
    yield "PMC", numbers.get("pmcid", "")
    yield "OID", record.eric
    yield "AID", f"{record.doi} [doi]" if record.doi else ""
    if record.type == "thesis" and record.publisher:
        yield "SO", f"{record.genre or 'Dissertation'}, {record.publisher}"


def _where(record: Record) -> Iterator[Line]:
    publisher = record.publisher or (record.institution[0] if record.type == "report" and record.institution else "")
    if record.type == "book":
        yield from (("BTI", record.title), ("JT", publisher))
    elif record.type == "chapter":
        yield "BTI", record.container_title
    else:
        yield "JT", record.container_title or record.event_title
    yield from (("CTI", record.collection_title), ("PB", publisher), ("PL", record.publisher_place))


def _subjects(record: Record) -> Iterator[Line]:
    """ERIC's descriptors and free words, each group under the name of its owner."""
    for owner, words in (("ERIC", record.descriptors), ("NOTNLM", record.keywords)):
        if any(words):
            yield "OTO", owner
            yield from (("OT", word) for word in words)


def _people(full: str, short: str, names: Iterable[Name]) -> Iterator[Line]:
    for name in names:
        yield full, full_name(name)
        yield short, short_name(name)


def full_name(name: Name) -> str:
    """A name in MEDLINE's order, "Cruz, Juan Jr"; a group, or a single name, with a comma behind it.

    >>> full_name(Name(family="Cruz", given="Juan", particle="de la", suffix="Jr.")), full_name(Name(literal="OECD"))
    ('de la Cruz, Juan Jr.', 'OECD,')
    """
    given = f"{name.given} {name.suffix}".strip()
    surname = one_line(name.surname).replace(",", "")
    return f"{surname}, {given}" if given else f"{surname},"


def short_name(name: Name) -> str:
    """A name as MEDLINE shortens it, "de la Cruz J Jr"; a group as it stands."""
    initials = "".join(word[0] for word in name.given.replace("-", " ").split() if word[0].isalpha())
    return " ".join(filter(None, (name.surname.replace(",", ""), initials.upper(), name.suffix.rstrip("."))))


def medline_date(date: PartialDate | None) -> str:
    """A date with the year first: "1996 Jul 9", "2018 Spring", "2010 Jan-Feb"; "" for None.

    >>> medline_date(PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2)))
    '2010 Jan-Feb'
    """
    if date is None:
        return ""
    first = " ".join(filter(None, (f"{date.year:04d}", _month(date.month), str(date.day or ""))))
    end = date.end
    if end is None:
        return first
    if end.year != date.year:
        same = end.month == date.month and date.month > 12
        return f"{date.year:04d}-{end.year:04d} {_month(date.month)}" if same else f"{first}-{medline_date(end)}"
    return f"{first}-{end.day}" if end.month == date.month else f"{first}-{_month(end.month)}"


def _month(number: int) -> str:
    return MONTHS[number - 1][:3] if 1 <= number <= 12 else SEASONS.get(number, "")
