"""Every page of the web application: a library in which each state occurs, and an address for each page and state."""

import json
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient

from litbase.library import Library, bring_level, bulk, bulk_jobs, importing, uploads
from litbase.library.duplicates import merge
from litbase.library.editing import edit
from litbase.library.operations import operation
from litbase.library.thesaurus import load
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from tests.web.conftest import RECORDS, emptied, fill, incoming

NETWORKS = "role-nd-professional-learning-networks"
OPINION = "iperg-2013-improving-practice"
THESAURUS = """descriptor,used_for,broader,related,scope_note
Community,,,,
Communities of Practice,Learning Communities|Practice Circles (1966 1980),Community,Learning,People who learn together.
Learning,,,,
Cooperative Learning,,Learning,,
"""
ABOUT = "# About\n\nOf the *Reading* Room.\n\n## Hours\n\n- <desk@library.example>\n- https://library.example/\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><rect width="600" height="200"/></svg>'
SQUARES = {"type": "article-journal", "author": (Name(family="Roe", given="Ann"),), "issued": PartialDate(year=2001),
           "container_title": "Journal of Towns"}  # fmt: skip
UPLOADED = (
    """@article{roe2001, title = {SQUARES AND STREETS}, author = {Roe, Ann}, year = {2001},
  journal = {Journal of Towns}, pages = {20--1}, doi = {10.5555/many}, unknown = {<b>kept</b>}}
@book{long, title = {"""
    + "Unbroken" * 40
    + """}, author = {{A Group of Towns}}, year = {1999}, publisher = {P}}
@article{}
"""
)
MORE = (
    Record(**SQUARES, title="Squares and Streets", eric="EJ7000020"),
    Record(**SQUARES, title="Squares and Streets", eric="EJ7000021"),
    Record(**SQUARES, title="RETRACTED ARTICLE: Towns Without Streets", eric="EJ7000030"),
    Record(**SQUARES, title="Entered Twice", eric="EJ7000040"),
    Record(**SQUARES, title="التعلم في المدن", abstract="نص عربي قصير.", language=("ar",), eric="EJ7000050"),
    Record(
        **SQUARES | {"author": tuple(Name(family=f"Name{n}", given="A.") for n in range(15))},
        title="Written by Many: " + "Unbroken" * 30,
        doi="10.5555/many",
    ),
)

