"""Notices and problems, and the table of their sentences."""

import re
from pathlib import Path

import pytest

import litbase
from litbase.record.notices import SENTENCES, Notice, Problem, notice, sentence

CALL = re.compile(r'\b(?:notice|Notice|Problem)\(\s*"([a-z-]+)"')


def test_a_sentence_is_filled_from_its_parameters() -> None:
    assert sentence(notice("journal-inferred", issn="1573-1812")) == "The journal was taken from its ISSN 1573-1812"
    assert sentence(Problem("missing-source", (("label", "Journal"),))) == "Journal is missing"


def test_a_sentence_without_its_parameter_or_code_still_says_something() -> None:
    assert sentence(Notice("missing-source")) == "? is missing"
    assert sentence(Notice("no-such-code")) == "no-such-code"


def test_parameters_are_never_filled_twice() -> None:
    assert sentence(notice("unreadable", reason="{line}")) == "The file could not be read: {line}"


def test_another_table_is_a_translation() -> None:
    assert sentence(notice("empty"), {"empty": "Die Datei ist leer"}) == "Die Datei ist leer"


@pytest.mark.parametrize("path", sorted(Path(litbase.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_every_code_that_is_used_has_a_sentence(path: Path) -> None:
    assert {code for code in CALL.findall(path.read_text("utf-8")) if code not in SENTENCES} == set()


def test_sentences_are_one_line_without_a_full_stop() -> None:
    assert [
        text for text in SENTENCES.values() if "\n" in text or (text.endswith(".") and not text.endswith("10."))
    ] == []
