"""Imports: what people uploaded to be read and added, how far that is, and what was found in it record by record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store.audit import Deed, append
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.schema import insert_rows, readings, runs
from litbase.store.schema_people import import_entries, imports
from litbase.store.undoing import COMMAND as UNDOING
from litbase.store.undoing import LARGEST_RUN

STATES: Final = ("reading", "read", "adding", "added", "undoing", "undone", "dropped", "failed")
WORKING: Final = ("reading", "adding", "undoing")
ENDED: Final = ("added", "undone", "dropped", "failed")


class Upload(msgspec.Struct, frozen=True):
    """One file of an import: its *name* is the sender's and names no file here, *place* is where it is kept."""

    name: str
    size: int
    sha256: str
    place: str


class StoredImport(msgspec.Struct, frozen=True):
    """An import: *run* is the one that added it, 0 for none; *state* one of STATES; *done* of *total* bytes are worked
    through; *counts* are by status; *message* says why it failed or was dropped, "" otherwise.
    """

    nr: int
    run: int
    state: str
    who: str
    files: tuple[Upload, ...]
    started_at: str
    finished_at: str
    done: int
    total: int
    counts: dict[str, int]
    message: str


class ImportEntry(msgspec.Struct, frozen=True):
    """One record of an import, or one refusal: *entry* is JSON of a Finding, *record_id* "" before it is added."""

    ordinal: int
    status: str
    file: str
    record_id: str
    entry: str


class StoredRun(msgspec.Struct, frozen=True):
    """Something that was done as a whole: its command, who began it, when, and what came of it.

    One that undid another names it with *of*, 0 elsewhere; *is_back* where it let that one count again.
    """

    id: int
    command: str
    who: str
    started_at: str
    finished_at: str
    counts: dict[str, int]
    of: int = 0
    is_back: bool = False


_IMPORT = tuple(imports.c[name] for name in StoredImport.__struct_fields__)
_ENTRY = tuple(import_entries.c[name] for name in ImportEntry.__struct_fields__)


