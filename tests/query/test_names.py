"""Names typed as they are spoken find the same people as names typed as they are filed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.fields import index_document
from litbase.query.names import as_filed_too
from litbase.query.parse import parse
from litbase.query.show import show
from litbase.query.tree import Phrase
from litbase.record.names import Name
from litbase.record.record import Record
from tests.index.libraries import SPACES, documents
from tests.index.memory import matches

PARTS = ("Müller", "Muller", "Ann", "Ann,", "van", "der", "Berg", "Jan", "School", "of", "the", "Jr", "—")
AUTHORS = (
    Name(family="Peterson", given="Amelia"),
    Name(family="Mehta", given="Jal D."),
    Name(family="Berg", given="Jan", particle="van der"),
    Name(family="King", given="Martin Luther", suffix="Jr."),
    Name(literal="Research Triangle Institute"),
)
DOCUMENT = index_document(Record(id="x", title="Boundaries", author=AUTHORS))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('author:"Jal Mehta"', True),
        ('author:"jal mehta"', True),
        ('author:"Mehta, Jal"', True),
        ('author:"Mehta Jal"', True),
        ('author:"Jal D. Mehta"', True),
        ('author:"Jan van der Berg"', True),
        ('author:"Martin Luther King Jr."', True),
        ('author:"Research Triangle Institute"', True),
        ('author:"Jal, Mehta"', False),
        ('author:"Jal Peterson"', False),
        ('author:"Institute Research"', False),
        ('author:^"Amelia Peterson"', True),
        ('author:^"Jal Mehta"', False),
        ('-author:"Jal Mehta"', False),
        ('boundaries author:"Jal Mehta" NOT author:"Jal Smith"', True),
        ("author:(jal mehta)", True),
        ('title:"boundaries jal"', False),
        ('"Jal Mehta"', False),
    ],
)
def test_a_spoken_name_finds_the_filed_one(typed, found):
    assert matches(as_filed_too(parse(typed).query), DOCUMENT) is found


def test_the_other_order_can_be_written_out():
    query = as_filed_too(parse('author:"Jal Mehta" -chair:"Ann van Dam"').query)
    assert show(query) == '(author:"Jal Mehta" OR author:"Mehta Jal") -(chair:"Ann van Dam" OR chair:"van Dam Ann")'


@given(documents(), st.sampled_from(SPACES), st.lists(st.sampled_from(PARTS), max_size=4).map(tuple))
def test_no_record_is_lost_and_only_names_find_more(document, field, words):
    query = Phrase(field, words)
    more = as_filed_too(query)
    assert matches(more, document) >= matches(query, document)
    assert more == query or field == "author"
