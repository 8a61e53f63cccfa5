"""What the thesaurus adds to a query, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.query.expand import Added, Narrower, expand
from litbase.query.parse import parse
from litbase.query.show import show
from litbase.query.tree import And, Boost, Not, Or, Phrase, Query, Term, all_of, any_of
from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus
from tests.index.libraries import documents, queries
from tests.index.memory import matches

KNOWN = Thesaurus(
    (
        Entry("Academically Gifted", used_for=("Able Students", "Gifted Students")),
        Entry("Career and Technical Education", used_for=("Vocational Education",)),
        Entry("Credit (Finance)", used_for=("Interest (1967 1981)",)),
        Entry("Gender Differences", used_for=("Sex Differences",)),
        Entry("Kindergarten", used_for=("Kindergarten Children",)),
        Entry("School Leaders", used_for=("Principals",)),
        Entry("Schools", used_for=("Academies",), narrower=("Small Schools", "Urban Schools")),
        Entry("Small Schools", broader=("Schools",)),
        Entry("Urban Schools", broader=("Schools",)),
        Entry("Young Children", used_for=("Kindergarten Children",)),
    )
)
# name: typed, searched (brackets and OR as `show` writes them), the names that were recognised
TABLE = {
    "another name": (
        "gifted students",
        '(gifted students) OR "Gifted Students" OR descriptor:"Academically Gifted" OR "Academically Gifted" '
        'OR "Able Students"',
        ["Gifted Students"],
    ),
    "in the singular": (
        "gifted student",
        '(gifted student) OR "Gifted Students" OR descriptor:"Academically Gifted" OR "Academically Gifted" '
        'OR "Able Students"',
        ["Gifted Students"],
    ),
    "one word": ("principals", 'principals OR descriptor:"School Leaders" OR "School Leaders"', ["Principals"]),
    "quoted": (
        '"sex differences"',
        '"sex differences" OR descriptor:"Gender Differences" OR "Gender Differences"',
        ["Sex Differences"],
    ),
    "among other words": (
        "reading sex differences 2019",
        'reading ((sex differences) OR "Sex Differences" OR descriptor:"Gender Differences" OR "Gender Differences") '
        "2019",
        ["Sex Differences"],
    ),
    "one word among others has no other names": ("schools reform", "schools reform", []),
    "a descriptor": (
        "gender differences",
        '(gender differences) OR "Gender Differences" OR descriptor:"Gender Differences" OR "Sex Differences"',
        ["Gender Differences"],
    ),
    "as a descriptor": (
        'descriptor:"sex differences"',
        'descriptor:"sex differences" OR descriptor:"Gender Differences"',
        ["Sex Differences"],
    ),
    "as a group of descriptors": (
        "de:(sex differences)",
        '(descriptor:sex descriptor:differences) OR descriptor:"Gender Differences"',
        ["Sex Differences"],
    ),
    "several together": (
        '"kindergarten children"',
        '"kindergarten children" OR '
        '((descriptor:"Kindergarten" OR Kindergarten) (descriptor:"Young Children" OR "Young Children"))',
        ["Kindergarten Children"],
    ),
    "what needs its bracket": ("interest", 'interest OR descriptor:"Credit Finance"', ["Interest (1967 1981)"]),
    "stop words": (
        "career and technical education",
        '(career technical education) OR "Career and Technical Education" '
        'OR descriptor:"Career and Technical Education" OR "Vocational Education"',
        ["Career and Technical Education"],
    ),
    "any of the words": (
        "sex OR differences",
        'sex OR differences OR "Sex Differences" OR descriptor:"Gender Differences" OR "Gender Differences" '
        "OR Gender OR Differences",
        ["Sex Differences"],
    ),
    "inside brackets": (
        "reading (principals OR heads)",
        'reading (principals OR descriptor:"School Leaders" OR "School Leaders" OR heads)',
        ["Principals"],
    ),
    "exactly": ("=gifted students", "=gifted students", []),
    "excluded": ("reading -principals", "reading -principals", []),
    "excluded in brackets": ("reading -(sex differences)", "reading -(sex differences)", []),
    "in another field": ("title:principals", "title:principals", []),
    "in two fields": ("title:sex differences", "title:sex differences", []),
    "begun": ("princip*", "princip*", []),
    "unknown": ("marsh birds", "marsh birds", []),
    "nothing": ("", "", []),
}


def plain(query: Query) -> Query:
    """*query* without its weights."""
    match query:
        case Boost(child):
            return plain(child)
        case And(children):
            return all_of(map(plain, children))
        case Or(children):
            return any_of(map(plain, children))
    return query


@pytest.mark.parametrize(("typed", "searched", "named"), TABLE.values(), ids=TABLE)
def test_a_query_is_widened_to(typed: str, searched: str, named: list[str]) -> None:
    expanded = expand(parse(typed).query, KNOWN)
    assert show(plain(expanded.query)) == searched
    assert [added.name for added in expanded.added] == named


def test_what_was_added_is_told() -> None:
    assert expand(parse("gifted students").query, KNOWN).added == (
        Added("Gifted Students", ("Academically Gifted",), ("Able Students",)),
    )
    assert expand(parse('descriptor:"kindergarten children"').query, KNOWN).added == (
        Added("Kindergarten Children", ("Kindergarten", "Young Children")),
    )


def test_in_a_search_for_any_words_those_joined_by_and_can_be_a_name() -> None:
    expanded = expand(parse("career and technical education", op="or").query, KNOWN)
    assert [added.name for added in expanded.added] == ["Career and Technical Education"]


def test_without_names_nothing_is_added() -> None:
    query = parse("gifted students").query
    assert expand(query, KNOWN, names=False) == (query, (), ())
    assert expand(query, NONE) == (query, (), ())


def test_narrower_descriptors_are_offered_and_searched_on_request() -> None:
    query = parse("schools").query
    assert expand(query, KNOWN).narrower == (Narrower("Schools", 2, 0),)
    expanded = expand(query, KNOWN, names=False, narrower=True)
    assert show(plain(expanded.query)) == 'schools OR descriptor:"Small Schools" OR descriptor:"Urban Schools"'
    assert expanded.narrower == (Narrower("Schools", 2, 2),)
    assert expand(parse("principals of small schools").query, KNOWN).narrower == ()
    assert expand(parse("academies").query, KNOWN).narrower == (Narrower("Schools", 2, 0),)


def test_the_words_of_a_query_and_its_expansion_stay_within_the_limit() -> None:
    wide = Thesaurus((Entry("Top", narrower=tuple(f"Below {n}" for n in range(200))),
                      *(Entry(f"Below {n}") for n in range(200))))  # fmt: skip
    expanded = expand(Term("", "top"), wide, narrower=True)
    assert size(expanded.query) <= 64
    assert expanded.narrower == (Narrower("Top", 200, 31),)
    full = And((*(Term("", f"w{n}") for n in range(63)), Term("", "principals")))
    assert expand(full, KNOWN) == (full, (), ())


def size(query: Query) -> int:
    match query:
        case And(children) | Or(children):
            return sum(map(size, children))
        case Not(child) | Boost(child):
            return size(child)
        case Phrase(_, words):
            return len(words)
    return 1


names = st.sampled_from(("school", "schools", "leader", "school leader", "the", "of", "Müller", "k-12", "2019", "教育"))
thesauri = st.lists(
    st.builds(Entry, names, st.lists(names, max_size=2).map(tuple), narrower=st.lists(names, max_size=2).map(tuple)),
    max_size=4,
    unique_by=lambda entry: entry.name,
).map(lambda entries: Thesaurus(tuple(entries)))


@given(queries, thesauri, st.booleans(), documents())
def test_what_a_query_found_it_still_finds(
    query: Query, thesaurus: Thesaurus, narrower: bool, document: object
) -> None:
    expanded = expand(query, thesaurus, narrower=narrower)
    if matches(query, document):  # type: ignore[arg-type]
        assert matches(expanded.query, document)  # type: ignore[arg-type]
    if not expanded.added and not narrower:
        assert matches(query, document) == matches(expanded.query, document)  # type: ignore[arg-type]
