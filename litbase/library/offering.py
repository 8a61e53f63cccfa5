"""What an empty search may be turned into: other searches that find something, the nearest to what was asked first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
DESCRIPTORS: Final = 50  # the commonest among records with any of the words; the nearest is one of them


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
    misspelled, state = right.q != state.q, right
    query = parse(state.q, op=state.op).query
    found: dict[str, Offered] = {}
    for offered in _found(library, state, query, "spelling" if misspelled else "unfiltered"):
        if offered.kind != "any" or offered.total not in {each.total for each in found.values()}:
            found.setdefault(offered.state.query_string(), offered)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _found(library: Library, state: SearchState, query: Query, unfiltered: str) -> Iterator[Offered]:
    if _is_filtered(state) and (total := count(library, state.clear_filters())):
        yield Offered(unfiltered, state.q, state.clear_filters(), total, True)
    if (apart := _apart(query)) != query:
        yield from _asking(library, state, "apart", apart)
    parts = [offered for part in _parts(query) for offered in _asking(library, state, "part", part)]
    if not parts and isinstance(query, And) and len(query.children) > 2:
        parts = [found for part in query.children[:PARTS] for found in _asking(library, state, "part", part)]
    yield from sorted(parts, key=lambda offered: (offered.unfiltered, offered.total))[:PARTS_OFFERED]
    words = list(_words(query))[:WORDS]
    if len(words) > 1:
        yield from _nearest_descriptor(library, state, words)
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


def _nearest_descriptor(library: Library, state: SearchState, words: list[Query]) -> Iterator[Offered]:
    """The descriptor with most of *words* in its name, among the records with any of them; of several the commonest."""
    stems = {token.stem for word in words if isinstance(word, Term) for token in tokens(word.text)}
    anywhere = state.clear_filters().with_q(show(any_of(words)))
    facet = FacetRequest("descriptor", limit=DESCRIPTORS)
    values = library.engine.search(replace(every(anywhere), facets=(facet,), limit=0)).facets["descriptor"].values
    named = [
        (len(stems & {stem(t.forms[0]) for t in tokens(value)}), at, value) for at, (value, _) in enumerate(values)
    ]
    shared, _, nearest = max(named, key=lambda each: (each[0], -each[1]), default=(0, 0, ""))
    if shared:
        asked = anywhere.with_q("").add("descriptor", nearest)
        if total := count(library, asked):
            yield Offered("descriptor", nearest, asked, total, _is_filtered(state))
