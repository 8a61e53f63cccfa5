"""Hostile texts in every field of the form of a record: the form, its conflict and its pieces tell them as text."""

import pytest

from litbase.library.editing import EDITABLE, edit
from litbase.record.text import clean, squash
from litbase.web import create_app
from tests.web.conftest import ARTICLE, emptied, fill, incoming, post, sign_in
from tests.web.test_xss_everywhere import HOSTILE, PLAIN, parts, tree

ID = "EJ1223055"
FORM = f"/record/{ID}/edit"
FLOWS = ("new", "wrong", "again", "conflict", "preview", "fields")


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    library = emptied(tmp_path_factory.mktemp("xss") / "library")
    fill(library, (incoming(ARTICLE, "eric", ID),))
    client = create_app(library).test_client()
    sign_in(client, library, "editor", "Ann")
    edit(library, ID, {"note": "Theirs"}, who="Ben", why=HOSTILE[0])
    yield client
    library.close()


def sent(text, **more):
    values = {
        name: text for name in EDITABLE if name not in ("type", "author", "editor", "translator", "chair", "discussant")
    }
    rows = {"people": "1", "family": [text] * 2, "given": [text, ""], "role": [text, "editor"]}
    return {
        **values,
        **rows,
        "type": "thesis",
        "why": text,
        "entry": text,
        "draft": text,
        "style": text,
        "version": "2",
    } | more


def page(client, flow, text):
    match flow:
        case "new":
            answer = post(client, "/new", sent(text, issued="2001", page="9-1", type=text))
        case "wrong":
            answer = post(client, FORM, sent(text, page="9-1"))
        case "again":
            answer = post(client, FORM, sent(text, do=text))
        case "conflict":
            answer = post(client, FORM, sent(text, version="1"))
        case "preview":
            answer = post(client, "/edit/preview", sent(text, page="9-1"))
        case "fields":
            cookie = client.get_cookie("litbase")
            assert cookie
            answer = post(client, FORM, sent(text, do="terms"))
    assert answer.status_code in (200, 409, 422), (flow, text, answer.status_code)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("flow", FLOWS)
def test_what_is_typed_is_told_as_text(editor, flow):
    usual = {part for text in (PLAIN[0], "plain words") for part in parts(tree(page(editor, flow, text)))}
    for n, text in enumerate(HOSTILE):
        if n % len(FLOWS) == FLOWS.index(flow) or n % 7 == 0:
            root = tree(page(editor, flow, text))
            assert parts(root) <= usual, text
            if flow != "preview":
                told = squash(clean(root.text()))
                values = [squash(clean(each.attributes.get("value") or "")) for each in root.css("input")]
                assert squash(clean(text)) in told or squash(clean(text)) in values


def test_the_json_of_a_form_is_no_page(editor):
    for text in HOSTILE[::9]:
        answer = post(editor, "/edit/check.json", sent(text))
        assert answer.mimetype == "application/json"
        assert editor.get("/edit/terms.json", query_string={"q": text}).mimetype == "application/json"
