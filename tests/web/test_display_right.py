"""What may not be shown is in no answer: every address of the application is asked, whatever page it belongs to.

The library has three records whose texts hold words that stand beyond what may be shown.
"""

import re

import pytest

from litbase.library.editing import edit
from litbase.record.names import Name
from litbase.record.reading import Leftover
from litbase.record.record import Mark, Record
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming

SECRET = "quokkavinegar"  # stands beyond the first 300 characters
BESIDE = "marmaladeostrich"  # stands beside it
MISSPELLED = "quokkavinegaa"
BEGINNING = "Teachers learn from each other when they are given time. "
TEXT = BEGINNING * 12 + f"Hidden stand {SECRET} and {BESIDE} here. " + BEGINNING * 12
RULES = {"edweek": "snippet", "ecer": "none", "webpage": "snippet"}
RECORDS = {
    "snippet": Record(
        type="article-newspaper", genre="Opinion", title="Time to Learn", author=(Name(family="Roe", given="Ann"),),
        container_title="Education Week", url="https://example.org/opinion/time", body=TEXT,
        marks=(Mark("body", 0, 8, "i"), Mark("body", 700, 720, "b")),
    ),
    "none": Record(
        type="paper-conference", genre="Symposium", title="Time in Schools", event_title="A Conference",
        contribution=TEXT, method=TEXT, outcomes=TEXT, eric="EJ7000001",
    ),
    "texts": Record(type="webpage", title="Time on the Web", url="https://example.org/time", contribution=BEGINNING * 3,
                    method=TEXT, body=TEXT),
}  # fmt: skip
SOURCES = {"snippet": "edweek", "none": "ecer", "texts": "webpage"}
QUERIES = (
    SECRET,
    f'"{SECRET} and"',
    f"{SECRET[:6]}*",
    f"body:{SECRET}",
    "time",
    "teachers",
    MISSPELLED,
    "Hidden stand",
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """The application, and the ids of the records by rule."""
    library = emptied(tmp_path_factory.mktemp("right") / "library", display=RULES, debug=True)
    left = (Leftover(5, f"A line with {SECRET} in it"),)
    read = tuple(incoming(record, SOURCES[rule], rule, leftovers=left) for rule, record in RECORDS.items())
    for one in read:  # the documents hold it too
        library.store.put_document(one.document, f"{one.key}.txt", "utf-8", TEXT.encode())
    ids = fill(library, read)
    for id in ids:  # and the older versions
        edit(library, id, {"note": "seen"}, who="tester", why="to have a history")
    yield create_app(library), dict(zip(RECORDS, ids, strict=True))
    library.close()


def addresses(app, id):
    """Every address that can be asked of the application about the record *id*, by the rules of its map."""
    from litbase.formats import FORMATS

    suffixes = [format.suffix.removeprefix(".") for format in FORMATS] + ["json", "atom"]
    names = {
        "id": [id], "filename": ["litbase.css"], "version": ["1", "2"], "scheme": ["doi", "eric", "cite"],
        "suffix": suffixes, "token": ["x"], "slug": ["roe-ann", "time"], "run": ["1"], "value": ["EJ7000001"],
        "key": ["author", "descriptor"],
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        made = [str(rule.rule)]
        for argument in rule.arguments:
            values = names.get(argument) or [id, *(f"{id}.{suffix}" for suffix in suffixes), "author"]
            hole = re.compile(r"<(?:[^<>:]*:)?" + argument + ">")
            made = [hole.sub(lambda _, value=value: value, address) for address in made for value in values]
        yield from made


@pytest.mark.parametrize("rule", RECORDS)
def test_no_address_gives_more_than_the_right(guarded, rule):
    app, ids = guarded
    client = app.test_client()
    asked = 0
    for address in addresses(app, ids[rule]):
        is_about_it = ids[rule] in address
        for query in ("", f"?id={ids[rule]}", *(f"?q={query}" for query in QUERIES)):
            if is_about_it and query.startswith("?q") and query != f"?q={QUERIES[0]}":
                continue
            if not is_about_it and not query.startswith("?id") and rule != next(iter(RECORDS)):
                continue  # asked for the first record already: it is the same library
            answer = client.get(address + query)
            text = answer.get_data(as_text=True)
            assert BESIDE not in text, address + query
            if SECRET not in query and MISSPELLED not in query:  # a word alone may be offered as the right spelling
                assert SECRET not in text, address + query
            asked += answer.status_code == 200
    assert asked > 60


@pytest.mark.parametrize(
    "accept", ["application/json", "application/x-bibtex", "application/vnd.citationstyles.csl+json", "text/turtle"]
)
def test_negotiation_gives_no_more(guarded, accept):
    app, ids = guarded
    for id in ids.values():
        assert BESIDE not in app.test_client().get(f"/record/{id}", headers={"Accept": accept}).get_data(as_text=True)


@pytest.mark.parametrize("name", ["results", "cite", "entries", "suggest"])
def test_pieces_of_pages_give_no_more(guarded, name):
    app, ids = guarded
    for address in (f"/search?q={SECRET}", f"/record/{ids['snippet']}/cite", f"/suggest?q={SECRET}"):
        assert BESIDE not in app.test_client().get(address, headers={"X-Fragment": name}).get_data(as_text=True)


def test_what_is_not_shown_is_found(guarded, opened):
    app, ids = guarded
    page = opened(app.test_client().get(f"/search?q={SECRET}"))
    assert {a["href"].split("?")[0] for a in page.all(".hit h2 a")} == {f"/record/{id}" for id in ids.values()}


def test_many_queries_show_the_same_beginning_of_a_text(guarded, opened):
    app, ids = guarded
    seen = set()
    for word in (*TEXT.split()[:30], *TEXT.split()[110:140]):
        page = opened(app.test_client().get("/search", query_string={"q": f'body:"{word}"'}))
        for hit in page.all(".hit"):
            if ids["snippet"] in hit.select_one("h2 a")["href"]:
                seen |= {" ".join(text.get_text().split()) for text in hit.select(".snippet")}
    assert len(seen) == 1
    [beginning] = seen
    assert TEXT.startswith(beginning.removesuffix(" …"))
    assert len(beginning) <= 300


def test_all_texts_of_a_page_together_are_no_longer_than_a_snippet(guarded, opened):
    app, ids = guarded
    for rule in ("snippet", "texts"):
        page = opened(app.test_client().get(f"/record/{ids[rule]}"))
        assert 0 < sum(map(len, page.texts(".abstract"))) <= 300
        assert "Only the beginning may be shown here" in page.text("main")
    page = opened(app.test_client().get(f"/record/{ids['none']}"))
    assert page.all(".abstract") == []
    assert "may not be shown here" in page.text("article")


def test_the_source_text_obeys(guarded, opened):
    app, ids = guarded
    page = opened(app.test_client().get(f"/record/{ids['snippet']}/source"))
    assert 0 < len("".join(page.texts(".src td"))) <= 300
    page = opened(app.test_client().get(f"/record/{ids['none']}/source"))
    assert page.all(".src") == []
    assert "may not be shown here" in page.text("main")
