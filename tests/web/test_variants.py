"""The pages about forms of names: candidates with reasons, a preview before anything is joined, undoing."""

from urllib.parse import urlencode

import pytest

from litbase.library import bring_level
from litbase.library.variants import join, separate, steps
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming, post, sign_in

XSS = "<script>alert(1)</script>"


def work(number: int, family: str, given: str, journal: str = "Journal of Education") -> Record:
    return Record(
        type="article-journal",
        title=f"Work {number} & more",
        author=(Name(family=family, given=given), Name(family="Bell", given="Ida")),
        issued=PartialDate(year=2001),
        container_title=journal,
        publisher="Press",
    )


RECORDS = (
    work(1, "Larkwood", "John"),
    work(2, "Larkwood", "John A."),
    work(3, "Larkwood", "John A.", "J. Educ."),
    work(4, "Other", XSS),
)
JOHN, LONGER = "Larkwood, John", "Larkwood, John A."


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, tuple(incoming(one, "eric", one.title) for one in RECORDS))
    yield made
    made.close()


@pytest.fixture
def editor(library):
    app = create_app(library)
    app.testing = False
    client = app.test_client()
    sign_in(client, library, "editor", "Ann")
    client.reader = app.test_client()
    return client


def asked(action: str = "preview", **given: object) -> str:
    return f"/variants/{action}?{urlencode({'kind': 'author', **given}, doseq=True)}"


def form_of(page, action):
    """The fields of the form of *page* that is posted to *action*, as a browser would send them."""
    [form] = page.all(f'form[action="/variants/{action}"]')
    return {one["name"]: one.get("value", "") for one in form.select("input[name]")}


def test_candidates_have_reasons_counts_examples_and_a_choice(editor, opened):
    page = opened(editor.get("/variants"))
    assert page.text("h1") == "Variants of authors"
    assert page.texts("article h2") == [f"{LONGER} or {JOHN}"]
    assert "Both wrote with Bell, Ida" in page.texts("article li")
    assert [radio["value"] for radio in page.all('input[name="into"][type="radio"]')] == [LONGER, JOHN]
    assert "Work 1 & more" in page.text("article")
    told = editor.get("/variants.json").get_json()
    assert (told["total"], told["pairs"][0]["forms"][0]["form"]) == (1, LONGER)
    assert page.all('a[aria-current="page"]')


def test_join_by_way_of_the_preview_then_undo(editor, library, opened):
    preview = opened(editor.get(asked(form=[LONGER, JOHN], into=LONGER)))
    assert "1 record will be found elsewhere" in preview.text("p.lede")
    assert "also printed as" in preview.text("section")
    assert preview.texts("p.small bdi") == [JOHN]  # rather under this one
    assert preview.texts(".notices li") == []
    slip = opened(editor.get(asked(form=["Larkwod, John"], into=LONGER)))
    assert slip.text(".notices li").startswith("No record prints Larkwod, John. Is it a slip of typing?")
    answer = post(editor, "/variants/join", {**form_of(preview, "join"), "why": "same person"})
    assert answer.status_code == 303
    bring_level(library)
    after = opened(editor.get(answer.headers["Location"]))
    assert "Decided" in after.text("[role=status].note")
    assert after.all("article") == []
    [step] = steps(library)
    assert (step.who, step.why, step.pairs) == ("Ann", "same person", ((JOHN, LONGER),))
    decided = opened(editor.get("/variants/decided"))
    assert f"{JOHN} is found under {LONGER}" in decided.text("ol.timeline")
    assert post(editor, "/variants/undo", {"kind": "author", "run": step.run}).status_code == 303
    bring_level(library)
    assert "undone" in opened(editor.get("/variants/decided")).text("ol.timeline")
    assert len(opened(editor.get("/variants")).all("article")) == 1


def test_different_is_one_click_and_never_listed_again(editor, library, opened):
    page = opened(editor.get("/variants"))
    answer = post(editor, "/variants/separate", form_of(page, "separate"))
    assert answer.status_code == 303
    after = opened(editor.get("/variants"))
    assert "nothing to look at" in after.text("main")
    assert steps(library)[0].verdict == "different"


