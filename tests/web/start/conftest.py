"""An editor before an empty form, and the services it asks."""

import pytest

from litbase.library import network
from litbase.web import create_app
from tests.elsewhere import Said, elsewhere
from tests.library.test_lookup import BOOK, CROSSREF, DATACITE, ERIC, PAGE
from tests.web.conftest import Page, emptied, post, sign_in


@pytest.fixture
def server(monkeypatch):
    with elsewhere() as found:
        found.says("/works/10.5555%2Fexample.1", Said(CROSSREF))
        found.says("/works/10.5555%2FExample.1", Said(CROSSREF))
        found.says("/doi/10.5281/data.7", Said(DATACITE, type="application/vnd.citationstyles.csl+json"))
        found.says("/api/books", Said(BOOK))
        found.says("/eric/", Said(ERIC, type="text/plain; charset=utf-8"))
        found.says("/page", Said(PAGE, type="text/html"))
        monkeypatch.setattr(network, "SERVICES", found.network().services)
        yield found


@pytest.fixture
def library(tmp_path, server):
    made = emptied(tmp_path / "library", fetch_inside=server.name)
    yield made
    made.close()


@pytest.fixture
def client(library):
    app = create_app(library)
    app.testing = False
    made = app.test_client()
    sign_in(made, library)
    return made


def typed(page):
    """What stands in the fields of the form."""
    fields = {}
    for field in page.all("#edit input[name], #edit textarea[name]"):
        value = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
        if field.get("type") not in ("radio", "checkbox") and value:
            fields.setdefault(field["name"], []).append(value)
    return fields


def started(client, status=200, **data):
    answer = post(client, "/new/start", data)
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return Page(answer.get_data(as_text=True))
