"""A library with a thesaurus and names of every kind, and a reader of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from litbase.library import Library
from litbase.library.finding import count
from litbase.library.thesaurus import load
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web import create_app
from litbase.web.links import Links
from tests.web.conftest import Page, emptied, fill, incoming

TABLE = """descriptor,used_for,broader,related,scope_note
Community,,,,
Communities of Practice,Learning Communities|Practice Circles (1966 1980),Community,Social Networks,People who learn.
Neighborhoods,,Community,,
Social Networks,,,,
Kindergarten,Kindergarten Children,,,
Young Children,Kindergarten Children,,,
Cooperative Learning,,Learning,,
Learning,,,,
Marsh Birds,,,,
"""
LONG = "Names " * 83 + "End"
HOSTILE = (
    "A/B Testing", "100% Effort", 'The "Real" Thing', "..", ".json", "~", "!!!", "?q=1#x", "<script>alert(1)</script>",
    "山田 太郎", "Знание", "تعليم", "a\\b", "C++", "C#", "R & D", LONG, "x" * 500, "Über-Ich", "Uber Ich", "UBER ICH",
    "The Aged", "Aged", "co-op", "coop", "Tree", "Descriptors.json", "%2F", "%", "'; drop table", "naïve", "１２３",
    "Ωmega", "é", "é".upper(), "I", "ß", "ss", "—", "a" * 80, "a" * 81, "b-" * 50,
)  # fmt: skip


def article(number: int, **more: object) -> Record:
    given = {"type": "article-journal", "title": f"Paper {number}", "container_title": "Journal of Tests"}
    return Record(**(given | more))  # type: ignore[arg-type]


def person(family: str, given: str = "") -> Name:
    return Name(family=family, given=given) if given else Name(literal=family)


WORKS = (
    article(1, author=(person("Smith", "Jane"), person("Doe", "Ann")), issued=PartialDate(year=1999),
            descriptors=("Communities of Practice", "Learning"), issn=("1573-1812",), publisher="Test Press",
            extra=(("csl:author.ORCID", "Smith, Jane: https://orcid.org/0000-0002-1825-0097"),)),
    article(2, author=(person("Smith", "Jane"), person("Doe", "Ann")), issued=PartialDate(year=2003),
            descriptors=("Learning Communities", "Cooperative Learning"), keywords=("free word",)),
    article(3, author=(person("Smith", "J."),), descriptors=("Cooperative Learning", "Learning", "Neighborhoods")),
    article(4, author=(person("Smith", "Jane"),), issued=PartialDate(year=2003), descriptors=("Cooperative Learning",)),
    article(5, author=(person("Smith", "John"), person("Smith-Jones", "Jane")), keywords=("Free Word",)),
    article(6, author=(person("Gándara", "Ana"),), container_title="Journal of tests"),
    article(7, author=(person("Gandara", "Ana"), person("National Council for Tests")), type="report"),
    Record(type="cited", title="Only cited", author=(person("Cited", "Only"),), container_title="Cited Letters"),
)  # fmt: skip


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a thesaurus and names of every kind."""
    folder: Path = tmp_path_factory.mktemp("browse")
    (folder / "terms.csv").write_text(TABLE, encoding="utf-8")
    library = emptied(folder / "library")
    load(library, str(folder / "terms.csv"))
    hostile = [
        article(100 + n, descriptors=(text,), author=(Name(literal=text),), container_title=text)
        for n, text in enumerate(HOSTILE)
    ]
    fill(library, tuple(incoming(record, "bibtex", record.title) for record in (*WORKS, *hostile)))
    yield library
    library.close()


@pytest.fixture(scope="session")
def reader(shelves: Library) -> FlaskClient:
    app = create_app(shelves)
    app.testing = False
    return app.test_client()


@pytest.fixture(scope="session")
def visit(reader: FlaskClient) -> Callable[..., Page]:
    """visit(address, status=200) is the page there."""

    def get(address: str, status: int = 200) -> Page:
        answer = reader.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code} {answer.headers.get('Location')}"
        return Page(answer.get_data(as_text=True))

    return get


HERE = Links("http://127.0.0.1:8000")


def found(library: Library, address: str) -> int:
    """How many records the search at *address* finds."""
    parts = urlsplit(address)
    assert parts.path == "/search", address
    return count(library, SearchState.from_args(parse_qsl(parts.query))[0])


def listed(page: Page) -> list[str]:
    return page.texts(".values li")
