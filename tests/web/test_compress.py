"""Packed answers and shipped files."""

import gzip

import pytest

from litbase.web.bundle import content, names
from litbase.web.links import Links


@pytest.mark.parametrize("address", ["/", "/search?q=learning", "/search.json", "/record/EJ1223055", "/nosuchpage"])
def test_a_page_is_packed_for_who_takes_it(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 2
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("accepts", ["", "identity", "br", "gzip;q=0", "*;q=0", ";;,q=,", "gzip;q=x"])
def test_who_does_not_take_it_gets_it_plain(client, accepts):
    answer = client.get("/search", headers={"Accept-Encoding": accepts})
    assert answer.status_code == 200
    assert answer.data.lstrip().startswith(b"<!doctype")


def test_little_things_and_streams_stay_as_they_are(client):
    takes = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in client.get("/healthz", headers=takes).headers
    with client.get("/search.bib", headers=takes) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.get_data().count(b"\n@") > 30


def test_what_sets_a_cookie_is_not_packed(client):
    answer = client.post("/settings/theme", data={"theme": "nonsense" * 200},
                         headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"})  # fmt: skip
    assert answer.status_code == 400
    chosen = client.post("/settings/theme", data={"theme": "dark"},
                         headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"})  # fmt: skip
    assert "Set-Cookie" in chosen.headers
    assert "Content-Encoding" not in chosen.headers


@pytest.mark.parametrize("name", sorted(names()))
def test_every_shipped_file_comes_whole_and_is_kept(client, name):
    data = content(name)
    answer = client.get(Links("").static(name) if "/" not in name else f"/static/{name}")
    assert answer.data == data
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    unpacked = gzip.decompress(packed.data) if "Content-Encoding" in packed.headers else packed.data
    assert unpacked == data
    assert answer.headers["Cache-Control"].startswith("public")


def test_an_address_with_its_mark_is_kept_for_ever_and_another_for_an_hour(client):
    marked = client.get(Links("").static("litbase.css"))
    assert "immutable" in marked.headers["Cache-Control"]
    for address in ("/static/litbase.css", "/static/litbase.css?v=0123456789"):
        assert client.get(address).headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
def test_a_file_that_is_there_already_is_not_sent_again(client, accepts):
    first = client.get("/static/litbase.css", headers={"Accept-Encoding": accepts})
    again = client.get(
        "/static/litbase.css", headers={"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Cache-Control" in again.headers


def test_packed_and_plain_have_tags_of_their_own(client):
    tags = {client.get("/static/litbase.css", headers={"Accept-Encoding": e}).headers["ETag"] for e in ("gzip", "br")}
    assert len(tags) == 2


@pytest.mark.parametrize(
    "name", ["", "fonts", "fonts/", "../__init__.py", "%2e%2e/__init__.py", "..%2f__init__.py", "litbase.css%00",
             "%00", "/etc/passwd", "//etc/passwd", "fonts/../litbase.css", "C:\\windows", "litbase.css/", "a" * 9000]
)  # fmt: skip
def test_nothing_else_is_served_and_no_folder_listed(client, name):
    answer = client.get(f"/static/{name}")
    assert answer.status_code in (404, 308, 301, 302)
    assert b"create_app" not in answer.data
