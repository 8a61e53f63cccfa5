"""Importing: what is sent is read, reported, added, undone; what is interrupted goes on; bytes are kept and deleted."""

import io
import os
import stat
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import Library, importing, open_library, uploads
from litbase.library.findings import of_json
from litbase.library.importing import STATUSES
from litbase.record.notices import sentence
from litbase.settings import Settings
from litbase.store.findings import Finding

GOOD = b"@article{good2020, author = {Good, Ann}, title = {A Good One}, journal = {J}, year = {2020}}\n"
POOR = b"@article{poor, title = {Poorly Known}}\n"


def entries(count: int, of: str = "Study") -> bytes:
    return "".join(
        f"@article{{k{n}, author = {{Roe, Ann}}, title = {{{of} {n * 7919} of Towns}}, journal = {{J}}, "
        "year = {2001}}\n"
        for n in range(count)
    ).encode()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = open_library(tmp_path / "library", Settings(), create=True)
    yield made
    made.close()


def settled(library: Library, nr: int) -> str:
    """The state of an import when nobody works on it any more."""
    until = time.monotonic() + 60
    while uploads.is_worked_on(library, nr):
        assert time.monotonic() < until
        time.sleep(0.01)
    return importing.state_of(library, importing.get(library, nr))


def found(library: Library, nr: int) -> list[Finding]:
    rows = library.store.imports.entries(nr, STATUSES, 10_000)
    return [of_json(row.entry) for row in sorted(rows, key=lambda row: row.ordinal)]


def kept(library: Library) -> list[Path]:
    return [path for path in (library.folder / "uploads").iterdir() if not path.name.endswith(".lock")]


def test_nothing_is_added_before_somebody_says_so(library: Library) -> None:
    nr = importing.begin(library, [("a.bib", GOOD + POOR)], "Ann")
    assert settled(library, nr) == "read"
    assert importing.get(library, nr).counts == {
        "review": 1,
        "refused": 0,
        "new": 1,
        "changed": 0,
        "same": 0,
        "cited": 0,
    }
    assert library.store.count() == 0
    importing.add(library, nr, "Ben")
    assert settled(library, nr) == "added"
    assert library.store.count() == 2
    assert library.store.imports.counts(nr) == {"new": 1, "review": 1}
    [run] = library.store.imports.runs(5)
    assert (run.command, run.who, run.finished_at != "") == ("import", "Ben", True)
    importing.undo(library, nr, "Ann")
    assert settled(library, nr) == "undone"
    assert library.store.count() == 0


def test_bytes_are_kept_under_random_names_and_deleted_in_the_end(library: Library) -> None:
    nr = importing.begin(library, [("../../etc/passwd", GOOD), ("C:\\x\\y.bib", POOR)], "Ann")
    settled(library, nr)
    assert [one.name for one in importing.get(library, nr).files] == ["passwd", "y.bib"]
    paths = kept(library)
    assert len(paths) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE((library.folder / "uploads").stat().st_mode) == 0o700
    assert all(uploads.PLACE.fullmatch(path.name) for path in paths)
    importing.add(library, nr, "Ann")
    settled(library, nr)
    assert kept(library) == []


def test_what_is_dropped_is_gone(library: Library) -> None:
    nr = importing.begin(library, [("a.bib", GOOD)], "Ann")
    settled(library, nr)
    importing.drop(library, nr, "Ann")
    assert (settled(library, nr), kept(library), library.store.count()) == ("dropped", [], 0)
    for verb in (importing.add, importing.drop, importing.undo, importing.go_on):
        with pytest.raises(Conflict):
            verb(library, nr, "Ann")
    with pytest.raises(NotFound):
        importing.add(library, 99, "Ann")


def test_after_a_week_nobody_waits_for_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    nr = importing.begin(library, [("a.bib", GOOD)], "Ann")
    settled(library, nr)
    stray = library.folder / "uploads" / ("0" * 32)
    stray.write_bytes(b"x")
    os.utime(stray, (1, 1))
    importing.sweep(library)
    assert importing.get(library, nr).state == "read"
    assert len(kept(library)) == 1
    monkeypatch.setattr(importing, "KEPT", -importing.KEPT)
    importing.sweep(library)
    assert importing.get(library, nr).state == "dropped"
    assert "seven days" in importing.get(library, nr).message
    assert kept(library) == []


