"""An index whose bytes go bad: found by a server that runs and by the commands, answered around, and built anew."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.index.whoosh.arrays import ArrayFile
from tests.library.small import small_library

ROOT = Path(__file__).resolve().parents[1]
QUERY = "teaching"
SERVER = """
import sys
from litbase.cli import main
from litbase.index import follow
follow.ROUND = 1.0
main(["--library", sys.argv[1], "serve", "--port", sys.argv[2]])
"""


class Served:
    """A server process on *port*, and what it answers."""

    def __init__(self, port: int, record: str):
        self.port, self.record = port, record

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; (0, "") while nothing listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def total(self, query: str = QUERY) -> int | None:
        """How many records it finds; None when it says that it cannot."""
        status, body = self.get(f"/search.json?q={query}")
        assert status in (200, 503), body
        return json.loads(body)["total"] if status == 200 else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    library = small_library(folder)
    [record, *_] = library.engine.titled("school", 1)
    library.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(folder), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Served(port, record)
    end = time.monotonic() + 60
    while server.get("/healthz")[0] != 200:
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)
    yield server
    process.terminate()
    process.wait(30)


def change_a_byte(folder: Path, arrays: str) -> int:
    """Change a byte of each array whose name begins with *arrays*, in place; how many arrays that were."""
    [segment, *_] = folder.glob(f"index/{generation(folder)}/*.seg")
    entries = {name: entry for name, entry in ArrayFile(segment)._entries.items() if name.startswith(arrays)}
    with segment.open("r+b") as file:
        for _, at, count, _ in entries.values():
            if count:
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 255]))
        file.flush()
        os.fsync(file.fileno())
    return len(entries)


def generation(folder: Path) -> str:
    return json.loads((folder / "index" / "manifest.json").read_text())["generation"]


@pytest.mark.slow
def test_a_server_finds_bytes_gone_bad_and_builds_the_index_anew(folder: Path, served: Served) -> None:
    assert change_a_byte(folder, "text")  # the words of the default fields, which nobody has asked for yet
    end, seen = time.monotonic() + 20, []
    while (found := served.total()) is None:
        assert "index is being rebuilt" in served.get(f"/search?q={QUERY}")[1] or served.total() is not None
        assert served.get(f"/record/{served.record}")[0] == 200
        seen.append(found)
        assert time.monotonic() < end
    assert found == 40
    assert generation(folder) == "gen-000002"
    assert change_a_byte(folder, "title.order")  # read and checked before: only the reading of every byte finds it
    while generation(folder) != "gen-000003":
        assert served.get(f"/record/{served.record}")[0] == 200
        assert served.total() in (40, None)
        assert time.monotonic() < end
        time.sleep(0.05)
    while served.total() != 40:
        assert time.monotonic() < end


@pytest.mark.slow
@pytest.mark.parametrize("keep", [0, 5000])
def test_a_server_outlives_a_file_that_is_cut_under_it_and_builds_the_index_anew(
    folder: Path, served: Served, keep: int
) -> None:
    """Reading a mapped file beyond its end once ended the process."""
    assert served.total() == 40
    [segment] = folder.glob("index/gen-*/*.seg")
    os.truncate(segment, keep)
    end = time.monotonic() + 20
    while served.total("school") is None or generation(folder) != "gen-000002":
        assert served.get(f"/record/{served.record}")[0] == 200
        assert time.monotonic() < end
    assert served.total() == 40


def litbase(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "litbase", "--library", str(folder), *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)


@pytest.mark.slow
def test_a_search_on_bytes_gone_bad_says_what_to_do_and_that_does_it(folder: Path) -> None:
    small_library(folder).close()
    assert change_a_byte(folder, "text")
    refused = litbase(folder, "search", QUERY, "--json")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "damaged" in refused.stderr
    assert "litbase index" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert litbase(folder, "index").returncode == 0
    assert json.loads(litbase(folder, "search", QUERY, "--json").stdout)["total"] == 40
    assert [path.name for path in folder.glob("index/gen-*")] == ["gen-000002"]


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "missing", "empty toc", "manifest"])
def test_a_search_on_a_cut_or_missing_file_builds_the_index_anew_first(folder: Path, damage: str) -> None:
    small_library(folder).close()
    [segment] = folder.glob("index/gen-*/*.seg")
    [toc] = folder.glob("index/gen-*/*.toc")
    match damage:
        case "cut":
            segment.write_bytes(segment.read_bytes()[:100])
        case "missing":
            segment.unlink()
        case "empty toc":
            toc.write_bytes(b"")
        case _:
            (folder / "index" / "manifest.json").write_text("{")
    found = litbase(folder, "search", QUERY, "--json")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["total"] == 40
    assert len(list(folder.glob("index/gen-*"))) == 1


def test_every_test_that_a_promise_names_is_there() -> None:
    promised = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "FAILURES.md").read_text(encoding="utf-8")))
    there = {
        name for path in ROOT.glob("tests/**/test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert len(promised) > 15
    assert promised <= there
