"""Where a source says today what an editor did not choose: told until it is settled, and never followed by itself."""

import pytest

from litbase.errors import BadInput, Conflict
from litbase.library.disputes import KEEP, TAKE, disputes, settle
from litbase.library.editing import edit
from litbase.library.reading import add
from litbase.library.undoing import undo
from tests.library.small import small_library

ENTRY = "@article{roe2001, title={Squares}, author={Roe, Ann}, year={2001}, volume={%s}, doi={10.5555/squares}}\n"


@pytest.fixture
def library(tmp_path):
    made = small_library(tmp_path / "library", ())
    yield made
    made.close()


@pytest.fixture
def read(library, tmp_path):
    """read(volume): the file is added, in which the volume is so; the id of its record."""

    def again(volume):
        path = tmp_path / "roe.bib"
        path.write_text(ENTRY % volume, "utf-8")
        [found] = add(library, [str(path)])
        return found.id

    return again


@pytest.fixture
def disputed(library, read):
    """The id of a record of which Ann decided the volume before its source said another."""
    id = read("1")
    edit(library, id, {"volume": "2"}, who="Ann", why="as printed")
    assert disputes(library, id) == ()
    assert read("3") == id
    return id


def volume(library, id):
    return library.store.get(id).record.volume


def test_a_source_read_again_does_not_override_an_editor_and_is_told(library, read, disputed):
    assert volume(library, disputed) == "2"
    [one] = disputes(library, disputed)
    assert (one.field, one.source, one.theirs, one.ours, one.who, one.why) == (
        "volume", "BibTeX file", "3", "2", "Ann", "as printed",
    )  # fmt: skip
    read("2")  # what she chose
    assert disputes(library, disputed) == ()


def test_kept_it_stands_until_the_source_says_something_new(library, read, disputed):
    settle(library, disputed, "volume", KEEP, who="Ben", version=library.store.get(disputed).version)
    assert disputes(library, disputed) == ()
    assert volume(library, disputed) == "2"
    read("4")
    assert [one.theirs for one in disputes(library, disputed)] == ["4"]
    undo(library, disputed, who="Ben")
    assert [(one.who, one.theirs) for one in disputes(library, disputed)] == [("Ann", "4")]


def test_given_back_the_source_speaks(library, read, disputed):
    settle(library, disputed, "volume", TAKE, who="Ben")
    assert volume(library, disputed) == "3"
    read("5")
    assert volume(library, disputed) == "5"
    undo(library, disputed, who="Ben")
    assert volume(library, disputed) == "2"


def test_a_person_who_saw_an_older_version_settles_nothing(library, disputed):
    with pytest.raises(Conflict):
        settle(library, disputed, "volume", TAKE, who="Ben", version=1)
    assert volume(library, disputed) == "2"


@pytest.mark.parametrize(("field", "verb"), [("title", KEEP), ("", TAKE), ("volume", "toss")])
def test_what_is_no_dispute_is_refused(library, disputed, field, verb):
    with pytest.raises(BadInput):
        settle(library, disputed, field, verb, who="Ben")
