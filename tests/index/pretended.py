"""A server that answers as OpenSearch 2.19 does, as far as litbase asks it, and misbehaves on demand.

It keeps documents by id and finds all of them; the answers to trouble were recorded from a cluster of three nodes.
"""

import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]
Told = Callable[[str, str], Answer]
"""What answers a body and a query."""

Given = Answer | Told
ROOT = {
    "name": "n1",
    "cluster_name": "pretended",
    "version": {"distribution": "opensearch", "number": "2.19.1", "lucene_version": "9.12.1"},
    "tagline": "The OpenSearch Project: https://opensearch.org/",
}
FLOOD = (
    "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
    "index has read-only-allow-delete block];"
)


def failed(status: int, type: str, reason: str, **more: Any) -> Answer:
    """An error as OpenSearch tells it."""
    cause = {"type": type, "reason": reason}
    return status, {"error": {"root_cause": [cause], **cause, **more}, "status": status}


BUSY = failed(429, "rejected_execution_exception", "rejected execution of coordinating operation")
NO_MANAGER = failed(503, "cluster_manager_not_discovered_exception", None)  # type: ignore[arg-type]
BLOCKED = failed(429, "cluster_block_exception", FLOOD)
NO_SHARD = (503, {"error": {"root_cause": [], "type": "search_phase_execution_exception", "reason": "all shards failed",
                            "phase": "query", "grouped": True, "failed_shards": []}, "status": 503})  # fmt: skip
NOT_WHOLE = (503, {"error": {
    "root_cause": [], "type": "search_phase_execution_exception", "reason": "", "phase": "query", "grouped": True,
    "failed_shards": [], "caused_by": {
        "type": "search_phase_execution_exception", "phase": "query", "grouped": True, "failed_shards": [],
        "reason": "Search rejected due to missing shards [[x][0]]. Consider using `allow_partial_search_results`"
                  " setting to bypass this error."}}, "status": 503})  # fmt: skip
TOO_MANY = (400, {"error": {
    "root_cause": [{"type": "too_many_clauses", "reason": "too_many_clauses: maxClauseCount is set to 1024"}],
    "type": "search_phase_execution_exception", "reason": "all shards failed", "phase": "query", "grouped": True,
    "caused_by": {"type": "too_many_clauses", "reason": "too_many_clauses: maxClauseCount is set to 1024"}},
    "status": 400})  # fmt: skip
LOST_PLACE = (404, {"error": {
    "root_cause": [{"type": "search_context_missing_exception", "reason": "No search context found for id [14023]"}],
    "type": "search_phase_execution_exception", "reason": "all shards failed", "phase": "query", "grouped": True},
    "status": 404})  # fmt: skip


class Pretended:
    """The server: `address` is where it is; `say` makes it answer otherwise; `hang` lets it accept and say nothing."""

    def __init__(self, tls: ssl.SSLContext | None = None, port: int = 0):
        self.indexes: dict[str, dict[str, Any]] = {}
        self.seen: list[str] = []
        self.headers: list[str] = []
        self.connections: list[socket.socket] = []
        self.hang = False
        self.parts = 3
        self._rules: list[tuple[re.Pattern[str], list[Given]]] = []
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _speaker(self))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def address(self, told: str = "", name: str = "x", other: str = "") -> str:
        """Its address for settings, after *other* nodes."""
        return f"opensearch://{other}127.0.0.1:{self.port}/{name}{'?' * bool(told)}{told}"

    def say(self, pattern: str, *answers: Given) -> None:
        """Answer requests like "POST /x-1/_bulk" with *answers* in turn, the last again and again."""
        self._rules.insert(0, (re.compile(pattern), list(answers)))

    def recover(self) -> None:
        """Answer as usual again."""
        self._rules.clear()
        self.hang = False
        self._released.set()

    def stop(self) -> None:
        """Close the port."""
        self._released.set()
        self._server.shutdown()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    def answer(self, method: str, target: str, body: str) -> Answer:
        """What is answered to a request."""
        path, _, query = target.partition("?")
        if self.hang:
            self._released.wait(20)
        for pattern, answers in self._rules:
            if pattern.match(f"{method} {path}"):
                given = answers.pop(0) if len(answers) > 1 else answers[0]
                return given(body, query) if callable(given) else given
        for shape, usual in USUAL:
            if found := re.fullmatch(shape, f"{method} {path}"):
                return usual(self, body, *found.groups())
        return failed(400, "illegal_argument_exception", f"no handler found for {method} {path}?{query}")

    def lose(self, index: str) -> None:
        """Let somebody have deleted *index*."""
        del self.indexes[index]

    def alias(self, name: str) -> str:
        """The index that *name* stands for; "" for none."""
        return next((i for i, made in self.indexes.items() if name in (i, *made["aliases"])), "")


