"""Reader of MARCXML: collections and single records, in OAI and SRU answers too, whatever their namespace prefix.

Sources: the MARC 21 XML schema ("slim"); what stands round records in the answers of OAI-PMH, SRU and Alma; OAI's older
oai_marc ("fixfield", "varfield").  XML is read safely (`formats.xml`): a DOCTYPE or an entity is refused.
"""

import re
from collections.abc import Iterator

from litbase.formats.marc.record import reading_of
from litbase.formats.marc.values import Field, Marc, control, field
from litbase.formats.xml import Element, stream
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "marcxml"
SOURCE = "marc"
LABEL = "MARCXML"
VERSION = 1
RANK = 60

RECORDS = ("record", "oai_marc")
PARTS = frozenset(("leader", "controlfield", "datafield", "fixfield", "varfield"))
MAX_FIELDS = 20_000
MAX_ELEMENTS = 500_000_000  # in all; one record is bounded by `formats.xml`
_SURE = re.compile(r"www\.loc\.gov/MARC21/slim|<(?:[\w.-]{1,30}:)?oai_marc[\s>]")
_LIKELY = re.compile(r"<(?:[\w.-]{1,30}:)?leader>[^<]{5,40}</")
_DATAFIELD = re.compile(r"<(?:[\w.-]{1,30}:)?(?:datafield|varfield)\s[^<>]{0,200}(?:tag|id)=")
_TAG = re.compile(r"[0-9A-Za-z]{3,8}")  # three, but Alma has "HLD866"


def sniff(document: Document) -> int:
    """Sure of XML in MARC's namespace, and of records without one that have a leader or tagged fields."""
    if document.binary or not document.is_xml:
        return 0
    head = document.beginning(100_000)
    if _SURE.search(head):
        return 95
    return 90 if _DATAFIELD.search(head) else 80 if _LIKELY.search(head) and "controlfield" in head else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each record; one that is deleted, broken or without fields is a Refusal."""
    nothing = True
    for element in stream(document.text, *RECORDS, total=MAX_ELEMENTS):
        nothing = False
        yield from [element] if isinstance(element, Refusal) else readings(element)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])


def readings(outer: Element) -> Iterator[Reading | Refusal]:
    """One Reading for each MARC record in an element called record, its own or OAI's or SRU's; at least a Refusal."""
    for item in _records(outer):
        yield item if isinstance(item, Refusal) else _reading(item)


def _records(outer: Element) -> Iterator[Element | Refusal]:
    """The MARC records in an element called record, which may be OAI's or SRU's wrapper of one."""
    waiting, found = [outer], False
    while waiting:
        element = waiting.pop()
        if any(child.name in PARTS for child in element.children):
            found = True
            yield element
        elif element.name == "header" and element.attributes.get("status") == "deleted":
            found = True
            yield _left_out(outer, "the source deleted it")
        else:
            waiting += reversed(element.children)
    if not found:
        yield _left_out(outer, "it holds no MARC fields")


def _left_out(record: Element, reason: str) -> Refusal:
    return Refusal(line=record.line, notice=notice("refused-record", line=record.line, reason=reason))


def _reading(record: Element) -> Reading | Refusal:
    leader, fields, odd = "", [], 0
    for child in record.children:
        if child.name == "leader":
            leader = child.text.strip("\n\r\t") if len(child.text.strip()) >= 20 else child.text.strip()
        elif each := _field(child):
            fields.append(each)
        elif child.name in PARTS:
            odd += 1
    if not fields:
        return _left_out(record, "it has no fields")
    if len(fields) > MAX_FIELDS:
        return _left_out(record, f"it has {len(fields):,} fields, at most {MAX_FIELDS:,} are accepted")
    told: tuple[Notice, ...] = (notice("marc-fields-odd", line=record.line, count=odd),) if odd else ()
    return reading_of(Marc(leader.ljust(24)[:24], tuple(fields)), record.line, told)


def _field(element: Element) -> Field | None:
    """The field of an element; None when it is none, or has no tag."""
    named = element.attributes
    tag = (named.get("tag") or named.get("id") or "").strip()
    if not _TAG.fullmatch(tag) or element.name not in PARTS:
        return None
    if element.name in ("controlfield", "fixfield"):
        return control(tag, element.text.strip('"\n') if element.name == "fixfield" else element.text)
    marks = "".join((named.get(f"ind{place}") or named.get(f"i{place}") or " ")[:1] for place in (1, 2))
    codes = [(part.attributes.get("code") or part.attributes.get("label") or "?")[:1] for part in element.children]
    return field(tag, marks, zip(codes, (part.text for part in element.children), strict=True))
