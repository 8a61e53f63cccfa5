"""Writer of JSON-LD in schema.org's words, one document for any number of works, and one node for a page to embed.

Sources: schema.org (ScholarlyArticle, PublicationIssue, PublicationVolume, Periodical, Chapter, Book,
OpinionNewsArticle, Event).  No "<" is written, so that the text can stand in a <script> element.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from litbase.formats.dublin_core import iso_date
from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, first_and_last, one_line, subjects
from litbase.record.identifiers import doi_link, eric_link
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record

CONTEXT: Final = "https://schema.org"
TYPES: Final = {
    "article-journal": "ScholarlyArticle", "paper-conference": "ScholarlyArticle", "chapter": "Chapter", "book": "Book",
    "proceedings": "Book", "opinion": "OpinionNewsArticle", "article-newspaper": "NewsArticle", "report": "Report",
    "thesis": "Thesis", "webpage": "WebPage", "dataset": "Dataset", "software": "SoftwareApplication",
    "motion_picture": "Movie", "legislation": "Legislation", "symposium": "Event",
}  # fmt: skip
"""Kind of a record -> type at schema.org; every other kind is a CreativeWork."""
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Node = dict[str, Any]


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One JSON-LD document whose "@graph" holds a node on each line, streamed."""
    before = f'{{"@context": "{CONTEXT}", "@graph": [\n'
    for record in records:
        yield before + text(node(record))
        before = ",\n"
    yield before + "]}\n" if before.startswith("{") else "\n]}\n"


def text(value: Node) -> str:
    """*value* as JSON on one line that can stand inside a <script> element.

    >>> text({"name": "</script>"})
    '{"name": "\\\\u003c/script\\\\u003e"}'
    """
    written = json.dumps(value, ensure_ascii=False)
    for character, escape in _ESCAPES.items():
        written = written.replace(character, escape)
    return written


def embedded(record: Record) -> str:
    """The node of *record* with its context, as the text of a <script type="application/ld+json"> element."""
    return text({"@context": CONTEXT, **node(record)})


def node(record: Record) -> Node:
    """The schema.org node of *record*; what is absent is left out."""
    type_ = TYPES.get(kind_of(record).name, "CreativeWork")
    shared = {
        "@type": type_,
        "@id": doi_link(record.doi) if record.doi else address(record.url),
        "name": one_line(record.title),
        "identifier": list(_identifiers(record)),
        "url": address(record.url),
        "sameAs": _links(record),
        "inLanguage": _single(list(record.language)),
        "keywords": list(subjects(record)),
    }
    return _filled(shared | (_event(record) if type_ == "Event" else _work(record, type_)))


def _work(record: Record, type_: str) -> Node:
    first, last = first_and_last(record.page)
    is_article = type_.endswith("Article")
    return {
        "headline": one_line(record.title)[:110] if is_article else "",
        "author": _people(record.author),
        "editor": _people(record.editor),
        "translator": _people(record.translator),
        "datePublished": iso_date(record.issued),
        "isPartOf": _container(record, is_article),
        "pageStart": first if last or first.isalnum() else "",
        "pageEnd": last,
        "pagination": f"{first}-{last}" if last else first,
        "numberOfPages": record.number_of_pages if type_ == "Book" else None,
        "bookEdition": one_line(record.edition) if type_ == "Book" else "",
        "isbn": _single(list(record.isbn)) if type_ == "Book" else "",
        "reportNumber": one_line(record.number) if type_ == "Report" else "",
        "inSupportOf": one_line(record.genre) if type_ == "Thesis" else "",
        "articleSection": one_line(record.section) if is_article else "",
        "publisher": _organisation(record.publisher, record.publisher_place),
        "sourceOrganization": _single([_organisation(name) for name in record.institution]),
        "funder": _single([_organisation(name) for name in record.sponsor]),
        "audience": _single([_filled({"@type": "Audience", "audienceType": one_line(a)}) for a in record.audience]),
        "educationalLevel": _single([one_line(level) for level in record.education_level]),
        "abstract": one_line(record.abstract),
        "encoding": _filled({"@type": "MediaObject", "contentUrl": address(record.full_text_url)}, 2),
        "recordedAt": _filled(
            {"@type": "Event", "name": one_line(record.event_title), "location": _place(record.event_place)}, 2
        ),
    }


