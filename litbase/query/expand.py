"""What the thesaurus adds to a query: descriptors for their other names, other names for descriptors, narrower ones.

A name is recognised where it is typed as words, as a phrase, or in `descriptor:`; what is marked `=exactly`, excluded
or asked of another field stays as it is.  Nothing is taken away: what the query found it still finds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from litbase.query.operands import LIMITS
from litbase.query.tree import And, Boost, Near, Not, Or, Phrase, Prefix, Query, Term, all_of, any_of
from litbase.record.text import STOP_WORDS, fold
from litbase.vocabulary.thesaurus import Thesaurus, unqualified, words_of

# What was typed counts 1.  The descriptor is what an indexer would have called the same thing, so it counts as much.
# Its other names are only roughly the same, and narrower descriptors a part of it: half.
TODAY: Final = 1.0
OTHER: Final = 0.5
NARROWER: Final = 0.5
# The words of a name side by side say more than the same words apart: half again as much.
TOGETHER: Final = 0.5
_DESCRIPTOR: Final = "descriptor"


@dataclass(frozen=True, slots=True)
class Added:
    """What was also searched because the query names *name*: the descriptors it means today, and their *others* names.

    *today* is () where *name* is a descriptor itself; several are searched together.
    """

    name: str
    today: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrower:
    """A descriptor the query names: it has *total* narrower ones, and the nearest *searched* were searched as well."""

    descriptor: str
    total: int
    searched: int = 0


class Expanded(NamedTuple):
    """A query with what the thesaurus adds, and what that was, in the order of the query."""

    query: Query
    added: tuple[Added, ...] = ()
    narrower: tuple[Narrower, ...] = ()


class _Named(NamedTuple):
    """Neighbours in the query that spell *name*, in *field* ("" or "descriptor").

    *sure* says that a descriptor is meant: the query has nothing else, or the name has several words.
    """

    nodes: tuple[Query, ...]
    name: str
    field: str
    sure: bool


def expand(
    query: Query, thesaurus: Thesaurus, *, names: bool = True, narrower: bool = False, limit: int = LIMITS.terms
) -> Expanded:
    """*query*, widened by what *thesaurus* says of its names: other *names*, and with *narrower* what is below them.

    The words of query and expansion together stay within *limit*; the rest is not added.

    >>> from litbase.vocabulary.thesaurus import Entry
    >>> known = Thesaurus((Entry("Communities of Practice", used_for=("Learning Communities",)),))
    >>> expand(And((Term("", "learning"), Term("", "community"))), known).added
    (Added(name='Learning Communities', today=('Communities of Practice',), others=()),)
    """
    if not thesaurus:
        return Expanded(query)
    widening = _Widening(thesaurus, names, narrower, limit - _size(query))
    widened = widening.widened(query, True)
    return Expanded(widened, tuple(dict.fromkeys(widening.added)), tuple(dict.fromkeys(widening.narrower)))


class _Widening:
    """One expansion: how many words it may still use, and what it has added."""

    def __init__(self, thesaurus: Thesaurus, names: bool, explode: bool, left: int) -> None:
        self.thesaurus, self.names, self.explode, self.left = thesaurus, names, explode, left
        self.added: list[Added] = []
        self.narrower: list[Narrower] = []

    def widened(self, query: Query, whole: bool) -> Query:
        """*query* and what belongs to it; *whole* when it is all that was asked."""
        match query:
            case And(children):
                return all_of(self._in_and(children, whole))
            case Or(children):
                return any_of(self._in_or(children, whole))
            case Term() | Phrase():
                return any_of(self._in_or((query,), whole))
        return query

    def _in_and(self, children: Sequence[Query], whole: bool) -> Iterator[Query]:
        for part in self._parts(children, whole):
            if isinstance(part, _Named):
                yield any_of((all_of(part.nodes), *self._also(part)))
            else:
                yield self.widened(part, False) if isinstance(part, Or) else part

    def _in_or(self, children: Sequence[Query], whole: bool) -> Iterator[Query]:
        for part in self._parts(children, whole):
            if isinstance(part, _Named):
                yield from (*part.nodes, *self._also(part))
                if len(part.nodes) > 1:  # who searches for any of the words means any word of the descriptor too
                    yield from self._apart(part)
            else:
                yield self.widened(part, False) if isinstance(part, And) else part

    def _parts(self, children: Sequence[Query], whole: bool) -> Iterator[_Named | Query]:
        """*children* in order, each longest stretch that spells a name as one."""
        at = 0
        while at < len(children):
            named = self._named(children, at, whole)
            yield named or children[at]
            at += len(named.nodes) if named else 1

    def _named(self, children: Sequence[Query], at: int, whole: bool) -> _Named | None:
        field = _spoken(children[at])[0]
        words: list[str] = []
        best: _Named | None = None
        for stop, child in enumerate(children[at : at + self.thesaurus.longest], at + 1):
            its_field, its_words, quoted = _spoken(child)
            if its_field != field or not its_words or (quoted and stop > at + 1):
                break
            words += its_words
            if name := self.thesaurus.spelled(words, quoted):
                sure = len(words) > 1 or (whole and stop - at == len(children))
                best = _Named(tuple(children[at:stop]), name, field, sure)
            if quoted:
                break
        return best

    def _also(self, named: _Named) -> Iterator[Query]:
        """What is searched besides the words that were typed."""
        means = self.thesaurus.today(named.name)
        if self.names:
            if named.field == "" and not isinstance(named.nodes[0], Phrase):
                yield from self._side_by_side(named.name, TOGETHER)
            is_today = means == (named.name,)
            searched = [tuple(self._descriptor(name, named, TODAY / len(means))) for name in means]
            if all(searched):
                yield all_of(map(any_of, searched))
            others = dict(self._others(named, means))
            yield from others.values()
            today = means if all(searched) and not is_today else ()
            if today or others:
                self.added.append(Added(named.name, today, tuple(others)))
        if len(means) == 1:
            yield from self._below(means[0])

    def _descriptor(self, name: str, named: _Named, weight: float) -> Iterator[Query]:
        """Records that carry the descriptor *name* and, unless only descriptors were asked for, texts that use it."""
        if name != named.name or named.sure:
            yield from self._taken(Phrase(_DESCRIPTOR, words_of(name)), weight)
        if named.field == "" and name != named.name:
            yield from self._in_text(name, weight)

    def _apart(self, named: _Named) -> Iterator[Query]:
        """The words of the descriptors that *named* means, each for itself."""
        means = self.thesaurus.today(named.name)
        for name in means if self.names and means != (named.name,) else ():
            for word in words_of(unqualified(name)):
                if fold(word) not in STOP_WORDS:
                    yield from self._taken(Term(named.field, word), TODAY / len(means))

    def _others(self, named: _Named, means: Sequence[str]) -> Iterator[tuple[str, Query]]:
        """The other names of the one descriptor that *named* means; () for one word among others."""
        entry = self.thesaurus.find(means[0]) if len(means) == 1 else None
        if entry is None or named.field or not named.sure:
            return
        for other in entry.used_for:
            if other != named.name and len(self.thesaurus.today(other)) == 1:
                for node in self._in_text(other, OTHER):
                    yield other, node

    def _below(self, name: str) -> Iterator[Query]:
        """The descriptors below *name*, when they are asked for."""
        below = self.thesaurus.exploded(name)
        searched = 0
        for one in below if self.explode else ():
            for node in self._taken(Phrase(_DESCRIPTOR, words_of(one)), NARROWER):
                searched += 1
                yield node
        if below:
            self.narrower.append(Narrower(name, len(below), searched))

    def _in_text(self, name: str, weight: float) -> Iterator[Query]:
        """*name* in any text; one that needs its bracket to be understood is left to the descriptors."""
        words = words_of(unqualified(name))
        if len(words) > 1:
            yield from self._taken(Phrase("", words), weight)
        elif words and unqualified(name) == name:
            yield from self._taken(Term("", words[0]), weight)

    def _side_by_side(self, name: str, weight: float) -> Iterator[Query]:
        words = words_of(unqualified(name))
        if len(words) > 1:
            yield from self._taken(Phrase("", words), weight)

    def _taken(self, node: Term | Phrase, weight: float) -> Iterator[Query]:
        """*node* with its weight, while there are words left for it."""
        size = _size(node)
        if size <= self.left:
            self.left -= size
            yield Boost(node, weight)


def _spoken(query: Query) -> tuple[str, tuple[str, ...], bool]:
    """The field, the words and whether they are quoted, of what can be part of a name; no words for everything else."""
    match query:
        case Term("" | "descriptor" as field, text, exact=False, first=False):
            return field, (text,), False
        case Phrase("" | "descriptor" as field, words, first=False):
            return field, words, True
        case And((first, *_) as children):  # in an OR: "career and technical education" holds (career AND technical)
            shared, parts = _spoken(first)[0], [_spoken(child) for child in children]
            if all(words and not quoted and its_field == shared for its_field, words, quoted in parts):
                return shared, tuple(word for _, words, _ in parts for word in words), False
    return "", (), False


def _size(query: Query) -> int:
    """How many words a query has, as its limit counts them."""
    match query:
        case And(children) | Or(children):
            return sum(map(_size, children))
        case Not(child) | Boost(child):
            return _size(child)
        case Phrase(_, words) | Near(_, words):
            return len(words)
        case Term() | Prefix():
            return 1
    return 0
