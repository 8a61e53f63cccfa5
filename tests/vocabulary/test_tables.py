"""The closed vocabularies."""

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import litbase
from litbase.record.identifiers import normal_issn
from litbase.vocabulary.tables import AUDIENCES, LANGUAGES, LEVELS, journal_of, language_name, language_tag

JOURNALS = (Path(litbase.__file__).parent / "vocabulary" / "journals.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("row", LANGUAGES, ids=lambda row: row[0])
def test_a_language_is_known_by_tag_names_and_codes(row: tuple[str, ...]) -> None:
    tag, english, own, codes = row
    for text in (tag, english, english.upper(), own, *codes.split()):
        assert language_tag(text) == tag
    assert language_name(tag) == english


OTHER = {
    "region": ("en-us", "en-US"),
    "underscore": ("pt_BR", "pt-BR"),
    "script and region": ("zh-hans-cn", "zh-Hans-CN"),
    "ISO 639-2 with region": ("eng-GB", "en-GB"),
    "spaces": ("  Modern   Greek ", "el"),
    "unknown": ("Klingon", ""),
    "words with a hyphen": ("in-house newsletter", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "tag"), OTHER.values(), ids=OTHER)
def test_other_ways_to_name_a_language(text: str, tag: str) -> None:
    assert language_tag(text) == tag
    assert language_tag(tag) == tag


def test_a_tag_nobody_knows_is_its_own_name() -> None:
    assert language_name("tlh") == "tlh"
    assert language_name("en-US") == "English (US)"


def test_lists_hold_nothing_twice() -> None:
    for items in (LEVELS, AUDIENCES, [row[0] for row in LANGUAGES], [line.split("\t")[0] for line in JOURNALS]):
        assert [item for item, count in Counter(items).items() if count > 1] == []


def test_every_issn_of_the_table_has_a_right_check_digit_and_a_title() -> None:
    rows = [line.split("\t") for line in JOURNALS]
    assert [issn for issn, _ in rows if normal_issn(issn) != issn] == []
    assert [issn for issn, title in rows if not title or title != " ".join(title.split())] == []


def test_the_table_is_in_order() -> None:
    assert sorted(JOURNALS) == JOURNALS


@pytest.mark.parametrize(
    ("issn", "title"),
    [("1573-1812", "Journal of Educational Change"), ("EISSN-1573-1812", "Journal of Educational Change"),
     ("ISSN-0013-189X", "Educational Researcher"), ("0277-4232", "Education Week"), ("1573-1813", ""), ("", "")],
)  # fmt: skip
def test_a_journal_is_known_by_its_issn(issn: str, title: str) -> None:
    assert journal_of(issn) == title


def test_the_table_agrees_with_what_eric_says(shared: Path) -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for line in gzip.decompress((shared / "data" / "eric" / "eric.jsonl.gz").read_bytes()).splitlines():
        given = json.loads(line)
        for issn in given.get("issn") or ():
            if given.get("source") and normal_issn(issn):
                titles[issn].add(given["source"])
    assert len(titles) >= 7
    assert {issn: {journal_of(issn)} for issn in titles} == titles


def test_nearly_all_real_eric_records_with_an_issn_get_their_journal(shared: Path) -> None:
    issns = {
        given["id"]: given["issn"]
        for path in (shared / "data" / "eric" / "api").glob("*.json.gz")
        for given in json.loads(gzip.decompress(path.read_bytes()))["response"]["docs"]
        if given.get("issn")
    }
    known = sum(any(map(journal_of, given)) for given in issns.values())
    assert known / len(issns) > 0.94
