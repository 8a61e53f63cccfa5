"""What an empty search may be turned into: other searches that find something, the nearest to what was asked first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from litbase.library import Library
from litbase.library.finding import count, every
from litbase.library.spelling import likeliest
from litbase.query.parse import parse
from litbase.query.request import FacetRequest
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import And, Near, Not, Or, Phrase, Query, Term, all_of, any_of
from litbase.record.text import STOP_WORDS, stem, tokens

MOST: Final = 4
PARTS: Final = 6  # of a query, each left out in turn
PARTS_OFFERED: Final = 2
WORDS: Final = 12
DESCRIPTORS: Final = 20_000  # the commonest of the library; the nearest is one of them
NEAR: Final = 0.4  # twice the words in common to all words of query and descriptor: one word of two and of three
NEARER: Final = 0.8  # for a query of one word, which is nearly all of the descriptor
ALIKE: Final = 0.8  # of the letters of two words, for one to be taken for a slip of the other: "servces", "services"
SPELLED: Final = 0.9  # what such a word counts
MISSPELLED: Final = 4  # words of a query that are compared letter by letter


@dataclass(frozen=True, slots=True)
class Offered:
    """Another search: *kind* is "unfiltered", "spelling", "apart", "part", "descriptor" or "any", *text* what it asks.

    *unfiltered* says that the filters had to go.
    """

    kind: str
    text: str
    state: SearchState
    total: int
    unfiltered: bool = False


def offers(library: Library, state: SearchState) -> tuple[Offered, ...]:
    """At most four searches near *state*, which finds nothing, that find something; () when none does.

    In this order: the same without filters; the words of a phrase apart from each other; the query without one of
    its parts, the narrowest first; the descriptor nearest to its words; any of its words.  Unknown words are put right
    in all of them as is likeliest, and in the first where filters hide what was meant.
    """
    right = likeliest(library, state)
    found: dict[str, Offered] = {}
    for offered in _found(library, state, right):
        if offered.kind != "any" or offered.total not in {each.total for each in found.values()}:
            found.setdefault(offered.state.query_string(), offered)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _found(library: Library, typed: SearchState, state: SearchState) -> Iterator[Offered]:
    """The offers near *state*, which is *typed* put right."""
    query, as_typed = (parse(one.q, op=one.op).query for one in (state, typed))
    unfiltered = "spelling" if state.q != typed.q else "unfiltered"
    if _is_filtered(state) and (total := count(library, state.clear_filters())):
        yield Offered(unfiltered, state.q, state.clear_filters(), total, True)
    if (apart := _apart(query)) != query:
        yield from _asking(library, state, "apart", apart)
    parts = [offered for part in _parts(query) for offered in _asking(library, state, "part", part)]
    if not parts and isinstance(query, And) and len(query.children) > 2:
        parts = [found for part in query.children[:PARTS] for found in _asking(library, state, "part", part)]
    yield from sorted(parts, key=lambda offered: (offered.unfiltered, offered.total))[:PARTS_OFFERED]
    words = list(_words(query))[:WORDS]
    yield from _nearest_descriptor(library, state, _spelled(as_typed), _spelled(query))
    if len(words) > 1:
        yield from _asking(library, state, "any", any_of(words))


def _is_filtered(state: SearchState) -> bool:
    return bool(state.filters or state.years)


def _asking(library: Library, state: SearchState, kind: str, query: Query) -> Iterator[Offered]:
    """*query* under the filters of *state* where that finds something, else without them."""
    for unfiltered in (False, True) if _is_filtered(state) else (False,):
        asked = replace(state.clear_filters() if unfiltered else state, op="and").with_q(show(query))
        if asked.q and (total := count(library, asked)):
            yield Offered(kind, asked.q, asked, total, unfiltered)
            return


def _apart(query: Query) -> Query:
    """*query* with the words of each phrase anywhere in the record."""
    match query:
        case Phrase(field, words) | Near(field, words):
            return all_of(Term(field, word) for word in words)
        case And(children):
            return all_of(map(_apart, children))
        case Or(children):
            return any_of(map(_apart, children))
    return query


def _parts(query: Query) -> list[Query]:
    """*query* without each one of its parts; [] when it has only one, or what is left would only exclude."""
    if not isinstance(query, And):
        return []
    rests = [all_of(query.children[:at] + query.children[at + 1 :]) for at in range(min(len(query.children), PARTS))]
    return [rest for rest in rests if not isinstance(rest, Not)]


def _words(query: Query) -> Iterator[Query]:
    """The words *query* wants, each alone; what is excluded or stands for a range or a value is left out."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case Phrase(field, words) | Near(field, words):
            yield from (Term(field, word) for word in words if word.lower() not in STOP_WORDS)
        case Term():
            yield query


