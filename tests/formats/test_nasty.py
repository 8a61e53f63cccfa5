"""The shared list of nasty citations: every case of ours is run from the list's own words."""

import json
import re

import pytest

from litbase.formats import bibtex
from litbase.formats.bibtex_names import write_names
from litbase.formats.bibtex_write import dump
from litbase.formats.csl_json import item
from litbase.formats.latex import decode
from litbase.formats.ris import dump as dump_ris
from litbase.record.names import Name, parse_name
from litbase.record.reading import Document
from litbase.record.record import Record


@pytest.fixture(scope="module")
def cases(shared):
    return {case["id"]: case for case in json.loads((shared / "data/nasty/cases.json").read_text("utf-8"))}


def bib(**fields) -> str:
    return "".join(dump([Record(citation_key="k", type="article-journal", **fields)]))


def read(text: str) -> Record:
    return next(iter(bibtex.read(Document.from_text(text)))).record


@pytest.mark.parametrize("name", ["escape-all", "unbalanced-brace"])
def test_titles_are_written_as_listed(cases, name):
    title = cases[name]["given"].partition(": ")[2]
    expected = cases[name]["expect"].partition("; file")[0]
    assert f"  {expected},\n" in bib(title=title)
    assert read(bib(title=title)).title == title


def test_doi_and_url_are_verbatim(cases):
    doi = cases["doi-verbatim"]["given"].removeprefix("DOI ")
    url = cases["url-verbatim"]["given"].removeprefix("URL ")
    text = bib(title="T", doi=doi, url=url)
    assert f"  doi = {{{doi}}},\n" in text
    assert f"  {cases['url-verbatim']['expect'].partition(' (only')[0]},\n" in text
    assert (read(text).doi, read(text).url) == (doi, url)
    assert f"DO  - {doi}\n" in "".join(dump_ris([Record(doi=doi)]))


@pytest.mark.parametrize("name", ["corporate", "corporate-with-and"])
def test_groups_stay_one_author(cases, name):
    literal = cases[name]["given"].partition("literal: ")[2]
    text = bib(title="T", author=(Name(literal=literal),))
    assert read(text).author == (Name(literal=literal),)
    assert item(Record(author=(Name(literal=literal),)))["author"] == [{"literal": literal}]
    assert "," not in re.search(r"AU  - (.*)", "".join(dump_ris([Record(author=(Name(literal=literal),))])))[1]


def test_family_others_and_truncation(cases):
    name = parse_name(cases["family-others"]["given"])
    assert f"author = {{{write_names([name])}}}" in cases["family-others"]["expect"]
    assert read(bib(title="T", author=(name,), others=True)).author == (name,)
    assert read(bib(title="T", author=(name,), others=True)).others


def test_particles_in_each_format(cases):
    names = [parse_name(text) for text in cases["particles"]["given"].split("; ")]
    expected = cases["particles"]["expect"]
    assert f"bib: {write_names(names)} ;" in expected
    assert item(Record(author=tuple(names)))["author"][0]["non-dropping-particle"] == "van der"
    assert item(Record(author=tuple(names)))["author"][1]["suffix"] == "Jr."
    for line in re.findall(r"AU  - (.*)", "".join(dump_ris([Record(author=tuple(names))]))):
        assert f'"{line}"' in expected


def test_single_names_are_one_field(cases):
    for text in cases["cjk-mononym"]["given"].split(" / "):
        assert read(bib(title="T", author=(Name(literal=text),))).author == (Name(literal=text),)
        assert f"AU  - {text}\n" in "".join(dump_ris([Record(author=(Name(literal=text),))]))


def test_accents_are_read_as_listed(cases):
    expected = cases["latex-accents"]["expect"].partition(" (all NFC)")[0]
    assert decode(cases["latex-accents"]["given"]) == expected
    assert decode("100% of teachers") == cases["percent-decode"]["expect"]


def test_damaged_entries_are_recovered_as_listed(cases):
    given = cases["missing-comma"]["given"].replace("\\n", "\n")
    record = read(f"@article{{k,\n {given} year = 2001\n}}\n")
    assert (str(record.author[0]), record.title, record.year) == ("B, A", "T", 2001)
    given = cases["unbalanced-import"]["given"].replace("\\n", "\n").replace("...", " title={B}")
    assert [r.record.citation_key for r in bibtex.read(Document.from_text(given))] == ["a", "b"]


def test_macros_are_read_as_listed(cases):
    strings, _, fields = cases["string-concat"]["given"].partition(" journal")
    record = read(f"{strings}\n@article{{k, title={{T}}, year=2001, journal{fields}}}")
    assert cases["string-concat"]["expect"].startswith(record.container_title)
    assert (record.issued.month, record.issued.day) == (1, 1)
    record = read(f"@article{{k, title={{T}}, {cases['undefined-macro']['given']}}}")
    assert record.container_title == "nosuchmacro"
    assert read(cases["keyless-odd-type"]["given"]).type == "webpage"


def test_pages_are_written_as_listed(cases):
    given = cases["pages"]["given"].split(" | ")
    written = [re.search(r"pages = {(.*)}", bib(title="T", page=page.removeprefix("PubMed ")))[1] for page in given]
    assert written == ["365--384", "327--350", "e12", "A1--A20", "12--34, 40", "iv--xii", "365", "1035--1047"]


def test_real_bibliographies_are_read_whole(shared):
    import tarfile

    read_, refused = 0, []
    with tarfile.open(shared / "data/bibtex/beebe_public_domain.tar.gz") as archive:
        for name in ("biblatex-examples.bib", "epodd.bib", "texjourn.bib", "type.bib"):
            document = Document(name, archive.extractfile(name).read())
            assert bibtex.sniff(document) == 95
            for found in bibtex.read(document):
                if hasattr(found, "record"):
                    read_ += 1
                else:
                    refused.append(found)
    assert (read_, refused) == (375, [])
