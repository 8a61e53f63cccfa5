"""Libraries in which readers have their lists, and two readers."""

import pytest

from tests.web.conftest import RECORDS, emptied, fill, served
from tests.web.mylist.readers import Reader


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The library of the web tests, in which readers have their lists; its records may not be changed."""
    made = emptied(tmp_path_factory.mktemp("mylist") / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def own_library(tmp_path):
    """The same, to be changed."""
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def application(library):
    return served(library)


@pytest.fixture
def reader(application):
    return Reader(application)


@pytest.fixture
def stranger(application):
    return Reader(application)
