"""The obviously right engine: a loop over documents.  It is the oracle every other engine is held to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from litbase.fields import BY_NAME, DEFAULT, ID, NAME, NUMBER, Field, IndexDocument
from litbase.index import Mark
from litbase.query.request import FacetRequest, FacetResult, Hit, SearchRequest, SearchResult, Visible
from litbase.query.tree import All, And, Boost, Given, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value
from litbase.record.text import fold, one_letter_away, sort_form, squash, stem, tokens

Words = list[tuple[str, ...]]


class MemoryEngine:
    """Documents in a dictionary, read from the first to the last for every question."""

    can: frozenset[str] = frozenset({"near"})
    refused: tuple[tuple[str, str], ...] = ()

    def __init__(self) -> None:
        """An empty index."""
        self.documents: dict[str, IndexDocument] = {}
        self._mark: Mark | None = None

    def write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        """See Engine."""
        fresh = {document.id: document for document in documents}
        gone = set(deletions)
        kept = {} if self._mark is None else {id: d for id, d in self.documents.items() if id not in gone}
        self.documents, self._mark = kept | fresh, mark

    def mark(self) -> Mark | None:
        """See Engine."""
        return self._mark

    def tidy(self) -> bool:
        """Nothing is put off."""
        return False

    def inspect(self) -> bool:
        """Nothing here can rot."""
        return False

    def clear(self) -> None:
        """See Engine."""
        self._mark = None

    def refresh(self) -> bool:
        """Nothing is written behind its back."""
        return False

    def close(self) -> None:
        """Nothing to give back."""

    def scan(self, request: SearchRequest) -> Iterator[str]:
        """See Engine."""
        return (document.id for document in self._found(request))

    def search(self, request: SearchRequest) -> SearchResult:
        """See Engine."""
        found = self._found(request)
        page = found[request.offset : request.offset + request.limit]
        facets = {facet.name: self._facet(facet, request) for facet in request.facets}
        hidden = self._found(replace(request, visible=Visible(cited=True)))
        return SearchResult(len(found), tuple(Hit(d.id, 0.0) for d in page), facets, len(hidden) - len(found))

    def suggest(self, field: str, start: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See Engine."""
        counts = Counter(value for d in self._plain() for value in d.counted(field))
        found = [pair for pair in counts.items() if sort_form(pair[0]).startswith(sort_form(start))]
        return tuple(sorted(found, key=lambda pair: (-pair[1], sort_form(pair[0]), pair[0]))[:limit])

    def titled(self, start: str, limit: int) -> tuple[str, ...]:
        """See Engine."""
        found = [(d.title_key, d.id) for d in self._plain() if d.title_key and d.title_key.startswith(sort_form(start))]
        return tuple(id for _, id in sorted(found)[:limit])

    def respell(self, word: str, field: str = "") -> tuple[tuple[str, int], ...]:
        """See Engine."""
        counts: Counter[str] = Counter()
        for document in self.documents.values():
            looked = [value for _, values in looked_at(field, document, False) for value in values]
            counts.update({form for value in looked for spellings in forms(value) for form in spellings})
        letters = {*"abcdefghijklmnopqrstuvwxyz0123456789", *word}
        found = [pair for pair in counts.items() if one_letter_away(word, pair[0]) and letters.issuperset(pair[0])]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def _plain(self) -> list[IndexDocument]:
        return [d for d in self.documents.values() if not d.cited]

    def _found(self, request: SearchRequest) -> list[IndexDocument]:
        found = [d for d in self.documents.values() if matches(request.query, d) and allowed(request, d)]
        found.sort(key=lambda d: d.id)
        match request.sort:
            case "title":
                found.sort(key=lambda d: (not d.title_key, d.title_key))
            case "author":
                found.sort(key=lambda d: (not d.author_key, d.author_key))
            case "oldest":
                found.sort(key=lambda d: d.date_key)
            case "newest":
                found.sort(key=lambda d: (d.date_key[0], *(-part for part in d.date_key[1:])))
        return found

    def _facet(self, facet: FacetRequest, request: SearchRequest) -> FacetResult:
        counts = self._counts(facet.name, request)
        mine = [f for f in request.filters if f.name == facet.name]
        free = self._counts(facet.name, replace(request, filters=tuple(f for f in request.filters if f not in mine)))
        chosen = {v: counts[v] for f in mine for v in f.include} | {v: free[v] for f in mine for v in f.exclude}
        values = [p for p in counts.items() if all(word in fold(p[0]) for word in fold(facet.find).split())]
        by_count, by_value = (lambda pair: (-pair[1], pair[0])), (lambda pair: (sort_form(pair[0]), pair[0]))
        values.sort(key=by_value if facet.order == "value" else by_count)
        page = values[facet.offset :][: facet.limit]
        return FacetResult(tuple(page), len(values), tuple(chosen.items()))

    def _counts(self, name: str, request: SearchRequest) -> Counter[str]:
        kept = (replace(f, include=()) if f.name == name else f for f in request.filters)
        own = replace(request, filters=tuple(kept))
        if name == "year":
            own = replace(own, years=replace(own.years, first=None, last=None))
        return Counter(value for document in self._found(own) for value in document.counted(name))


