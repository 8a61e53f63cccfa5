"""What people read instead of a stored value: "Book chapter" for chapter, "English" for en, "ERIC" for eric."""

from litbase.record.kinds import BY_NAME as KINDS
from litbase.vocabulary.tables import language_name

COLLECTIONS = {
    "eric": "ERIC",
    "vufind": "Library catalogue",
    "ecer": "ECER programme",
    "edweek": "Education Week",
    "bibtex": "BibTeX file",
    "jsonl": "litbase export",
    "crossref": "Crossref",
    "datacite": "DataCite",
    "openlibrary": "Open Library",
    "oai": "Repository (OAI-PMH)",
    "reference-list": "Reference list",
    "cited": "Cited works",
}
AVAILABILITY = {"fulltext": "Full text", "link": "Has a link", "doi": "Has a DOI", "abstract": "Has an abstract"}
PEER_REVIEWED = {"yes": "Peer reviewed", "no": "Not peer reviewed"}


def value_label(field: str, value: str) -> str:
    """What people read for *value* of the facet *field*; the value itself where it is already readable."""
    match field:
        case "type":
            return KINDS[value].label if value in KINDS else value
        case "language":
            return language_name(value) or value
        case "collection":
            return COLLECTIONS.get(value, value)
        case "availability":
            return AVAILABILITY.get(value, value)
        case "peer_reviewed":
            return PEER_REVIEWED.get(value, value)
        case "year":
            return value or "Undated"
    return value
