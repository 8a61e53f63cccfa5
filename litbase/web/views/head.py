"""What a record's page says about it to reference managers and search engines: citation_* tags and JSON-LD.

Sources: the Highwire tags that Google Scholar and Zotero read, one
citation_author for each author; schema.org's ScholarlyArticle and its kin.
"""

from typing import Any, Final

from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views.parts import plain_title

SCHEMA: Final = {
    "article-journal": "ScholarlyArticle", "chapter": "Chapter", "symposium": "Article",
    "paper-conference": "ScholarlyArticle", "opinion": "OpinionNewsArticle", "article-newspaper": "NewsArticle",
    "book": "Book", "proceedings": "Book", "report": "Report", "thesis": "Thesis", "webpage": "WebPage",
    "dataset": "Dataset", "software": "SoftwareApplication", "motion_picture": "VideoObject",
    "legislation": "Legislation",
}  # fmt: skip
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
        *(("citation_author", _filed(name)) for name in record.author),
        *(("citation_editor", _filed(name)) for name in record.editor),
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


def json_ld(record: Record, links: Links) -> dict[str, Any]:
    """*record* in schema.org's words; what it lacks is left out."""
    kind = kind_of(record).name
    work = {
        "@context": "https://schema.org",
        "@type": SCHEMA.get(kind, "CreativeWork"),
        "@id": links.absolute(links.record(record.id)),
        "name": plain_title(record),
        "author": [_agent(name) for name in record.author],
        "editor": [_agent(name) for name in record.editor],
        "datePublished": _iso(record.issued),
        "isPartOf": _part_of(record, kind),
        "pagination": record.page,
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else "",
        "inLanguage": list(record.language),
        "isbn": list(record.isbn) if kind in ("book", "proceedings") else "",
        "sameAs": f"https://doi.org/{record.doi}" if record.doi else "",
        "about": [*record.descriptors, *record.keywords],
        "abstract": record.abstract,
    }
    return {name: value for name, value in work.items() if value}


def _part_of(record: Record, kind: str) -> dict[str, Any] | None:
    name = record.container_title
    if not name:
        return None
    issn = [*record.issn, *record.eissn]
    whole: dict[str, Any] = {"@type": "Book" if kind == "chapter" else "Periodical", "name": name}
    if kind == "chapter":
        return whole | ({"isbn": list(record.isbn)} if record.isbn else {})
    whole |= {"issn": issn} if issn else {}
    if record.volume:
        whole = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": whole}
    if record.issue:
        whole = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": whole}
    return whole


def _agent(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.literal else "Person", "name": name.display}


def _filed(name: Name) -> str:
    return str(name)


def _slashed(date: PartialDate | None) -> str:
    return _iso(date).replace("-", "/")


def _iso(date: PartialDate | None) -> str:
    """The beginning of *date* as far as it is a calendar date: a season gives the year."""
    if date is None:
        return ""
    parts = [f"{date.year:04d}"]
    if 1 <= date.month <= 12:
        parts += [f"{date.month:02d}", *([f"{date.day:02d}"] if date.day else [])]
    return "-".join(parts)