def test_limits(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for files in ([], [("a", b"")]):
        with pytest.raises(BadInput, match="Nothing was given"):
            importing.begin(library, files, "Ann")
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(BadInput, match="larger than"):
        importing.begin(library, [("a", b"12345"), ("b", b"123456")], "Ann")
    monkeypatch.setattr(uploads, "MOST", 5)
    with pytest.raises(BadInput, match="Too much is waiting"):
        importing.begin(library, [("a", b"123456")], "Ann")


def test_two_files_of_one_name_do_not_overwrite_each_other(library: Library) -> None:
    for title in ("On Towns", "On Rivers", "On Towns"):
        text = f"@book{{k1, author = {{Roe, Ann}}, title = {{{title}}}, year = {{2001}}, publisher = {{P}}}}"
        nr = importing.begin(library, [("refs.bib", text.encode())], "Ann")
        settled(library, nr)
        importing.add(library, nr, "Ann")
        settled(library, nr)
    assert sorted(one.record.title for one in library.store.scan()) == ["On Rivers", "On Towns"]
    assert library.store.imports.counts(nr) == {"same": 1}


@pytest.mark.parametrize("state", ["reading", "adding", "undoing"])
def test_what_nobody_works_on_any_more_is_interrupted_and_goes_on(library: Library, state: str) -> None:
    nr = importing.begin(library, [("a.bib", entries(5))], "Ann")
    settled(library, nr)
    if state != "reading":
        importing.add(library, nr, "Ann")
        settled(library, nr)
    if state == "adding":  # as if it had died just before its end
        library.store.imports.became(nr, [(n, "new", "") for n in range(5)], 0)
        one = importing.get(library, nr)
        for upload in one.files:
            (library.folder / "uploads" / upload.place).write_bytes(entries(5))
    library.store.imports.move(nr, ("read", "added"), state)
    assert importing.state_of(library, importing.get(library, nr)) == "interrupted"
    importing.go_on(library, nr, "Ben")
    assert settled(library, nr) == {"reading": "read", "adding": "added", "undoing": "undone"}[state]
    assert library.store.imports.counts(nr) == {"new": 5}
    assert library.store.count() == {"reading": 0, "adding": 5, "undoing": 0}[state]


def test_a_fault_is_told_and_the_import_can_go_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    nr = importing.begin(library, [("a.bib", entries(3))], "Ann")
    settled(library, nr)

    def broken(*_: object, **__: object) -> Iterator[None]:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(importing, "take", broken)
        importing.add(library, nr, "Ann")
        assert settled(library, nr) == "failed"
    assert "went wrong" in importing.get(library, nr).message
    importing.go_on(library, nr, "Ann")
    assert settled(library, nr) == "added"
    assert library.store.count() == 3


def test_only_one_of_two_who_add_at_once_does(library: Library) -> None:
    nr = importing.begin(library, [("a.bib", entries(50))], "Ann")
    settled(library, nr)
    done: list[str] = []

    def try_it() -> None:
        try:
            importing.add(library, nr, "Ann")
            done.append("added")
        except Conflict:
            done.append("conflict")

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["added", "conflict", "conflict", "conflict"]
    assert settled(library, nr) == "added"
    assert len(library.store.imports.runs(9)) == 1


def test_runs_of_other_kinds_are_undone_too(library: Library) -> None:
    from litbase.library.reading import add

    path = library.folder / "x.bib"
    path.write_bytes(entries(4))
    [run] = {entry.run for entry in add(library, [str(path)])}
    nr = importing.undo_other(library, run, "Ann")
    assert settled(library, nr) == "undone"
    assert library.store.count() == 0
    assert importing.get(library, nr).files == ()
    with pytest.raises(NotFound):
        importing.undo_other(library, 99, "Ann")


def test_the_run_of_an_import_is_undone_as_the_import(library: Library) -> None:
    nr = importing.begin(library, [("a.bib", entries(2))], "Ann")
    settled(library, nr)
    importing.add(library, nr, "Ann")
    settled(library, nr)
    assert importing.undo_other(library, importing.get(library, nr).run, "Ann") == nr
    assert settled(library, nr) == "undone"


def zipped(*members: tuple[str, bytes], link: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == link else 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def overlapping() -> bytes:
    """An archive whose two members are the same bytes."""
    data = bytearray(zipped(("a.bib", GOOD), ("b.bib", GOOD)))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = data[data.index(b"PK\x01\x02") + 42 :][:4]
    return bytes(data)


ARCHIVES = {
    "names that climb": (zipped(("../../../tmp/x.bib", GOOD), ("/etc/y.bib", POOR)), 2, ""),
    "an archive inside": (zipped(("a.bib", GOOD), ("b.zip", zipped(("c.bib", POOR)))), 1, "inside an archive"),
    "a link": (zipped(("a.bib", GOOD), ("b.bib", b"/etc/passwd"), link="b.bib"), 1, "a link"),
    "a bomb": (zipped(("a.bib", GOOD), ("b.bib", b"\0" * 50_000_000)), 1, "100-fold"),
    "shared bytes": (overlapping(), 0, "shares its bytes"),
    "too many": (zipped(*((f"{n}.bib", entries(1, f"Part {n}")) for n in range(1010))), 1000, "1010 given"),
    "damaged": (b"PK\x03\x04" + b"\0" * 60, 0, "damaged"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_are_opened_within_bounds(library: Library, name: str) -> None:
    data, good, reason = ARCHIVES[name]
    nr = importing.begin(library, [("x.zip", data)], "Ann")
    assert settled(library, nr) == "read"
    findings = found(library, nr)
    assert sum(one.status in ("new", "review") for one in findings) == good
    told = " ".join(sentence(n) for one in findings if one.status == "refused" for n in one.notices)
    assert reason in told
    assert bool(told) is bool(reason)
    assert all(one.file.startswith("x.zip") for one in findings)


def test_others_write_while_it_is_read_and_added(library: Library) -> None:
    nr = importing.begin(library, [("a.bib", entries(1500))], "Ann")
    longest = 0.0
    while uploads.is_worked_on(library, nr):
        begun = time.monotonic()
        library.store.audit.note("Ed", "test")
        longest = max(longest, time.monotonic() - begun)
    assert longest < 2
    assert settled(library, nr) == "read"


def test_each_record_has_its_lines_and_no_others(library: Library) -> None:
    text = "@book{a,\n title = {One Book}\n}\n\n@book{b,\n title = {Two Books}\n}\n"
    nr = importing.begin(library, [("a.bib", text.encode())], "Ann")
    settled(library, nr)
    assert [[n for n, _ in one.lines] for one in found(library, nr)] == [[1, 2, 3], [5, 6, 7]]


def test_what_is_kept_is_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from litbase.library import findings

    monkeypatch.setattr(findings, "IN_ALL", 2000)
    monkeypatch.setattr(findings.Budget.__init__, "__defaults__", (2000,))
    nr = importing.begin(library, [("a.bib", entries(40))], "Ann")
    settled(library, nr)
    kept_ones = found(library, nr)
    assert len(kept_ones) == 40
    assert sum(len(one.record) + sum(len(line) for _, line in one.lines) for one in kept_ones) <= 2000
    assert all(one.title for one in kept_ones)


@pytest.mark.parametrize(("days", "most"), [(0, 99), (90, 2)], ids=["too old", "too many"])
def test_the_records_of_old_reports_go_and_the_import_stays(
    library: Library, monkeypatch: pytest.MonkeyPatch, days: int, most: int
) -> None:
    old = importing.begin(library, [("a.bib", entries(3))], "Ann")
    assert settled(library, old) == "read"
    importing.add(library, old, "Ann")
    assert settled(library, old) == "added"
    waiting = importing.begin(library, [("b.bib", entries(2, "Report"))], "Ann")
    assert settled(library, waiting) == "read"
    monkeypatch.setattr(importing, "TOLD", timedelta(days=days))
    monkeypatch.setattr(importing, "ENTRIES", most)
    importing.sweep(library)
    assert (found(library, old), len(found(library, waiting))) == ([], 2)
    assert importing.get(library, old).counts["new"] == 3
    importing.undo(library, old, "Ann")
    assert settled(library, old) == "undone"
    assert [one.state for one in library.store.scan(state="withdrawn")] == ["withdrawn"] * 3
