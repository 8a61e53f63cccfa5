"""Did you mean: the query with its unknown words put right, where that finds something.

A word is unknown when no record has it, as it is typed, in the field asked for.  What was meant is one letter
away (added, left out, changed, swapped).  Where records have other forms of the word, only another spelling of
those, or a word that is much more frequent, is meant.

Candidates are weighed as slips of the pen and of the keyboard are made: two letters swapped or one left out fit a
typed word in few ways, a wrong letter in many; the first letter is seldom wrong; vowels are taken for vowels, keys
for their neighbours.  Then frequent words come before rare ones, and words that stand together in records before
others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import log
from typing import Final, NamedTuple

from litbase.fields import ALIASES, BY_NAME, DEFAULT, ID, NUMBER
from litbase.library import Library
from litbase.library.finding import count
from litbase.query.parse import parse
from litbase.query.request import SearchRequest, Visible
from litbase.query.state import SearchState
from litbase.query.tree import And, Boost, Near, Not, Or, Phrase, Prefix, Query, Term
from litbase.record.record import Record
from litbase.record.text import stem, tokens

LEAST: Final = 3  # letters of a word that is put right
WORDS: Final = 12  # of a query that are looked at
WRONG: Final = 3  # words put right in one query
CHOICES: Final = 5  # candidates for one wrong word; of several wrong words three each
TRIED: Final = 12  # corrected queries that are counted
MUCH: Final = 10  # how many times more records a word must have that is meant for a form of another word
SEEN: Final = 3  # of the records found, looked through for the words
SCANNED: Final = 20_000  # characters of a text
HARDLY: Final = 3  # records that have a word which may be a slip in the records themselves
CLEARLY: Final = 50  # how many times more records the right word must have then
TOLD_BY: Final = ("title", "author", "descriptor")  # readers mostly ask for words of these

SWAPPED: Final = 0.0  # what a slip of each kind costs, in logarithms of how many such slips there are
LEFT_OUT: Final = 0.5
ADDED: Final = 3.5
CHANGED: Final = 3.5
AT_HAND: Final = 0.5  # less, for a doubled letter, a neighbouring key, a vowel for a vowel
FIRST: Final = 0.5  # more, for the first letter
TOGETHER: Final = 0.5  # weight of the records that hold the whole corrected query, where it has other words
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS: Final = {key: (row, at + row / 2) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Correction:
    """The search that was meant: its state, how many records it finds, and each (typed, meant)."""

    state: SearchState
    total: int
    words: tuple[tuple[str, str], ...]


class _Asked(NamedTuple):
    """A word of a query as it is asked for: in *field*, as the query node *node*."""

    word: str
    field: str
    node: Query


def did_you_mean(library: Library, state: SearchState, total: int, seen: Sequence[Record] = ()) -> Correction | None:
    """What *state*, which finds *total* records, was meant to ask under the same filters; None when nothing better.

    The words of *seen*, the first records it finds, need not be looked up.
    It never leads to 0 records, and never changes a word that a record has, but for one case: in a search of several
    words that finds nothing even without filters, a word of hardly any record yields to one of very many.  Identifiers,
    numbers and words with digits stay as they are.
    """
    parsed = parse(state.q, op=state.op)
    if parsed.identifier:
        return None
    library.engine.refresh()
    asked = list(islice(_asked(parsed.query), WORDS))
    choices = _choices(library, [one for one in asked if not any(_stands(one, record) for record in seen[:SEEN])])
    if not choices and len(asked) > 1 and not total and not count(library, state.clear_filters()):
        choices = {one: found for one in asked if (found := _clearly(library, one))}
    return _best(library, state, choices, alone=len(asked) == 1)


def likeliest(library: Library, state: SearchState) -> SearchState:
    """*state* with each of its unknown words put right as is likeliest, whatever that finds."""
    parsed = parse(state.q, op=state.op)
    choices = {} if parsed.identifier else _choices(library, list(islice(_asked(parsed.query), WORDS)))
    return state.with_q(_put_right(state.q, {one.word: found[0][0] for one, found in choices.items()})[0])


def _stands(asked: _Asked, record: Record) -> bool:
    """Whether *record* has the word as it is typed."""
    fields = [BY_NAME[asked.field]] if asked.field else DEFAULT
    texts = (text for field in fields for text in field.of(record))
    return any(asked.word in token.forms for text in texts for token in tokens(text[:SCANNED]))


def _asked(query: Query) -> Iterator[_Asked]:
    """The words of *query* that can be misspelled, each in its field."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _asked(child)
        case Not(child) | Boost(child):
            yield from _asked(child)
        case Term(field, text, exact):
            yield from _spelled(field, text, Term(field, text, exact))
        case Prefix(field, text):
            yield from _spelled(field, text, query)
        case Phrase(field, words) | Near(field, words):
            for word in words:
                yield from _spelled(field, word, Term(field, word, exact=True))


def _spelled(field: str, text: str, node: Query) -> Iterator[_Asked]:
    word = "".join(token.forms[0] for token in tokens(text))
    if len(word) >= LEAST and word.isalpha() and (not field or BY_NAME[field].kind not in (ID, NUMBER)):
        yield _Asked(word, field, node)


def _records(library: Library, query: Query) -> int:
    return library.engine.search(SearchRequest(query, visible=Visible(cited=True), limit=0)).total


