"""Editing: the value a typed text stands for."""

from typing import Any

import pytest

from litbase.library.editing import parse_assignments
from litbase.record.dates import PartialDate
from litbase.record.names import Name

MEHTA = Name(family="Mehta", given="Jal")


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("title=A = B", "title", "A = B"),
        ("title=", "title", None),
        ("author=Mehta, Jal; Amelia Peterson", "author", (MEHTA, Name(family="Peterson", given="Amelia"))),
        ("author={Smith and Sons}", "author", (Name(literal="Smith and Sons"),)),
        ("issued=2019-08", "issued", PartialDate(year=2019, month=8)),
        ("descriptors=Learning; Systems Approach ;", "descriptors", ("Learning", "Systems Approach")),
        ("number-of-pages=24", "number_of_pages", 24),
        ("peer_reviewed=yes", "peer_reviewed", True),
        ("peer_reviewed=no", "peer_reviewed", False),
        ("type=Book chapter", "type", "chapter"),
        ("identifiers=pmid:123", "identifiers", (("pmid", "123"),)),
    ],
)  # fmt: skip
def test_a_typed_assignment_is_read_by_the_shape_of_its_field(typed: str, field: str, value: Any) -> None:
    assert parse_assignments([typed]) == {field: value}
