"""Links: likenesses between records, kept once for each pair; what people decided about a pair stands above them.

A merged record is seen as the one it went into.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.match import compare
from litbase.record.notices import Notice, notice
from litbase.record.record import from_json
from litbase.store.entry import to_text
from litbase.store.naming import chunks, fold_id
from litbase.store.schema import links, records, verdicts
from litbase.store.values import Link, StoredLink, Suspects, Verdict

DIFFERENT: Final = "different"
REVIEWED: Final = 0.85  # related works of a higher score are asked about
RELATIONS: Final = ("same", "version", "part-of", "has-part", "related")  # the strongest first
_CITING: Final = ("cites", "cited-by")  # facts, which no verdict on a likeness touches
_NOTHING: Final[sa.ColumnElement[str]] = sa.literal_column("''")
_REVERSED: Final = {"part-of": "has-part", "has-part": "part-of", "cites": "cited-by", "cited-by": "cites"}
_Key = tuple[str, str, str]  # the two ids in order, and which of them cites the other, "" for a likeness


class _Seen(NamedTuple):
    """A link or verdict as the record *me* sees *other*, both standing for what was merged into them."""

    me: str
    other: str
    relation: str
    row: Any


def reversed_relation(relation: str) -> str:
    """The *relation* as it is called from the other side."""
    return _REVERSED.get(relation, relation)


def save_links(connection: Connection, batch: Sequence[tuple[str, Sequence[Link]]], run: int) -> None:
    """Keep the links of a batch of (record id, its links); a target that is absent or the record itself is left out.

    A pair linked from the other side before stays as it is; a link that says something new replaces the old one.  What
    people decided about a pair is not touched.
    """
    ids = [record_id for record_id, _ in batch]
    wanted: dict[_Key, tuple[str, str, Link]] = {}
    targets = _existing(connection, (link.target for _, some in batch for link in some if isinstance(link.target, str)))
    for record_id, some in batch:
        for link in some:
            other = targets.get(fold_id(link.target), "") if isinstance(link.target, str) else ids[link.target]
            key = _key(record_id, other, link.relation)
            if record_id and other and other != record_id and wanted.get(key, (record_id,))[0] == record_id:
                wanted[key] = (record_id, other, link)
    if not wanted:
        return
    stored = _stored(connection, {record_id for record_id, _, _ in wanted.values()})
    new = [found for key, found in wanted.items() if _is_news(stored.get(key), *found)]
    scores = _scores(connection, [(one, other) for one, other, link in new if _is_unscored(link)])
    rows = [
        {"record_id": one, "other_id": other, "relation": link.relation, "reasons": to_text(link.reasons),
         "score": link.score or scores.get((one, other), 0.0), "run": run, "undone": 0}
        for one, other, link in new
    ]  # fmt: skip
    if rows:
        connection.execute(links.insert(), rows)


def _key(record_id: str, other: str, relation: str) -> _Key:
    citing = {"cites": record_id, "cited-by": other}.get(relation, "")
    first, second = sorted((record_id, other))
    return first, second, citing


def _is_news(stored: tuple[str, str, str] | None, record_id: str, other: str, link: Link) -> bool:
    return stored is None or (stored[0] == record_id and stored[1:] != (link.relation, to_text(link.reasons)))


def _is_unscored(link: Link) -> bool:
    return not link.score and link.relation not in _CITING


def _existing(connection: Connection, targets: Iterable[str]) -> dict[str, str]:
    """The id of each of *targets* that there is, by its lower-cased form."""
    found: dict[str, str] = {}
    for some in chunks(map(fold_id, targets)):
        query = sa.select(records.c.id_folded, records.c.id).where(records.c.id_folded.in_(some))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _stored(connection: Connection, ids: Iterable[str]) -> dict[_Key, tuple[str, str, str]]:
    """(record id, relation, reasons) of the last link of each pair."""
    found: dict[_Key, tuple[str, str, str]] = {}
    for some in chunks(ids):
        query = sa.select(links).where(links.c.record_id.in_(some) | links.c.other_id.in_(some), links.c.undone == 0)
        for row in connection.execute(query.order_by(links.c.nr)):
            found[_key(row.record_id, row.other_id, row.relation)] = (row.record_id, row.relation, row.reasons)
    return found


def _scores(connection: Connection, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """How likely each of *pairs* is, of links whose finder did not say."""
    current: dict[str, str] = {}
    for some in chunks(record_id for pair in pairs for record_id in pair):
        query = sa.select(records.c.id, records.c.current).where(records.c.id.in_(some))
        current.update((row[0], row[1]) for row in connection.execute(query))
    matches = {pair: compare(from_json(current[pair[0]]), from_json(current[pair[1]])) for pair in pairs}
    return {pair: match.score for pair, match in matches.items() if match}


def links_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[StoredLink, ...]]:
    """The links of each of the records *ids* from both sides, by the other's id; see `Store.links`."""
    every = tuple(ids)
    roots = _roots(connection, every)
    found: dict[str, dict[tuple[str, str], StoredLink]] = {record_id: {} for record_id in every}
    for seen in _last(_seen(connection, roots, links)):
        notices = msgspec.json.decode(seen.row.reasons, type=tuple[Notice, ...])
        link = StoredLink(seen.other, seen.relation, notices, seen.row.score)
        place = (seen.other, seen.relation if seen.relation in _CITING else "")
        known = found[seen.me].get(place)
        if known is None or _strength(link) > _strength(known):
            found[seen.me][place] = link
    for (me, other), verdict in _judged(connection, roots).items():
        by_machine = found[me].pop((other, ""), None)
        if verdict.verdict != DIFFERENT:
            reasons = (_told(verdict), *(by_machine.reasons if by_machine else ()))
            found[me][other, ""] = StoredLink(other, verdict.verdict, reasons, 1.0, "person")
    return {me: tuple(some[place] for place in sorted(some)) for me, some in found.items()}


