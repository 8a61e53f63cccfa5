"""Addresses that lead nowhere: what may have been meant is offered, and only what is there."""

import pytest

ADDRESSES = {
    "records for record": ("/records/EJ1223055", "EJ1223055", "/record/EJ1223055"),
    "capitals": ("/Record/EJ1223055", "EJ1223055", "/record/EJ1223055"),
    "small letters in the id": ("/catalog/ej1223055", "EJ1223055", "/record/EJ1223055"),
    "a letter O for a zero": ("/Record/EJ1223O55", "EJ1223055", "/record/EJ1223055"),
    "other letters for digits": ("/record/EJ122305S", "EJ1223055", "/record/EJ1223055"),
    "letters missing": ("/id/1223055", "EJ1223055", "/record/EJ1223055"),
    "the id alone": ("/EJ1223055", "EJ1223055", "/record/EJ1223055"),
    "a page of another catalogue below the record": ("/Record/EJ1223055/Details", "EJ1223055", "/record/EJ1223055"),
    "a citation key": ("/items/mehta2019international", "EJ1223055", "/record/EJ1223055"),
    "signs that were copied along": ("/record/EJ1223055).", "EJ1223055", "/record/EJ1223055"),
    "an id that was cut off": (
        "/record/ozgur-1988-ozgur-ler",
        "ozgur-1988-ozgur-lernen-schule-stadt",
        "/record/ozgur-1988-ozgur-lernen-schule-stadt",
    ),
    "words for a search": ("/search/school%20leaders", "Search for “school leaders”", "/search?q=school+leaders"),
    "another catalogue's search": ("/Search/Results?lookfor=leaders", "Search for “leaders”", "/search?q=leaders"),
    "words": ("/learning/communities", "Search for “learning communities”", "/search?q=learning+communities"),
    "another name of the statistics": ("/statistics", "Statistics", "/stats"),
    "a name with a letter too many": ("/stasts", "Statistics", "/stats"),
    "another name of the help": ("/faq", "Search help", "/help"),
    "another name of My list": ("/bookmarks", "My list", "/list"),
}


@pytest.mark.parametrize(("address", "text", "url"), ADDRESSES.values(), ids=ADDRESSES)
def test_what_was_meant_is_offered(read, address, text, url):
    page = read(address, 404)
    assert [a["href"] for a in page.all("main .try a") if a.get_text() == text] == [url]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "//",
        "/nosuchpage",
        "/record/none",
        "/records/none",
        "/%00",
        "/wp-login.php",
        "/.env",
        "/records/" + "x" * 3000,
        "/" + "a/" * 500,
        "/record/ED1000",
    ],
)
def test_every_offer_leads_somewhere(client, opened, address):
    answer = client.get(address)
    if address in ("/", "//"):
        return
    assert answer.status_code == 404
    page = opened(answer)
    offers = page.all("main .try a")
    assert offers
    for a in offers:
        assert client.get(a["href"], follow_redirects=True).status_code == 200, a


def test_a_beginning_that_several_have_is_no_guess(read):
    """ED100000 to ED100029 begin so."""
    assert all(
        "ED1000" not in a["href"] or "/search" in a["href"] for a in read("/record/ED10000", 404).all("main .try a")
    )


def test_the_search_is_kept_in_the_box_and_in_the_offers(read):
    page = read("/Search/Results?q=leaders+learn", 404)
    assert page.one("#q")["value"] == "leaders learn"
    assert page.link("Search for “leaders learn”") == "/search?q=leaders+learn"


def test_offers_are_in_the_json_too(client):
    told = client.get("/Record/EJ1223055.json", headers={"Accept": "application/json"}).get_json()["error"]
    assert told["status"] == 404
    assert {"kind", "text", "url"} == set(told["offers"][0])


def test_a_store_that_cannot_answer_leaves_the_page_as_it_is(client, monkeypatch):
    from litbase.errors import LibraryError
    from litbase.library import finding

    def broken(*_: object) -> None:
        raise LibraryError("the disk is gone")

    monkeypatch.setattr(finding, "lookup", broken)
    assert client.get("/Record/EJ1223055").status_code == 404
