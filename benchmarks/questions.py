"""The 64 questions of the speed measurement, from rare words to everything, as readers ask them.

They are asked of every engine as the query tree that litbase's parser makes of the text, with the same filters, years,
order and page.  Their words have the same stem in Porter's and the Snowball stemmer, and the beginnings typed with a *
are as long as the stems, so that engines can be held to one total; phrases differ where an engine has stems only.
"""

from typing import Final, NamedTuple

from litbase.query.parse import parse
from litbase.query.request import FacetRequest, Filter, SearchRequest, Years

COUNTED: Final[tuple[str, ...]] = ("descriptor", "author", "source", "type", "publication_type", "year")
LISTED: Final = 10  # values of each facet
HITS: Final = 10


class Question(NamedTuple):
    """What one reader asks: words, chosen values and years, order and page (from 1); *kind* is its row in the table."""

    kind: str
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    years: tuple[int | None, int | None] | None = None
    sort: str = "best"
    page: int = 1

    @property
    def request(self) -> SearchRequest:
        """The question as litbase asks its engine: ten hits, the total, ten values of each of the six facets."""
        return SearchRequest(
            query=parse(self.text).query,
            filters=tuple(Filter(name, (value,)) for name, value in self.filters),
            years=Years(*self.years) if self.years else Years(),
            facets=tuple(FacetRequest(name, LISTED) for name in COUNTED),
            sort=self.sort,
            offset=(self.page - 1) * HITS,
            limit=HITS,
        )

    @property
    def is_plain(self) -> bool:
        """Whether every engine must find the same records: no phrase, and no beginning of a word."""
        return '"' not in self.text and "*" not in self.text


def _all(kind: str, *texts: str) -> tuple[Question, ...]:
    return tuple(Question(kind, text) for text in texts)


QUESTIONS: Final = (
    Question("everything"),
    *_all("one word", "ethnography", "desegregation", "kindergarten", "bourdieu", "quantum", "network", "school",
          "model", "student", "teacher", "method", "data"),
    *_all("two words", "higher school", "student model", "neural network", "parent school", "race class",
          "kindergarten parent", "graph method", "teacher student"),
    *_all("three words", "school student method", "neural network model", "parent school involvement",
          "race class gender", "teacher student classroom", "student learn model"),
    *_all("phrase", '"high school"', '"neural network"', '"cultural capital"', '"the school"',
          '"academic achievement"', '"machine learning"'),
    *_all("AND OR NOT", "parent OR family", "school AND (race OR class)", "network NOT neural", "student OR teacher",
          "(graph OR quantum) model -network", "reform NOT (school OR student)"),
    *_all("one field", "title:network", "author:smith", "descriptor:teachers", "title:school author:smith",
          "source:sociology", "abstract:model descriptor:student"),
    *_all("word*", "psycho*", "neuro*", "multi* model"),
    Question("years", "school", years=(2000, 2009)),
    Question("years", years=(2010, None)),
    Question("years", "network model", years=(None, 2005)),
    Question("years", "student", years=(2012, 2012)),
    Question("filter", "school", (("publication_type", "Journal Articles"),)),
    Question("filter", "", (("descriptor", "Academic Achievement"),)),
    Question("filter", "student teacher", (("publication_type", "Reports - Research"), ("type", "article-journal"))),
    Question("filter", "model", (("type", "paper-conference"),), (2018, None)),
    Question("filter", "", (("descriptor", "Foreign Countries"), ("publication_type", "Journal Articles"))),
    Question("newest", "student", sort="newest"),
    Question("newest", "neural network", sort="newest"),
    Question("newest", sort="newest"),
    Question("newest", "school race", (("type", "article-journal"),), sort="newest"),
    Question("page 5", "school", page=5),
    Question("page 5", "network model", page=5),
    Question("page 5", "student", sort="newest", page=5),
)  # fmt: skip

SOUGHT: Final = {
    "descriptor": ("Academic Achievement", "College Students", "Foreign Countries", "Teachers"),
    "author": ("Smith", "Jones", "Wu"),
    "type": ("article-journal", "article-journal", "paper-conference"),
    "source": ("Sociology of Education", "Teaching Journal"),
    "publication_type": ("Journal Articles", "Reports - Research"),
    "level": ("Higher Education", "Secondary Education"),
}
"""Values that the questions ask for, for records that are made up."""
