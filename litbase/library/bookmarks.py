"""Bookmarks: how far a harvest came, one small file for each in the library folder; written whole or not at all."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from litbase.errors import LibraryError

FOLDER: Final = "harvests"


def bookmark(folder: Path, *what: str) -> Path:
    """The file of the harvest that *what* names, in the library *folder*."""
    digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:24]
    return folder / FOLDER / f"{digest}.json"


def noted(path: Path) -> dict[str, Any]:
    """What the bookmark says; {} where there is none, or none that can be read: the harvest then begins anew."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def note(path: Path, **told: Any) -> None:
    """Keep what is *told* in place of what the bookmark said.  Raises LibraryError when the disk refuses."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror or error}") from error


def forget(path: Path) -> None:
    """Take the bookmark away."""
    path.unlink(missing_ok=True)
