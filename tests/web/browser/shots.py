"""python -m tests.web.browser.shots LIBRARY [FOLDER [NAME [FILES]]]: pictures of the pages of a library to look at.

NAME is how the names of the wanted ones begin; FILES a folder of files to import.  Works on a copy, so that nothing
of the library changes; what a page shows is found by asking the library itself.
"""

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright

from litbase.library import open_library
from litbase.settings import Settings
from litbase.web import acting, create_app
from tests.web.browser.conftest import ARGUMENTS, CHROMIUM, serving
from tests.web.browser.desk_shots import desk
from tests.web.browser.looking import Shot
from tests.web.conftest import sign_in

WIDTHS = (1280, 375)
BOTH = ("search", "record-article-journal", "edit", "edit-errors", "edit-conflict", "import-report", "history-editor",
        "history-typed")  # looked at in the dark too  # fmt: skip


def _cite(page: Page) -> None:
    page.click("[data-cite] >> nth=0")
    page.wait_for_selector("#cite[open]")


def _listed(page: Page) -> None:
    for place in range(3):
        page.click(f"[data-addlist] >> nth={place}")
        page.wait_for_selector(f"[data-toast]:has-text('{place + 1} record')")
    page.goto("/".join([*page.url.split("/")[:3], "list"]))


def _searched(page: Page) -> None:
    page.click("text=Save this search")
    page.wait_for_selector("[data-toast]:has-text('Saved')")
    page.goto(f"{page.url}&from=2010&not.type=book")
    page.goto("/".join([*page.url.split("/")[:3], "searches"]))


def _filters(page: Page) -> None:
    if page.locator("[data-filter-open]").is_visible():
        page.click("[data-filter-open]")


def shots(client: FlaskClient) -> dict[str, Shot]:
    """Every picture by its name."""

    def ask(address: str) -> Any:
        return client.get(address).get_json()

    words = "learning communities"
    asked = f"/search?q={words}"
    made = {
        "home": Shot("/"),
        "search": Shot(asked),
        "search-filters": Shot(f"{asked}&from=2000&to=2020&undated=1&not.type=book", _filters),
        "search-empty": Shot("/search?q=lerning+comunities+nothinglikethis"),
        "facet": Shot(f"/facet/descriptor?q={words}"),
        "cite-dialog": Shot(asked, _cite),
        "list": Shot(asked, _listed),
        "list-empty": Shot("/list"),
        "stats": Shot("/stats"),
        "help": Shot("/help"),
        "404": Shot("/record/EJ1223O55"),
        "privacy": Shot("/privacy"),
        "accessibility": Shot("/accessibility"),
        "convert": Shot("/convert"),
        "advanced": Shot("/search/advanced"),
        "searches": Shot(asked, _searched),
        "searches-none": Shot("/searches"),
    }
    for kind in ask("/facet/type.json")["values"]:
        of_kind = f"/search.json?type={kind['value']}"
        best = ask(f"{of_kind}&q={words}")["hits"] or ask(of_kind)["hits"]
        made[f"record-{kind['value']}"] = Shot(best[0]["url"])
    first = ask(f"/search.json?q={words}")["hits"][:3]
    record = f"/record/{first[0]['id']}"
    made |= {"cite": Shot(f"{record}/cite"), "history": Shot(f"{record}/history"), "source": Shot(f"{record}/source"),
             "cite-several": Shot("/cite?" + "&".join(f"id={hit['id']}" for hit in first))}  # fmt: skip
    for place in ("descriptors", "authors", "sources"):
        made[place] = Shot(f"/{place}")
        made[f"{place}-one"] = Shot(ask(f"/{place}.json")["values"][0]["url"])
    for name in ("search", "record-article-journal", "list", "cite-several"):
        if name in made:
            made[f"{name}-print"] = made[name]._replace(print=True)
    return {name: shot for name, shot in made.items() if client.get(shot.address).status_code != 404 or name == "404"}


def take(browser: Browser, root: str, shot: Shot, width: int, scheme: Any, path: Path, session: str) -> None:
    """Write the picture to *path*; *session* is that of an editor."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    if shot.signed:
        context.add_cookies([{"name": acting.COOKIE, "value": session, "url": root}])
    page = context.new_page()
    page.goto(root + shot.address)
    shot.before(page)
    page.evaluate("document.fonts.ready")
    if shot.print:
        page.emulate_media(media="print")
    page.screenshot(path=path, full_page=not page.locator("dialog[open]").count())
    context.close()


def main(arguments: list[str]) -> int:
    """Take them all, or those whose names begin with a third argument."""
    source, folder, only = Path(arguments[0]), Path([*arguments, "build/shots"][1]), [*arguments, "", ""][2]
    files = Path(arguments[3]) if len(arguments) > 3 else None
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        copy = shutil.copytree(source, Path(kept) / "library")
        library = open_library(copy, replace(Settings(), rate_limit=0))
        app = create_app(library)
        editor = app.test_client()
        sign_in(editor, library, "admin", "Ann")
        cookie = editor.get_cookie(acting.COOKIE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(app) as root:
            reader = app.test_client()
            for name, shot in (shots(reader) | desk(library, editor, reader, files)).items():
                if not name.startswith(only):
                    continue
                for width in WIDTHS[:1] if shot.print else WIDTHS:
                    for scheme in ("light", "dark") if name in BOTH else ("light",):
                        path = folder / f"{name}-{width}{'-dark' * (scheme == 'dark')}.png"
                        take(browser, root, shot, width, scheme, path, cookie.value if cookie else "")
                        print(path)
        browser.close()
        library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
