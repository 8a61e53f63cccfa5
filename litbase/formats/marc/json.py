"""Reader of MARC-in-JSON: one record, a list of records, or one on each line.

Source: the serialization that pymarc, ruby-marc and marc4j write: "leader", and "fields" as objects of one name each,
a text for a control field, else two indicators and a list of subfields.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from litbase.formats.json_items import Item, items
from litbase.formats.marc.record import reading_of
from litbase.formats.marc.values import Field, Marc, control, field
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "marc-json"
SOURCE = "marc"
LABEL = "MARC-in-JSON"
VERSION = 1
RANK = 60

MAX_FIELDS = 20_000
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_LEADER = re.compile(r'"leader"\s{0,20}:\s{0,20}"[^"]{20,24}"')
_FIELDS = re.compile(r'"fields"\s{0,20}:\s{0,20}\[')


def sniff(document: Document) -> int:
    """Sure of JSON whose first objects have a leader and a list of fields."""
    head = document.head.lstrip()
    return 90 if head[:1] in ("{", "[") and _LEADER.search(head) and _FIELDS.search(head) else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each record; what is no record or has no fields is a Refusal."""
    for item in items(document.text):
        yield item if isinstance(item, Refusal) else _reading(item)


def _reading(item: Item) -> Reading | Refusal:
    given = item.value.get("fields")
    listed = given if isinstance(given, list) else []
    pairs = [pair for each in listed[:MAX_FIELDS] if isinstance(each, dict) for pair in each.items()]
    fields = [each for tag, value in pairs if (each := _field(tag, value))]
    if not fields:
        return Refusal(line=item.line, notice=notice("refused-record", line=item.line, reason="it has no fields"))
    odd = max(len(listed), len(pairs)) - len(fields)
    told: tuple[Notice, ...] = (notice("marc-fields-odd", line=item.line, count=odd),) if odd else ()
    leader = item.value.get("leader")
    leader = leader if isinstance(leader, str) else ""
    return reading_of(Marc(leader.ljust(24)[:24], tuple(fields)), item.line, told)


def _field(tag: str, value: Any) -> Field | None:
    """The field of a tag and what stands under it; None when it is none."""
    if not _TAG.fullmatch(tag):
        return None
    if isinstance(value, str):
        return control(tag, value)
    if not isinstance(value, dict) or not isinstance(value.get("subfields"), list):
        return None
    marks = "".join((_shown(value, name) or " ")[:1] for name in ("ind1", "ind2"))
    held = (part for part in value["subfields"] if isinstance(part, dict))
    return field(tag, marks, ((code[:1] or "?", _shown(part, code)) for part in held for code in part))


def _shown(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return str(found) if isinstance(found, str | int | float) else ""
