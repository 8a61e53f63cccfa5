"""Mixed: a text in which entries of several citation formats stand, read by the reader of each, in one go."""

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
Read = tuple[Reader, Reading | Refusal]


def is_mixed(claims: Iterable[str]) -> bool:
    """Whether a text that the readers *claims* are sure of is one of several lists after each other."""
    names = set(claims)
    return len(names) > 1 and names <= LISTS


def read_mixed(document: Document, is_sure: Callable[[Reader, Document], bool]) -> Iterator[Read]:
    """What stands in *document*, in its order, each with its reader; every line has the number it has there.

    Text between entries is read as references where that reader *is_sure* of it.  Other text, and numbers of works,
    which nobody looks up here, are refused, once each.
    """
    return merge(*(_of(part, is_sure) for part in parted(document.lines)), key=_line)


def _line(read: Read) -> int:
    return read[1].line


def _of(part: Part, is_sure: Callable[[Reader, Document], bool]) -> Iterator[Read]:
    document = Document.from_text("\n".join(part.lines))
    reader = _READERS.get(part.kind)
    if reader is None and part.kind == "text" and is_sure(reference_list, document):
        reader = reference_list
    if reader is None:
        yield reference_list, _left(part.kind, part.lines)
        return
    for item in reader.read(document):
        yield reader, item


def _left(kind: str, lines: Sequence[str]) -> Refusal:
    """Why the lines of a part are left out, where there is anything in them."""
    there = [number for number, line in enumerate(lines, 1) if line and not line.isspace()]
    first = lines[there[0] - 1].strip()[:100]
    if kind == "identifiers":
        count = sum(len(identifiers(lines[number - 1])) for number in there)
        return Refusal(line=there[0], notice=notice("numbers-left-out", count=count, first=first), text=first)
    return Refusal(line=there[0], notice=notice("text-left-out", count=len(there), first=first), text=first)
