"""Nasty cases of writing: exports, keys, formatted citations and pages.  Each yields (what, got, expected)."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace as with_settings
from pathlib import Path
from typing import Any

from litbase.formats import by_name
from litbase.formats.bibtex.names import write_names
from litbase.formats.csl.write import item
from litbase.formats.page.coins import contexts, told_by
from litbase.formats.page.markup import parse_text
from litbase.library import bring_level, open_library
from litbase.record.dates import PartialDate
from litbase.record.identifiers import doi_link
from litbase.record.keys import citation_key
from litbase.record.names import Name, parse_byline, parse_name
from litbase.record.reading import Document, Reading
from litbase.record.record import Mark, Record
from litbase.settings import Settings
from litbase.store.values import Incoming

Checks = Iterator[tuple[str, object, object]]
"""What was looked at, what was there, and what should be."""


def written(record: Record, format: str = "bibtex") -> str:
    """One record in a format."""
    return "".join(by_name(format).dump([record]))


def field(name: str, **fields: Any) -> str:
    """The line of one field in BibTeX, as "title = {T}"; "" when it is not written."""
    text = written(Record(**{"type": "article-journal", "title": "T", "citation_key": "k", **fields}))
    return next((line.strip().rstrip(",") for line in text.splitlines() if line.startswith(f"  {name} = ")), "")


def back(text: str) -> list[Record]:
    """What our own reader sees in a BibTeX file."""
    from litbase.formats.bibtex import read as bibtex

    return [found.record for found in bibtex.read(Document.from_text(text)) if isinstance(found, Reading)]


def ris(tag: str, record: Record) -> list[str]:
    """The values of one tag in RIS."""
    return re.findall(rf"^{tag}  - (.*)$", written(record, "ris"), re.M)


def escape_all(given: str, expect: str) -> Checks:
    """Every special character of LaTeX at once."""
    title = given.partition(": ")[2]
    yield "line", field("title", title=title), expect
    yield "read back", back(written(Record(title=title)))[0].title, title


def unbalanced_brace(given: str, expect: str) -> Checks:
    """A lone brace costs neither its title nor the rest of the file."""
    from pybtex.database.input.bibtex import Parser

    title = given.partition(": ")[2]
    yield "line", field("title", title=title), expect.partition(";")[0]
    text = "".join(by_name("bibtex").dump([Record(citation_key=key, title=title) for key in "abc"]))
    yield "pybtex", list(Parser().parse_string(text).entries), ["a", "b", "c"]
    yield "read back", [record.title for record in back(text)], [title] * 3


def doi_verbatim(given: str, expect: str) -> Checks:
    """A DOI with all sorts of brackets."""
    doi = given.removeprefix("DOI ")
    for told in (doi, f"https://doi.org/{doi}"):
        yield "bib", field("doi", doi=told), f"doi = {{{doi}}}"
    yield "RIS", ris("DO", Record(doi=doi)), [doi]
    yield "address", doi_link(doi) in expect, True


def url_verbatim(given: str, expect: str) -> Checks:
    """An address with all that LaTeX escapes."""
    url = given.removeprefix("URL ")
    yield "line", field("url", url=url), expect.partition(" (only")[0]
    yield "braces and blanks", field("url", url=url + "{ }\\"), f"url = {{{url}%7B%20%7D%5C}}"


def corporate(given: str, expect: str) -> Checks:
    """A group with "on" in its name stays one author everywhere."""
    name = given.partition("literal: ")[2]
    record = Record(title="Improving Practice", author=(Name(literal=name),), issued=PartialDate(year=2013))
    yield "bib", field("author", author=record.author), f"author = {{{{{name}}}}}"
    yield "CSL", item(record)["author"], [{"literal": name}]
    yield "RIS", ris("AU", record), [name]
    span = f'<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft.aucorp={name.replace(" ", "+")}"></span>'
    [context] = contexts(parse_text(f"<html><body>{span}</body></html>"))
    yield "COinS", told_by(context).get("author"), record.author
    yield "key", f"key {citation_key(record)}" in expect, True
    yield "byline", parse_byline(f"By {name}"), record.author


def corporate_with_and(given: str, expect: str) -> Checks:
    """ "and" inside a name does not part it."""
    names = (Name(literal=given.partition("literal: ")[2]),)
    yield "line", field("author", author=names), expect.partition(" ->")[0]
    yield "read back", back(written(Record(title="T", author=names)))[0].author, names


def family_others(given: str, expect: str) -> Checks:
    """A person called Others, and a list that ends in others."""
    name = parse_name(given)
    assert name
    line, _, truncation = expect.partition("; ")
    yield "line", field("author", author=(name,)), line
    yield "truncated", field("author", author=(name,), others=True), line.removesuffix("}") + " and others}"
    yield "said", "and others" in truncation, True
    again = back(written(Record(title="T", author=(name,), others=True)))[0]
    yield "read back", (again.author, again.others), ((name,), True)


def particles(given: str, expect: str) -> Checks:
    """van der Berg and de la Cruz, Jr., each format its own order."""
    names = tuple(filter(None, map(parse_name, given.split("; "))))
    record = Record(title="Names with Particles", author=names, issued=PartialDate(year=2008))
    yield "bib", f"bib: {write_names(names)} ;" in expect, True
    parts = item(record)["author"]
    yield "CSL", (parts[0]["non-dropping-particle"], parts[1]["suffix"]), ("van der", "Jr.")
    yield "RIS", " / ".join(f'"{line}"' for line in ris("AU", record)) in expect, True
    yield "key", f"key {citation_key(record)}", expect.rpartition("; ")[2]


def cjk_mononym(given: str, expect: str) -> Checks:
    """One-word names in any script; ASCII cannot spell a key from the first."""
    for text in given.split(" / "):
        record = Record(title="T", author=(Name(literal=text),), eric="EJ1223055", issued=PartialDate(year=2019))
        yield f"read back {text}", back(written(record))[0].author, record.author
        yield f"RIS {text}", ris("AU", record), [text]
        if not text.isascii():
            yield "key", f"({citation_key(record)})" in expect, True


def no_author(given: str, expect: str) -> Checks:
    """A report without author is named and cited by its title, once."""
    from litbase.styles import STYLES, entry, plain

    title = "The Vital Role of Teachers"
    record = Record(type="report", title=title, issued=PartialDate(year=2018), publisher="OECD")
    yield "key", citation_key(record)[: len("vital2018role")], "vital2018role"
    text = plain(entry(STYLES["apa"], record))
    yield "title first", text.lower().startswith(title.lower()), True
    yield "title once", text.lower().count(title.lower()), 1
    yield "then the year", text[len(title) :].lstrip(". ").startswith("(2018)."), True


def year_suffix(given: str, expect: str) -> Checks:
    """Two works of one author and year are a and b in a bibliography, by title; alone they are neither."""
    from litbase.styles import STYLES, bibliography, entry, plain

    author = (Name(family="Fullan", given="Michael"),)
    common = {"type": "article-journal", "author": author, "issued": PartialDate(year=2019), "container_title": "J"}
    alpha, beta = Record(title="Alpha study", **common), Record(title="Beta study", **common)
    for name in ("apa", "chicago", "harvard"):
        if name not in STYLES:
            yield f"{name} is there", False, True
            continue
        texts = [plain(found.text) for found in bibliography(STYLES[name], [beta, alpha])]
        yield name, [re.findall(r"2019\w?", text)[0] for text in texts], ["2019a", "2019b"]
        yield f"{name} by title", ["lpha" in texts[0], "eta" in texts[1]], [True, True]
        yield f"{name} alone", re.findall(r"2019\w?", plain(entry(STYLES[name], alpha)))[0], "2019"


def stable_keys(given: str, expect: str) -> Checks:
    """Keys are given once: adding and withdrawing changes none, and none is given twice."""

    def fullan(title: str) -> Record:
        return Record(title=title, author=(Name(family="Fullan", given="M."),), issued=PartialDate(year=2019))

    def keys() -> dict[str, str]:
        return {stored.id: stored.record.citation_key for stored in library.store.scan()}

    def add(title: str, n: int) -> str:
        run = library.store.start_run("nasty", {})
        incoming = Incoming(record=fullan(title), source="bibtex", key=f"{title} {n}", reader="bibtex")
        return library.store.put([incoming], run)[0].id

    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library", Settings(), create=True)
        try:
            first, second = add("Change now", 1), add("Change now", 2)
            before = keys()
            yield "told apart", len(set(before.values())), 2
            third = add("Change now", 3)
            yield "after adding", {id: key for id, key in keys().items() if id != third}, before
            taken = keys()
            library.store.set_state(second, "withdrawn", "nasty")
            add("Change now", 4)
            now = keys()
            yield "after withdrawing", [now[id] for id in (first, third)], [taken[id] for id in (first, third)]
            yield "never again", len({key.lower() for key in (*now.values(), *taken.values())}), 4
            yield "without regard to case", library.store.resolve_key(taken[first].upper()), first
        finally:
            library.close()


def pages(given: str, expect: str) -> Checks:
    """Every way of printing pages, in three formats."""
    printed = [page.removeprefix("PubMed ") for page in given.split(" | ")]
    bib = [field("pages", page=page).removeprefix("pages = {").removesuffix("}") for page in printed]
    wanted = ["365--384", "327--350", "e12", "A1--A20", "12--34, 40", "iv--xii", "365", "1035--1047"]
    yield "bib", bib, wanted
    yield "as listed", [page for page in ("365--384", "12--34, 40", "iv--xii") if page not in expect], []
    yield "CSL", [item(Record(page=page))["page"] for page in printed], [page.replace("--", "-") for page in wanted]
    records = [Record(type="article-journal", page=page) for page in printed]
    yield "SP", [ris("SP", record) for record in (records[0], records[2], records[3], records[6])], [
        ["365"], ["e12"], ["A1"], ["365"],
    ]  # fmt: skip
    yield "EP", [ris("EP", record) for record in (records[0], records[2], records[3], records[6])], [
        ["384"], [], ["A20"], [],
    ]  # fmt: skip
    yield "kept", field("pages", page="34-12"), "pages = {34--12}"


def ris_traps(given: str, expect: str) -> Checks:
    """What Zotero and JabRef make of tags: a report's SN, AN before IS, editors in ED, the book of a chapter."""
    report = Record(type="report", title="A\nB", isbn=("9780415839044",), issn=("1573-1812",), eric="ED123456")
    yield "no SN in a report", [value for value in ris("SN", report) if value], []
    text = written(Record(type="article-journal", title="T", eric="EJ1", issue="3"), "ris")
    yield "AN before IS", 0 < text.index("AN  - ") < text.index("IS  - "), True
    editors = (Name(family="Lee", given="Carol"),)
    chapter = Record(type="chapter", title="C", container_title="The Book", editor=editors)
    for record in (Record(type="book", title="B", editor=editors), chapter):
        yield f"ED of a {record.type}", (ris("ED", record), ris("A2", record)), (["Lee, Carol"], [])
    yield "T2 and BT", (ris("T2", chapter), ris("BT", chapter)), (["The Book"], ["The Book"])
    yield "one line", ris("TI", report), ["A B"]


