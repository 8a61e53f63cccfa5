"""JSON-LD of works: types, names, nested hosts, references by "@id", identifiers; and what our own writer writes."""

from typing import Any

import pytest

from litbase.formats import jsonld
from litbase.formats.page.jsonld import told_by, told_of, works
from litbase.formats.page.jsonld_values import Graph
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record

NOTHING = Graph(())
ARTICLE = {"@type": "ScholarlyArticle", "name": "Rooms"}


def shown(told: dict[str, Any]) -> dict[str, Any]:
    """What was told, names and dates as they are shown."""
    names = ("author", "editor", "translator")
    return {name: list(map(str, v)) if name in names else str(v) if name == "issued" else v for name, v in told.items()}


TYPES = {
    "ScholarlyArticle": ("article-journal", ""),
    "Chapter": ("chapter", ""),
    "Thesis": ("thesis", ""),
    "Book": ("book", ""),
    "OpinionNewsArticle": ("article-newspaper", "Opinion"),
    "NewsArticle": ("article-newspaper", ""),
    "Dataset": ("dataset", ""),
    "BlogPosting": ("webpage", ""),
    "Article": ("webpage", ""),
    "http://schema.org/Report": ("report", ""),
    "schema:WebPage": ("webpage", ""),
}


@pytest.mark.parametrize("name", TYPES)
def test_types(name: str) -> None:
    told = told_by({"@type": ["Thing", name], "name": "Rooms"}, NOTHING)
    assert (told["type"], told.get("genre", "")) == TYPES[name]


def test_the_most_telling_work_comes_first_and_what_is_no_work_is_left_out() -> None:
    things = [
        {"@type": "Organization", "name": "O"},
        {"@type": "WebPage", "name": "W"},
        {"@type": "Event", "name": "Concert"},
        {"@type": "ScholarlyArticle", "name": "S"},
        {"@type": "ScholarlyArticle"},
        {"@type": "NewsArticle", "headline": "N"},
    ]
    assert [thing.get("name") or thing["headline"] for thing in works(things)] == ["S", "N", "W"]


HELD = {
    "the main entity of a page": {"@type": "WebPage", "name": "Rooms | Site", "mainEntity": ARTICLE},
    "an item of a list": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]},
    "a graph's": ARTICLE,
}


@pytest.mark.parametrize("thing", HELD.values(), ids=HELD)
def test_works_inside_pages_and_lists_are_found(thing: dict[str, Any]) -> None:
    assert told_of([thing])[0] == {"type": "article-journal", "title": "Rooms"}


def test_the_trail_to_a_page_names_no_works() -> None:
    trail = [{"@type": "ListItem", "item": {"@type": "WebPage", "name": "Home"}}]
    assert told_of([{"@type": "BreadcrumbList", "itemListElement": trail}]) == []


PEOPLE = {
    "a text": ("Roe, Ann", ["Roe, Ann"]),
    "texts": (["Ann Roe", "Ed Poe"], ["Roe, Ann", "Poe, Ed"]),
    "objects": ([{"@type": "Person", "name": "Ann Roe"}, {"name": "Ed Poe"}], ["Roe, Ann", "Poe, Ed"]),
    "parts": ({"givenName": "Ann", "additionalName": "B.", "familyName": "van Roe"}, ["van Roe, Ann B."]),
    "a group": ({"@type": "Organization", "name": "Smith and Sons"}, ["Smith and Sons"]),
    "a list object": ({"@list": [{"name": "Ann Roe"}]}, ["Roe, Ann"]),
    "a reference": ({"@id": "#roe"}, ["Roe, Ann"]),
    "an address": ("https://x.org/roe", []),
    "nonsense": ([None, 3, {"name": ["Ann Roe"]}, True], ["Roe, Ann"]),
}


@pytest.mark.parametrize(("value", "names"), PEOPLE.values(), ids=PEOPLE)
def test_people(value: Any, names: list[str]) -> None:
    things = [{"@id": "#roe", "@type": "Person", "name": "Ann Roe"}]
    assert shown(told_by(ARTICLE | {"author": value}, Graph(things))).get("author", []) == names


