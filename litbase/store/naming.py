"""Ids and citation keys: what a new record is called; no name is ever given twice, whoever held it before."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.identifiers import normal_eric
from litbase.record.keys import KeyPattern, is_key, numbered, record_id
from litbase.record.record import Record
from litbase.record.text import clean
from litbase.store.schema import aliases, compared, insert_rows, key_numbers, records

T = TypeVar("T", str, int)
CHUNK: Final = 500  # values in one IN (...)
LONGEST: Final = 64
_HEX: Final = (6, 12, 24, 48)
_NUMBERS: Final = 32  # numbered keys looked up at once


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """*values*, each once, in lists that fit into one query."""
    every = list(dict.fromkeys(values))
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]


def id_candidates(record: Record, source: str, key: str) -> tuple[str, ...]:
    """The ids a new record may get, the best first: ERIC number or who-when-what, then with hex of source and key."""
    hexes = hashlib.sha256(f"{source}\0{key}".encode()).hexdigest()
    base = normal_eric(record.eric) or record_id(record)[:LONGEST]
    if not base:
        return tuple(f"record-{hexes[:n]}" for n in _HEX)
    return (base, *(f"{base[: LONGEST - 1 - n]}-{hexes[:n]}" for n in _HEX))


class Names:
    """The ids and keys that are taken, as far as one batch asks; every name given is remembered.

    *pattern* is what keys are made by.
    """

    def __init__(self, connection: Connection, pattern: KeyPattern):
        self._connection = connection
        self.pattern = pattern
        self._ids: set[str] = set()
        self._holders: dict[str, str] = {}
        self._known: set[str] = set()
        self._numbers: dict[str, int] = {}
        self.numbers_changed: set[str] = set()

    def look_up_ids(self, candidates: Iterable[str]) -> None:
        """Learn which of *candidates* are taken."""
        for some in chunks(candidate.lower() for candidate in candidates):
            known = sa.select(records.c.id_folded).where(records.c.id_folded.in_(some))
            self._ids.update(self._connection.scalars(known))
            other = sa.select(aliases.c.folded).where(aliases.c.kind == "id", aliases.c.folded.in_(some))
            self._ids.update(self._connection.scalars(other))

    def give_id(self, candidates: Sequence[str]) -> str:
        """The first of *candidates* that is free; it is taken now.  The first one was looked up before."""
        if candidates[0].lower() in self._ids:
            self.look_up_ids(candidates[1:])
        chosen = next(candidate for candidate in candidates if candidate.lower() not in self._ids)
        self._ids.add(chosen.lower())
        return chosen

    def look_up_keys(self, keys: Iterable[str]) -> None:
        """Learn who holds, or ever held, each of *keys*."""
        wanted = {folded for key in keys if key and (folded := fold_key(key)) not in self._known}
        self._known |= wanted
        for some in chunks(wanted):
            now = sa.select(records.c.key_folded, records.c.id).where(records.c.key_folded.in_(some))
            self._holders.update((row[0], row[1]) for row in self._connection.execute(now))
            once = sa.select(aliases.c.folded, aliases.c.record_id)
            once = once.where(aliases.c.kind == "key", aliases.c.folded.in_(some))
            self._holders.update((row[0], row[1]) for row in self._connection.execute(once))

    def holder(self, key: str) -> str:
        """The id of the record that holds or held *key*; "" when it is free."""
        self.look_up_keys([key])
        return self._holders.get(fold_key(key), "")

    def take_key(self, key: str, record_id: str) -> None:
        """Note that *key* belongs to the record *record_id* for good."""
        self._known.add(fold_key(key))
        self._holders[fold_key(key)] = record_id

    def give_key(self, wanted: str, base: str, record_id: str) -> str:
        """*wanted* if it is a valid key and free, else *base* with the first free number; it is taken now."""
        key = wanted if is_key(wanted) and not self.holder(wanted) else self._numbered(base)
        self.take_key(key, record_id)
        return key

    def renew_key(self, base: str, record_id: str) -> str:
        """*base* if it is free or was this record's before, else with the first free number; it is taken now."""
        key = base if self.holder(base) in ("", record_id) else self._numbered(base)
        self.take_key(key, record_id)
        return key

    def _numbered(self, base: str) -> str:
        if not self.holder(base):
            return base
        folded = fold_key(base)
        if folded not in self._numbers:
            query = sa.select(key_numbers.c.next).where(key_numbers.c.base == folded)
            self._numbers[folded] = self._connection.scalar(query) or 1
        number = self._numbers[folded]
        while True:
            if fold_key(numbered(base, number)) not in self._known:
                self.look_up_keys(numbered(base, n) for n in range(number, number + _NUMBERS))
            if not self.holder(numbered(base, number)):
                break
            number += 1
        self._numbers[folded] = number + 1
        self.numbers_changed.add(folded)
        return numbered(base, number)

    def save(self) -> None:
        """Keep the numbers reached, so that the next batch does not try them again."""
        for some in chunks(self.numbers_changed):
            self._connection.execute(key_numbers.delete().where(key_numbers.c.base.in_(some)))
            rows = [{"base": base, "next": self._numbers[base]} for base in some]
            insert_rows(self._connection, key_numbers, rows)


def holder(connection: Connection, name: str, but: str = "") -> str:
    """Which record but *but* is found by *name*, now or ever, as its id or its citation key; "" for none."""
    by_id, by_key = fold_id(name), fold_key(name)
    for asked in (
        sa.select(records.c.id).where(records.c.id_folded == by_id),
        sa.select(records.c.id).where(records.c.key_folded == by_key),
        sa.select(aliases.c.record_id).where(aliases.c.kind == "id", aliases.c.folded == by_id),
        sa.select(aliases.c.record_id).where(aliases.c.kind == "key", aliases.c.folded == by_key),
    ):
        if others := [id for id in connection.scalars(asked) if id != but]:
            return others[0]
    return ""


def fold_id(record_id: str) -> str:
    """*record_id* as ids are compared; any text from outside may be asked for."""
    return clean(record_id).lower()


def fold_key(key: str) -> str:
    """*key* as keys are compared."""
    return compared(key.lower())
