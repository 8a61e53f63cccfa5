"""Descriptors, authors and sources: lists, tree, the pages of single ones, and the addresses that lead there."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from litbase.library import Library, bring_level
from litbase.library.finding import count
from litbase.library.slugs import READ, meant, nearest, slug
from litbase.library.thesaurus import load
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web import create_app
from litbase.web.links import PLACES, Links
from tests.web.conftest import Page, emptied, fill, incoming

TABLE = """descriptor,used_for,broader,related,scope_note
Community,,,,
Communities of Practice,Learning Communities|Practice Circles (1966 1980),Community,Social Networks,People who learn.
Neighborhoods,,Community,,
Social Networks,,,,
Kindergarten,Kindergarten Children,,,
Young Children,Kindergarten Children,,,
Cooperative Learning,,Learning,,
Learning,,,,
Marsh Birds,,,,
"""
LONG = "Names " * 83 + "End"
HOSTILE = (
    "A/B Testing", "100% Effort", 'The "Real" Thing', "..", ".json", "~", "!!!", "?q=1#x", "<script>alert(1)</script>",
    "山田 太郎", "Знание", "تعليم", "a\\b", "C++", "C#", "R & D", LONG, "x" * 500, "Über-Ich", "Uber Ich", "UBER ICH",
    "The Aged", "Aged", "co-op", "coop", "Tree", "Descriptors.json", "%2F", "%", "'; drop table", "naïve", "１２３",
    "Ωmega", "é", "é".upper(), "I", "ß", "ss", "—", "a" * 80, "a" * 81, "b-" * 50,
)  # fmt: skip


def article(number: int, **more: object) -> Record:
    given = {"type": "article-journal", "title": f"Paper {number}", "container_title": "Journal of Tests"}
    return Record(**(given | more))  # type: ignore[arg-type]


def person(family: str, given: str = "") -> Name:
    return Name(family=family, given=given) if given else Name(literal=family)


WORKS = (
    article(1, author=(person("Smith", "Jane"), person("Doe", "Ann")), issued=PartialDate(year=1999),
            descriptors=("Communities of Practice", "Learning"), issn=("1573-1812",), publisher="Test Press",
            extra=(("csl:author.ORCID", "Smith, Jane: https://orcid.org/0000-0002-1825-0097"),)),
    article(2, author=(person("Smith", "Jane"), person("Doe", "Ann")), issued=PartialDate(year=2003),
            descriptors=("Learning Communities", "Cooperative Learning"), keywords=("free word",)),
    article(3, author=(person("Smith", "J."),), descriptors=("Cooperative Learning", "Learning", "Neighborhoods")),
    article(4, author=(person("Smith", "Jane"),), issued=PartialDate(year=2003), descriptors=("Cooperative Learning",)),
    article(5, author=(person("Smith", "John"), person("Smith-Jones", "Jane")), keywords=("Free Word",)),
    article(6, author=(person("Gándara", "Ana"),), container_title="Journal of tests"),
    article(7, author=(person("Gandara", "Ana"), person("National Council for Tests")), type="report"),
    Record(type="cited", title="Only cited", author=(person("Cited", "Only"),), container_title="Cited Letters"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a thesaurus and names of every kind."""
    folder: Path = tmp_path_factory.mktemp("browse")
    (folder / "terms.csv").write_text(TABLE, encoding="utf-8")
    library = emptied(folder / "library")
    load(library, str(folder / "terms.csv"))
    hostile = [
        article(100 + n, descriptors=(text,), author=(Name(literal=text),), container_title=text)
        for n, text in enumerate(HOSTILE)
    ]
    fill(library, tuple(incoming(record, "bibtex", record.title) for record in (*WORKS, *hostile)))
    yield library
    library.close()


@pytest.fixture(scope="module")
def reader(shelves: Library) -> FlaskClient:
    app = create_app(shelves)
    app.testing = False
    return app.test_client()


@pytest.fixture(scope="module")
def visit(reader: FlaskClient) -> Callable[..., Page]:
    """visit(address, status=200) is the page there."""

    def get(address: str, status: int = 200) -> Page:
        answer = reader.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code} {answer.headers.get('Location')}"
        return Page(answer.get_data(as_text=True))

    return get


HERE = Links("http://127.0.0.1:8000")


def found(library: Library, address: str) -> int:
    """How many records the search at *address* finds."""
    parts = urlsplit(address)
    assert parts.path == "/search", address
    return count(library, SearchState.from_args(parse_qsl(parts.query))[0])


