"""What services answer fills the form, whatever they answer; a GET fetches nothing, and nothing is saved."""

import gzip
import socket
import threading
import time

import pytest

from litbase.library import network, starting
from litbase.web import create_app, turns
from tests.elsewhere import Said
from tests.library.test_lookup import CROSSREF, PAGE
from tests.web.conftest import RECORDS, Page, emptied, fill, post, sign_in
from tests.web.start.conftest import started, typed


@pytest.mark.parametrize(
    ("given", "said", "title"),
    [
        ("10.5555/Example.1", "Found at Crossref (127.0.0.1), read as CSL", "Schools & their pupils"),
        ("https://doi.org/10.5281/data.7", "Found at DataCite", "Answers of pupils"),
        ("ISBN 978-0-415-83905-1", "Found at Open Library", "A Book of Examples"),
        ("EJ1223055", "Found at ERIC", "Learning in Schools"),
        ("{url}/page", "Found at 127.0.0.1, read as Web page", "Pupils and pages"),
    ],
)
def test_what_is_found_fills_the_form_and_saves_nothing(client, library, server, given, said, title):
    page = started(client, given=given.format(url=server.url))
    assert typed(page)["title"] == [title]
    assert said in page.text("#start [role=status]")
    assert "Nothing is saved yet" in page.text("#start [role=status]")
    assert page.one("#given").get("value", "") == ""
    assert (library.store.count(), library.store.mark()[2]) == (0, 0)


def test_the_whole_of_a_work_comes_over(client):
    fields = typed(started(client, given="10.5555/Example.1"))
    assert fields["family"] == ["Roe", "The Example Group"]
    assert fields["given"] == ["Ann B."]
    told = ("container_title", "volume", "issue", "page", "issued", "issn", "abstract", "doi")
    assert [fields[name] for name in told] == [
        ["Journal of Examples"], ["4"], ["2"], ["10-19"], ["2015-03"], ["1234-5679"], ["What pupils say."],
        ["10.5555/Example.1"],
    ]  # fmt: skip


def test_a_doi_that_a_page_names_can_be_looked_up_instead(client, server):
    page = started(client, given=f"{server.url}/page")
    assert page.one("#start button[name=ask]")["value"] == "doi:10.5555/example.9"
    server.says("/works/10.5555%2Fexample.9", Said(CROSSREF))
    assert typed(started(client, ask="doi:10.5555/example.9"))["title"] == ["Schools & their pupils"]


# what a GET does


@pytest.mark.parametrize("given", ["doi:10.5555/Example.1", "EJ1223055", "http://169.254.169.254/", "{url}/page"])
def test_a_get_never_makes_the_server_fetch(client, server, given):
    given = given.format(url=server.url)
    answer = client.get("/new", query_string={"from": given})
    assert answer.status_code == 200
    assert Page(answer.get_data(as_text=True)).one("#given").get("value", "") == given
    assert server.asked == []
    assert client.get("/new/start", query_string={"given": given}).status_code in (404, 405)


def test_what_is_here_is_said_first_with_a_link(client, library, server):
    fill(library, RECORDS[:1])
    for page in (Page(client.get("/new?from=EJ1223055").get_data(as_text=True)), started(client, given="EJ1223055")):
        assert "This library has it already" in page.text("#start")
        assert page.one("#start .note a")["href"] == "/record/EJ1223055"
    assert server.asked == []
    page = started(client, given="EJ1223055", anyway="1")
    assert typed(page)["title"] == ["Learning in Schools"]
    assert "This looks like a record that is here already" in page.text("#like")


def test_it_is_for_editors_alone(client, library, server):
    fill(library, RECORDS[:1])
    reader = create_app(library).test_client()
    sign_in(reader, library, "reader", "Rae")
    for path, data in (("/new/start", {"given": "EJ1223055"}), ("/new/like", {"eric": "EJ1223055"})):
        answer = post(reader, path, data)
        assert answer.status_code == 403
        assert "International Learning" not in answer.get_data(as_text=True)
    assert server.asked == []


# what goes wrong


