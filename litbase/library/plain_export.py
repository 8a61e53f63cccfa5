"""Plain export: a folder of text from which litbase, or anything else that reads JSON, has the whole library again.

    library.json             that it is one, of which schema, and how many lines the others have
    records-0001.jsonl       a record a line, by id, 2,000 in a file
    documents.jsonl          names of what was read;  runs.jsonl  the commands;  thesaurus.jsonl;  variants.jsonl

The same library gives the same bytes, and one edit changes one line, so the folder can be kept under version control.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput, LibraryError, NewerSchema
from litbase.library import Library
from litbase.store.plain import HEADS, Line
from litbase.store.schema import SCHEMA_VERSION

MARK: Final = "library.json"
RULES: Final = 1
SINCE: Final = {"variants": 5}  # the schema of the first exports that have it
IN_FILE: Final = 2_000
LONGEST: Final = 256 << 20  # bytes of a line

Progress = Callable[[int], None]


class _Mark(NamedTuple):
    """What the mark of an export tells; *lines* by name are {} in exports of before they were told."""

    schema: int
    lines: Mapping[str, int]


def export_all(library: Library, folder: Path, progress: Progress = lambda done: None) -> int:
    """Write all records of *library*, in every state, into *folder*; how many.

    They are those of one moment.  An earlier export there is replaced file by file, and is none until all is written;
    other files stay.  Raises LibraryError when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).unlink(missing_ok=True)
        with library.store.snapshot():
            told: dict[str, int] = {}
            for name in HEADS:
                head = library.store.plain.head(name)
                _write(folder / f"{name}.jsonl", head)
                told[name] = len(head)
            written: set[Path] = set()
            count = 0
            lines = library.store.plain.records()
            while some := list(islice(lines, IN_FILE)):
                path = folder / f"records-{len(written) + 1:04d}.jsonl"
                _write(path, some)
                written.add(path)
                count += len(some)
                progress(count)
        for path in set(folder.glob("records-*.jsonl")) - written:
            path.unlink()
        mark = {"litbase-export": RULES, "schema": SCHEMA_VERSION, "lines": told | {"records": count}}
        _write(folder / MARK, [json.dumps(mark, sort_keys=True).encode()])
    except OSError as error:
        raise LibraryError(f"the export could not be written to {folder}: {error}") from error
    return count


def is_export(path: Path) -> bool:
    """Whether *path* is a folder that `export_all` has finished."""
    return (path / MARK).is_file() and (path / "runs.jsonl").is_file()


def read_back(
    library: Library, folder: Path, dry_run: bool = False, progress: Progress = lambda done: None, who: str = ""
) -> int:
    """Make the empty *library* what the export in *folder* says, as *who* asks, all or nothing; how many records.

    With *dry_run* nothing is kept.  Ids, citation keys old and new, states, merges, verdicts, edits and history are as
    they were; the texts of documents and readers' lists are not in an export.  Raises Conflict when the library has
    records, BadInput naming file and line of what is not good, or where lines are missing or too many, NewerSchema for
    an export by a newer litbase.
    """
    mark = _check(folder / MARK)
    files = sorted(folder.glob("records-*.jsonl"))
    there = (name for name in HEADS if mark.schema >= SINCE.get(name, 0))
    heads = {name: list(_lines(folder / f"{name}.jsonl")) for name in there}
    for name, some in heads.items():
        _check_whole(folder, mark, name, len(some))

    def lines() -> Iterator[Line]:
        done = 0
        for path in files:
            for line in _lines(path):
                yield line
                done += 1
            progress(done)
        _check_whole(folder, mark, "records", done)

    with library.store.rehearsal() if dry_run else nullcontext():
        return library.store.plain.read_back(heads, lines, who)


def _check(path: Path) -> _Mark:
    """What the mark *path* of an export tells; raises BadInput and NewerSchema."""
    try:
        told = json.loads(path.read_text("utf-8"))
        rules, schema = int(told["litbase-export"]), int(told["schema"])
        lines = {str(name): int(count) for name, count in dict(told.get("lines", {})).items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(f"{path} is no mark of an export: {error}") from error
    if rules > RULES or schema > SCHEMA_VERSION:
        raise NewerSchema(f"{path.parent} was exported by a newer litbase (schema {schema}); update litbase")
    return _Mark(schema, lines)


def _check_whole(folder: Path, mark: _Mark, name: str, there: int) -> None:
    """Raises BadInput where *folder* has not as many lines of *name* as its mark says: a part was lost on the way."""
    wanted = mark.lines.get(name, there)
    if there != wanted:
        raise BadInput(
            f"{folder} has {there:,} lines of {name}, and {MARK} says {wanted:,}; nothing was read."
            "  Copy the export again, or export anew"
        )


def _lines(path: Path) -> Iterator[Line]:
    try:
        with path.open("rb") as file:
            number = 0
            while text := file.readline(LONGEST + 1):
                number += 1
                if len(text) > LONGEST:
                    raise BadInput(f"{path.name}:{number}: longer than {LONGEST:,} bytes; nothing was read")
                yield Line(text, f"{path.name}:{number}")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error}") from error


def _write(path: Path, lines: Iterable[bytes]) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
