"""A record that is too long for a page is shown by its beginning, and says what is left out."""

from litbase.record.names import Name
from litbase.record.record import Mark, Record, Reference
from litbase.web.views.sized import CHARACTERS, MARKS, VALUE, VALUES, first_and_last, page_sized


def test_an_ordinary_record_is_shown_whole():
    record = Record(title="T", author=(Name(family="A"),) * VALUES, abstract="a" * CHARACTERS)
    assert page_sized(record) == (record, ())


def test_what_is_too_long_is_cut_and_counted():
    record = Record(title="T", author=tuple(Name(literal=str(n)) for n in range(5000)), abstract="a" * 300_000)
    shown, left = page_sized(record)
    assert (len(shown.author), len(shown.abstract), shown.title) == (VALUES, CHARACTERS, "T")
    assert [(one.label, one.count, one.characters) for one in left] == [
        ("Authors", 4800, False),
        ("Abstract", 100_000, True),
    ]


def test_no_single_value_is_longer_than_a_page_can_carry():
    long = "x" * (VALUE + 5)
    shown, _ = page_sized(
        Record(
            title=long,
            author=(Name(family=long),),
            descriptors=(long,),
            references=(Reference(long),),
            extra=(("a", long),),
        )
    )
    values = (shown.title, shown.author[0].literal, shown.descriptors[0], shown.references[0].text, shown.extra[0][1])
    assert {len(value) for value in values} == {VALUE}


def test_each_field_keeps_its_first_pieces_of_emphasis():
    marks = tuple(Mark(field, n, n + 1, "i") for n in range(MARKS + 10) for field in ("title", "abstract"))
    shown, left = page_sized(Record(title="T", abstract="A", marks=marks))
    assert (len(shown.marks), left) == (2 * MARKS, ())


def test_of_very_many_names_the_last_is_kept():
    names = tuple(Name(literal=str(n)) for n in range(1000))
    assert first_and_last(names)[-2:] == (names[VALUES - 2], names[-1])
    assert first_and_last(names[:3]) == names[:3]
