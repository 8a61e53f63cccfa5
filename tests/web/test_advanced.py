"""The advanced search: rows write a query, a query opens as rows, and nothing that was typed is lost."""

from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.fields import FIELDS
from litbase.query.parse import parse
from litbase.query.rows import MOST
from litbase.query.state import SearchState
from litbase.record.text import clean
from tests.web.conftest import Page


def asked(*rows, **more):
    """The address that the form has with *rows* of (join, field, words, way)."""
    names = ("join", "field", "words", "way")
    pairs = [pair for row in rows for pair in zip(names, row, strict=True)]
    return f"/search/advanced?{urlencode([*pairs, *more.items()])}"


def rows_of(page):
    """The rows of the form as a reader sees them."""
    found = []
    for row in page.all("[data-row]"):
        chosen = {s["name"]: s.select_one("option[selected]") or s.select_one("option") for s in row.select("select")}
        hidden = {i["name"]: i["value"] for i in row.select("input[type=hidden]")}
        value = {name: option["value"] for name, option in chosen.items()} | hidden
        found.append((value["join"], value["field"], row.select_one("[name=words]")["value"], value["way"]))
    return found


def submitted(page, do):
    """The address that the form leads to by the button *do*."""
    pairs = []
    for one in page.one("[data-advanced]").select("input[name], select[name]"):
        if one.name == "select":
            pairs.append((one["name"], (one.select_one("option[selected]") or one.select_one("option"))["value"]))
        elif one.get("type") != "checkbox" or one.has_attr("checked"):
            pairs.append((one["name"], one.get("value", "")))
    return f"/search/advanced?{urlencode([*pairs, ('do', do)])}"


def test_the_empty_form_offers_every_field_and_the_filters_of_this_library(read):
    page = read("/search/advanced")
    assert len(rows_of(page)) == 2
    offered = [option["value"] for option in page.all("#field-1 option")]
    assert offered == ["", *(field.name for field in FIELDS)]
    assert [o["value"] for o in page.all("#join-1 option")] == ["and", "not"]
    assert [o["value"] for o in page.all("#join-2 option")] == ["and", "or", "not"]
    filters = {i["name"] for i in page.all("[data-advanced] [type=checkbox]")}
    assert {"type", "language", "level", "peer_reviewed"} <= filters
    assert not page.all("input[name=law]")  # no record of this library has one
    assert "Every record" in page.text("#preview")
    assert "36 records" in page.text("#preview")


def test_the_preview_says_the_query_and_how_many_it_finds(read, client):
    address = asked(("and", "title", "learning boundaries", "all"), ("not", "author", "mehta", "all"), type="chapter")
    page = read(address)
    assert page.text("#preview code") == "title:(learning boundaries) NOT author:mehta"
    assert "Record type: Book chapter" in page.text("#preview")
    found = page.one("#preview .found a")
    assert read(found["href"]).text("h1").startswith(" ".join(found.get_text().split()))
    piece = client.get(address, headers={"X-Fragment": "preview"})
    assert piece.text.strip().startswith('<div id="preview"')
    assert "X-Fragment" in piece.headers["Vary"]
    assert read(asked(("and", "", "learning OR (a1", "typed"))).all("#preview .notices li")


def test_search_leads_to_the_results(client):
    rows = ("and", "title", "learning", "all"), ("or", "", "school life", "phrase")
    answer = client.get(asked(*rows, do="search", type="chapter", **{"from": "2015", "to": "", "sort": "newest"}))
    assert answer.status_code == 302
    url = urlsplit(answer.headers["Location"])
    assert url.path == "/search"
    assert parse_qs(url.query) == {"q": ['title:learning OR "school life"'], "type": ["chapter"], "from": ["2015"],
                                   "sort": ["newest"]}  # fmt: skip


