"""Counts on the cluster: exact with the first answer, and remembered by the nodes until something changes."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from litbase.fields import index_document
from litbase.index import Mark
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.index.opensearch.wire import Wire
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Term
from litbase.record.record import Name, Record
from tests.cluster.cluster import Cluster

pytestmark = [pytest.mark.cluster, pytest.mark.server]
BATCHES, BATCH, LISTED = 12, 60, 3
ASKED = SearchRequest(
    Term("title", "learning"), facets=(FacetRequest("author", LISTED), FacetRequest("descriptor", LISTED))
)


@pytest.fixture
def engine(cluster: Cluster, named: Callable[[], str]) -> Iterator[OpenSearchEngine]:
    """One part in a dozen segments, in each of which another author is the most frequent."""
    made = OpenSearchEngine(parse(named().replace("shards=2", "shards=1")))
    for batch in range(BATCHES):
        some = [
            index_document(
                Record(
                    id=f"d{batch:02}-{n:02}",
                    title="Learning to count",
                    author=(Name(family=f"Author {(batch * 7 + n * n) % 41}"),),
                    descriptors=(f"Subject {(n + batch) % 23}",),
                )
            )
            for n in range(BATCH)
        ]
        made.write(some, (), Mark("s", "e", batch + 1))
    yield made
    made.close()


@pytest.fixture
def by_several(cluster: Cluster) -> Iterator[None]:
    """Nodes that let several threads search one part, as those of 3.x do."""
    names = {"search.concurrent_segment_search.mode": "all", "search.concurrent.max_slice_count": 4}
    cluster.call("PUT", "/_cluster/settings", {"persistent": names})
    yield
    cluster.call("PUT", "/_cluster/settings", {"persistent": dict.fromkeys(names)})


@pytest.mark.usefixtures("by_several")
def test_facets_of_one_part_are_exact_with_the_first_answer(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    call = Wire.call

    def heard(wire: Wire, method: str, path: str, *more: Any, **others: Any) -> Any:
        asked.append(path.rpartition("/")[2])
        return call(wire, method, path, *more, **others)

    monkeypatch.setattr(Wire, "call", heard)
    found = engine.search(ASKED)
    assert asked == ["_search", "_search"]  # hits, and counts
    every = Counter(f"Author {(batch * 7 + n * n) % 41}" for batch in range(BATCHES) for n in range(BATCH))
    assert found.total == BATCHES * BATCH
    assert found.facets["author"].total == len(every)
    assert [count for _, count in found.facets["author"].values] == sorted(every.values(), reverse=True)[:LISTED]
    assert all(every[name] == count for name, count in found.facets["author"].values)


def test_counts_are_remembered_for_another_page_until_something_changes(
    cluster: Cluster, engine: OpenSearchEngine
) -> None:
    def hits() -> int:
        stats = cluster.call("GET", "/_stats/request_cache")["_all"]["total"]["request_cache"]
        return int(stats["hit_count"])

    for turn in range(3):  # so that each copy has answered
        engine.search(replace(ASKED, offset=turn * 10))
    before = hits()
    assert engine.search(replace(ASKED, offset=40)).total == BATCHES * BATCH
    assert engine.search(replace(ASKED, sort="title")).total == BATCHES * BATCH
    assert hits() > before
    engine.write([index_document(Record(id="new", title="Learning more"))], (), Mark("s", "e", BATCHES + 1))
    assert engine.search(ASKED).total == BATCHES * BATCH + 1
