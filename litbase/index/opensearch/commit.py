"""Writing: documents in bulk, each with the change it belongs to, into an index that is made anew when need be.

A document is written with the number of the change as its version, and OpenSearch refuses one that is older than what
it has: so every write may be sent twice, by two processes, in any order.  What the index has followed stands in a
document of its own (`<name>-marks`), written after the documents that led there are safe on disk, and names the index
that is asked: a new one is filled beside the old one, which answers until then.  The alias `<name>` is for people.
Documents go in by an alias of the index, for OpenSearch would make an index that was deleted anew, without our mapping.
"""

import json
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from litbase.errors import EngineUnavailable
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.opensearch.schema import analysis, document, fingerprint, mapping
from litbase.index.opensearch.wire import CLOSED, FULL, Json, Missing, Wire, forbidden, is_closed, is_full

BULK: Final = 5 << 20  # bytes of one request, about
DOCUMENTS: Final = 500  # of one request
AHEAD: Final = 1  # requests that wait while one is written
KEPT: Final = timedelta(hours=24)  # how long an index that was replaced stays, for walks that are on their way
CALM: Final = 60.0  # seconds that a request of a write may take, and that it is repeated while there is no room
STAMP: Final = "%Y%m%d%H%M%S%f"
_STAMPED: Final = re.compile("[0-9]{20}")
BY_SEVERAL: Final = (2, 17)  # from this release on several threads may search a part of the index, as they do in 3.x:
BY_ONE: Final = {"index.search.concurrent_segment_search.mode": "none"}  # each names its own values, until all agree
REMEMBERED: Final = 100  # refused documents that the mark names
NEWER: Final = 409  # there is a newer one already, which is as good
REFUSED: Final = 400  # the document is not one that this index takes; all else is trouble of the index
FORBIDDEN: Final = 403  # the user may not


@dataclass(frozen=True, slots=True)
class State:
    """What the marks say: the *index* that answers, how far it has followed, and which documents it refused."""

    index: str
    mark: Mark
    made_with: str
    refused: tuple[tuple[str, str], ...] = ()


def read_state(wire: Wire, timeout: float) -> State | None:
    """The state of the index; None where there is none.  Raises EngineUnavailable."""
    name = wire.address.name
    try:
        found = wire.call("GET", f"/{name}-marks/_doc/{name}", timeout=timeout)["_source"]
        return State(found["index"], Mark(*found["mark"]), found["made_with"], tuple(map(tuple, found["refused"])))
    except (Missing, KeyError, TypeError):  # the latter are another program's
        return None


def is_there(wire: Wire, index: str, timeout: float) -> bool:
    """Whether *index* is still there, and is where documents for it are written.  Raises EngineUnavailable."""
    entrance = _entrance(index)
    try:  # as the node itself knows it, which answers also where too many are lost to choose who decides
        return set(wire.call("GET", f"/{entrance}/_alias/{entrance}", timeout=timeout, local="true")) == {index}
    except Missing:
        return False


def _entrance(index: str) -> str:
    return f"{index}-in"


def write(
    wire: Wire, state: State | None, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark
) -> None:
    """Add or replace *documents*, drop the other ids in *deletions*, remember *mark*; a new index without *state*."""
    refused = dict(state.refused) if state else {}
    written: set[str] = set()

    def lines() -> Iterator[tuple[str, Json | None]]:
        for given in documents:
            if state:
                written.add(given.id)
            yield given.id, document(given)
        for id in deletions:
            if state and id not in written:
                yield id, None

    with _new_index(wire) if state is None else _present(state) as index:
        for some, told in _sent(wire, index, _batches(lines()), mark.change):
            refused = {id: why for id, why in refused.items() if id not in some} | told
        wire.call("POST", f"/{index}/_refresh", timeout=CALM)
        if state is None:
            _open(wire, index)
    _remember(wire, State(index, mark, fingerprint(), tuple(refused.items())[-REMEMBERED:]))


@contextmanager
def _present(state: State) -> Iterator[str]:
    yield state.index


def _batches(lines: Iterable[tuple[str, Json | None]]) -> Iterator[dict[str, str]]:
    """The *lines* by id as JSON ("" to delete), some at a time; of two with one id the later counts."""
    some: dict[str, str] = {}
    size = 0
    for id, line in lines:
        some.pop(id, None)
        some[id] = json.dumps(line, ensure_ascii=False, separators=(",", ":")) if line is not None else ""
        size += len(some[id].encode(errors="surrogatepass"))
        if size >= BULK or len(some) >= DOCUMENTS:
            yield some
            some, size = {}, 0
    if some:
        yield some


