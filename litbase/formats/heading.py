"""A few lines in front of a file that say where it comes from, as comments, in the formats that have any.

Sources: BibTeXing and the biblatex manual (what stands between entries is not read, "%" begins a comment for biber, and
an "@" anywhere begins an entry for BibTeX); XML 1.0 (a comment holds no "--").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from litbase.formats.plain import one_line


def can_be_headed(format_name: str) -> bool:
    """Whether a format has comments."""
    return format_name in _WRITERS


def headed(format_name: str, pieces: Iterable[str], lines: Sequence[str]) -> Iterator[str]:
    """*pieces* of a file in a format, with *lines* as comments before its records; as they are where it has none.

    >>> "".join(headed("bibtex", ["@book{a,}"], ["Query: x@y"]))
    '% Query: x(at)y\\n\\n@book{a,}'
    """
    write = _WRITERS.get(format_name)
    return write(iter(pieces), [one_line(line) for line in lines]) if write and lines else iter(pieces)


def _bibtex(pieces: Iterator[str], lines: Sequence[str]) -> Iterator[str]:
    yield "".join(f"% {line.replace('@', '(at)')}\n" for line in lines) + "\n"
    yield from pieces


def _xml(pieces: Iterator[str], lines: Sequence[str]) -> Iterator[str]:
    """The comment stands behind the XML declaration, which must be the first thing in a file."""
    first = next(pieces, "")
    declaration, closed, rest = first.partition("?>\n")
    told = "\n".join(re.sub("-(?=-)", "- ", line) for line in lines)
    comment = f"<!--\n{told}\n-->\n"
    yield f"{declaration}{closed}{comment}{rest}" if closed else comment + first
    yield from pieces


_Writer = Callable[[Iterator[str], Sequence[str]], Iterator[str]]
_WRITERS: Final[dict[str, _Writer]] = {"bibtex": _bibtex, "biblatex": _bibtex, "dc": _xml, "marcxml": _xml}
