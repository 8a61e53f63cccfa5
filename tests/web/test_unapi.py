"""The unAPI server as the specification says it, and its traces on the pages."""

import xml.etree.ElementTree as ET

import pytest


def formats(answer):
    root = ET.fromstring(answer.get_data())
    assert root.tag == "formats"
    return root.get("id"), {one.get("name"): one.get("type") for one in root}


OFFERED = {"ris": "application/x-research-info-systems", "bibtex": "application/x-bibtex"}


def test_without_parameters_it_lists_the_formats(client):
    answer = client.get("/unapi")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    assert formats(answer) == (None, OFFERED)


def test_with_an_id_it_lists_those_of_the_record(client):
    answer = client.get("/unapi?id=EJ1223055")
    assert answer.status_code == 300
    assert formats(answer) == ("EJ1223055", OFFERED)


@pytest.mark.parametrize("name", OFFERED)
def test_with_a_format_it_gives_the_record(client, name):
    answer = client.get(f"/unapi?id=EJ1223055&format={name}")
    assert (answer.status_code, answer.mimetype) == (200, OFFERED[name])
    assert answer.get_data() == client.get("/record/EJ1223055" + {"ris": ".ris", "bibtex": ".bib"}[name]).get_data()


@pytest.mark.parametrize(
    ("query", "status"),
    [("id=EJ9999999", 404), ("id=EJ9999999&format=ris", 404), ("id=EJ1223055&format=mods", 406), ("format=ris", 400),
     ("id=%3Cscript%3E", 404), ("id=EJ1223055&format=%3Cb%3E", 406), ("id=" + "x" * 5000, 404)],
)  # fmt: skip
def test_what_is_not_there_is_refused(client, query, status):
    answer = client.get(f"/unapi?{query}")
    assert answer.status_code == status
    assert answer.mimetype in ("text/plain", "application/xml")


def test_every_hit_and_every_record_has_an_id_and_its_coins(read):
    for address, count in (("/search?per=25", 25), ("/search?q=learning", 10), ("/record/EJ1223055", 1)):
        page = read(address)
        ids = [abbr["title"] for abbr in page.all("abbr.unapi-id")]
        assert len(ids) == len(set(ids)) == len(page.all("span.Z3988[title]")) == count
        assert page.one("link[rel=unapi-server]")["href"] == "/unapi"
        assert page.one("link[rel=unapi-server]")["type"] == "application/xml"


def test_brief_hits_have_their_ids_alone(read):
    page = read("/search?per=50")
    ids = [abbr["title"] for abbr in page.all("abbr.unapi-id")]
    assert len(set(ids)) == len(ids) == 36
    assert "EJ1223055" in ids
    assert not page.all("span.Z3988")
