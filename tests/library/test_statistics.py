"""The numbers of a library: each is that of a search, and they are counted again only when there is something new."""

import threading
import time

import pytest

from litbase.library import bring_level, statistics, trying
from litbase.library.finding import count
from litbase.library.sparing import PART, SPAN, Sparing
from litbase.library.statistics import GIVEN, Counted, given, lacking
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from tests.web.conftest import RECORDS, emptied, fill, incoming


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = emptied(tmp_path_factory.mktemp("statistics") / "library")
    fill(made, RECORDS)
    yield made
    made.close()


def test_every_number_is_that_of_its_search(library):
    found = statistics.statistics(library)
    assert found.total == count(library, SearchState()) == 36
    assert found.cited == 1
    assert sum(part.total for part in found.stacked) == found.total
    for part in found.stacked:
        assert part.total == count(library, part.state) == sum(n for _, n in part.years) + part.undated
    for part in found.parts:
        assert part.total == count(library, part.state)
        for (name, _), number in zip(GIVEN, part.given, strict=True):
            has, lacks = (part.state.with_q(make(name).q) for make in (given, lacking))
            assert (number, part.total - number) == (count(library, has), count(library, lacks)), (part.label, name)
    assert {part.value for part in found.parts} == {"", "eric", "ecer", "edweek", "vufind", "bibtex"}


def test_completeness_is_what_the_records_have(library):
    """The same numbers from the records themselves, which the engine never reads."""
    records = [stored.record for stored in library.store.scan("", 100) if stored.record.type != "cited"]
    has = {
        "title": lambda r: r.title, "author": lambda r: r.author or r.editor, "year": lambda r: r.year,
        "source": lambda r: r.container_title or r.event_title or r.collection_title, "abstract": lambda r: r.abstract,
        "descriptor": lambda r: r.descriptors or r.keywords, "language": lambda r: r.language, "doi": lambda r: r.doi,
    }  # fmt: skip
    whole = statistics.statistics(library).parts[0]
    for (name, _), number in zip(GIVEN, whole.given, strict=True):
        assert number == sum(bool(has[name](record)) for record in records), name


def test_an_empty_library_has_zeros(tmp_path):
    made = emptied(tmp_path / "library")
    found = trying.overview(made)
    assert (found.statistics.total, found.statistics.stacked, found.tries) == (0, (), ())
    assert [part.total for part in found.statistics.parts] == [0]
    made.close()


def test_it_is_counted_again_when_the_library_has_changed(tmp_path):
    made = emptied(tmp_path / "library")
    times = []
    counted = Counted(made, lambda library: times.append(1) or count(library, SearchState()))
    fill(made, RECORDS[:3])
    assert (counted.now(), counted.now(), len(times)) == (3, 3, 1)
    fill(made, RECORDS[3:5])
    assert (counted.now(), counted.now(), len(times)) == (5, 5, 2)
    made.close()


@pytest.mark.parametrize("took", [0.2, 1.0, 4.0, 40.0])
def test_a_library_that_changes_all_the_time_is_counted_for_a_tenth_of_the_time(tmp_path, monkeypatch, took):
    made = emptied(tmp_path / "library")
    clock, counts = [0.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(made.engine, "mark", lambda: clock[0])

    def slowly(_):
        clock[0] += took
        counts.append(clock[0])
        return len(counts)

    counted = Counted(made, slowly)
    while clock[0] < 100 * took:
        counted.now()
        clock[0] += took / 10
    assert 10 <= len(counts) <= 11 + SPAN / PART / took
    made.close()


@pytest.mark.parametrize("took", [0.0, 0.1, 1.0, 2.9])
def test_a_library_that_rested_is_counted_at_once_however_slow_the_machine_was_the_last_time(monkeypatch, took):
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    sparing = Sparing()
    assert sparing.may()
    clock[0] += took
    sparing.spent(0.0)
    assert sparing.may()


def test_one_thread_counts_and_the_others_get_what_it_found(library):
    times = []

    def count_slowly(_):
        times.append(1)
        time.sleep(0.05)
        return 7

    counted = Counted(library, count_slowly)
    found = []
    threads = [threading.Thread(target=lambda: found.append(counted.now())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, len(times)) == ([7] * 6, 1)


CHEMISTRY = [
    Record(type="article-journal", title=title, author=(Name(family=family, given="Marie"),),
           issued=PartialDate(year=1998 + n), container_title="Annals of Chemistry", doi=f"10.1234/chem.{n}",
           descriptors=("Polymer Membranes", "Catalysis"), abstract="Membranes were measured.")
    for n, (title, family) in enumerate([
        ("Crystal Lattice Dynamics", "Curie"), ("Polymer Membranes under Pressure", "Lavoisier"),
        ("Enzyme Kinetics Revisited", "Meitner"), ("Quantum Solvents", "Hodgkin")])
]  # fmt: skip


@pytest.fixture(scope="module")
def chemistry(tmp_path_factory):
    made = emptied(tmp_path_factory.mktemp("chemistry") / "library")
    fill(made, tuple(incoming(record, "bibtex", f"c{n}") for n, record in enumerate(CHEMISTRY)))
    yield made
    made.close()


@pytest.mark.parametrize("name", ["library", "chemistry"])
def test_what_is_offered_to_try_finds_what_it_says(request, name):
    made = request.getfixturevalue(name)
    found = trying.overview(made)
    assert len({one.text for one in found.tries}) == 4
    for one in found.tries:
        assert one.total == count(made, one.state) > 0, one.text
    for shown in found.examples:
        assert shown.total == count(made, SearchState(q=shown.example.typed)), shown.example.typed


def test_the_help_speaks_of_what_is_in_the_library(chemistry):
    shown = trying.overview(chemistry).examples
    assert len(shown) == len(trying.EXAMPLES)
    nothing = {one.example.typed for one in shown if not one.total}
    assert nothing <= {"éducation", 'pubyearmin:2010 publicationtype:"Journal Articles"', "-doi:*"}
    typed = {one.example.typed: one.example.finds for one in shown}
    assert 'author:"curie, marie"' in typed or 'author:"lavoisier, marie"' in typed or any("marie" in t for t in typed)
    assert not any("Mehta" in finds or "mehta" in words for words, finds in typed.items())


def test_examples_that_find_something_stay_as_they_are(library):
    shown = {one.example.typed for one in trying.overview(library).examples}
    assert {"learning communities", 'author:"mehta, jal"', "EJ1223055"} <= shown


def test_numbers_follow_a_new_record(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, RECORDS[:2])
    before = statistics.statistics(made)
    fill(made, RECORDS[3:4])
    assert bring_level(made)
    after = statistics.statistics(made)
    assert (before.total, after.total) == (2, 3)
    assert after.at >= before.at
    made.close()
