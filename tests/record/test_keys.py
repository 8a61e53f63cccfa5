"""Keys and ids: made from who, when and what."""
# ruff: noqa: E501 (one case per line)

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.errors import BadInput
from litbase.record.dates import PartialDate
from litbase.record.keys import LONGEST_KEY, PLACEHOLDERS, citation_key, is_key, key_pattern, numbered, record_id
from litbase.record.names import Name, parse_name
from litbase.record.record import Record
from tests.amount import amount
from tests.strategies import records


def work(title: str, author: str = "", year: int = 0, eric: str = "") -> Record:
    name = parse_name(author)
    issued = PartialDate(year=year) if year else None
    return Record(title=title, author=(name,) if name else (), issued=issued, eric=eric)


COMMUNITIES = "International Learning Communities: What Happens When Leaders Seek to Learn across National Boundaries?"
KEYS = {  # record, key, id
    "person": (work(COMMUNITIES, "Mehta, Jal", 2019), "mehta2019international", "mehta-2019-international-learning-communities-happens"),
    "short group": (work("What makes a school a learning organisation?", "OECD", 2016), "oecd2016makes", "oecd-2016-makes-school-learning-organisation"),
    "long group": (work("Improving Practice", "International Perspectives on Education Reform Group", 2013), "iperg2013improving", "iperg-2013-improving-practice"),
    "no author": (work("The Vital Role of Professional Learning Networks", "", 2018), "vital2018role", "vital-2018-role-professional-learning"),
    "particles": (work("Names", "van der Berg, Jan", 2008), "vanderberg2008names", "vanderberg-2008-names"),
    "no year": (work("Names", "Mehta, Jal"), "mehtandnames", "mehta-nd-names"),
    "hyphen": (work("The Flat World", "Darling-Hammond, Linda", 2010), "darling-hammond2010flat", "darling-hammond-2010-flat-world"),
    "accents": (work("Über die Grenzen", "Łukaszewicz, Özgür", 2001), "lukaszewicz2001uber", "lukaszewicz-2001-uber-grenzen"),
    "apostrophe": (work("L'école d'été", "O'Brien, Siân", 2001), "obrien2001ecole", "obrien-2001-ecole-ete"),
    "hyphenated word": (work("K-12 Schools", "Ng, A.", 2001), "ng2001k12", "ng-2001-k12-schools"),
    "only stop words": (work("It Is", "Ng, A.", 2001), "ng2001it", "ng-2001-it-is"),
    "no title": (work("", "Ng, A.", 2001), "ng2001", "ng-2001"),
    "single name": (work("Frozen", "Madonna", 1998), "madonna1998frozen", "madonna-1998-frozen"),
    "Chinese with ERIC number": (work("教育", "山田太郎", 2008, "EJ1223055"), "ej1223055", ""),
    "Chinese name, English title, ERIC number": (work("On Schools", "山田太郎", 2008, "EJ1223055"), "ej1223055", ""),
    "Chinese name, English title": (work("On Schools", "山田太郎", 2008), "schools2008", "schools-2008"),
    "Chinese": (work("教育", "山田太郎", 2008), "", ""),
    "nothing": (Record(), "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("record", "key", "id"), KEYS.values(), ids=KEYS)
def test_a_record_has_a_key_and_an_id(record: Record, key: str, id: str) -> None:
    assert citation_key(record) == key
    assert record_id(record) == id


def test_an_edited_book_goes_by_its_editor() -> None:
    book = Record(
        type="book",
        title="Handbook of Learning",
        editor=(Name(family="Nasir", given="N."),),
        issued=PartialDate(year=2020),
    )
    assert citation_key(book) == "nasir2020handbook"


def test_a_long_title_does_not_make_a_long_id() -> None:
    record = work(
        "Incomprehensibilities Internationalisations Counterrevolutionaries Extraordinarily", "Smith, Ann", 2001
    )
    assert record_id(record) == "smith-2001-incomprehensibilities-internationalisations"


@settings(max_examples=amount(20, 50))
@given(records())
def test_keys_and_ids_are_made_of_ascii_letters_digits_and_hyphens(record: Record) -> None:
    assert re.fullmatch(r"([a-z0-9][a-z0-9-]*)?", citation_key(record))
    assert re.fullmatch(r"([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)?", record_id(record))
    assert is_key(citation_key(record)) or not citation_key(record)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_title_or_name_makes_them_fail(title: str, name: str) -> None:
    record = Record(title=title, author=(Name(family=name),))
    assert len(record_id(record)) <= 64
    assert is_key(citation_key(record)) or not citation_key(record)


def test_numbers_are_letters_that_never_end_or_repeat() -> None:
    assert [numbered("a1", n) for n in (0, 1, 2, 26, 27, 52, 53, 702, 703)] == [
        "a1", "a1a", "a1b", "a1z", "a1aa", "a1az", "a1ba", "a1zz", "a1aaa"]  # fmt: skip
    assert len({numbered("x", n) for n in range(2000)}) == 2000


VALID = ("mehta2019", "Mehta:2019", "DBLP:conf/acl/Smith_19", "a+b.c-d")
INVALID = ("", "a b", "a,b", "a{b", "a#b", "ä", "-a", "a" * 129, "a\n", "a\\b", "a%b", "a~b", 'a"b')


@pytest.mark.parametrize(("text", "valid"), [*((text, True) for text in VALID), *((text, False) for text in INVALID)])
def test_keys_hold_what_bibtex_can_take(text: str, valid: bool) -> None:
    assert is_key(text) is valid


FULL = Record(
    title="The Flat World and K-12 Education",
    author=(Name(family="Darling-Hammond", given="Linda"), Name(family="Ng", given="A."), Name(literal="OECD")),
    issued=PartialDate(year=2010),
    container_title="Journal of Educational Change",
)
PATTERNS = {  # pattern, key
    "the default": ("{family}{year}{word}", "darling-hammond2010flat"),
    "capitals": ("{Family}{year}{Word}", "Darling-Hammond2010Flat"),
    "all capitals": ("{FAMILY}{year}", "DARLING-HAMMOND2010"),
    "several families": ("{Families:2}{yy}", "Darling-HammondNg10"),
    "more families than there are": ("{families:9}", "darling-hammondngoecd"),
    "several words": ("{title:3}", "flatworldk12"),
    "words in capitals": ("{Title:3}-{yy}", "FlatWorldK12-10"),
    "the journal": ("{JOURNAL}:{year}", "JEC:2010"),
    "the id": ("{id}", "EJ1223055"),
    "signs between": ("ref_{family}/{year}+{word}", "ref_darling-hammond/2010+flat"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "key"), PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_makes_a_key(pattern: str, key: str) -> None:
    made = key_pattern(pattern)
    assert made.base(FULL, "EJ1223055") == key
    assert made.made(numbered(key, 30).upper(), FULL, "EJ1223055")
    assert not made.made(f"{key}1", FULL, "EJ1223055")


def test_what_is_missing_leaves_no_sign_at_the_ends() -> None:
    bare = work("Names", "Ng, A.")
    assert key_pattern("{journal}-{family}-{title:2}").base(bare) == "ng-names"
    assert key_pattern("{family}-{yy}").base(bare) == "ng-nd"
    assert key_pattern("{family}-{word}").base(work("The Vital Role")) == "vital-role"


WRONG = {
    "no such placeholder": ("{famly}{year}", r"no placeholder \{famly\}"),
    "nothing between the brackets": ("{}", r"no placeholder \{\}"),
    "odd capitals": ("{fAmily}", r"no placeholder \{fAmily\}"),
    "no placeholder at all": ("key", "has no placeholder"),
    "empty": ("", "has no placeholder"),
    "a number where none is taken": ("{family:2}", r"\{family:2\} takes no number"),
    "no number where one is needed": ("{title}", r"\{title\} needs a number"),
    "none of them": ("{title:0}", r"no placeholder \{title:0\}"),
    "a space": ("{family} {year}", "not ' '"),
    "an open bracket": ("{family", "not '{family'"),
    "a letter BibTeX cannot take": ("{family}ä", "not 'ä'"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "told"), WRONG.values(), ids=WRONG)
def test_a_pattern_that_is_none_says_what_is_wrong(pattern: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        key_pattern(pattern)


def test_who_misspells_a_placeholder_is_told_all_there_are() -> None:
    with pytest.raises(BadInput) as raised:
        key_pattern("{famly}")
    assert all(f"{{{name}}}" in str(raised.value) for name in PLACEHOLDERS)


PARTS = st.sampled_from(
    [*(f"{{{name.replace('N', '3')}}}" for name in PLACEHOLDERS), "{Family}", "{TITLE:2}", "-", "x", ":"]
)


@settings(max_examples=amount(40, 100))
@given(records(), st.lists(PARTS, max_size=6), st.sampled_from(["EJ1223055", "doe-2019-x"]))
def test_every_pattern_makes_keys_or_nothing(record: Record, parts: list[str], id: str) -> None:
    made = key_pattern("{year}" + "".join(parts)).base(record, id)
    assert not made or (is_key(made) and len(made) <= LONGEST_KEY)


def test_the_manual_has_every_placeholder() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "duplicates.md").read_text(encoding="utf-8")
    assert [name for name in PLACEHOLDERS if f"`{{{name}}}`" not in manual] == []
