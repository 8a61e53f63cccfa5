"""Any saved web page that says in its metadata what it is: an article, book, thesis, news story or plain page.

What this reads: Highwire Press tags, JSON-LD, microdata and RDFa in schema.org's words, COinS, Dublin Core, PRISM,
EPrints and bepress tags, Open Graph.  A page that a reader of its own claims (ERIC, VuFind, ECER, Education Week) is
left to it; the text of the page is furniture.
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.formats.page import markup
from litbase.record.identifiers import web_address
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record, replace
from litbase.record.text import squash
from litbase.sources import ecer, edweek, eric, vufind
from litbase.sources.webpage_parts import parts_of, records_of

NAME = "webpage"
SOURCE = "webpage"
LABEL = "Web page with metadata"
VERSION = 1
RANK = 55

DEDICATED: Final = (eric, vufind, ecer, edweek)
CLAIMED: Final = 50
"""From this on a page belongs to the reader of its site."""
SEARCHED: Final = 2_000_000
_STRONG = re.compile(
    r"[\"'](?:bepress_)?citation_(?:title|author)|\bZ3988\b|[\"']og:title|[\"']article:published_time|[\"']parsely-|"
    r"[\"'](?:dc|dcterms|eprints|prism)[.:_](?:title|creator|creators_name|date|publicationname)|"
    r"schema\.org/?[\"']?[^<>]{0,200}(?:article|book|chapter|thesis|report|dataset|posting|creativework)|"
    r"[\"']@type[\"']\s?:\s?\[?\s?[\"'](?:\w{0,20}Article|Book|Chapter|Thesis|Report|Dataset|\w{0,12}Posting)[\"']",
    re.I,
)
_WEAK = re.compile(r"<title[\s>]|application/ld\+json", re.I)
_STARTS = re.compile(r"\s*<(?:!--|meta|link|script|span|title|div|article|section|p)\b", re.I)
_NO_WORK = re.compile(
    r"(?:error\s)?(?:40[34]|50[023])\b.{0,40}|page not found.{0,40}|not found|access denied|forbidden|just a moment\W*|"
    r"attention required.{0,40}|are you a robot\W*|untitled(?: document)?|home|index|log ?in|sign in", re.I
)  # fmt: skip


def sniff(document: Document) -> int:
    """85 for a page with metadata of a work, 60 for one with a title, 20 for another reader's, 0 for any other."""
    if document.binary or not (document.is_html or _STARTS.match(document.head)):
        return 0
    text = document.beginning(SEARCHED)
    sure = 85 if _STRONG.search(text) else 60 if _WEAK.search(text) and document.is_html else 0
    if sure and any(other.sniff(document) >= CLAIMED for other in DEDICATED):
        return 20
    return sure


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The work the page is about, or each of the works it lists; a Refusal when it names none that can be cited.

    The one work of a page that was fetched, and does not say where it is, is where it was fetched from.
    """
    page = markup.parse(document)
    if page.refused:
        yield Refusal(line=1, notice=page.refused, text=squash(document.head)[:200])
        return
    furniture = len(markup.lines(page))
    records, others = records_of(parts_of(page))
    told: tuple[Notice, ...] = (notice("works-beside", count=others),) if others else ()
    citable = [record for record in records if is_citable(record)]
    if not citable:
        yield Refusal(line=1, notice=notice("not-citable"), text=squash(document.head)[:200])
    fetched_from = web_address(document.name) if len(records) == 1 else ""
    for place, record in enumerate(citable):
        yield Reading(
            record=record if record.url else replace(record, url=fetched_from),
            key=f"doi:{record.doi.lower()}" if record.doi else record.url,
            furniture=0 if place else furniture,
            notices=() if place else (*page.notices, *told),
        )


def is_citable(record: Record) -> bool:
    """Whether somebody could find the work again: it has a title that is one, and who, when or where beside it."""
    title = record.title.strip()
    if not title or _NO_WORK.fullmatch(title):
        return False
    told = (record.author, record.editor, record.issued, record.doi, record.isbn, record.identifiers, record.url)
    return any(told)