def test_the_page_of_an_author_tells_everybody_and_lets_editors_separate(editor, library, opened):
    join(library, "author", [JOHN], LONGER, who="Ben")
    bring_level(library)
    answer = editor.reader.get("/authors/larkwood-john")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/authors/larkwood-john-a")
    read = opened(editor.reader.get("/authors/larkwood-john-a"))
    assert f"Also printed as {JOHN}" in read.text(
        "header.rec-head" if read.all("header.rec-head") else "article header"
    )
    assert "separate" not in read.text("article header")
    assert editor.reader.get("/authors/larkwood-john-a.json").get_json()["printed"] == [JOHN]
    edits = opened(editor.get("/authors/larkwood-john-a"))
    preview = opened(editor.get(edits.link(f"separate {JOHN}")))
    assert preview.text("h1") == "Separate authors?"
    assert post(editor, "/variants/separate", form_of(preview, "separate")).status_code == 303
    bring_level(library)
    assert editor.reader.get("/authors/larkwood-john").status_code == 200


def test_a_search_for_the_joined_form_says_what_was_searched(editor, library, opened):
    join(library, "author", [JOHN], LONGER, who="Ben")
    bring_level(library)
    page = opened(editor.reader.get("/search", query_string={"author": JOHN}))
    assert f"{JOHN} is found under {LONGER}" in page.text("main")
    assert editor.reader.get("/search.json", query_string={"author": JOHN}).get_json()["total"] == 3


def test_two_editors_the_second_is_told_and_nothing_is_changed(editor, library, opened):
    preview = opened(editor.get(asked(form=[LONGER, JOHN], into=LONGER)))
    separate(library, "author", LONGER, JOHN, who="Ben")
    answer = post(editor, "/variants/join", form_of(preview, "join"))
    assert answer.status_code == 409
    assert "somebody decided about these names meanwhile" in answer.get_data(as_text=True)
    assert [step.who for step in steps(library)] == ["Ben"]


def test_forms_that_are_set_apart_are_not_joined_by_way_of_a_third(editor, library):
    separate(library, "author", JOHN, "Bell, Ida", who="Ben")
    join(library, "author", [JOHN], LONGER, who="Ben")
    assert editor.get(asked(form="Bell, Ida", into=LONGER)).status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        asked(),
        asked(form="", into=""),
        asked(form="a", into="a"),
        asked(form="x" * 2000, into="b"),
        asked(do="separate", form="a", into="a"),
        asked(do="separate", into="a"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_page(editor, address):
    assert editor.get(address).status_code == 400


@pytest.mark.parametrize("query", ["kind=nosuch", "page=0", "page=99999", "page=x", "done=x", "done=7"])
def test_odd_addresses_still_show_the_page(editor, query):
    assert editor.get(f"/variants?{query}").status_code == 200
    assert editor.get(f"/variants/decided?{query}").status_code == 200


def test_hostile_names_show_as_text(editor, library):
    form = f"Other, {XSS}"
    for address in (asked(form=form, into='"><img src=x onerror=alert(1)>'), asked(do="separate", form=form, into=XSS)):
        html = editor.get(address).get_data(as_text=True)
        assert "&lt;script&gt;" in html
        assert XSS not in html
        assert "<img src=x" not in html
    join(library, "author", [form], XSS, who=XSS, why=XSS)
    html = editor.get("/variants/decided").get_data(as_text=True)
    assert "&lt;script&gt;" in html
    assert XSS not in html


def test_undoing_nothing_is_refused(editor):
    assert post(editor, "/variants/undo", {"run": "x"}).status_code == 400
    assert post(editor, "/variants/undo", {"run": "99"}).status_code == 404


def test_readers_are_led_to_the_door(editor):
    assert editor.reader.get("/variants").status_code == 302
    assert post(editor.reader, "/variants/join", {"form": JOHN, "into": LONGER}).status_code == 403
