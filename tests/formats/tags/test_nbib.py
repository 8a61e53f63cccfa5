"""MEDLINE's tagged format, as PubMed and ERIC write it, read and written."""

import pytest

from litbase.formats.tags import nbib, ris
from litbase.formats.tags.nbib_write import dump
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record


def readings(text: str) -> list[Reading | Refusal]:
    return list(nbib.read(Document.from_text(text)))


def record(*lines: str, owner: str = "NLM") -> Record:
    [reading] = readings("\n".join(("PMID- 11", f"OWN - {owner}", *lines, "")))
    return reading.record


def eric(*lines: str) -> Record:
    [reading] = readings("\n".join(("OWN - ERIC", *lines, "")))
    return reading.record


PUBMED = """
PMID- 31000001
OWN - NLM
STAT- MEDLINE
DCOM- 20200101
IS  - 0222-6666 (Print)
IS  - 1999-7777 (Electronic)
IS  - 0222-6666 (Linking)
VI  - 12
IP  - 3
DP  - 2019 Aug 7
TI  - Rain and the concentration of pupils: what four
      schools saw.
PG  - 1035-47
LID - 10.1000/rain.7 [doi]
AB  - BACKGROUND: Rain falls. RESULTS: Pupils look
      out of the window.
CI  - (c) 2019.
FAU - Lind, Ada M
AU  - Lind AM
AD  - Oslo.
FAU - de la Cruz, Juan Jr
AU  - de la Cruz J Jr
CN  - Weather Study Group
LA  - eng
LA  - spa
PT  - Journal Article
PT  - Review
TA  - J Weath
JT  - Journal of weather
MH  - *Rain
MH  - Schools/*trends
OTO - NOTNLM
OT  - windows
OT  - clouds
GR  - R01 12345/NIH
PMC - PMC70001
AID - 10.1000/rain.7 [doi]
AID - S0222(19)7 [pii]
SO  - J Weath. 2019 Aug 7;12(3):1035-47. doi: 10.1000/rain.7.
"""

ERIC = """
OWN - ERIC
TI  - Rain in the Curriculum: A Guide.
AU  - Lind, Ada
AU  - Ek, Bo
OT  - Weather
OT  - Curriculum Design
JT  - Umbrella Press
SO  - Umbrella Press
AID - https://www.umbrella.example/rain
OID - ED123456
DP  - 1990
PT  - Books
PT  - Guides - Classroom - Teacher
IS  - ISBN - ISBN-978-1-5985-7192-9
IS  - ISSN - EISSN-
LA  - English
AB  - A guide.
"""


def test_a_record_of_pubmed():
    [reading] = readings(PUBMED)
    found = reading.record
    assert (reading.key, reading.line, reading.leftovers, reading.notices) == ("doi:10.1000/rain.7", 2, (), ())
    assert found.title == "Rain and the concentration of pupils: what four schools saw"
    assert found.author == (
        Name(family="Lind", given="Ada M"),
        Name(family="Cruz", given="Juan", particle="de la", suffix="Jr"),
        Name(literal="Weather Study Group"),
    )
    assert (found.type, found.container_title) == ("article-journal", "Journal of weather")
    assert (found.volume, found.issue, found.page) == ("12", "3", "1035-1047")
    assert found.issued == PartialDate(year=2019, month=8, day=7)
    assert (found.issn, found.eissn, found.language) == (("0222-6666",), ("1999-7777",), ("eng", "spa"))
    assert found.abstract == "BACKGROUND: Rain falls. RESULTS: Pupils look out of the window."
    assert found.descriptors == found.major_descriptors == ("Rain", "Schools/trends")
    assert found.keywords == ("windows", "clouds")
    assert found.grants == ("R01 12345/NIH",)
    assert set(found.identifiers) == {("pmid", "31000001"), ("pmcid", "PMC70001"), ("pii", "S0222(19)7")}
    assert ("nbib:TA", "J Weath") in found.extra
    assert ("nbib:AD", "Oslo.") in found.extra


