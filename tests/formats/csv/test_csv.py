"""Tables of references: vendors' columns, ways of parting names, damaged rows, formulas, and our own table."""

import csv as stdlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats.csv import table as csv
from litbase.formats.csv.cells import subjects
from litbase.formats.csv.headers import COLUMNS
from litbase.formats.csv.own import guarded, unguarded
from litbase.formats.csv.people import people, separator_of
from litbase.formats.plain import address
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record, clean_record, replace
from litbase.record.text import clean, squash
from tests.amount import amount
from tests.formats.vendor_tables import VENDORS, table
from tests.strategies import names, texts, tidy_records


def read(text: str | bytes) -> list[Record]:
    """The records of a table that is claimed and holds no bad row."""
    document = Document("t.csv", text) if isinstance(text, bytes) else Document.from_text(text)
    assert csv.sniff(document) >= 50
    found = list(csv.read(document))
    assert all(isinstance(item, Reading) for item in found), found
    return [item.record for item in found]


def shown(record: Record, fields: str) -> dict[str, object]:
    """Some fields of *record* as plain texts."""
    values = {name: getattr(record, name) for name in fields.split()}
    for name, value in values.items():
        if name in ("author", "editor"):
            values[name] = "; ".join(map(str, value))
        elif isinstance(value, tuple):
            values[name] = list(value)
    return {**values, "issued": str(record.issued or "")} if "issued" in values else values


@pytest.mark.parametrize(("text", "expected"), VENDORS.values(), ids=VENDORS)
def test_a_vendors_columns_are_understood(text, expected):
    [record] = read(text)
    assert shown(record, " ".join(expected)) == expected


def test_embase_may_give_a_line_for_each_field():
    text = (
        '"TITLE","First: a title"\n"AUTHOR NAMES","Liu R.","Adler D.G."\n'
        '"SOURCE","Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"\n"MEDLINE PMID","123"\n\n'
        '"TITLE","Second"\n"AUTHOR NAMES","Roe A."\n"SOURCE TITLE","Cancer"\n"PUBLICATION YEAR","2004"\n'
    )
    first, second = read(text)
    assert shown(first, "title author page issued") == {
        "title": "First: a title",
        "author": "Liu, R.; Adler, D.G.",
        "page": "253-258",
        "issued": "2004-08-25",
    }
    assert shown(second, "author container_title issued") == {
        "author": "Roe, A.",
        "container_title": "Cancer",
        "issued": "2004",
    }


def test_columns_without_a_field_and_second_ones_are_kept():
    [record] = read(
        table(
            ["Title", "Authors", "Author full names", "Year", "EID", "Cited by"],
            ["T", "Doe J.", "Doe, Jane", "2001", "2-s2", "7"],
        )
    )
    assert set(record.extra) == {("csv:Authors", "Doe J."), ("csv:EID", "2-s2"), ("csv:Cited by", "7")}


PEOPLE = {
    "semicolons": ("Mehta, Jal; Peterson, Amelia", ["Mehta, Jal", "Peterson, Amelia"]),
    "initials behind": ("Smith J, Doe A.B., van der Berg DG", ["Smith, J", "Doe, A.B.", "van der Berg, DG"]),
    "PubMed's full stop": ("Smith J, Doe AB.", ["Smith, J", "Doe, AB"]),
    "EndNote's slashes": ("Smith, J.//Doe, Ann", ["Smith, J.", "Doe, Ann"]),
    "initials before": ("AG Meyer, J. Smith", ["Meyer, AG", "Smith, J."]),
    "spoken": ("Wei Wu, Qiao Qiao, Guodong Li", ["Wu, Wei", "Qiao, Qiao", "Li, Guodong"]),
    "and": ("Jal Mehta and Amelia Peterson", ["Mehta, Jal", "Peterson, Amelia"]),
    "ampersand in APA": ("Mehta, J., Peterson, A., & Biag, M. B.", ["Mehta, J.", "Peterson, A.", "Biag, M. B."]),
    "pairs": ("Smith, John, Doe, Jane", ["Smith, John", "Doe, Jane"]),
    "one": ("García Márquez, Gabriel", ["García Márquez, Gabriel"]),
    "suffixes": ("Lott, Joe, II; Hall HK Jr", ["Lott, Joe, II", "Hall, HK, Jr"]),
    "capital particle": ("Andrea De Lucia", ["De Lucia, Andrea"]),
    "a firm": ("Smith and Sons & Co.", ["Smith and Sons & Co."]),
    "a department": ("Department of Health and Human Services", ["Department of Health and Human Services"]),
    "lines": ("Doe, Jane\nRoe, Ann", ["Doe, Jane", "Roe, Ann"]),
    "bars": ("Jane Doe|Ann Roe", ["Doe, Jane", "Roe, Ann"]),
    "scopus ids": ("Anderson, Ronald C. (572); Mansi, Sattar A. (1, 2)", ["Anderson, Ronald C.", "Mansi, Sattar A."]),
    "chinese": ("山田太郎; 李 明", ["山田太郎", "李 明"]),
    "a list of Python": ("['O'Brien, Pat', \"Doe, J\"]", ["O'Brien, Pat", "Doe, J"]),
    "nothing": (" ; ", []),
}


