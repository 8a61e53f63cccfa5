"""A harvest that is killed at any moment loses and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.library import open_library
from litbase.settings import Settings
from tests.elsewhere import Elsewhere, elsewhere
from tests.library.test_harvesting import Eric
from tests.library.test_harvesting_repositories import Repository

KILLS = int(os.environ.get("LITBASE_KILLS", "2"))
SIZE = 1000 if KILLS > 2 else 500  # of what is harvested while it is killed


@pytest.fixture
def server() -> Iterator[Elsewhere]:
    with elsewhere() as found:
        yield found


PROGRAM = """
import sys
from pathlib import Path
from litbase.fetch.values import Limits
from litbase.library import open_library
from litbase.library.harvesting import of_eric
from litbase.library.network import Network, Services
from litbase.library.repositories import Asked, of_repository
from litbase.settings import Settings
kind, folder, name = sys.argv[1:]
network = Network(Services(eric=f"http://{name}/eric/"), Limits(pause=0.01, inside=frozenset({name})))
library = open_library(Path(folder), Settings(), create=True)
repository = Asked(f"http://{name}/oai")
begun = of_eric(library, "q", network) if kind == "eric" else of_repository(library, repository, network)
for entry in begun.entries(lambda *_: None):
    print(entry.id, flush=True)
library.close()
"""


def killed(kind: str, folder: Path, server: Elsewhere, after: float) -> set[str]:
    """The records that were reported when the harvest was killed *after* seconds, or had ended."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, kind, str(folder), server.name], stdout=subprocess.PIPE)
    try:
        output, _ = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate()
    return set(output[: output.rfind(b"\n") + 1].decode().split())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["eric", "oai"])
def test_a_harvest_killed_at_any_moment_converges(server, tmp_path, kind):
    """A few kills, more with LITBASE_KILLS; each time all that was reported is there."""
    Eric(server, SIZE) if kind == "eric" else Repository(server, SIZE)
    begun = time.monotonic()
    assert len(killed(kind, tmp_path / "whole", server, 120)) == SIZE
    length = time.monotonic() - begun
    dice = random.Random(5)
    reported: set[str] = set()
    folder = tmp_path / "killed"
    for _ in range(KILLS):
        reported |= killed(kind, folder, server, dice.uniform(0.2, 0.95) * length)
        if (folder / "litbase.db").exists():
            library = open_library(folder, Settings(), create=True)
            assert reported <= set(library.store.get_many(reported))
            library.close()
    killed(kind, folder, server, 120)
    library = open_library(folder, Settings())
    ids = [stored.record.title for stored in library.store.scan(limit=5000)]
    library.close()
    assert (len(ids), len(set(ids))) == (SIZE, SIZE)
