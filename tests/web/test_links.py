"""Addresses: one place writes them, and what it writes is read back."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.query.state import SearchState
from litbase.web.links import Links, outward

HERE = Links("http://127.0.0.1:8000")
BELOW = Links("https://library.example/reading/")


@given(st.text(max_size=60), st.sampled_from(["descriptor", "author", "source", "place"]), st.text(max_size=30))
def test_a_search_link_says_just_its_state(q, name, value):
    state = SearchState().with_q(q).add(name, value)
    assert SearchState.from_args(parse_qsl(urlsplit(HERE.search(state)).query))[0] == state


def test_everything_is_below_the_prefix():
    assert BELOW.home == "/reading/"
    assert BELOW.search() == "/reading/search"
    assert BELOW.search(SearchState(q="a b"), ".bib") == "/reading/search.bib?q=a+b"
    assert BELOW.record_file("EJ1", ".csl.json") == "/reading/record/EJ1.csl.json"
    assert BELOW.static("litbase.css").startswith("/reading/static/litbase.css?v=")
    assert BELOW.absolute(BELOW.record("EJ1")) == "https://library.example/reading/record/EJ1"


def test_a_record_link_carries_the_search_but_not_its_page():
    state = SearchState(q="learning").add("type", "chapter").with_page(3)
    assert HERE.record("EJ1", state, 25) == "/record/EJ1?q=learning&type=chapter&at=25"
    assert HERE.record("EJ1") == "/record/EJ1"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/a", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert bool(outward(url)) is safe
