"""Harvesting ERIC: page by page, resumed where it stopped; and the commands of every harvest."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.errors import BadInput, NoAnswer
from litbase.library import Library, network, open_library
from litbase.library.harvesting import of_eric, patient
from litbase.library.repositories import Asked as Wished
from litbase.library.repositories import of_repository
from litbase.record.notices import notice
from litbase.settings import Settings
from tests.elsewhere import Asked, Elsewhere, Said, elsewhere
from tests.library.test_harvesting_repositories import Repository, run, statuses


@pytest.fixture
def server() -> Iterator[Elsewhere]:
    with elsewhere() as found:
        yield found


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = open_library(tmp_path / "library", Settings(), create=True)
    yield found
    found.close()


def doc(number: int) -> dict[str, Any]:
    return {
        "id": f"EJ{800000 + number}", "title": f"Study {number} of {number * 7919 % 1009} schools",
        "author": [f"Author{number}, Ann"], "publicationdateyear": 1970 + number % 50, "subject": ["Schools"],
    }  # fmt: skip


class Eric:
    """ERIC's API over made-up records."""

    def __init__(self, server: Elsewhere, size: int):
        self.docs = [doc(number) for number in range(size)]
        server.answers["/eric/"] = self.answer

    def answer(self, asked: Asked) -> Said:
        assert asked.query["format"] == "json"
        assert asked.query["fields"] == "*"
        start, rows = int(asked.query["start"]), int(asked.query["rows"])
        assert rows <= 200
        found = {"numFound": len(self.docs), "start": start, "docs": self.docs[start : start + rows]}
        return Said(json.dumps({"response": found}), type="text/plain")


def starts(server: Elsewhere) -> list[int]:
    return [int(asked.query["start"]) for asked in server.asked]


def bookmarks(library: Library) -> list[Path]:
    return list((library.folder / "harvests").glob("*"))


# ERIC


def test_all_that_eric_finds_is_fetched_in_pages_of_200(server, library):
    Eric(server, 450)
    begun = of_eric(library, 'subject:"Schools"', server.network())
    assert begun.total == 450
    seen: list[tuple[int, int]] = []
    entries = list(begun.entries(lambda done, count, name: seen.append((done, count))))
    assert statuses(entries) == {"new": 450}
    assert starts(server) == [0, 200, 400]
    assert {asked.query["search"] for asked in server.asked} == {'subject:"Schools"'}
    assert seen[-1] == (450, 450)
    assert bookmarks(library) == []
    assert statuses(run(of_eric(library, 'subject:"Schools"', server.network()))) == {"same": 450}


def test_a_part_at_a_time(server, library):
    Eric(server, 450)
    network = server.network()
    assert statuses(run(of_eric(library, "q", network, most=250))) == {"new": 250}
    begun = of_eric(library, "q", network, most=150)
    assert (begun.before, begun.total) == (250, 400)
    assert statuses(run(begun)) == {"new": 150}
    assert statuses(run(of_eric(library, "other", network, most=10))) == {"same": 10}
    assert statuses(run(of_eric(library, "q", network))) == {"new": 50}
    assert library.store.count() == 450


def test_again_begins_anew(server, library):
    Eric(server, 300)
    run(of_eric(library, "q", server.network(), most=200))
    assert of_eric(library, "q", server.network()).before == 200
    assert of_eric(library, "q", server.network(), again=True).before == 0


def test_where_eric_finds_more_than_before_nothing_is_lost(server, library):
    eric = Eric(server, 300)
    run(of_eric(library, "q", server.network(), most=200))
    eric.docs.insert(0, doc(999))
    assert statuses(run(of_eric(library, "q", server.network()))) == {"new": 101, "same": 200}


def test_nothing_found_is_no_failure(server, library):
    Eric(server, 0)
    begun = of_eric(library, "q", server.network())
    assert (begun.total, run(begun)) == (0, [])