def _choices(library: Library, asked: list[_Asked]) -> dict[_Asked, list[tuple[str, float]]]:
    """The candidates for each of the first three words that are unknown and have any."""
    found = ((one, choices) for one in asked if (choices := _unknown(library, one)))
    return dict(islice(found, WRONG))


def _unknown(library: Library, asked: _Asked) -> list[tuple[str, float]]:
    """The candidates for a word that is unknown; [] for a known one."""
    records = _records(library, asked.node)
    if not records:
        return _candidates(library, asked)
    match asked.node:
        case Term(field, text, exact=False) if not _records(library, Term(field, text, exact=True)):
            return _candidates(library, asked, lambda word, n: n >= MUCH * records or _is_spelling(asked.word, word))
    return []


def _is_spelling(typed: str, word: str) -> bool:
    """Whether *word* has the stem of *typed* and is no other form of it by its last letter: "resource", "resources"."""
    short, long = sorted((typed, word), key=len)
    return stem(typed) == stem(word) and not (long[:-1] == short and long[-1] in "sd")


def _any(word: str, records: int) -> bool:
    return records > 0


def _candidates(library: Library, asked: _Asked, may_be: Callable[[str, int], bool] = _any) -> list[tuple[str, float]]:
    """Indexed words one letter away from a word, with their weight, the likeliest first.

    *may_be* says whether a word of so many records can be meant.
    """
    near = [pair for pair in library.engine.respell(asked.word, asked.field) if may_be(*pair)]
    told: dict[str, int] = {}
    if not asked.field and near:
        for name in TOLD_BY:
            for word, records in library.engine.respell(asked.word, name):
                told[word] = told.get(word, 0) + records
    weighed = [(word, _prior(records, told.get(word, 0)) - slip(asked.word, word)) for word, records in near]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:CHOICES]


def _prior(records: int, told: int) -> float:
    return 0.25 * log(records or 1) + 0.25 * log(1 + told) + (1 if told else 0)


def _clearly(library: Library, asked: _Asked) -> list[tuple[str, float]]:
    """The candidates for a word that hardly any record has, where they are so frequent that it must be a slip."""
    if not isinstance(asked.node, Term):
        return []
    here = _records(library, Term(asked.field, asked.word, exact=True))
    return _candidates(library, asked, lambda _, n: n >= CLEARLY * max(here, 1)) if here <= HARDLY else []


def slip(typed: str, meant: str) -> float:
    """How unlikely it is that *meant* was typed as *typed*, which is one letter away; 0 for the likeliest slips.

    >>> [slip(typed, "teacher") for typed in ("taecher", "teachr", "teachher", "teaqher")]
    [0.0, 0.5, 3.0, 3.5]
    """
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    first = FIRST if at == 0 else 0.0
    letter, right = typed[at : at + 1], meant[at : at + 1]
    if len(typed) < len(meant):
        return LEFT_OUT + first
    if len(typed) > len(meant):
        beside = (typed[at - 1 : at], typed[at + 1 : at + 2])
        return ADDED + first - (AT_HAND if letter in beside or any(_at_hand(letter, key) for key in beside) else 0)
    if typed[at + 1 :] != meant[at + 1 :]:
        return SWAPPED + first
    return CHANGED + first - (AT_HAND if _at_hand(letter, right) or {letter, right} <= _VOWELS else 0)


def _at_hand(one: str, other: str) -> bool:
    (row, at), (other_row, other_at) = _KEYS.get(one, (9, 9)), _KEYS.get(other, (-9, -9))
    return abs(row - other_row) <= 1 and abs(at - other_at) <= 1.1


def _best(
    library: Library, state: SearchState, choices: Mapping[_Asked, list[tuple[str, float]]], alone: bool
) -> Correction | None:
    """The likeliest of the corrected queries that finds something; *alone* when the query has no other word."""
    each = CHOICES if len(choices) == 1 else CHOICES - 2
    combined = [
        (sum(weight for _, weight in picked), {one.word: word for one, (word, _) in zip(choices, picked, strict=True)})
        for picked in product(*(found[:each] for found in choices.values()))
        if picked
    ]
    combined.sort(key=lambda pair: -pair[0])
    best: tuple[float, Correction] | None = None
    for weight, meant in combined[:TRIED]:
        query, words = _put_right(state.q, meant)
        corrected = state.with_q(query)
        found = count(library, corrected) if words else 0
        if not found:
            continue
        weight += 0 if alone else TOGETHER * log(found)
        if best is None or weight > best[0]:
            best = weight, Correction(corrected, found, words)
        if alone:
            break
    return best[1] if best else None


def _put_right(query: str, meant: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """*query* with words replaced, all else as typed, and the (typed, meant) of each replaced one."""
    pieces: list[str] = []
    words: dict[str, str] = {}
    done = 0
    for token in tokens(query):
        typed, right = query[token.start : token.end], meant.get(token.forms[0])
        is_field = query[token.end : token.end + 1] == ":" and typed.lower() in ALIASES
        if right and not is_field:
            words[typed] = _cased(typed, right)
            pieces += [query[done : token.start], words[typed]]
            done = token.end
    return "".join([*pieces, query[done:]]), tuple(words.items())


def _cased(typed: str, word: str) -> str:
    """*word* in capitals, or with one, where *typed* is."""
    return word.upper() if typed.isupper() else word.capitalize() if typed[:1].isupper() else word
