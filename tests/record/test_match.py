"""Likenesses: what is the same work, a version of it, related, or nothing of the kind."""
# ruff: noqa: E501 (one case per line)

import gzip
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from litbase.record.dates import PartialDate
from litbase.record.match import Match, block_keys, compare
from litbase.record.names import parse_name
from litbase.record.notices import SENTENCES, sentence
from litbase.record.record import Record, replace
from tests.strategies import records


def work(title: str, authors: str = "", year: int | None = None, **fields: Any) -> Record:
    names = tuple(name for text in authors.split(";") if (name := parse_name(text)))
    issued = PartialDate(year=year) if year else None
    return Record(**{"type": "article-journal", "title": title, "author": names, "issued": issued, **fields})


ARTICLE = work(
    "International Learning Communities: What Happens When Leaders Seek to Learn across National Boundaries?",
    "Mehta, Jal; Peterson, Amelia", 2019, container_title="Journal of Educational Change", volume="20", issue="3",
    page="327-350", doi="10.1007/s10833-018-9324-0", eric="EJ1223055",
)  # fmt: skip
POST = work(
    "International Learning Communities: What Can Be Learned Across National Boundaries?",
    "Peterson, Amelia; Mehta, Jal", 2016, type="article-newspaper", genre="Opinion", container_title="Education Week",
)  # fmt: skip
BOOK = work(
    "Handbook of the Cultural Foundations of Learning",
    "Nasir, Na'ilah Suad",
    2020,
    type="book",
    isbn=("9780415839044",),
)
CHAPTER = work(
    "Learning at the Boundaries", "Gomez, Louis M.", 2020, type="chapter",
    container_title="Handbook of the Cultural Foundations of Learning", isbn=("9780415839044",),
)  # fmt: skip


def meet(one: Record, other: Record) -> bool:
    return bool(set(block_keys(one)) & set(block_keys(other)))


def test_the_post_of_2016_is_a_version_of_the_article_of_2019_and_not_the_same() -> None:
    assert meet(ARTICLE, POST)
    match = compare(ARTICLE, POST)
    assert match is not None
    assert match.relation == "version"
    assert [sentence(reason) for reason in match.reasons] == [
        "Same two authors, nearly the same title",
        "One is of 2016, the other of 2019",
        "One is filed as Journal article, the other as Opinion article",
    ]


SAME = {
    "the catalogue's copy": {"title": ARTICLE.title.upper(), "eric": "", "doi": "", "page": ""},
    "the ERIC document of it": {"doi": "", "eric": "ED600000"},
    "the year after, same journal": {"doi": "", "issued": PartialDate(year=2020)},
    "a typing error": {"doi": "", "title": ARTICLE.title.replace("across", "accross")},
    "an entity": {"doi": "", "title": ARTICLE.title.replace("Happens", "&quot;Happens&quot;")},
    "initials only": {"doi": "", "author": (parse_name("Mehta, J."), parse_name("Peterson, A."))},
    "the last author missing": {"doi": "", "author": (parse_name("Mehta, Jal"),)},
    "the journal abbreviated": {"doi": "", "container_title": "J. Educ. Change"},
    "one number wrong": {"doi": "", "volume": "21"},
    "DOI in capitals, subtitle missing": {"doi": ARTICLE.doi.upper(), "title": "International Learning Communities"},
    "an untyped entry": {"type": "document", "doi": ""},
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_the_same_work_is_found_in_another_dress(change: dict[str, Any]) -> None:
    other = replace(ARTICLE, **{"eric": "", **change})
    match = compare(ARTICLE, other)
    assert match is not None
    assert match.relation == "same"
    assert meet(ARTICLE, other)


REPORT = work("The Condition of Education", "National Center for Education Statistics", 2015, type="report")
EDITORIAL = work("Editorial", "Lee, Ann", 2001, container_title="Change", volume="1", issue="1", page="1-2")
SEGREGATION = work("Racial Segregation among Public and Private Schools", "Taeuber, Karl E.; James, David R.", 1982)
PAPER = work("Trust in the Sharing Economy", "Deng, Chaoqun", 2017, type="paper-conference")
OTHER_WORKS = {  # one, other, relation
    "another number in the title": (replace(REPORT, title=REPORT.title + " 2015"), replace(REPORT, title=REPORT.title + " 2019", issued=PartialDate(year=2019)), None),
    "two parts": (work("Research on College Impact, Part One", "Astin, A.", 1970), work("Research on College Impact, Part Two", "Astin, A.", 1970), "related"),
    "two roman volumes": (work("American Journal of Education. Volume V", "Barnard, H.", 1858), work("American Journal of Education. Volume X", "Barnard, H.", 1861), None),
    "a response": (SEGREGATION, replace(SEGREGATION, title=SEGREGATION.title + ": A Response.", issued=PartialDate(year=1983)), "related"),
    "a correction": (ARTICLE, replace(ARTICLE, title="Correction to: " + ARTICLE.title, eric="", doi="10.1/x"), "related"),
    "another DOI": (ARTICLE, replace(ARTICLE, doi="10.1007/other", eric=""), "related"),
    "another DOI, another year": (ARTICLE, replace(ARTICLE, doi="10.1/pre", eric="", issued=PartialDate(year=2017)), "version"),
    "a wrong DOI": (ARTICLE, work("Rural Schools in Norway", "Solstad, Karl", 2001, doi=ARTICLE.doi), None),
    "paper and article": (PAPER, replace(PAPER, type="article-journal"), "version"),
    "another edition": (replace(BOOK, edition="1", isbn=()), replace(BOOK, edition="2", isbn=()), "version"),
    "editorials of two issues": (EDITORIAL, replace(EDITORIAL, issue="2", page="3-4"), None),
    "an editorial twice": (EDITORIAL, EDITORIAL, "same"),
    "same title, other people": (work("Improving Practice", "Lee, Ann", 2013), work("Improving Practice", "Ng, Bo", 2013), None),
    "same title, nobody named": (work("Improving Practice", "", 2013), work("Improving Practice", "", 2013), None),
    "two journals in one year": (replace(ARTICLE, doi=""), replace(ARTICLE, doi="", eric="", container_title="Phi Delta Kappan", volume="1"), "related"),
    "one series, a shared author": (work("Comer's School Development Program: Theory", "Cook, T.; Murphy, R.", 2000), work("Comer's School Development Program: Justice", "Cook, T.", 2008), "related"),
    "chapter of the book": (CHAPTER, BOOK, "part-of"),
    "two chapters of one book": (CHAPTER, replace(CHAPTER, title="Rethinking Culture", author=(parse_name("Rogoff, B."),)), None),
    "nothing at all": (Record(), Record(), None),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "relation"), OTHER_WORKS.values(), ids=OTHER_WORKS)
