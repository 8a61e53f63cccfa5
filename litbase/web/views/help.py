"""The search help: the query language by example, every field from the table the parser itself reads, the formats."""

from collections.abc import Iterable
from dataclasses import dataclass

from litbase.formats import FORMATS
from litbase.library.trying import Shown
from litbase.query.examples import EXAMPLES
from litbase.query.state import SearchState
from litbase.web.links import Links
from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class Row:
    """Something to type."""

    typed: str = told("What is typed")
    finds: str = told("What it finds, as a sentence")
    url: str = told("The search; empty where the search engine of this library cannot answer it")
    total: int | None = told("How many records it finds here; None where they were not counted")


@dataclass(frozen=True, slots=True)
class File:
    """A format of files."""

    label: str = told("What people call it")
    suffix: str = told("Ending of an address or file")
    hint: str = told("Which programs read it")


@dataclass(frozen=True, slots=True)
class Address:
    """An address for programs."""

    url: str = told("The address, an example")
    gives: str = told("What is there")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The search help."""

    examples: tuple[Row, ...] = told("What can be typed, and what each finds")
    fields: tuple[tuple[str, str, str], ...] = told("Name, aliases and help of each field")
    files: tuple[File, ...] = told("The formats of records and results")
    addresses: tuple[Address, ...] = told("Addresses for programs")


def help_page(shown: Iterable[Shown], rows: tuple[tuple[str, str, str], ...], links: Links, id: str) -> HelpPage:
    """The help with the examples *shown* and the fields in *rows*; *id* is a record to show addresses with, or ""."""
    examples = tuple(
        Row(
            one.example.typed, one.example.finds, "" if one.total is None else links.typed(one.example.typed), one.total
        )
        for one in shown
    )
    files = tuple(File(format.label, format.suffix, format.hint) for format in FORMATS)
    return HelpPage(examples, rows, files, tuple(_addresses(examples, links, id)))


def uncounted() -> tuple[Shown, ...]:
    """The examples while nothing can be counted."""
    return tuple(Shown(example, None) for example in EXAMPLES)


def _addresses(examples: tuple[Row, ...], links: Links, id: str) -> Iterable[Address]:
    state = SearchState(q=next((row.typed for row in examples), ""))
    yield Address(
        links.search(state, ".json"), "A page of results as JSON; page= and per= as on the page, up to 100 a page."
    )
    yield Address(links.search(state, ".bib"), "All results as one file, in any of the formats above.")
    yield Address(
        links.facet("author", state, ".json"),
        "The values of a filter with their counts, a hundred a leaf: "
        "leaf=2 is the next hundred, find=smith keeps values with smith in them, by=name puts them from A to Z.",
    )
    if id:
        yield Address(
            links.record_file(id, ".json"), "A record with its history's version, completeness and origins as JSON."
        )
        yield Address(links.record_file(id, ".ris"), "A record as a file.")
        yield Address(links.history(id, ".json"), "What was done to a record.")
    yield Address(links.stats(".json"), "The statistics, each number with the address of its search.")
    yield Address(
        links.search(state, ".atom"),
        "The newest results as a feed (Atom), fifty records, for readers and programs that look again.",
    )
    yield Address(links.feed, "What came into the library last, as a feed.")
    yield Address(links.unapi, "Records for reference managers such as Zotero (unAPI): id= and format=.")
    yield Address(links.sitemap(), "The addresses of all records, for search engines and other crawlers.")
    yield Address(
        links.advanced((), ".json"),
        "The query that an advanced search writes, and how many records it finds; q= is opened in it.",
    )
    yield Address(
        links.my_list(".json"), "The list of the browser that asks; /list.bib and the other endings give its records."
    )
    yield Address(
        links.convert(),
        "A form that puts references of any kind into any format; what is posted to /convert.json comes back as JSON.",
    )
    yield Address(links.opensearch, "A description that lets browsers and programs search here (OpenSearch 1.1).")
