"""OAI-PMH answers with Dublin Core, as repositories give them out, and Dublin Core in the same elements without OAI.

Sources: OAI-PMH 2.0 and its oai_dc.xsd; DCMES 1.1; how DSpace, EPrints, OJS and Invenio fill the fifteen elements
(dates of the deposit beside the date of the work, several descriptions, journal and issue in `dc:source`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from litbase.formats.marc import xml_read as marcxml
from litbase.formats.page import dublin_core_tags
from litbase.formats.xml import Element, stream
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import FIELD_NAMES, Record, replace
from litbase.record.text import squash
from litbase.vocabulary.tables import language_tag

NAME = "oai"
SOURCE = "oai"
LABEL = "OAI-PMH answer (Dublin Core)"
VERSION = 1
RANK = 50

ELEMENTS: Final = frozenset(
    "title creator contributor subject description publisher date type format identifier source language relation "
    "coverage rights".split()
)
MAX_ELEMENTS: Final = 5_000_000
SCHEME: Final = "oai"
"""Under which scheme a record keeps the identifier it has in its repository."""
_OAI_DC = re.compile(r"<(?:[\w.-]{1,30}:)?dc[\s>][^<>]{0,1000}openarchives\.org/OAI/2\.0/oai_dc|<oai_dc:dc[\s>]")
_EMPTY = re.compile(r"openarchives\.org/OAI/2\.0/|<OAI-PMH[\s>]")
_ERIC = re.compile(r"www\.eric\.ed\.gov|<eric:")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")


class Answer(NamedTuple):
    """What an answer says besides its records.

    *date* is when it was given, *token* leads to the next part ("" for the last one), *size* is how many records there
    are in all (0 where it is not said), *errors* are (code, text), *deleted* the identifiers of deleted records.
    """

    date: str = ""
    token: str = ""
    size: int = 0
    errors: tuple[tuple[str, str], ...] = ()
    deleted: tuple[str, ...] = ()
    is_whole: bool = False


def sniff(document: Document) -> int:
    """95 for XML that holds Dublin Core in OAI's elements, 60 for another answer of OAI-PMH, else 0."""
    if document.binary or not document.is_xml:
        return 0
    head = document.beginning(100_000)
    if _ERIC.search(head) or marcxml.sniff(document):
        return 0
    return 95 if _OAI_DC.search(head) else 60 if _EMPTY.search(document.head) else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each record, in Dublin Core or MARC; a Refusal for each that is deleted or in another layout."""
    nothing = True
    for element in stream(document.text, "record", "dc", "error", total=MAX_ELEMENTS):
        nothing = False
        if isinstance(element, Refusal):
            yield element
        elif element.name == "error":
            yield Refusal(line=element.line, notice=notice("error-answer", line=element.line, reason=_error(element)))
        else:
            yield _reading(element)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])


def answer(text: str) -> Answer:
    """What an answer of OAI-PMH says besides its records; *is_whole* when it is one and ends as it should."""
    found: dict[str, Any] = {"errors": (), "deleted": ()}
    for element in stream(text, "responseDate", "resumptionToken", "error", "header", total=MAX_ELEMENTS):
        if isinstance(element, Refusal):
            return Answer(**found)
        match element.name:
            case "responseDate":
                found["date"] = squash(element.text)
            case "resumptionToken":
                size = element.attributes.get("completeListSize", "").strip()
                found |= {"token": element.text.strip(), "size": int(size[:12]) if re.fullmatch(r"[0-9]+", size) else 0}
            case "error":
                found["errors"] += ((element.attributes.get("code", ""), squash(element.text)[:300]),)
            case "header" if element.attributes.get("status") == "deleted":
                found["deleted"] += (_identifier(element),)
    return Answer(**found, is_whole=bool(re.search(r"</(?:[\w.-]{1,30}:)?OAI-PMH\s{0,20}>\s{0,200}$", text[-400:])))


def _error(element: Element) -> str:
    return f"{element.attributes.get('code', '')} {squash(element.text)[:300]}".strip()


def _identifier(header: Element) -> str:
    return next((squash(child.text) for child in header.children if child.name == "identifier"), "")


def _reading(outer: Element) -> Reading | Refusal:
    """The Reading of one <record>, or of a <dc> that stands alone."""
    parts = {child.name: child for child in outer.children}
    header = parts.get("header")
    identifier = _identifier(header) if header else ""
    if header and header.attributes.get("status") == "deleted":
        return Refusal(
            line=outer.line, key=identifier, notice=notice("harvest-deleted", line=outer.line, id=identifier)
        )
    inside = parts["metadata"].children if "metadata" in parts else [outer] if outer.name == "dc" else outer.children
    found = next((child for child in inside if child.name in ("dc", "qualifieddc")), None)
    if found is not None:
        return _named(_record(found), outer.line, identifier)
    if any(child.name in ("record", "oai_marc") for child in inside):
        read = next(iter(marcxml.readings(outer)))
        return (
            read if isinstance(read, Refusal) else _named(read.record, outer.line, identifier, read.key, read.notices)
        )
    layout = inside[0].name if inside else "nothing"
    told = notice("harvest-unread", line=outer.line, id=identifier or "A record", layout=layout)
    return Refusal(line=outer.line, notice=told, key=identifier)


def _named(record: Record, line: int, identifier: str, key: str = "", notices: tuple[Notice, ...] = ()) -> Reading:
    """The Reading of *record* under the identifier that its repository gives it, if it gives one."""
    if identifier:
        ids = dict.fromkeys((*record.identifiers, (SCHEME, identifier)))
        record, key = replace(record, identifiers=tuple(ids)), f"oai:{identifier.removeprefix('oai:')}"
    return Reading(record=record, key=key, line=line, notices=notices)


def _record(dc: Element) -> Record:
    texts: dict[str, list[str]] = {}
    for child in dc.children:
        if text := child.text.strip():
            texts.setdefault(child.name, []).append(text)
    ordered = _ordered(texts)
    told = dublin_core_tags.told_by({f"dc.{name}": values for name, values in ordered.items()})
    told |= _lists(ordered)
    told["extra"] = (*(pair for pair in told.get("extra", ()) if pair[0] != "dc:contributor"), *_left(ordered, told))
    return Record(**{name: value for name, value in told.items() if name in FIELD_NAMES})


def _ordered(texts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The texts of each element, the most telling first: the date of the work, the longest description."""
    found = {name: list(values) for name, values in texts.items()}
    if dates := found.get("date"):
        dates.sort(key=lambda text: bool(_TIME.match(text)))  # with a time it is that of the deposit
    if descriptions := found.get("description"):
        descriptions.sort(key=len, reverse=True)
    return found


