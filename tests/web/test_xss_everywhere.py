"""Many hostile texts in every field of a record, on every page, feed and description: each is told as text.

The same library is made twice, with hostile and with plain words in the same places; no page of the one may have an
element or attribute that pages of its kind in the other do not have.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from litbase.library import Library, bring_level
from litbase.record.names import Name
from litbase.record.record import ASSIGNED, FIELD_NAMES, Mark, Record, Reference, default_of
from litbase.record.text import clean, squash
from litbase.web import create_app
from tests.web.conftest import emptied, incoming
from tests.web.vectors import fewer_vectors

HOSTILE = tuple(
    {squash(clean(text)): text for text in fewer_vectors()}.values()
)  # what no record may hold tells none apart
PLAIN = tuple(f"https://plain.example/word{n}" for n in range(16))
TYPES = ("article-journal", "chapter", "book", "paper-conference", "thesis", "article-newspaper", "report", "webpage")
PEOPLE = {"author", "editor", "translator", "chair", "discussant"}
PAIRS = {"identifiers", "extra"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "cite", "poster", "xlink:href"}
SCHEMES = {"", "http", "https", "ftp", "mailto"}
ORIGIN = {"Origin": "http://localhost"}
LONGER = {("a", "rel"), ("a", "aria-current"), ("a", "aria-label"), ("span", "aria-hidden"), ("div", "aria-labelledby")}
"""Of pagers and long panels, which the smaller library does not have; they name things and run nothing."""
AT_ONCE = 10  # texts in one address


class World(NamedTuple):
    """A library full of *texts*, its client, and its records in their order."""

    library: Library
    client: FlaskClient
    texts: tuple[str, ...]
    ids: list[str]

    def get(self, address: str, **query: Any) -> str:
        """The page there, redirects followed."""
        answer = self.client.get(address, query_string=query or None, follow_redirects=True)
        assert answer.status_code < 500, (address, query)
        return str(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else ""


def filled(text: str, number: int) -> Record:
    """A record with *text* in every field; in some, where it has another form, among other things."""
    name = Name(family=text, given=text, particle=text, suffix=text)
    values: dict[str, Any] = {}
    for field in FIELD_NAMES:
        if default_of(field) == "":
            values[field] = text
        elif default_of(field) == () and field not in ("marks", "inferred", "collection"):
            values[field] = (name, Name(literal=text)) if field in PEOPLE else (text,)
        if field in PAIRS:
            values[field] = ((text, text),)
    cited = Record(title=text, author=(name,), url=text, doi=text, container_title=text)
    values |= {"type": TYPES[number % len(TYPES)], "references": (Reference(text, cited), Reference(text, None))}
    values["marks"] = (Mark("title", 0, 1, "i"), Mark("abstract", 0, 1, "sup"))
    return Record(**{k: v for k, v in values.items() if k not in ASSIGNED or k == "citation_key"})


def world(folder: Path, texts: tuple[str, ...]) -> World:
    library = emptied(folder / "library")
    read = [incoming(filled(text, n), text, f"{n} {text}") for n, text in enumerate(texts)]
    for one in read:
        library.store.put_document(one.document, one.key, "utf-8", one.key.encode())
    outcomes = library.store.put(read, library.store.start_run(texts[0], {}), texts[0])
    ids = [outcome.id for outcome in outcomes]
    assert {outcome.status for outcome in outcomes} == {"new"}
    bring_level(library)
    client = create_app(library).test_client()
    client.post("/list/add", data={"id": ids}, headers=ORIGIN)
    for id, text in zip(ids, texts, strict=True):
        client.post("/list/note", data={"only": id, "note": text, "mark": "keep"}, headers=ORIGIN)
    return World(library, client, texts, ids)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world(tmp_path_factory.mktemp("hostile"), HOSTILE)
    yield made
    made.library.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world(tmp_path_factory.mktemp("plain"), PLAIN)
    yield made
    made.library.close()


def tree(page: str) -> LexborNode:
    """A page as a browser understands it."""
    root = LexborHTMLParser(page).root
    assert root
    return root


def elements(root: ET.Element | LexborNode) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Every element with its attributes; a comment has the name "-comment"."""
    if isinstance(root, ET.Element):
        return ((each.tag, each.attrib) for each in root.iter())
    return ((each.tag or "", each.attributes) for each in root.traverse())


