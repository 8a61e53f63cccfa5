"""The citations of a record: each file format as text to copy and as a file to keep."""

from collections.abc import Iterable
from dataclasses import dataclass

from litbase.formats import Format
from litbase.library.values import Stored
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.parts import plain_title
from litbase.web.views.search import lacking


@dataclass(frozen=True, slots=True)
class Citation:
    """A record in one format."""

    name: str = told("Name of the format")
    label: str = told("What people call it")
    suffix: str = told("Ending of the file")
    hint: str = told("Which programs read it")
    text: str = told("The record in it")
    url: str = told("The file")


@dataclass(frozen=True, slots=True)
class CitePage:
    """The citations of one record."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    who: str = told("Family names of its authors, at most three")
    year: str = told("Its year; empty when undated")
    lacks: tuple[str, ...] = told("What a citation needs and the source does not give: author, date")
    record_url: str = told("Back to the record")
    cite_url: str = told("This page")
    citations: tuple[Citation, ...] = told("One for each format")


def cite_page(stored: Stored, files: Iterable[tuple[Format, str]], links: Links) -> CitePage:
    """The citations of *stored*; *files* are the formats with their texts."""
    record = stored.record
    names = [name.surname for name in record.author]
    shown = names if len(names) <= 3 else [f"{names[0]} et al."]
    return CitePage(
        id=record.id,
        plain_title=plain_title(record),
        who=" & ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} & {shown[-1]}",
        year=str(record.year or ""),
        lacks=lacking(record),
        record_url=links.record(record.id),
        cite_url=links.cite(record.id),
        citations=tuple(
            Citation(f.name, f.label, f.suffix, f.hint, text.strip("\n"), links.record_file(record.id, f.suffix))
            for f, text in files
        ),
    )
