"""Harvesting ERIC and repositories: page by page, resumed where it stopped, killed at any moment."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.errors import BadInput, NoAnswer
from litbase.library import Library, network, open_library
from litbase.library.harvesting import Harvest, of_eric, patient
from litbase.library.reading import Entry
from litbase.library.repositories import Asked as Wished
from litbase.library.repositories import of_repository
from litbase.record.notices import notice, sentence
from litbase.settings import Settings
from tests.elsewhere import Asked, Elsewhere, Said, elsewhere
from tests.sources.test_oai import dublin_core, gone, record, whole

KILLS = int(os.environ.get("LITBASE_KILLS", "2"))
SIZE = 1000 if KILLS > 2 else 500  # of what is harvested while it is killed


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


def run(begun: Harvest) -> list[Entry]:
    return list(begun.entries(lambda done, count, name: None))


def statuses(entries: list[Entry]) -> dict[str, int]:
    return {status: sum(each.status == status for each in entries) for status in {each.status for each in entries}}


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


PROGRAM = """
import sys
from pathlib import Path
from litbase.fetch.values import Limits
from litbase.library import open_library
from litbase.library.harvesting import of_eric
from litbase.library.network import Network, Services
from litbase.library.repositories import Asked, of_repository
from litbase.settings import Settings
kind, folder, name = sys.argv[1:]
network = Network(Services(eric=f"http://{name}/eric/"), Limits(pause=0.01, inside=frozenset({name})))
library = open_library(Path(folder), Settings(), create=True)
repository = Asked(f"http://{name}/oai")
begun = of_eric(library, "q", network) if kind == "eric" else of_repository(library, repository, network)
for entry in begun.entries(lambda *_: None):
    print(entry.id, flush=True)
library.close()
"""


def killed(kind: str, folder: Path, server: Elsewhere, after: float) -> set[str]:
    """The records that were reported when the harvest was killed *after* seconds, or had ended."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, kind, str(folder), server.name], stdout=subprocess.PIPE)
    try:
        output, _ = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate()
    return set(output[: output.rfind(b"\n") + 1].decode().split())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["eric", "oai"])
def test_a_harvest_killed_at_any_moment_converges(server, tmp_path, kind):
    """A few kills, more with LITBASE_KILLS; each time all that was reported is there."""
    Eric(server, SIZE) if kind == "eric" else Repository(server, SIZE)
    begun = time.monotonic()
    assert len(killed(kind, tmp_path / "whole", server, 120)) == SIZE
    length = time.monotonic() - begun
    dice = random.Random(5)
    reported: set[str] = set()
    folder = tmp_path / "killed"
    for _ in range(KILLS):
        reported |= killed(kind, folder, server, dice.uniform(0.2, 0.95) * length)
        if (folder / "litbase.db").exists():
            library = open_library(folder, Settings(), create=True)
            assert reported <= set(library.store.get_many(reported))
            library.close()
    killed(kind, folder, server, 120)
    library = open_library(folder, Settings())
    ids = [stored.record.title for stored in library.store.scan(limit=5000)]
    library.close()
    assert (len(ids), len(set(ids))) == (SIZE, SIZE)


# repositories


class Repository:
    """A repository of made-up records with resumption tokens."""

    def __init__(self, server: Elsewhere, size: int, page: int = 100):
        self.page = page
        self.records = [record(f"oai:r:{n}", dublin_core(title(n))) for n in range(size)]
        self.forgotten: set[str] = set()
        self.asked: list[dict[str, str]] = []
        server.answers["/oai"] = self.answer

    def answer(self, asked: Asked) -> Said:
        self.asked.append(asked.query)
        assert asked.query["verb"] == "ListRecords"
        token = asked.query.get("resumptionToken", "")
        assert token or asked.query["metadataPrefix"]
        assert not (token and set(asked.query) != {"verb", "resumptionToken"})
        if token in self.forgotten:
            return said('<OAI-PMH><error code="badResumptionToken">expired</error></OAI-PMH>')
        start = int(token.removeprefix("at ") or 0)
        end = start + self.page
        more = f"at {end}" if end < len(self.records) else ""
        if not self.records:
            return said(
                '<OAI-PMH><responseDate>2024-05-06T00:00:00Z</responseDate><error code="noRecordsMatch"/></OAI-PMH>'
            )
        return said(whole("".join(self.records[start:end]), more, str(len(self.records))))


def title(number: int) -> str:
    return (
        f"<dc:title>Thesis {number} of {number * 7919 % 1009} schools</dc:title>"
        f"<dc:creator>Author{number}, Ann</dc:creator>"
        f"<dc:date>{1970 + number % 50}</dc:date><dc:type>Thesis</dc:type>"
    )


def said(text: str) -> Said:
    return Said(text, type="text/xml")


def harvested(library: Library, server: Elsewhere, **wishes: str) -> list[Entry]:
    return run(of_repository(library, Wished(f"{server.url}/oai", **wishes), server.network()))


def test_a_repository_is_fetched_by_its_tokens(server, library):
    repository = Repository(server, 250)
    begun = of_repository(library, Wished(f"{server.url}/oai?verb=Identify", set="theses"), server.network())
    assert begun.total == 250
    entries = run(begun)
    assert statuses(entries) == {"new": 250}
    assert {entry.source for entry in entries} == {"oai"}
    first, *others = repository.asked
    assert first == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "theses"}
    assert [each["resumptionToken"] for each in others] == ["at 100", "at 200"]


