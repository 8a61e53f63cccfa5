"""The table of formats, and JSON lines."""

import subprocess
import sys

import pytest

from litbase.errors import UnknownFormat
from litbase.formats import FORMATS, by_name, by_suffix, jsonl
from litbase.record.reading import Document, Refusal
from litbase.record.record import Record


def test_every_format_writes_and_has_names_of_its_own():
    for parts in zip(*((f.name, f.label, f.suffix, f.mime) for f in FORMATS), strict=True):
        assert len(set(parts)) == len(FORMATS)
    for format in FORMATS:
        assert format.suffix.startswith(".")
        assert "".join(format.dump([Record(title="Only this")])).count("Only this") == 1


def test_a_format_is_found_by_name_and_by_suffix():
    assert by_name("csl-json").mime == "application/vnd.citationstyles.csl+json"
    assert by_suffix(".bib") is by_name("bibtex")
    assert by_suffix("Refs.CSL.JSON") is by_name("csl-json")
    assert by_suffix(".docx") is None


def test_an_unknown_format_says_which_there_are():
    with pytest.raises(UnknownFormat, match=", ".join(format.name for format in FORMATS)):
        by_name("docx")


def test_the_table_loads_no_parser():
    program = "import litbase.formats, litbase.formats.bibtex.read, sys; print('pybtex' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


BAD_LINES = {
    "no JSON": "{",
    "a list": "[]",
    "a wrong type": '{"v":1,"title":5}',
    "deep": '{"v":1,"x":' + "[" * 100_000,
    "newer": '{"v":999,"title":"T"}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_line_that_is_no_record_is_refused_and_the_next_is_read(line):
    first, bad, last = jsonl.read(
        Document.from_text(f'{{"v":1,"title":"A"}}\n{line}\n\n{{"v":1,"id":"EJ1","title":"B"}}\n')
    )
    assert isinstance(bad, Refusal)
    assert (first.record.title, first.key, first.line) == ("A", "", 1)
    assert (last.record.title, last.key, last.line, bad.line) == ("B", "id:EJ1", 4, 2)


def test_json_lines_are_recognised():
    assert jsonl.sniff(Document.from_text("".join(jsonl.dump([Record(title="T")])))) == 95
    assert jsonl.sniff(Document.from_text('{"response": {"docs": []}}')) == 0
    assert [item.notice.code for item in jsonl.read(Document.from_text("\n"))] == ["no-record"]
