"""A thesaurus in a file: which layout it has, told from its content, and what it holds.

Layouts: ERIC's XML download and its JSON form, SKOS (RDF/XML, Turtle, N-Triples, JSON-LD), tables with a heading.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.record.notices import Notice
from litbase.record.reading import Document
from litbase.sources import thesaurus_json, thesaurus_skos, thesaurus_table, thesaurus_turtle, thesaurus_xml
from litbase.vocabulary.terms import Row, made_of, misread
from litbase.vocabulary.thesaurus import Thesaurus

MOST: Final = 200_000  # entries of one file; the largest thesauri in use have a quarter of that


class Layout(NamedTuple):
    """One layout: *sniff* tells it by the beginning of a file, *rows* reads it and raises BadInput where it cannot."""

    label: str
    sniff: Callable[[str], bool]
    rows: Callable[[Document, list[Notice]], Iterator[Row]]


LAYOUTS: Final = (
    Layout("ERIC's XML", thesaurus_xml.sniff, thesaurus_xml.rows),
    Layout("SKOS in RDF/XML", thesaurus_skos.sniff, thesaurus_skos.rows),
    Layout("SKOS in Turtle or N-Triples", thesaurus_turtle.sniff, thesaurus_turtle.rows),
    Layout("SKOS in JSON-LD", thesaurus_json.sniff_linked, thesaurus_json.linked_rows),
    Layout("JSON", thesaurus_json.sniff, thesaurus_json.rows),
    Layout("a table", thesaurus_table.sniff, thesaurus_table.rows),
)


class ThesaurusFile(NamedTuple):
    """What a file held: its layout, the thesaurus, and what was left out of it with the reason and the line."""

    layout: str
    thesaurus: Thesaurus
    dropped: tuple[Notice, ...]


def read(document: Document) -> ThesaurusFile:
    """The thesaurus in *document*.

    Raises BadInput, with file and line, what was expected and what was found, for a file that is none, is damaged or
    has more than MOST entries: half a thesaurus would silently change what is found.
    """
    layout = next((layout for layout in LAYOUTS if layout.sniff(document.head)), None)
    if layout is None:
        expected = f"a thesaurus as {', '.join(known.label for known in LAYOUTS)}"
        raise misread(document.name, 1, expected, document.head[:200])
    told: list[Notice] = []
    rows = list(islice(layout.rows(document, told), MOST + 1))
    if len(rows) > MOST:
        raise BadInput(f"{document.name}: expected at most {MOST:,} entries, found more")
    thesaurus, dropped = made_of(rows)
    if not thesaurus:
        raise misread(document.name, 1, f"the descriptors of a thesaurus ({layout.label})", "none")
    return ThesaurusFile(layout.label, thesaurus, (*told, *dropped))