def allowed(request: SearchRequest, document: IndexDocument) -> bool:
    """Whether filters, years and visibility let *document* through."""
    if document.cited and not request.visible.cited:
        return False
    for chosen in request.filters:
        values = document.counted(chosen.name)
        if chosen.include and not set(values) & set(chosen.include):
            return False
        if set(values) & set(chosen.exclude):
            return False
    if not request.years:
        return True
    year = document.counted("year")[0]
    return within(year, request.years.first, request.years.last) if year else request.years.undated


def within(year: str, low: int | None, high: int | None) -> bool:
    """Whether *year* is from *low* to *high*."""
    return (low is None or low <= int(year)) and (high is None or int(year) <= high)


def matches(query: Query, document: IndexDocument) -> bool:
    """Whether *document* is what *query* means."""
    match query:
        case All():
            return True
        case None_():
            return False
        case Term(field, text, exact, first):
            stemmed = field == "" and not exact  # without a field, names too are found in any form
            looked = list(looked_at(field, document, first))
            return any(term(f, text, exact, values, stemmed and not first) for f, values in looked)
        case Phrase(field, words, first):
            return any(phrase(f, words, values) for f, values in looked_at(field, document, first))
        case Prefix(field, text):
            return any(prefix(f, text, values) for f, values in looked_at(field, document, False))
        case Range(field, low, high):
            number = field in BY_NAME and BY_NAME[field].kind == NUMBER
            return number and any(within(year, low, high) for year in document.values.get(field, ()))
        case Value(field, text):
            return field in BY_NAME and BY_NAME[field].facet and bool(text) and text in document.counted(field)
        case Given(field):
            return any(given(f, values) for f, values in looked_at(field, document, False)) if field else False
        case Not(child):
            return not matches(child, document)
        case And(children):
            return all(matches(child, document) for child in children)
        case Or(children):
            return any(matches(child, document) for child in children)
        case Boost(child, _):
            return matches(child, document)
        case Near(field, words, distance):
            return any(near(f, words, distance, values, field == "") for f, values in looked_at(field, document, False))


def looked_at(name: str, document: IndexDocument, first: bool) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """The fields a node means, with the values that count."""
    for field in DEFAULT if name == "" else [BY_NAME[name]] if name in BY_NAME else []:
        values = document.values.get(field.name, ())
        yield field, values[:1] if first else values


def whole(text: str) -> str:
    """An identifier as it is compared."""
    return fold(squash(text))


def forms(text: str) -> Words:
    """The spellings of each word."""
    return [token.forms for token in tokens(text)]


def side_by_side(slots: Words, value: str) -> bool:
    """Whether the words stand in *value* side by side."""
    words = forms(value)
    return any(
        all(set(slot) & set(word) for slot, word in zip(slots, words[start:], strict=False))
        for start in range(len(words) - len(slots) + 1)
    )


def term(field: Field, text: str, exact: bool, values: tuple[str, ...], stemmed: bool = False) -> bool:
    """Whether one of *values* has the word *text*."""
    if field.kind in (ID, NUMBER):
        return whole(text) != "" and whole(text) in map(whole, values)
    slots = forms(text)
    if exact or (field.kind == NAME and not stemmed) or len(slots) != 1:
        return phrase(field, (text,), values)
    stems = {stem(form) for form in slots[0]}
    return any(stems & {stem(form) for form in word} for value in values for word in forms(value))


def phrase(field: Field, words: tuple[str, ...], values: tuple[str, ...]) -> bool:
    """Whether one of *values* has *words* side by side."""
    if field.kind in (ID, NUMBER):
        return term(field, " ".join(words), True, values)
    slots = [slot for word in words for slot in forms(word)]
    return bool(slots) and any(side_by_side(slots, value) for value in values)


def near(field: Field, words: tuple[str, ...], distance: int, values: tuple[str, ...], stemmed: bool) -> bool:
    """Whether one of *values* has *words*, each at most *distance* words from the one before."""
    if field.kind in (ID, NUMBER):
        return False
    slots = [slot for word in words for slot in forms(word)]
    compared = (lambda form: form) if field.kind == NAME and not stemmed else stem

    def reach(value: str) -> set[int]:
        found = [{compared(form) for form in word} for word in forms(value)]
        reached: set[int] = set()
        for nth, slot in enumerate(slots):
            wanted = {compared(form) for form in slot}
            here = {place for place, word in enumerate(found) if wanted & word}
            reached = here if nth == 0 else {p for p in here if any(1 <= abs(p - q) <= distance for q in reached)}
        return reached

    return any(reach(value) for value in values)


def given(field: Field, values: tuple[str, ...]) -> bool:
    """Whether one of *values* can be searched."""
    return any(whole(value) != "" if field.kind in (ID, NUMBER) else forms(value) for value in values)


def prefix(field: Field, text: str, values: tuple[str, ...]) -> bool:
    """Whether one of *values* has a word that begins with *text*."""
    if field.kind in (ID, NUMBER):
        return whole(text) != "" and any(whole(value).startswith(whole(text)) for value in values)
    slots = forms(text)
    if not slots:
        return False
    known = {form for value in values for word in forms(value) for form in word}
    slots[-1] = tuple(word for word in known if word.startswith(slots[-1]))
    return any(side_by_side(slots, value) for value in values)
