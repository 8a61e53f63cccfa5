"""What is pasted fills the form; what services and people write is only text."""

import json

import pytest

from tests.elsewhere import Said
from tests.library.test_lookup import CROSSREF
from tests.web.conftest import Page, post
from tests.web.start.conftest import started, typed
from tests.web.vectors import vectors

TEXTS = {
    "BibTeX": "@article{a, title={In a File}, author={Roe, Ann}, year=2001}",
    "RIS": "TY  - JOUR\r\nTI  - In a File\r\nAU  - Roe, Ann\r\nPY  - 2001\r\nER  - \r\n",
    "NBIB": "PMID- 1\nTI  - In a File\nFAU - Roe, Ann\nDP  - 2001\n",
    "CSL JSON": '[{"id":"a","type":"book","title":"In a File","author":[{"family":"Roe","given":"Ann"}]}]',
    "a reference": "Roe, Ann. (2001). In a File. Journal of Examples, 4(2), 10-19.",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_pasted_entry_fills_the_form(client, server, kind):
    fields = typed(started(client, text=TEXTS[kind], read="1"))
    assert (fields["title"], fields["family"]) == (["In a File"], ["Roe"])
    assert server.asked == []


def test_an_entry_in_the_wrong_field_is_read_too(client):
    assert typed(started(client, given=TEXTS["BibTeX"]))["title"] == ["In a File"]


def test_a_number_in_the_wrong_box_is_looked_up(client):
    assert typed(started(client, text=" doi:10.5555/Example.1\n", read="1"))["title"] == ["Schools & their pupils"]


def test_what_is_not_in_the_form_is_told(client):
    page = started(client, text="@book{a, title={Known}, shelf={Upper room}}\n", read="1")
    assert "Not understood, or not part of the form: shelf: Upper room" in page.text("#start [role=status]")


def test_several_entries_are_offered_one_by_one_and_as_an_import(client, library, server):
    text = "@book{a, title={One}}\n\n@book{b, title={Two}}\n\n10.5555/Example.1\n"
    page = started(client, text=text, read="1")
    assert typed(page).get("title") is None
    assert page.texts("#entries .t") == ["One", "Two", "10.5555/example.1"]
    assert server.asked == []
    assert typed(started(client, text=text, only="2"))["title"] == ["Two"]
    page_of_two = started(client, text=text, only="2")
    assert "@book{a" in page_of_two.one("#pasted").get_text()
    asks = page.one("#entries button[name=ask]")["value"]
    assert typed(started(client, text=text, ask=asks))["title"] == ["Schools & their pupils"]
    sent = post(client, page.one("#entries button[formaction]")["formaction"], {"text": text})
    assert sent.status_code == 303
    assert library.store.count() == 0


@pytest.mark.parametrize("only", ["0", "9", "-1", "x", "²", "9" * 50])
def test_an_entry_that_is_not_there_leads_back_to_the_list(client, only):
    page = started(client, text="@book{a, title={One}}\n@book{b, title={Two}}", only=only)
    assert page.texts("#entries .t") == ["One", "Two"]


@pytest.mark.parametrize("text", ["scribble", "<html><body>no work</body></html>", '{"x": 1}', "\0\1\2\3" * 50])
def test_a_text_that_says_nothing_comes_back(client, text):
    page = started(client, 422, text=text, read="1")
    assert page.text("#start-e")
    assert typed(page).get("title") is None


def test_what_was_typed_in_the_form_comes_back_where_nothing_was_found(client):
    along = {"people": "1", "title": "Half a title", "type": "book", "family": "Roe", "given": "10.5555/nothing"}
    page = started(client, 422, **along)
    assert typed(page)["title"] == ["Half a title"]


# what services and people write is only text


@pytest.mark.parametrize("vector", vectors()[::13])
def test_no_answer_of_a_service_enters_the_page_as_markup(client, server, vector):
    work = json.loads(CROSSREF)
    work["message"] |= {
        "title": [vector], "author": [{"family": vector, "given": vector}], "container-title": [vector],
        "publisher": vector, "abstract": vector, "URL": vector, "volume": vector,
    }  # fmt: skip
    server.says("/works/10.5555%2Fexample.1", Said(json.dumps(work)))
    text = f"@book{{a, title={{{vector}}}, shelf={{{vector}}}}}\n@book{{b, title={{Two}}}}"
    for page in (started(client, given="10.5555/Example.1"), started(client, text=text, read="1")):
        assert page.all("script:not([src])") == []
        assert {script["src"].partition("?")[0] for script in page.all("script")} <= {
            f"/static/{name}.js" for name in ("litbase", "edit")
        }
        for element in page.all("*"):
            assert not [name for name in element.attrs if name.startswith("on") or name == "style"], element
        assert page.all("iframe, object, embed, svg[onload], img:not([src^='/'])") == []
        assert [a["href"] for a in page.all("a[href]") if a["href"].lower().startswith(("javascript", "data"))] == []


@pytest.mark.parametrize("vector", vectors()[::13])
def test_nor_what_was_typed(client, vector):
    answer = post(client, "/new/start", {"given": vector})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code in (200, 422)
    assert page.all("script:not([src])") == []
    answer = client.get("/new", query_string={"from": vector})
    assert Page(answer.get_data(as_text=True)).all("script:not([src])") == []
