"""Atom feeds: valid whatever stands in the records, the newest first, with ids that stay."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest

from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming
from tests.web.test_xss import URLS, VECTORS

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    root = ET.fromstring(answer.get_data())
    assert root.tag == f"{ATOM}feed"
    return root


def checked(root):
    """*root* has what RFC 4287 wants of a feed and of each entry; the entries."""
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text.strip(), name
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo is not None
        assert element.findall(f"{ATOM}link[@rel='alternate']")
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
    assert root.findall(f"{ATOM}author")
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == root.findtext(f"{ATOM}id")
    entries = root.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    return entries


def places(root):
    return [entry.find(f"{ATOM}link[@rel='alternate']").get("href").rpartition("/")[2] for entry in checked(root)]


def test_the_feed_of_the_library_has_what_came_in_last(client, web_library):
    root = feed(client.get("/feed.atom"))
    assert places(root) == [stored.id for stored in web_library.store.recent(50)]
    assert root.findtext(f"{ATOM}title") == "Reading room: new records"


def test_an_entry_says_what_a_reader_wants_to_know(client):
    root = feed(client.get("/search.atom?q=title:borders"))
    (entry,) = checked(root)
    assert re.fullmatch(r"tag:127\.0\.0\.1,\d{4}-\d\d-\d\d:/record/EJ1223055", entry.findtext(f"{ATOM}id"))
    assert [name.text for name in entry.iter(f"{ATOM}name")] == ["Jal Mehta", "Amelia Peterson"]
    assert entry.findtext(f"{ATOM}summary").startswith("Leaders from many countries")
    assert next(entry.iter(f"{ATOM}category")).get("term") == "Communities of Practice"
    related = [link.get("href") for link in entry.findall(f"{ATOM}link[@rel='related']")]
    assert related == [
        "https://doi.org/10.1007/s10833-019-0000-1", "https://files.eric.ed.gov/fulltext/EJ1223055.pdf",
    ]  # fmt: skip


def test_the_feed_of_a_search_has_what_the_search_finds(client, total):
    root = feed(client.get("/search.atom?q=learning&type=chapter"))
    assert places(root) == ["gomez-2020-learning-boundaries"]
    assert root.findtext(f"{ATOM}title") == "Reading room: learning · Record type: Book chapter"
    assert root.findtext(f"{ATOM}id") == "http://127.0.0.1:8000/search.atom?q=learning&type=chapter"


def test_an_order_that_is_asked_for_is_kept(client):
    for order in ("title", "oldest", "newest", "author"):
        listed = client.get(f"/search.json?type=report&sort={order}&per=50").get_json()["hits"]
        assert places(feed(client.get(f"/search.atom?type=report&sort={order}"))) == [hit["id"] for hit in listed]
    titles = [e.findtext(f"{ATOM}title") for e in checked(feed(client.get("/search.atom?type=report&sort=title")))]
    assert titles == sorted(f"Report {number} on School Statistics" for number in range(30))


def test_a_feed_of_nothing_is_a_feed(client):
    assert checked(feed(client.get("/search.atom?q=nothinglikethis"))) == []


def test_the_pages_name_their_feeds(read):
    assert read("/").one("link[type='application/atom+xml']")["href"] == "/feed.atom"
    page = read("/search?q=learning&type=chapter")
    assert page.one("link[type='application/atom+xml']")["href"] == "/search.atom?q=learning&type=chapter"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    library = emptied(tmp_path_factory.mktemp("feeds") / "library", name='<b>\x0c& "co"]]>\ufffe')
    fill(library, tuple(
        incoming(Record(title=f"{v} {n}", abstract=v, descriptors=(v,), keywords=(v,), language=(v,), url=URLS[n % 8],
                        full_text_url=URLS[n % 8], doi=f"10.1/{v}"), "bibtex", f"k{n}")
        for n, v in enumerate(VECTORS)
    ))  # fmt: skip
    yield create_app(library).test_client()
    library.close()


def test_hostile_records_and_searches_leave_a_feed_whole(hostile):
    assert len(checked(feed(hostile.get("/feed.atom")))) == len(VECTORS)
    for vector in (*VECTORS, "\x00\x08", "\ufffe", "\ud800".encode("utf-8", "surrogatepass")):
        checked(feed(hostile.get("/search.atom", query_string={"q": vector, "author": vector, "not.type": vector})))
    for address in ("/opensearch.xml", "/unapi", "/sitemap.xml", "/sitemap-pages.xml"):
        ET.fromstring(hostile.get(address).get_data())


def test_no_address_of_a_feed_runs_anything(hostile):
    root = feed(hostile.get("/feed.atom"))
    assert {link.get("href").partition(":")[0] for link in root.iter(f"{ATOM}link")} <= {"http", "https"}