# Addresses of pages, with the status that is not 200.  A page that is not here fails test_every_page_is_in_the_list.
PAGES = {
    "/": 200,
    "/help": 200,
    "/login": 200,
    "/stats": 200,
    "/list": 200,
    "/list?style=apa": 200,
    "/l/*": 200,
    "/l/nosuchlist": 404,
    "/about": 200,
    "/imprint": 200,
    "/privacy": 200,
    "/accessibility": 200,
    "/components": 200,
    "/search": 200,
    "/search?q=learning+communities": 200,
    "/search?q=learning&type=chapter&not.language=de&from=1990&to=2020&undated=1&sort=title&per=25": 200,
    "/search?q=nothinglikethis+learning": 200,
    "/search?q=nothinglikethis": 200,
    "/search?q=%28learning+title%3A+AND+%22open&type=nosuch": 200,
    "/search?page=2": 200,
    "/search?cited=1&q=print": 200,
    "/search?q=towns": 200,
    "/search/advanced": 200,
    "/search/advanced?q=title%3Alearning+AND+author%3Amehta&from=1990": 200,
    "/searches": 200,
    "/search/combine?sets=%231+AND": 400,
    "/searches/1": 404,
    "/convert": 200,
    "/facet/descriptor": 200,
    "/facet/author?q=learning&by=name&find=a&author=Nobody&not.author=Author01, A.": 200,
    "/facet/descriptor?find=nosuchvalue": 200,
    "/facet/title": 404,
    "/descriptors": 200,
    "/descriptors?by=tree": 200,
    "/descriptors?find=nothinglikethis": 200,
    "/descriptors/communities-of-practice": 200,
    "/descriptors/lerning": 404,
    "/authors?by=name": 200,
    "/authors/mehta-jal": 200,
    "/sources?letter=j": 200,
    "/sources/journal-of-educational-change": 200,
    "/record/EJ1223055": 200,
    "/record/EJ1223055?q=learning+communities&at=1&style=harvard": 200,
    f"/record/{NETWORKS}": 200,
    f"/record/{OPINION}": 200,
    "/record/ozgur-1988-ozgur-lernen-schule-stadt": 200,
    "/record/gomez-2020-learning-boundaries": 200,
    "/record/stoll-2015-learning-communities-print": 200,
    "/record/EJ7000020?merged=EJ7000021": 200,
    "/record/EJ7000030": 200,
    "/record/EJ7000040": 410,
    "/record/EJ7000050": 200,
    "/record/name0-2001-written-many-unbrokenunbrokenunbroken": 200,
    "/record/EJ1223O55": 404,
    "/record/EJ1223055.zip": 404,
    "/doi/10.9999/none": 404,
    f"/record/{NETWORKS}/cite?style=mla&page=12": 200,
    "/record/EJ1223055/cite?style=nosuch": 200,
    f"/cite?id=EJ1223055&id={OPINION}&id=nosuch&id={NETWORKS}": 200,
    "/record/EJ7000020/history": 200,
    "/record/EJ7000020/history/1": 200,
    "/record/EJ7000021/history": 200,
    "/record/EJ1223055/source": 200,
    "/changes": 200,
    "/record/EJ1223055/correct": 200,
    "/changes?who=nobody&kind=edit": 200,
    "/nosuchpage": 404,
}
# The same for pages that only editors may use, asked by one who is signed in.  What stands behind "#" tells an address
# from that of a page above: "/record/EJ1223055#editor" is the record as an editor sees it.
EDITORS: dict[str, int] = {
    "/account": 200,
    "/users": 200,
    "/audit": 200,
    "/audit?who=Zoe": 200,
    "/#editor": 200,
    "/new": 200,
    "/new?type=thesis&saved=EJ1223055": 200,
    "/record/EJ1223055#editor": 200,
    "/record/EJ1223055/edit": 200,
    "/record/EJ7000040/edit": 200,
    "/record/name0-2001-written-many-unbrokenunbrokenunbroken/edit": 200,
    "/record/EJ7000050/edit": 200,
    "/record/EJ1223O55/edit": 404,
    "/record/EJ7000020/history#editor": 200,
    "/changes#editor": 200,
    "/new?from=EJ1223055": 200,
    "/drafts": 200,
    "/drafts/1": 404,
    "/import": 200,
    "/import/1": 200,
    "/import/1?only=review": 200,
    "/import/1/0": 200,
    "/import/1/3": 200,
    "/import/9": 404,
    "/import/run/1": 200,
    "/import/run/99": 404,
    "/corrections": 200,
    "/corrections?state=declined": 200,
    "/variants": 200,
    "/review": 200,
    "/review/problems": 200,
    "/review/problems/shouting-title": 200,
    "/review/problems/missing-author": 200,
    "/review/problems/no-descriptors": 200,
    "/review/problems/no-descriptors?page=999": 200,
    "/review/problems/nosuch": 404,
    "/bulk": 200,
    "/bulk?q=learning": 200,
    "/bulk?id=EJ1223055&id=EJ7000020": 200,
    "/bulk?from=list": 200,
    "/bulk/2": 200,
    "/bulk/9": 404,
    "/variants?kind=source": 200,
    "/variants/decided": 200,
    "/variants/preview?kind=author&form=Roe%2C+Ann&into=Mehta%2C+Jal": 200,
    "/variants/preview?kind=author&do=separate&form=Roe%2C+Ann&into=Mehta%2C+Jal": 200,
    "/variants/preview": 400,
    "/review/duplicates": 200,
    "/review/duplicates?q=towns&tick=all": 200,
    "/review/duplicates?q=nothinglikethis": 200,
    "/review/duplicates/EJ7000020/name0-2001-written-many-unbrokenunbrokenunbroken": 200,
    "/review/duplicates/EJ7000020/EJ7000021": 409,
    "/review/duplicates/several?do=merge&pair=EJ7000020+EJ7000030&pair=gone+EJ7000030": 200,
    "/review/duplicates/find?one=EJ7000020": 200,
    "/review/duplicates/find?one=EJ7000020&with=nosuch": 404,
    "/record/EJ7000021/history#editor": 200,
}
# What is read by programs, or is a piece of a page, or leads on: each with the type of what comes back.
OTHERS = {
    "/descriptors.json": "application/json",
    "/cite.bib?id=EJ1223055": "application/x-bibtex",
    "/cite.json?id=EJ1223055": "application/json",
    "/doi/10.1007/s10833-019-0000-1": "302",
    "/facet/type.json": "application/json",
    "/favicon.ico": "302",
    "/feed.atom": "application/atom+xml",
    "/healthz": "application/json",
    "/list.ris": "application/x-research-info-systems",
    "/logo.svg": "image/svg+xml",
    "/opensearch.json": "application/x-suggestions+json",
    "/opensearch.xml": "application/opensearchdescription+xml",
    "/record/EJ1223055/cite.json": "application/json",
    "/changes.atom": "application/atom+xml",
    "/changes.json": "application/json",
    "/record/EJ1223055/history.json": "application/json",
    "/robots.txt": "text/plain",
    "/search.ris?q=learning": "application/x-research-info-systems",
    "/search.atom?q=learning": "application/atom+xml",
    "/search.json": "application/json",
    "/search/advanced.json?q=learning": "application/json",
    "/searches.json": "application/json",
    "/sitemap.xml": "application/xml",
    "/sitemap-pages.xml": "application/xml",
    "/sitemap-records.xml?first=EJ1223055": "application/xml",
    "/static/litbase.css": "text/css",
    "/stats.json": "application/json",
    "/suggest?q=learn": "text/html piece",
    "/suggest.json?q=learn": "application/json",
    "/unapi": "application/xml",
}
# The same for editors.
EDITORS_OTHERS: dict[str, str] = {
    "/review/problems.json": "application/json",
    "/bulk/2.json": "application/json",
    "/account.json": "application/json",
    "/users.json": "application/json",
    "/audit.json": "application/json",
    "/edit/terms.json?q=learn": "application/json",
    "/new/corrections": "302",
    "/import.json": "application/json",
    "/import/1.json": "application/json",
    "/variants.json?kind=descriptor": "application/json",
}


