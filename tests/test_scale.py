"""docs/scale.md: what it says of sizes follows from what was measured, and its settings are settings."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from litbase.index.opensearch.address import parse
from litbase.index.opensearch.wire import OLDEST
from litbase.settings import Settings
from tests.cluster.jars import DOCUMENTED

GUIDE = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
COPIES = 2
BESIDE = 2  # an old index and the new one
FULL = 0.8
SHARD = 25e9
CACHED = 0.25
PER_CORE = 1_000_000
SIZES = {2_000_000: (2, 8, 4), 20_000_000: (8, 32, 16), 300_000_000: (16, 64, 24)}  # cores, GB, GB of heap of a node


def _between(mark: str) -> str:
    [found] = re.findall(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", GUIDE, re.S)
    return found


def _measured() -> list[float]:
    return [
        float(value.replace(",", "")) for value in re.findall(r"^\| [^|]+ \| ([\d,]+) \|", _between("measured"), re.M)
    ]


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:,.0f} GB" if size < 1e12 else f"{size / 1e12:,.1f} TB"


def _lasting(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min" if seconds < 5400 else f"{seconds / 3600:,.0f} h"


def _rows() -> Iterator[tuple[str, ...]]:
    stored, looked_through, indexed, storing, indexing = _measured()
    yield ("records", *(f"{n // 1_000_000} million" for n in SIZES))
    yield ("---", *("---" for _ in SIZES))
    columns = []
    for n, (cores, memory, heap) in SIZES.items():
        copy = n * indexed
        by_cores, by_memory = n / PER_CORE / cores, copy * COPIES * CACHED / ((memory - heap) * 1e9)
        nodes = max(3, math.ceil(by_cores), math.ceil(by_memory))
        disk = copy * COPIES * BESIDE / FULL
        columns.append(
            (
                f"{_gigabytes(copy)}",
                f"{math.ceil(copy / SHARD)}",
                f"{_gigabytes(disk)}",
                f"{cores} cores, {memory} GB, heap {heap} GB",
                f"{by_cores:.1f}, {by_memory:.1f}",
                f"{nodes}",
                f"{_gigabytes(disk / nodes)}",
                _lasting(n / indexing),
                _gigabytes(n * stored),
                _gigabytes(2 * n * stored),
                _gigabytes(n * looked_through),
                _lasting(n / storing),
            )
        )
    heads = (
        "one copy of the index",
        "primary shards",
        "disk for the index, in all",
        "a data node",
        "nodes by cores, by memory",
        "**data nodes**",
        "disk of each",
        "to make the index anew",
        "records in PostgreSQL",
        "disk for PostgreSQL",
        "of it best in memory",
        "to add them all, one process",
    )
    yield from ((head, *cells) for head, *cells in zip(heads, *columns, strict=True))


def test_the_sizes_of_the_guide_follow_from_what_was_measured() -> None:
    expected = "".join(f"| {' | '.join(row)} |\n" for row in _rows())
    assert _between("sizing") == expected, f"put this between the marks of sizing:\n{expected}"


def test_the_settings_of_the_guide_are_settings() -> None:
    names = set(re.findall(r"LITBASE_[A-Z_]+", GUIDE))
    assert names <= {f"LITBASE_{name.upper()}" for name in Settings.__dataclass_fields__}
    assert len(names) == 5


@pytest.mark.parametrize("address", sorted(set(re.findall(r"opensearch://[\w.:,]+/\w+(?:\?[\w=&]+)?", GUIDE))))
def test_an_address_of_the_guide_can_be_read(address: str) -> None:
    assert parse(address).name


def test_what_an_address_takes_is_told_with_its_default() -> None:
    plain = parse("opensearch://a/litbase")
    for name in ("shards", "replicas", "timeout"):
        assert f"`{name}={getattr(plain, name):g}`" in GUIDE
        assert getattr(parse(f"opensearch://a/litbase?{name}=7"), name) == 7


def test_the_oldest_server_is_the_one_of_the_guide() -> None:
    assert "OpenSearch {}.{} and later".format(*OLDEST) in GUIDE


def test_the_role_of_litbase_is_the_same_wherever_it_stands() -> None:
    [sent] = re.findall(r"roles/litbase -X PUT -d '([^']+)'", GUIDE)
    assert {"litbase": json.loads(sent)} == yaml.safe_load(
        _between("role").removeprefix("```yaml\n").removesuffix("```\n")
    )


def test_the_server_of_the_tests_is_the_one_of_the_guide() -> None:
    assert f"{DOCUMENTED} is what the tests run on" in GUIDE
