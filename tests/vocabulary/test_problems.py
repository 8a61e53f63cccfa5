"""Problems in the eyes of a library: descriptors its thesaurus lacks, has under another name, or spells otherwise."""
# ruff: noqa: E501 (one case per line)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.record.notices import REMEDIES, SENTENCES, sentence
from litbase.record.record import Record, replace
from litbase.vocabulary.problems import CODES, FIXABLE, MOST, codes_of, mended, problems
from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus
from tests.amount import amount
from tests.strategies import records

KNOWN = Thesaurus((
    Entry("Gender Differences", used_for=("Sex Differences", "Sex (Differences)")),
    Entry("Kindergarten", used_for=("Kindergarten Children",)),
    Entry("Learning"),
    Entry("Parking Facilities", used_for=("Parking Areas (1966 1980)",)),
    Entry("Young Children", used_for=("Kindergarten Children",)),
))  # fmt: skip

FOUND = {  # descriptor, code, what the thesaurus has, mended
    "of today": ("Learning", "", (), ("Learning",)),
    "unknown": ("Marsh Birds", "descriptor-unknown", (), ("Marsh Birds",)),
    "other name": ("Sex Differences", "descriptor-renamed", ("Gender Differences",), ("Gender Differences",)),
    "other name, in capitals": ("SEX DIFFERENCES", "descriptor-renamed", ("Gender Differences",), ("Gender Differences",)),
    "retired, without its years": ("Parking Areas", "descriptor-renamed", ("Parking Facilities",), ("Parking Facilities",)),
    "two together": ("Kindergarten Children", "descriptor-renamed", ("Kindergarten", "Young Children"), ("Kindergarten", "Young Children")),
    "another form": ("learning", "descriptor-form", ("Learning",), ("Learning",)),
}  # fmt: skip


@pytest.mark.parametrize(("name", "code", "today", "after"), FOUND.values(), ids=FOUND)
def test_a_descriptor_is_compared_with_the_thesaurus(
    name: str, code: str, today: tuple[str, ...], after: tuple[str, ...]
) -> None:
    record = Record(title="x", descriptors=(name,), major_descriptors=(name,))
    found = problems(record, KNOWN)
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(sentence(problem).count(" and ".join(today)) for problem in found)
    assert [problem.fixable for problem in found] == [code in FIXABLE] * bool(code)
    fixed = mended(record, KNOWN)
    assert (fixed.descriptors, fixed.major_descriptors) == (after, after)


def test_a_former_name_that_says_more_stays_as_a_keyword() -> None:
    record = Record(descriptors=("Marxism", "Sex Differences", "Political Attitudes"), keywords=("Marx",))
    fixed = mended(record, Thesaurus((*KNOWN.entries, Entry("Political Attitudes", used_for=("Marxism",)))))
    assert fixed.descriptors == ("Political Attitudes", "Gender Differences")
    assert fixed.keywords == ("Marx", "Marxism")


def test_without_a_thesaurus_nothing_is_said_of_descriptors() -> None:
    record = Record(title="x", descriptors=("Marsh Birds",))
    assert problems(record, NONE) == ()
    assert mended(record, NONE) is record


def test_keywords_are_free() -> None:
    assert problems(Record(title="x", keywords=("Marsh Birds", "learning")), KNOWN) == ()


def test_only_the_codes_asked_for_are_mended_and_no_descriptor_stands_twice() -> None:
    record = Record(title="A &amp; B", descriptors=("learning", "Sex Differences", "Gender Differences"))
    assert mended(record, KNOWN, {"descriptor-form"}).descriptors == ("Learning", *record.descriptors[1:])
    renamed = mended(record, KNOWN, {"descriptor-renamed"})
    assert (renamed.title, renamed.descriptors) == ("A &amp; B", ("learning", "Gender Differences"))
    assert mended(record, KNOWN, {"entity-left"}) == Record(title="A & B", descriptors=record.descriptors)


def test_the_first_of_very_many_are_told() -> None:
    assert len(problems(Record(title="x", descriptors=tuple(map(str, range(5_000)))), KNOWN)) == MOST


names = st.lists(st.sampled_from([row[0] for row in FOUND.values()]), max_size=5).map(tuple)
subjects = st.builds(lambda given, main: {"descriptors": given, "major_descriptors": main}, names, names)


@settings(max_examples=amount(40, 100))
@given(records(), subjects, st.sets(st.sampled_from(sorted(FIXABLE))))
def test_mending_twice_is_mending_once_and_adds_no_problem(record, given_names, codes) -> None:
    record = replace(record, **given_names)
    once = mended(record, KNOWN, codes)
    assert mended(once, KNOWN, codes) == once
    before, after = ({(p.code, p.field) for p in problems(each, KNOWN)} for each in (record, once))
    assert after <= before
    assert [p for p in problems(mended(record, KNOWN), KNOWN) if p.fixable] == []


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    assert set(CODES) <= set(SENTENCES)
    assert {*CODES, "edit-contradicted"} == set(REMEDIES)


def test_codes_stand_once() -> None:
    record = Record(title="x &amp; y", abstract="&amp;", issn=("1", "2"))
    assert codes_of(record) == ("issn-wrong", "entity-left")
