"""Links: likenesses between records, kept once for each pair."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.notices import Notice
from litbase.store.entry import to_text
from litbase.store.naming import chunks, fold_id
from litbase.store.schema import links, records
from litbase.store.values import Link, StoredLink

_REVERSED: Final = {"part-of": "has-part", "has-part": "part-of"}


def save_links(connection: Connection, batch: Sequence[tuple[str, Sequence[Link]]]) -> None:
    """Keep the links of a batch of (record id, its links); a target that is absent or the record itself is left out.

    A pair linked from the other side before stays as it is; a link that says something new replaces the old one.
    """
    ids = [record_id for record_id, _ in batch]
    wanted: dict[tuple[str, str], tuple[str, str]] = {}
    targets = _existing(connection, (link.target for _, some in batch for link in some if isinstance(link.target, str)))
    for record_id, some in batch:
        for link in some:
            other = targets.get(fold_id(link.target), "") if isinstance(link.target, str) else ids[link.target]
            if record_id and other and other != record_id and (other, record_id) not in wanted:
                wanted[record_id, other] = (link.relation, to_text(link.reasons))
    if not wanted:
        return
    stored = _stored(connection, {record_id for record_id, _ in wanted})
    rows: list[dict[str, Any]] = []
    for (record_id, other), (relation, reasons) in wanted.items():
        if (other, record_id) in stored or stored.get((record_id, other)) == (relation, reasons):
            continue
        if (record_id, other) in stored:
            pair = (links.c.record_id == record_id) & (links.c.other_id == other)
            connection.execute(links.delete().where(pair))
        rows.append({"record_id": record_id, "other_id": other, "relation": relation, "reasons": reasons})
    if rows:
        connection.execute(links.insert(), rows)


def links_of(connection: Connection, record_id: str) -> tuple[StoredLink, ...]:
    """The links of a record from both sides, by the other's id; a merged record stands as the one it went into."""
    other = records.alias("other")
    columns = (links.c.relation, links.c.reasons, other.c.id, other.c.merged_into)
    there = sa.select(*columns).join(other, other.c.id == links.c.other_id).where(links.c.record_id == record_id)
    back = sa.select(*columns).join(other, other.c.id == links.c.record_id).where(links.c.other_id == record_id)
    found: dict[str, StoredLink] = {}
    for query, is_back in ((there, False), (back, True)):
        for relation, reasons, other_id, merged_into in connection.execute(query):
            name = merged_into or other_id
            seen = _REVERSED.get(relation, relation) if is_back else relation
            if name != record_id:
                notices = msgspec.json.decode(reasons, type=tuple[Notice, ...])
                found.setdefault(name, StoredLink(name, seen, notices))
    return tuple(found[name] for name in sorted(found))


def _existing(connection: Connection, targets: Iterable[str]) -> dict[str, str]:
    """The id of each of *targets* that there is, by its lower-cased form."""
    found: dict[str, str] = {}
    for some in chunks(map(fold_id, targets)):
        query = sa.select(records.c.id_folded, records.c.id).where(records.c.id_folded.in_(some))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _stored(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for some in chunks(ids):
        query = sa.select(links).where(links.c.record_id.in_(some) | links.c.other_id.in_(some))
        for row in connection.execute(query):
            found[row.record_id, row.other_id] = (row.relation, row.reasons)
    return found
