"""A process that writes to a store, for tests that run several at once or kill one.

writer.py URL add FIRST LAST      puts readings in batches of 5, printing "id title" of each after its commit
writer.py URL edit ID TIMES       makes TIMES optimistic edits, printing how many conflicts it met
"""

import sys

from litbase.errors import Conflict
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.store import Incoming, open_store
from litbase.store.store import Store


def reading(n: int) -> Incoming:
    record = Record(
        type="report", title=f"Report {n % 7}", author=(Name(family="Doe"),), volume=str(n), abstract="x" * 2000
    )
    return Incoming(record=record, source="made", key=f"k{n}", reader="made", document="d", ordinal=n)


def add(store: Store, first: int, last: int) -> None:
    run = store.start_run("add")
    for start in range(first, last, 5):
        batch = [reading(n) for n in range(start, min(start + 5, last))]
        store.put_document(f"{start:064d}", f"file {start}", "utf-8", b"text")
        for item, outcome in zip(batch, store.put(batch, run), strict=True):
            print(outcome.id, item.key, flush=True)


def edit(store: Store, record_id: str, times: int) -> None:
    conflicts = done = 0
    while done < times:
        stored = store.get(record_id)
        assert stored
        try:
            store.edit(record_id, {"volume": str(stored.version)}, "ann", version=stored.version)
            done += 1
        except Conflict:
            conflicts += 1
    print(conflicts)


if __name__ == "__main__":
    url, verb, one, other = sys.argv[1:]
    opened = open_store(url, create=True)
    if verb == "add":
        add(opened, int(one), int(other))
    else:
        edit(opened, one, int(other))
    opened.close()
