"""Errors: what readers see when something is not there, or goes wrong."""

import logging
from dataclasses import replace

import pytest

from litbase.errors import EngineUnavailable
from litbase.library import finding
from litbase.web import create_app, frame


def test_a_mistyped_number_gets_the_nearest(read):
    page = read("/record/EJ1223O55", 404)
    assert page.text("h1") == "There is no record EJ1223O55"
    assert page.link("EJ1223055") == "/record/EJ1223055"
    assert read(page.link("Search for “EJ1223O55”"))
    assert read("/record/1223055", 404).link("EJ1223055") == "/record/EJ1223055"


def test_a_citation_key_in_place_of_an_id_is_recognised(read):
    assert read("/record/mehta2019international", 404).link("EJ1223055") == "/record/EJ1223055"


def test_an_error_as_json_has_one_shape(client):
    for address, kind in (("/record/none.json", "record"), ("/nosuchpage.json", "page")):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.get_json()["error"]["status"] == 404
        assert answer.get_json()["error"]["kind"] == kind
    asked = client.get("/record/none", headers={"Accept": "application/json"})
    assert set(asked.get_json()["error"]) == {"status", "kind", "what", "detail", "title", "offers", "reference"}


OURS = {"Sec-Fetch-Site": "same-origin"}


def test_another_method_is_refused(client, opened):
    answer = client.post("/search?q=learning", headers=OURS)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    page = opened(answer)
    assert page.text("h1") == "This address cannot be used that way"
    assert page.one("#q")["value"] == "learning"


def test_a_form_that_is_too_large_is_refused_with_a_page(client, opened):
    answer = client.post("/list/add", data={"id": "x" * 2_000_000}, headers=OURS)
    assert answer.status_code == 413
    assert "at most a megabyte" in opened(answer).text("main")


@pytest.mark.parametrize(
    ("status", "heading", "words"),
    [
        (400, "This request was not understood", "said here"),
        (403, "This is not for everyone", "look after it"),
        (414, "This address is too long", "said here"),
        (431, "Your browser sent too much about itself", "cookies"),
        (418, "This request was not understood", "said here"),
    ],
)
def test_every_refusal_says_what_to_do(app, opened, status, heading, words):
    with app.test_request_context("/search?q=learning"):
        page = opened(frame.error(status, "input", detail="It is said here."))
    assert page.text("h1") == heading
    assert words in page.text("main p")
    assert page.link("Go to the first page") == "/"
    assert page.one("#q")["value"] == "learning"


def test_an_engine_that_cannot_answer_is_503_and_records_stay_readable(app, client, opened, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise EngineUnavailable("the index is being rebuilt")

    monkeypatch.setattr(finding, "search", gone)
    monkeypatch.setattr(finding, "count", gone)
    answer = client.get("/search?q=learning")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    page = opened(answer)
    assert page.one("#q")["value"] == "learning"
    leads = [a["href"] for a in page.all(".try a[href^='/record/']")]
    assert len(leads) == 3
    assert [client.get(lead).status_code for lead in leads] == [200, 200, 200]
    assert client.get("/record/EJ1223055").status_code == 200
    assert client.get("/healthz").status_code == 503
    assert client.get("/search.json").get_json()["error"]["kind"] == "engine"


def test_a_failure_of_ours_shows_a_number_and_no_trace(client, opened, monkeypatch, caplog):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(finding, "search", broken)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/search?q=learning")
    assert answer.status_code == 500
    text = answer.get_data(as_text=True)
    assert "secret" not in text
    assert "Traceback" not in text
    reference = opened(answer).one("code").get_text()
    assert reference in caplog.text
    assert opened(answer).one("#q")["value"] == "learning"


@pytest.fixture
def small(tmp_path, opened):
    from litbase.library import bring_level, open_library
    from litbase.record.record import Record
    from litbase.settings import Settings
    from litbase.store.values import Incoming

    library = open_library(tmp_path / "library", Settings(), create=True)
    run = library.store.start_run("test", {})
    records = [
        Incoming(record=Record(title=f"Work {n}", type="book"), source="bibtex", key=f"k{n}", reader="bibtex")
        for n in (1, 2)
    ]
    ids = [outcome.id for outcome in library.store.put(records, run)]
    bring_level(library)
    yield library, ids
    library.close()


def test_a_withdrawn_record_is_gone_with_title_and_reason(small, opened):
    library, (first, _) = small
    library.store.set_state(first, "withdrawn", "an editor", "Entered twice")
    for rest in ("", ".json", ".bib", "/cite", "/history"):
        answer = create_app(library).test_client().get(f"/record/{first}{rest}")
        assert answer.status_code == 410
        assert "Entered twice" in answer.get_data(as_text=True)


def test_a_merged_record_leads_to_the_other(small):
    library, (first, second) = small
    library.store.merge(first, second, "an editor")
    answer = create_app(library).test_client().get(f"/record/{first}/cite")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/record/{second}/cite")


def test_a_draft_is_not_shown(small):
    library, (first, _) = small
    library.store.set_state(first, "draft", "an editor")
    assert create_app(library).test_client().get(f"/record/{first}").status_code == 404


def test_history_shows_who_changed_what_word_by_word(small, opened):
    library, (first, _) = small
    library.store.edit(first, {"title": "Work one"}, who="Ada", why="As printed", version=None)
    page = opened(create_app(library).test_client().get(f"/record/{first}/history"))
    assert page.texts(".timeline b") == ["Edited by Ada: 1 field", "Read from BibTeX file"]
    assert page.text("main dd") == "Work 1one"
    assert (page.text("del"), page.text("ins")) == ("1", "one")
    assert "As printed" in page.text("main")


def test_an_empty_library_says_how_to_fill_it(tmp_path, opened):
    from litbase.library import open_library
    from litbase.settings import Settings

    library = open_library(tmp_path / "empty", Settings(), create=True)
    client = create_app(library).test_client()
    assert "litbase add references/" in opened(client.get("/")).text("main")
    for address in ("/search", "/search?q=x", "/facet/type", "/search.bib", "/search.json", "/healthz"):
        assert client.get(address).status_code == 200, address
    library.close()


def test_an_https_library_asks_for_https_and_lives_under_its_prefix(web_library, opened):
    settings = replace(web_library.settings, public_url="https://library.example/reading")
    client = create_app(replace(web_library, settings=settings)).test_client()
    answer = client.get("/search?q=learning", headers={"Host": "library.example"})
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    page = opened(answer)
    assert all(a["href"].startswith(("/reading/", "#", "http")) for a in page.all("a[href]"))
    record = opened(client.get("/record/EJ1223055"))
    assert record.one("link[rel=canonical]")["href"] == "https://library.example/reading/record/EJ1223055"
