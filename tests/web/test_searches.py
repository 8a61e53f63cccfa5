"""Saved searches, what is new in them, and searches put together by numbers."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import sqlalchemy as sa

from litbase.library import bring_level, finding, listing, saving
from litbase.query.state import SearchState
from litbase.store.schema import lists, searches
from litbase.web import create_app
from litbase.web.views import searches as views
from tests.web.conftest import RECORDS, Page, emptied, fill, incoming, plain

OURS = {"Sec-Fetch-Site": "same-origin"}
COOKIE = "litbase-list"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A library that may be changed."""
    library = emptied(tmp_path_factory.mktemp("searches") / "library")
    fill(library, RECORDS)
    yield library
    library.close()


@pytest.fixture
def reader(shelf):
    """Somebody with a new browser."""
    app = create_app(shelf)
    app.testing = False
    return app.test_client()


def post(reader, action, status=303, headers=OURS, **form):
    answer = reader.post(f"/searches/{action}", data=form, headers=headers)
    assert answer.status_code == status, answer.text
    return answer


def page_of(reader, address="/searches"):
    answer = reader.get(address)
    assert answer.status_code == 200
    return Page(answer.text)


def state_of(answer):
    assert answer.status_code == 302, answer.text
    return SearchState.from_args(parse_qsl(urlsplit(answer.headers["Location"]).query))[0]


def test_a_search_is_saved_from_its_results_named_opened_and_deleted(reader):
    results = page_of(reader, "/search?q=learning&type=chapter&page=1&per=25")
    assert reader.get_cookie(COOKIE) is None
    button = results.one("[data-savesearch] button")
    answer = post(reader, "save", search=button["value"])
    assert reader.get_cookie(COOKIE) is not None
    page = page_of(reader, answer.headers["Location"])
    assert page.texts(".searches h3") == ["learning · Record type: Book chapter"]
    nr = page.one(".searches > li")["id"].removeprefix("search-")
    assert answer.headers["Location"] == f"/searches#search-{nr}"
    assert "Nothing new since" in page.text(".searches .why")
    post(reader, "rename", nr=nr, name=" My <b>chapters</b>\x00 ")
    page = page_of(reader)
    assert page.texts(".searches h3") == ["My <b>chapters</b>"]
    assert page.text(".searches code") == "learning"
    assert state_of(reader.get(page.one(".searches h3 a")["href"])) == SearchState(q="learning").add("type", "chapter")
    feed = reader.get(page.all(".searches .hit-foot a")[0]["href"])
    assert feed.mimetype == "application/atom+xml"
    assert page_of(reader, page.all(".searches .hit-foot a")[1]["href"]).one("#words-1")["value"] == "learning"
    post(reader, "delete", nr=nr)
    assert "Nothing is saved yet" in page_of(reader).text()


def test_the_same_search_is_saved_once(reader):
    post(reader, "save", search="q=learning")
    again = post(reader, "save", search="q=learning&page=3&per=50")
    page = page_of(reader, again.headers["Location"].partition("#")[0])
    assert len(page.all(".searches > li")) == 1
    assert "was saved before" in page.text(".note")
    told = post(reader, "save", 200, {**OURS, "Accept": "application/json"}, search="q=learning").get_json()
    assert (told["new"], told["total"]) == (False, 1)


def test_saved_searches_are_one_readers(shelf, reader):
    post(reader, "save", search="q=learning")
    nr = saving.saved(shelf, reader.get_cookie(COOKIE).value)[0].nr
    other = create_app(shelf).test_client()
    assert other.get(f"/searches/{nr}").status_code == 404
    assert other.get("/searches.json").get_json()["saved"] == []
    post(other, "save", search="q=other")
    assert other.get(f"/searches/{nr}").status_code == 404
    post(other, "rename", 404, nr=nr, name="mine")
    post(other, "delete", 404, nr=nr)
    assert reader.get(f"/searches/{nr}").status_code == 302
    assert "private" in reader.get("/searches").headers["Cache-Control"]
    post(reader, "delete", 403, {"Sec-Fetch-Site": "cross-site"}, nr=nr)


def test_the_list_and_the_searches_share_a_token_whichever_came_first(shelf, reader):
    post(reader, "save", search="q=learning")
    token = reader.get_cookie(COOKIE).value
    reader.post("/list/add", data={"only": "EJ1223055"}, headers=OURS)
    assert reader.get_cookie(COOKIE).value == token
    assert len(page_of(reader).all(".searches > li")) == 1
    assert len(listing.opened(shelf, token).entries) == 1
    assert "Nothing is in your list" not in page_of(reader, "/list").text()
    post(reader, "save", search="q=school")
    assert reader.get_cookie(COOKIE).value == token