def parts(root: ET.Element | LexborNode) -> set[tuple[str, str]]:
    """Every element of a page with each of its attributes, and its comments; no address may run anything."""
    found = set()
    for tag, attributes in elements(root):
        found |= {(tag, ""), *((tag, name) for name in attributes)}
        for name in ADDRESSES & attributes.keys():
            assert scheme(attributes[name] or "") in SCHEMES, (tag, attributes)
    return found


def test_what_is_in_a_page_is_seen():
    said = (
        "<p onclick=x title='<b>'>&lt;i><!-- c --><svg><a xlink:href='https://a.example'/></svg><table><img src=/x alt>"
    )
    inside = {("p", "onclick"), ("p", "title"), ("-comment", ""), ("a", "xlink:href"), ("img", "src"), ("img", "alt")}
    assert parts(tree(said)) == inside | {(tag, "") for tag in "html head body p svg a img table".split()}
    for address in ("javascript:x", " java\nscript:x", "//a.example", "data:x"):
        with pytest.raises(AssertionError):
            parts(tree(f"<a href='{address}'>"))


def scheme(address: str) -> str:
    """The scheme a browser would see, which knows neither line breaks nor control characters; "//" for another host."""
    seen = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    if seen.startswith("//"):
        return "//"
    found = re.match(r"([a-z][a-z0-9+.-]*):", seen, re.I)
    return found[1].lower() if found else ""