def test_a_book_of_eric():
    [reading] = readings(ERIC)
    found = reading.record
    assert (reading.key, reading.leftovers) == ("ED123456", ())
    assert (found.type, found.title, found.container_title) == ("book", "Rain in the Curriculum: A Guide", "")
    assert (found.publisher, found.url, found.doi) == ("Umbrella Press", "https://www.umbrella.example/rain", "")
    assert found.author == (Name(family="Lind", given="Ada"), Name(family="Ek", given="Bo"))
    assert (found.isbn, found.issn, found.eissn) == (("978-1-5985-7192-9",), (), ())
    assert found.descriptors == ("Weather", "Curriculum Design")
    assert found.publication_type == ("Books", "Guides - Classroom - Teacher")
    assert found.issued == PartialDate(year=1990)


@pytest.mark.parametrize(
    "text", [PUBMED, ERIC, PUBMED.lstrip(), "\ufeff" + PUBMED.lstrip(), ERIC.replace("\n", "\r\n")]
)
def test_both_are_recognised_and_are_no_ris(text):
    assert nbib.sniff(Document.from_text(text)) == 95
    assert ris.sniff(Document.from_text(text)) == 0


@pytest.mark.parametrize(
    "text",
    ["", "TY  - JOUR\nPMID  - 1\nTI  - A\n", "PMID: 31000001\nTitle: Rain\n", "FN Thomson\nVR 1.0\nPT J\n", "{}"],
)
def test_what_is_not_medline_is_not_taken_for_it(text):
    assert nbib.sniff(Document.from_text(text)) == 0


# ERIC's lines, the fields
SOURCES = {
    "volume, issue, pages, month": (["OID - EJ123456", "SO  - v20 n3 p327-350 Aug 2019", "VI  - 20", "IP  - 3",
        "PG  - 327-350"],
        {"volume": "20", "issue": "3", "page": "327-350", "issued": PartialDate(year=2019, month=8)}),
    "an article number": (["OID - EJ123456", "SO  - v9 Article 10 2019", "VI  - 9", "DP  - Article 10 2019"],
        {"number": "10", "page": "", "issued": PartialDate(year=2019)}),
    "two issues, two ranges, a winter": (
        ["OID - EJ123456", "SO  - v32 n1-2 p12-34, 40 Win 1999-2000", "VI  - 32", "IP  - 1-2", "PG  - 12-34, 40",
         "DP  - Win 1999-2000"],
        {"issue": "1-2", "page": "12-34, 40", "issued": PartialDate(year=1999, month=24, end=PartialDate(year=2000,
            month=24))}),
    "no pages": (["OID - EJ123456", "SO  - v4 n1 2018", "VI  - 4", "IP  - 1"],
        {"page": "", "issued": PartialDate(year=2018)}),
    "a thesis": (["OID - ED123456", "SO  - Ph.D. Dissertation, Drexel University", "JT  - ProQuest LLC",
                  "PT  - Dissertations/Theses - Doctoral Dissertations"],
        {"type": "thesis", "genre": "Doctoral dissertation", "publisher": "Drexel University", "container_title": ""}),
    "a special issue": (["OID - EJ123456", "SO  - v113 spec iss p1-9", "VI  - 113", "PG  - 1-9"],
        {"volume": "113", "issue": "spec iss", "page": "1-9"}),
    "a report": (["OID - ED123456", "JT  - Umbrella Press", "PT  - Reports - Research"],
        {"type": "report", "publisher": "Umbrella Press", "container_title": ""}),
    "an article": (["OID - EJ123456", "JT  - Journal of Weather", "PT  - Journal Articles"],
        {"type": "article-journal", "publisher": "", "container_title": "Journal of Weather"}),
    "a DOI as an address": (["OID - EJ123456", "AID - http://dx.doi.org/10.1000/rain.7"],
        {"doi": "10.1000/rain.7", "url": ""}),
    "an electronic ISSN": (["OID - EJ123456", "IS  - ISSN-0222-6666", "IS  - EISSN-1573-1812"],
        {"issn": ("0222-6666",), "eissn": ("1573-1812",)}),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), SOURCES.values(), ids=SOURCES)
