"""What columns are called: one table of the headers of many programs, and the fields they are here.

Sources: exports of Scopus, Web of Science, IEEE Xplore, PubMed, Springer, Embase, EBSCO, ProQuest, Dimensions, Lens,
OpenAlex, Google Scholar, Publish or Perish, Zotero, JabRef, EndNote, Rayyan, Covidence and ASReview.  Headers are
compared without case, blanks and punctuation: "Source title", "source_title" and "sourceTitle" are one.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from litbase.record.text import fold

COLUMNS: Final = (
    ("id", "id"), ("citation-key", "citation_key"), ("type", "type"), ("genre", "genre"), ("author", "author"),
    ("issued", "issued"), ("title", "title"), ("container-title", "container_title"),
    ("collection-title", "collection_title"), ("section", "section"), ("volume", "volume"), ("issue", "issue"),
    ("page", "page"), ("number", "number"), ("number-of-pages", "number_of_pages"), ("edition", "edition"),
    ("editor", "editor"), ("translator", "translator"), ("publisher", "publisher"),
    ("publisher-place", "publisher_place"), ("event-title", "event_title"), ("event-place", "event_place"),
    ("session", "session"), ("DOI", "doi"), ("ERIC", "eric"), ("ISBN", "isbn"), ("ISSN", "issn"), ("eISSN", "eissn"),
    ("identifiers", "identifiers"), ("URL", "url"), ("full-text", "full_text_url"), ("accessed", "accessed"),
    ("language", "language"), ("peer-reviewed", "peer_reviewed"), ("descriptors", "descriptors"),
    ("keyword", "keywords"), ("publication-type", "publication_type"), ("education-level", "education_level"),
    ("audience", "audience"), ("places", "places"), ("abstract", "abstract"), ("note", "note"),
)  # fmt: skip
"""The columns our own tables have, named as in CSL where CSL has a name, and the Record field of each."""

FIELDS: Final = {
    "title": (
        "title article-title document-title item-title paper-title primary-title ti titel titulo titre display-name"
    ),
    "author": (
        "author-full-names authors-full-names author authors author-names authors-names author-name authors-list "
        "author-list authorships-author-display-name au creator creators contributors first-authors all-authors autor "
        "autoren autores auteur auteurs verfasser"
    ),
    "editor": "editor editors book-editors book-editor secondary-authors secondary-author herausgeber",
    "translator": "translator translators",
    "container": (
        "container-title journal journal-title journal-name source-title publication-title journal-book pubtitle "
        "secondary-title publication-name publication primary-location-source-display-name full-title "
        "host-venue-display-name periodical periodical-title magazine newspaper website-title blog-title zeitschrift "
        "revista revue venue"
    ),
    "booktitle": "book-title anthology-title proceedings-title encyclopedia-title dictionary-title",
    "source": "source so",
    "citation": "citation",
    "series": "collection-title series series-title book-series-title book-series series-name tertiary-title",
    "volume": "volume vol journal-volume volume-number biblio-volume band volumen",
    "issue": "issue issue-number issue-no journal-issue biblio-issue heft",
    "number": "number report-number",
    "article_number": "art-no article-number article-no",
    "page": "page pages pagination page-range page-numbers pp seiten paginas",
    "first_page": "start-page page-start first-page first-pg biblio-first-page spage begin-page",
    "last_page": "end-page page-end last-page last-pg biblio-last-page epage",
    "page_count": "number-of-pages num-pages page-count page-total total-pages",
    "edition": "edition auflage",
    "publisher": "publisher publisher-name verlag editorial",
    "school": "school university institution organization",
    "place": (
        "publisher-place place publisher-location publisher-city pub-place place-published place-of-publication "
        "publication-place address location city"
    ),
    "issued": (
        "issued date publication-date date-of-publication published-date pub-date date-published cover-date "
        "publication-date-print publication-date-online online-date issue-date"
    ),
    "year": "year publication-year pub-year published-year year-published year-of-publication py jahr ano annee",
    "month": "month published-month publication-month monat",
    "day": "day",
    "doi": (
        "doi item-doi digital-object-identifier doi-number electronic-resource-number electronic-resource-num ids-doi "
        "doi-link"
    ),
    "url": (
        "url urls item-url article-url document-url link links permalink plink persistent-link source-urls "
        "landing-page-url primary-location-landing-page-url external-url uri pdf-link"
    ),
    "full_text": "full-text full-text-url pdf-url primary-location-pdf-url",
    "isbn": "isbn isbns eisbn print-isbn electronic-isbn",
    "issn": "issn issns print-issn pissn",
    "eissn": "eissn electronic-issn online-issn",
    "pmid": "pmid pubmed-id pubmed medline-pmid ids-pmid",
    "pmcid": "pmcid pmc-id ids-pmcid",
    "arxiv": "arxiv-id arxiv",
    "eric": "eric eric-number eric-id accession-number accession-no an",
    "identifiers": "identifiers",
    "language": "language languages language-of-original-document language-of-article sprache idioma langue",
    "abstract": "abstract abstract-note notes-abstract description summary zusammenfassung resumen resume ab",
    "keywords": (
        "keyword keywords author-keywords keywords-author index-keywords keywords-plus manual-tags automatic-tags "
        "tags subjects subject subject-terms mesh-terms mesh-headings mesh-heading ieee-terms inspec-controlled-terms "
        "inspec-non-controlled-terms emtree-drug-index-terms-major-focus emtree-drug-index-terms "
        "emtree-medical-index-terms-major-focus emtree-medical-index-terms keywords-display-name "
        "concepts-display-name fields-of-study classification schlagworte"
    ),
    "descriptors": "descriptors",
    "note": "note notes annotation annote comments",
    "extra": "extra",
    "type": (
        "item-type document-type publication-type content-type reference-type type-of-reference type doctype "
        "article-type bibliography-type entry-type resource-type kind category document-identifier"
    ),
    "genre": "genre",
    "event_title": "event-title conference-name conference-title meeting-name conference event event-name",
    "event_place": "event-place conference-location conference-place meeting-place meeting-location",
    "citation_key": "citation-key cite-key bibtex-key bibkey",
    "accessed": "accessed access-date date-accessed",
    "section": "section",
}
"""Field -> the headers that mean it, the best first."""
_WOS: Final = {
    "AF": "author", "AU": "author", "BE": "editor", "TI": "title", "SO": "container", "SE": "series", "VL": "volume",
    "IS": "issue", "BP": "first_page", "EP": "last_page", "AR": "article_number", "PG": "page_count", "DI": "doi",
    "AB": "abstract", "DE": "keywords", "ID": "keywords", "SN": "issn", "EI": "eissn", "BN": "isbn", "DT": "type",
    "PT": "type", "PU": "publisher", "PI": "place", "LA": "language", "PM": "pmid", "CT": "event_title",
    "CL": "event_place", "PY": "year", "PD": "issued",
}  # fmt: skip
"""Web of Science's field tags, which are headers of its tab-delimited files."""
_WOS_ORDER: Final = tuple(_WOS)
_SQUEEZE = re.compile(r"[^a-z0-9]+")
NUMBERED: Final = frozenset("author editor keywords".split())
"""Fields that tables spread over several columns, "Author 1", "Author 2"."""
TELLING: Final = frozenset("title doi pmid".split())
"""Fields one of which a table of references has."""
COMMON: Final = frozenset("number day note type section url place source eric description extra genre".split())
"""Fields whose headers many other tables have too; they make no table one of references."""


