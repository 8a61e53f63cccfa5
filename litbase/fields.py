"""FIELDS: everything that can be searched, filtered, counted or sorted by, one row each.

A row's name is the prefix in a query, the key in a URL, the facet's name in JSON
and the engine's field.  Names are never renamed; aliases grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from litbase.record.dates import sort_key
from litbase.record.identifiers import is_home_page
from litbase.record.kinds import kind_of
from litbase.record.record import Record
from litbase.record.text import sort_form
from litbase.vocabulary.problems import codes_of, descriptor_problems
from litbase.vocabulary.thesaurus import NONE, Thesaurus
from litbase.vocabulary.variants import ALONE, KINDS, Variants, filed

TEXT: Final = "text"  # stemmed words, with an unstemmed twin
NAME: Final = "name"  # words as written, folded
ID: Final = "id"  # compared whole, folded
NUMBER: Final = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One searchable thing.

    *of* gives its values in a record, in order, () for none.  *kind* says how they are analysed.  *default* fields are
    searched when no field is named, each of their words counting *weight* times.  *facet* fields are counted and filtered by whole value;
    *unlisted* ones are counted only when asked for by name, and a query names them without a space after the colon.
    """

    name: str
    label: str
    kind: str
    of: Callable[[Record], tuple[str, ...]]
    aliases: tuple[str, ...] = ()
    weight: int = 1
    default: bool = False
    facet: bool = False
    unlisted: bool = False
    help: str = ""


def _text(name: str) -> Callable[[Record], tuple[str, ...]]:
    def of(record: Record) -> tuple[str, ...]:
        value = getattr(record, name)
        return (value,) if isinstance(value, str) and value else tuple(value or ())

    return of


def _names(*names: str) -> Callable[[Record], tuple[str, ...]]:
    return lambda record: tuple(str(name) for part in names for name in getattr(record, part))


def _references(record: Record) -> tuple[str, ...]:
    return tuple(reference.text for reference in record.references)


def _availability(record: Record) -> tuple[str, ...]:
    return tuple(
        value
        for value, there in (
            ("fulltext", bool(record.full_text_url)),
            ("link", bool(record.doi or record.full_text_url or (record.url and not is_home_page(record.url)))),
            ("doi", bool(record.doi)),
            ("abstract", bool(record.abstract)),
        )
        if there
    )


def _peer(record: Record) -> tuple[str, ...]:
    return ("yes" if record.peer_reviewed else "no",) if record.peer_reviewed is not None else ()


def _year(record: Record) -> tuple[str, ...]:
    return (str(record.year),) if record.year else ()


