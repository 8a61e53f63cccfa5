"""An editor before an empty form, and the services it asks."""

import pytest

from litbase.library import network
from tests.elsewhere import Said
from tests.library.test_lookup import CROSSREF, all_services
from tests.web.conftest import Page, editor_of, emptied, post


@pytest.fixture
def server(monkeypatch):
    with all_services() as found:
        found.says("/works/10.5555%2Fexample.1", Said(CROSSREF))
        monkeypatch.setattr(network, "SERVICES", found.network().services)
        yield found


@pytest.fixture
def library(tmp_path, server):
    made = emptied(tmp_path / "library", fetch_inside=server.name)
    yield made
    made.close()


@pytest.fixture
def client(library):
    return editor_of(library)


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
