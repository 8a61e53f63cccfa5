"""Citing on the web: the page and the inside of the dialog, several records in one bibliography, the panel, JSON."""

import html5lib
import pytest

from litbase.formats import FORMATS
from litbase.library import bring_level
from litbase.styles import STYLES, Cite, bibliography, entry, html, in_text, note, plain
from litbase.web import create_app
from tests.web.conftest import ARTICLE, CHAPTER, OPINION, emptied, fill, incoming
from tests.web.test_xss import VECTORS, check, hostile

__all__ = ["hostile"]
FILES = ["BibTeX", "BibLaTeX", "RIS", "CSL JSON"]
SYMPOSIUM = "role-nd-professional-learning-networks"
MANY = "/cite?id=EJ1223055&id=gomez-2020-learning-boundaries&id=iperg-2013-improving-practice"


def record_of(library, id):
    return library.store.get(id).record


@pytest.fixture
def article(web_library):
    return record_of(web_library, "EJ1223055")


@pytest.fixture
def dialog(client, opened):
    """dialog(address) is the inside of the dialog there."""
    return lambda address: opened(client.get(address, headers={"X-Fragment": "cite"}))


def said(style, record, place=""):
    cite = Cite(record, place)
    if style.note:
        return {"note": note(style, cite), "short-note": note(style, cite, short=True)}
    return {"parenthetical": in_text(style, [cite]), "narrative": in_text(style, [cite], narrative=True)}


@pytest.mark.parametrize("name", STYLES)
def test_texts_are_those_of_the_style(client, read, dialog, article, name):
    style = STYLES[name]
    for page, place in (
        (read("/record/EJ1223055/cite"), f"#style-{name}"),
        (dialog("/record/EJ1223055/cite"), f"#pan-{name}"),
    ):
        shown = page.all(f"{place} [data-copysrc]")
        assert shown[0].get_text() == plain(entry(style, article))
        told = {words["data-said"].removeprefix(f"{name}-"): words.get_text() for words in shown[1:]}
        assert told == {kind: plain(text) for kind, text in said(style, article).items()}
    made = client.get("/record/EJ1223055/cite.json").get_json()["styles"][name]
    assert (made["label"], made["text"]) == (style.label, plain(entry(style, article)))
    assert made["html"] == html(entry(style, article), links=True)
    assert made["in_text"] == {
        kind: {"text": plain(text), "html": html(text, links=True)} for kind, text in said(style, article).items()
    }


def test_styles_come_first_then_files_then_more(read, dialog):
    page = read("/record/EJ1223055/cite")
    labels = [style.label for style in STYLES.values()]
    assert page.texts(".form-sec > .spread h2") == [*labels, *FILES]
    assert page.texts(".cite-nav a") == [*labels, *FILES, "More formats"]
    for link in page.all(".cite-nav a"):
        assert page.one(link["href"])
    tabs = dialog("/record/EJ1223055/cite")
    assert tabs.all("html") == []
    assert tabs.texts("[role=tab]") == [*labels, *FILES, "More formats"]
    assert tabs.texts(".tabpanel pre") == page.texts(".form-sec pre")
    assert len(page.all("#more details")) == len(FORMATS) - len(FILES)


def test_files_can_be_read_copied_and_kept(client, read):
    page = read("/record/EJ1223055/cite")
    sections = page.all("[id^=file-].form-sec, #more details")
    assert len(sections) == len(FORMATS)
    for section in sections:
        text = client.get(section.select_one("a.btn")["href"]).get_data(as_text=True)
        assert section.pre.get_text().strip() == text.strip()


def test_json_lists_every_format_with_its_text(client):
    formats = client.get("/record/EJ1223055/cite.json").get_json()["formats"]
    assert {each["name"] for each in formats} == {format.name for format in FORMATS}
    for each in formats:
        assert each["text"].strip() == client.get(each["url"]).get_data(as_text=True).strip()


def test_the_style_of_the_address_is_marked(read, dialog):
    page = read("/record/EJ1223055/cite?style=mla")
    assert page.one(".form-sec.is-chosen")["id"] == "style-mla"
    assert page.texts(".cite-nav [aria-current]") == ["MLA 9"]
    assert dialog("/record/EJ1223055/cite?style=mla").texts("[aria-selected=true]") == ["MLA 9"]
    assert dialog("/record/EJ1223055/cite?style=mla").one("[data-asked]")
    assert read("/record/EJ1223055/cite").all(".is-chosen, [data-asked]") == []


