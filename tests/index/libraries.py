"""Small libraries and questions about them, for hypothesis: few words and values, so that things meet."""

from hypothesis import strategies as st

from litbase.fields import FACETS, IndexDocument
from litbase.query.request import SORTS, FacetRequest, Filter, SearchRequest, Visible, Years
from litbase.query.tree import All, And, Boost, Given, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value

WORDS = ("school", "schools", "schooling", "leader", "leader's", "the", "of", "Müller", "mueller", "Muller", "k-12",
         "naïve", "教育", "2019", "—")  # fmt: skip
TEXT_FIELDS = ("title", "descriptor", "abstract", "references", "source", "network")
SPACES = ("", *TEXT_FIELDS, "author", "language", "collection", "doi", "year", "nowhere")
PREFIXES = ("sch", "scho", "m", "mu", "mue", "k-1", "t", "20", "x", "", "e", "de", "10.1", "教")
COUNTED = ("descriptor", "author", "source", "year", "language", "network", "collection")
NAMES = ("Müller, Ann", "Muller, Bo", "School of the Leaders", "van der Berg, Jan")
IDS = ("r1", "r2", "r3", "R4", "r5", "r6", "r10")

COMMON = ("school", "the", "leader", "Müller")  # often enough to stand side by side

texts = st.lists(st.sampled_from((*COMMON * 3, *WORDS)), min_size=1, max_size=4).map(" ".join)
years = st.one_of(st.none(), st.integers(2008, 2013))


@st.composite
def documents(draw: st.DrawFn) -> IndexDocument:
    """A document with some of the fields."""
    values = {
        name: draw(st.lists(texts, max_size=3)) for name in draw(st.sets(st.sampled_from(TEXT_FIELDS), max_size=4))
    }
    values["author"] = draw(st.lists(st.sampled_from(NAMES), max_size=2))
    values["language"] = draw(st.lists(st.sampled_from(("en", "DE", "de")), max_size=2))
    values["collection"] = draw(st.lists(st.sampled_from(("eric", "Eric")), max_size=2))
    values["doi"] = draw(st.lists(st.sampled_from(("10.1/a", "10.1/B")), max_size=1))
    year = draw(years)
    values["year"] = [] if year is None else [str(year)]
    month = draw(st.sampled_from((0, 0, 4, 12)))
    title, authors = values.get("title", []), values["author"]
    return IndexDocument(
        id=draw(st.sampled_from(IDS)),
        values={name: tuple(found) for name, found in values.items() if found},
        title_key=title[0].lower() if title else "",
        author_key=authors[0].lower() if authors else "",
        date_key=(1, 0, 0, 0) if year is None else (0, year, month, 0),
        cited=draw(st.sampled_from((False, False, False, True))),
    )


fields = st.sampled_from((*SPACES, *("", "title", "descriptor") * 4))
words = st.sampled_from((*WORDS, "en", "eric", "10.1/A", "school of"))
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, fields, words, st.booleans(), st.booleans()),
    st.builds(Phrase, fields, st.lists(words, max_size=3).map(tuple), st.booleans()),
    st.builds(Phrase, fields, st.lists(st.sampled_from(COMMON), min_size=2, max_size=2).map(tuple), st.booleans()),
    st.builds(Prefix, fields, st.sampled_from(PREFIXES)),
    st.builds(Near, fields, st.lists(st.sampled_from(COMMON), min_size=1, max_size=3).map(tuple), st.integers(1, 3)),
    st.builds(Range, st.sampled_from(("year", "title", "")), years, years),
    st.builds(Given, fields),
    st.builds(Value, fields, words),
    st.builds(
        Value, st.sampled_from(("author", "language", "collection")), st.sampled_from((*NAMES, "en", "DE", "eric"))
    ),
    st.just(All()),
    st.just(None_()),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Boost, inner, st.sampled_from((0.5, 2.0))),
    ),
    max_leaves=5,
)
facet_values = st.sampled_from(("en", "de", "DE", "eric", "2010", "2011", "", *NAMES, "school", "the", "of"))
chosen = st.lists(facet_values, max_size=2).map(tuple)
filters = st.builds(Filter, st.sampled_from(COUNTED), chosen, chosen)


def facet_requests(name: str) -> st.SearchStrategy[FacetRequest]:
    """All values of a facet, or some of them."""
    some = st.builds(FacetRequest, st.just(name), st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 2),
                     st.sampled_from(("", "", "sch", "MÜ", "2", "er an")),
                     st.sampled_from(("count", "value")))  # fmt: skip
    return st.one_of(st.just(FacetRequest(name)), some)


requests = st.builds(
    SearchRequest,
    query=queries,
    filters=st.lists(filters, max_size=2).map(tuple),
    years=st.builds(Years, years, years, st.booleans()),
    facets=st.tuples(*(facet_requests(name) for name in FACETS)),
    visible=st.builds(Visible, st.booleans()),
    sort=st.sampled_from(SORTS),
    offset=st.integers(0, 3),
    limit=st.integers(0, 10),
)
writes = st.tuples(st.lists(documents(), max_size=5), st.lists(st.sampled_from(IDS), max_size=2))
