"""ERIC's bulk files: XML of whole years, `<record><metadata><dc:title>`.

Source: the files of eric.ed.gov/?download.  They alone mark the main subjects
(`dc:subject weight="MAJOR"`).  Records before 1970 are in capitals and stay so;
"AND OTHERS" closes a list of authors that was cut.
"""

import re
from collections.abc import Iterator

from litbase.formats.xml import Element, stream
from litbase.record.identifiers import normal_eric
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.sources.eric_record import reading_of

NAME = "eric-xml"
SOURCE = "eric"
LABEL = "ERIC bulk file"
VERSION = 1
RANK = 75

ELEMENTS = {
    "title": "title", "type": "publicationtype", "language": "language", "description": "description",
    "source": "source", "date": "publicationdate", "publisher": "publisher", "educationLevel": "educationlevel",
    "audience": "audience", "citation": "sourceid", "keywords": "keyword", "keywords_geo": "identifiersgeo",
    "issn": "issn", "isbn": "isbn", "pageCount": "pagecount", "peer_reviewed": "peerreviewed",
    "abstractor": "abstractor", "sponsor": "sponsor", "contract_number": "iesgrantcontractnum",
    "report_number": "reportnumber", "note": "note", "ies_funded": "iesfunded",
    "wwcguide_link": "ieslinkwwcreviewguide", "ies_publication_link": "ieslinkpublication",
    "accessRights": "e_fulltextauth", "keywords_law": "identifierslaw", "keywords_test": "identifierstest",
    "keywords_assess": "identifierstest",
}  # fmt: skip
"""Elements by local name and the API field that holds the same; any other one is kept under its own name."""


def sniff(document: Document) -> int:
    """Sure of XML with records that carry ERIC's namespace or accession numbers."""
    if document.binary or not document.is_xml:
        return 0
    head = document.head
    if not re.search(r"<(?:\w+:)?record[\s>]", head):
        return 0
    if "www.eric.ed.gov" in head or re.search(r"eric_accno|<eric:", head):
        return 95
    return 30 if re.search(r"\bE[JD]\d{5,8}\b", head) else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each record; one that ERIC takes back, a broken or a cut one is a Refusal."""
    nothing = True
    for element in stream(document.text, "record"):
        nothing = False
        yield element if isinstance(element, Refusal) else _reading(element)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"))


def _reading(record: Element) -> Reading | Refusal:
    stated: dict[str, list[str]] = {}
    action = ""
    for element in _leaves(record):
        if element.name == "action":
            action = element.text.strip()
        elif element.text.strip():
            stated.setdefault(_field(element), []).append(element.text)
    stated["subject"] = [*stated.get("major", ()), *stated.get("subject", ())]
    if action.lower().startswith("delete"):
        key = normal_eric(" ".join(stated.get("id", ())))
        return Refusal(
            line=record.line,
            notice=notice("refused-record", line=record.line, reason="ERIC has taken it back"),
            key=key,
        )
    return reading_of(stated, record.line)


def _leaves(record: Element) -> Iterator[Element]:
    """The elements that hold values: those of header and metadata, or of a record that has neither."""
    for child in record.children:
        if child.name in ("header", "metadata", "record", "dc"):
            yield from _leaves(child)
        else:
            yield child


def _field(element: Element) -> str:
    scheme = element.attributes.get("scheme", "").lower()
    match element.name:
        case "creator":
            return "institution" if scheme.startswith("institution") else "author"
        case "subject":
            return "major" if element.attributes.get("weight", "").upper() == "MAJOR" else "subject"
        case "identifier":
            is_number = scheme == "eric_accno" or (not scheme and normal_eric(element.text))
            return "id" if is_number else "url" if "uri" in scheme or "://" in element.text else "identifier"
    return ELEMENTS.get(element.name, element.name)
