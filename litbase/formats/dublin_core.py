"""Writer of Dublin Core in the XML of OAI-PMH (oai_dc), one document for any number of works.

Sources: the fifteen elements of DCMES 1.1; oai_dc.xsd; the DCMI types; XML 1.0, fifth edition (which characters there
may be).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line, subjects
from litbase.record.dates import PartialDate
from litbase.record.identifiers import doi_link, eric_link
from litbase.record.kinds import kind_of
from litbase.record.pages import normal_pages
from litbase.record.record import Record

NAMESPACES: Final = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ '
    'http://www.openarchives.org/OAI/2.0/oai_dc.xsd"'
)
DCMI_TYPES: Final = {
    "dataset": "Dataset",
    "software": "Software",
    "motion_picture": "MovingImage",
    "symposium": "Event",
}
"""Kind of a record -> DCMI type; every other is a Text."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Statement = tuple[str, str]


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One XML document with an <oai_dc:dc> for each record, streamed."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n'
    for record in records:
        yield oai_dc(record)
    yield "</records>\n"


def oai_dc(record: Record) -> str:
    """The <oai_dc:dc> element of *record* with its namespaces, as OAI-PMH wants it in <metadata>."""
    lines = (
        f"  <dc:{name}>{escape(_ILLEGAL.sub('', value))}</dc:{name}>\n"
        for name, value in dict.fromkeys((name, one_line(value)) for name, value in statements(record))
        if value
    )
    return f"<oai_dc:dc {NAMESPACES}>\n{''.join(lines)}</oai_dc:dc>\n"


def statements(record: Record) -> Iterator[Statement]:
    """What Dublin Core says of *record* as (element, value), element by element; empty values may be among them."""
    yield "title", record.title
    yield from (("creator", str(name)) for name in record.author)
    yield from (("contributor", str(name)) for name in (*record.editor, *record.translator, *record.chair))
    yield from (("contributor", name) for name in (*record.institution, *record.sponsor))
    yield from (("subject", word) for word in subjects(record))
    yield "description", record.abstract
    yield "publisher", record.publisher
    yield "date", iso_date(record.issued)
    kind = kind_of(record)
    yield "type", DCMI_TYPES.get(kind.name, "Text")
    yield "type", kind.label
    yield "type", record.genre
    yield from (("type", name) for name in record.publication_type)
    yield "format", f"{record.number_of_pages} pages" if record.number_of_pages else ""
    yield from _identifiers(record)
    yield "source", source(record)
    yield from (("language", tag) for tag in record.language)
    yield "relation", record.collection_title
    yield "relation", address(record.full_text_url)
    yield from (("coverage", place) for place in record.places)


def _identifiers(record: Record) -> Iterator[Statement]:
    yield "identifier", address(record.url)
    yield "identifier", doi_link(record.doi) if record.doi else ""
    yield "identifier", f"doi:{record.doi}" if record.doi else ""
    yield "identifier", eric_link(record.eric) if record.eric else ""
    yield from (("identifier", f"urn:ISBN:{number}") for number in record.isbn)
    yield from (("source", f"urn:ISSN:{number}") for number in dict.fromkeys(record.issn + record.eissn))
    for scheme, value in record.identifiers:
        yield "identifier", f"{scheme}:{value}" if not scheme.endswith("-raw") else ""


def source(record: Record) -> str:
    """What it is in, as a line: "Journal of Educational Change, volume 20, issue 3, pages 327-350"; "" for nothing."""
    page = normal_pages(one_line(record.page))
    named = (
        record.container_title or record.event_title,
        record.volume and f"volume {record.volume}",
        record.issue and f"issue {record.issue}",
        record.number and f"number {record.number}",
        page and f"{'page' if page.isalnum() else 'pages'} {page}",
    )
    return ", ".join(filter(None, map(one_line, named)))


def iso_date(date: PartialDate | None) -> str:
    """The date in W3C's profile of ISO 8601, which has no seasons; of a range the beginning; "" for none."""
    if date is None:
        return ""
    parts = (date.year, date.month if date.month <= 12 else 0, date.day)
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:] if part)])
