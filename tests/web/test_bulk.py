"""Bulk edits in the browser: form, preview, run, report and undo; nothing happens that was not seen."""

import re
import time

import pytest

from litbase.library import bulk, bulk_jobs, importing
from litbase.library.editing import edit
from tests.web.conftest import RECORDS, emptied, fill, post, served, sign_in, signed_in
from tests.web.vectors import vectors

REPORTS = {"search": "q=statistics", "action": "add", "field": "keywords", "value": "Tables & <b>"}


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def editor(app, library):
    return signed_in(app, library)


def wait(client, address):
    until = time.monotonic() + 60
    while (told := client.get(f"{address}.json").get_json())["state"] == "adding":
        assert time.monotonic() < until, told
        time.sleep(0.02)
    return told


def applied(opened, client, page):
    """What comes of a preview that is applied: the address of the report, and the report."""
    place = page.one("input[name=preview]")["value"]
    answer = post(client, "/bulk/apply", {"preview": place, "why": "as they are"})
    assert answer.status_code == 303
    address = answer.headers["Location"]
    return address, wait(client, address)


def test_results_lead_editors_to_the_form(editor, app, opened):
    page = opened(editor.get("/search?q=statistics"))
    form = opened(editor.get(page.link("Edit these 30 records")))
    assert form.text("h1") == "Edit 30 records"
    assert "Edit these" not in opened(app.test_client().get("/search?q=statistics")).text()


def test_a_bulk_edit_is_seen_done_and_undone(editor, library, opened):
    before = {stored.id: stored.record for stored in library.store.scan("", 100)}
    page = opened(post(editor, "/bulk/preview", REPORTS))
    assert page.texts(".tally dd") == ["30", "0", "0"]
    assert page.texts("ins")[0] == "Tables & <b>"
    assert {stored.id: stored.record for stored in library.store.scan("", 100)} == before
    address, told = applied(opened, editor, page)
    assert (told["state"], told["counts"], told["percent"]) == ("done", {"changed": 30}, 100)
    assert sum("Tables & <b>" in stored.record.keywords for stored in library.store.scan("", 100)) == 30
    report = opened(editor.get(address))
    run = report.one("button[name=run]")["value"]
    undone = post(editor, report.one("form:has(button[name=run])")["action"], {"run": run})
    nr = int(undone.headers["Location"].rpartition("/")[2])
    until = time.monotonic() + 60
    while importing.get(library, nr).state == "undoing":
        assert time.monotonic() < until
        time.sleep(0.02)
    assert {stored.id: stored.record for stored in library.store.scan("", 100)} == before
    history = library.store.history(next(i for i, r in before.items() if r.title.startswith("Report 0 ")))
    assert [(one.kind, one.who, one.why) for one in history if one.kind == "edit"] == [("edit", "Ann", "as they are")]


def test_a_preview_is_applied_once(editor, opened):
    page = opened(post(editor, "/bulk/preview", REPORTS))
    applied(opened, editor, page)
    place = page.one("input[name=preview]")["value"]
    assert post(editor, "/bulk/apply", {"preview": place}).status_code == 409
    for strange in ("", "../../x", "0" * 32, "run-1"):
        assert post(editor, "/bulk/apply", {"preview": strange}).status_code in (404, 409)


def test_what_moved_on_since_the_preview_is_reported(editor, library, opened):
    page = opened(post(editor, "/bulk/preview", REPORTS))
    edit(library, "ED100003", {"note": "mine"}, who="bob")
    address, told = applied(opened, editor, page)
    assert told["counts"] == {"changed": 29, "conflict": 1}
    assert told["left"] == [{"id": "ED100003", "status": "conflict", "reason": ""}]
    assert "ED100003" in opened(editor.get(address)).text()
    assert library.store.get("ED100003").record.keywords == ()


def test_what_an_editor_decided_stays_unless_overruled(editor, library, opened):
    edit(library, "ED100003", {"keywords": ("Mine",)}, who="bob")
    page = opened(post(editor, "/bulk/preview", REPORTS))
    assert page.texts(".tally dd") == ["29", "0", "1"]
    fields = [(one["name"], one["value"]) for one in page.all("form.warn input")]
    assert ("overrule", "1") in fields
    again = opened(post(editor, "/bulk/preview", dict(fields)))
    assert again.texts(".tally dd") == ["30", "0", "0"]
    applied(opened, editor, again)
    assert library.store.get("ED100003").record.keywords == ("Mine", "Tables & <b>")


