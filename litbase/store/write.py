"""put: readings become records, in one transaction a batch, with a handful of queries however large the batch is."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.keys import KeyPattern, is_key
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, clean_record, to_json
from litbase.record.text import clean
from litbase.store.entry import Entry, Member, Row, to_text
from litbase.store.identity import strong_identifiers
from litbase.store.linking import save_links
from litbase.store.naming import Names, chunks, id_candidates
from litbase.store.schema import compared, identifiers, readings, records
from litbase.store.states import bring_back
from litbase.store.values import Incoming, Outcome
from litbase.store.work import Work

LARGEST: Final = 32 << 20  # bytes of a record's JSON
LONGEST_ALIAS: Final = 200
MOST_ALIKE: Final = 300  # readings of one key in one document: composing a record from them takes their square
_ESCAPED: Final = re.compile(r"\\[^nt\"\\/]")  # a character that JSON escapes, but for those that text may hold


class Prepared(NamedTuple):
    """An incoming reading, cleaned, with the values of its row; *refused* when it cannot be kept."""

    incoming: Incoming
    place: tuple[str, str, str, int]  # source, compared key, document, ordinal
    values: dict[str, Any]
    notices: tuple[Notice, ...]
    refused: bool


class _Plan(NamedTuple):
    """What a reading without a record may turn out to be: its strong identifiers, the ids it may get, its key's base.

    *base* belongs to the first of the ids.
    """

    strong: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    base: str


class _Known(NamedTuple):
    """What the store holds of the readings of a batch: the record of each (source, key), the digest at each place.

    A reading that was undone has a record, and no digest.
    """

    record_of: dict[tuple[str, str], str]
    stored: dict[tuple[str, str, str, int], tuple[str, int]]
    versions: dict[str, int]


def prepare(incoming: Incoming) -> Prepared:
    """*incoming* ready to be written; done before the transaction, since it may take a while."""
    record, text, notices = _cleaned(incoming.record)
    incoming = msgspec.structs.replace(incoming, record=record, source=clean(incoming.source), key=clean(incoming.key))
    refused = len(text.encode()) > LARGEST
    if refused:
        notices = (notice("record-too-large", limit=f"{LARGEST >> 20} MB"),)
    values: dict[str, Any] = {
        "source": incoming.source,
        "key_compared": compared(incoming.key),
        "document": incoming.document,
        "ordinal": incoming.ordinal,
        "key": incoming.key,
        "reader": incoming.reader,
        "reader_version": incoming.reader_version,
        "rank": incoming.rank,
        "line": incoming.line,
        "leftovers": to_text(incoming.leftovers) if incoming.leftovers else "[]",
        "furniture": incoming.furniture,
        "notices": to_text(incoming.notices) if incoming.notices else "[]",
        "record": text,
    }
    values["digest"] = sha256("\0".join(map(str, values.values())).encode("utf-8", "replace")).hexdigest()
    place = (values["source"], values["key_compared"], values["document"], values["ordinal"])
    return Prepared(incoming, place, values, notices, refused)


def _cleaned(record: Record) -> tuple[Record, str, tuple[Notice, ...]]:
    """*record* cleaned, its JSON, and what was dropped; most records are clean, and their JSON shows it at once."""
    try:
        text = to_json(record)
    except UnicodeEncodeError:  # a lone surrogate
        text = "\\u"
    if not _ESCAPED.search(text) and clean(text) == text:
        return record, text, ()
    record, notices = clean_record(record)
    return record, to_json(record), notices


def put(connection: Connection, batch: Sequence[Prepared], run: int, who: str, pattern: KeyPattern) -> list[Outcome]:
    """What became of each reading of *batch*, in its order; a reading sees the ones before it.

    A new record without a usable key of its own gets one by *pattern*.
    """
    work, names = Work(connection, who, run=run), Names(connection, pattern)
    outcomes = _decide(work, names, batch)
    work.save()
    names.save()
    linked = [(outcome.id, item.incoming.links) for outcome, item in zip(outcomes, batch, strict=True)]
    save_links(connection, linked, run)
    return outcomes


def foresee(connection: Connection, batch: Sequence[Prepared], pattern: KeyPattern) -> list[Outcome]:
    """What would become of each reading of *batch*, were it put now; nothing is written.

    The id of a new record is the one it would get.
    """
    return _decide(Work(connection, "", is_trial=True), Names(connection, pattern), batch)


def _decide(work: Work, names: Names, batch: Sequence[Prepared]) -> list[Outcome]:
    """What becomes of each reading of *batch*; all that must be written for it is in *work* and *names*."""
    known = _look_up(work.connection, [item for item in batch if not item.refused])
    touched = [item for item in batch if not item.refused and not _is_known(item, known)]
    plans = {id(item): _plan(item, names.pattern) for item in touched if item.place[:2] not in known.record_of}
    holders = _take_in_hand(work, names, touched, plans, known)
    return [_put(work, names, item, known, plans.get(id(item)), holders) for item in batch]


def _plan(item: Prepared, pattern: KeyPattern) -> _Plan:
    record = item.incoming.record
    ids = id_candidates(record, item.incoming.source, item.incoming.key)
    return _Plan(strong_identifiers(record), ids, pattern.base(record, ids[0]))


def _look_up(connection: Connection, batch: Sequence[Prepared]) -> _Known:
    known = _Known({}, {}, {})
    for source in dict.fromkeys(item.place[0] for item in batch):
        for some in chunks(item.place[1] for item in batch if item.place[0] == source):
            query = sa.select(
                readings.c.record_id, readings.c.key_compared, readings.c.document, readings.c.ordinal,
                readings.c.digest, readings.c.reader_version, readings.c.undone, records.c.version,
            )  # fmt: skip
            query = query.join(records).where(readings.c.source == source, readings.c.key_compared.in_(some))
            for record_id, key, document, ordinal, digest, reader_version, undone, version in connection.execute(query):
                known.record_of[source, key] = record_id
                if not undone:
                    known.stored[source, key, document, ordinal] = (digest, reader_version)
                known.versions[record_id] = version
    return known


def _is_known(item: Prepared, known: _Known) -> bool:
    """Whether the store holds this very reading, or a later reader's of the same place."""
    digest, reader_version = known.stored.get(item.place, ("", 0))
    return bool(digest == item.values["digest"] or reader_version > item.values["reader_version"])


