"""Sparing: what is found anew whenever a library has changed takes at most a tenth of the time, over half a minute.

A library that rests is found anew at once; only one that changes all the time shows what is a little behind.
"""

import time
from typing import Final

PART: Final = 10  # one part of so many is what finding may take
SPAN: Final = 30.0  # seconds over which it is reckoned, so that a first and a second time follow each other at once


class Sparing:
    """What something has cost of late; for one thread at a time."""

    def __init__(self) -> None:
        """Nothing was spent yet."""
        self._due = float("-inf")

    def may(self) -> bool:
        """Whether it may be done now."""
        return time.monotonic() >= self._due

    def spent(self, begun: float) -> None:
        """It was done, from *begun* (of time.monotonic) until now."""
        now = time.monotonic()
        self._due = max(self._due, now - SPAN) + PART * (now - begun)
