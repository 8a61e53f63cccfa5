"""Documents into the content of a segment: words become numbers as they come, everything else is arithmetic on arrays.

Only a word never seen before is folded and stemmed; an occurrence costs one look-up.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np

from litbase.fields import BY_NAME, DEFAULT, FACETS, ID, NAME, TEXT, IndexDocument
from litbase.index.whoosh.arrays import Array, packed
from litbase.index.whoosh.content import UNDATED, Bits, Content, Ints, Inverted, inverted
from litbase.index.whoosh.schema import ANY, GAP, LATER, LONGEST, exact, faceted, identifiers
from litbase.index.whoosh.strings import encoded
from litbase.record.text import spellings, stem, surfaces

_ALWAYS: Final = frozenset({"year"})  # a facet that documents without a value are counted in too
WEIGHTS: Final = {field.name: field.weight for field in DEFAULT}
DOCUMENTS: Final = 1 << 16  # of a segment at most, so that a document's number takes two bytes
OCCURRENCES: Final = 10_000_000  # of words in a segment, about: what the builder holds in memory


class Numbers(dict[str, int]):
    """Numbers for strings, given in the order they are asked for."""

    def __missing__(self, text: str) -> int:
        """The next number, for a *text* not seen before."""
        self[text] = number = len(self)
        return number


class Words(dict[str, int]):
    """Numbers for words as they are written; by number their first and second spelling, -1 for none."""

    def __init__(self) -> None:
        """No words yet."""
        super().__init__()
        self.forms = Numbers()
        self.first, self.second = array("i"), array("i")

    def __missing__(self, word: str) -> int:
        """The next number, for a *word* not seen before."""
        forms = [form[:LONGEST] for form in spellings(word)]
        self.first.append(self.forms[forms[0]] if forms[0] else -1)
        self.second.append(self.forms[forms[1]] if len(forms) > 1 else -1)
        self[word] = number = len(self)
        return number


class Texts:
    """The values of a field of words: words end to end, and for each value its document, number of words and weight."""

    def __init__(self, later: int):
        """No values yet; the second value of a document begins at place *later*."""
        self.later = later
        self.words, self.documents, self.sizes, self.weights = array("I"), array("I"), array("I"), array("B")

    def add(self, document: int, words: array[int], weight: int = 1) -> None:
        """The *words* of a value of the next document."""
        self.words.extend(words)
        self.documents.append(document)
        self.sizes.append(len(words))
        self.weights.append(weight)


class Keys:
    """Terms of documents that are kept whole: identifiers, or the values of a facet."""

    def __init__(self) -> None:
        """No terms yet."""
        self.terms = Numbers()
        self.numbers, self.documents, self.sizes = array("I"), array("I"), array("I")

    def add(self, document: int, terms: Collection[str]) -> None:
        """The different *terms* of the next document."""
        self.numbers.extend(map(self.terms.__getitem__, terms))
        self.documents.append(document)
        self.sizes.append(len(terms))


class Builder:
    """Collects documents; `content` is the segment they make."""

    def __init__(self) -> None:
        """No documents yet."""
        self.numbers: dict[str, int] = {}  # of the documents that count: of two with one id the later
        self._ids: list[bytes] = []
        self._words = Words()
        self._texts = {name: Texts(LATER) for name, field in BY_NAME.items() if field.kind in (TEXT, NAME)}
        self._any = Texts(GAP)
        self._keys = {name: Keys() for name, field in BY_NAME.items() if field.kind == ID}
        self._facets = {name: Keys() for name in FACETS}
        self._titles: list[bytes] = []
        self._authors: list[bytes] = []
        self._dates, self._cited = array("i"), array("B")

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def full(self) -> bool:
        """Whether the next document should go into another segment."""
        return len(self) >= DOCUMENTS or len(self._any.words) >= OCCURRENCES

    def add(self, document: IndexDocument) -> None:
        """Take *document*; one with the same id that was added before counts no longer."""
        self.drop(document.id)
        number = self.numbers[document.id] = len(self._ids)
        self._ids.append(encoded(document.id))
        for name, values in document.values.items():
            if name in self._texts:
                for value in values:
                    words = array("I", map(self._words.__getitem__, surfaces(value)))
                    self._texts[name].add(number, words)
                    if name in WEIGHTS:
                        self._any.add(number, words, WEIGHTS[name])
            elif name in self._keys:
                self._keys[name].add(number, identifiers(values))
        for name in _ALWAYS.union(document.values, document.facets) & self._facets.keys():
            self._facets[name].add(number, document.counted(name))
        self._titles.append(encoded(document.title_key))
        self._authors.append(encoded(document.author_key))
        missing, year, month, day = document.date_key
        self._dates.append(UNDATED if missing else year * 10_000 + month * 100 + day)
        self._cited.append(document.cited)

    def drop(self, id: str) -> bool:
        """Let the document *id* count no longer; False when there is none."""
        number = self.numbers.pop(id, None)
        if number is not None:
            self._ids[number] = b"\0%d" % number  # ids are different, and no living one begins so
        return number is not None

    def live(self) -> Bits:
        """Which documents count."""
        live = np.zeros(len(self), np.bool_)
        live[list(self.numbers.values())] = True
        return live

    def content(self) -> Content:
        """The segment."""
        fields: dict[str, Inverted] = {}
        lengths: dict[str, Ints] = {}
        for name, texts in (*self._texts.items(), (ANY, self._any)):
            if texts.words:
                lengths[name], made = _text_fields(name, texts, self._words, len(self))
                fields |= made
        for name, keys in self._keys.items():
            fields[name] = _key_field(keys)
        facets = {faceted(name): _key_field(keys) for name, keys in self._facets.items()}
        return Content(
            self._ids,
            self._titles,
            self._authors,
            np.array(self._dates, np.int32),
            np.array(self._cited, np.uint8),
            lengths,
            {name: field for name, field in (fields | facets).items() if field.terms},
            tuple(name for name, field in facets.items() if field.terms),
        )


class Occurrences(NamedTuple):
    """The occurrences of one field, document by document, and its weighed length in each document."""

    words: Array
    documents: Array
    places: Array
    weights: Array
    lengths: Ints


def _key_field(keys: Keys) -> Inverted:
    terms = [encoded(term) for term in keys.terms]
    order, rank = _sorted(terms)
    documents = np.repeat(np.array(keys.documents, np.uint32), np.array(keys.sizes, np.uint32))
    return inverted([terms[n] for n in order], rank[np.array(keys.numbers, np.int64)], packed(documents))


def _text_fields(name: str, texts: Texts, known: Words, size: int) -> tuple[Ints, dict[str, Inverted]]:
    """The lengths of a field, and its Whoosh fields: the words as written, and for TEXT their stems."""
    found = _occurrences(texts, known, size)
    used = np.zeros(len(known.forms), np.bool_)
    used[found.words] = True
    numbers = np.flatnonzero(used)
    spelled = list(known.forms)
    terms = [encoded(spelled[n]) for n in numbers.tolist()]
    order, rank = _sorted(terms)
    place = np.zeros(len(used), np.uint32)
    place[numbers] = rank
    words = place[found.words]
    whole = inverted([terms[n] for n in order], words, found.documents, found.lengths, places=found.places)
    if name != ANY and BY_NAME[name].kind == NAME:
        return found.lengths, {exact(name): whole}
    stems = [encoded(stem(spelled[n])) for n in numbers[order].tolist()]
    known_stems = sorted(set(stems))
    at = {text: n for n, text in enumerate(known_stems)}
    stem_of = np.fromiter((at[text] for text in stems), np.uint32, len(stems))
    stemmed = inverted(known_stems, stem_of[words], found.documents, found.lengths, found.weights)
    return found.lengths, {exact(name): whole._replace(stems=stem_of), name: stemmed}


def _occurrences(texts: Texts, known: Words, size: int) -> Occurrences:
    """Every spelling of every word with its document and place; a word with two spellings has both at one place."""
    first, second = np.array(known.first, np.int32), np.array(known.second, np.int32)
    written, sizes = np.array(texts.words, np.uint32), np.array(texts.sizes, np.int64)
    owners = np.array(texts.documents, np.int64)
    if (dropped := first[written] < 0).any():  # words that fold to nothing take no place
        values = np.repeat(np.arange(len(sizes)), sizes)
        sizes = np.bincount(values[~dropped], minlength=len(sizes))
        written = written[~dropped]
    starts = np.cumsum(sizes) - sizes
    places = np.arange(len(written)) - np.repeat(starts - _bases(owners, sizes, texts.later), sizes)
    value_weights = np.array(texts.weights, np.uint8)
    documents, weights = np.repeat(owners, sizes), np.repeat(value_weights, sizes)
    words = first[written]
    if (twice := second[written] >= 0).any():
        again = np.repeat(np.arange(len(written)), 1 + twice)
        last = np.cumsum(1 + twice) - 1
        words, documents, places, weights = words[again], documents[again], places[again], weights[again]
        words[last[twice]] = second[written][twice]
    lengths = np.bincount(owners, sizes * value_weights, size).astype(np.int64)
    return Occurrences(words, packed(documents), packed(places), weights, lengths)


def _bases(owners: Ints, sizes: Ints, later: int) -> Ints:
    """Where each value begins: the first of a document at 0, the second from *later* on, each GAP behind the last."""
    begins = np.ones(len(owners), np.bool_)
    begins[1:] = owners[1:] != owners[:-1]
    steps = np.where(begins, np.maximum(later, sizes + GAP), sizes + GAP)
    before = np.cumsum(steps) - steps
    offset = before - np.repeat(before[begins], np.diff(np.flatnonzero(begins), append=len(owners)))
    return offset


def _sorted(terms: list[bytes]) -> tuple[Ints, Ints]:
    """The order of *terms* by their bytes, and the rank of each."""
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), np.int64)
    rank = np.empty(len(terms), np.int64)
    rank[order] = np.arange(len(terms))
    return order, rank
