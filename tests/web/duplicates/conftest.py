"""A library in which works may be the same, and an editor of it."""

from urllib.parse import urlencode

import pytest

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import notice
from litbase.record.record import Record
from litbase.store.values import Link
from tests.web.conftest import emptied, fill, incoming, served, signed_in

XSS = "<script>alert(1)</script>"
SAME = (notice("match-author-title"),)
QUEUE = "/review/duplicates"
ENTRY = "@article{roe, title={Roads}, author={Roe, Ann}, year=2001, volume={%s}, doi={10.5555/roads}}"


def work(number: int, title: str, **more: object) -> Record:
    values = {
        "type": "article-journal",
        "author": (Name(family="Larkwood", given="Ida"),),
        "issued": PartialDate(year=2001),
        "container_title": "Journal of Towns",
        "eric": f"EJ700000{number}",
    }
    return Record(title=title, **values | more)


RECORDS = (
    incoming(work(0, "Squares and Streets", volume="1"), "eric", "0"),
    incoming(work(1, "Squares, Streets", volume="2", publisher="Press"), "eric", "1", Link(0, "same", SAME, 0.99)),
    incoming(work(2, "Towns without Streets"), "eric", "2"),
    incoming(work(3, f"Towns without Streets {XSS}"), "eric", "3", Link(2, "same", SAME, 0.97)),
    incoming(work(4, "Entered Twice", doi="10.5555/twice"), "eric", "4"),
    incoming(work(5, "Entered Twice"), "eric", "5", Link(4, "version", SAME, 0.9)),
    incoming(work(6, "Alone"), "eric", "6"),
)
ID = "EJ700000{}".format
A, B = ID(0), ID(1)


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def editor(app, library):
    return signed_in(app, library, "editor", "Ann")


def pair(one=A, other=B, **more):
    return f"{QUEUE}/{one}/{other}" + (f"?{urlencode(more)}" if more else "")


def seen(library, one=A, other=B, **more):
    return {"seen": library.store.get(one).version, "seen_other": library.store.get(other).version, **more}


def ticked(library, into, other):
    return f"{into} {other} {library.store.get(into).version} {library.store.get(other).version}"


def state(library, id):
    return library.store.get(id).state
