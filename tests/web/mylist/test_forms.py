"""The forms of My list: notes, marks, order, removal; its exports, its bibliography and its pages."""

import html5lib
import pytest
from flask import template_rendered

from litbase.formats import FORMATS
from litbase.styles import STYLES
from litbase.web.views.mylist import AddedPage, BibliographyPage, ClearPage, ListPage
from tests.web.conftest import Page
from tests.web.mylist.readers import ARTICLE, OTHER, REPORT
from tests.web.test_xss import VECTORS, check


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


def test_the_display_right_of_a_source_holds_in_the_list(reader):
    reader.post("add", search="q=zymurgy")
    for suffix in ("jsonl", "json"):
        assert "zymurgy" not in reader.client.get(f"/list.{suffix}").get_data(as_text=True)


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
