"""Every value has a page at an address of its words; other spellings lead there, unknown ones to what is near."""

from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.slugs import READ, meant, nearest, slug
from litbase.web.links import PLACES
from tests.web.browse.conftest import HERE, HOSTILE, found


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
