"""The main job on each database: references go in, are found, exported and edited; a re-run changes nothing."""

from collections import Counter
from pathlib import Path

from litbase.library import bring_level, open_library
from litbase.library.editing import edit, parse_assignments
from litbase.library.exporting import export
from litbase.library.finding import search
from litbase.library.reading import add
from litbase.paths import shipped
from litbase.query.state import SearchState
from litbase.settings import Settings


def test_the_whole_path_works(url: str, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", Settings(store=url), create=True)
    references = [str(shipped("references"))]
    assert set(Counter(e.status for e in add(library, references, dry_run=True))) == {"new"}
    assert library.store.count() == 0
    added = Counter(e.status for e in add(library, references))
    assert set(added) == {"new"}
    assert set(Counter(e.status for e in add(library, references))) == {"same"}
    edit(library, "EJ1223055", parse_assignments(["volume=21"]), who="Eve", why="a test")
    assert bring_level(library)
    everything = SearchState.from_args([])[0]
    assert search(library, everything).total == added["new"] == library.store.count()
    text = "".join(export(library, everything.with_q("id:EJ1223055"), "bibtex"))
    assert "volume = {21}" in text
    library.close()
