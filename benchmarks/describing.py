"""python -m benchmarks.describing: fit the weights by which descriptors are suggested, and print them.

ERIC's records are put into a library, the descriptors of those that the quality figures are counted on hidden; others
are asked for one by one, their own descriptors left out, and what speaks for each descriptor is held to what ERIC's
indexers gave.  Logistic regression, by Newton's method; it takes a minute.
"""

import gzip
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from litbase.library import Library, bring_level, open_library
from litbase.library.describing import Evidence, evidence, names, signs, weighed
from litbase.library.reading import BATCH
from litbase.library.thesaurus import load
from litbase.record.reading import Document, Refusal
from litbase.record.record import Record, clean_record, replace
from litbase.settings import Settings
from litbase.sources import eric_api
from litbase.store.values import Incoming
from litbase.vocabulary.thesaurus import Thesaurus
from litbase.vocabulary.tidy import tidy
from tests.conftest import SHARED

HELD: Final = 1000  # records that nothing is fitted to
FITTED: Final = 2500
SEED: Final = 6
PULL: Final = 1.0  # of the weights towards 0
STEPS: Final = 30
STEP: Final = 0.1  # of the scores that are compared with what they turned out to be
ENOUGH: Final = 50

Array = np.ndarray[Any, np.dtype[np.float64]]


class Split(NamedTuple):
    """All records with descriptors by their names, those *held* back from fitting, and those *fitted* to."""

    records: Mapping[str, Record]
    held: tuple[str, ...]
    fitted: tuple[str, ...]


def split(shared: Path) -> Split:
    """The records of ERIC below *shared*, always split alike."""
    records: dict[str, Record] = {}
    for path in sorted((shared / "data" / "eric" / "api").glob("*.json.gz")):
        for reading in eric_api.read(Document(path.name, gzip.decompress(path.read_bytes()))):
            if not isinstance(reading, Refusal):
                record = tidy(clean_record(reading.record)[0])[0]
                if record.descriptors:
                    records[record.eric] = record
    names = random.Random(SEED).sample(sorted(records), len(records))
    return Split(records, tuple(names[:HELD]), tuple(names[HELD : HELD + FITTED]))


@contextmanager
def library_of(shared: Path, records: Mapping[str, Record]) -> Iterator[tuple[Library, dict[str, Record]]]:
    """A library of *records* with ERIC's thesaurus, and the records by their names as it has them."""
    with tempfile.TemporaryDirectory(prefix="litbase-describing-") as folder:
        library = open_library(Path(folder) / "library", Settings(), create=True)
        load(library, str(shared / "data" / "eric" / "eric-thesaurus-2025.json.gz"))
        run = library.store.start_run("describing", {})
        names, stored = list(records), {}
        for start in range(0, len(names), BATCH):
            some = names[start : start + BATCH]
            batch = [Incoming(record=records[name], source="eric", key=name, reader="describing") for name in some]
            outcomes = library.store.put(batch, run, "describing")
            stored |= {name: replace(records[name], id=put.id) for name, put in zip(some, outcomes, strict=True)}
        bring_level(library)
        try:
            yield library, stored
        finally:
            library.close()


def hidden(record: Record) -> Record:
    """*record* without its descriptors."""
    return replace(record, descriptors=(), major_descriptors=())


def right(thesaurus: Thesaurus, record: Record) -> frozenset[str]:
    """The descriptors of *record* under their names of today."""
    return frozenset(today for name in record.descriptors for today in thesaurus.today(name))


def asked(library: Library, records: Iterable[Record]) -> Iterator[tuple[Evidence, bool]]:
    """What speaks for each descriptor that anything speaks for, and whether the indexer gave it."""
    thesaurus = library.store.thesaurus()
    for record in records:
        given = right(thesaurus, record)
        yield from ((one, name in given) for name, one in evidence(library, hidden(record)).items())


def fit(found: list[tuple[Evidence, bool]], numbers: Callable[[Evidence], tuple[float, ...]]) -> tuple[float, ...]:
    """The weights of *numbers*, the first of which is 1, that make what was given most likely."""
    x: Array = np.array([numbers(one) for one, _ in found])
    y: Array = np.array([given for _, given in found], float)
    weights: Array = np.zeros(x.shape[1])
    pull: Array = PULL * np.eye(x.shape[1])
    pull[0, 0] = 0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - pull @ weights
        weights = weights + np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + pull, slope)
    return tuple(round(float(weight), 3) for weight in weights)


def turned_out(said: Array, given: Array) -> tuple[tuple[float, float], ...]:
    """What was said and what it turned out to be, in ten steps from 0 to 1, as knots of a line that never falls."""
    knots = [(0.0, 0.0)]
    for low in np.arange(0, 1, STEP):
        inside = (said >= low) & (said < low + STEP)
        if np.count_nonzero(inside) >= ENOUGH:
            knots.append((round(float(said[inside].mean()), 3), round(float(given[inside].mean()), 3)))
    return *knots, (1.0, 1.0)


def main() -> int:
    """Fit the tables and print them."""
    parts = split(SHARED)
    shown = {name: hidden(record) if name in set(parts.held) else record for name, record in parts.records.items()}
    with library_of(SHARED, shown) as (library, stored):
        found = list(asked(library, (stored[name] for name in parts.fitted)))
    among, named = fit(found, signs), [(one, given) for one, given in found if one.title or one.abstract or one.apart]
    said = np.array([weighed(among, signs(one)) for one, _ in found])
    print(f"AMONG: Final = {among}")
    print(f"ALONE: Final = {fit(named, names)}")
    print(f"TURNED_OUT: Final = {turned_out(said, np.array([given for _, given in found], float))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
