"""The part of the form that fills it from what is there already, and the list of drafts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from litbase.library import Library
from litbase.library.accounts import Actor
from litbase.library.converting import Converted
from litbase.library.drafts import MOST, DraftLine, drafts
from litbase.library.forms.fields import LABELS
from litbase.library.lookup import NAMES
from litbase.library.starting import Found, asked, here
from litbase.record.kinds import kind_of
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.record.text import clean
from litbase.store.values import Stored
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.parts import Badge, badge, plain_title

LONGEST: Final = 2_048  # characters of what is looked up
STRETCH: Final = 300  # characters of a stretch that was not understood
STRETCHES: Final = 20
SENTENCES: Final = 8
TITLE: Final = 200
RECENT: Final = 5  # drafts that stand beside the form
_APART: Final = frozenset({"furniture", "identifier-not-here"})  # not told, or told in the words of this page


@dataclass(frozen=True, slots=True)
class HereView:
    """A record of the library with the number or address that was given."""

    id: str = told("Its id")
    url: str = told("Its page")
    title: str = told("Its title; its id when it has none")
    state: str = told("public, draft or withdrawn")


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """One of several entries, to go on with."""

    number: int = told("Which it is, from 1")
    line: int = told("On which line it begins")
    badge: Badge | None = told("The type it was read as; None when nothing was understood")
    title: str = told("Its title, else how it was written")
    about: str = told("Authors and year; empty without")
    here: HereView | None = told("The record of this library that it is; None for none")
    unread: tuple[str, ...] = told("The stretches that were not understood")
    notices: tuple[str, ...] = told("What there is to say about it")
    fills: bool = told("Whether it can fill the form")
    ask: str = told("What to look up for it; empty for nothing")


@dataclass(frozen=True, slots=True)
class FilledView:
    """What the form was filled with."""

    source: str = told("Who answered; empty for a text")
    host: str = told("The server that answered; empty for a text")
    layouts: tuple[str, ...] = told("What it was read as")
    unread: tuple[str, ...] = told("The stretches that were not understood")
    more_unread: int = told("How many more there are")
    notices: tuple[str, ...] = told("What else there is to say")
    offered: str = told("A DOI that the page names, which can be looked up; empty for none")
    references: int = told("How many references its list has, which no form holds")


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft."""

    nr: int = told("Its number")
    title: str = told("The title that was typed; empty without one")
    saved_at: str = told("When it was kept, UTC")
    url: str = told("Where it is opened")
    record: str = told("The id of the record it changes; empty for a new one")
    record_url: str = told("The page of that record; empty for a new one")


@dataclass(frozen=True, slots=True)
class StartView:
    """What one can start from, and what came of it."""

    url: str = told("Where it is posted")
    given: str = told("What stands in the field for numbers and addresses")
    text: str = told("What stands in the box for texts")
    lookups: bool = told("Whether anything is looked up elsewhere")
    longest: int = told("How many characters the field takes")
    problem: str = told("Why nothing came of it, as a sentence; empty when all is well")
    pasting: bool = told("Whether the box for texts is open")
    here: tuple[HereView, ...] = told("The records of this library that have what was given")
    anyway: bool = told("Whether it can be looked up although it is here")
    filled: FilledView | None = told("What the form was filled with; None before")
    entries: tuple[EntryChoice, ...] = told("Several entries of a text, to choose from")
    is_cut: bool = told("Whether the text has more entries than these")
    import_url: str = told("Where the text is sent to be imported whole; empty where there is no text, or one entry")
    corrected: tuple[str, ...] = told("Labels of the fields of another record that were filled in; () elsewhere")
    drafts: tuple[DraftView, ...] = told("The drafts that were kept last")
    drafts_url: str = told("All of them; empty when there are none")


@dataclass(frozen=True, slots=True)
class DraftsPage:
    """The drafts of whoever is signed in."""

    drafts: tuple[DraftView, ...] = told("The drafts, the last kept first")
    most: int = told("How many there may be")
    delete_url: str = told("Where a draft is deleted")
    new_url: str = told("Where a new record is begun")
    deleted: bool = told("Whether one was just deleted")


def start_view(library: Library, links: Links, actor: Actor, given: str = "", text: str = "") -> StartView:
    """The part before anything was looked up; *given* fills its field, and is only looked for in the library."""
    given = clean(given)[:LONGEST]
    ask = asked(given)
    found = here(library, ask) if ask else ()
    kept = drafts(library, actor)
    return StartView(
        url=links.new("start"),
        given=given,
        text=text,
        lookups=library.settings.lookups,
        longest=LONGEST,
        problem="",
        pasting=bool(text) or not library.settings.lookups,
        here=_here(found, links),
        anyway=bool(found) and library.settings.lookups,
        filled=None,
        entries=(),
        is_cut=False,
        import_url="",
        corrected=(),
        drafts=tuple(draft_view(one, links) for one in kept[:RECENT]),
        drafts_url=links.drafts() if kept else "",
    )


