"""What a page's JSON-LD says of the works on it, in schema.org's words; microdata and RDFa give the same objects.

Sources: schema.org's types and properties of creative works; the objects that publishers, newspapers and repositories
write: "@graph" with references by "@id", a journal around a volume around an issue (isPartOf), one value or a list.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.page.jsonld_values import MAX_DEPTH, Graph, Thing, count, date, kinds, text, texts, title_of
from litbase.formats.page.values import MOST, Told, add_identifiers, page_of, without, words_of
from litbase.record.identifiers import normal_eric, normal_orcid, web_address
from litbase.record.record import Reference

TYPES: Final = {
    "ScholarlyArticle": "article-journal", "MedicalScholarlyArticle": "article-journal", "Chapter": "chapter",
    "Thesis": "thesis", "Book": "book", "Audiobook": "book", "Report": "report", "Dataset": "dataset",
    "OpinionNewsArticle": "article-newspaper", "AnalysisNewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper", "BackgroundNewsArticle": "article-newspaper",
    "ReviewNewsArticle": "article-newspaper", "AskPublicNewsArticle": "article-newspaper",
    "NewsArticle": "article-newspaper", "SoftwareSourceCode": "software", "SoftwareApplication": "software",
    "Legislation": "legislation", "Map": "map", "Movie": "motion_picture", "PodcastEpisode": "song",
    "PresentationDigitalDocument": "paper-conference", "Event": "paper-conference", "Periodical": "periodical",
    "Article": "webpage", "TechArticle": "webpage", "BlogPosting": "webpage", "LiveBlogPosting": "webpage",
    "SocialMediaPosting": "webpage", "DiscussionForumPosting": "webpage", "VideoObject": "motion_picture",
    "AudioObject": "song", "CreativeWork": "document", "WebPage": "webpage", "ItemPage": "webpage",
}  # fmt: skip
"""Types that are works, the most telling first, and what they are here."""
MAX_WORKS: Final = 500
"""Works that are read of one page."""
SCHOLARLY: Final = frozenset(("article-journal", "chapter", "thesis", "book", "report", "dataset", "paper-conference"))
_GENRES: Final = {"OpinionNewsArticle": "Opinion", "ReviewNewsArticle": "Review"}
_RANK: Final = {name: place for place, name in enumerate(TYPES)}
_SITES: Final = frozenset(("WebSite", "WebPage", "Collection", "CollectionPage", "DataCatalog", "Product"))
_WITHIN: Final = frozenset(("PublicationVolume", "PublicationIssue", "CreativeWork"))
_VOLUME: Final = re.compile(r"^vol(?:ume|\.)?\s*", re.I)
_READ: Final = frozenset(
    "@context @type @id headline name author creator performer editor translator funder sponsor isPartOf publication "
    "publisher sourceOrganization locationCreated volumeNumber issueNumber issn isbn pagination pageStart pageEnd "
    "bookEdition articleSection numberOfPages inLanguage abstract description articleBody keywords about encoding "
    "associatedMedia distribution citation doi identifier sameAs url mainEntityOfPage datePublished dateCreated "
    "copyrightYear startDate image thumbnailUrl logo potentialAction breadcrumb isAccessibleForFree hasPart "
    "dateModified mainEntity itemListElement item reportNumber inSupportOf audience educationalLevel recordedAt "
    "superEvent location".split()
)


def told_of(things: Iterable[Thing]) -> list[Told]:
    """What `told_by` gives for each of the works among a page's objects, in the order of `works`."""
    known = [each for thing in things for each in _opened(thing)]
    graph = Graph(known)
    return [told_by(work, graph) for work in works(known)[:MAX_WORKS]]


def _opened(thing: Thing, depth: int = 0) -> Iterator[Thing]:
    """An object and what a page or list about others holds: its main entity, the items of its list."""
    yield thing
    if depth < 3 and "BreadcrumbList" not in kinds(thing):
        for name in ("mainEntity", "itemListElement", "item"):
            held = thing.get(name)
            for each in (held if isinstance(held, list) else [held])[:MAX_WORKS]:
                if isinstance(each, dict):
                    yield from _opened(each, depth + 1)


def works(things: Iterable[Thing]) -> list[Thing]:
    """The works among a page's objects, the most telling type first; those of one type in the page's order."""
    found = [thing for thing in things if kind_of(thing) and title_of(thing)]
    found = [thing for thing in found if kind_of(thing) != "Event" or thing.get("superEvent")]
    return sorted(found, key=lambda thing: _RANK[kind_of(thing)])


