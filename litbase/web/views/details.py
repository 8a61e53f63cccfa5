"""The details of a record, row by row: every field it has, linked to the records that share the value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.fields import BY_NAME as FIELDS
from litbase.library.labels import value_label
from litbase.query.request import Years
from litbase.query.state import SearchState
from litbase.record.identifiers import doi_link, eric_link, is_home_page
from litbase.record.kinds import kind_of
from litbase.record.record import Record, field_help
from litbase.web.links import Links, outward
from litbase.web.views import told
from litbase.web.views.parts import dash_pages, headed


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row."""

    text: str = told("What is read")
    url: str = told("Records that share it, or its page; empty without either")
    copy: str = told("What a copy button copies; empty for none")
    prefix: str = told("What stands before it, as ISBN")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the details."""

    name: str = told("The field")
    label: str = told("What it is called")
    values: tuple[Value, ...] = told("Its values; () where the source does not state it")
    inferred: bool = told("Whether it was worked out, not stated")
    note: str = told("What it was worked out from: issn, or empty")


LABELS: Final = {name: label for name, label, _, _ in field_help()} | {"peer_reviewed": "Peer review"}
ALWAYS: Final = frozenset({"issued", "language", "peer_reviewed"})  # shown as not stated where the source does not say
ERIC_ONLY: Final = frozenset({"publication_type"})


def rows(record: Record, links: Links) -> tuple[Row, ...]:
    """The rows of *record*: what it has, and ALWAYS."""
    made = []
    for name, values_of in ROWS:
        values = tuple(values_of(record, links))
        if values or name in ALWAYS or (name in ERIC_ONLY and "eric" in record.collection):
            inferred = name in record.inferred
            note = "issn" if inferred and name == "container_title" else ""
            made.append(Row(name, LABELS.get(name, name), values, inferred, note))
    return tuple(made)


def _facet(field: str, facet: str) -> Callable[[Record, Links], Sequence[Value]]:
    def values_of(record: Record, links: Links) -> Sequence[Value]:
        held = getattr(record, field)
        texts = (held,) if isinstance(held, str) else held
        return [Value(value_label(facet, t), headed(facet, t, record, links), "", "") for t in texts if t]

    return values_of


def _words(field: str, search: str) -> Callable[[Record, Links], Sequence[Value]]:
    """A field that is searched, not filtered."""
    return lambda record, links: [
        Value(text, links.typed(f'{search}:"{text.replace(chr(34), " ")}"'), "", "")
        for text in [getattr(record, field)]
        if text
    ]


def _plain(field: str) -> Callable[[Record, Links], Sequence[Value]]:
    def values_of(record: Record, links: Links) -> Sequence[Value]:
        held = getattr(record, field)
        texts = (held,) if isinstance(held, str) else held or ()
        return [Value(text, "", "", "") for text in texts if text]

    return values_of


def _people(field: str) -> Callable[[Record, Links], Sequence[Value]]:
    def values_of(record: Record, links: Links) -> Sequence[Value]:
        filtered = field == "editor"  # editors are in the facet "author", chairs and discussants have their own fields
        return [
            Value(name.display, links.author(str(name)) if filtered else _search_for(field, str(name), links), "", "")
            for name in getattr(record, field)
        ]

    return values_of


def _search_for(field: str, name: str, links: Links) -> str:
    return links.typed(f'{field}:"{name.replace(chr(34), " ")}"') if field in FIELDS else ""


def _container(record: Record, links: Links) -> Sequence[Value]:
    name = record.container_title
    parts = (("v", record.volume), ("n", record.issue), ("p", dash_pages(record.page)))
    tail = " ".join(f"{letter}{text}" for letter, text in parts if text)
    if not name:
        return [Value(tail, "", "", "")] if tail else []
    made = [Value(name, headed("source", name, record, links), "", "")]
    return [*made, Value(tail, "", "", "")] if tail else made


def _issued(record: Record, links: Links) -> Sequence[Value]:
    if record.issued is None:
        return []
    year = record.issued.year
    return [Value(record.issued.display, links.search(SearchState().with_years(Years(year, year))), "", "")]


def _accessed(record: Record, links: Links) -> Sequence[Value]:
    return [Value(record.accessed.display, "", "", "")] if record.accessed else []


def _length(record: Record, links: Links) -> Sequence[Value]:
    return [Value(str(record.number_of_pages), "", "", "pages")] if record.number_of_pages else []


def _peer(record: Record, links: Links) -> Sequence[Value]:
    if record.peer_reviewed is None:
        return []
    value = "yes" if record.peer_reviewed else "no"
    return [Value(value_label("peer_reviewed", value), links.filtered("peer_reviewed", value), "", "")]


def _type(record: Record, links: Links) -> Sequence[Value]:
    kind = kind_of(record)
    return [Value(kind.label, links.filtered("type", kind.name), "", "")]


def _identifiers(record: Record, links: Links) -> Sequence[Value]:
    made = [Value(record.doi, doi_link(record.doi), record.doi, "DOI")] if record.doi else []
    made += [Value(record.eric, eric_link(record.eric), record.eric, "ERIC")] if record.eric else []
    for label, values, field in (
        ("ISBN", record.isbn, "isbn"),
        ("ISSN", record.issn, "issn"),
        ("eISSN", record.eissn, "issn"),
    ):
        made += [Value(value, links.typed(f"{field}:{value}"), value, label) for value in values]
    made += [Value(value, "", value, value_label("identifier", scheme)) for scheme, value in record.identifiers]
    return made


def _address(field: str) -> Callable[[Record, Links], Sequence[Value]]:
    def values_of(record: Record, links: Links) -> Sequence[Value]:
        text = getattr(record, field)
        return [Value(text, "" if is_home_page(text) else outward(text), "", "")] if text else []

    return values_of


def _extra(record: Record, links: Links) -> Sequence[Value]:
    return [Value(text, "", "", name) for name, text in record.extra]


def _permanent(record: Record, links: Links) -> Sequence[Value]:
    address = links.absolute(links.record(record.id))
    return [Value(address, "", address, "")]


def _key(record: Record, links: Links) -> Sequence[Value]:
    return [Value(record.citation_key, "", record.citation_key, "")] if record.citation_key else []


ROWS: Final[tuple[tuple[str, Callable[[Record, Links], Sequence[Value]]], ...]] = (
    ("type", _type), ("genre", _plain("genre")), ("issued", _issued), ("container_title", _container),
    ("collection_title", _facet("collection_title", "source")), ("section", _plain("section")),
    ("event_title", _facet("event_title", "source")), ("event_place", _plain("event_place")),
    ("session", _words("session", "session")), ("network", _facet("network", "network")),
    ("chair", _people("chair")), ("discussant", _people("discussant")), ("editor", _people("editor")),
    ("translator", _people("translator")), ("edition", _plain("edition")), ("number", _plain("number")),
    ("publisher", _facet("publisher", "publisher")), ("publisher_place", _plain("publisher_place")),
    ("publication_type", _facet("publication_type", "publication_type")), ("number_of_pages", _length),
    ("language", _facet("language", "language")), ("peer_reviewed", _peer),
    ("education_level", _facet("education_level", "level")), ("audience", _facet("audience", "audience")),
    ("places", _facet("places", "place")), ("laws", _facet("laws", "law")), ("tests", _facet("tests", "test")),
    ("institution", _plain("institution")), ("sponsor", _plain("sponsor")), ("grants", _plain("grants")),
    ("availability", _plain("availability")), ("note", _plain("note")), ("url", _address("url")),
    ("accessed", _accessed), ("full_text_url", _address("full_text_url")),
    ("collection", _facet("collection", "collection")),
    ("extra", _extra), ("identifiers", _identifiers), ("citation_key", _key), ("permanent", _permanent),
)  # fmt: skip
