"""What only the page of a source knows: whether it is a journal, book, newspaper or conference, and its numbers."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from litbase.library.facets import Facet
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views.heading import Fact
from litbase.web.views.parts import Linked

SORTS: Final = {
    "article-journal": "journal", "chapter": "book", "book": "series", "report": "series", "symposium": "conference",
    "paper-conference": "conference", "proceedings": "conference", "opinion": "newspaper",
    "article-newspaper": "newspaper", "webpage": "site",
}  # fmt: skip


def sort_of(types: Facet) -> str:
    """What a source is, from the commonest of the *types* of its records; "" where that does not tell."""
    return SORTS.get(types.values[0].value, "") if types.values else ""


def facts(forms: Collection[str], records: Sequence[Record], publishers: Facet, links: Links) -> tuple[Fact, ...]:
    """The numbers that *records* give the source whose name they print in these *forms*, and its publishers."""
    its = [record for record in records if record.container_title in forms]
    numbers: dict[str, dict[str, None]] = {"issn": {}, "isbn": {}}
    for record in its:
        numbers["issn"] |= dict.fromkeys((*record.issn, *record.eissn))
        numbers["isbn"] |= dict.fromkeys(record.isbn)
    made = [
        Fact(name, tuple(Linked(number, links.typed(f"{name}:{number}")) for number in found))
        for name, found in numbers.items()
    ]
    made.append(Fact("publisher", tuple(_published(publishers, links))))
    return tuple(fact for fact in made if fact.values)


def _published(publishers: Facet, links: Links) -> Iterator[Linked]:
    for value in publishers.values:
        yield Linked(value.label, links.filtered("publisher", value.value))
