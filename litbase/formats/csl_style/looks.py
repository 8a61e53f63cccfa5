"""What pandoc printed, as Rich: its document tree has an element for each look, so no markup is ever read or passed on.

Source: the types of pandoc's document (pandoc-types 1.23) and the classes its citation processor writes.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.styles.rich import Piece, Rich, merged

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "Emph": {"italic": True}, "Strong": {"bold": True}, "SmallCaps": {"small_caps": True},
    "Superscript": {"script": "sup"}, "Subscript": {"script": "sub"}, "Underline": {}, "Strikeout": {}, "Para": {},
    "Plain": {},
}  # fmt: skip
_PLAIN: Final[dict[str, Any]] = {"italic": False, "bold": False, "small_caps": False, "script": ""}
_QUOTES: Final = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_BESIDE: Final = frozenset({"csl-block", "csl-left-margin", "csl-right-inline", "csl-indent"})
_BLANK = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # pandoc counts from zz on into them
_ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.I)


def rich_of(blocks: list[Any]) -> Rich:
    """The text of *blocks* on one line, with its looks and links; only addresses of the web are links."""
    return _on_one_line(_pieces(blocks, Piece("")))


def _pieces(nodes: list[Any], look: Piece) -> Iterator[Piece]:
    for node in nodes:
        kind, inside = node["t"], node.get("c")
        if kind in _LOOKS:
            yield from _pieces(inside, look._replace(**_LOOKS[kind]))
        elif kind == "Str":
            yield look._replace(text=inside)
        elif kind == "Quoted":
            before, after = _QUOTES[inside[0]["t"]]
            yield look._replace(text=before)
            yield from _pieces(inside[1], look)
            yield look._replace(text=after)
        elif kind in ("Span", "Div"):
            yield from _spanned(set(inside[0][1]), inside[1], look)
        elif kind == "Link":
            address = inside[2][0]
            yield from _pieces(inside[1], look._replace(link=address if _ADDRESS.fullmatch(address) else ""))
        elif isinstance(inside, list) and inside and isinstance(inside[-1], str):  # code or raw markup: characters here
            yield look._replace(text=inside[-1])
        else:
            yield look._replace(text=" ")


def _spanned(classes: set[str], inside: list[Any], look: Piece) -> Iterator[Piece]:
    if "nodecor" in classes:
        look = look._replace(**_PLAIN)
    if not classes & _BESIDE:
        yield from _pieces(inside, look)
        return
    yield Piece(" ")
    yield from _pieces(inside, look)
    yield Piece(" ")


def _on_one_line(pieces: Iterator[Piece]) -> Rich:
    """*pieces* without blanks at the ends and with single ones between."""
    told: list[Piece] = []
    for piece in pieces:
        text = _BLANK.sub(" ", _CONTROL.sub("", piece.text))
        if text.startswith(" ") and (not told or told[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            told.append(piece._replace(text=text))
    if told:
        told[-1] = told[-1]._replace(text=told[-1].text.rstrip(" "))
    return merged(tuple(piece for piece in told if piece.text))
