"""Names in addresses: words that are read as they are written, one address for each value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.slugs import LONGEST, slug, usual, words_of

NAMES = st.sampled_from(["descriptor", "author", "source"])


@given(st.text(min_size=1, max_size=120), NAMES)
def test_an_address_is_made_of_words_and_reads_the_same_again(value, name):
    made = slug(name, value)
    assert not set(made) & set("/%?#. \\\"'<>&")
    words = made.partition("~")[0]
    assert words_of(words) == words == words_of(value)
    assert len(words) <= LONGEST


@given(st.text(alphabet="aB é,.-'", max_size=12), st.text(alphabet="aB é,.-'", max_size=12), NAMES)
def test_values_that_differ_have_different_addresses(one, other, name):
    assert (slug(name, one) == slug(name, other)) == (one == other)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("author", "Mehta, Jal"),
        ("author", "Smith, John A. B."),
        ("author", "Plato"),
        ("descriptor", "Communities of Practice"),
        ("descriptor", "21st Century Skills"),
        ("source", "The Journal of Higher Education"),
        ("descriptor", "山田太郎"),
    ],
)
def test_a_value_in_its_usual_form_has_a_plain_address(name, value):
    assert usual(name, words_of(value)) == value
    assert "~" not in slug(name, value)


@pytest.mark.parametrize(
    "value", ["McDonald, Ann", "Smith, J", "smith, j.", "Elder, Glen H., Jr.", "Mehta Jal", "!!!", "x" * 99]
)
def test_a_value_in_another_form_has_a_mark(value):
    assert slug("author", value).startswith(f"{words_of(value)}~")