def _last(found: Iterable[_Seen]) -> Iterable[_Seen]:
    """The last link of each pair of records as they were compared, whatever they were merged into."""
    last: dict[tuple[str, _Key], _Seen] = {}
    for seen in sorted(found, key=lambda seen: int(seen.row.nr)):
        last[seen.me, _key(seen.row.record_id, seen.row.other_id, seen.row.relation)] = seen
    return last.values()


def _strength(link: StoredLink) -> tuple[int, float]:
    return -RELATIONS.index(link.relation) if link.relation in RELATIONS else -len(RELATIONS), link.score


def _told(verdict: Verdict) -> Notice:
    if verdict.why:
        return notice("judged-why", who=verdict.who, why=verdict.why)
    return notice("judged", who=verdict.who)


def verdicts_of(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], Verdict]:
    """What was decided last about each pair of one of *ids* and another record, by (that one, the other)."""
    return _judged(connection, _roots(connection, tuple(ids)))


def _judged(connection: Connection, roots: Mapping[str, str]) -> dict[tuple[str, str], Verdict]:
    found: dict[tuple[str, str], _Seen] = {}
    for seen in _seen(connection, roots, verdicts):
        known = found.get((seen.me, seen.other))
        if known is None or known.row.nr < seen.row.nr:
            found[seen.me, seen.other] = seen
    return {
        pair: Verdict(seen.me, seen.other, seen.relation, seen.row.who, seen.row.why, seen.row.at)
        for pair, seen in found.items()
    }


