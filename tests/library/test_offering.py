"""What an empty search offers: only what finds something, the nearest first."""

import pytest

from litbase.library.finding import count
from litbase.library.offering import MOST, offers
from litbase.query.state import SearchState


def offered(library, q, **filters):
    state = SearchState.from_args([("q", q), *filters.items()])[0]
    assert count(library, state) == 0
    found = offers(library, state)
    assert len(found) <= MOST
    for one in found:
        assert one.total == count(library, one.state) > 0
    return [(one.kind, one.text) for one in found]


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("author:mehta zzzzz", {}, [("part", "author:mehta")]),
        ("mehta", {"type": "report"}, [("unfiltered", "mehta")]),
        ('"communities international"', {}, [("apart", "communities international"),
                                             ("descriptor", "Communities of Practice"),
                                             ("any", "communities OR international")]),
        ("networks mehta zzzzz", {}, [("part", "networks"), ("part", "mehta"), ("descriptor", "Social Networks"),
                                      ("any", "networks OR mehta OR zzzzz")]),
        ("global practice zzzzz", {}, [("part", "global practice"), ("descriptor", "Communities of Practice")]),
        ("mheta zzzzz", {}, [("part", "mehta")]),
        ("comunities", {"type": "report"}, [("spelling", "communities")]),
        ("zzzzz", {}, []),
        ("zzzzz -mehta", {}, []),
        ("year:1700 mehta", {}, [("part", "mehta")]),
    ],
    ids=str,
)  # fmt: skip
def test_an_empty_search_offers(school, query, filters, expected):
    assert offered(school, query, **filters) == expected


def test_filters_are_kept_where_they_leave_something(school):
    [part, *_] = offers(school, SearchState.from_args([("q", "mehta zzzzz"), ("type", "opinion")])[0])
    assert (part.text, part.unfiltered) == ("mehta", False)
    assert part.state.chosen("type") == ("opinion",)
    [part, *_] = offers(school, SearchState.from_args([("q", "mehta zzzzz"), ("type", "report")])[0])
    assert (part.text, part.unfiltered) == ("mehta", True)
    assert part.state.filters == ()


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("socail netwroks", "Social Networks"),
        ("sozial netwerks", "Social Networks"),
        ("comunites of pratice", "Communities of Practice"),
        ("practce communites zzzzz", "Communities of Practice"),
        ("statistik", "Statistics"),
        ("networks of mehta, gomez and zzzzz", ""),  # one word of four
        ("netwroks zzzzz qqqqq xxxxx", ""),
        ("qqqqq zzzzz", ""),
    ],
)
def test_the_descriptor_nearest_to_misspelt_words_is_offered_where_it_is_near(school, query, nearest):
    found = offers(school, SearchState(q=query))
    assert [one.text for one in found if one.kind == "descriptor"] == ([nearest] if nearest else [])
