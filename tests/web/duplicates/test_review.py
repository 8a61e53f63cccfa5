"""The review of duplicates: the queue, a pair field by field, several at once, any two records; and who may."""

from urllib.parse import urlencode

import pytest

from litbase.library.duplicates import judge, merge, queue
from litbase.library.editing import edit
from tests.web.conftest import post, sign_in
from tests.web.duplicates.conftest import ID, QUEUE, XSS, A, B, pair, seen, state, ticked

# the queue


def test_the_queue_shows_pairs_with_reasons_differences_and_what_is_kept(editor, opened):
    page = opened(editor.get(QUEUE))
    assert [text.split(". ")[1] for text in page.texts("[data-hit] h2")] == [
        f"{A} and {B}", f"{ID(2)} and {ID(3)}", f"{ID(4)} and {ID(5)}",
    ]  # fmt: skip
    first = page.texts("[data-hit]")[0]
    assert "99% Same author, same title" in first
    assert "Squares and Streets" in first
    rows = page.all("#p1 tbody tr")
    told = {row.th.get_text(): " ".join(row.get_text(" ").split()) for row in rows}
    assert set(told) == {"Title", "Volume", "Publisher", "ERIC number"}
    assert "Only this record has it" in told["Publisher"]
    assert [one.get_text().strip() for one in page.all("#p1 tbody del")][:1] == ["and"]
    assert "Journal of Towns" not in " ".join(told.values())


def test_pairs_of_a_search_alone(editor, opened):
    page = opened(editor.get(f"{QUEUE}?q=title%3Atwice"))
    assert len(page.all("[data-hit]")) == 1
    assert page.one("#in-q")["value"] == "title:twice"
    assert "No pair in this search" in opened(editor.get(f"{QUEUE}?q=title%3Aalone")).text()


def test_wrong_parameters_are_dropped_or_said(editor):
    for query in ("page=99", "page=x", "per=100000", "at=x&did=nosuch&v=1", f"did={A}&v=1", "did=%00&v=99999999999",
                  "from=zz", "q=%28%22", f"q={'x' * 3000}", "tick=x", "type=nosuch"):  # fmt: skip
        assert editor.get(f"{QUEUE}?{query}").status_code == 200, query


def test_a_verdict_leads_to_the_next_pair_and_can_be_undone(editor, library, opened):
    page = opened(editor.get(QUEUE))
    form = page.one("#p1 form")
    answer = post(editor, form["action"], seen(library, do="version"))
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#done")
    following = opened(editor.get(answer.headers["Location"]))
    assert following.text("#done").startswith(f"Said to be versions of one work: {B} and {A}.")
    assert following.all("ol > li")[0].select("#done")
    assert following.one("#p1 h2").get_text().strip().endswith(f"{ID(2)} and {ID(3)}")
    undo = following.one("#done form")
    fields = {one["name"]: one["value"] for one in undo.select("input") if one["name"] != "token"}
    back = post(editor, undo["action"], fields)
    assert back.headers["Location"].startswith(QUEUE)
    assert queue(library).total == 3
    assert "Said to be" not in opened(editor.get(answer.headers["Location"])).text()


@pytest.mark.parametrize("do", ["same", "version", "related", "part-of", "has-part", "different"])
def test_every_verdict(editor, library, do):
    assert post(editor, pair(), seen(library, do=do, why="looked")).status_code == 303
    assert library.store.verdicts([A])[A, B].verdict == do
    assert library.store.history(A)[-1].why == "looked"


# a pair


def test_a_pair_has_both_its_fields_and_what_a_merge_makes(editor, opened):
    page = opened(editor.get(pair()))
    assert page.one("input[name=into][checked]")["value"] == B  # which says more
    assert page.one("input[name=keep-volume][checked]")["value"] == "other"
    assert "Larkwood, I. (2001). Squares, streets. Journal of Towns, 2." in page.text(".cite-text")
    other = opened(editor.get(pair(into=A)))
    assert other.one("input[name=keep-volume][checked]")["value"] == "this"


