"""Harvesting repositories: by their tokens, what changed since, what was deleted, and what they say instead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.errors import BadInput, NoAnswer
from litbase.library import Library, open_library
from litbase.library.harvesting import Harvest
from litbase.library.reading import Entry
from litbase.library.repositories import Asked as Wished
from litbase.library.repositories import of_repository
from litbase.record.notices import sentence
from litbase.settings import Settings
from tests.elsewhere import Asked, Elsewhere, Said, elsewhere
from tests.sources.test_oai import dublin_core, gone, record, whole


@pytest.fixture
def server() -> Iterator[Elsewhere]:
    with elsewhere() as found:
        yield found


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = open_library(tmp_path / "library", Settings(), create=True)
    yield found
    found.close()


def run(begun: Harvest) -> list[Entry]:
    return list(begun.entries(lambda done, count, name: None))


def statuses(entries: list[Entry]) -> dict[str, int]:
    return {status: sum(each.status == status for each in entries) for status in {each.status for each in entries}}


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