def test_what_is_not_the_same_is_called_what_it_is(one: Record, other: Record, relation: str | None) -> None:
    match = compare(one, other)
    assert (match.relation if match else None) == relation


def test_two_printings_of_a_book_are_the_same_by_isbn() -> None:
    match = compare(BOOK, replace(BOOK, issued=None, author=()))
    assert match is not None
    assert match.relation == "same"
    assert match.reasons[0].code == "match-isbn"


def test_a_title_that_says_nothing_makes_no_title_block() -> None:
    assert block_keys(work("Editorial", "Lee, Ann")) == ()
    assert not meet(EDITORIAL, replace(EDITORIAL, page="3-4"))


@settings(max_examples=50)
@given(records(), records())
def test_the_order_of_two_records_makes_no_difference(one: Record, other: Record) -> None:
    assert compare(one, other) == compare(other, one)


@settings(max_examples=50)
@given(records())
def test_a_record_is_the_same_as_its_copy_or_says_nothing(record: Record) -> None:
    match = compare(record, record)
    assert match is None or match.relation in ("same", "related")
    assert len(block_keys(record)) <= 14
    assert match is None or {reason.code for reason in match.reasons} <= set(SENTENCES)


def test_links_among_real_eric_records_are_few_and_right(shared: Path) -> None:
    library = []
    for path in sorted((shared / "data" / "eric" / "api").glob("*.json.gz")):
        for answer in json.loads(gzip.decompress(path.read_bytes()))["response"]["docs"]:
            kind = "article-journal" if answer["id"].startswith("EJ") else "report"
            record = work(
                answer["title"], ";".join(answer.get("author", ())), answer.get("publicationdateyear"), type=kind
            )
            library.append(replace(record, eric=answer["id"]))
    library = list({record.eric: record for record in library}.values())
    blocks: dict[str, list[Record]] = defaultdict(list)
    for record in library:
        for key in block_keys(record):
            blocks[key].append(record)
    assert max(map(len, blocks.values())) <= 50
    pairs = {(a.eric, b.eric): (a, b) for block in blocks.values() for b in block for a in block if a.eric < b.eric}
    assert len(pairs) < 1000
    started = time.perf_counter()
    matches = {pair: match for pair, (a, b) in pairs.items() if (match := compare(a, b))}
    assert time.perf_counter() - started < 0.5
    same = {pair for pair, match in matches.items() if match.relation == "same"}
    assert 8 <= len(same) <= 12  # ERIC numbered these twice; all were looked at
    assert ("EJ298553", "EJ300860") in same
    assert matches["ED296041", "EJ369607"].relation == "version"
    assert len(matches) < 70


@pytest.mark.parametrize("name", ["cytology_screening", "digital_work", "special_cases"])
@pytest.mark.slow
def test_duplicates_of_published_benchmarks_are_found(shared: Path, name: str) -> None:
    found, gold = _links(shared / "data" / "dedup", name)
    right = len(found & gold)
    assert right / len(found) > 0.95
    assert right / len(gold) > 0.94


def _links(folder: Path, name: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    types = {"article": "article-journal", "inproceedings": "paper-conference", "incollection": "chapter"}
    library = {}
    for line in gzip.decompress((folder / f"{name}.records.jsonl.gz").read_bytes()).splitlines():
        given = json.loads(line)
        library[given["id"]] = work(
            given["title"] or "", ";".join(given["authors"]), given["year"], doi=given["doi"] or "",
            type=types.get(given["type"], "document"), container_title=given["source"] or "", id=given["id"],
        )  # fmt: skip
    blocks: dict[str, list[str]] = defaultdict(list)
    for id, record in library.items():
        for key in block_keys(record):
            blocks[key].append(id)
    pairs = {(a, b) for block in blocks.values() if len(block) <= 50 for a in block for b in block if a < b}
    matches = {pair: compare(library[pair[0]], library[pair[1]]) or Match("", (), 0) for pair in pairs}
    groups = map(json.loads, gzip.decompress((folder / f"{name}.gold.jsonl.gz").read_bytes()).splitlines())
    gold: set[tuple[str, ...]] = {(a, b) for group in groups for a in group for b in group if a < b}
    return {pair for pair, match in matches.items() if match.relation == "same"}, gold
