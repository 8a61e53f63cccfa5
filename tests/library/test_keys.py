"""Citation keys by another pattern: new records only, until they are renewed."""

from litbase.library import open_library
from litbase.library.keys import keys, renew
from litbase.library.undoing import undo_run
from litbase.query.state import SearchState
from litbase.settings import Settings
from tests.library.small import COMMUNITIES, OPINION, PRACTICE, small_library


def test_keys_are_renewed_on_request_and_the_old_ones_stay(tmp_path):
    small_library(tmp_path / "library", (COMMUNITIES, OPINION, PRACTICE)).close()
    library = open_library(tmp_path / "library", Settings(key_pattern="{Families:2}-{year}"))
    assert {(key.key, key.wanted) for key in keys(library)} == {
        ("mehta2019international", "MehtaPeterson-2019"),
        ("peterson2016international", "PetersonMehta-2016"),
        ("ozgur2001practice", "Ozgur-2001"),
    }
    run, renewed = renew(library, SearchState.from_args([("q", "author:mehta")])[0], who="ann")
    assert {change.key for change in renewed} == {"MehtaPeterson-2019", "PetersonMehta-2016"}
    for change in renewed:
        assert library.store.resolve_key(change.before) == library.store.resolve_key(change.key) == change.id
    assert [key.key for key in keys(library) if key.wanted] == ["ozgur2001practice"]
    assert renew(library, SearchState.from_args([("q", "author:mehta")])[0], who="ann")[1] == []
    list(undo_run(library, run, who="ann").outcomes)
    assert len([key for key in keys(library) if key.wanted]) == 3
    library.close()