def test_the_next_time_it_is_asked_for_what_changed_since(server, library):
    repository = Repository(server, 30)
    harvested(library, server)
    repository.asked.clear()
    assert statuses(harvested(library, server)) == {"same": 30}
    assert repository.asked == [{"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-05-06"}]
    repository.records.clear()
    assert harvested(library, server) == []
    repository.asked.clear()
    run(of_repository(library, Wished(f"{server.url}/oai"), server.network(), again=True))
    harvested(library, server, since="2020-01-01", until="2021-01-01", prefix="marcxml")
    assert repository.asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "metadataPrefix": "marcxml", "from": "2020-01-01", "until": "2021-01-01"},
    ]


def test_it_goes_on_at_the_token_where_it_stopped(server, library):
    repository = Repository(server, 250)
    fine = repository.answer
    server.answers["/oai"] = lambda asked: (
        Said("", 500) if asked.query.get("resumptionToken") == "at 200" else fine(asked)
    )
    with pytest.raises(NoAnswer, match="the same command goes on"):
        harvested(library, server)
    server.answers["/oai"] = fine
    repository.asked.clear()
    assert statuses(harvested(library, server)) == {"new": 50}
    assert repository.asked == [{"verb": "ListRecords", "resumptionToken": "at 200"}]
    assert library.store.count() == 250


def test_a_token_that_expired_means_the_list_from_its_beginning(server, library):
    repository = Repository(server, 250)
    repository.forgotten = {"at 200"}
    with pytest.raises(NoAnswer, match="badResumptionToken expired"):
        harvested(library, server)
    assert [each.get("resumptionToken", "") for each in repository.asked] == ["", "at 100", "at 200"] * 2
    repository.forgotten = {"at 100"}
    repository.asked.clear()
    harvested(library, server)
    assert [each.get("resumptionToken", "") for each in repository.asked] == ["at 200"]
    assert library.store.count() == 250


def test_what_the_repository_deleted_is_withdrawn_and_can_come_back(server, library):
    repository = Repository(server, 3)
    [first, second, third] = harvested(library, server)
    library.store.edit(second.id, {"note": "ours"}, who="Ann", why="")
    kept = repository.records[0]
    repository.records[:] = [gone("oai:r:0"), gone("oai:r:1"), gone("oai:r:77")]
    entries = harvested(library, server)
    assert [(entry.status, entry.notices[0].code) for entry in entries] == [
        ("changed", "harvest-withdrawn"), ("same", "harvest-kept"), ("same", "harvest-deleted"),
    ]  # fmt: skip
    assert [library.store.get(each.id).state for each in (first, second, third)] == ["withdrawn", "public", "public"]
    assert statuses(harvested(library, server)) == {"same": 3}
    repository.records[:] = [kept]
    assert [entry.status for entry in harvested(library, server)] == ["changed"]
    assert library.store.get(first.id).state == "public"


def test_what_a_person_withdrew_stays_withdrawn(server, library):
    Repository(server, 1)
    [entry] = harvested(library, server)
    library.store.set_state(entry.id, "withdrawn", "Ann", "not ours")
    harvested(library, server)
    assert library.store.get(entry.id).state == "withdrawn"


def circle(asked: Asked) -> Said:
    return said(whole(record("oai:r:1", dublin_core(title(1))), "round"))


ERRORS = [
    (lambda asked: said('<OAI-PMH><error code="badArgument">no</error></OAI-PMH>'), "badArgument no"),
    (lambda asked: said('<OAI-PMH><error code="badResumptionToken"/></OAI-PMH>'), "badResumptionToken"),
    (lambda asked: Said("<html><body>Welcome</body></html>", type="text/html"), "expected to answer with OAI-PMH"),
    (lambda asked: said(whole(record("oai:r:1", dublin_core(title(1))))[:-40]), "cut off or damaged"),
    (lambda asked: said("<!DOCTYPE x [<!ENTITY a 'b'>]><OAI-PMH>&a;</OAI-PMH>"), "expected to answer with OAI-PMH"),
    (lambda asked: Said("", 404), "has nothing there"),
    (circle, "leads in a circle"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), ERRORS)
def test_what_a_repository_says_instead_is_said(server, library, answer, told):
    server.answers["/oai"] = answer
    with pytest.raises(NoAnswer) as raised:
        harvested(library, server)
    assert told in str(raised.value)


@pytest.mark.parametrize("url", ["repository", "ftp://r.example/oai", "", "file:///etc/passwd"])
def test_a_repository_has_a_web_address(server, library, url):
    with pytest.raises((BadInput, NoAnswer)):
        of_repository(library, Wished(url), server.network())


def test_a_broken_record_is_refused_and_the_others_are_read(server, library):
    repository = Repository(server, 3)
    repository.records[1] = record("oai:r:1", "<mods/>")
    entries = harvested(library, server)
    assert [entry.status for entry in entries] == ["new", "refused", "new"]
    assert "given as mods" in sentence(entries[1].notices[-1])


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