def _sent(
    wire: Wire, index: str, batches: Iterable[dict[str, str]], version: int
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The *batches*, each with what was refused of it; the next is made ready while one is written."""
    waiting: deque[tuple[dict[str, str], Future[dict[str, str]]]] = deque()
    sender = ThreadPoolExecutor(1, "litbase-bulk")
    try:
        for some in batches:
            waiting.append((some, sender.submit(_send, wire, index, some, version)))
            while len(waiting) > AHEAD:
                sent, told = waiting.popleft()
                yield sent, told.result()
        for sent, told in waiting:
            yield sent, told.result()
    finally:
        sender.shutdown(wait=False, cancel_futures=True)


def _send(wire: Wire, index: str, some: Mapping[str, str], version: int) -> dict[str, str]:
    """Write *some* documents; gives those that are not of the kind *index* takes, with the reason of OpenSearch.

    Raises Missing where the alias of *index* leads elsewhere, EngineUnavailable for any other trouble: then all of them
    are written again, later.
    """
    left, refused = dict(some), {}
    until = time.monotonic() + CALM
    for attempt in count():
        found = wire.call(
            "POST", f"/{_entrance(index)}/_bulk", _body(left, version), timeout=CALM, require_alias="true"
        )
        busy: dict[str, str] = {}
        for item in found["items"]:
            ((action, told),) = item.items()
            status, id, why = int(told["status"]), told["_id"], _why(told.get("error"))
            if told.get("_index", index) != index:  # of a document that reached ours its own name is told
                raise _stopped(wire, status if is_closed(told.get("error")) else 404, why)
            if status < 300 or status == NEWER or (action == "delete" and told.get("result") == "not_found"):
                continue
            if status == REFUSED:
                refused[id] = why
            elif status in (429, 503) and not is_full(why):
                busy[id] = why
            else:
                raise _stopped(wire, status, why)
        pause = min(8.0, 2.0**attempt / 4)
        if not busy:
            return refused
        if time.monotonic() + pause > until:
            raise _stopped(wire, 429, f"no room for {len(busy)} documents: {next(iter(busy.values()))}")
        left = {id: left[id] for id in busy}
        time.sleep(pause)
    raise AssertionError("unreachable")


def _stopped(wire: Wire, status: int, why: str) -> EngineUnavailable:
    kind = Missing if status == 404 else EngineUnavailable
    if status == FORBIDDEN:
        what = forbidden(why)
    elif status == REFUSED:
        what = CLOSED
    else:
        what = f"{FULL if is_full(why) else 'takes no documents at the moment'}: {why}"
    return kind(f"the search server at {wire.address.shown} {what}")


def _body(some: Mapping[str, str], version: int) -> str:
    lines = []
    for id, line in some.items():
        about = {"_id": id, "version": version, "version_type": "external_gte"}
        lines.append(json.dumps({"index" if line else "delete": about}))
        if line:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _why(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)[:300]
    reasons = (part.get("reason") or part.get("type") for part in (error, error.get("caused_by") or {}))
    return " ".join(": ".join(filter(None, reasons)).split())[:300]


@contextmanager
def _new_index(wire: Wire) -> Iterator[str]:
    """An empty index that is filled without copies and unseen, by its name; dropped where the filling fails."""
    name = wire.address.name
    index = f"{name}-{datetime.now(UTC).strftime(STAMP)}"
    settings = {
        "number_of_shards": wire.address.shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "index.gc_deletes": "10m",
        "index.max_regex_length": 1_000,
        "analysis": analysis(),
    } | (BY_ONE if wire.version >= BY_SEVERAL else {})
    made = {"settings": settings, "mappings": mapping(), "aliases": {_entrance(index): {}}}
    wire.call("PUT", f"/{index}", made, timeout=CALM)
    try:
        yield index
    except BaseException:
        with suppress(EngineUnavailable):  # else `sweep` does it
            wire.call("DELETE", f"/{index}")
        raise


def _open(wire: Wire, index: str) -> None:
    """Let the filled *index* answer in place of the one before.

    It is written out first, since copies are made of what is: of the rest each would be analysed once more.
    """
    wire.call("POST", f"/{index}/_flush", timeout=CALM)
    opened = {"number_of_replicas": wire.address.replicas, "refresh_interval": "1s"}
    wire.call("PUT", f"/{index}/_settings", {"index": opened}, timeout=CALM)
    name = wire.address.name
    actions = [{"remove": {"index": f"{name}-2*", "alias": name, "must_exist": False}},
               {"add": {"index": index, "alias": name}}]  # fmt: skip
    wire.call("POST", "/_aliases", {"actions": actions}, timeout=CALM)


def _remember(wire: Wire, state: State) -> None:
    """Write down how far the index is; an older mark, of a process that was late, only lets work be done again."""
    name = wire.address.name
    body = {"index": state.index, "mark": list(state.mark), "made_with": state.made_with, "refused": state.refused}
    if not _has_marks(wire):
        # one copy more than records have: where too many nodes are lost, who asks first still learns what there was
        alone = {"number_of_shards": 1, "auto_expand_replicas": f"0-{wire.address.replicas + 1}"}
        wire.call("PUT", f"/{name}-marks", {"settings": alone, "mappings": {"enabled": False}}, timeout=CALM)
    wire.call("PUT", f"/{name}-marks/_doc/{name}", body, timeout=CALM)


def _has_marks(wire: Wire) -> bool:
    try:
        return bool(wire.call("GET", f"/{wire.address.name}-marks"))
    except Missing:
        return False


def sweep(wire: Wire, state: State) -> None:
    """Drop the indexes that were replaced, or were never finished, a day ago."""
    name = wire.address.name
    before = (datetime.now(UTC) - KEPT).strftime(STAMP)
    for index in wire.call("GET", f"/{name}-2*", expand_wildcards="open"):
        made = index.removeprefix(f"{name}-")
        if index != state.index and _STAMPED.fullmatch(made) and made < before:  # else another library's
            wire.call("DELETE", f"/{index}", timeout=CALM)
