"""Record: what a reference is.

One frozen value in the vocabulary of CSL 1.0.2 (underscores for hyphens), with
the fields beyond CSL that ERIC, library catalogues, conference programmes and
newspapers carry.  "" and () and None are absent; nothing here reads or writes files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec

from litbase.errors import NewerRecord
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import Notice
from litbase.record.text import clean

VERSION: Final = 1


def _help(text: str, csl: str = "", label: str = "") -> msgspec.Meta:
    return msgspec.Meta(title=label or None, description=text, extra_json_schema={"csl": csl} if csl else None)


class Mark(msgspec.Struct, frozen=True):
    """Emphasis on characters start to stop of one field; style is "i", "b", "sup" or "sub"."""

    field: str
    start: int
    stop: int
    style: str


class Reference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of a reference list: as written, as understood (None where it was not), and what was odd."""

    text: str
    parsed: Record | None = None
    notices: tuple[Notice, ...] = ()


Text = str
Texts = tuple[str, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One work.  Nothing is checked on construction: `clean_record` and `checks.check` are the doors."""

    v: int = VERSION
    id: Annotated[Text, _help("The record's address in this library", label="Id")] = ""
    citation_key: Annotated[Text, _help("The key BibTeX cites it by", "citation-key", "Citation key")] = ""
    type: Annotated[Text, _help("What it is, a CSL item type", "type", "Type")] = "document"
    genre: Annotated[Text, _help("A finer type: Opinion, Symposium, Doctoral dissertation", "genre", "Genre")] = ""
    title: Annotated[Text, _help("Title and subtitle, joined by a colon", "title", "Title")] = ""
    author: Annotated[tuple[Name, ...], _help("People or groups, in the source's order", "author", "Authors")] = ()
    editor: Annotated[tuple[Name, ...], _help("Editors of the book or issue", "editor", "Editors")] = ()
    translator: Annotated[tuple[Name, ...], _help("Translators", "translator", "Translators")] = ()
    others: Annotated[bool, _help("The source left out further authors (And Others)", label="And others")] = False
    issued: Annotated[PartialDate | None, _help("When it appeared, as precise as the source", "issued", "Date")] = None
    container_title: Annotated[
        Text, _help("Journal, book, newspaper or site it is in", "container-title", "Published in")
    ] = ""
    collection_title: Annotated[Text, _help("Series, or the blog of a newspaper", "collection-title", "Series")] = ""
    section: Annotated[Text, _help("Section or topic of a newspaper", "section", "Section")] = ""
    volume: Annotated[Text, _help("Volume", "volume", "Volume")] = ""
    issue: Annotated[Text, _help("Issue", "issue", "Issue")] = ""
    page: Annotated[Text, _help("Pages, first-last as printed", "page", "Pages")] = ""
    number: Annotated[Text, _help("Article or report number", "number", "Number")] = ""
    number_of_pages: Annotated[int | None, _help("How many pages it has", "number-of-pages", "Length")] = None
    edition: Annotated[Text, _help("Edition, as printed", "edition", "Edition")] = ""
    publisher: Annotated[Text, _help("Publisher, university of a thesis", "publisher", "Publisher")] = ""
    publisher_place: Annotated[Text, _help("Where the publisher is", "publisher-place", "Place of publication")] = ""
    availability: Annotated[
        Text, _help("Where to get it, as the source says (addresses, phones)", label="Availability")
    ] = ""
    event_title: Annotated[Text, _help("Conference", "event-title", "Conference")] = ""
    event_place: Annotated[Text, _help("Where it was held", "event-place", "Conference place")] = ""
    session: Annotated[Text, _help("Session code, as 15 SES 09", label="Session")] = ""
    network: Annotated[Text, _help("Network or division of the conference", label="Network")] = ""
    chair: Annotated[tuple[Name, ...], _help("Session chairs", "chair", "Chair")] = ()
    discussant: Annotated[tuple[Name, ...], _help("Discussants", label="Discussant")] = ()
    doi: Annotated[Text, _help("DOI without resolver", "DOI", "DOI")] = ""
    eric: Annotated[Text, _help("ERIC accession number", label="ERIC number")] = ""
    isbn: Annotated[Texts, _help("ISBN-13s", "ISBN", "ISBN")] = ()
    issn: Annotated[Texts, _help("ISSN of the print edition", "ISSN", "ISSN")] = ()
    eissn: Annotated[Texts, _help("ISSN of the electronic edition", "ISSN", "eISSN")] = ()
    identifiers: Annotated[
        tuple[tuple[str, str], ...], _help("Other identifiers, as (scheme, value)", label="Other identifiers")
    ] = ()
    url: Annotated[Text, _help("Its page on the web, never a home page", "URL", "Link")] = ""
    full_text_url: Annotated[Text, _help("The full text, where the source says it is there", label="Full text")] = ""
    accessed: Annotated[PartialDate | None, _help("When the link was looked at", "accessed", "Accessed")] = None
    language: Annotated[Texts, _help("Languages, as BCP 47 tags", "language", "Language")] = ()
    abstract: Annotated[Text, _help("Abstract or summary", "abstract", "Abstract")] = ""
    abstractor: Annotated[Text, _help("Who wrote the abstract, as the source signs it", label="Abstract by")] = ""
    body: Annotated[Text, _help("The text itself, for searching", label="Text")] = ""
    contribution: Annotated[Text, _help("Contribution of a conference session", label="Contribution")] = ""
    method: Annotated[Text, _help("Method of a conference session", label="Method")] = ""
    outcomes: Annotated[Text, _help("Expected outcomes of a conference session", label="Expected outcomes")] = ""
    note: Annotated[Text, _help("Anything a reader should know", "note", "Note")] = ""
    descriptors: Annotated[Texts, _help("Terms of the thesaurus, as the source gives them", label="Descriptors")] = ()
    major_descriptors: Annotated[
        Texts, _help("Those of the descriptors that are its main subjects", label="Main descriptors")
    ] = ()
    keywords: Annotated[Texts, _help("Free subject words", "keyword", "Keywords")] = ()
    publication_type: Annotated[Texts, _help("ERIC's publication types", label="Publication type")] = ()
    education_level: Annotated[Texts, _help("ERIC's education levels", label="Education level")] = ()
    audience: Annotated[Texts, _help("Whom it is for", label="Audience")] = ()
    places: Annotated[Texts, _help("Places it is about", label="Location")] = ()
    laws: Annotated[Texts, _help("Laws, policies and programs it is about", label="Laws, policies and programs")] = ()
    tests: Annotated[Texts, _help("Assessments and surveys it is about", label="Assessments and surveys")] = ()
    sponsor: Annotated[Texts, _help("Sponsors", label="Sponsor")] = ()
    institution: Annotated[Texts, _help("Authoring institutions", label="Institution")] = ()
    grants: Annotated[Texts, _help("Grant and contract numbers", label="Grant or contract")] = ()
    peer_reviewed: Annotated[
        bool | None, _help("Peer reviewed; None where the source does not say", label="Peer reviewed")
    ] = None
    references: Annotated[tuple[Reference, ...], _help("Its reference list", label="References")] = ()
    marks: Annotated[tuple[Mark, ...], _help("Emphasis in the text fields", label="Emphasis")] = ()
    collection: Annotated[Texts, _help("Sources it was read from", label="Collection")] = ()
    inferred: Annotated[Texts, _help("Names of fields that were worked out, not stated", label="Inferred")] = ()
    extra: Annotated[
        tuple[tuple[str, str], ...], _help("What has no field here, under its original name", label="Further fields")
    ] = ()

    @property
    def year(self) -> int | None:
        """The year it appeared; None when undated."""
        return self.issued.year if self.issued else None


Record.__struct_config__  # noqa: B018  (forces the forward reference in Reference to resolve at import)
ASSIGNED: Final = frozenset({"v", "id", "citation_key", "collection"})
_DEFAULTS: Final[dict[str, Any]] = {f.name: f.default for f in msgspec.structs.fields(Record)}
FIELD_NAMES: Final = tuple(_DEFAULTS)
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def default_of(field: str) -> Any:
    """What *field* is when absent: "", (), None or False."""
    return _DEFAULTS[field]


def stated(record: Record) -> dict[str, Any]:
    """The fields of *record* that hold something, by name, without those the store assigns (ASSIGNED)."""
    return {
        name: value
        for name in FIELD_NAMES
        if name not in ASSIGNED and (value := getattr(record, name)) != _DEFAULTS[name]
    }


def replace(record: Record, **changes: Any) -> Record:
    """A copy of *record* with *changes*."""
    return msgspec.structs.replace(record, **changes)


def to_json(record: Record) -> str:
    """*record* as one line of JSON, absent fields left out; always carries "v"."""
    text = _encoder.encode(record).decode()
    return text if text.startswith('{"v":') else f'{{"v":{record.v}{"," if text != "{}" else ""}{text[1:]}'


def from_json(text: str | bytes) -> Record:
    """The record in one line of JSON.

    Raises NewerRecord when it was written by a newer litbase, and msgspec.ValidationError when it is no record.
    """
    record = _decoder.decode(text)
    if record.v > VERSION:
        raise NewerRecord(
            f"record version {record.v} is newer than {VERSION}, which this litbase knows; update litbase"
        )
    return record


def to_builtins(value: Any) -> Any:
    """Any value of this room as plain dictionaries, lists and strings."""
    return msgspec.to_builtins(value)


def field_help() -> Iterator[tuple[str, str, str, str]]:
    """(name, label, help, CSL name) of every field, for forms, the schema and the documentation."""
    for name, schema in msgspec.json.schema_components([Record])[1]["Record"]["properties"].items():
        yield name, schema.get("title", name), schema.get("description", ""), schema.get("csl", "")


def clean_record(record: Record) -> tuple[Record, tuple[Notice, ...]]:
    """*record* with every text cleaned (`text.clean`) and a notice for each field that lost characters.

    Marks of a field whose length changed are dropped with it.
    """
    changes: dict[str, Any] = {}
    notices = []
    for name, value in stated(record).items():
        cleaned = _clean(value)
        if cleaned != value:
            changes[name] = cleaned
            notices.append(Notice("characters-dropped", field=name))
    if not changes:
        return record, ()
    marks = tuple(m for m in changes.get("marks", record.marks) if m.field not in changes)
    return replace(record, **{**changes, "marks": marks}), tuple(notices)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_clean(item) for item in value)
    if isinstance(value, Name):
        return msgspec.structs.replace(value, **{f: clean(getattr(value, f)) for f in value.__struct_fields__})
    if isinstance(value, Reference):
        parsed = clean_record(value.parsed)[0] if value.parsed else None
        return msgspec.structs.replace(value, text=clean(value.text), parsed=parsed)
    return value
