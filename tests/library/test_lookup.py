"""Looking up identifiers and addresses: what the services answer becomes records, and each failure one entry."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.library import Library, network, open_library
from litbase.library.lookup import Wanted, wanted
from litbase.library.network import agent
from litbase.library.reading import Entry, add
from litbase.record.notices import sentence
from litbase.settings import Settings
from tests.elsewhere import Asked, Elsewhere, Said, elsewhere

WORK = {
    "DOI": "10.5555/Example.1", "type": "journal-article", "title": ["Schools &amp; their pupils"],
    "author": [{"given": "Ann B.", "family": "Roe", "sequence": "first"}, {"name": "The Example Group"}],
    "container-title": ["Journal of Examples"], "volume": "4", "issue": "2", "page": "10-19",
    "issued": {"date-parts": [[2015, 3]]}, "ISSN": ["1234-5679"], "URL": "https://doi.org/10.5555/example.1",
    "abstract": "<jats:p>What pupils say.</jats:p>",
}  # fmt: skip
CROSSREF = json.dumps({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": WORK})
DATACITE = json.dumps({
    "type": "dataset", "id": "https://doi.org/10.5281/data.7", "DOI": "10.5281/DATA.7", "title": "Answers of pupils",
    "author": [{"family": "Lind", "given": "Eva"}], "issued": {"date-parts": [[2020]]}, "publisher": "Archive",
})  # fmt: skip
BOOK = json.dumps({
    "ISBN:9780415839051": {
        "url": "https://openlibrary.org/books/OL1M/x", "key": "/books/OL1M", "title": "A Book of Examples",
        "authors": [{"name": "Ann Roe"}], "publish_date": "2014", "publishers": [{"name": "Example Press"}],
    }
})  # fmt: skip
ERIC = json.dumps({"response": {"numFound": 1, "start": 0, "docs": [
    {"id": "EJ1223055", "title": "Learning in Schools", "author": ["Roe, Ann"], "publicationdateyear": 2019,
     "source": "Journal of Examples", "publicationtype": ["Journal Articles"], "peerreviewed": "T"},
]}})  # fmt: skip
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>A page</title>
<meta name="citation_title" content="Pupils and pages"><meta name="citation_author" content="Roe, Ann">
<meta name="citation_publication_date" content="2018/02/01"><meta name="citation_journal_title" content="Web Journal">
</head><body><p>See https://doi.org/10.5555/example.9</p></body></html>"""


@contextmanager
def all_services() -> Iterator[Elsewhere]:
    """A server on this machine that answers as each of the services does."""
    with elsewhere() as found:
        found.says("/works/10.5555%2FExample.1", Said(CROSSREF))
        found.says("/doi/10.5281/data.7", Said(DATACITE, type="application/vnd.citationstyles.csl+json"))
        found.says("/api/books", Said(BOOK))
        found.says("/eric/", Said(ERIC, type="text/plain; charset=utf-8"))
        found.says("/page", Said(PAGE, type="text/html"))
        yield found


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """The services, all on this machine, with the settings that open the way to them."""
    with all_services() as found:
        monkeypatch.setattr(network, "SERVICES", found.network().services)
        monkeypatch.setenv("LITBASE_FETCH_INSIDE", found.name)
        yield found


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    return command


@pytest.fixture
def library(tmp_path: Path, server: Elsewhere) -> Iterator[Library]:
    settings = Settings(fetch_inside=server.name, contact="desk@library.example", public_url="https://library.example")
    found = open_library(tmp_path / "own", settings, create=True)
    yield found
    found.close()


def entries(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    ("given", "ask"),
    [
        ("10.5555/Example.1", Wanted("doi", "10.5555/Example.1")),
        ("doi:10.5555/example.1", Wanted("doi", "10.5555/example.1")),
        ("DOI: 10.5555/example.1", Wanted("doi", "10.5555/example.1")),
        ("https://doi.org/10.5555/a%3Cb", Wanted("doi", "10.5555/a<b")),
        ("http://dx.doi.org/10.5555/example.1", Wanted("doi", "10.5555/example.1")),
        ("https://doi.org/", Wanted("url", "https://doi.org/")),
        ("978-0-415-83905-1", Wanted("isbn", "9780415839051")),
        ("isbn:041583905X", Wanted("isbn", "9780415839051")),
        ("isbn:9780415839052", Wanted("isbn", "")),
        ("EJ1223055", Wanted("eric", "EJ1223055")),
        ("eric:ed123456", Wanted("eric", "ED123456")),
        ("eric:", Wanted("eric", "")),
        ("1234-5679", Wanted("issn", "1234-5679")),
        ("https://example.org/doi/10.5555/example.1", Wanted("url", "https://example.org/doi/10.5555/example.1")),
        ("file.bib", None),
        ("-", None),
        ("doi", None),
        ("C:\\file.bib", None),
    ],
)
def test_what_is_asked_for(given, ask):
    assert wanted(given) == ask