def filled(folder: Path) -> Library:
    """A library with records of every kind and state, a thesaurus, a logo and pages of its own."""
    folder.mkdir(parents=True)
    for name, text in {"about.md": ABOUT, "imprint.md": ABOUT, "logo.svg": SVG, "terms.csv": THESAURUS}.items():
        (folder / name).write_text(text, "utf-8")
    library = emptied(folder, name="Reading room", tagline="Find what was written", logo="logo.svg", about="about.md",
                      imprint="imprint.md", contact="desk@library.example", debug=True)  # fmt: skip
    load(library, str(folder / "terms.csv"))
    fill(library, (*RECORDS, *(incoming(one, "eric", one.eric or one.title) for one in MORE)))
    edit(library, "EJ7000020", {"title": "Squares, Streets"}, who="ed", why="as printed")
    merge(library, ["EJ7000021"], "EJ7000020", who="ed")
    library.store.set_state("EJ7000040", "withdrawn", "ed", "Entered twice")
    bring_level(library)
    importing.begin(library, [("two words & more.bib", UPLOADED.encode()), ("prose.txt", b"Dear all, nothing.")], "Zoe")
    some = [operation("add", "keywords", "unbroken" * 20)]
    seen = bulk.preview(library, ["EJ7000030"], some)
    run = bulk_jobs.begin(library, bulk_jobs.keep(library, seen, some, False, "Ann", ""), "Ann", "tried")
    while uploads.is_worked_on(library, 1) or bulk_jobs.report(library, run).state == "working":
        time.sleep(0.01)
    bring_level(library)
    return library


def listing(app: Flask) -> tuple[FlaskClient, str]:
    """A reader with a list that has a note and a mark, and the address at which it is shared."""
    client = app.test_client()
    ours = {"headers": {"Origin": "http://localhost", "Accept": "application/json"}}
    client.post("/list/add", data={"id": ["EJ1223055", NETWORKS, "EJ7000030"]}, **ours)
    client.post("/list/note", data={"id": "EJ1223055", "note": "First\nsecond", "mark": "keep"}, **ours)
    client.post("/list/share", data={"do": "start"}, **ours)
    found = re.search(r"/l/[\w-]+", client.get("/list").get_data(as_text=True))
    assert found, json.dumps(client.get("/list.json").get_json())
    return client, found[0]


def endpoint(app: Flask, address: str) -> str:
    """Which of the functions of *app* answers at *address*."""
    return str(app.url_map.bind("localhost").match(urlsplit(address).path)[0])
