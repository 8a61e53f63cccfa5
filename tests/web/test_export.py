"""Downloads: one record or a whole result set, complete, named, and readable by what reads them."""

import json

import pytest

from litbase.formats import FORMATS
from litbase.formats.bibtex import read as bibtex
from litbase.query.state import SearchState
from litbase.record.reading import Document, Reading
from litbase.record.record import from_json
from litbase.web.export import filename


def test_a_bibtex_file_is_read_back(client):
    text = client.get("/search.bib?q=learning&not.type=report").get_data(as_text=True)
    readings = [r for r in bibtex.read(Document.from_text(text, "x.bib")) if isinstance(r, Reading)]
    titles = {reading.record.title for reading in readings}
    assert len(readings) == 5
    assert "Learning at the Boundaries" in titles


def test_jsonl_is_the_records_themselves(client, web_library):
    lines = client.get("/search.jsonl?type=report").get_data(as_text=True).splitlines()
    records = [from_json(line) for line in lines]
    assert len(records) == 30
    assert records[0] == web_library.store.get(records[0].id).record


def test_csl_json_is_one_array_of_all(client):
    items = json.loads(client.get("/search.csl.json").get_data(as_text=True))
    assert len(items) == 36


def test_ris_ends_every_record(client):
    text = client.get("/search.ris?type=report").get_data(as_text=True)
    assert text.count("TY  - ") == text.count("ER  - ") == 30


@pytest.mark.parametrize("format", FORMATS, ids=lambda f: f.name)
@pytest.mark.parametrize("where", ["/record/EJ1223055", "/search"])
def test_a_download_has_its_type_and_a_name(client, format, where):
    answer = client.get(where + format.suffix)
    assert answer.content_type == f"{format.mime}; charset=utf-8"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.endswith(f'{format.suffix}"')


@pytest.mark.parametrize("suffix", ["zip", "bibx", "xbib", "bib.exe", "html"])
def test_an_unknown_form_is_not_found(client, suffix):
    assert client.get(f"/search.{suffix}").status_code == 404
    assert client.get(f"/record/EJ1223055.{suffix}").status_code == 404


def test_a_file_name_says_library_search_and_date():
    state = SearchState(q='"learning communities" author:özgür/../x').add("type", "chapter")
    name = filename("Reading room", state, ".bib")
    assert name.startswith("reading-room-learning-communities-author-ozgur-x-chapter-20")
    assert name.endswith(".bib")
    assert "/" not in name


def test_the_export_of_nothing_is_an_empty_file(client):
    for format in FORMATS:
        assert client.get(f"/search{format.suffix}?q=nothinglikethis").status_code == 200


def test_head_requests_get_the_headers_only(client):
    answer = client.head("/search.bib")
    assert (answer.status_code, answer.get_data()) == (200, b"")
