"""Many corrections declined at once, as after a flood of them: those that the page showed, and no others."""

import pytest

from litbase.library import corrections
from tests.web.conftest import RECORDS, Page, editor_of, emptied, fill, post

ID = "EJ1223055"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def editor(library):
    return editor_of(library)


def sent(library, *messages):
    stored = library.store.get(ID)
    return [corrections.send(library, stored, {}, message=message) for message in messages]


def states(library, numbers):
    return [library.store.corrections.get(nr).state for nr in numbers]


def form(client):
    page = Page(client.get("/corrections").get_data(as_text=True))
    return page.one("form[action$='/corrections/decline']")


def test_all_that_the_page_shows_are_declined_and_what_came_since_is_not(editor, library):
    numbers = sent(library, "buy", "these", "pills")
    shown = [one["value"] for one in form(editor).select("input[name=nr]")]
    assert shown == list(map(str, numbers))
    numbers += sent(library, "The year is wrong")
    answer = post(editor, "/corrections/decline", {"nr": shown, "why": "spam"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/corrections")
    assert states(library, numbers) == ["declined", "declined", "declined", "waiting"]
    told = [(row.who, row.action, row.told["why"]) for row in library.store.audit.page(3)]
    assert told == [("Ann", "correction-declined", "spam")] * 3


def test_what_somebody_else_decided_meanwhile_stays(editor, library):
    numbers = sent(library, "one", "two")
    corrections.decline(library, numbers[0], who="Ben", why="seen")
    assert post(editor, "/corrections/decline", {"nr": [*map(str, numbers), "999"]}).status_code == 303
    assert states(library, numbers) == ["declined", "declined"]
    assert library.store.corrections.get(numbers[0]).who == "Ben"


@pytest.mark.parametrize("numbers", [[], ["x"], ["-1"], ["0"], ["1" * 30]])
def test_a_form_that_names_none_does_nothing(editor, library, numbers):
    waiting = sent(library, "one")
    assert post(editor, "/corrections/decline", {"nr": numbers}).status_code == 400
    assert states(library, waiting) == ["waiting"]


def test_a_single_one_needs_no_such_form(editor, library):
    sent(library, "one")
    assert "/corrections/decline" not in editor.get("/corrections").get_data(as_text=True)
