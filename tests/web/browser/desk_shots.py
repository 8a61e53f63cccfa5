"""The pages of editors, to be looked at: what is done in a library first, so that each has something to show."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Page

from litbase.library import Library, importing, uploads
from litbase.library.editing import edit
from tests.web.browser.looking import Shot
from tests.web.conftest import post

CHAPTER = {"type": "chapter", "title": "Learning at the Edges", "family": ["Gomez", "Biag"],
           "given": ["Louis M.", "Manuelito"], "role": ["author", "author"], "people": "1", "issued": "2020",
           "container_title": "Handbook of Learning", "page": "384-365", "publisher": "Routledge"}  # fmt: skip


def desk(library: Library, editor: FlaskClient, reader: FlaskClient, files: Path | None) -> dict[str, Shot]:
    """Every picture by its name; *files* are those of a folder to import."""
    hits = editor.get("/search.json?q=learning communities&type=article-journal").get_json()["hits"]
    first, second, third = (hit["id"] for hit in hits[:3])
    edit(library, first, {"title": f"{hits[0]['title']}: A Study", "volume": "99"}, who="Ben", why="As printed")
    edit(library, first, {"volume": ""}, who="Zoe")
    post(editor, "/drafts/save", CHAPTER)
    for id, sent in ((second, {"f-volume": "21", "name": "A reader"}), (third, {"message": "The year is wrong."})):
        post(reader, f"/record/{id}/correct", {**_form(reader, f"/record/{id}/correct"), **sent})
    signed = {
        "new": Shot("/new"),
        "edit": Shot(f"/record/{first}/edit"),
        "edit-errors": Shot("/new?type=chapter", _with_errors),
        "edit-like": Shot("/new", _like(hits[1])),
        "edit-conflict": Shot(f"/record/{third}/edit", _collide(library, third)),
        "record-editor": Shot(f"/record/{first}"),
        "history-editor": Shot(f"/record/{first}/history"),
        "history-typed": Shot(_typed(editor) + "/history"),
        "changes-editor": Shot("/changes"),
        "corrections": Shot("/corrections"),
        "drafts": Shot("/drafts"),
        "variants": Shot("/variants"),
        "account": Shot("/account"),
        "users": Shot("/users"),
        "audit": Shot("/audit"),
    }
    if files:
        signed |= {name: Shot(address) for name, address in _imported(library, files).items()}
    made = {name: shot._replace(signed=True) for name, shot in signed.items()}
    return made | {"login": Shot("/login"), "correct": Shot(f"/record/{first}/correct")}


def _form(reader: FlaskClient, address: str) -> dict[str, str]:
    """What the form there holds when it is opened."""
    from bs4 import BeautifulSoup

    form = BeautifulSoup(reader.get(address).get_data(as_text=True), "html.parser").select_one("main form")
    assert form is not None
    fields = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    return fields | {str(one["name"]): one.get_text().removeprefix("\n") for one in form.select("textarea[name]")}


def _typed(editor: FlaskClient) -> str:
    """The address of a record that was typed in and corrected."""
    answer = post(editor, "/new", CHAPTER | {"page": "365-384", "do": "save"})
    return str(answer.headers["Location"])


def _imported(library: Library, files: Path) -> dict[str, str]:
    documents: Sequence[tuple[str, bytes]] = [(one.name, one.read_bytes()) for one in sorted(files.iterdir())]
    number = importing.begin(library, documents, "Ann")
    while uploads.is_worked_on(library, number):
        time.sleep(0.05)
    return {
        "import": "/import",
        "import-report": f"/import/{number}",
        "import-entry": f"/import/{number}/0",
        "import-run": "/import/run/1",
    }


def _with_errors(page: Page) -> None:
    for name in ("title", "container_title", "issued", "page"):
        page.fill(f"[name={name}]", CHAPTER[name])  # type: ignore[arg-type]
    page.fill("[name=isbn]", "9780415839045")
    page.click(".savebar [value=save]")
    page.wait_for_selector("[role=alert]")


def _like(hit: dict[str, str]) -> Callable[[Page], None]:
    def type_it_again(page: Page) -> None:
        page.fill("[name=title]", hit["title"])
        page.click("#more summary")
        page.fill("[name=eric]", hit["id"])
        page.press("[name=eric]", "Tab")
        page.wait_for_selector("#like .note")

    return type_it_again


def _collide(library: Library, id: str) -> Callable[[Page], None]:
    def both_at_once(page: Page) -> None:
        stored = library.store.get(id)
        assert stored is not None
        edit(library, id, {"title": f"{stored.record.title}, Again"[-300:]}, who="Ben", why="From the title page")
        page.fill("[name=title]", "What I Wrote Instead")
        page.fill("[name=page]", "1-20")
        page.click(".savebar [value=save]")
        page.wait_for_url("**/edit")

    return both_at_once
