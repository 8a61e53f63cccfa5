"""What the CSL style files of a library are called, and which style a person meant: a name, or a path to a file."""

from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.formats.options import STYLES
from litbase.formats.xml import Element, stream
from litbase.record.text import clean, squash

FOLDER: Final = "styles"  # in the folder of a library, beside litbase.toml
SUFFIX: Final = ".csl"
HEAD: Final = 20_000  # bytes of a style file in which its title is looked for
LONGEST: Final = 100  # characters of a title


class Chosen(NamedTuple):
    """A style: its *name*, and the *file* it is in; None for one of litbase's own."""

    name: str
    file: Path | None = None


def own(library: Path) -> dict[str, Path]:
    """The style files of the library in the folder *library*, by the names they are offered under, sorted.

    A file named as one of litbase's own styles is not offered: that name stays what it was.
    """
    files = sorted((library / FOLDER).glob(f"*{SUFFIX}"))
    return {file.stem: file for file in files if file.stem not in STYLES and file.is_file()}


def title(file: Path) -> str:
    """What the style in *file* calls itself, cut to a hundred characters; "" where it says nothing or is no style."""
    try:
        stat = file.stat()
    except OSError:
        return ""
    return _title(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=500)
def _title(file: Path, changed: int, size: int) -> str:
    """The title of *file*, which is read again when it *changed* or its *size* did."""
    try:
        with file.open("rb") as content:
            head = content.read(HEAD).decode("utf-8-sig", "ignore")
    except OSError:
        return ""
    first = next(stream(head, "title"), None)
    return squash(clean(first.text))[:LONGEST] if isinstance(first, Element) else ""


def chosen(text: str, library: Path) -> Chosen:
    """The style that *text* says: a name, one of the library's in the folder *library*, or a path ending in ".csl".

    Raises BadInput, which lists the names there are.
    """
    if text in STYLES:
        return Chosen(text)
    files = own(library)
    if text in files:
        return Chosen(text, files[text])
    path = Path(text).expanduser()
    if path.suffix.lower() == SUFFIX:
        if not path.is_file():
            raise BadInput(
                f"there is no style file {path}; expected a CSL style, as from https://www.zotero.org/styles"
            )
        return Chosen(path.stem, path)
    raise BadInput(
        f"there is no style {text!r}; expected one of {', '.join((*STYLES, *files))}, or the path of a CSL style file "
        f"({text}{SUFFIX}); files in {library / FOLDER} are styles by their names"
    )
