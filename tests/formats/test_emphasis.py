"""Emphasis in plain values: which tags count, what stays characters, and that writing and reading agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats.emphasis import JOINER, Run, decoded, joined, read, write
from litbase.record.record import Mark
from litbase.record.text import clean
from tests.amount import amount
from tests.strategies import texts

READ = {
    "plain": ("On  learning\n again", "On learning again", []),
    "italics": ("<i>E. coli</i> in schools", "E. coli in schools", [("i", "E. coli")]),
    "nested": ("<i>a <b>c</b> d</i>", "a c d", [("i", "a c d"), ("b", "c")]),
    "other names": ("<em>a</em> <strong>b</strong> CO<inf>2</inf>", "a b CO2", [("i", "a"), ("b", "b"), ("sub", "2")]),
    "nocase": ('The <span class="nocase">NaCl</span> test', "The NaCl test", []),
    "small capitals": ('<span style="font-variant:small-caps;">x</span><sc>y</sc>', "xy", []),
    "no partner": ("p <i and <b> d", "p <i and <b> d", []),
    "crossed": ("<i>a <b>c</i> d</b>", "a <b>c d</b>", [("i", "a <b>c")]),
    "a script is text": ("<script>alert(1)</script><i>Homo</i>", "<script>alert(1)</script>Homo", [("i", "Homo")]),
    "entities": ("Health &amp;amp; Place &#x2013; AT&T &lt;i&gt;x&lt;/i&gt;", "Health & Place – AT&T x", [("i", "x")]),
    "jats": (
        "<jats:title>Abstract</jats:title><jats:p>On <jats:italic>x</jats:italic></jats:p>",
        "Abstract On x",
        [("i", "x")],
    ),
    "mathml": ("<mml:math><mml:mi>x</mml:mi></mml:math> wins", "x wins", []),
    "spaces are not marked": ("a<i> b </i>c", "a b c", [("i", "b")]),
}


@pytest.mark.parametrize(("given", "text", "marks"), READ.values(), ids=READ)
def test_tags_become_marks(given, text, marks):
    found, places = read(given, "title")
    assert found == text
    assert [(mark.style, found[mark.start : mark.stop]) for mark in places] == marks
    assert {mark.field for mark in places} <= {"title"}


def test_paragraphs_stay_apart_where_they_may():
    text = "<jats:p>One\n two</jats:p><jats:p>Three</jats:p>"
    assert read(text, "abstract", paragraphs=True)[0] == "One two\n\nThree"
    assert read("One\ntwo\n \nthree", "abstract", paragraphs=True)[0] == "One two\n\nthree"
    assert read(text, "title")[0] == "One two Three"


def test_runs_are_joined_as_they_stand():
    runs = [
        Run("Of "),
        Run("Homo ", frozenset("i")),
        Run("sapiens", frozenset(("i", "b"))),
        Run("2", frozenset(("sup",))),
    ]
    text, marks = joined(runs, "title")
    assert text == "Of Homo sapiens2"
    assert [(m.style, text[m.start : m.stop]) for m in marks] == [("i", "Homo sapiens"), ("b", "sapiens"), ("sup", "2")]


def test_what_is_written_has_the_tags_of_csl():
    marks = [Mark("title", 0, 7, "i"), Mark("title", 3, 10, "b")]
    assert write("E. coli is", marks) == "<i>E. <b>coli</b></i><b> is</b>"
    assert write("short", [Mark("title", 2, 99, "i"), Mark("title", 3, 2, "b")]) == "short"


@pytest.mark.parametrize("text", ["<b>x</b>", "a &amp; b", "</i>", "<jats:p>", "&#38;amp;", '<span class="x">'])
def test_a_tag_that_is_text_is_written_so_that_nobody_takes_it_for_one(text):
    written = write(text, ())
    assert JOINER in written
    assert read(written, "title") == (text, ())


def test_entities_without_a_semicolon_stay():
    assert decoded("R&D &copy 2019 &unknown;") == "R&D &copy 2019 &unknown;"


MARKUP = st.lists(
    st.sampled_from(
        ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "&amp;", "&", "<", "x y", " ", "&lt;", "<p>", "</p>"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=amount(80, 200))
@given(st.one_of(texts(), MARKUP))
def test_what_was_read_is_read_again_from_what_is_written(text):
    first = read(text, "title")
    assert read(write(*first), "title") == first


@settings(max_examples=amount(80, 200))
@given(MARKUP)
def test_plain_text_comes_back_whatever_it_looks_like(text):
    plain = " ".join(clean(text).split())
    assert read(write(plain, ()), "title") == (plain, ())
