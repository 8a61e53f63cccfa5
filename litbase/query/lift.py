"""Neighbours: records in which words stand side by side as they were typed come first.

Who types `learning communities` seldom means a record with the one word here and the other there; yet nothing is lost,
for only the order changes.  Sources: benchmarks.relevance (two points of nDCG@10 on descriptors typed as words), and
the first five words of titles, whose stop words tell them from others ("A Test of a Model").
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from litbase.query.tree import All, And, Boost, Or, Phrase, Query
from litbase.record.text import STOP_WORDS, fold

LIFT: Final = 0.2
PAIRS: Final = 4  # each is a phrase to look for; with 8 SciFact's long sentences lose (.697 to .694)


def lifted(query: Query, rows: Sequence[Phrase]) -> Query:
    """What *query* matches, and more score for every two words of *rows* that stand in a record side by side.

    *rows* are words as they were typed side by side (`Parsed.rows`); stop words stay between those they stand between.

    >>> from litbase.query.tree import Term
    >>> asked = Or((Term("", "test"), Term("", "model")))
    >>> lifted(asked, [Phrase("", ("a", "test", "of", "a", "model"))]).children[1].children[1]
    Boost(child=Phrase(field='', words=('test', 'of', 'a', 'model'), first=False), factor=0.2)
    """
    pairs = dict.fromkeys(pair for row in rows for pair in _pairs(row))
    lifts = [Boost(pair, LIFT) for pair in islice(pairs, PAIRS)]
    return And((query, Or((All(), *lifts)))) if lifts else query  # all records match the Or, which only adds to scores


def _pairs(row: Phrase) -> Iterator[Phrase]:
    """From each word of *row* to the next, stop words between them."""
    telling = [n for n, word in enumerate(row.words) if fold(word) not in STOP_WORDS]
    for start, stop in pairwise(telling):
        yield Phrase(row.field, row.words[start : stop + 1])