def kind_of(thing: Thing) -> str:
    """The most telling of an object's types that is a work's; "" for none ("Organization", "BreadcrumbList")."""
    return min((name for name in kinds(thing) if name in _RANK), key=_RANK.__getitem__, default="")


def told_by(thing: Thing, graph: Graph) -> Told:
    """The fields that one work states; *graph* knows the page's objects, which may be referred to by "@id"."""
    kind = kind_of(thing)
    told: Told = {"type": TYPES.get(kind, ""), "genre": _GENRES.get(kind, ""), "title": title_of(thing)}
    told |= _people(thing, graph) | _texts(thing, graph)
    told = {**_host(thing, graph, told["type"]), **without(told)}
    told |= _event(thing, graph)
    if kind == "Article" and (told.get("issn") or told.get("volume")):
        told["type"] = "article-journal"
    _identifiers(told, thing, graph)
    told["extra"] = (*_orcids(thing, graph), *_left(thing))[:MOST]
    return without(told)


def _people(thing: Thing, graph: Graph) -> Told:
    authors = (graph.named(thing.get(name)) for name in ("author", "creator", "performer"))
    return {
        "author": next(filter(None, authors), ()),
        "editor": graph.named(thing.get("editor")),
        "translator": graph.named(thing.get("translator")),
        "sponsor": tuple(graph.called(thing.get("funder")) or graph.called(thing.get("sponsor"))),
        "institution": tuple(graph.called(thing.get("sourceOrganization"))),
    }


def _orcids(thing: Thing, graph: Graph) -> Iterator[tuple[str, str]]:
    """The ORCIDs of its people, each with the name it belongs to: in "@id", sameAs, url or identifier."""
    for role in ("author", "creator", "editor"):
        for item in graph.objects(thing.get(role)):
            names = graph.named(dict(item))
            said = [each for name in ("@id", "sameAs", "url", "identifier") for each in texts(item.get(name))]
            said += [text(one.get("value")) or text(one.get("@id")) for one in graph.objects(item.get("identifier"))]
            if len(names) == 1 and (number := next(filter(None, map(normal_orcid, said)), "")):
                yield f"schema:{role}.ORCID", f"{names[0]}: {number}"


def _texts(thing: Thing, graph: Graph) -> Told:
    """Date, pages, texts, languages, keywords, full text and references."""
    first, last = text(thing.get("pageStart")), text(thing.get("pageEnd"))
    audiences = [text(item.get("audienceType")) or title_of(item) for item in graph.objects(thing.get("audience"))]
    return {
        "issued": date(thing),
        "page": text(thing.get("pagination")) or page_of(first, last),
        "edition": text(thing.get("bookEdition")),
        "section": text(thing.get("articleSection")),
        "number": text(thing.get("reportNumber")),
        "genre": text(thing.get("inSupportOf")) or _GENRES.get(kind_of(thing), ""),
        "number_of_pages": count(thing.get("numberOfPages")),
        "language": tuple(_languages(thing, graph)),
        "abstract": text(thing.get("abstract")) or text(thing.get("description")),
        "body": "\n\n".join(texts(thing.get("articleBody"), squashed=False)),
        "isbn": tuple(texts(thing.get("isbn"))),
        "issn": tuple(texts(thing.get("issn"))),
        "keywords": words_of(graph.called(thing.get("keywords")) or graph.called(thing.get("about"))),
        "audience": tuple(filter(None, audiences)),
        "education_level": tuple(graph.called(thing.get("educationalLevel"))),
        "full_text_url": _full_text(thing, graph),
        "references": tuple(_references(thing, graph)),
        "publisher": next(iter(graph.called(thing.get("publisher"))), ""),
        "publisher_place": _place(thing, graph),
    }


def _languages(thing: Thing, graph: Graph) -> Iterator[str]:
    for item in graph.things(thing.get("inLanguage")):
        tag = (text(item.get("alternateName")) or text(item.get("name"))) if isinstance(item, dict) else text(item)
        if tag:
            yield tag


def _place(thing: Thing, graph: Graph) -> str:
    """Where it was made, else where its publisher is."""
    places = graph.called(thing.get("locationCreated"))
    for item in graph.objects(thing.get("publisher")):
        places += graph.called(item.get("location"))
    return next(iter(places), "")


def _full_text(thing: Thing, graph: Graph) -> str:
    """The address of a PDF of the work; "" when none is named."""
    for name in ("encoding", "associatedMedia", "distribution"):
        for item in graph.objects(thing.get(name)):
            address = web_address(text(item.get("contentUrl")))
            if address and "pdf" in (text(item.get("encodingFormat")) + address).lower():
                return address
    return ""


