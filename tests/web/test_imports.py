"""Importing in the browser: what is sent is refused or read, the report is true, and what is done is what was asked."""

import io
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from litbase.index.lock import locked
from litbase.library import Library, importing, uploads
from litbase.library.reading import add
from litbase.library.variants import join
from litbase.web.imports import is_upload
from tests.mutated import GOOD, GOODS, POOR, mutated
from tests.web.conftest import Page, emptied, post, served, sign_in, signed_in

# Werkzeug's client leaves the file open in which it keeps a large form
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
Sends = Callable[..., str]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def app(library: Library) -> Flask:
    return served(library)


@pytest.fixture
def client(app: Flask, library: Library) -> FlaskClient:
    return signed_in(app, library)


def sent(client: FlaskClient, *files: tuple[str, bytes], text: str = "") -> TestResponse:
    data = {"files": [(io.BytesIO(data), name) for name, data in files], "text": text}
    return post(client, "/import", data, content_type="multipart/form-data")


def settled(library: Library, nr: int = 1) -> str:
    until = time.monotonic() + 60
    while uploads.is_worked_on(library, nr):
        assert time.monotonic() < until
        time.sleep(0.01)
    return importing.state_of(library, importing.get(library, nr))


def report(client: FlaskClient, library: Library, nr: int = 1, rest: str = "") -> Page:
    settled(library, nr)
    answer = client.get(f"/import/{nr}{rest}")
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def cards(page: Page) -> dict[str, str]:
    """The text of each card by its title."""
    return {
        " ".join(card.select_one(".t").get_text().split()): " ".join(card.get_text(" ").split())  # type: ignore[union-attr]
        for card in page.all(".filecard")
    }


def test_files_are_sent_read_added_and_undone(client: FlaskClient, library: Library) -> None:
    answer = sent(client, ("a.bib", GOOD + POOR))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/import/1")
    page = report(client, library)
    assert page.text("h1") == "Import of a.bib"
    assert page.texts(".tally dd") == ["1", "1", "0", "0", "0", "0"]
    assert "Add 2 records" in page.texts("button")
    assert library.store.count() == 0
    assert post(client, "/import/1/add").status_code == 303
    page = report(client, library)
    assert "Undo this import" in page.texts("button")
    assert library.store.count() == 2
    assert page.link("The record in the library: A Good One").startswith("/record/")
    assert post(client, "/import/1/undo").status_code == 303
    assert "Undone" in report(client, library).text()
    assert library.store.count() == 0
    actions = [row.action for row in reversed(library.store.audit.page(50, who="Ann"))]
    assert [one for one in actions if one.startswith(("import", "run"))][:3] == [
        "import-begun", "import-adding", "run-started",
    ]  # fmt: skip
    assert {row.origin for row in library.store.audit.page(50, who="Ann", action="run-started")} == {"127.0.0.1"}


def test_text_is_pasted(client: FlaskClient, library: Library) -> None:
    assert sent(client, text=(GOOD + POOR).decode()).status_code == 303
    assert report(client, library).text("h1") == "Import of pasted text"


@pytest.mark.parametrize("files", [(), (("a.bib", b""),)])
def test_nothing_sent_is_told(client: FlaskClient, library: Library, files: tuple[tuple[str, bytes], ...]) -> None:
    answer = sent(client, *files)
    assert answer.status_code == 400
    assert "Nothing was given" in Page(answer.get_data(as_text=True)).text("[role=alert]")
    assert library.store.imports.count() == 0


def test_accept_mends_the_added_record(client: FlaskClient, library: Library) -> None:
    sent(client, ("a.bib", POOR))
    assert "Accept" not in report(client, library).html
    assert post(client, "/import/1/0/accept", {"code": "shouting-title"}).status_code == 404
    post(client, "/import/1/add")
    page = report(client, library)
    forms = [form for form in page.all("form.inl") if form.select_one("[name=code]")["value"] == "shouting-title"]  # type: ignore[index]
    assert len(forms) == 1
    answer = post(client, str(forms[0]["action"]), {"code": "shouting-title"})
    assert answer.status_code == 303
    [stored] = library.store.scan()
    assert stored.record.title == "Shouting at the Readers"
    assert answer.headers["Location"] == "/import/1#r0"
    assert page.link("Add: Date is missing. SHOUTING AT THE READERS") == f"/record/{stored.id}/edit#f-issued"
    runs = library.store.imports.runs(9)
    assert post(client, str(forms[0]["action"]), {"code": "shouting-title", "next": "/import/1/0"}).status_code == 303
    assert library.store.imports.runs(9) == runs
    page = report(client, library)
    assert "The title is all capitals. Put right since." in page.text("#r0 .lv-ok")
    assert "shouting-title" not in page.html
    assert post(client, str(forms[0]["action"]), {"code": "shouting-title", "next": "//evil"}).status_code == 400
    assert post(client, "/import/1/0/accept", {"code": "nosuch"}).status_code == 400


