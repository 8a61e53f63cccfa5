"""The operands of one bracket, joined: what a space means between them, and which words stand there side by side.

Where the space means OR, what it excludes is excluded from the whole, and words of almost every record are no choice
of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from litbase.fields import BY_NAME, TEXT
from litbase.query.tree import Not, Phrase, Query, Term, all_of, any_of, none_of
from litbase.record.text import STOP_WORDS, fold, tokens

WORDS: Final = {"and": "and", "&": "and", "or": "or", "not": "not"}  # that are operators in AND's company


@dataclass(frozen=True, slots=True)
class Item:
    """An operand, and what joins it to the one before: "and", "or", "near" at a *distance*, "" for a space.

    *word* is the joiner where it was typed as a word, *typed* the operand where it is a plain word: one that may fall
    into several, as K-12 does.
    """

    joiner: str
    query: Query
    excluded: bool = False
    distance: int = 0
    word: str = ""
    typed: str = ""

    @property
    def asked(self) -> Query:
        """The operand with its exclusion."""
        return none_of(self.query) if self.excluded else self.query

    @property
    def spoken(self) -> tuple[str, tuple[str, ...]]:
        """The field and the words of what is a plain word, or several in one, of a text; else no words."""
        match self.query:
            case Term(field, text, exact=False, first=False) if self.typed and not self.excluded and _is_text(field):
                return field, (text,)
            case Phrase(field, words, first=False) if self.typed and not self.excluded and _is_text(field):
                return field, words
        return "", ()

    @property
    def apart(self) -> Sequence[Query]:
        """The words of what is several in one, each for itself, as choices beside others; else what is asked.

        Letters without anything between them (学習) are one word, and so is a name (Garcia-Lopez).
        """
        field, words = self.spoken
        if len(words) < 2:
            return [self.asked]
        parts: list[list[str]] = []
        end = -1
        for token, word in zip(tokens(self.typed), words, strict=False):
            if token.start != end:
                parts.append([])
            parts[-1].append(word)
            end = token.end
        return [Term(field, part[0]) if len(part) == 1 else Phrase(field, tuple(part)) for part in parts]


def _is_text(field: str) -> bool:
    return field == "" or BY_NAME[field].kind == TEXT


def all_joined(items: Sequence[Item]) -> Query:
    """Items where the space means AND: the ORs divide them."""
    return any_of(all_of(part) for part in _divided(items, ("or",)))


def any_joined(items: Sequence[Item]) -> Query:
    """Items where the space means OR; what a space excludes is excluded from the whole, not offered as a choice."""
    parts = _divided(items, ("or", ""))
    choices: list[Query] = []
    excluded: list[Query] = []
    loose: list[bool] = []
    starts = [n for n, item in enumerate(items) if n == 0 or item.joiner != "and"]
    for start, part in zip(starts, parts, strict=True):
        end = start + len(part)
        explicit = items[start].joiner == "or" or (end < len(items) and items[end].joiner == "or")
        query = all_of(part)
        if isinstance(query, Not) and not explicit:
            excluded.append(query)
        else:
            found = [query] if explicit or len(part) > 1 else items[start].apart
            choices += found
            loose += [not explicit] * len(found)
    best = max(map(weight, choices), default=0)
    kept = [q for q, free in zip(choices, loose, strict=True) if not free or weight(q) == best]
    return all_of(([any_of(kept)] if kept else []) + excluded)


def _divided(items: Sequence[Item], at: tuple[str, ...]) -> list[list[Query]]:
    parts: list[list[Query]] = []
    for item in items:
        if not parts or item.joiner in at:
            parts.append([])
        parts[-1].append(item.asked)
    return parts


def side_by_side(items: Sequence[Item]) -> Iterator[Phrase]:
    """The plain words that stand side by side among *items*, stop words and small "and" and "or" too, field by field.

    An operator in capitals, a mark or a bracket ends a row of words.
    """
    row: list[str] = []
    for item, after in pairwise((*items, None)):
        assert item is not None
        field, words = item.spoken
        row += words
        if after is not None and words and after.spoken[1] and after.spoken[0] == field:
            if after.joiner == "":
                continue
            if after.word:
                row += [after.word] if any(tokens(after.word)) else []
                continue
        if len(row) > 1:
            yield Phrase(field, tuple(row))
        row = []


def weight(query: Query) -> int:
    """How much a query says beside others: 0 for a leftover "and", 1 for a word of almost every record, else 2."""
    match query:
        case Term(field, text, exact=False) if _is_text(field):
            return 0 if text.lower() in WORDS else 1 if fold(text) in STOP_WORDS else 2
    return 2
