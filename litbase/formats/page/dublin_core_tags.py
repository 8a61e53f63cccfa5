"""What Dublin Core, PRISM and EPrints tags of a page say.

Sources: DCMI terms in HTML ("DC.Title", "dcterms.issued", with "." or ":" or "_"); how OJS ("DC.Source.Volume",
"DC.Identifier.DOI"), DSpace ("DC.contributor.author") and EPrints ("eprints.creators_name") refine them; PRISM 1.2.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from litbase.formats.degrees import degree
from litbase.formats.page.values import (
    MOST,
    Told,
    add_identifiers,
    first_date,
    first_of,
    names_of,
    page_of,
    without,
    words_of,
)
from litbase.record.identifiers import web_address
from litbase.record.text import squash

Meta = Mapping[str, Sequence[str]]
_NAME = re.compile(r"(dc|dct|dcterms|prism|eprints|eprint)[.:_](\w[\w.:-]{0,60})")
_SOURCE = re.compile(
    r"[;,\s]\s?(?:Vol(?:ume)?\.?\s?(?P<volume>[\w-]{1,12}+))?"
    r"(?:,?\s?(?:No\.?|Nr\.?|Issue|Núm\.?|n\.)?\s?(?P<issue>(?=[a-z/-]{0,9}\d)[\w/-]{1,12}+))?"
    r"\s?\((?P<year>\d{4})\)(?:[^;]{0,100}+;\s?(?P<page>[\w-]{1,20}))?", re.I
)  # fmt: skip
_TYPES: Final = (
    ("thesis", r"thes[ie]s|dissertation|tesis|tese|thèse"), ("chapter", r"book.?(?:part|chapter|section|item)|chapter"),
    ("paper-conference", r"conference.?(?:paper|object|item|poster)|proceedings.?(?:article|paper)|conferenceobject"),
    ("report", r"report|working.?paper|monograph|technical"), ("dataset", r"\bdata.?set"),
    ("article-newspaper", r"news"), ("article-journal", r"article|serial|preprint|text\.serial|review"),
    ("webpage", r"blog|web.?(?:page|site)|forum"), ("legislation", r"statute|legislation|\bbill\b|legal"),
    ("book", r"\bbook|\bbuch|\blivre|\blibro"), ("software", r"software|program\b"), ("manuscript", r"manuscript"),
    ("motion_picture", r"moving.?image|video|film"), ("song", r"sound|audio|recording"),
    ("graphic", r"still.?image|\bimage|photograph"), ("map", r"\bmap\b|cartograph"),
)  # fmt: skip
"""What the words of a type say, the most telling first."""


class Row(NamedTuple):
    """A field, the elements that state it (the first that is there wins) and what makes a value of their texts."""

    field: str
    elements: tuple[str, ...]
    make: Callable[[Sequence[str]], Any] = first_of


def _address(texts: Sequence[str]) -> str:
    return next(filter(None, map(web_address, texts)), "")


def _named(texts: Sequence[str]) -> str:
    """The first text that is no address, as some repositories give of what a work is in."""
    return next((text for text in texts if text.strip() and "://" not in text), "")


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(squash, texts))))[:MOST]


def _count(texts: Sequence[str]) -> int | None:
    return int(texts[0]) if texts and re.fullmatch(r"\d{1,5}", texts[0].strip()) else None


TABLE: Final = (
    Row("title", ("eprints.title", "dc.title", "dcterms.title", "prism.title")),
    Row("author", ("eprints.creators_name", "dc.creator.personalname", "dc.contributor.author", "dc.creator.author",
                   "dc.creator", "dcterms.creator", "dc.contributor", "dcterms.contributor"), names_of),
    Row("editor", ("eprints.editors_name", "dc.contributor.editor"), names_of),
    Row("translator", ("dc.contributor.translator",), names_of),
    Row("issued", ("eprints.date", "dc.date.issued", "dcterms.issued", "prism.publicationdate", "prism.coverdate",
                   "prism.publicationyear", "dc.date.published", "dc.date", "dcterms.date", "dcterms.created",
                   "dc.date.created"), first_date),
    Row("container_title", ("eprints.publication", "eprints.book_title", "prism.publicationname",
                            "dc.relation.ispartof", "dcterms.ispartof", "dc.source.title"), _named),
    Row("collection_title", ("eprints.series", "dc.relation.ispartofseries")),
    Row("volume", ("eprints.volume", "prism.volume", "dc.source.volume", "dc.citation.volume")),
    Row("issue", ("eprints.number", "prism.number", "prism.issueidentifier", "dc.source.issue", "dc.citation.issue")),
    Row("section", ("prism.section",)),
    Row("event_title", ("eprints.event_title", "prism.event")),
    Row("event_place", ("eprints.event_location",)),
    Row("publisher", ("eprints.institution", "eprints.publisher", "dc.publisher", "dcterms.publisher",
                      "prism.publisher")),
    Row("publisher_place", ("eprints.place_of_pub", "prism.location")),
    Row("number_of_pages", ("eprints.pages",), _count),
    Row("language", ("dc.language.iso", "dc.language", "dcterms.language"), _all),
    Row("keywords", ("eprints.keywords", "prism.keyword", "dc.subject", "dcterms.subject", "eprints.subjects"),
        words_of),
    Row("abstract", ("eprints.abstract", "dc.description.abstract", "dcterms.abstract", "dc.description",
                     "dcterms.description", "prism.teaser")),
    Row("full_text_url", ("eprints.document_url",), _address),
    Row("note", ("eprints.note",)),
    Row("sponsor", ("dc.contributor.sponsor", "eprints.funders"), _all),
)  # fmt: skip
_PAGES: Final = (("eprints.pagerange",), ("dc.identifier.pagenumber",), ("prism.startingpage", "prism.endingpage"),
                 ("dc.citation.spage", "dc.citation.epage"))  # fmt: skip
_IDENTIFIERS: Final = (
    "prism.doi", "dc.identifier.doi", "eprints.id_number", "prism.issn", "prism.isbn", "dc.source.issn", "eprints.issn",
    "eprints.isbn", "dc.identifier.isbn", "dc.identifier.issn", "dc.identifier.uri", "prism.url", "dc.identifier.url",
    "dc.identifier", "dcterms.identifier", "eprints.official_url",
)  # fmt: skip
_USED: Final = frozenset(
    (*(element for row in TABLE for element in row.elements), *(name for names in _PAGES for name in names),
     *_IDENTIFIERS, "prism.eissn", "dc.type", "dcterms.type", "eprints.type", "prism.genre", "eprints.thesis_type",
     "eprints.refereed", "dc.source", "eprints.creators_id", "eprints.userid", "eprints.eprintid", "eprints.dir",
     "eprints.status_changed", "eprints.metadata_visibility", "eprints.rev_number", "eprints.datestamp",
     "eprints.lastmod", "eprints.eprint_status", "eprints.full_text_status", "eprints.date_type", "eprints.ispublished",
     "eprints.citation")
)  # fmt: skip


def elements_of(meta: Meta) -> dict[str, list[str]]:
    """The elements of a page by their names in lower case, parted by dots: "dc.source.volume"; {} when it has none."""
    found: dict[str, list[str]] = {}
    for name, texts in meta.items():
        if told := _NAME.fullmatch(name):
            prefix = {"dct": "dcterms", "eprint": "eprints"}.get(told[1], told[1])
            found.setdefault(f"{prefix}.{told[2].replace(':', '.')}", []).extend(texts)
    return found


def told_by(meta: Meta) -> Told:
    """The fields that Dublin Core, PRISM and EPrints tags state, a title or not; {} when there are none."""
    elements = elements_of(meta)
    told: Told = {}
    for row in TABLE:
        values = (row.make(elements[name]) for name in row.elements if name in elements)
        told[row.field] = next(filter(None, values), "")
    told["page"] = next(filter(None, (_pages(elements, names) for names in _PAGES)), "")
    told = without(told)
    add_identifiers(told, [text for name in _IDENTIFIERS for text in elements.get(name, ())])
    if eissn := elements.get("prism.eissn"):
        told["eissn"] = tuple(eissn)
    told |= _kind(elements)
    told = {**_source(elements), **told}
    if (refereed := first_of(elements.get("eprints.refereed", ()))) and refereed.upper() in ("TRUE", "FALSE"):
        told["peer_reviewed"] = refereed.upper() == "TRUE"
    told["extra"] = tuple((name.replace(".", ":", 1), text) for name, texts in elements.items() if name not in _USED
                          for text in texts)[:MOST]  # fmt: skip
    return without(told)


def _pages(elements: Mapping[str, Sequence[str]], names: Sequence[str]) -> str:
    first, *last = (first_of(elements.get(name, ())) for name in names)
    return page_of(first, last[0] if last else "")


def _kind(elements: Mapping[str, Sequence[str]]) -> Told:
    """Type and genre by the words of the type elements; {} when they say none."""
    texts = [
        text for name in ("eprints.type", "dc.type", "dcterms.type", "prism.genre") for text in elements.get(name, ())
    ]
    words = " ".join(texts).replace("_", " ")[:500]
    genre = degree(f"{first_of(elements.get('eprints.thesis_type', ()))} {words}")
    type_ = next((name for name, pattern in _TYPES if re.search(pattern, words, re.I)), "")
    return without({"type": type_, "genre": genre if type_ == "thesis" else ""})


def _source(elements: Mapping[str, Sequence[str]]) -> Told:
    """Journal, volume, issue and pages of OJS's "Journal; Vol 9, No 1 (2011); 1-37"; {} for another sort of source."""
    for text in elements.get("dc.source", ()):
        text = squash(text)[:500]
        if (found := _SOURCE.search(text)) and (found["volume"] or found["issue"]):
            name = text[: found.start()].rstrip(" ;,")
            told = {"container_title": name, "volume": found["volume"], "issue": found["issue"]}
            return without({**told, "page": found["page"] or "", "issued": first_date([found["year"]])})
    return {}


def type_of(text: str) -> str:
    """The CSL type that words for a type say: "Journal Article", "info:eu-repo/semantics/bookPart"; "" for none.

    >>> type_of("info:eu-repo/semantics/bookPart"), type_of("newspaperArticle"), type_of("Text")
    ('chapter', 'article-newspaper', '')
    """
    return next((name for name, pattern in _TYPES if re.search(pattern, text[:200], re.I)), "")