FIELDS: Final = (
    Field("title", "Title", TEXT, _text("title"), ("ti", "t"), 2, default=True, help="Words of the title"),
    Field("author", "Author", NAME, _names("author", "editor"), ("au", "a"), 2, default=True, facet=True, help="Authors and editors; ^author: only the first"),
    Field("source", "Published in", TEXT, lambda r: tuple(filter(None, (r.container_title, r.event_title if not r.container_title else "", r.collection_title))), ("so", "journal", "jn"), 1, default=True, facet=True, help="Journal, book, newspaper or conference"),
    Field("descriptor", "Descriptor", TEXT, lambda r: r.descriptors + r.keywords, ("de", "subject", "su", "kw", "keyword"), 1, default=True, facet=True, help="Subject terms"),
    Field("abstract", "Abstract", TEXT, _text("abstract"), ("ab", "description"), 1, default=True, help="Abstract or summary"),
    Field("body", "Full text", TEXT, _text("body"), (), 1, default=True, help="The text of articles"),
    Field("contribution", "Contribution", TEXT, _text("contribution"), (), 1, default=True, help="Contribution of a conference session"),
    Field("method", "Method", TEXT, _text("method"), (), 1, default=True, help="Method of a conference session"),
    Field("outcomes", "Expected outcomes", TEXT, _text("outcomes"), (), 1, default=True, help="Expected outcomes of a conference session"),
    Field("references", "References", TEXT, _references, (), 1, help="Words of the reference list"),
    Field("network", "Network", TEXT, _text("network"), (), 1, facet=True, help="Network of a conference session"),
    Field("session", "Session", TEXT, _text("session"), (), 1, help="Session code, as 15 SES 09"),
    Field("chair", "Chair", NAME, _names("chair"), (), 1, help="Chair of a session"),
    Field("discussant", "Discussant", NAME, _names("discussant"), (), 1, help="Discussant of a session"),
    Field("year", "Year", NUMBER, _year, ("py", "pubyear", "publicationdateyear"), 1, facet=True, help="Year it appeared: year:2019, year:2015-2019, year:..2010"),
    Field("type", "Record type", ID, lambda r: (kind_of(r).name,), (), 1, facet=True, help="What it is: type:chapter"),
    Field("publication_type", "Publication type", TEXT, _text("publication_type"), ("pt", "pubtype", "publicationtype"), 1, facet=True, help="ERIC's publication types"),
    Field("level", "Education level", TEXT, _text("education_level"), ("education_level", "educationlevel"), 1, facet=True, help="Education levels"),
    Field("audience", "Audience", TEXT, _text("audience"), (), 1, facet=True, help="Whom it is for"),
    Field("place", "Location", TEXT, _text("places"), ("location", "identifiersgeo"), 1, facet=True, help="Places it is about"),
    Field("law", "Laws and programs", TEXT, _text("laws"), ("laws", "identifierslaw"), 1, facet=True, help="Laws, policies and programs it is about"),
    Field("test", "Assessments and surveys", TEXT, _text("tests"), ("assessment", "identifierstest"), 1, facet=True, help="Assessments and surveys it is about"),
    Field("language", "Language", ID, _text("language"), ("lang", "la"), 1, facet=True, help="Language, as en or German"),
    Field("collection", "Collection", ID, _text("collection"), (), 1, facet=True, help="Where the record came from"),
    Field("availability", "Availability", ID, _availability, ("has", "fulltextavailable"), 1, facet=True, help="has:fulltext, has:link, has:doi, has:abstract"),
    Field("peer_reviewed", "Peer reviewed", ID, _peer, ("peer", "peerreviewed"), 1, facet=True, help="peer:yes"),
    Field("id", "Id", ID, lambda r: tuple(filter(None, (r.id, r.eric))), ("eric", "an"), 1, help="Record id or ERIC number"),
    Field("doi", "DOI", ID, _text("doi"), (), 1, help="A DOI"),
    Field("isbn", "ISBN", ID, _text("isbn"), (), 1, help="An ISBN"),
    Field("issn", "ISSN", ID, lambda r: r.issn + r.eissn, (), 1, help="An ISSN"),
    Field("publisher", "Publisher", TEXT, _text("publisher"), ("pb",), 1, facet=True, help="Publisher"),
    Field("problem", "Problem", ID, codes_of, ("problems",), 1, facet=True, unlisted=True, help="What is wrong with the record: problem:missing-doi, problem:shouting-title"),
)  # fmt: skip
BY_NAME: Final = {row.name: row for row in FIELDS}
ALIASES: Final = {alias: row.name for row in FIELDS for alias in (row.name, *row.aliases)}
FACETS: Final = tuple(row.name for row in FIELDS if row.facet)
LISTED: Final = tuple(row.name for row in FIELDS if row.facet and not row.unlisted)
DEFAULT: Final = tuple(row for row in FIELDS if row.default)


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """What an engine keeps of one record: field values, sort keys and whether it is a cited work; never the record.

    *facets* has the values of a facet where they are not those that are searched.
    """

    id: str
    values: dict[str, tuple[str, ...]]
    title_key: str
    author_key: str
    date_key: tuple[int, int, int, int]
    cited: bool
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def counted(self, name: str) -> tuple[str, ...]:
        """The values of the facet *name*, each once, in order; "" alone stands for no year."""
        values = self.facets.get(name, self.values.get(name, ("",) if name == "year" else ()))
        return tuple(dict.fromkeys(values))


INDEXED_CHARACTERS: Final = 1_000_000  # a longer text is searchable by its beginning only


def index_document(record: Record, thesaurus: Thesaurus = NONE, variants: Variants = ALONE) -> IndexDocument:
    """The searchable side of *record*; fields without values are left out of *values*, texts are cut at a million characters.

    Descriptors are counted by the names *thesaurus* has for them today, names that people joined by the preferred one
    of *variants*; they are found by these and by those the record has.
    Problems are those that the same record has on any day.
    """
    values = {f.name: tuple(v[:INDEXED_CHARACTERS] for v in f.of(record)) for f in FIELDS}
    facets = {}
    for name in KINDS if thesaurus or variants else ():
        printed = values[name]
        found = tuple(dict.fromkeys(one for value in printed for one in filed(name, value, variants, thesaurus)))
        if found != printed:
            facets[name] = found
            values[name] = tuple(dict.fromkeys((*printed, *found)))
    if thesaurus and values["descriptor"]:
        strange = (problem.code for problem in descriptor_problems(record, thesaurus))
        values["problem"] = tuple(dict.fromkeys((*values["problem"], *strange)))
    return IndexDocument(
        id=record.id,
        values={name: found for name, found in values.items() if found},
        title_key=sort_form(record.title),
        author_key=sort_form(str(record.author[0])) if record.author else "",
        date_key=sort_key(record.issued, newest_first=False),
        cited=record.type == "cited",
        facets=facets,
    )


def help_rows() -> Iterator[tuple[str, str, str]]:
    """(name, aliases, help) of every field, for the help page and the README."""
    for row in FIELDS:
        yield row.name, " ".join(row.aliases), row.help
