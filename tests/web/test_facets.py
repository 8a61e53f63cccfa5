"""The filters' view-models, where a page cannot show every case."""

import pytest

from litbase.library.finding import Facet, FacetValue, Found
from litbase.query.request import Years
from litbase.query.state import SearchState
from litbase.query.tree import All
from litbase.web.links import Links
from litbase.web.views.facets import BARS, LEAF, facet_page, filters, panel, year_panel
from litbase.web.views.search import pager

LINKS = Links("http://127.0.0.1:8000")


def found(state=SearchState(), facets=(), years=(), undated=0):  # noqa: B008
    return Found(state, All(), (), None, 100, (), facets, years, undated, 1, 0.0)


def facet(name, *counts, **chosen):
    return Facet(name, name.title(), tuple(FacetValue(v, v, n, v in chosen, False) for v, n in counts))


@pytest.mark.parametrize(
    ("years", "bars", "first", "last"),
    [
        (((2019, 3),), 1, 2019, 2019),
        (((2000, 1), (2019, 3)), 20, 2000, 2019),
        (((1838, 1), (2019, 3)), 37, 1835, 2019),
        (((1000, 1), (2999, 3)), 40, 1000, 2999),
    ],
)
def test_the_histogram_never_has_too_many_bars_and_loses_no_record(years, bars, first, last):
    made = year_panel(found(years=years), LINKS)
    assert len(made.bars) == bars <= BARS
    assert (made.bars[0].first, made.bars[-1].last) == (first, last)
    assert sum(bar.count for bar in made.bars) == sum(count for _, count in years)


def test_bars_inside_the_chosen_years_are_marked():
    state = SearchState().with_years(Years(2001, 2002))
    made = year_panel(found(state, years=((2000, 1), (2001, 1), (2002, 1), (2003, 1))), LINKS)
    assert [bar.inside for bar in made.bars] == [False, True, True, False]


def test_there_is_no_year_filter_without_years():
    assert year_panel(found(undated=9), LINKS) is None


def test_a_chosen_value_is_seen_even_when_it_is_rare():
    counts = [(f"v{n}", 100 - n) for n in range(20)]
    state = SearchState().add("author", "v15")
    made = panel(facet("author", *counts, v15=True), state, LINKS)
    assert [option.value for option in made.options] == [*(f"v{n}" for n in range(6)), "v15"]
    assert (made.total, made.more_url) == (20, "/facet/author?author=v15")


def test_what_the_panel_does_not_show_is_carried_on():
    state = SearchState(q="x", sort="title").add("publisher", "P").exclude("type", "book").add("type", "report")
    made = filters(found(state, (facet("type", ("report", 3), report=True),)), LINKS)
    assert set(made.hidden) == {("q", "x"), ("sort", "title"), ("publisher", "P"), ("not.type", "book")}


def test_leaves_of_a_facet_page_hold_every_value_once():
    counts = [(f"v{n:03d}", 1) for n in range(LEAF * 2 + 5)]
    pages = [facet_page(found(facets=(facet("author", *counts),)), LINKS, leaf=leaf) for leaf in (1, 2, 3, 99)]
    assert [option.value for page in pages[:3] for option in page.options] == [value for value, _ in counts]
    assert pages[3] == pages[2]
    assert pages[0].previous_url == pages[2].next_url == ""
    assert pages[0].next_url == "/facet/author?leaf=2"


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, []),
        (1, 3, [1, 2, 3]),
        (1, 13, [1, 2, 3, 0, 13]),
        (7, 13, [1, 0, 5, 6, 7, 8, 9, 0, 13]),
        (13, 13, [1, 0, 11, 12, 13]),
    ],
)
def test_the_pager_shows_both_ends_and_the_neighbours(page, pages, numbers):
    made = pager(SearchState(page=page), pages, LINKS)
    assert [link.number for link in made] == numbers
    assert [link.number for link in made if link.current] == ([page] if numbers else [])
