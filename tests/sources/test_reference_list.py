"""Reference lists: cutting run-on paragraphs, and reading single references in several styles."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.record import Record, Reference
from litbase.sources.citations_in_text import citations
from litbase.sources.reference_list import parse_reference, read_references, split_references

APA = "Hattie, J., & Timperley, H. (2007). The power of feedback. Review of Educational Research, 77(1), 81–112. https://doi.org/10.3102/003465430298487"
CHAPTER = (
    "van Veen, K., Zwart, R. & Meirink, J. (2012). What makes development effective? A review. In M. Kooy & K. "
    "van Veen (Eds.), "
    "Teacher learning that matters (pp. 3-21). New York: Routledge."
)
GROUP = "European Commission (2013). Supporting teachers. Brussels: European Commission."
HARVARD = "Ball, S. J. and Maguire, M. (2012) How Schools Do Policy, London: Routledge."
LINK = "OECD (2016) Schools that learn, available at: http://www.oecd.org/school/x.pdf, accessed on 25 July, 2016"
FORTHCOMING = "Brown, C. and Poortman, C. (forthcoming), (London, Routledge)."
CHICAGO = "Fullan, Michael G. 2007. The New Meaning of Change. 4th ed. New York: Teachers College Press."
VOLUMES = "Biesta, G. et al. (2015) The role of beliefs, Teachers and Teaching, Vol. 21, No. 6, pp. 624-640."
EDITED = "Kooy, M., & van Veen, K. (Eds.). (2012). Teacher learning that matters. New York: Routledge."
THESIS = "O’Neil, H.F., Jr. (1999) Small rooms. Nowhere University Press."
NO_DOTS = "Smith JP, Brown K (2010) Rooms. Journal of Rooms 12(3): 1-9."
RUN_ON = (APA, CHAPTER, GROUP, HARVARD, LINK, FORTHCOMING, CHICAGO, VOLUMES, EDITED, THESIS, NO_DOTS)


def work(text: str) -> Record:
    parsed = parse_reference(text).parsed
    assert parsed is not None
    return parsed


def test_a_run_on_paragraph_is_cut_where_names_lead_up_to_a_year() -> None:
    assert split_references([" ".join(RUN_ON)]) == RUN_ON


@pytest.mark.parametrize("order", range(len(RUN_ON)))
def test_any_two_references_that_follow_each_other_are_parted(order: int) -> None:
    for other in RUN_ON:
        assert split_references([f"{RUN_ON[order]} {other}"]) == (RUN_ON[order], other)


LISTS = {
    "one a line": [APA, GROUP, HARVARD],
    "bullets": [f"- {APA}", f"• {GROUP}", f"3. {HARVARD}"],
    "wrapped lines": [
        " ".join(APA.split()[:8]),
        " ".join(APA.split()[8:14]),
        " ".join(APA.split()[14:]),
        GROUP,
        HARVARD,
    ],
    "link on its own line": [APA.split(" https")[0], "https" + APA.split(" https")[1], GROUP, HARVARD],
    "numbered": [f"[1] {APA} [2] {GROUP} [3] {HARVARD}"],
    "empty lines": ["", APA, " ", GROUP, "", HARVARD],
}


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_lists_of_every_shape(lines: list[str]) -> None:
    assert split_references(lines) == (APA, GROUP, HARVARD)


def test_no_text_gives_no_references() -> None:
    assert split_references([]) == split_references(["", "  "]) == ()


FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "apa article": (APA, {
        "type": "article-journal", "title": "The power of feedback",
        "container_title": "Review of Educational Research", "volume": "77", "issue": "1", "page": "81-112",
        "doi": "10.3102/003465430298487", "author": "Hattie, J.; Timperley, H.",
        "issued": "2007",
    }),
    "apa chapter": (CHAPTER, {
        "type": "chapter", "title": "What makes development effective? A review", "editor": "Kooy, M.; van Veen, K.",
        "container_title": "Teacher learning that matters", "page": "3-21", "publisher": "Routledge",
        "publisher_place": "New York", "author": "van Veen, K.; Zwart, R.; Meirink, J.",
    }),
    "group": (GROUP, {"author": "European Commission", "title": "Supporting teachers", "publisher_place": "Brussels"}),
    "harvard book": (HARVARD, {"type": "book", "title": "How Schools Do Policy", "publisher": "Routledge"}),
    "web page": (LINK, {
        "type": "webpage", "title": "Schools that learn", "accessed": "2016-07-25",
        "url": "http://www.oecd.org/school/x.pdf",
    }),
    "forthcoming without a title": (FORTHCOMING, {"title": "", "issued": "", "publisher": "Routledge", "type": "book"}),
    "chicago": (CHICAGO, {
        "author": "Fullan, Michael G.", "title": "The New Meaning of Change", "edition": "4th ed.", "issued": "2007",
        "publisher": "Teachers College Press", "publisher_place": "New York",
    }),
    "volume in words": (VOLUMES, {
        "volume": "21", "issue": "6", "page": "624-640", "container_title": "Teachers and Teaching", "others": True,
        "title": "The role of beliefs",
    }),
    "edited book": (EDITED, {
        "author": "", "editor": "Kooy, M.; van Veen, K.", "title": "Teacher learning that matters",
    }),
    "suffix": (THESIS, {
        "author": "O’Neil, H.F., Jr.", "publisher": "Nowhere University Press", "title": "Small rooms",
    }),
    "no dots": (NO_DOTS, {
        "author": "Smith, J. P.; Brown, K.", "title": "Rooms", "container_title": "Journal of Rooms", "volume": "12",
        "issue": "3", "page": "1-9",
    }),
    "volume and pages": ("Roe, A. (2011). Doors. Journal of Doors, 81, 132-169.", {
        "volume": "81", "page": "132-169", "issue": "",
    }),
    "comma style": ("Roe, A. (2011) Doors and rooms, Journal of Doors, 24, 1, 80-91.", {
        "volume": "24", "issue": "1", "page": "80-91", "title": "Doors and rooms",
        "container_title": "Journal of Doors",
    }),
    "quoted title": ("Roe, A. (2011) ‘Doors’, Journal of Doors, 24(1), pp. 80–91.", {
        "title": "Doors", "container_title": "Journal of Doors", "page": "80-91",
    }),
    "question": ("Roe, A. (2011). Which doors? Journal of Doors, 24(1), 80.", {"title": "Which doors?", "page": "80"}),
    "edition in brackets": ("Roe, A. (2014). Rooms: One, two, and three (4th ed.). Sage.", {
        "title": "Rooms: One, two, and three", "edition": "4th ed.", "publisher": "Sage", "type": "book",
    }),
    "letter at the year": ("Roe, A. (2004a). Rooms. London: Acme.", {"issued": "2004", "title": "Rooms"}),
    "full date": ("Roe, A. (2016, May 3). Rooms. Retrieved from http://x.org/rooms", {"issued": "2016-05-03", "url": "http://x.org/rooms"}),
    "no date": ("Roe, A. (n.d.). Rooms.", {"issued": "", "title": "Rooms"}),
    "in press": ("Roe, A. (in press). Rooms. London: Acme.", {"issued": "", "title": "Rooms", "publisher": "Acme"}),
    "retrieved on a date": ("Roe, A. (2012). Rooms. Retrieved May 3, 2013, from http://x.org/a", {
        "accessed": "2013-05-03", "title": "Rooms",
    }),
    "home page is no link": ("Roe, A. (2012). Rooms. http://www.x.org/", {"url": "", "title": "Rooms"}),
    "in with a colon": ("Roe, A. (2012) Rooms. In: Poe, E. (ed.) Houses. Oxford: Acme, pp. 5-9.", {
        "type": "chapter", "container_title": "Houses", "editor": "Poe, E.", "page": "5-9", "publisher": "Acme",
        "title": "Rooms",
    }),
    "doi in words": ("Roe, A. (2012) Rooms, Journal of Rooms, 1(2), 3-4, doi: 10.1234/abc.5.", {
        "doi": "10.1234/abc.5", "page": "3-4",
    }),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields(text: str, expected: dict[str, Any]) -> None:
    record = work(text)
    shown: dict[str, Any] = {}
    for name in expected:
        value = getattr(record, name)
        if isinstance(value, tuple):
            value = "; ".join(str(name) for name in value)
        shown[name] = value if isinstance(value, bool) else str(value or "")
    assert shown == expected


def test_notices_say_what_a_reference_lacks() -> None:
    assert [n.code for n in parse_reference(FORTHCOMING).notices] == ["reference-forthcoming", "reference-untitled"]
    assert [n.code for n in parse_reference("Roe, A. (in press). Rooms.").notices] == ["reference-forthcoming"]
    assert parse_reference("Roe, A. (n.d.). Rooms.").notices == ()


def test_what_is_not_understood_stays_as_written() -> None:
    for text in ("ibid.", "See the web page.", "x" * 5000, "(2001)"):
        assert parse_reference(text) == Reference(text)


WORST = {
    "names": "Roe, A., " * 12_000,
    "years": "(2001) " * 15_000,
    "names and years": "Roe, A. (2001) " * 7_000,
    "capitals": "A" * 100_000,
    "words": "Aaa " * 25_000,
    "initials": "A. " * 33_000,
    "brackets": "(" * 100_000,
    "spaces": "a" + " " * 100_000 + "b",
    "commas": ", " * 50_000,
    "links": "http://x.org/" * 8_000,
    "dois": "doi: 10.1234/x " * 7_000,
    "dots": "." * 100_000,
    "in": " in A, B (ed " * 8_000,
    "hyphens": "Aa-" * 33_000,
    "digits": "1" * 100_000,
    "pages": "12(3), 4-5, " * 9_000,
    "dates": "accessed 1 May 2001 " * 5_000,
    "et al": "Roe et al., " * 8_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_a_hundred_kilobytes_of_anything_are_read_at_once(text: str) -> None:
    started = time.process_time()
    read_references([text])
    assert time.process_time() - started < 2
    started = time.process_time()
    parse_reference("Roe, A. (2001) " + text)
    citations(text)
    assert time.process_time() - started < 0.5


@given(st.lists(st.sampled_from(RUN_ON), max_size=4), st.text(alphabet="AZa ,.;:()0129&-\n", max_size=60))
def test_no_list_raises_and_no_word_is_lost(parts: list[str], noise: str) -> None:
    text = f"{' '.join(parts)} {noise}"
    found = split_references([text])
    kept = "".join("".join(found).split())
    assert len("".join(text.split())) - len(kept) <= 12  # a bullet or a number in front
    assert all(isinstance(parse_reference(entry), Reference) for entry in found)
