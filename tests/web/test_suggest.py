"""The popup of the search box, did-you-mean and offers, as pages and as JSON."""

import pytest

from litbase.query.state import SearchState


def test_the_popup_lists_lines_that_lead_where_they_say(read, total):
    page = read("/suggest?q=commun")
    group = page.one("[role=group]")
    assert page.one(f"#{group['aria-labelledby']}").get_text() == "Records with the descriptor"
    option = page.one("[role=option]")
    assert " ".join(option.get_text().split()) == "Communities of Practice 1 record"
    assert option.mark.get_text() == "Commun"
    assert option["href"] == "/search?descriptor=Communities+of+Practice"
    assert total(SearchState().add("descriptor", "Communities of Practice")) == 1


def test_a_title_leads_to_its_record(read):
    page = read("/suggest?q=international+lear")
    assert page.one("[role=option]")["href"] == "/record/EJ1223055"
    assert page.text("[role=option]").endswith("2019")


def test_a_line_of_a_longer_query_adds_to_it(read):
    page = read("/suggest?q=learning+author%3Ameh")
    assert page.text(".g") == "Add to this search: author"
    assert page.one("[role=option]")["href"] == "/search?q=learning+author%3A%22Mehta+Jal%22"
    assert read(page.one("[role=option]")["href"]).text("#res-h").startswith("1 record")


@pytest.mark.parametrize("q", ["", "c", "zzzzz", "%00", "%22", "author%3A", "a" * 5000, "%3Cscript%3E"])
def test_nothing_to_suggest_is_an_empty_piece(client, q):
    answer = client.get(f"/suggest?q={q}")
    assert (answer.status_code, answer.get_data(as_text=True).strip()) == (200, "")
    assert client.get(f"/suggest.json?q={q}").get_json()["groups"] == []


def test_the_twin_has_the_same_lines(client, read):
    data = client.get("/suggest.json?q=author").get_json()
    lines = [line for group in data["groups"] for line in group["lines"]]
    assert [line["url"] for line in lines] == [
        option["href"] for option in read("/suggest?q=author").all("[role=option]")
    ]
    assert len(lines) == 8
    assert lines[0] == {
        "text": "Author00, A.", "count": 1, "year": "", "query": "", "url": "/search?author=Author00%2C+A."
    }  # fmt: skip


def test_the_search_box_names_the_popup_and_keeps_it_shut(read):
    box = read("/").one("#suggest")
    assert (box["role"], box["data-suggest"], box.has_attr("hidden"), box.get_text()) == (
        "listbox",
        "/suggest",
        True,
        "",
    )
    assert not read("/").one("#q").has_attr("role")  # without a script it is a plain field


def test_a_misspelled_word_is_offered_first_with_its_count(read):
    page = read("/search?q=comunities")
    assert page.texts(".try li")[0] == "Did you mean communities? 1 record"
    assert read(page.link("communities")).text("#res-h") == "1 record for communities"


def test_an_unknown_word_is_told_above_results_too(read):
    page = read("/search?q=zymurgy+OR+comunities")
    assert page.text(".meant") == "Did you mean zymurgy OR communities? 2 records"
    assert len(page.all(".hit")) == 1
    assert read("/search?q=communities").all(".meant") == []


def test_the_offer_keeps_the_filters_and_finds_something_under_them(read):
    page = read("/search?q=comunities&type=article-journal")
    assert page.link("communities") == "/search?q=communities&type=article-journal"
    page = read("/search?q=comunities&type=book")
    assert page.texts(".try li") == ["Did you mean, without filters, communities? 1 record"]
    assert page.link("communities") == "/search?q=communities"


def test_the_nearest_descriptor_is_offered(read):
    page = read('/search?q="practice communities"')
    assert page.texts(".try li") == [
        "The words anywhere: practice communities. 1 record",
        "Nearest descriptor: Communities of Practice. 1 record",
        "Any of the words: practice OR communities. 2 records",
    ]


def test_the_search_twin_tells_what_was_meant_and_what_is_offered(client):
    data = client.get("/search.json?q=comunities").get_json()
    assert data["meant"] == {"kind": "spelling", "query": "communities", "total": 1, "url": "/search?q=communities"}
    data = client.get("/search.json?q=author:mehta+qqqqq").get_json()
    assert [offer["query"] for offer in data["offers"]] == ["author:mehta"]
    assert client.get("/search.json?q=learning").get_json()["meant"] is None


def test_related_records_say_why(read, client):
    page = read("/record/EJ1223055")
    assert "The Role of Professional Learning Networks" in page.text("[aria-labelledby=cby-h]")
    found = client.get("/record/EJ1223055.json").get_json()["related"]
    assert {"id": "role-nd-professional-learning-networks", "relation": "cited-by",
            "reasons": ["It cites this record"]} in found  # fmt: skip


def test_no_section_where_nothing_is_near(read):
    assert read("/record/ED100003").all("#rel-h") == []
