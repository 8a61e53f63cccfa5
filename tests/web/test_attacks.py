"""Attacks that worked once: by anybody, by an editor who means harm, and by what they send."""

import gzip
import io
import time
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from litbase.library import Library
from litbase.library.documents import Unreadable, open_bytes
from litbase.library.reading import take as add_documents
from litbase.record.record import Record
from litbase.store.write import MOST_ALIKE
from litbase.web.imports import is_upload
from litbase.web.views.compared import compared
from tests.web.conftest import emptied, fill, incoming, plain, post, served, signed_in

SECONDS = 8.0  # of the processor, which what is tried took many times over


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = emptied(tmp_path_factory.mktemp("attacked") / "library")
    fill(made, (incoming(plain(1), "eric", "ED100001"),))
    return made


@pytest.fixture
def app(library: Library) -> Flask:
    return served(library)


@pytest.fixture
def editor(app: Flask, library: Library) -> FlaskClient:
    return signed_in(app, library)


COOKIES = {
    "quotes": 'litbase="' + '\\"' * 30_000 + '"',
    "backslashes": 'litbase="' + "\\" * 60_000 + '"',
    "octal": 'litbase="' + "\\073" * 15_000 + '"',
    "begun": 'a="' * 20_000,
    "blanks": "a" + " " * 60_000 + "b",
}


@pytest.mark.parametrize("cookies", COOKIES.values(), ids=COOKIES)
def test_a_cookie_does_not_stop_the_server(library: Library, cookies: str) -> None:
    begun = time.process_time()
    assert not is_upload(library, "POST", "/import", cookies)
    assert time.process_time() - begun < SECONDS


TEXTS = {
    "one word again and again": ("x " * 740, "x y " * 370),
    "others, the blanks alike": (" ".join(["x"] * 740), " ".join(f"y{n} z{n}" for n in range(370))),
    "two words": ("a b b a a " * 149, "b a b b a " * 149),
    "a megabyte": ("word " * 200_000, "other " * 160_000),
    "without a blank": ("x" * 1_000_000, "y" * 1_000_000),
}


@pytest.mark.parametrize(("old", "new"), TEXTS.values(), ids=TEXTS)
def test_texts_are_compared_in_bounded_time(old: str, new: str) -> None:
    begun = time.process_time()
    pieces = [piece for _ in range(20) for piece in compared(old, new)]
    assert time.process_time() - begun < SECONDS
    assert sum(len(text) for _, text in pieces) <= 20 * (len(old) + len(new))


def test_a_comparison_says_both_texts() -> None:
    old, new = "The quick brown fox jumps", "The slow, red  brown fox jumped"
    pieces = compared(old, new)
    assert "".join(text for kind, text in pieces if kind != "ins") == old
    assert "".join(text for kind, text in pieces if kind != "del") == new
    assert ("same", " brown fox ") in pieces or ("same", "brown fox ") in pieces


WRITTEN_ANEW = {
    "a title written anew": ("Learning to Teach in the Town", "What Do We Know of Schools in the Country?", True),
    "of which a part stays": ("Learning to Teach", "Learning to Teach in the Schools of the Country", False),
    "with one word changed": ("Learning to Teach in Towns", "Learning to Read in Towns", False),
    "a name": ("Roe, Ann", "Poe, Ben", False),
    "the first": ("", "Learning to Teach in the Town", False),
}


@pytest.mark.parametrize("case", WRITTEN_ANEW)
def test_a_text_written_anew_is_shown_whole(case: str) -> None:
    old, new, is_whole = WRITTEN_ANEW[case]
    assert (compared(old, new) == [("del", old), ("break", ""), ("ins", new)]) is is_whole