def dripping(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(400):
        line.sendall(b"a")
        time.sleep(0.02)


def endless(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        line.sendall(b"<p>" * 20_000)


BOMB = gzip.compress(b"<p>" * 20_000_000)
WRONG = {
    "unknown DOI": ("10.5555/nothing", {}, "No DOI agency knows the DOI 10.5555/nothing."),
    "wrong ISBN": ("978-0-415-83904-0", {}, "978-0-415-83904-0 is no ISBN."),
    "ISSN": ("1234-5679", {}, "1234-5679 is the ISSN of a journal, not the number of a work."),
    "404": ("{url}/gone", {}, "127.0.0.1 has nothing there (404)."),
    "no metadata": ("{url}/page", {"/page": Said("<html><p>Hi</p></html>", type="text/html")}, "no work can be read"),
    "a picture": ("{url}/page", {"/page": Said(b"\x89PNG\r\n\x1a\n\0\0", type="image/png")}, "a picture"),
    "private address": ("http://10.0.0.1/x", {}, "inside a private network"),
    "metadata service": ("http://169.254.169.254/latest/meta-data/", {}, "inside a private network"),
    "number as address": ("http://2130706433/", {}, "inside a private network"),
    "mapped address": ("http://[::ffff:127.0.0.1]/", {}, "inside a private network"),
    "another port": ("http://127.0.0.1:22/", {}, "port 22 is not one"),
    "another scheme": ("ftp://example.org/x", {}, "only http and https"),
    "a password": ("http://a:b@example.org/", {}, "user name or password"),
    "redirect inside": (
        "{url}/page", {"/page": Said(status=302, headers={"Location": "http://192.168.0.1/"})}, "a private network",
    ),
    "redirect to a file": (
        "{url}/page", {"/page": Said(status=302, headers={"Location": "file:///etc/passwd"})}, "only http and https",
    ),
    "redirect in a circle": (
        "{url}/page", {"/page": Said(status=302, headers={"Location": "/page"})}, "more than 3 times",
    ),
    "10 MB": ("{url}/page", {"/page": Said(b"a" * 10_000_000, type="text/html")}, "larger than 4,194,304 bytes"),
    "endless": ("{url}/page", {"/page": Said(raw=endless)}, "larger than 4,194,304 bytes"),
    "gzip bomb": (
        "{url}/page", {"/page": Said(BOMB, type="text/html", headers={"Content-Encoding": "gzip"})}, "larger than",
    ),
    "slow drip": ("{url}/page", {"/page": Said(raw=dripping)}, "too slow"),
    "silence": ("{url}/page", {"/page": Said(raw=lambda line: time.sleep(3))}, "too slow"),
    "broken": ("{url}/page", {"/page": Said(raw=lambda line: line.sendall(b"nonsense\r\n"))}, "127.0.0.1"),
    "nothing given": ("", {}, "Write a DOI, ISBN, ERIC number or web address"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_whatever_goes_wrong_is_one_sentence_and_keeps_what_was_typed(client, library, server, monkeypatch, case):
    monkeypatch.setattr(starting, "SECONDS", 1.5)
    given, answers, told = WRONG[case]
    for path, said in answers.items():
        server.says(path, said)
    given = given.format(url=server.url)
    begun = time.monotonic()
    page = started(client, 422, given=given)
    assert time.monotonic() - begun < 12
    assert told in page.text("#start-e")
    assert "Or paste the entry as text" in page.text("#start-e")
    assert page.one("#given").get("value", "") == given
    assert page.one("#start details:has(#pasted)").has_attr("open")
    assert typed(page).keys() <= {"token", "entry", "people"}
    assert library.store.mark()[2] == 0


def test_offline_is_said_plainly(client, monkeypatch):
    def nowhere(*_, **__):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(network, "SERVICES", network.Services())
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    page = started(client, 422, given="10.5555/Example.1")
    assert "api.crossref.org could not be reached: its name leads nowhere, or this machine is offline." in page.text()


def test_a_name_that_turns_inside_after_the_check_leads_nowhere(client, server, monkeypatch):
    """DNS rebinding: the name is asked for once, and the address that was checked is connected to."""
    answers, asked_for, tried = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]]), [], []

    def resolve(host, port, *_):
        asked_for.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(answers)]

    def connect(self, address):
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    page = started(client, 422, given="http://rebind.example/x")
    assert "rebind.example" in page.text("#start-e")
    assert (asked_for, tried) == (["rebind.example"], [("93.184.216.34", 80)])


def test_look_ups_that_are_off_are_replaced_by_what_to_do(tmp_path, server):
    library = emptied(tmp_path / "off", lookups=False, fetch_inside=server.name)
    client = create_app(library).test_client()
    sign_in(client, library)
    page = Page(client.get("/new?from=10.5555/example.1").get_data(as_text=True))
    assert page.all("#given") == []
    assert "the setting lookups is off" in page.text("#start")
    assert page.one("#start details:has(#pasted)").has_attr("open")
    assert "the setting lookups is off" in started(client, 422, given="10.5555/Example.1").text("#start-e")
    page = started(client, text="@book{a, title={Pasted}}", read="1")
    assert typed(page)["title"] == ["Pasted"]
    assert server.asked == []
    library.close()


# several people at once


def test_only_a_few_look_up_at_once_and_the_others_are_told_when_to_come_back(library, server):
    app = create_app(library)
    app.extensions["litbase.turns"].patience = 0.1
    going, let_go = threading.Semaphore(0), threading.Event()

    def wait(_):
        going.release()
        let_go.wait(10)
        return Said(PAGE, type="text/html")

    answers = {}
    server.answers["/page"] = wait

    def look(n):
        mine = app.test_client()
        sign_in(mine, library, name=f"Ann{n}")
        answers[n] = post(mine, "/new/start", {"given": f"{server.url}/page"}).status_code

    threads = [threading.Thread(target=look, args=(n,)) for n in range(turns.AT_ONCE)]
    for each in threads:
        each.start()
    assert going.acquire(timeout=10)
    until = time.monotonic() + 10
    while app.extensions["litbase.turns"]._places._value and time.monotonic() < until:
        time.sleep(0.01)
    late = app.test_client()
    sign_in(late, library, name="Late")
    answer = post(late, "/new/start", {"given": f"{server.url}/page"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    page = Page(answer.get_data(as_text=True))
    assert "Others are looking works up" in page.text("#start-e")
    assert page.one("#given")["value"] == f"{server.url}/page"
    assert late.get("/new").status_code == 200
    let_go.set()
    for each in threads:
        each.join()
    assert sorted(answers.values()) == [200] * turns.AT_ONCE


def test_one_account_looks_up_so_many_a_minute(tmp_path, server):
    library = emptied(tmp_path / "limited", fetch_inside=server.name, rate_limit=100_000)
    app = create_app(library)
    client, other = app.test_client(), app.test_client()
    sign_in(client, library, name="Ann")
    sign_in(other, library, name="Ben")
    codes = [post(client, "/new/start", {"given": "10.5555/nothing"}).status_code for _ in range(15)]
    assert codes[:10] == [422] * 10
    assert 429 in codes[10:]
    asked_before = len(server.asked)
    answer = post(client, "/new/start", {"given": "10.5555/nothing"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert len(server.asked) == asked_before
    assert post(other, "/new/start", {"given": "10.5555/nothing"}).status_code == 422
    library.close()
