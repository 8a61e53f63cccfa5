"""What the head of a record's page and its Link header tell programs, kind by kind; nothing hostile gets out."""

import json
import re

import pytest

from litbase.formats import FORMATS
from litbase.formats.page.citation_tags import told_by
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views.head import citation_tags, orcid_pages, signposts, summary_of
from tests.web.works import WORKS

LINKS = Links("https://library.example/lit")
# Kind of a work -> the tags that say what it is in and who stands behind it
WITHIN = {
    "article-journal": {"citation_journal_title": "Journal of Change", "citation_publisher": "Springer"},
    "opinion": {"citation_journal_title": "Education Week"},
    "chapter": {"citation_inbook_title": "Handbook of Edges", "citation_publisher": "Routledge",
                "citation_series_title": "Edges"},
    "symposium": {"citation_conference_title": "Conference on Research"},
    "paper-conference": {"citation_inbook_title": "Proceedings of the Meeting",
                         "citation_conference_title": "Annual Meeting", "citation_publisher": "Association"},
    "thesis": {"citation_dissertation_institution": "University of Oslo",
               "citation_dissertation_name": "Doctoral dissertation"},
    "report": {"citation_technical_report_institution": "Bureau of Education",
               "citation_technical_report_number": "TR-12"},
    "book": {"citation_publisher": "Dutton"},
}  # fmt: skip


def tags(record):
    return citation_tags(record, LINKS)


@pytest.mark.parametrize(("kind", "expected"), WITHIN.items())
def test_the_tags_say_what_a_work_is_in(kind, expected):
    told = {
        name: content for name, content in tags(WORKS[kind])
        if re.search("_title$|publisher|institution|number|dissertation_name", name) and name != "citation_title"
    }  # fmt: skip
    assert told == expected


def test_an_article_has_every_tag_once_and_each_author_alone():
    assert tags(WORKS["article-journal"])[:8] == (
        ("citation_title", 'Learning & "Teaching": Part <1>'),
        ("citation_author", "Roe, Ann B."),
        ("citation_author", "van der Berg, Jan"),
        ("citation_publication_date", "2019/08"),
        ("citation_publisher", "Springer"),
        ("citation_journal_title", "Journal of Change"),
        ("citation_volume", "20"),
        ("citation_issue", "3"),
    )
    assert dict(tags(WORKS["article-journal"])[8:]) == {
        "citation_firstpage": "327", "citation_lastpage": "350", "citation_issn": "1573-1812",
        "citation_doi": "10.1007/s10833-019-09349-2", "citation_language": "en",
        "citation_keywords": "Teaching Methods; Art, Modern", "citation_abstract": "Of learning.",
        "citation_abstract_html_url": "https://library.example/lit/record/",
        "citation_pdf_url": "https://files.eric.ed.gov/fulltext/EJ1000001.pdf",
    }  # fmt: skip


def test_what_is_absent_has_no_tag():
    assert tags(Record(id="x", title="T")) == (
        ("citation_title", "T"), ("citation_abstract_html_url", "https://library.example/lit/record/x"),
    )  # fmt: skip


def test_a_text_that_is_no_pdf_is_not_called_one_and_a_script_is_no_text():
    assert dict(tags(Record(full_text_url="https://x.org/a.html")))["citation_fulltext_html_url"]
    assert (
        not {"citation_pdf_url", "citation_fulltext_html_url"}
        & dict(tags(Record(full_text_url="javascript:a.pdf"))).keys()
    )


@pytest.mark.parametrize("kind", ["article-journal", "chapter", "thesis", "report", "book", "symposium"])
def test_our_own_reader_of_pages_finds_the_work_again(kind):
    work = WORKS[kind]
    meta: dict[str, list[str]] = {}
    for name, content in tags(work):
        meta.setdefault(name, []).append(content)
    told = told_by(meta)
    assert told["type"] == work.type
    assert (told["title"], told["author"], told["issued"]) == (work.title, work.author, work.issued)


def test_the_page_has_open_graph_dublin_core_alternates_and_one_canonical_address(read):
    page = read("/record/EJ1223055")
    og = {meta["property"]: meta["content"] for meta in page.all("meta[property^='og:']")}
    assert og["og:type"] == "article"
    assert og["og:url"] == page.one("link[rel=canonical]")["href"] == "http://127.0.0.1:8000/record/EJ1223055"
    assert og["og:site_name"] == "Reading room"
    dc = [(meta["name"], meta["content"]) for meta in page.all("meta[name^='DC.']")]
    assert ("DC.creator", "Mehta, Jal") in dc
    assert ("DC.subject", "Global Approach") in dc
    assert page.one("meta[name=description]")["content"].startswith("Leaders from many countries")
    types = {link["type"]: link["href"] for link in page.all("link[rel=alternate]")}
    assert types["application/x-bibtex"] == "/record/EJ1223055.bib"
    assert types["application/x-research-info-systems"] == "/record/EJ1223055.ris"
    assert types["application/vnd.citationstyles.csl+json"] == "/record/EJ1223055.csl.json"
    assert json.loads(page.one("script[type='application/ld+json']").get_text())["@type"] == "ScholarlyArticle"


def test_an_orcid_that_came_with_a_record_leads_to_its_author():
    assert list(orcid_pages(WORKS["article-journal"])) == ["https://orcid.org/0000-0002-1825-0097"]
    assert list(orcid_pages(Record(extra=(("csl:ORCID", "Roe: 0000-0002-1825-0098"),)))) == []  # a wrong check digit
    assert 'orcid.org/0000-0002-1825-0097>; rel="author"' in signposts(WORKS["article-journal"], LINKS)


def test_the_signposts_of_a_record(client):
    posts = dict(
        reversed(pair)
        for pair in re.findall(r'<([^>]+)>; rel="([^"]+)"', client.get("/record/EJ1223055").headers["Link"])
    )
    assert posts["cite-as"] == "https://doi.org/10.1007/s10833-019-0000-1"
    assert posts["type"] == "https://schema.org/ScholarlyArticle"
    assert posts["item"] == "https://files.eric.ed.gov/fulltext/EJ1223055.pdf"
    link = client.get("/record/EJ1223055").headers["Link"]
    assert '<http://127.0.0.1:8000/record/EJ1223055.bib>; rel="describedby"; type="application/x-bibtex"' in link
    back = client.get("/record/EJ1223055.bib").headers
    assert back["Link"] == '<http://127.0.0.1:8000/record/EJ1223055>; rel="describes"; type="text/html"'
    assert back["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("hostile", ['x>; rel="evil"', "a,b", "a\r\nX-Evil: 1", "ü \u2028 \U0001f600", '"', "<b>"])
def test_nothing_in_a_record_breaks_the_link_header(hostile):
    header = signposts(Record(id="x", doi=f"10.1/{hostile}", full_text_url=f"https://x.org/{hostile}"), LINKS)
    assert header.isascii()
    assert not set(header) & set("\r\n")
    posts = header.split(", ")
    assert len(posts) >= 3 + len(FORMATS)
    assert all(re.fullmatch(r'<[^<>", ]+>; rel="[a-z-]+"(; type="[\w./+-]+")?', post) for post in posts)


def test_a_summary_is_the_beginning_of_what_there_is():
    assert summary_of(Record(abstract="One two\nthree four"), 300) == "One two three four"
    assert summary_of(Record(contribution="Of networks"), 300) == "Of networks"
    assert summary_of(Record(title="T"), 300) == ""
    assert len(summary_of(Record(abstract="word " * 1000), 300)) <= 300
