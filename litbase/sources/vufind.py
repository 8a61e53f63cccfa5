"""Records of VuFind library catalogues, as the text of a page or as the saved page itself.

What this reads (after VuFind's record templates and its Summon driver): title, a summary cut short, the table
"Bibliographic Details" and the table "Description" or "More Information".  Labels stand before a colon or are glued
to their values ("LanguageEnglish"), in nine languages; a line without a label belongs to the label before it.
In a saved page the rows of the tables and the COinS are read; where they contradict, the page is believed.
"""

import re
from collections.abc import Iterator

from litbase.formats.page import markup
from litbase.formats.page.coins import contexts
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import stated
from litbase.record.text import squash
from litbase.sources import vufind_labels as words
from litbase.sources.vufind_coins import add_coins
from litbase.sources.vufind_page import from_page
from litbase.sources.vufind_record import Rows, assemble
from litbase.sources.vufind_text import from_lines, value_after

NAME = "vufind"
SOURCE = "vufind"
LABEL = "VuFind catalogue record"
VERSION = 1
RANK = 60


def sniff(document: Document) -> int:
    """How sure it is that this is a VuFind record, 0-100: by its headings and at least three of its labels."""
    if document.binary:
        return 0
    head = document.beginning(200_000)
    if document.is_html:
        if re.search(r"VuFind|class=[\"']?hiddenId", head) and re.search(r"<t[hd]", head):
            return 95
        return 90 if any(f">{name}" in head for name in words.ALL_HEADINGS["core"].split("|")) else 0
    lines = [line.strip() for line in head.split("\n", 400)[:400]]
    if sum(line.startswith(("ERIC Number:", "Descriptors:", "TY  - ")) for line in lines):
        return 0
    language = words.language_of(lines)
    known = words.labels(language, detail=False) | words.labels(language, detail=True)
    found = {name for line in lines for label, name in known.items() if value_after(line, label) is not None}
    telling = found & {"container", "author", "corporate", "others", "format", "language", "published", "subjects",
                       "online", "isbn", "doi", "summary", "series", "edition"}  # fmt: skip
    if any(words.heading_of(line) == "core" for line in lines) and len(telling) >= 2:
        return 95
    return 85 if {"format", "language"} <= found and len(telling) >= 4 else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The record in *document*, or a refusal when nothing of it was understood; never raises."""
    rows = Rows()
    if document.is_html:
        page = markup.parse(document)
        if page.refused:
            yield Refusal(line=1, notice=page.refused, text=document.head[:200])
            return
        context = next(iter(contexts(page)), {})
        identity = next((markup.attribute(node, "value") for node in markup.select(page, ".hiddenId")), "")
        parts = from_page(page)
        parts.notices[:0] = page.notices
    else:
        context, identity = {}, ""
        parts = from_lines(document.lines)
        if parts.glued:
            examples = ", ".join(f"“{text}”" for _, text in parts.glued[:3])
            parts.notices.append(notice("labels-parted", line=parts.glued[0][0], examples=examples))
    rows.title, rows.subtitle, rows.teaser = parts.title, parts.subtitle, parts.teaser
    for name, label, values in parts.rows:
        rows.add(name, label, values)
    record, notices = assemble(rows)
    if context:
        record, told = add_coins(record, context)
        notices += told
    if len(stated(record)) < 3:
        yield Refusal(line=parts.line, notice=notice("no-record"), text=squash(document.head)[:200])
        return
    furniture = parts.furniture + rows.furniture
    key = f"doi:{record.doi.lower()}" if record.doi else f"record:{identity}" if identity else ""
    yield Reading(record=record, key=key, line=parts.line, leftovers=tuple(parts.leftovers), furniture=furniture,
                  notices=(*parts.notices, *notices))  # fmt: skip