def test_a_token_that_somebody_made_up_is_not_used(reader):
    reader.set_cookie(COOKIE, "x" * 43)
    post(reader, "save", search="q=learning")
    assert reader.get_cookie(COOKIE).value != "x" * 43
    reader.set_cookie(COOKIE, "../../etc")
    assert page_of(reader).texts(".searches h3") == []


def test_new_records_are_counted_until_the_search_is_opened(shelf, reader):
    for query in ("q=statistics", "q=mehta", "", "q=statistics&sort=title", "not.type=report"):
        post(reader, "save", search=query)
    token = reader.get_cookie(COOKIE).value
    numbers = {one.query: one.nr for one in saving.saved(shelf, token)}
    assert set(numbers) == {"q=statistics", "q=mehta", "", "q=statistics&sort=title", "not.type=report"}
    fill(shelf, tuple(incoming(plain(50 + n), "eric", f"ED10005{n}") for n in range(3)))
    fresh = saving.fresh(shelf, saving.saved(shelf, token))
    assert {q: fresh[nr].count for q, nr in numbers.items()} == {
        "q=statistics": 3, "q=mehta": 0, "": 3, "q=statistics&sort=title": 3, "not.type=report": 0,
    }  # fmt: skip
    page = page_of(reader)
    assert "3 new since" in page.text(f"#search-{numbers['q=statistics']} h3")
    assert not page.all(f"#search-{numbers['q=mehta']} .badge")
    told = {
        one["q"]: one["new"] for one in reader.get("/searches.json").get_json()["saved"] if "sort" not in one["url"]
    }
    assert told["statistics"] == 3
    reader.get(f"/searches/{numbers['q=statistics']}")
    assert not page_of(reader).all(f"#search-{numbers['q=statistics']} .badge")
    assert page_of(reader).all(f"#search-{numbers['']} .badge")


def test_only_the_records_added_last_are_looked_at(shelf, reader, monkeypatch):
    post(reader, "save", search="q=statistics")
    shelf.store._database.write(lambda c: c.execute(searches.update().values(seen_at="2020-01-01T00:00:00.000Z")))
    whole = finding.count(shelf, SearchState(q="statistics"))
    monkeypatch.setattr(saving, "ASKED", 7)
    found = saving.fresh(shelf, saving.saved(shelf, reader.get_cookie(COOKIE).value))
    assert [(one.count, one.more) for one in found.values()] == [(whole, False)]
    monkeypatch.setattr(saving, "LOOKED_AT", 5)
    assert "at least" in page_of(reader).text(".searches .badge")


def test_a_record_is_new_only_when_it_can_be_found(shelf, reader):
    post(reader, "save", search="q=zeitgeist")
    run = shelf.store.start_run("test", {})
    record = plain(70)
    shelf.store.put_document(incoming(record, "eric", "ED100070").document, "n", "utf-8", b"t")
    shelf.store.put(
        [incoming(record.__class__(**{**_fields(record), "title": "Zeitgeist"}), "eric", "ED100070")], run, "t"
    )
    assert not page_of(reader).all(".searches .badge")
    bring_level(shelf)
    assert page_of(reader).text(".searches .badge").startswith("1 new")


def _fields(record):
    return {name: getattr(record, name) for name in ("type", "author", "issued", "eric")}


@pytest.mark.parametrize(
    ("action", "form", "status", "said"),
    [
        ("save", {"search": "q=" + "x" * 4000}, 400, "4,000 characters"),
        ("save", {"search": "&".join(f"a={n % 9}" for n in range(600))}, 400, "too many parameters"),
        ("save", {"search": "type=" + "%C3%96" * 800}, 400, "4,000 characters"),
        ("rename", {"nr": "1", "name": " \x00 "}, 400, "needs a name"),
        ("rename", {"nr": "99999", "name": "x"}, 404, "not among your saved ones"),
        ("rename", {"nr": "one", "name": "x"}, 404, "not among your saved ones"),
        ("delete", {"nr": "9" * 40}, 404, "not among your saved ones"),
        ("delete", {}, 404, "not among your saved ones"),
    ],
)
def test_what_cannot_be_done_is_said(reader, action, form, status, said):
    post(reader, "save", search="q=learning")
    assert said in Page(post(reader, action, status, **form).text).text()


def test_there_is_an_end_to_saving(shelf, reader, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 2)
    for query in ("q=a1", "q=b1"):
        post(reader, "save", search=query)
    assert "no room for more" in Page(post(reader, "save", 400, search="q=c1").text).text()
    told = post(reader, "save", 400, {**OURS, "Accept": "application/json"}, search="q=c1").get_json()
    assert "no room for more" in told["error"]["detail"]
    post(reader, "save", search="q=a1")


