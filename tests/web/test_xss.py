"""Text stays text: whatever a record, an address or a query holds, no element and no attribute comes of it."""

import json

import pytest

from litbase.library import bring_level, open_library
from litbase.record.names import Name
from litbase.record.record import Record, Reference
from litbase.settings import Settings
from litbase.store.values import Incoming
from litbase.web import create_app

VECTORS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "]]><script>alert(1)</script>",
    "{{7*7}}{% include 'x' %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028alert(1)\u2029",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<b>bold</b>",
)
URLS = (
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/x",
    'http://ok.example/" onclick="alert(1)',
    "file:///etc/passwd",
)
ELEMENTS = frozenset("iframe img math object embed base textarea marquee".split())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A library in which everything is hostile, and its ids."""
    library = open_library(tmp_path_factory.mktemp("xss") / "library", Settings(), create=True)
    records = [
        Record(
            type="article-journal", title=f"Title {n} {v}", author=(Name(family=v, given=v), Name(literal=v)),
            abstract=v, abstractor=v, container_title=v, publisher=v, descriptors=(v,), keywords=(v,), note=v,
            volume=v, issue=v, page=v, genre=v, edition=v,
            places=(v,), education_level=(v,), identifiers=((v, v),), extra=((v, v),), availability=v, session=v,
            url=URLS[n % len(URLS)], full_text_url=URLS[(n + 1) % len(URLS)], contribution=v, body=v,
            references=(Reference(v, Record(title=v, url=URLS[n % len(URLS)])),),
        )
        for n, v in enumerate(VECTORS)
    ]  # fmt: skip
    incoming = [
        Incoming(record=r, source="bibtex", key=f"k{n}", reader="bibtex", document=f"{n:064x}")
        for n, r in enumerate(records)
    ]
    for n, vector in enumerate(VECTORS):
        library.store.put_document(f"{n:064x}", vector, "utf-8", b"x")
    outcomes = library.store.put(incoming, library.store.start_run("test", {}), "<script>who</script>")
    assert {outcome.status for outcome in outcomes} == {"new"}
    bring_level(library)
    yield create_app(library).test_client(), [outcome.id for outcome in outcomes]
    library.close()


def check(page):
    """No element, attribute or address of the hostile texts is on *page*."""
    for script in page.all("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") == "application/ld+json"
    for element in page.soup.find_all(True):
        assert element.name not in ELEMENTS, element
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"], element
        for name in ("href", "src", "action"):
            target = str(element.get(name, "")).strip().lower()
            assert not target.startswith(("javascript:", "data:", "vbscript:", "//", "file:")), element
    assert not page.all("mark script, .hit b")
    for data in page.all("script[type='application/ld+json']"):
        json.loads(data.get_text())


@pytest.mark.parametrize("place", range(len(VECTORS)))
def test_a_hostile_record_is_only_text(hostile, opened, place):
    client, ids = hostile
    id = ids[place]
    page = opened(client.get(f"/record/{id}"))
    check(page)
    if VECTORS[place].isprintable():
        assert " ".join(VECTORS[place].split()) in page.text("h1")
        assert " ".join(VECTORS[place].split()) in page.texts(".abstract")
    for rest in ("/cite", "/history", "/history/1", "/source"):
        check(opened(client.get(f"/record/{id}{rest}")))


def test_hostile_records_in_lists_are_only_text(hostile, opened):
    client, _ = hostile
    for address in (
        "/",
        "/search?per=25",
        "/search?per=50",
        "/search?q=alert&per=25",
        "/search?q=title",
        "/facet/author",
        "/facet/descriptor",
        "/facet/source",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        check(opened(answer))


@pytest.mark.parametrize("vector", VECTORS)
def test_a_hostile_address_is_only_text(hostile, opened, vector):
    client, ids = hostile
    for path, query in (
        ("/search", {"q": vector}),
        ("/search", {"descriptor": vector, "not.author": vector, "sort": vector, "from": vector, "page": vector}),
        ("/facet/author", {"q": vector, "find": vector, "by": vector, "leaf": vector}),
        (f"/record/{ids[0]}", {"q": vector, "at": "1"}),
        (f"/record/{ids[0]}", {"merged": vector}),
        (f"/record/{ids[0]}/history/{vector}", {}),
        (f"/record/{vector}", {}),
        (f"/doi/{vector}", {}),
        (f"/{vector}", {"q": vector}),
    ):
        answer = client.get(path, query_string=query, follow_redirects=True)
        assert answer.status_code in (200, 404), path
        if answer.mimetype == "text/html":
            check(opened(answer))


def test_json_ld_cannot_end_its_element(hostile):
    client, ids = hostile
    html = client.get(f"/record/{ids[1]}").get_data(as_text=True)
    assert html.count("</script>") == 2  # the one of JSON-LD and that of the program


def test_headers_cannot_be_split(hostile):
    client, _ = hostile
    answer = client.get("/search.bib", query_string={"q": "a\r\nX-Evil: 1"})
    assert "X-Evil" not in answer.headers
