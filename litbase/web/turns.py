"""Turns: how many look-ups and readings run at once within one process, and how often one account may ask for one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, current_app

from litbase.settings import Settings
from litbase.web.limits import PATIENCE, Buckets

AT_ONCE: Final = 3
A_MINUTE: Final = 20  # of one account, half of them at once
COME_BACK: Final = 5  # seconds
BUSY: Final = "Others are looking works up at this moment. Try again in some seconds."
OFTEN: Final = "You have looked up many works in a short time. Try again in {} seconds."


class Crowded(Exception):
    """There is no place now; the message says so to people, *seconds* when to come back, *status* is 429 or 503."""

    def __init__(self, status: int, seconds: int, message: str):
        super().__init__(message)
        self.status = status
        self.seconds = seconds


class Turns:
    """The places; *patience* is how long somebody waits for one, in seconds."""

    def __init__(self, settings: Settings, at_once: int = AT_ONCE, patience: float = PATIENCE):
        self.buckets = Buckets(A_MINUTE if settings.rate_limit else 0)
        self.patience = patience
        self._places = threading.BoundedSemaphore(at_once)

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """A place for the account *name*, while it is needed.  Raises Crowded."""
        if wait := self.buckets.take(name):
            raise Crowded(429, int(wait) + 1, OFTEN.format(int(wait) + 1))
        if not self._places.acquire(timeout=self.patience):
            raise Crowded(503, COME_BACK, BUSY)
        try:
            yield
        finally:
            self._places.release()


def init_app(app: Flask, turns: Turns) -> None:
    """Let *app* have these places."""
    app.extensions["litbase.turns"] = turns


def turns() -> Turns:
    """The places of this application."""
    found: Turns = current_app.extensions["litbase.turns"]
    return found