def test_every_page_of_results_opens_in_the_form_and_leads_back(read, client):
    for address in (
        "/search?q=learning+communities&type=article-journal&not.language=de&from=1990&undated=1&sort=newest&per=25",
        "/search?q=title:(learning+OR+school)+-author:mehta&expand=0&cited=1&author=Mehta%2C+Jal",
        "/search?q=learning+NEAR/5+leaders",
        "/search?q=learning+schools&op=or&narrower=1",
        "/search?type=report&page=2",
    ):
        page = read(read(address).link("Edit in advanced search"))
        back = urlsplit(client.get(submitted(page, "search")).headers["Location"])
        before, _ = SearchState.from_args(parse_qsl(urlsplit(address).query))
        after, _ = SearchState.from_args(parse_qsl(back.query))
        assert parse(after.q).query == parse(before.q, op=before.op).query
        assert replace(after, q="") == replace(before, q="", op="and", page=1)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("title:learning -author:mehta", [("and", "title", "learning", "all"), ("not", "author", "mehta", "all")]),
        ("a1 NEAR/5 b1", [("and", "", "a1 NEAR/5 b1", "typed")]),
        ("(a1 OR -b1) c1", [("and", "", "(a1 OR -b1) c1", "typed")]),
    ],
)
def test_a_query_opens_as_rows_or_as_it_was_typed(read, query, rows):
    page = read(f"/search/advanced?{urlencode({'q': query})}")
    assert rows_of(page) == rows
    assert ("Query as typed" in page.text("#rows")) == (rows[0][3] == "typed")


def test_rows_come_and_go_without_scripts(read):
    page = read(
        asked(("and", "title", "a1", "any"), ("or", "", "", "all"), ("not", "author", "c1", "phrase"), type="chapter")
    )
    more = read(submitted(page, "add"))
    assert rows_of(more) == [*rows_of(page), ("and", "", "", "all")]
    assert more.all("input[name=type][value=chapter][checked]")
    less = read(submitted(more, "remove-1"))
    assert rows_of(less) == [("and", "", "", "all"), *rows_of(more)[2:]]  # an "or" is none in the first row
    none = read(submitted(read(asked(("and", "", "a1", "all"))), "remove-1"))
    assert rows_of(none) == [("and", "", "", "all")]
    assert rows_of(read(submitted(page, "remove-99"))) == rows_of(page)


def test_there_is_an_end_to_rows(read):
    page = read(asked(*[("and", "", f"w{n}", "all") for n in range(MOST + 3)]))
    assert len(rows_of(page)) == MOST
    assert not page.all("#add-row")
    assert f"can have {MOST} rows" in page.text("#preview")


def test_values_that_cannot_be_are_as_by_default_and_hostile_ones_are_text(read):
    page = read(asked(("xor", "nofield", '"><script>alert(1)</script>', "maybe"), **{"from": "soon", "do": "explode"}))
    assert rows_of(page) == [("and", "", '"><script>alert(1)</script>', "all")]
    assert "soon" in page.text("#preview .notices")
    assert not page.all("#main script")
    assert len(read("/search/advanced?words=a&words=b&join=or").all("[data-row]")) == 2
    assert read(asked(("and", "", "x" * 4000, "all"))).text("#preview .notices")


def test_filters_that_are_not_listed_stay_chosen(read):
    page = read("/search/advanced?author=Nobody%2C+N.&not.descriptor=Statistics&type=nonsense")
    shown = {(i["name"], i["value"]) for i in page.all("[data-advanced] [type=checkbox][checked]")}
    assert {("author", "Nobody, N."), ("not.descriptor", "Statistics"), ("type", "nonsense")} <= shown


def test_the_json_says_what_the_page_says(client, read):
    address = asked(("and", "title", "learning", "all"), type="chapter")
    data, page = client.get(address.replace("?", ".json?")).get_json(), read(address)
    assert data["q"] == page.text("#preview code")
    assert f"{data['total']} record" in page.text("#preview")
    assert [(row["join"], row["field"], row["words"], row["way"]) for row in data["rows"]] == rows_of(page)
    assert data["url"] == page.one("#preview .found a")["href"]
    assert data["filters"] == ["Record type: Book chapter"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ['"a b" c', "OR", "(", "x*"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["and", "not"]),
            st.sampled_from(["", "title", "author", "year", "type"]),
            WORDS,
            st.sampled_from(["all", "any", "phrase"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_was_typed_stands_in_the_form(client, rows):
    answer = client.get(asked(*rows))
    assert answer.status_code == 200
    assert [row[2] for row in rows_of(Page(answer.text))] == [clean(words) for _, _, words, _ in rows]
