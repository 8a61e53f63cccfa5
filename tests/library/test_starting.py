"""Starting from what is there: what a text asks for, what services answer, and how long anybody waits for them."""

import threading
import time
from dataclasses import replace as with_changes

import pytest

from litbase.errors import BadInput, NoAnswer
from litbase.library import network, open_library, starting
from litbase.library.lookup import Wanted
from litbase.library.starting import asked, here, looked_up, read
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming
from tests.elsewhere import Said
from tests.library.test_lookup import CROSSREF, all_services


@pytest.fixture
def server(monkeypatch):
    with all_services() as found:
        found.says("/works/10.5555%2Fexample.1", Said(CROSSREF))
        monkeypatch.setattr(network, "SERVICES", found.network().services)
        yield found


@pytest.fixture
def library(tmp_path, server):
    made = open_library(tmp_path / "library", Settings(fetch_inside=server.name), create=True)
    yield made
    made.close()


ASKED = {
    "10.1000/182": Wanted("doi", "10.1000/182"),
    "  doi:10.1000/182 ": Wanted("doi", "10.1000/182"),
    "DOI: 10.1000/182": Wanted("doi", "10.1000/182"),
    "https://doi.org/10.1000/182": Wanted("doi", "10.1000/182"),
    "isbn:9780415839051": Wanted("isbn", "9780415839051"),
    "ISBN 978-0-415-83905-1": Wanted("isbn", "9780415839051"),
    "978-0-415-83904-0": Wanted("isbn", ""),
    "isbn:12": Wanted("isbn", ""),
    "ej1223055": Wanted("eric", "EJ1223055"),
    "ERIC Number: EJ1223055": Wanted("eric", "EJ1223055"),
    "https://eric.ed.gov/?id=EJ1223055": Wanted("eric", "EJ1223055"),
    "1234-5679": Wanted("issn", "1234-5679"),
    "https://example.org/x": Wanted("url", "https://example.org/x"),
    "": None,
    "-": None,
    "/etc/passwd": None,
    "file:///etc/passwd": None,
    "http://[": None,
    "@article{a, title={X}}": None,
    "Roe, A. (2001). Schools. Example Press.": None,
    "10.1000/182\n10.1000/183": None,
    "doi: Roe, A. (2001). Schools.": None,
}


@pytest.mark.parametrize("text", ASKED)
def test_what_a_text_asks_for(text):
    assert asked(text) == ASKED[text]


def test_a_file_of_this_machine_is_never_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EJ1223055").write_text("@article{secret, title={Secret}}")
    assert asked("EJ1223055") == Wanted("eric", "EJ1223055")


@pytest.mark.parametrize(
    ("given", "source", "title"),
    [
        ("10.5555/Example.1", "Crossref", "Schools & their pupils"),
        ("https://doi.org/10.5281/data.7", "DataCite", "Answers of pupils"),
        ("9780415839051", "Open Library", "A Book of Examples"),
        ("EJ1223055", "ERIC", "Learning in Schools"),
        ("{url}/page", "127.0.0.1", "Pupils and pages"),
    ],
)
def test_what_the_services_answer_is_read_and_nothing_is_kept(library, server, given, source, title):
    given = given.format(url=server.url)
    found = looked_up(library, given, asked(given))
    assert (found.only.record.title, found.source, found.host) == (title, source, "127.0.0.1")
    assert library.store.count() == 0
    assert library.store.mark()[2] == 0


def test_a_page_that_names_a_doi_offers_it(library, server):
    assert looked_up(library, "x", Wanted("url", f"{server.url}/page")).offered == "10.5555/example.9"


def test_a_number_is_looked_for_in_the_library_first(library):
    run = library.store.start_run("test", {})
    records = (
        Record(type="book", title="The Book", isbn=("9780415839051",)),
        Record(type="chapter", title="A Chapter", container_title="The Book", isbn=("9780415839051",)),
        Record(type="report", title="Numbered", eric="EJ1223055", doi="10.5555/example.1"),
        Record(type="webpage", title="Page", url="https://example.org/x"),
    )
    library.store.put([Incoming(record=r, source="t", key=r.title, reader="t") for r in records], run)

    def titles(text):
        return [one.record.title for one in here(library, asked(text))]

    assert titles("9780415839051") == ["The Book"]
    assert titles("EJ1223055") == titles("10.5555/EXAMPLE.1") == ["Numbered"]
    assert titles("https://www.example.org/x/") == ["Page"]
    assert titles("10.5555/other") == titles("isbn:12") == titles("1234-5679") == []


