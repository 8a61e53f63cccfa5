"""What pages say of the thesaurus: what was also searched, how to leave it out, what lies below a descriptor."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from litbase.library import Library, bring_level, open_library
from litbase.library.thesaurus import load
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming
from litbase.web import create_app

TABLE = """descriptor,used_for,broader
Academically Gifted,Gifted Students|Able Students|A1|A2|A3|A4|A5,
Communities of Practice,Learning Communities,
Gender Differences,Sex Differences,
Kindergarten,Kindergarten Children,
Schools,,
Rural Schools,,Schools
Young Children,Kindergarten Children,
"""
RECORDS = (
    Record(title="Old", descriptors=("Sex Differences",)),
    Record(title="New", descriptors=("Gender Differences",)),
    Record(title="Together", descriptors=("Communities of Practice",)),
    Record(title="About learning communities"),
    Record(title="In the country", descriptors=("Rural Schools",)),
)
Head = Callable[[str], Tag]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("thesaurus")
    (folder / "terms.csv").write_text(TABLE, encoding="utf-8")
    opened = open_library(folder / "library", Settings(), create=True)
    batch = [Incoming(record=r, source="test", key=r.title, reader="test", document="d") for r in RECORDS]
    opened.store.put(batch, opened.store.start_run("test"))
    load(opened, str(folder / "terms.csv"))
    bring_level(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def head(library: Library) -> Head:
    """head(url) is the block above the results."""
    client = create_app(library).test_client()

    def block(url: str) -> Tag:
        answer = client.get(url)
        assert answer.status_code == 200
        [found] = BeautifulSoup(answer.text, "html.parser").select("#res-head")
        return found

    return block


def said(block: Tag, selector: str = "p.small") -> list[str]:
    return [" ".join(found.get_text().split()) for found in block.select(selector)]


def link(block: Tag, text: str) -> str:
    [found] = [found for found in block.select("a") if found.get_text() == text]
    return str(found["href"])


def test_what_was_also_searched_stands_under_the_count_and_can_be_left_out(head: Head) -> None:
    block = head("/search?q=learning+communities&sort=title")
    assert said(block, "h1") == ["2 records for learning communities"]
    assert said(block) == [
        "Also searched: Communities of Practice, for which Learning Communities is another name. Leave it out"
    ]
    without = head(link(block, "Leave it out"))
    assert said(without, "h1") == ["1 record for learning communities"]
    assert said(without) == [
        "Left out: Communities of Practice, for which Learning Communities is another name. Search it too"
    ]
    assert link(without, "Search it too") == "/search?q=learning+communities&sort=title"


def test_programs_are_told_what_was_also_searched(library: Library) -> None:
    client = create_app(library).test_client()
    gifted = client.get("/search.json?q=academically+gifted").get_json()["also"]
    assert gifted == [{"name": "Academically Gifted", "today": [], "others": ["A1", "A2", "A3", "A4"], "more": 3}]
    assert client.get("/search.json?q=academically+gifted&expand=0").get_json()["also"] == []


def test_the_descriptor_leads_to_its_records(head: Head) -> None:
    assert link(head("/search?q=sex+differences"), "Gender Differences") == "/search?descriptor=Gender+Differences"


def test_several_descriptors_are_searched_together(head: Head) -> None:
    assert said(head("/search?q=kindergarten+children")) == [
        "Also searched: Kindergarten and Young Children together, for which Kindergarten Children is another name. "
        "Leave them out"
    ]


def test_many_other_names_are_cut_short(head: Head) -> None:
    assert said(head("/search?q=academically+gifted")) == [
        "Also searched: A1, A2, A3, A4 and 3 more, other names of Academically Gifted. Leave them out"
    ]


def test_narrower_descriptors_are_offered_where_the_search_is_explained(head: Head) -> None:
    block = head("/search?q=schools&narrower=0")
    assert "Schools has 1 narrower descriptor. Search it too" in " ".join(said(block, "details.readas"))
    assert said(block) == []
    widened = head(link(block, "Search it too"))
    assert said(widened) == ["Narrower descriptors are searched too, below Schools (1). Leave them out"]
    assert link(widened, "Leave them out") == "/search?q=schools"


def test_nothing_is_said_where_the_thesaurus_has_nothing_to_say(head: Head) -> None:
    block = head("/search?q=country")
    assert said(block) == []
    assert "narrower" not in " ".join(said(block, "details.readas"))


def test_a_filter_with_a_retired_name_is_shown_under_that_of_today(head: Head) -> None:
    block = head("/search?descriptor=Sex+Differences")
    assert said(block, "h1") == ["2 records"]
    assert said(block, ".filterchip b") == ["Gender Differences"]
    assert said(block, ".notices li") == [
        "Sex Differences is no longer a descriptor; Gender Differences is filtered by instead"
    ]
