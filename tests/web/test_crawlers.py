"""robots.txt, the site map and the description of the search."""

import re
import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest

from litbase.library import outline

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPEN = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").get_data(as_text=True).splitlines())
    return parser


@pytest.mark.parametrize("address", ["/", "/record/EJ1223055", "/descriptors", "/descriptors/learning", "/authors",
                                     "/authors/mehta-jal", "/sources", "/stats", "/help", "/feed.atom", "/sitemap.xml",
                                     "/sitemap-records.xml?first=a"])  # fmt: skip
def test_pages_may_be_visited(robots, address):
    assert robots.can_fetch("anybot", address)


@pytest.mark.parametrize("address", ["/search", "/search?q=a&type=chapter", "/search.bib?q=a", "/search.atom?q=a",
                                     "/facet/author?type=chapter", "/suggest?q=a", "/unapi?id=a", "/list", "/l/abc",
                                     "/export.bib?id=a"])  # fmt: skip
def test_what_is_endless_or_a_reader_s_own_may_not(robots, address):
    assert not robots.can_fetch("anybot", address)


def test_the_site_map_is_named(robots):
    assert robots.site_maps() == ["http://127.0.0.1:8000/sitemap.xml"]


def addresses(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ET.fromstring(answer.get_data())
    return root.tag.removeprefix(MAP), [element.text for element in root.iter(f"{MAP}loc")], root


def followed(client):
    """The addresses of every part of the site map."""
    kind, parts, _ = addresses(client, "/sitemap.xml")
    assert kind == "sitemapindex"
    found = []
    for part in parts:
        kind, places, _ = addresses(client, part.removeprefix("http://127.0.0.1:8000"))
        assert kind == "urlset"
        assert len(places) <= 10_000
        found.append(places)
    return found


def test_the_site_map_names_every_record_once_and_no_cited_work(client, web_library):
    pages, *parts = followed(client)
    records = [place for part in parts for place in part]
    ids = [stored.id for stored in web_library.store.scan(limit=500) if stored.record.type != "cited"]
    assert sorted(records) == sorted(f"http://127.0.0.1:8000/record/{id}" for id in ids)
    assert "http://127.0.0.1:8000/" in pages


def test_every_address_of_the_site_map_is_answered(client):
    for place in (place for part in followed(client) for place in part[:50]):
        assert client.get(place.removeprefix("http://127.0.0.1:8000")).status_code == 200, place


def test_small_parts_say_the_same(client, monkeypatch, web_library):
    whole = {place for part in followed(client) for place in part}
    monkeypatch.setattr(outline, "PART", 7)
    parts = followed(client)
    assert len(parts) == 1 + -(-web_library.store.count(cited=True) // 7)
    assert all(len(part) <= 7 for part in parts[1:])
    assert {place for part in parts for place in part} == whole
    assert sum(map(len, parts)) == len(whole)


def test_a_record_in_the_site_map_says_when_it_last_changed(client, web_library):
    _, _, root = addresses(client, "/sitemap-records.xml?first=EJ1223055")
    assert root[0].findtext(f"{MAP}lastmod") == web_library.store.get("EJ1223055").updated_at


def test_a_part_without_a_beginning_is_not_there(client):
    assert client.get("/sitemap-records.xml").status_code == 404


def test_the_description_lets_browsers_and_programs_search(client):
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(answer.get_data())
    assert len(root.findtext(f"{OPEN}ShortName")) <= 16
    assert root.find(f"{OPEN}Image") is not None
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{OPEN}Url")}
    assert set(templates) == {"text/html", "application/atom+xml", "application/json", "application/x-suggestions+json",
                              "application/opensearchdescription+xml"}  # fmt: skip
    for mime, template in templates.items():
        address = template.removeprefix("http://127.0.0.1:8000").replace("{searchTerms}", "learning")
        answer = client.get(address, follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (200, mime)


def test_suggestions_are_what_browsers_expect(client):
    q, queries, labels, urls = client.get("/opensearch.json?q=learn").get_json(force=True)
    assert q == "learn"
    assert len(queries) == len(labels) == len(urls) > 0
    assert all(re.match("http://127.0.0.1:8000/", url) for url in urls)
    assert client.get("/opensearch.json?q=").get_json(force=True) == ["", [], [], []]


@pytest.mark.parametrize("address", ["/search?q=learning", "/facet/author"])
def test_pages_of_results_are_not_to_be_indexed(read, address):
    assert read(address).one("meta[name=robots]")["content"] == "noindex,follow"


@pytest.mark.parametrize("address", ["/search.bib", "/search.atom", "/record/EJ1223055.ris", "/record/EJ1223055.json"])
def test_nor_are_files(client, address):
    with client.get(address) as answer:
        assert answer.headers["X-Robots-Tag"] == "noindex"
