"""The items of a JSON file one by one, each with its line: an array, one object, objects in a row, or a wrapper.

The array is never decoded as a whole: what is broken is refused with its line, the items around it are read, and a
file that ends too early gives the items before the break.  Source: RFC 8259; JSON lines; the answers of Crossref and
Zotero, which wrap the list ("items").
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from litbase.record.notices import Notice, notice
from litbase.record.reading import Refusal
from litbase.record.text import squash

MAX_REFUSALS: Final = 200
WRAPPERS: Final = re.compile(r'"(?:items|references)"\s*+:\s*+(?=\[)')
HEAD: Final = 100_000  # characters in which a wrapper's list must begin
_MESSAGE = re.compile(r'"message"\s*+:\s*+(?=[\[{])')
_GAP = re.compile(r"[\s,\ufeff]*+")
_MEMBER = re.compile(r'\{\s*+("(?:[^"\\\n]|\\.){1,60}+")')
_ITEM = re.compile(r'\}\s*+,\s*+(?=\{\s*+"(?:id|type|title|DOI|citation-key)")')
_decoder = json.JSONDecoder(strict=False)


class Item(NamedTuple):
    """One decoded object and the line it begins on."""

    value: dict[str, Any]
    line: int


def items(text: str) -> Iterator[Item | Refusal]:
    """The objects of *text* in order; a Refusal for each that cannot be read.  Never raises.

    An object without its end is "truncated", and so is a list that is never closed.
    """
    place = _start(text)
    in_list = text.startswith("[", place)
    place += in_list
    line, counted, refusals = 1, 0, 0
    while True:
        found = _GAP.match(text, place)
        place = found.end() if found else place
        line, counted = line + text.count("\n", counted, place), place
        if place >= len(text):
            if in_list:
                yield Refusal(line=line, notice=notice("truncated", line=line, what="the list of items"))
            return
        if text[place] in "]}":  # of the list, or of what it is wrapped in
            return
        try:
            value, end = _decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            refusals += 1
            following = _next(text, place, getattr(error, "pos", place))
            yield Refusal(line=line, notice=_why(text, line, error, following), text=text[place : place + 200])
            if following < 0 or refusals >= MAX_REFUSALS:
                return
            place = following
            continue
        if isinstance(value, dict):
            yield Item(value, line)
        elif value not in (None, []):
            refusals += 1
            told = notice("malformed", line=line, expected="an object with names", found=squash(str(value)[:60]))
            yield Refusal(line=line, notice=told, text=text[place : place + 200])
            if refusals >= MAX_REFUSALS:
                return
        place = end


def _start(text: str) -> int:
    """Where the list is that a wrapper holds, else where the text begins."""
    found = _GAP.match(text)
    place = found.end() if found else 0
    if not text.startswith("{", place):
        return place
    message = _MESSAGE.search(text, place, place + HEAD)
    wrapped = WRAPPERS.search(text, message.end() if message else place, place + HEAD)
    if wrapped and (message or '"type"' not in text[place : wrapped.start()]):
        return wrapped.end()
    return message.end() if message else place


def _next(text: str, place: int, fallen: int) -> int:
    """Where the item behind a broken one begins: it is indented alike, or opens with the same name; -1 for none."""
    line_start = text.rfind("\n", 0, place) + 1
    indent = text[line_start:place]
    if not indent.strip(" \t[,"):
        blank = re.escape(re.sub(r"[^ \t]", "", indent))
        alike = re.compile(rf"\n{blank}[ ]?,?[ ]?(?=\{{)").search(text, place + 1)
        if alike and alike.end() > place:
            return alike.end()
    after = max(fallen - 2, place + 1)
    first = _MEMBER.match(text, place)
    same = re.compile(rf"[,\n\[]\s*+(?=\{{\s*+{re.escape(first[1])})").search(text, after) if first else None
    found = same or _ITEM.search(text, after)
    return found.end() if found else -1


def _why(text: str, line: int, error: Exception, following: int) -> Notice:
    if isinstance(error, RecursionError):
        return notice("malformed", line=line, expected="an item of JSON", found="brackets nested too deep")
    fallen = getattr(error, "pos", 0)
    if following < 0 and (str(error).startswith("Unterminated string") or not text[fallen:].strip()):
        return notice("truncated", line=line, what="an item")
    return notice(
        "malformed", line=line, expected="an item of JSON", found=squash(text[fallen : fallen + 40]) or "the end"
    )
