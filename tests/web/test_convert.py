"""Converting on the web: the form, what came of a text, the file, JSON; nothing kept, nothing believed."""

import io
import json

import html5lib
import pytest
from bs4 import BeautifulSoup

from litbase.formats import FORMATS
from litbase.styles import STYLES, entry, html
from litbase.web import create_app
from litbase.web.limits import OPEN, WHOLE
from tests.web.conftest import ARTICLE, BARE, emptied, fill, incoming
from tests.web.test_xss import URLS, VECTORS, check

OURS = {"Sec-Fetch-Site": "same-origin"}
CHAPTER = "10.4324/9780203774977-25"
DOE = "Doe, J. (2001). One thing after another. Journal of Things, 3(2), 1-20."
UNTITLED = "Brown, C. and Poortman, C. (forthcoming), (London, Routledge)."
BIBTEX = "@book{doe, title={Café}, author={Doe, Jane}, year=2001, publisher={Acme}, abstract={Long.}}"
MIXED = f"{CHAPTER}\nED999999\n\n{DOE}\n{UNTITLED}\n{BIBTEX}\n\nnothing that anybody understands\n"


@pytest.fixture
def post(client):
    """post(text, **fields) is the answer to the form."""
    return lambda text="", to="/convert", **fields: client.post(to, data={"text": text, **fields}, headers=OURS)


@pytest.fixture
def converted(post, opened):
    """converted(text, **fields) is the page with what came of a text."""

    def page(text="", status=200, **fields):
        answer = post(text, **fields)
        assert answer.status_code == status
        return opened(answer)

    return page


def states(page):
    return [badge.get_text(strip=True) for badge in page.all(".entries .badge")]


def test_each_entry_says_what_became_of_it(converted):
    page = converted(MIXED)
    html5lib.HTMLParser(strict=True).parse(page.html)
    assert states(page) == [
        "In this library", "Not in this library", "Understood", "Understood in part", "Understood", "Not understood"
    ]  # fmt: skip
    assert "look-ups are not made here" in page.text("#e2")
    assert "Title is missing" in page.text("#e4")
    assert "[Untitled]" in page.text("#e4")
    assert "nothing that anybody understands" in page.text("#e6 q")
    assert page.one("#e1 a")["href"] == "/record/gomez-2020-learning-boundaries"
    assert "Same DOI" in page.text("#e1")
    assert "One thing after another" in page.text("#e3")
    assert page.text("#result-h") == "6 entries"
    assert (
        "1 in this library, 2 understood, 1 understood in part, 1 not understood, 1 not in this library"
        in page.text("#result")
    )
    assert page.one("textarea").get_text().strip() == MIXED.strip()


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_every_format_is_shown_and_downloaded(converted, post, format):
    page = converted(DOE, format=format.name)
    assert page.one("#c-format option[selected]")["value"] == format.name
    answer = post(DOE, format=format.name, download="1")
    assert answer.mimetype == format.mime
    assert answer.headers["Content-Disposition"] == f'attachment; filename="converted{format.suffix}"'
    text = answer.get_data(as_text=True)
    assert "thing after another" in text
    if format.name != "text":
        assert page.one("#result pre").get_text() == text.strip("\n")


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_printed(converted, client, web_library, name):
    page = converted("EJ1223055", format="text", style=name)
    record = web_library.store.get("EJ1223055").record
    shown = page.one("#result [data-copysrc] .cite-text")
    assert shown.decode_contents() == as_parsed(html(entry(STYLES[name], record), links=True))
    assert STYLES[name].label in page.text("#result .spread h3")


def as_parsed(text):
    """*text* as the parser of these tests writes it."""
    return BeautifulSoup(text, "html.parser").decode_contents()


def test_the_options_are_those_of_an_export(converted):
    shown = converted(BIBTEX).one("#result pre").get_text()
    assert ("Café" in shown, "abstract" in shown) == (True, True)
    page = converted(BIBTEX, ascii="1", abstract="0", protect="all", key="id")
    shown = page.one("#result pre").get_text()
    assert ("Caf{\\'e}" in shown, "abstract" in shown) == (True, False)
    assert page.one("#c-protect option[selected]")["value"] == "all"
    assert page.one("#c-key option[selected]")["value"] == "id"
    assert page.one("[name=ascii]").has_attr("checked")


def test_the_record_of_the_library_can_be_taken(converted):
    reference = (
        "Mehta, J., & Peterson, A. (2019). International learning communities: What leaders learn across borders. "
        "Journal of Educational Change, 20(3), 327–350."
    )
    assert ARTICLE.doi not in converted(reference).text("#result pre")
    assert ARTICLE.doi in converted(reference, library="1").text("#result pre")


def test_a_file_is_converted_and_stands_in_the_box(converted):
    page = converted(
        "EJ1223055", file=(io.BytesIO(b"TY  - BOOK\nTI  - A Book <b>\nER  - \n"), "a<b>.ris"), format="ris"
    )
    assert "a<b>.ris was read as RIS" in page.text("#result")
    assert "A Book <b>" in page.text("#result pre")
    assert page.text("textarea").startswith("TY - BOOK")
    assert len(page.all(".entries > li")) == 1


