"""What differs between two texts, and between two states of a record: word by word, in bounded time.

Of a text that was written anew the few words that both happen to have say nothing: the two are shown whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from litbase.record.dates import PartialDate
from litbase.record.match.passages import common
from litbase.record.names import Name
from litbase.record.record import ASSIGNED, FIELD_NAMES, Record, Reference, default_of
from litbase.web.views import told
from litbase.web.views.details import LABELS

LONGEST: Final = (
    30_000  # characters of a text, above which old and new are shown whole, as above so many words and blanks
)
WORDS: Final = 1_500  # words and blanks, above which too
SHOWN: Final = 600  # characters of a text that is shown whole
STAYED: Final = 0.4  # of the words of the shorter text, below which the other one is another text
FEW: Final = 3  # words, below which a text is always compared word by word
_PIECE: Final = re.compile(r"\s+|\w+(?:[-–./]\w+)*+|[^\w\s]")  # pages, dates and DOIs are one piece


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one field."""

    field: str = told("The field")
    label: str = told("What it is called")
    pieces: tuple[tuple[str, str], ...] = told("The text in pieces, each same, ins, del, or break for a new line")


def differences(before: Record, after: Record) -> tuple[Change, ...]:
    """The fields in which two states of a record differ, word by word."""
    return tuple(
        Change(name, LABELS.get(name, name), tuple(compared(_said(name, before), _said(name, after))))
        for name in FIELD_NAMES
        if name not in ASSIGNED and name != "marks" and getattr(before, name) != getattr(after, name)
    )


def _said(name: str, record: Record) -> str:
    value = getattr(record, name)
    return "" if value == default_of(name) else _text(value)


def _text(value: Any) -> str:
    match value:
        case Name():
            return str(value)
        case PartialDate():
            return value.display
        case Reference():
            return value.text
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(_text(item) for item in value)
    return str(value)


def compared(old: str, new: str) -> list[tuple[str, str]]:
    """*old* made into *new*, word by word, as ("same" | "del" | "ins", text).

    Where hardly a word stayed, old and new are whole, with ("break", "") between them.

    >>> compared("The Bell Curve", "The Bell Jar")
    [('same', 'The Bell '), ('del', 'Curve'), ('ins', 'Jar')]
    >>> compared("Schools of the Town", "Where the Crawdads Sing")
    [('del', 'Schools of the Town'), ('break', ''), ('ins', 'Where the Crawdads Sing')]
    """
    is_long = max(len(old), len(new)) > LONGEST
    before, after = ([], []) if is_long else (_PIECE.findall(old), _PIECE.findall(new))
    if is_long or len(before) > WORDS or len(after) > WORDS:
        return _whole(old[:SHOWN], new[:SHOWN])
    pieces: list[tuple[str, str]] = []
    a = c = 0
    for b, to_b, d, to_d in (*common(before, after), (len(before), len(before), len(after), len(after))):
        _append(pieces, "del", before[a:b])
        _append(pieces, "ins", after[c:d])
        _append(pieces, "same", before[b:to_b])
        a, c = to_b, to_d
    return _whole(old, new) if _is_another(before, after, pieces) else pieces


def _whole(old: str, new: str) -> list[tuple[str, str]]:
    """*old* and *new*, one under the other; of an empty one nothing."""
    told = [("del", old), ("break", ""), ("ins", new)]
    return told if old and new else [(kind, text) for kind, text in told if text]


def _is_another(before: Sequence[str], after: Sequence[str], pieces: Sequence[tuple[str, str]]) -> bool:
    """Whether so few words stayed that the new text is another one, not the old one changed."""
    fewer = min(_words(before), _words(after))
    stayed = sum(_words(_PIECE.findall(text)) for kind, text in pieces if kind == "same")
    return fewer >= FEW and stayed < STAYED * fewer


def _words(pieces: Iterable[str]) -> int:
    return sum(piece[0].isalnum() for piece in pieces)


def _append(pieces: list[tuple[str, str]], kind: str, words: Sequence[str]) -> None:
    if words:
        pieces.append((kind, "".join(words)))
