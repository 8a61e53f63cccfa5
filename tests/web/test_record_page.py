"""The page of a record, its head, its files and twins, and the addresses that lead to it."""

import json

import pytest
from bs4 import BeautifulSoup

from litbase.formats import FORMATS
from litbase.query.parse import parse
from litbase.record.record import Mark, from_json, to_json
from litbase.web.views import paragraphs, rich


def rows(page):
    return {
        " ".join(dt.get_text().split()): " ".join(dt.find_next("dd").get_text().split())
        for dt in page.all("dl.meta dt")
    }


def test_a_record_says_what_it_is_who_wrote_it_and_where_it_appeared(read):
    page = read("/record/EJ1223055")
    assert page.text("h1") == "International Learning Communities: What Leaders Learn across Borders"
    assert page.one("h1 i").get_text() == "International"
    assert page.texts(".rec-authors li") == ["Jal Mehta", "Amelia Peterson"]
    assert page.text(".rec-source") == "Journal of Educational Change, volume 20, issue 3, pages 327–350"
    assert "August 2019" in page.text(".rec header .eyebrow")
    assert page.texts(".abstract p") == [
        "Leaders from many countries meet and learn — slowly — from each other.",
        "Such learning communities are studied here.",
    ]


def test_every_field_is_there_and_linked(read, total):
    page = read("/record/EJ1223055")
    shown = rows(page)
    assert shown["Published in"] == "Journal of Educational Change, v20 n3 p327–350 (worked out from its ISSN)"
    assert shown["Length"] == "24 pages"
    assert shown["Language"] == "English"
    assert shown["Identifiers"] == "DOI 10.1007/s10833-019-0000-1 ERIC EJ1223055 eISSN 1573-1812"
    assert shown["Permanent link"] == "http://127.0.0.1:8000/record/EJ1223055"
    for label in (
        "Type",
        "Date",
        "Publisher",
        "Publication type",
        "Language",
        "Peer review",
        "Education level",
        "Audience",
        "Location",
    ):
        assert shown[label]
    inside = [a["href"] for a in page.all("dl.meta a") if a["href"].startswith("/")]
    assert len(inside) >= 11
    for address in inside:
        assert "/record/EJ1223055" in str(read(address).soup) if "issn" not in address else True


def test_what_the_source_does_not_say_is_shown_as_missing(read):
    page = read("/record/role-nd-professional-learning-networks")
    shown = rows(page)
    assert shown["Date"] == shown["Language"] == shown["Peer review"] == "Not stated in the source"
    assert "Author not given in the source" in page.text(".rec header")
    note = page.text(".note.warn")
    assert "Two things a citation needs are missing" in note
    assert "25 July 2016" in note


def test_a_home_page_is_no_link(read):
    page = read("/record/EJ1223055")
    assert [" ".join(a.get_text().split()) for a in page.all(".rec-actions a[rel=noopener]")] == [
        "Full text for this record", "DOI for this record", "ERIC record for this record",
    ]  # fmt: skip
    assert page.all("a[href='https://link.springer.com/']") == []


def test_references_lead_where_they_can(read):
    page = read("/record/role-nd-professional-learning-networks")
    links = [(li.select_one("a") or {}).get("href") for li in page.all(".reflist li")]
    assert links == [
        "https://doi.org/10.3102/0013189X033008003",
        "/search?q=title%3A%22Communities+of+Practice%22",
        None,
        "/record/EJ1223055",
        "http://example.org/inside.pdf",
        None,
    ]
    assert page.texts(".reflist .badge") == ["This reference has no title", "Kept as written: it could not be read"]
    own = page.all(".reflist li")[3]  # it is in the library: there, and by its DOI
    assert [" ".join(a.get_text().split()) for a in own.select("a")] == [
        "In this library: reference 4",
        "DOI: reference 4",
    ]


def test_related_records_come_with_their_reason(read):
    page = read("/record/EJ1223055")
    assert page.texts("[aria-labelledby=rel-h] a.t") == ["Learning at the Boundaries"]
    [linked] = page.texts(".because")
    assert linked.startswith("Related: ")
    assert read("/record/iperg-2013-improving-practice").all(".rel") == []


