"""The filters' view-models, where a page cannot show every case."""

import pytest

from litbase.library.facets import facet
from litbase.library.finding import Counts
from litbase.query.request import FacetRequest, FacetResult, Years
from litbase.query.state import SearchState
from litbase.web.links import Links
from litbase.web.views.facets import BARS, SHOWN, filters, panel, year_panel
from litbase.web.views.search import pager
from litbase.web.views.values import LEAF, Leaf, facet_page

LINKS = Links("http://127.0.0.1:8000")


def found(state=SearchState(), facets=(), years=(), undated=0):  # noqa: B008
    return Counts(state, 100, facets, years, undated)


def counted(name, *counts, state=SearchState(), limit=SHOWN):  # noqa: B008
    """The facet *name* in *state* when all its values are *counts* and *limit* of them are asked for."""
    chosen = tuple((v, dict(counts).get(v, 0)) for v in (*state.chosen(name), *state.excluded(name)))
    return facet(FacetRequest(name, limit), FacetResult(counts[:limit], len(counts), chosen), state)


def on_leaf(leaf, *counts, state=SearchState()):  # noqa: B008
    """The page of *leaf* when the authors are *counts*, in the order asked for."""
    asked = leaf.of("author")
    values = FacetResult(
        counts[asked.offset :][: asked.limit], len(counts), tuple((v, 0) for v in state.chosen("author"))
    )
    return facet_page(found(state, (facet(asked, values, state),)), LINKS, leaf)


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


def test_a_chosen_and_an_excluded_value_are_seen_even_when_they_are_rare():
    counts = [(f"v{n}", 100 - n) for n in range(20)]
    state = SearchState().add("author", "v15").exclude("author", "nobody")
    made = panel(counted("author", *counts, state=state), state, LINKS)
    assert [option.value for option in made.options] == [*(f"v{n}" for n in range(6)), "v15", "nobody"]
    assert (made.total, made.more_url) == (20, "/facet/author?author=v15&not.author=nobody")
    assert [option.count for option in made.options[6:]] == [85, 0]
    assert (made.options[6].checked, made.options[6].exclude_url) == (True, "")
    assert made.options[7].allow_url == "/search?author=v15"


def test_all_values_are_offered_only_when_not_all_are_here():
    state = SearchState().add("author", "gone")
    assert panel(counted("author", ("a", 2), ("b", 1), state=state), state, LINKS).more_url == ""
    seven = [(f"v{n}", 1) for n in range(7)]
    assert panel(counted("author", *seven), SearchState(), LINKS).more_url == "/facet/author"
    state = SearchState().add("author", "v6")
    assert panel(counted("author", *seven, state=state), state, LINKS).more_url == ""


def test_a_switch_is_not_listed_a_second_time_in_its_filter():
    state = SearchState().add("availability", "fulltext")
    made = filters(found(state, (counted("availability", ("abstract", 9), ("fulltext", 3), state=state),)), LINKS)
    assert [(o.value, o.checked) for o in made.switches] == [("fulltext", True)]
    assert [(o.value, o.count) for p in made.panels for o in p.options] == [("abstract", 9)]
    assert made.panels[0].total == 1


def test_what_the_panel_does_not_show_is_carried_on():
    state = SearchState(q="x", sort="title").add("publisher", "P").exclude("type", "book").add("type", "report")
    made = filters(found(state, (counted("type", ("report", 3), state=state),)), LINKS)
    assert set(made.hidden) == {("q", "x"), ("sort", "title"), ("publisher", "P"), ("not.type", "book")}


def test_values_with_labels_are_found_and_filed_by_their_labels():
    """Stored values are "de", "en", "tr" and "zh"; people read German, English, Turkish and Chinese."""
    counts = (("en", 9), ("tr", 3), ("de", 2), ("zh", 1))

    def shown(**asked):
        return [v.label for v in facet(FacetRequest("language", **asked), FacetResult(counts, 4), SearchState()).values]

    assert shown(order="value") == ["Chinese", "English", "German", "Turkish"]
    assert shown(order="value", limit=2, offset=1) == ["English", "German"]
    assert shown(find="ISH") == ["English", "Turkish"]
    assert facet(FacetRequest("language", 1, find="ish"), FacetResult(counts, 4), SearchState()).total == 2


def test_leaves_of_a_facet_page_hold_every_value_once():
    counts = tuple((f"v{n:03d}", 1) for n in range(LEAF * 2 + 5))
    pages = [on_leaf(Leaf(number=number), *counts) for number in (1, 2, 3)]
    assert [o.value for page in pages for group in page.groups for o in group.options] == [v for v, _ in counts]
    assert [(page.first, page.last, page.leaf, page.leaves) for page in pages] == [
        (1, 100, 1, 3),
        (101, 200, 2, 3),
        (201, 205, 3, 3),
    ]


def test_values_go_under_their_letters_and_each_letter_says_where_it_is():
    names = ("3M", "Adam", "Åberg", "Brown", "Dewey", "The Élan", "Frey", "Frost", "Iwanow", "Жук")
    page = on_leaf(Leaf(by="name", number=2, size=4), *((name, 1) for name in names))
    assert [(group.letter, [o.value for o in group.options]) for group in page.groups] == [
        ("d", ["Dewey"]),
        ("e", ["The Élan"]),
        ("f", ["Frey", "Frost"]),
    ]
    where = {letter.letter: letter.where for letter in page.letters}
    assert [letter for letter in where if where[letter] == "here"] == ["e", "f"]  # a D may stand on the leaf before
    assert where["0"] == where["a"] == where["d"] == where["g"] == where["z"] == "elsewhere"
    whole = on_leaf(Leaf(by="name"), *((name, 1) for name in names))
    assert [group.letter for group in whole.groups] == ["0", "a", "b", "d", "e", "f", "i", "~"]
    assert [letter.letter for letter in whole.letters if letter.where == "here"] == ["0", *"abdefi"]
    assert {letter.where for letter in whole.letters} == {"here", "nowhere"}
    assert on_leaf(Leaf(), *((name, 1) for name in names)).letters == ()


def test_a_choice_that_is_not_on_the_leaf_stands_above_it():
    page = on_leaf(Leaf(), ("Brown", 4), ("Dewey", 2), state=SearchState(q="x").add("author", "Gone"))
    assert [(o.value, o.checked, o.count) for o in page.chosen] == [("Gone", True, 0)]
    assert page.hidden == (("q", "x"),)
    page = on_leaf(Leaf(), ("Brown", 4), ("Dewey", 2), state=SearchState().add("author", "Dewey"))
    assert page.chosen == ()
    assert [o.checked for o in page.groups[0].options] == [False, True]


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