def batches(texts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """*texts* by tens, the last ten filled up with the first."""
    return ((*texts[at : at + AT_ONCE], *texts)[:AT_ONCE] for at in range(0, len(texts), AT_ONCE))


def about_records(one: World) -> Iterable[str]:
    """Of each record one of the pages about it."""
    rests = ("/cite", "/history", "/source", "/history/1", "/cite?style=ieee&page=3")
    return (one.get(f"/record/{id}{rests[n % len(rests)]}") for n, id in enumerate(one.ids))


def results(one: World) -> Iterable[str]:
    yield one.get("/")
    for page in range(1, len(one.ids) // 25 + 2):
        yield one.get("/search", per=25, page=page, cited=1)


def queries(one: World) -> Iterable[str]:
    return (one.get("/search", q=" ".join(some), per=10) for some in batches(one.texts))


def filters(one: World) -> Iterable[str]:
    for some in batches(one.texts):
        yield one.get("/search", **{"descriptor": list(some), "not.author": list(some), "source": some[0]})
        yield one.get("/search", sort=some[0], page=some[1], per=some[2], cited=some[3], **{"from": some[4]})
        yield one.get("/search/advanced", words=list(some), field=list(some), join=list(some), way=list(some))
        yield one.get("/search/advanced", q=" ".join(some), descriptor=list(some), do=some[1])
        yield one.get("/facet/author", q=some[0], find=some[1], by=some[2], leaf=some[3], letter=some[4])
        yield one.get(f"/record/{one.ids[0]}", q=" ".join(some), at="1", merged=some[1], style=some[2])
        yield one.get(f"/record/{one.ids[0]}/cite", style=some[3], page=some[4][:40])
        yield one.get("/cite", id=[one.ids[0], *some], style=some[5])
        yield one.get("/list", order=some[6], mark=some[7], style=some[8], page=some[9])


def values(one: World) -> Iterable[str]:
    for name in ("descriptor", "author", "source", "publisher", "language", "place", "law", "test", "network"):
        for leaf in range(1, len(one.ids) // 100 + 2):
            yield one.get(f"/facet/{name}", leaf=leaf)
    for name in ("descriptors", "authors", "sources"):
        listed = one.get(f"/{name}")
        yield listed
        yield from (one.get(f"/{name}", find=text) for text in one.texts[::20])
        headed = re.findall(rf'href="(/{name}/[^"?#]+)"', listed)
        yield from (one.get(address.replace("&amp;", "&")) for address in sorted(set(headed))[:30])


def together(one: World) -> Iterable[str]:
    for at in range(0, len(one.ids), 100):
        yield one.get("/cite", id=one.ids[at : at + 100], style=("apa", "chicago-notes", "ama")[at // 100 % 3])
    for page in range(1, len(one.ids) // 25 + 2):
        yield one.get("/list", page=page)
    yield one.get("/list", style="mla")
    one.client.post("/list/share", data={"do": "start", "notes": "1"}, headers=ORIGIN)
    shared = re.search(r'href="(/l/[\w-]+)"', one.get("/list"))
    assert shared
    yield one.get(shared[1])
    asked = one.client.post("/list/remove", data={"id": one.ids, "next": "/list"}, headers=ORIGIN)
    yield asked.get_data(as_text=True)


def errors(one: World) -> Iterable[str]:
    for name in ("authors", "sources"):  # which long texts may name by their beginnings
        yield one.get(f"/{name}/{quote(one.texts[0], safe='')}")
    for some in batches(one.texts):
        path = quote(" ".join(some), safe="")
        past = f"record/{one.ids[0]}/history/"
        for place in ("", "record/", "doi/", "cite/", "l/", "authors/", "sources/", "facet/", past):
            yield one.get(f"/{place}{path}", q=some[0])
        answer = one.client.post("/list/add", data={"id": list(some), "next": some[0]}, headers=ORIGIN)
        yield answer.get_data(as_text=True)


def saved(one: World) -> Iterable[str]:
    for some in batches(one.texts):
        search = urlencode({"q": " ".join(some), "descriptor": some[1]})
        one.client.post("/searches/save", data={"search": search, "name": some[0]}, headers=ORIGIN)
        yield one.get("/searches")


def converted(one: World) -> Iterable[str]:
    for some in batches(one.texts):
        given = {"text": "\n\n".join(some), "to": some[0], "style": some[1], "from": some[2]}
        yield one.client.post("/convert", data=given, headers=ORIGIN).get_data(as_text=True)
        entry = "".join(f"@book{{k{n}, title = {{{text}}}, author = {{{text}}}}}\n" for n, text in enumerate(some))
        yield one.client.post("/convert", data={"text": entry}, headers=ORIGIN).get_data(as_text=True)


KINDS: dict[str, Callable[[World], Iterable[str]]] = {
    each.__name__: each
    for each in (about_records, results, queries, filters, values, together, errors, saved, converted)
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_an_element_or_attribute_of_a_hostile_text(hostile, plain, kind):
    usual = {part for page in KINDS[kind](plain) if page for part in parts(tree(page))}
    usual |= LONGER
    pages = 0
    for page in KINDS[kind](hostile):
        if page:
            pages += 1
            root = tree(page)
            assert parts(root) - usual == set()
            assert len(root.css("main")) == len(root.css("footer")) == 1
    assert pages > 4


def told(text: str) -> str:
    return squash(clean(text))


def test_a_record_is_told_as_it_is_written(hostile, plain):
    usual = {part for id in plain.ids for part in parts(tree(plain.get(f"/record/{id}")))}
    for id, text in zip(hostile.ids, HOSTILE, strict=True):
        root = tree(hostile.get(f"/record/{id}"))
        assert parts(root) <= usual, text
        assert told(text) in told(root.css("h1")[0].text())
        assert told(root.text()).count(told(text)) > 10
        [script] = [each for each in root.css("script") if "src" not in each.attributes]
        assert script.attributes == {"type": "application/ld+json"}
        assert "<" not in script.text()
        held = json.loads(script.text())
        assert told(text) in (held.get("name"), held.get("headline")), held


def test_programs_get_what_browsers_do_not_take_for_a_page(hostile):
    for id in hostile.ids[::10]:
        for suffix in (".json", "/cite.json", "/history.json", ".bib", ".ris", ".csl.json", ".jsonld", ".xml", ".csv"):
            answer = hostile.client.get(f"/record/{id}{suffix}")
            assert answer.status_code in (200, 404), suffix
            assert answer.mimetype != "text/html" or answer.status_code == 404
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for text in HOSTILE:
        answer = hostile.client.get("/search.json", query_string={"q": text, "per": 1})
        assert (answer.mimetype, told(answer.get_json()["q"])) == ("application/json", told(text))


def xml(one: World, address: str, **query: Any) -> ET.Element:
    return ET.fromstring(one.client.get(address, query_string=query).get_data())


def test_feeds_and_descriptions_hold_texts_only(hostile, plain):
    def documents(one: World) -> Iterator[ET.Element]:
        yield xml(one, "/feed.atom")
        for some in batches(one.texts):
            yield xml(one, "/search.atom", q=" ".join(some), descriptor=list(some))
            yield xml(one, "/search.atom", descriptor=some[0])
        yield xml(one, "/search.atom", sort="title")
        yield from (
            xml(one, address) for address in ("/opensearch.xml", "/sitemap.xml", "/sitemap-pages.xml", "/unapi")
        )
        yield from (xml(one, "/unapi", id=id) for id in one.ids)

    usual = {part for root in documents(plain) for part in parts(root)}
    for root in documents(hostile):
        assert parts(root) <= usual
    for text in HOSTILE:
        for query in ({"id": text}, {"id": hostile.ids[0], "format": text}):
            assert hostile.client.get("/unapi", query_string=query).mimetype in ("text/plain", "application/xml")


def test_the_way_back_leads_nowhere_else(hostile):
    for text in HOSTILE:
        answer = hostile.client.post("/settings/theme", data={"theme": "dark", "next": text}, headers=ORIGIN)
        assert answer.status_code in (303, 400)
        assert re.fullmatch(r"/(?![/\\\\]).*|", answer.headers.get("Location", ""))
        assert "X-Evil" not in answer.headers


def test_no_header_or_cookie_changes_a_page(hostile):
    def page(**headers: str) -> bytes:
        return hostile.library and create_client(hostile).get("/accessibility", headers=headers).get_data()

    def create_client(one: World) -> FlaskClient:
        return one.client.application.test_client(use_cookies=False)

    usual = page()
    for text in HOSTILE:
        value = re.sub(r"[\r\n\0]", " ", text).encode("utf-8").decode("latin-1")
        cookies = f"litbase-theme={value}; litbase-list={value}; litbase-style={value}"
        headers = dict.fromkeys(("Referer", "User-Agent", "X-Fragment", "X-Forwarded-For", "Accept-Language"), value)
        assert page(Cookie=cookies, **headers) == usual


def test_settings_of_the_operator_are_text(hostile, plain):
    def pages(one: World) -> Iterator[str]:
        folder = one.library.folder
        (folder / "about.md").write_text("\n\n".join(clean(text) for text in one.texts), "utf-8")
        name = clean(" ".join(one.texts[::3]))
        settings = replace(one.library.settings, name=name, tagline=clean(" ".join(one.texts)), about="about.md",
                           contact="librarian@plain.example")  # fmt: skip
        made = one._replace(client=create_app(replace(one.library, settings=settings)).test_client())
        for address in ("/", "/about", "/help", "/list", "/nothing", f"/record/{one.ids[0]}", "/search", "/stats"):
            yield made.get(address)
        for address in ("/opensearch.xml", "/feed.atom"):
            parts(xml(made, address))
        bib = made.client.get("/search.bib?per=1").get_data(as_text=True)
        assert "\nX-Evil" not in bib

    usual = {part for page in pages(plain) for part in parts(tree(page))}
    prose = {("em", ""), ("strong", ""), ("code", ""), ("pre", ""), ("blockquote", ""), ("h2", "")}
    for page in pages(hostile):
        assert parts(tree(page)) <= usual | prose


def test_a_withdrawn_record_tells_its_reason_as_text(hostile, plain):
    def pages(one: World) -> Iterator[str]:
        for id, text in zip(one.ids[:40], one.texts[-40:], strict=True):
            one.library.store.set_state(id, "withdrawn", text, text)
            yield one.get(f"/record/{id}")

    usual = {part for page in pages(plain) for part in parts(tree(page))}
    assert all(parts(tree(page)) <= usual for page in pages(hostile))
