"""Engines on the cluster, each with an index of its own that is gone after the test."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from tests.cluster.cluster import Cluster

_numbers = count(1)


def drop(cluster: Cluster, name: str) -> None:
    """Let no index remain of the engine *name*."""
    for index in cluster.call("GET", f"/{name}-*"):
        cluster.call("DELETE", f"/{index}")


@pytest.fixture
def named(cluster: Cluster) -> Iterator[Callable[[], str]]:
    """Gives the address of a new index each time it is asked."""
    names: list[str] = []

    def address() -> str:
        names.append(f"t{next(_numbers)}")
        return f"{cluster.address}{names[-1]}?shards=2&timeout=5"

    yield address
    cluster.restore()
    for name in names:
        drop(cluster, name)


@pytest.fixture
def on_cluster(named: Callable[[], str]) -> Iterator[OpenSearchEngine]:
    """An engine without an index."""
    made = OpenSearchEngine(parse(named()))
    yield made
    made.close()
