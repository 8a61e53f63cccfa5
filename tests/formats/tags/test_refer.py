"""Refer, as EndNote, AIS, the national libraries and Unix's refer write it, read and written."""

import pytest

from litbase.formats.tags import refer
from litbase.formats.tags.refer_write import dump
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record

WHOLE = "%0 Journal Article\n%T Rain and School\n%A Lind, Ada M.\n%A Ek, Bo\n%J Journal of Weather\n%D 2019\n"


def readings(text: str) -> list[Reading | Refusal]:
    return list(refer.read(Document.from_text(text)))


def record(*lines: str, type_: str = "Journal Article") -> Record:
    [reading] = readings("\n".join((f"%0 {type_}", *lines, "")))
    return reading.record


DAMAGED = {
    "as it should be": WHOLE,
    "byte order mark": "\ufeff" + WHOLE,
    "carriage returns": WHOLE.replace("\n", "\r\n"),
    "a blank before the tags": "\n".join(" " + line for line in WHOLE.splitlines()),
    "a wrapped title": WHOLE.replace("Rain and", "Rain\n   and"),
    "a blank line before the keywords": WHOLE + "\n%K rain\n%U https://x.org/a\n",
    "an abstract of paragraphs": WHOLE + "%X One.\n\nTwo.\n%K rain\n",
    "the type further down": "\n".join([*WHOLE.splitlines()[1:-1], WHOLE.splitlines()[0], "%D 2019"]),
    "names as they are spoken": WHOLE.replace("Lind, Ada M.", "Ada M. Lind").replace("Ek, Bo", "Bo Ek"),
}  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_record_is_read_whatever_happened_to_its_lines(text):
    [reading] = readings(text)
    found = reading.record
    assert (found.type, found.title, found.year) == ("article-journal", "Rain and School", 2019)
    assert found.author == (Name(family="Lind", given="Ada M."), Name(family="Ek", given="Bo"))
    assert found.container_title == "Journal of Weather"
    assert refer.sniff(Document.from_text(text)) == 95


@pytest.mark.parametrize("between", ["\n", "", "\n\n\n"])
def test_records_follow_each_other(between):
    text = between.join(WHOLE.replace("Rain", word) for word in ("Rain", "Snow", "Hail"))
    assert [reading.record.title.split()[0] for reading in readings(text)] == ["Rain", "Snow", "Hail"]


def test_what_nobody_understands_is_left_over_with_its_line():
    first, second = readings("Dear colleague,\n\n" + WHOLE + "\nsee you\n\n" + WHOLE)
    assert [(leftover.line, leftover.text) for leftover in first.leftovers] == [(1, "Dear colleague,"), (10, "see you")]
    assert second.leftovers == ()


@pytest.mark.parametrize("text", ["", "nothing\n", "100% of it\n"])
def test_a_file_without_a_record_is_refused(text):
    [refusal] = readings(text)
    assert isinstance(refusal, Refusal)
    assert refer.sniff(Document.from_text(text)) == 0


@pytest.mark.parametrize(
    "text", ["TY  - JOUR\nTI  - 100\n%\n", "% A TeX file\n% Title\n\\begin{x}", "%PDF-1.4\n%A\n", "{}"]
)
def test_what_is_no_refer_is_not_taken_for_it(text):
    assert refer.sniff(Document.from_text(text)) == 0


TYPES = {
    "Journal Article": ("article-journal", ""), "Electronic Article": ("article-journal", ""),
    "Newspaper Article": ("article-newspaper", ""), "Book": ("book", ""), "Edited Book": ("book", ""),
    "Book Section": ("chapter", ""), "Conference Paper": ("paper-conference", ""),
    "Conference Proceedings": ("paper-conference", ""), "Report": ("report", ""), "Thesis": ("thesis", ""),
    "Web Page": ("webpage", ""), "Dataset": ("dataset", ""), "Computer Program": ("software", ""),
    "Audiovisual Material": ("motion_picture", ""), "Bill": ("legislation", "Bill"), "Generic": ("document", ""),
    "Patent": ("document", "Patent"), "journal article": ("article-journal", ""),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "expected"), TYPES.items())
