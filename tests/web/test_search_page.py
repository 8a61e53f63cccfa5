"""The page of results, as a reader uses it."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from litbase.library.facets import most_frequent
from litbase.query.state import SearchState


def state_of(url):
    return SearchState.from_args(parse_qsl(urlsplit(url).query))[0]


def number(text):
    return int(text.split()[0].replace(",", "")) if text[0].isdigit() else 0


def found_on(page):
    return number(page.text("#res-h"))


def submitted(form, **changes):
    """The address a browser goes to when *form* is sent with *changes* (a list of values for each name)."""
    pairs = []
    for field in form.select("input, select"):
        name, kind = field.get("name"), field.get("type")
        if not name or name in changes or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
            continue
        if field.get("form") not in (None, form.get("id")):
            continue
        chosen = field.select_one("option[selected]") if field.name == "select" else field
        pairs.append((name, str((chosen or field.select_one("option")).get("value", ""))))
    pairs += [(name, value) for name, values in changes.items() for value in values]
    return f"{form['action']}?{urlencode(pairs)}"


def test_results_say_how_many_and_show_title_authors_and_source(read):
    page = read("/search?q=international+learning+communities")
    assert page.text("#res-h") == "1 record for international learning communities"
    hit = page.one(".hit")
    assert (
        " ".join(hit.h2.get_text().split()) == "International Learning Communities: What Leaders Learn across Borders"
    )
    assert "Jal Mehta, Amelia Peterson" in page.text(".byline")
    assert "Journal of Educational Change, 20(3), 327–350" in page.text(".byline")


def test_the_words_looked_for_are_marked_where_they_stand(read):
    page = read("/search?q=communities")
    assert {mark.get_text() for mark in page.all(".hit h2 mark, .snippet mark")} == {"Communities", "communities"}
    assert "title, descriptor, abstract" in page.texts(".why")[0]


def test_emphasis_of_the_source_is_kept_beside_the_marks(read):
    assert read("/search?q=communities").one(".hit h2 i").get_text() == "International"


def test_eric_dashes_are_shown_as_dashes(read):
    assert "learn — slowly — from" in read("/search?q=slowly").text(".snippet")


def test_missing_data_are_shown_as_missing(read):
    page = read("/search?q=networks")
    assert "Author not given in the source" in page.text(".byline")
    assert "n.d." in page.texts(".eyebrow")[0]
    assert "No author, no date" in page.texts(".eyebrow")[0]
    assert "[Untitled] A note on learning without title" in read(
        "/search?q=title%3Anothing+OR+%22note+on+learning%22"
    ).text(".hit h2")


def test_a_home_page_is_no_way_out_and_full_text_comes_first(read):
    page = read("/search?q=slowly")
    assert [a["href"] for a in page.all(".hit-foot a[rel=noopener]")] == [
        "https://files.eric.ed.gov/fulltext/EJ1223055.pdf"
    ]


def test_the_text_of_a_restricted_source_is_cut(read):
    page = read("/search?q=teachers+zymurgy")
    assert found_on(page) == 1
    assert len(page.text(".snippet")) <= 300


@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search?q=learning",
        "/search?q=learning&type=report&not.author=Author01, A.",
        "/search?language=en&type=chapter&type=report&from=1990&to=2020&undated=1",
    ],
)
def test_counts_are_the_totals_of_the_searches_they_lead_to(read, total, address):
    page = read(address)
    form = page.one("#filters-form")
    state = state_of(address)
    options = [o for o in page.all("#filters-form .opt") if o.input["name"] != "undated"]
    assert len(options) > 10
    for option in options[::2]:
        name, value = option.input["name"], option.input["value"]
        count = number(option.select_one(".n").get_text())
        alone = SearchState.from_args([pair for pair in state.pairs() if pair[0] != name])[0]
        assert total(alone.add(name, value)) == count, (name, value)
        assert f"{count} record" in option.label.get_text()
    for bar in page.all("[data-histo] a")[::4]:
        count = number(bar.title.get_text().partition(": ")[2])
        assert total(state_of(bar["href"])) == count
    assert form["action"] == "/search"


def test_ticking_a_box_and_sending_the_form_narrows_and_keeps_the_rest(read):
    page = read("/search?q=learning&not.language=de&sort=title")
    narrowed = read(submitted(page.one("#filters-form"), type=["chapter", "article-journal"]).replace("&from=&to=", ""))
    assert found_on(narrowed) == 2
    assert sorted(narrowed.texts(".filterchip")) == [
        "Not German",
        "Record type Book chapter",
        "Record type Journal article",
    ]
    assert narrowed.one("#f-sort option[selected]")["value"] == "title"
    assert narrowed.one("#q")["value"] == "learning"


def test_unticking_a_box_takes_the_filter_off(read):
    page = read("/search?q=learning&type=chapter")
    assert page.one("#filters-form input[value=chapter]").has_attr("checked")
    assert found_on(page) == 1
    assert found_on(read(submitted(page.one("#filters-form"), type=[]).replace("&from=&to=", ""))) > 30


def test_a_form_with_empty_fields_leads_to_the_plain_address(client):
    answer = client.get("/search?q=learning&from=&to=")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search?q=learning")


@pytest.mark.parametrize(
    "query",
    [
        "type=report&descriptor=Statistics&not.author=Author01, A.&from=1990&to=1995&undated=1",
        "not.type=report&language=en",
    ],
)
def test_each_chip_takes_its_own_filter_off(read, query):
    page = read(f"/search?{query}")
    whole = state_of(f"?{query}")
    chips = page.all(".filterchip")
    assert len(chips) == sum(len(f.include) + len(f.exclude) for f in whole.filters) + bool(whole.years)
    seen = set()
    for chip in chips:
        without = state_of(chip.a["href"])
        gone = set(whole.pairs()) - set(without.pairs())
        assert gone
        assert not set(without.pairs()) - set(whole.pairs())
        assert chip.b.get_text() not in read(chip.a["href"]).texts(".filterchip b")
        seen |= gone
    assert seen == set(whole.pairs())
    assert state_of(page.link("Clear all")).filters == ()


def test_an_excluded_value_is_a_red_chip_and_gone_from_the_hits(read, total):
    page = read("/search?q=learning")
    without = read(page.link("Exclude Report"))
    assert without.texts(".filterchip.not") == ["Not Report"]
    assert found_on(without) == found_on(page) - 30
    assert "Report" not in without.texts(".hit .type")


def test_a_chosen_value_stays_listed_at_nothing(read):
    page = read("/search?q=zymurgy&descriptor=Statistics")
    assert page.one("#filters-form input[value=Statistics]").has_attr("checked")
    assert page.one("#filters-form input[value=Statistics]").find_parent("div").select_one(".n").get_text() == "0"


def test_an_excluded_value_stays_listed_and_can_be_taken_back(read, arrive):
    page = read("/search?q=learning&not.type=report")
    label = page.one("#filters-form .opt input[value=report]").find_parent("label")
    assert " ".join(label.get_text().split()) == "Report, excluded, 30 records"
    assert read(page.link("No longer exclude Report")).texts(".filterchip") == []
    chosen = arrive(submitted(page.one("#filters-form"), type=["report"]))
    assert (found_on(chosen), chosen.texts(".filterchip")) == (30, ["Record type Report"])
    none = read("/search?q=zymurgy&not.descriptor=Statistics")
    assert none.one("#filters-form .opt input[value=Statistics]").find_parent("div").select_one(".n").get_text() == "0"


def test_undated_records_are_counted_beside_the_years_even_when_they_are_left_out(read, arrive):
    for query in ("", "from=2020&to=2020", "from=2020&to=2020&undated=1"):
        box = read(f"/search?{query}").one("#f-undated").find_parent("div")
        assert box.select_one(".n").get_text() == "2"
    sent = submitted(read("/search?from=2020&to=2020").one("#filters-form"), undated=["1"])
    assert found_on(arrive(sent)) == 3


def test_filters_stand_in_the_decided_order(read):
    page = read("/search")
    assert page.texts(".opts.first label") == ["Peer reviewed, 1 record", "Full text, 1 record"]
    names = page.texts("details.facet > summary")
    assert names[:6] == ["Record type", "Year", "Publication type", "Descriptor", "Author", "Published in"]
    assert page.one("details[data-facet=publication_type]").has_attr("open")
    assert not page.one("details[data-facet=language]").has_attr("open")
    assert "Laws and programs" not in names  # nothing here is about a law


def test_a_facet_shows_six_values_and_the_way_to_all(read):
    page = read("/search?q=learning")
    assert len(page.all("details[data-facet=author] .opt")) == 6
    assert page.texts("details[data-facet=author] .more") == ["All 36 authors"]


def test_years_keep_undated_records_when_asked(read):
    assert found_on(read("/search?from=2020&to=2020")) == 1
    page = read("/search?from=2020&to=2020&undated=1")
    assert found_on(page) == 3
    assert page.texts(".filterchip") == ["Year 2020, or undated"]
    assert page.one("#f-undated").has_attr("checked")


def test_pages_lead_through_all_results(read):
    seen, address = [], "/search?q=learning"
    while address:
        page = read(address)
        seen += [a["href"].split("?")[0] for a in page.all(".hit h2 a")]
        address = next((a["href"] for a in page.all(".pager a[rel=next]")), "")
    assert len(seen) == len(set(seen)) == found_on(page)


def test_a_page_past_the_end_is_the_last(client):
    assert client.get("/search?q=learning&page=99").headers["Location"] == "/search?q=learning&page=4"


def test_order_and_length_keep_the_search(read):
    page = read("/search?q=learning&type=report&page=2")
    form = page.one("[data-order]")
    other = read(submitted(form, sort=["title"], per=["50"]))
    assert (len(other.all(".hit")), other.one("#f-sort option[selected]")["value"]) == (30, "title")
    assert other.texts(".filterchip") == ["Record type Report"]


def test_without_words_the_newest_come_first_and_no_match_is_offered(read):
    page = read("/search")
    assert page.one("#f-sort option[selected]")["value"] == "newest"
    assert "best" not in [option["value"] for option in page.all("#f-sort option")]
    assert page.texts(".hit h2")[0] == "Learning at the Boundaries"


def test_repairs_are_told_without_a_click(read):
    page = read('/search?q="learning+communities&sort=sideways')
    assert "closed at the end" in page.text(".note.mended")
    assert page.texts(".notices li") == ["sort=sideways is not possible here and was left out"]


def test_how_a_search_was_read_is_told(read):
    told = read("/search?q=learning+-title:report+net*").text(".readas")
    assert "learning in any form" in told
    assert "not report in any form (title)" in told
    assert "words beginning with net" in told


def test_a_whole_identifier_leads_to_its_record(client):
    for typed in ("EJ1223055", "ej1223055", "https://doi.org/10.1007/S10833-019-0000-1"):
        assert client.get("/search", query_string={"q": typed}).headers["Location"] == "/record/EJ1223055"
    assert client.get("/search", query_string={"q": "9780203774977"}).headers["Location"].startswith("/record/gomez")


def test_cited_works_are_left_out_and_said_to_be(read):
    page = read("/search?q=print")
    assert found_on(page) == 0
    assert "1 cited work, known only from reference lists, also matches. Show" in page.text("#res-head")
    shown = read(page.link("Show cited works"))
    assert "Known only from a reference list" in shown.text(".hit")
    assert found_on(read(shown.link("Leave them out"))) == 0


def test_long_pages_are_brief_and_say_so(read):
    full, brief = read("/search?q=learning&per=25"), read("/search?q=learning&per=50")
    assert full.all(".hit .snippet")
    assert full.all(".hit .chips")
    assert not brief.all(".hit .snippet")
    assert not brief.all(".hit .chips")
    assert len(brief.all(".hit h2 a")) == len(brief.all(".hit .byline")) == found_on(brief)
    assert brief.texts("#f-per option") == ["10 a page", "25 a page", "50 a page, brief"]


def test_a_length_that_only_programs_ask_for_is_kept_by_the_form(read):
    page = read("/search?q=learning&per=100")
    assert page.one("#f-per option[selected]")["value"] == "100"
    assert len(page.all(".hit")) == found_on(page) > 30


@pytest.mark.parametrize(
    ("query", "tinted"),
    {
        "one word": ("learning", {"Learning"}),
        "a word of a longer name": ("practices", {"Communities of Practice", "Best Practices"}),
        "all words of a name": ("communities practice", {"Communities of Practice"}),
        "a word among others": ("global leaders", set()),
        "a phrase": ('"best practices" leaders', {"Best Practices"}),
        "either word": ("systems OR global", {"Systems Approach", "Global Approach"}),
        "a field": ("descriptor:public", {"Public Education"}),
        "another field": ("title:learning", set()),
        "a filter": ("leaders&descriptor=Public+Education", {"Public Education"}),
    }.values(),
)  # fmt: skip
def test_descriptors_that_were_asked_for_are_tinted_and_come_first(read, query, tinted):
    words, _, filters = query.partition("&")
    page = read(f"/search?{urlencode({'q': words})}&{filters}")
    hit = next(hit for hit in page.all(".hit") if "International" in hit.h2.get_text())
    chips = [chip for chip in hit.select(".chip") if "more" not in chip["class"]]
    assert {chip.get_text() for chip in chips if "match" in chip["class"]} == tinted
    assert ["match" in chip["class"] for chip in chips] == [True] * len(tinted) + [False] * (5 - len(tinted))


def test_offers_of_an_empty_search_find_something(read):
    page = read("/search?q=author:mehta+nothinglikethis&type=book")
    offers = page.all(".try a")
    assert "author:mehta" in [a.get_text() for a in offers]
    for offer in offers:
        assert found_on(read(offer["href"])) > 0
    assert "The same without filters" in read("/search?q=mehta&type=book").text(".try")


def test_find_in_a_facet_works_without_a_script(read):
    page = read("/search?q=learning&type=report")
    form = page.one(f"#{page.one('#find-author')['form']}")
    assert submitted(form) == "/facet/author?q=learning&type=report"


def test_the_json_twin_has_the_shape_of_the_command(client):
    data = client.get("/search.json?q=communities&per=100").get_json()
    assert (data["total"], data["page"], data["pages"], data["per"]) == (1, 1, 1, 100)
    assert data["hits"][0]["id"] == "EJ1223055"
    assert set(data["hits"][0]) >= {"id", "score", "title"}
    assert data["facets"]["type"] == [["article-journal", 1]]
    assert data["facets"]["year"] == [["2019", 1]]
    assert data["notices"] == []


def test_the_twin_has_the_hundred_most_frequent_values_and_the_facet_twin_the_rest(client, monkeypatch):
    whole = client.get("/facet/author.json").get_json()
    assert len(client.get("/search.json").get_json()["facets"]["author"]) == whole["total"] < 100
    monkeypatch.setattr("litbase.library.finding.search.__defaults__", (most_frequent(7),))
    assert len(client.get("/search.json").get_json()["facets"]["author"]) == 7
    assert len(client.get("/search.json?author=Author29, A.").get_json()["facets"]["author"]) == 8


@pytest.mark.parametrize("address", ["/search?q=statistics&type=report", "/facet/author?q=learning", "/search.json"])
def test_a_page_is_one_question_to_the_engine(client, web_library, monkeypatch, address):
    asked, search = [], web_library.engine.search
    monkeypatch.setattr(web_library.engine, "search", lambda request: asked.append(request) or search(request))
    assert client.get(address).status_code == 200
    assert len(asked) == 1
    small = {"type", "language", "collection", "availability", "peer_reviewed", "year"}
    assert {f.name for f in asked[0].facets if f.limit is None} <= small


@pytest.mark.parametrize("address", ["/", "/help"])
def test_what_the_first_page_and_the_help_tell_is_asked_for_once(client, web_library, monkeypatch, address):
    assert client.get("/").status_code == 200
    asked, search = [], web_library.engine.search
    monkeypatch.setattr(web_library.engine, "search", lambda request: asked.append(request) or search(request))
    assert client.get(address).status_code == 200
    assert asked == []
