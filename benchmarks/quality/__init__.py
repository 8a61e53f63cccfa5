"""How right litbase is: what it reads, writes, formats and matches, held to lists that others published.

Each module measures one thing: TITLE, and `measure(shared)`, the Report of it, where *shared* is the folder of full
documents.  A figure is what was counted now; a miss is one line that says what was expected and what came.
"""

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure: what was counted, what was reached, what is asked, and whether that is met."""

    name: str
    reached: str
    asked: str
    met: bool


class Report(NamedTuple):
    """The figures of one thing, and every miss behind them, explained where it is known why."""

    figures: tuple[Figure, ...]
    misses: tuple[str, ...] = ()


def counted(name: str, right: int, whole: int, least: float) -> Figure:
    """A figure that is a share: *right* of *whole*, met from *least* (0 to 1) on.

    >>> counted("titles", 49, 50, .97)
    Figure(name='titles', reached='49 of 50 (98.0 %)', asked='97 %', met=True)
    """
    share = right / whole if whole else 0.0
    reached = f"{right:,} of {whole:,} ({100 * share:.1f} %)"
    return Figure(name, reached, f"{100 * least:g} %", share >= least)
