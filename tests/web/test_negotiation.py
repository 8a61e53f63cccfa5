"""Which form of a record an Accept header gets, and what need not be sent again."""

import pytest

HTML, JSON, BIB, RIS = "text/html", "application/json", "application/x-bibtex", "application/x-research-info-systems"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
ASKED = {
    "nothing": ("", HTML), "a browser": (CHROME, HTML), "anything": ("*/*", HTML), "JSON": (JSON, JSON),
    "JSON or anything": (f"{JSON}, */*", JSON), "BibTeX": (BIB, BIB), "another name of BibTeX": ("text/x-bibtex", BIB),
    "RIS rather than BibTeX": (f"{BIB};q=0.5, {RIS}", RIS),
    "HTML rather than JSON": (f"{JSON};q=0.4, {HTML};q=0.5", HTML),
    "anything but HTML": (f"{HTML};q=0, {BIB};q=0.1", BIB), "a range": ("text/*", HTML),
    "citeproc": ("application/citeproc+json", "application/vnd.citationstyles.csl+json"),
    "JSON-LD": ("application/ld+json", "application/ld+json"), "nonsense": ("x;;q=?, text/html", HTML),
}  # fmt: skip


@pytest.mark.parametrize(("accept", "mime"), ASKED.values(), ids=ASKED)
def test_the_form_that_is_wanted_most_is_given(client, accept, mime):
    answer = client.get("/record/EJ1223055", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer.mimetype == mime
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("accept", ["application/pdf", "image/*", "text/html;q=0", "application/rdf+xml, image/png"])
def test_a_form_there_is_not_is_refused_with_what_there_is(client, accept):
    answer = client.get("/record/EJ1223055", headers={"Accept": accept})
    assert answer.status_code == 406
    assert "application/x-bibtex" in answer.get_data(as_text=True)
    assert "Accept" in answer.headers["Vary"]


def test_a_suffix_says_the_form_whatever_is_accepted(client):
    answer = client.get("/record/EJ1223055.bib", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.mimetype) == (200, BIB)


def test_a_doi_leads_to_the_record_in_the_form_that_is_wanted(client):
    answer = client.get("/doi/10.1007/s10833-019-0000-1", headers={"Accept": BIB}, follow_redirects=True)
    assert answer.mimetype == BIB


SAME = ("/record/EJ1223055", "/record/EJ1223055.json", "/record/EJ1223055.bib", "/unapi?id=EJ1223055&format=ris",
        "/feed.atom", "/search.atom?q=learning", "/search.bib?q=learning", "/search.csv", "/sitemap.xml")  # fmt: skip


@pytest.fixture
def answered(client):
    """answered(address, method) is the answer, read to its end."""

    def ask(address, method="GET", **headers):
        with client.open(
            address, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()}
        ) as answer:
            answer.get_data()
            return answer

    return ask


@pytest.mark.parametrize("address", SAME)
def test_what_a_client_has_already_is_not_sent_again(answered, address):
    tag = answered(address).headers["ETag"]
    again = answered(address, If_None_Match=tag)
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == tag
    assert answered(address, If_None_Match='W/"other"').status_code == 200
    assert answered(address, "HEAD").headers["ETag"] == tag


def test_a_record_says_when_it_last_changed(client, web_library):
    answer = client.get("/record/EJ1223055")
    assert (
        client.get("/record/EJ1223055", headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code
        == 304
    )
    early = {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert client.get("/record/EJ1223055", headers=early).status_code == 200


def test_other_searches_and_forms_have_other_tags(answered):
    addresses = ("/search.atom", "/search.atom?q=learning", "/search.bib?q=learning", "/search.ris?q=learning")
    assert len({answered(address).headers["ETag"] for address in addresses}) == 4
