"""Limits: what one client may ask, what runs at once, and what is said beyond."""

import threading
from dataclasses import replace

import pytest

from litbase.errors import EngineUnavailable
from litbase.library import bring_level, exporting, finding
from litbase.web import create_app, limits
from litbase.web.limits import WAITED, Buckets, Limits
from tests.formats.csl_style.written import full, kept
from tests.web.conftest import RECORDS, emptied, fill


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def limited(library, **settings):
    """An application for which no time passes while it is asked, however slow the machine is."""
    app = create_app(replace(library, settings=replace(library.settings, **settings)))
    app.extensions["litbase.limits"].buckets._now = Clock()
    return app


def test_a_bucket_lets_half_a_minute_through_and_fills_again():
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a") for _ in range(30)] == [0.0] * 30
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") == 0.0
    clock.now += 2.5
    assert [buckets.take("a") > 0 for _ in range(4)] == [False, False, True, True]
    clock.now += 3600
    assert buckets.take("a", 30) == 0.0
    assert buckets.take("a", 30) == pytest.approx(30.0)


def test_no_limit_counts_nothing():
    buckets = Buckets(0)
    assert {buckets.take("a", 1000) for _ in range(1000)} == {0.0}


def test_the_clients_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "CLIENTS", 10)
    buckets = Buckets(60)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets._left) == 10


def test_a_client_that_asks_too_often_is_told_when_to_come_back(web_library, opened):
    client = limited(web_library, rate_limit=3).test_client()
    answers = [client.get("/robots.txt") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    page = opened(answers[-1])
    assert page.text("h1") == "Too many requests came from your address"
    assert f"Come back in {answers[-1].headers['Retry-After']} second" in page.text()
    assert client.get("/search.json").get_json()["error"]["kind"] == "often"
    assert client.get("/healthz").status_code == 200
    assert client.get("/static/litbase.css").status_code == 200


def test_a_classroom_behind_one_address_is_within_the_default(web_library):
    client = limited(web_library, rate_limit=1200).test_client()
    assert {client.get("/robots.txt").status_code for _ in range(30 * 10)} == {200}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "others_too"),
    [
        (0, "192.0.2.{}", True),
        (1, "192.0.2.{}", False),
        (1, "203.0.113.{}, 192.0.2.1", True),  # the first address is what the reader says himself
        (2, "192.0.2.{}, 10.0.0.1", False),
        (1, "2001:db8::{}", True),
        (1, "2001:db8:0:{}::1", False),
    ],
    ids=["no proxy", "a proxy", "invented before it", "two proxies", "one IPv6 network", "several IPv6 networks"],
)
def test_the_address_comes_from_as_many_proxies_as_are_trusted(web_library, proxies, forwarded, others_too):
    client = limited(web_library, rate_limit=3, trusted_proxies=proxies).test_client()
    answers = [
        client.get("/robots.txt", headers={"X-Forwarded-For": forwarded.format(number)}).status_code
        for number in range(1, 9)
    ]
    assert (429 in answers) is others_too


def test_an_export_costs_more_than_a_page_and_a_suggestion_less(web_library):
    client = limited(web_library, rate_limit=20).test_client()
    assert [client.get("/suggest?q=l").status_code for _ in range(20)] == [200] * 20  # 4 of 10 tokens
    codes = []
    for _ in range(2):
        with client.get("/search.bib") as answer:
            codes.append(answer.status_code)
    assert codes == [200, 429]


PRINTED = (
    "/record/EJ1223055?style=house",
    "/record/EJ1223055.txt?style=house",
    "/record/EJ1223055/cite?style=house",
    "/record/EJ1223055/cite.json?style= house",
    "/cite?id=EJ1223055&style=house",
    "/cite.json?id=EJ1223055&style=house",
    "/list?style=house",
    "/l/nobody?style=house",
)


@pytest.fixture
def house(tmp_path):
    """A library with a style file."""
    made = emptied(tmp_path / "library")
    fill(made, RECORDS[:1])
    (made.folder / "styles").mkdir()
    kept(made.folder / "styles", full(), "house.csl")
    yield made
    made.close()


@pytest.mark.parametrize("address", PRINTED)
def test_what_starts_the_engine_of_style_files_costs_and_waits_as_an_export(house, address):
    client = limited(house, rate_limit=12).test_client()
    codes = [client.get(address).status_code for _ in range(2)]
    assert (codes[0] in (200, 404), codes[1]) == (True, 429)
    app = limited(house, rate_limit=0)
    app.extensions["litbase.limits"] = held = Limits(house.settings, exports=1, patience=0.01)
    turn = held.turn("export")
    assert app.test_client().get(address).status_code == 503
    assert app.test_client().get(address.replace("house", "apa")).status_code in (200, 404)
    assert app.test_client().get(address.replace("house", "other")).status_code in (200, 404)
    turn.leave()
    assert app.test_client().get(address).status_code in (200, 404)


def test_the_tables_name_what_there_is(web_library):
    app = limited(web_library)
    there = {*app.view_functions, *app.blueprints}
    for table in (limits.FREE, limits.OPEN, limits.WHOLE, limits.PRINTING, limits.SEARCHING, limits.COSTS):
        assert set(table) <= there