def test_many_searches_stand_on_several_pages(reader):
    for number in range(23):
        post(reader, "save", search=f"q=a{number}")
    first, second = page_of(reader), page_of(reader, "/searches?page=2")
    assert len(first.all("ol.searches > li")) - len(first.all("[data-history] ol.searches > li")) == 20
    assert second.texts(".searches h3") == ["a2", "a1", "a0"]
    assert first.link("Page 2") == "/searches?page=2"
    assert page_of(reader, "/searches?page=99").texts(".searches h3") == ["a2", "a1", "a0"]
    again = post(reader, "save", search="q=a1")
    assert "a1" in page_of(reader, again.headers["Location"].partition("#")[0]).texts(".searches h3")
    assert reader.get("/searches.json").get_json()["total"] == 23


def test_a_name_may_be_anything_and_is_cut(reader):
    post(reader, "save", search="q=learning", name="“<script>" + "x" * 500)
    [name] = page_of(reader).texts(".searches h3")
    assert name.startswith("“<script>xxx")
    assert len(name) == saving.NAME


def test_searches_go_with_a_list_that_nobody_uses_and_stay_while_they_are_used(shelf, reader):
    post(reader, "save", search="q=learning")
    old = lists.update().values(touched_at="2020-01-01T00:00:00.000Z")
    shelf.store._database.write(lambda c: c.execute(old))
    nr = saving.saved(shelf, reader.get_cookie(COOKIE).value)[0].nr
    assert reader.get(f"/searches/{nr}").status_code == 302
    listing.forget_unused(shelf)
    assert len(page_of(reader).all(".searches > li")) == 1
    shelf.store._database.write(lambda c: c.execute(old))
    listing.forget_unused(shelf)
    assert shelf.store._database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(searches))) == 0


PARTS = {
    "s1": "q=learning&not.type=report",
    "s2": "q=mehta+OR+gomez&op=or&from=2019",
    "s3": "descriptor=Statistics&descriptor=Learning",
    "s4": "q=learning&cited=1",
    "s5": "from=1980&to=1999&undated=1",
}


def combined(client, sets, **parts):
    return client.get(f"/search/combine?{urlencode({'sets': sets, **parts})}")


@pytest.mark.parametrize(
    ("sets", "made"),
    [
        ("#1 AND #2", lambda s: s[1] & s[2]),
        ("#1 OR #3", lambda s: s[1] | s[3]),
        ("#1 NOT #2", lambda s: s[1] - s[2]),
        ("(#1 OR #3) AND NOT #5", lambda s: (s[1] | s[3]) - s[5]),
        ("#4 AND #5", lambda s: s[4] & s[5]),
        ("#4 NOT #1", lambda s: s[4] - s[1]),
        ("2", lambda s: s[2]),
    ],
)
def test_combined_searches_find_the_sets_they_say(client, web_library, sets, made):
    def ids(state):
        return set(listing.ids_of_search(web_library, state)[0])

    found = {int(name[1:]): ids(SearchState.from_args(parse_qsl(query))[0]) for name, query in PARTS.items()}
    assert all(found.values())
    assert ids(state_of(combined(client, sets, **PARTS))) == made(found)


@pytest.mark.parametrize(
    ("sets", "parts", "said"),
    [
        ("", {}, "Write which searches"),
        ("#1 AND #9", PARTS, "There is no search #9"),
        ("#1 AND <b>x</b>", PARTS, "is not a search of the history"),
        ("#1 AND", PARTS, "has nothing to join"),
        ("#1 AND #2", {"s1": "q=" + "x" * 5000, "s2": "q=a"}, "4,000 characters"),
        ("#1 AND #2", {"s1": "q=" + "+OR+".join(f"a{n}" for n in range(60)),
                       "s2": "q=" + "+OR+".join(f"b{n}" for n in range(60))}, "longer than a query can be"),
    ],
)  # fmt: skip
def test_what_cannot_be_combined_is_said(client, sets, parts, said):
    answer = combined(client, sets, **parts)
    assert answer.status_code == 400
    assert said in Page(answer.text).text()


def test_what_is_typed_is_saved_as_a_query_or_as_the_search_of_an_address(reader):
    page = page_of(reader)
    form = page.one("form:has(#typed)")
    for text in (" gifted  students ", "https://library.example/search?q=learning&type=chapter", "/search?language=de",
                 "https://doi.org/10.1/a", "http://[", "title:/search"):  # fmt: skip
        answer = reader.post(form["action"], data={"typed": text}, headers=OURS)
        assert answer.status_code == 303, answer.text
    assert [one["url"] for one in reader.get("/searches.json").get_json()["saved"]] == [
        "/search?q=title%3A%2Fsearch", "/search?q=http%3A%2F%2F%5B", "/search?q=https%3A%2F%2Fdoi.org%2F10.1%2Fa",
        "/search?language=de", "/search?q=learning&type=chapter", "/search?q=gifted+students",
    ]  # fmt: skip
    for empty in ("", " \x00 "):
        assert "Write a query" in Page(post(reader, "save", 400, typed=empty).text).text()
    assert "4,000 characters" in Page(post(reader, "save", 400, typed="x" * 4001).text).text()


