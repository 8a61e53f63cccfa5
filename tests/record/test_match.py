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

from benchmarks.quality.dedup import pairs_of, read_groups, read_records
from litbase.record.dates import PartialDate
from litbase.record.match import block_keys, compare, is_part
from litbase.record.names import parse_name
from litbase.record.notices import SENTENCES, sentence
from litbase.record.record import Record, replace
from tests.amount import amount
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
    "remarks of a database": {"doi": "", "title": ARTICLE.title + ". [Review] [50 refs]"},
    "a kind of abstract": {"doi": "", "title": ARTICLE.title + " (Structured abstract)"},
    "an erratum mentioned": {"doi": "", "title": ARTICLE.title + ".[Erratum appears in J Educ Change. 2020;21(1):9]"},
    "marked as retracted": {"doi": "", "title": "RETRACTED: " + ARTICLE.title},
    "a rubric in front": {"doi": "", "title": "Research article: " + ARTICLE.title},
    "words joined": {"doi": "", "title": ARTICLE.title.replace("Learning Communities", "LearningCommunities")},
    "the original in brackets": {"doi": "", "title": f"Grenzenloses Lernen [{ARTICLE.title}]"},
    "in another language, on the same pages": {
        "doi": "",
        "title": "Comunidades de aprendizaje: lo que ocurre en las fronteras",
    },
    "in another script, on the same pages": {"doi": "", "title": "Международные сообщества обучения"},
    "a number misread, on the same pages": {"doi": "", "title": ARTICLE.title + " 1"},
    "subtitle missing, on the same pages": {"doi": "", "title": "International Learning Communities"},
    "subtitle missing, first page only": {"doi": "", "title": "International Learning Communities", "page": "327"},
    "pages shortened": {"doi": "", "page": "327-50"},
    "first page only": {"doi": "", "page": "327", "title": ARTICLE.title.upper()},
    "an article number for the pages": {"doi": "", "page": "e15", "issue": ""},
    "a volume that is the year": {"doi": "", "volume": "2019", "issue": "Mar."},
    "the journal and its society": {
        "doi": "",
        "container_title": "Journal of Educational Change : official journal of the Society",
        "page": "",
    },
    "the journal by its first letters": {"doi": "", "container_title": "JEC", "page": ""},
    "the journal in another language": {"doi": "", "container_title": "Zeitschrift für Bildungswandel"},
    "one journal in two names, and no pages": {
        "doi": "",
        "container_title": "Zeitschrift für Bildungswandel",
        "page": "",
    },
    "nobody named, on the same pages": {"doi": "", "author": ()},
    "a group in the place of people": {"doi": "", "author": (parse_name("Learning Group"),)},
    "Anonymous": {"doi": "", "author": (parse_name("Anonymous"),)},
    "family and given name swapped": {
        "doi": "",
        "page": "",
        "author": (parse_name("Jal, M."), parse_name("Amelia, Peterson")),
    },
    "a letter of a name lost": {
        "doi": "",
        "page": "",
        "author": (parse_name("Mehta, J."), parse_name("Petrson, Amelia")),
    },
    "a double name": {"doi": "", "page": "", "author": (parse_name("Mehta-Lal, J."), parse_name("Peterson Rowe, A."))},
    "filed as a paper, on the same pages": {"doi": "", "type": "paper-conference"},
    "DOIs of two publishers, on the same pages": {"doi": "10.1177/0000123"},
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
GUIDE = work("User's Guide to the IdxTeX Program", "Aurbach, R. L.", 1987, container_title="TeXniques", issue="3")
SCHOOLS = work(
    "Effects of Tutoring on the Reading of Boys in Rural Schools", "Lee, Ann", 2003, container_title="Reading Research"
)
COLUMN = work("Opening words", "Thiele, C.", 1993, container_title="TUGboat", volume="14", issue="1", page="5-6")
REMARKS = work(
    "Remarks from MIS Quarterly Editor", "Lee, A.", 2000, container_title="MIS Quarterly", volume="24", issue="1"
)
TRACK = work(
    "Introduction to the Track on Digital Work and the Gig Economy", "Deng, X.; Taylor, J.", 2021,
    type="paper-conference", container_title="Hawaii International Conference on System Sciences",
)  # fmt: skip
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
    "one word differs": (GUIDE, replace(GUIDE, title="User's Guide to the GloTeX Program", issue="4"), "related"),
    "boys and girls": (SCHOOLS, replace(SCHOOLS, title=SCHOOLS.title.replace("Boys", "Girls")), "related"),
    "a subtitle more, and no place": (SCHOOLS, replace(SCHOOLS, title=SCHOOLS.title + ": A Closer Look"), "related"),
    "another first name": (SCHOOLS, replace(SCHOOLS, author=(parse_name("Lee, Bob"),)), None),
    "two parts by letter": (BOOK, replace(BOOK, title=BOOK.title + ". Part B", isbn=("9780415839051",)), "version"),
    "volumes of a set": (replace(BOOK, volume="1"), replace(BOOK, volume="2"), "related"),
    "another ISBN": (BOOK, replace(BOOK, isbn=("9780415839051",)), "version"),
    "an ISBN used again": (replace(BOOK, page="300"), replace(BOOK, page="402", issued=PartialDate(year=2024)), "version"),
    "the ISBN of a reprint": (replace(BOOK, page="300", issued=PartialDate(year=1934)), replace(BOOK, page="300", issued=PartialDate(year=1971)), "version"),
    "another length": (replace(BOOK, isbn=(), page="122"), replace(BOOK, isbn=(), page="146"), "related"),
    "releases of a program": (replace(BOOK, isbn=(), edition="Release 2.4"), replace(BOOK, isbn=(), edition="Release 2.5"), "version"),
    "a column, a year later": (COLUMN, replace(COLUMN, volume="15", issued=PartialDate(year=1994)), "related"),
    "a column, an issue later": (COLUMN, replace(COLUMN, issue="4"), "related"),
    "a column named after its journal": (REMARKS, replace(REMARKS, issue="2"), "related"),
    "notices of nobody": (replace(COLUMN, author=()), replace(COLUMN, author=(), issue="4"), None),
    "an abstract and the article": (ARTICLE, replace(ARTICLE, doi="", eric="", volume="19", issue="S1", page="45"), "related"),
    "a preprint": (ARTICLE, replace(ARTICLE, doi="", eric="", container_title="EdArXiv", volume="", issue="", page=""), "version"),
    "versions of one DOI": (replace(ARTICLE, doi="10.1002/14651858.CD1.pub2"), replace(ARTICLE, doi="10.1002/14651858.CD1.pub3", eric=""), "version"),
    "the DOI of the whole volume": (replace(CHAPTER, doi="10.1007/978-3-662-45670-5"), replace(CHAPTER, doi="10.1007/978-3-662-45670-5", title="Learning at Work", page="21-40"), None),
    "one DOI, other pages, another title": (ARTICLE, replace(ARTICLE, eric="", title="International Learning Societies: How Leaders Act across the Nations", page="401-420"), None),
    "another journal": (SCHOOLS, replace(SCHOOLS, container_title="Clinical Reading Research"), "related"),
    "errata with a citation": (SCHOOLS, replace(SCHOOLS, title=f'Errata for "{SCHOOLS.title}," AERJ, 1971, pp. 531-565'), "related"),
    "a review of the book": (BOOK, work("Review of Handbook of the Cultural Foundations of Learning", "Ng, Bo", 2021), "related"),
    "a letter about it": (SCHOOLS, replace(SCHOOLS, title="Re: " + SCHOOLS.title, page="9"), "related"),
    "a thesis printed as a report": (replace(REPORT, type="thesis", page="90"), replace(REPORT, page="60"), "version"),
    "the web page of an article": (ARTICLE, replace(ARTICLE, doi="", eric="", type="webpage", volume="", issue="", page=""), "version"),
    "introductions to a track, a year apart": (TRACK, replace(TRACK, issued=PartialDate(year=2022)), "version"),
    "one numeral in Chinese": (work("中国教育研究的方法与实践一", "李, 明", 2001, volume="3", page="1-9"), work("中国教育研究的方法与实践二", "李, 明", 2001, volume="3", page="10-19"), "related"),
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


