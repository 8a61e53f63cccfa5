"""From the rows of a thesaurus file to a Thesaurus: relations made mutual, what contradicts itself left out and said.

Every layout gives the same rows (`litbase.sources.thesaurus`); this is where they are checked against each other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.record.notices import Notice, notice
from litbase.record.text import clean, squash
from litbase.vocabulary.thesaurus import Entry, Thesaurus, plain

# What files call the parts of an entry: ERIC's XML, ISO 25964's abbreviations, columns of tables
ROLES: Final = {
    label: role
    for role, labels in {
        "name": "name term descriptor mainterm preferredterm preferred",
        "used_for": "uf usedfor usefor used synonym synonyms nonpreferred alternative",
        "use": "u use useterm useinstead seeinstead",
        "broader": "bt broader broaderterm broaderterms",
        "narrower": "nt narrower narrowerterm narrowerterms",
        "related": "rt related relatedterm relatedterms",
        "scope_note": "sn scope scopenote scopenotes definition note",
        "status": "rectype recordtype type status",
    }.items()
    for label in labels.split()
}
BACK: Final = {"broader": "narrower", "narrower": "broader", "related": "related"}
LONGEST_NAME: Final = 300  # characters; a longer one is no name of a subject
LONGEST_NOTE: Final = 5_000
_SEPARATORS: Final = re.compile(r"[;|\n]")
_RETIRED: Final = ("dead", "retired", "deprecated", "obsolete")


@dataclass(slots=True)
class Row:
    """What a file says of one name, whatever its layout; with *use* it is another name of these.

    *line* is where it says so (from 1), 0 where the layout has no lines.
    """

    name: str
    line: int = 0
    used_for: list[str] = field(default_factory=list)
    use: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    scope_note: str = ""
    retired: bool = False


def put(row: Row, role: str, text: str) -> None:
    """Add to *row* what a file says in *role*; names in one text are separated by semicolons or bars."""
    match role:
        case "name":
            row.name = row.name or text
        case "scope_note":
            row.scope_note = row.scope_note or text
        case "status":
            row.retired = row.retired or text.strip().lower().startswith(_RETIRED)
        case "":
            return
        case _:
            getattr(row, role).extend(_SEPARATORS.split(text))


def misread(file: str, line: int, expected: str, found: str) -> BadInput:
    """The error for a *file* that is not what it seemed: what was *expected* in that *line*, and what was *found*."""
    return BadInput(f"{file}:{line}: expected {expected}, found {squash(found)[:80] or 'nothing'}")


class Made(NamedTuple):
    """A thesaurus and what was left out of the file, each with its reason and line."""

    thesaurus: Thesaurus
    dropped: tuple[Notice, ...]


def role_of(label: str) -> str:
    """The part of an entry that a file calls *label*, a field of Row, "status", or "" for what is not read.

    >>> role_of("Used For"), role_of("skos:BT"), role_of("Postings")
    ('used_for', 'broader', '')
    """
    return ROLES.get("".join(c for c in label.rpartition(":")[2].lower() if c.isalpha()), "")


def made_of(rows: Iterable[Row]) -> Made:
    """The thesaurus that *rows* describe.

    Relations hold both ways even where the file states one.  Left out are entries without a name, other names that are
    descriptors themselves, relations of a term with itself or with one the file does not describe, and retired terms
    that nothing replaces.
    """
    dropped: list[Notice] = []
    known: dict[str, Row] = {}
    others: list[Row] = []
    for row in rows:
        _tidied(row)
        if not plain(row.name) or len(row.name) > LONGEST_NAME:
            dropped.append(notice("term-unnamed", line=row.line))
        elif row.use or row.retired:
            others.append(row)
        elif (same := known.setdefault(plain(row.name), row)) is not row:
            _join(same, row)
    links = _Links(known)
    for row in known.values():
        for part in ("used_for", *BACK):
            for name in getattr(row, part):
                links.add(row, part, name, dropped)
    for row in others:
        for name in row.use:
            links.add(row, "use", name, dropped)
        if not row.use:
            dropped.append(notice("term-retired", line=row.line, name=row.name))
    entries = sorted((links.entry(row) for row in known.values()), key=lambda entry: entry.name)
    return Made(Thesaurus(tuple(entries)), tuple(dropped))


def _tidied(row: Row) -> None:
    row.name = squash(clean(row.name))
    row.scope_note = squash(clean(row.scope_note))[:LONGEST_NOTE]
    for part in ("used_for", "use", *BACK):
        names = (squash(clean(name)) for name in getattr(row, part))
        setattr(row, part, list(dict.fromkeys(name for name in names if plain(name) and len(name) <= LONGEST_NAME)))


def _join(row: Row, more: Row) -> None:
    """Add what the file says of the same name in another place."""
    for part in ("used_for", *BACK):
        getattr(row, part).extend(getattr(more, part))
    row.scope_note = row.scope_note or more.scope_note


class _Links:
    """What hangs together with what, both ways, among the descriptors *known* by their plain names."""

    def __init__(self, known: dict[str, Row]) -> None:
        self.known = known
        self.kept: dict[tuple[str, str], dict[str, None]] = {}

    def add(self, row: Row, part: str, name: str, dropped: list[Notice]) -> None:
        """Note that *row* states *name* as *part*; why not is added to *dropped*."""
        target = self.known.get(plain(name))
        if part == "used_for":
            if target is None:
                self._keep(row.name, part, name)
            elif target is not row:  # "Meta-evaluation" for "Meta Evaluation" is the same name, and no loss
                dropped.append(notice("term-taken", line=row.line, name=name, other=row.name))
        elif target is None:
            dropped.append(notice("term-unknown", line=row.line, name=row.name, relation=part, other=name))
        elif target is row:
            dropped.append(notice("term-itself", line=row.line, name=row.name, relation=part))
        elif part == "use":
            self.add(target, "used_for", row.name, dropped)
        else:
            self._keep(row.name, part, target.name)
            self._keep(target.name, BACK[part], row.name)

    def _keep(self, name: str, part: str, other: str) -> None:
        self.kept.setdefault((name, part), {})[other] = None

    def entry(self, row: Row) -> Entry:
        """The entry of *row* with everything that was noted, each part in the order of its names."""
        parts = (tuple(sorted(self.kept.get((row.name, part), ()))) for part in ("used_for", *BACK))
        used_for, broader, narrower, related = parts
        return Entry(row.name, used_for, broader, narrower, related, row.scope_note)
