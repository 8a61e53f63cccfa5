"""What the audit log says of a run that is taken back on the page of imports: nobody is said to have sent files."""

import time
from pathlib import Path

from litbase.library import importing, open_library, uploads
from litbase.library.reading import take
from litbase.record.reading import Document
from litbase.settings import Settings

ENTRY = "@article{roe, author = {Roe, Ann}, title = {Boats}, journal = {J}, year = {2001}}\n"


def test_a_run_that_is_taken_back_is_no_import_that_was_begun(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", Settings(), create=True)
    list(take(library, [Document.from_text(ENTRY, "roe.bib")], "add", {"who": "Ann"}, who="Ann"))
    nr = importing.undo_other(library, 1, "Ben")
    until = time.monotonic() + 60
    while uploads.is_worked_on(library, nr):
        assert time.monotonic() < until
        time.sleep(0.01)
    done = [(row.who, row.action, row.subject) for row in reversed(library.store.audit.page(20, who="Ben"))]
    library.close()
    assert done[:2] == [("Ben", "import-undoing", f"import {nr}"), ("Ben", "run-started", "2")]
    assert "import-begun" not in [action for _, action, _ in done]
