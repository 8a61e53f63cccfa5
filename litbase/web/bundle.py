"""The shipped files of the web application, by name; a script may be several files sent as one.

Scripts and the stylesheet are sent without the comments and the indentation that they are written with, which is a
twelfth of what a browser fetches of them.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
BUNDLES: Final = {
    "litbase.js": ("litbase.js", "list.js", "searches.js", "advanced.js"),
    "edit.js": ("terms.js", "edit.js", "start.js"),
    "desk.css": ("litbase.css", "desk.css"),  # of the pages for editors
}
_WRITTEN_FOR_PEOPLE: Final = re.compile(rb"^[ \t]*(?:/\*.*?\*/\s*)?", re.MULTILINE | re.DOTALL)


def content(name: str) -> bytes:
    """The bytes of the shipped file *name* as they are sent; of a bundle, those of its parts, in order."""
    return b"\n".join(_sent(part) for part in BUNDLES.get(name, (name,)))


def _sent(name: str) -> bytes:
    data = (STATIC / name).read_bytes()
    return _WRITTEN_FOR_PEOPLE.sub(b"", data) if name.endswith((".js", ".css")) else data


def changed(name: str) -> int:
    """When the file *name*, or the newest part of a bundle, was changed, in nanoseconds."""
    return max((STATIC / part).stat().st_mtime_ns for part in BUNDLES.get(name, (name,)))


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The names of all that is shipped, with "/" between folder and file."""
    return frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
