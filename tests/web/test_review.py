"""Review: what waits, the board of problems, and fixes of one record by one click."""

import pytest

from litbase.library import bring_level
from litbase.library.editing import edit
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.store.values import Outcome
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.web.conftest import RECORDS, editor_of, emptied, fill, incoming, post

LOUD = Record(type="book", title="ALL ABOUT &amp; AROUND PUBLIC SCHOOLS", author=(Name(family="One", given="Ann"),),
              publisher="Pub", issued=PartialDate(year=2020), eric="ED555555",
              abstract="What public schools are about.")  # fmt: skip


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, (*RECORDS, incoming(LOUD, "eric", "loud")))
    made.store.put_thesaurus(Thesaurus((Entry("Public Schools"), Entry("Statistics"))))
    bring_level(made)
    yield made
    made.close()


@pytest.fixture
def editor(library):
    return editor_of(library)


def test_the_hub_leads_to_all_that_waits(editor, opened):
    page = opened(editor.get("/review"))
    assert "Review" in page.texts(".menu-panel a")
    for link in page.all("main li a"):
        assert editor.get(link["href"]).status_code == 200
    assert len(page.all("main li a")) == 6


def test_the_board_counts_leads_on_and_mends(editor, library, opened):
    page = opened(editor.get("/review/problems"))
    told = {one["code"]: one["count"] for one in editor.get("/review/problems.json").get_json()["problems"]}
    assert told["shouting-title"] == told["entity-left"] == 1
    assert page.text("h1") == "Problems"
    preview = opened(post(editor, "/bulk/preview", {"action": "mend", "field": "", "search": ""}))
    assert "All About & Around Public Schools" in " ".join(
        "".join(piece.get_text() for piece in dd.children if piece.name != "del") for dd in preview.all("dd")
    )


def test_one_problem_of_one_record_is_mended_by_one_click(editor, library, opened):
    page = opened(editor.get("/review/problems/entity-left"))
    form = page.one("form:has(input[name=seen])")
    sent = {one["name"]: one["value"] for one in form.select("input") if one["name"] != "token"}
    answer = post(editor, form["action"], sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review/problems/entity-left")
    assert library.store.get("ED555555").record.title == "ALL ABOUT & AROUND PUBLIC SCHOOLS"
    assert post(editor, form["action"], sent).status_code == 409
    assert "has this problem no longer" in opened(editor.get("/review/problems/entity-left")).text()


def test_what_an_editor_decided_is_not_mended_by_itself(editor, library):
    done: Outcome = edit(library, "ED555555", {"title": "SO IT IS PRINTED HERE"}, who="bob")
    answer = post(
        editor, "/review/problems/fix", {"id": "ED555555", "seen": str(done.version), "code": "shouting-title"}
    )
    assert answer.status_code == 400
    assert library.store.get("ED555555").record.title == "SO IT IS PRINTED HERE"


def test_the_record_page_offers_the_fix_to_editors(editor, library, opened):
    page = opened(editor.get("/record/ED555555"))
    form = page.one("form[action='/review/problems/fix']")
    sent = {one["name"]: one["value"] for one in form.select("input") if one["name"] != "token"}
    assert post(editor, form["action"], sent).headers["Location"] == "/record/ED555555"
    assert library.store.get("ED555555").record.title == "All About & Around Public Schools"


def test_suggested_descriptors_are_accepted(editor, library, opened):
    page = opened(editor.get("/review/problems/no-descriptors"))
    form = page.one("form:has(input[value=ED555555])")
    assert "Public Schools" in [one["value"] for one in form.select("input[name=descriptor]")]
    sent = {"id": "ED555555", "seen": "1", "descriptor": "Public Schools"}
    assert post(editor, form["action"], sent).status_code == 303
    assert library.store.get("ED555555").record.descriptors == ("Public Schools",)
    assert post(editor, form["action"], sent).status_code == 409


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 400), ({"id": "x"}, 400), ({"id": "<b>", "seen": "1"}, 400), ({"id": "nobody", "seen": "1"}, 409),
     ({"id": "ED555555", "seen": "1", "code": "nosuch", "descriptor": "No Such"}, 400),
     ({"id": "ED555555", "seen": "1", "next": "https://evil.example/"}, 400)],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["fix", "describe"])
def test_a_form_that_says_too_little_changes_nothing(editor, library, verb, sent, status):
    assert post(editor, f"/review/problems/{verb}", sent).status_code == status
    assert library.store.get("ED555555").version == 1
