"""The citation formats litbase offers: one table for menus, URLs, the command line and content negotiation."""

import importlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from litbase.errors import UnknownFormat
from litbase.formats.options import PLAIN, Options
from litbase.record.record import Record


class Dump(Protocol):
    """Writes records as pieces of text, streamed."""

    def __call__(self, records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
        """The pieces; joined they are one file."""
        ...


class Format(NamedTuple):
    """One format: *name* for --format and ?format=, *suffix* for paths, *label* and *hint* for people."""

    name: str
    label: str
    suffix: str
    mime: str
    hint: str
    dump: Dump


def _dump_of(module: str) -> Dump:
    def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
        chosen = map(options.applied, records)
        pieces: Iterator[str] = importlib.import_module(f"litbase.formats.{module}").dump(chosen, options)
        return pieces

    return dump


FORMATS: Final = (
    Format("bibtex", "BibTeX", ".bib", "application/x-bibtex", "LaTeX, JabRef, Zotero", _dump_of("bibtex.write")),
    Format(
        "biblatex", "BibLaTeX", ".biblatex.bib", "application/x-biblatex", "biber, JabRef, Zotero",
        _dump_of("bibtex.biblatex"),
    ),
    Format(
        "ris", "RIS", ".ris", "application/x-research-info-systems", "EndNote, Zotero, Mendeley",
        _dump_of("tags.ris_write"),
    ),
    Format("nbib", "NBIB", ".nbib", "application/nbib", "EndNote, Zotero, JabRef", _dump_of("tags.nbib_write")),
    Format("refer", "EndNote", ".enw", "application/x-endnote-refer", "EndNote, JabRef", _dump_of("tags.refer_write")),
    Format(
        "csl-json", "CSL JSON", ".csl.json", "application/vnd.citationstyles.csl+json",
        "pandoc, Citation.js, Zotero", _dump_of("csl.write"),
    ),
    Format("csv", "CSV table", ".csv", "text/csv", "Excel, LibreOffice, Zotero users' tables", _dump_of("csv.table")),
    Format("jsonld", "JSON-LD", ".jsonld", "application/ld+json", "web pages, search engines", _dump_of("jsonld")),
    Format("dc", "Dublin Core", ".dc.xml", "application/x-dc+xml", "repositories, OAI-PMH", _dump_of("dublin_core")),
    Format(
        "marcxml", "MARCXML", ".marc.xml", "application/marcxml+xml", "library systems", _dump_of("marc.xml_write")
    ),
    Format(
        "text", "Text", ".txt", "text/plain", "formatted citations, in any of the styles", _dump_of("plain_text")
    ),
    Format(
        "jsonl", "JSON lines", ".jsonl", "application/x-ndjson",
        "everything litbase knows, one record per line", _dump_of("jsonl"),
    ),
)  # fmt: skip


def by_name(name: str) -> Format:
    """The format called *name*; raises UnknownFormat, which lists those there are."""
    for format in FORMATS:
        if format.name == name:
            return format
    raise UnknownFormat(f"there is no format {name!r}; litbase offers {', '.join(f.name for f in FORMATS)}")


def by_suffix(suffix: str) -> Format | None:
    """The format of a file name or suffix, ".bib" or "refs.csl.json"; None when no format ends like that."""
    ends = [format for format in FORMATS if suffix.lower().endswith(format.suffix)]
    return max(ends, key=lambda format: len(format.suffix), default=None)
