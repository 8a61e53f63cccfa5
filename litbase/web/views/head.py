"""What a record's page says about it to reference managers and search engines, in its head and in a Link header.

Sources: the Highwire tags that Google Scholar and Zotero read, of which the name of what a work is in decides its type
(Zotero takes the last it meets); Dublin Core in HTML; the Open Graph protocol; JSON-LD as `formats.jsonld` writes it;
FAIR Signposting, level 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from litbase.formats import FORMATS, coins, jsonld
from litbase.formats.dublin_core import iso_date, statements
from litbase.formats.plain import address, first_and_last, one_line, subjects
from litbase.library.rights import beginning
from litbase.record.identifiers import doi_link
from litbase.record.kinds import kind_of
from litbase.record.orcids import orcids
from litbase.record.record import Record
from litbase.web.links import Links, outward
from litbase.web.views import told
from litbase.web.views.parts import plain_title

CONTAINER: Final = {
    "article-journal": "citation_journal_title", "article-newspaper": "citation_journal_title",
    "opinion": "citation_journal_title", "chapter": "citation_inbook_title",
    "paper-conference": "citation_inbook_title", "symposium": "citation_inbook_title",
}  # fmt: skip
PUBLISHER: Final = {"thesis": "citation_dissertation_institution", "report": "citation_technical_report_institution"}
NUMBER: Final = {"report": "citation_technical_report_number", "article-journal": "citation_article_number"}
OG_TYPES: Final = {"book": "book", "proceedings": "book", "webpage": "website"}
SHORT: Final = 300  # characters of a description that is shown under a link
LONG: Final = 5_000  # characters of one that is indexed
MANY: Final = 100  # values of one tag

Tag = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head of a record's page."""

    tags: tuple[Tag, ...] = told("citation_*, DC.* and description, as name and content")
    properties: tuple[Tag, ...] = told("Open Graph, as property and content")
    authors: tuple[str, ...] = told("Pages of its authors, where their ORCID is known")
    json_ld: dict[str, Any] = told("The record in schema.org's words")
    coins: str = told("Its OpenURL, for the span that COinS readers look for")


def head(record: Record, links: Links, site: str) -> Head:
    """The head of the page of *record*, which holds only what may be shown; *site* is the name of the library."""
    return Head(
        tags=_filled(
            (*citation_tags(record, links), *_dublin_core(record), ("description", summary_of(record, SHORT)))
        ),
        properties=_filled(_open_graph(record, links, site)),
        authors=tuple(orcid_pages(record)),
        json_ld=json_ld(record, links),
        coins=coins.openurl(record),
    )


def citation_tags(record: Record, links: Links) -> tuple[Tag, ...]:
    """The citation_* tags of *record* as (name, content), authors one by one, nothing empty."""
    return _filled(_citation_tags(record, links))


def _citation_tags(record: Record, links: Links) -> Iterator[Tag]:
    kind = kind_of(record).name
    first, last = first_and_last(record.page)
    yield "citation_title", plain_title(record)
    yield from (("citation_author", str(name)) for name in record.author)
    yield from (("citation_editor", str(name)) for name in record.editor)
    yield "citation_publication_date", iso_date(record.issued).replace("-", "/")
    yield "citation_series_title", record.collection_title
    yield from _within(record, kind)
    yield "citation_volume", record.volume
    yield "citation_issue", record.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield from (("citation_issn", value) for value in dict.fromkeys((*record.issn, *record.eissn)))
    yield from (("citation_isbn", value) for value in record.isbn)
    yield "citation_doi", record.doi
    yield from (("citation_pmid", value) for scheme, value in record.identifiers if scheme == "pmid")
    yield NUMBER.get(kind, ""), record.number
    yield "citation_dissertation_name", record.genre if kind == "thesis" else ""
    yield "citation_language", record.language[0] if record.language else ""
    yield "citation_keywords", "; ".join(word.replace(";", ",") for word in subjects(record))
    yield "citation_abstract", summary_of(record, LONG)
    yield "citation_abstract_html_url", links.absolute(links.record(record.id))
    text = outward(record.full_text_url)
    yield ("citation_pdf_url" if is_pdf(text) else "citation_fulltext_html_url"), text