def listed(page: Page) -> list[str]:
    return page.texts(".values li")


# addresses


@given(st.text(min_size=1, max_size=120), st.sampled_from(list(PLACES)))
def test_the_address_of_a_value_ends_in_its_slug(value, name):
    assert urlsplit(HERE.value(name, value)).path.rpartition("/")[2] == quote(slug(name, value))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
@pytest.mark.parametrize("name", PLACES)
def test_a_value_of_any_letters_has_a_page(shelves, visit, name, text):
    """Each stands in one record at least; "Descriptors.json" and ".." are no paths."""
    assert meant(shelves, name, slug(name, text)).value == text
    page = visit(HERE.value(name, text))
    assert page.one("h1").get_text() == text
    assert found(shelves, page.link("Search this record")) == 1
    assert page.all("script:not([src]):not([type])") == []


def test_pages_of_hostile_values_are_led_to_from_their_lists(shelves, visit):
    for name in PLACES:
        there = set()
        leaf = HERE.browse(name, by="name")
        while leaf:
            page = visit(leaf)
            there |= {a["href"] for a in page.all(".values a")}
            leaf = str(page.all("a[rel=next]")[0]["href"]) if page.all("a[rel=next]") else ""
        assert {HERE.value(name, text) for text in HOSTILE} <= there


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("/descriptors/Communities-Of-Practice", "/descriptors/communities-of-practice"),
        ("/descriptors/communities%20of%20practice", "/descriptors/communities-of-practice"),
        ("/descriptors/COMMUNITIES_OF_PRACTICE.json", "/descriptors/communities-of-practice.json"),
        ("/descriptors/learning-communities", "/descriptors/communities-of-practice?instead=learning-communities"),
        ("/authors/Smith,%20Jane", "/authors/smith-jane"),
        ("/authors/smith-jones-jane", HERE.author("Smith-Jones, Jane")),
        ("/sources/journal-of-TESTS", "/sources/journal-of-tests"),
        ("/descriptors/a/b-testing", HERE.descriptor("A/B Testing")),
    ],
)
def test_other_spellings_lead_to_the_page(reader, typed, leads):
    answer = reader.get(typed)
    assert (answer.status_code, answer.headers.get("Location")) == (302, leads)
    assert reader.get(leads).status_code == 200


def test_addresses_that_could_mean_several_tell_them_apart(visit):
    """The usual form has the plain address; the other form its own, and each names the other."""
    plain, accented = visit("/authors/gandara-ana"), visit(HERE.author("Gándara, Ana"))
    assert (plain.text("h1"), accented.text("h1")) == ("Ana Gandara", "Ana Gándara")
    assert plain.link("Gándara, Ana") == HERE.author("Gándara, Ana")
    assert accented.link("Gandara, Ana") == "/authors/gandara-ana"


def test_an_address_whose_words_several_have_and_none_as_usual_asks_which(visit):
    page = visit("/descriptors/aged~000000")
    assert page.link("Aged") == "/descriptors/aged"
    page = visit("/descriptors/uber-ich~ffffff")
    assert {a.get_text() for a in page.all(".try a")} >= {"Über-Ich", "UBER ICH", "Uber Ich"}


def test_an_unknown_name_gives_404_and_the_nearest(visit, reader):
    page = visit("/descriptors/comunities-of-practise", 404)
    assert page.link("Communities of Practice") == "/descriptors/communities-of-practice"
    assert visit("/authors/smithh-jane", 404).link("Smith, Jane") == "/authors/smith-jane"
    assert visit("/sources/%00", 404).text("h1").startswith("There is no source")
    told = reader.get("/descriptors/comunities-of-practise.json")
    assert told.status_code == 404
    assert told.get_json()["error"]["offers"][0]["url"] == "/descriptors/communities-of-practice"


def test_a_very_long_address_is_answered(visit, shelves):
    assert visit("/authors/" + "y" * 5000, 404)
    assert nearest(shelves, "author", "z" * 5000) == ()
    assert len(slug("author", "z" * 5000)) < READ


# lists


def test_lists_count_records_as_the_searches_they_lead_to(shelves, visit):
    page = visit("/authors")
    assert listed(page)[0] == "Smith, Jane 3 records"
    for item in page.all(".values li")[:8]:
        heading = visit(str(item.a["href"]))
        shown = int(item.select_one(".n").get_text().split()[0])
        assert found(shelves, heading.link(heading.text(".rec-actions .primary"))) == shown


