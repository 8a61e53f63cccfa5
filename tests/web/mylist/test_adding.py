"""Adding to My list without a browser: one record, several, a whole search; the cookie; tabs, floods and limits."""

import re
import threading
from http.cookies import SimpleCookie

import pytest

from litbase.library import bring_level, listing
from litbase.web import create_app
from tests.web.conftest import RECORDS, emptied, fill, plain, served
from tests.web.mylist.readers import ARTICLE, JSON, ORIGIN, OTHER, REPORT, Reader, rows
from tests.web.test_xss import check


def test_looking_makes_no_list_and_no_cookie(library, reader):
    before = rows(library)
    for address in ("/list", "/list.json", "/list.bib", "/list?style=apa", "/search?q=learning", f"/record/{ARTICLE}"):
        answer = reader.client.get(address)
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False), address
    for action in ("remove", "clear"):
        assert "Set-Cookie" not in reader.post(action, id=ARTICLE).headers
    assert rows(library) == before
    assert "l" in reader.page().texts("kbd")


def test_a_record_is_added_and_the_form_leads_back(reader):
    page = reader.page("/search?q=communities")
    button = page.one(f"[data-addlist][value={ARTICLE}]")
    assert (button["name"], button["aria-pressed"], button["formaction"]) == ("only", "false", "/list/add")
    answer = reader.post("add", only=ARTICLE, next="/search?q=communities")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=communities")
    page = reader.page("/search?q=communities")
    assert page.one(f"[data-addlist][value={ARTICLE}]")["aria-pressed"] == "true"
    assert page.one(f"[data-addlist][value={ARTICLE}]")["formaction"] == "/list/remove"
    assert page.text(".site-nav [data-listcount]") == "1"
    assert reader.page(f"/record/{ARTICLE}").one("[data-addlist]")["aria-pressed"] == "true"
    assert reader.ids() == [ARTICLE]


def test_a_record_is_taken_out_by_the_same_button(reader):
    reader.post("add", only=ARTICLE)
    assert reader.post("remove", only=ARTICLE, next=f"/record/{ARTICLE}").headers["Location"] == f"/record/{ARTICLE}"
    assert reader.ids() == []
    assert reader.page().one("[data-listcount]").has_attr("hidden")


def cookie(answer):
    [morsel] = SimpleCookie(answer.headers["Set-Cookie"]).values()
    return morsel


@pytest.mark.parametrize(
    ("public_url", "path", "secure"),
    [("http://127.0.0.1:8000", "/", ""), ("https://localhost/refs", "/refs", True), ("https://localhost", "/", True)],
)
def test_the_cookie_holds_only_a_token_and_the_store_only_its_hash(tmp_path, public_url, path, secure):
    library = emptied(tmp_path / "library", public_url=public_url)
    fill(library, RECORDS[:1])
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = create_app(library).test_client().post("/list/add", data={"only": ARTICLE}, headers=headers)
    morsel = cookie(answer)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", morsel.value)
    assert (morsel["path"], morsel["secure"], morsel["httponly"], morsel["samesite"]) == (path, secure, True, "Lax")
    assert 390 * 86400 < int(morsel["max-age"]) <= 400 * 86400
    stored = library.store._database.read(lambda c: c.exec_driver_sql("select * from lists").all())
    assert morsel.value not in repr(stored)
    shared = listing.share(library, morsel.value, with_notes=False)
    stored = library.store._database.read(lambda c: c.exec_driver_sql("select * from lists").all())
    assert shared not in repr(stored)
    assert shared != morsel.value
    library.close()


def test_a_token_from_outside_is_never_taken_over(reader, library):
    before = rows(library)
    reader.client.set_cookie("litbase-list", "A" * 43)
    assert cookie(reader.post("add", only=ARTICLE)).value != "A" * 43
    for odd in ("x", "", "A" * 44, "é", "A" * 4000, "../" * 10, "' or 1=1 --"):
        reader.client.set_cookie("litbase-list", odd)
        assert reader.list()["total"] == 0
    assert rows(library) == before + 1


def test_several_ticked_records_are_added_in_their_order_and_again_nothing(reader):
    status, told = reader.told("add", id=[REPORT, ARTICLE, REPORT])
    assert (status, told["added"], told["total"]) == (200, [REPORT, ARTICLE], 2)
    status, told = reader.told("add", id=[ARTICLE, OTHER])
    assert (told["added"], told["already"], told["total"]) == ([OTHER], [ARTICLE], 3)
    assert reader.ids() == [REPORT, ARTICLE, OTHER]


