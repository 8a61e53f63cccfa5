"""Names: initials, particles, suffixes, order, lists."""

import pytest

from litbase.record.names import Name
from litbase.styles.people import FAMILY, FULL, INITIALS, NameForm, Person, initials, listed, person, spaced, written

APA = NameForm("all", INITIALS, last="&", comma_last="always", most=21, shown=19, ending=True)
AMA = NameForm(
    "all", INITIALS, initial="", hyphens=False, separator=" ", last="", most=7, shown=3, comma_et_al="always"
)
MLA = NameForm("first", comma_last="always", comma_et_al="always", most=3)
CHICAGO = NameForm("first", comma_last="always", demoted=True)
HARVARD = NameForm("all", INITIALS, initial=".", comma_last="never", comma_et_al="never")
BERG = Name(family="Berg", given="Jan", particle="van der")
CRUZ = Name(family="Cruz", given="Juan", particle="de la", suffix="Jr.")


@pytest.mark.parametrize(
    ("given", "apa", "harvard", "ama", "full"),
    [
        ("Louis M.", "L. M.", "L.M.", "LM", "Louis M."),
        ("Jean-Paul", "J.-P.", "J.-P.", "JP", "Jean-Paul"),
        ("J.P.", "J. P.", "J.P.", "JP", "J. P."),
        ("J.-J.", "J.-J.", "J.-J.", "JJ", "J. J."),
        ("Ola de", "O. de", "O. de", "O de", "Ola de"),
        ("Jean-paul", "J.", "J.", "J paul", "Jean-paul"),
        ("K", "K.", "K.", "K", "K."),
        ("Éva", "É.", "É.", "É", "Éva"),
        ("Wm.", "Wm.", "Wm.", "Wm", "Wm."),
        ("太郎", "太郎", "太郎", "太郎", "太郎"),
    ],
)
def test_given_names(given, apa, harvard, ama, full):
    assert [initials(given, ". "), initials(given, "."), initials(given, "", hyphens=False), spaced(given)] == [
        apa, harvard, ama, full,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "apa", "mla", "chicago", "ama", "family"),
    [
        (BERG, "van der Berg, J.", "van der Berg, Jan", "Berg, Jan van der", "van der Berg J", "van der Berg"),
        (CRUZ, "de la Cruz, J., Jr.", "de la Cruz, Juan, Jr.", "Cruz, Juan de la, Jr.", "de la Cruz J Jr",
         "de la Cruz"),
        (Name(family="de Souza", given="Ana"), "de Souza, A.", "de Souza, Ana", "Souza, Ana de", "de Souza A",
         "de Souza"),
        (Name(family="Goethe", given="Ottilie von"), "Goethe, O. von", "Goethe, Ottilie von", "Goethe, Ottilie von",
         "Goethe O von", "Goethe"),
        (Name(family="O'Hara", given="Síle"), "O’Hara, S.", "O’Hara, Síle", "O’Hara, Síle", "O’Hara S", "O’Hara"),
        (Name(literal="OECD"), "OECD", "OECD", "OECD", "OECD", "OECD"),
        (Name(family="山田", given="太郎"), "山田太郎", "山田太郎", "山田太郎", "山田太郎", "山田"),
    ],
)  # fmt: skip
def test_one_name_in_each_order(name, apa, mla, chicago, ama, family):
    told = [written(person(name), form) for form in (APA, MLA, CHICAGO, AMA, NameForm(given=FAMILY))]
    assert told == [apa, mla, chicago, ama, family]


def test_a_name_in_its_natural_order():
    assert written(person(CRUZ), NameForm(given=FULL)) == "Juan de la Cruz Jr."


def test_names_of_chinese_works_put_the_family_first():
    assert written(person(Name(family="Wang", given="Wei"), "zh"), APA) == "Wang W."


def people(count: int) -> list[Person]:
    return [Person(f"F{n}", f"G{n}") for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        (APA, 1, "F1, G."),
        (APA, 2, "F1, G., & F2, G."),
        (MLA, 2, "F1, G1, and G2 F2"),
        (MLA, 3, "F1, G1, et al."),
        (HARVARD, 3, "F1, G., F2, G. and F3, G."),
        (AMA, 6, "F1 G, F2 G, F3 G, F4 G, F5 G, F6 G"),
        (AMA, 7, "F1 G, F2 G, F3 G, et al."),
        (NameForm(given=FAMILY), 2, "F1 and F2"),
        (NameForm(given=FAMILY), 3, "F1, F2, and F3"),
        (NameForm(given=FAMILY, most=3), 3, "F1 et al."),
        (APA, 0, ""),
    ],
)
def test_lists_of_names(form, count, printed):
    assert listed(people(count), form) == printed


@pytest.mark.parametrize(("count", "shown"), [(20, 20), (21, 20), (22, 20), (60, 20)])
def test_apa_shows_nineteen_names_and_the_last(count, shown):
    told = listed(people(count), APA)
    assert told.count("G.") == shown
    assert ("… " in told) is (count > 20)
    assert told.endswith(f"F{count}, G.")


def test_more_names_and_more_of_a_given_name_tell_works_apart():
    form = NameForm(given=FAMILY, most=3)
    assert listed(people(4), form, least=2, given=(INITIALS, FULL)) == "G. F1, G2 F2, et al."


def test_others_are_et_al():
    assert listed(people(1), APA, others=True) == "F1, G. et al."
    assert listed([], APA, others=True) == ""