def test_the_report_of_the_seeds_is_true(client: FlaskClient, library: Library, shared: Path) -> None:
    seeds = [(path.name, path.read_bytes()) for path in sorted((shared / "seeds").iterdir())]
    sent(client, *seeds)
    page = report(client, library)
    assert page.texts(".tally dd") == ["4", "1", "0", "0", "0", "8"]
    found = cards(page)
    symposium, *others = found.values()
    for words in (
        "Needs review", "Author is missing. The source names no author.", "Date is missing.", "25 July 2016",
        "line 6 To review: Munby in the list is Mumby in the text",
        "line 6 Note: The text cites Hargreaves (2010)", "line 10 To review: This reference has no title: Brown, C.",
        "8 references found, 2 with a DOI", "lines 11–16 Done: From “Search the ECER Programme” on",
    ):  # fmt: skip
        assert words in symposium, words
    rest = " ".join(others)
    for words in (
        "4 ISBNs are 2 printings", "The check digits of all ISBNs are right", "“LanguageEnglish”, “Edition1”",
        "The whole summary took the place", "These rows of the page are empty: Subjects",
        "line 7 Done: The ISSN line holds an EISSN", "7 fields are marked N/A", "24 pages agrees with 327-350",
        "49 lines of page furniture left out", "lines 56–109 Done: From “Events” on",
        "“International Perspectives on Education Reform Group” is kept whole as a group author",
    ):  # fmt: skip
        assert words in rest, words
    struck = [" ".join(one.get_text().split()) for one in page.all(".drop")]
    assert len(struck) == 49 + 6
    assert "Read Next" in struck
    kept = [one.get_text() for one in page.all(".keep")]
    assert "15 SES 09," in kept
    assert {"Mehta, Jal;", "Peterson, Amelia"} <= set(kept)
    assert "none found" in " ".join(page.texts(".sbs dd .ns"))


def test_a_large_import_is_shown_in_pages_and_those_to_review_first(client: FlaskClient, library: Library) -> None:
    many = b"".join(
        b"@article{k%d, author = {Roe, Ann}, title = {Part %d of Towns}, journal = {J}, year = {2001}}\n"
        % (n, n * 7919)
        for n in range(120)
    )
    sent(client, ("many.bib", many + POOR + b"@article{}\n"))
    page = report(client, library)
    assert len(page.all(".filecard")) == 50
    assert "Needs review" in page.texts(".filecard")[0]
    assert page.all(".sbs") == []
    assert page.link("Next") == "/import/1?page=2"
    last = report(client, library, rest="?page=99")
    assert "Page 3 of 3" in last.text()
    only = report(client, library, rest="?only=review")
    assert {"New" in text.split("Shouting")[0] for text in only.texts(".filecard .badges")} == {False}
    one = client.get(page.link("Source text and record: SHOUTING AT THE READERS"))
    assert "SHOUTING AT THE READERS" in Page(one.get_data(as_text=True)).text(".sbs")
    told = client.get("/import/1.json?page=2").get_json()
    assert (told["pages"], len(told["records"]), told["counts"]["new"]) == (3, 50, 120)
    assert client.get("/import/1.json?records=0").get_json()["records"] == []


def test_while_it_is_worked_on_the_page_says_so_and_looks_again(client: FlaskClient, library: Library) -> None:
    sent(client, ("a.bib", GOOD))
    settled(library)
    library.store.imports.move(1, ("read",), "reading")
    with locked(uploads.lock(library, 1)):
        page = Page(client.get("/import/1").get_data(as_text=True))
        assert "It is being read" in page.text()
        assert page.one("noscript meta")["http-equiv"] == "refresh"
        assert post(client, "/import/1/add").status_code == 409
    page = report(client, library)
    assert "It was interrupted while it was read" in page.text()
    assert post(client, "/import/1/continue").status_code == 303
    assert settled(library) == "read"


def shown_run(client: FlaskClient, number: int) -> Page:
    return Page(client.get(f"/import/run/{number}").get_data(as_text=True))


def table_of_runs(client: FlaskClient) -> str:
    return Page(client.get("/import").get_data(as_text=True)).text("[aria-label='Table of runs']")


def test_a_run_about_names_is_undone_where_names_are(client: FlaskClient, library: Library) -> None:
    path = library.folder / "x.bib"
    path.write_bytes(GOOD)
    add(library, [str(path)], who="Cli")
    join(library, "author", ["Roe, A.", "Roe, Ann"], "Roe, Ann", who="Ann")
    page = shown_run(client, max(run["run"] for run in client.get("/import.json").get_json()["runs"]))
    assert page.one("main section a")["href"].endswith("/variants/decided")
    assert not page.all("main form")


