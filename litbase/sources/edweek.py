"""Articles and blog posts of Education Week, as text or saved pages.

What this reads on edweek.org: lines above the title that say kind and topic, the title, at times a deck,
the byline "By A & B — Month day, year N min read", the text, and a tail: image credit, the blog's disclaimer, and
then adverts and other articles, which are page furniture.  Where a saved page's metadata contradict, the page wins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from litbase.formats.page import markup
from litbase.record.dates import PartialDate
from litbase.record.names import Name, parse_byline, parse_name
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Leftover, Reading, Refusal, tail_left_out
from litbase.record.record import Record
from litbase.record.text import comparable, squash
from litbase.sources import edweek_parts as parts
from litbase.sources.edweek_meta import PUBLISHER_TAIL, told_by

NAME = "edweek"
SOURCE = "edweek"
LABEL = "Education Week article"
VERSION = 1
RANK = 50
CONTAINER = "Education Week"
ISSN = "0277-4232"
MAX_LINES = 20_000
_GUEST = re.compile(
    r"^(?:By\s+)?(?:Guest Bloggers?|Contributing Writers?|Commentary by|Contributors?)(?::?\s+|:?$)", re.I
)
_SIGNS = re.compile(
    r"Editorial Projects in Education|Education Week|EdWeek Top School Jobs|^\W{0,5}Save to favorites$|"
    r"A version of this article appeared in the|edweek\.org", re.M
)  # fmt: skip
_OWN_PAGE = re.compile(  # a catalogue's page may name the newspaper, its publisher and its address, but in no meta tag
    r"<(?:link|meta)\s[^<>]{0,300}(?:edweek\.org|[\"']Education Week)|m-article-title|"
    r"<title>[^<>]{0,300}(?:Education Week|EdWeek)|(?:©|&copy;)[^<>]{0,20}Editorial Projects in Education"
)
_DATED_BYLINE = re.compile(rf">\s{{0,20}}By [^<>]{{2,300}}(?:—|&mdash;)\s{parts.MONTH} \d")


@dataclass
class _Article:
    """What an article falls into."""

    kickers: list[str] = field(default_factory=list)
    title: str = ""
    line: int = 1
    decks: list[str] = field(default_factory=list)
    by: str = ""
    date: PartialDate | None = None
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blog: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)
    buttons: int = 0
    furniture: int = 0
    leftovers: list[Leftover] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def sniff(document: Document) -> int:
    """How sure it is that this is from Education Week, 0-100: by its byline, buttons, disclaimer and address."""
    if document.binary or re.search(r"^ERIC Number:|^@\w+\{|\d\d SES \d\d", document.head, re.M):
        return 0
    text = document.beginning(400_000)
    signs = {found[0].strip(" •\n\t") for found in _SIGNS.finditer(text)}
    if document.is_html:
        ours = _OWN_PAGE.search(text) or (signs and _DATED_BYLINE.search(text))
        return 95 if ours and re.search(r"<h1|og:title|headline", text) else 0
    lines = [squash(line) for line in text.split("\n")[:60]]
    head = [line for line in lines if line][:14]
    found = any(parts.byline(line) or parts.split_byline(head[n:]) for n, line in enumerate(head))
    kicked = bool(head) and parts.is_kicker(head[0])
    if found and (signs or kicked):
        return 95 if len(signs) + kicked > 1 else 85
    if found:
        return 60 if re.search(r"\d min read$|^By .{3,300} — ", "\n".join(head), re.M) else 20
    return 85 if kicked and "Save to favorites" in signs else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The article in *document*, or a refusal when it has neither title nor text; never raises."""
    told: dict[str, Any] = {}
    if document.is_html:
        page = markup.parse(document)
        if page.refused:
            yield Refusal(line=1, notice=page.refused, text=document.head[:200])
            return
        told = told_by(page)
        article = _from_page(page, told)
        article.notices[:0] = page.notices
    else:
        numbered = [(number, squash(line)) for number, line in enumerate(document.lines[:MAX_LINES], 1)]
        blocks = {number for number, line in numbered if not line}
        article = _from_lines([(n, line) for n, line in numbered if line], blocks)
    if len(document.lines) > MAX_LINES:
        article.notices.append(notice("too-large", what="The page", limit=f"{MAX_LINES:,} lines"))
    if not article.title and not article.body and not told.get("title"):
        yield Refusal(line=1, notice=notice("no-record"), text=squash(document.head)[:200])
        return
    record, notices = _assemble(article, told)
    yield Reading(record=record, key=record.url, line=article.line, leftovers=tuple(article.leftovers),
                  furniture=article.furniture, notices=notices)  # fmt: skip


