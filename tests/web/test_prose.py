"""The small part of Markdown that own pages may have."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.web.views.prose import Piece, prose

CASES = {
    "words": ("Some words\nand more", [("paragraph", 0, "Some words and more")]),
    "line breaks": ("One  \ntwo\\\nthree", [("paragraph", 0, "One|two|three")]),
    "a title and headings": (
        "# Title\n## Part\n#### Deep\n## Part #",
        [("heading", 2, "Part"), ("heading", 3, "Deep"), ("heading", 2, "Part")],
    ),
    "headings that begin low": (
        "Words\n\n### One\n#### Two",
        [("paragraph", 0, "Words"), ("heading", 2, "One"), ("heading", 3, "Two")],
    ),
    "a language with a sign": ("Words\n\n## About C#", [("paragraph", 0, "Words"), ("heading", 2, "About C#")]),
    "lists": (
        "- one\n- two\n  goes on\n1. first\n2) second",
        [("bullets", 0, "one / two goes on"), ("numbers", 0, "first / second")],
    ),
    "a rule": ("One\n\n---\n\ntwo", [("paragraph", 0, "One"), ("paragraph", 0, "two")]),
    "emphasis": ("*a* _b_ **c** `d`", [("paragraph", 0, "<emphasis a> <emphasis b> <strong c> <code d>")]),
    "no emphasis": ("2 * 3 * 4 snake_case_name \\*a\\*", [("paragraph", 0, "2 * 3 * 4 snake_case_name *a*")]),
    "links": (
        "[here](https://x.org/a) <https://y.org> https://z.org/b. a@b.de <a@b.de> [w](mailto:a@b.de)",
        [
            (
                "paragraph",
                0,
                "<link here https://x.org/a> <link https://y.org https://y.org> "
                "<link https://z.org/b https://z.org/b>. a@b.de <link a@b.de mailto:a@b.de> <link w mailto:a@b.de>",
            )
        ],
    ),
    "no links": (
        "[a](javascript:x) [b](//evil.org) [c](data:text/html) <script> [d](/stats)",
        [("paragraph", 0, "[a](javascript:x) [b](//evil.org) [c](data:text/html) <script> [d](/stats)")],
    ),
    "HTML": ("<b>bold</b> &amp; <!-- no -->", [("paragraph", 0, "<b>bold</b> &amp; <!-- no -->")]),
    "nothing": ("\n \n\t\n", []),
}


def shown(piece: Piece) -> str:
    match piece.kind:
        case "plain":
            return piece.text
        case "break":
            return "|"
    return f"<{' '.join(filter(None, (piece.kind, piece.text, piece.url)))}>"


@pytest.mark.parametrize(("text", "blocks"), CASES.values(), ids=CASES)
def test_a_text_is_read_as_blocks(text, blocks):
    found = prose(text, markdown=True).blocks
    assert [(b.kind, b.level, " / ".join("".join(map(shown, line)) for line in b.lines)) for b in found] == blocks


def test_the_title_is_the_heading_a_text_begins_with():
    assert prose("\n# Our *own* page\n\nWords", True).title == "Our own page"
    assert prose("Words\n\n# Later", True).title == ""


def test_plain_text_keeps_its_lines():
    found = prose("Ada Lovelace\r\nMain Street 1\n\nSee https://x.org/ # no *mark*", markdown=False)
    lines = ["".join(map(shown, block.lines[0])) for block in found.blocks]
    assert lines == ["Ada Lovelace|Main Street 1", "See <link https://x.org/ https://x.org/> # no *mark*"]


@given(st.text(alphabet="ab *_`#-<>[]()!\\\n\t1.:/@hmps&", max_size=200), st.booleans())
def test_any_text_is_read_and_links_lead_only_where_they_may(text, markdown):
    found = prose(text, markdown)
    before = 1
    for block in found.blocks:
        if block.kind == "heading":
            assert 2 <= block.level <= before + 1
            before = block.level
        for line in block.lines:
            for piece in line:
                assert (piece.kind == "link") == bool(piece.url)
                assert piece.kind != "link" or piece.url.lower().startswith(
                    ("http://", "https://", "ftp://", "mailto:")
                )


@pytest.mark.parametrize(
    "piece", ["[", "*a ", "`", "<a", "**", " ", "- ", "\n", "_a", "http://", "[a](b", "a  \n", "\\", "# #", "a@"]
)
def test_a_long_text_is_read_in_time(piece):
    begun = time.process_time()
    prose(piece * (200_000 // len(piece)), True)
    prose(piece * (200_000 // len(piece)), False)
    assert time.process_time() - begun < 30
