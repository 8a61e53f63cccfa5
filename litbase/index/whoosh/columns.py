"""A facet as a column: for each document of a segment the ordinals of its values.

A matrix: one row a document, as wide as most documents need, 0 for no value and ordinal +
1 for one.  A document with more values goes on in further rows below, of which the owners
are kept.  Counting is then one gather of rows and one `bincount`.
"""

from typing import Final, NamedTuple

import numpy as np

from litbase.index.whoosh.arrays import Array, ArrayFile, ArrayWriter, packed, smallest

ROW: Final = 12  # a further row costs about as much as this many values in a first one
WHOLE: Final = {2: np.uint16, 4: np.uint32, 8: np.uint64, 16: np.complex128}  # rows that are gathered as one number
SLOW: Final = 4  # values that gathering a row costs more when it is no one number
WIDEST: Final = 64
FEW: Final = 16  # times as many values as entries: then the values that occur are sorted out, not all counted


class Column(NamedTuple):
    """*rows* (rows x width) for *size* documents and then for *owners*; *values* is how many ordinals there are."""

    rows: Array
    owners: Array
    size: int
    values: int


class Chosen(NamedTuple):
    """Documents of a segment to be counted, or, where they are fewer, the *others*, that are not."""

    documents: Array
    mask: Array
    others: bool


def chosen(mask: Array) -> Chosen:
    """The documents of *mask*."""
    others = int(np.count_nonzero(mask)) * 2 > len(mask)
    mask = ~mask if others else mask
    return Chosen(np.flatnonzero(mask), mask, others)


class Counts(NamedTuple):
    """How many documents have each of *ordinals*; None stands for every ordinal in turn, also those of no document."""

    ordinals: Array | None
    counts: Array


def put_column(file: ArrayWriter, name: str, documents: Array, ordinals: Array, size: int, values: int) -> None:
    """Write the column in which each of *documents* has the value *ordinals* beside it, pairs in any order."""
    order = np.argsort(documents, kind="stable")
    documents, ordinals = documents[order].astype(np.int64), ordinals[order]
    per = np.bincount(documents, minlength=size)
    width = _width(per, packed(np.array([values])).itemsize)
    nth = np.arange(len(documents)) - np.repeat(np.cumsum(per) - per, per)
    further = np.maximum(-(-per // width) - 1, 0)
    owners = np.repeat(np.arange(size), further)
    below = size + np.cumsum(further) - further  # the first further row of each document
    row = np.where(nth < width, documents, below[documents] + nth // width - 1)
    rows = np.zeros((size + len(owners)) * width, np.int64)
    rows[row * width + nth % width] = ordinals + 1
    file.put(f"{name}.rows", rows.astype(smallest(values)))
    file.put(f"{name}.owners", packed(owners))
    file.put(f"{name}.width", np.array([width, values], np.uint32))


def _width(per: Array, itemsize: int) -> int:
    """The width that makes the matrix cheapest to count."""
    most = min(int(per.max()) if len(per) else 1, WIDEST)
    widths = range(1, most + 2)
    further = [int(np.maximum(-(-per // width) - 1, 0).sum()) for width in widths]
    costs = [
        (len(per) + more) * (width + (0 if width * itemsize in (1, *WHOLE) else SLOW)) + more * ROW
        for width, more in zip(widths, further, strict=True)
    ]
    return widths[costs.index(min(costs))]


def column_of(file: ArrayFile, name: str, size: int) -> Column:
    """The column that was written under *name*; one without values when none was."""
    if f"{name}.rows" not in file:
        return Column(np.zeros((size, 1), np.uint8), np.zeros(0, np.uint8), size, 0)
    width, values = file[f"{name}.width"].tolist()
    rows, owners = file[f"{name}.rows"].reshape(-1, width), file[f"{name}.owners"]
    if len(rows) != size + len(owners):
        raise ValueError(f"{file.name}: the column {name} has {len(rows)} rows for {size} documents")
    return Column(rows, owners, size, values)


def count(column: Column, chosen: Chosen, totals: Array) -> Counts:
    """How many of the *chosen* documents have each value; *totals* says how many of all have it."""
    rows = _gathered(column.rows, chosen.documents)
    below = column.size + np.flatnonzero(chosen.mask[column.owners]) if len(column.owners) else column.owners
    further = _gathered(column.rows, below)
    if not chosen.others and (len(rows) + len(further)) * FEW < column.values:
        return _few(np.concatenate((rows, further)))
    counts = np.bincount(rows, minlength=column.values + 1)
    if len(further):
        counts += np.bincount(further, minlength=column.values + 1)
    return Counts(None, totals - counts[1:] if chosen.others else counts[1:])


def _gathered(rows: Array, numbers: Array) -> Array:
    """The values of the rows *numbers*, end to end."""
    whole = WHOLE.get(rows.itemsize * rows.shape[1])
    if whole is None:
        return rows[numbers].ravel()
    return rows.reshape(-1).view(whole)[numbers].view(rows.dtype)


def _few(rows: Array) -> Counts:
    rows = np.sort(rows)
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = rows[1:] != rows[:-1]
    begins = np.flatnonzero(fresh)
    found, counts = rows[begins].astype(np.int64), np.diff(begins, append=len(rows))
    first = 1 if len(found) and found[0] == 0 else 0
    return Counts(found[first:] - 1, counts[first:])