BAD = [
    (Said("", 500), "answered with an error (500)"),
    (Said("<html>Service unavailable</html>", type="text/html"), "expected to answer with JSON"),
    (Said('{"error":{"msg":"undefined field x"}}'), "undefined field x"),
    (Said('{"response":{"numFound":5,"start":0,"docs":[{"id":"EJ8'), "cut off or damaged"),
    (Said('{"response":{"numFound":"many"}}'), "cut off or damaged"),
    (Said("[" * 100_000), "cut off or damaged"),
    (Said("", 429, headers={"Retry-After": "9999"}), "asked again in 9999 seconds"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "told"), BAD)
def test_what_eric_says_instead_is_said(server, library, said, told):
    server.says("/eric/", said)
    with pytest.raises(NoAnswer) as raised:
        of_eric(library, "q", server.network())
    assert told in str(raised.value)


def test_when_eric_gives_up_on_the_way_what_came_before_is_stored(server, library):
    eric = Eric(server, 450)
    fine = server.answers["/eric/"]
    server.answers["/eric/"] = lambda asked: Said("", 503) if asked.query["start"] == "400" else fine(asked)
    with pytest.raises(NoAnswer, match=r"record 401: .* the same command goes on"):
        run(of_eric(library, "q", server.network()))
    assert library.store.count() == 400
    server.answers["/eric/"] = eric.answer
    server.asked.clear()
    assert statuses(run(of_eric(library, "q", server.network()))) == {"new": 50}
    assert starts(server) == [400]


def test_a_harvest_that_is_interrupted_loses_and_doubles_nothing(server, library):
    Eric(server, 450)
    entries = of_eric(library, "q", server.network()).entries(lambda *_: None)
    for _ in range(250):
        next(entries)
    entries.close()
    begun = of_eric(library, "q", server.network())
    assert begun.before == 200
    assert statuses(run(begun)) in ({"same": 200, "new": 50}, {"new": 250})
    assert library.store.count() == 450


@pytest.mark.parametrize("text", ["", "{", "[]", '{"start": "many"}', '{"start": -5, "total": 300}', "\x00"])
def test_a_damaged_bookmark_means_from_the_beginning(server, library, text):
    Eric(server, 300)
    run(of_eric(library, "q", server.network(), most=200))
    [path] = bookmarks(library)
    path.write_text(text)
    assert of_eric(library, "q", server.network()).before == 0


def test_look_ups_that_are_off_are_off(server, library):
    network = server.network()._replace(off=notice("lookups-off"))
    with pytest.raises(BadInput, match="setting lookups is off"):
        of_eric(library, "q", network)
    with pytest.raises(BadInput, match="setting lookups is off"):
        of_repository(library, Wished(server.url), network)
    assert server.asked == []


# the commands


@pytest.fixture
def command(tmp_path: Path, server: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(network, "SERVICES", server.network().services)
    monkeypatch.setenv("LITBASE_FETCH_INSIDE", server.name)
    return lambda *args: CliRunner().invoke(main, ["--library", str(tmp_path / "library"), "harvest", *args])


def test_the_commands_report_and_can_be_taken_back(command, server):
    Eric(server, 5)
    result = command("eric", "q", "--max", "3")
    assert result.exit_code == 0, result.output
    assert "3 new, 0 changed, 0 same, 0 refused" in result.output
    assert "litbase undo --run 1" in result.output
    result = command("eric", "q")
    assert "Going on behind the first 3 records." in result.output
    Repository(server, 2)
    result = command("oai", f"{server.url}/oai", "--json")
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["oai", "oai"]


@pytest.mark.parametrize("args", [("eric", "q"), ("oai", "http://repository.example/oai")])
def test_offline_is_one_line_and_exit_code_1(command, monkeypatch, args):
    def nowhere(*_: object, **__: object) -> list:
        raise OSError("Temporary failure in name resolution")

    monkeypatch.setattr(network, "SERVICES", network.Services())
    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    result = command(*args)
    assert result.exit_code == 1
    assert "could not be reached: its name leads nowhere, or this machine is offline" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_harvest_has_patience(server):
    limits = server.limits()
    assert patient(limits).total > limits.total
    assert patient(limits).patience > limits.patience
