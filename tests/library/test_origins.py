"""The source text of a record: its own lines, none of its neighbours'."""

import json

import pytest

from litbase.library import open_library
from litbase.library.origins import LINES, source_text
from litbase.library.reading import add
from litbase.settings import Settings

BIB = "@book{one,\n title = {Towns of One},\n year = 2001\n}\n\n@book{two,\n title = {Towns of Two},\n year = 2002\n}\n"
ERIC = [{"id": f"EJ700000{n}", "title": f"Towns of {n}", "author": ["Roe, Ann"]} for n in (1, 2, 3)]


def texts(folder, name, content, **settings):
    """The source text of each record of a file, by its title."""
    (folder / name).write_text(content, encoding="utf-8")
    library = open_library(folder / "library", Settings(**settings), create=True)
    for _ in add(library, [str(folder / name)], who="tester"):
        pass
    found = {}
    for stored in library.store.scan(limit=500):
        [reading] = library.store.readings(stored.id)
        found[stored.record.title] = source_text(library, reading)
    library.close()
    return found


def test_the_lines_end_where_the_next_record_begins(tmp_path):
    found = texts(tmp_path, "towns.bib", BIB)
    assert [number for number, _ in found["Towns of One"].lines] == [1, 2, 3, 4]
    assert found["Towns of Two"].lines[0] == (6, "@book{two,")
    assert "Two" not in str(found["Towns of One"].lines)


@pytest.mark.parametrize("indent", [None, 1])
def test_of_a_list_the_item_is_shown(tmp_path, indent):
    found = texts(tmp_path, "answer.json", json.dumps({"response": {"numFound": 3, "docs": ERIC}}, indent=indent))
    for n in (1, 2, 3):
        said = "\n".join(text for _, text in found[f"Towns of {n}"].lines)
        assert f"Towns of {n}" in said
        assert not any(f"Towns of {other}" in said for other in {1, 2, 3} - {n})


def test_a_very_long_record_is_cut(tmp_path):
    long = BIB.replace(" year = 2001\n", "".join(f" x{n} = {{y}},\n" for n in range(2 * LINES)) + " year = 2001\n")
    found = texts(tmp_path, "towns.bib", long)["Towns of One"]
    assert (len(found.lines), found.left) == (LINES, LINES + 4)


@pytest.mark.parametrize(("rule", "why"), [("none", "right"), ("snippet", "")])
def test_the_right_of_the_source_is_kept(tmp_path, rule, why):
    long = BIB.replace("Towns of One", "Towns of One " + "and more " * 100)
    found = texts(tmp_path, "towns.bib", long, display={"bibtex": rule})
    for one in found.values():
        assert one.why == why
        assert sum(len(text) for _, text in one.lines) <= (300 if rule == "snippet" else 0)
