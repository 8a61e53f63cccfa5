"""Reader of Publish or Perish's JSON, which holds what Google Scholar, Crossref and others answered it.

Source: real exports; numbers that are not known are 0 there, and "..." closes a list of authors that was cut.  Google
Scholar does not say what a work is: without a type it is an article where a volume, an issue or an ISSN stands.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.csv.people import one
from litbase.formats.emphasis import read as plain
from litbase.formats.json_items import items
from litbase.formats.type_names import Type, type_called
from litbase.record.dates import PartialDate
from litbase.record.identifiers import normal_doi
from litbase.record.names import OTHERS, Name
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.record.text import clean, squash

NAME = "publish-or-perish"
SOURCE = "publish-or-perish"
LABEL = "Publish or Perish JSON"
VERSION = 1
RANK = 45

_OWN: Final = re.compile(r'"(?:cites_url|related_url|article_url|ecc|gsrank|citesperyear)"\s*+:')
_CUT: Final = frozenset(("...", "…"))


def sniff(document: Document) -> int:
    """90 for JSON with names that only Publish or Perish uses, else 0."""
    head = document.head
    if document.binary or not head.lstrip().startswith(("[", "{")):
        return 0
    return 90 if len(set(_OWN.findall(head))) > 1 and '"title"' in head else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each work; a Refusal for each that is broken or cut off."""
    nothing = True
    for item in items(document.text):
        nothing = False
        if isinstance(item, Refusal):
            yield item
            continue
        record = _record(item.value)
        notices = () if record.title else (notice("no-title", "title", item.line),)
        yield Reading(record=record, line=item.line, notices=notices)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])


def _record(work: dict[str, Any]) -> Record:
    left = {name.lower().replace("_", ""): value for name, value in work.items()}
    shown = {name.lower().replace("_", ""): name for name in work}

    def take(name: str) -> str:
        value = left.pop(name, None)
        return squash(clean(str(value))) if isinstance(value, (str, int)) and value not in (0, "", "0", False) else ""

    title, title_marks = plain(take("title"), "title")
    abstract, abstract_marks = plain(take("abstract"), "abstract")
    source = take("source")
    first, last = take("startpage"), take("endpage")
    authors = left.pop("authors", None)
    people, others = _people(authors if isinstance(authors, list) else str(authors or "").split(", "))
    volume, issue, issn = take("volume"), take("issue"), take("issn")
    kind = type_called(take("type")) or Type("article-journal" if volume or issue or issn else "document")
    return Record(
        type=kind.csl,
        genre=kind.genre,
        title=title,
        author=people,
        others=others,
        container_title=source,
        publisher=take("publisher"),
        volume=volume,
        issue=issue,
        page=f"{first}-{last}" if first and last and first != last else first,
        issued=PartialDate.parse(take("year")),
        doi=normal_doi(take("doi")),
        issn=(issn,) if issn else (),
        url=take("articleurl"),
        full_text_url=take("fulltexturl"),
        abstract=abstract,
        marks=(*title_marks, *abstract_marks),
        extra=tuple(
            (f"pop:{shown[name]}", squash(clean(str(value)))) for name, value in left.items() if value not in (None, "")
        ),
    )


def _people(given: list[Any]) -> tuple[tuple[Name, ...], bool]:
    texts = [squash(clean(text)) for text in given if isinstance(text, str)]
    named = [text for text in texts if text and text not in _CUT and not OTHERS.match(text)]
    names = (one(text.strip(" .…")) for text in named)
    return tuple(name for name in names if name), len(named) < len([text for text in texts if text])
