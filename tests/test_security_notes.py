"""The notes on security name tests that there are; every item passes by one, departs with a reason, or needs none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "SECURITY-ASVS.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_an_item_names_its_tests(row: list[str]) -> None:
    _, asked, stands, tests = row
    named = re.findall(r"`(tests/[^`]+)`", tests)
    assert asked
    assert re.match(r"pass|\*\*deviation\*\*|not applicable", stands)
    assert bool(named) == stands.startswith("pass")
    assert [path for path in named if "def test_" not in (ROOT / path).read_text("utf-8")] == []


def test_the_notes_hold_all_chapters() -> None:
    assert {row[0].partition(".")[0] for row in ROWS} >= {*"12345678", "11", "13", "15", "16"}