def _lists(texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Subjects, languages and the journal, of which single elements say more than a page's tags."""
    found: dict[str, Any] = {}
    subjects = texts.get("subject", ())
    if len(subjects) > 1:  # a comma belongs to the term: "Psychology, Educational"
        words = (squash(word) for text in subjects for word in text.split(";"))
        found["keywords"] = tuple(dict.fromkeys(filter(None, words)))
    if "language" in texts:
        found["language"] = tuple(dict.fromkeys(language_tag(text) or squash(text) for text in texts["language"]))
    if texts.get("creator") and texts.get("contributor"):
        found["note"] = "Contributors: " + "; ".join(map(squash, texts["contributor"]))
    return found


def _left(texts: Mapping[str, Sequence[str]], told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What found no field: further descriptions, sources and identifiers, and elements that are none of the fifteen."""
    for text in texts.get("description", ())[1:]:
        yield "dc:description", text
    if "volume" not in told and "issue" not in told:
        yield from (("dc:source", text) for text in texts.get("source", ()))
    for text in texts.get("identifier", ()):
        if text != told.get("url") and not (told.get("doi") and told["doi"] in text):
            yield "dc:identifier", text
    yield from (("dc:type", text) for text in texts.get("type", ()))
    for name in texts.keys() - ELEMENTS:
        yield from ((f"dc:{name}", text) for text in texts[name])