def _take_in_hand(
    work: Work, names: Names, touched: Sequence[Prepared], plans: dict[int, _Plan], known: _Known
) -> dict[tuple[str, str], list[str]]:
    """Load every record, id and key that *touched* may come to; the holders of each strong identifier."""
    holders: dict[tuple[str, str], list[str]] = {}
    wanted: dict[str, list[str]] = {}
    for plan in plans.values():
        for scheme, value in plan.strong:
            wanted.setdefault(scheme, []).append(value)
    for scheme, values in wanted.items():
        for some in chunks(values):
            query = sa.select(identifiers.c.value, identifiers.c.record_id)
            query = query.where(identifiers.c.scheme == scheme, identifiers.c.value.in_(some))
            for value, record_id in work.connection.execute(query.order_by(identifiers.c.record_id)):
                holders.setdefault((scheme, value), []).append(record_id)
    homes = {known.record_of[item.place[:2]] for item in touched if item.place[:2] in known.record_of}
    work.load([*homes, *(record_id for ids in holders.values() for record_id in ids)])
    names.look_up_ids(plan.ids[0] for plan in plans.values())
    given = (item.incoming.record.citation_key for item in touched)
    names.look_up_keys([*given, *(plan.base for plan in plans.values())])
    return holders


def _put(
    work: Work,
    names: Names,
    item: Prepared,
    known: _Known,
    plan: _Plan | None,
    holders: dict[tuple[str, str], list[str]],
) -> Outcome:
    if item.refused:
        return Outcome("refused", notices=item.notices)
    stored = known.record_of.get(item.place[:2])
    if stored and _is_known(item, known):
        return Outcome("same", stored, known.versions[stored], item.notices)
    if stored:
        entry = work.entries[stored]
        home = next(row.home for row in entry.rows if _of(row) == item.place[:2])
    else:
        plan = plan or _plan(item, names.pattern)
        entry, home = _find(work, item.incoming.record, plan, holders) or _begin(work, names, item, plan)
    alike = [row for row in entry.rows if _of(row) == item.place[:2] and row.values["document"] == item.place[2]]
    if any(_says_the_same(item, row) for row in alike):
        return Outcome("same", entry.id, entry.version, item.notices)
    if len(alike) >= MOST_ALIKE:
        return Outcome("refused", notices=(*item.notices, notice("too-many-alike", id=entry.id, limit=MOST_ALIKE)))
    was_read = entry.is_read
    work.drop_rows(entry, [row for row in entry.rows if _replaces(item, row)])
    values = {**item.values, "read_at": work.at, "home": home, "run": work.run, "undone": 0}
    work.add_row(entry, Row(0, values, item.incoming.record))
    notices = item.notices + _note_key(work, names, entry, home, item.incoming.record.citation_key)
    status = "same"
    changed = entry.recompose()
    if (not was_read and bring_back(work, entry)) or changed:
        status = "changed" if entry.version else "new"
        work.change(entry, "import")
        for pair in entry.named:
            holders.setdefault(pair, []).append(entry.id)
    known.record_of[item.place[:2]] = entry.id
    known.stored[item.place] = (item.values["digest"], item.values["reader_version"])
    known.versions[entry.id] = entry.version
    return Outcome(status, entry.id, entry.version, notices)


