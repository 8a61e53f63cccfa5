"""The page of a descriptor, an author or a source, and the links that lead to it."""

import gzip
import json

from litbase.library import bring_level
from litbase.library.thesaurus import load
from litbase.web import create_app
from litbase.web.links import PLACES
from tests.web.browse.conftest import HERE, found
from tests.web.conftest import emptied


def test_every_link_of_a_heading_answers_and_counts_agree_with_their_searches(shelves, visit, reader):
    addresses = [HERE.value("descriptor", name) for name in ("Communities of Practice", "Learning", "Neighborhoods")]
    addresses += [HERE.author("Smith, Jane"), HERE.author("Doe, Ann"), HERE.value("source", "Journal of Tests")]
    for address in addresses:
        page = visit(address)
        for link in page.all("main a[href]"):
            href = str(link["href"])
            if href.startswith("/"):
                assert reader.get(href, follow_redirects=True).status_code == 200, f"{address} leads to {href}"
        numbers = page.all(".bars a.n")
        assert numbers
        for number in numbers:
            assert found(shelves, str(number["href"])) == int(number.find(string=True)), f"{address}: {number}"
        for year in page.all(".tbl tbody tr"):
            assert found(shelves, str(year.a["href"])) == int(year.td.get_text())


def test_the_page_of_a_descriptor_tells_what_the_thesaurus_says(visit):
    page = visit("/descriptors/communities-of-practice?instead=learning-communities")
    assert page.text("h1") == "Communities of Practice"
    assert page.text(".rec-source") == "2 records, 1999–2003"
    assert "Learning Communities is another name of this descriptor." in page.text(".note")
    assert page.texts(".tree a") == ["Community", "Neighborhoods"]
    assert page.text(".tree .me") == "Communities of Practice"
    assert "Learning Communities; Practice Circles (1966 1980)" in page.text("article")
    assert "People who learn." in page.text("article")
    assert page.link("Social Networks") == "/descriptors/social-networks"
    assert visit("/descriptors/communities-of-practice?instead=<b>nonsense").all(".note") == []
    assert visit("/descriptors/community").texts(".tree a") == ["Communities of Practice", "Neighborhoods"]


def test_a_term_no_longer_used_says_what_is_used_instead(reader, visit):
    moved = reader.get("/descriptors/practice-circles-1966-1980").headers["Location"]
    assert "Practice Circles (1966 1980) is no longer used" in visit(moved).text(".note")
    page = visit("/descriptors/kindergarten-children")
    assert page.text("h1") == "Kindergarten Children"
    assert page.link("Kindergarten") == "/descriptors/kindergarten"
    assert page.link("Young Children") == "/descriptors/young-children"


def test_what_is_often_used_together_counts_records_that_have_both(reader, shelves):
    """Cooperative Learning holds the word Learning, and one record has both."""
    together = dict(reader.get("/descriptors/learning.json").get_json()["frequent"]["together"])
    assert together == {"Communities of Practice": 1, "Cooperative Learning": 1, "Neighborhoods": 1}
    authors = dict(reader.get("/authors/smith-jane.json").get_json()["frequent"]["together"])
    assert authors == {"Doe, Ann": 2}


def test_the_page_of_an_author_does_not_join_names_that_are_alike(visit):
    page = visit("/authors/smith-jane")
    assert page.text("h1") == "Jane Smith"
    assert page.text(".rec-source") == "3 records, 1999–2003"
    alike = next(text for text in page.texts("header p.small") if text.startswith("Names alike"))
    assert alike == "Names alike: Smith, J. 1 record"
    assert page.link("0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert page.one("link[rel=author]")["href"] == "https://orcid.org/0000-0002-1825-0097"
    assert visit("/authors/doe-ann").all("link[rel=author]") == []


def test_new_records_of_a_heading_are_a_feed(visit, reader):
    page = visit("/authors/smith-jane")
    assert page.link("New records") == page.one("link[type='application/atom+xml']")["href"]
    feed = reader.get(page.link("New records"))
    assert feed.status_code == 200
    assert feed.get_data(as_text=True).count("<entry>") == 3
    assert visit("/descriptors/marsh-birds").all("link[type='application/atom+xml']") == []


def test_groups_and_editors_have_pages(visit, read):
    assert visit(HERE.author("National Council for Tests")).text("h1") == "National Council for Tests"
    assert read(HERE.author("Özgür, Ayşe")).text("h1") == "Ayşe Özgür"


def test_the_page_of_a_source_tells_its_numbers(visit):
    page = visit("/sources/journal-of-tests")
    assert page.text("header .eyebrow .type") == "Journal"
    assert page.texts(".meta dd") == ["1573-1812", "Test Press", "5 journal articles, 1 report"]
    assert page.link("Journal of tests") == HERE.value("source", "Journal of tests")


def test_names_that_only_reference_lists_have_a_page(visit, reader):
    page = visit("/authors/cited-only")
    assert page.text(".rec-source") == "1 record that only reference lists name"
    assert reader.get(page.link("Search this record")).status_code == 200
    assert visit("/sources/cited-letters")


def test_a_page_without_records_still_stands(visit):
    page = visit("/descriptors/marsh-birds")
    assert page.all("aside") == []
    assert page.all(".rec-actions") == []


def test_records_lead_to_their_headings_and_hits_to_searches(read, client):
    page = read("/record/EJ1223055")
    for name, address in (
        ("Jal Mehta", "/authors/mehta-jal"),
        ("Global Approach", "/descriptors/global-approach"),
        ("Journal of Educational Change", "/sources/journal-of-educational-change"),
    ):
        assert page.link(name) == address
        assert client.get(address).status_code == 200
    assert read("/search?q=leaders").link("Jal Mehta").startswith("/search?author=")


def test_every_heading_of_every_record_page_answers(client, web_library, read):
    for stored in web_library.store.scan(limit=50):
        page = read(f"/record/{stored.id}")
        for link in page.all("main a[href]"):
            if str(link["href"]).split("/")[1] in PLACES.values():
                assert client.get(str(link["href"]), follow_redirects=True).status_code == 200, link["href"]


def test_the_menu_leads_to_the_lists(read):
    page = read("/")
    assert [str(a["href"]) for a in page.all(".nav-wide .menu-panel")[0].select("a")][:3] == [
        "/descriptors",
        "/authors",
        "/sources",
    ]


def test_the_twins_are_made_of_the_same(reader, visit):
    for address in ("/descriptors/learning", "/authors/smith-jane", "/sources/journal-of-tests"):
        data, page = reader.get(f"{address}.json").get_json(), visit(address)
        assert data["title"] == page.text("h1")
        assert data["records"] == page.link(page.text(".rec-actions .primary"))
        assert sum(n for _, n in data["years"]) + data["undated"] == data["count"]
    data = json.loads(reader.get("/authors.json?find=smith").get_data(as_text=True))
    assert [one["value"] for one in data["values"]] == ["Smith, Jane", "Smith, J.", "Smith, John", "Smith-Jones, Jane"]


def test_a_page_of_the_tree_stays_light(tmp_path):
    """Two thousand terms that hang together crosswise and deep; what is not drawn is on the pages of the terms."""
    rows = ["descriptor,broader"]
    rows += [f"Term {n},{'|'.join(f'Term {above}' for above in range(max(0, n - 4), n))}" for n in range(2_000)]
    (tmp_path / "terms.csv").write_text("\n".join(rows), encoding="utf-8")
    library = emptied(tmp_path / "library")
    load(library, str(tmp_path / "terms.csv"))
    bring_level(library)
    answer = create_app(library).test_client().get("/descriptors?by=tree")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.data)) < 30_000
    library.close()