def test_what_cites_a_record_is_listed_once(client, read):
    page = read("/record/EJ1223055")
    assert page.text("#cby-h") == "Cited by 1"
    assert page.texts("[aria-labelledby=cby-h] a.t") == ["The Role of Professional Learning Networks"]
    data = client.get("/record/EJ1223055.json").get_json()
    assert data["cited_by"] == ["role-nd-professional-learning-networks"]
    assert [one["relation"] for one in data["related"]] == ["cited-by", "related"]
    assert "No record in this library cites this work" in read("/record/ED100001").text("[aria-labelledby=cby-h]")


def test_where_it_comes_from_and_how_complete_it_is(read):
    text = read("/record/EJ1223055").text("main aside")
    assert "ERIC, read" in text
    assert "EJ122305.txt, line 3" in text
    assert "7 fields are marked N/A" in text
    assert "1 line was not understood" in text
    assert "24 pages agrees with 327–350" in text
    missing = read("/record/role-nd-professional-learning-networks").texts(".checks .n")
    assert "Author: not given" in missing


def test_a_restricted_text_is_cut_everywhere(client, read):
    page = read("/record/iperg-2013-improving-practice")
    assert len(page.text(".abstract")) <= 300
    assert "Only the beginning may be shown here" in page.text("main")
    assert "https://www.edweek.org/opinion-improving-practice/2013/10" in page.link(
        "https://www.edweek.org/opinion-improving-practice/2013/10"
    )
    id = "/record/iperg-2013-improving-practice"
    routes = [
        id,
        f"{id}.json",
        f"{id}/cite",
        f"{id}/history",
        f"{id}/history.json",
        "/search?q=zymurgy",
        "/search.json?q=zymurgy",
    ]
    routes += [f"{id}{suffix}" for suffix in (".bib", ".ris", ".csl.json", ".jsonl")]
    routes += [f"/search{suffix}?q=zymurgy" for suffix in (".bib", ".ris", ".csl.json", ".jsonl")]
    for route in routes:
        answer = client.get(route)
        assert answer.status_code == 200
        assert "very last word is zymurgy" not in answer.get_data(as_text=True), route


def test_the_search_one_comes_from_is_kept(read):
    results = read("/search?q=learning&not.type=report&sort=title")
    titles = results.texts(".hit h2")
    first = read(results.all(".hit h2 a")[0]["href"])
    assert first.text(".crumbs").startswith(f"{len(titles)} records for “learning”")
    assert f"1 of {len(titles)}" in first.text(".crumbs")
    walked, page = [first.text("h1")], first
    while page.all(".crumbs a[rel=next]"):
        page = read(page.one(".crumbs a[rel=next]")["href"])
        walked.append(page.text("h1"))
    assert walked == titles
    assert page.link(page.texts(".crumbs a")[0]) == "/search?q=learning&not.type=report&sort=title"


def test_neighbours_are_found_across_pages(read):
    page = read("/record/" + "ED100000" + "?sort=title&type=report&at=1")
    for _ in range(11):
        page = read(page.one(".crumbs a[rel=next]")["href"])
    assert "12 of 30" in page.text(".crumbs")
    assert page.all(".crumbs a")[0]["href"] == "/search?type=report&sort=title&page=2"


@pytest.mark.parametrize("at", ["0", "99", "x", "-1", "3", "1" * 50])
def test_a_wrong_place_in_a_search_is_no_context(read, at):
    assert read(f"/record/EJ1223055?q=communities&at={at}").all(".crumbs") == []


def test_the_head_tells_programs_what_it_is(read):
    page = read("/record/EJ1223055")
    tags = [(meta["name"], meta["content"]) for meta in page.all("meta[name^=citation_]")]
    assert [content for name, content in tags if name == "citation_author"] == ["Mehta, Jal", "Peterson, Amelia"]
    told = dict(tags)
    assert told["citation_publication_date"] == "2019/08"
    assert (told["citation_firstpage"], told["citation_lastpage"]) == ("327", "350")
    assert told["citation_journal_title"] == "Journal of Educational Change"
    assert page.one("link[rel=canonical]")["href"] == "http://127.0.0.1:8000/record/EJ1223055"
    assert len(page.all("link[rel=alternate]")) == len(FORMATS) + 1
    work = json.loads(page.one("script[type='application/ld+json']").get_text())
    assert work["@type"] == "ScholarlyArticle"
    assert work["isPartOf"]["isPartOf"]["isPartOf"]["name"] == "Journal of Educational Change"
    assert work["author"][0] == {"@type": "Person", "name": "Jal Mehta", "givenName": "Jal", "familyName": "Mehta"}


