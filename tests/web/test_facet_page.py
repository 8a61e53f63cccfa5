"""The page of all values of a filter, as a reader uses it, its pieces and its JSON."""

from dataclasses import replace
from functools import partial

from litbase.web.search import IN_PANEL
from litbase.web.views.values import Leaf
from tests.web.conftest import served
from tests.web.test_search_page import found_on, submitted


def values(page):
    return [" ".join(label.get_text().split()).rpartition(", ")[0] for label in page.all(".facet-all .opts label")]


def test_the_facet_page_shows_finds_sorts_and_keeps_the_search(read, arrive):
    page = read("/facet/author?q=learning&not.type=chapter&type=report&find=AUTHOR0&by=name")
    assert values(page)[0] == "Author00, A."
    assert len(values(page)) == 10
    result = arrive(applied(page, author=["Author03, A.", "Author04, A."]))
    assert found_on(result) == 2
    assert "Record type Report" in result.texts(".filterchip")


def applied(page, **changes):
    """Where the form of the page of values leads by its button Apply."""
    form = page.one("form.facet-all")
    return submitted(form, **changes).replace(form["action"], page.one(".savebar button")["formaction"], 1)


def test_what_the_form_of_values_carries_on_is_not_in_the_address_of_the_results(client, read):
    address = applied(read("/facet/author?q=learning&find=author0&by=name"), author=["Author03, A."])
    assert "find=author0" in address
    assert client.get(address).headers["Location"] == "/search?q=learning&author=Author03%2C+A."


def test_values_are_found_without_regard_to_case_and_accents(read):
    assert values(read("/facet/author?find=ozgur")) == ["Özgür, Ayşe"]
    assert values(read("/facet/author?find=+MEHTA+")) == ["Mehta, Jal"]


def test_record_types_are_found_by_what_is_read(read):
    assert values(read("/facet/type?find=newspaper")) == []
    assert values(read("/facet/type?find=opinion")) == ["Opinion article"]
    assert values(read("/facet/type?by=name")) == sorted(values(read("/facet/type")))


def test_a_choice_that_is_not_on_the_facet_page_stands_above_it(read, arrive):
    page = read("/facet/author?author=Author03, A.&not.author=Author05, A.&find=mehta")
    assert page.texts(".opts label") == [
        "Author03, A., 1 record",
        "Author05, A., excluded, 1 record",
        "Mehta, Jal, 1 record",
    ]
    assert page.one("input[value='Author03, A.']").has_attr("checked")
    assert found_on(arrive(applied(page, author=["Author03, A.", "Mehta, Jal"]))) == 2
    assert read(page.link("No longer exclude Author05, A.")).texts(".filterchip") == ["Author Author03, A."]


def test_a_tick_is_kept_from_leaf_to_leaf_and_back(read, arrive):
    page = read("/facet/author?q=learning&by=name")
    ticked = arrive(submitted(page.one("form.facet-all"), find=["mehta"], author=["Author07, A."]))
    assert ticked.one("input[value='Author07, A.']").has_attr("checked")
    both = arrive(submitted(ticked.one("form.facet-all"), find=[""], author=["Author07, A.", "Mehta, Jal"]))
    assert [box["value"] for box in both.all(".opts input[checked]")] == ["Author07, A.", "Mehta, Jal"]


def test_a_leaf_past_the_end_is_the_last(read, client):
    page = read("/facet/author?leaf=99")
    assert page.text(".values-count p") == f"1–{len(values(page))} of {len(values(page))}"
    assert client.get("/facet/author.json?leaf=99").get_json()["leaf"] == 1
    assert read("/facet/author?leaf=-1&by=sideways").text("main") == read("/facet/author").text("main")


def test_a_number_of_values_that_an_engine_estimates_is_never_passed_off_as_counted(web_library, opened, monkeypatch):
    """As where OpenSearch has many different ones; on every page that tells it, and to programs."""
    real = type(web_library.engine).search

    def estimating(engine, request):
        found = real(engine, request)
        return replace(found, facets={name: replace(one, about=True) for name, one in found.facets.items()})

    monkeypatch.setattr(type(web_library.engine), "search", estimating)
    client = served(web_library).test_client()
    pages = {address: opened(client.get(address)) for address in ("/search", "/facet/author", "/authors", "/stats")}
    many = client.get("/facet/author.json").get_json()["total"]
    assert f"All authors, about {many}" in pages["/search"].texts("a.more")
    assert pages["/search"].one("#find-author")["placeholder"] == f"Find in about {many}"
    assert pages["/facet/author"].text(".values-count p").endswith(f" of about {many}")
    assert f" of about {many} authors" in pages["/authors"].text("#browse-h")
    assert any(text.startswith("All, about ") for text in pages["/stats"].texts("a.small"))
    told = (client.get(f"{address}.json").get_json() for address in ("/facet/author", "/authors"))
    assert [one["about"] for one in told] == [True, True]


def test_a_letter_leads_to_the_leaf_where_it_begins(client, monkeypatch):
    """With ten values a leaf, authors A fill three leaves, Biag is the first B, Peterson the last of all."""
    monkeypatch.setattr("litbase.web.search.Leaf", partial(Leaf, size=10))
    leading = {"a": "by=name#letter-a", "0": "by=name#letter-a", "?!": "by=name#letter-a", "b": "leaf=4#letter-b",
               "M": "leaf=4#letter-m", "q": "leaf=4#letter-p", "z": "leaf=4#letter-p"}  # fmt: skip
    for letter, leads in leading.items():
        answer = client.get("/facet/author", query_string={"letter": letter, "q": "", "find": "a"})
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(leads), letter
    assert client.get("/facet/author?letter=b&find=nobody").headers["Location"].startswith("/facet/author?find=nobody")


def test_the_pieces_of_a_panel_are_the_values_that_hold_what_is_typed(client, opened):
    def piece(find):
        answer = client.get(f"/facet/author?q=learning&find={find}", headers={"X-Fragment": "values"})
        assert "X-Fragment" in answer.headers["Vary"]
        return opened(answer)

    few = piece("author0")
    assert (few.one(".opts")["data-matching"], len(few.all(".opt")), few.all("html")) == ("10", 10, [])
    assert len(piece("a").all(".opt")) == IN_PANEL < int(piece("a").one(".opts")["data-matching"])
    assert len(piece("").all(".opt")) == 6


def test_the_facet_twin_counts(client):
    data = client.get("/facet/type.json?q=learning&not.type=book").get_json()
    assert data["values"][0] == {
        "value": "report",
        "label": "Report",
        "count": 30,
        "selected": False,
        "excluded": False,
    }
    assert [value["value"] for value in data["values"] + data["chosen"] if value["excluded"]] == ["book"]