def _event(record: Record) -> Node:
    """A contribution to a conference: an event of its own within the conference."""
    return {
        "description": one_line(record.abstract or record.contribution),
        "performer": _people(record.author),
        "organizer": _people(record.chair),
        "startDate": iso_date(record.issued),
        "location": _place(record.event_place),
        "superEvent": _filled({"@type": "Event", "name": one_line(record.event_title or record.container_title)}, 2),
        "additionalType": one_line(record.genre),
    }


def _container(record: Record, is_article: bool) -> Node | None:
    """What it is in: issue within volume within periodical, a book, or a series."""
    name, series = one_line(record.container_title), one_line(record.collection_title)
    whole: Node | None = None
    if name and kind_of(record).name in ("chapter", "paper-conference"):
        whole = _filled({"@type": "Book", "name": name, "isbn": _single(list(record.isbn)),
                         "isPartOf": _filled({"@type": "BookSeries", "name": series}, 2)}, 2)  # fmt: skip
    elif name:
        issn = list(dict.fromkeys(record.issn + record.eissn))
        type_ = "Newspaper" if record.type == "article-newspaper" else "Periodical" if is_article else "CreativeWork"
        whole = _filled({"@type": type_, "name": name, "issn": _single(issn)}, 2)
    elif series:
        whole = {"@type": "CreativeWorkSeries", "name": series}
    if volume := one_line(record.volume):
        whole = _filled({"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": whole})
    if (issue := one_line(record.issue)) and is_article:
        whole = _filled({"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": whole})
    return whole


def _people(names: Iterable[Name]) -> list[Node]:
    return [_filled(_person(name)) for name in names if one_line(str(name))]


def _person(name: Name) -> Node:
    if name.literal or not name.given:
        kind = "Organization" if " " in name.literal.strip() else "Person"  # one word: Madonna, OECD
        kind = "Organization" if name.literal.isupper() and name.literal.isascii() else kind
        return {"@type": kind, "name": one_line(str(name))}
    return {
        "@type": "Person",
        "name": one_line(name.display),
        "givenName": one_line(name.given),
        "familyName": one_line(name.surname),
        "honorificSuffix": one_line(name.suffix),
    }


def _organisation(name: str, place: str = "") -> Node | None:
    return _filled({"@type": "Organization", "name": one_line(name), "location": one_line(place)}, 2) if name else None


def _place(name: str) -> Node | None:
    return {"@type": "Place", "name": one_line(name)} if one_line(name) else None


def _identifiers(record: Record) -> Iterator[Node]:
    pairs = [("DOI", record.doi), ("ERIC", record.eric), *((s.upper(), v) for s, v in record.identifiers)]
    for scheme, value in pairs:
        if one_line(value) and not scheme.endswith("-RAW"):
            yield {"@type": "PropertyValue", "propertyID": scheme, "value": one_line(value)}


def _links(record: Record) -> Any:
    links = [doi_link(record.doi) if record.doi else "", eric_link(record.eric) if record.eric else ""]
    return _single([link for link in links if link and link != address(record.url)])


def _single(values: list[Any]) -> Any:
    """One value alone, several as a list; None for none."""
    kept = [value for value in values if value]
    return kept[0] if len(kept) == 1 else kept or None


def _filled(values: Node, least: int = 1) -> Any:
    """*values* without what is empty; None when fewer than *least* are left."""
    kept = {name: value for name, value in values.items() if value}
    return kept if len(kept) >= least else None
