"""A MARC record as a value: leader, fields and subfields, and which of them have found a place in a Record.

Source: MARC 21 Format for Bibliographic Data (Library of Congress): control fields below 010 hold one text, all others
two indicators and subfields; ISBD's punctuation stands at the end of the subfield before the one it introduces.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litbase.record.text import clean, squash

DAGGER = "‡"
"""What stands before a subfield's code where a field is kept as text, as OCLC prints it."""
_FILL = frozenset(" |#")
_TAIL = re.compile(r"(?<![\s/:;=,])[\s/:;=,]{1,20}$")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]{4,40})\.$|[\d\])\"”»]\.$")
_ABBREVIATED = frozenset(
    "ariz assoc bros calif colo conn corp dept inst mass mich minn miss okla penn publ tenn univ verl wash".split()
)
_KEPT = re.compile(rf"(?P<first>[^{DAGGER}]{{0,3}}){DAGGER}")
_SUBFIELD = re.compile(rf"{DAGGER}(\S)\s?([^{DAGGER}]*)")


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field: its tag, two *indicators* ("" for a control field) and (code, value) pairs; a control's code is ""."""

    tag: str
    indicators: str
    subfields: tuple[tuple[str, str], ...]

    @property
    def first(self) -> str:
        """The first indicator; " " where there is none."""
        return self.indicators[:1] or " "

    @property
    def second(self) -> str:
        """The second indicator; " " where there is none."""
        return self.indicators[1:2] or " "

    def all(self, codes: str) -> list[str]:
        """The values of these subfields in the field's order, without empty ones."""
        return [value for code, value in self.subfields if code in codes and value]

    def one(self, codes: str) -> str:
        """The first of these values; "" when there is none."""
        return next(iter(self.all(codes)), "")

    @property
    def text(self) -> str:
        """The field as it is kept in `extra`: "10 ‡a Title : ‡b subtitle"; a control field is its value."""
        if not self.indicators:
            return self.subfields[0][1] if self.subfields else ""
        marks = self.indicators.replace(" ", "#")
        pairs = " ".join(f"{DAGGER}{code} {value}" for code, value in self.subfields)
        return pairs if marks == "##" else f"{marks} {pairs}"


def control(tag: str, value: str) -> Field:
    """A control field; its blanks count and stay."""
    return Field(tag, "", (("", clean(value).rstrip("\n")),))


def field(tag: str, indicators: str, subfields: Iterable[tuple[str, str]]) -> Field:
    """A data field with its values cleaned and on one line; missing indicators are blank."""
    pairs = tuple((code, squash(clean(value))) for code, value in subfields)
    return Field(tag, f"{indicators}  "[:2], pairs)


def parse_text(tag: str, text: str) -> Field | None:
    """The field that `Field.text` shows; None when *text* is none.

    >>> parse_text("653", "##").__class__, parse_text("653", "1# ‡a Learning").subfields
    (<class 'NoneType'>, (('a', 'Learning'),))
    """
    if tag < "010":
        return control(tag, text) if text else None
    found = _KEPT.match(text)
    if not found:
        return None
    marks = found["first"].strip().replace("#", " ")
    return field(tag, marks, _SUBFIELD.findall(text[found.end("first") :]))


@dataclass(frozen=True, slots=True)
class Marc:
    """One record: its *leader* (24 characters, blank where they are missing) and its fields in order."""

    leader: str
    fields: tuple[Field, ...]

    def of(self, *tags: str) -> list[Field]:
        """The fields with one of these tags, in the record's order."""
        return [each for each in self.fields if each.tag in tags]

    def control(self, tag: str) -> str:
        """The value of the first control field *tag*; "" when there is none."""
        return next((each.text for each in self.fields if each.tag == tag), "")

    def coded(self, start: int, stop: int) -> str:
        """Characters *start* to *stop* of field 008; blanks and fill characters are off."""
        return self.control("008")[start:stop].strip("".join(_FILL))


class Taken:
    """Which subfields of a record have found a place; what is left over is kept in `extra`."""

    def __init__(self, marc: Marc) -> None:
        """Nothing of *marc* is taken yet."""
        self.marc = marc
        self._codes: dict[Field, set[str]] = {}

    def take(self, each: Field, codes: str) -> list[str]:
        """The values of these subfields, marked as taken."""
        self._codes.setdefault(each, set()).update(codes)
        return each.all(codes)

    def left(self) -> Iterator[Field]:
        """The fields of which a subfield with a value has found no place, whole."""
        for each in self.marc.fields:
            taken = self._codes.get(each, set())
            if any(value and code not in taken for code, value in each.subfields):
                yield each


def bare(text: str) -> str:
    """*text* without the punctuation that ISBD sets at its end, and without the full stop after a word or number.

    The full stop of an abbreviation or an initial stays.

    >>> [bare(t) for t in ("New York :", "Wiley,", "Title /", "2nd ed.", "Smith, J.", "On learning.")]
    ['New York', 'Wiley', 'Title', '2nd ed.', 'Smith, J.', 'On learning']
    """
    text = _TAIL.sub("", text.strip())
    last = _LAST_WORD.search(text)
    if last is None or text.endswith("..") or (last["word"] or "").lower() in _ABBREVIATED:
        return text
    return text[:-1]


def unbracketed(text: str) -> str:
    """*text* without square brackets round all of it, or one left alone by a neighbour.

    >>> unbracketed("[Berlin]"), unbracketed("[Washington, D.C."), unbracketed("Cambridge [Mass.]")
    ('Berlin', 'Washington, D.C.', 'Cambridge [Mass.]')
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
        return text[1:-1].strip()
    if text.count("[") != text.count("]"):
        text = text.removeprefix("[").removesuffix("]")
    return text.strip()
