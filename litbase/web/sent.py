"""What the form of a record sends: its fields, its people row by row, and which button was pressed."""

import re
from itertools import islice
from typing import Final

from flask import request

from litbase.library.editing import EDITABLE
from litbase.library.forms import PEOPLE, ROLES, Form, Person
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.text import clean, squash

MOST_ROWS: Final = 300
WHY: Final = 500  # characters of a note about a change
ENTRY: Final = re.compile(r"[0-9a-f]{32}")


def typed_form() -> Form:
    """The form in the request: every field that was sent, the people row by row."""
    sent = request.form
    kind = sent.get("type", "")
    names = [name for name in EDITABLE if name in sent and name != "type" and name not in PEOPLE]
    texts = {name: sent.getlist(name)[-1].replace("\r\n", "\n").replace("\r", "\n") for name in names}
    columns = (sent.getlist(name) for name in ("family", "given", "role"))
    rows = zip(*columns, strict=False)
    people = (Person(family, given, role if role in ROLES else "author") for family, given, role in rows)
    kept = tuple(islice(people, MOST_ROWS)) if "people" in sent else None
    return Form(kind=kind if kind in KINDS else "document", values=texts, people=kept)


def pairs_of(form: Form) -> tuple[tuple[str, str], ...]:
    """*form* as it is sent: what `typed_form` reads."""
    rows = form.people or ()
    people = [pair for row in rows for pair in (("family", row.family), ("given", row.given), ("role", row.role))]
    marker = () if form.people is None else (("people", "1"),)
    return (("type", form.kind), *form.values.items(), *marker, *people)


def button() -> str:
    """Which button was pressed; "save" for Enter in a field."""
    if "mend" in request.form or "term" in request.form:
        return "again"
    return request.form.get("do", "save")


def version() -> int:
    """The version that was edited; 0 where none is said."""
    return number(request.form.get("version", ""))


def why() -> str:
    """The note about the change."""
    return squash(clean(request.form.get("why", "")[: 2 * WHY]))[:WHY]


def entry() -> str:
    """What tells this form from others; "" where none is said."""
    found = request.form.get("entry", "")
    return found if ENTRY.fullmatch(found) else ""


def number(text: str) -> int:
    """The number in *text*; 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
