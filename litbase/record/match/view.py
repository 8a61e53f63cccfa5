"""What of a record is compared with others: its kind, its title, its people, its year and where it was printed."""

from typing import Final, NamedTuple

from litbase.record.kinds import kind_of
from litbase.record.match.people import Person, person
from litbase.record.record import Record
from litbase.record.titles import Title, read_title

PEOPLE_READ: Final = 60  # of a record with thousands of authors
BOOKS: Final = frozenset({"book", "proceedings"})
WHOLES: Final = BOOKS | {"report", "thesis", "document", "cited", "webpage"}  # their pages are counted, not a place
PERIODICAL: Final = frozenset({"article-journal", "article-newspaper", "opinion"})
MEETINGS: Final = frozenset({"symposium", "paper-conference"})


class View(NamedTuple):
    """What is compared of a record."""

    record: Record
    kind: str
    title: Title
    people: tuple[Person, ...]
    year: int | None


def view(record: Record) -> View:
    """What is compared of *record*; the editors stand for the authors of a work that has none."""
    names = (record.author or record.editor)[:PEOPLE_READ]
    people = tuple(dict.fromkeys(found for name in names if (found := person(name))))
    return View(record, kind_of(record).name, read_title(record.title), people, record.year)
