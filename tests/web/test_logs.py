"""The log: failures with their number, a line for each answer on request, and never what a reader looks for."""

import io
import json
import logging
import sqlite3
from dataclasses import replace

import pytest

from litbase.errors import EngineUnavailable
from litbase.library import finding
from litbase.web import create_app, logs

SECRET = "zymurgy"


@pytest.fixture
def heard():
    """Everything that is logged, as it would stand on standard error."""
    stream = io.StringIO()
    names = ("litbase", "waitress", "litbase.access", "waitress.queue")
    before = [(name, logging.getLogger(name).handlers, logging.getLogger(name).propagate,
               logging.getLogger(name).level) for name in names]  # fmt: skip
    yield stream
    for name, handlers, propagate, level in before:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def served(library, mode, stream):
    logs.set_up(mode, stream)
    return create_app(replace(library, settings=replace(library.settings, access_log=mode))).test_client()


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_for_each_answer_holds_no_words_and_no_reader(web_library, heard):
    client = served(web_library, "path", heard)
    headers = {"Referer": f"http://127.0.0.1:8000/search?q={SECRET}", "Cookie": f"a={SECRET}"}
    for address in (f"/search?q={SECRET}", "/record/EJ1223055", "/nosuchpage"):
        client.get(address, headers=headers, buffered=True)
    found = lines(heard)
    assert [(line["path"], line["status"]) for line in found] == [
        ("/search", 200), ("/record/EJ1223055", 200), ("/nosuchpage", 404),
    ]  # fmt: skip
    assert set(found[0]) == {"at", "method", "path", "status", "ms"}
    assert SECRET not in heard.getvalue()
    assert "127.0.0.1" not in heard.getvalue()


def test_the_query_is_there_when_asked_for(web_library, heard):
    served(web_library, "query", heard).get(f"/search?q={SECRET}", buffered=True)
    assert lines(heard)[0]["query"] == f"q={SECRET}"


def test_off_says_nothing(web_library, heard):
    served(web_library, "off", heard).get("/search?q=learning", buffered=True)
    assert heard.getvalue() == ""


def test_an_address_cannot_write_a_line_of_its_own(web_library, heard):
    served(web_library, "path", heard).get("/a%0A%7B%22status%22:200%7D%1B[31m%C3%A9", buffered=True)
    [line] = lines(heard)
    assert line["path"] == '/a\n{"status":200}\x1b[31mé'
    assert "\x1b" not in heard.getvalue()


@pytest.mark.parametrize("mode", ["off", "path"])
def test_a_failure_is_logged_with_its_number_and_without_the_words(web_library, heard, mode, monkeypatch, opened):
    def broken(_library, state, *_, **__):
        try:
            raise KeyError(state.q)
        except KeyError as error:
            raise ValueError(f"nothing is called {state.q}") from error

    monkeypatch.setattr(finding, "search", broken)
    answer = served(web_library, mode, heard).get(f"/search?q={SECRET}", buffered=True)
    assert answer.status_code == 500
    told = heard.getvalue()
    assert f"failure {opened(answer).one('code').get_text()} at GET '/search'" in told
    assert SECRET not in told
    assert "KeyError" in told
    assert "ValueError" in told
    assert "in broken" in told


def test_a_failure_in_a_stream_is_logged_without_the_words(heard):
    logs.set_up("off", heard)

    def broken():
        raise ValueError(SECRET)

    try:
        broken()
    except ValueError:
        logging.getLogger("waitress").exception("Exception while serving %s", "/search.bib")
    assert "in broken" in heard.getvalue()
    assert "ValueError" in heard.getvalue()
    assert SECRET not in heard.getvalue()


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (sqlite3.OperationalError("database is locked"), "database is locked"),
        (EngineUnavailable("the index cannot be written"), "the index cannot be written"),
    ],
)
def test_what_the_machine_says_is_kept(problem, told):
    assert told in logs.trace(problem)


def test_a_failure_that_causes_itself_ends():
    one, other = ValueError("a"), KeyError("b")
    one.__cause__, other.__cause__ = other, one
    assert logs.trace(one) == "KeyError\nafter\nValueError"
