"""What the index knows by its beginnings and by its letters: suggestions while typing, and other spellings."""

import heapq
from collections.abc import Iterator
from typing import Final

import numpy as np

from litbase.index.analysis import neighbours
from litbase.index.whoosh.columns import chosen, count
from litbase.index.whoosh.content import Bits, Ints
from litbase.index.whoosh.schema import ANY, exact, faceted
from litbase.index.whoosh.segment import Leaf
from litbase.index.whoosh.snapshot import Part, Snapshot
from litbase.index.whoosh.strings import encoded, strings_of
from litbase.index.whoosh.values import Values
from litbase.record.text import sort_form

LONGEST_RESPELLED: Final = 40  # letters of a word that other spellings are looked for of


def suggest(start: str, limit: int, snapshot: Snapshot, values: Values) -> tuple[tuple[str, int], ...]:
    """See Engine.suggest."""
    begin = encoded(sort_form(start))
    total: dict[int, int] = {}
    filed: dict[int, bytes] = {}
    for part in snapshot.parts:
        for number, form, n in _under(part, values, begin):
            total[number] = total.get(number, 0) + n
            filed[number] = form
    best = heapq.nsmallest(limit, total, key=lambda number: (-total[number], filed[number], values[number]))
    return tuple((values[number], total[number]) for number in best)


def _under(part: Part, values: Values, begin: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The values of a segment filed under *begin*: number, sort form, and in how many visible records each stands."""
    whole, leaf = faceted(values.name), part.leaf
    forms = strings_of(leaf.file, f"{whole}.filed")
    if not len(forms):
        return
    under = forms.under(begin)
    places = leaf.file[f"{whole}.filed.form"]
    first, last = np.searchsorted(places, [under.start, under.stop])
    ordinals = leaf.file[f"{whole}.filed.value"][first:last].astype(np.int64)
    counts = _visible(leaf, values.name, part.plain)[ordinals].tolist()
    for number, form, n in zip(values.of(leaf)[ordinals].tolist(), places[first:last].tolist(), counts, strict=True):
        if n:
            yield number, forms[form], n


def _visible(leaf: Leaf, name: str, plain: Bits) -> Ints:
    """How many of the *plain* documents have each value, by its ordinal."""
    facet = leaf.facet(name)
    if plain.all():
        return facet.lexicon.dfs
    found = count(facet.column, chosen(plain), facet.lexicon.dfs)
    if found.ordinals is None:
        return found.counts
    counts = np.zeros(len(facet.lexicon.terms), np.int64)
    counts[found.ordinals] = found.counts
    return counts


def titled(start: str, limit: int, snapshot: Snapshot) -> tuple[str, ...]:
    """See Engine.titled."""
    begin = encoded(sort_form(start))
    found = heapq.merge(*(_titles(part, begin, limit) for part in snapshot.parts))
    return tuple(id for (_, id), _ in zip(found, range(limit), strict=False))


def _titles(part: Part, begin: bytes, limit: int) -> Iterator[tuple[bytes, str]]:
    leaf = part.leaf
    keys, ordinals, order = strings_of(leaf.file, "title.keys"), leaf.file["title.ordinals"], leaf.order("title")
    under = keys.under(begin)
    untitled = keys.find(b"")
    filed = ordinals[order].astype(np.int64)
    filed[filed == untitled] = len(keys)  # at the end of the order, and in no range
    first, last = np.searchsorted(filed, [max(under.start, untitled + 1), under.stop])
    documents = order[first:last]
    for document in documents[part.plain[documents]][:limit].tolist():
        yield keys[int(ordinals[document])], leaf.id(document)


def respell(word: str, field: str, snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """See Engine.respell."""
    name = exact(field or ANY)
    counts: dict[str, int] = {}
    for part in snapshot.parts:
        lexicon = part.leaf.lexicon(name)
        for other in neighbours(word) if len(word) <= LONGEST_RESPELLED else ():
            at = lexicon.find(other)
            if at >= 0:
                alive = int(np.count_nonzero(part.live[lexicon.documents[lexicon.span(at, at + 1)]]))
                counts[other] = counts.get(other, 0) + alive
    return tuple(sorted(((o, n) for o, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))
