"""The choices of an export."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from litbase.formats import FORMATS
from litbase.formats.options import KEYS, PLAIN, PROTECT, STYLES, Options
from litbase.record.record import Mark, Record

options = st.builds(
    Options,
    ascii=st.booleans(),
    abstract=st.booleans(),
    protect=st.sampled_from(PROTECT),
    key=st.sampled_from(KEYS),
    style=st.sampled_from(STYLES),
    file=st.none(),
)


@given(options)
def test_an_address_says_the_options(chosen):
    assert Options.from_args(chosen.args()) == chosen


def test_an_address_names_a_style_file_and_no_path():
    files = {"cell": Path("/library/styles/cell.csl")}
    assert Options.from_args({"style": "cell"}, files) == Options(style="cell", file=files["cell"])
    for path in ("/library/styles/cell.csl", "cell.csl", "../cell", "other"):
        assert Options.from_args({"style": path}, files) == PLAIN


def test_values_nobody_knows_are_the_default():
    assert Options.from_args({"ascii": "maybe", "abstract": "", "protect": "<b>", "key": "EJ1"}) == PLAIN


def test_no_format_writes_an_abstract_that_was_left_out():
    record = Record(title="T", abstract="Said briefly", marks=(Mark("abstract", 0, 4, "i"), Mark("title", 0, 1, "i")))
    for format in FORMATS:
        assert "Said briefly" not in "".join(format.dump([record], Options(abstract=False)))
    assert Options(abstract=False).applied(record).marks == (Mark("title", 0, 1, "i"),)


def test_entries_can_be_named_by_their_id():
    by_id = Options(key="id").applied
    assert by_id(Record(id="x-1", eric="EJ1223055", citation_key="mehta2019")).citation_key == "EJ1223055"
    assert by_id(Record(id="x-1", citation_key="mehta2019")).citation_key == "x-1"
    assert by_id(Record(citation_key="mehta2019")).citation_key == "mehta2019"
    assert PLAIN.applied(Record(id="x-1", citation_key="mehta2019")).citation_key == "mehta2019"
