"""The command `suggest`: for one record, for those a query finds, for those without descriptors."""

import json

import pytest
from click.testing import CliRunner

from litbase.cli import main
from litbase.library import bring_level
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.library.small import small_library

NAME = "Prevention Programs in Schools"
TITLE = "Prevention Programs in Schools: A Review"


@pytest.fixture
def run(tmp_path):
    records = (
        Record(title=TITLE, abstract=TITLE),
        Record(title="Nothing Known"),
        Record(title=TITLE + ", Again", abstract=TITLE, descriptors=(NAME,)),
    )
    library = small_library(tmp_path / "library", records)
    library.store.put_thesaurus(Thesaurus((Entry(NAME),)))
    assert bring_level(library)
    library.close()

    def run(*args: str):
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), "suggest", *args])

    return run


def test_records_without_descriptors_are_asked_for_by_themselves(run):
    result = run()
    assert result.exit_code == 0
    assert f"{NAME}: Its words stand in the title" in result.stdout
    assert "Again" not in result.stdout
    assert "suggestions for 1 of 2 records" in result.stderr


def test_a_query_and_an_id_choose(run):
    [told] = [json.loads(line) for line in run("--json", "title:nothing").stdout.splitlines()]
    assert (told["title"], told["suggestions"]) == ("Nothing Known", [])
    [first] = [line for line in run("--json").stdout.splitlines() if TITLE in line]
    [told] = [json.loads(line) for line in run("--json", json.loads(first)["id"]).stdout.splitlines()]
    [suggested] = told["suggestions"]
    assert (suggested["descriptor"], suggested["reasons"]) == (
        NAME,
        ["Its words stand in the title", "Its words stand in the abstract"],
    )
    assert 0.5 <= suggested["score"] <= 1


def test_what_finds_nothing_says_so(run):
    result = run("zebra")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "suggestions for 0 of 0 records" in result.stderr
