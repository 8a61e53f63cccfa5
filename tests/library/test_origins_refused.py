"""The source text of a record in a document of which something was refused: still its own lines, and no others."""

from pathlib import Path

import pytest

from litbase.library import open_library
from litbase.library.origins import source_text
from litbase.library.reading import take
from litbase.record.reading import Document
from litbase.settings import Settings

ROWS = {
    "BibTeX": "@article{, =}\n\n@book{one,\n title = {One Town},\n year = 2001\n}\n\n"
    "@book{two, title = {Two Towns}}\n\n@book{three, title = {Three Towns}}\n",
    "RIS": "TY  - JOUR\nER  - \n\nTY  - BOOK\nTI  - One Town\nER  - \n\nTY  - BOOK\nTI  - Two Towns\nER  - \n\n"
    "TY  - BOOK\nTI  - Three Towns\nER  - \n",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS)
def test_what_was_refused_before_it_adds_no_lines_of_others(tmp_path: Path, text: str) -> None:
    library = open_library(tmp_path / "library", Settings(), create=True)
    entries = list(take(library, [Document.from_text(text, "towns.txt")], "add", {}, who="Ann"))
    assert [entry.status for entry in entries] == ["refused", "new", "new", "new"]
    for entry in entries[1:]:
        shown = "\n".join(line for _, line in source_text(library, library.store.readings(entry.id)[0]).lines)
        assert entry.title in shown
        assert not any(other.title in shown for other in entries[1:] if other is not entry)
    library.close()
