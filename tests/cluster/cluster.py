"""A real OpenSearch cluster for tests: one process a node, from the jars of Maven Central, on loopback.

The nodes are one group of processes led by a shell that waits for its input to end, so that they go when the tests go,
however that happens.
"""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final

from tests.cluster.jars import BUILD as BUILD
from tests.cluster.jars import HEAP as HEAP
from tests.cluster.jars import JAVA, VERSION, ClusterError, made
from tests.cluster.jars import missing as missing

READY: Final = 180  # seconds
MENDED: Final = 12  # seconds in which nodes that were killed or frozen are a whole cluster again by themselves
SETTINGS: Final = {
    "cluster.name": "litbase-tests",
    "network.host": "127.0.0.1",
    "node.processors": "2",
    "action.auto_create_index": "false",
    "action.destructive_requires_name": "true",
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk of the developer's is not our affair
    "cluster.routing.allocation.node_initial_primaries_recoveries": "20",
    "cluster.routing.allocation.node_concurrent_recoveries": "20",
    # A node is found, chosen and missed sooner than by default, but not for being slow on a busy machine.
    "discovery.find_peers_interval": "200ms",
    "discovery.initial_state_timeout": "0s",
    "cluster.election.initial_timeout": "200ms",
    "cluster.fault_detection.follower_check.interval": "500ms",
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.follower_check.retry_count": "3",
    "cluster.fault_detection.leader_check.interval": "500ms",
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.fault_detection.leader_check.retry_count": "3",
    "cluster.publish.timeout": "3s",
    "cluster.follower_lag.timeout": "3s",
}


def prepare(version: str = VERSION) -> list[str]:
    """What is said to Java for a node of *version*, all of which is there then."""
    return made(version, _archive)