def _says_the_same(item: Prepared, row: Row) -> bool:
    """Whether the same entry stands in the document twice: *row* is of another place and says what *item* says."""
    is_read_alike = row.values["reader_version"] == item.values["reader_version"] and not row.is_undone
    return is_read_alike and row.values["ordinal"] != item.place[3] and row.record == item.incoming.record


def _of(row: Row) -> tuple[str, str]:
    return row.values["source"], row.values["key_compared"]


def _find(
    work: Work, record: Record, plan: _Plan, holders: dict[tuple[str, str], list[str]]
) -> tuple[Entry, str] | None:
    """The record that a strong identifier shows *record* to be, and which of those merged into it; None for none."""
    for pair in plan.strong:
        for record_id in holders.get(pair, ()):
            entry = work.entries[record_id]
            if entry.state != "merged" and (home := entry.home_of(pair, record)):
                return entry, home
    return None


def _begin(work: Work, names: Names, item: Prepared, plan: _Plan) -> tuple[Entry, str]:
    """A new record, named, and its id."""
    record = item.incoming.record
    record_id = names.give_id(plan.ids)
    base = plan.base if record_id == plan.ids[0] else names.pattern.base(record, record_id)
    key = names.give_key(record.citation_key, base or record_id, record_id)
    entry = Entry(record_id, key, record, member=Member(record_id), is_new=True)
    work.entries[record_id] = entry
    return entry, record_id


def _replaces(item: Prepared, row: Row) -> bool:
    """Whether *row* is an earlier reading of the same place, or an older reader's of the same key in the document.

    One that was undone gives way to any of the same key in the document.  `undoing.in_effect` follows the same rule.
    """
    values = row.values
    if (values["source"], values["key_compared"], values["document"]) != item.place[:3]:
        return False
    is_older = values["reader_version"] < item.values["reader_version"]
    return bool(row.is_undone or is_older or values["ordinal"] == item.place[3])


def _note_key(work: Work, names: Names, entry: Entry, home: str, given: str) -> tuple[Notice, ...]:
    """Let the key a source *given* find the record, where it is not its own; a notice where another record has it."""
    if not given or given.lower() == entry.key.lower() or len(given) > LONGEST_ALIAS:
        return ()
    holder = names.holder(given)
    if not holder:
        work.add_alias("key", given, home)
        names.take_key(given, home)
    if holder in ("", entry.id, home):
        return () if is_key(given) else (notice("key-unusable", key=given, given=entry.key),)
    return (notice("key-taken", key=given, given=entry.key),)
