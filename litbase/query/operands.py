"""What one typed word or phrase asks for, by the kind of its field and within the bounds of a query.

Words are those of `record.text.tokens`, kept as typed: an engine analyses them as
it analyses records.  Wildcards and years are read as library catalogues read them.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from litbase.fields import BY_NAME, ID, NAME, NUMBER
from litbase.query.lexemes import Scope
from litbase.query.tree import All, Given, Not, Phrase, Prefix, Query, Range, Term, Value, all_of
from litbase.query.values import is_no, whole_value
from litbase.record.notices import Notice, notice
from litbase.record.text import Token, squash, tokens

_YEARS = re.compile(r"(\d{1,4})?\s?(?:-|–|—|/|\.{2,3})\s?(\d{1,4})?")
_SHORTENED = re.compile(r"(\d{4})\s?[-–—/]\s?(\d{1,2})")  # 2015/16 and 1999-00 are years, 2019-08 is a month
_DECADE = re.compile(r"(\d{1,3})\*|(\d{3})0s")
_COMPARED = re.compile(r"([<>])(=?)\s?(\d{1,4})")
_BARE_YEARS = re.compile(r"(?:[12]\d{3})?\.\.(?:[12]\d{3})?|[<>]=?[12]\d{3}")
_SUFFIX = re.compile(r"[~^]\d{0,3}(?:\.\d{1,3})?")  # Lucene's boost and fuzzy marks
PLAIN_VALUE: Final = re.compile(r"\w(?:[\w./:;-]*\w)?")  # a whole value that needs no quotation marks


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a query is read; measured to keep any query answered in time."""

    length: int = 1000
    terms: int = 64
    nesting: int = 20
    wildcards: int = 3
    letters: int = 2
    ranges: int = 5


LIMITS: Final = Limits()