def _references(thing: Thing, graph: Graph) -> Iterator[Reference]:
    for item in graph.things(thing.get("citation")):
        if not isinstance(item, dict):
            shown = text(item)
        else:
            people = "; ".join(map(str, graph.named(item.get("author"))))
            shown = ". ".join(filter(None, (people.rstrip("."), title_of(item), str(date(item) or ""))))
        if shown:
            yield Reference(text=shown)


def _host(thing: Thing, graph: Graph, type_: str) -> Told:
    """What the work is in, through all the levels of isPartOf: the level nearest to the work wins."""
    told: Told = {}
    waiting = [(thing, 0)]
    while waiting:
        inside, depth = waiting.pop(0)
        told = {**_level(inside, graph, type_, depth), **told}
        if depth < MAX_DEPTH:
            parts = graph.objects(inside.get("isPartOf")) or (
                graph.objects(inside.get("publication")) if not depth else []
            )
            waiting += [(part, depth + 1) for part in parts[:20]]
        if len(waiting) > 200:
            break
    return told


def _level(inside: Thing, graph: Graph, type_: str, depth: int) -> Told:
    """What one level says: volume and issue anywhere, name and numbers of what is not the work itself."""
    told: Told = {"volume": text(inside.get("volumeNumber")), "issue": text(inside.get("issueNumber"))}
    named, name = set(kinds(inside)), title_of(inside)
    if not depth:
        return without(told)
    if named & {"BookSeries", "CreativeWorkSeries"}:
        told["collection_title"] = name
    elif named and named <= _WITHIN:
        told["volume"] = told["volume"] or (_VOLUME.sub("", name) if "PublicationVolume" in named else "")
    elif not named & _SITES or ("WebSite" in named and type_ in ("webpage", "article-newspaper")):
        told["container_title"] = name
    if not named & _SITES:
        told |= {"publisher": next(iter(graph.called(inside.get("publisher"))), ""), "issued": date(inside)}
        told |= {"editor": graph.named(inside.get("editor")), "issn": tuple(texts(inside.get("issn")))}
        told["isbn"] = tuple(texts(inside.get("isbn"))) if type_ in ("chapter", "paper-conference") else ()
    return without(told)


def _event(thing: Thing, graph: Graph) -> Told:
    """The conference at which it was given, and where."""
    for item in (*graph.objects(thing.get("recordedAt")), *graph.objects(thing.get("superEvent"))):
        places = graph.called(item.get("location")) or graph.called(thing.get("location"))
        return without({"event_title": title_of(item), "event_place": next(iter(places), "")})
    return {}


def _identifiers(told: Told, thing: Thing, graph: Graph) -> None:
    """Adds DOI, address and numbers, which stand in any of six properties."""
    found = texts(thing.get("doi"))
    for item in graph.things(thing.get("identifier")):
        if not isinstance(item, dict):
            found += texts(item)
            continue
        scheme, value = text(item.get("propertyID")) or text(item.get("name")), text(item.get("value"))
        if (number := normal_eric(value)) and scheme.upper() == "ERIC":
            told["eric"] = number
        elif re.search(r"doi|isbn|issn|^$", scheme, re.I) or "://" in value:
            found.append(f"{scheme} {value}")
        elif value:
            told["identifiers"] = (*told.get("identifiers", ()), (scheme.rpartition("/")[2].lower()[:40], value))
    resolvers = [each for name in ("sameAs", "@id", "url") for each in texts(thing.get(name)) if "doi.org/" in each]
    add_identifiers(told, [each for each in (*found, *resolvers) if each])
    own = [*texts(thing.get("url")), *texts(thing.get("mainEntityOfPage"))]
    own += [text(item.get("@id")) or text(item.get("url")) for item in graph.objects(thing.get("mainEntityOfPage"))]
    own += texts(thing.get("@id"))
    address = next(filter(None, map(web_address, own)), "")
    if address and ("url" not in told or "doi.org/" in told["url"]):
        told["url"] = address


def _left(thing: Thing) -> Iterator[tuple[str, str]]:
    """What has no field here and is text, a number or a named thing."""
    for name, value in thing.items():
        if name not in _READ and not name.startswith("@"):
            for item in (value if isinstance(value, list) else [value])[:MOST]:
                shown = title_of(item) if isinstance(item, dict) and "@value" not in item else text(item)
                if shown:
                    yield f"schema:{name}"[:80], shown