def _speaker(server: Pretended) -> type[BaseHTTPRequestHandler]:
    class Speaker(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            server.connections.append(self.connection)

        def speak(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            server.seen.append(f"{self.command} {self.path}")
            server.headers.append(str(self.headers))
            status, told = server.answer(self.command, self.path, body)
            text = told if isinstance(told, str) else json.dumps(told)
            kind = "text/html" if text.startswith("<") else "application/json; charset=UTF-8"
            try:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
            except OSError:  # who asked has left
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = speak

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # no TLS, or a connection that was reset
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Speaker


def _missing(name: str) -> Answer:
    return failed(404, "index_not_found_exception", f"no such index [{name}]", index=name)


def _create(server: Pretended, body: str, index: str) -> Answer:
    server.indexes[index] = {"docs": {}, "aliases": set(json.loads(body).get("aliases", {}))}
    return 200, {"acknowledged": True, "shards_acknowledged": True, "index": index}


def _delete(server: Pretended, _: str, index: str) -> Answer:
    return (200, {"acknowledged": True}) if server.indexes.pop(index, None) else _missing(index)


def _get(server: Pretended, _: str, index: str) -> Answer:
    if index.endswith("*"):
        return 200, {name: {} for name in server.indexes if name.startswith(index[:-1])}
    return (200, {index: {}}) if index in server.indexes else _missing(index)


def _aliased(server: Pretended, _: str, name: str, alias: str) -> Answer:
    named = [index for index, made in server.indexes.items() if name in (index, *made["aliases"])]
    if not named:
        return _missing(name)
    found = {index: {"aliases": {alias: {}}} for index in named if alias in server.indexes[index]["aliases"]}
    return (200, found) if found else (404, {"error": f"alias [{alias}] missing", "status": 404})


def _aliases(server: Pretended, body: str) -> Answer:
    for action in json.loads(body)["actions"]:
        if "add" in action:
            server.indexes[action["add"]["index"]]["aliases"].add(action["add"]["alias"])
    return 200, {"acknowledged": True}


def _doc(server: Pretended, _: str, index: str, id: str) -> Answer:
    if index not in server.indexes:
        return _missing(index)
    found = server.indexes[index]["docs"].get(id)
    return (200, {"_id": id, "found": True, "_source": found}) if found else (404, {"_id": id, "found": False})


def _put(server: Pretended, body: str, index: str, id: str) -> Answer:
    server.indexes[index]["docs"][id] = json.loads(body)
    return 201, {"_id": id, "result": "created"}


def _bulk(server: Pretended, body: str, alias: str) -> Answer:
    lines = [json.loads(line) for line in body.splitlines()]
    index, items, at = server.alias(alias), [], 0
    while at < len(lines):
        ((action, about),) = lines[at].items()
        told = {"_index": index or alias, "_id": about["_id"], "status": 201, "result": "created"}
        if not index:
            reason = f"no such index [{alias}] and [require_alias] request flag is [true] and [{alias}] is not an alias"
            told |= {"status": 404, "error": {"type": "index_not_found_exception", "reason": reason}}
        elif action == "index":
            server.indexes[index]["docs"][about["_id"]] = lines[at + 1]
        else:
            gone = server.indexes[index]["docs"].pop(about["_id"], None)
            told |= {"status": 200, "result": "deleted"} if gone else {"status": 404, "result": "not_found"}
        items.append({action: told})
        at += 1 + (action == "index")
    return 200, {"took": 3, "errors": False, "items": items}


def search(server: Pretended, body: str, index: str = "") -> Answer:
    """All records of *index*, that of a point in time, or the only one."""
    asked = json.loads(body)
    index = index or asked.get("pit", {}).get("id") or next(one for one in server.indexes if not one.endswith("-marks"))
    if index not in server.indexes:
        return _missing(index)
    return 200, found(server, asked, sorted(server.indexes[index]["docs"]))


def found(server: Pretended, asked: dict[str, Any], ids: list[str], **more: Any) -> dict[str, Any]:
    """The answer that finds the records *ids*."""
    after = asked.get("search_after", [None, ""])[-1]
    left = [id for id in ids if id > after][asked.get("from", 0) :][: asked.get("size", 10)]
    hits = [{"_id": id, "_score": 1.0, "sort": [1.0, id], "_source": {}} for id in left]
    shards = {"total": server.parts, "successful": server.parts, "skipped": 0, "failed": 0}
    total = {"value": len(ids), "relation": "eq"}
    return {"took": 1, "timed_out": False, "_shards": shards, "hits": {"total": total, "hits": hits},
            "aggregations": _counted(asked.get("aggs", {}))} | more  # fmt: skip


def _counted(aggs: dict[str, Any]) -> dict[str, Any]:
    return {name: {"doc_count": 0, "value": 0, "buckets": {} if "filters" in agg else [],
                   "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0} | _counted(agg.get("aggs", {}))
            for name, agg in aggs.items()}  # fmt: skip


def _acknowledged(*_: Any) -> Answer:
    return 200, {"acknowledged": True}


USUAL: list[tuple[str, Callable[..., Answer]]] = [
    ("GET /", lambda *_: (200, ROOT)),
    ("POST /_aliases", _aliases),
    ("POST /_search", search),
    ("GET /([^/]+)/_alias/([^/]+)", _aliased),
    ("POST /([^/]+)/_bulk", _bulk),
    ("POST /([^/]+)/_search", search),
    ("POST /([^/]+)/_search/point_in_time", lambda server, _, index: (200, {"pit_id": index})),
    ("DELETE /_search/point_in_time", _acknowledged),
    ("GET /([^/]+)/_doc/([^/]+)", _doc),
    ("PUT /([^/]+)/_doc/([^/]+)", _put),
    ("PUT /([^/]+)/_settings", _acknowledged),
    ("POST /([^/]+)/_(?:refresh|flush)", _acknowledged),
    ("PUT /([^/]+)", _create),
    ("DELETE /([^/]+)", _delete),
    ("GET /([^/]+)", _get),
]


@contextmanager
def pretending(tls: ssl.SSLContext | None = None) -> Iterator[Pretended]:
    """A server for a stretch."""
    server = Pretended(tls)
    try:
        yield server
    finally:
        server.stop()


def in_part(good: int, of: int = 3, timed_out: bool = False) -> Told:
    """The answer of *good* of the parts; the failures are not listed, as where a part has no living copy."""

    def answer(body: str, _: str) -> Answer:
        server = type("Parts", (), {"parts": of})
        told = found(server, json.loads(body), ["a"], timed_out=timed_out)  # type: ignore[arg-type]
        return 200, told | {"_shards": {"total": of, "successful": good, "skipped": 0, "failed": 0}}

    return answer