def test_runs_are_listed_and_undone(client: FlaskClient, library: Library) -> None:
    path = library.folder / "x.bib"
    path.write_bytes(GOOD)
    [entry] = add(library, [str(path)], who="Cli")
    assert "Cli" in table_of_runs(client)
    asked = shown_run(client, entry.run)
    assert "Undo this run?" in asked.text()
    assert "1 new" in asked.text()
    assert entry.id in asked.text("ul")
    assert asked.one("main form")["action"].endswith("/import/undo")
    assert post(client, "/import/undo", {"run": str(entry.run)}).status_code == 303
    settled(library)
    assert library.store.count() == 0
    assert client.get("/import/1.json").get_json()["counts"] == {"withdrawn": 1}
    assert report(client, library).text("dl.tally") == "Withdrawn1"
    [undoing, undone] = client.get("/import.json").get_json()["runs"]
    assert (undoing["command"], undone["undone_by"]) == ("undo", undoing["run"])
    assert f"undone in run {undoing['run']}" in table_of_runs(client)
    assert f"run {undoing['run']} did that" in shown_run(client, entry.run).text()
    assert "counts again" in shown_run(client, undoing["run"]).text()
    assert post(client, "/import/undo", {"run": str(undoing["run"])}).status_code == 303
    settled(library, 2)
    assert library.store.count() == 1
    assert "1 back again" in Page(client.get("/import").get_data(as_text=True)).text("[aria-label='Table of imports']")
    [again, *rest] = client.get("/import.json").get_json()["runs"]
    assert [one["undone_by"] for one in rest] == [again["run"], 0]
    assert "Undo this run?" in shown_run(client, entry.run).text()
    assert f"Bringing back of a run {entry.run}" in shown_run(client, again["run"]).text("h1")
    assert post(client, "/import/undo", {"run": "99"}).status_code == 404
    assert post(client, "/import/undo", {"run": "x"}).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/import/9", "/import/9.json", "/import/1/7", f"/import/{'9' * 20}", "/import/x", f"/import/run/{'9' * 20}"],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, library: Library, address: str) -> None:
    sent(client, ("a.bib", GOOD))
    settled(library)
    assert client.get(address).status_code == 404


def test_names_and_texts_are_shown_as_text(client: FlaskClient, library: Library) -> None:
    evil = "<script>alert(1)</script>"
    bib = f"@article{{x, title = {{{evil} & <b>bold</b>}}, author = {{Roe, Ann}}, note = {{{evil}}}, year={{2001}}}}"
    sent(client, (f"a{evil}.bib", bib.encode()), ("b.txt", f"{evil} nothing".encode()))
    page = report(client, library)
    assert page.all("main script") == []
    assert page.all("main b b") == []
    assert evil in page.text()
    assert client.get("/import").get_data(as_text=True).count("<script>alert") == 0


def test_only_editors_may_send_much(library: Library, app: Flask) -> None:
    token = "x"
    assert not is_upload(library, "POST", "/import", f"litbase={token}")
    client = app.test_client()
    sign_in(client, library, "reader", "Rae")
    reader = client.get_cookie("litbase")
    sign_in(client, library, "editor", "Ed")
    editor = client.get_cookie("litbase")
    assert reader is not None
    assert editor is not None
    assert not is_upload(library, "POST", "/import", f"litbase={reader.value}")
    assert is_upload(library, "POST", "/import", f"a=b; litbase={editor.value}")
    for method, path in (("GET", "/import"), ("POST", "/import/1/add"), ("POST", "/list/add")):
        assert not is_upload(library, method, path, f"litbase={editor.value}")
    assert not is_upload(library, "POST", "/import", "\0;;==")


def test_two_megabytes_arrive_and_more_than_the_limit_does_not(client: FlaskClient, library: Library) -> None:
    assert sent(client, ("big.bib", GOOD + b"%" * (2 << 20))).status_code == 303
    settled(library)
    assert sent(client, ("a.bib", b"%" * ((64 << 20) + 100))).status_code == 400
    assert sent(client, ("a.bib", b"%" * (66 << 20))).status_code == 413


@pytest.mark.parametrize("suffix", GOODS)
def test_whatever_is_sent_each_record_is_read_or_refused_with_file_and_line(
    client: FlaskClient, library: Library, suffix: str
) -> None:
    dice = random.Random(suffix)
    files = [(f"{n}.{suffix}", mutated(GOODS[suffix], dice)) for n in range(40)]
    assert sent(client, *files).status_code == 303
    report(client, library)
    told = [client.get(f"/import/1.json?page={n}").get_json() for n in (1, 2, 3)]
    assert told[0]["state"] == "read"
    records = {one["ordinal"]: one for page in told for one in page["records"]}.values()
    assert {one["file"] for one in records} == {name for name, _ in files}
    for one in records:
        assert one["line"] >= 1
        assert one["status"] in ("review", "new", "changed", "same", "refused")
        if one["status"] == "refused":
            assert one["notices"], one
    for ordinal in (0, len(records) - 1):
        assert client.get(f"/import/1/{ordinal}").status_code == 200
    post(client, "/import/1/add")
    assert settled(library) == "added"
