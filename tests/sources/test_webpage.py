"""Web pages with metadata: which part of a page is believed, which pages are claimed, and pages made to do harm."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.detecting import MARGIN, READERS, SURE, detect
from litbase.record.notices import sentence
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Mark, Record
from litbase.sources import webpage
from tests.amount import amount

HERE = Path(__file__).parent


def page(head: str, body: str = "<p>text</p>") -> Document:
    return Document.from_text(f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>')


def read(document: Document) -> list[Record]:
    items = list(webpage.read(document))
    assert all(isinstance(item, Reading) for item in items), items
    return [item.record for item in items if isinstance(item, Reading)]


def only(head: str, body: str = "") -> Record:
    [record] = read(page(head, body))
    return record


def tag(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


TAGS = tag("citation_title", "Rooms") + tag("citation_author", "Roe, Ann") + tag("citation_journal_title", "J")
WORK = ld(
    '{"@type": "ScholarlyArticle", "name": "Rooms", "author": {"name": "Ed Poe"}, "datePublished": "2001",'
    ' "pageStart": 3}'
)
SPAN = (
    '<span class="Z3988" title="rft.genre=article&amp;rft.atitle=Rooms&amp;rft.jtitle=K&amp;rft.volume=7'
    '&amp;rft.date=2002"></span>'
)
CORE = tag("DC.title", "Rooms") + tag("DC.creator", "Doe, Jo") + tag("DC.date", "2003") + tag("DC.publisher", "Press")
OWN = (
    tag("og:title", "Rooms | Site") + tag("og:site_name", "Site") + tag("author", "Zoe") + tag("description", "About.")
)


def test_a_fetched_page_that_says_no_address_is_where_it_was_fetched_from() -> None:
    def fetched(head: str, name: str = "https://x.org/rooms?id=7") -> list[Record]:
        return read(Document(name, page(head).data))

    assert [record.url for record in fetched(TAGS)] == ["https://x.org/rooms?id=7"]
    own = '<link rel="canonical" href="https://x.org/1">'
    assert [record.url for record in fetched(TAGS + own)] == ["https://x.org/1"]
    assert [record.url for record in fetched(TAGS, "saved/rooms.html")] == [""]
    several = "".join(ld(f'{{"@type": "Book", "name": "{n} rooms", "author": "Roe"}}') for n in ("Two", "Three"))
    assert [record.url for record in fetched(several)] == ["", ""]


def test_the_more_telling_part_wins_field_by_field() -> None:
    found = only(OWN + CORE + WORK + TAGS, SPAN)
    assert list(map(str, found.author)) == ["Roe, Ann"]  # citation tags
    assert (str(found.issued), found.page) == ("2001", "3")  # JSON-LD
    assert (found.volume, found.container_title) == ("7", "J")  # COinS, which do not overrule the tags
    assert (found.publisher, found.abstract) == ("Press", "About.")  # Dublin Core, the page's own
    assert found.type == "article-journal"


def test_coins_go_before_dublin_core_and_a_mere_page() -> None:
    found = only(OWN + CORE + ld('{"@type": "WebPage", "name": "Rooms"}'), SPAN)
    assert (found.type, found.container_title, str(found.issued)) == ("article-journal", "K", "2002")
    assert list(map(str, found.author)) == ["Doe, Jo"]


def test_the_site_of_an_article_is_no_journal_and_its_language_no_articles() -> None:
    found = only(OWN + tag("citation_title", "Rooms") + tag("citation_volume", "7"))
    assert (found.type, found.container_title, found.language) == ("article-journal", "", ())


def test_a_mere_page_has_the_site_for_its_container() -> None:
    found = only(OWN + '<link rel="canonical" href="https://x.org/1">')
    assert (found.type, found.title, found.container_title, found.url) == (
        "webpage",
        "Rooms",
        "Site",
        "https://x.org/1",
    )


def test_a_newspaper_is_the_container_of_its_news_and_no_publisher_beside() -> None:
    news = '{"@type": "NewsArticle", "headline": "Rooms", "publisher": {"name": "The Times"}, "datePublished": "2019"}'
    assert (only(ld(news)).container_title, only(ld(news)).publisher) == ("The Times", "")


TYPES = {
    "a preprint": (tag("citation_title", "R") + tag("citation_arxiv_id", "1"), "article"),
    "a DOI": (tag("citation_title", "R") + tag("citation_doi", "10.5555/x"), "article-journal"),
    "an ISBN": (tag("DC.title", "R") + tag("DC.identifier", "urn:isbn:9780415839051"), "book"),
    "the type of Dublin Core": (OWN + tag("DC.creator", "Roe, A.") + tag("DC.type", "Thesis"), "thesis"),
    "nothing": (tag("DC.title", "R") + tag("DC.creator", "Roe, A."), "webpage"),
}


@pytest.mark.parametrize(("head", "type_"), TYPES.values(), ids=TYPES)
def test_a_type_that_is_not_told_is_worked_out(head: str, type_: str) -> None:
    assert only(head).type == type_


def test_emphasis_is_kept_beside_the_title_and_other_tags_are_characters() -> None:
    title = "On &lt;i&gt;Homo&lt;/i&gt; &lt;script&gt;alert(1)&lt;/script&gt; CO&lt;sub&gt;2&lt;/sub&gt;"
    found = only(tag("citation_title", title) + tag("citation_doi", "10.5555/x"))
    assert found.title == "On Homo <script>alert(1)</script> CO2"
    assert found.marks == (Mark("title", 3, 7, "i"), Mark("title", 36, 37, "sub"))


def test_entities_written_twice_are_decoded() -> None:
    found = only(
        tag("citation_title", "R &amp;amp; D")
        + tag("citation_author", "O&amp;#39;Neil, Q.")
        + tag("citation_publisher", "S &amp;amp; Co")
        + tag("citation_doi", "10.5555/x")
    )
    assert (found.title, str(found.author[0]), found.publisher) == ("R & D", "O'Neil, Q.", "S & Co")


@pytest.mark.parametrize("name", ["citation_pdf_url", "citation_public_url", "DC.identifier", "og:url"])
def test_an_address_of_a_script_is_never_a_link(name: str) -> None:
    found = only(tag("citation_title", "Rooms") + tag("citation_author", "Roe, A.") + tag(name, "javascript:alert(1)"))
    assert (found.url, found.full_text_url) == ("", "")


LIST = "".join(
    f'<span class="Z3988" title="rft.genre=article&amp;rft.atitle=Room {n}&amp;rft.au=Roe&amp;rft.date=2001"></span>'
    for n in "123"
)


def test_several_spans_are_several_records() -> None:
    assert [record.title for record in read(page(OWN, LIST))] == ["Room 1", "Room 2", "Room 3"]


def test_spans_of_other_works_beside_an_article_are_counted() -> None:
    [reading] = webpage.read(page(TAGS, LIST))
    assert isinstance(reading, Reading)
    assert reading.record.title == "Rooms"
    assert [(told.code, told.params) for told in reading.notices] == [("works-beside", (("count", "3"),))]


def test_a_list_of_works_is_read_one_by_one_and_an_article_with_its_neighbours_is_one() -> None:
    works = [
        f'{{"@type": "ScholarlyArticle", "name": "{name}", "datePublished": "2001"}}' for name in ("Rooms", "Doors")
    ]
    assert len(read(page("<title>Results</title>" + ld(f"[{','.join(works)}]")))) == 2
    assert len(read(page("<title>Rooms</title>" + ld(f"[{','.join(works)}]")))) == 1


NOTHING = {
    "a title alone": "<title>Rooms</title>",
    "an error": '<title>404 Not Found</title><link rel="canonical" href="https://x.org/1">',
    "a robot check": '<title>Just a moment...</title><link rel="canonical" href="https://x.org/1">',
    "metadata without a title": tag("citation_author", "Roe, A."),
    "broken JSON-LD": ld("{"),
}


@pytest.mark.parametrize("head", NOTHING.values(), ids=NOTHING)
def test_a_page_with_nothing_citable_is_refused_with_a_clear_line(head: str) -> None:
    [item] = webpage.read(page(head))
    assert isinstance(item, Refusal)
    assert "no work that can be cited" in sentence(item.notice)


CLAIMS = {
    "citation tags": (page(TAGS), 85),
    "JSON-LD": (page(WORK), 85),
    "COinS": (page("", SPAN), 85),
    "Dublin Core": (page(CORE), 85),
    "a span alone": (Document.from_text(f"<p>{SPAN}</p>"), 85),
    "tags alone": (Document.from_text(TAGS), 85),
    "a title": (page("<title>Rooms</title>"), 60),
    "no metadata": (page(""), 0),
    "a text about tags": (Document.from_text("Write citation_title in a meta tag."), 0),
    "BibTeX": (Document.from_text('@misc{a, title={<meta name="citation_title">}}'), 0),
    "binary": (Document("x", b"%PDF <meta name='citation_title'>"), 0),
}


@pytest.mark.parametrize(("document", "sure"), CLAIMS.values(), ids=CLAIMS)
def test_pages_are_claimed_by_their_metadata(document: Document, sure: int) -> None:
    assert webpage.sniff(document) == sure
    assert webpage.sniff(document) < SURE or detect(document).NAME == "webpage"


DEDICATED = sorted(path for name in ("eric", "vufind", "edweek", "ecer") for path in HERE.glob(f"{name}/*.htm*"))


@pytest.mark.parametrize("path", DEDICATED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_pages_of_other_readers_are_left_to_them(path: Path) -> None:
    document = Document(path.name, path.read_bytes())
    winner = detect(document)
    assert path.parent.name == winner.NAME
    assert winner.sniff(document) - webpage.sniff(document) >= MARGIN


def test_no_reader_but_this_claims_its_pages() -> None:
    for path in HERE.glob("webpage/*.html"):
        document = Document(path.name, path.read_bytes())
        assert [reader.NAME for reader in READERS if reader.sniff(document) >= SURE] == ["webpage"]


def hostile(part: int = 1) -> dict[str, str]:
    """Heads of pages made to do harm, by name; the *part*th of their length."""
    return {
        "many tags": "".join(tag("citation_author", f"Roe, A{n}") for n in range(8_000 // part)),
        "a long tag": tag("citation_title", "word " * (6_000 // part))
        + tag("citation_author", "a;" * (10_000 // part)),
        "names without end": tag("citation_title", "R") + tag("citation_author", "A. Roe and " * (5_000 // part)),
        "references": tag("citation_title", "R")
        + "".join(tag("citation_reference", "citation_title=a;" * 50) for _ in range(1_000 // part)),
        "deep JSON-LD": ld('{"@type":"ScholarlyArticle","name":"R","isPartOf":' * (20_000 // part)),
        "wide JSON-LD": ld(
            "[" + '{"@type":"ScholarlyArticle","name":"R","author":["a","b"]},' * (10_000 // part) + "{}]"
        ),
        "circles": ld(
            '[{"@id":"#a","@type":"Book","name":"R","author":{"@id":"#a"},"isPartOf":[{"@id":"#a"},{"@id":"#a"}]}]'
        ),
        "many spans": SPAN * (3_000 // part),
        "a span of keys": '<span class="Z3988" title="' + "rft.au=a&amp;" * (4_000 // part) + '"></span>',
        "scopes in scopes": '<div itemscope itemtype="Book">' * (400 // part)
        + '<i itemprop="name">x</i>' * (5_000 // part),
        "properties": '<div itemscope itemtype="http://schema.org/Book">'
        + '<i itemprop="name">x</i>' * (10_000 // part),
        "titles": "<title>" + "Rooms | " * (100_000 // part),
        "emphasis": tag("citation_title", "&lt;i&gt;" * (10_000 // part)) + tag("citation_doi", "10.5555/x"),
    }


HOSTILE, TRACED = hostile(), hostile(amount(4, 1))  # tracing makes it several times slower than it is


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_or_refused_in_time_and_memory(name: str) -> None:
    document = page(HOSTILE[name])
    assert document.text
    started = time.process_time()
    assert 0 <= webpage.sniff(document) <= 100
    assert list(webpage.read(document))
    assert time.process_time() - started < 20
    document = page(TRACED[name])
    assert document.text
    tracemalloc.start()
    assert 0 <= webpage.sniff(document) <= 100
    assert list(webpage.read(document))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 250_000_000 / amount(4, 1)


PIECES = st.sampled_from(
    (*TAGS.split(">"), WORK, SPAN, CORE, "<", ">", '"', "&amp;lt;", "\x00", "</head>", "[", "{", "rft.au=", "é")
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_page_raises(text: str) -> None:
    for whole in (text, f"<html>{text}"):
        document = Document.from_text(whole)
        assert 0 <= webpage.sniff(document) <= 100
        assert all(isinstance(item, Reading | Refusal) for item in webpage.read(document))
