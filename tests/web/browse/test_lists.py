"""The lists of descriptors, authors and sources: their numbers, letters, tree and what is looked for in them."""

from litbase.library import bring_level
from litbase.web import create_app
from litbase.web.links import PLACES
from tests.web.browse.conftest import article, found, listed, person
from tests.web.conftest import emptied, fill, incoming


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
