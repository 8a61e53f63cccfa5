"""Reading RIS: what its programs and vendors make of each tag, and what real files do to its lines."""

import pytest

from litbase.formats.tags import ris
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record

WHOLE = "TY  - JOUR\nAU  - Lind, Ada\nTI  - Rain and School\nPY  - 2019\nER  - \n"


def readings(text: str | bytes) -> list[Reading | Refusal]:
    data = text.encode() if isinstance(text, str) else text
    return list(ris.read(Document("x.ris", data)))


def read(*lines: str, type_: str = "JOUR") -> Reading:
    [reading] = readings("\n".join((f"TY  - {type_}", *lines, "ER  - ", "")))
    return reading


def record(*lines: str, type_: str = "JOUR") -> Record:
    return read(*lines, type_=type_).record


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


DAMAGED = {
    "as it should be": WHOLE,
    "byte order mark": "\ufeff" + WHOLE,
    "one blank for two": WHOLE.replace("  -", " -"),
    "no blank behind the hyphen": WHOLE.replace("TI  - ", "TI  -").replace("PY  - ", "PY  -"),
    "tabs": WHOLE.replace("  - ", "\t-\t"),
    "small letters": WHOLE.replace("TY", "ty").replace("AU", "au").replace("TI", "ti").replace("ER", "er"),
    "a leading number": "1.\n" + WHOLE,
    "a number before the type": "1. " + WHOLE,
    "blank lines between the fields": WHOLE.replace("\n", "\n\n"),
    "blanks before the tags": "\n".join("  " + line for line in WHOLE.splitlines()),
    "blanks behind the values": WHOLE.replace("\n", "   \n"),
    "carriage returns": WHOLE.replace("\n", "\r\n"),
    "carriage returns alone": WHOLE.replace("\n", "\r"),
    "no end": WHOLE.replace("ER  - \n", ""),
    "an end with words": WHOLE.replace("ER  - ", "ER  - end of record 1"),
    "a wrapped title": WHOLE.replace("Rain and School", "Rain\n      and School"),
    "a program's greeting": "Provider: A Library\nDatabase: All\nContent: text/plain; charset=\"UTF-8\"\n\n" + WHOLE,
    "a line of types": "TY  - BOOK\n" + WHOLE,
}  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_record_is_read_whatever_happened_to_its_lines(text):
    [reading] = readings(text)
    found = reading.record
    assert (found.type, found.title, found.year) == ("article-journal", "Rain and School", 2019)
    assert found.author == (Name(family="Lind", given="Ada"),)


