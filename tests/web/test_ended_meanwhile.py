"""Work that ends while somebody asks how far it is has ended, and is not called interrupted."""

from msgspec.structs import replace

from litbase.library import bulk_jobs, importing, uploads
from tests.web.conftest import post
from tests.web.test_bulk import REPORTS, applied
from tests.web.test_bulk import app as app
from tests.web.test_bulk import editor as editor
from tests.web.test_bulk import library as library


def test_a_bulk_edit_that_has_just_ended_has_its_counts(editor, library, opened, monkeypatch):
    address, told = applied(opened, editor, opened(post(editor, "/bulk/preview", REPORTS)))
    run = int(address.rpartition("/")[2])
    ended = bulk_jobs._progress(library, run)
    begun = iter([bulk_jobs._Progress(), ended])
    monkeypatch.setattr(bulk_jobs, "_progress", lambda *_: next(begun))
    found = bulk_jobs.report(library, run)
    assert (found.state, found.counts, found.can_go_on) == ("done", told["counts"], False)
    monkeypatch.setattr(bulk_jobs, "_progress", lambda *_: bulk_jobs._Progress())
    assert bulk_jobs.report(library, run).state == "interrupted"


def test_an_import_that_has_just_been_read_is_read(library):
    nr = importing.begin(library, [("one.bib", b"@article{a, title = {Words}, year = {2001}}")], "Ann")
    while uploads.is_worked_on(library, nr):
        pass
    before = importing.get(library, nr)
    assert importing.state_of(library, replace(before, state="reading")) == "read"
