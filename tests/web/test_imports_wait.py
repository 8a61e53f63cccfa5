"""Imports beside each other: a small one waits for no large one; one that waits says for what; one is stopped."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from litbase.library import Library, importing, uploads
from tests.web.conftest import Page, editor_of, emptied, post

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
SMALL = b"@article{roe, author = {Roe, Ann}, title = {Boats}, journal = {J}, year = {2001}}\n"
LARGE = 40_000 * b"@article{roe, author = {Roe, Ann}, title = {Boats}, journal = {J}, year = {2001}}\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return editor_of(library)


def sent(client: FlaskClient, data: bytes) -> str:
    files = {"files": [(io.BytesIO(data), "refs.bib")], "text": ""}
    return str(post(client, "/import", files, content_type="multipart/form-data").headers["Location"])


def waited(told: Callable[[], object]) -> bool:
    until = time.monotonic() + 60
    while not told():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def main_of(client: FlaskClient, url: str) -> str:
    return Page(client.get(url).get_data(as_text=True)).one("main").get_text(" ", strip=True)


def test_a_small_import_does_not_wait_for_a_large_one_which_can_be_stopped(
    client: FlaskClient, library: Library
) -> None:
    large = sent(client, LARGE)
    assert waited(lambda: importing.get(library, 1).done)
    sent(client, SMALL)
    assert waited(lambda: importing.get(library, 2).state == "read")
    assert importing.get(library, 1).state == "reading"
    assert "Stop reading it" in main_of(client, large)
    assert post(client, f"{large}/drop").status_code == 303
    assert importing.get(library, 1).state == "dropped"
    assert waited(lambda: not uploads.is_worked_on(library, 1))
    assert importing.get(library, 1).state == "dropped"


def test_an_import_that_waits_says_for_what(client: FlaskClient, library: Library) -> None:
    first, second = sent(client, LARGE), ""
    assert waited(lambda: importing.get(library, 1).done)
    second = sent(client, LARGE + SMALL)
    assert "It waits for its turn, until “ Import of refs.bib ” is done." in main_of(client, second)
    assert "It waits" not in main_of(client, first)
    for url in (second, first):
        post(client, f"{url}/drop")
    assert waited(lambda: not uploads.is_worked_on(library, 1) and not uploads.is_worked_on(library, 2))
    assert [importing.get(library, nr).state for nr in (1, 2)] == ["dropped", "dropped"]
