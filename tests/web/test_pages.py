"""The frame of the pages: the policy, the view-models that templates get, fragments, colours, the host's name."""

import pytest
from flask import template_rendered

from litbase.web import CSP
from litbase.web.frame import ErrorPage, Site
from litbase.web.views.bibliography import BibliographyPage
from litbase.web.views.changes import ChangesPage
from litbase.web.views.cite import CitePage
from litbase.web.views.convert import ConvertPage
from litbase.web.views.help import HelpPage
from litbase.web.views.history import HistoryPage
from litbase.web.views.home import HomePage
from litbase.web.views.pages import AccessibilityPage, PrivacyPage
from litbase.web.views.record import RecordPage
from litbase.web.views.search import SearchPage
from litbase.web.views.stats import StatsPage
from litbase.web.views.values import FacetPage


def test_the_policy_is_the_one_that_was_decided():
    assert CSP == (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types litbase"
    )


CONTEXTS = {
    "/": HomePage,
    "/help": HelpPage,
    "/stats": StatsPage,
    "/convert": ConvertPage,
    "/accessibility": AccessibilityPage,
    "/privacy": PrivacyPage,
    "/search": SearchPage,
    "/facet/type": FacetPage,
    "/record/EJ1223055": RecordPage,
    "/record/EJ1223055/cite": CitePage,
    "/cite?id=EJ1223055&id=ED100001": BibliographyPage,
    "/record/EJ1223055/history": HistoryPage,
    "/changes": ChangesPage,
    "/nosuchpage": ErrorPage,
}


@pytest.mark.parametrize(("address", "kind"), CONTEXTS.items())
def test_a_template_gets_its_documented_view_model_and_the_site(app, client, address, kind):
    seen = []
    with template_rendered.connected_to(lambda sender, template, context, **_: seen.append(context), app):
        client.get(address)
    assert isinstance(seen[0]["page"], kind)
    assert isinstance(seen[0]["site"], Site)
    own = set(seen[0]) - {"page", "site", "request", "session", "g"}
    assert own == set()
    for field in kind.__dataclass_fields__.values():
        assert field.metadata["help"], field.name


def test_a_fragment_is_the_page_without_its_frame(client):
    answer = client.get("/search?q=learning", headers={"X-Fragment": "results"})
    html = answer.get_data(as_text=True)
    assert "<html" not in html
    for id in ("res-head", "filters-body", "results"):
        assert f'id="{id}"' in html
    assert "X-Fragment" in answer.headers["Vary"]
    assert "X-Fragment" in client.get("/search?q=learning").headers["Vary"]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", None), ('"><script>', None)])
def test_the_theme_comes_from_the_cookie(app, opened, cookie, theme):
    client = app.test_client()
    client.set_cookie("litbase-theme", cookie)
    assert opened(client.get("/")).one("html").get("data-theme") == theme


def test_another_host_name_is_refused(client):
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.get_data(as_text=True)
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert client.get("/", headers={"Host": host}).status_code == 200
