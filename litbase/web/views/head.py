"""What a record's page says about it to reference managers and search engines: citation_* tags and JSON-LD.

Sources: the Highwire tags that Google Scholar and Zotero read, one
citation_author for each author; JSON-LD as `formats.jsonld` writes it.
"""

from typing import Final

from litbase.formats import jsonld
from litbase.formats.dublin_core import iso_date
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views.parts import plain_title

CONTAINER: Final = {
    "article-journal": "citation_journal_title", "article-newspaper": "citation_journal_title",
    "opinion": "citation_journal_title", "chapter": "citation_inbook_title",
    "paper-conference": "citation_conference_title", "symposium": "citation_conference_title",
}  # fmt: skip
PUBLISHER: Final = {"thesis": "citation_dissertation_institution", "report": "citation_technical_report_institution"}


def citation_tags(record: Record, links: Links) -> tuple[tuple[str, str], ...]:
    """The citation_* tags of *record* as (name, content), authors one by one, nothing empty."""
    kind = kind_of(record).name
    first, _, last = record.page.partition("-")
    container = record.container_title or (record.event_title if record.type == "paper-conference" else "")
    tags = [
        ("citation_title", plain_title(record)),
        *(("citation_author", str(name)) for name in record.author),
        *(("citation_editor", str(name)) for name in record.editor),
        ("citation_publication_date", _slashed(record.issued)),
        (CONTAINER.get(kind, "citation_journal_title"), container),
        ("citation_volume", record.volume),
        ("citation_issue", record.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        *(("citation_issn", value) for value in (*record.issn, *record.eissn)),
        *(("citation_isbn", value) for value in record.isbn),
        ("citation_doi", record.doi),
        (PUBLISHER.get(kind, "citation_publisher"), record.publisher),
        ("citation_language", record.language[0] if record.language else ""),
        ("citation_keywords", "; ".join((*record.descriptors, *record.keywords))),
        ("citation_abstract_html_url", links.absolute(links.record(record.id))),
    ]
    return tuple((name, content) for name, content in tags if content)


def json_ld(record: Record, links: Links) -> jsonld.Node:
    """*record* in schema.org's words, known by the address of its page here."""
    return {"@context": jsonld.CONTEXT, **jsonld.node(record), "@id": links.absolute(links.record(record.id))}


def _slashed(date: PartialDate | None) -> str:
    return iso_date(date).replace("-", "/")
