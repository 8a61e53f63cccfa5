"""`litbase add` killed at any moment: what it had reported is there, and a second run converges."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = int(os.environ.get("LITBASE_KILLS", "2"))
RECORDS = 1500 if KILLS > 2 else 700


def litbase(library: Path, *args: str) -> list[str]:
    return [sys.executable, "-m", "litbase", "--library", str(library), *args]


def lines(library: Path, *args: str) -> list[dict]:
    done = subprocess.run(litbase(library, *args), capture_output=True, text=True, timeout=120, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An API answer of many records with words to index."""
    dice = random.Random(7)
    words = [
        f"{a}{b}{c}"
        for a in ("le", "sta", "pro", "com")
        for b in ("ar", "ed", "in")
        for c in ("ning", "tion", "ist", "al")
    ]
    docs = [
        {
            "id": f"EJ{800000 + n}",
            "title": f"Study {n} of {' '.join(dice.sample(words, 6))}",
            "author": [f"Author{n % 500}, A. {chr(65 + n % 26)}."],
            "description": " ".join(dice.choices(words, k=80)),
            "subject": [w.title() for w in dice.sample(words, 8)],
            "publicationdateyear": 1970 + n % 50,
        }
        for n in range(RECORDS)
    ]
    path = tmp_path_factory.mktemp("answer") / "answer.json"
    path.write_text(json.dumps({"response": {"numFound": RECORDS, "start": 0, "docs": docs}}, indent=1))
    return path


def killed(library: Path, answer: Path, after: float) -> list[dict]:
    """The entries that `add` had reported when it was killed *after* seconds."""
    process = subprocess.Popen(
        litbase(library, "add", "--json", str(answer)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    output, _ = process.communicate()
    whole = output[: output.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


@pytest.mark.slow
def test_nothing_reported_is_lost_and_a_second_run_converges(tmp_path: Path, answer: Path) -> None:
    begun = time.monotonic()
    ids = {e["id"] for e in lines(tmp_path / "whole", "add", "--json", str(answer))}
    whole = time.monotonic() - begun
    assert len(ids) == RECORDS
    dice = random.Random(11)
    library = tmp_path / "killed"
    reported: set[str] = set()
    for _ in range(KILLS):
        entries = killed(library, answer, dice.uniform(0.05, 1.0) * whole)
        reported |= {e["id"] for e in entries if e["status"] != "refused"}
        if reported:
            bring_level(library)
            assert reported <= {record["id"] for record in lines(library, "export", "--format", "jsonl")}
    entries = lines(library, "add", "--json", str(answer))
    assert {e["id"] for e in entries} == ids
    assert reported <= {e["id"] for e in entries if e["status"] == "same"}
    [found] = lines(library, "search", "--json")
    assert found["total"] == RECORDS


def bring_level(library: Path) -> None:
    """Bring the index level after a kill; a plain command does it, nothing by hand."""
    done = subprocess.run(litbase(library, "index"), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
