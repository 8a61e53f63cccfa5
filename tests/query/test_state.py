"""What the address of a search page says, and what its links change."""

from urllib.parse import parse_qsl

import pytest

from litbase.query.request import Filter, Years
from litbase.query.state import MOST_VALUES, SearchState


def read(query_string):
    return SearchState.from_args(parse_qsl(query_string, keep_blank_values=True))


# name: address as it came, as it is written, the codes of the notices
TABLE = {
    "nothing": ("", "", []),
    "a query": ("q=learning+communities", "q=learning+communities", []),
    "a query with breaks": ("q=+learning%0A%09communities+", "q=learning+communities", []),
    "a query with controls": ("q=a%00b%ED%A0%80", "q=ab%EF%BF%BD%EF%BF%BD%EF%BF%BD", []),
    "the first of two queries": ("q=a&q=b", "q=a", []),
    "empty parameters": ("q=&type=&sort=&page=", "", []),
    "values of one facet": ("author=Mehta&author=Peterson", "author=Mehta&author=Peterson", []),
    "a value twice": ("author=Mehta&author=Mehta", "author=Mehta", []),
    "the order of FIELDS": ("type=chapter&author=Mehta&q=x", "q=x&author=Mehta&type=chapter", []),
    "aliases": ("pubtype=Reports&subject=Schools&peer=1&has=doi&lang=de",
                "descriptor=Schools&publication_type=Reports&language=de&availability=doi&peer_reviewed=yes", []),
    "capitals": ("AUTHOR=Mehta&Sort=Newest", "author=Mehta&sort=newest", []),
    "a label for a type": ("type=Book+chapter", "type=chapter", []),
    "exclusions come after": ("not.type=book&author=Mehta", "author=Mehta&not.type=book", []),
    "an alias excluded": ("not.subject=Schools", "not.descriptor=Schools", []),
    "chosen, then excluded": ("type=book&not.type=book", "not.type=book", []),
    "excluded, then chosen": ("not.type=book&type=book", "type=book", []),
    "an unknown parameter": ("utm_source=x&q=a&fields=id", "q=a", []),
    "an unknown exclusion": ("not.shape=round", "", []),
    "a field that is no filter": ("title=networks", "", []),
    "years": ("from=2000&to=2020&undated=1", "from=2000&to=2020&undated=1", []),
    "years the other way round": ("from=2020&to=2000", "from=2000&to=2020", ["range-swapped"]),
    "one year": ("year=2019", "from=2019&to=2019", []),
    "years in one": ("year=2015-2019", "from=2015&to=2019", []),
    "the undated of no range": ("undated=1", "", []),
    "no year": ("from=soon&to=2020", "to=2020", ["value-dropped"]),
    "a year of five digits": ("from=20000", "", ["value-dropped"]),
    "the year 0": ("from=0", "", ["value-dropped"]),
    "a later good value": ("sort=nonsense&sort=title", "sort=title", ["value-dropped"]),
    "short names of orders": ("sort=new", "sort=newest", []),
    "defaults": ("op=and&expand=1&narrower=0&cited=0&sort=best&page=1&per=10", "", []),
    "switches": ("op=OR&expand=0&narrower=1&cited=1", "op=or&expand=0&narrower=1&cited=1", []),
    "a wrong switch": ("expand=perhaps&op=xor", "", ["value-dropped"]),
    "a page": ("page=3&per=25", "page=3&per=25", []),
    "page 0": ("page=0", "", ["value-dropped"]),
    "a negative page": ("page=-1", "", ["value-dropped"]),
    "a huge page": ("page=" + "9" * 5000, "", ["value-dropped"]),
    "digits of other scripts": ("page=٣", "", ["value-dropped"]),
    "an odd number per page": ("per=17", "", ["value-dropped"]),
    "letters outside ASCII": ("author=%C3%96zg%C3%BCr", "author=%C3%96zg%C3%BCr", []),
    "an ampersand in a value": ("source=Arts+%26+Crafts", "source=Arts+%26+Crafts", []),
}  # fmt: skip