def test_nothing_ticked_is_said(reader, opened):
    answer = reader.post("add", next="/search?q=learning")
    page = opened(answer)
    assert "No record was selected" in page.text()
    assert page.link("Back") == "/search?q=learning"
    assert "Set-Cookie" not in answer.headers


def test_ids_that_do_not_exist_are_said(reader, opened):
    page = opened(reader.post("add", id=[ARTICLE, "nobody", "<script>alert(1)</script>", "a" * 70]))
    assert page.text("h1") == "1 record added to My list"
    assert "3 are not in this library" in page.text()
    check(page)
    assert reader.ids() == [ARTICLE]


def test_a_whole_search_is_added(reader, total, library):
    page = reader.page("/search?q=learning&type=report&not.descriptor=Topic+03")
    button = page.one("[data-addall]")
    assert reader.post("add", search=button["value"], next="/search?q=learning").status_code == 303
    assert reader.list()["total"] == 29
    assert "ED100003" not in reader.ids()


def test_a_list_has_a_limit_and_says_so(reader, opened, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 10)
    page = opened(reader.post("add", search="type=report"))
    assert page.text("h1") == "10 records added to My list"
    assert "20 found no room" in page.text()
    assert "A list can have 10 records, and yours has 10" in page.text()
    status, told = reader.told("add", id=[ARTICLE])
    assert (status, told["added"], told["over"], told["most"]) == (200, [], 1, 10)
    assert reader.list()["total"] == 10


@pytest.mark.parametrize("count", [200_000, 1_000_000])
def test_a_flood_of_ids_is_refused_or_bounded(reader, count):
    body = "id=" + "&id=".join(str(n) for n in range(count))
    headers = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
    answer = reader.client.post("/list/add", data=body, headers=headers)
    assert answer.status_code == 413
    assert answer.get_json()["error"]["status"] == 413
    assert reader.list()["total"] == 0


def test_many_ids_of_nobody_are_counted_and_ten_are_named(reader):
    _, told = reader.told("add", id=[f"nobody-{n}" for n in range(20_000)])
    assert (told["unknown_count"], len(told["unknown"]), told["total"]) == (20_000, 10, 0)


def test_two_tabs_that_add_at_once_lose_nothing(application, library):
    first = Reader(application)
    first.post("add", only=ARTICLE)
    token = first.client.get_cookie("litbase-list").value
    ids = [f"ED1000{number:02d}" for number in range(30)]
    answers = []

    def tab(part):
        client = application.test_client()
        client.set_cookie("litbase-list", token)
        for id in part:
            answers.append(client.post("/list/add", data={"only": id}, headers=ORIGIN).status_code)

    tabs = [threading.Thread(target=tab, args=(ids[n::3],)) for n in range(3)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert set(answers) == {303}
    assert set(first.ids()) == {ARTICLE, *ids}
    assert first.page().text(".site-nav [data-listcount]") == "31"


def test_a_page_asks_the_store_once_for_the_list_and_only_with_a_cookie(reader, stranger, library, monkeypatch):
    asked = []
    glance = library.store.lists.glance
    monkeypatch.setattr(library.store.lists, "glance", lambda *given: asked.append(given) or glance(*given))
    reader.post("add", only=ARTICLE)
    asked.clear()
    stranger.page("/search?q=learning")
    assert asked == []
    reader.page("/search?q=learning")
    assert len(asked) == 1


def test_lists_nobody_used_are_forgotten_at_a_start(own_library):
    library, reader = own_library, Reader(served(own_library))
    reader.post("add", only=ARTICLE)
    assert listing.forget_unused(library) == 0
    old = "update lists set touched_at = '2001-01-01T00:00:00.000Z'"
    library.store._database.write(lambda c: c.exec_driver_sql(old))
    assert listing.forget_unused(library) == 1
    assert reader.list()["total"] == 0


def test_what_is_added_stays_when_the_index_is_made_anew(reader, library):
    reader.post("add", only=ARTICLE)
    bring_level(library, rebuild=True)
    assert reader.ids() == [ARTICLE]
    assert plain(3).title in reader.page("/search?q=title:3").html
