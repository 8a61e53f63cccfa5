"""pandoc's document as Rich."""

from litbase.formats.csl_style.looks import rich_of
from litbase.styles.rich import Piece, html, plain


def text(words: str) -> dict:
    return {"t": "Str", "c": words}


def span(kind: str, *inside: dict) -> dict:
    return {"t": "Span", "c": [["", [kind], []], list(inside)]}


def test_looks_are_kept():
    inline = [{"t": "Emph", "c": [text("a"), {"t": "Strong", "c": [text("b")]}, span("nodecor", text("c"))]},
              {"t": "Space"}, {"t": "SmallCaps", "c": [text("d")]}, {"t": "Superscript", "c": [text("e")]},
              {"t": "Quoted", "c": [{"t": "DoubleQuote"}, [text("f")]]}]  # fmt: skip
    assert rich_of([{"t": "Para", "c": inline}]) == (
        Piece("a", italic=True), Piece("b", italic=True, bold=True), Piece("c "), Piece("d", small_caps=True),
        Piece("e", script="sup"), Piece("“f”"),
    )  # fmt: skip


def test_parts_beside_each_other_are_parted_by_one_blank():
    inline = [span("csl-left-margin", text("[1]")), span("csl-right-inline", text("a")), span("csl-block", text("b"))]
    assert plain(rich_of([{"t": "Para", "c": inline}])) == "[1] a b"


def test_only_addresses_of_the_web_are_links():
    def link(address: str) -> dict:
        return {"t": "Link", "c": [["", [], []], [text("here")], [address, ""]]}

    assert rich_of([link("https://a.org/b?c")]) == (Piece("here", link="https://a.org/b?c"),)
    for address in ("javascript:alert(1)", "data:text/html,x", 'https://a.org/"onload="', "/etc/passwd"):
        assert rich_of([link(address)]) == (Piece("here"),)


def test_markup_is_characters():
    told = rich_of([{"t": "RawInline", "c": ["html", "<script>alert(1)</script>"]}, {"t": "Note", "c": []}])
    assert html(told, links=True) == "&lt;script&gt;alert(1)&lt;/script&gt;"
