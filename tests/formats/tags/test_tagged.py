"""Cutting lines with tags into records: every line is in a field, a leftover, or counted."""

from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.tags import nbib, refer, ris, wos
from litbase.formats.tags.tagged import Block, Field, Fields, blocks
from litbase.record.reading import Leftover

LAYOUTS = {reader.NAME: reader.LAYOUT for reader in (ris, nbib, refer, wos)}
LINES = [
    "TY  - JOUR", "TI  - Title", "AB  - Words", "ER  - ", "", "", "words", "12.", "Provider: A", "PMID- 11",
        "OWN - NLM",
    "%0 Book", "%T Title", "FN X", "PT J", "AU A", "ER", "EF", "   wrapped", "TY - BOOK", "ti - small", "é  - x",
        "\ufeff",
]  # fmt: skip


def cut(name: str, *lines: str) -> list[Block]:
    return list(blocks(list(lines), LAYOUTS[name]))


def test_a_block_has_its_fields_in_order_and_where_they_begin():
    [block] = cut("ris", "", "TY  - JOUR", "TI  - A", "  long title", "KW  - a", "KW  - b", "ER  - ")
    assert block.line == 2
    assert block.fields == (
        Field("TY", "JOUR", 2), Field("TI", "A\nlong title", 3), Field("KW", "a", 5), Field("KW", "b", 6),
    )  # fmt: skip


def test_paragraphs_of_prose_stay_together_and_those_of_others_do_not():
    [block] = cut("ris", "TY  - JOUR", "AB  - One.", "", "Two.", "TI  - T", "", "Three.", "ER  - ")
    assert block.fields[1] == Field("AB", "One.\n\nTwo.", 2)
    assert block.leftovers == (Leftover(7, "Three."),)


def test_a_line_before_the_first_record_belongs_to_it_and_one_behind_a_record_to_that():
    first, second = cut("ris", "x", "TY  - JOUR", "ER  - ", "y", "TY  - BOOK", "ER  - ", "z")
    assert [leftover.text for leftover in first.leftovers] == ["x", "y"]
    assert [leftover.text for leftover in second.leftovers] == ["z"]


def test_what_stood_below_a_type_that_was_meant_again_is_kept():
    [block] = cut("ris", "TY  - BOOK", "", "wrapped", "TY  - BOOK", "TI  - T", "ER  - ")
    assert [leftover.text for leftover in block.leftovers] == ["TY  - BOOK", "wrapped"]


def test_furniture_is_counted():
    [block] = cut("ris", "Provider: A", "", "1.", "TY  - JOUR", "TI  - T", "ER  - ")
    assert (block.furniture, block.leftovers) == (2, ())


def test_fields_without_a_record_around_them_are_one_only_with_a_title_or_the_like():
    assert [block.fields[0].tag for block in cut("ris", "TI  - T", "PY  - 2001", "ER  - ")] == ["TI"]
    assert cut("ris", "VL  - 3", "ER  - ") == []


@given(st.sampled_from(sorted(LAYOUTS)), st.lists(st.sampled_from(LINES), max_size=30))
def test_no_line_is_lost(name, lines):
    found = list(blocks(lines, LAYOUTS[name]))
    for block in found:
        numbers = [field.line for field in block.fields]
        assert numbers == sorted(set(numbers))
        assert all(1 <= leftover.line <= len(lines) for leftover in block.leftovers)
    if found:
        kept = "\n".join(value for block in found for value in (
            *(field.value for field in block.fields), *(leftover.text for leftover in block.leftovers)))  # fmt: skip
        for word in ("words", "wrapped"):
            assert kept.count(word) == sum(line.count(word) for line in lines)


def fields(*pairs: tuple[str, str]) -> Fields:
    return Fields(Block(1, tuple(Field(tag, value, n) for n, (tag, value) in enumerate(pairs, 2))), "x")


def test_what_is_taken_is_gone_and_the_rest_is_extra():
    given_ = fields(("A", "one"), ("B", "two"), ("A", "three"), ("C", "nan"), ("D", ""))
    assert given_.text("A") == "one"
    assert given_.peek("B") == ["two"]
    assert given_.rest() == (("x:B", "two"), ("x:A", "three"))


def test_repetitions_of_the_first_value_are_taken_with_it():
    given_ = fields(("A", "One"), ("B", "one"), ("B", "two"))
    assert given_.text("A", "B") == "One"
    assert given_.rest() == (("x:B", "two"),)


def test_values_of_several_tags_in_the_order_of_the_file():
    assert fields(("B", "1"), ("A", "2"), ("B", "3")).in_order("A", "B") == ["1", "2", "3"]


def test_prose_says_each_thing_once():
    assert (
        fields(("A", "One. Two."), ("A", "Three."), ("B", "Two."), ("B", "Three.")).prose("A", "B")
        == "One. Two.\n\nThree."
    )
