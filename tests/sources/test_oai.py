"""OAI-PMH answers: Dublin Core as repositories fill it, MARC inside, deleted records, errors, and damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.dublin_core import dump
from litbase.library.detecting import detect
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import oai
from litbase.sources.oai import Answer, answer

DSPACE = """
  <dc:title>Gifted pupils &amp; their schools</dc:title>
  <dc:creator>Özgür, Ayşe</dc:creator><dc:creator>Roe, Ann B.</dc:creator>
  <dc:contributor>Poe, Edgar</dc:contributor>
  <dc:subject>Psychology, Educational</dc:subject><dc:subject>Gifted; Talented</dc:subject>
  <dc:description>Made available on 2012-05-01.</dc:description>
  <dc:description>What schools do for gifted pupils, and what they could do, in forty interviews.</dc:description>
  <dc:date>2012-05-01T10:00:00Z</dc:date><dc:date>2012-05-01T10:00:00Z</dc:date><dc:date>2010-09</dc:date>
  <dc:type>Thesis</dc:type><dc:format>application/pdf</dc:format>
  <dc:identifier>https://repository.example/handle/1/2</dc:identifier>
  <dc:identifier>doi:10.1234/gifted.2010</dc:identifier>
  <dc:language>eng</dc:language><dc:relation>Series 3</dc:relation><dc:rights>CC BY 4.0</dc:rights>
"""
OJS = """
  <dc:title>Learning together</dc:title><dc:creator>Lind, Eva</dc:creator>
  <dc:source>Journal of Examples; Vol 9, No 1 (2011); 1-37</dc:source><dc:source>1234-5679</dc:source>
  <dc:type>info:eu-repo/semantics/article</dc:type><dc:date>2011-02-03</dc:date>
"""


def dublin_core(inside: str, prefix: str = "oai_dc") -> str:
    return (
        f'<{prefix}:dc xmlns:{prefix}="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</{prefix}:dc>'
    )


def record(identifier: str, inside: str) -> str:
    return (
        f"<record><header><identifier>{identifier}</identifier><datestamp>2020-01-01</datestamp></header>"
        f"<metadata>{inside}</metadata></record>\n"
    )


def gone(identifier: str) -> str:
    return f'<record><header status="deleted"><identifier>{identifier}</identifier></header></record>\n'


def whole(records: str, token: str = "", size: str = "") -> str:
    end = f'<resumptionToken completeListSize="{size}" cursor="0">{token}</resumptionToken>' if token or size else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        '<responseDate>2024-05-06T07:08:09Z</responseDate><request verb="ListRecords">https://r.example/oai</request>'
        f"<ListRecords>{records}{end}</ListRecords></OAI-PMH>\n"
    )


def read(text: str) -> list:
    return list(oai.read(Document.from_text(text)))


def test_a_record_of_a_repository_is_read():
    [reading] = read(whole(record("oai:repository.example:1/2", dublin_core(DSPACE))))
    found = reading.record
    assert reading.key == "oai:repository.example:1/2"
    assert (found.type, found.title, found.issued) == (
        "thesis", "Gifted pupils & their schools", PartialDate(year=2010, month=9),
    )  # fmt: skip
    assert found.author == (Name(family="Özgür", given="Ayşe"), Name(family="Roe", given="Ann B."))
    assert found.keywords == ("Psychology, Educational", "Gifted", "Talented")
    assert found.abstract.startswith("What schools do")
    assert (found.doi, found.url) == ("10.1234/gifted.2010", "https://repository.example/handle/1/2")
    assert found.language == ("en",)
    assert found.note == "Contributors: Poe, Edgar"
    assert ("oai", "oai:repository.example:1/2") in found.identifiers
    assert {"dc:rights", "dc:relation", "dc:format", "dc:description"} <= {name for name, _ in found.extra}


def test_a_journal_article_has_its_journal():
    [reading] = read(whole(record("oai:j:1", dublin_core(OJS, "x"))))
    found = reading.record
    assert (found.type, found.container_title, found.volume, found.issue, found.page) == (
        "article-journal", "Journal of Examples", "9", "1", "1-37",
    )  # fmt: skip


def test_marc_in_an_answer_is_read_under_the_repositorys_identifier():
    marc = (
        '<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"><marc:leader>00000nam a2200000 a 4500</marc:leader>'
        '<marc:controlfield tag="001">77</marc:controlfield><marc:datafield tag="245" ind1="1" ind2="0">'
        '<marc:subfield code="a">Schools</marc:subfield></marc:datafield></marc:record>'
    )
    [reading] = read(whole(record("oai:catalogue:77", marc)))
    assert (reading.key, reading.record.title) == ("oai:catalogue:77", "Schools")


def test_deleted_records_other_layouts_and_errors_are_refused_with_their_reason():
    items = read(whole(gone("oai:r:1") + record("oai:r:2", "<mods><titleInfo/></mods>") + record("oai:r:3", "")))
    assert [(item.key, item.notice.code) for item in items] == [
        ("oai:r:1", "harvest-deleted"), ("oai:r:2", "harvest-unread"), ("oai:r:3", "harvest-unread"),
    ]  # fmt: skip
    [error] = read('<OAI-PMH><error code="noRecordsMatch">None</error></OAI-PMH>')
    assert isinstance(error, Refusal)
    assert error.notice.code == "error-answer"


def test_what_an_answer_says_besides_its_records():
    told = answer(whole(gone("oai:r:1") + record("oai:r:2", dublin_core(OJS)), "next|1", "250"))
    assert told == Answer("2024-05-06T07:08:09Z", "next|1", 250, (), ("oai:r:1",), True)
    told = answer('<OAI-PMH><error code="badResumptionToken">Too old</error></OAI-PMH>')
    assert (told.errors, told.is_whole) == ((("badResumptionToken", "Too old"),), True)


@pytest.mark.parametrize("text", ["", "<html></html>", "{}", whole(record("a", dublin_core(OJS)))[:-30],
                                  "<OAI-PMH><ListRecords></OAI-PMH>", "<!DOCTYPE x><OAI-PMH></OAI-PMH>"])  # fmt: skip
def test_what_is_no_whole_answer_is_not_taken_for_one(text):
    assert not answer(text).is_whole


def test_what_we_write_ourselves_is_read_again():
    given = Record(
        type="article-journal", title="Learning", author=(Name(family="Roe", given="Ann"),), doi="10.1234/x",
        issued=PartialDate(year=2019), abstract="What was learned.", keywords=("Learning, Lifelong", "School"),
    )  # fmt: skip
    document = Document.from_text("".join(dump([given, given])))
    assert detect(document) is oai
    first, _ = oai.read(document)
    assert isinstance(first, Reading)
    found = first.record
    assert (found.title, found.author, found.doi, found.issued, found.abstract, found.keywords) == (
        given.title, given.author, given.doi, given.issued, given.abstract, given.keywords,
    )  # fmt: skip


def test_each_answer_is_claimed_by_one_reader():
    assert detect(Document.from_text(whole(record("a", dublin_core(OJS))))) is oai
    assert detect(Document.from_text(whole(gone("a")))) is oai


PIECES = ("<record>", "</record>", "<header status='deleted'>", "<metadata>", "<oai_dc:dc>", "<dc:title>T</dc:title>",
          "<dc:date>", "<error>", "&amp;", "&x;", "<", "\x00", "<resumptionToken>", "]]>")  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=10)), max_size=20).map("".join))
def test_nothing_makes_the_reader_raise(text):
    for given_text in (text, whole(text)):
        assert all(isinstance(item, (Reading, Refusal)) for item in read(given_text))
        assert isinstance(answer(given_text), Answer)