# --- lines


def _from_lines(lines: list[tuple[int, str]], blanks: set[int], heading: str = "") -> _Article:
    """The parts of an article in its lines; *blanks* numbers the empty lines, *heading* is the title where known."""
    article = _Article()
    start = _find_byline(article, lines, heading)
    _head(article, lines[: start[0]], blanks, heading)
    rest = lines[start[1] :]
    ended = False
    for place, (_, line) in enumerate(rest):
        if parts.is_tail(line) and _only_tail(rest[place:]):
            article.furniture += len(rest) - place
            article.notices.append(tail_left_out(line, [number for number, _ in rest[place:]]))
            break
        if disclaimer := parts.DISCLAIMER.match(line):
            article.blog = disclaimer["blog"].removeprefix("the ").strip()
        elif edition := parts.EDITION.match(line):
            article.notes.append(line)
            article.extra.append(("edweek:print-edition", edition["date"]))
            if edition["title"]:
                article.extra.append(("edweek:print-title", edition["title"].strip('“”"')))
        elif parts.IMAGE.match(line):
            article.notes.append(line)
        elif parts.is_button(line) or parts.FOLLOW.match(line):
            article.buttons += 1
        elif ended:
            article.furniture += 1
        else:
            article.body.append(line)
        ended = ended or bool(article.blog)
    return article


def _only_tail(lines: list[tuple[int, str]]) -> bool:
    """Whether nothing of the article comes after these lines: then they are its tail, no heading of the text."""
    return not any(parts.DISCLAIMER.match(line) or parts.FOLLOW.match(line) for _, line in lines)


def _find_byline(article: _Article, lines: list[tuple[int, str]], heading: str) -> tuple[int, int]:
    """Takes the byline in; (where it begins, where the text begins).  Without one, the text begins after the head."""
    for place, (_, line) in enumerate(lines[:40]):
        found, count, others = parts.byline(line), 1, list[str]()
        if split := parts.split_byline([other for _, other in lines[place : place + 12]]):
            found, count, others = split
            article.buttons += sum(parts.is_button(other) for _, other in lines[place : place + count])
        if found:
            article.by, article.date = found.by, found.date
            article.notes += [*others, *filter(None, [found.notes])]
            return place, place + count
    buttons = [place for place, (_, line) in enumerate(lines[:12]) if parts.is_button(line)]
    titles = [place + 1 for place, (_, line) in enumerate(lines) if line == heading]
    end = next(iter((*titles, *buttons)), _head_length(lines))
    return end, end


def _head_length(lines: list[tuple[int, str]]) -> int:
    """How many lines the head has when there is neither byline nor button: kickers and one title."""
    kickers = 0
    while kickers < len(lines) and parts.is_kicker(lines[kickers][1]):
        kickers += 1
    return min(kickers + 1, len(lines))


def _head(article: _Article, lines: list[tuple[int, str]], blanks: set[int], heading: str) -> None:
    buttons = [pair for pair in lines if parts.is_button(pair[1]) and pair[1] != heading]
    article.buttons += len(buttons)
    lines = [pair for pair in lines if pair not in buttons]
    if not lines:
        return
    title = next((n for n, (_, line) in enumerate(lines) if line == heading), None) if heading else None
    if title is None:
        title = _title_place([line for _, line in lines], [number for number, _ in lines], blanks)
        kickers = [parts.is_kicker(line) for _, line in lines[:title]]
        whole = any(kickers) and not kickers[0]  # a whole page: above the kickers stands the site's own
        article.kickers = [line for (_, line), known in zip(lines, kickers, strict=False) if known or not whole]
        if whole:
            others = [pair for pair, known in zip(lines, kickers, strict=False) if not known]
            article.leftovers += [Leftover(number, line[:500]) for number, line in others]
    else:  # a saved page: what stands above the heading and is no kicker is the site's
        article.kickers = [line for _, line in lines[:title] if parts.is_kicker(line)]
        article.furniture += title - len(article.kickers)
    article.line = lines[title][0]
    article.title = lines[title][1]
    article.decks = [line for _, line in lines[title + 1 :]]


