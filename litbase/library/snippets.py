"""Where a query's words stand in a record: marked title, the field that matched, a snippet of it.

The words are found by the same analysis that indexed them (record.text), so
what is marked is what matched.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from litbase.fields import BY_NAME, DEFAULT, NAME, NUMBER, Field
from litbase.query.tree import And, Boost, Near, Not, Or, Phrase, Prefix, Query, Term
from litbase.record.record import Record
from litbase.record.text import Token, tokens

LENGTH = 320  # characters of a snippet
SCANNED = 40_000  # characters of a text looked through for the best place
VALUES = 500  # values of a field looked through
SHOWN = ("abstract", "contribution", "body", "method", "outcomes", "references")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words a query wants, for all default fields ("") or for one field."""

    stems: frozenset[tuple[str, str]]
    forms: frozenset[tuple[str, str]]
    prefixes: tuple[tuple[str, str], ...]

    def takes(self, field: Field, token: Token) -> bool:
        """Whether *token* of *field* is one of the wanted words."""
        names = (field.name, "") if field.default else (field.name,)
        return any(
            (name, token.stem) in self.stems
            or any((name, form) in self.forms for form in token.forms)
            or any(name == at and form.startswith(start) for at, start in self.prefixes for form in token.forms)
            for name in names
        )


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of one field's text and the (start, stop) of the wanted words in it; "… " and " …" where it is cut."""

    field: str
    label: str
    text: str
    marks: tuple[Span, ...]


def wanted(query: Query) -> Wanted:
    """The words that *query* asks for; what it excludes is left out."""
    stems: set[tuple[str, str]] = set()
    forms: set[tuple[str, str]] = set()
    prefixes: list[tuple[str, str]] = []
    for node in _leaves(query):
        match node:
            case Prefix(field, text):
                prefixes += [(field, token.forms[0]) for token in tokens(text)]
            case Term(field, text, exact):
                plain = exact or (field != "" and BY_NAME[field].kind == NAME)
                for token in tokens(text):
                    forms |= {(field, form) for form in token.forms}
                    if not plain:
                        stems.add((field, token.stem))
            case Phrase(field, words) | Near(field, words):
                forms |= {(field, form) for word in words for token in tokens(word) for form in token.forms}
    return Wanted(frozenset(stems), frozenset(forms), tuple(prefixes))


def _leaves(query: Query) -> Iterator[Query]:
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Boost(child):
            yield from _leaves(child)
        case Not():
            return
        case _:
            yield query


def marks(words: Wanted, field: Field, text: str) -> tuple[Span, ...]:
    """(start, stop) of each wanted word in *text*, a value of *field*."""
    return tuple((token.start, token.end) for token in tokens(text) if words.takes(field, token))


def title_marks(words: Wanted, record: Record) -> tuple[Span, ...]:
    """(start, stop) of each wanted word in the title."""
    return marks(words, BY_NAME["title"], record.title)


def found_in(words: Wanted, record: Record) -> tuple[str, ...]:
    """The labels of the fields that hold a wanted word, in the order of FIELDS."""
    if not (words.stems or words.forms or words.prefixes):
        return ()
    named = {name for name, _ in (*words.stems, *words.forms, *words.prefixes)}
    fields = [f for f in BY_NAME.values() if f.kind != NUMBER and (f.name in named or ("" in named and f in DEFAULT))]
    return tuple(
        field.label
        for field in fields
        if any(words.takes(field, token) for value in field.of(record)[:VALUES] for token in tokens(value[:SCANNED]))
    )


def snippet(words: Wanted, record: Record) -> Snippet | None:
    """The stretch of text with most different wanted words, else the beginning of the first text; None without text."""
    first = None
    for name in SHOWN:
        field = BY_NAME[name]
        for text in field.of(record):
            text = " ".join(text[:SCANNED].split())
            spans = marks(words, field, text)
            if spans:
                return _cut(field, text, spans)
            first = first or (None if name == "references" else _cut(field, text, ()))
    return first


def _cut(field: Field, text: str, spans: tuple[Span, ...]) -> Snippet:
    start = _best_start(text, spans)
    stop = min(len(text), start + LENGTH)
    if stop < len(text):
        stop = max(text.rfind(" ", start + LENGTH // 2, stop), start + LENGTH // 2)
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in spans if start <= a and b <= stop)
    return Snippet(field.name, field.label, before + text[start:stop] + after, inside)


def _best_start(text: str, spans: tuple[Span, ...]) -> int:
    """Where a window of LENGTH characters sees most different words: at a sentence or word beginning before them."""
    if not spans or spans[-1][1] <= LENGTH:
        return 0
    best, place = 0, spans[0][0]
    for index, (at, _) in enumerate(spans):
        seen = {text[a:b].casefold() for a, b in spans[index : index + 40] if b <= at + LENGTH - 60}
        if len(seen) > best:
            best, place = len(seen), at
    if place + 60 <= LENGTH:
        return 0
    sentence = text.rfind(". ", max(0, place - 80), place)
    if sentence >= 0:
        return sentence + 2
    return text.rfind(" ", 0, max(1, place - 40)) + 1
