"""What a page says of itself: titles without the site's name, authors and dates in many tags, bylines last."""

import pytest

from litbase.formats.page import markup
from litbase.formats.page.tags import address, told_by


def told(html: str) -> dict[str, object]:
    found = told_by(markup.parse_text(html))
    return {
        name: list(map(str, v)) if name == "author" else str(v) if name == "issued" else v for name, v in found.items()
    }  # type: ignore[call-overload]


TITLES = {
    "without the site": ('<title>Rooms | The Times</title><meta property="og:site_name" content="The Times">', "Rooms"),
    "with a dash": ('<title>Rooms – The Times</title><meta property="og:site_name" content="The Times">', "Rooms"),
    "of its own": ('<title>Rooms | Doors</title><meta property="og:site_name" content="The Times">', "Rooms | Doors"),
    "no site": ("<title>Rooms | The Times</title>", "Rooms | The Times"),
    "Open Graph first": ('<title>x</title><meta property="og:title" content="Rooms">', "Rooms"),
    "none": ("<p>x</p>", ""),
}


@pytest.mark.parametrize(("html", "title"), TITLES.values(), ids=TITLES)
def test_titles(html: str, title: str) -> None:
    assert told(html).get("title", "") == title


AUTHORS = {
    "author": ('<meta name="author" content="Ann Roe">', ["Roe, Ann"]),
    "several": ('<meta name="author" content="Ann Roe"><meta name="author" content="Ed Poe">', ["Roe, Ann", "Poe, Ed"]),
    "no address": ('<meta property="article:author" content="https://x.org/roe">', []),
    "no handle": ('<meta name="author" content="@roe">', []),
    "Parse.ly": (
        '<meta name=\'parsely-page\' content=\'{"author": "Ann Roe", "pub_date": "2012-01-02"}\'>',
        ["Roe, Ann"],
    ),
    "a byline": ('<p class="byline">By <a>Ann Roe</a></p>', ["Roe, Ann"]),
    "a link to the author": ('<a rel="author" href="/roe">Ann Roe</a>', ["Roe, Ann"]),
    "a byline that is none": ('<p class="byline">Posted 3 days ago</p>', []),
}


@pytest.mark.parametrize(("html", "names"), AUTHORS.values(), ids=AUTHORS)
def test_authors(html: str, names: list[str]) -> None:
    assert told(html).get("author", []) == names


DATES = {
    "published": (
        '<meta property="article:published_time" content="2012-10-10T18:00Z"><meta name="date" content="2011">',
        "2012-10-10",
    ),
    "date": ('<meta name="date" content="2011">', "2011"),
    "a time element": ('<time datetime="2010-02-03">x</time>', "2010-02-03"),
}


@pytest.mark.parametrize(("html", "date"), DATES.values(), ids=DATES)
def test_dates(html: str, date: str) -> None:
    assert told(html)["issued"] == date


def test_kinds_words_and_site() -> None:
    found = told(
        '<html lang="en-GB"><meta property="og:type" content="book"><meta property="book:isbn" content="9780415839051">'
        '<meta property="og:description" content="About."><meta name="keywords" content="a, b">'
        '<meta property="og:site_name" content="S">'
    )
    assert found == {
        "type": "book",
        "isbn": ("9780415839051",),
        "abstract": "About.",
        "keywords": ("a", "b"),
        "container_title": "S",
        "language": ("en-GB",),
    }


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<link rel="canonical" href="https://x.org/1">', "https://x.org/1"),
        ('<link rel="canonical" href="/1">', ""),
        ('<meta property="og:url" content="javascript:alert(1)">', ""),
    ],
)
def test_the_address_is_whole_and_safe(html: str, expected: str) -> None:
    assert address(markup.parse_text(html)) == expected
