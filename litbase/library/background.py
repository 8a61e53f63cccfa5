"""Background: work that outlives the request which asked for it, in a thread of whichever process was asked.

A file lock says whether somebody works: when the process dies the lock is free, and any process can go on.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from litbase.index.lock import locked
from litbase.library import Library

PATIENCE: Final = 10.0  # seconds until whoever asked is answered, whether or not the work has begun


def start(
    library: Library,
    lock: Path,
    work: Callable[[], None],
    failed: Callable[[Exception], None],
    begun: Callable[[], None] = lambda: None,
) -> None:
    """Let a thread do *work* while it holds the file *lock*; nothing is done where somebody else holds it.

    Returns when the lock is held and *begun* was called.  What *work* raises is given to *failed*; what it writes is
    logged as done from the address of the request.
    """
    answered, origin = threading.Event(), library.store.origin

    def run() -> None:
        with locked(lock) as held:
            try:
                if held:
                    begun()
            finally:
                answered.set()
            if not held:
                return
            with library.store.acting(origin):
                try:
                    work()
                except Exception as problem:
                    failed(problem)

    threading.Thread(target=run, name=lock.stem, daemon=True).start()
    answered.wait(PATIENCE)


def is_held(lock: Path) -> bool:
    """Whether somebody holds the file *lock*."""
    with locked(lock) as free:
        return not free
