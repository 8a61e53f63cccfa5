"""The query tree in OpenSearch's query language; scores are BM25's, and what has none in Whoosh has none here.

Places are compared by spans.  A chain of three words and more near each other is no span, since the place of a word
must serve both its neighbours: `chains` names them, and `compiled` is told which documents have them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, assert_never

from litbase.fields import BY_NAME, DEFAULT, FACETS, ID, NAME, NUMBER, Field
from litbase.index.analysis import LIFT, forms_of, stems_of, whole
from litbase.index.opensearch.schema import ANY, END, GIVEN, slot, unspaced
from litbase.query.tree import All, And, Boost, Given, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value

Dsl = dict[str, Any]
Forms = tuple[str, ...]
Chains = Mapping[Near, Sequence[str]]
"""The ids of the documents that have a chain of words."""

NOTHING: Final[Dsl] = {"match_none": {}}
FAR: Final = 1 << 30  # words between a word of the first value and its end, at most


def compiled(query: Query, chains: Chains) -> Dsl:
    """What *query* asks for; *chains* answers each of its `chains`."""
    match query:
        case All():
            return unscored({"match_all": {}})
        case None_():
            return NOTHING
        case Term(field, text, exactly, first):
            return _term(field, text, exactly, first)
        case Phrase(field, words, first):
            return _phrase(field, words, first)
        case Prefix(field, text):
            return _prefix(field, text)
        case Near() if is_chain(query):
            return {"terms": {"key.id": list(chains[query])}}
        case Near(field, _, distance):
            return _near(field, slots_of(query), distance)
        case Range(field, low, high):
            return unscored(_range(field, low, high))
        case Given(field):
            return unscored(_given(field))
        case Value(field, text):
            return unscored({"term": {f"{field}.raw": text}}) if text and field in FACETS else NOTHING
        case Not(child):
            return {"bool": {"must_not": [compiled(child, chains)]}}
        case And(children):
            return all_of([compiled(child, chains) for child in children])
        case Or(children):
            return any_of([compiled(child, chains) for child in children])
        case Boost(child, factor):
            return {"bool": {"must": [compiled(child, chains)], "boost": factor}}
    assert_never(query)


def chains_of(query: Query) -> Iterator[Near]:
    """The chains of three words and more in *query*."""
    match query:
        case Near() if is_chain(query):
            yield query
        case And(children) | Or(children):
            for child in children:
                yield from chains_of(child)
        case Not(child) | Boost(child):
            yield from chains_of(child)


def is_chain(query: Near) -> bool:
    """Whether *query* has three words or more in a field that has words."""
    return len(slots_of(query)) > 2 and _has_words(query.field)


def _forms_of(text: str) -> list[Forms]:
    """The words of *text* as they stand in the index."""
    return list(map(unspaced, forms_of(text)))


def slots_of(query: Near) -> list[Forms]:
    """The words of *query*, each with its spellings."""
    return [forms for word in query.words for forms in _forms_of(word)]


def pairs(query: Near) -> Dsl:
    """What every document with the chain *query* has: each two of its neighbours near each other."""
    slots = slots_of(query)
    return {"bool": {"filter": [_near(query.field, list(pair), query.distance) for pair in pairwise(slots)]}}


def column(query: Near) -> tuple[str, str]:
    """The field whose words *query* is about ("" for all by default), and the part of it that is looked at: s or w."""
    return query.field, "s" if _by_stems(query.field) else "w"


def unscored(query: Dsl) -> Dsl:
    """*query* without a score."""
    return {"bool": {"filter": [query]}}


def all_of(children: Sequence[Dsl]) -> Dsl:
    """What all *children* match, their scores added up; every document for none."""
    if len(children) == 1:
        return children[0]
    return {"bool": {"must": list(children)}} if children else unscored({"match_all": {}})


def any_of(children: Sequence[Dsl]) -> Dsl:
    """What any of *children* matches, their scores added up; no document for none."""
    if len(children) == 1:
        return children[0]
    return {"bool": {"should": list(children), "minimum_should_match": 1}} if children else NOTHING


def _has_words(name: str) -> bool:
    return name == "" or (name in BY_NAME and BY_NAME[name].kind not in (ID, NUMBER))


def _by_stems(name: str) -> bool:
    return name == "" or BY_NAME[name].kind != NAME


def _in_each(name: str, make: Callable[[Field], Dsl]) -> Dsl:
    fields = DEFAULT if name == "" else [BY_NAME[name]] if name in BY_NAME else []
    return any_of([make(field) for field in fields if field.kind not in (ID, NUMBER)])


def _listed(field: str, words: Sequence[str], boost: float = 1.0) -> list[Dsl]:
    return [{"term": {field: {"value": word, "boost": boost}}} for word in words]


def _term(name: str, text: str, exactly: bool, first: bool) -> Dsl:
    field = BY_NAME.get(name)
    if field is not None and field.kind in (ID, NUMBER):
        return _identified(field, text, first)
    slots = _forms_of(text)
    if len(slots) != 1:
        return _words(name, slots, first)
    if first:
        return _in_each(name, lambda f: _first(f.name, slots[0], not exactly and f.kind != NAME))
    if name and field is None:
        return NOTHING
    written = f"{name or ANY}.w"
    if exactly or (field is not None and field.kind == NAME):
        return any_of(_listed(written, slots[0]))
    return any_of([*_listed(f"{name or ANY}.s", stems_of(slots[0])), *_listed(written, slots[0], LIFT)])


def _phrase(name: str, words: Sequence[str], first: bool) -> Dsl:
    field = BY_NAME.get(name)
    if field is not None and field.kind in (ID, NUMBER):
        return _identified(field, " ".join(words), first)
    return _words(name, [forms for word in words for forms in _forms_of(word)], first)


def _words(name: str, slots: Sequence[Forms], first: bool) -> Dsl:
    """Words side by side in one value of a field, as they are written."""
    if not slots:
        return NOTHING
    if first:
        return _in_each(name, lambda f: _in_first(f"{f.name}.w", _row([_span(f.name, s, False) for s in slots])))
    if name and not _has_words(name):
        return NOTHING
    written = f"{name or ANY}.w"
    if len(slots) == 1:
        return any_of(_listed(written, slots[0]))
    return {"match_phrase": {written: {"query": " ".join(map(slot, slots)), "analyzer": GIVEN}}}


def _prefix(name: str, text: str) -> Dsl:
    field = BY_NAME.get(name)
    if name and field is None:
        return NOTHING
    if field is not None and field.kind == NUMBER:
        return unscored({"prefix": {f"{name}.raw": text}}) if text else NOTHING
    if field is not None and field.kind == ID:
        return {"prefix": {f"{name}.v": whole(text)}} if whole(text) else NOTHING
    slots = _forms_of(text)
    if not slots:
        return NOTHING
    written = f"{name or ANY}.w"
    if len(slots) == 1:
        return any_of([{"prefix": {written: form}} for form in slots[0]])
    begun = [{"span_multi": {"match": {"prefix": {written: form}}}} for form in slots[-1]]
    return _row([*(_span(name or ANY, forms, False) for forms in slots[:-1]), _either(begun)])


def _near(name: str, slots: Sequence[Forms], distance: int) -> Dsl:
    if not slots or not _has_words(name):
        return NOTHING
    spans = [_span(name or ANY, forms, _by_stems(name)) for forms in slots]
    if len(spans) == 1:
        return spans[0]
    orders = (spans, spans[::-1])
    return any_of([{"span_near": {"clauses": o, "slop": distance - 1, "in_order": True}} for o in orders])


def _span(name: str, forms: Forms, stemmed: bool) -> Dsl:
    """One word in any form, or in one of its spellings."""
    field, words = (f"{name}.s", stems_of(forms)) if stemmed else (f"{name}.w", forms)
    return _either([{"span_term": {field: word}} for word in words])


def _either(spans: list[Dsl]) -> Dsl:
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def _row(spans: list[Dsl]) -> Dsl:
    return spans[0] if len(spans) == 1 else {"span_near": {"clauses": spans, "slop": 0, "in_order": True}}


def _first(name: str, forms: Forms, stemmed: bool) -> Dsl:
    return _in_first(f"{name}.{'s' if stemmed else 'w'}", _span(name, forms, stemmed))


def _in_first(words: str, span: Dsl) -> Dsl:
    """*span* where it stands in *words* before the word that ends the first value."""
    return {"span_near": {"clauses": [span, {"span_term": {words: END}}], "slop": FAR, "in_order": True}}


def _identified(field: Field, text: str, first: bool) -> Dsl:
    if field.kind == NUMBER:
        number = int(text) if text.strip().isdecimal() and len(text) < 10 else None
        return unscored(_range(field.name, number, number)) if number is not None else NOTHING
    value = whole(text)
    part = "first" if first else "v"
    return {"constant_score": {"filter": {"term": {f"{field.name}.{part}": value}}}} if value else NOTHING


def _range(name: str, low: int | None, high: int | None) -> Dsl:
    if name not in BY_NAME or BY_NAME[name].kind != NUMBER:
        return NOTHING
    bounds = {key: value for key, value in (("gte", low), ("lte", high)) if value is not None}
    return {"range": {f"{name}.n": bounds}} if bounds else {"exists": {"field": f"{name}.n"}}


def _given(name: str) -> Dsl:
    field = BY_NAME.get(name)
    if field is None:
        return NOTHING
    part = {ID: "v", NUMBER: "n"}.get(field.kind, "w")
    return {"exists": {"field": f"{name}.{part}"}}
