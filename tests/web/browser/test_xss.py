"""Hostile texts in a real browser: nothing runs, nothing is asked for that the policy of the pages forbids."""

from urllib.parse import quote

import pytest

from litbase.record.names import Name
from litbase.record.record import Record, Reference
from litbase.web import create_app
from tests.web.browser.conftest import serving
from tests.web.conftest import emptied, fill, incoming
from tests.web.vectors import vectors

TEXTS = vectors()[::4][:50]
TOLD = """
window.__reports = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__reports.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The address of a library with one record that holds fifty hostile texts, one with each, and the first's id."""
    library = emptied(tmp_path_factory.mktemp("xss") / "library", name=TEXTS[0])
    whole = Record(
        type="article-journal", title="Fifty " + " ".join(TEXTS), abstract="\n".join(TEXTS), container_title=TEXTS[1],
        author=tuple(Name(literal=text) for text in TEXTS), descriptors=TEXTS, keywords=TEXTS, places=TEXTS,
        extra=tuple((text, text) for text in TEXTS), references=tuple(Reference(text, None) for text in TEXTS),
        url=TEXTS[2], full_text_url="javascript:window.__xss=1", note="\n".join(TEXTS),
    )  # fmt: skip
    each = (Record(title=text, abstract=text, author=(Name(literal=text),), url=text) for text in TEXTS)
    ids = fill(library, tuple(incoming(one, "bibtex", f"k{n}") for n, one in enumerate((whole, *each))))
    with serving(create_app(library)) as address:
        yield address, ids[0]
    library.close()


@pytest.mark.parametrize(
    "path", ["/record/{id}", "/record/{id}/cite", "/record/{id}/history", "/search?per=25", "/search?q={q}", "/{q}"]
)
def test_nothing_of_fifty_hostile_texts_runs(chromium, hostile, path):
    address, id = hostile
    said: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(TOLD)
    page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path.format(id=id, q=quote(" ".join(TEXTS[:10]), safe="")))
    page.wait_for_load_state("networkidle")
    for key in ("Tab",) * 5:
        page.keyboard.press(key)
    for opened in page.locator("[data-cite]").all()[:1]:
        opened.click()
        page.wait_for_selector("dialog[open] [role=tab]")
    assert page.evaluate("window.__xss") is None
    assert page.evaluate("window.__reports") == []
    assert [text for text in said if "status of 404" not in text] == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert page.url.startswith(address)
    context.close()