def title_punct(given: str, expect: str) -> Checks:
    """Marks at the end of a title, and quotes within quotes."""
    from litbase.styles import STYLES, entry, plain

    author = (Name(family="Mehta", given="Jal"),)
    common = {"type": "article-journal", "container_title": "Journal of Change", "author": author}
    asks = Record(title="What happens across national boundaries?", **common)
    yield "APA", "boundaries? Journal" in plain(entry(STYLES["apa"], asks)), True
    quotes = Record(title="The “good” school", **common)
    for name in ("mla", "chicago"):
        if name not in STYLES:
            yield f"{name} is there", False, True
            continue
        yield f"{name} no ?.", "?." in plain(entry(STYLES[name], asks)), False
        text = plain(entry(STYLES[name], quotes))
        yield (
            f"{name} inner quotes",
            ("‘good’" in text or "‘Good’" in text, "”." in text or "”," in text),
            (True, False),
        )
        yield f"{name} stop inside", bool(re.search(r"[Ss]chool[.,]”", text)), True


def html_injection(given: str, expect: str) -> Checks:
    """A script in a title and in an address is text on every page; emphasis comes from marks alone."""
    from litbase.web import create_app
    from litbase.web.views import rich

    title, _, url = given.removeprefix("title ").partition("; url ")
    url = url.partition(";")[0]
    shown = str(rich(title))
    yield "escaped", ("<script>" in shown, "&lt;script&gt;" in shown), (False, True)
    name = "Homo sapiens"
    yield "emphasis", str(rich(name, (Mark("title", 0, len(name), "i"),))), f"<i>{name}</i>"
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library", with_settings(Settings()), create=True)
        try:
            record = Record(type="article-journal", title=title, url=url, author=(Name(literal=f'"{title}"'),))
            run = library.store.start_run("nasty", {})
            incoming = Incoming(record=record, source="bibtex", key="k", reader="bibtex")
            id = library.store.put([incoming], run)[0].id
            bring_level(library)
            client = create_app(library).test_client()
            for address in ("/", f"/record/{id}", "/search?q=alert"):
                html = client.get(address, follow_redirects=True).get_data(as_text=True)
                yield f"{address} holds no script of theirs", "<script>alert(1)" in html, False
                yield f"{address} links no script", 'href="javascript:' in html.lower(), False
                spans = re.findall(r'class="Z3988" title="([^"]*)"', html)
                yield (
                    f"{address} COinS escaped once",
                    [span for span in spans if "&amp;amp;" in span or "<" in span],
                    [],
                )
        finally:
            library.close()
