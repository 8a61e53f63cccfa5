"""What saves the time of the tests of the web application: libraries filled, templates and routes compiled once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from litbase.library import Library, bring_level, is_level
from litbase.paths import MARKER
from litbase.store.values import Incoming


class Filled(NamedTuple):
    """What stands in the folder of a library that was filled, and the ids of its records."""

    database: bytes
    index: dict[Path, bytes]
    ids: list[str]


_filled: dict[tuple[str, str], Filled] = {}


def fill(library: Library, records: tuple[Incoming, ...]) -> list[str]:
    """Put *records* into *library* and its index; their ids.

    The same records are put only once: a library of which nothing is known yet becomes a copy of the one they are in.
    """
    key = (library.settings.key_pattern, repr(records))
    if len(records) > 100 or library.settings.store or library.settings.index or not _is_untouched(library):
        return _put(library, records)
    if key not in _filled:
        ids = _put(library, records)
        _filled[key] = Filled(_database(library), _index(library), ids)
        return list(ids)
    with closing(sqlite3.connect(":memory:")) as held, closing(sqlite3.connect(library.folder / MARKER)) as ours:
        held.deserialize(_filled[key].database)
        held.backup(ours)
    for path, data in _filled[key].index.items():
        (library.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (library.folder / path).write_bytes(data)
    assert is_level(library)
    return list(_filled[key].ids)


def _is_untouched(library: Library) -> bool:
    with closing(sqlite3.connect(library.folder / MARKER)) as store:
        names = [name for (name,) in store.execute("select name from sqlite_master where type = 'table'")]
        rows = " or ".join(f"exists (select 1 from {name})" for name in names if name != "meta")
        return not store.execute(f"select {rows} or last_change > 0 from meta").fetchone()[0]


def _database(library: Library) -> bytes:
    with closing(sqlite3.connect(library.folder / MARKER)) as ours, closing(sqlite3.connect(":memory:")) as held:
        ours.backup(held)
        data = held.serialize()
        return data[:18] + b"\1\1" + data[20:]  # no longer one with a log beside it, which none in memory has


def _index(library: Library) -> dict[Path, bytes]:
    files = [path for path in (library.folder / "index").rglob("*") if path.is_file()]
    return {path.relative_to(library.folder): path.read_bytes() for path in files}


def _put(library: Library, records: tuple[Incoming, ...]) -> list[str]:
    for one in records:
        library.store.put_document(one.document, f"folder/{one.key[:8]}.txt", "utf-8", b"text")
    run = library.store.start_run("test", {})
    outcomes = library.store.put(records, run, "tester")
    assert {outcome.status for outcome in outcomes} == {"new"}, outcomes
    bring_level(library)
    return [outcome.id for outcome in outcomes]


class Compiled(BytecodeCache):
    """Templates stay compiled from one application to the next."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of this source, if it was."""
        bucket.code = self.held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.held[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def templates_and_routes_compiled_once() -> Iterator[None]:
    """Half of the time of a test that makes an application of its own would go into what is the same in all."""
    compile_rule, held = Rule.compile, dict[tuple[object, ...], tuple[Any, ...]]()

    def compile_once(rule: Rule) -> None:
        kinds = tuple(rule.map.converters.items())
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), rule.merge_slashes, rule.map.host_matching)
        if (key, kinds) in held:
            parts, trace, converters, arguments, build, build_unknown = held[key, kinds]
            rule._parts, rule._trace, rule._converters = list(parts), list(trace), dict(converters)
            rule.arguments = set(arguments)
            rule._build, rule._build_unknown = build.__get__(rule), build_unknown.__get__(rule)
        else:
            compile_rule(rule)
            built = (rule._build.__func__, rule._build_unknown.__func__)  # type: ignore[attr-defined]
            held[key, kinds] = (rule._parts, rule._trace, rule._converters, frozenset(rule.arguments), *built)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": Compiled()})
        patch.setattr(Rule, "compile", compile_once)
        yield
