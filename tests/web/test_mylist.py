"""My list without a browser: added to, changed, shared and exported by forms; hostile input; other people's lists."""

import json
import re
import threading
from http.cookies import SimpleCookie

import html5lib
import pytest
from flask import template_rendered

from litbase.formats import FORMATS
from litbase.formats.bibtex import read as bibtex
from litbase.library import bring_level, listing
from litbase.record.reading import Document, Reading
from litbase.record.record import Record
from litbase.styles import STYLES
from litbase.web import create_app
from litbase.web.views.mylist import AddedPage, BibliographyPage, ClearPage, ListPage
from tests.web.conftest import RECORDS, Page, emptied, fill, incoming, plain
from tests.web.test_xss import VECTORS, check

ORIGIN = {"Origin": "http://localhost"}
JSON = {**ORIGIN, "Accept": "application/json"}
ARTICLE, REPORT, OTHER = "EJ1223055", "ED100003", "ED100004"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The library of the web tests, in which readers have their lists; its records may not be changed."""
    made = emptied(tmp_path_factory.mktemp("mylist") / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def own_library(tmp_path):
    """The same, to be changed."""
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


def serving(library):
    made = create_app(library)
    made.testing = False
    return made


@pytest.fixture(scope="module")
def application(library):
    return serving(library)


class Reader:
    """A reader with a browser of their own, without scripts."""

    def __init__(self, application):
        self.client = application.test_client()

    def post(self, action, headers=ORIGIN, **data):
        return self.client.post(f"/list/{action}", data=data, headers=headers)

    def told(self, action, **data):
        answer = self.post(action, JSON, **data)
        return answer.status_code, answer.get_json()

    def page(self, address="/list"):
        return Page(self.client.get(address).get_data(as_text=True))

    def list(self, address="/list.json"):
        return self.client.get(address).get_json()

    def ids(self, address="/list.json"):
        return [entry["id"] for entry in self.list(address)["entries"]]

    def share(self, **data):
        self.post("share", do="start", **data)
        return str(self.page().one(".sharelink a")["href"])


@pytest.fixture
def reader(application):
    return Reader(application)


@pytest.fixture
def stranger(application):
    return Reader(application)


def rows(library):
    return library.store._database.read(lambda c: c.exec_driver_sql("select count(*) from lists").scalar())


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


def test_notes_and_marks(reader, opened):
    reader.post("add", id=[ARTICLE, REPORT, OTHER])
    answer = reader.post("note", only=ARTICLE, note="Read\r\nthis  ", mark="keep", next=f"/list#entry-{ARTICLE}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/list#entry-{ARTICLE}")
    reader.post("note", only=REPORT, mark="drop")
    reader.post("note", only=ARTICLE, mark="seen")
    entries = reader.list()["entries"]
    assert [(e["note"], e["mark"]) for e in entries] == [("Read\nthis", "seen"), ("", "drop"), ("", "")]
    page = reader.page()
    assert page.texts(".marks a") == ["All 3", "Seen 1", "Drop 1", "Not marked 1"]
    assert reader.ids("/list.json?mark=drop") == [REPORT]
    assert reader.ids("/list.json?mark=none") == [OTHER]
    assert reader.client.get("/list.ris?mark=seen").get_data(as_text=True).count("ER  - ") == 1
    assert "No record has this mark" in reader.page("/list?mark=keep").text()


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"only": ARTICLE, "note": "x" * 5001}, 400, "5,001"),
        ({"only": ARTICLE, "note": "x" * 1_000_000}, 400, "1,000,000"),
        ({"only": ARTICLE, "note": "x" * 2_000_000}, 413, ""),
        ({"only": ARTICLE, "mark": "best"}, 400, "seen, keep, drop"),
        ({"only": "nobody", "note": "x"}, 404, "not in your list"),
        ({"only": "", "note": "x"}, 404, "not in your list"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_and_said(reader, opened, data, status, said):
    reader.post("add", only=ARTICLE)
    reader.post("note", only=ARTICLE, note="kept")
    answer = reader.post("note", **data)
    assert answer.status_code == status
    assert said in opened(answer).text()
    assert reader.list()["entries"][0]["note"] == "kept"


@pytest.mark.parametrize("vector", VECTORS)
def test_a_hostile_note_is_only_text(reader, stranger, vector):
    reader.post("add", only=ARTICLE)
    reader.post("note", only=ARTICLE, note=vector)
    link = reader.share(notes="1")
    own, others = reader.page(), stranger.page(link)
    own.one("textarea").extract()
    for page in (own, others):
        check(page)
    if vector.isprintable():
        assert reader.page().one("textarea").get_text() == vector
        assert stranger.page(link).one(".readnote").get_text() == vector


def test_records_are_moved_without_dragging(reader):
    reader.post("add", id=[ARTICLE, REPORT, OTHER])
    for to, order in (("up", [REPORT, ARTICLE, OTHER]), ("down", [ARTICLE, REPORT, OTHER]),
                      ("last", [ARTICLE, OTHER, REPORT]), ("first", [REPORT, ARTICLE, OTHER])):  # fmt: skip
        assert reader.post("move", only=REPORT, to=to, next="/list").status_code == 303
        assert reader.ids() == order
    assert reader.post("move", only=REPORT, to="sideways").status_code == 400
    assert reader.post("move", only="nobody", to="up").status_code == 404


def test_orders(reader):
    reader.post("add", id=[OTHER, ARTICLE])
    reader.post("add", search="q=zymurgy")
    reader.post("add", search="q=title:lernen")
    own = reader.ids()
    assert reader.ids("/list.json?order=added") == own[::-1]
    by_title = reader.list("/list.json?order=title")["entries"]
    assert [e["title"][:6] for e in by_title] == ["Improv", "Intern", "Özgür ", "Report"]
    assert [e["title"][:6] for e in reader.list("/list.json?order=year")["entries"]] == [
        "Intern", "Improv", "Report", "Özgür ",
    ]  # fmt: skip
    authors = [e["title"][:6] for e in reader.list("/list.json?order=author")["entries"]]
    assert authors == ["Report", "Improv", "Intern", "Özgür "]
    assert reader.ids("/list.json?order=nonsense") == own
    page = reader.page("/list?order=title")
    assert page.all("button[name=to]") == []
    assert page.one("#f-order option[selected]")["value"] == "title"


def test_everything_is_removed_after_a_question(reader):
    reader.post("add", id=[ARTICLE, REPORT])
    page = Page(reader.post("clear", next="/list").get_data(as_text=True))
    assert page.text("h1") == "Remove all 2 records from My list?"
    assert reader.list()["total"] == 2
    reader.post("clear", sure="1", next="/list")
    assert reader.list()["total"] == 0
    assert "Nothing is in your list yet" in reader.page().text()


def test_a_note_is_not_lost_by_a_slip(reader):
    reader.post("add", id=[ARTICLE, REPORT, OTHER])
    reader.post("note", only=REPORT, note="precious")
    assert reader.told("remove", only=REPORT) == (200, {"asked": True, "count": 1, "notes": 1})
    page = Page(reader.post("remove", id=[REPORT, ARTICLE], next="/list").get_data(as_text=True))
    assert page.text("h1") == "Remove 2 records from My list?"
    assert "1 of them has a note" in page.text()
    fields = [(str(field["name"]), str(field["value"])) for field in page.all("main form input")]
    assert reader.list()["total"] == 3
    data = {"id": [v for n, v in fields if n == "id"], "next": dict(fields)["next"], "sure": "1"}
    assert reader.post("remove", **data).headers["Location"] == "/list"
    assert reader.ids() == [OTHER]


@pytest.mark.parametrize("format", FORMATS, ids=lambda f: f.name)
def test_the_list_is_exported_in_every_format_mine_and_shared(reader, stranger, format):
    reader.post("add", id=[REPORT, ARTICLE])
    for who, address in ((reader, "/list"), (stranger, reader.share())):
        answer = who.client.get(address + format.suffix)
        assert answer.content_type == f"{format.mime}; charset=utf-8"
        assert answer.headers["Content-Disposition"].endswith(f'{format.suffix}"')
        assert "private" in answer.headers["Cache-Control"]
        assert "Cookie" in answer.headers["Vary"]
        text = answer.get_data(as_text=True)
        assert "Mehta" in text
        assert "School Statistics" in text or "school statistics" in text


def test_the_options_of_an_export_hold_here_too(reader):
    reader.post("add", only=ARTICLE)
    assert "abstract" in reader.client.get("/list.bib").get_data(as_text=True)
    assert "abstract" not in reader.client.get("/list.bib?abstract=0").get_data(as_text=True)
    assert reader.client.get("/list.zip").status_code == 404
    assert reader.client.get(reader.share() + ".zip").status_code == 404


@pytest.mark.parametrize("style", STYLES)
def test_the_bibliography_has_every_record_in_every_style(reader, style):
    reader.post("add", search="cited=1")
    page = reader.page(f"/list?style={style}")
    assert len(page.all(".biblio p")) == reader.list()["total"] == 37
    assert page.one("#f-style option[selected]")["value"] == style
    assert page.all(".biblio i")
    check(page)


def test_a_short_list_shows_its_bibliography_and_a_long_one_leads_to_it(reader):
    reader.post("add", only=ARTICLE)
    assert len(reader.page().all(".biblio p")) == 1
    reader.post("add", search="type=report")
    assert reader.page().all(".biblio p") == []
    assert reader.page("/list?style=nonsense").text("h1") == "My list"


def test_a_long_list_has_pages(reader, monkeypatch):
    monkeypatch.setattr("litbase.web.views.mylist.PER", 10)
    reader.post("add", search="sort=title")
    first, last = reader.page(), reader.page("/list?page=4")
    assert (len(first.all(".hit")), len(last.all(".hit"))) == (10, 6)
    assert first.link("Next").endswith("/list?page=2")
    assert last.text(".toolbar .muted") == "31–36 of 36"
    assert reader.page("/list?page=99").text(".toolbar .muted") == "31–36 of 36"
    assert len(reader.ids()) == 36


def test_a_shared_list_is_read_only_and_can_be_taken_over_and_ended(reader, stranger, opened):
    reader.post("add", id=[ARTICLE, REPORT])
    reader.post("note", only=ARTICLE, note="secret thought", mark="keep")
    link = reader.share()
    page = stranger.page(link)
    assert page.text("h1") == "A shared list"
    assert len(page.all(".hit")) == 2
    assert "secret thought" not in page.html
    assert "secret" not in stranger.client.get(link + ".json").get_data(as_text=True)
    assert page.all("textarea, form[action='/list/move'], form[action='/list/clear']") == []
    assert "Set-Cookie" not in stranger.client.get(link).headers
    form = {str(each["name"]): str(each["value"]) for each in page.all("form[action='/list/add'] [name][value]")}
    stranger.post("add", shared=form["shared"], next=form["next"])
    assert stranger.ids() == [ARTICLE, REPORT]
    assert [entry["note"] for entry in stranger.list()["entries"]] == ["", ""]
    stranger.post("remove", only=REPORT)
    assert reader.ids() == [ARTICLE, REPORT]
    reader.post("add", only=OTHER)
    assert len(stranger.page(link).all(".hit")) == 3
    reader.post("share", do="end")
    answer = stranger.client.get(link)
    assert answer.status_code == 404
    assert opened(answer).text("h1") == "This link leads to no list"
    assert stranger.post("add", shared=form["shared"]).status_code == 400
    assert reader.share() != link


def test_notes_are_shared_only_on_request(reader, stranger):
    reader.post("add", only=ARTICLE)
    reader.post("note", only=ARTICLE, note="for all", mark="keep")
    page = stranger.page(reader.share(notes="1"))
    assert page.text(".readnote") == "for all"
    assert "Keep" in page.text(".hit .badge")


def test_a_shared_token_opens_nothing_as_a_cookie_and_the_other_way_round(reader, stranger):
    reader.post("add", only=ARTICLE)
    link = reader.share()
    stranger.client.set_cookie("litbase-list", link.rsplit("/", 1)[1])
    assert stranger.list()["total"] == 0
    own = reader.client.get_cookie("litbase-list").value
    assert stranger.client.get(f"/l/{own}").status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 5000, "%00", "..%2f..", "<script>", "'%20or%201=1", "é" * 43])
def test_hostile_tokens_lead_to_no_list(stranger, token):
    for suffix in ("", ".json", ".bib"):
        answer = stranger.client.get(f"/l/{token}{suffix}")
        assert answer.status_code == 404
        if answer.mimetype == "text/html":
            check(Page(answer.get_data(as_text=True)))
    assert stranger.post("add", shared=token).status_code == 400


def test_sharing_nothing_is_refused(stranger):
    assert stranger.post("share", do="start").status_code == 400


def test_withdrawn_and_merged_records_are_said_and_the_rest_is_there(own_library):
    library, application = own_library, serving(own_library)
    reader, stranger = Reader(application), Reader(application)
    reader.post("add", id=[ARTICLE, REPORT, OTHER, "ED100005"])
    library.store.set_state(REPORT, "withdrawn", "ann", "It was retracted.")
    library.store.merge(OTHER, ARTICLE, "ann")
    library.store.set_state("ED100005", "draft", "ann")
    for who, address in ((reader, "/list"), (stranger, reader.share())):
        page = who.page(address)
        assert len(page.all(".hit")) == 4
        assert "It was retracted." in page.text(f"#entry-{REPORT}")
        assert "Added as ED100004, which was since merged into this record." in page.text(f"#entry-{OTHER}")
        assert "2 records below are no longer public" in page.text(".listnote")
        assert "Report 5" not in page.html  # a draft is nobody's business
        states = [entry["state"] for entry in who.list(address + ".json")["entries"]]
        assert states == ["public", "withdrawn", "merged", "gone"]
        text = who.client.get(address + ".ris").get_data(as_text=True)
        assert text.count("TY  - ") == 1
    assert [entry["record"] for entry in reader.list()["entries"]] == [ARTICLE, None, ARTICLE, None]
    stranger.post("add", shared=reader.share().rsplit("/", 1)[1])
    assert stranger.ids() == [ARTICLE]


def test_the_display_right_of_a_source_holds_in_the_list(reader):
    reader.post("add", search="q=zymurgy")
    for suffix in ("jsonl", "json"):
        assert "zymurgy" not in reader.client.get(f"/list.{suffix}").get_data(as_text=True)


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
    library, reader = own_library, Reader(serving(own_library))
    reader.post("add", only=ARTICLE)
    assert listing.forget_unused(library) == 0
    old = "update lists set touched_at = '2001-01-01T00:00:00.000Z'"
    library.store._database.write(lambda c: c.exec_driver_sql(old))
    assert listing.forget_unused(library) == 1
    assert reader.list()["total"] == 0


def test_a_thousand_records_are_added_exported_and_shared_and_none_is_lost(tmp_path):
    library = emptied(tmp_path / "library")
    records = [
        Record(type="report", title=f"Study {n}", eric=f"ED{200000 + n}", abstract="Schools.") for n in range(1_100)
    ]
    fill(library, tuple(incoming(record, "eric", str(record.eric)) for record in records))
    application = create_app(library)
    reader, stranger = Reader(application), Reader(application)
    page = reader.page("/search?q=schools")
    assert page.text("#res-h") == "1,100 records for schools"
    assert reader.post("add", search=page.one("[data-addall]")["value"], next="/search?q=schools").status_code == 303
    wanted = {str(record.eric) for record in records}
    link = reader.share()
    for who, address in ((reader, "/list"), (stranger, link)):
        assert set(who.ids(address + ".json")) == wanted
        text = who.client.get(address + ".bib").get_data(as_text=True)
        readings = [r for r in bibtex.read(Document.from_text(text, "x.bib")) if isinstance(r, Reading)]
        assert {reading.record.title for reading in readings} == {record.title for record in records}
        lines = who.client.get(address + ".jsonl").get_data(as_text=True).splitlines()
        assert {json.loads(line)["id"] for line in lines} == wanted
    assert stranger.post("add", shared=link.rsplit("/", 1)[1], next="/list").status_code == 303
    assert set(stranger.ids()) == wanted
    assert "More than 1,000 entries are too many" in reader.page("/list?style=apa").text()
    assert len(reader.client.get("/list.txt?style=apa").get_data(as_text=True).splitlines()) == 1_100
    library.close()


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/list", ListPage), ("/list?order=title&mark=keep", ListPage), ("/list?style=mla", BibliographyPage)],
)
def test_a_page_is_valid_has_one_heading_and_its_documented_view_model(application, reader, address, kind):
    reader.post("add", search="q=learning")
    reader.post("note", only=ARTICLE, mark="keep")
    seen = []
    with template_rendered.connected_to(lambda sender, template, context, **_: seen.append(context), application):
        page = reader.page(address)
    html5lib.HTMLParser(strict=True).parse(page.html)
    assert len(page.all("h1")) == 1
    ids = [str(each["id"]) for each in page.all("[id]")]
    assert len(ids) == len(set(ids))
    assert isinstance(seen[0]["page"], kind)
    for view in (ListPage, BibliographyPage, AddedPage, ClearPage):
        assert all(field.metadata["help"] for field in view.__dataclass_fields__.values())
    for field in page.all("main input:not([type=hidden]), main select, main textarea"):
        assert field.find_parent("label") or field.get("aria-label") or page.all(f"label[for='{field.get('id')}']")


def test_what_is_added_stays_when_the_index_is_made_anew(reader, library):
    reader.post("add", only=ARTICLE)
    bring_level(library, rebuild=True)
    assert reader.ids() == [ARTICLE]
    assert plain(3).title in reader.page("/search?q=title:3").html
