"""From the text a reader types to a query tree, never failing.

The language: words are ANDed (or ORed when the page says so); "phrases" as
written; AND, OR, NOT and -; brackets; field:word, field:"phrase", field:(group);
word*, field:*, descriptor:="a whole value", =word, ^author:Mehta; year:2015-2019; NEAR/5.  NEAR binds tightest, then
NOT, then AND and the space, then OR.  In lower case "and" and "or" join only
when they stand between two operands, "not" excludes only what follows it;
elsewhere they are words, and so is "near" without a number.  Where a space means
OR, as for whole sentences, they are always words, and a word with a hyphen is
its parts ("CHEK2 is not associated with breast-cancer risk").
Every repair is a notice.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from litbase.query.joining import WORDS, Item, all_joined, any_joined, side_by_side, weight
from litbase.query.lexemes import UNMARKED, Lexeme, Scope, is_sign, lexemes, plain
from litbase.query.near import distance, joined
from litbase.query.operands import LIMITS, Limits, Operands
from litbase.query.show import show
from litbase.query.tree import All, And, Given, Not, Or, Phrase, Query, Term, all_of, any_of, none_of, with_leaves
from litbase.query.values import whole_value
from litbase.record.identifiers import bare_identifier
from litbase.record.notices import Notice, notice

__all__ = ["LIMITS", "Limits", "Parsed", "parse"]

_OPERANDS: Final = ("word", "phrase", "value", "(")
_SCHEME_FIELDS: Final = {"doi": "doi", "isbn": "isbn", "issn": "issn", "eric": "id"}


class Parsed(NamedTuple):
    """A query, how it had to be read, and the (scheme, value) when all of it is one identifier.

    *rows* are the plain words that were typed side by side, stop words too; () for an identifier.
    """

    query: Query
    notices: tuple[Notice, ...]
    identifier: tuple[str, str] | None
    rows: tuple[Phrase, ...]


def parse(text: str, *, op: str = "and", limits: Limits = LIMITS) -> Parsed:
    """The query that *text* asks for; `All` for an empty one.  Never raises, whatever *text* is.

    *op*, "and" or "or", joins words that nothing else joins; what `show` writes is read with "and".  Schemes of the
    identifier are "doi", "isbn", "issn" and "eric".

    >>> parse('learning AND (title:"professional networks" OR leader*) -school').query.children[2]
    Not(child=Term(field='', text='school', exact=False, first=False))
    """
    notices: list[Notice] = []
    text = text.strip()
    if len(text) > limits.length:
        notices.append(notice("query-long", limit=limits.length))
    text = plain(text[: limits.length]).strip()
    identifier = _identifier(text)
    operands = Operands(limits, notices)
    operands.terms += identifier is not None
    pieces = _balanced(_promoted(list(lexemes(text, notices)), op, notices), limits, notices)
    groups = _Groups(pieces, operands, "and" if identifier else op)
    tree = _unambiguous(_without_stop_words(groups.read(UNMARKED) or All(), notices))
    if tree != All():
        identifier = identifier or _identifier(show(tree))
    if isinstance(tree, Not) and not isinstance(tree.child, Given):
        notices.append(notice("only-not"))
    if identifier:
        number = Term(_SCHEME_FIELDS[identifier[0]], whole_value(_SCHEME_FIELDS[identifier[0]], identifier[1]))
        tree = tree if tree == number else any_of((number, tree)) if tree != All() else number
    rows = () if identifier else tuple(dict.fromkeys(groups.rows))
    return Parsed(tree, tuple(dict.fromkeys(notices)), identifier, rows)


def _identifier(text: str) -> tuple[str, str] | None:
    text = text.strip('"')
    return None if text.startswith("-") or '"' in text else bare_identifier(text)


def _promoted(pieces: list[Lexeme], op: str, notices: list[Notice]) -> list[Lexeme]:
    """*pieces*, with the words "and", "or", "not" in any case as operators where they stand as such.

    Where a space means OR only those in capitals, which are operators already, and a lone "&" says nothing.
    """
    if op == "or":
        return [piece for piece in pieces if piece.text != "&" or piece.scope != UNMARKED]
    result: list[Lexeme] = []
    for piece, after in itertools.zip_longest(pieces, pieces[1:]):
        kind = WORDS.get(piece.text.lower()) if piece.kind == "word" and piece.scope == UNMARKED else None
        after_operand = bool(result) and result[-1].kind in ("word", "phrase", "value", ")")
        before_operand = after is not None and (after.kind in _OPERANDS or after.kind == "not")
        if kind and before_operand and (after_operand or kind == "not"):
            if kind != "and":
                notices.append(notice("operator-word", word=piece.text, operator=kind.upper()))
            piece = Lexeme(kind, piece.text)
        result.append(piece)
    return result


def _balanced(pieces: list[Lexeme], limits: Limits, notices: list[Notice]) -> list[Lexeme]:
    """*pieces* with every bracket closed, none closed that was not opened, and none deeper than the limit."""
    result: list[Lexeme] = []
    kept: list[bool] = []
    dropped = 0
    for piece in pieces:
        if piece.kind == "(":
            kept.append(sum(kept) < limits.nesting)
            if not kept[-1]:
                notices.append(notice("nesting-deep", limit=limits.nesting))
                continue
        elif piece.kind == ")":
            if not kept:
                dropped += 1
                continue
            if not kept.pop():
                continue
        result.append(piece)
    if dropped:
        notices.append(notice("bracket-dropped", count=dropped))
    if kept:
        notices.append(notice("bracket-closed", count=len(kept)))
    return result + [Lexeme(")", ")")] * sum(kept)


class _Groups:
    """Reads balanced pieces, one group inside the other; *op* says what a space means."""

    def __init__(self, pieces: Sequence[Lexeme], operands: Operands, op: str):
        self.pieces = iter(pieces)
        self.operands = operands
        self.join = any_joined if op == "or" else all_joined
        self.rows: list[Phrase] = []

    def read(self, scope: Scope) -> Query | None:
        """The query of the pieces up to the closing bracket; None when they ask for nothing."""
        items: list[Item] = []
        joiner: Lexeme | None = None
        negation: Lexeme | None = None
        for piece in self.pieces:
            match piece.kind:
                case ")":
                    break
                case "not":
                    negation = None if negation else piece
                case "and" | "or" | "near":
                    self._alone(joiner, negation, None if items else piece)
                    joiner, negation = piece if items else None, None
                case _:
                    rows = len(self.rows)
                    query = self._operand(piece, scope)
                    if query is not None:
                        items.append(self._item(joiner, query, negation is not None, _typed(piece, scope)))
                    if negation:
                        del self.rows[rows:]
                    joiner = negation = None
        self._alone(joiner, negation)
        items = list(self._neared(items))
        self.rows += side_by_side(items)
        return self.join(items) if items else None

    def _operand(self, piece: Lexeme, scope: Scope) -> Query | None:
        inner = piece.scope.within(scope)
        match piece.kind:
            case "(":
                query = self.read(inner)
                if query is None:
                    self.operands.note("punctuation-dropped", text="()")
                return query
            case "value":
                return self.operands.value(piece.text, inner.field)
            case "phrase":
                return self.operands.phrase(piece.text, inner)
        return self.operands.word(piece.text, inner)

    def _item(self, joiner: Lexeme | None, query: Query, excluded: bool, typed: str) -> Item:
        if joiner is None:
            return Item("", query, excluded, typed=typed)
        far = distance(joiner.text, self.operands.notices) if joiner.kind == "near" else 0
        word = "" if is_sign(joiner.text) else joiner.text
        return Item(joiner.kind, query, excluded, far, word, typed)

    def _neared(self, items: Sequence[Item]) -> Iterator[Item]:
        """*items* with those that NEAR joins as one; an exclusion before the first excludes the whole."""
        starts = [n for n, item in enumerate(items) if item.joiner != "near"]
        for start, stop in itertools.pairwise([*starts, len(items)]):
            first, *others = items[start:stop]
            if not others:
                yield first
                continue
            chain = [first.query, *(item.asked for item in others)]
            distances = [item.distance for item in others]
            query = joined(chain, distances, self.operands.spare, self.operands.notices)
            yield Item(first.joiner, query, first.excluded)

    def _alone(self, *pieces: Lexeme | None) -> None:
        for piece in pieces:
            if piece:
                self.operands.note("operator-alone", operator=piece.text)


def _typed(piece: Lexeme, scope: Scope) -> str:
    """The text of *piece* where it is a word without marks."""
    return piece.text if piece.kind == "word" and not piece.scope.within(scope).exact else ""


def _without_stop_words(query: Query, notices: list[Notice]) -> Query:
    """*query* without the bare stop words of each AND, unless it holds nothing else."""
    dropped: dict[str, None] = {}

    def without(query: Query) -> Query:
        match query:
            case Or(children):
                return any_of(map(without, children))
            case Not(child):
                return none_of(without(child))
            case And(children):
                children = tuple(map(without, children))
                best = max((weight(c) for c in children if not isinstance(c, Not)), default=0)
                for child in children:
                    if weight(child) < best and isinstance(child, Term):
                        dropped[child.text] = None
                return all_of(c for c in children if weight(c) >= best or isinstance(c, Not))
        return query

    result = without(query)
    if dropped:
        notices.append(notice("stop-word-dropped", words=", ".join(dropped)))
    return result


def _unambiguous(query: Query) -> Query:
    """*query* with words that would read as operators put in quotation marks, so that its text means the same."""

    def quoted(leaf: Query) -> Query:
        match leaf:
            case Term(field, text, exact=False, first=first) if text.lower() in WORDS or is_sign(text):
                return Phrase(field, (text,), first)
        return leaf

    return with_leaves(query, quoted)
