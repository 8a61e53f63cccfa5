"""Reading BibTeX: the nasty cases by name, and files as people keep them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats.bibtex import read as bibtex
from litbase.formats.bibtex.names import read_names
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from tests.amount import amount


def read(text: str) -> list[Reading | Refusal]:
    return list(bibtex.read(Document.from_text(text)))


def one(text: str) -> Reading:
    [reading] = read(text)
    assert isinstance(reading, Reading), reading
    return reading


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


ENTRY = """\
@article{mehta2019international,
  author = {Mehta, Jal and Peterson, Amelia},
  title = {International Learning Communities: What Can Be Learned across National Boundaries?},
  journal = {Journal of Educational Change},
  volume = 20, number = {3}, pages = {327--350},
  month = aug, year = 2019,
  doi = {10.1007/s10833-019-09348-0},
  issn = {1389-2843},
  keywords = {Educational Change, {Teacher Collaboration, Informal}; Networks},
  note = {ERIC Number: EJ1223055},
}
"""


def test_an_article_is_read_whole():
    reading = one(ENTRY)
    record = reading.record
    assert (reading.line, reading.key, record.citation_key) == (1, "", "mehta2019international")
    assert record.type == "article-journal"
    assert [str(name) for name in record.author] == ["Mehta, Jal", "Peterson, Amelia"]
    assert (record.container_title, record.volume, record.issue, record.page) == (
        "Journal of Educational Change", "20", "3", "327-350",
    )  # fmt: skip
    assert record.issued == PartialDate(year=2019, month=8)
    assert (record.doi, record.issn, record.eric, record.note) == (
        "10.1007/s10833-019-09348-0", ("1389-2843",), "EJ1223055", "",
    )  # fmt: skip
    assert record.keywords == ("Educational Change", "Teacher Collaboration, Informal", "Networks")
    assert (reading.notices, reading.leftovers, record.extra) == ((), (), ())


def test_nasty_14_a_key_used_twice_gives_two_records_and_a_notice():
    first, second, third = read(
        "@article{mehta2019, title={One}}\n@article{Mehta2019, title={Two}}\n@article{mehta2019, title={One}}\n"
    )
    assert [r.record.citation_key for r in (first, second, third)] == ["mehta2019", "Mehta2019a", "mehta2019"]
    assert (codes(second), second.notices[0].line) == (["duplicate-key"], 2)
    assert codes(third) == ["duplicate-entry"]


def test_nasty_15_a_missing_comma_costs_nothing():
    damaged, sound = read("@article{x,\n author = {A. Bee}\n title = {T},\n year = 2001\n}\n@book{y, title={U}}\n")
    assert (str(damaged.record.author[0]), damaged.record.title, damaged.record.year) == ("Bee, A.", "T", 2001)
    assert (codes(damaged), damaged.notices[0].line) == (["field-recovered"], 3)
    assert (sound.record.title, sound.notices) == ("U", ())


@pytest.mark.parametrize(
    ("damaged", "title", "year"),
    [
        ("@article{a, title={Open { brace},\n year={2000}\n}", "Open brace", 2000),
        ("@article{a, title={Open { brace}, year={2000}}", "Open brace", 2000),
        ("@article{a, title={Open { brace}", "Open brace", None),
        ("@article{a, title={Close } brace},\n year={2000}\n}", "Close brace", 2000),
        ("@article{a, title={Never Closed, author={Bee, A.}, year={2000}}", "Never Closed", 2000),
        ("@article{a, author={Bee, Ann, title = {After It}, year={2000}}", "After It", 2000),
        ('@article{a, title="Open,\n year={2000}\n}', '"Open'.strip('"'), 2000),
        ("@article{a, year={2000},\n title={No end of the entry}\n", "No end of the entry", 2000),
    ],
)
def test_nasty_16_an_unbalanced_brace_never_reaches_the_neighbours(damaged, title, year):
    before, hurt, after = read(f"@book{{b, title={{Before}}}}\n{damaged}\n@book{{c, title={{After}}, year=1999}}\n")
    assert (before.record.title, after.record.title, after.record.year) == ("Before", "After", 1999)
    assert (hurt.record.title, hurt.record.year) == (title, year)
    assert "field-recovered" in codes(hurt)


def test_nasty_17_strings_are_joined_with_macros():
    reading = one(
        '@string{jec = "Journal of " # "Ed"}\n'
        '@article{a, title={T}, journal = JEC # { (x)}, month = 1 # "~" # jan, year=2001}'
    )
    assert reading.record.container_title == "Journal of Ed (x)"
    assert reading.record.issued == PartialDate(year=2001, month=1, day=1)


def test_nasty_18_an_undefined_macro_keeps_its_name():
    reading = one("@article{a, title={T}, journal = nosuchmacro}")
    assert reading.record.container_title == "nosuchmacro"
    assert codes(reading) == ["undefined-macro"]


def test_nasty_19_a_keyless_entry_of_an_odd_type():
    reading = one("@web_page{, title={T}}")
    assert (reading.record.type, reading.record.citation_key, reading.record.title) == ("webpage", "", "T")
    assert codes(reading) == ["key-generated"]


@pytest.mark.parametrize(
    "data",
    [
        "utf-8", "utf-8-sig", "utf-16", "cp1252", "crlf", "cr",
    ],
)  # fmt: skip
def test_nasty_22_encodings_and_line_ends_give_the_same_records(data):
    text = "@article{a,\n title = {Über Größe},\n year = 1999\n}\n@book{b, title={Zwei}}\n"
    ends = {"crlf": "\r\n", "cr": "\r"}
    encoded = text.replace("\n", ends.get(data, "\n")).encode("utf-8" if data in ends else data)
    document = Document("x.bib", encoded)
    assert bibtex.sniff(document) == 95
    assert [(r.record.title, r.line) for r in bibtex.read(document)] == [("Über Größe", 1), ("Zwei", 5)]


def test_a_byte_that_cannot_be_decoded_stops_nothing():
    document = Document("x.bib", b"@article{a, title={\x81\xffx}}\n@book{b, title={U}}\n")
    assert [r.record.citation_key for r in bibtex.read(document)] == ["a", "b"]


NAMES = {
    "particles": ("van der Berg, Jan and de la Cruz, Jr., Juan", ["van der Berg, Jan", "de la Cruz, Juan, Jr."]),
    "first von last": ("Jan van der Berg and Ludwig van Beethoven", ["van der Berg, Jan", "van Beethoven, Ludwig"]),
    "group in braces": (r"{Smith and Sons \& Co.}", ["Smith and Sons & Co."]),
    "group without braces": ("World Bank Group", ["World Bank Group"]),
    "one word": ("Madonna and 山田太郎", ["Madonna", "山田太郎"]),
    "accents in braces": (r"{\"O}zg{\"u}r, Ay{\c s}e and {\'E}mile Zola", ["Özgür, Ayşe", "Zola, Émile"]),
    "braced family": ("{Van Dyke}, Dick", ["Van Dyke, Dick"]),
    "family Others in braces": ("{Others}, Ann", ["Others, Ann"]),
    "suffix in ERIC's order": ("Lott, Joe, II", ["Lott, Joe, II"]),
    "suffix on the family": ("King Jr., Martin Luther", ["King, Martin Luther, Jr."]),
    "Spanish double name": ("Garcia de Mora, Ana", ["Garcia de Mora, Ana"]),
    "semicolons": ("Smith, J.; Doe, K.", ["Smith, J.", "Doe, K."]),
    "ties and initials": ("D.~E. Knuth", ["Knuth, D. E."]),
    "AND in capitals": ("A. Bee AND C. Dee", ["Bee, A.", "Dee, C."]),
    "unbalanced": ("{Bee, A. and Dee, C.", ["Bee, A.", "Dee, C."]),
    "empty pieces": (" and Bee, A. and  and ", ["Bee, A."]),
    "small letters": ("danah boyd and hooks, bell", ["boyd, danah", "hooks, bell"]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), NAMES.values(), ids=NAMES)
def test_names_are_people_and_groups(latex, expected):
    assert [str(name) for name in read_names(latex)[0]] == expected


def test_particles_and_suffixes_have_their_own_places():
    [berg, cruz], others = read_names("van der Berg, Jan and de la Cruz, Jr., Juan and others")
    assert berg == Name(family="Berg", given="Jan", particle="van der")
    assert cruz == Name(family="Cruz", given="Juan", particle="de la", suffix="Jr.")
    assert others


@pytest.mark.parametrize(
    "latex",
    [
        "Knuth, Donald E.",
        "Ludwig van Beethoven",
        "van der Berg, Jan",
        "de la Cruz, Jr., Juan",
        "Jean-Paul Sartre",
        "Ann Lee",
    ],
)
def test_names_agree_with_pybtex(latex):
    from pybtex.database import Person

    person = Person(latex)
    [name], _ = read_names(latex)
    assert name.family == " ".join(person.last_names)
    assert name.given == " ".join(person.first_names + person.middle_names)
    assert (name.particle, name.suffix) == (" ".join(person.prelast_names), " ".join(person.lineage_names))


DATES = {
    "macro": ("month = aug, year = 2019", "2019-08"),
    "number": ("month = 8, year = 2019", "2019-08"),
    "day before month": ('month = "25~" # feb, year = 2016', "2016-02-25"),
    "day field": ("day = 25, month = feb, year = 2016", "2016-02-25"),
    "two months": ('month = jan # "--" # feb, year = 2010', "2010-01/2010-02"),
    "slash": ("month = {July/August}, year = 2010", "2010-07/2010-08"),
    "season": ("month = {Spring}, year = 2018", "2018-21"),
    "biblatex": ("date = {2019-08-01}", "2019-08-01"),
    "biblatex interval": ("date = {2010-01/2010-02}, year = 2009", "2010-01/2010-02"),
    "year in brackets": ("year = {[1999]}", "1999"),
    "year in words": ("year = {1987--date}", "1987"),
    "forthcoming": ("year = {forthcoming}", "None"),
}


@pytest.mark.parametrize(("fields", "expected"), DATES.values(), ids=DATES)
def test_dates_are_as_precise_as_the_entry(fields, expected):
    record = one(f"@article{{a, title={{T}}, {fields}}}").record
    assert str(record.issued) == expected
    assert bool([name for name, _ in record.extra]) == (expected in ("None", "1987"))


KINDS = {
    "article": ("article-journal", ""),
    "incollection": ("chapter", ""),
    "inproceedings": ("paper-conference", ""),
    "proceedings": ("book", "Proceedings"),
    "techreport": ("report", ""),
    "phdthesis": ("thesis", "Doctoral dissertation"),
    "mastersthesis": ("thesis", "Master's thesis"),
    "online": ("webpage", ""),
    "dataset": ("dataset", ""),
    "misc": ("document", ""),
    "unpublished": ("document", "Unpublished"),
    "podcast_episode": ("document", "Podcast episode"),
}


@pytest.mark.parametrize(("kind", "expected"), KINDS.items(), ids=KINDS)
def test_entry_types_become_csl_types(kind, expected):
    record = one(f"@{kind}{{a, title={{T}}}}").record
    assert (record.type, record.genre) == expected


def test_crossref_and_xdata_are_inherited_from_anywhere_in_the_file():
    child, lone, parent = read(
        "@inproceedings{c, title={Paper}, crossref={P}, xdata={x}}\n"
        "@inproceedings{l, title={Lone}, crossref={gone}}\n"
        "@xdata{x, publisher={ACM}}\n"
        "@proceedings{p, title={Proc}, subtitle={All of it}, editor={Ed, A}, year=1999, doi={10.1234/p}}\n"
    )
    record = child.record
    assert (record.title, record.container_title, record.publisher, record.year, record.doi) == (
        "Paper", "Proc: All of it", "ACM", 1999, "",
    )  # fmt: skip
    assert [str(name) for name in record.editor] == ["Ed, A"]
    assert codes(lone) == ["crossref-missing"]
    assert parent.record.title == "Proc: All of it"


def test_entries_that_refer_to_each_other_end():
    text = "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}, year=1}"
    assert [reading.record.year for reading in read(text)] == [
        None, None,
    ]  # fmt: skip


def test_comments_preambles_and_free_text_are_no_records():
    text = (
        "Written by me@x.org (in spring) with @todo (more)\n% @misc{hidden, title={H}}\n@comment{jabref-meta: a;}\n"
        '@preamble{"\\def\\x{y}"}\n@book{b, title={B}} % @misc{after, title={H}}\n'
        "  @misc{c, title={C}} @misc{d, title={D}}\n"
    )
    assert [(r.record.citation_key, r.line) for r in read(text)] == [("b", 5), ("c", 6), ("d", 6)]


def test_a_line_of_an_abstract_that_begins_with_an_at_sign_stays_in_it():
    reading = one("@article{a, title={T}, abstract={Java has\n@param(x) and\n@Override{y}\nlines}, year=2001}")
    assert "@param(x) and @Override" in reading.record.abstract
    assert reading.record.year == 2001


def test_parentheses_digits_and_odd_names_of_fields():
    record = one('@book(k, title = "A {"}quoted{"} (one)", Größe = {12 cm}, volume = 7)').record
    assert (record.title, record.volume, record.extra) == ('A "quoted" (one)', "7", (("bibtex:größe", "12 cm"),))


def test_a_field_given_twice_is_kept_twice():
    reading = one("@book{k, title={A}, note={one}, note={two}, year=1999, year=1999}")
    assert (reading.record.note, reading.record.extra) == ("one", (("bibtex:note", "two"),))
    assert codes(reading) == ["duplicate-field"]


def test_what_has_no_field_here_is_kept_under_its_name():
    record = one(
        r"@book{k, title={A}, annote={See \emph{p.} 5}, file={:C\:\\a.pdf:PDF}, organization={O}, publisher={P}}"
    ).record
    assert record.extra == (
        ("bibtex:annote", "See p. 5"), ("bibtex:file", r":C\:\\a.pdf:PDF"), ("bibtex:organization", "O"),
    )  # fmt: skip


def test_addresses_and_identifiers_are_unescaped_only():
    record = one(
        r"@misc{k, title={A}, doi={10.1000/a\_b<1>}, url={\url{https://x.org/a\_b?c=1\&d=50\%25#f{\textasciitilde}g}}, "
        "isbn={978-0-415-83904-4, 041583905X}, eprint={math/0307200}, archiveprefix={arXiv}, urldate={2020-01-02}}"
    ).record
    assert (record.doi, record.url) == ("10.1000/a_b<1>", "https://x.org/a_b?c=1&d=50%25#f~g")
    assert (record.isbn, record.identifiers) == (("978-0-415-83904-4", "041583905X"), (("arxiv", "math/0307200"),))
    assert record.accessed == PartialDate(year=2020, month=1, day=2)


def test_an_eric_number_is_found_in_eprint_and_in_the_note():
    record = one(
        "@techreport{k, title={A}, eprint={ED123456}, eprinttype={eric}, note={Two parts; ERIC Number: ED123456}}"
    ).record
    assert (record.eric, record.note) == ("ED123456", "Two parts")


def test_paragraphs_of_an_abstract_stay_apart():
    assert one("@book{k, title={A}, abstract={One\n line.\n\n Two.}}").record.abstract == "One line.\n\nTwo."


@pytest.mark.parametrize(
    "text",
    ["@misc{, foo}", "@article{onlykey}", "@article{key,}", "@string{broken}\n@misc{ x"],
)
def test_an_entry_without_fields_is_refused_with_its_line(text):
    refusals = [item for item in read("\n" + text) if isinstance(item, Refusal)]
    assert refusals
    assert refusals[0].line == 2
    assert refusals[0].notice.code == "malformed"
    assert dict(refusals[0].notice.params)["expected"]


def test_no_entry_at_all_is_said():
    assert [item.notice.code for item in read("nothing here\n")] == ["no-record"]


def test_a_leftover_line_is_handed_back():
    reading = one("@book{k,\n title={A},\n key words = {x},\n year=1999\n}\n")
    assert reading.record.year == 1999
    assert [(left.line, left.text) for left in reading.leftovers] == [(3, "key words = {x},")]


SNIFFED = {
    "entry": (ENTRY, 95),
    "comment lines first": ("% made by hand\n\n@string{x = {y}}\n", 95),
    "prose first": ("These are my books.\n\n@book{key, title={T}}\n", 85),
    "unknown type": ("@gizmo{a, b={c}}", 80),
    "mail": ("Write to me@example.org (Ann)\n", 0),
    "web page": ("<!doctype html><html><pre>\n@book{key, title={T}}\n</pre></html>", 0),
    "Java": ("@Override\npublic void x() {}\n", 0),
    "nothing": ("", 0),
}


@pytest.mark.parametrize(("text", "score"), SNIFFED.values(), ids=SNIFFED)
def test_bibtex_is_recognised(text, score):
    assert bibtex.sniff(Document.from_text(text)) == score


def test_a_pdf_is_not_bibtex():
    assert bibtex.sniff(Document("x", b"%PDF-1.4\n@book{a, title={b}}")) == 0


@settings(max_examples=amount(60, 150))
@given(st.data())
def test_an_entry_broken_anywhere_leaves_its_neighbours_alone(data):
    place = data.draw(st.integers(len("@article{m"), len(ENTRY) - 2))
    odd = data.draw(st.sampled_from(["{", "}", '"', ",", "=", "#", "%", "\\", "@", "\n"]))
    hurt = ENTRY[:place] + odd + ENTRY[place + data.draw(st.integers(0, 1)) :]
    items = read(f"@book{{before, title={{Before}}}}\n{hurt}\n@book{{after, title={{After}}, year=1999}}\n")
    keys = [item.record.citation_key for item in items if isinstance(item, Reading)]
    assert keys[0] == "before"
    assert keys[-1] == "after"


@settings(max_examples=amount(80, 200))
@given(st.text(alphabet='@ab{}(),="#%\\\n \t1é', max_size=120))
def test_no_text_raises(text):
    for item in read("@a{" + text):
        assert isinstance(item, Reading | Refusal)
        assert item.line >= 1