@settings(max_examples=amount(20, 50))
@given(records(), records())
def test_the_order_of_two_records_makes_no_difference(one: Record, other: Record) -> None:
    assert compare(one, other) == compare(other, one)


@settings(max_examples=amount(20, 50))
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
    started = time.process_time()
    matches = {pair: match for pair, (a, b) in pairs.items() if (match := compare(a, b))}
    assert time.process_time() - started < 2
    same = {pair for pair, match in matches.items() if match.relation == "same"}
    assert 8 <= len(same) <= 12  # ERIC numbered these twice; all were looked at
    assert ("EJ298553", "EJ300860") in same
    assert matches["ED296041", "EJ369607"].relation == "version"
    assert len(matches) < 70


def test_a_paper_of_one_meeting_may_be_dated_a_year_apart() -> None:
    paper = work(
        "Call for Bids to Improve Matching Efficiency: Evidence from Online Markets", "Guo, X.; Gong, J.", 2017,
        type="paper-conference", container_title="International Conference on Information Systems",
    )  # fmt: skip
    match = compare(paper, replace(paper, issued=PartialDate(year=2018), container_title="ICIS : Transforming Society"))
    assert match is not None
    assert match.relation == "same"


def test_an_announcement_of_nobody_is_the_same_in_the_same_issue_only() -> None:
    call = work("Call for papers: Twelfth Annual Meeting, suburban Boston", "Anonymous", 1990,
                container_title="TUGboat", volume="11", issue="4", page="c3-c3")  # fmt: skip
    same = compare(call, replace(call, page="Cover 3"))
    assert same is not None
    assert same.relation == "same"
    assert compare(call, replace(call, issue="3")) is None