def _spelled(query: Query) -> list[str]:
    """The words *query* wants, as they are written."""
    words = (word.text for word in _words(query) if isinstance(word, Term))
    return [token.forms[0] for word in words for token in tokens(word)][:WORDS]


def _nearest_descriptor(
    library: Library, state: SearchState, typed: Sequence[str], right: Sequence[str]
) -> Iterator[Offered]:
    """The descriptor that has most words in common with those *typed*, or put *right*; of several the commonest.

    Other names of a descriptor count as its own.  Words are in common by their stems; of descriptors that are as near
    by these, one with the words themselves is nearer.
    """
    anything = state.clear_filters().with_q("")
    facet = FacetRequest("descriptor", limit=DESCRIPTORS)
    values = library.engine.search(replace(every(anything), facets=(facet,), limit=0)).facets["descriptor"].values
    known = {form for value, _ in values for form in _forms(value)}
    meant = _meant(typed if len(typed) == len(right) else right, right, known)
    wanted = {stem for may_be in meant for stem in may_be}
    if not wanted:
        return
    others = {entry.name: entry.used_for for entry in library.store.thesaurus().entries}
    called = ((name, value) for value, _ in values for name in (value, *others.get(value, ())))
    near = (
        (_shared(meant, stems) * 2 / (len(meant) + len(stems)), len({*right, *_forms(name)}), value)
        for name, value in called
        if not wanted.isdisjoint(stems := _stems(name))
    )
    score, _, nearest = max(near, key=lambda each: (each[0], -each[1]), default=(0.0, 0, ""))
    if score >= (NEAR if len(meant) > 1 else NEARER):
        asked = anything.add("descriptor", nearest)
        if total := count(library, asked):
            yield Offered("descriptor", nearest, asked, total, _is_filtered(state))


def _meant(typed: Sequence[str], right: Sequence[str], known: set[str]) -> list[dict[str, float]]:
    """For each word the stems it may be meant for, and what each counts; words that nobody *known* is like are {}."""
    stems = {stem(form) for form in known}
    meant: list[dict[str, float]] = []
    compared = 0
    for written, put_right in zip(typed, right, strict=True):
        may_be = {stem(put_right): 1.0} if stem(put_right) in stems else {}
        if (not may_be or written != put_right) and compared < MISSPELLED:
            compared += 1
            begun_or_ended = [form for form in known if form[:1] == written[:1] or form[-2:] == written[-2:]]
            for form in get_close_matches(written, begun_or_ended, cutoff=ALIKE):
                may_be.setdefault(stem(form), SPELLED)
        meant.append(may_be)
    return meant


def _shared(meant: Sequence[dict[str, float]], stems: frozenset[str]) -> float:
    return sum(max((weight for stem, weight in may_be.items() if stem in stems), default=0.0) for may_be in meant)


@lru_cache(maxsize=2 * DESCRIPTORS)
def _forms(name: str) -> tuple[str, ...]:
    return tuple(token.forms[0] for token in tokens(name) if token.forms[0] not in STOP_WORDS)


@lru_cache(maxsize=2 * DESCRIPTORS)
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, _forms(name)))