def test_what_eric_says_of_the_source(lines, expected):
    found = eric("TI  - T", *lines)
    assert {field: getattr(found, field) for field in expected} == expected


DATES = {
    "2019-Aug": PartialDate(year=2019, month=8), "2018-Mar-00": PartialDate(year=2018, month=3),
    "2012/01/00": PartialDate(year=2012, month=1), "Spr 2018": PartialDate(year=2018, month=21),
    "Fall 2015": PartialDate(year=2015, month=23), "Jan-Feb 2010": PartialDate(year=2010, month=1, end=PartialDate(
        year=2010, month=2)), "2019": PartialDate(year=2019), "n.d.": None, "1996 Jul 9": PartialDate(year=1996,
            month=7,
        day=9), "2009 Spring": PartialDate(year=2009, month=21), "2008 Jan-Feb": PartialDate(year=2008, month=1,
        end=PartialDate(year=2008, month=2)), "1998 Dec-1999 Jan": PartialDate(year=1998, month=12, end=PartialDate(
        year=1999, month=1)), "2000 Oct 1-5": PartialDate(year=2000, month=10, day=1, end=PartialDate(year=2000,
            month=10,
        day=5)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_dates_of_both(text, date):
    assert record("TI  - T", f"DP  - {text}").issued == date


FIELDS = {
    "a chapter": (["PT  - Book Chapter", "TI  - T", "BTI - The Book", "PB  - Umbrella", "PL  - Oslo", "FED - Ek, Bo"],
        {"type": "chapter", "container_title": "The Book", "publisher": "Umbrella", "publisher_place": "Oslo",
         "editor": (Name(family="Ek", given="Bo"),)}),
    "a book": (["PT  - Book", "BTI - The Book", "CTI - Series"], {"type": "book", "title": "The Book",
        "collection_title": "Series"}),
    "initials only": (["AU  - Lind AM", "AU  - van der Berg J Jr"],
        {"author": (Name(family="Lind", given="A. M."), Name(family="Berg", given="J.", particle="van der",
            suffix="Jr"))}),
    "et al.": (["AU  - Lind AM", "AU  - et al."], {"others": True}),
    "a title in brackets": (["TI  - [Rain in Spain].", "TT  - Lluvia en España."], {"title": "[Rain in Spain]"}),
    "a title that ends with a question": (["TI  - Does it rain?"], {"title": "Does it rain?"}),
    "a title that ends with an abbreviation": (["TI  - Schools in the U.S."], {"title": "Schools in the U.S."}),
    "a preprint": (["PT  - Preprint", "PT  - Journal Article"], {"type": "article-journal", "genre": "Preprint"}),
    "an article number": (["LID - e1234 [pii]", "PG  - e1234"], {"page": "e1234"}),
    "no abstract": (["AB  -"], {"abstract": ""}),
    "keywords of two": (["OTO - NOTNLM", "OT  - a", "OT  - b; c"], {"keywords": ("a", "b", "c"), "descriptors": ()}),
    "notes": (["GN  - First.", "GN  - Second."], {"note": "First.\nSecond."}),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_tag_is_read_as_its_programs_mean_it(lines, expected):
    given = () if any(line[:3] in ("TI ", "BTI") for line in lines) else ("TI  - T",)
    found = record(*given, *lines)
    assert {field: getattr(found, field) for field in expected} == expected


def test_records_follow_each_other_with_and_without_a_blank_line():
    for between in ("\n", "", "\n\n\n", "3: \n"):
        text = between.join(f"PMID- {n}\nOWN - NLM\nTI  - T{n}\n" for n in (1, 2, 3))
        assert [reading.key for reading in readings(text)] == ["pmid:1", "pmid:2", "pmid:3"]


def test_an_export_of_eric_has_as_many_records_as_owners():
    text = "\n".join(f"OWN - ERIC\nTI  - T{n}\nOID - EJ12345{n}\n" for n in (1, 2, 3))
    assert [reading.key for reading in readings(text)] == ["EJ123451", "EJ123452", "EJ123453"]


def test_small_letters_and_wrapped_lines():
    [reading] = readings("pmid- 11\nown - nlm\nti  - Rain\n  and\n  School\nab  - TI is a tag\nJT - in words\n")
    assert reading.record.title == "Rain and School"
    assert reading.record.identifiers == (("pmid", "11"),)


def test_what_nobody_understands_is_left_over_with_its_line():
    [reading] = readings("Dear colleague,\n\nPMID- 11\nOWN - NLM\nTI  - Rain\n\nsee you\n")
    assert [(leftover.line, leftover.text) for leftover in reading.leftovers] == [
        (1, "Dear colleague,"),
        (7, "see you"),
    ]


def test_a_file_without_a_record_is_refused():
    [refusal] = readings("nothing here\n")
    assert isinstance(refusal, Refusal)


# --- writing


def written(**fields) -> list[str]:
    return "".join(dump([Record(**fields)])).splitlines()


WRITTEN = {
    "PMID first, where there is one": ({"identifiers": (("pmid", "31000001"),)}, ["PMID- 31000001"], []),
    "PMID first, where there is none": ({"title": "T"}, ["PMID- ", "TI  - T"], []),
    "an article": ({"type": "article-journal", "container_title": "J"}, ["JT  - J", "PT  - Journal Article"],
        ["BTI - J"]),
    "a chapter": ({"type": "chapter", "container_title": "B", "publisher": "P"},
        ["BTI - B", "PB  - P", "PT  - Book Chapter"], ["JT  - B"]),
    "a book": ({"type": "book", "title": "B", "publisher": "P"}, ["TI  - B", "BTI - B", "PB  - P", "PT  - Book"], []),
    "a name": ({"author": (Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."),)},
        ["FAU - de la Cruz, Juan Jr.", "AU  - de la Cruz J Jr"], []),
    "a group": ({"author": (Name(literal="Weather, Inc."),)}, ["FAU - Weather Inc.,", "AU  - Weather Inc."], []),
    "a DOI": ({"doi": "10.1000/x"}, ["LID - 10.1000/x [doi]", "AID - 10.1000/x [doi]"], []),
    "an ERIC number": ({"eric": "EJ123456"}, ["OWN - ERIC", "OID - EJ123456"], []),
    "a date": ({"issued": PartialDate(year=2019, month=8, day=7)}, ["DP  - 2019 Aug 7"], []),
    "a season": ({"issued": PartialDate(year=2018, month=21)}, ["DP  - 2018 Spring"], []),
    "pages": ({"page": "pp. 365 - 384"}, ["PG  - 365-384"], []),
    "ISSNs": ({"issn": ("0222-6666",), "eissn": ("1999-7777",)},
        ["IS  - 0222-6666 (Print)", "IS  - 1999-7777 (Electronic)"], []),
    "a language": ({"language": ("en",)}, ["LA  - eng"], []),
    "subjects": ({"descriptors": ("A",), "keywords": ("B",)}, ["OTO - ERIC", "OT  - A", "OTO - NOTNLM", "OT  - B"], []),
    "lines are folded": ({"abstract": "One.\n\nTwo."}, ["AB  - One. Two."], []),
    "scripts are no links": ({"url": "javascript:alert(1)"}, [], ["LID - javascript:alert(1)"]),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "present", "absent"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_where_its_readers_look_for_it(fields, present, absent):
    found = written(**fields)
    assert [line for line in found if line in present] == present
    assert not set(found) & set(absent)
    assert found[0].startswith("PMID- ")


def test_records_stand_apart():
    assert "".join(dump([Record(title="A"), Record(title="B")])).count("\n\nPMID- ") == 1
    assert list(dump([])) == []
