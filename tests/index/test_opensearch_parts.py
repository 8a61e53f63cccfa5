"""Parts of the OpenSearch engine that need no server: chains of words, letters that are words, opening and sweeping."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from litbase.fields import index_document
from litbase.index import Mark
from litbase.index.opensearch.commit import STAMP, State, _open, sweep
from litbase.index.opensearch.compile import compiled
from litbase.index.opensearch.schema import document
from litbase.index.opensearch.search import _counting, _has, _listing
from litbase.query.request import FacetRequest, SearchRequest, Visible
from litbase.query.tree import Term
from litbase.record.record import Record


@pytest.mark.parametrize(
    ("text", "distance", "found"),
    [("a b c", 1, True), ("a b x c", 1, False), ("a x b x c", 2, True), ("c b a", 1, True), ("b a c", 1, False),
     ("a x x b b c", 2, False), ("a b b c", 2, True), ("a b", 5, False)],
)  # fmt: skip
def test_a_chain_of_words(text, distance, found):
    words = [{word} for word in text.split()]
    assert _has([{"a"}, {"b"}, {"c"}], distance, words) is found


def test_a_chain_in_a_very_long_text_is_soon_decided():
    words = [{word} for word in ("a", "b") * 100_000]
    begun = time.perf_counter()
    assert not _has([{"a"}, {"b"}, {"c"}], 99, words)
    assert _has([{"a"}, {"b"}, {"a"}], 99, words)
    assert time.perf_counter() - begun < 5


def test_a_letter_that_folds_into_several_words_is_found_by_itself():
    letter = "\ufdfa"
    (sent,) = document(index_document(Record(id="x", title=letter)))["title"]["w"]
    asked = compiled(Term("title", letter, exact=True), {})
    assert asked["term"]["title.w"]["value"] in sent.split()


class Named:
    """A wire that lists *indexes* and notes what is asked."""

    def __init__(self, name, indexes):
        self.address, self.indexes, self.asked = self, indexes, []
        self.name, self.replicas = name, 1

    def call(self, method, path, *_, **__):
        self.asked.append(f"{method} {path}")
        return {index: {} for index in self.indexes}


def test_only_old_indexes_of_this_library_are_swept():
    old, new = ((datetime.now(UTC) - timedelta(days=n)).strftime(STAMP) for n in (3, 0))
    theirs = [f"lib-2-{old}", f"lib-2nd-{old}", f"lib-2-{new}"]
    wire = Named("lib", [f"lib-{old}", f"lib-{new}", *theirs])
    sweep(wire, State(f"lib-{new}", Mark("s", "e", 1), "made"))
    assert [one for one in wire.asked if one.startswith("DELETE")] == [f"DELETE /lib-{old}"]


def test_an_index_is_written_out_before_it_is_copied_and_copied_before_it_is_named():
    wire = Named("lib", [])
    _open(wire, "lib-1")
    assert wire.asked == ["POST /lib-1/_flush", "PUT /lib-1/_settings", "POST /_aliases"]


def test_another_page_and_another_order_ask_for_the_same_counts() -> None:
    query = {"match_all": {}}
    one = SearchRequest(facets=(FacetRequest("descriptor"),), limit=20)
    others = [replace(one, offset=20), replace(one, sort="newest"), replace(one, limit=50)]
    assert _listing(others[1], query) != _listing(one, query)
    assert all(json.dumps(_counting(other, query, 1)) == json.dumps(_counting(one, query, 1)) for other in others)
    assert _counting(replace(one, visible=Visible(cited=True)), query, 1) != _counting(one, query, 1)