@pytest.mark.parametrize(("given", "written", "codes"), TABLE.values(), ids=TABLE)
def test_an_address_is_read_as(given, written, codes):
    state, notices = read(given)
    assert state.query_string() == written
    assert list(dict.fromkeys(n.code for n in notices)) == codes
    assert read(written) == (state, ())


def test_everything_stands_in_its_canonical_order():
    state = SearchState(
        q="x",
        filters=(Filter("author", ("Mehta",), ("Peterson",)), Filter("type", ("book",))),
        years=Years(2000, 2010, undated=True),
        op="or",
        expand=False,
        narrower=True,
        cited=True,
        sort="title",
        page=2,
        per=25,
    )
    names = [name for name, _ in state.pairs()]
    assert names == "q author type not.author from to undated op expand narrower cited sort page per".split()
    assert SearchState.from_args(state.pairs()) == (state, ())


def test_more_values_than_the_limit_are_dropped_and_told():
    state, notices = SearchState.from_args([("author", str(n)) for n in range(70)] + [("not.type", "book")])
    assert state.chosen("author") == tuple(str(n) for n in range(MOST_VALUES))
    assert state.excluded("type") == ()
    assert [(n.code, dict(n.params)["count"]) for n in notices] == [("too-many", "71")]
    assert state.add("type", "book") == state


def test_a_chosen_value_is_not_counted_twice_at_the_limit():
    pairs = [("author", str(n)) for n in range(MOST_VALUES)]
    state, notices = SearchState.from_args([*pairs, pairs[0]])
    assert (len(state.chosen("author")), notices) == (MOST_VALUES, ())
    assert state.exclude("author", "0").excluded("author") == ("0",)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.add("author", "Mehta"),
        lambda s: s.add("author", "Peterson"),
        lambda s: s.exclude("author", "Mehta"),
        lambda s: s.remove("author", "Peterson"),
        lambda s: s.remove("author", "Nobody"),
        lambda s: s.with_q("y"),
        lambda s: s.with_years(Years(2000)),
        lambda s: s.with_sort("title"),
        lambda s: s.with_per(25),
        lambda s: s.with_expand(False),
        lambda s: s.with_narrower(True),
        lambda s: s.clear_filters(),
        lambda s: s.add("shape", "round"),
    ],
)
def test_every_change_goes_back_to_the_first_page(change):
    state = SearchState(q="x", page=7).add("author", "Peterson").with_page(7)
    assert state.page == 7
    assert change(state).page == 1


def test_a_change_leaves_the_old_state_as_it_was():
    state = SearchState().add("author", "Mehta")
    assert (state.exclude("author", "Mehta").chosen("author"), state.chosen("author")) == ((), ("Mehta",))


def test_choosing_takes_the_exclusion_back():
    state = SearchState().exclude("type", "book").add("type", "Book")
    assert (state.chosen("type"), state.excluded("type")) == (("book",), ())


def test_filters_stand_in_the_order_of_the_table():
    state = SearchState().add("type", "book").add("author", "Mehta")
    assert state == SearchState().add("author", "Mehta").add("type", "book")
    assert [each.name for each in state.filters] == ["author", "type"]


def test_clearing_filters_keeps_the_query_and_its_order():
    state = SearchState(q="x", op="or", sort="title").add("author", "Mehta").with_years(Years(2000, 2001))
    assert state.clear_filters() == SearchState(q="x", op="or", sort="title")


def test_a_year_is_chosen_and_given_back_like_a_value():
    state = SearchState().add("year", "2019")
    assert state.years == Years(2019, 2019)
    assert state.remove("year", "2019") == SearchState()
    assert SearchState().with_years(Years(2020, 2000)).years == Years(2000, 2020)
    assert state.add("year", "soon") == state
