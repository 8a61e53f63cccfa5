"""What people read instead of a stored value: "Book chapter" for chapter, "English" for en, "ERIC" for eric."""

from collections.abc import Mapping

from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.record import field_help
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
    "typed": "Typed in",
}
AVAILABILITY = {"fulltext": "Full text", "link": "Has a link", "doi": "Has a DOI", "abstract": "Has an abstract"}
PROBLEMS = {
    "missing-title": "No title",
    "missing-author": "No author",
    "missing-source": "No journal, book or conference",
    "missing-publisher": "No publisher",
    "missing-year": "No year",
    "missing-link": "No link",
    "missing-volume": "No volume",
    "missing-pages": "No pages",
    "missing-doi": "No DOI",
    "title-inferred": "Title worked out",
    "container-inferred": "Journal worked out from its ISSN",
    "date-inferred-problem": "Date worked out",
    "year-future": "Year in the future",
    "year-odd": "Year hardly right",
    "page-odd": "Pages that are no pages",
    "page-form": "Pages in another form",
    "page-backwards": "Pages backwards",
    "pages-disagree": "Number of pages and pages disagree",
    "doi-form": "DOI that is none",
    "isbn-wrong": "ISBN with a wrong check digit",
    "issn-wrong": "ISSN with a wrong check digit",
    "orcid-wrong": "ORCID with a wrong check digit",
    "identifier-form": "Identifier in another form",
    "key-form": "Citation key that BibTeX cannot take",
    "url-scheme": "Link that is no web address",
    "url-bare": "Link without http://",
    "shouting-title": "Title in capitals",
    "shouting-name": "Name in capitals",
    "name-odd": "Name that is not one name",
    "entity-left": "HTML entities left",
    "edit-contradicted": "A source contradicts an editor",
    "descriptor-unknown": "Descriptor not in the thesaurus",
    "descriptor-renamed": "Descriptor under a former name",
    "descriptor-form": "Descriptor in another spelling",
}
IDENTIFIERS = {
    "arxiv": "arXiv",
    "isbn-raw": "ISBN, as it is printed",
    "issn-raw": "ISSN, as it is printed",
    "orcid": "ORCID",
    "pmcid": "PMCID",
    "pmid": "PMID",
}
FIELDS = {name: label for name, label, _, _ in field_help()}
RUNS = {
    "add": "Files added",
    "bulk-edit": "Bulk edit",
    "harvest": "Harvest",
    "import": "Import",
    "keys": "New citation keys",
    "mend": "Mending",
    "references": "Reference list",
    "typed": "Added by hand",
    "undo": "Undoing of a run",
    "variants": "Names joined or separated",
}
PEER_REVIEWED = {"yes": "Peer reviewed", "no": "Not peer reviewed"}


_TABLES: Mapping[str, Mapping[str, str]] = {
    "type": {name: kind.label for name, kind in KINDS.items()},
    "collection": COLLECTIONS,
    "availability": AVAILABILITY,
    "peer_reviewed": PEER_REVIEWED,
    "problem": PROBLEMS,
    "run": RUNS,
    "identifier": IDENTIFIERS,
    "field": FIELDS,
    "year": {"": "Undated"},
}


def value_label(field: str, value: str) -> str:
    """What people read for *value* of the facet *field*, or of a "run", "field" or "identifier"; else itself."""
    if field == "language":
        return language_name(value) or value
    return _TABLES.get(field, {}).get(value, value)