class Operands:
    """Reads the operands of one query, counting what it may still use and noting what it mended."""

    def __init__(self, limits: Limits, notices: list[Notice]):
        """Begins with nothing used of *limits*; notices are added to *notices*."""
        self.limits = limits
        self.notices = notices
        self.terms = self.wildcards = self.ranges = 0

    def note(self, code: str, **params: Any) -> None:
        """Add a notice."""
        self.notices.append(notice(code, **params))

    def take(self, count: int) -> int:
        """How many of *count* further words may be used; they count as used."""
        allowed = max(0, min(count, self.limits.terms - self.terms))
        if allowed < count:
            self.note("terms-many", limit=self.limits.terms)
        self.terms += allowed
        return allowed

    def spare(self, count: int) -> bool:
        """Whether *count* further words may all be used; if so they count as used, if not none does."""
        if self.terms + count > self.limits.terms:
            return False
        self.terms += count
        return True

    def phrase(self, text: str, scope: Scope) -> Query | None:
        """What *text* in quotation marks asks for; None when it holds nothing to search for."""
        kind = _kind(scope)
        if kind == NUMBER:
            return self.word(text, scope)
        if kind == ID:
            return self._whole(text, scope.field)
        found = list(tokens(text))
        if not found:
            self.note("punctuation-dropped", text=f'"{squash(text)}"')
            return None
        words = self._taken(text, found, scope)
        return Phrase(scope.field, words, scope.first) if words else None

    def value(self, text: str, field: str) -> Query | None:
        """What the whole value *text* of the facet *field* asks for; None when it is empty."""
        text = squash(text)
        if not text:
            self.note("punctuation-dropped", text='""')
            return None
        whole = whole_value(field, text) if BY_NAME[field].kind == ID else text
        return Value(field, whole) if self.take(1) else None

    def word(self, text: str, scope: Scope) -> Query | None:
        """What the bare word *text* asks for; None when it holds nothing to search for."""
        if scope.field == "" and scope.first:
            self.note("boost-unknown", text=f"^{text}")
            scope = scope._replace(first=False)
        if scope.field and text.strip("*") == "":
            return Given(scope.field) if self.take(1) else None
        match _kind(scope):
            case kind if kind == NUMBER:
                years = self._years(text, scope.field)
                if years or self.ranges > self.limits.ranges:
                    return years
                self.note("range-unreadable", text=text)
                return self.word(text, scope._replace(field=""))
            case kind if kind == ID:
                return self._begun(text, scope.field)
        if not scope.field and _BARE_YEARS.fullmatch(text) and len(text) > 2:
            return self._years(text, "year")
        if text in ("*", "*:*") and not scope.field:
            return All()
        if "*" in text:
            return self._starred(text, scope)
        return self._plain(text, scope)

    def _plain(self, text: str, scope: Scope) -> Query | None:
        cut = _SUFFIX.search(text)
        if cut and cut.start() and cut.end() == len(text):
            self.note("boost-unknown", text=text)
            text = text[: cut.start()]
        found = list(tokens(text))
        if not found:
            self.note("punctuation-dropped", text=text or "=")
            return None
        return self._words(text, found, scope)

    def _words(self, text: str, found: list[Token], scope: Scope) -> Query | None:
        words = self._taken(text, found, scope)
        if len(found) == 1 and words:
            return Term(scope.field, words[0], scope.exact, scope.first)
        return Phrase(scope.field, words, scope.first) if words else None

    def _taken(self, text: str, found: list[Token], scope: Scope) -> tuple[str, ...]:
        """The words *found* in *text*, as many as may be used; in a name with the comma between two of them."""
        found = found[: self.take(len(found))]
        words = [text[token.start : token.end] for token in found]
        if _kind(scope) == NAME:
            for at, (token, after) in enumerate(pairwise(found)):
                words[at] += "," * ("," in text[token.end : after.start])
        return tuple(words)

    def _starred(self, text: str, scope: Scope) -> Query | None:
        """The words that begin with what stands before the first *; what cannot be read so is plain words."""
        bare = text.lstrip("*")
        if bare != text:
            self.note("wildcard-leading")
        before, star, after = bare.partition("*")
        found = list(tokens(before))
        if not star or not found or found[-1].end < len(before):  # "*bad", "learning-*"
            return self._plain(bare.replace("*", ""), scope)
        start = before[found[-1].start :]
        if any(tokens(after)):
            self.note("wildcard-inner", text=text, prefix=start)
        if len(start) < self.limits.letters:
            self.note("wildcard-short", text=start, least=self.limits.letters)
            return self._plain(before, scope)
        prefix = self._prefix(start, scope.field)
        others = [Term(scope.field, before[t.start : t.end], exact=True) for t in found[: self.take(len(found) - 1)]]
        return all_of((*others, prefix)) if prefix else all_of(others) if others else None

    def _prefix(self, start: str, field: str) -> Query | None:
        if self.wildcards == self.limits.wildcards:
            self.note("wildcard-many", limit=self.limits.wildcards)
            return None
        if not self.take(1):
            return None
        self.wildcards += 1
        return Prefix(field, start)

    def _whole(self, text: str, field: str) -> Query | None:
        """One value of a field that is compared whole."""
        if not any(tokens(text)):
            self.note("punctuation-dropped", text=f"{field}:{squash(text)}")
            return None
        if not self.take(1):
            return None
        if field == "availability" and is_no(text):  # "fulltextavailable:F"
            return Not(Term(field, whole_value(field, "T")))
        return Term(field, whole_value(field, text))

    def _begun(self, text: str, field: str) -> Query | None:
        """One value of a field that is compared whole, typed without quotation marks: with a * all that begin so."""
        text = text.rstrip(".,;:!?")
        start = text.rstrip("*")
        if start != text and len(start) >= self.limits.letters and PLAIN_VALUE.fullmatch(start):
            return self._prefix(start, field)
        return self._whole(start, field)

    def _years(self, text: str, field: str) -> Query | None:
        low, high = year_bounds(squash(text).strip("[]{},;:!?"))
        if low is None and high is None:
            return None
        if low is not None and high is not None and low > high:
            self.note("range-swapped", first=low, last=high)
            low, high = high, low
        self.ranges += 1
        if self.ranges > self.limits.ranges:
            self.note("ranges-many", limit=self.limits.ranges)
            return None
        return Range(field, low, high)


def _kind(scope: Scope) -> str:
    return BY_NAME[scope.field].kind if scope.field else ""


def year_bounds(text: str) -> tuple[int | None, int | None]:
    """The first and last year *text* names, both included; (None, None) when it names none.

    >>> year_bounds("2015-2019"), year_bounds("..2010"), year_bounds(">=2020"), year_bounds("soon")
    ((2015, 2019), (None, 2010), (2020, None), (None, None))
    >>> year_bounds("2015/16"), year_bounds("199*"), year_bounds("1990s"), year_bounds("2019-08")
    ((2015, 2016), (1990, 1999), (1990, 1999), (None, None))
    """
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text), int(text)
    if found := _SHORTENED.fullmatch(text):
        first = int(found[1])
        last = first + (int(found[2]) - first) % 100
        return (first, last) if found[2] > found[1][2:] or last == first + 1 else (None, None)
    if found := _YEARS.fullmatch(text):
        low, high = (int(year) if year else None for year in found.groups())
        return low, high
    if found := _COMPARED.fullmatch(text):
        year, step = int(found[3]), 0 if found[2] else 1
        return (year + step, None) if found[1] == ">" else (None, year - step)
    if found := _DECADE.fullmatch(text):
        begin = found[1] or found[2]
        span = 10 ** (4 - len(begin))
        return int(begin) * span, int(begin) * span + span - 1
    return None, None
