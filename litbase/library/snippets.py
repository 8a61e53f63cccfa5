"""Where a query's words stand in a record: marked title, the field that matched, a snippet of it.

The words are found by the same analysis that indexed them (record.text) and in
the places that made the record match: of a phrase only where it stands as the
phrase, of words near each other only those that are.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from litbase.fields import BY_NAME, ID, NUMBER, TEXT, Field
from litbase.query.tree import And, Boost, Near, Not, Or, Phrase, Prefix, Query, Term
from litbase.record.record import Record
from litbase.record.text import Token, fold, squash, stem, tokens

LENGTH = 240  # characters of a snippet: three lines beside the filters
SCANNED = 40_000  # characters of a text looked through for the best place
VALUES = 500  # values of a field looked through
SHORT = 80  # characters of a value whose words are remembered
SHOWN = ("abstract", "contribution", "body", "method", "outcomes", "references")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word that is looked for: as one of *forms*, of *stems* where a field has stems, or begun by *starts*."""

    forms: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """Words looked for together in *field* ("" for the default fields): side by side, or *distance* apart at most.

    *first* means in the first value only.  *whole* is what they are in fields that are compared whole, *begun* if it is
    only the beginning.
    """

    field: str
    slots: tuple[Slot, ...]
    whole: str
    distance: int = 0
    first: bool = False
    begun: bool = False

    def regards(self, field: Field, leading: bool) -> bool:
        """Whether it is looked for in *field*, in its *leading* value or a further one."""
        named = self.field == field.name or (self.field == "" and field.default)
        return named and (leading or not self.first)


Wanted = tuple[Sought, ...]
Places = Mapping[str, tuple[tuple[str, tuple[Span, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of one field's text and the (start, stop) of the wanted words in it; "… " and " …" where it is cut."""

    field: str
    label: str
    text: str
    marks: tuple[Span, ...]


def wanted(query: Query) -> Wanted:
    """What *query* asks for; what it excludes is left out."""
    return tuple(dict.fromkeys(sought for leaf in _leaves(query) for sought in _sought(leaf) if sought.slots))


def _sought(leaf: Query) -> Iterator[Sought]:
    match leaf:
        case Term(field, text, exact, first):
            found = list(tokens(text))
            stemmed = not exact and len(found) == 1
            yield Sought(field, tuple(_slot(token, stemmed) for token in found), _whole(text), first=first)
        case Phrase(field, words, first):
            found = [token for word in words for token in tokens(word)]
            yield Sought(field, tuple(_slot(token, False) for token in found), _whole(" ".join(words)), first=first)
        case Near(field, words, distance):
            found = [token for word in words for token in tokens(word)]
            yield Sought(field, tuple(_slot(token, True) for token in found), "", distance)
        case Prefix(field, text):
            found = list(tokens(text))
            slots = (*(_slot(token, False) for token in found[:-1]), *(Slot(starts=last.forms) for last in found[-1:]))
            yield Sought(field, slots, _whole(text), begun=True)


def _slot(token: Token, stemmed: bool) -> Slot:
    return Slot(token.forms, tuple(map(stem, token.forms)) if stemmed else ())


def _whole(text: str) -> str:
    return fold(squash(text))


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


class _Words:
    """The words of a text, and where each form of them stands."""

    def __init__(self, text: str):
        self.tokens = list(tokens(text))
        self.forms: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.tokens):
            for form in token.forms:
                self.forms[form].append(place)

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """The forms of each stem."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in self.forms:
            found[stem(form)].append(form)
        return found

    def places(self, slot: Slot, stemmed: bool) -> list[int]:
        """Where *slot* is filled, in order; by any form of its word if *stemmed*."""
        forms = [*slot.forms, *(form for each in slot.stems if stemmed for form in self.stems.get(each, ()))]
        if slot.starts:
            forms += [form for form in self.forms if form.startswith(slot.starts)]
        return sorted({place for form in forms for place in self.forms.get(form, ())})

    def filled(self, sought: Sought, stemmed: bool) -> set[int]:
        """The places of the words that make the text one that has what is *sought*."""
        places = []
        for slot in sought.slots:
            if not (here := self.places(slot, stemmed)):
                return set()
            places.append(here)
        if len(places) == 1 and not sought.distance:
            return set(places[0])
        if sought.distance:
            return _linked(places, sought.distance)
        starts = set(places[0]).intersection(*({place - n for place in each} for n, each in enumerate(places)))
        return {start + n for start in starts for n in range(len(places))}


@lru_cache(maxsize=4096)
def _short(text: str) -> _Words:
    """The words of a short text: the same names, descriptors and journals stand in many records."""
    return _Words(text)


def _linked(places: list[list[int]], distance: int) -> set[int]:
    """Of the *places* of each word of a chain those from which the whole chain is within *distance*, step by step."""
    for chain in (places, places[::-1]):
        for n in range(1, len(chain)):
            chain[n][:] = [place for place in chain[n] if _beside(place, chain[n - 1], distance)]
    return {place for each in places for place in each} if all(places) else set()


def _beside(place: int, others: list[int], distance: int) -> bool:
    around = others[bisect_left(others, place - distance) : bisect_right(others, place + distance)]
    return any(other != place for other in around)


def places(words: Wanted, record: Record) -> Places:
    """Where *words* stand in *record*: of each field they are looked for in the values and their marks, in order.

    Texts have their white space as single spaces and end after 40,000 characters.
    """
    fields = [f for f in BY_NAME.values() if f.kind != NUMBER and any(sought.regards(f, True) for sought in words)]
    return {field.name: tuple(_marked(words, field, record)) for field in fields}


def _marked(words: Wanted, field: Field, record: Record) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for n, text in enumerate(field.of(record)[:VALUES]):
        text = _shown(field, text)
        regarded = [sought for sought in words if sought.regards(field, leading=n == 0)]
        if field.kind == ID:
            yield text, ((0, len(text)),) if any(_is(sought, text) for sought in regarded) else ()
            continue
        found = _short(text) if len(text) <= SHORT else _Words(text)
        taken = {place for sought in regarded for place in found.filled(sought, field.kind == TEXT)}
        yield text, tuple((found.tokens[place].start, found.tokens[place].end) for place in sorted(taken))


def _shown(field: Field, text: str) -> str:
    return squash(text[:SCANNED]) if field.name in SHOWN else text[:SCANNED]


def _is(sought: Sought, value: str) -> bool:
    return _whole(value).startswith(sought.whole) if sought.begun else _whole(value) == sought.whole


def title_marks(there: Places) -> tuple[Span, ...]:
    """(start, stop) of each wanted word in the title."""
    return tuple(span for _, spans in there.get("title", ()) for span in spans)


def found_in(there: Places) -> tuple[str, ...]:
    """The labels of the fields that have what is wanted, in the order of FIELDS."""
    return tuple(BY_NAME[name].label for name, values in there.items() if any(spans for _, spans in values))


def snippet(there: Places, record: Record) -> Snippet | None:
    """The stretch of text with most different wanted words, else the beginning of the first text; None without text."""
    for name in SHOWN:
        for text, spans in there.get(name, ()):
            if spans:
                return _cut(BY_NAME[name], text, spans)
    texts = ((BY_NAME[name], text) for name in SHOWN if name != "references" for text in BY_NAME[name].of(record))
    return next((_cut(field, _shown(field, text), ()) for field, text in texts), None)


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
