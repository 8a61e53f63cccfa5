"""python -m benchmarks.references [--quick]: train the tagger of reference strings and write its model.

It learns from AnyStyle's core set but for every fifth reference, from GROBID's set but for a tenth, and from references
made up from catalogue records; the same data and code give the same model.  `python -m benchmarks.quality references`
then measures it on what was held back.  It takes about half an hour and 4 GB; --quick makes a worse one in minutes.
"""

import lzma
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from benchmarks.references.made import made
from benchmarks.references.stock import stock
from benchmarks.references.tagged import Tagged, labelled, load
from litbase.sources.references.features import features
from litbase.sources.references.model import MODEL
from tests.conftest import SHARED

OFTEN = 3  # how often each of AnyStyle's references counts; they are the nearest to what people cite
MADE = 12_000
SEED = 7
PARAMETERS = {"c1": 0.1, "c2": 0.02, "max_iterations": 150, "feature.minfreq": 2}
QUICK = PARAMETERS | {"max_iterations": 25}


def rows(shared: Path, made_up: int = MADE) -> Iterator[Tagged]:
    """All references that are learnt from, in the order in which they are given to the trainer."""
    learnt = load(shared).learnt
    core = sum(one.set == "anystyle" for one in learnt)
    for _ in range(OFTEN):
        yield from learnt[:core]
    yield from learnt[core:]
    yield from made(stock(shared), made_up, SEED)


def train(examples: Iterable[Tagged], path: Path, parameters: dict[str, float]) -> None:
    """Learn from *examples* and write the model, compressed, to *path*."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(parameters)
    for one in examples:
        words, labels = labelled(one)
        if words:
            trainer.append(features(one.text, words), labels)
    with TemporaryDirectory() as folder:
        model = Path(folder, "model")
        trainer.train(str(model))
        path.write_bytes(lzma.compress(model.read_bytes(), preset=9))


def main(arguments: list[str]) -> int:
    """Train, and say how long it took and how large the model is."""
    quick = "--quick" in arguments
    started = time.monotonic()
    train(rows(SHARED, MADE // 4 if quick else MADE), MODEL, QUICK if quick else PARAMETERS)
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes, {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
