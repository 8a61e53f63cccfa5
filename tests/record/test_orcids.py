"""Whose ORCID a record states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.csl.read import read as csl
from litbase.formats.page.citation_tags import told_by
from litbase.formats.page.jsonld import told_of
from litbase.formats.tags.nbib import read as nbib
from litbase.record.names import Name
from litbase.record.orcids import orcids
from litbase.record.reading import Document
from litbase.record.record import Record

ANN, ANNA, LEE = (
    Name(family="Roe", given="Ann"),
    Name(family="Roe", given="Anna"),
    Name(family="Lee", given="Bo"),
)
ONE, TWO = "0000-0002-1825-0097", "0000-0001-5503-7888"
CASES = {
    "beside the name": ([ANN, LEE], [("csl:author.ORCID", f"Lee, Bo: https://orcid.org/{ONE}")], {("Lee, Bo", ONE)}),
    "with slashes": ([ANN, LEE], [("wos:OI", f"Roe, Ann/{ONE}; Lee, Bo/{TWO}")], {("Roe, Ann", ONE), ("Lee, Bo", TWO)}),
    "two of one": ([ANN, LEE], [("x:orcid", f"Roe, Ann: {ONE}, {TWO}")], {("Roe, Ann", ONE), ("Roe, Ann", TWO)}),
    "in MARC": ([ANN, LEE], [("marc:100", f"1# ‡a Roe, Ann, ‡0 (orcid){ONE}")], {("Roe, Ann", ONE)}),
    "a longer name": ([ANN, ANNA], [("x:orcid", f"Roe, Anna: {ONE}")], {("Roe, Anna", ONE)}),
    "only a longer name": ([ANN], [("x:orcid", f"Roe, Anna: {ONE}")], {("", ONE)}),
    "alone": ([ANN], [("bibtex:orcid", ONE)], {("Roe, Ann", ONE)}),
    "alone and an address": ([ANN], [("x:y", f"https://orcid.org/{ONE}")], {("Roe, Ann", ONE)}),
    "alone with two authors": ([ANN, LEE], [("bibtex:orcid", ONE)], {("", ONE)}),
    "of somebody else": ([ANN], [("x:orcid", f"Fox, Al: {ONE}")], {("", ONE)}),
    "a wrong digit": ([ANN], [("bibtex:orcid", "0000-0002-1825-0098")], set()),
    "no ORCID": ([ANN], [("x:number", ONE)], set()),
    "in letters": ([ANN], [("x:orcid", "none")], set()),
}


@pytest.mark.parametrize("name", CASES)
def test_whose_an_orcid_is(name):
    authors, extra, expected = CASES[name]
    assert set(orcids(Record(author=tuple(authors), extra=tuple(extra)))) == expected


def read(reader, text):
    [reading] = reader(Document("a", text.encode()))
    return reading.record


def test_readers_keep_whose_an_orcid_is():
    people = f'[{{"family":"Roe","given":"Ann","ORCID":"https://orcid.org/{ONE}"}},{{"family":"Lee","given":"Bo"}}]'
    crossref = f'{{"message":{{"type":"journal-article","title":["Towns"],"author":{people}}}}}'
    medline = f"PMID- 1\nTI  - Towns\nFAU - Lee, Bo\nAU  - Lee B\nFAU - Roe, Ann\nAU  - Roe A\nAUID- ORCID: {ONE}\n"
    for record in (read(csl, crossref), read(nbib, medline)):
        assert orcids(record) == (("Roe, Ann", ONE),)


@pytest.mark.parametrize(
    "said",
    [
        {"sameAs": f"https://orcid.org/{ONE}"},
        {"@id": f"http://orcid.org/{ONE}"},
        {"identifier": {"@type": "PropertyValue", "propertyID": "ORCID", "value": ONE}},
        {"identifier": ["x", f"https://orcid.org/{ONE}"]},
        {"url": [f"https://orcid.org/{ONE}"]},
    ],
)
def test_json_ld_says_whose_an_orcid_is(said):
    author = [{"@type": "Person", "name": "Bo Lee"}, {"@type": "Person", "name": "Ann Roe", **said}]
    [told] = told_of([{"@type": "ScholarlyArticle", "name": "Towns", "author": author}])
    assert orcids(Record(**told)) == (("Roe, Ann", ONE),)


@pytest.mark.parametrize(
    ("numbers", "whose"), [([ONE, TWO], {("Roe, Ann", ONE), ("Lee, Bo", TWO)}), ([ONE], {("", ONE)})]
)
def test_citation_tags_say_whose_an_orcid_is_where_each_author_has_one(numbers, whose):
    told = told_by({"citation_title": ["Towns"], "citation_author": ["Roe, Ann", "Bo Lee"],
                    "citation_author_orcid": numbers})  # fmt: skip
    assert set(orcids(Record(**told))) == whose


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=5))
def test_any_text_is_looked_through(extra):
    assert all(one.number for one in orcids(Record(author=(ANN,), extra=tuple(extra))))


def test_long_texts_are_looked_through_quickly():
    people = tuple(Name(family=f"Name{n}", given="A.") for n in range(5_000))
    value = f"{'0000-' * 10_000}orcid {ONE} " * 3
    assert orcids(Record(author=people, extra=(("x:orcid", value),) * 1_000)) == ()
