"""/cite/<key>: every key a record ever had leads to it, whatever became of the record."""

import pytest

from litbase.library import bring_level
from litbase.web import create_app
from tests.library.small import COMMUNITIES, OPINION, PRACTICE, small_library


@pytest.fixture
def library(tmp_path):
    made = small_library(tmp_path / "library", (COMMUNITIES, OPINION, PRACTICE))
    yield made
    made.close()


def leads(library, key):
    answer = create_app(library).test_client().get(f"/cite/{key}")
    return answer.status_code, answer.headers.get("Location", "").rsplit("/", 1)[-1]


def test_old_and_new_keys_lead_to_the_record_in_any_case(library):
    id = library.store.resolve_key("mehta2019international")
    library.store.edit(id, {"citation_key": "Mehta:2019/x"}, "ann")
    for key in ("mehta2019international", "MEHTA2019International", "Mehta:2019/x", "mehta:2019/X"):
        assert leads(library, key) == (302, id)
    assert leads(library, "nobody1900")[0] == 404


def test_the_keys_of_a_merged_record_lead_to_the_other_and_back(library):
    id, other = (library.store.resolve_key(key) for key in ("mehta2019international", "peterson2016international"))
    library.store.merge(other, id, "ann")
    assert bring_level(library)
    assert leads(library, "peterson2016international") == (302, id)
    library.store.unmerge(other, "ann")
    assert leads(library, "peterson2016international") == (302, other)
