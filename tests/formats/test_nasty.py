"""The shared list of nasty citations: every case holds, run from the list's own words as the benchmark runs it."""

import pytest

from benchmarks.quality.nasty import CASES, cases, wrong


@pytest.fixture(scope="module")
def listed(shared):
    return {case["id"]: case for case in cases(shared)}


def test_every_case_of_the_list_is_run(listed):
    assert set(listed) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_nasty_case_holds(listed, name):
    assert wrong(listed[name]) is None


def test_a_case_that_looks_at_nothing_has_not_held():
    assert wrong({"id": "nobody", "given": "", "expect": ""}) == "nobody runs it"
    assert "expected" in str(wrong({"id": "percent-decode", "given": "title = {x}", "expect": "y"}))
