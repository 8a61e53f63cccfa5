"""Sharing My list: the link of a list, what it shows and what not, taken over by somebody else; hostile tokens."""

import json

import pytest

from litbase.formats.bibtex import read as bibtex
from litbase.record.reading import Document, Reading
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import Page, emptied, fill, incoming, served
from tests.web.mylist.readers import ARTICLE, OTHER, REPORT, Reader
from tests.web.test_xss import check


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
    library, application = own_library, served(own_library)
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
