"""litbase's own engine through the Engine protocol, with all it keeps: unstemmed twins, 17 facets, sort keys."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.engines import Answer
from benchmarks.questions import Question
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.follow import REBUILD
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import SearchRequest

LABEL: Final = "litbase"
Asked = tuple[SearchRequest, SearchRequest]  # with facets and without


def build(folder: Path, documents: Iterable[IndexDocument]) -> None:
    """In writes as large as those of an index that is made, and tidied up behind, as `index.follow` does."""
    engine, waiting, change = WhooshEngine(folder), iter(documents), 0
    while first := next(waiting, None):
        change += 1
        engine.write(_with(first, islice(waiting, REBUILD - 1)), (), Mark("benchmark", "", change))
    while change > 1 and engine.tidy():
        pass
    engine.close()


def _with(first: IndexDocument, others: Iterable[IndexDocument]) -> Iterator[IndexDocument]:
    yield first
    yield from others


class Opened:
    """An open WhooshEngine."""

    def __init__(self, folder: Path):
        """Open the index in *folder*."""
        self.engine = WhooshEngine(folder)
        self.changes = 1_000_000

    def prepare(self, question: Question) -> Asked:
        return question.request, replace(question.request, facets=())

    def page(self, asked: Asked) -> Answer:
        found = self.engine.search(asked[0])
        facets = {name: list(facet.values) for name, facet in found.facets.items()}
        return Answer(found.total, [hit.id for hit in found.hits], facets)

    def top(self, asked: Asked) -> list[str]:
        return [hit.id for hit in self.engine.search(asked[1]).hits]

    def change(self, old: IndexDocument, new: IndexDocument) -> None:
        self.changes += 1
        self.engine.write([new], (), Mark("benchmark", "", self.changes))
        self.engine.refresh()