BAD = {
    "nothing": ({}, "Nothing was given"),
    "blank": ({"text": " \n "}, "Nothing was given"),
    "a picture": ({"file": b"\x89PNG\r\n\x1a\n" + bytes(range(256))}, "found a picture"),
    "a web page": ({"text": "<!doctype html><html><body><p>Hello</p></body></html>"}, "No reader knows this layout"),
    "an empty file": ({"file": b""}, "The file is empty"),
    "too much": ({"text": "x" * 1_000_001}, "This is more than 1 MB"),
    "lines": ({"text": "-----\n***\n"}, "There is no record in this text"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("more", [{}, {"download": "1"}])
def test_bad_input_is_told_in_a_sentence(converted, post, name, more):
    fields, told = BAD[name]

    def given():
        return {key: (io.BytesIO(value), "x") if key == "file" else value for key, value in fields.items()}

    page = converted(status=400, **given(), **more)
    assert told in page.text("[role=alert]")
    assert page.all("#result") == []
    answer = post(to="/convert.json", **given())
    assert answer.status_code == 400
    assert told in answer.get_json()["error"]["detail"]


def test_more_than_a_request_may_hold_is_refused(post):
    assert post("x" * 2_000_000).status_code == 413


def test_wrong_choices_are_told_and_passed_over(converted):
    page = converted(DOE, format="<b>zip", style="nosuch", protect="x", key="y")
    assert "There is no format “<b>zip” here; BibTeX was taken." in page.text(".note.warn")
    assert "There is no style “nosuch” here; APA 7 was taken." in page.text(".note.warn")
    assert page.one("#c-format option[selected]")["value"] == "bibtex"


def test_a_number_alone_that_is_not_here_gives_no_file(converted, post):
    page = converted("10.9999/none")
    assert "Nothing to write" in page.text("#result")
    assert page.all("#result button") == []
    assert post("10.9999/none", download="1").mimetype == "text/html"


def test_the_first_thousand_are_read_and_that_is_told(converted):
    page = converted("EJ1223055\n" * 1_200, format="ris")
    assert len(page.all(".entries > li")) == 1_000
    assert "Only the first 1,000 entries were read" in page.text(".note.warn")
    assert "1 record" not in page.text("#result pre")
    assert page.text("#result pre").count("TY - ") == 1


@pytest.mark.parametrize("vector", [*VECTORS, *URLS])
def test_hostile_text_is_only_text(converted, opened, post, vector):
    text = (
        "@book{a, title={" + vector.replace("{", "(").replace("}", ")") + f"}}, url={{{vector}}}, note={{{vector}}}}}"
    )
    for pasted in (f"{text}\n{vector}\nDoe, J. (2001). {vector}. Acme.", f"Doe, J. (2001). {vector}. London: Acme."):
        for fields in ({}, {"format": "text"}, {"format": "csl-json"}):
            answer = post(pasted, **fields)
            assert answer.status_code in (200, 400)
            page = opened(answer)
            for box in page.all("textarea"):
                box.decompose()
            check(page)


def test_json_says_the_same(post, converted):
    told = post(MIXED, to="/convert.json", format="ris").get_json()
    assert [one["state"] for one in told["entries"]] == ["here", "absent", "read", "partly", "read", "unread"]
    assert told["entries"][0]["match"]["id"] == "gomez-2020-learning-boundaries"
    assert told["entries"][0]["record"]["title"] == "Learning at the Boundaries"
    assert told["entries"][1]["record"] is None
    assert told["entries"][3]["missing"] == ["Title is missing", "Date is missing"]
    assert told["entries"][5]["not_understood"] == ["nothing that anybody understands"]
    assert told["output"].strip("\n") == converted(MIXED, format="ris").one("#result pre").get_text()
    assert (told["records"], told["is_cut"]) == (4, False)


def test_other_sites_cannot_post_and_nothing_is_kept(client, web_library, post):
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post("/convert", data={"text": DOE}, headers=headers).status_code == 403
    before = web_library.store.mark()
    answer = post(MIXED)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    assert web_library.store.mark() == before


def test_the_texts_of_sources_stay_as_short_as_they_are_shown(tmp_path):
    long = "Teachers learn from each other every day. " * 50
    library = emptied(tmp_path / "library", display={"edweek": "snippet"})
    (id,) = fill(library, (incoming(BARE.__class__(title="A Day", doi="10.1234/day", body=long), "edweek", "k"),))
    client = create_app(library).test_client()
    for to in ("/convert", "/convert.json"):
        text = client.post(to, data={"text": "10.1234/day", "format": "jsonl"}, headers=OURS).get_data(as_text=True)
        assert id in text
        assert long[:600].strip() not in text
        assert text.count("every day") < 30
    library.close()


def test_it_costs_more_than_a_page_and_waits_its_turn():
    assert {"convert.made", "convert.made_json"} <= WHOLE
    assert "convert.form" in OPEN


def test_one_who_converts_too_often_is_told_when_to_come_back(tmp_path):
    library = emptied(tmp_path / "library", rate_limit=20)
    client = create_app(library).test_client()
    answers = [client.post("/convert", data={"text": DOE}, headers=OURS) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert json.loads(client.post("/convert.json", data={"text": DOE}, headers=OURS).data)["error"]["status"] == 429
    library.close()


def test_the_page_is_found_from_the_menu_and_the_help(read):
    assert [link["href"] for link in read("/").all(".site-nav a") if "Convert" in link.get_text()] == ["/convert"] * 2
    assert [link["href"] for link in read("/help").all("main a") if link.get_text() == "converted"] == ["/convert"]
    assert read("/convert").one("a[aria-current=page]").get_text() == "Convert"
