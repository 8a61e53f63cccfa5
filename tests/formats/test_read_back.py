"""pandoc, Citation.js, pybtex and we ourselves see in every export what was written."""

import shutil

import pytest

from benchmarks.quality._programs import FORMATS, Seen, programs
from benchmarks.quality._records import invented
from benchmarks.quality.read_back import LIMITS, compared
from litbase.formats import by_name
from litbase.formats.options import Options
from litbase.record.names import Name
from litbase.record.record import Record, replace

INSTALL = {
    "pandoc": "apt-get install -y pandoc",
    "Citation.js": "apt-get install -y npm, then make test",
    "pybtex": "pip install pybtex",
    "litbase": "",
}
UNREAD = {  # titles that pandoc, which has no word for a lone brace, a bar or a backtick, cannot give back
    "pandoc": frozenset("{}|`"),
}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [replace(record, citation_key=f"k{n}") for n, record in enumerate(invented())]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", INSTALL)
def test_a_program_sees_what_was_written(name, format, records):
    program = next((program for program in programs() if program.name == name), None)
    if program is None:
        pytest.skip(f"{name} is not installed: {INSTALL[name]}")
    if format not in program.formats:
        assert (name, format) in {("pybtex", other) for other in FORMATS} | {("pandoc", "ris")}
        return
    where = f"{format} in {name}"
    sentenced = name == "pandoc" and format in ("bibtex", "biblatex")
    options = Options(protect="all") if sentenced else Options()
    found = compared(records, program.see("".join(by_name(format).dump(records, options)), format), where=where)
    wrong = [result for result in found if not result.same]
    assert [result for result in wrong if result.field != "title"] == []
    unread = UNREAD.get(name, frozenset())
    lost = [result for result in wrong if not (unread & set(result.written) or result.written.startswith("\\"))]
    assert lost == []
    assert len(wrong) <= 5


def test_letters_as_commands_are_read_back_by_all(records):
    latin = [record for record in records if "".join(map(str, record.author)).isascii()]
    latin.append(
        Record(citation_key="x", title="Über naïve Çelik Škoda Łódź ø æ ß", author=(Name(literal="Ünal Œuvre"),))
    )
    text = "".join(by_name("bibtex").dump(latin, Options(ascii=True)))
    assert [line for line in text.splitlines() if not line.isascii() and "山" not in line] == []
    for program in programs():
        found = {result.key: result for result in compared(latin[-1:], program.see(text, "bibtex"), "title, any case")}
        assert found["x"].same, (program.name, found["x"])


def test_the_limits_name_programs_and_fields_that_there_are():
    known = {f"{format} in {name}" for format in FORMATS for name in INSTALL}
    assert {limit.where for limit in LIMITS} <= known
    assert {limit.field for limit in LIMITS} <= set(Seen._fields)


def test_the_programs_of_this_machine_are_run():
    there = {program.name for program in programs()}
    assert {"pybtex", "litbase"} <= there
    assert ("pandoc" in there) == bool(shutil.which("pandoc"))
