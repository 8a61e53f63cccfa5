"""Records of VuFind library catalogues, as the text of a page or as the saved page itself.

What this reads (SOURCES: VuFind's record templates and its Summon driver): title, a summary cut short, the table
"Bibliographic Details" and the table "Description" or "More Information".  Labels stand before a colon or are glued
to their values ("LanguageEnglish"), in nine languages; a line without a label belongs to the label before it.
In a saved page the rows of the tables and the COinS are read; where they contradict, the page is believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from litbase.formats import markup
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Leftover, Reading, Refusal
from litbase.record.record import stated
from litbase.record.text import squash
from litbase.sources import vufind_labels as words
from litbase.sources.vufind_coins import add_coins
from litbase.sources.vufind_record import Rows, assemble

NAME = "vufind"
SOURCE = "vufind"
LABEL = "VuFind catalogue record"
VERSION = 1
RANK = 60
MAX_LINES = 20_000
SINGLE = frozenset(("edition", "doi", "place", "extent", "language", "format", "published", "dates", "peer"))


@dataclass
class _Parts:
    """What a page falls into, whether it was text or HTML."""

    title: list[str] = field(default_factory=list)
    subtitle: str = ""
    teaser: list[str] = field(default_factory=list)
    rows: list[tuple[str, str, list[str]]] = field(default_factory=list)
    line: int = 1
    leftovers: list[Leftover] = field(default_factory=list)
    furniture: int = 0
    notices: list[Notice] = field(default_factory=list)


def sniff(document: Document) -> int:
    """How sure it is that this is a VuFind record, 0-100: by its headings and at least three of its labels."""
    if document.binary:
        return 0
    head = document.text[:200_000]
    if document.is_html:
        if re.search(r"VuFind|class=[\"']?hiddenId", head) and re.search(r"<t[hd]", head):
            return 95
        return 90 if any(f">{name}" in head for name in words.ALL_HEADINGS["core"].split("|")) else 0
    lines = [line.strip() for line in head.split("\n", 400)[:400]]
    if sum(line.startswith(("ERIC Number:", "Descriptors:", "TY  - ")) for line in lines):
        return 0
    language = words.language_of(lines)
    known = words.labels(language, detail=False) | words.labels(language, detail=True)
    found = {name for line in lines for label, name in known.items() if _value(line, label) is not None}
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
        coins = markup.coins(page)
        identity = next((markup.attribute(node, "value") for node in markup.select(page, ".hiddenId")), "")
        parts = _from_page(page)
        parts.notices[:0] = page.notices
    else:
        coins, identity = {}, ""
        parts = _from_lines(document.lines)
    rows.title, rows.subtitle, rows.teaser = parts.title, parts.subtitle, parts.teaser
    for name, label, values in parts.rows:
        rows.add(name, label, values)
    record, notices = assemble(rows)
    if coins:
        record, told = add_coins(record, coins)
        notices += told
    if len(stated(record)) < 3:
        yield Refusal(line=parts.line, notice=notice("no-record"), text=squash(document.head)[:200])
        return
    furniture = parts.furniture + rows.furniture
    key = f"doi:{record.doi.lower()}" if record.doi else f"record:{identity}" if identity else ""
    yield Reading(record=record, key=key, line=parts.line, leftovers=tuple(parts.leftovers), furniture=furniture,
                  notices=(*parts.notices, *notices))  # fmt: skip


# --- text


def _value(line: str, label: str) -> str | None:
    """What follows *label* in *line*: after a colon, a tab or a space, or glued on; None when it is not there."""
    if not line.startswith(label):
        return None
    rest = line[len(label) :]
    if rest[:1].islower():
        return None
    return rest.lstrip(": \t")


def _from_lines(lines: list[str]) -> _Parts:
    parts = _Parts()
    stripped = [squash(line) for line in lines[:MAX_LINES]]
    if len(lines) > MAX_LINES:
        parts.notices.append(notice("too-large", what="The page", limit=f"{MAX_LINES:,} lines"))
    language = words.language_of(stripped)
    start = _table_start(stripped, language)
    _head(parts, stripped, start)
    _table(parts, stripped, start, language)
    return parts


def _table_start(lines: list[str], language: str) -> int:
    for number, line in enumerate(lines):
        if words.heading_of(line) == "core":
            return number
    known = words.labels(language, detail=False)
    hits = [
        number
        for number, line in enumerate(lines)
        if any((value := _value(line, label)) is not None and (value or ":" in line) for label in known)
    ]
    # a title may begin like a label ("Language learning in ..."): the table is where two labels follow each other
    return next((a for a, b in pairwise(hits) if b - a <= 3 and a > 0), hits[0] if hits else len(lines))


def _head(parts: _Parts, lines: list[str], start: int) -> None:
    """Title, then the summary cut short; what is a button is furniture."""
    ended = False
    for number, line in enumerate(lines[:start], 1):
        if not line:
            ended = bool(parts.title)
        elif words.heading_of(line):
            parts.furniture += 1
            ended = bool(parts.title)
        elif not parts.title:
            parts.title.append(line)
            parts.line = number
        elif not ended and len(line) < 160 and not line.endswith("...") and len(parts.title) < 4:
            parts.title.append(line)
        else:
            ended = True
            parts.teaser.append(line)


def _table(parts: _Parts, lines: list[str], start: int, language: str) -> None:
    detail = False
    known = words.labels(language, detail)
    colons = _colons(lines[start:], language)
    seen: set[str] = set()
    blank = False
    for number, line in enumerate(lines[start:], start + 1):
        if not line:
            blank = True
            continue
        kind = words.heading_of(line)
        current = parts.rows[-1] if parts.rows else None
        found = _labelled(line, known, colons[detail], seen, current)
        if found and not (kind and not found[2]):
            label, name, value = found
            seen.add(label)
            parts.rows.append((name, label, [value] if value else []))
        elif kind == "detail":
            detail, seen = True, set()
            known = words.labels(language, detail)
            parts.furniture += 1
        elif kind == "tail" and not words.heading_of(next(filter(None, lines[number:]), "")):
            parts.furniture += sum(map(bool, lines[number - 1 :]))
            return
        elif kind:
            parts.furniture += 1
        elif current and (not current[2] or detail or not blank) and not (current[0] in SINGLE and blank):
            current[2].append(line)
        else:
            parts.leftovers.append(Leftover(number, line[:500]))
        blank = False


def _colons(lines: list[str], language: str) -> tuple[bool, bool]:
    """Whether the labels of the core and of the detail table are followed by colons."""
    answers = []
    for detail in (False, True):
        known = words.labels(language, detail)
        hits = [line[len(label) :] for line in lines for label in known if _value(line, label) is not None]
        with_colon = sum(rest.lstrip().startswith(":") for rest in hits)
        answers.append(with_colon * 2 > len(hits))
    return answers[0], answers[1]


def _labelled(
    line: str, known: dict[str, str], colon: bool, seen: set[str], current: tuple[str, str, list[str]] | None
) -> tuple[str, str, str] | None:
    """(label, field, value) when *line* begins with a label that can stand here, else None."""
    for label, name in known.items():
        value = _value(line, label)
        if value is None:
            continue
        rest = line[len(label) :].lstrip()
        if colon and rest and not rest.startswith(":"):
            continue
        if not colon and label in seen:
            continue
        # "Language and culture" under Subjects is a subject
        in_prose = current is not None and current[0] in ("subjects", "summary", "note")
        if not rest.startswith(":") and value[:1].islower() and in_prose:
            continue
        return label, name, value
    return None


# --- saved pages


def _from_page(page: markup.Page) -> _Parts:
    parts = _Parts()
    heading = markup.first(page, "h1[property='name']", ".record h1", ".media-body h1", "main h1", "h1", "h2", "h3")
    if heading is not None:
        parts.line = markup.line_of(heading)
        if (sub := markup.first(heading, ".subtitle", ".sub-title", "small", "span")) is not None:
            parts.subtitle = squash(markup.text(sub))
            sub.extract()
        parts.title = [line.text for line in markup.lines(heading)]
        heading.extract()
    beside = (".similar-items", "#similar-items", ".sidebar", ".record-tabs .nav", ".savedLists")
    parts.furniture = markup.drop(page, *beside)
    for table in markup.select(page, "table"):
        _page_table(parts, table)
    for node in markup.select(page, "dl"):
        _page_list(parts, node)
    for line in markup.lines(page):
        if words.heading_of(line.text):
            parts.furniture += 1
        elif len(line.text) > 80 and not parts.teaser:
            parts.teaser.append(line.text)
        else:
            parts.leftovers.append(Leftover(line.number, line.text[:500]))
    return parts


def _page_table(parts: _Parts, table: markup.Node) -> None:
    caption = markup.first(table, "caption")
    detail = caption is not None and words.heading_of(markup.text(caption)) == "detail"
    for row in markup.select(table, "tr"):
        cells = list(row.find_all(["th", "td"], recursive=False))
        if len(cells) != 2 or not _page_row(parts, markup.text(cells[0]), cells[1], detail):
            continue
        row.extract()
    if caption is not None:
        caption.extract()
        parts.furniture += 1


def _page_list(parts: _Parts, node: markup.Node) -> None:
    for term in markup.select(node, "dt"):
        value = term.find_next_sibling("dd")
        if value is not None and _page_row(parts, markup.text(term), value, detail=False):
            term.extract()
            value.extract()


def _page_row(parts: _Parts, label: str, cell: markup.Node, detail: bool) -> bool:
    label = squash(label).rstrip(" :")
    if not label:
        return False
    name = words.field_of(label, detail) or "extra"
    values = [squash(line.text) for line in markup.lines(cell)]
    if name == "online":
        values += [markup.attribute(link, "href") for link in markup.select(cell, "a[href^='http']")]
    parts.rows.append((name, label, values))
    return True
