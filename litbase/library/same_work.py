"""Same work: which records of the library a record that is being written may be, before it is saved.

An identifier decides, or title, year and first author together, or what `record.match` calls the same work.  This is
for editors alone: records that are not public are among what is found.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from litbase.errors import Conflict, NotSaved
from litbase.library import Library
from litbase.library.duplicates import judge
from litbase.library.editing import EDITABLE
from litbase.record.match import block_keys, compare
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, default_of, replace
from litbase.record.text import comparable
from litbase.store.identity import STRONG, identifiers_of, is_same, strong_identifiers
from litbase.store.values import Stored

MOST: Final = 3  # records told of at once
CROWD: Final = 50  # records under one key; of more, nothing is learnt ("Editorial")
TOLD: Final = ("public", "draft", "withdrawn")
NUMBERS: Final = 8  # identifiers of one record that are looked for
_PARTS: Final = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
_VAGUE: Final = frozenset({"cited", "document"})  # types that say little
_LEFT: Final = frozenset({"citation_key"})
_JOINED: Final = frozenset({"isbn", "issn", "eissn", "descriptors", "keywords", "identifiers"})
_PEOPLE: Final = frozenset({"author", "editor", "translator", "chair", "discussant"})


class Differing(NamedTuple):
    """A field in which an entry differs from a record: what each says; absent is "", (), None or False."""

    field: str
    entry: Any
    record: Any


@dataclass(frozen=True, slots=True)
class Like:
    """A record that the entry may be: *relation* is "same", *score* 0 to 1, with reasons; and where the two differ.

    *certain* when an identifier that no two works share shows it: saved, the entry would be added to that record.
    """

    other: Stored
    relation: str
    score: float
    reasons: tuple[Notice, ...]
    differences: tuple[Differing, ...]
    certain: bool = False


def like(library: Library, record: Record, id: str = "") -> tuple[Like, ...]:
    """The records that *record* may be, three at most, the likeliest first; () for none.

    *id* is the record's own, "" for a new one: what is known to be like it already waits for review, and what a person
    has judged is settled; neither is told again.
    """
    with library.store.snapshot():
        ids = _near(library, record)
        passed = _passed(library, id)
        stored = library.store.get_many(each for each in ids if each not in passed)
    found = [one for other in stored.values() if other.state in TOLD and (one := _like(record, other))]
    found.sort(key=lambda one: (-one.score, one.other.record.type == "cited", one.other.id))
    return tuple(found[:MOST])


def unanswered(likes: Iterable[Like], different: Collection[str]) -> tuple[Like, ...]:
    """Those of *likes* of which nobody has said that they are another work; *different* are the ids of those that are.

    Of a certain one nobody can say so: one of the two identifiers is wrong, and has to be put right first.
    """
    return tuple(one for one in likes if one.certain or one.other.id not in different)


def settle(library: Library, id: str, likes: Iterable[Like], different: Collection[str], *, who: str) -> int:
    """Record that the saved record *id* is another work than those of *likes* that are in *different*; how many."""
    settled = 0
    for one in likes:
        if one.other.id in different and one.other.id != id:
            with suppress(Conflict, NotSaved):  # merged into another meanwhile, or not to be written: compared anew
                judge(library, id, one.other.id, "different", who=who)
                settled += 1
    return settled


def corrections(record: Record, other: Record) -> dict[str, Any]:
    """{field: value} of what *record* would put right in *other*: fields it states otherwise, never to nothing.

    Identifiers and subjects are added to what is there; fewer people do not take the place of more; the type stays
    unless it says little.
    """
    changes: dict[str, Any] = {}
    for field, mine, theirs in differing(record, other):
        value = _corrected(field, mine, theirs)
        if value not in (theirs, default_of(field)):
            changes[field] = value
    return changes


def differing(record: Record, other: Record) -> Iterator[Differing]:
    """The fields that people edit in which *record* and *other* differ."""
    for field in EDITABLE:
        mine, theirs = getattr(record, field), getattr(other, field)
        if mine != theirs and field not in _LEFT and not _is_one_doi(field, mine, theirs):
            yield Differing(field, mine, theirs)


def _is_one_doi(field: str, mine: Any, theirs: Any) -> bool:
    return field == "doi" and mine.lower() == theirs.lower()


def _corrected(field: str, mine: Any, theirs: Any) -> Any:
    if field == "type":
        return mine if theirs in _VAGUE else theirs
    if field in _JOINED:
        return (*theirs, *(value for value in mine if value not in theirs))
    if field in _PEOPLE and len(mine) < len(theirs):
        return theirs
    return mine


def _near(library: Library, record: Record) -> dict[str, None]:
    """The ids of the records that share an identifier or a key with *record*."""
    numbers = [each for each in identifiers_of(record) if each[0] in STRONG][:NUMBERS]
    ids = [id for scheme, value in numbers for id in library.store.find(scheme, value)[:CROWD]]
    keys = dict.fromkeys((*block_keys(record), *block_keys(_vague(record))))
    known = library.store.candidates(keys) if keys else {}
    return dict.fromkeys([*ids, *(id for key in keys if len(known.get(key, ())) <= CROWD for id in known.get(key, ()))])


def _vague(record: Record) -> Record:
    """*record* as a work known only from a reference list, of which nobody says what kind it is."""
    return replace(record, type="cited", genre="")


def _passed(library: Library, id: str) -> Collection[str]:
    """The ids of what is not told of the record *id*: itself, what is linked with it, and what was judged."""
    if not id:
        return ()
    judged = {other for _, other in library.store.verdicts([id])}
    return {id, *judged, *(link.other_id for link in library.store.links(id))}


def _like(record: Record, other: Stored) -> Like | None:
    shared = set(strong_identifiers(record)) & set(strong_identifiers(other.record))
    certain = [scheme for scheme, _ in shared if is_same(scheme, record, other.record)]
    reasons, score = _same(record, other.record)
    if certain:
        reasons = reasons or tuple(notice(f"match-{scheme}") for scheme in certain)
        score = 1.0
    if not reasons:
        return None
    return Like(other, "same", score, reasons, tuple(differing(record, other.record)), bool(certain))


def _same(record: Record, other: Record) -> tuple[tuple[Notice, ...], float]:
    """Why the two may be one work, and how surely; () and 0 when they are not."""
    numbers = tuple(_numbers(record, other))
    match = compare(_vague(record) if other.type == "cited" else record, other)
    if match and match.relation == "same":
        return tuple(dict.fromkeys((*numbers, *match.reasons))), match.score
    if numbers:
        return numbers, 1.0
    return _who_what_when(record, other), 0.9


def _numbers(record: Record, other: Record) -> Iterator[Notice]:
    """The identifiers that both have; the ISBN of the book that both are parts of, or one is, is none."""
    if record.doi and record.doi.lower() == other.doi.lower():
        yield notice("match-doi")
    if record.eric and record.eric.lower() == other.eric.lower():
        yield notice("match-eric")
    if not {record.type, other.type} & _PARTS and set(record.isbn) & set(other.isbn):
        yield notice("match-isbn")


def _who_what_when(record: Record, other: Record) -> tuple[Notice, ...]:
    """Title, year and first author, where both have all three and they are the same."""
    if _known_by(record) != _known_by(other) or not all(_known_by(record)):
        return ()
    return notice("match-author-title"), notice("match-year")


def _known_by(record: Record) -> tuple[str, int | None, str]:
    people = record.author or record.editor
    return comparable(record.title), record.year, comparable(people[0].surname) if people else ""
