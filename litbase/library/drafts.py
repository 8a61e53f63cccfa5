"""Drafts: what an editor has begun to write, kept with the account until it is saved as a record or deleted."""

import json
from collections.abc import Iterable
from typing import Final

from litbase.errors import BadInput, NotFound
from litbase.library import Library
from litbase.library.accounts import Actor
from litbase.record.text import clean, squash
from litbase.store.drafts import Draft, DraftLine

__all__ = ["Draft", "DraftLine"]

MOST: Final = 100  # drafts of one account
LARGEST: Final = 500_000  # characters of the form of one
TITLE: Final = 200  # characters of a title by which a draft is known
Pairs = tuple[tuple[str, str], ...]


def drafts(library: Library, actor: Actor) -> tuple[DraftLine, ...]:
    """The drafts of whoever is signed in, the last saved first; () for nobody."""
    return library.store.drafts.all(actor.nr) if actor.is_signed_in else ()


def draft(library: Library, actor: Actor, nr: int) -> Draft:
    """The draft with this number.  Raises NotFound where the person has none."""
    found = library.store.drafts.get(actor.nr, nr) if actor.is_signed_in else None
    if found is None:
        raise NotFound("You have no such draft; it was saved as a record, or deleted.")
    return found


def form_of(draft: Draft) -> Pairs:
    """The fields of the form, name and value, in their order."""
    return tuple((str(name), str(value)) for name, value in json.loads(draft.form))


def save(
    library: Library, actor: Actor, pairs: Iterable[tuple[str, str]], title: str, *, nr: str = "", id: str = "",
    version: int = 0,
) -> DraftLine:  # fmt: skip
    """Keep the fields *pairs* of a form, in place of the draft *nr* where the person has it.

    *id* and *version* are of the record that is being edited, "" and 0 for a new one.  Raises BadInput for a form
    that is too long, and where there is no room for another draft.
    """
    form = json.dumps([(clean(name), clean(value)) for name, value in pairs], ensure_ascii=False)
    if len(form) > LARGEST:
        raise BadInput(f"A draft can have {LARGEST:,} characters; this one has {len(form):,}. It was not kept.")
    name = squash(clean(title[: 2 * TITLE]))[:TITLE]
    kept = library.store.drafts.save(actor.nr, number(nr), id, version, name, form, MOST)
    if kept is None:
        raise BadInput(f"You have {MOST} drafts, and there is no room for more. Delete one of them first.")
    return kept


def delete(library: Library, actor: Actor, nr: str) -> bool:
    """Delete the draft *nr*, as a form names it; False where the person has none."""
    return bool(number(nr)) and actor.is_signed_in and library.store.drafts.delete(actor.nr, number(nr))


def number(text: str) -> int:
    """The number in *text*; 0, which no draft has, where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