def test_choices_are_previewed_then_merged_then_undone(editor, library, opened):
    chosen = seen(library, into=A, why="one work", **{"keep-volume": "other", "keep-publisher": "this"})
    page = opened(post(editor, pair(), {**chosen, "do": "preview"}))
    assert "Squares and streets. Journal of Towns, 2." in page.text(".cite-text")
    assert "2 values other than proposed" in page.text()
    assert page.one("#why")["value"] == "one work"
    assert state(library, B) == "public"
    answer = post(editor, pair(), {**chosen, "do": "merge"})
    assert answer.status_code == 303
    record = library.store.get(A).record
    assert (record.volume, record.publisher, record.title) == ("2", "", "Squares and Streets")
    assert {one.field for one in library.store.edits(A)} == {"volume", "publisher"}
    assert state(library, B) == "merged"
    page = opened(editor.get(answer.headers["Location"]))
    assert page.text("#done").startswith(f"Merged: {B} and {A}.")
    undo = page.one("#done form")
    post(editor, undo["action"], {one["name"]: one["value"] for one in undo.select("input")})
    assert state(library, B) == "public"
    assert library.store.get(A).record.volume == "1"


def test_the_other_way_round_is_shown_before_it_is_merged(editor, library, opened):
    page = opened(editor.get(pair()))
    fields = {one["name"]: one["value"] for one in page.all("#pair input[checked], #pair input[type=hidden]")}
    assert fields["drawn"] == B
    asked = {**fields, "into": A, "keep-publisher": "this", "do": "merge"}
    again = opened(post(editor, pair(), asked))
    assert "Nothing is merged yet" in again.text(".note")
    assert state(library, B) == "public"
    told = {one["name"]: one["value"] for one in again.all("#pair input[checked], #pair input[type=hidden]")}
    assert (told["drawn"], told["keep-volume"], told["keep-publisher"]) == (A, "this", "this")
    assert post(editor, pair(), {**told, "do": "merge"}).status_code == 303
    assert {one.field for one in library.store.edits(A)} == {"publisher"}


def test_what_is_proposed_is_no_edit(editor, library, opened):
    page = opened(editor.get(pair()))
    fields = {one["name"]: one["value"] for one in page.all("#pair input[checked]")}
    assert post(editor, pair(), seen(library, do="merge", **fields)).status_code == 303
    assert library.store.edits(B) == ()


def test_who_saw_another_version_of_either_changes_nothing(editor, library, opened):
    form = seen(library)
    edit(library, B, {"title": "Another"}, who="Ben")
    for do in ("merge", "different", "has-part"):
        answer = post(editor, pair(), {**form, "do": do})
        assert answer.status_code == 409, do
        assert opened(answer).text("h1") == "Somebody else was quicker"
    assert (state(library, A), state(library, B)) == ("public", "public")


def test_a_pair_merged_meanwhile_is_no_pair(editor, library):
    form = seen(library)
    merge(library, [A], B, who="Ben")
    assert editor.get(pair()).status_code == 409
    assert post(editor, pair(), {**form, "do": "merge"}).status_code == 409


@pytest.mark.parametrize(
    ("path", "status"),
    [(pair("nosuch", A), 404), (pair(A, "nosuch"), 404), (pair(A, A), 400), (pair(A, A.lower()), 400),
     (pair("%00", XSS), 404), (pair(into="nosuch"), 200)],
)  # fmt: skip
def test_what_is_no_pair(editor, path, status):
    answer = editor.get(path)
    assert answer.status_code == status
    assert XSS not in answer.get_data(as_text=True)


@pytest.mark.parametrize("data", [{"do": "x"}, {}, {"do": "merge", "seen": "x"}, {"do": "merge", "seen_other": ""}])
def test_a_form_that_lacks_something_changes_nothing(editor, library, data):
    assert post(editor, pair(), {**seen(library), **data}).status_code == 400
    assert queue(library).total == 3


def test_hostile_values_are_text(editor, library):
    for path in (QUEUE, pair(ID(2), ID(3)), f"{QUEUE}/several?do=merge&pair={ID(2)}+{ID(3)}",
                 f"{QUEUE}/find?one={ID(3)}&with={XSS}", f"{QUEUE}?q={XSS}"):  # fmt: skip
        text = editor.get(path).get_data(as_text=True)
        assert XSS not in text, path
        assert "&lt;script&gt;" in text, path


# several


