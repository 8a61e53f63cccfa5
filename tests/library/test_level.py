"""Where the index stands, as pages and monitors are told."""

import shutil

import pytest

from litbase.library import bring_level, open_library
from litbase.library.level import LEVEL, level
from litbase.settings import Settings
from tests.library.small import small_library


@pytest.fixture
def library(tmp_path):
    made = small_library(tmp_path / "library")
    yield made
    made.close()


def test_a_level_index_has_nothing_to_say(library):
    assert level(library) == LEVEL


def test_an_empty_library_is_level(tmp_path):
    library = open_library(tmp_path / "empty", Settings(), create=True)
    assert level(library) == LEVEL
    library.close()


def test_changed_records_are_counted_once_until_they_are_followed(library):
    first, second, *_ = [stored.id for stored in library.store.recent(2)]
    for title in ("Another title", "Yet another title"):
        library.store.edit(first, {"title": title}, who="Ada", why="", version=None)
    library.store.edit(second, {"title": "A title"}, who="Ada", why="", version=None)
    assert (level(library).state, level(library).waiting) == ("behind", 2)
    bring_level(library)
    assert level(library) == LEVEL


def test_an_old_index_answers_while_the_new_one_is_made(library):
    library.store.new_epoch()
    total = library.store.count(cited=True)
    found = level(library, lambda: (20, 80))
    assert (found.state, found.done, found.total) == ("rebuilding", total // 4, total)
    bring_level(library)
    assert level(library) == LEVEL


def test_without_an_index_nothing_can_be_found(library):
    folder = library.folder
    library.close()
    shutil.rmtree(folder / "index")
    again = open_library(folder, Settings())
    found = level(again)
    assert (found.state, found.done, found.waiting) == ("missing", 0, again.store.count(cited=True))
    again.close()
