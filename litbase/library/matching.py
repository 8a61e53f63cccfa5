"""Likenesses: which records of the library or of the same batch a new record is the same as or related to.

Matching never merges; it makes links with reasons (record.match holds the rules).  What a record cites is not among
them: `library.related` finds it when a record is looked at, from both sides and with works that were added later.
"""

from collections.abc import Iterator, Sequence

from litbase.record.match import block_keys, compare, is_part
from litbase.record.record import Record
from litbase.store.store import Store
from litbase.store.values import Incoming, Link, Outcome, with_links

CROWD = 50  # a block with more records than this tells nothing ("Editorial")


def linked(store: Store, batch: Sequence[Incoming], skip: int = 0) -> list[Incoming]:
    """*batch* with a Link to every likeness: an id in the store, or the index of an earlier record of the batch.

    The first *skip* get none themselves.
    """
    keys = [block_keys(incoming.record) for incoming in batch]
    known = store.candidates({key for each in keys[skip:] for key in each})
    wanted = {id for ids in known.values() if len(ids) <= CROWD for id in ids}
    stored = store.get_many(wanted)
    blocks: dict[str, list[int]] = {}
    result = []
    for index, incoming in enumerate(batch):
        near: dict[str | int, Record] = {}
        is_wanted = index >= skip
        for key in keys[index]:
            if is_wanted:
                near |= {id: stored[id].record for id in known.get(key, ()) if id in stored}
                near |= {other: batch[other].record for other in blocks.get(key, ())[:CROWD]}
            blocks.setdefault(key, []).append(index)
        links = tuple(_links(incoming.record, near))
        result.append(with_links(incoming, links))
    return result


def _links(record: Record, near: dict[str | int, Record]) -> Iterator[Link]:
    """The links of *record* to those *near* it, as they are seen from it: a book has parts, a chapter is one."""
    for target, other in near.items():
        if record.eric and record.eric == other.eric:
            continue
        if match := compare(record, other):
            relation = match.relation
            if relation == "part-of" and not is_part(record, other):
                relation = "has-part"
            yield Link(target=target, score=match.score, relation=relation, reasons=match.reasons)


def named(incoming: Incoming, outcome: Outcome, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Link]]:
    """(id, link) of each link of *incoming*, now that the store has given ids; never a link to the record itself."""
    for link in incoming.links:
        id = outcomes[link.target].id if isinstance(link.target, int) else link.target
        if id and id != outcome.id:
            yield id, link
