"""Reader of CSL-JSON and of Crossref's API answers: an array, one item, items in a row, or a list that is wrapped.

Sources: the CSL-JSON schema 1.0.2; Zotero's "CSL JSON" and "Better CSL JSON"; Citation.js (ndjson); api.crossref.org.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.csl.record import to_record
from litbase.formats.json_items import items
from litbase.formats.unique_keys import UniqueKeys
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "csl-json"
SOURCE = "csl-json"
LABEL = "CSL JSON"
VERSION = 1
RANK = 65

TYPES: Final = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage journal-article book-chapter posted-content proceedings-article dissertation monograph proceedings "
    "reference-entry reference-book book-section book-part edited-book peer-review report-component".split()
)
NAMES: Final = frozenset(
    "container-title collection-title publisher-place event-title page-first number-of-pages citation-key date-parts "
    "issued family given literal non-dropping-particle DOI URL ISSN ISBN title-short archive_location".split()
)
"""Members that hardly anything else than CSL-JSON has."""
_TYPE = re.compile(r'"type"\s*+:\s*+"([a-z_-]{3,30})"')
_MEMBER = re.compile(r'"([A-Za-z_-]{2,30})"\s*+:')
_OPENING = re.compile(r"\[\s*+[{\]]|\{\s*+\"")
_OTHER = re.compile(r'"(?:@context|@graph|itemType|cites_url|article_url|numFound)"\s*+:|^\s*+\{"v"\s*+:')
DEPTH: Final = 4  # how far items are looked for inside an object that is none


def sniff(document: Document) -> int:
    """95 for JSON whose items have a CSL type and names of CSL; 75 where the names alone say it; else 0."""
    if document.binary or document.is_html or document.is_xml or not _OPENING.match(document.head.lstrip()):
        return 0
    head = document.head
    if _OTHER.search(head):
        return 0
    names = NAMES.intersection(_MEMBER.findall(head))
    typed = any(name in TYPES for name in _TYPE.findall(head))
    if '"message-type"' in head[:200]:
        return 95
    if typed and (names or '"title"' in head):
        return 95
    return 75 if len(names) > 1 else 55 if names and '"id"' in head else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each item; a Refusal for each that is broken, cut off or no item.

    Of items with the same citation key the later ones get "a", "b" ... behind it.
    """
    keys = UniqueKeys()
    nothing = True
    for item in items(document.text):
        if isinstance(item, Refusal):
            nothing = False
            yield item
            continue
        for work in _works(item.value):
            nothing = False
            record, notices = to_record(work, item.line)
            record, more = keys.settled(record, item.line)
            yield Reading(record=record, line=item.line, notices=(*notices, *more))
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])


def _works(value: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """*value* itself, or the items it holds under names of its own ({"smith2019": {...}})."""
    inside = [part for member in value.values() for part in (member if isinstance(member, list) else [member])]
    is_wrapper = depth < DEPTH and "title" not in value and all(isinstance(part, dict) for part in inside)
    if is_wrapper and any(_is_item(part) for part in inside[:20]):
        for part in inside:
            yield from _works(part, depth + 1)
    elif value:
        yield value


def _is_item(value: dict[str, Any]) -> bool:
    return isinstance(value.get("type"), str) or "title" in value or "DOI" in value
