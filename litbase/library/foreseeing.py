"""Foreseeing: what adding readings would come to, found out without writing anything, so that nobody waits meanwhile.

The store decides about each batch as it would on writing (`Store.foresee`).  A reading also sees those of earlier
batches that it may belong or be like to: these are kept beside, and given to the store in front of the batch.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from litbase.library.matching import CROWD, linked
from litbase.record.match import block_keys
from litbase.store.findings import Likeness, pack, unpack
from litbase.store.identity import STRONG, identifiers_of
from litbase.store.schema import compared
from litbase.store.store import Store
from litbase.store.values import Incoming, Outcome

MOST: Final = 400  # earlier readings that one batch is told of because they may be the same records


class Foreseen(NamedTuple):
    """What would become of a reading, and what it is like."""

    outcome: Outcome
    likenesses: tuple[Likeness, ...]


class Foresight:
    """What adding one batch of readings after another would come to."""

    def __init__(self, store: Store):
        self._store = store
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._places: dict[int, tuple[int, int]] = {}  # of each reading in that file, by its number: start and size
        self._names: dict[int, tuple[int, ...]] = {}  # what may show that another reading is of the same record
        self._named: dict[int, list[int]] = {}  # the readings with each of these
        self._alike: dict[int, list[int]] = {}  # those under each block key

    def close(self) -> None:
        """Forget everything."""
        self._kept.close()

    def foresee(self, batch: Sequence[tuple[int, Incoming]]) -> list[Foreseen]:
        """What would become of each of *batch*, readings with their numbers, which rise from batch to batch."""
        earlier = self._earlier([incoming for _, incoming in batch])
        numbers = [*earlier, *(number for number, _ in batch)]
        readings = [*(self._get(number) for number in earlier), *(incoming for _, incoming in batch)]
        readings = linked(self._store, readings, skip=len(earlier))
        outcomes = self._store.foresee(readings)
        verdicts = self._store.verdicts(outcome.id for outcome in outcomes[len(earlier) :] if outcome.id)
        found = []
        for place in range(len(earlier), len(readings)):
            apart = {
                other for (one, other), v in verdicts.items() if one == outcomes[place].id and v.verdict == "different"
            }
            likenesses = _likenesses(readings, place, outcomes, numbers)
            found.append(Foreseen(outcomes[place], tuple(like for like in likenesses if like.id not in apart)))
        for number, incoming in batch:
            self._keep(number, incoming)
        return found

    def _earlier(self, batch: Sequence[Incoming]) -> list[int]:
        """The numbers of the earlier readings that decide about *batch*, ascending."""
        same: dict[int, None] = {}
        waiting = [name for incoming in batch for name in _names(incoming)]
        seen = set(waiting)
        while waiting:
            for number in self._named.get(waiting.pop(), ()):
                if number not in same and len(same) < MOST:
                    same[number] = None
                    more = [name for name in self._names[number] if name not in seen]
                    seen.update(more)
                    waiting += more
        alike = (self._alike.get(key, []) for incoming in batch for key in _blocks(incoming))
        return sorted({*same, *(number for numbers in alike if len(numbers) <= CROWD for number in numbers)})

    def _keep(self, number: int, incoming: Incoming) -> None:
        data = pack(incoming)
        self._places[number] = (self._kept.seek(0, 2), len(data))
        self._kept.write(data)
        self._names[number] = _names(incoming)
        for name in self._names[number]:
            self._named.setdefault(name, []).append(number)
        for key in _blocks(incoming):
            numbers = self._alike.setdefault(key, [])
            if len(numbers) <= CROWD:
                numbers.append(number)

    def _get(self, number: int) -> Incoming:
        start, size = self._places[number]
        self._kept.seek(start)
        return unpack(self._kept.read(size))


def _names(incoming: Incoming) -> tuple[int, ...]:
    """What may show another reading to be of the same record, each as a number, which takes less room."""
    named = [pair for pair in identifiers_of(incoming.record) if pair[0] in STRONG]
    return tuple(hash(pair) for pair in [(incoming.source, compared(incoming.key)), *named])


def _blocks(incoming: Incoming) -> Iterable[int]:
    return {hash(key) for key in block_keys(incoming.record)}


def _likenesses(
    readings: Sequence[Incoming], place: int, outcomes: Sequence[Outcome], numbers: Sequence[int]
) -> Iterator[Likeness]:
    """What the reading at *place* is like, each other record once."""
    own, seen = outcomes[place].id, set()
    for link in readings[place].links:
        other = outcomes[link.target] if isinstance(link.target, int) else None
        id = other.id if other else str(link.target)
        if not id or id == own or id in seen:
            continue
        seen.add(id)
        if isinstance(link.target, int) and other and other.status == "new":
            yield Likeness(link.relation, link.reasons, ordinal=numbers[link.target])
        else:
            yield Likeness(link.relation, link.reasons, id=id)
