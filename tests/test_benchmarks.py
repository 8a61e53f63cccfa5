"""The benchmarks measure what they say: the same records, the same questions and the same answers of every engine."""

import itertools
import json
from pathlib import Path

import pytest

from benchmarks import plot, publish, records, relevance, tables
from benchmarks.engines import NAMES
from benchmarks.questions import COUNTED, QUESTIONS
from benchmarks.speed import measure
from litbase.library.finding import every
from litbase.query.state import SearchState
from litbase.query.tree import All

SIZE = 300
SEARCHING = tuple(name for name in NAMES if name != "stock_same_work")


@pytest.fixture(scope="module")
def base():
    """What a library grows from where there are no real records."""
    return records.base(Path("nowhere"))


@pytest.fixture(scope="module")
def measured(tmp_path_factory, base):
    """For each engine what it says of 300 made-up records, in processes of its own."""
    folder = tmp_path_factory.mktemp("engines")
    file = folder / "records.jsonl"
    records.write(file, records.documents(SIZE, base))
    built = {name: measure("build", name, folder / name, file) for name in NAMES}
    found = {name: measure("search", name, folder / name, file, 1) for name in SEARCHING}
    changed = {name: measure("change", name, folder / name, file) for name in SEARCHING}
    return built, found, changed


@pytest.mark.slow
def test_every_engine_indexes_all_records(measured):
    built, _, changed = measured
    assert {found["records"] for found in built.values()} == {SIZE}
    assert all(found["bytes"] > 0 and found["peak"] > found["peak_before"] // 2 for found in built.values())
    assert set(changed) == set(SEARCHING)  # each found twenty changed records by their new words, or had failed


@pytest.mark.slow
def test_every_engine_gives_the_same_totals_and_counts(measured):
    _, found, _ = measured
    for place, question in enumerate(QUESTIONS):
        rows = {name: found[name]["questions"][place] for name in SEARCHING}
        assert rows["ours"]["total"] > 0, question
        if not question.is_plain:
            continue
        assert {name: row["total"] for name, row in rows.items()} == dict.fromkeys(rows, rows["ours"]["total"]), (
            question
        )
        for facet in COUNTED:
            counts = {name: [count for _, count in row["facets"][facet]] for name, row in rows.items()}
            assert counts == dict.fromkeys(counts, counts["ours"]), (question, facet)


@pytest.mark.slow
def test_every_engine_shows_ten_hits_and_the_same_ones_by_date(measured):
    _, found, _ = measured
    for place, question in enumerate(QUESTIONS):
        shown = [len(found[name]["questions"][place]["ids"]) for name in SEARCHING]
        total = found["ours"]["questions"][place]["total"]
        if question.is_plain:
            assert shown == [min(10, max(0, total - 10 * (question.page - 1)))] * len(SEARCHING), question


def test_there_are_64_different_questions_and_each_is_read_as_it_is_meant():
    assert len(set(QUESTIONS)) == 64
    for question in QUESTIONS:
        typed = every(SearchState.from_args([("q", question.text)])[0]).query
        assert (typed == All()) is (question.text == "")


def test_a_small_library_is_the_beginning_of_a_large_one(base):
    few, many = list(records.documents(20, base)), list(records.documents(40, base))
    assert few == many[:20]


def test_a_library_grows_in_words_and_names_and_repeats_no_id(base):
    small = base._replace(eric=base.eric[:50], other=base.other[:50])
    grown = list(records.documents(1000, small))
    assert len({document.id for document in grown}) == 1000
    words = [_distinct(grown[:count], "abstract") for count in (100, 1000)]
    authors = [_distinct(grown[:count], "author") for count in (100, 1000)]
    assert words[0] < words[1] < 10 * words[0]
    assert authors[0] < authors[1]
    assert _distinct(grown, "descriptor") == _distinct(grown[:100], "descriptor")
    for document in grown:
        assert document.values["id"] == (document.id,)
        assert document.values["year"] == (str(document.date_key[1]),)


def _distinct(documents, name):
    values = itertools.chain.from_iterable(document.values.get(name, ()) for document in documents)
    return len(set(values if name != "abstract" else itertools.chain.from_iterable(map(str.split, values))))


def test_records_come_back_from_their_file_as_they_were(tmp_path, base):
    made = list(records.documents(30, base))
    records.write(tmp_path / "records.jsonl", made)
    assert list(records.read(tmp_path / "records.jsonl")) == made


def test_plain_bm25_puts_the_rarer_word_and_the_shorter_text_first():
    texts = {"a": "school reform", "b": "school school leaders", "c": "school and a rather long text on other matters"}
    assert relevance.plain(texts)("reform of the school") == ["a", "b", "c"]
    assert relevance.plain(texts)("SCHOOLS") == ["b", "a", "c"]
    assert relevance.plain(texts)("absent") == []


@pytest.mark.parametrize("name", ["scifact", "eric_desc", "eric_syn"])
def test_a_collection_judges_records_that_are_there(shared, name):
    found = relevance.collection(shared / "data" / "ir" / name)
    ids = {json.loads(line)["id"] for line in relevance.lines(found.records)}
    assert found.topics
    assert all(set(found.judged[topic]) <= ids for topic in found.topics)


def _figures(pages):
    """Figures of engines that take so many milliseconds for each of two questions."""
    question = {"kind": "one word", "text": "school", "total": 5, "same_counts": True}
    engines = {
        name: {
            "build": {
                "label": name,
                "per_processor_second": 100.0,
                "per_second": 90.0,
                "bytes": 1 << 20,
                "peak": 1 << 21,
            },
            "questions": [question | {"page": taken, "top": taken / 2} for taken in (low, high)],
            "open": 12.0,
            "change": 3.0,
            "peak": 1 << 22,
        }
        for name, (low, high) in pages.items()
    }
    return {"origin": "made up", "date": "2026-01-01", "machine": "none", "load": [0.0], "engines": engines}


def test_the_tables_say_which_goals_are_reached():
    report = tables.report({"100000": _figures({"ours": (1.0, 4.0), "rust": (2.0, 4.0)})})
    assert "| 100k | page p50, times tantivy's | at most 1 | 0.83 | yes |" in report
    assert "| 100k | page p95, times tantivy's | at most 0.5 | 0.99 | no |" in report
    assert "same total and the same counts on 2 of 2 questions" in report


def test_the_plot_has_a_line_for_each_engine_that_rises_with_time():
    figures = {
        "10000": _figures({"ours": (1.0, 2.0), "rust": (3.0, 9.0)}),
        "100000": _figures({"ours": (8.0, 9.0)}),
    }
    found = plot.lines(figures)
    assert [size for size, _ in found["ours"][1]] == [10_000, 100_000]
    assert len(found["rust"][1]) == 1
    drawn = plot.drawn(figures)
    assert drawn.count("<circle") == 3
    assert ">ours</text>" in drawn


def test_sizes_measured_apart_come_together(tmp_path):
    file = tmp_path / "bench" / "speed.json"
    publish.merged(file, {"100000": {"date": "old"}})
    publish.merged(file, {"2000": {"date": "first"}})
    found = publish.merged(file, {"100000": {"date": "new"}})
    assert list(found.items()) == [("2000", {"date": "first"}), ("100000", {"date": "new"})]
    assert json.loads(file.read_text(encoding="utf-8")) == found


@pytest.mark.parametrize("name", publish.NAMES)
def test_the_readme_has_a_place_for_what_is_measured(name):
    readme = publish.README.read_text(encoding="utf-8")
    assert f"<!-- {name} -->\n| 1 |\n<!-- /{name} -->" in publish.filled(readme, name, "| 1 |\n")
