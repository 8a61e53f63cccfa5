"""Whether the library of a running server is whole: the store row by row, its log, and the index beside it."""

import hashlib
import json
import sqlite3
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Final

from litbase.library import open_library
from litbase.library.verifying import verify
from litbase.settings import Settings
from tests.web.served import Served

PATIENCE: Final = 60.0  # seconds for the index to be level


def level(served: Served) -> float:
    """How many seconds it took until the index was level, without any command."""
    begun = time.monotonic()
    while True:
        status, _, body = served.get("/healthz")
        if status == 200 and json.loads(body)["index"] == "level":
            return time.monotonic() - begun
        assert time.monotonic() < begun + PATIENCE, body
        time.sleep(0.02)


def assert_good(folder: Path) -> None:
    """Nothing in the store is half, the log is one chain, and the index has what the store has."""
    with closing(sqlite3.connect(f"file:{folder / 'litbase.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        assert_whole(connection)
    library = open_library(folder, Settings())
    assert library.store.audit.verify().fault is None
    found = verify(library)
    assert found.is_good, found
    library.close()


def assert_whole(connection: sqlite3.Connection) -> None:
    """Each version has its revision, each revision its row in the log, each decision its revision; and the reverse."""
    versions = dict(connection.execute("select id, version from records"))
    chains, texts, logged, accepted = defaultdict(list), {}, set(), set()
    rows = connection.execute("select * from revisions order by record_id, version").fetchall()
    for row in rows:
        chains[row["record_id"]].append(row["version"])
        texts[row["record_id"]] = row["record"]
        if row["why"].startswith("correction "):
            accepted.add(int(row["why"].split()[1]))
    assert chains == {id: list(range(1, version + 1)) for id, version in versions.items()}
    assert texts == dict(connection.execute("select id, current from records"))
    for row in connection.execute("select * from audit where before != '' or after != ''"):
        version = json.loads(row["detail"])["version"]
        logged.add((row["subject"], version, row["action"], row["who"], row["after"]))
    done = [row for row in rows if row["kind"] != "import"]
    assert logged == {
        (*(row[n] for n in ("record_id", "version", "kind", "who")), digest(row["record"])) for row in done
    }
    decided = set(connection.execute("select distinct record_id, version from decisions").fetchall())
    deciding = {(row["record_id"], row["version"]) for row in done if row["kind"] in ("edit", "brought-back")}
    assert {tuple(row) for row in decided} == deciding
    states = connection.execute("select nr from corrections where state = 'accepted'")
    assert accepted == {row["nr"] for row in states}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
