"""Uploads: the bytes that people sent, kept under random names in the library's folder until they are added or dropped.

Nothing of what the sender says becomes part of a path, nobody but the owner of the folder may read them, and no page
serves them.  Who works on an import holds a lock that the system frees when the process dies.
"""

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from litbase.errors import BadInput
from litbase.index.lock import locked
from litbase.library import Library
from litbase.library.accounts import digest_of
from litbase.library.background import is_held
from litbase.library.documents import Unreadable, open_bytes
from litbase.library.reading import UPLOADED
from litbase.record.notices import notice
from litbase.record.reading import Document
from litbase.record.text import clean, squash
from litbase.store.imports import Upload

FOLDER: Final = "uploads"
SENDERS: Final = ("editor", "admin")  # roles
LARGEST: Final = 64 << 20  # bytes of all files that are sent together
MOST: Final = 1 << 30  # bytes that may wait
SMALL: Final = 1 << 20  # bytes of an import that waits for no large one
NAME: Final = 200  # characters of a file's name that are kept
PLACE: Final = re.compile(r"[0-9a-f]{32}")


def may_send(library: Library, token: str) -> bool:
    """Whether the session of *token* is an editor's, as far as the store shows; nothing is written."""
    found = library.store.accounts.session(digest_of(token)) if token else None
    return found is not None and found[0].state == "active" and found[0].role in SENDERS


def keep(library: Library, files: Iterable[tuple[str, bytes]]) -> tuple[Upload, ...]:
    """Keep *files* (name, bytes).  Raises BadInput for none, for more than LARGEST, and when too much waits already."""
    given = list(files)
    size = sum(len(data) for _, data in given)
    if not size:
        raise BadInput("Nothing was given: choose files, or paste something.")
    if size > LARGEST:
        raise BadInput(f"These files are larger than {LARGEST >> 20} MB together. Send them in parts, or packed.")
    folder = _folder(library)
    if size + sum(one.stat().st_size for one in folder.iterdir()) > MOST:
        raise BadInput("Too much is waiting to be added already. Add or drop earlier imports first.")
    return tuple(_kept(folder, name, data) for name, data in given)


def _kept(folder: Path, name: str, data: bytes) -> Upload:
    place = secrets.token_hex(16)
    handle = os.open(folder / place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Upload(shown_name(name), len(data), hashlib.sha256(data).hexdigest(), place)


def shown_name(name: str) -> str:
    r"""What is kept of a name that a browser sent: the last part of a path, one line, not too long.

    >>> shown_name("C:\\Ann\\refs.bib"), shown_name("../../etc/passwd"), shown_name(" ")
    ('refs.bib', 'passwd', 'unnamed')
    """
    return squash(clean(re.split(r"[/\\]", name)[-1]))[:NAME].strip() or "unnamed"


def documents(library: Library, uploads: Iterable[Upload]) -> Iterator[Document | Unreadable]:
    """The documents in *uploads*, archives opened; one that is gone is unreadable."""
    for upload in uploads:
        name = UPLOADED + upload.name
        try:
            data = _path(library, upload.place).read_bytes()
        except OSError:
            yield Unreadable(name, notice("unreadable", reason="it is no longer there; send it again"))
        else:
            yield from open_bytes(name, data)


def remove(library: Library, uploads: Iterable[Upload]) -> None:
    """Delete the bytes of *uploads*; what is gone already is no fault."""
    for upload in uploads:
        with contextlib.suppress(OSError):
            _path(library, upload.place).unlink()


def remove_strays(library: Library, known: Iterable[Upload], older: float) -> None:
    """Delete bytes that belong to none of the *known* uploads, and free locks, *older* than that many seconds."""
    wanted, until = {one.place for one in known}, time.time() - older
    for path in _folder(library).iterdir():
        with contextlib.suppress(OSError):
            if path.name in wanted or path.stat().st_mtime >= until:
                continue
            if PLACE.fullmatch(path.name):
                path.unlink()
            elif path.suffix == ".lock":
                with locked(path) as is_free:
                    if is_free:
                        path.unlink()


def lock(library: Library, nr: int) -> Path:
    """The file whose lock says that the import number *nr* is worked on, or waits for its turn."""
    return _folder(library) / f"{nr}.lock"


def turn(library: Library, uploads: Iterable[Upload], timeout: float) -> contextlib.AbstractContextManager[bool]:
    """Hold the place of the one import that is worked on inside the block, waited for as long as *timeout* seconds.

    Small ones have a place of their own, so that a few entries do not wait for half a million.
    """
    return locked(_folder(library) / ("small.lock" if is_small(uploads) else "large.lock"), timeout)


def is_small(uploads: Iterable[Upload]) -> bool:
    """Whether *uploads* are read in a moment; the undoing of a run, which has none, may take long."""
    return 0 < sum(one.size for one in uploads) <= SMALL


def is_worked_on(library: Library, nr: int) -> bool:
    """Whether somebody works on the import number *nr*, or waits for the turn to."""
    return is_held(lock(library, nr))


def _path(library: Library, place: str) -> Path:
    if not PLACE.fullmatch(place):
        raise FileNotFoundError(place)
    return library.folder / FOLDER / place


def _folder(library: Library) -> Path:
    folder = library.folder / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