def _within(record: Record, kind: str) -> Iterator[Tag]:
    """What *record* is in and who published it; that of its type comes last, for Zotero."""
    event = record.event_title if record.type == "paper-conference" else ""
    institution = record.publisher or (record.institution[0] if record.institution and kind in PUBLISHER else "")
    if kind not in PUBLISHER:
        yield "citation_publisher", record.publisher
    if record.container_title != event:
        yield CONTAINER.get(kind, "citation_journal_title"), record.container_title
    if record.type == "paper-conference":
        yield "citation_conference_title", event or record.container_title
    yield PUBLISHER.get(kind, ""), institution


def _dublin_core(record: Record) -> Iterator[Tag]:
    """Dublin Core's elements; what people call the type stands before the DCMI type."""
    yield "DC.type", kind_of(record).label
    yield from ((f"DC.{name}", text) for name, text in statements(record) if name != "description")
    yield "DC.description", summary_of(record, LONG)


def _open_graph(record: Record, links: Links, site: str) -> Iterator[Tag]:
    type_ = OG_TYPES.get(kind_of(record).name, "article")
    yield "og:type", type_
    yield "og:title", plain_title(record)
    yield "og:url", links.absolute(links.record(record.id))
    yield "og:site_name", site
    yield "og:description", summary_of(record, SHORT)
    if type_ == "article":
        yield "article:published_time", iso_date(record.issued)
        yield from (("article:tag", word) for word in subjects(record))
    if type_ == "book":
        yield from (("book:isbn", number) for number in record.isbn)
        yield "book:release_date", iso_date(record.issued)


def summary_of(record: Record, most: int) -> str:
    """The beginning of what *record* says of its content, on one line; "" where it says nothing."""
    return beginning(one_line(record.abstract or record.contribution or record.body), most)


def json_ld(record: Record, links: Links) -> jsonld.Node:
    """*record* in schema.org's words, known by the address of its page here."""
    return {"@context": jsonld.CONTEXT, **jsonld.node(record), "@id": links.absolute(links.record(record.id))}


def orcid_pages(record: Record) -> Iterator[str]:
    """The pages of the ORCIDs that *record* states of its authors, else editors, each once."""
    who = {"", *map(str, record.author or record.editor)}
    yield from dict.fromkeys(f"https://orcid.org/{one.number}" for one in orcids(record) if one.whose in who)


def is_pdf(url: str) -> bool:
    """Whether an address says that a PDF is there."""
    return urlsplit(url).path.lower().endswith(".pdf")


def signposts(record: Record, links: Links) -> str:
    """The Link header of the page of *record*: how to cite it, what it is, who wrote it, its metadata and its text."""
    page = links.absolute(links.record(record.id))
    type_ = jsonld.TYPES.get(kind_of(record).name, "CreativeWork")
    posts = [
        (doi_link(record.doi) if record.doi else page, "cite-as", ""),
        ("https://schema.org/AboutPage", "type", ""),
        (f"https://schema.org/{type_}", "type", ""),
        *((orcid, "author", "") for orcid in orcid_pages(record)),
        *((links.absolute(links.record_file(record.id, f.suffix)), "describedby", f.mime) for f in FORMATS),
    ]
    if text := outward(record.full_text_url):
        posts.append((text, "item", "application/pdf" if is_pdf(text) else "text/html"))
    return ", ".join(_post(*post) for post in posts[:MANY])


def described(record: Record, links: Links) -> str:
    """The Link header of *record* in another form than its page: what it describes."""
    return _post(links.absolute(links.record(record.id)), "describes", "text/html")


def _post(url: str, rel: str, mime: str) -> str:
    safe = quote(address(url), safe="%/:?#[]@!$&'()*+=~;.-_")  # no comma, blank, quote or angle bracket
    return f'<{safe}>; rel="{rel}"' + (f'; type="{mime}"' if mime else "")


def _filled(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """*tags* without those that have no name or say nothing, each on one line, of each name at most MANY."""
    count: dict[str, int] = {}
    kept = []
    for name, content in dict.fromkeys(tags):
        text = one_line(content)
        if name and text:
            count[name] = count.get(name, 0) + 1
            if count[name] <= MANY:
                kept.append((name, text))
    return tuple(kept)