class Column(NamedTuple):
    """A column: its place, its header as it stands, the field it is ("" for none), and how good a header of it."""

    place: int
    header: str
    field: str
    rank: int


def squeezed(header: str) -> str:
    """*header* as headers are compared.

    >>> squeezed("Author(s)"), squeezed("source_title"), squeezed("Título")
    ('authors', 'sourcetitle', 'titulo')
    """
    return _SQUEEZE.sub("", fold(header))


_KNOWN: Final = {
    squeezed(name): (field, rank) for field, names in FIELDS.items() for rank, name in enumerate(names.split())
}


def columns(names: Iterable[str]) -> list[Column]:
    """The columns that *names* head, in order."""
    names = list(names)
    tags = sum(name in _WOS for name in names) > 4 and "TI" in names
    found = []
    for place, name in enumerate(names):
        if tags and name in _WOS:
            field, rank = _WOS[name], _WOS_ORDER.index(name)
        else:
            field, rank = _KNOWN.get(squeezed(name), ("", 0))
            if not field and (base := _KNOWN.get(squeezed(name).rstrip("0123456789"))) and base[0] in NUMBERED:
                field, rank = base
        found.append(Column(place, name, field, rank))
    return found


def known(names: list[str]) -> int:
    """How many of *names* head fields of references; 0 for too few: below two with one of TELLING, else below five."""
    fields = {column.field for column in columns(names)} - {""}
    sure = len(fields - COMMON)
    return sure if sure >= (5 if TELLING.isdisjoint(fields) else 2) else 0


def is_own(names: list[str]) -> bool:
    """Whether *names* head a table that our own writer made."""
    return names == [name for name, _ in COLUMNS]
