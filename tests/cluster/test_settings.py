"""The search settings of compose.yaml are settings of OpenSearch, and do what is said of them there."""

from pathlib import Path

import pytest
import yaml

from tests.cluster import cluster as launching
from tests.cluster.cluster import Cluster, ClusterError, missing

pytestmark = [pytest.mark.cluster, pytest.mark.server, pytest.mark.skipif(bool(missing()), reason=missing())]
COMPOSE = Path(__file__).parents[2] / "compose.yaml"
OURS = ("node.name", "network.host", "discovery.seed_hosts", "cluster.initial_cluster_manager_nodes")


def test_a_node_with_the_settings_of_the_composition_starts_and_makes_no_index_of_litbase_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["x-search"]["environment"]
    for name, value in environment.items():
        if "." in name and name not in OURS:
            monkeypatch.setitem(launching.SETTINGS, name, value)
    node = Cluster.start(tmp_path, nodes=1)
    try:
        node.call("PUT", "/other/_doc/1", {"n": 1})
        with pytest.raises(ClusterError, match="no such index"):
            node.call("PUT", "/litbase-20261127/_doc/1", {"n": 1})
        with pytest.raises(ClusterError, match="Wildcard"):
            node.call("DELETE", "/*")
    finally:
        node.stop()
