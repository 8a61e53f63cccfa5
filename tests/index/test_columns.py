"""Counting on columns of every width, with further rows, few and many values; and the least of the most frequent."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from litbase.index.whoosh.arrays import ArrayFile, ArrayWriter
from litbase.index.whoosh.columns import Column, chosen, column_of, count, put_column
from litbase.index.whoosh.facets import CAPPED, _least

SIZE = 400


def written(tmp_path: Path, documents: list[int], ordinals: list[int], values: int) -> Column:
    """The column of these pairs, through a file."""
    data = io.BytesIO()
    file = ArrayWriter(data)
    put_column(file, "x", np.array(documents, np.int64), np.array(ordinals, np.int64), SIZE, values)
    file.finish()
    (tmp_path / "column").write_bytes(data.getvalue())
    return column_of(ArrayFile(tmp_path / "column"), "x", SIZE)


@pytest.mark.parametrize("values", [3, 200, 300, 70_000], ids=lambda values: f"{values} values")
@pytest.mark.parametrize("most", [1, 2, 4, 5, 8, 9, 70])
def test_every_choice_of_documents_is_counted_exactly(tmp_path: Path, values: int, most: int) -> None:
    """Few documents or nearly all; most have few values, some have *most* and go on in further rows."""
    dice = np.random.default_rng(most * values)
    pairs = []
    for document in range(SIZE):
        amount = min(values, most if dice.random() < 0.1 else int(dice.integers(0, max(2, most // 2 + 1))))
        pairs += [(document, int(one)) for one in dice.choice(values, amount, replace=False)]
    dice.shuffle(pairs)
    column = written(tmp_path, [d for d, _ in pairs], [o for _, o in pairs], values)
    totals = np.bincount([o for _, o in pairs], minlength=values)
    for share in (0.0, 0.01, 0.3, 0.6, 1.0):
        mask = dice.random(SIZE) < share
        found = count(column, chosen(mask), totals)
        ordinals = range(values) if found.ordinals is None else found.ordinals.tolist()
        counted = {o: n for o, n in zip(ordinals, found.counts.tolist(), strict=True) if n}
        assert counted == Counter(o for d, o in pairs if mask[d])


def test_the_least_of_the_most_frequent_is_found_below_and_above_the_cap() -> None:
    dice = np.random.default_rng(0)
    for _ in range(500):
        counts = dice.choice([1, 1, 1, 2, 3, 900, CAPPED - 1, CAPPED, CAPPED + 1, 5000], int(dice.integers(1, 60)))
        for last in (1, len(counts) // 2 + 1, len(counts)):
            assert _least(counts, last) == sorted(counts, reverse=True)[last - 1]
