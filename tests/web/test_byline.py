"""The authors of a hit: a comma stands between them, and before "and others" only behind "and so many more"."""

import pytest

from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import Page, emptied, fill, incoming

PEOPLE = (Name(family="Louis", given="Karen Seashore"), Name(family="Roe", given="Ann"), Name(family="Doe", given="Jo"))
SIX = "Karen Seashore Louis, Ann Roe, Jo Doe, A. Family0, A. Family1, A. Family2"
ROWS = {
    "one": (1, True, "Karen Seashore Louis and others"),
    "two": (2, True, "Karen Seashore Louis, Ann Roe and others"),
    "two, and these alone": (2, False, "Karen Seashore Louis, Ann Roe"),
    "nobody": (0, True, "Author not given in the source and others"),
    "many": (30, True, f"{SIX} and 24 more, and others"),
}


@pytest.mark.parametrize(("count", "others", "expected"), ROWS.values(), ids=ROWS)
def test_the_line_of_authors_of_a_hit(tmp_path, count, others, expected):
    more = tuple(Name(family=f"Family{n}", given="A.") for n in range(30))
    library = emptied(tmp_path / "library")
    fill(library, (incoming(Record(title="Zymurgy", author=(PEOPLE + more)[:count], others=others), "bibtex", "z"),))
    page = Page(create_app(library).test_client().get("/search?q=zymurgy").get_data(as_text=True))
    assert " ".join(page.one(".byline").get_text().split()) == expected
    library.close()
