"""The engines that are measured, each a module of one shape over one folder.

LABEL is its name in the tables.  `build(folder, documents)` makes an index and leaves nothing open; `Opened(folder)`
answers.  What an engine needs to make of a question is made by `prepare`, outside the time that is taken; litbase
alone gets the query tree itself and reads it within.
"""

import importlib
from typing import Any, Final, NamedTuple, Protocol

from benchmarks.questions import Question
from litbase.fields import IndexDocument

NAMES: Final = ("ours", "rust", "fts5", "stock", "stock_same_work")
SEARCHED: Final = {"title": 3.0, "author": 2.0, "descriptor": 2.0, "source": 1.0, "abstract": 1.0}
"""The fields that every engine searches by default, with litbase's boosts."""


class Answer(NamedTuple):
    """A page: the exact total, the ids of its hits, and the most frequent values of each facet with their counts."""

    total: int
    ids: list[str]
    facets: dict[str, list[tuple[str, int]]]


class Opened(Protocol):
    """An open index.  What `prepare` makes of a question, `page` and `top` take."""

    def prepare(self, question: Question) -> Any:
        """The question in the engine's own words."""
        ...

    def page(self, asked: Any) -> Answer:
        """Ten hits, the exact total and six facets."""
        ...

    def top(self, asked: Any) -> list[str]:
        """The ids of the hits alone, in as little work as the engine has for them."""
        ...

    def change(self, old: IndexDocument, new: IndexDocument) -> None:
        """Put *new* in the place of *old*, durably, so that the next question sees it."""
        ...


def engine(name: str) -> Any:
    """The module of the engine *name*, one of NAMES; imported only now, for what it needs may not be installed."""
    return importlib.import_module(f"benchmarks.engines.{name}")