def test_saved_searches_are_numbered_counted_and_dated(reader):
    for query in ("q=learning", "q=zzz", "q=mehta"):
        post(reader, "save", search=query)
    page = page_of(reader)
    assert page.texts(".searches .eyebrow b") == ["S3", "S2", "S1"]
    told = reader.get("/searches.json").get_json()["saved"]
    counts = [reader.get(f"/search.json?q={q}").get_json()["total"] for q in ("mehta", "zzz", "learning")]
    assert [one["total"] for one in told] == counts
    assert counts[1] == 0 < counts[2]
    assert [text.split()[0] for text in page.texts(".searches .eyebrow span:not(.num)") if "record" in text] == [
        str(n) for n in counts
    ]
    assert all(page.all(".searches .eyebrow time"))
    post(reader, "delete", nr=told[1]["nr"])
    assert [one["set"] for one in reader.get("/searches.json").get_json()["saved"]] == ["S2", "S1"]


def test_saved_searches_are_combined_by_their_names_with_the_history_and_without(shelf, reader):
    for query in ("q=learning", "q=statistics&not.type=report", "q=mehta"):
        post(reader, "save", search=query)
    form = page_of(reader).one("form:has(#saved-sets)")
    assert form["action"] == "/search/combine"
    assert form["method"] == "get"

    def ids(query):
        return set(listing.ids_of_search(shelf, SearchState.from_args(parse_qsl(query))[0])[0])

    one, two, three = ids("q=learning"), ids("q=statistics&not.type=report"), ids("q=mehta")
    made = state_of(combined(reader, "S1 or (s3 and not S2)"))
    assert set(listing.ids_of_search(shelf, made)[0]) == one | (three - two)
    made = state_of(combined(reader, "#1 AND NOT S1", s1="type=chapter"))
    assert set(listing.ids_of_search(shelf, made)[0]) == ids("type=chapter") - one
    for sets, said in (("S4", "There is no search S4"), ("#1", "There is no search #1"), ("S1 AND", "nothing to join")):
        assert said in Page(combined(reader, sets).text).text()
    assert "There is no search S1" in Page(combined(create_app(shelf).test_client(), "S1").text).text()


def test_what_is_new_in_a_saved_search_is_a_search_of_its_own(shelf, reader):
    post(reader, "save", search="q=plankton")
    post(reader, "save", search="q=nothinglikeit")
    [nr] = [one.nr for one in saving.saved(shelf, reader.get_cookie(COOKIE).value) if one.query == "q=plankton"]
    assert not page_of(reader).all("a.badge")
    titled = [plain(80 + n).__class__(**{**_fields(plain(80 + n)), "title": f"Plankton {n}"}) for n in range(3)]
    fill(shelf, tuple(incoming(one, "eric", f"ED10008{n}") for n, one in enumerate(titled[:2])))
    [badge] = page_of(reader).all("a.badge")
    assert badge.get_text().startswith("2 new since")
    state = state_of(reader.get(badge["href"]))
    assert state.q.startswith("id:")
    assert len(listing.ids_of_search(shelf, state)[0]) == 2
    assert not page_of(reader).all(".badge")
    assert state_of(reader.get(badge["href"])) == SearchState(q="plankton")  # nothing is new any more
    assert reader.get(f"/searches/{nr}?only=else").headers["Location"] == "/search?q=plankton"


def test_more_new_records_than_a_query_can_name_are_no_link(shelf, reader, monkeypatch):
    post(reader, "save", search="q=krill")
    titled = [plain(90 + n).__class__(**{**_fields(plain(90 + n)), "title": f"Krill {n}"}) for n in range(3)]
    fill(shelf, tuple(incoming(one, "eric", f"ED10009{n}") for n, one in enumerate(titled)))
    monkeypatch.setattr(saving, "NAMED", 2)
    monkeypatch.setattr(views, "NAMED", 2)
    assert page_of(reader).text("span.badge").startswith("3 new")
    [one] = saving.saved(shelf, reader.get_cookie(COOKIE).value)
    assert state_of(reader.get(f"/searches/{one.nr}?only=new")) == SearchState(q="krill")


def test_the_page_says_that_the_history_needs_scripts_and_the_server_keeps_none(read):
    page = read("/searches")
    assert "without JavaScript there is no history" in page.text(".nojs.gap")
    assert page.one("[data-history]").has_attr("hidden")
