"""The shipped files of the web application, by name; a script that every page loads is several files sent as one."""

from functools import lru_cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
BUNDLES: Final = {"litbase.js": ("litbase.js", "list.js", "searches.js", "advanced.js")}


def content(name: str) -> bytes:
    """The bytes of the shipped file *name*; of a bundle, those of its parts, in order."""
    return b"\n".join((STATIC / part).read_bytes() for part in BUNDLES.get(name, (name,)))


def changed(name: str) -> int:
    """When the file *name*, or the newest part of a bundle, was changed, in nanoseconds."""
    return max((STATIC / part).stat().st_mtime_ns for part in BUNDLES.get(name, (name,)))


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The names of all that is shipped, with "/" between folder and file."""
    return frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
