"""Documents on their way to OpenSearch: what it refuses or has no room for is named, and nothing is lost."""

import re
from collections.abc import Callable

import pytest

from litbase.fields import index_document
from litbase.index.opensearch import commit
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.query.request import SearchRequest
from litbase.record.record import Record
from tests.index import pretended
from tests.index.pretended import Pretended
from tests.index.reaching import _quick as _quick
from tests.index.reaching import documents, mark, said
from tests.index.reaching import engine as engine
from tests.index.reaching import hurried as hurried
from tests.index.reaching import reach as reach
from tests.index.reaching import server as server


def rejected(id: str, status: int, type: str, reason: str, **more: str) -> dict[str, object]:
    return {"index": {"_id": id, "status": status, "error": {"type": type, "reason": reason}} | more}


def taken(id: str) -> dict[str, object]:
    return {"index": {"_id": id, "status": 201, "result": "created"}}


def test_documents_there_is_no_room_for_are_sent_again(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only those; where there never is any, nothing is taken as written."""
    busy = (429, "rejected_execution_exception", "rejected execution of primary operation")
    sent: list[list[str]] = []

    def bulk(*items: dict[str, object]) -> pretended.Told:
        def answer(body: str, _: str) -> pretended.Answer:
            sent.append(re.findall(r'"_id": "(.)"', body))
            return 200, {"items": list(items)}

        return answer

    server.say("POST /x-.*_bulk", bulk(taken("d"), rejected("e", *busy)), bulk(taken("e")))
    engine.write(documents("d", "e"), (), mark(2))
    assert engine.mark() == mark(2)
    assert sent == [["d", "e"], ["e"]]
    monkeypatch.setattr(commit, "CALM", 1.0)
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("f", *busy)]}))
    told = said(lambda: engine.write(documents("f"), (), mark(3)))
    assert told.endswith("at the moment: no room for 1 documents: rejected execution of primary operation")
    assert engine.mark() == mark(2)


def test_a_request_is_no_larger_than_is_said_whatever_the_script(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter has up to four bytes: each of these documents has 900 letters and 1,500 bytes."""
    monkeypatch.setattr(commit, "BULK", 1_400)
    server.seen.clear()
    engine.write([index_document(Record(id=id, title="教育" * 50)) for id in "def"], (), mark(2))
    assert len([line for line in server.seen if "_bulk" in line]) == 3


def test_a_document_that_is_not_taken_leaves_its_neighbours_and_is_named(
    server: Pretended, engine: OpenSearchEngine, reach: Callable[..., OpenSearchEngine]
) -> None:
    """With the reason, in every process, until it is written rightly or is gone."""
    reason = "failed to parse field [key.date] of type [integer] in document with id 'e'.\nPreview: 'x'"
    answer = {"items": [taken("d"), rejected("e", 400, "mapper_parsing_exception", reason)]}
    server.say("POST /x-.*_bulk", (200, answer))
    engine.write(documents("d", "e"), (), mark(2))
    assert engine.mark() == mark(2)
    ((id, why),) = engine.refused
    assert (id, "key.date" in why, "\n" in why) == ("e", True, False)
    server.recover()
    other = reach(server.address("timeout=1"))
    assert other.mark() == mark(2)
    assert other.refused == engine.refused
    engine.write(documents("f"), (), mark(3))
    assert [id for id, _ in engine.refused] == ["e"]
    engine.write(documents("e"), (), mark(4))
    assert engine.refused == ()


def test_what_is_wrong_with_the_index_is_not_laid_to_a_document(server: Pretended, engine: OpenSearchEngine) -> None:
    """Somebody closed it, or set a block: nothing is taken as written, and it goes on when that is mended."""
    closed = rejected("d", 400, "index_closed_exception", "closed", _index="x-in")
    server.say("POST /x-.*_bulk", (200, {"items": [closed]}))
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert told.endswith("has closed the index; open it there (POST /NAME-*/_open)")
    server.say("POST /x-.*_search", pretended.failed(400, "index_closed_exception", "closed"))
    assert said(lambda: engine.search(SearchRequest())) == told
    block = "index [x] blocked by: [FORBIDDEN/5/index read-only (api)];"
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 403, "cluster_block_exception", block)]}))
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert told.endswith(f"has a block set against this, which must be taken off there: {block}")
    assert (engine.mark(), engine.refused) == (mark(1), ())
    server.recover()
    engine.write(documents("d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.refused) == (4, ())


@pytest.mark.parametrize("alone", [True, False])
def test_an_alias_that_leads_elsewhere_loses_nothing(server: Pretended, engine: OpenSearchEngine, alone: bool) -> None:
    """Whether or not it leads to our index too, a new one is made."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    others = {"other": {"docs": {}, "aliases": {f"{old}-in"}}}
    if alone:
        server.indexes[old]["aliases"].clear()
    server.indexes = others | server.indexes
    assert said(lambda: engine.write(documents("d"), (), mark(2))).count("is gone") == 1
    assert engine.refused == ()
    engine.write(documents("a", "b", "c", "d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (4, mark(2))


def test_an_alias_that_leads_nowhere_alone_loses_nothing(server: Pretended, engine: OpenSearchEngine) -> None:
    """OpenSearch does not choose between two indexes, which is not for want of a right document."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    server.indexes["other"] = {"docs": {}, "aliases": {f"{old}-in"}}
    reason = f"no write index is defined for alias [{old}-in]"
    server.say(
        "POST /x-.*_bulk",
        (200, {"items": [rejected("d", 400, "illegal_argument_exception", reason, _index=f"{old}-in")]}),
    )
    assert "is gone" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert engine.refused == ()
    server.recover()
    engine.write(documents("a", "b", "c", "d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (4, mark(2))


def test_a_newer_document_that_is_there_is_as_good(server: Pretended, engine: OpenSearchEngine) -> None:
    """Another process was quicker."""
    reason = "[a]: version conflict, current version [5] is higher than the one provided [2]"
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("a", 409, "version_conflict_engine_exception", reason)]}))
    engine.write(documents("a"), (), mark(2))
    assert (engine.mark(), engine.refused) == (mark(2), ())


