"""Mixed: a text in which entries of several citation formats stand, or the text of a page beside them.

Each is read by its own reader, in one go.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from typing import Final

from litbase.formats.bibtex import read as bibtex
from litbase.formats.tags import nbib, refer, ris, wos
from litbase.library.parting import LISTS, Part, identifiers, parted
from litbase.record.notices import notice
from litbase.record.reading import Document, Reader, Reading, Refusal
from litbase.sources import reference_list

_READERS: Final[dict[str, Reader]] = {one.NAME: one for one in (bibtex, ris, nbib, refer, wos)}
_PAGES: Final = frozenset({"eric", "vufind", "ecer", "edweek"})
_BETWEEN: Final = _PAGES | {"reference-list"}
"""What can be made of text between entries: references, or a page that was copied as text."""
_LONGEST: Final = 1 << 20  # characters of a list in which something else is looked for
Read = tuple[Reader, Reading | Refusal]
ReaderOf = Callable[[Document], Reader | None]
"""The one reader that is sure of a document; None where none is."""


def is_mixed(claims: Iterable[str]) -> bool:
    """Whether a text that the readers *claims* are sure of is several lists, or a list and a page, after each other."""
    names = set(claims)
    return len(names) > 1 and bool(names & _READERS.keys()) and names <= LISTS | _BETWEEN


def has_more(document: Document, name: str, reader_of: ReaderOf) -> bool:
    """Whether a page stands as text between the entries of *document*, of which the reader *name* is sure."""
    if name not in _READERS or len(document.text) > _LONGEST:
        return False
    readers = (_between(part.lines, reader_of) for part in _parts(document, reader_of) if part.kind == "text")
    return any(reader is not None and reader.NAME in _PAGES for reader in readers)


def read_mixed(document: Document, reader_of: ReaderOf) -> Iterator[Read]:
    """What stands in *document*, in its order, each with its reader; every line has the number it has there.

    Text between entries is read as references or as a page where `reader_of` is sure of it.  Other text, and numbers of
    works, which nobody looks up here, are refused, once each.
    """
    return merge(*(_of(part, reader_of) for part in _parts(document, reader_of)), key=_line)


def _line(read: Read) -> int:
    return read[1].line


def _parts(document: Document, reader_of: ReaderOf) -> list[Part]:
    """The parts of *document*; lines of a page that are all numbers belong to it."""
    parts = parted(document.lines)
    loose = [part for part in parts if part.kind in ("text", "identifiers")]
    if len(loose) == 2:
        joined = list(map(max, *(part.lines for part in loose)))  # of each line one of them has all
        reader = _between(joined, reader_of)
        if reader and reader.NAME in _PAGES:
            return [Part("text", joined), *(part for part in parts if part not in loose)]
    return list(parts)


def _of(part: Part, reader_of: ReaderOf) -> Iterator[Read]:
    reader = _READERS.get(part.kind) or (_between(part.lines, reader_of) if part.kind == "text" else None)
    if reader is None:
        yield reference_list, _left(part.kind, part.lines)
        return
    for item in reader.read(Document.from_text("\n".join(part.lines))):
        yield reader, item


def _between(lines: Sequence[str], reader_of: ReaderOf) -> Reader | None:
    """Who reads the text that *lines* are; None for nobody."""
    reader = reader_of(Document.from_text("\n".join(filter(str.strip, lines))))
    return reader if reader and reader.NAME in _BETWEEN else None


def _left(kind: str, lines: Sequence[str]) -> Refusal:
    """Why the lines of a part are left out, where there is anything in them."""
    there = [number for number, line in enumerate(lines, 1) if line and not line.isspace()]
    first = lines[there[0] - 1].strip()[:100]
    if kind == "identifiers":
        count = sum(len(identifiers(lines[number - 1])) for number in there)
        return Refusal(line=there[0], notice=notice("numbers-left-out", count=count, first=first), text=first)
    return Refusal(line=there[0], notice=notice("text-left-out", count=len(there), first=first), text=first)
