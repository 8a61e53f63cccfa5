"""Descriptors suggested for a record: from records like it and from its own words, each with its reasons."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.describing import (
    FEW,
    SHOWN,
    TURNED_OUT,
    Evidence,
    score,
    suggestions,
)
from litbase.library.nearest import nearest
from litbase.record.dates import PartialDate
from litbase.record.notices import sentence
from litbase.record.record import Record, replace
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from litbase.vocabulary.wording import Named
from tests.library.small import small_library

SUBJECTS = {
    "Marine Biology": "whale plankton reef tide coral ocean",
    "Music Education": "violin choir melody rhythm orchestra song",
    "Prisons": "inmate sentence warden cell parole guard",
}
THESAURUS = Thesaurus(
    (
        Entry("Bullying", broader=("Antisocial Behavior",), used_for=("Mobbing",)),
        Entry("Antisocial Behavior", narrower=("Bullying",)),
        Entry("Prevention Programs in Schools"),
        *(Entry(name) for name in sorted(SUBJECTS)),
    )
)


def written(subject: str, chance: random.Random, *more: str) -> Record:
    words = [chance.choice(SUBJECTS[subject].split()) for _ in range(12)]
    text = " ".join(words)
    return Record(
        type="article-journal",
        title=text[:30],
        abstract=text,
        issued=PartialDate(year=2010),
        descriptors=(subject, *more),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library of three subjects that have no word in common, and their thesaurus."""
    chance = random.Random(5)
    records = tuple(written(name, chance, "Retired Term") for name in SUBJECTS for _ in range(FEW // 2))
    library = small_library(tmp_path_factory.mktemp("described") / "library", records)
    library.store.put_thesaurus(THESAURUS)
    library.engine.refresh()
    from litbase.library import bring_level

    assert bring_level(library)
    yield library
    library.close()


def asked(library, record, **options):
    return {one.descriptor: one for one in suggestions(library, record, **options)}


def test_what_the_records_like_it_have_is_suggested(library):
    found = asked(library, Record(title="Whale and coral", abstract="The tide at the reef."))
    assert set(found) == {"Marine Biology"}
    assert [sentence(reason) for reason in found["Marine Biology"].reasons] == [
        "40 of the 40 most similar records have it"
    ]


def test_a_name_in_the_title_is_a_reason_whichever_name(library):
    found = asked(library, Record(title="Mobbing", abstract="On bullying."), least=0.05)
    told = [sentence(reason) for reason in found["Bullying"].reasons]
    assert told == ["The words of “Mobbing”, another name of it, stand in the title", "Its words stand in the abstract"]


def test_a_longer_name_in_title_and_abstract_is_enough_in_an_empty_library(tmp_path):
    empty = small_library(tmp_path / "library", ())
    empty.store.put_thesaurus(THESAURUS)
    found = asked(empty, Record(title="Prevention programs in schools", abstract="A prevention program in school."))
    assert set(found) == {"Prevention Programs in Schools"}
    assert asked(empty, Record(title="Bullying", abstract="On bullying.")) == {}
    empty.close()


def test_a_broader_descriptor_does_not_come_with_a_narrower_one(library):
    record = Record(title="Antisocial behavior and bullying", abstract="Antisocial behavior; bullying.")
    assert len(set(asked(library, record, least=0.05)) & {"Bullying", "Antisocial Behavior"}) == 1
    assert "Antisocial Behavior" not in asked(library, replace(record, descriptors=("Bullying",)), least=0.05)


def test_what_a_record_has_under_any_name_is_not_suggested(library):
    record = Record(title="Mobbing", abstract="Whale, coral, reef.", descriptors=("Mobbing", "Marine Biology"))
    assert not {"Bullying", "Mobbing", "Marine Biology"} & set(asked(library, record, least=0.01))


def test_a_stored_record_does_not_speak_for_itself(tmp_path):
    alone = Record(title="Zebra crossing", abstract="Zebra crossing", descriptors=("Zebras",))
    chance = random.Random(5)
    library = small_library(tmp_path / "library", (alone, *(written("Prisons", chance) for _ in range(FEW))))
    [stored] = [one for one in library.store.scan("", 500) if one.record.title == alone.title]
    told = nearest(library, replace(stored.record, descriptors=()))
    assert told.described == FEW
    assert stored.id not in [other.record.id for other in told.neighbours]
    assert suggestions(library, replace(stored.record, descriptors=())) == ()
    library.close()


def test_with_a_thesaurus_only_its_descriptors_are_suggested_and_without_one_those_in_use(library, tmp_path):
    record = Record(title="Whale and coral", abstract="The tide at the reef.")
    assert "Retired Term" not in asked(library, record, least=0)
    chance = random.Random(5)
    some = tuple(written(name, chance, "Retired Term") for name in SUBJECTS for _ in range(FEW))
    without = small_library(tmp_path / "library", some)
    assert set(asked(without, record)) == {"Marine Biology", "Retired Term"}
    without.close()


@pytest.mark.parametrize(
    "record",
    [
        Record(),
        Record(title="the of and"),
        Record(id="x\x00y", title="?" * 5000),
        Record(title="山田", abstract="whale " * 100_000),
        Record(title="Whale", descriptors=tuple(f"Term {n}" for n in range(1000))),
        Record(title="Whale", descriptors=("", "  ", "()")),
    ],
    ids=["empty", "stop words", "odd id", "long", "many descriptors", "odd descriptors"],
)
def test_odd_records_are_answered(library, record):
    found = suggestions(library, record)
    assert len(found) <= SHOWN
    assert not {one.descriptor for one in found} & set(record.descriptors)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_tiny_library_without_a_thesaurus_suggests_nothing(tmp_path, count):
    chance = random.Random(5)
    library = small_library(tmp_path / "library", tuple(written("Prisons", chance) for _ in range(count)))
    assert suggestions(library, Record(title="Inmate", abstract="warden cell parole")) == ()
    library.close()


@given(
    st.floats(0, 1),
    st.integers(0, 10**6),
    st.integers(1, 8),
    st.booleans(),
    st.booleans(),
)
def test_a_score_is_a_probability_and_grows_with_the_share(share, described, words, title, abstract):
    name = Named("D", "D", True, words)
    one = Evidence(described, 40, 1, share, name if title else None, name if abstract else None)
    assert 0 <= score(one) <= 1
    assert score(one._replace(share=1.0)) >= score(one) - 1e-9


def test_what_scores_turned_out_to_be_never_falls():
    assert list(TURNED_OUT) == sorted(TURNED_OUT)
    assert [was for _, was in TURNED_OUT] == sorted(was for _, was in TURNED_OUT)
    assert (TURNED_OUT[0], TURNED_OUT[-1]) == ((0.0, 0.0), (1.0, 1.0))
