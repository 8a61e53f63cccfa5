"""What the fields of a MARC record become, and that nothing of them is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.marc.codes import code_of, language_of
from litbase.formats.marc.record import reading_of, to_record
from litbase.formats.marc.values import Field, Marc, field, parse_text
from litbase.record.record import Record
from tests.formats.marc.marc_records import ARTICLE, BOOK, CHAPTER, SERIAL, record


def read(leader: str, *lines: str) -> Record:
    return to_record(record(leader, *lines))[0]


def test_a_record_of_eric() -> None:
    reading = reading_of(
        record(
            ARTICLE,
            "001 EJ577563",
            "037 ## $a EJ577563$b ERIC",
            "245 10 $a Teaching Reading.",
            "650 17 $a Reading Instruction.$2 ericd",
            "650 27 $a Teaching Methods.$2 ericd",
            "655 #7 $a Journal Articles.$2 ericd",
            "521 8# $a Teachers",
            "521 8# $a Grade 3",
            "773 0# $t Reading Teacher$g v52 n3 p224-30 Nov 1998$x 0034-0561",
        ),
        7,
    )
    found = reading.record
    assert (reading.key, reading.line, found.eric) == ("EJ577563", 7, "EJ577563")
    assert (found.descriptors, found.major_descriptors) == (
        ("Reading Instruction", "Teaching Methods"),
        ("Reading Instruction",),
    )
    assert (found.publication_type, found.audience, found.education_level) == (
        ("Journal Articles",),
        ("Teachers",),
        ("Grade 3",),
    )
    assert (found.volume, found.issue, found.page, str(found.issued)) == ("52", "3", "224-230", "1998-11")


def test_identifiers_find_their_fields() -> None:
    found = read(
        BOOK,
        "010 ## $a    91758335 ",
        "020 ## $a 9783642002304$9 978-3-642-00230-4",
        "020 ## $a 041583905X (pbk.)",
        "024 3# $a 9780415839044",
        "024 7# $a urn:nbn:de:1111-2009102027$2 urn",
        "035 ## $a (OCoLC)ocm29051663",
        "035 ## $a (DE-599)GBV607843365",
    )
    assert found.isbn == ("9783642002304", "041583905X", "9780415839044")
    assert found.identifiers == (("lccn", "91758335"), ("urn", "urn:nbn:de:1111-2009102027"), ("oclc", "29051663"))
    assert ("marc:035", "‡a (DE-599)GBV607843365") in found.extra


ISSNS = {
    "print": (["022 0# $a 1389-2843$l 1389-2843"], ("1389-2843",), ()),
    "said to be electronic": (["022 ## $a 1573-1812 (online)"], (), ("1573-1812",)),
    "of the other edition": (
        ["022 ## $a 1389-2843", "776 08 $i Online version:$x 1573-1812"],
        ("1389-2843",),
        ("1573-1812",),
    ),
    "seen from online": (
        ["022 ## $a 1573-1812", "776 08 $i Print version:$x 1389-2843"],
        ("1389-2843",),
        ("1573-1812",),
    ),
}


@pytest.mark.parametrize(("lines", "issn", "eissn"), ISSNS.values(), ids=ISSNS)
def test_issns_of_a_serial(lines: list[str], issn: tuple[str, ...], eissn: tuple[str, ...]) -> None:
    found = read(SERIAL, *lines)
    assert (found.issn, found.eissn) == (issn, eissn)


LINKS = {
    "resource": (["856 40 $u https://x.org/1"], "https://x.org/1", ""),
    "resource before version": (["856 41 $u https://x.org/1", "856 40 $u https://x.org/2"], "https://x.org/2", ""),
    "related": (["856 42 $u https://x.org/1"], "", ""),
    "contents": (["856 41 $3 Table of contents only$u https://x.org/1"], "", ""),
    "full text": (["856 4# $3 Full text$u https://x.org/1.pdf"], "https://x.org/1.pdf", "https://x.org/1.pdf"),
    "script": (["856 40 $u javascript:alert(1)"], "", ""),
    "no address": (["856 40 $u duke.edu"], "", ""),
}


@pytest.mark.parametrize(("lines", "url", "full"), LINKS.values(), ids=LINKS)
def test_links(lines: list[str], url: str, full: str) -> None:
    found = read(BOOK, *lines)
    assert (found.url, found.full_text_url) == (url, full)


LANGUAGES = {
    "008": (["008 880726s1687    sp bf         000 0cspa d"], ("es",)),
    "041": (["041 1# $a eng$a fre$h ger"], ("en", "fr")),
    "packed": (["041 0# $a engfre"], ("en", "fr")),
    "tags": (["041 07 $a pt-BR$2 rfc5646"], ("pt-BR",)),
    "without a tag of two letters": (["041 0# $a grc"], ("grc",)),
    "several": (["041 0# $a mul"], ()),
    "in words": (["546 ## $a In English and German."], ("en", "de")),
}


@pytest.mark.parametrize(("lines", "tags"), LANGUAGES.values(), ids=LANGUAGES)
def test_languages_are_tags(lines: list[str], tags: tuple[str, ...]) -> None:
    assert read(BOOK, *lines).language == tags


@pytest.mark.parametrize("tag", ["en", "de", "fr", "zh", "el", "nb", "haw", "grc", "yi"])
def test_a_language_has_one_code(tag: str) -> None:
    assert language_of(code_of(tag)) == tag


def test_subjects_are_joined_and_told_apart_by_their_source() -> None:
    found = read(
        BOOK,
        "600 10 $a Shakespeare, William,$d 1564-1616.$t Hamlet.",
        "650 #0 $a Jesuits$z Paraguay$v Early works to 1800.",
        "650 #4 $a Rooms",
        "651 #0 $a Paris (France)$x History.",
        "653 ## $a Inklusion$a Schule",
        "655 #7 $a Atlases.$2 lcgft",
    )
    assert found.descriptors == (
        "Shakespeare, William, 1564-1616. Hamlet",
        "Jesuits--Paraguay--Early works to 1800",
        "Paris (France)--History",
    )
    assert (found.keywords, found.places) == (("Rooms", "Inklusion", "Schule", "Atlases"), ("Paris (France)",))


def test_texts_series_and_edition() -> None:
    found = read(
        BOOK,
        "250 ## $a 2nd ed. /$b edited by A. Roe.",
        "490 1# $a Studies in rooms ;$v 7",
        "830 #0 $a Studies in rooms ;$v 7.",
        "500 ## $a A note.",
        "505 0# $a One -- Two.",
        "520 3# $a An abstract.",
        "520 ## $a More.",
        "520 4# $a Content advice.",
    )
    assert (found.edition, found.collection_title, found.note) == (
        "2nd ed.",
        "Studies in rooms",
        "A note.\nOne -- Two.",
    )
    assert found.abstract == "An abstract.\n\nMore."
    assert ("marc:830", "#0 ‡a Studies in rooms ; ‡v 7.") in found.extra
    assert ("marc:520", "4# ‡a Content advice.") in found.extra


def test_a_missing_title_is_taken_from_another_field_or_told() -> None:
    found, notices = to_record(record(BOOK, "246 30 $a Rooms"))
    assert (found.title, found.inferred, notices) == ("Rooms", ("title",), ())
    found, notices = to_record(record(BOOK, "300 ## $a 24 p."))
    assert (found.title, [told.code for told in notices]) == ("", ["no-title"])


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["001 123", "003 DE-627"], "(DE-627)123"),
        (["001 123", "245 10 $a The Rooms"], "001:123#the rooms"),
        (["024 7# $a 10.1/X$2 doi"], "doi:10.1/x"),
        (["001 ED123456", "003 ERIC"], "ED123456"),
        (["245 10 $a T"], ""),
    ],
)
def test_a_record_is_known_by_its_number_and_who_gave_it(lines: list[str], key: str) -> None:
    assert reading_of(record(BOOK, *lines), 1).key == key


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


TAGS = [
    "020",
    "022",
    "035",
    "041",
    "100",
    "110",
    "111",
    "245",
    "250",
    "260",
    "264",
    "300",
    "490",
    "500",
    "502",
    "505",
    "520",
    "521",
    "546",
    "600",
    "650",
    "651",
    "653",
    "655",
    "700",
    "710",
    "773",
    "776",
    "830",
    "856",
    "880",
    "999",
]
VALUES = [
    "Roe, Ann,",
    "edited by",
    "1999",
    "[2011]",
    "Rooms :",
    "p. 3-4",
    "eng",
    "9780415839044 (pbk.)",
    "https://x.org/1",
    "Thesis (Ph. D.)--Drexel, 2004",
    "‡x",
    "$",
    "edt",
    "aut",
    "",
]
FIELDS = st.builds(
    field,
    st.sampled_from(TAGS),
    st.sampled_from(["  ", "10", " 0", "7 ", "42"]),
    st.lists(st.tuples(st.sampled_from("abcdegilntuvxyz0245679"), st.sampled_from(VALUES)), max_size=4),
)


@given(st.lists(FIELDS, max_size=8), st.sampled_from([BOOK, ARTICLE, CHAPTER, SERIAL, "", "00000njm a2200000 i 4500"]))
def test_no_value_is_lost(fields: list[Field], leader: str) -> None:
    """Every word of every subfield is in the record, in a field of its own or in the field kept whole."""
    found, _ = to_record(Marc(leader.ljust(24), tuple(fields)))
    known = set(words(str(found).replace("\\n", " ")))
    dull = {"p", "s", "eng", "edt", "aut"}  # codes and units whose meaning is kept, not their letters
    for each in fields:
        for _, value in each.subfields:
            assert set(words(value)) <= known | dull, each


@given(st.lists(FIELDS, max_size=5))
def test_a_field_kept_as_text_comes_back(fields: list[Field]) -> None:
    for each in fields:
        back = parse_text(each.tag, each.text)
        pairs = [(code, value) for code, value in each.subfields if "‡" not in value]
        if pairs and len(pairs) == len(each.subfields):
            assert back is not None
            assert (back.indicators, list(back.subfields)) == (each.indicators, pairs)
