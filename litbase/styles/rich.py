"""Formatted text: runs of characters with their looks, from which plain text and HTML are both made.

A value is a tuple of pieces; () is nothing.
"""

from html import escape
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple


class Piece(NamedTuple):
    """A run of characters of one look; *script* is "sup", "sub" or "", *link* an address or ""."""

    text: str
    italic: bool = False
    bold: bool = False
    script: str = ""
    link: str = ""
    small_caps: bool = False


Rich = tuple[Piece, ...]


def rich(text: str, link: str = "") -> Rich:
    """*text* as it stands, leading to the address *link*; () when it is empty."""
    return (Piece(text, link=link),) if text else ()


def italic(part: Rich) -> Rich:
    """*part* in italics; what is in italics within it stands upright."""
    return tuple(piece._replace(italic=not piece.italic) for piece in part)


def upright(part: Rich) -> Rich:
    """*part* with neither italics nor bold."""
    return tuple(piece._replace(italic=False, bold=False) for piece in part)


def plain(part: Rich) -> str:
    """The characters of *part*."""
    return "".join(piece.text for piece in part)


def relettered(part: Rich, text: str) -> Rich:
    """*part* with the characters of *text*, of which there are as many, in the place of its own."""
    pieces, at = [], 0
    for piece in part:
        pieces.append(piece._replace(text=text[at : at + len(piece.text)]))
        at += len(piece.text)
    return tuple(pieces)


def merged(part: Rich) -> Rich:
    """*part* in as few pieces as its looks allow."""
    return tuple(
        Piece("".join(piece.text for piece in run), *look)
        for look, run in groupby(part, key=itemgetter(slice(1, None)))
    )


def html(part: Rich, links: bool = False) -> str:
    """*part* as HTML in which only i, b, sup and sub occur, a span for small capitals, and a where *links* are wanted.

    >>> html((Piece("R&D", italic=True), Piece(" <b>"), Piece("2", script="sup")))
    '<i>R&amp;D</i> &lt;b&gt;<sup>2</sup>'
    """
    looks = ("italic", "bold", "small_caps", "script")
    return _nested(part, ("link", *looks) if links else looks)


def _nested(part: Rich, looks: tuple[str, ...]) -> str:
    """*part* as HTML with an element for each run of the first of *looks*, and elements of the others within it."""
    if not looks:
        return "".join(escape(piece.text, quote=False) for piece in part)
    runs = groupby(part, key=attrgetter(looks[0]))
    return "".join(_element(looks[0], value, _nested(tuple(run), looks[1:])) for value, run in runs)


def _element(look: str, value: str | bool, inner: str) -> str:
    if not value or not inner:
        return inner
    if look == "link":
        return f'<a href="{escape(str(value))}">{inner}</a>'
    if look == "small_caps":
        return f'<span class="small-caps">{inner}</span>'
    name = {"italic": "i", "bold": "b"}.get(look, str(value))
    return f"<{name}>{inner}</{name}>"
