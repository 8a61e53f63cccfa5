"""A record that is too long for a page is shown by its beginning, and says what is left out."""

from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web.views.sized import CHARACTERS, VALUES, page_sized


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