def test_searches_wait_for_their_turn_and_then_give_up(web_library, opened, monkeypatch):
    app = limited(web_library)
    app.extensions["litbase.limits"] = Limits(web_library.settings, searches=1, patience=0.05)
    entered, go = threading.Event(), threading.Event()
    search = finding.search

    def slow(*arguments, **more):
        entered.set()
        go.wait(20)
        return search(*arguments, **more)

    monkeypatch.setattr(finding, "search", slow)
    first = []
    thread = threading.Thread(target=lambda: first.append(app.test_client().get("/search?q=learning")))
    thread.start()
    assert entered.wait(20)
    client = app.test_client()
    refused = client.get("/search?q=learning")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "3"
    page = opened(refused)
    assert page.text("h1") == "Many people are searching at this moment"
    assert page.one("#q")["value"] == "learning"
    assert client.get("/record/EJ1223055").status_code == 200
    go.set()
    thread.join(20)
    assert first[0].status_code == 200
    assert client.get("/search?q=learning").status_code == 200


def test_a_failing_search_gives_its_place_back(web_library, monkeypatch):
    app = limited(web_library)
    app.extensions["litbase.limits"] = Limits(web_library.settings, searches=1, patience=0.01)

    def broken(*_, **__):
        raise ZeroDivisionError

    client = app.test_client()
    with monkeypatch.context() as patch:
        patch.setattr(finding, "search", broken)
        assert [client.get("/search").status_code for _ in range(3)] == [500] * 3
    assert client.get("/search").status_code == 200


def test_an_export_keeps_its_place_until_its_end(web_library, monkeypatch):
    app = limited(web_library)
    app.extensions["litbase.limits"] = Limits(web_library.settings, exports=1, patience=0.01)
    client = app.test_client()
    first = client.get("/search.bib", buffered=False)
    assert client.get("/search.ris").status_code == 503
    assert client.get("/search").status_code == 200
    assert first.get_data().count(b"\n@") > 30
    second = client.get("/search.ris", buffered=False)
    assert second.status_code == 200
    second.close()  # given up before its end
    with client.head("/search.ris") as head:
        assert head.status_code == 200
    with client.get("/search.ris") as last:
        assert last.status_code == 200


def test_an_export_that_breaks_gives_its_place_back(web_library, monkeypatch):
    app = limited(web_library)
    app.extensions["litbase.limits"] = Limits(web_library.settings, exports=1, patience=0.01)

    def breaking(*_, **__):
        yield "first"
        raise ZeroDivisionError

    client = app.test_client()
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "export", breaking)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                client.get("/search.bib", buffered=True)
    with client.get("/search.bib") as answer:
        assert answer.status_code == 200


def test_what_waited_long_in_the_queue_is_refused_at_once(web_library, monkeypatch):
    client = limited(web_library).test_client()
    late = {WAITED: limits.STALE + 1}
    assert client.get("/search", environ_overrides=late).status_code == 503
    assert client.get("/record/EJ1223055", environ_overrides=late).status_code == 200


@pytest.mark.parametrize("address", ["/search?q=" + "a" * 20_000, "/" + "a" * 20_000, "/search?" + "a=1&" * 100_000])
def test_an_address_beyond_measure_gets_a_page(client, opened, address):
    answer = client.get(address)
    assert answer.status_code == 414
    assert "longer than 16,000 characters" in opened(answer).text()


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    yield made
    made.close()


def test_records_not_searchable_yet_are_told_on_pages_that_search(library, opened):
    fill(library, RECORDS)
    client = create_app(library).test_client()
    assert "not searchable yet" not in opened(client.get("/search")).text()
    ids = [stored.id for stored in library.store.recent(3)]
    library.store.edit(ids[0], {"title": "Another title"}, who="Ada", why="", version=None)
    assert "One record was added or changed and is not searchable yet." in opened(client.get("/search")).text()
    for id in ids:
        library.store.edit(id, {"title": "A title"}, who="Ada", why="", version=None)
    assert "3 records were added or changed and are not searchable yet." in opened(client.get("/search")).text()
    health = client.get("/healthz")
    assert health.status_code == 200
    assert (health.get_json()["index"], health.get_json()["waiting"]) == ("behind", 3)
    bring_level(library)
    assert client.get("/healthz").get_json()["index"] == "level"


def test_an_old_index_answers_and_says_that_a_new_one_is_made(library, opened):
    fill(library, RECORDS)
    library.store.new_epoch()

    class Following:
        progress = (10, 40)
        error = None

    client = create_app(library, Following()).test_client()
    answer = client.get("/search?q=learning")
    assert answer.status_code == 200
    total = library.store.count(cited=True)
    told = opened(answer).text(".note.info")
    assert told.startswith(f"The search index is being rebuilt ({total // 4} of {total}).")
    assert client.get("/healthz").get_json()["index"] == "rebuilding"


def test_without_an_index_records_are_shown_and_search_says_why_not(library, opened):
    ids = fill(library, RECORDS)
    library.engine.close()
    for file in sorted((library.folder / "index").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    library.engine.__init__(library.folder / "index")

    class Following:
        progress = (1, 2)
        error = None

    client = create_app(library, Following()).test_client()
    total = library.store.count(cited=True)
    for address in ("/search?q=learning", "/", "/facet/type", "/search.bib"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"]
        assert f"The search index is being rebuilt ({total // 2} of {total})." in opened(answer).text(), address
    assert client.get("/search.json").status_code == 503
    for address in (f"/record/{ids[0]}", f"/record/{ids[0]}.bib", f"/record/{ids[0]}/cite", "/help"):
        assert client.get(address).status_code == 200, address
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.get_json() == {"status": "building", "index": "missing", "records": library.store.count(),
                                 "waiting": total, "done": total // 2, "total": total, "searchable": 0}  # fmt: skip


def test_a_broken_store_is_a_page_too(web_library, monkeypatch):
    app = limited(web_library)

    def gone(*_):
        raise EngineUnavailable("gone")

    monkeypatch.setattr(type(web_library.store), "mark", gone)
    assert app.test_client().get("/search").status_code == 503