def _title_place(lines: list[str], numbers: list[int], blanks: set[int]) -> int:
    """Which of the lines above the byline is the title: the first that is no kicker."""
    place = 0
    while place < len(lines) - 1 and parts.is_kicker(lines[place]):
        place += 1
    rest = lines[place:]
    known = [number for number, line in enumerate(lines[:-1]) if parts.is_kicker(line)]
    if place == 0 and known:
        return known[-1] + 1
    if place == 0 and len(rest) > 1:
        # an unknown topic stands on its own above the title; a deck is a sentence below it
        alone = any(blank in blanks for blank in range(numbers[0] + 1, numbers[1]))
        is_deck = rest[1].endswith((".", "!", "”")) or len(rest[1]) > 1.5 * len(rest[0]) + 60
        if alone and len(rest[0]) < 60 and not rest[0].endswith(("?", "!", ".")) and (len(rest) > 2 or not is_deck):
            return 1
    return place


# --- saved pages


def _from_page(page: markup.Page, told: dict[str, Any]) -> _Article:
    heading = markup.first(page, ".m-article-title", "h1[itemprop='headline']", "article h1", "main h1", "h1")
    title = squash(markup.text(heading).replace("\n", " ")) if heading is not None else ""
    furniture = markup.drop(
        page, "aside", ".advertisement", ".ad", "[class*='newsletter' i]", "[class*='breadcrumb' i]"
    )
    above = {id(node) for node in heading.parents} if heading is not None else set()
    main = next((node for css in ("article", "main") for node in markup.select(page, css) if id(node) in above), None)
    found = markup.lines(main if main is not None else page)
    lines = [(line.number, line.text.replace("\t", " ")) for line in found]
    if not title and told.get("title") and not any(parts.byline(line) for _, line in lines[:40]):
        article = _Article(body=[line for _, line in lines if not parts.is_button(line)])
    else:
        article = _from_lines(lines, set(), title)
    article.furniture += furniture
    return article


# --- the record


def _assemble(article: _Article, told: dict[str, Any]) -> tuple[Record, tuple[Notice, ...]]:
    genre, topic = parts.genre_and_topic(article.kickers)
    notices = list(article.notices)
    title = PUBLISHER_TAIL.sub("", article.title) or told.get("title", "")
    if re.search(r"\(Opinion\)\s*$", article.title) and not genre:
        genre = "Opinion"
    authors = _authors(article.by) or tuple(name for text in told.get("authors", ()) for name in _authors(text))
    issued = article.date or told.get("date")
    if article.title and told.get("title") and comparable(title) != comparable(told["title"]):
        notices.append(notice("meta-contradicts", "title", page=title, meta=told["title"]))
    if article.date and told.get("date") and str(article.date) != str(told["date"]):
        notices.append(notice("meta-contradicts", "issued", page=article.date.display, meta=told["date"].display))
    if article.by and told.get("authors"):
        meta = tuple(name for text in told["authors"] for name in _authors(text))
        if {comparable(name.display) for name in meta} != {comparable(name.display) for name in authors}:
            notices.append(notice("meta-contradicts", "author", page=article.by, meta="; ".join(told["authors"])))
    record = Record(
        type="article-newspaper", genre=genre, title=title, author=authors, issued=issued, container_title=CONTAINER,
        collection_title=article.blog, section=topic or told.get("section", ""), issn=(ISSN,), url=told.get("url", ""),
        body="\n\n".join(article.body), note="\n".join((*article.decks, *article.notes)), extra=tuple(article.extra),
    )  # fmt: skip
    for code, name in (("no-title", "title"), ("no-author", "author"), ("no-date", "issued")):
        if not getattr(record, name):
            notices.append(notice(code, name))
    if article.buttons:
        notices.append(notice("buttons", count=article.buttons))
    return record, tuple(notices)


def _authors(by: str) -> tuple[Name, ...]:
    """The people of a byline in its order; a guest blogger's and a contributor's "Guest Blogger" is no name."""
    by = _GUEST.sub("", by)
    if re.search(r",\s(?:The )?Associated Press$|^(?:The )?Associated Press$", by):
        people = by.rpartition(", ")[0]
        return parse_byline(people) if people else (Name(literal=by),)
    names = parse_byline(by)
    return tuple(dict.fromkeys(filter(None, names or [parse_name(by)])))
