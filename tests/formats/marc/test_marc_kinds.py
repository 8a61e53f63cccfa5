"""Leader, codes and host say what sort of work a MARC record describes."""

import pytest

from litbase.formats.marc.kinds import kind_of
from tests.formats.marc.marc_records import ARTICLE, BOOK, CHAPTER, SERIAL, record

HOST = "773 0# $t Journal$g Vol. 1, no. 2 (2001), p. 3-4$x 1389-2843"
KINDS = {
    "book": ((BOOK, "245 00 $a T"), "book", ""),
    "proceedings by code": (
        (BOOK, "008 080304s2008    gw ||||| |||| 10||||ger  ", "245 00 $a T"),
        "book",
        "Proceedings",
    ),
    "proceedings by name": ((BOOK, "111 2# $a Conference on rooms", "245 00 $a T"), "book", "Proceedings"),
    "report": ((BOOK, "088 ## $a TR 84-2924", "245 00 $a T"), "report", ""),
    "law": ((BOOK, "008 080304s2008    gw ||||||l||||||||||ger  ", "245 00 $a T"), "legislation", ""),
    "serial": ((SERIAL, "245 00 $a T"), "periodical", ""),
    "newspaper": ((SERIAL, "008 080304s2008    gw |||n|||||||||||||ger  ", "245 00 $a T"), "periodical", "Newspaper"),
    "article": ((ARTICLE, "245 00 $a T", HOST), "article-journal", ""),
    "article by its host": (("00000naa a2200000 i 4500", "245 00 $a T", HOST), "article-journal", ""),
    "article in a record of a book": ((BOOK, "245 00 $a T", HOST), "article-journal", ""),
    "newspaper article": (
        (ARTICLE, "245 00 $a T", HOST, "655 #7 $a Newspaper articles$2 lcgft"),
        "article-newspaper",
        "",
    ),
    "chapter": ((CHAPTER, "245 00 $a T", "773 0# $t Book$g p. 3-4$z 9780415839051"), "chapter", ""),
    "paper": ((CHAPTER, "245 00 $a T", "773 0# $7 m2am$a Conference$t Proceedings"), "paper-conference", ""),
    "e-book of a collection": ((BOOK, "245 00 $a T", "773 0# $t Springer eBooks"), "book", ""),
    "volume of a set": ((BOOK, "245 00 $a T", "773 08 $q 11$w (DE-101)976481294"), "book", ""),
    "thesis": ((BOOK, "245 00 $a T", "502 ## $a Thesis (M.S.)--Duke University, 1982."), "thesis", "Master's thesis"),
    "thesis by its parts": (
        (BOOK, "245 00 $a T", "502 ## $b Ph. D.$c Drexel University$d 2004"),
        "thesis",
        "Doctoral dissertation",
    ),
    "printed thesis": (
        (BOOK, "020 ## $a 3781521230", "245 00 $a T", "264 #1 $b Klinkhardt", "502 ## $a Diss."),
        "book",
        "",
    ),
    "map": (("00000nem a2200000 i 4500", "245 00 $a T"), "map", ""),
    "score": (("00000ncm a2200000 i 4500", "245 00 $a T"), "musical_score", ""),
    "music": (("00000njm a2200000 i 4500", "245 00 $a T"), "song", "Music recording"),
    "video": (
        ("00000ngm a2200000 i 4500", "008 080304s2008    xxu060            vleng  ", "245 00 $a T"),
        "motion_picture",
        "Video",
    ),
    "slides": (
        ("00000ngm a2200000 i 4500", "008 080304s2008    xxunnn            sneng  ", "245 00 $a T"),
        "graphic",
        "Slide",
    ),
    "picture": (("00000nkm a2200000 i 4500", "245 00 $a T"), "graphic", ""),
    "data": (("00000nmm a2200000 i 4500", "008 080304s2008    xxu        a      eng d", "245 00 $a T"), "dataset", ""),
    "program": (
        ("00000nmm a2200000 i 4500", "008 080304s2008    xxu        b      eng d", "245 00 $a T"),
        "software",
        "",
    ),
    "manuscript": (("00000ntm a2200000 i 4500", "245 00 $a T"), "manuscript", ""),
    "archive": (("00000npc a2200000 i 4500", "245 00 $a T"), "collection", "Archival material"),
    "no leader": (("", "245 00 $a T"), "book", ""),
}


@pytest.mark.parametrize(("lines", "type_", "genre"), KINDS.values(), ids=KINDS)
def test_leader_codes_and_host_say_what_a_record_is(lines: tuple[str, ...], type_: str, genre: str) -> None:
    assert kind_of(record(*lines)) == (type_, genre)
