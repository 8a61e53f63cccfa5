"""Did you mean: what is put right, what is left alone, and that an offer always finds something."""

import random

import pytest

from litbase.library.finding import count
from litbase.library.spelling import did_you_mean
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.record.text import tokens
from tests.library.small import RECORDS, misspelled, small_library


def meant(library, q, **filters):
    state = SearchState.from_args([("q", q), *filters.items()])[0]
    found = did_you_mean(library, state, count(library, state))
    if found:
        assert found.total == count(library, found.state) > 0
        assert found.state.filters == state.filters
    return found.state.q if found else ""


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("comunities", "communities"),
        ("communitties", "communities"),
        ("cummunities", "communities"),
        ("commnuities", "communities"),
        ("COMUNITIES", "COMMUNITIES"),
        ("Mheta", "Mehta"),
        ("author:mheta", "author:mehta"),
        ("au:mheta learning", "au:mehta learning"),
        ("^author:mehtta", "^author:mehta"),
        ("Ozgr", "Ozgur"),
        ("Özgr", "Ozgur"),
        ("=statistcs", "=statistics"),
        ("statitsic*", ""),
        ("statistcs*", "statistics*"),
        ('"comunities of practice"', '"communities of practice"'),
        ('descriptor:"globel approach"', 'descriptor:"global approach"'),
        ("learnign comunities", "learning communities"),
        ("schol statistcs -networks", "school statistics -networks"),
        ("learning OR qqqqq OR statistcs", "learning OR qqqqq OR statistics"),
        ("year:2019 author:mehtaa", "year:2019 author:mehta"),
        ("learning NEAR/5 comunities", "learning NEAR/5 communities"),
        ("statistiks", "statistics"),
        ("lerning", "learning"),
        ("communites", "communities"),
        ("statistiks -learneng", "statistics -learning"),
    ],
    ids=str,
)
def test_an_unknown_word_is_put_right(school, typed, right):
    assert meant(school, typed) == right


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "learning communities",
        "schooling",  # another form of a word that is there
        "tables",
        "table",
        "statistic",
        "networked role",
        "zymurgy",  # known from a cited work
        "author:stoll",
        "EJ1223056",
        "10.1007/s10833-019-0000-2",
        "9780203774978",
        "id:EJ122305",
        "type:reprt",
        "year:2018",
        "k-13",
        "2o19",
        "ab",
        "the of",
        "qqqqq",
        "教育",
        "mehta zzzzz",  # one word that nothing is near to
        "author:communities",  # right, and not there
        "\x00",
        '"',
    ],
    ids=str,
)
def test_nothing_is_meant_but_what_is_typed(school, typed):
    assert meant(school, typed) == ""


def test_words_of_the_library_are_never_changed(school):
    words = {
        token.forms[0] for record in RECORDS for text in (record.title, *record.descriptors) for token in tokens(text)
    }
    assert len(words) > 30
    assert {word: meant(school, word) for word in words if meant(school, word)} == {}


def test_an_offer_finds_something_under_the_active_filters(school):
    assert meant(school, "comunities", type="article-journal") == "communities"
    assert meant(school, "comunities", type="report") == ""
    assert meant(school, "statistcs", type="report") == "statistics"


def test_words_that_stand_together_are_meant(tmp_path):
    titles = ("Reading books", "Reading at school", "Reading aloud", "Heading north", "Heading for school")
    library = small_library(tmp_path / "library", tuple(Record(type="book", title=title) for title in titles))
    assert meant(library, "teading") == "reading"
    assert meant(library, "teading books") == "reading books"
    assert meant(library, "teading north") == "heading north"
    library.close()


def test_a_slip_in_the_records_yields_where_several_words_find_nothing(tmp_path):
    titles = ("Libaries abroad", *(f"Libraries and schools, part {number}" for number in range(60)))
    library = small_library(tmp_path / "library", tuple(Record(type="book", title=title) for title in titles))
    assert meant(library, "libaries") == ""
    assert meant(library, "libaries abroad") == ""
    assert meant(library, "libaries schools") == "libraries schools"
    assert meant(library, "libaries schools", type="report") == ""
    assert meant(library, "libaries", type="report") == ""
    library.close()


def test_the_words_put_right_are_told(school):
    state = SearchState(q="learnign comunities")
    found = did_you_mean(school, state, 0)
    assert found.words == (("learnign", "learning"), ("comunities", "communities"))


def test_seeded_errors_lead_back(school):
    chance = random.Random(12)
    words = sorted({token.forms[0] for record in RECORDS for text in (record.title, *record.descriptors)
                    for token in tokens(text) if len(token.forms[0]) > 4 and token.forms[0].isalpha()})  # fmt: skip
    tries = [(word, misspelled(word, chance)) for word in words for _ in range(4)]
    right = sum(meant(school, wrong) == word for word, wrong in tries)
    assert right / len(tries) >= 0.9, [(w, e, meant(school, e)) for w, e in tries if meant(school, e) != w]
