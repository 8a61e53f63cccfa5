"""Pages as text, what is embedded in them, and bombs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.page import markup
from litbase.record.reading import Document


def page(html: str) -> markup.Page:
    return markup.parse(Document.from_text(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <b>bold</b> word</p><p>Two</p>", ["One bold word", "Two"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("a<br>b<br/>c", ["a", "b", "c"]),
        ("<ul><li>x</li><li>y</li></ul>", ["x", "y"]),
        (
            "<table><tr><th>Label:</th><td>value</td></tr><tr><th>L</th><td>v<br>w</td></tr></table>",
            ["Label:\tvalue", "L\tv", "w"],
        ),
        ("<dl><dt>t</dt><dd>d</dd></dl><h2>h</h2>t", ["t", "d", "h", "t"]),
        ("x<script>var a = '<p>no</p>'</script>y<style>p{}</style>", ["xy"]),
        ("fish &amp; chips&nbsp;now <!-- not this --> 1 < 2 & 3", ["fish & chips now 1 < 2 & 3"]),
        ("H<sub>2</sub>O, Doe<sup>1</sup>", ["H2O, Doe1"]),
        ("one\n  two\n\n three", ["one two three"]),
        ("<p>unclosed<p>paragraphs", ["unclosed", "paragraphs"]),
        ("", []),
    ],
    ids=range(12),
)
def test_blocks_break_lines_and_inline_elements_do_not(html: str, expected: list[str]) -> None:
    assert [line.text for line in markup.lines(page(html))] == expected
    assert markup.text(page(html)) == "\n".join(expected)


def test_lines_know_where_they_stand() -> None:
    html = "<p>one</p>\n<!-- a\ncomment -->\n<script>\n\n</script>\n<p>seven</p>"
    assert [tuple(line) for line in markup.lines(page(html))] == [(1, "one"), (7, "seven")]


def test_meta_tags_are_gathered_by_lower_case_name() -> None:
    html = (
        '<meta name="Citation_Author" content="Doe, Jane"><meta name="citation_author" content="Roe, R.">'
        '<meta property="og:title" content=" A  title "><meta itemprop="DatePublished" content="2020">'
        '<meta name="empty" content=""><meta charset="utf-8">'
    )
    assert markup.meta(page(html)) == {
        "citation_author": ("Doe, Jane", "Roe, R."),
        "og:title": ("A title",),
        "datepublished": ("2020",),
    }


def test_json_ld_is_flattened_and_broken_blocks_are_passed_over() -> None:
    html = """
    <script type="application/ld+json">{"@context": "x", "@graph": [{"@type": "A"}, [{"@type": "B"}]]}</script>
    <script type="application/ld+json">{ broken</script>
    <script type="Application/LD+JSON">[{"@type": "C", "name": "line\nbreak"}, 3, null]</script>
    <script>{"@type": "not this"}</script>"""
    assert [item["@type"] for item in markup.json_ld(page(html))] == ["A", "B", "C"]


def test_furniture_goes_and_its_lines_are_counted() -> None:
    html = """<body class="cookies-seen"><header><h1>Title</h1><nav>menu</nav></header><nav><a>one</a><br>two</nav>
    <main class="consent"><p>text</p><form>search</form><div role="dialog">hello</div></main>
    <div id="CookieBar">ok</div><div class="ad">buy</div><footer>end<p>more</p></footer></body>"""
    parsed = page(html)
    assert markup.drop(parsed, ".ad") == 9
    assert markup.text(parsed) == "Title\ntext"


def test_title_canonical_first_and_attribute() -> None:
    parsed = page('<title>A &amp; B</title><link rel="canonical" href=" https://x.org/1 "><p class="a b">t</p>')
    assert markup.title(parsed) == "A & B"
    assert markup.canonical(parsed) == "https://x.org/1"
    found = markup.first(parsed, ".none", "p.a")
    assert found is not None
    assert markup.attribute(found, "class") == "a b"
    assert markup.attribute(found, "id") == ""
    assert markup.first(parsed, ".none") is None
    assert markup.canonical(page('<meta property="og:url" content="https://x.org/2">')) == "https://x.org/2"


BOMBS = {
    "nested": "<div>" * 100_000,
    "nested and closed": "<b>" * 100_000 + "x" + "</b>" * 100_000,
    "comments": "<!--" * 500_000,
    "scripts": "<script>" * 200_000,
    "brackets": "<" * 2_000_000,
    "open tags": "<a " * 1_000_000,
    "end tags": "</x" * 1_000_000,
    "attributes": "<a" + ' x="' * 900_000,
    "long attribute": "<a title='" + "y" * 3_900_000 + "'>z",
    "entities": "&amp" * 900_000,
    "character references": "&#9999999999;" * 300_000,
    "declarations": "<!D" * 900_000 + ">",
    "conditions": "<![if x]>" * 100_000,
    "instructions": "<?" * 900_000,
    "json": '<script type="application/ld+json">' + "[" * 1_000_000 + "</script>",
    "json objects": '<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script>",
    "coins": '<span class="Z3988" title="' + "a=b&" * 10_000 + '"></span>',
    "headers": "<header>" * 400 + "<b>x</b>" * 10_000,
    "headings": "<div>" * 400 + "<h1>x</h1>" * 10_000,
}


@pytest.mark.parametrize("html", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_or_read_in_seconds(html: str) -> None:
    started = time.process_time()
    parsed = page(f"<html>{html}")
    markup.drop(parsed)
    markup.text(parsed), markup.meta(parsed), markup.json_ld(parsed)
    assert time.process_time() - started < 15
    assert parsed.refused is None or parsed.refused.code == "malformed"


def test_deep_nesting_is_refused_with_its_reason() -> None:
    refused = page("<i>" * 100_000).refused
    assert refused is not None
    assert dict(refused.params)["found"] == "deeper nesting"
    assert page("<i>" * (markup.MAX_DEPTH - 1)).refused is None
    assert page("<br>" * 2_000 + "<img src=x>" * 2_000).refused is None


def test_a_very_long_page_is_cut_with_a_notice() -> None:
    parsed = page("<p>" + "word " * (markup.MAX_CHARACTERS // 4))
    assert [notice.code for notice in parsed.notices] == ["too-large"]
    assert len(markup.text(parsed)) < markup.MAX_CHARACTERS


@given(st.text(alphabet="<>/!-?='\"& abdivp\n\x00é", max_size=300))
def test_no_markup_raises(html: str) -> None:
    parsed = markup.parse_text(html)
    markup.drop(parsed)
    markup.text(parsed), markup.meta(parsed), markup.json_ld(parsed), markup.title(parsed)