PLACES = {
    "the same pages": ({"doi": "", "title": "International Learning Communities"}, "match-pages"),
    "the same first page": ({"doi": "", "page": "327"}, "match-page"),
    "two languages": ({"doi": "", "title": "Международные сообщества обучения"}, "match-languages"),
}


@pytest.mark.parametrize(("change", "code"), PLACES.values(), ids=PLACES)
def test_the_place_is_told_where_it_decides(change: dict[str, Any], code: str) -> None:
    match = compare(ARTICLE, replace(ARTICLE, eric="", **change))
    assert match is not None
    assert code in {reason.code for reason in match.reasons}


@pytest.mark.parametrize("title", ["Erratum to: {}", "{}: A Response", "Review of {}", "Re: {}"])
def test_what_answers_a_work_meets_it(title: str) -> None:
    answer = replace(ARTICLE, title=title.format(ARTICLE.title), author=(), doi="10.1/x", eric="", page="9")
    assert meet(ARTICLE, answer)
    match = compare(ARTICLE, answer)
    assert match is not None
    assert [reason.code for reason in match.reasons] == ["match-answer"]


def test_part_of_has_a_direction() -> None:
    assert is_part(CHAPTER, BOOK)
    assert not is_part(BOOK, CHAPTER)
    assert compare(CHAPTER, BOOK) == compare(BOOK, CHAPTER)


@pytest.mark.parametrize("name", ["cytology_screening", "digital_work", "special_cases"])
@pytest.mark.slow
def test_duplicates_of_published_benchmarks_are_found(shared: Path, name: str) -> None:
    library = read_records(shared / "data" / "dedup", name)
    _held_to(library, name, shared, least=0.99)


@pytest.mark.parametrize("name", ["cytology_screening", "digital_work", "special_cases"])
@pytest.mark.slow
def test_without_volumes_and_pages_fewer_are_found_and_none_is_wrong(shared: Path, name: str) -> None:
    library = read_records(shared / "data" / "dedup", name)
    bare = {id: replace(record, volume="", issue="", page="") for id, record in library.items()}
    _held_to(bare, name, shared, least=0.95)


def _held_to(library: dict[str, Record], name: str, shared: Path, least: float) -> None:
    blocks: dict[str, list[str]] = defaultdict(list)
    for id, record in library.items():
        for key in block_keys(record):
            blocks[key].append(id)
    pairs = pairs_of(block for block in blocks.values() if len(block) <= 50)
    matches = {pair: compare(library[pair[0]], library[pair[1]]) for pair in pairs}
    found = {pair for pair, match in matches.items() if match and match.relation == "same"}
    gold = pairs_of(read_groups(shared / "data" / "dedup", name))
    assert found <= gold
    assert len(found) / len(gold) >= least