@pytest.mark.parametrize(
    ("cookie", "label"), [("ieee", "IEEE"), ("", "APA 7"), ("nosuch", "APA 7"), ('"><b>', "APA 7")]
)
def test_the_style_chosen_last_opens_first(app, opened, cookie, label):
    client = app.test_client()
    client.set_cookie("litbase-style", cookie)
    tabs = opened(client.get("/record/EJ1223055/cite", headers={"X-Fragment": "cite"}))
    assert tabs.texts("[aria-selected=true]") == [label]
    assert opened(client.get("/record/EJ1223055")).texts("#cite-style [selected]") == [label]
    assert opened(client.get(MANY)).texts(".cite-nav [aria-current]") == [label]


@pytest.mark.parametrize(
    ("typed", "parenthetical"),
    [("12", "(Mehta & Peterson, 2019, p. 12)"), ("pp. 12-14", "(Mehta & Peterson, 2019, pp. 12–14)"),
     ("chap. 3", "(Mehta & Peterson, 2019, Chapter 3)"), ("", "(Mehta & Peterson, 2019)"),
     ("9" * 41, "(Mehta & Peterson, 2019)")],
)  # fmt: skip
def test_the_page_cited_is_told_in_the_text(client, read, typed, parenthetical):
    page = read(f"/record/EJ1223055/cite?page={typed}")
    assert page.text("[data-said=apa-parenthetical]") == parenthetical
    assert page.one("[data-place]")["value"] == (typed if len(typed) <= 40 else "")
    assert bool(page.all(".note.warn")) == (len(typed) > 40)


@pytest.mark.parametrize("vector", [*VECTORS, "../../etc/passwd", "x" * 5000, "ap\0b", "%00"])
def test_a_hostile_style_is_said_to_be_none(client, opened, vector):
    for path in ("/record/EJ1223055", "/record/EJ1223055/cite", "/cite"):
        page = opened(client.get(path, query_string={"style": vector, "page": vector, "id": "EJ1223055"}))
        check(page)
        html5lib.HTMLParser(strict=True).parse(page.html)
        assert "There is no style “" in page.text("main")
        assert "Mehta, J., & Peterson, A. (2019)." in page.text("main")
        assert len(page.html) < 100_000


def test_hostile_records_are_cited_as_text(hostile, opened):
    client, ids = hostile
    for address in (*(f"/record/{id}/cite" for id in ids), "/cite?" + "&".join(f"id={id}" for id in ids)):
        for fragment in ("", "cite"):
            page = opened(client.get(address, headers={"X-Fragment": fragment}))
            check(page)
            for source in page.all(".cite-text"):
                assert {each.name for each in source.find_all(True)} <= {"a", "b", "i", "sub", "sup"}


def test_what_spoils_a_citation_is_said_and_nothing_else(read, dialog):
    page = read(f"/record/{SYMPOSIUM}/cite")
    assert page.texts(".note.warn") == ["Author is missing. Date is missing."]
    assert dialog(f"/record/{SYMPOSIUM}/cite").texts(".problems") == ["Author is missing. Date is missing."]
    assert read("/record/EJ1223055/cite").all(".note.warn") == []
    assert dialog("/record/EJ1223055/cite").all(".problems") == []


def test_a_huge_record_is_cited_quickly_and_keeps_its_last_author(tmp_path, opened):
    from litbase.record.names import Name
    from litbase.record.record import Record

    people = tuple(Name(family=f"Family{n}", given="Ann") for n in range(3000))
    long = Record(type="article-journal", title="Long " * 100_000, abstract="word " * 100_000, author=people)
    library = emptied(tmp_path / "library")
    (id,) = fill(library, (incoming(long, "bibtex", "k"),))
    answer = create_app(library).test_client().get(f"/record/{id}/cite")
    assert answer.status_code == 200
    assert len(answer.data) < 1_500_000
    page = opened(answer)
    assert "Family2999" in page.one("#style-apa > .cite-text").get_text()
    assert "too long to be shown as BibTeX" in page.text("#file-bibtex")
    library.close()


