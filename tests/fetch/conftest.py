"""A server elsewhere, to fetch from."""

from collections.abc import Iterator

import pytest

from tests.elsewhere import Elsewhere, elsewhere


@pytest.fixture
def server() -> Iterator[Elsewhere]:
    with elsewhere() as found:
        yield found