class Imports:
    """The imports of one store; each method is one transaction."""

    def __init__(self, database: Database):
        self._database = database

    def begin(self, who: str, files: Sequence[Upload], total: int) -> int:
        """Note that *files* are to be read; the number of the import."""
        row = {
            "run": 0, "state": "reading", "who": clean(who), "files": _json(files), "started_at": now(),
            "finished_at": "", "done": 0, "total": total, "counts": "{}", "message": "",
        }  # fmt: skip

        def begun(connection: Connection) -> int:
            nr = int(connection.execute(imports.insert().values(row).returning(imports.c.nr)).scalar_one())
            if files:  # else it takes a run back, which the log tells as that
                detail = {"files": len(files), "bytes": total}
                append(connection, [Deed(who, "import-begun", f"import {nr}", detail=detail)])
            return nr

        return self._database.write(begun)

    def get(self, nr: int) -> StoredImport | None:
        """The import number *nr*; None for none."""
        if not 0 < nr < 1 << 31:
            return None
        query = sa.select(*_IMPORT).where(imports.c.nr == nr)
        row = self._database.read(lambda c: c.execute(query).first())
        return _import(row) if row else None

    def page(self, limit: int, offset: int = 0) -> list[StoredImport]:
        """The imports begun last, the newest first."""
        query = sa.select(*_IMPORT).order_by(imports.c.nr.desc()).limit(limit).offset(offset)
        return self._database.read(lambda c: [_import(row) for row in c.execute(query)])

    def of_state(self, states: Collection[str]) -> list[StoredImport]:
        """The imports in one of *states*, the oldest first."""
        query = sa.select(*_IMPORT).where(imports.c.state.in_(tuple(states))).order_by(imports.c.nr)
        return self._database.read(lambda c: [_import(row) for row in c.execute(query)])

    def count(self) -> int:
        """How many imports there are."""
        return self._database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(imports)) or 0)

    def move(self, nr: int, before: Collection[str], state: str, who: str = "", **values: Any) -> bool:
        """Let an import that is in one of the states *before* be in *state*; False where it is in another.

        With *who* the log tells it.  *values* are run, done, total, counts and message.
        """
        given = {name: _json(value) if name == "counts" else value for name, value in values.items()}
        if "message" in given:
            given["message"] = clean(str(given["message"]))
        if state not in WORKING:
            given["finished_at"] = now()
        there = imports.c.nr == nr, imports.c.state.in_(tuple(before))

        def moved(connection: Connection) -> bool:
            done = connection.execute(imports.update().where(*there).values(state=state, **given)).rowcount
            if done and who:
                append(connection, [Deed(who, f"import-{state}", f"import {nr}")])
            return bool(done)

        return self._database.write(moved)

    def forget_entries(self, nr: int) -> None:
        """Take away what was found in an import, so that it can be read again."""
        self._database.write(lambda c: c.execute(import_entries.delete().where(import_entries.c.import_nr == nr)))

    def forget_old(self, until: str, most: int) -> None:
        """Take away what was found in the imports that ended before *until*, and in the oldest beyond *most* entries.

        The imports themselves stay, with their counts and their runs.
        """
        sizes = sa.select(imports.c.nr, imports.c.state, imports.c.finished_at, sa.func.count().label("size"))
        sizes = sizes.join(import_entries, import_entries.c.import_nr == imports.c.nr).group_by(imports.c.nr)
        rows = self._database.read(lambda c: c.execute(sizes.order_by(imports.c.nr.desc())).all())
        total, old = 0, []
        for row in rows:
            total += row.size
            if row.state in ENDED and (row.finished_at < until or total > most):
                old.append(row.nr)
        if old:
            theirs = import_entries.delete().where(import_entries.c.import_nr.in_(old))
            self._database.write(lambda c: c.execute(theirs))

    def found(self, nr: int, entries: Sequence[ImportEntry], done: int) -> None:
        """Keep what was found in an import, of which *done* bytes are read now."""
        rows = [{"import_nr": nr, **msgspec.structs.asdict(one)} for one in entries]

        def kept(connection: Connection) -> None:
            insert_rows(connection, import_entries, rows)
            connection.execute(imports.update().where(imports.c.nr == nr).values(done=done))

        self._database.write(kept)

    def became(self, nr: int, outcomes: Sequence[tuple[int, str, str]], done: int) -> None:
        """Note what became of entries: (ordinal, status, id of the record); *done* bytes are added now."""
        query = import_entries.update().where(
            import_entries.c.import_nr == nr, import_entries.c.ordinal == sa.bindparam("of")
        )
        query = query.values(status=sa.bindparam("new_status"), record_id=sa.bindparam("new_id"))
        rows = [{"of": ordinal, "new_status": status, "new_id": id} for ordinal, status, id in outcomes]

        def noted(connection: Connection) -> None:
            if rows:
                connection.execute(query, rows)
            connection.execute(imports.update().where(imports.c.nr == nr).values(done=done))

        self._database.write(noted)

    def counts(self, nr: int) -> dict[str, int]:
        """How many entries of an import have each status."""
        query = sa.select(import_entries.c.status, sa.func.count()).where(import_entries.c.import_nr == nr)
        rows = self._database.read(lambda c: c.execute(query.group_by(import_entries.c.status)).all())
        return {row[0]: row[1] for row in rows}

    def entries(self, nr: int, statuses: Sequence[str], limit: int, offset: int = 0) -> list[ImportEntry]:
        """*limit* entries from the *offset*-th on, those of the first of *statuses* first, each in the file's order."""
        there = self.counts(nr)
        found: list[ImportEntry] = []
        for status in statuses:
            size = there.get(status, 0)
            if offset < size and len(found) < limit:
                found += self._entries(nr, status, limit - len(found), offset)
            offset = max(0, offset - size)
        return found

    def _entries(self, nr: int, status: str, limit: int, offset: int) -> list[ImportEntry]:
        query = sa.select(*_ENTRY).where(import_entries.c.import_nr == nr, import_entries.c.status == status)
        query = query.order_by(import_entries.c.ordinal).limit(limit).offset(offset)
        return self._database.read(lambda c: [ImportEntry(*row) for row in c.execute(query)])

    def entry(self, nr: int, ordinal: int) -> ImportEntry | None:
        """One entry of an import; None for none."""
        if not (0 < nr < 1 << 31 and 0 <= ordinal < 1 << 31):
            return None
        query = sa.select(*_ENTRY).where(import_entries.c.import_nr == nr, import_entries.c.ordinal == ordinal)
        row = self._database.read(lambda c: c.execute(query).first())
        return ImportEntry(*row) if row else None

    def several(self, nr: int, files: Collection[str]) -> dict[str, bool]:
        """Whether an import holds several records of each of *files*."""
        query = sa.select(import_entries.c.file, sa.func.count()).where(
            import_entries.c.import_nr == nr, import_entries.c.file.in_([clean(file) for file in files])
        )
        rows = self._database.read(lambda c: c.execute(query.group_by(import_entries.c.file)).all())
        return {file: count > 1 for file, count in rows}

    def statuses(self, nr: int, ordinals: Iterable[int]) -> dict[int, tuple[str, str]]:
        """(status, id of the record) of each of these entries of an import."""
        query = sa.select(import_entries.c.ordinal, import_entries.c.status, import_entries.c.record_id)
        query = query.where(import_entries.c.import_nr == nr, import_entries.c.ordinal.in_(tuple(ordinals)))
        return self._database.read(lambda c: {row[0]: (row[1], row[2]) for row in c.execute(query)})

    def runs(self, limit: int, before: int = 0) -> list[StoredRun]:
        """The runs begun last (below the number *before*, where it is not 0), the newest first."""
        query = sa.select(runs).order_by(runs.c.id.desc()).limit(limit)
        if before:
            query = query.where(runs.c.id < min(before, LARGEST_RUN))
        return self._database.read(lambda c: [_run(row) for row in c.execute(query).mappings()])

    def run(self, number: int) -> StoredRun | None:
        """The run with this number; None for none."""
        query = sa.select(runs).where(runs.c.id == min(number, LARGEST_RUN))
        return self._database.read(lambda c: next((_run(row) for row in c.execute(query).mappings()), None))

    def undoings(self, since: int) -> list[StoredRun]:
        """The runs after the number *since* that undid others, or let them count again, the oldest first."""
        query = sa.select(runs).where(runs.c.id > since, runs.c.command == UNDOING).order_by(runs.c.id)
        return self._database.read(lambda c: [_run(row) for row in c.execute(query).mappings()])

    def commands(self, numbers: Iterable[int]) -> dict[int, str]:
        """The command of each of these runs, by their numbers."""
        query = sa.select(runs.c.id, runs.c.command).where(runs.c.id.in_(tuple(numbers)))
        return self._database.read(lambda c: {row[0]: row[1] for row in c.execute(query)})

    def read_in(self, numbers: Iterable[int]) -> dict[int, str]:
        """A record that each of these runs read, by the run's number; left out where it read none that still counts."""
        query = sa.select(readings.c.run, readings.c.record_id).where(readings.c.run.in_(tuple(numbers)))
        return self._database.read(lambda c: {row[0]: row[1] for row in c.execute(query)})


def _import(row: sa.Row[Any]) -> StoredImport:
    given = dict(zip(StoredImport.__struct_fields__, row, strict=True))
    files = msgspec.json.decode(given["files"], type=tuple[Upload, ...])
    counts = msgspec.json.decode(given["counts"], type=dict[str, int])
    return StoredImport(**{**given, "files": files, "counts": counts})


def _run(row: Mapping[Any, Any]) -> StoredRun:
    settings = msgspec.json.decode(row["settings"] or "{}", type=dict[str, Any])
    counts = msgspec.json.decode(row["counts"] or "{}", type=dict[str, int])
    who, of = str(settings.get("who", "")), int(settings.get("run", 0)) if row["command"] == UNDOING else 0
    is_back = bool(of and settings.get("back"))
    return StoredRun(row["id"], row["command"], who, row["started_at"], row["finished_at"] or "", counts, of, is_back)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
