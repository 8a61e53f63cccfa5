"""EndNote's XML: types, titles, people, dates, numbers and addresses as EndNote and those who imitate it write them."""

import gzip
from pathlib import Path

import pytest

from litbase.formats import xml
from litbase.formats.endnote import read as endnote_xml
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record


def document(*records: str) -> Document:
    """A document of records, each given by what is in it."""
    inside = "".join(f"<record>{record}</record>" for record in records)
    return Document.from_text(f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{inside}</records></xml>')


def one(inside: str) -> Record:
    """The record of a journal article with *inside* beside its type and title; an own type or title wins."""
    kind = "" if "<ref-type" in inside else '<ref-type name="Journal Article">17</ref-type>'
    title = "" if "<titles" in inside else "<titles><title>T</title></titles>"
    [reading] = endnote_xml.read(document(kind + title + inside))
    assert isinstance(reading, Reading)
    return reading.record


def style(text: str, face: str = "normal") -> str:
    return f'<style face="{face}" font="default" size="100%">{text}</style>'


TYPES = {
    "article": ('<ref-type name="Journal Article">17</ref-type>', ("article-journal", "")),
    "by number": ("<ref-type>17</ref-type>", ("article-journal", "")),
    "the name wins": ('<ref-type name="Report">10</ref-type>', ("report", "")),
    "mendeley's numbers": ('<ref-type name="Book">1</ref-type>', ("book", "")),
    "an unknown name": ('<ref-type name="Hologram">32</ref-type>', ("thesis", "")),
    "section": ('<ref-type name="Book Section">5</ref-type>', ("chapter", "")),
    "proceedings": ('<ref-type name="Conference Proceedings">10</ref-type>', ("paper-conference", "")),
    "electronic": ('<ref-type name="Electronic Article">43</ref-type>', ("article-journal", "")),
    "newspaper": ('<ref-type name="Newspaper Article">23</ref-type>', ("article-newspaper", "")),
    "encyclopedia": ('<ref-type name="Encyclopedia">53</ref-type>', ("chapter", "Encyclopedia entry")),
    "web": ('<ref-type name="Web Page">12</ref-type>', ("webpage", "")),
    "generic": ('<ref-type name="Generic">13</ref-type>', ("document", "")),
    "none": ("<ref-type/>", ("document", "")),
    "on lines": ('<ref-type\n name="Thesis">\n  32\n </ref-type>', ("thesis", "")),
}


@pytest.mark.parametrize(("element", "expected"), TYPES.values(), ids=TYPES)
def test_a_reference_type_is_known_by_name_else_by_number(element, expected):
    record = one(element)
    assert (record.type, record.genre) == expected


def test_styles_become_marks():
    title = (
        style("Plain ")
        + style("Bold", "bold")
        + style(" Italics", "italic")
        + style(" ")
        + style("Under", "underline")
        + style("2", "superscript")
        + style(" Size")
        + style(" x", "bold italic")
    )
    record = one(f"<titles><title>{title}</title></titles>")
    assert record.title == "Plain Bold Italics Under2 Size x"
    assert [(mark.style, record.title[mark.start : mark.stop]) for mark in record.marks] == [
        ("b", "Bold"),
        ("i", "Italics"),
        ("sup", "2"),
        ("b", "x"),
        ("i", "x"),
    ]


def test_text_may_be_spread_over_lines_and_styles():
    record = one(
        "<titles><title>\n  <style>\n A study\n of\n skua\n </style>\n <style face='italic'>\n Catharacta\n maccormicki"
        "\n </style>\n <style>\n at Cape\n </style></title></titles>"
    )
    assert record.title == "A study of skua Catharacta maccormicki at Cape"


TITLES = {
    "article": ('<ref-type name="Journal Article">17</ref-type>', ("J", "")),
    "chapter": ('<ref-type name="Book Section">5</ref-type>', ("J", "S")),
    "book": ('<ref-type name="Book">6</ref-type>', ("", "J")),
    "report": ('<ref-type name="Report">27</ref-type>', ("", "J")),
}


@pytest.mark.parametrize(("kind", "expected"), TITLES.values(), ids=TITLES)
def test_a_secondary_title_is_what_its_type_makes_of_it(kind, expected):
    third = "<tertiary-title>S</tertiary-title>" if expected == ("J", "S") else ""
    record = one(f"{kind}<titles><title>T</title><secondary-title>{style('J')}</secondary-title>{third}</titles>")
    assert (record.container_title, record.collection_title) == expected


def test_a_periodical_is_the_container_where_no_secondary_title_is():
    assert one("<periodical><full-title>A Journal</full-title></periodical>").container_title == "A Journal"
    record = one(
        "<titles><title>T</title><secondary-title>J Tests</secondary-title><alt-title>J Tests</alt-title></titles>"
        "<periodical><full-title>Journal of Tests</full-title><abbr-1>J Tests</abbr-1></periodical>"
        "<alt-periodical><full-title>J Tests</full-title></alt-periodical>"
    )
    assert record.container_title == "J Tests"
    assert record.extra == (("endnote:full-title", "Journal of Tests"),)


def people(group: str, *names: str) -> str:
    return f"<{group}>{''.join(f'<author>{style(name)}</author>' for name in names)}</{group}>"


def test_people_and_institutions():
    authors = people("authors", "Ahmad,\n AS", "World Health Organization,", "Berg, Jan van der", "OECD", "et al.")
    record = one(f"<contributors>{authors}</contributors>")
    assert record.author == (
        Name(family="Ahmad", given="AS"),
        Name(literal="World Health Organization"),
        Name(family="Berg", given="Jan van der"),
        Name(literal="OECD"),
    )
    assert record.others
    given = '<authors><author corp-name="A Body" role="author">x</author></authors>'
    assert one(f"<contributors>{given}</contributors>").author == (Name(literal="A Body"),)


EDITORS = {
    "chapter": ('<ref-type name="Book Section">5</ref-type>', ["A, B"], ["E, F"], {"endnote:tertiary-authors": "S, T"}),
    "book": ('<ref-type name="Book">6</ref-type>', ["A, B"], ["S, T"], {"endnote:secondary-authors": "E, F"}),
}


@pytest.mark.parametrize(("kind", "authors", "editors", "extra"), EDITORS.values(), ids=EDITORS)
def test_the_rows_of_names_are_who_the_type_says(kind, authors, editors, extra):
    rows = people("authors", "A, B") + people("secondary-authors", "E, F") + people("tertiary-authors", "S, T")
    record = one(f"{kind}<contributors>{rows}{people('subsidiary-authors', 'U, V')}</contributors>")
    assert ([str(name) for name in record.author], [str(name) for name in record.editor]) == (authors, editors)
    assert [str(name) for name in record.translator] == ["U, V"]
    assert dict(record.extra) == extra


def test_the_authors_of_an_edited_book_are_its_editors():
    kind = '<ref-type name="Edited Book">28</ref-type>'
    record = one(f"{kind}<contributors>{people('authors', 'A, B')}</contributors>")
    assert (record.author, record.editor) == ((), (Name(family="A", given="B"),))
    other = one(f'<ref-type name="Book">6</ref-type><contributors>{people("secondary-authors", "A, B")}</contributors>')
    assert other.editor == (Name(family="A", given="B"),)


DATES = {
    "year": ("<year>1999</year>", "1999"),
    "month beside the year": ("<year>2015</year><pub-dates><date>Mar 3</date></pub-dates>", "2015-03-03"),
    "month alone": ("<year>1937</year><pub-dates><date>Jan</date></pub-dates>", "1937-01"),
    "whole date": ("<year>2012</year><pub-dates><date>2012-05-06</date></pub-dates>", "2012-05-06"),
    "styled": (f"<year>{style('2018')}</year><pub-dates><date>{style('Jun 01')}</date></pub-dates>", "2018-06-01"),
    "text in the date": ("<pub-dates><date>printed in 1950</date></pub-dates>", "1950"),
    "season": ("<year>2010</year><pub-dates><date>Spring</date></pub-dates>", "2010-21"),
    "in press": ("<year>in press</year>", ""),
}


@pytest.mark.parametrize(("inside", "expected"), DATES.values(), ids=DATES)
def test_a_date_takes_the_year_beside_it(inside, expected):
    assert str(one(f"<dates>{inside}</dates>").issued or "") == expected


def test_a_date_that_is_none_is_kept():
    assert one("<dates><year>in press</year></dates>").extra == (("endnote:year", "in press"),)


def test_standard_numbers_are_told_apart():
    article = one("<isbn>1532-1827 (Electronic)&#xD;0007-0920 (Linking)</isbn>")
    assert (article.issn, article.eissn, article.isbn) == (("0007-0920",), ("1532-1827",), ())
    book = one('<ref-type name="Book">6</ref-type><isbn>0881929115&#xD;978-1-4516-4853-9</isbn>')
    assert (book.isbn, book.issn) == (("0881929115", "978-1-4516-4853-9"), ())
    assert one('<ref-type name="Report">27</ref-type><isbn>TR/12</isbn>').number == "TR/12"
    assert one('<ref-type name="Patent">25</ref-type><isbn>WO2011US30214</isbn>').number == "WO2011US30214"


def test_numbers_mean_what_the_type_says():
    article = one("<number>5</number><volume>112</volume><pages>943-7</pages><section>943</section>")
    assert (article.volume, article.issue, article.page, article.section, article.extra) == (
        "112",
        "5",
        "943-7",
        "",
        (),
    )
    news = one('<ref-type name="Newspaper Article">23</ref-type><section>Opinion</section><pages>A20</pages>')
    assert (news.section, news.page) == ("Opinion", "A20")
    report = one('<ref-type name="Report">27</ref-type><number>12</number><pages>32</pages>')
    assert (report.number, report.number_of_pages, report.page) == ("12", 32, "")


def test_addresses_and_identifiers():
    record = one(
        "<urls><related-urls><url>\n http://www.ncbi.nlm.nih.gov/pubmed/25647015\n</url><url>&lt;Go to ISI&gt;://0002</url>"
        "</related-urls><pdf-urls><url>https://x.org/a.pdf</url><url>internal-pdf://1/b.pdf</url></pdf-urls></urls>"
        "<electronic-resource-num>https://doi.org/10.1038/bjc.2014.606</electronic-resource-num>"
        "<accession-num>25647015</accession-num><custom2>PMC4453943</custom2><custom4>mine</custom4><label>B4</label>"
    )
    assert (record.url, record.full_text_url) == ("http://www.ncbi.nlm.nih.gov/pubmed/25647015", "https://x.org/a.pdf")
    assert (record.doi, record.identifiers) == ("10.1038/bjc.2014.606", (("pmid", "25647015"), ("pmcid", "PMC4453943")))
    assert set(record.extra) == {
        ("endnote:related-urls", "<Go to ISI>://0002"),
        ("endnote:pdf-urls", "internal-pdf://1/b.pdf"),
        ("endnote:custom4", "mine"),
        ("endnote:label", "B4"),
    }
    assert one("<accession-num>EJ1223055</accession-num>").eric == "EJ1223055"
    assert one("<accession-num>WOS:1</accession-num>").extra == (("endnote:accession-num", "WOS:1"),)


def test_keywords_language_abstract_and_notes():
    record = one(
        f"<keywords><keyword/><keyword>{style('', 'bold')}{style('anxiety; craving')}</keyword>"
        "<keyword>Aged, 80 and over</keyword></keywords><language>English</language>"
        "<abstract>One&#xD;&#xD;Two</abstract><notes>a</notes><notes>b</notes><work-type>Review</work-type>"
    )
    assert record.keywords == ("anxiety", "craving", "Aged, 80 and over")
    assert (record.language, record.abstract, record.note, record.genre) == (
        ("English",),
        "One\n\nTwo",
        "a; b",
        "Review",
    )


def test_the_library_knows_a_record_again():
    inside = '<rec-number>7</rec-number><foreign-keys><key app="EN" db-id="abc1">7</key></foreign-keys><ref-type/>'
    [reading] = endnote_xml.read(document(inside + "<titles><title>T</title></titles>"))
    assert (reading.key, reading.line) == ("endnote:abc1:7", 1)


def test_a_broken_record_does_not_lose_its_neighbours():
    whole = "<ref-type/><titles><title>{}</title></titles>"
    text = document(whole.format("A"), "<titles><title>B</titles>", whole.format("C")).text
    found = list(endnote_xml.read(Document.from_text(text)))
    assert [item.record.title if isinstance(item, Reading) else item.notice.code for item in found] == [
        "A",
        "malformed",
        "C",
    ]
    cut = list(endnote_xml.read(Document.from_text(text[: text.index("B<")])))
    assert [type(item) for item in cut] == [Reading, Refusal]


@pytest.mark.parametrize("declared", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_a_doctype_is_refused_before_parsing(declared):
    text = f"{declared}<xml><records><record><ref-type/><titles><title>&a;</title></titles></record></records></xml>"
    [refused] = endnote_xml.read(Document.from_text(text))
    assert isinstance(refused, Refusal)


def test_only_endnotes_xml_is_claimed():
    assert endnote_xml.sniff(document("<ref-type>6</ref-type>")) == 95
    assert endnote_xml.sniff(Document.from_text("<records><record><metadata/></record></records>")) == 0
    assert endnote_xml.sniff(Document.from_text("<html><body><record><ref-type></body></html>")) == 0
    assert [item.notice.code for item in endnote_xml.read(Document.from_text("<xml/>"))] == ["no-record"]


def test_a_library_may_have_any_number_of_records(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 50)
    assert len(list(endnote_xml.read(document(*["<ref-type/><titles><title>T</title></titles>"] * 100)))) == 100


def test_a_real_library_is_read_whole(shared: Path):
    data = gzip.decompress((shared / "data" / "dedup" / "endnote_copper.xml.gz").read_bytes())
    document = Document("copper.xml", data)
    found = list(endnote_xml.read(document))
    assert len(found) == document.text.count("<record>") == 505
    assert all(isinstance(item, Reading) and item.record.title and item.record.issued for item in found)
    assert len({item.key for item in found if isinstance(item, Reading)}) == 505