# several records


@pytest.mark.parametrize("name", STYLES)
def test_several_records_come_in_one_bibliography(client, read, web_library, name):
    records = [
        record_of(web_library, id)
        for id in ("EJ1223055", "gomez-2020-learning-boundaries", "iperg-2013-improving-practice")
    ]
    expected = bibliography(STYLES[name], records)
    page = read(f"{MANY}&style={name}")
    assert [each.get_text() for each in page.all(".bibliography p")] == [plain(one.text) for one in expected]
    assert page.texts("h2#style-h") == [STYLES[name].label]
    together = in_text(STYLES[name], [Cite(record) for record in records])
    assert page.one(f"[data-said={name}-together]").get_text() == plain(together)
    made = client.get(f"{MANY.replace('/cite', '/cite.json')}&style={name}").get_json()
    assert made["styles"][name]["text"].split("\n") == [plain(one.text) for one in expected]
    assert [each["html"] for each in made["styles"][name]["entries"]] == [
        html(one.text, links=True) for one in expected
    ]


def test_works_cited_alike_are_told_apart(tmp_path, opened):
    from litbase.record.record import replace

    library = emptied(tmp_path / "library")
    twins = [
        replace(ARTICLE, title=f"{word} Learning", doi="", eric="", issued=ARTICLE.issued)
        for word in ("Zonal", "Adult")
    ]
    ids = fill(library, tuple(incoming(one, "bibtex", one.title) for one in twins))
    page = opened(create_app(library).test_client().get(f"/cite?id={ids[0]}&id={ids[1]}&style=apa"))
    first, second = page.texts(".bibliography p")
    assert ("2019a" in first, "Adult" in first) == (True, True)
    assert ("2019b" in second, "Zonal" in second) == (True, True)
    library.close()


def test_every_style_is_a_tab_and_one_tab_can_be_had_alone(client, opened, dialog):
    tabs = dialog(f"{MANY}&style=mla")
    assert tabs.texts("[role=tab]") == [*(style.label for style in STYLES.values()), "All formats"]
    filled = [panel["id"] for panel in tabs.all(".tabpanel[id]") if panel.select(".bibliography")]
    assert filled == ["pan-mla"]
    address = tabs.one("#pan-ieee")["data-from"]
    alone = opened(client.get(address, headers={"X-Fragment": "entries"}))
    assert alone.all("html, [role=tab]") == []
    assert alone.texts(".bibliography p")[0].startswith("[1] J. Mehta")


def test_ids_twice_are_cited_once_and_unknown_ones_are_named(read):
    page = read("/cite?id=EJ1223055&id=EJ1223055&id=ej1223055&id=EJ999&id=<b>x</b>&id=gomez-2020-learning-boundaries")
    assert page.text("h1") == "Cite 2 records"
    assert page.texts(".note.warn") == ["No record here is called EJ999, <b>x</b>."]


def test_ten_thousand_ids_are_too_many_and_four_hundred_a_hundred(client, opened):
    assert client.get("/cite?id=EJ1223055" + "".join(f"&id=no{n}" for n in range(10_000))).status_code == 414
    answer = client.get("/cite?id=EJ1223055" + "".join(f"&id=no{n}" for n in range(400)))
    page = opened(answer)
    assert answer.status_code == 200
    assert page.text("h1") == "Cite 1 record"
    first, second = page.texts(".note.warn")
    assert first.endswith("no19, and 79 more.")
    assert "301 more were left out" in second
    assert len(answer.data) < 30_000


def test_no_record_at_all_is_an_error_page(read, client):
    assert "not understood" in read("/cite", 400).text("h1")
    assert "nosuch" in read("/cite?id=nosuch", 404).text("h1")
    assert client.get("/cite.json?id=nosuch").get_json()["error"]["status"] == 404
    assert client.get("/cite.bib").status_code == 400
    assert client.get("/cite.zip?id=EJ1223055").status_code == 404


def test_several_records_come_as_files(client, read):
    for link in read(MANY).all(".filelist a"):
        answer = client.get(link["href"])
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="citations.')
        assert "Boundaries" in answer.get_data(as_text=True)


