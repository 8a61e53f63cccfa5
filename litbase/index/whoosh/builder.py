"""Documents into the content of a segment: words become numbers as they come, everything else is arithmetic on arrays.

Only a word never seen before is folded and stemmed; an occurrence costs one look-up, and
a short value that comes again (a descriptor, a journal) costs one look-up in all.
"""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np

from litbase.fields import BY_NAME, DEFAULT, FACETS, ID, NAME, TEXT, IndexDocument
from litbase.index.analysis import GAP
from litbase.index.whoosh.content import UNDATED, Bits, Content, Ints, Inverted
from litbase.index.whoosh.schema import ANY, LATER, exact, faceted, identifiers
from litbase.index.whoosh.spelled import Keys, Texts, Written, key_field, spelled, text_field
from litbase.index.whoosh.strings import encoded
from litbase.record.text import surfaces

WEIGHTS: Final = {field.name: field.weight for field in DEFAULT}
DOCUMENTS: Final = 1 << 16  # of a segment at most, so that a document's number takes two bytes
OCCURRENCES: Final = 10_000_000  # of words in a segment, about: what the builder holds in memory
SHORT: Final = 60  # characters of a value whose words are remembered
REMEMBERED: Final = 100_000  # values
_ALWAYS: Final = frozenset({"year"})  # a facet that documents without a value are counted in too


class Builder:
    """Collects documents; `content` is the segment they make."""

    def __init__(self) -> None:
        """No documents yet."""
        self.numbers: dict[str, int] = {}  # of the documents that count: of two with one id the later
        self._ids: list[bytes] = []
        self._written = Written()
        self._remembered: dict[str, array[int]] = {}
        self._texts = {name: Texts(LATER) for name, field in BY_NAME.items() if field.kind in (TEXT, NAME)}
        self._any = Texts(GAP)
        self._occurrences = 0
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
        return len(self) >= DOCUMENTS or self._occurrences >= OCCURRENCES

    def add(self, document: IndexDocument) -> None:
        """Take *document*; one with the same id that was added before counts no longer."""
        self.drop(document.id)
        number = self.numbers[document.id] = len(self._ids)
        self._ids.append(encoded(document.id))
        for name, values in document.values.items():
            if name in self._texts:
                self._add_texts(name, number, values)
            elif name in self._keys:
                self._keys[name].add(number, identifiers(values))
        for name in _ALWAYS.union(document.values, document.facets) & self._facets.keys():
            self._facets[name].add(number, document.counted(name))
        self._titles.append(encoded(document.title_key))
        self._authors.append(encoded(document.author_key))
        missing, year, month, day = document.date_key
        self._dates.append(UNDATED if missing else year * 10_000 + month * 100 + day)
        self._cited.append(document.cited)

    def _add_texts(self, name: str, number: int, values: tuple[str, ...]) -> None:
        words = list(map(self._words, values))
        numbers = array("I", (number,)) * len(words)
        self._texts[name].values += words
        self._texts[name].documents += numbers
        if weight := WEIGHTS.get(name):
            self._any.values += words
            self._any.documents += numbers
            self._any.weights += array("B", (weight,)) * len(words)
            self._occurrences += sum(map(len, words))

    def _words(self, value: str) -> array[int]:
        """The words of *value* by their numbers."""
        known = self._remembered.get(value)
        if known is None:
            known = array("I", map(self._written.__getitem__, surfaces(value)))
            if len(value) <= SHORT and len(self._remembered) < REMEMBERED:
                self._remembered[value] = known
        return known

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
        known = spelled(self._written)
        for name, texts in (*self._texts.items(), (ANY, self._any)):
            if any(map(len, texts.values)):
                lengths[name], fields[exact(name)], stemmed = text_field(texts, known, len(self))
                if name == ANY or BY_NAME[name].kind == TEXT:
                    fields[name] = stemmed
                else:
                    fields[exact(name)] = fields[exact(name)]._replace(stems=None)
        for name, keys in self._keys.items():
            fields[name] = key_field(keys)
        facets = {faceted(name): key_field(keys) for name, keys in self._facets.items()}
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
