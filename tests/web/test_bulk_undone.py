"""A bulk edit is undone as a whole: not while it is being done, and what of it was never done is not done later."""

import time

from click.testing import CliRunner

from litbase.cli import main
from litbase.index.lock import locked
from litbase.library import bulk_jobs, importing
from tests.web.conftest import post
from tests.web.test_bulk import REPORTS, bulk_jobs_begun, wait
from tests.web.test_bulk import app as app
from tests.web.test_bulk import editor as editor
from tests.web.test_bulk import library as library


def begun(editor, library, opened):
    """A run that a dead process left after 12 of 30 records."""
    page = opened(post(editor, "/bulk/preview", REPORTS))
    return bulk_jobs_begun(library, page.one("input[name=preview]")["value"])


def undone(editor, library, run):
    answer = post(editor, "/import/undo", {"run": str(run)})
    assert answer.status_code == 303
    nr = int(answer.headers["Location"].rpartition("/")[2])
    until = time.monotonic() + 60
    while importing.state_of(library, importing.get(library, nr)) == "undoing":
        assert time.monotonic() < until
        time.sleep(0.01)
    return nr


def changed(library):
    return sum(REPORTS["value"] in stored.record.keywords for stored in library.store.scan("", 100))


def test_a_run_that_is_being_done_is_not_undone(editor, library, opened):
    run = begun(editor, library, opened)
    with locked(bulk_jobs._lock(library, run)):
        answer = post(editor, "/import/undo", {"run": str(run)})
        assert answer.status_code == 409
        assert f"Run {run} is being done at this moment" in opened(answer).text()
        told = CliRunner().invoke(main, ["--library", str(library.folder), "undo", "--run", str(run)])
        assert (told.exit_code, changed(library)) == (1, 12)
    undone(editor, library, run)
    assert changed(library) == 0


def test_an_interrupted_run_that_was_undone_does_not_go_on(editor, library, opened):
    run = begun(editor, library, opened)
    undone(editor, library, run)
    report = opened(editor.get(f"/bulk/{run}"))
    assert f"Run {run + 1} has undone this." in report.text()
    assert "Go on" not in report.text()
    assert "Undo all of it" not in report.text()
    assert report.link(f"What is left of run {run}") == f"/import/run/{run}"
    answer = post(editor, f"/bulk/{run}/continue")
    assert answer.status_code == 409
    assert f"Run {run + 1} has undone run {run}" in opened(answer).text()
    assert changed(library) == 0


def test_one_that_was_undone_while_it_was_asked_to_go_on_does_nothing(editor, library, opened):
    run = begun(editor, library, opened)
    again = bulk_jobs._Work(library, run, bulk_jobs._kept(library, run), "Ann", "")  # it was asked before
    undone(editor, library, run)
    bulk_jobs._start(again)
    until = time.monotonic() + 60
    while bulk_jobs.is_held(bulk_jobs._lock(library, run)):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert changed(library) == 0
    with bulk_jobs.at_rest(library, run):
        assert bulk_jobs.is_held(bulk_jobs._lock(library, run))
    assert not bulk_jobs.is_held(bulk_jobs._lock(library, run))


def test_one_that_was_brought_back_goes_on(editor, library, opened):
    run = begun(editor, library, opened)
    undone(editor, library, run)
    undone(editor, library, run + 1)
    assert changed(library) == 12
    assert "Go on" in opened(editor.get(f"/bulk/{run}")).text()
    assert post(editor, f"/bulk/{run}/continue").status_code == 303
    assert wait(editor, f"/bulk/{run}")["state"] == "done"
    assert changed(library) == 30


def test_it_is_named_where_it_shows_by_the_number_of_its_run(editor, app, library, opened):
    run = begun(editor, library, opened)
    nr = undone(editor, library, run)
    [id, *_] = [stored.id for stored in library.store.scan("", 100) if len(library.store.history(stored.id)) == 3]
    page = opened(editor.get(f"/record/{id}/history"))
    assert f"Taken back by run {run + 1}" in page.text()
    assert f"“run {run} undone”" in page.text()
    assert page.link(f"run {run + 1}") == f"/import/run/{run + 1}"
    assert opened(editor.get(f"/import/{nr}")).link(f"Run {run}") == f"/import/run/{run}"
    for_readers = opened(app.test_client().get(f"/record/{id}/history"))
    assert f"Taken back by run {run + 1}" in for_readers.text()
    assert not for_readers.all("a[href^='/import']")
