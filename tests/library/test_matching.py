"""Links made while adding: to what the library holds, and among the records of one batch; from the right side."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from litbase.library import Library, open_library
from litbase.library.matching import CROWD, linked, named
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, replace
from litbase.settings import Settings
from litbase.store.values import Incoming, Outcome

BOOK = Record(
    type="book",
    title="Handbook of the Cultural Foundations of Learning",
    editor=(Name(family="Nasir", given="Na'ilah Suad"),),
    issued=PartialDate(year=2020),
)
CHAPTER = Record(
    type="chapter",
    title="Learning at the Boundaries",
    author=(Name(family="Gomez", given="Louis M."),),
    container_title=BOOK.title,
    issued=PartialDate(year=2020),
)
ARTICLE = Record(
    type="article-journal",
    title="International Learning Communities: What Happens When Leaders Seek to Learn",
    author=(Name(family="Mehta", given="Jal"), Name(family="Peterson", given="Amelia")),
    issued=PartialDate(year=2019),
    container_title="Journal of Educational Change",
    volume="20",
    issue="3",
    page="327-350",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path / "library", Settings(), create=True)
    yield library
    library.close()


_keys = map(str, count())


def add(library: Library, *batch: Record) -> list[Outcome]:
    incoming = [Incoming(record=record, source="test", key=next(_keys), reader="test") for record in batch]
    return library.store.put(linked(library.store, incoming), library.store.start_run("test", {}), "tester")


def seen_from(library: Library, outcome: Outcome) -> set[tuple[str, str]]:
    return {(link.other_id, link.relation) for link in library.store.links(outcome.id)}


@pytest.mark.parametrize("order", [(CHAPTER, BOOK), (BOOK, CHAPTER)], ids=["the book later", "the chapter later"])
@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one batch"])
def test_a_chapter_is_part_of_its_book_whichever_comes_first(
    library: Library, order: tuple[Record, Record], together: bool
) -> None:
    outcomes = add(library, *order) if together else [add(library, record)[0] for record in order]
    by_type = {record.type: outcome for record, outcome in zip(order, outcomes, strict=True)}
    chapter, book = by_type["chapter"], by_type["book"]
    assert seen_from(library, chapter) == {(book.id, "part-of")}
    assert seen_from(library, book) == {(chapter.id, "has-part")}


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one batch"])
def test_what_is_told_while_adding_is_told_from_the_new_record(library: Library, together: bool) -> None:
    batch = [Incoming(record=record, source="test", key=next(_keys), reader="test") for record in (CHAPTER, BOOK)]
    run = library.store.start_run("test", {})
    told = []
    for some in [batch] if together else [batch[:1], batch[1:]]:
        some = linked(library.store, some)
        outcomes = library.store.put(some, run, "tester")
        for one, outcome in zip(some, outcomes, strict=True):
            told += [link.relation for _, link in named(one, outcome, outcomes)]
    assert told == ["has-part"]


def test_adding_a_chapter_again_keeps_its_direction(library: Library) -> None:
    chapter, book = add(library, CHAPTER, BOOK)
    add(library, replace(CHAPTER, page="1-20"), replace(BOOK, publisher="Routledge"))
    assert (book.id, "part-of") in seen_from(library, chapter)
    assert (chapter.id, "has-part") in seen_from(library, book)


def test_the_same_work_from_two_sources_is_linked_and_not_merged(library: Library) -> None:
    first, second = add(library, ARTICLE)[0], add(library, replace(ARTICLE, title=ARTICLE.title.upper()))[0]
    assert first.id != second.id
    assert seen_from(library, first) == {(second.id, "same")}


def test_a_block_that_is_a_crowd_tells_nothing(library: Library) -> None:
    copies = add(library, *[ARTICLE] * CROWD)
    assert len(seen_from(library, copies[0])) == CROWD - 1
    assert len(seen_from(library, add(library, ARTICLE)[0])) == CROWD
    assert seen_from(library, add(library, ARTICLE)[0]) == set()