JOURNAL = {"@type": "Periodical", "name": "J", "issn": "1389-2843", "publisher": {"name": "Press"}}
HOSTS = {
    "issue in volume in journal": (
        ARTICLE,
        {
            "@type": "PublicationIssue",
            "issueNumber": 3,
            "datePublished": "2019",
            "isPartOf": {"@type": "PublicationVolume", "volumeNumber": "20", "isPartOf": JOURNAL},
        },
        {
            "container_title": "J",
            "volume": "20",
            "issue": "3",
            "issued": "2019",
            "issn": ("1389-2843",),
            "publisher": "Press",
        },
    ),
    "volume in issue": (
        ARTICLE,
        {
            "@type": "PublicationIssue",
            "isPartOf": {"@type": ["PublicationVolume", "Periodical"], "name": "J", "volumeNumber": "20"},
        },
        {"container_title": "J", "volume": "20"},
    ),
    "a volume known by its name": (ARTICLE, {"@type": "PublicationVolume", "name": "Volume 20"}, {"volume": "20"}),
    "a list": (
        ARTICLE,
        [JOURNAL, {"@type": "WebSite", "name": "Site"}],
        {"container_title": "J", "issn": ("1389-2843",), "publisher": "Press"},
    ),
    "a book": (
        {"@type": "Chapter", "name": "Rooms"},
        {"@type": "Book", "name": "B", "isbn": "9780415839051", "editor": {"name": "Ed Poe"}, "datePublished": "2010"},
        {"container_title": "B", "isbn": ("9780415839051",), "editor": ["Poe, Ed"], "issued": "2010"},
    ),
    "a series": ({"@type": "Book", "name": "Rooms"}, {"@type": "BookSeries", "name": "S"}, {"collection_title": "S"}),
    "a site is no journal": (ARTICLE, {"@type": "WebSite", "name": "Site"}, {}),
    "a site holds a page": (
        {"@type": "BlogPosting", "name": "Rooms"},
        {"@type": "WebSite", "name": "Site"},
        {"container_title": "Site"},
    ),
}


@pytest.mark.parametrize(("thing", "host", "expected"), HOSTS.values(), ids=HOSTS)
def test_what_it_is_in(thing: dict[str, Any], host: Any, expected: dict[str, Any]) -> None:
    told = shown(told_by(thing | {"isPartOf": host}, NOTHING))
    assert {name: value for name, value in told.items() if name not in ("type", "title")} == expected


def test_an_article_in_a_journal_is_one_whatever_it_is_called() -> None:
    assert told_by({"@type": "Article", "name": "Rooms", "isPartOf": JOURNAL}, NOTHING)["type"] == "article-journal"


IDENTIFIERS = {
    "sameAs": ({"sameAs": "https://doi.org/10.5555/x"}, {"doi": "10.5555/x"}),
    "a named value": ({"identifier": {"propertyID": "doi", "value": "10.5555/x"}}, {"doi": "10.5555/x"}),
    "a list": (
        {"identifier": ["10.5555/x", "urn:isbn:9780415839051"]},
        {"doi": "10.5555/x", "isbn": ("9780415839051",)},
    ),
    "another library's": ({"identifier": {"propertyID": "PMID", "value": "7"}}, {"identifiers": (("pmid", "7"),)}),
    "ERIC's": ({"identifier": {"propertyID": "ERIC", "value": "EJ1223055"}}, {"eric": "EJ1223055"}),
    "an address": ({"url": "https://x.org/1", "@id": "https://x.org/#a"}, {"url": "https://x.org/1"}),
    "the page": ({"mainEntityOfPage": {"@id": "https://x.org/1"}}, {"url": "https://x.org/1"}),
    "a resolver is no page": (
        {"@id": "https://doi.org/10.5555/x", "url": "https://x.org/1"},
        {"doi": "10.5555/x", "url": "https://x.org/1"},
    ),
    "a script": ({"url": "javascript:alert(1)"}, {}),
}


