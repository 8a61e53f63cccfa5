"""A lock between processes on one machine: a file that one of them holds, freed when it dies."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.02

Alone = Callable[[float], AbstractContextManager[bool]]
"""Holds a lock of any kind inside its block, False when another has it for longer than so many seconds.

`partial(locked, path)` is one of a file; the store has others, that hold between machines.
"""


@contextlib.contextmanager
def locked(path: Path, timeout: float = 0.0) -> Iterator[bool]:
    """Hold the lock file *path* inside the block; False when another holds it for longer than *timeout* seconds.

    Threads of one process exclude each other too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + timeout
        while not (held := _taken(handle)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield held
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
