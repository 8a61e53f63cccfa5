"""What a person may choose about an export: `?ascii=1&abstract=0&protect=all&key=id`, and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from litbase.record.keys import is_key
from litbase.record.record import Record, replace

PROTECT: Final = ("smart", "all", "none")
KEYS: Final = ("key", "id")
STYLES: Final = ("apa", "mla", "chicago", "chicago-notes", "harvard", "ieee", "ama")
_YES: Final = frozenset({"1", "yes", "true", "on"})
_NO: Final = frozenset({"0", "no", "false", "off"})


class Options(NamedTuple):
    """The choices of one export.

    *ascii*: letters beyond ASCII as LaTeX commands; *protect*: which capitals BibTeX keeps ("smart", "all", "none");
    *abstract*: with the abstract; *key*: entries named by their citation "key" or by their "id" (the ERIC number);
    *style*: of a bibliography in plain text; *file*: the CSL file of that style, where it is not one of litbase's own.
    """

    ascii: bool = False
    abstract: bool = True
    protect: str = "smart"
    key: str = "key"
    style: str = "apa"
    file: Path | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, str], files: Mapping[str, Path] | None = None) -> Options:
        """The options that the arguments of an address say; a value nobody knows is the default.

        *files* are the CSL files of the library by the names of their styles: an address names one, and no path.
        """
        files = files or {}
        style = _one_of((*STYLES, *files), args.get("style", ""))
        return cls(
            ascii=args.get("ascii", "") in _YES,
            abstract=args.get("abstract", "") not in _NO,
            protect=_one_of(PROTECT, args.get("protect", "")),
            key=_one_of(KEYS, args.get("key", "")),
            style=style,
            file=files.get(style),
        )

    def args(self) -> dict[str, str]:
        """The arguments of an address that say these options, without what is the default; `from_args` reads them."""
        said = {"ascii": "1" if self.ascii else "", "abstract": "" if self.abstract else "0"}
        said |= {
            "protect": self.protect if self.protect != "smart" else "",
            "key": self.key if self.key != "key" else "",
            "style": self.style if self.style != "apa" else "",
        }
        return {name: value for name, value in said.items() if value}

    def applied(self, record: Record) -> Record:
        """*record* as it is exported: without its abstract, or named by its id, where that was chosen."""
        if not self.abstract and record.abstract:
            record = replace(record, abstract="", marks=tuple(m for m in record.marks if m.field != "abstract"))
        name = record.eric or record.id
        return replace(record, citation_key=name) if self.key == "id" and is_key(name) else record


PLAIN: Final = Options()


def _one_of(known: tuple[str, ...], given: str) -> str:
    return given if given in known else known[0]