@pytest.mark.parametrize(("properties", "expected"), IDENTIFIERS.values(), ids=IDENTIFIERS)
def test_identifiers_and_addresses(properties: dict[str, Any], expected: dict[str, Any]) -> None:
    told = told_by(ARTICLE | properties, NOTHING)
    assert {name: value for name, value in told.items() if name not in ("type", "title")} == expected


def test_texts_pages_and_what_is_kept() -> None:
    told = told_by(
        ARTICLE
        | {
            "pageStart": 3,
            "pageEnd": 9,
            "description": "About.",
            "inLanguage": [{"name": "English", "alternateName": "en"}],
            "keywords": "a, b",
            "license": {"name": "CC"},
            "wordCount": 4,
            "isAccessibleForFree": True,
            "encoding": {"contentUrl": "https://x.org/a.pdf", "encodingFormat": "application/pdf"},
            "copyrightYear": 2011,
        },
        NOTHING,
    )
    assert (told["page"], told["abstract"], told["language"], told["keywords"]) == (
        "3-9",
        "About.",
        ("en",),
        ("a", "b"),
    )
    assert (told["full_text_url"], str(told["issued"])) == ("https://x.org/a.pdf", "2011")
    assert told["extra"] == (("schema:license", "CC"), ("schema:wordCount", "4"))


def test_a_headline_that_was_cut_is_replaced_by_the_name() -> None:
    name = "Rooms and doors " * 12
    news = {"@type": "NewsArticle", "name": name}
    assert told_by(news | {"headline": name[:110]}, NOTHING)["title"] == name.strip()
    assert told_by(news | {"headline": "Rooms", "name": "Rooms | The Times"}, NOTHING)["title"] == "Rooms"


def test_circles_and_depth_are_bounded() -> None:
    one: dict[str, Any] = {
        "@type": "ScholarlyArticle",
        "@id": "#1",
        "name": "Rooms",
        "author": {"@id": "#2"},
        "isPartOf": {"@id": "#1"},
    }
    other = {"@id": "#2", "author": {"@id": "#2"}, "isPartOf": {"@id": "#1"}}
    assert told_by(one, Graph([one, other]))["title"] == "Rooms"
    deep: dict[str, Any] = {"@type": "ScholarlyArticle", "name": "Rooms"}
    for _ in range(200):
        deep = {"@type": "ScholarlyArticle", "name": "Rooms", "isPartOf": [deep, deep]}
    assert told_by(deep, NOTHING)["title"] == "Rooms"


RECORDS = {
    "article": Record(
        type="article-journal",
        title="Rooms <b>",
        author=(Name(family="Roe", given="Ann"), Name(literal="OECD Group")),
        container_title="J",
        volume="20",
        issue="3",
        page="327-350",
        issued=PartialDate(year=2019, month=8),
        doi="10.5555/x",
        url="https://x.org/1",
        issn=("1389-2843",),
        abstract="About.",
        keywords=("a", "b"),
        publisher="Press",
        publisher_place="Rome",
        language=("en",),
    ),
    "chapter": Record(
        type="chapter",
        title="Rooms",
        author=(Name(family="Roe", given="Ann"),),
        container_title="B",
        isbn=("9780415839051",),
        page="3-9",
        issued=PartialDate(year=2010),
        editor=(Name(family="Poe", given="Ed"),),
    ),
    "thesis": Record(
        type="thesis", genre="Doctoral dissertation", title="Rooms", publisher="U", issued=PartialDate(year=2004)
    ),
    "report": Record(
        type="report",
        title="Rooms",
        number="TR-12",
        institution=("Rand",),
        sponsor=("Ford Foundation",),
        eric="ED123456",
    ),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_what_our_own_pages_say_comes_back(record: Record) -> None:
    node = jsonld.node(record)
    told = told_by(node, Graph([node]))
    missing = {
        name: (told.get(name), getattr(record, name))
        for name in told
        if name not in ("extra", "url") and told[name] != getattr(record, name)
    }
    assert missing == {}
    stated = {name for name in record.__struct_fields__ if getattr(record, name) != getattr(Record(), name)}
    assert stated - told.keys() == set()
