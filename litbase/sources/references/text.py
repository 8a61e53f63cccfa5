"""A reference with its marks, and what its sentences, quotations and words are like.

The rules look at the *dark* text, in which the marks are blacked out, so that no title ends or begins inside one.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from litbase.record.names import is_group
from litbase.sources.references.marks import Part
from litbase.sources.references.names import UPPER
from litbase.sources.references.words import ABBREVIATIONS, CORPORATE, GROUPS, IN, INSTITUTIONS

DARK: Final = "\x00"
DATE: Final = frozenset({"date"})
ROLE: Final = frozenset({"role"})
SMALL: Final = frozenset(
    "of the and for in on de la du des le les di del della der die das und et y e & van von für à".split()
)
PAIRS: Final = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”", "‹": "›", "`": "'", "”": "”",
                "《": "》", "〈": "〉", "「": "」", "『": "』"}  # fmt: skip
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
LEAD_IN: Final = re.compile(rf"(?:(?<=[.,;?!”’\"»):*\x00])\s*|^)(?P<x>{IN})(?::\s?|\s)(?=[{UPPER}‘“\"'«*\[\d\x00])")
PLACE: Final = re.compile(
    rf"(?:St\.\s)?[{UPPER}][\w’'.-]+(?:[\s/&-]+(?:[{UPPER}][\w’'.-]*|am|an|der|de|do|del|upon|on|la|and|und|et))*"
    rf"(?:,\s(?:[{UPPER}][\w.’-]*\s?){{1,3}})?$"
)
_STOP = re.compile(r"(?<=[.?!])[”’\"'»)\]*|]{0,3}\s+(?=[^a-zß-ÿ\s,;.])|[”\"»*’'][.,;:]\s+|(?<=,)[”\"’]\s+")
_LAST_WORD = re.compile(r"([^\W_]{1,40}(?:\.[^\W_]{1,40}){0,9})\.[”’\"'»)\]*]{0,3}$")
_NAMED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_GROUP = re.compile(GROUPS)


class Text(NamedTuple):
    """A reference, its marks in order, and the text with the marks blacked out."""

    text: str
    marks: tuple[Part, ...]
    dark: str

    def after(self, place: int, labels: frozenset[str]) -> int:
        """Where the first mark with one of *labels* at or behind *place* begins; the end when there is none."""
        return next((m.start for m in self.marks if m.start >= place and m.label in labels), len(self.text))

    def mark_at(self, place: int, labels: frozenset[str], gap: str = r"[\s.,;:(\[]{0,4}") -> Part | None:
        """The mark with one of *labels* that follows *place* with nothing but *gap* between; None when none does."""
        found = re.compile(gap).match(self.text, place)
        end = found.end() if found else place
        return next((m for m in self.marks if m.label in labels and place <= m.start <= end), None)

    def numbers_at(self, place: int) -> Part | None:
        """The volume or pages at *place*, or behind the year there ("2010, 10, 1012"); None when none stand there."""
        date = self.mark_at(place, DATE, "")
        behind = self.mark_at(date.stop, frozenset({"volume"}), r"[,;\s]{0,3}") if date else None
        return behind or self.mark_at(place, frozenset({"volume", "pages"}), "")

    def is_of_a_book(self, volume: Part) -> bool:
        """Whether a volume is a book's: "vol. 2" without pages anywhere."""
        lead = r"\W*(?:vol(?:ume)?s?|bd|band|tom[eo]?|t|\d+\svols?)\b"
        led = re.match(lead, self.text[volume.start : volume.stop], re.I)
        return led is not None and self.after(0, frozenset({"pages"})) == len(self.text)


def darkened(text: str, marks: tuple[Part, ...]) -> Text:
    """*text* with *marks*, blacked out."""
    dark = list(text)
    for mark in marks:
        dark[mark.start : mark.stop] = DARK * (mark.stop - mark.start)
    return Text(text, marks, "".join(dark))


def skip(text: str, place: int, letters: str = " .,;:)]*\x00–—-，。：、") -> int:
    """Where, from *place* on, something else than *letters* begins."""
    while place < len(text) and text[place] in letters:
        place += 1
    return place


def stops(text: str, place: int = 0, until: int | None = None) -> Iterator[int]:
    """Where sentences and quotations end between *place* and *until*: the place of the blank behind each."""
    for found in _STOP.finditer(text, place, len(text) if until is None else until):
        if not is_abbreviated(text, found.start()):
            yield found.start()


def is_abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop before *stop* stands behind an initial or an abbreviation."""
    word = _LAST_WORD.search(text[max(0, stop - 40) : stop])
    if word is None:
        return False
    initial = len(word[1]) == 1 and word[1].isupper()
    return initial or word[1].lower() in ABBREVIATIONS or bool(re.fullmatch(r"(?:[^\W_]\.)+[^\W_]", word[1]))


def sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The sentences and the insides of brackets between *start* and *stop*."""
    place = start
    for found in re.finditer(r"(?<=[.?!])\s+(?=[^a-z\s])|[()\[\];]", text[start:stop]):
        at = start + found.start()
        if found[0].strip() or not is_abbreviated(text, at):
            yield place, at
            place = start + found.end()
    yield place, stop


def quotation_end(text: str, place: int) -> int:
    """Where the quotation that opens at *place* closes; 0 when none opens there, or it does not close."""
    opening, closing = text[place : place + 1], PAIRS.get(text[place : place + 1], "")
    for found in re.finditer(f"[{re.escape(closing)}]", text[place + 1 :]) if closing else ():
        stop = place + 1 + found.start()
        inside = text[place + 1 : stop]
        if stop - place > 2 and not _is_apostrophe(text, stop, closing) and not _is_nested(inside, opening):
            return stop
    return 0


def _is_apostrophe(text: str, place: int, closing: str) -> bool:
    if closing not in "’'":
        return False
    behind = text[place + 1 : place + 3]
    reads_on = behind[:1] == " " and behind[1:].islower() and not text.startswith("in ", place + 2)
    return behind[:1].isalpha() or reads_on


def _is_nested(inside: str, opening: str) -> bool:
    """Whether a quotation inside the quotation is still open."""
    singles = opening == "‘" and inside.count("‘") > inside.count("’")
    return singles or inside.count("“") > inside.count("”")


def names_group(text: str) -> bool:
    """Whether *text* holds a word that groups are called by, in any of the languages."""
    return is_group(text) or _GROUP.search(text) is not None


def is_corporate(text: str) -> bool:
    """Whether a word of *text* is a publisher's or an institution's."""
    return any(word.lower() in CORPORATE for word in _NAMED.findall(text))


def is_published(text: str) -> bool:
    """Whether a word of *text* is a publisher's and seldom a title's."""
    return any(word.lower() in CORPORATE and word.lower() not in INSTITUTIONS for word in _NAMED.findall(text))


def plain_words(text: str) -> list[str]:
    """The words of *text* in small letters that are no mere joints: those that titles have and names have not."""
    return [word for word in WORD.findall(text) if word[0].islower() and word not in SMALL and len(word) > 2]


def reads_on(text: str) -> bool:
    """Whether a sentence is rather part of a title than a place, publisher, journal or series."""
    words = WORD.findall(text)
    return len(words) > 3 and len(plain_words(text)) * 2 > len(words) and not is_corporate(text)