@pytest.mark.parametrize(("cell", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_names_are_parted(cell, expected):
    found = people(cell, separator_of([cell]))
    assert ([str(name) for name in found.names], found.others) == (expected, False)


@pytest.mark.parametrize(
    "cell", ["Janom N, Bakar NHA, et al.", "Janom, N; Bakar, NHA; others", "Janom, N and Bakar, NHA and others"]
)
def test_further_authors_are_noted(cell):
    found = people(cell, separator_of([cell]))
    assert ([str(name) for name in found.names], found.others) == (["Janom, N", "Bakar, NHA"], True)


def test_a_column_says_how_its_names_are_parted():
    rows = table(
        ["Title", "Authors", "Year"], ["A", "García Márquez, Gabriel José", "1"], ["B", "Doe, Jane; Roe, A", "2"]
    )
    assert [str(name) for name in read(rows)[0].author] == ["García Márquez, Gabriel José"]
    alone = table(
        ["Title", "Authors", "Year"], ["A", "García Márquez, Gabriel José", "1"], ["B", "Jane Doe, Ann Roe", "2"]
    )
    assert len(read(alone)[0].author) == 2  # with commas only, two names of two words are two people


def test_names_may_have_a_column_each():
    text = table(["Title", "Author 1", "Author 2", "Author 3", "Year"], ["T", "Doe, Jane", "Ann Roe", "", "2001"])
    assert [str(name) for name in read(text)[0].author] == ["Doe, Jane", "Roe, Ann"]
    twice = table(["Title", "Author", "Author", "Year"], ["T", "Doe, Jane", "Roe, Ann", "2001"])
    assert [str(name) for name in read(twice)[0].author] == ["Doe, Jane", "Roe, Ann"]


def test_subjects_are_parted():
    assert subjects("Reading, Writing; Rural") == ["Reading, Writing", "Rural"]
    assert subjects('["a", "b, c"]') == ["a", "b, c"]
    assert subjects("article, cyst (diagnosis, surgery), human") == ["article", "cyst (diagnosis, surgery)", "human"]


ONE = ["Title", "Authors", "Year", "Journal"], ["Ein „Titel“", "Özgür, Ayşe; Müller, J", "2001", "J"]
ENCODED = {
    "utf-8": table(*ONE).encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + table(*ONE).encode(),
    "utf-16": b"\xff\xfe" + table(*ONE).encode("utf-16-le"),
    "lines": table(*ONE).replace("\r\n", "\n").encode(),
    "old Macintosh": table(*ONE).replace("\r\n", "\r").encode(),
    "semicolons": table(*ONE, delimiter=";").encode(),
    "tabs": table(*ONE, delimiter="\t").encode(),
    "bars": table(*ONE, delimiter="|").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_the_same_table_in_every_encoding_and_with_every_delimiter(data):
    [record] = read(data)
    assert shown(record, "title author issued container_title") == {
        "title": "Ein „Titel“",
        "author": "Özgür, Ayşe; Müller, J",
        "issued": "2001",
        "container_title": "J",
    }


def test_windows_1252_is_guessed():
    [record] = read(table(["Title", "Authors", "Year"], ["Über Änderungen", "Müller, Jörg", "2001"]).encode("cp1252"))
    assert (record.title, str(record.author[0])) == ("Über Änderungen", "Müller, Jörg")


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters():
    text = 'Title,Abstract,Year\n"A ""quoted"", title","One\n\ntwo, three",2001\n "B" ,"x \\"y\\" z",2002\n'
    first, second = read(text)
    assert (first.title, first.abstract, second.title, second.abstract) == (
        'A "quoted", title',
        "One\n\ntwo, three",
        "B",
        'x "y" z',
    )
    assert [item.line for item in csv.read(Document.from_text(text))] == [2, 5]


def test_rows_of_another_width_are_reported_with_their_line():
    text = (
        'Title,Authors,Year\nGood,"Doe, J",2001\nToo,many,cells,2004\nFew\nTrailing,"Roe, R",2002,,\n'
        '"Open, title,"Roe, R",2003\nEnd,"Poe, E",2005\n'
    )
    found = list(csv.read(Document.from_text(text)))
    assert [(item.line, type(item).__name__) for item in found] == [
        (2, "Reading"),
        (3, "Refusal"),
        (4, "Reading"),
        (5, "Reading"),
        (6, "Refusal"),
        (7, "Reading"),
    ]
    assert dict(found[1].notice.params) == {"expected": "3 cells", "found": "4"}
    assert [n.code for n in found[2].notices] == ["malformed"]
    assert (found[3].notices, found[5].record.title) == ((), "End")


def test_a_quote_that_is_never_closed_ends_with_its_line():
    found = list(csv.read(Document.from_text('Title,Authors,Year\n"Open,Doe J,2001\nNext,Roe R,2002\n')))
    assert [item.record.title for item in found if isinstance(item, Reading)] == ['"Open', "Next"]


NO_TABLES = {
    "prose": "Title, author and year of the book\nare given here, in that order.\n",
    "one column": "Title\nA\nB\n",
    "other columns": "name,year,price\nx,2001,5\n",
    "survey": "id,sex,title,age\n1,f,Dr,33\n",
    "BibTeX": "@article{title, author, year,\n}",
    "JSON": '["Title","Authors","Year"]',
    "XML": "<Title>,Authors,Year",
    "RIS": "TY  - JOUR\nTI  - Title, Authors, Year\nER  - \n",
    "empty": "",
}


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_of_references_is_not_claimed(text):
    assert csv.sniff(Document.from_text(text)) == 0
    [refused] = csv.read(Document.from_text(text))
    assert isinstance(refused, Refusal)


FORMULAS = ["=HYPERLINK(1)", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "＝1", "'=x", "''+x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_with_a_formula_and_yet_it_comes_back(text):
    record = Record(type="book", title=text, publisher=text, author=(Name(literal=text),), keywords=(text,))
    written = "".join(csv.dump([record]))
    for row in stdlib.reader(io.StringIO(written.removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r")]
    [back] = read(written)
    assert (back.title, back.publisher, back.author, back.keywords) == (text, text, (Name(literal=text),), (text,))


@settings(max_examples=amount(40, 100))
@given(st.one_of(texts(20), st.text(alphabet="'=+-@\t\rx", max_size=6)))
def test_guarding_is_undone_exactly(cell):
    assert unguarded(guarded(cell)) == cell


@settings(max_examples=amount(40, 100))
@given(st.lists(names(), max_size=3).map(tuple))
def test_names_come_back_from_our_table(people):
    assert read("".join(csv.dump([Record(title="T", author=people)])))[0].author == people


SAME = tuple(field for _, field in COLUMNS if field not in ("id", "type", "url", "full_text_url"))


def stated(record: Record) -> dict[str, object]:
    """The fields of our columns, texts on one line but for those that keep their paragraphs."""
    values = {name: getattr(record, name) for name in (*SAME, "others")}
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = clean(value).strip() if name in ("abstract", "note") else squash(value)
        elif isinstance(value, tuple) and name not in ("author", "editor", "translator", "identifiers"):
            values[name] = tuple(filter(None, (squash(part) for part in value)))
    values["identifiers"] = tuple((scheme, squash(number)) for scheme, number in record.identifiers if squash(number))
    return values


@settings(max_examples=amount(40, 100))
@given(st.lists(tidy_records(), min_size=1, max_size=3))
def test_records_come_back_from_our_table(records):
    records = [
        replace(clean_record(record)[0], citation_key=f"k{n}", title=record.title or "T")
        for n, record in enumerate(records)
    ]
    for record, back in zip(records, read("".join(csv.dump(records))), strict=True):
        assert stated(back) == stated(record)
        assert back.url == address(record.url)
        assert back.type == ("document" if record.type == "cited" else record.type)


def test_our_table_names_the_record_and_is_a_table_for_others():
    written = "".join(
        csv.dump([Record(id="mehta-2019", title="T", author=(Name(family="Mehta", given="Jal"),), others=True)])
    )
    assert written.startswith("\ufeffid,citation-key,type,")
    assert written.count("\r\n") == 2
    [reading] = csv.read(Document.from_text(written))
    assert reading.key == "id:mehta-2019"
    [row] = stdlib.DictReader(io.StringIO(written.removeprefix("\ufeff")))
    assert (row["author"], row["title"]) == ("Mehta, Jal; et al.", "T")


def test_our_table_is_read_after_columns_were_taken_out():
    rows = [
        row[1:8]
        for row in stdlib.reader(
            io.StringIO(
                "".join(
                    csv.dump(
                        [
                            Record(
                                type="book",
                                title="T",
                                citation_key="k",
                                author=(Name(family="A", given="B"), Name(literal="OECD")),
                            )
                        ]
                    )
                ).removeprefix("\ufeff")
            )
        )
    ]
    [record] = read(table(*rows))
    assert shown(record, "type citation_key title author") == {
        "type": "book",
        "citation_key": "k",
        "title": "T",
        "author": "A, B; OECD",
    }


def test_a_key_given_twice_is_made_unique():
    found = list(csv.read(Document.from_text("Citation Key,Title,Author\nk,A,Doe\nk,B,Roe\n")))
    assert [item.record.citation_key for item in found] == ["k", "ka"]
