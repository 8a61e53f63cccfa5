"""JSON-LD in schema.org's words: one graph, safe inside a page, issue within volume within periodical."""

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from litbase.formats import jsonld
from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
from litbase.record.names import Name
from litbase.record.record import Record
from tests.amount import amount
from tests.strategies import records

ARTICLE = Record(
    type="article-journal",
    title="Learning",
    container_title="J. of X",
    volume="20",
    issue="3",
    page="327-350",
    author=(Name(family="Berg", given="Jan", particle="van der", suffix="Jr."), Name(literal="A Reform Group")),
    issued=PartialDate(year=2019, month=8),
    doi="10.1002/(SICI)1<2",
    issn=("1389-2843",),
    eissn=("1573-1812",),
    url="https://x.org/a",
    language=("en",),
    descriptors=("A",),
    keywords=("B",),
    eric="EJ1",
    publisher="Springer",
)


def test_an_article_is_in_an_issue_of_a_volume_of_a_periodical():
    node = jsonld.node(ARTICLE)
    assert node["@type"] == "ScholarlyArticle"
    assert node["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "20",
            "isPartOf": {"@type": "Periodical", "name": "J. of X", "issn": ["1389-2843", "1573-1812"]},
        },
    }
    assert (node["pageStart"], node["pageEnd"], node["pagination"]) == ("327", "350", "327-350")
    assert node["author"][0] == {
        "@type": "Person",
        "name": "Jan van der Berg, Jr.",
        "givenName": "Jan",
        "familyName": "van der Berg",
        "honorificSuffix": "Jr.",
    }
    assert node["author"][1] == {"@type": "Organization", "name": "A Reform Group"}
    assert (node["datePublished"], node["inLanguage"], node["keywords"]) == ("2019-08", "en", ["A", "B"])
    assert node["@id"] == "https://doi.org/10.1002/(SICI)1%3C2"
    assert node["sameAs"] == ["https://doi.org/10.1002/(SICI)1%3C2", "https://eric.ed.gov/?id=EJ1"]
    assert {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1002/(SICI)1<2"} in node["identifier"]


KIND = {
    "chapter": (Record(type="chapter", container_title="B", isbn=("9780415839044",)), "Chapter", "Book"),
    "paper": (Record(type="paper-conference", container_title="P"), "ScholarlyArticle", "Book"),
    "news": (Record(type="article-newspaper", container_title="EW"), "NewsArticle", "Newspaper"),
    "opinion": (
        Record(type="article-newspaper", genre="Opinion", container_title="EW"),
        "OpinionNewsArticle",
        "Newspaper",
    ),
    "book": (Record(type="book", collection_title="S"), "Book", "CreativeWorkSeries"),
    "symposium": (Record(type="paper-conference", genre="Symposium"), "Event", None),
    "thesis": (Record(type="thesis"), "Thesis", None),
    "data": (Record(type="dataset"), "Dataset", None),
    "page": (Record(type="webpage", container_title="Site"), "WebPage", "CreativeWork"),
    "anything": (Record(type="document"), "CreativeWork", None),
}


@pytest.mark.parametrize(("record", "type_", "container"), KIND.values(), ids=KIND)
def test_each_kind_has_its_type(record, type_, container):
    node = jsonld.node(record)
    assert node["@type"] == type_
    assert (node.get("isPartOf") or {}).get("@type") == container


def test_a_session_is_an_event_of_a_conference():
    record = Record(
        type="paper-conference",
        genre="Symposium",
        title="T",
        event_title="ECER 2019",
        event_place="Hamburg",
        author=(Name(family="A", given="B"),),
        issued=PartialDate(year=2019, month=9, day=3),
    )
    node = jsonld.node(record)
    assert node["superEvent"] == {"@type": "Event", "name": "ECER 2019"}
    assert node["location"] == {"@type": "Place", "name": "Hamburg"}
    assert (node["startDate"], node["performer"][0]["name"], node["name"]) == ("2019-09-03", "B A", "T")


def test_a_season_has_no_month_in_iso_8601():
    assert jsonld.node(Record(issued=PartialDate(year=2018, month=21)))["datePublished"] == "2018"


def test_it_may_stand_inside_a_page():
    title = '</script><script>alert("1")</script> & <!-- \u2028'
    written = jsonld.embedded(Record(title=title, type="book"))
    page = BeautifulSoup(f'<script type="application/ld+json">{written}</script><p>after</p>', "html.parser")
    [script] = page.find_all("script")
    assert json.loads(script.get_text())["name"] == title.replace("\u2028", "").strip()
    assert page.p.get_text() == "after"


def test_the_document_is_one_graph():
    assert json.loads("".join(jsonld.dump([]))) == {"@context": "https://schema.org", "@graph": []}
    pieces = list(jsonld.dump([ARTICLE, ARTICLE]))
    assert len(pieces) == 3
    assert json.loads("".join(pieces))["@graph"] == [jsonld.node(ARTICLE)] * 2


def empty(value: object) -> bool:
    """Whether anything in *value* is empty."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in ("", None, [], {}) or any(map(empty, inside))


@settings(max_examples=amount(24, 60))
@given(records())
def test_nothing_empty_is_written_and_no_tag(record):
    text = "".join(jsonld.dump([record]))
    assert "<" not in text
    [node] = json.loads(text)["@graph"]
    assert not empty(node)
    assert node["@type"] in {*jsonld.TYPES.values(), "CreativeWork"}


def test_every_kind_is_a_node():
    assert all("@type" in jsonld.node(Record(type=kind.csl, title="T")) for kind in KINDS)