def _archive(archive: Path, options: list[str]) -> None:
    """Runs a node that does a little of everything, and writes what it loaded into *archive* when it ends."""
    keeping = [f"-XX:ArchiveClassesAtExit={archive}", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
    one = Cluster(archive.parent / "once", [*keeping, *options], nodes=1)
    try:
        one.start_node(0)
        one.wait()
        one.call("PUT", "/some", {"settings": {"number_of_replicas": 0}})
        one.call("PUT", "/some/_doc/1?refresh=true", {"title": "a few words", "year": 2019})
        one.call("POST", "/some/_search", {"query": {"match": {"title": "words"}}, "sort": ["year"]})
        one.end_node(0)
    finally:
        one.stop()
        shutil.rmtree(one.folder, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """*count* ports of loopback that nobody listens on just now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Cluster:
    """Nodes 0, 1, 2 ... of one cluster; `urls` are theirs, in order."""

    def __init__(self, folder: Path, options: list[str], nodes: int, settings: Mapping[str, str] | None = None) -> None:
        ports = free_ports(2 * nodes)
        self.folder = folder
        self.ports, self._inner = ports[:nodes], ports[nodes:]
        self.urls = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.options = options
        self.java = JAVA
        self.tls: ssl.SSLContext | None = None
        self._settings = settings or {}
        self._frozen: set[int] = set()
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        # Reads until its input ends, which it does with this process, and then kills its group, frozen ones too.
        self._guard = subprocess.Popen(
            ["sh", "-c", "cat >/dev/null; kill -KILL 0"], stdin=subprocess.PIPE, process_group=0
        )

    @classmethod
    def start(cls, folder: Path, nodes: int = 3) -> "Cluster":
        """A cluster whose nodes have found each other.  Raises ClusterError with the end of a node's log."""
        cluster = cls(folder, prepare(), nodes)
        try:
            for n in range(nodes):
                cluster.start_node(n)
            cluster.wait()
        except BaseException:
            cluster.stop()
            raise
        return cluster

    @property
    def address(self) -> str:
        """The nodes as LITBASE_INDEX names them, up to the name of the index: opensearch://h1:1,h2:2/"""
        return f"opensearch://{','.join(f'127.0.0.1:{port}' for port in self.ports)}/"

    @property
    def alive(self) -> list[int]:
        """The nodes that run and are not frozen."""
        return [n for n, process in self._processes.items() if process.poll() is None and n not in self._frozen]

    def kill(self, n: int) -> None:
        """Node *n* is gone at once, as by a power cut; its data stays."""
        process = self._processes.pop(n)
        self._frozen.discard(n)
        process.kill()
        process.wait()

    def end_node(self, n: int) -> None:
        """Node *n* says goodbye and ends."""
        self._processes[n].terminate()
        self._processes.pop(n).wait(60)

    def freeze(self, n: int) -> None:
        """Node *n* keeps its connections and answers nothing."""
        self._processes[n].send_signal(signal.SIGSTOP)
        self._frozen.add(n)

    def thaw(self, n: int) -> None:
        """Node *n* goes on where it was frozen."""
        self._processes[n].send_signal(signal.SIGCONT)
        self._frozen.discard(n)

    def start_node(self, n: int) -> None:
        """Node *n*, anew with the data that it had; `wait` for it to have joined."""
        home = self._home(n)
        (home / "config").mkdir(parents=True, exist_ok=True)
        (home / "tmp").mkdir(exist_ok=True)
        names = ",".join(f"node-{one}" for one in range(len(self.ports)))
        settings = {
            **SETTINGS,
            **self._settings,
            "node.name": f"node-{n}",
            "path.home": str(home),
            "path.repo": str(self.folder / "snapshots"),
            "http.port": str(self.ports[n]),
            "transport.port": str(self._inner[n]),
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self._inner),
            "cluster.initial_cluster_manager_nodes": names,
        }
        asked = [f"{name}={value}" for name, value in settings.items()]
        jvm = [self.java, f"-Djava.io.tmpdir={home / 'tmp'}", *self.options]
        with (home / "log").open("ab") as log:
            self._processes[n] = subprocess.Popen(
                [*jvm, "Node", *asked],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=self._guard.pid,
            )

    def restore(self) -> None:
        """All nodes run and have found each other again, whatever a test did to them."""
        for n in sorted(self._frozen):
            self.thaw(n)
        for n in range(len(self.ports)):
            if n not in self.alive:
                self._processes.pop(n, None)
                self.start_node(n)
        try:
            self.wait(seconds=MENDED)
        except ClusterError:  # a part chosen as primary in such a loss may wait half an hour before it takes anything
            for n in self.alive:
                self.kill(n)
            for n in range(len(self.ports)):
                self.start_node(n)
            self.wait()

    def wait(self, nodes: int | None = None, status: str = "green", seconds: float = READY) -> None:
        """Back when *nodes* nodes (all that are alive) are a cluster of at least *status*.

        Raises ClusterError when they are not after *seconds*, or when a node ended by itself.
        """
        wanted = len(self.alive) if nodes is None else nodes
        until = time.monotonic() + seconds
        while not self._agree(wanted, status):
            ended = [n for n, process in self._processes.items() if process.poll() is not None]
            if ended or time.monotonic() > until:
                logs = "\n".join(map(self.log, ended or self._processes))
                raise ClusterError(f"there is no cluster of {wanted} nodes that is {status}\n{logs}")
            time.sleep(0.1)

    def _agree(self, nodes: int, status: str) -> bool:
        """Whether each node that is alive says so, and all name the same cluster manager: one just thawed may not."""
        path = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=1s&cluster_manager_timeout=1s"
        try:
            if any(self.call("GET", path, node=n)["timed_out"] for n in self.alive):
                return False
            managers = {
                self.call("GET", "/_cluster/state/master_node?local=true", node=n)["master_node"] for n in self.alive
            }
            return len(managers) == 1 and None not in managers
        except (OSError, HTTPException, ClusterError):
            return False

    def call(self, method: str, path: str, body: Any = None, node: int | None = None, seconds: float = 30) -> Any:
        """What node *node* (the first that is alive) answers, from JSON.

        Raises ClusterError for a status of 400 and more, OSError or HTTPException when there is no answer.
        """
        port = self.ports[self.alive[0] if node is None else node]
        connection = (
            HTTPSConnection("127.0.0.1", port, timeout=seconds, context=self.tls)
            if self.tls
            else HTTPConnection("127.0.0.1", port, timeout=seconds)
        )
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise ClusterError(f"{method} {path}: {answer.status} {text.decode()[:1000]}")
        return json.loads(text) if text else None

    def log(self, n: int) -> str:
        """The last lines that node *n* wrote."""
        path = self._home(n) / "log"
        lines = path.read_text(errors="replace").splitlines() if path.is_file() else []
        return "\n".join([f"--- node {n}", *lines[-40:]])

    def stop(self) -> None:
        """No node runs any more; the data stays."""
        os.killpg(self._guard.pid, signal.SIGKILL)
        for process in (self._guard, *self._processes.values()):
            process.wait()
        if self._guard.stdin:
            self._guard.stdin.close()
        self._processes.clear()
        self._frozen.clear()

    def _home(self, n: int) -> Path:
        return self.folder / f"node-{n}"


def timed(of: Callable[[], object]) -> float:
    """The seconds that *of* takes."""
    began = time.perf_counter()
    of()
    return time.perf_counter() - began