def test_letters_count_what_is_under_them(visit):
    page = visit("/authors")
    for link in page.all(".az a"):
        letter, many = link.find(string=True, recursive=False), int(link.small.get_text())
        under = visit(str(link["href"]))
        assert len(listed(under)) == many, letter
        assert under.text(".az [aria-current] small") == str(many)
    assert "F" in page.texts(".az span")


def test_a_list_by_name_goes_from_a_to_z(visit):
    page = visit("/descriptors?by=name")
    names = page.texts(".values li a")
    assert names.index("Aged") < names.index("Cooperative Learning") < names.index("Learning") < names.index("Знание")
    assert "C" in page.texts("h3.letter")


def test_what_is_looked_for_is_found_and_other_names_say_what_to_use(visit):
    page = visit("/descriptors?find=learning")
    assert listed(page) == [
        "Cooperative Learning 3 records",
        "Learning 2 records",
        "Learning Communities: use Communities of Practice",
    ]
    page = visit("/descriptors?find=kindergarten+children")
    assert listed(page) == ["Kindergarten Children: use together Kindergarten and Young Children"]
    assert page.text("#browse-h") == "No descriptors with “kindergarten children”"


def test_terms_without_a_record_are_offered_apart(shelves, visit):
    page = visit("/descriptors?by=unused")
    assert listed(page) == ["Community", "Kindergarten", "Marsh Birds", "Social Networks", "Young Children"]
    assert visit(page.link("Marsh Birds")).text(".rec-source") == "No record here has it yet."


def test_the_tree_is_that_of_the_file(visit, reader):
    tree = reader.get("/descriptors.json?by=tree").get_json()["tree"]
    names = {one["value"]: [below["value"] for below in one["narrower"]] for one in tree}
    assert names == {
        "Community": ["Communities of Practice", "Neighborhoods"],
        "Kindergarten": [],
        "Learning": ["Cooperative Learning"],
        "Marsh Birds": [],
        "Social Networks": [],
        "Young Children": [],
    }
    page = visit("/descriptors?by=tree")
    assert page.texts(".tree.top > ul > li:has(> details) > a") == ["Community", "Learning"]
    assert visit("/descriptors?by=tree&letter=l").texts(".tree.top a") == ["Learning", "Cooperative Learning"]


def test_wrong_parameters_are_dropped_with_a_word(visit, reader):
    page = visit("/authors?letter=abc&by=sideways&leaf=-1")
    assert len(page.texts(".notices li")) == 3
    assert listed(page) == listed(visit("/authors"))
    assert visit("/authors?by=tree").texts(".notices li")  # authors have no tree
    assert reader.get("/authors?find=&by=name&utm=x").headers["Location"] == "/authors?by=name"
    assert visit("/authors?leaf=999999").text("#browse-h") == visit("/authors").text("#browse-h")
    assert visit("/authors?find=<b>x</b>").text("#browse-h") == "No authors with “<b>x</b>”"


def test_without_a_thesaurus_the_list_says_so_and_still_lists(read):
    page = read("/descriptors")
    assert "No thesaurus is loaded" in page.text("p.lede")
    assert "Communities of Practice 1 record" in listed(page)
    assert [link.get_text() for link in page.all(".seg a")] == ["Most records", "A to Z"]
    assert read("/descriptors/communities-of-practice").all(".tree") == []
    assert read("/descriptors?by=tree").texts(".notices li")


def test_an_empty_library_has_lists_and_no_headings(tmp_path):
    library = emptied(tmp_path / "library")
    client = create_app(library).test_client()
    for place in PLACES.values():
        assert client.get(f"/{place}").status_code == 200
        assert client.get(f"/{place}?letter=a").status_code == 200
        assert client.get(f"/{place}.json").get_json()["values"] == []
        assert client.get(f"/{place}/anything").status_code == 404
    library.close()


def test_the_list_shows_a_new_record_at_once(tmp_path):
    library = emptied(tmp_path / "library")
    client = create_app(library).test_client()
    assert client.get("/authors.json?letter=n").get_json()["total"] == 0
    fill(library, (incoming(article(1, author=(person("New", "Ann"),)), "bibtex", "n"),))
    bring_level(library)
    assert [one["value"] for one in client.get("/authors.json?letter=n").get_json()["values"]] == ["New, Ann"]
    library.close()


# headings


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
