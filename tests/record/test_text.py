"""Text: cleaning, folding, words, stems."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.text import (
    ascii_slug,
    clean,
    comparable,
    fold,
    sort_form,
    spellings,
    squash,
    stem,
    surfaces,
    tokens,
)

CLEANED = {
    "control characters go": ("a\x00b\x07c\x1b", "abc"),
    "newline and tab stay": ("a\n\tb", "a\n\tb"),
    "carriage returns are newlines": ("a\r\nb\rc", "a\nb\nc"),
    "C1 controls go": ("a\x80b\x9fc", "abc"),
    "next line is a space": ("a\x85b", "a b"),
    "lone surrogates go": ("a\ud800b", "ab"),
    "noncharacters go": ("a\ufdd0b\ufffe\U0001ffffc", "abc"),
    "line and paragraph separators": ("a\u2028b\u2029c", "a b c"),
    "no-break space": ("a\u00a0b", "a b"),
    "zero width": ("a\u200bb\ufeffc", "abc"),
    "decomposed": ("O\u0308zgu\u0308r", "Özgür"),
    "emoji stay": ("a 📚", "a 📚"),
}


@pytest.mark.parametrize(("text", "expected"), CLEANED.values(), ids=CLEANED)
def test_clean_drops_what_cannot_be_shown(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_clean_twice_is_clean_once_and_is_composed(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


FOLDED = {
    "accents": ("Özgür, Ayşe", "ozgur, ayse"),
    "stroke letters": ("Łukasz Øystein", "lukasz oystein"),
    "ligatures": ("Ærø œuvre", "aero oeuvre"),
    "sharp s": ("Straße", "strasse"),
    "dotless i": ("Kadıköy", "kadikoy"),
    "dotted I": ("İzmir", "izmir"),
    "Cyrillic stays": ("Толстой", "толстои"),
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.values(), ids=FOLDED)
def test_fold_makes_comparable(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_does_not_see_case(text: str) -> None:
    if text.isascii():
        assert fold(text.upper()) == fold(text.lower())
    assert fold(fold(text)) == fold(text)


def test_tokens_know_their_place_and_their_characters() -> None:
    text = "Müller’s “K-12” schools"
    found = list(tokens(text))
    assert [token.forms[0] for token in found] == ["muller", "k", "12", "schools"]
    assert found[0].forms == ("muller", "mueller")
    assert [token.position for token in found] == [0, 1, 2, 3]
    assert [text[token.start : token.end] for token in found] == ["Müller’s", "K", "12", "schools"]
    assert found[3].stem == stem("school")


def test_chinese_letters_are_words() -> None:
    assert [token.forms[0] for token in tokens("山田 A")] == ["山", "田", "a"]


@given(st.text())
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for place, token in enumerate(tokens(text)):
        assert token.position == place
        assert end <= token.start < token.end <= len(text)
        end = token.end


@pytest.mark.parametrize(("one", "other"), [("learning", "learn"), ("communities", "community"), ("reads", "reading")])
def test_stems_join_the_forms_of_a_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_sorting_leaves_a_leading_article_out() -> None:
    assert sort_form("“The Learning of Ä”") == "learning of a"
    assert sort_form("The") == "the"


def test_titles_are_compared_by_their_letters() -> None:
    assert comparable("Learning & Doing: K–12!") == comparable("Learning and doing, K-12")


def test_slugs_are_ascii() -> None:
    assert ascii_slug("Søren & the O'Briens") == "soren-the-obriens"
    assert ascii_slug("山田") == ""
    assert squash(" a \n b ") == "a b"


def test_cleaning_and_folding_a_long_text_is_quick() -> None:
    text = "é\u0301\u00a0'" * 25_000
    started = time.process_time()
    fold(clean(text))
    sum(1 for _ in tokens("a'" * 50_000))
    assert time.process_time() - started < 5


@given(st.text(alphabet=st.sampled_from(list("aZ9'’ʼ-_ .教äß\u0301sS\n")), max_size=30) | st.text(max_size=30))
def test_words_as_written_are_those_of_tokens(text):
    """The quick way that indexing takes and the careful one that knows places agree on every form and its place."""
    quick = [forms for forms in map(spellings, surfaces(text)) if forms[0]]
    assert quick == [token.forms for token in tokens(text)]
