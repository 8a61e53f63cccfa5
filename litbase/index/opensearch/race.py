"""Asking another when one is late: the first good answer counts.

A machine that hangs keeps its connections, and whoever waits for it waits until the time is up; the others would have
answered long before.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def both(first: Callable[[], T], second: Callable[[], U]) -> tuple[T, U]:
    """What the two give, which run at the same time; raises what one of them raises."""
    with ThreadPoolExecutor(1, "litbase-asking") as beside:
        other = beside.submit(copy_context().run, second)
        return first(), other.result()


class Spare:
    """How many questions may be asked twice: a share of all, and some at once after quiet times.

    Where everything is late for want of strength, asking more would make it later.
    """

    def __init__(self, share: float, most: int):
        """All of *most* are there at first."""
        self._share, self._most, self._left = share, float(most), float(most)
        self._lock = threading.Lock()

    def earn(self) -> None:
        """A question is asked."""
        with self._lock:
            self._left = min(self._most, self._left + self._share)

    def spend(self) -> bool:
        """Whether one may be asked once more."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True


def first_answer(
    ask: Callable[[], T],
    tries: int,
    late: float,
    until: float,
    is_passing: Callable[[Exception], bool],
    may_hurry: Callable[[], bool] = lambda: True,
) -> T:
    """What *ask* gives, which is called at most *tries* times; raises what it raises, TimeoutError at *until*.

    It is called once more, beside those that run, when none of them answered within *late* seconds and it *may_hurry*,
    and when one raised what *is_passing* tells may go better with another.  Those that are late are left to end by
    themselves, so *ask* must end.
    """
    answers: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            answers.put((ask(), None))
        except Exception as error:
            answers.put((None, error))

    begun = running = 0
    more = True
    while True:
        if more and begun < tries:
            begun, running = begun + 1, running + 1
            threading.Thread(target=run, name="litbase-asking", daemon=True).start()
        rest = until - time.monotonic()
        try:
            answer, error = answers.get(timeout=max(0.0, min(late, rest) if begun < tries else rest))
        except Empty:
            if time.monotonic() >= until:
                raise TimeoutError from None
            more = begun < tries and may_hurry()
            continue
        if error is None:
            return answer  # type: ignore[return-value]
        running, more = running - 1, True
        if not is_passing(error) or (begun == tries and not running):
            raise error