def slow(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    for _ in range(200):
        line.sendall(b" ")
        time.sleep(0.05)


FAILURES = {
    "unknown": ("10.5555/nothing", {}, "No DOI agency knows the DOI 10.5555/nothing"),
    "wrong check digit": ("978-0-415-83904-0", {}, "978-0-415-83904-0 is no ISBN"),
    "a journal": ("1234-5679", {}, "ISSN of a journal"),
    "busy": ("EJ1", {"/eric/": Said("", 429, headers={"Retry-After": "900"})}, "asked again in 900 seconds"),
    "redirect inside": (
        "10.5281/data.7", {"/doi/": Said(status=302, headers={"Location": "http://10.0.0.1/"})}, "a private network",
    ),
    "no JSON": ("10.5281/data.7", {"/doi/": Said("<html>x</html>", type="text/html")}, "expected to answer with JSON"),
    "a PDF": ("{url}/page", {"/page": Said(b"%PDF-1.7 \0", type="application/pdf")}, "a PDF"),
    "no work": ("{url}/page", {"/page": Said("<html><title>Home</title></html>", type="text/html")}, "names no work"),
    "gone": ("{url}/page", {"/page": Said("gone", 404)}, "has nothing there (404)"),
    "empty": ("{url}/page", {"/page": Said("", type="text/html")}, "empty"),
    "too large": ("{url}/page", {"/page": Said(b"<html>" + b" " * 10_000_000)}, "larger than 4,194,304 bytes"),
    "slow": ("{url}/page", {"/page": Said(raw=slow)}, "too slow: its answer was not whole after 1 seconds"),
    "inside": ("http://169.254.169.254/latest", {}, "inside a private network"),
    "another port": ("http://127.0.0.1:1/x", {}, "port 1 is not one"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_each_failure_is_one_sentence(library, server, monkeypatch, case):
    monkeypatch.setattr(starting, "SECONDS", 1.0)
    given, answers, told = FAILURES[case]
    for path, said in answers.items():
        server.answers = {known: value for known, value in server.answers.items() if not known.startswith(path)}
        server.says(path, said)
    given = given.format(url=server.url)
    begun = time.monotonic()
    with pytest.raises(NoAnswer) as problem:
        looked_up(library, given, asked(given) or Wanted("eric", given))
    assert told in str(problem.value)
    assert "?" not in str(problem.value)
    assert time.monotonic() - begun < 8


def test_all_of_a_look_up_ends_in_its_time(library, server, monkeypatch):
    """Redirects, tries and waiting together, not each."""
    monkeypatch.setattr(starting, "SECONDS", 1.2)

    def late(asked):
        time.sleep(0.5)
        return Said(status=302, headers={"Location": "/page"})

    server.answers["/page"] = late
    begun = time.monotonic()
    with pytest.raises(NoAnswer):
        looked_up(library, "x", Wanted("url", f"{server.url}/page"))
    assert time.monotonic() - begun < 8


def test_nobody_waits_for_a_host_longer_than_that(library, server, monkeypatch):
    monkeypatch.setattr(starting, "SECONDS", 1.0)
    server.says("/page", Said(raw=lambda line: time.sleep(3)))
    told, begun = [], time.monotonic()

    def look():
        try:
            looked_up(library, "x", Wanted("url", f"{server.url}/page"))
        except NoAnswer as problem:
            told.append(str(problem))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(told) == 4
    assert time.monotonic() - begun < 8


def test_look_ups_can_be_off(library):
    off = with_changes(library, settings=with_changes(library.settings, lookups=False))
    with pytest.raises(NoAnswer, match="the setting lookups is off"):
        looked_up(off, "10.5555/Example.1", Wanted("doi", "10.5555/example.1"))


TEXTS = {
    "BibTeX": ("@article{a, title={In a File}, author={Roe, Ann}, year=2001}", ["In a File"]),
    "RIS": ("TY  - JOUR\nTI  - In a File\nAU  - Roe, Ann\nPY  - 2001\nER  - \n", ["In a File"]),
    "NBIB": ("PMID- 1\nTI  - In a File\nFAU - Roe, Ann\nDP  - 2001\n", ["In a File"]),
    "CSL JSON": ('[{"id":"a","type":"book","title":"In a File"}]', ["In a File"]),
    "a reference": ("Roe, A. (2001). In a file. Journal of Examples, 4(2), 10-19.", ["In a file"]),
    "two": ("@book{a, title={One}}\n@book{b, title={Two}}", ["One", "Two"]),
    "numbers": ("10.5555/example.1\nEJ1223055", [None, None]),
}


@pytest.mark.parametrize("case", TEXTS)
def test_texts_of_every_kind_are_read(library, server, case):
    text, titles = TEXTS[case]
    found = read(library, text)
    assert [one.record.title if one.record else None for one in found.entries] == titles
    assert (found.only is not None) == (len(titles) == 1)
    assert server.asked == []


def test_what_was_not_understood_is_told(library):
    found = read(library, "@article{a, title={In a File}, year=2001}\nscribble that nobody reads")
    assert any("scribble" in each for one in found.entries for each in (*one.unread, one.text))


@pytest.mark.parametrize("text", ["", "  \n", "<html><body>no work</body></html>", '{"x": 1}'])
def test_what_says_nothing_is_refused(library, text):
    with pytest.raises(BadInput):
        read(library, text)


def test_more_than_fits_is_cut_and_said(library):
    found = read(library, "\n".join(f"@book{{k{n}, title={{Book {n}}}}}" for n in range(150)))
    assert (len(found.entries), found.is_cut) == (100, True)