def _roots(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """*ids* and those of what was merged into them, each with the one of *ids* it stands for."""
    roots = dict(zip(ids, ids, strict=True))
    for some in chunks(ids):
        roots.update((row[0], row[1]) for row in connection.execute(_MERGED, {"ids": some}))
    return roots


def _seen(connection: Connection, roots: Mapping[str, str], table: sa.Table) -> list[_Seen]:
    """The rows of links or verdicts that are not undone about *roots*, from both sides."""
    found = []
    for some in chunks(roots):
        for row in connection.execute(_SEEN[table], {"ids": some}):
            me = roots[row.mine]
            if row.root != me:
                found.append(_Seen(me, row.root, reversed_relation(row.what) if row.is_back else row.what, row))
    return found


def _root(table: Any) -> sa.ColumnElement[str]:
    """The id of the record that a row of *table* stands for: where it was merged, the other's."""
    return sa.case((table.c.merged_into != _NOTHING, table.c.merged_into), else_=table.c.id)


def _about(table: sa.Table) -> sa.CompoundSelect[Any]:
    """The rows of *table*, not undone, of which one side or the other is one of the parameter "ids"; made once."""
    one, other = table.c.record_id, table.c.other_id
    return sa.union_all(_from_side(table, one, other, "0"), _from_side(table, other, one, "1"))


def _from_side(table: sa.Table, mine: Any, others: Any, back: str) -> sa.Select[Any]:
    standing: sa.ColumnElement[bool] = table.c.undone.is_(False) if table is verdicts else table.c.undone == 0
    what = table.c.verdict if table is verdicts else table.c.relation
    is_back: sa.ColumnElement[int] = sa.literal_column(back)
    query = sa.select(
        table, mine.label("mine"), what.label("what"), _root(records).label("root"), is_back.label("is_back")
    )
    return query.join(records, records.c.id == others).where(mine.in_(_IDS), standing)


_IDS: Final[sa.BindParameter[Any]] = sa.bindparam("ids", expanding=True)
_MERGED: Final = sa.select(records.c.id, records.c.merged_into).where(records.c.merged_into.in_(_IDS))
_SEEN: Final = {table: _about(table) for table in (links, verdicts)}


def suspects(connection: Connection, limit: int, offset: int = 0) -> list[Suspects]:
    """The next *limit* pairs that nobody has judged, the most likely first; see `Store.suspects`."""
    pairs = _unjudged()
    order = (pairs.c.rank, pairs.c.score.desc(), pairs.c.one, pairs.c.other)
    rows = connection.execute(sa.select(pairs).order_by(*order).limit(limit).offset(offset))
    return [Suspects(row.one, row.other, RELATIONS[row.rank], row.score) for row in rows]


def suspects_count(connection: Connection) -> int:
    """How many pairs nobody has judged."""
    return connection.scalar(sa.select(sa.func.count()).select_from(_unjudged())) or 0


def _unjudged() -> sa.Subquery:
    """Pairs of public or draft records linked as one work, a version, or closely related, without a verdict."""
    asked = links.c.relation.in_(("same", "version")) | ((links.c.relation == "related") & (links.c.score > REVIEWED))
    found = _pairs(links, asked & links.c.nr.in_(_last_numbers())).subquery()
    judged = _pairs(verdicts, verdicts.c.undone.is_(False)).subquery()
    one, other = records.alias("one"), records.alias("two")
    shown = ("public", "draft")
    query = sa.select(found).join(one, one.c.id == found.c.one).join(other, other.c.id == found.c.other)
    query = query.outerjoin(judged, (judged.c.one == found.c.one) & (judged.c.other == found.c.other))
    query = query.where(judged.c.one.is_(None), one.c.state.in_(shown), other.c.state.in_(shown))
    return query.subquery()


def _last_numbers() -> sa.Select[Any]:
    """The number of the last likeness of each pair."""
    is_first = links.c.record_id < links.c.other_id
    one = sa.case((is_first, links.c.record_id), else_=links.c.other_id)
    other = sa.case((is_first, links.c.other_id), else_=links.c.record_id)
    likeness = links.c.relation.not_in(_CITING) & (links.c.undone == 0)
    return sa.select(sa.func.max(links.c.nr)).where(likeness).group_by(one, other)


def _pairs(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The pairs of records in *table* under *condition*, each once, with rank of the best relation and best score."""
    a, b = records.alias("a"), records.alias("b")
    first, second = _root(a), _root(b)
    one = sa.case((first < second, first), else_=second).label("one")
    other = sa.case((first < second, second), else_=first).label("other")
    query = sa.select(one, other, *_ranked(table))
    query = query.select_from(table).join(a, a.c.id == table.c.record_id).join(b, b.c.id == table.c.other_id)
    return query.where(condition, first != second).group_by(one, other)


def _ranked(table: sa.Table) -> tuple[sa.ColumnElement[Any], ...]:
    if table is verdicts:
        return ()
    places: Mapping[str, int] = {relation: place for place, relation in enumerate(RELATIONS)}
    rank = sa.case(places, value=links.c.relation, else_=len(RELATIONS) - 1)
    return sa.func.min(rank).label("rank"), sa.func.max(links.c.score).label("score")
