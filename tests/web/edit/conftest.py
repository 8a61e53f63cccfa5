"""Two editors of a library of three records, and forms as a browser sends them."""

import pytest

from tests.web.conftest import ARTICLE, BARE, CHAPTER, Page, emptied, fill, incoming, served, signed_in

ID = "EJ1223055"
FORM = f"/record/{ID}/edit"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, (incoming(ARTICLE, "eric", ID), incoming(CHAPTER, "vufind", "c"), incoming(BARE, "bibtex", "b")))
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def ann(app, library):
    return signed_in(app, library, "editor", "Ann")


@pytest.fixture
def ben(app, library):
    return signed_in(app, library, "editor", "Ben")


def opened(answer):
    return Page(answer.get_data(as_text=True))


def fields(page, form="#edit"):
    """The fields of a form as a browser sends them, without its buttons."""
    sent = []
    for each in page.one(form).select("input[name], textarea[name], select[name]"):
        if each.get("type") in ("radio", "checkbox") and not each.has_attr("checked"):
            continue
        if each.name == "select":
            options = each.select("option[selected]") or each.select("option")[:1]
            value = options[0]["value"]
        else:
            value = each.get_text().removeprefix("\n") if each.name == "textarea" else each.get("value", "")
        sent.append((each["name"], value.replace("\n", "\r\n")))
    return sent


def form(client, address, **changes):
    """The form there, with other values."""
    return changed(fields(opened(client.get(address))), **changes)


def changed(pairs, **changes):
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return data