def test_sources_keep_their_rights(client):
    for address in (
        "/record/iperg-2013-improving-practice/cite.json",
        "/cite.jsonl?id=iperg-2013-improving-practice",
        MANY,
    ):
        assert "very last word is zymurgy" not in client.get(address).get_data(as_text=True)


def test_withdrawn_and_merged_records(tmp_path, opened):
    library = emptied(tmp_path / "library")
    first, second, third = fill(
        library, (incoming(ARTICLE, "eric", "a"), incoming(CHAPTER, "vufind", "b"), incoming(OPINION, "edweek", "c"))
    )
    library.store.set_state(first, "withdrawn", "ann", "Twice")
    library.store.merge(second, third, "ann")
    bring_level(library)
    page = opened(create_app(library).test_client().get(f"/cite?id={first}&id={second}&id={third}"))
    assert page.text("h1") == "Cite 1 record"
    assert page.texts(".note.warn") == [f"No record here is called {first}."]
    library.close()


# the panel beside a record


def test_the_panel_shows_one_style_and_changes_it_without_a_script(read, article):
    page = read("/record/EJ1223055")
    assert page.one("aside .cite-text").get_text() == plain(entry(STYLES["apa"], article))
    form = page.one("aside form")
    assert (form["action"], form.get("method")) == ("/record/EJ1223055", "get")
    assert [option["value"] for option in form.select("option")] == list(STYLES)
    other = read("/record/EJ1223055?style=harvard")
    assert other.one("aside .cite-text").get_text() == plain(entry(STYLES["harvard"], article))
    assert other.texts("#cite-style [selected]") == ["Harvard (Cite Them Right)"]
    assert other.link("All styles and formats") == "/record/EJ1223055/cite?style=harvard#style-harvard"


def test_the_panel_keeps_the_search_the_reader_comes_from(read):
    page = read("/record/EJ1223055?q=communities&at=1")
    pairs = [(field["name"], field["value"]) for field in page.all("aside form input[type=hidden]")]
    assert pairs == [("q", "communities"), ("at", "1")]
    again = read("/record/EJ1223055?q=communities&at=1&style=mla")
    assert again.text(".crumbs") == page.text(".crumbs")
    assert read("/record/EJ1223055?q=communities").all("aside form input[type=hidden]") == []


# styles of the library's own


@pytest.fixture
def with_style(tmp_path, monkeypatch):
    """A client of a library with a style file, printed by a stand-in for the engine."""
    from litbase.library import citing
    from litbase.styles.rich import Piece

    library = emptied(tmp_path / "library")
    fill(library, (incoming(ARTICLE, "eric", "a"),))
    (library.folder / "styles").mkdir()
    (library.folder / "styles" / "our journal.csl").write_text("<style/>", encoding="utf-8")
    monkeypatch.setattr(citing, "read", lambda path: path.stem)
    monkeypatch.setattr(
        citing.csl, "entry", lambda style, record: (Piece(f"{style}: "), Piece(record.title, italic=True))
    )
    yield create_app(library).test_client()
    library.close()


def test_a_style_of_the_library_is_printed_only_where_it_is_asked_for(with_style, opened):
    page = opened(with_style.get("/record/EJ1223055/cite"))
    assert page.link("our journal") == "/record/EJ1223055/cite?style=our+journal#style-our%20journal"
    assert page.all("[id='style-our%20journal']") == []
    chosen = opened(with_style.get(page.link("our journal")))
    shown = chosen.one("[id='style-our%20journal'] .cite-text")
    assert str(shown.i.get_text()) == ARTICLE.title
    assert "our journal: " in shown.get_text()
    tabs = opened(with_style.get("/record/EJ1223055/cite", headers={"X-Fragment": "cite"}))
    panel = tabs.one("[id='pan-our%20journal']")
    assert panel.get_text(strip=True) == ""
    alone = opened(with_style.get(panel["data-from"], headers={"X-Fragment": "entries"}))
    assert alone.texts(".cite-text") == [f"our journal: {ARTICLE.title}"]
    with_style.set_cookie("litbase-style", "our%20journal")
    assert opened(with_style.get("/record/EJ1223055")).texts("#cite-style [selected]") == ["APA 7"]
    asked = opened(with_style.get("/record/EJ1223055?style=our+journal"))
    assert asked.texts("#cite-style [selected]") == ["our journal"]
