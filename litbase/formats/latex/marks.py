"""Emphasis while LaTeX is read: noncharacters in the text show where it begins and ends until the text is whole.

They survive joining and squeezing of texts; `settled` takes them out and says which characters they stood around.
"""

from typing import Final, NamedTuple

_OPENING: Final = {"i": "\ufdd0", "b": "\ufdd1", "sup": "\ufdd2", "sub": "\ufdd3"}
_CLOSING: Final = {"i": "\ufdd4", "b": "\ufdd5", "sup": "\ufdd6", "sub": "\ufdd7"}
_BEGINS: Final = {sign: style for style, sign in _OPENING.items()}
_ENDS: Final = {sign: style for style, sign in _CLOSING.items()}
_NOTHING: Final = dict.fromkeys(map(ord, (*_BEGINS, *_ENDS)), "")
MOST: Final = 200  # emphasised stretches of one text


class Stretch(NamedTuple):
    """Characters start to stop in one style: "i", "b", "sup" or "sub"."""

    start: int
    stop: int
    style: str


def emphasised(text: str, style: str) -> str:
    """*text* between the signs of *style*."""
    return f"{_OPENING[style]}{text}{_CLOSING[style]}" if text.strip() else text


def bare(text: str) -> str:
    """*text* without any signs."""
    return text.translate(_NOTHING)


def settled(text: str) -> tuple[str, tuple[Stretch, ...]]:
    """*text* on one line without signs, paragraphs kept, and what was emphasised, outer before inner.

    >>> settled("On " + emphasised("Homo sapiens ", "i") + " today")
    ('On Homo sapiens today', (Stretch(start=3, stop=15, style='i'),))
    """
    if not any(sign in text for sign in _OPENING.values()):
        return bare(text), ()
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    found: list[Stretch] = []
    for character in text:
        if character in _BEGINS:
            opened.append((_BEGINS[character], len(out)))
        elif character in _ENDS:
            if opened and opened[-1][0] == _ENDS[character]:
                style, start = opened.pop()
                found += _trimmed(out, start, style) if len(found) < MOST else ()
        elif not (character == " " and (not out or out[-1].isspace())):
            out.append(character)
    plain = "".join(out).rstrip()
    return plain, tuple(sorted(mark for mark in found if mark.stop <= len(plain)))


def _trimmed(out: list[str], start: int, style: str) -> tuple[Stretch, ...]:
    stop = len(out)
    while start < stop and out[stop - 1].isspace():
        stop -= 1
    while start < stop and out[start].isspace():
        start += 1
    return (Stretch(start, stop, style),) if start < stop else ()
