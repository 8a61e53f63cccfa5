"""The works of the tests as records, and what the reference processor printed for them (tests/node/citeproc.mjs)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from litbase.formats.csl.record import to_record
from litbase.record.record import Record

HERE = Path(__file__).parent


@cache
def works() -> dict[str, Record]:
    """The records of works.json by id."""
    return {item["id"]: to_record(item)[0] for item in json.loads((HERE / "works.json").read_text("utf-8"))["works"]}


@cache
def citations() -> list[list[dict[str, str]]]:
    """The citations of works.json: lists of id, locator and label."""
    return json.loads((HERE / "works.json").read_text("utf-8"))["citations"]


@cache
def printed() -> dict[str, Any]:
    """What the reference processor printed, by style."""
    return json.loads((HERE / "golden.json").read_text("utf-8"))
