"""The tagger: a conditional random field that labels the words of a reference; the extra `[refs]` brings it.

Learnt from AnyStyle's and GROBID's tagged references and from references made up from catalogue records, by
`python -m benchmarks.references`, which writes model.crfsuite.xz; how is said in model.txt beside it.
"""

import lzma
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from litbase.sources.references.features import features
from litbase.sources.references.marks import Part
from litbase.sources.references.tokens import Word, words_of

MODEL: Final = Path(__file__).with_name("model.crfsuite.xz")
_CLOSING: Final = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘", '"': '"', "}": "{"}
_lock = threading.Lock()  # a tagger holds one sequence at a time


@cache
def is_installed() -> bool:
    """Whether the tagger can be used: its package is there and its model is."""
    return MODEL.is_file() and find_spec("pycrfsuite") is not None


@cache
def _model() -> bytes:
    """The model, which must outlive the tagger that reads out of it."""
    return lzma.decompress(MODEL.read_bytes())


@cache
def _tagger() -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_model())
    return tagger


def parts_by_model(text: str) -> tuple[Part, ...]:
    """The parts of *text*, one reference on one line, as the tagger labels its words, in order.

    Labels: those of `references.rules`, and note for what is none of them.  () when the tagger cannot be used.
    """
    words = words_of(text)
    if not words or not is_installed():
        return ()
    observed = features(text, words)
    with _lock:
        labels = _tagger().tag(observed)
    return joined(text, words, labels)


def joined(text: str, words: tuple[Word, ...], labels: list[str]) -> tuple[Part, ...]:
    """The stretches of neighbouring words with one label, with the punctuation that belongs to them."""
    parts: list[Part] = []
    for word, label in zip(words, labels, strict=True):
        if parts and parts[-1].label == label:
            parts[-1] = Part(label, parts[-1].start, word.stop)
        else:
            parts.append(Part(label, word.start, word.stop))
    return tuple(Part(label, start, _with_end(text, start, stop)) for label, start, stop in parts)


def _with_end(text: str, start: int, stop: int) -> int:
    """*stop*, behind the brackets and quotations that close what opens in the stretch, and its last stop."""
    while stop < len(text):
        letter, inside = text[stop], text[start:stop]
        opening = _CLOSING.get(letter)
        closes = opening is not None and inside.count(opening) > (inside.count(letter) if opening != letter else 0)
        if opening == letter:
            closes = inside.count(letter) % 2 == 1
        if not closes and letter not in ".?!":
            break
        stop += 1
    return stop
