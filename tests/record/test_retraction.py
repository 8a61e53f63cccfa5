"""Whether a work was retracted, as sources say it."""

import pytest

from litbase.record.record import Record
from litbase.record.retraction import retraction


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": "RETRACTED: Towns and Streets"}, ""),
        ({"title": "Retracted article: Towns"}, ""),
        ({"title": "[RETRACTED] Towns"}, ""),
        ({"title": "Towns and Streets [Retracted]"}, ""),
        ({"title": "Towns", "publication_type": ("Journal Articles", "Retracted Publication")}, ""),
        ({"title": "Towns", "extra": (("nbib:PT", "Retracted Publication"),)}, ""),
        ({"title": "Towns", "extra": (("nbib:RIN", "J Towns. 2010;3:1"),)}, "Retraction in J Towns. 2010;3:1"),
        ({"title": "Towns", "note": "This article has been retracted by its authors."},
         "article has been retracted by its authors"),
        ({"title": "Towns", "note": "Retracted in 2012"}, "Retracted in 2012"),
        ({"title": "Retraction: Towns and Streets"}, None),
        ({"title": "Retraction notice to Towns"}, None),
        ({"title": "Towns", "publication_type": ("Retraction of Publication",)}, None),
        ({"title": "Retracted Papers in the Study of Towns"}, None),
        ({"title": "Towns", "note": "Nothing was retracted."}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_retraction_is_told_apart_from_its_notice(fields, told):
    assert retraction(Record(**fields)) == told
