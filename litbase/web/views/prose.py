"""The operator's own pages: a small part of Markdown as values that a template shows, so that text stays text.

Headings, paragraphs, lists, emphasis, code, links, line breaks; all else, HTML above all, is read as plain words.
Source: CommonMark 0.31, of which this is a subset.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from litbase.settings import is_email
from litbase.web.links import mailed, outward
from litbase.web.views import told

LEVELS: Final = 3  # of headings below the title, which is the first heading or the name of the page
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"[ \t]{0,8}(?:([-*+])|(\d{1,9})[.)])[ \t]+(.*)")
_RULE = re.compile(r"[ \t]{0,3}(?:-[ \t]*){3,}|[ \t]{0,3}(?:\*[ \t]*){3,}|[ \t]{0,3}(?:_[ \t]*){3,}")
_PIECE = re.compile(
    r"\\(?P<escaped>[!-/:-@[-`{-~])"
    r"|`(?P<code>[^`\n]{1,500})`"
    r"|\[(?P<text>[^\[\]]{1,500})\]\((?P<target>[^()\s<>]{1,2000})\)"
    r"|<(?P<auto>[^<>\s]{3,2000})>"
    r"|(?P<bare>https?://[^\s<>\"'`*]{1,2000})"
    r"|\*\*(?=\S)(?P<strong>[^*\n]{1,1000})(?<=\S)\*\*"
    r"|\*(?=[^\s*])(?P<emphasis>[^*\n]{1,1000})(?<=\S)\*"
    r"|\b_(?=[^\s_])(?P<underlined>[^_\n]{1,1000})(?<=\S)_\b"
    r"|(?P<broken>\n)"
)
_AFTER: Final = ".,;:!?)]"  # signs that end a sentence, not an address


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in one dress."""

    text: str = told("The words")
    kind: str = told("plain, strong, emphasis, code, link or break")
    url: str = told("Where a link leads")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or one list."""

    kind: str = told("heading, paragraph, bullets or numbers")
    level: int = told("Of a heading: 2, 3 or 4; else 0")
    lines: tuple[tuple[Piece, ...], ...] = told("The pieces of each item of a list; of anything else there is one")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with its title."""

    title: str = told("The first heading where the text begins with it; else empty")
    blocks: tuple[Block, ...] = told("What follows")


def prose(text: str, markdown: bool) -> Prose:
    """*text* as blocks; where it is not *markdown* each paragraph keeps its lines, and addresses are links.

    >>> prose("# Imprint\\n\\nA *small* library", True).blocks[0].lines[0][1]
    Piece(text='small', kind='emphasis', url='')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if not markdown:
        paragraphs = re.split(r"\n\s*\n", text.strip("\n"))
        return Prose("", tuple(Block("paragraph", 0, (_plain(p.strip("\n")),)) for p in paragraphs if p.strip()))
    blocks = list(_blocks(text.split("\n")))
    title = ""
    if blocks and blocks[0].kind == "heading":
        title = "".join(piece.text for piece in blocks.pop(0).lines[0])
    return Prose(title, tuple(_in_order(blocks)))


def _in_order(blocks: list[Block]) -> Iterator[Block]:
    """*blocks* with headings from 2, none more than one below the heading before."""
    before, base = 1, min((block.level for block in blocks if block.kind == "heading"), default=2)
    for block in blocks:
        if block.kind == "heading":
            before = min(block.level - base + 2, before + 1, LEVELS + 1)
            block = replace(block, level=before)
        yield block


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []  # the lines of a paragraph
    items: list[str] = []
    kind = ""

    def finished() -> Iterator[Block]:
        if waiting:
            yield Block("paragraph", 0, (_pieces("\n".join(waiting)),))
            waiting.clear()
        if items:
            yield Block(kind, 0, tuple(_pieces(item) for item in items))
            items.clear()

    for line in lines:
        heading, item = _HEADING.fullmatch(line.strip()), _ITEM.fullmatch(line)
        if not line.strip() or _RULE.fullmatch(line):
            yield from finished()
        elif heading:
            yield from finished()
            yield Block("heading", len(heading[1]), (_pieces(_unclosed(heading[2])),))
        elif item and not waiting:
            found = "bullets" if item[1] else "numbers"
            if found != kind:
                yield from finished()
            kind = found
            items.append(item[3])
        elif items:
            items[-1] += "\n" + line.strip()
        else:
            waiting.append(line)
    yield from finished()


def _plain(text: str) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(Piece("", "break", ""))
        made += [_bare(word) if word.startswith("http") else _word(word) for word in re.split(r"(\s+)", line) if word]
    return tuple(_joined(made))


def _bare(word: str) -> Piece:
    return Piece(word, "link", url) if (url := outward(word)) else Piece(word, "plain", "")


def _word(word: str) -> Piece:
    return Piece(word, "link", mailed(word)) if is_email(word) else Piece(word, "plain", "")


def _pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of one paragraph; a line that ends in two spaces or a backslash is broken there."""
    lines = text.replace("\x00", "").split("\n")
    text = "".join(_ended(line, last=number == len(lines)) for number, line in enumerate(lines, 1))
    made: list[Piece] = []
    at = 0
    for found in _PIECE.finditer(text):
        made.append(Piece(text[at : found.start()], "plain", ""))
        made += _dressed(found)
        at = found.end()
    return tuple(_joined([*made, Piece(text[at:].rstrip(), "plain", "")]))


def _ended(line: str, last: bool) -> str:
    bare = line.strip(" ")
    if last:
        return bare
    broken = line.endswith(("  ", "\\"))
    return f"{bare.removesuffix(chr(92)) if broken else bare}{chr(10) if broken else ' '}"


def _unclosed(heading: str) -> str:
    """*heading* without the signs that may close it, as in "## Address ##"."""
    text = heading.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare != text and bare[-1:] in ("", " ") else text


def _dressed(found: re.Match[str]) -> list[Piece]:
    whole = Piece(found[0], "plain", "")
    match found.lastgroup:
        case "escaped":
            return [Piece(found["escaped"], "plain", "")]
        case "code":
            return [Piece(found["code"].strip(), "code", "")]
        case "strong":
            return [Piece(found["strong"], "strong", "")]
        case "emphasis" | "underlined":
            return [Piece(found["emphasis"] or found["underlined"], "emphasis", "")]
        case "broken":
            return [Piece("", "break", "")]
        case "target":
            url = _target(found["target"])
            return [Piece(found["text"], "link", url)] if url else [whole]
        case "auto":
            url = _target(found["auto"])
            return [Piece(found["auto"], "link", url)] if url else [whole]
    address = found[0].rstrip(_AFTER)
    return [_bare(address), Piece(found[0][len(address) :], "plain", "")]


def _target(text: str) -> str:
    """The address that *text* may be linked to; "" for none."""
    mail = text.removeprefix("mailto:")
    return mailed(mail) if is_email(mail) else outward(text)


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """*pieces* without empty ones, plain ones side by side made one."""
    waiting = ""
    for piece in pieces:
        if piece.kind == "plain":
            waiting += piece.text
            continue
        if waiting:
            yield Piece(waiting, "plain", "")
            waiting = ""
        yield piece
    if waiting:
        yield Piece(waiting, "plain", "")