ENCODINGS = {
    "utf-8": WHOLE.replace("Lind", "Lindström").encode(),
    "utf-8 with mark": WHOLE.replace("Lind", "Lindström").encode("utf-8-sig"),
    "utf-16 with mark": ("\ufeff" + WHOLE.replace("Lind", "Lindström")).encode("utf-16-le"),
    "windows": WHOLE.replace("Lind", "Lindström").encode("cp1252"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_every_encoding_gives_the_same_record(data):
    [reading] = readings(data)
    assert reading.record.author == (Name(family="Lindström", given="Ada"),)
    assert ris.sniff(Document("x.ris", data)) >= 90


def test_all_that_can_go_wrong_at_once():
    text = (
        "\ufeff1. TY - JOUR\nTI - Weather of the Mind\nTI - A Field Study\nAB - Children were\n   asked.\n"
        "DA - 2019/08//\nPY - 2019/08//\n2. TY - BOOK\nTI - The Second\nPY - 2001\n"
    )
    first, second = readings(text)
    assert first.record.title == "Weather of the Mind: A Field Study"
    assert first.record.abstract == "Children were asked."
    assert first.record.issued == PartialDate(year=2019, month=8)
    assert codes(first) == ["record-unclosed", "subtitle-joined"]
    assert (second.record.type, second.record.title, second.line) == ("book", "The Second", 8)


def test_what_nobody_understands_is_left_over_with_its_line():
    text = "Dear colleague,\n" + WHOLE + "\nsee you soon\n\n" + WHOLE.replace("Rain", "Snow") + "\nbye\n"
    first, second = readings(text)
    assert [(leftover.line, leftover.text) for leftover in first.leftovers] == [
        (1, "Dear colleague,"), (8, "see you soon"),
    ]  # fmt: skip
    assert [(leftover.line, leftover.text) for leftover in second.leftovers] == [(16, "bye")]


@pytest.mark.parametrize("text", ["", "\n\n", "Dear colleague,\nthere is nothing here.\n", "ER  - \nER  - \n"])
def test_a_file_without_a_record_is_refused(text):
    [refusal] = readings(text)
    assert isinstance(refusal, Refusal)
    assert refusal.notice.code == "no-record"


@pytest.mark.parametrize(
    "text", ["@article{a, title={TY  - JOUR}}", "PMID- 1\nTI  - A\nAB  - TY  - x", "TYPE - JOUR\n", "%0 Book\n", "{}"]
)
def test_what_is_no_ris_is_not_taken_for_it(text):
    assert ris.sniff(Document.from_text(text)) < 50


def test_tags_inside_prose_end_nothing():
    found = record("AB  - We write", "ER  -positive and TY pes of words", "T2  - J", "TI  - T")
    assert found.container_title == "J"
    assert "positive" in found.abstract


TYPES = {
    "JOUR": ("article-journal", ""), "EJOUR": ("article-journal", ""), "MGZN": ("article-journal", "Magazine article"),
    "JFULL": ("book", "Periodical"), "ABST": ("article-journal", "Abstract"), "NEWS": ("article-newspaper", ""),
    "BOOK": ("book", ""), "EBOOK": ("book", ""), "EDBOOK": ("book", ""), "CHAP": ("chapter", ""),
    "ECHAP": ("chapter", ""), "CONF": ("paper-conference", ""), "CPAPER": ("paper-conference", ""),
    "THES": ("thesis", ""), "RPRT": ("report", ""), "ELEC": ("webpage", ""), "DATA": ("dataset", ""),
    "COMP": ("software", ""), "VIDEO": ("motion_picture", ""), "STAT": ("legislation", "Statute"),
    "PAT": ("document", "Patent"), "UNPB": ("document", "Unpublished work"), "GEN": ("document", ""),
    "Journal Article": ("article-journal", ""), "THESIS": ("thesis", ""), "jour": ("article-journal", ""),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "expected"), TYPES.items())
def test_every_type_has_a_kind(type_, expected):
    found = record("TI  - T", type_=type_)
    assert (found.type, found.genre) == expected


def test_a_type_of_its_own_is_said_and_kept():
    reading = read("TI  - T", type_="ZINE")
    assert (reading.record.type, dict(reading.record.extra)["ris:TY"]) == ("document", "ZINE")
    assert codes(reading) == ["type-unknown"]


def name(family: str, given: str = "", **parts: str) -> Name:
    return Name(family=family, given=given, **parts)


# type, lines, fields
FIELDS = {
    "authors in the order of the file": ("JOUR", ["A1  - A, B", "AU  - C, D"],
        {"author": (name("A", "B"), name("C", "D"))}),
    "a suffix": ("JOUR", ["AU  - de la Cruz, Juan, Jr."],
        {"author": (name("Cruz", "Juan", particle="de la", suffix="Jr."),)}),
    "a group": ("JOUR", ["AU  - World Weather Organization"],
        {"author": (Name(literal="World Weather Organization"),)}),
    "a name in another script": ("JOUR", ["AU  - 山田太郎"], {"author": (Name(literal="山田太郎"),)}),
    "authors on one line": ("JOUR", ["AU  - A, B; C, D"], {"author": (name("A", "B"), name("C", "D"))}),
    "and others": ("JOUR", ["AU  - A, B", "AU  - et al."], {"author": (name("A", "B"),), "others": True}),
    "a book's editors": ("BOOK", ["A2  - A, B", "ED  - C, D"], {"editor": (name("C", "D"), name("A", "B"))}),
    "an edited book": ("EDBOOK", ["AU  - A, B"], {"author": (), "editor": (name("A", "B"),)}),
    "a series editor is none": ("BOOK", ["A2  - S, T", "A3  - A, B"], {"editor": (name("A", "B"),)}),
    "a translator": ("BOOK", ["A4  - A, B"], {"translator": (name("A", "B"),)}),
    "a journal in full before its short name": ("JOUR", ["JO  - J. W.", "T2  - Journal of Weather"],
        {"container_title": "Journal of Weather"}),
    "JF": ("JOUR", ["JF  - Journal of Weather", "JA  - J Weath"], {"container_title": "Journal of Weather"}),
    "a short name alone": ("JOUR", ["J2  - J. W."], {"container_title": "J. W."}),
    "a chapter's book": ("CHAP", ["T2  - The Book", "BT  - The Book", "T3  - Series"],
        {"container_title": "The Book", "collection_title": "Series"}),
    "a book's series": ("BOOK", ["T2  - Series in Weather"],
        {"collection_title": "Series in Weather", "container_title": ""}),
    "a book titled by BT": ("BOOK", ["BT  - The Book"], {"title": "The Book"}),
    "a conference and its proceedings": ("CONF", ["T2  - Weather Days", "C3  - Proceedings of WD", "C1  - Oslo"],
        {"container_title": "Proceedings of WD", "event_title": "Weather Days", "event_place": "Oslo"}),
    "proceedings alone": ("CONF", ["T2  - Proceedings of WD"],
        {"container_title": "Proceedings of WD", "event_title": ""}),
    "a symposium": ("CONF", ["T2  - Weather Days", "M3  - Symposium"],
        {"event_title": "Weather Days", "genre": "Symposium", "container_title": ""}),
    "proceedings as a book": ("CONF", ["M3  - Proceedings"], {"type": "book", "genre": "Proceedings"}),
    "a doctor's thesis": ("THES", ["M3  - Ph.D.", "PB  - University of Oslo"],
        {"genre": "Doctoral dissertation", "publisher": "University of Oslo"}),
    "day, month, year": ("JOUR", ["DA  - 2016/02/25/"], {"issued": PartialDate(year=2016, month=2, day=25)}),
    "the older form": ("JOUR", ["Y1  - 2016/02//"], {"issued": PartialDate(year=2016, month=2)}),
    "a season": ("JOUR", ["PY  - 2018", "DA  - 2018///Spring"], {"issued": PartialDate(year=2018, month=21)}),
    "months in words": ("JOUR", ["PY  - 2010", "DA  - Jan-Feb 2010"],
        {"issued": PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2))}),
    "the year comes from PY": ("JOUR", ["DA  - 2020/05/01/", "PY  - 2019"], {"issued": PartialDate(year=2019)}),
    "no date": ("JOUR", ["PY  - n.d."], {"issued": None}),
    "read on": ("ELEC", ["Y2  - 2020/05/04/"], {"accessed": PartialDate(year=2020, month=5, day=4)}),
    "first and last page": ("JOUR", ["SP  - 365", "EP  - 384"], {"page": "365-384"}),
    "a range in SP": ("JOUR", ["SP  - 365-384"], {"page": "365-384"}),
    "the same page twice": ("JOUR", ["SP  - 7", "EP  - 7"], {"page": "7"}),
    "how many pages": ("BOOK", ["SP  - 320"], {"page": "", "number_of_pages": 320}),
    "an article number": ("JOUR", ["C7  - e12"], {"number": "e12"}),
    "a report's number": ("RPRT", ["SN  - TR-12"], {"number": "TR-12"}),
    "an issue in M1": ("JOUR", ["M1  - 4"], {"issue": "4"}),
    "two ISSNs on a line": ("JOUR", ["SN  - 1999-7777 (Electronic) 0222-6666 (Print)"],
        {"eissn": ("1999-7777",), "issn": ("0222-6666",)}),
    "one number a line": ("JOUR", ["SN  - 1999-7777", "SN  - 02226666"], {"issn": ("1999-7777", "02226666")}),
    "electronic and printed": ("JOUR", ["SN  - 1999-7777(Electronic),0222-6666(Print)"],
        {"eissn": ("1999-7777",), "issn": ("0222-6666",)}),
    "a labelled ISBN": ("BOOK", ["SN  - 9783864903113 (ISBN)"], {"isbn": ("9783864903113",)}),
    "a DOI with its resolver": ("JOUR", ["DO  - https://doi.org/10.1000/xyz"], {"doi": "10.1000/xyz"}),
    "a DOI with a label": ("JOUR", ["N1  - doi: 10.1000/xyz"], {"doi": "10.1000/xyz", "note": ""}),
    "a DOI in M3": ("JOUR", ["M3  - 10.1000/xyz"], {"doi": "10.1000/xyz", "genre": ""}),
    "a DOI among links": ("JOUR", ["UR  - https://x.org/a", "L3  - 10.1000/xyz"],
        {"doi": "10.1000/xyz", "url": "https://x.org/a"}),
    "page and full text": ("JOUR", ["UR  - https://x.org/a", "L1  - https://x.org/a.pdf"],
        {"url": "https://x.org/a", "full_text_url": "https://x.org/a.pdf"}),
    "two links on a line": ("JOUR", ["UR  - https://x.org/a;https://x.org/a.pdf"],
        {"url": "https://x.org/a", "full_text_url": "https://x.org/a.pdf"}),
    "an ERIC number": ("JOUR", ["AN  - EJ1223055", "DB  - ERIC"], {"eric": "EJ1223055"}),
    "a PubMed number": ("JOUR", ["UR  - PM:12345678"], {"identifiers": (("pmid", "12345678"),), "url": ""}),
    "Ovid's PubMed number": ("JOUR", ["U1  - 26957754[pmid]"], {"identifiers": (("pmid", "26957754"),)}),
    "one keyword a line": ("JOUR", ["KW  - a", "KW  - b"], {"keywords": ("a", "b")}),
    "keywords below each other": ("JOUR", ["KW  - a", "b", "c"], {"keywords": ("a", "b", "c")}),
    "keywords with semicolons": ("JOUR", ["KW  - a; b"], {"keywords": ("a", "b")}),
    "a keyword with a comma": ("JOUR", ["KW  - Women, Working"], {"keywords": ("Women, Working",)}),
    "stars mark main subjects": ("JOUR", ["KW  - *Rain", "KW  - Snow/*methods"],
        {"descriptors": ("Rain", "Snow/methods"), "major_descriptors": ("Rain", "Snow/methods")}),
    "the older abstract": ("JOUR", ["N2  - Words."], {"abstract": "Words."}),
    "abstract twice": ("JOUR", ["AB  - Words and more.", "N2  - Words"], {"abstract": "Words and more."}),
    "HTML in a note": ("JOUR", ["N1  - <p>Read &amp; think</p>"], {"note": "Read & think"}),
    "entities": ("JOUR", ["T2  - Research &amp; Practice"], {"container_title": "Research & Practice"}),
    "languages": ("JOUR", ["LA  - English; Spanish"], {"language": ("English", "Spanish")}),
    "a citation key": ("JOUR", ["ID  - lind2019rain"], {"citation_key": "lind2019rain"}),
    "a number is no citation key": ("JOUR", ["ID  - 42"], {"citation_key": "", "extra": (("ris:ID", "42"),)}),
    "an edition": ("BOOK", ["ET  - 2nd"], {"edition": "2nd"}),
    "empty values": ("JOUR", ["VL  - ", "IS  -", "T2  - nan", "PB  -  "],
        {"volume": "", "issue": "", "container_title": ""}),
    "the second field is kept": ("JOUR", ["AD  - Oslo", "C8  - x"], {"extra": (("ris:AD", "Oslo"), ("ris:C8", "x"))}),
    "notes of a session": ("CONF", ["N1  - Bring boots; Session: 4 A; Network: 12"],
        {"note": "Bring boots", "session": "4 A", "network": "12"}),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "lines", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_tag_is_read_as_its_programs_mean_it(type_, lines, expected):
    given = () if any(line[:2] in ("TI", "BT") for line in lines) else ("TI  - T",)
    found = record(*given, *lines, type_=type_)
    assert {field: getattr(found, field) for field in expected} == expected