def test_the_history_of_many_long_changes_is_shown_at_once(editor: FlaskClient, app: Flask) -> None:
    fields = ("abstract", "note", "body", "contribution", "method")
    for version in range(1, 11):
        words = ("x", "x y", f"y{version} x")[version % 3]
        said = dict.fromkeys(fields, f"{words} " * 300)
        assert (
            post(editor, "/record/ED100001/edit", {"version": str(version), "type": "report", **said}).status_code
            == 303
        )
    begun = time.process_time()
    assert app.test_client().get("/record/ED100001/history").status_code == 200
    assert app.test_client().get("/changes").status_code == 200
    assert time.process_time() - begun < 2 * SECONDS


@pytest.mark.parametrize("path", ["/", "/new", "/account", "/record/ED100001", "/drafts", "/import", "/account.json"])
def test_the_length_of_a_page_with_a_token_tells_nothing(editor: FlaskClient, path: str) -> None:
    answer = editor.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers


def test_names_that_were_pasted_by_the_thousand_make_no_rows(editor: FlaskClient) -> None:
    form = {"type": "book", "people": "1", "title": "Names", "do": "add-person", "family": ["A; " * 20_000] * 2,
            "given": ["", ""], "role": ["author", "author"]}  # fmt: skip
    answer = post(editor, "/new", form)
    assert answer.status_code == 200
    assert len(answer.get_data()) < 2_000_000


def test_a_gzip_file_that_grows_too_much_is_not_unpacked() -> None:
    [found] = open_bytes("bomb.gz", gzip.compress(b"\0" * (200 << 20), 1))
    assert isinstance(found, Unreadable)
    assert "100-fold" in dict(found.notice.params)["reason"]


def test_what_bombs_hold_is_in_the_report(editor: FlaskClient, library: Library) -> None:
    bomb = gzip.compress(b"a" * (20 << 20))
    answer = post(editor, "/import", {"files": [(io.BytesIO(bomb), "a.gz")]}, content_type="multipart/form-data")
    report = answer.headers["Location"]
    until = time.monotonic() + 5
    while time.monotonic() < until and editor.get(f"{report}.json").get_json()["state"] == "reading":
        time.sleep(0.05)
    assert "100-fold" in editor.get(report).get_data(as_text=True)


def test_a_title_of_a_hundred_thousand_words_does_not_stop_the_first_page(
    editor: FlaskClient, library: Library
) -> None:
    title = " ".join(("school", "statistics", "report", "learning") * 25_000)
    answer = post(editor, "/new", {"type": "book", "people": "1", "title": title})
    assert answer.status_code == 422
    assert "at most 5,000 are taken" in answer.get_data(as_text=True)
    fill(library, (incoming(Record(type="book", title=title), "bibtex", "long"),))
    begun = time.process_time()
    assert editor.get("/").status_code == 200
    assert time.process_time() - begun < 2 * SECONDS


def test_a_list_shows_the_beginning_of_a_title_without_end(editor: FlaskClient, library: Library) -> None:
    fill(library, (incoming(Record(type="book", title="endless " * 50_000), "bibtex", "long"),))
    assert len(editor.get("/search?q=endless").get_data()) < 200_000


def test_an_entry_repeated_without_end_makes_no_work_without_end(library: Library) -> None:
    ris = b"TY  - JOUR\nTI  - x\nER  - \n" * 3_000
    begun = time.process_time()
    statuses = Counter(
        entry.status for entry in add_documents(library, open_bytes("same.ris", ris), "add", {}, who="tester")
    )
    assert statuses == {"new": 1, "same": 2_999}
    other = b"".join(b"TY  - JOUR\nTI  - y\nVL  - %d\nER  - \n" % n for n in range(1_000))
    statuses = Counter(
        entry.status for entry in add_documents(library, open_bytes("other.ris", other), "add", {}, who="tester")
    )
    assert statuses["refused"] == 1_000 - MOST_ALIKE
    assert time.process_time() - begun < 5 * SECONDS


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "0"}, {"version": "2"}])
def test_the_state_of_a_record_changes_for_whom_has_seen_it_only(
    editor: FlaskClient, library: Library, version: dict[str, str]
) -> None:
    post(editor, "/record/ED100001/state", {"state": "draft", **version})
    assert library.store.get("ED100001").state == "public"  # type: ignore[union-attr]
