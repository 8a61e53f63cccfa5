"""From rows to a thesaurus: mutual relations, and what is left out with its reason."""

from time import perf_counter

from litbase.record.notices import sentence
from litbase.vocabulary.terms import LONGEST_NAME, Row, made_of, role_of
from litbase.vocabulary.thesaurus import Entry


def test_relations_hold_both_ways() -> None:
    made = made_of([Row("Ability", narrower=["skills"], related=["Talent"]), Row("Skills"), Row("Talent")])
    assert made.thesaurus.entries == (
        Entry("Ability", narrower=("Skills",), related=("Talent",)),
        Entry("Skills", broader=("Ability",)),
        Entry("Talent", related=("Ability",)),
    )
    assert made.dropped == ()


def test_names_to_use_instead_become_other_names() -> None:
    rows = [
        Row("Kindergarten Children", use=["Kindergarten", "Young Children"]),
        Row("Kindergarten"),
        Row("Young Children"),
    ]
    thesaurus = made_of(rows).thesaurus
    assert [entry.used_for for entry in thesaurus.entries] == [("Kindergarten Children",)] * 2
    assert thesaurus.today("kindergarten children") == ("Kindergarten", "Young Children")


def test_a_descriptor_in_several_rows_is_one() -> None:
    rows = [Row(" Skills ", used_for=["Knack"]), Row("SKILLS", used_for=["Knack", "Gift"], scope_note=" A\n note ")]
    assert made_of(rows).thesaurus.entries == (Entry("Skills", used_for=("Gift", "Knack"), scope_note="A note"),)


def test_what_contradicts_itself_is_left_out_with_its_line() -> None:
    rows = [
        Row("A", 1, used_for=["B", "a", ""], broader=["A", "Nowhere"]),
        Row("B", 2),
        Row("—", 3),
        Row("x" * (LONGEST_NAME + 1), 4),
        Row("Gone", 5, retired=True),
        Row("Lost", 6, use=["Nowhere"]),
        Row("B", 7, use=["A"]),
    ]
    made = made_of(rows)
    assert made.thesaurus.entries == (Entry("A"), Entry("B"))
    assert [(told.line, sentence(told)) for told in made.dropped] == [
        (3, "An entry without a usable name was left out"),
        (4, "An entry without a usable name was left out"),
        (1, "B is a descriptor itself and was left out of the other names of A"),
        (1, "A refers to itself (broader); the reference was left out"),
        (1, "A refers to Nowhere (broader), which the file does not describe; the reference was left out"),
        (5, "Gone is retired and nothing takes its place; it was left out"),
        (6, "Lost refers to Nowhere (use), which the file does not describe; the reference was left out"),
        (1, "B is a descriptor itself and was left out of the other names of A"),
    ]


def test_a_retired_name_that_is_replaced_is_another_name() -> None:
    assert made_of([Row("Old", use=["New"], retired=True), Row("New")]).thesaurus.today("old") == ("New",)


def test_circles_and_stars_take_no_time() -> None:
    names = [f"Term {n}" for n in range(5_000)]
    circle = [Row(name, broader=[names[n - 1], "Hub"], used_for=["Shared"]) for n, name in enumerate(names)]
    begun = perf_counter()
    thesaurus = made_of([Row("Hub"), *circle]).thesaurus
    assert len(thesaurus.exploded("Term 7")) == 2_000
    assert len(thesaurus.today("Shared")) == 5_000
    assert perf_counter() - begun < 5


def test_parts_are_known_by_many_labels() -> None:
    labels = ("Used For", "UF", "BT", "skos:narrower", "Scope_Note", "RecType", "Postings", "Descriptor", "U+")
    roles = ["used_for", "used_for", "broader", "narrower", "scope_note", "status", "", "name", "use"]
    assert [role_of(label) for label in labels] == roles