@pytest.mark.parametrize(
    "changed",
    [{"action": "drop"}, {"action": "set", "field": "nosuch"}, {"action": "set", "field": "issued"}, {"value": ""},
     {"action": "mend", "field": "missing-doi"}, {"action": "set", "field": "type", "value": "spoon"}],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_the_form(editor, opened, changed):
    answer = post(editor, "/bulk/preview", {**REPORTS, **changed})
    assert answer.status_code == 400
    assert opened(answer).one("[role=alert]")


def test_too_many_are_refused(editor, opened, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 10)
    answer = post(editor, "/bulk/preview", REPORTS)
    assert (answer.status_code, "At most 10" in opened(answer).text()) == (400, True)


def test_selected_records_and_my_list_can_be_edited(editor, opened):
    page = opened(editor.get("/bulk?id=ED100001&id=ED100002&id=%3Cb%3E"))
    assert page.text("h1") == "Edit 2 records"
    assert [one["value"] for one in page.all("main input[name=id]")] == ["ED100001", "ED100002"]
    post(editor, "/list/add", {"id": ["ED100001", "ED100004", "ED100005"]})
    assert opened(editor.get("/bulk?from=list")).text("h1") == "Edit 3 records"
    given = {**REPORTS, "search": "", "from": "list"}
    assert opened(post(editor, "/bulk/preview", given)).texts(".tally dd")[0] == "3"


def test_only_editors_with_a_token_may(app, library, editor):
    reader = app.test_client()
    assert post(reader, "/bulk/preview", REPORTS).status_code == 403
    assert reader.get("/bulk").status_code == 302
    assert editor.post("/bulk/preview", data=REPORTS, headers={"Origin": "http://127.0.0.1:8000"}).status_code == 403
    sign_in(reader, library, "reader", "Ray")
    assert post(reader, "/bulk/apply", {"preview": "0" * 32}).status_code == 403


def test_hostile_values_are_text(editor, library, opened):
    for text in list(vectors())[:40]:
        given = {**REPORTS, "action": "replace", "field": "title", "value": "Report", "new": text}
        page = opened(post(editor, "/bulk/preview", given))
        assert not page.all("main script, main img, main iframe, main svg[onload]")
        assert not re.search(r"<(?:script|img)[^>]*>", page.one("main").decode().replace("<svg", ""))


def test_a_value_does_not_turn_the_sentence_round(editor, library, opened):
    page = opened(post(editor, "/bulk/preview", {**REPORTS, "value": "\u202eTables\u2067"}))
    assert page.text("h1") == "Add “Tables” to Keywords?"
    address, _ = applied(opened, editor, page)
    assert "\u202e" not in opened(editor.get(address)).text(".lede")
    assert "\u202eTables\u2067" in library.store.get("ED100000").record.keywords


@pytest.mark.parametrize("name", ["value", "new"])
def test_a_value_that_is_too_long_is_refused_and_not_cut(editor, opened, name):
    given = {**REPORTS, "action": "replace", "field": "title", "value": "Report", "new": "Account", name: "a" * 20_001}
    answer = post(editor, "/bulk/preview", given)
    assert answer.status_code == 400
    assert "A value can have 20,000 characters here." in opened(answer).text()


def test_an_interrupted_run_goes_on(editor, library, opened):
    page = opened(post(editor, "/bulk/preview", REPORTS))
    place = page.one("input[name=preview]")["value"]
    run = bulk_jobs_begun(library, place)
    report = opened(editor.get(f"/bulk/{run}"))
    assert "It was interrupted" in report.text()
    assert post(editor, f"/bulk/{run}/continue").status_code == 303
    assert wait(editor, f"/bulk/{run}")["counts"] == {"changed": 30}
    assert post(editor, f"/bulk/{run}/continue").status_code == 409
    assert all(len(library.store.history(f"ED1000{n:02d}")) == 2 for n in range(30))


def bulk_jobs_begun(library, place):
    """A run that a dead process left when it had done some of it; its number."""
    folder = library.folder / bulk_jobs.FOLDER
    [path] = [one for one in folder.iterdir() if one.name == place]
    run = library.store.start_run(bulk.COMMAND, {"who": "Ann"})
    path = path.rename(folder / f"run-{run}.json")
    kept = bulk_jobs._kept(library, run)
    some = dict(list(kept.seen.items())[:12])
    assert len(list(bulk.apply(library, some, kept.read(), who="Ann", run=run).outcomes)) == 12
    return run