def test_ticked_pairs_are_shown_then_merged_each_by_itself(editor, library, opened):
    page = opened(editor.get(f"{QUEUE}?tick=all"))
    values = [one["value"] for one in page.all("input[name=pair][checked]")]
    assert len(values) == 3
    shown = opened(editor.get(f"{QUEUE}/several?{urlencode({'do': 'merge', 'pair': values}, doseq=True)}"))
    assert shown.text("h1") == "Merge 3 pairs?"
    sent = [one["value"] for one in shown.all("input[name=pair]")]
    edit(library, ID(2), {"title": "Another"}, who="Ben")
    done = opened(post(editor, f"{QUEUE}/several", {"do": "merge", "pair": sent, "why": "an import"}))
    assert done.text("h1") == "2 pairs merged"
    assert "1 was not" in done.text(".note")
    assert "version" in done.texts("main li")[0]
    assert [state(library, ID(n)) for n in (2, 3)] == ["public", "public"]
    undo = done.all("main li form")[0]
    post(editor, undo["action"], {one["name"]: one["value"] for one in undo.select("input")})
    assert sum(state(library, ID(n)) == "merged" for n in range(6)) == 1


def test_ticked_pairs_are_set_apart(editor, library, opened):
    sent = [ticked(library, A, B), ticked(library, ID(4), ID(5))]
    done = opened(post(editor, f"{QUEUE}/several", {"do": "different", "pair": sent}))
    assert done.text("h1") == "2 pairs said to be different"
    assert queue(library).total == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_none_too_many_and_nonsense_are_refused(editor, library, method):
    def asked(**data):
        if method == "get":
            return editor.get(f"{QUEUE}/several?{urlencode(data, doseq=True)}").status_code
        return post(editor, f"{QUEUE}/several", data).status_code

    assert asked(do="merge", pair=[f"a{n} b 1 1" for n in range(51)]) == 400
    assert asked(do="nosuch", pair=[f"{A} {B} 1 1"]) == 400
    if method == "get":
        assert asked(do="merge") == 400
        assert asked(do="merge", pair=["nosuch other", f"{A}", XSS]) == 200
    else:
        assert asked(do="merge", pair=[A]) == 400
        assert asked(do="merge", pair=[f"{A} {B} 1 x"]) == 400
    assert queue(library).total == 3


# any two


@pytest.mark.parametrize(
    "given",
    [B, B.lower(), f"https://library.example/x/record/{B}", f"http://127.0.0.1:8000/record/{B}?q=x#top"],
)
def test_any_record_is_named_by_id_or_address(editor, given):
    answer = editor.get(f"{QUEUE}/find?{urlencode({'one': A, 'with': given})}")
    assert answer.headers["Location"] == pair()


@pytest.mark.parametrize("given", ["10.5555/twice", "https://doi.org/10.5555/twice", "doi:10.5555/TWICE"])
def test_any_record_is_named_by_its_doi(editor, given):
    answer = editor.get(f"{QUEUE}/find?{urlencode({'one': A, 'with': given})}")
    assert answer.headers["Location"] == pair(A, ID(4))


def test_what_names_no_other_record_is_said(editor, library, opened):
    assert "Merge with which record?" in opened(editor.get(f"{QUEUE}/find?one={A}")).text()
    for given in ("nosuch", A, "https://[", "10.1/x y", "\x00"):
        answer = editor.get(f"{QUEUE}/find?{urlencode({'one': A, 'with': given})}")
        assert answer.status_code in (200, 404), given
    assert editor.get(f"{QUEUE}/find?one=nosuch").status_code == 404
    assert opened(editor.get(f"/record/{A}")).link("Merge with…") == f"{QUEUE}/find?one={A}"


def test_a_merged_record_names_the_one_it_went_into(editor, library):
    merge(library, [B], ID(6), who="Ben")
    answer = editor.get(f"{QUEUE}/find?{urlencode({'one': A, 'with': B})}")
    assert answer.headers["Location"] == pair(A, ID(6))


# who may


@pytest.mark.parametrize("path", [QUEUE, pair(), f"{QUEUE}/several", f"{QUEUE}/find?one={A}"])
def test_readers_may_not(app, library, path):
    assert app.test_client().get(path).status_code == 302
    reader = app.test_client()
    sign_in(reader, library, "reader", "Zoe")
    assert reader.get(path).status_code == 403
    assert post(reader, path, seen(library, do="merge")).status_code in (403, 405)
    assert queue(library).total == 3


def test_a_judged_pair_says_so_when_it_is_looked_at_again(editor, library, opened):
    judge(library, A, B, "version", who="Ben")
    assert opened(editor.get(pair())).text("h1") == "Are they one work?"