def test_alternates_are_answered_with_their_type(client, read):
    for link in read("/record/EJ1223055").all("link[rel=alternate]"):
        assert client.get(link["href"]).mimetype == link["type"]


def test_the_type_of_the_title_tag_follows_the_kind(read):
    assert read("/record/gomez-2020-learning-boundaries").one("meta[name=citation_inbook_title]")
    assert read("/record/role-nd-professional-learning-networks").one("meta[name=citation_conference_title]")


def test_a_foreign_title_names_its_language(read):
    assert read("/record/ozgur-1988-ozgur-lernen-schule-stadt").one("h1")["lang"] == "de"
    assert not read("/record/EJ1223055").one("h1").has_attr("lang")


def test_the_json_twin_holds_the_record(client, web_library):
    data = client.get("/record/EJ1223055.json").get_json()
    assert data["record"] == json.loads(to_json(web_library.store.get("EJ1223055").record))
    assert from_json(json.dumps(data["record"])).title.startswith("International")
    assert {"version", "created_at", "updated_at", "problems", "completeness", "origins", "related", "links"} <= set(
        data
    )


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/x-bibtex", "application/x-bibtex"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("application/x-research-info-systems;q=0.9, text/html;q=0.5", "application/x-research-info-systems"),
    ],
)
def test_the_accept_header_chooses_the_form(client, accept, mimetype):
    answer = client.get("/record/EJ1223055", headers={"Accept": accept})
    assert answer.mimetype == mimetype
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/doi/10.1007/S10833-019-0000-1", "/record/EJ1223055"),
        ("/isbn/978-0-203-77497-7", "/record/gomez-2020-learning-boundaries"),
        ("/eric/ej1223055", "/record/EJ1223055"),
        ("/cite/mehta2019international", "/record/EJ1223055"),
    ],
)
def test_an_identifier_leads_to_the_record(client, address, target):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, target)


@pytest.mark.parametrize("rest", ["", ".bib", ".json", "/cite", "/history"])
def test_another_case_of_letters_is_redirected_with_what_follows(client, rest):
    answer = client.get(f"/record/ej1223055{rest}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/record/EJ1223055{rest}")


def test_the_title_search_of_a_reference_can_be_parsed(read):
    href = read("/record/role-nd-professional-learning-networks").all(".reflist a")[1]["href"]
    assert href.startswith("/search?q=title")
    assert parse('title:"Communities of Practice"').notices == ()


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("a<b>c", (), "a&lt;b&gt;c"),
        ("abcdef", (Mark("title", 1, 3, "i"),), "a<i>bc</i>def"),
        ("abcdef", (Mark("title", 1, 4, "i"), Mark("title", 2, 6, "b")), "a<i>b</i><b><i>cd</i></b><b>ef</b>"),
        ("abc", (Mark("title", 2, 99, "sup"),), "ab<sup>c</sup>"),
        ("abc", (Mark("title", 0, 1, "script"),), "abc"),
        ("<&", (Mark("title", 0, 1, "b"),), "<b>&lt;</b>&amp;"),
    ],
)
def test_emphasis_becomes_the_four_tags_and_text_stays_text(text, marks, html):
    soup = BeautifulSoup(rich(text, marks), "html.parser")
    assert soup.get_text() == text
    assert {tag.name for tag in soup.find_all(True)} <= {"i", "b", "sup", "sub"}
    assert str(rich(text, marks)) == html


def test_marks_follow_their_paragraph():
    assert [str(p) for p in paragraphs("one two\n\nthree", (Mark("abstract", 4, 12, "i"),))] == [
        "one <i>two</i>",
        "<i>thr</i>ee",
    ]


def test_editors_stand_for_authors_and_say_so(read):
    page = read("/record/ozgur-1988-ozgur-lernen-schule-stadt")
    assert page.texts(".rec-authors li") == ["Ayşe Özgür", "Editor"]
    assert "Ayşe Özgür (Ed.)" in read("/search?q=Lernen").text(".byline")
