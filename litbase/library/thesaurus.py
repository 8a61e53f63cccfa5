"""The thesaurus of a library: loaded from a file, looked up, and applied to what a reader filters by."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from litbase.errors import BadInput, NotFound
from litbase.library import Library
from litbase.library.documents import Unreadable, open_paths
from litbase.query.state import SearchState
from litbase.record.notices import Notice, notice, sentence
from litbase.sources.thesaurus import read
from litbase.vocabulary.thesaurus import Entry, Thesaurus

PARTS: Final = ("descriptors", "used_for", "broader", "narrower", "related", "scope_notes")
_DESCRIPTOR: Final = "descriptor"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held: its *layout*, how many of each of PARTS, what was left out; *changed* when it is a new one."""

    file: str
    layout: str
    counts: dict[str, int]
    dropped: tuple[Notice, ...]
    changed: bool


def load(library: Library, path: str) -> Loaded:
    """Make the thesaurus in the file *path* (also .gz, or a .zip of one file) that of *library*.

    The same again changes nothing; after another one the index has to be built anew (`bring_level`).  Raises BadInput,
    with file and line, for a file that cannot be read or is no thesaurus.
    """
    if Path(path).is_dir():
        raise BadInput(f"{path}: expected one file, found a folder")
    opened = list(open_paths([path]))
    if len(opened) != 1:
        raise BadInput(f"{path}: expected one file, found {len(opened)}")
    [document] = opened
    if isinstance(document, Unreadable):
        raise BadInput(f"{document.name}: {sentence(document.notice)}")
    if broken := [told for told in document.opened if told.code in ("truncated", "unreadable")]:
        raise BadInput(f"{document.name}: {sentence(broken[0])}")
    layout, thesaurus, dropped = read(document)
    changed = library.store.put_thesaurus(thesaurus, Path(path).name)
    return Loaded(document.name, layout, counted(thesaurus), dropped, changed)


def counted(thesaurus: Thesaurus) -> dict[str, int]:
    """How much of each of PARTS *thesaurus* has; a name that is used for two descriptors counts once."""
    counts = Counter({"descriptors": len(thesaurus.entries)})
    for entry in thesaurus.entries:
        for part in ("broader", "narrower", "related"):
            counts[part] += len(getattr(entry, part))
        counts["scope_notes"] += bool(entry.scope_note)
    counts["used_for"] = len({name for entry in thesaurus.entries for name in entry.used_for})
    return {part: counts[part] for part in PARTS}


def shown(library: Library, name: str) -> tuple[Entry, ...]:
    """The entries of the descriptors that *name* means today.

    Raises NotFound when no thesaurus is loaded, or it does not know *name*.
    """
    thesaurus = library.store.thesaurus()
    if not thesaurus:
        raise NotFound("no thesaurus is loaded; load one with: litbase thesaurus load FILE")
    entries = tuple(filter(None, map(thesaurus.find, thesaurus.today(name))))
    if not entries:
        raise NotFound(f"the thesaurus has no {name!r}, neither as a descriptor nor as another name of one")
    return entries


def with_todays(state: SearchState, thesaurus: Thesaurus) -> tuple[SearchState, tuple[Notice, ...]]:
    """*state* with the descriptors it filters by under their names of today, and a notice for each that had another.

    One that several stand for today lets any of them through.
    """
    notices: list[Notice] = []
    chosen, excluded = state.chosen(_DESCRIPTOR), state.excluded(_DESCRIPTOR)
    page = state.page
    for names, put in ((chosen, SearchState.add), (excluded, SearchState.exclude)) if thesaurus else ():
        for name in names:
            today = thesaurus.today(name)
            if today == (name,):
                continue
            state = state.remove(_DESCRIPTOR, name)
            for each in today:
                state = put(state, _DESCRIPTOR, each)
            notices.append(notice("value-retired", name=name, today=" or ".join(today)))
    return state.with_page(page), tuple(notices)