def test_full_disks_stop_writing_only(server: Pretended, engine: OpenSearchEngine) -> None:
    """At once, with what to do; it goes on when there is room."""
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 429, "cluster_block_exception", pretended.FLOOD)]}))
    server.seen.clear()
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert "takes no more writes, as its disks are nearly full; make room there" in told
    assert len([line for line in server.seen if "_bulk" in line]) == 1
    server.say("POST /x-.*_refresh", pretended.BLOCKED)
    server.say("POST /x-.*_bulk", (200, {"items": [taken("d")]}))
    assert "make room there" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert (engine.search(SearchRequest()).total, engine.mark(), engine.refused) == (3, mark(1), ())
    server.recover()
    engine.write(documents("d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (4, mark(2))


def test_parts_without_a_living_copy_stop_writing_only(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The items say so, not the whole."""
    monkeypatch.setattr(commit, "CALM", 0.5)
    reason = "[x][0] primary shard is not active Timeout: [1m]"
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 503, "unavailable_shards_exception", reason)]}))
    assert "primary shard is not active" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert (engine.search(SearchRequest()).total, engine.mark(), engine.refused) == (3, mark(1), ())


def test_no_cluster_manager_stops_writing_only(server: Pretended, engine: OpenSearchEngine) -> None:
    """Parts that live answer."""
    server.say("POST /x-.*_bulk|PUT", pretended.NO_MANAGER)
    assert "cannot answer now" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert engine.search(SearchRequest()).total == 3


def test_a_new_index_that_cannot_be_filled_does_not_stay(server: Pretended, engine: OpenSearchEngine) -> None:
    """Else every try would leave one; the old one answers."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    engine.clear()
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 429, "cluster_block_exception", pretended.FLOOD)]}))
    for _ in range(3):
        assert "make room" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert set(server.indexes) == {old, "x-marks"}
    assert engine.search(SearchRequest()).total == 3
    server.recover()
    engine.write(documents("d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (1, mark(2))
