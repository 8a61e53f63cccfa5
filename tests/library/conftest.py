"""The small library, opened once."""

from collections.abc import Iterator

import pytest

from litbase.library import Library
from tests.library.small import small_library


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A small made-up library; nobody may change it."""
    library = small_library(tmp_path_factory.mktemp("school") / "library")
    yield library
    library.close()
