"""The cluster that all tests of a process share, started when the first of them asks for it."""

from collections.abc import Iterator

import pytest

from tests.cluster.cluster import Cluster, missing


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes; who kills or freezes one says `cluster.restore()` afterwards, whatever happened."""
    if reason := missing():
        pytest.skip(reason)
    started = Cluster.start(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()
