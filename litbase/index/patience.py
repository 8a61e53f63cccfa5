"""Patience: how long an answer of an index on other machines is waited for.

What a page shows beside a record, or a form beside what is typed, must not keep the record or the form waiting.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """A stretch of so many seconds, after which an engine on other machines is not waited for: EngineUnavailable."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def left() -> float:
    """Seconds that are left of the stretch; infinite outside of one."""
    return _until.get() - time.monotonic()