def test_a_path_that_exists_wins_unless_a_prefix_says_identifier(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EJ1223055").write_text("x")
    assert wanted("EJ1223055") is None
    assert wanted("eric:EJ1223055") == Wanted("eric", "EJ1223055")


def added(library: Library, *given: str) -> list[Entry]:
    return list(add(library, given))


@pytest.mark.parametrize(
    ("given", "source", "rank", "title"),
    [
        ("10.5555/Example.1", "crossref", 78, "Schools & their pupils"),
        ("https://doi.org/10.5281/data.7", "datacite", 76, "Answers of pupils"),
        ("9780415839051", "openlibrary", 45, "A Book of Examples"),
        ("EJ1223055", "eric", 70, "Learning in Schools"),
        ("{url}/page", "webpage", 55, "Pupils and pages"),
    ],
)
def test_what_is_looked_up_is_kept_under_its_source_and_address(library, server, given, source, rank, title):
    given = given.format(url=server.url)
    [entry] = added(library, given)
    assert (entry.status, entry.source, entry.title) == ("new", source, title), entry
    [reading] = library.store.readings(entry.id)
    assert (reading.source, reading.rank) == (source, rank)
    assert reading.document_name.startswith(server.url)
    assert [each.status for each in added(library, given)] == ["same"]
    assert server.asked[-1].headers["user-agent"] == agent(library.settings)


def test_a_work_of_crossref_is_read_whole(library):
    [entry] = added(library, "10.5555/Example.1")
    found = library.store.get(entry.id).record
    assert (found.type, found.container_title, found.volume, found.issue, found.page) == (
        "article-journal", "Journal of Examples", "4", "2", "10-19",
    )  # fmt: skip
    assert [str(name) for name in found.author] == ["Roe, Ann B.", "The Example Group"]
    assert (str(found.issued), found.abstract, found.doi) == ("2015-03", "What pupils say.", "10.5555/Example.1")
    assert library.store.readings(entry.id)[0].key == "doi:10.5555/example.1"


def test_eric_is_asked_for_all_fields_of_one_record(library, server):
    added(library, "eric:EJ1223055")
    assert server.asked[-1].query == {"search": "id:EJ1223055", "format": "json", "rows": "1", "fields": "*"}


def test_a_page_that_names_a_doi_offers_it(library, server):
    [entry] = added(library, f"{server.url}/page")
    assert any("litbase add doi:10.5555/example.9" in sentence(told) for told in entry.notices)


def test_a_charset_that_only_the_server_names_counts(library, server):
    page = PAGE.replace('<meta charset="utf-8">', "").replace("Pupils and pages", "Ученики и страницы")
    server.says("/page", Said(page.encode("windows-1251"), type="text/html; charset=windows-1251"))
    assert [entry.title for entry in added(library, f"{server.url}/page")] == ["Ученики и страницы"]


@pytest.mark.parametrize("charset", ["nonsense", "punycode", "zlib", "unicode_escape", "utf-16", "x" * 900])
def test_a_wrong_charset_does_no_harm(library, server, charset):
    page = PAGE.replace("Pupils", "Élèves").replace("utf-8", "iso-8859-1").encode("latin-1")
    server.says("/page", Said(page, type=f"text/html; charset={charset}"))
    [entry] = added(library, f"{server.url}/page")
    assert charset == "utf-16" or entry.title == "Élèves and pages"


FAILURES = [
    ("10.5555/nothing", {}, "No DOI agency knows the DOI 10.5555/nothing"),
    ("isbn:9780415839052", {}, "isbn:9780415839052 is no ISBN"),
    ("doi:nonsense", {}, "doi:nonsense is no DOI"),
    ("1234-5679", {}, "ISSN of a journal"),
    ("9780415839051", {"/api/books": Said("{}")}, "No Open Library knows the ISBN 9780415839051"),
    ("EJ9999999", {"/eric/": Said('{"response":{"numFound":0,"start":0,"docs":[]}}')}, "No ERIC knows the ERIC number"),
    ("EJ1223055", {"/eric/": Said('{"error":{"msg":"no such field"}}', 200)}, "no such field"),
    ("EJ1223055", {"/eric/": Said("<html><body>Down</body></html>", type="text/html")}, "answered with text/html"),
    ("EJ1223055", {"/eric/": Said(ERIC[:90])}, "ends in the middle"),
    ("10.5555/Example.1", {"/works/": Said("", 429, headers={"Retry-After": "900"})}, "asked again in 900 seconds"),
    ("10.5281/data.7", {"/doi/": Said(status=302, headers={"Location": "http://10.0.0.1/"})}, "a private network"),
    ("10.5281/data.7", {"/doi/": Said("<html>landing page</html>", type="text/html")}, "expected to answer with JSON"),
    ("{url}/page", {"/page": Said(b"%PDF-1.7 \x00\x01", type="application/pdf")}, "a PDF"),
    ("{url}/page", {"/page": Said("<html><head><title>Home</title></head></html>", type="text/html")}, "names no work"),
    ("{url}/page", {"/page": Said("gone", 404)}, "has nothing there (404)"),
    ("{url}/page", {"/page": Said("", type="text/html")}, "empty"),
    ("http://169.254.169.254/latest", {}, "inside a private network"),
    ("http://127.0.0.1:1/x", {}, "port 1 is not one"),
    ("http://user:pw@example.org/", {}, "user name or password"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "answers", "told"), FAILURES)
def test_a_failure_is_one_refused_entry_and_the_neighbours_go_on(library, server, given, answers, told):
    for path, said in answers.items():
        server.answers = {known: value for known, value in server.answers.items() if not known.startswith(path)}
        server.says(path, said)
    server.says("/good", Said(PAGE, type="text/html"))
    given = given.format(url=server.url)
    first, *rest = added(library, given, f"{server.url}/good")
    assert first.status == "refused"
    assert told in " ".join(sentence(each) for each in first.notices)
    assert [entry.status for entry in rest] == ["new"]


def test_several_at_once_from_the_command_line(run, server, tmp_path):
    file = tmp_path / "one.bib"
    file.write_text("@article{a, title={In a File}, author={Roe, Ann}, year=2001}")
    result = run("add", "--json", "10.5555/Example.1", str(file), "9780415839051", "isbn:1", "eric:EJ1223055")
    assert [(each["status"], each["title"]) for each in entries(result)] == [
        ("new", "Schools & their pupils"), ("new", "In a File"), ("new", "A Book of Examples"), ("refused", ""),
        ("new", "Learning in Schools"),
    ]  # fmt: skip
    assert result.exit_code == 1


def test_a_dry_run_looks_up_and_changes_nothing(run, server):
    result = run("add", "--dry-run", "10.5555/Example.1", "10.5555/Example.1")
    assert result.exit_code == 0, result.output
    assert "Would be: 1 new, 0 changed, 1 same, 0 refused" in result.output
    assert len(server.asked) == 1
    assert entries(run("add", "--json", "10.5555/Example.1"))[0]["status"] == "new"


def test_a_dry_run_asks_before_it_holds_the_store(library, server):
    held: list[bool] = []

    def answer(_: Asked) -> Said:
        held.append(library.store._database.rehearsing)
        return Said(CROSSREF)

    server.answers["/works/"] = answer
    server.answers.pop("/works/10.5555%2FExample.1")
    assert [entry.status for entry in add(library, ["10.5555/Example.1"], dry_run=True)] == ["new"]
    assert held == [False]


def test_offline_is_said_plainly_with_exit_code_1(run, monkeypatch):
    def nowhere(*_: object, **__: object) -> list:
        import socket

        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    result = run("add", "10.5555/Example.1")
    assert result.exit_code == 1
    assert "api.crossref.org could not be reached: its name leads nowhere, or this machine is offline" in result.output


def test_look_ups_can_be_switched_off(run, server, monkeypatch):
    monkeypatch.setenv("LITBASE_LOOKUPS", "off")
    result = run("add", "10.5555/Example.1")
    assert result.exit_code == 1
    assert "the setting lookups is off" in result.output
    assert server.asked == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), ""),
        (Settings(contact="desk@library.example"), " (mailto:desk@library.example)"),
        (Settings(contact="https://library.example/desk", public_url="https://library.example"),
         " (+https://library.example; https://library.example/desk)"),
    ],
)  # fmt: skip
def test_services_are_told_who_asks(settings, told):
    name, _, rest = agent(settings).partition(" ")
    assert name.startswith("litbase/")
    assert f" {rest}".rstrip() == told.rstrip()
