"""Which forms of names look like one: what is listed, by which reason, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.vocabulary.alike import people, terms, titles
from litbase.vocabulary.thesaurus import Entry, Thesaurus

PEOPLE = {
    "accents": ("Özgür, Ayşe", "Ozgur, Ayse", "alike-letters", True),
    "umlauts spelled out": ("Müller, Ida", "Mueller, Ida", "alike-letters", True),
    "hyphens": ("Smith-Jones, Ann-Marie", "Smith Jones, Ann Marie", "alike-letters", True),
    "a full stop": ("Smith, J.", "Smith, J", "alike-letters", True),
    "capitals": ("SMITH, ANN", "Smith, Ann", "alike-letters", True),
    "initials and a name": ("Smith, J.", "Smith, John A.", "alike-initials", False),
    "initials and more of them": ("Smith, J.", "Smith, J. A.", "alike-initials", False),
    "a further name": ("Smith, John", "Smith, John A.", "alike-longer", False),
    "a middle name written out": ("Smith, John A.", "Smith, John Albert", "alike-middle", False),
    "another order": ("Shi, Jiannong", "Jiannong, Shi", "alike-turned", False),
    "a letter wrong in the family name": ("Slavin, Robert E.", "Salvin, Robert E.", "alike-one-letter", False),
    "a letter wrong in the given name": ("Giles, Michael W.", "Giles, Micheal W.", "alike-one-letter", False),
    "a particle": ("van der Berg, Jan", "Berg, Jan van der", "alike-particle", True),
}
TWO_PEOPLE = [
    ("Smith, John", "Smith, James"),
    ("Smith, J. A.", "Smith, J. B."),
    ("Smith, John A.", "Smith, John B."),
    ("Smith, John, Jr.", "Smith, John, Sr."),
    ("Smith, Ann", "Jones, Ann"),
    ("Wong, Ann", "Wang, Ann"),  # too short to be a slip
    ("Smith, J.", "Smyth, J."),
    ("Ortega, Daniela", "Ortega, Daniel"),
    ("Garcia, Antonia", "Garcia, Antonio"),
    ("Plato", "Plato"),
    ("Council of Europe", "Council of Europe."),
    ("", ","),
]


@pytest.mark.parametrize("name", PEOPLE)
def test_forms_of_one_person(name):
    one, other, code, sure = PEOPLE[name]
    found = people.compare(one, other)
    assert found is not None
    assert found.reasons[0].code == code
    assert found.sure is sure
    pairs = [{pair.preferred, pair.form} for pair in people.pairs((one, "Roe, Ann", other))]
    assert pairs == [{one, other}]


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_people_are_no_pair(one, other):
    assert people.compare(one, other) is None
    assert list(people.pairs((one, other))) == []


def test_the_form_that_tells_most_is_preferred_and_of_slips_the_commoner():
    assert [p.preferred for p in people.pairs(("Smith, J.", "Smith, John"))] == ["Smith, John"]
    assert [p.preferred for p in people.pairs(("Ozgur, Ann", "Özgür, Ann"))] == ["Özgür, Ann"]
    assert [p.preferred for p in people.pairs(("Sewell, William H.", "Sowell, William H."))] == ["Sewell, William H."]


def test_a_suffix_that_only_one_has_makes_nothing_sure():
    found = people.compare("Doyle, Kenneth O., Jr.", "Doyle, Kenneth O.")
    assert found is not None
    assert not found.sure


given_names = st.lists(st.sampled_from(("J.", "John", "Jane", "A.", "Ann")), min_size=1, max_size=3).map(" ".join)
names = st.builds("{}, {}".format, st.sampled_from(("Smith", "Smyth", "Özgür", "Garcia Lopez")), given_names)


@given(names, names)
def test_initials_alone_are_never_sure(one, other):
    found = people.compare(one, other)
    if found is not None and "alike-initials" in {reason.code for reason in found.reasons}:
        assert not found.sure
        assert found.score < 0.5


@given(st.lists(st.one_of(names, st.text(max_size=20)), max_size=8, unique=True))
def test_nothing_breaks_the_comparison_and_each_pair_comes_once(forms):
    for finder in (people.pairs, titles.sources, titles.publishers, lambda some: terms.pairs(some, Thesaurus())):
        pairs = [frozenset((pair.preferred, pair.form)) for pair in finder(tuple(forms))]
        assert len(pairs) == len(set(pairs))
        assert all(len(pair) == 2 and pair <= set(forms) for pair in pairs)


SOURCES = {
    "an abbreviation": ("Journal of Educational Change", "J. Educ. Change", "alike-abbreviated"),
    "a contraction": ("National Education Review", "Natl. Educ. Rev.", "alike-abbreviated"),
    "The": ("Elementary School Journal", "The Elementary School Journal", "alike-small-words"),
    "an ampersand": ("Teaching and Teacher Education", "Teaching & Teacher Education", "alike-letters"),
    "a colon": ("Urban Education: A Review", "Urban Education - a review", "alike-letters"),
    "a slip": ("American Educational Research Journal", "American Educational Reserach Journal", "alike-one-letter"),
}
TWO_SOURCES = [
    ("Physical Review A", "Physical Review B"),
    ("Proceedings 2019", "Proceedings 2018"),
    ("Sociology of Education", "Sociology of Religion"),
    ("Education Study", "Education Studies"),
    ("AERJ", "American Educational Research Journal"),
    ("Science", "Nature"),
]


@pytest.mark.parametrize("name", SOURCES)
def test_forms_of_one_source(name):
    one, other, code = SOURCES[name]
    assert [(p.preferred, p.form, p.reasons[0].code) for p in titles.sources((one, other, "Nature"))] == [
        (one, other, code)
    ]


@pytest.mark.parametrize(("one", "other"), TWO_SOURCES)
def test_two_sources_are_no_pair(one, other):
    assert list(titles.sources((one, other))) == []


PUBLISHERS = {
    "a legal form": ("Sage Publications", "SAGE Publications, Inc.", "alike-legal"),
    "a press": ("Verlag Neue Schule", "Neue Schule", "alike-legal"),
    "a place": ("Corwin Press", "Corwin Press, Thousand Oaks", "alike-part"),
    "a group": ("Routledge", "Routledge, Taylor & Francis Group", "alike-part"),
}


@pytest.mark.parametrize("name", PUBLISHERS)
def test_forms_of_one_publisher(name):
    one, other, code = PUBLISHERS[name]
    assert [(p.preferred, p.form, p.reasons[0].code) for p in titles.publishers((one, other, "Springer"))] == [
        (one, other, code)
    ]


def test_a_university_and_another_are_no_pair():
    assert list(titles.publishers(("University of Chicago Press", "University of Michigan Press"))) == []


THESAURUS = Thesaurus((Entry("Teaching Methods", ("Teaching Styles",)), Entry("Teaching Method Studies")))
TERMS = {
    "number": ("Teaching Method", "Teaching Methods", ["alike-plural", "alike-thesaurus"]),
    "a slip": ("Teachng Methods", "Teaching Methods", ["alike-one-letter", "alike-thesaurus"]),
    "written together": ("Teachingmethods", "Teaching Methods", ["alike-letters", "alike-thesaurus"]),
}


@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_brought_to_that_of_the_thesaurus(name):
    form, preferred, codes = TERMS[name]
    [found] = terms.pairs((form,), THESAURUS)
    assert (found.preferred, found.form) == (preferred, form)
    assert [reason.code for reason in found.reasons] == codes


def test_two_of_the_thesaurus_are_two_and_small_words_tell():
    assert list(terms.pairs((), Thesaurus((Entry("Method"), Entry("Methods"))))) == []
    assert list(terms.pairs(("Language of Instruction", "Language Instruction"), Thesaurus())) == []
    assert [p.form for p in terms.pairs(("e-learning", "E Learning"), Thesaurus())] == ["E Learning"]
