"""Zotero itself on our pages: its own translators, in the order in which it looks, run by node on a served library.

Source: the npm package zotero-translators, Zotero's translation server of 2019 (AGPL; used here only, never shipped).
"""

import json
import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from litbase.library import open_library
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming
from tests.web.works import WORKS

SCRIPT = Path(__file__).parents[1] / "node" / "zotero.cjs"
ORDER = ["unAPI", "COinS", "Embedded Metadata"]
# Kind of a work -> Zotero's type of it by each of the three ways; None where that way cannot say it.
TYPES = {
    "article-journal": ("journalArticle", "journalArticle", "journalArticle"),
    "chapter": ("bookSection", "bookSection", "bookSection"),
    "symposium": ("conferencePaper", "conferencePaper", "conferencePaper"),
    "paper-conference": ("conferencePaper", "conferencePaper", "conferencePaper"),
    "opinion": ("newspaperArticle", "newspaperArticle", None),
    "article-newspaper": ("newspaperArticle", "newspaperArticle", None),
    "book": ("book", "book", "book"),
    "report": ("report", "report", "report"),
    "thesis": ("thesis", "thesis", "thesis"),
    "webpage": ("webpage", "webpage", None),
    "software": ("computerProgram", "computerProgram", None),
}
CONTAINERS = ("publicationTitle", "bookTitle", "proceedingsTitle", "websiteTitle")


class Quiet(WSGIRequestHandler):
    def log(self, type, message, *args):
        pass


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    """visits[name] is what Zotero makes of the page of a kind, and of "search", by the translators that claim it."""
    if not shutil.which("node") or not (SCRIPT.parent / "node_modules/zotero-translators").is_dir():
        pytest.skip("Zotero's translators are missing; install them with: npm ci --prefix tests/node")
    folder = tmp_path_factory.mktemp("zotero") / "library"
    library = emptied(folder)
    ids = dict(
        zip(WORKS, fill(library, tuple(incoming(work, "bibtex", kind) for kind, work in WORKS.items())), strict=True)
    )
    library.close()
    server = make_server(
        "127.0.0.1", 0, lambda environ, start: app(environ, start), threaded=True, request_handler=Quiet
    )
    url = f"http://127.0.0.1:{server.server_port}"
    library = open_library(folder, replace(library.settings, public_url=url))
    app = create_app(library)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    addresses = [*(f"{url}/record/{id}" for id in ids.values()), f"{url}/search?per=25"]
    try:
        done = subprocess.run(["node", SCRIPT, *addresses], capture_output=True, text=True, timeout=120, check=False)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        library.close()
    assert done.returncode == 0, done.stderr[-3000:]
    answers = json.loads(done.stdout)
    return {name: {one["label"]: one for one in seen} for name, seen in zip((*ids, "search"), answers, strict=True)}


def only(visit, way):
    (item,) = visit[way]["items"]
    return item


def creators(item):
    return [(c.get("creatorType", "author"), c.get("firstName", ""), c["lastName"]) for c in item["creators"]]


@pytest.mark.parametrize("kind", WORKS)
def test_the_three_generic_ways_are_found_in_the_order_in_which_zotero_looks(visits, kind):
    assert [label for label in visits[kind] if label in ORDER] == ORDER
    assert [one["priority"] for one in visits[kind].values()][:3] == [300, 310, 320]


@pytest.mark.parametrize("way", ORDER)
@pytest.mark.parametrize("kind", TYPES)
def test_a_work_is_saved_as_what_it_is(visits, kind, way):
    expected = TYPES[kind][ORDER.index(way)]
    if expected:
        assert only(visits[kind], way)["itemType"] == visits[kind][way]["detected"] == expected


@pytest.mark.parametrize("way", ORDER)
@pytest.mark.parametrize("kind", WORKS)
def test_title_and_authors_arrive_whole(visits, kind, way):
    item, work = only(visits[kind], way), WORKS[kind]
    assert item["title"] == work.title
    people = [(c[1], c[2]) for c in creators(item) if c[0] != "editor"]
    if kind == "opinion":  # citation_author has no way to say that a name is a group's
        whole = [("", "Centre for Learning and Reform")]
        assert people == (whole if way != "Embedded Metadata" else [("Centre for Learning and", "Reform")])
    elif work.author:
        assert people == [(name.given, name.surname) for name in work.author]


@pytest.mark.parametrize("way", ORDER)
@pytest.mark.parametrize("kind", ["article-journal", "chapter", "paper-conference", "symposium", "opinion"])
def test_what_it_is_in_arrives(visits, kind, way):
    item, work = only(visits[kind], way), WORKS[kind]
    names = {item.get(name) for name in (*CONTAINERS, "conferenceName")}
    assert (work.container_title or work.event_title) in names
    if way != "Embedded Metadata" and work.page:
        assert item["pages"] == work.page


@pytest.mark.parametrize("way", ORDER)
def test_an_article_arrives_with_its_numbers(visits, way):
    item = only(visits["article-journal"], way)
    work = WORKS["article-journal"]
    assert (item["volume"], item["issue"], item["pages"]) == ("20", "3", "327-350")
    assert item["DOI"] == work.doi
    assert work.issn[0] in item["ISSN"]
    assert "2019" in item["date"]


def test_subjects_and_abstract_arrive_by_unapi(visits):
    item = only(visits["article-journal"], "unAPI")
    assert [tag.get("tag", tag) if isinstance(tag, dict) else tag for tag in item["tags"]] == [
        "Teaching Methods",
        "Art, Modern",
    ]
    assert item["abstractNote"] == "Of learning."


def test_a_page_of_results_offers_every_record(visits):
    titles = sorted(work.title for work in WORKS.values())
    for way in ("unAPI", "COinS"):
        assert visits["search"][way]["detected"] == "multiple"
        assert sorted(item["title"] for item in visits["search"][way]["items"]) == titles
