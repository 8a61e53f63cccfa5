"""The form of a record: every kind shows every field once, the untouched stays, each message names the fix."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.editing import EDITABLE
from litbase.library.forms import (
    PEOPLE,
    Form,
    Person,
    changes,
    flaws,
    form_of,
    good,
    names_in,
    read,
    sections,
)
from litbase.record.dates import PartialDate
from litbase.record.kinds import BY_NAME, kind_of
from litbase.record.names import Name
from litbase.record.record import Record, Reference, replace
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.web.works import WORKS

ROE = Name(family="Roe", given="Ann")
ODD = Record(
    type="article-journal",
    title="A  title with   spaces",
    author=(
        Name(family="van der Berg", given="Jan"),  # its particle not taken apart
        Name(family="Lott", given="Joe", suffix="II"),
        Name(family="Plato"),
        Name(literal="Roe, Ann; and others"),
    ),
    editor=(Name(family="Berg", given="Jan", particle="van der"),),
    others=True,
    issued=PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2)),
    keywords=("one; two", "three"),
    isbn=("wrong",),
    page="350-327",
    abstract="First\n\n  second\u00a0",
    language=("de", "xx-odd"),
    identifiers=(("a", "b:c"), ("d", "e; f")),
    marks=(),
    references=(Reference("Roe (1999)."),),
    extra=(("x:y", "z"),),
    peer_reviewed=False,
    number_of_pages=24,
    publisher="A\nB",
)


@pytest.mark.parametrize("kind", BY_NAME)
def test_every_kind_shows_every_field_once(kind):
    names = [field.name for section in sections(kind) for field in section.fields]
    assert sorted([*names, "type", *PEOPLE]) == sorted(EDITABLE)
    assert all(field.called for section in sections(kind) for field in section.fields)


@pytest.mark.parametrize("record", [*WORKS.values(), ODD], ids=lambda record: record.title[:20])
def test_what_nobody_touched_stays_to_the_letter(record):
    back = read(form_of(record), record)
    assert back.errors == {}
    assert changes(record, back.record) == {}
    assert back.record == record


def as_browsers_send(text):
    return text.replace("\n", "\r\n")


def test_nor_does_it_change_by_what_browsers_do_to_texts():
    form = form_of(ODD)
    sent = {name: as_browsers_send(text) if name in ("abstract", "keywords", "identifiers") else text.replace("\n", "")
            for name, text in form.values.items()}  # fmt: skip
    sent["publisher"] = "A B"  # a field of one line
    assert changes(ODD, read(Form(kind=form.kind, values=sent, people=form.people), ODD).record) == {}


@pytest.mark.parametrize("record", WORKS.values(), ids=WORKS)
def test_a_form_makes_the_record_it_shows(record):
    made = read(form_of(record)).record
    assert changes(replace(record, extra=()), made) == {}


def test_one_change_is_one_change():
    form = form_of(ODD).with_values(title="Another")
    assert changes(ODD, read(form, ODD).record) == {"title": "Another"}


def test_what_is_cleared_is_nothing():
    form = form_of(ODD).with_values(title=" ", keywords="", issued="", number_of_pages="", peer_reviewed="", others="")
    wanted = dict.fromkeys(("title", "keywords", "issued", "number_of_pages", "peer_reviewed", "others"))
    assert changes(ODD, read(form, ODD).record) == wanted


def test_a_field_that_is_not_in_the_form_stays():
    long = replace(ODD, body="x" * 300_000, author=tuple(Name(literal=f"Group {n}") for n in range(400)))
    form = form_of(long)
    assert "body" not in form.values
    assert form.people is None
    assert changes(long, read(form.with_values(title="T"), long).record) == {"title": "T"}


@pytest.mark.parametrize("kind", [kind for kind in BY_NAME if kind != "cited"])
@pytest.mark.parametrize("record", WORKS.values(), ids=WORKS)
def test_a_kind_that_is_chosen_is_the_kind_that_is_saved(record, kind):
    made = read(form_of(record).with_kind(kind), record).record
    assert kind_of(made).name == kind
    assert set(changes(record, made)) <= {"type", "genre"}


ROWS = {
    "a person": (Person("Roe", "Ann"), [ROE]),
    "a particle": (Person("van der Berg", "Jan"), [Name(family="Berg", given="Jan", particle="van der")]),
    "a suffix": (Person("Lott", "Joe, II"), [Name(family="Lott", given="Joe", suffix="II")]),
    "a group": (Person("Learning Forward", ""), [Name(literal="Learning Forward")]),
    "a group with a comma": (Person("Westat, Inc.", ""), [Name(literal="Westat, Inc.")]),
    "turned round": (Person("Roe, Ann", ""), [ROE]),
    "several": (Person("Roe, Ann; Learning Group;", " "), [ROE, Name(literal="Learning Group")]),
    "spaces": (Person("  Roe ", "\tAnn\n"), [ROE]),
}


@pytest.mark.parametrize(("row", "names"), ROWS.values(), ids=ROWS)
def test_a_row_is_a_name(row, names):
    assert names_in(row) == names


def test_rows_keep_their_order_and_their_roles():
    form = Form(
        people=(
            Person("B", "b", "editor"),
            Person("Z", "z"),
            Person("", ""),
            Person("A", "a"),
            Person("C", "c", "editor"),
        )
    )
    record = read(form).record
    assert [name.family for name in record.author] == ["Z", "A"]
    assert [name.family for name in record.editor] == ["B", "C"]


DATES = {
    "2020": "2020", "2020-08": "2020-08", "2020-8-5": "2020-08-05", "Aug 2019": "2019-08", "2018-Mar-00": "2018-03",
    "Spring 2018": "2018-21", "Winter 1999-2000": "1999-24/2000-24", "Win 1999-00": "1999-24/2000-24",
    "2010-01/2010-02": "2010-01/2010-02", "25 February 2016": "2016-02-25", "February 25th, 2016": "2016-02-25",
    "2020-02-29": "2020-02-29",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "date"), DATES.items())
def test_a_date_has_three_shapes_and_those_of_sources(typed, date):
    back = read(Form(values={"issued": typed}))
    assert (str(back.record.issued), back.errors) == (date, {})


IMPOSSIBLE = {
    "2020-02-30": "Did you mean 2020-02?",
    "2019-02-29": "There is no 29 February 2019. Did you mean 2019-02?",
    "2020-13": "Did you mean 2020?",
    "31 June 2001": "Did you mean 2001-06?",
    "2020-08-25 and more": "Did you mean 2020-08?",
    "2020, 2021": "Did you mean 2020?",
    "2010-03/2010-02": "ends before it begins",
    "soon": "2020, 2020-08 or 2020-08-25",
    "12020": "2020, 2020-08 or 2020-08-25",
}


@pytest.mark.parametrize(("typed", "said"), IMPOSSIBLE.items())
def test_an_impossible_date_is_told_with_the_fix(typed, said):
    form = Form(values={"title": "T", "issued": typed})
    [flaw] = [flaw for flaw in flaws(form) if flaw.field == "issued"]
    assert said in flaw.text
    assert flaw.blocks


WRONG = {
    "pages backwards": ({"page": "384-365"}, "page", "comes before the first. Did you mean 365–384?", "365-384"),
    "one range of two": ({"page": "1-9, 40-30"}, "page", "Did you mean 1–9, 30–40?", "1-9, 30-40"),
    "an ISBN": ({"isbn": "9780203774978"}, "isbn", "Did you mean 9780203774977?", "9780203774977"),
    "an old ISBN": ({"isbn": "0-306-40615-3"}, "isbn", "Did you mean 0-306-40615-2?", "0-306-40615-2"),
    "an ISBN too short": ({"isbn": "978020377497"}, "isbn", "An ISBN has 10 or 13 digits; 978020377497 has 12.", ""),
    "an ISSN": ({"issn": "1389-2844"}, "issn", "Did you mean 1389-2843?", "1389-2843"),
    "an electronic ISSN": ({"eissn": "1573-1811"}, "eissn", "Did you mean 1573-1812?", "1573-1812"),
    "a DOI": ({"doi": "see 10.1007/x"}, "doi", "Did you mean 10.1007/x?", "10.1007/x"),
    "no DOI": ({"doi": "hello"}, "doi", "It begins with 10.", ""),
    "an ORCID": ({"identifiers": "orcid: 0000-0002-1825-0098"}, "identifiers", "Did you mean 0000-0002-1825-0097?", ""),
    "an identifier of nothing": ({"identifiers": "12345"}, "identifiers", "as in orcid:", ""),
    "a bare address": ({"url": "www.example.org/x"}, "url", "Did you mean https://www.example.org/x?", "https://www.example.org/x"),
    "another scheme": ({"url": "javascript:alert(1)"}, "url", "https:// or http://", ""),
    "a number": ({"number_of_pages": "many"}, "number_of_pages", "Number of pages: write a number, as in 24.", ""),
    "a citation key": ({"citation_key": "a b{"}, "citation_key", "another citation key", ""),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "field", "said", "instead"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_the_fix(typed, field, said, instead):
    form = Form(values={"title": "T", **typed})
    [flaw] = [flaw for flaw in flaws(form) if flaw.field == field and not flaw.missing]
    assert said in flaw.text
    assert (flaw.blocks, flaw.instead) == (True, instead)
    if instead:
        mended = flaws(form.with_values(**{field: instead}))
        assert not [flaw for flaw in mended if flaw.field == field and flaw.blocks]


def test_what_a_record_had_already_is_in_nobodys_way():
    had = Record(title="T", page="384-365", isbn=("9780203774978",), doi="hello", url="www.example.org")
    told = flaws(form_of(had).with_values(title="Another"), had)
    assert not [flaw for flaw in told if flaw.blocks]
    assert {flaw.field for flaw in told} >= {"page", "isbn", "doi", "url"}
    [flaw] = [flaw for flaw in flaws(form_of(had).with_values(page="400-365"), had) if flaw.blocks]
    assert flaw.field == "page"


def test_what_a_citation_needs_is_told_and_does_not_block():
    told = {flaw.field: flaw for flaw in flaws(Form(kind="chapter", values={"title": "T"})) if flaw.missing}
    assert {"author", "container_title", "publisher", "issued", "page"} == set(told)
    assert told["container_title"].text.startswith("Book title: not given. ")
    assert [flaw.field for flaw in told.values() if flaw.soft] == ["page"]
    assert not any(flaw.blocks for flaw in told.values())


def test_an_empty_form_is_not_saved():
    assert [flaw.field for flaw in flaws(form_of(Record())) if flaw.blocks] == ["title"]
    assert [flaw for flaw in flaws(form_of(Record()).with_values(doi="10.1007/x")) if flaw.blocks] == []


def test_right_check_digits_are_told():
    told = good(Form(values={"isbn": "9780203774977; 0-306-40615-2", "issn": "1389-2843", "eissn": "1573-1811"}))
    assert told == {"isbn": "The check digits are right", "issn": "The check digit is right"}


WORDS = Thesaurus((Entry("Communities of Practice", used_for=("Learning Communities",)), Entry("Learning")))


def test_descriptors_are_compared_with_the_thesaurus():
    told = flaws(Form(values={"title": "T", "descriptors": "Learning; Learning Communities\nLerning"}), None, WORDS)
    said = [flaw.text for flaw in told if flaw.field == "descriptors"]
    assert said == [
        "Learning Communities is called Communities of Practice in the thesaurus.",
        "Lerning is not in the thesaurus. Keep it as a keyword?",
    ]


@given(
    st.dictionaries(st.sampled_from(EDITABLE), st.text(max_size=30)),
    st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9), st.sampled_from(PEOPLE))),
)
def test_whatever_is_typed_is_read_or_told(values, people):
    """And what is read shows again as something that is read as the same."""
    form = Form(values=values, people=tuple(Person(*row) for row in people))
    back = read(form)
    assert set(back.errors) <= set(values)
    flaws(form, None, WORDS)
    assert read(form_of(back.record), back.record).record == back.record


WORDS_OF_A_KIND = {
    "chapter": ("Add it as the work names it", "Add the title of the book that it is part of"),
    "thesis": ("Add the university that accepted it", ""),
    "report": ("Add the institution that published it", ""),
    "article-journal": ("", "Add the journal it appeared in"),
}


@pytest.mark.parametrize("kind", WORDS_OF_A_KIND)
def test_what_is_missing_is_asked_for_in_the_words_of_its_kind(kind):
    told = {flaw.field: flaw.text for flaw in flaws(form_of(Record(title="X")).with_kind(kind)) if flaw.missing}
    for field, said in zip(("publisher", "container_title"), WORDS_OF_A_KIND[kind], strict=True):
        assert said in told.get(field, "")
    assert "thesis" not in " ".join(told.values()).replace("Kind of thesis", "")


def test_no_sentence_of_the_form_says_a_name_that_only_programs_know():
    wrong = Record(
        type="book", title="LOUD TITLE", isbn=("9780306406158",), issn=("1234-5678",), doi="x", page="9-3",
        url="www.x.y", citation_key="a b", author=(Name(family="ROE"),),
    )  # fmt: skip
    told = [flaw.text for kind in BY_NAME for flaw in flaws(form_of(wrong).with_kind(kind), Record())]
    hints = [field.hint for kind in BY_NAME for section in sections(kind) for field in section.fields]
    assert not [text for text in (*told, *hints) if re.search(r"[a-z]_[a-z]|-(printed|wrong|form|raw)", text)]