def corrected_view(library: Library, links: Links, actor: Actor, fields: Iterable[str]) -> StartView:
    """What stands above the form of a record into which *fields* of another form were put."""
    return replace(start_view(library, links, actor), corrected=tuple(LABELS[field] for field in fields) or ("",))


def with_problem(view: StartView, problem: str) -> StartView:
    """*view* with the reason why nothing came of it; pasting is offered."""
    told = problem if problem.endswith((".", "!", "?")) else f"{problem}."
    return replace(view, problem=told, pasting=True, here=(), anyway=False)


def with_filled(view: StartView, found: Found, entry: Converted) -> StartView:
    """*view* after *entry* of *found* was put into the form; the fields are empty again."""
    assert entry.record is not None
    extra = ((name.partition(":")[2] or name, value) for name, value in entry.record.extra)
    left = (*entry.unread, *(f"{name}: {value}" for name, value in extra if name != "type"))  # which was understood
    unread = tuple(filter(None, (_cut(clean(each).strip(), STRETCH) for each in left)))
    filled = FilledView(
        source=found.source,
        host=found.host,
        layouts=found.layouts,
        unread=unread[:STRETCHES],
        more_unread=max(0, len(unread) - STRETCHES),
        notices=_notices(found, entry),
        offered=found.offered,
        references=len(entry.record.references),
    )
    text = view.text if len(found.entries) > 1 else ""
    return replace(view, filled=filled, given="", text=text, here=(), anyway=False, pasting=bool(text))


def with_entries(view: StartView, library: Library, links: Links, found: Found) -> StartView:
    """*view* with the entries of *found* to choose from."""
    entries = tuple(_entry(library, links, number, one) for number, one in enumerate(found.entries, 1))
    url = links.imports() if view.text and any(one.fills for one in entries) else ""
    return replace(view, entries=entries, is_cut=found.is_cut, import_url=url, here=(), anyway=False, pasting=False)


def drafts_page(library: Library, links: Links, actor: Actor, deleted: bool = False) -> DraftsPage:
    """The list of drafts."""
    kept = tuple(draft_view(one, links) for one in drafts(library, actor))
    return DraftsPage(kept, MOST, links.drafts("/delete"), links.new(), deleted)


def draft_view(one: DraftLine, links: Links) -> DraftView:
    """A draft in a list."""
    record_url = links.record(one.record_id) if one.record_id else ""
    return DraftView(one.nr, one.title, one.saved_at, links.drafts(f"/{one.nr}"), one.record_id, record_url)


def _here(found: Iterable[Stored], links: Links) -> tuple[HereView, ...]:
    return tuple(
        HereView(one.id, links.record(one.id), _cut(plain_title(one.record), TITLE) or one.id, one.state)
        for one in found
    )


def _notices(found: Found, entry: Converted) -> tuple[str, ...]:
    told = (*found.notices, *(sentence(one) for one in entry.notices if one.code not in _APART))
    return tuple(_cut(one, STRETCH) for one in islice(dict.fromkeys(told), SENTENCES))


def _entry(library: Library, links: Links, number: int, one: Converted) -> EntryChoice:
    record, match = one.record, one.match
    stored = library.store.get(match.id) if match else None
    ask = asked(one.text) if one.kind == "identifiers" and not match and library.settings.lookups else None
    return EntryChoice(
        number=number,
        line=one.line,
        badge=badge(kind_of(record)) if record else None,
        title=_cut(plain_title(record) if record else clean(one.text), TITLE),
        about=_about(record) if record else "",
        here=_here((stored,), links)[0] if stored else None,
        unread=tuple(_cut(clean(each), STRETCH) for each in one.unread[:STRETCHES]) if record else (),
        notices=tuple(_cut(sentence(each), STRETCH) for each in one.notices[:SENTENCES] if each.code not in _APART),
        fills=record is not None,
        ask=f"{ask.scheme}:{ask.value}" if ask and ask.scheme in NAMES and ask.value else "",
    )


def _about(record: Record) -> str:
    people = record.author or record.editor
    names = "; ".join(each.display for each in people[:3]) + (" and others" if len(people) > 3 else "")
    return ", ".join(filter(None, (_cut(names, TITLE), str(record.year or ""))))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
