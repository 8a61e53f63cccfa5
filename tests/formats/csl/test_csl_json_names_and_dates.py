"""Names and dates of CSL-JSON as programs write them, each back again."""

import pytest
from hypothesis import given, settings

from litbase.formats.csl import write as csl_json
from litbase.formats.csl.dates import edtf, read_date, write_date
from litbase.record.names import Name
from litbase.record.record import Record
from tests.amount import amount
from tests.formats.csl.test_csl_json_read import one, read
from tests.strategies import dates, names

DATES = {
    "strings": ({"date-parts": [["1999", 12, 31]]}, "1999-12-31"),
    "all strings": ({"date-parts": [["2019", "8"]]}, "2019-08"),
    "one list less": ({"date-parts": [2019, 8]}, "2019-08"),
    "crossref's unknown": ({"date-parts": [[None]]}, None),
    "zero parts": ({"date-parts": [[1850, 0, 0]]}, "1850"),
    "a day that is none": ({"date-parts": [[2010, 2, 30]]}, "2010-02"),
    "a month by name": ({"date-parts": [[2010, "Aug"]]}, "2010-08"),
    "season": ({"date-parts": [[2018]], "season": 1}, "2018-21"),
    "season as text": ({"date-parts": [[2018]], "season": "Winter"}, "2018-24"),
    "season as month": ({"date-parts": [[2018, 14]]}, "2018-22"),
    "range": ({"date-parts": [[2010, 1], [2010, "2"]]}, "2010-01/2010-02"),
    "range of one": ({"date-parts": [[2010, 1], [2010, 1]]}, "2010-01"),
    "range in two": ([{"date-parts": [[2010]]}, {"date-parts": [[2012]]}], "2010/2012"),
    "raw": ({"raw": "August 2019"}, "2019-08"),
    "raw range": ({"raw": "2010-01/2010-02"}, "2010-01/2010-02"),
    "literal": ({"literal": "Winter 1999-2000"}, "1999-24/2000-24"),
    "a number": (2019, "2019"),
    "text": ("2019-08-01T00:00:00Z", "2019-08-01"),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("value", "expected"), DATES.values(), ids=DATES)
def test_a_date_is_read(value, expected):
    date = one(issued=value).issued
    assert (str(date) if date else None) == expected


def test_what_a_date_cannot_say_is_kept():
    assert ("csl:issued", "forthcoming") in one(issued={"literal": "forthcoming"}).extra
    assert ("csl:issued", "-44-3-15") in one(issued={"date-parts": [[-44, 3, 15]]}).extra
    record = one(issued={"literal": "circa 1900"})
    assert (record.year, ("csl:issued", "circa 1900") in record.extra) == (1900, True)
    assert csl_json.item(one(issued={"date-parts": [[1900]], "circa": True}))["issued"]["circa"] is True


@settings(max_examples=amount(40, 100))
@given(dates())
def test_a_date_comes_back_unless_its_range_is_of_seasons(date):
    assert edtf(str(date)) == date
    back = read_date(write_date(date))[0]
    assert back == date or (date.month > 12 and date.end)


PEOPLE = {
    "parts": (
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        Name(family="Berg", given="Jan", particle="van der"),
    ),
    "suffix": (
        {"family": "Hall", "given": "H. K.", "suffix": "Jr.", "comma-suffix": True},
        Name(family="Hall", given="H. K.", suffix="Jr."),
    ),
    "dropping": (
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        Name(family="Humboldt", given="Alexander von"),
    ),
    "both particles": (
        {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "non-dropping-particle": "la"},
        Name(family="Fontaine", given="Jean de", particle="la"),
    ),
    "particle in the family": (
        {"family": "van Gogh", "given": "Vincent"},
        Name(family="Gogh", given="Vincent", particle="van"),
    ),
    "zotero's quotes": ({"family": '"la Fontaine"', "given": "Jean de"}, Name(family="la Fontaine", given="Jean de")),
    "literal": (
        {"literal": "International Perspectives on Education Reform Group"},
        Name(literal="International Perspectives on Education Reform Group"),
    ),
    "crossref's group": ({"name": "OECD", "sequence": "first"}, Name(literal="OECD")),
    "a family name alone": ({"family": "Ångström"}, Name(family="Ångström")),
    "a group by its words": ({"family": "Acme University"}, Name(literal="Acme University")),
    "no given name": ({"family": "OECD", "given": ""}, Name(literal="OECD")),
    "in order": ({"family": "山田", "given": "太郎", "static-ordering": True}, Name(family="山田", given="太郎")),
    "text": ("Mehta, Jal", Name(family="Mehta", given="Jal")),
    "institution": ({"family": "Ministry of X", "isInstitution": "true"}, Name(literal="Ministry of X")),
}


@pytest.mark.parametrize(("value", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_a_name_is_read(value, expected):
    assert one(author=[value]).author == (expected,)


def test_odd_lists_of_names():
    assert one(author={"family": "A", "given": "B"}).author == (Name(family="A", given="B"),)
    record = one(author=[{"family": "A", "given": "B"}, {"literal": "et al."}, None, 5, {}])
    assert (record.author, record.others) == ((Name(family="A", given="B"),), True)
    assert one(author="A B").author == (Name(family="B", given="A"),)


def test_what_a_name_cannot_hold_is_kept_with_its_name():
    record = one(
        author=[
            {
                "family": "A",
                "given": "B",
                "ORCID": "http://orcid.org/0000-0001-5503-7888",
                "affiliation": [{"name": "X"}, {"name": "Y"}],
                "sequence": "first",
            }
        ]
    )
    assert set(record.extra) == {
        ("csl:author.ORCID", "A, B: http://orcid.org/0000-0001-5503-7888"),
        ("csl:author.affiliation", "A, B: X; Y"),
    }


@settings(max_examples=amount(40, 100))
@given(names())
def test_a_name_comes_back(name):
    assert read([csl_json.item(Record(title="T", author=(name,)))])[0].record.author == (name,)


def test_other_roles_come_back():
    record = one(
        **{
            "collection-editor": [{"family": "A", "given": "B"}, {"literal": "A Group"}],
            "director": [{"family": "D", "given": "E"}],
        }
    )
    assert record.author == (Name(family="D", given="E"),)
    again = csl_json.item(record)
    assert again["collection-editor"] == [{"family": "A", "given": "B"}, {"literal": "A Group"}]
    assert again["director"] == [{"family": "D", "given": "E"}]
