"""Searches put together: "#1 AND NOT #2" as one query that finds just what the sets of those searches say.

Searches of the history have numbers, "#1" or "1"; those that were saved have names, "S1".  A filter becomes exact
values of its facet (tree.Value), a range of years a Range.  What the thesaurus adds to a part stays what it
adds to that part: where it would add something else to the whole, it is written out.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.query.expand import expand
from litbase.query.joining import weight
from litbase.query.operands import LIMITS
from litbase.query.parse import parse
from litbase.query.request import Filter, Years
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import (
    And,
    Boost,
    Given,
    Not,
    Or,
    Query,
    Range,
    Term,
    Value,
    all_of,
    any_of,
    none_of,
    with_leaves,
)
from litbase.vocabulary.thesaurus import NONE, Thesaurus

MOST: Final = 20  # searches in one
_BAD: Final = frozenset({"operator-alone", "query-long", "terms-many", "nesting-deep", "bracket-dropped"})
_TOUCHING: Final = re.compile(r"(?<=[\d)])#")
_NAME: Final = re.compile(r"[Ss]?[0-9]{1,6}")
_Written = Callable[[SearchState], Query]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why searches cannot be put together; *what* is the culprit, or "".

    *code* is "empty", "words" (no search), "operator" (with nothing to join), "unknown", "many" or "long".
    """

    code: str
    what: str = ""


def combine(sets: str, searches: Mapping[str, SearchState], thesaurus: Thesaurus = NONE) -> SearchState | Refused:
    """The search for what *sets*, as "#1 AND (#2 OR S3)", says of *searches*; NOT is what all records are, less those.

    *searches* has those of the history by their number, "1", and saved ones by their name, "S3".

    >>> one, two = SearchState(q="school").add("type", "book"), SearchState(q="teacher OR leader")
    >>> combine("#1 NOT s2", {"1": one, "S2": two}).q
    'school type:="book" -(teacher OR leader)'
    """
    asked = numbered(sets)
    if isinstance(asked, Refused):
        return asked
    names = list(dict.fromkeys(map(_name, _leaves(asked))))
    if missing := next((name for name in names if name not in searches), ""):
        return Refused("unknown", missing if missing.startswith("S") else f"#{missing}")
    if len(names) > MOST:
        return Refused("many", str(MOST))
    used = [searches[name] for name in names]
    cited = any(state.cited for state in used)

    def joined(written: _Written) -> Query:
        return with_leaves(asked, lambda leaf: _part(searches[_name(leaf)], written, cited))

    for state, query in _ways(joined, used, thesaurus):
        made = state.with_q(show(query))
        if len(made.q) <= LIMITS.length and parse(made.q).query == query:
            return SearchState(q=made.q, expand=made.expand, narrower=made.narrower, cited=cited)
    return Refused("long")


def numbered(sets: str) -> Query | Refused:
    """*sets* as a tree whose leaves are Term("", name); operators are those of the query language.

    >>> numbered("#1 OR learning")
    Refused(code='words', what='learning')
    """
    parsed = parse(_TOUCHING.sub(" #", sets).replace("#", ""))
    if sets.replace("#", "").strip() == "" or not list(_leaves(parsed.query)):
        return Refused("empty")
    for leaf in _leaves(parsed.query):
        if not _name(leaf):
            return Refused("words", show(leaf))
    if bad := next((note.code for note in parsed.notices if note.code in _BAD), ""):
        return Refused("operator" if bad == "operator-alone" else "long")
    return parsed.query


def written(state: SearchState) -> Query:
    """The query and the filters of *state* as one tree, without what a thesaurus adds and what is visible.

    >>> show(written(SearchState(q="school").with_years(Years(2010, None, True))))
    'school (year:2010.. OR -year:*)'
    """
    return all_of((parse(state.q, op=state.op).query, narrowing(state)))


def narrowing(state: SearchState) -> Query:
    """The filters of *state* as a tree; All without any."""
    parts = [part for each in state.filters for part in _filter(each)]
    return all_of((*parts, _years(state.years)) if state.years else parts)


def _filter(each: Filter) -> Iterator[Query]:
    if each.include:
        yield any_of(Value(each.name, value) for value in each.include)
    if each.exclude:
        yield none_of(any_of(Value(each.name, value) for value in each.exclude))


def _years(years: Years) -> Query:
    inside = Range("year", years.first, years.last)
    return any_of((inside, Not(Given("year")))) if years.undated else inside


def _part(state: SearchState, written: _Written, cited: bool) -> Query:
    """One of the searches, kept to what it shows where cited works are among the others."""
    query = written(state)
    return all_of((query, Not(Value("type", "cited")))) if cited and not state.cited else query


def _ways(
    joined: Callable[[_Written], Query], used: Sequence[SearchState], thesaurus: Thesaurus
) -> Iterator[tuple[SearchState, Query]]:
    """The searches that say the whole, with the thesaurus where it adds the same to the whole as to the parts."""

    def expanded(state: SearchState) -> Query:
        return all_of((_expanded(parse(state.q, op=state.op).query, state, thesaurus), narrowing(state)))

    plain, wide = _settled(joined(written)), _settled(joined(expanded))
    for state in used[:1] if len({(state.expand, state.narrower) for state in used}) == 1 else ():
        if _settled(_expanded(plain, state, thesaurus)) == wide:
            yield state, plain
    yield SearchState(expand=False), wide


def _expanded(query: Query, state: SearchState, thesaurus: Thesaurus) -> Query:
    return _unweighted(expand(query, thesaurus, names=state.expand, narrower=state.narrower).query)


def _unweighted(query: Query) -> Query:
    match query:
        case And(children):
            return all_of(map(_unweighted, children))
        case Or(children):
            return any_of(map(_unweighted, children))
        case Not(child):
            return none_of(_unweighted(child))
        case Boost(child):
            return _unweighted(child)
    return query


def _settled(query: Query) -> Query:
    """*query* with the stop words of each AND so that they are not taken for those of a sentence, and left out."""
    match query:
        case And(children):
            return all_of(any_of((c, c)) if isinstance(c, Term) and weight(c) < 2 else _settled(c) for c in children)
        case Or(children):
            return any_of(map(_settled, children))
        case Not(child):
            return none_of(_settled(child))
    return query


def _leaves(query: Query) -> Iterator[Query]:
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)
        case Not(child):
            yield from _leaves(child)
        case _:
            yield query


def _name(leaf: Query) -> str:
    """What *leaf* calls a search, "1" or "S1"; "" for anything else."""
    match leaf:
        case Term("", text, exact=False, first=False) if _NAME.fullmatch(text):
            return text.upper()
    return ""
