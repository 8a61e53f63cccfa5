"""Editors who work at a real server as fast as they can, and note whatever they were told."""

import http.client
import json
import random
import re
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urlencode

from litbase.library import Library
from litbase.library.accounts import form_token, sign_in_by_proxy
from tests.web.served import Served

WORDS: Final = [f"{a}{b}{c}" for a in ("le", "sta", "pro", "com") for b in ("ar", "ed", "in") for c in ("ning", "al")]


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    text: str


class Change(NamedTuple):
    """A change of a record that was acknowledged: the version it made, who made it, and what is in it."""

    id: str
    version: int
    who: str
    kind: str
    text: str = ""


@dataclass
class Told:
    """What editors were told by a server: all of it must be in the store, whatever happens to the server."""

    versions: dict[str, int]
    changes: list[Change] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)  # title: id
    unanswered: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)  # title: who sent which form
    drafts: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # name: number, texts since it was told
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    odd: list[Answer] = field(default_factory=list)


class Editor:
    """Somebody who is signed in, at whatever server is running."""

    def __init__(self, library: Library, name: str):
        library.store.accounts.add(name, "editor", "", "tester")
        self.name = name
        self.token = sign_in_by_proxy(library, name, "", origin="192.0.2.7", agent="test")
        self.connection: http.client.HTTPConnection | None = None

    def at(self, served: Served) -> "Editor":
        """The editor, connected to this server."""
        self.close()
        self.connection = served.connection(timeout=90)
        return self

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def get(self, path: str, **headers: str) -> Answer:
        """What is there; raises OSError when the server is gone."""
        return self._asked("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """What is answered to a form with these *fields*; raises OSError when the server is gone."""
        return self._asked("POST", path, urlencode({"token": form_token(self.token), **fields}), headers)

    def _asked(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Answer:
        assert self.connection is not None
        headers = {"Cookie": f"litbase={self.token}", "Sec-Fetch-Site": "same-origin", **more}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.getheader("Location") or "", answer.read().decode())
        except http.client.HTTPException as problem:
            raise OSError("the server is gone") from problem


Deed = Callable[[Editor, Told, random.Random], None]


def work(editor: Editor, told: Told, dice: random.Random) -> None:
    """Edit, undo, restore, add, accept and keep drafts until the server is gone."""
    deeds, weights = zip(*DEEDS, strict=True)
    try:
        while True:
            [deed] = dice.choices(deeds, weights)
            deed(editor, told, dice)
    except OSError:
        editor.close()


def _edit(editor: Editor, told: Told, dice: random.Random) -> None:
    id, note = dice.choice(list(told.versions)), f"note {secrets.token_hex(8)}"
    seen = told.versions[id]
    answer = editor.post(f"/record/{id}/edit", {"version": str(seen), "type": "report", "note": note})
    _changed(editor, told, answer, Change(id, seen + 1, editor.name, "edit", note), 303, 409)


def _undo(editor: Editor, told: Told, dice: random.Random) -> None:
    mine = [change for change in told.changes[-100:] if change.who == editor.name and change.kind == "edit"]
    if not mine:
        return
    one = dice.choice(mine)
    seen = told.versions[one.id]
    answer = editor.post(f"/record/{one.id}/history/undo", {"revision": str(one.version), "seen": str(seen)})
    _changed(editor, told, answer, Change(one.id, seen + 1, editor.name, "undone"), 303, 409, 400)


def _restore(editor: Editor, told: Told, dice: random.Random) -> None:
    id = dice.choice(list(told.versions))
    seen = told.versions[id]
    if seen < 3:
        return
    fields = {"version": str(dice.randint(1, seen - 1)), "seen": str(seen)}
    answer = editor.post(f"/record/{id}/history/restore", fields)
    _changed(editor, told, answer, Change(id, seen + 1, editor.name, "brought-back"), 303, 409, 400)


def _correct(editor: Editor, told: Told, dice: random.Random) -> None:
    title = f"Statistics of {' '.join(dice.sample(WORDS, 3))} {secrets.token_hex(4)}"
    answer = editor.post(f"/record/{dice.choice(list(told.versions))}/correct", {"f-title": title})
    _noted(told, "correct", answer, 200, 422)  # several wait
    queue = editor.get("/corrections").text
    waiting = re.findall(
        r'<b id="c(\d+)".*?href="/record/([^"]+)".*?name="seen" value="(\d+)"', queue, re.DOTALL | re.ASCII
    )
    if waiting:
        nr, id, seen = dice.choice(waiting)
        answer = editor.post(f"/corrections/{nr}/accept", {"seen": seen, "why": f"correction {nr}"})
        _changed(editor, told, answer, Change(id, int(seen) + 1, editor.name, "edit", f"correction {nr}"), 303, 409)


def _add(editor: Editor, told: Told, dice: random.Random) -> None:
    title = f"B{' '.join(f'{dice.getrandbits(40):x}' for _ in range(5))}"
    form = {
        "type": "book", "people": "1", "title": title, "family": f"X{secrets.token_hex(6)}", "given": "Ann",
        "role": "author", "publisher": "Example Press", "issued": "2020", "entry": secrets.token_hex(16),
    }  # fmt: skip
    told.unanswered[title] = (editor.name, form)
    send_new(editor, told, title)


def send_new(editor: Editor, told: Told, title: str) -> None:
    """Send the form of a new record, perhaps again."""
    answer = editor.post("/new", told.unanswered[title][1])
    if _noted(told, "new", answer, 303) and answer.status == 303:
        told.made[title] = answer.location.rpartition("/")[2]
    del told.unanswered[title]


def _draft(editor: Editor, told: Told, dice: random.Random) -> None:
    nr, texts = told.drafts.get(editor.name, ("", []))
    text = f"draft {secrets.token_hex(8)}"
    told.drafts[editor.name] = (nr, [*texts, text])
    form = {"type": "book", "title": text, "draft": nr}
    answer = editor.post("/drafts/save", form, Accept="application/json")
    if _noted(told, "draft", answer, 200):
        told.drafts[editor.name] = (str(json.loads(answer.text)["draft"]), [text])


def _changed(editor: Editor, told: Told, answer: Answer, change: Change, *expected: int) -> None:
    _noted(told, change.kind, answer, *expected)
    if answer.status == 303:
        told.changes.append(change)
        told.versions[change.id] = max(told.versions[change.id], change.version)
    elif answer.status == 409:
        known = json.loads(editor.get(f"/record/{change.id}/history.json").text)["revisions"]
        told.versions[change.id] = max(one["version"] for one in known)


def _noted(told: Told, what: str, answer: Answer, *expected: int) -> bool:
    told.answers[what, answer.status] += 1
    if answer.status not in expected:
        told.odd.append(answer)
    return answer.status in expected


DEEDS: Final[tuple[tuple[Deed, int], ...]] = (
    (_edit, 12), (_undo, 3), (_restore, 2), (_correct, 3), (_add, 2), (_draft, 2)
)  # fmt: skip