def test_every_type_has_a_kind(type_, expected):
    found = record("%T T", type_=type_)
    assert (found.type, found.genre) == expected


# lines without %0: what classic refer means by them
CLASSIC = {
    "a journal": (["%J Journal of Weather", "%V 3"], "article-journal"),
    "a book": (["%I Umbrella Press", "%C Oslo"], "book"),
    "a chapter": (["%B The Book", "%I Umbrella Press"], "chapter"),
    "a part of something": (["%B The Book", "%P 12-34"], "chapter"),
    "a paper in AIS's library": (["%B Research Papers", "%U https://aisel.aisnet.org/x/1"], "paper-conference"),
    "a paper": (["%B Proceedings of the Weather Conference"], "paper-conference"),
    "a report": (["%R TR-12", "%I Umbrella Press"], "report"),
    "nothing": ([], "document"),
}


@pytest.mark.parametrize(("lines", "type_"), CLASSIC.values(), ids=CLASSIC)
def test_a_record_without_a_type_is_what_its_lines_say(lines, type_):
    [reading] = readings("\n".join(("%A Ada Lind", "%T Rain", *lines, "%D 1999")))
    assert reading.record.type == type_
    assert reading.record.author == (Name(family="Lind", given="Ada"),)


FIELDS = {
    "a group": ("Book", ["%A World Weather Organization,"], {"author": (Name(literal="World Weather Organization"),)}),
    "a book's series": ("Book", ["%B Series in Weather", "%I P", "%C Oslo"],
        {"collection_title": "Series in Weather", "publisher": "P", "publisher_place": "Oslo"}),
    "a chapter's book": ("Book Section", ["%B The Book", "%S Series", "%E Ek, Bo"],
        {"container_title": "The Book", "collection_title": "Series", "editor": (Name(family="Ek", given="Bo"),)}),
    "an edited book": ("Edited Book", ["%A Ek, Bo"], {"author": (), "editor": (Name(family="Ek", given="Bo"),)}),
    "a translator": ("Book", ["%? Ek, Bo"], {"translator": (Name(family="Ek", given="Bo"),)}),
    "a thesis": ("Thesis", ["%9 Ph.D.", "%I Drexel University"],
        {"genre": "Doctoral dissertation", "publisher": "Drexel University"}),
    "a master's thesis": ("Thesis", ["%9 Masters"], {"genre": "Master's thesis"}),
    "a report's number": ("Report", ["%N TR-12"], {"number": "TR-12", "issue": ""}),
    "a report's number in %R": ("Report", ["%R TR-12"], {"number": "TR-12", "doi": ""}),
    "volume, issue, pages": ("Journal Article", ["%V 3", "%N 2", "%P 12-34"],
        {"volume": "3", "issue": "2", "page": "12-34"}),
    "a shortened last page": ("Journal Article", ["%P 1035-47"], {"page": "1035-1047"}),
    "how many pages": ("Book", ["%P 320 p."], {"page": "", "number_of_pages": 320}),
    "an article number": ("Journal Article", ["%O Artn e12"], {"number": "e12", "note": ""}),
    "a day": ("Journal Article", ["%D 2019", "%8 August 7, 2019"], {"issued": PartialDate(year=2019, month=8, day=7)}),
    "a month": ("Journal Article", ["%D 2019", "%8 August"], {"issued": PartialDate(year=2019, month=8)}),
    "read on": ("Web Page", ["%[ 2020-05-04"], {"accessed": PartialDate(year=2020, month=5, day=4)}),
    "numbers": ("Book", ["%@ 978-3-86490-311-3", "%@ 0222-6666"],
        {"isbn": ("978-3-86490-311-3",), "issn": ("0222-6666",)}),
    "a DOI": ("Journal Article", ["%R doi:10.1000/x"], {"doi": "10.1000/x"}),
    "a DOI as an address": ("Journal Article", ["%R https://doi.org/10.1000/x"], {"doi": "10.1000/x"}),
    "page and full text": ("Journal Article", ["%U https://x.org/a", "%> https://x.org/a.pdf"],
        {"url": "https://x.org/a", "full_text_url": "https://x.org/a.pdf"}),
    "an ERIC number": ("Journal Article", ["%M EJ1223055", "%~ ERIC"], {"eric": "EJ1223055", "extra": ()}),
    "another's number": ("Journal Article", ["%M 12345", "%~ Scopus"],
        {"eric": "", "extra": (("refer:%M", "12345"), ("refer:%~", "Scopus"))}),
    "keywords below each other": ("Journal Article", ["%K rain", "snow", "hail"],
        {"keywords": ("rain", "snow", "hail")}),
    "keywords with semicolons": ("Journal Article", ["%K rain; snow"], {"keywords": ("rain", "snow")}),
    "an abstract": ("Journal Article", ["%X Words &amp; more."], {"abstract": "Words & more."}),
    "notes": ("Journal Article", ["%Z One", "%O Two"], {"note": "Two\nOne"}),
    "a language": ("Journal Article", ["%G eng"], {"language": ("eng",)}),
    "an edition": ("Book", ["%7 2nd"], {"edition": "2nd"}),
    "a citation key": ("Book", ["%F lind2019rain"], {"citation_key": "lind2019rain"}),
    "an address of an author is kept": ("Book", ["%+ Oslo"], {"extra": (("refer:%+", "Oslo"),)}),
    "empty values": ("Book", ["%V ", "%N", "%I nan"], {"volume": "", "number": "", "publisher": ""}),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "lines", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_tag_is_read_as_its_programs_mean_it(type_, lines, expected):
    found = record("%T T", *lines, type_=type_)
    assert {field: getattr(found, field) for field in expected} == expected


# --- writing


def written(**fields) -> list[str]:
    return "".join(dump([Record(**fields)])).splitlines()


WRITTEN = {
    "an article": ({"type": "article-journal", "container_title": "J"}, ["%0 Journal Article", "%J J"]),
    "a chapter": ({"type": "chapter", "container_title": "B", "collection_title": "S"},
        ["%0 Book Section", "%B B", "%S S"]),
    "a book's series": ({"type": "book", "collection_title": "S"}, ["%0 Book", "%B S"]),
    "a report": ({"type": "report", "number": "TR-12", "institution": ("OECD",)}, ["%0 Report", "%I OECD", "%N TR-12"]),
    "proceedings": ({"type": "book", "genre": "Proceedings"}, ["%0 Conference Proceedings", "%9 Proceedings"]),
    "a name": ({"author": (Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."),)},
        ["%A de la Cruz, Juan, Jr."]),
    "a group": ({"author": (Name(literal="Weather, Inc."),)}, ["%A Weather Inc.,"]),
    "one name": ({"author": (Name(literal="Madonna"),)}, ["%A Madonna"]),
    "a date": ({"issued": PartialDate(year=2019, month=8)}, ["%D 2019", "%8 August 2019"]),
    "an article number": ({"type": "article-journal", "number": "e12"}, ["%O Artn e12"]),
    "ERIC": ({"eric": "EJ1223055"}, ["%M EJ1223055", "%~ ERIC"]),
    "lines are folded": ({"abstract": "One.\n\nTwo."}, ["%X One. Two."]),
    "subjects": ({"descriptors": ("A",), "keywords": ("B",)}, ["%K A", "%K B"]),
    "a key": ({"citation_key": "k", "id": "EJ1"}, ["%F k"]),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "present"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_where_its_readers_look_for_it(fields, present):
    assert [line for line in written(**fields) if line in present] == present


def test_no_value_is_taken_for_a_tag_and_no_script_for_a_link():
    assert "%U javascript:alert(1)" not in written(url="javascript:alert(1)")
    [reading] = readings("".join(dump([Record(title="T", abstract="One\n%0 Book\n%T Two")])))
    assert reading.record.title == "T"