def test_a_whole_file_of_names_as_they_are_spoken():
    text = (
        "TY  - JOUR\nTI  - A\nAU  - Ada M. Lind\nAU  - Bo Ek\nER  - \n\nTY  - JOUR\nTI  - B\nAU  - Cy de Wit\nER  - \n"
    )
    first, second = (reading.record for reading in readings(text))
    assert first.author == (Name(family="Lind", given="Ada M."), Name(family="Ek", given="Bo"))
    assert second.author == (Name(family="Wit", given="Cy", particle="de"),)


def test_the_key_of_a_reading_is_its_identifier():
    assert read("TI  - T", "DO  - 10.1000/XYZ").key == "doi:10.1000/xyz"
    assert read("TI  - T", "AN  - ED123456", "DO  - 10.1000/xyz").key == "ED123456"
    assert read("TI  - T").key == ""


def test_two_works_with_one_identifier_are_told_apart():
    text = "".join(f"TY  - JOUR\nTI  - {title}\nDO  - 10.1000/x\nER  - \n" for title in ("One", "one.", "Another"))
    assert [reading.key for reading in readings(text)] == ["doi:10.1000/x", "doi:10.1000/x", ""]


def test_two_works_with_one_citation_key_are_told_apart():
    text = "".join(f"TY  - JOUR\nID  - k2019\nTI  - {title}\nER  - \n" for title in ("One", "Two"))
    first, second = readings(text)
    assert (first.record.citation_key, second.record.citation_key) == ("k2019", "")
    assert (codes(first), codes(second)) == ([], ["duplicate-key"])
    assert dict(second.record.extra)["ris:key"] == "k2019"


def test_a_record_without_a_title_is_said():
    assert codes(read("AU  - A, B")) == ["no-title"]
