"""Lists of every layout and style are cut into their references, and no word of them is lost."""

import re
import textwrap
import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references.split import MAX_REFERENCES, is_heading, split_references
from tests.sources.references.lists import APA, CHICAGO, GERMAN, IEEE, STYLES, VANCOUVER, WRITERS, Work

LINE = 70


def wrapped(text: str, indent: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(
        text, LINE, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


Layout = Callable[[Iterable[str]], list[str]]
LAYOUTS: dict[str, Layout] = {
    "one a line": list,
    "one paragraph": lambda some: [" ".join(some)],
    "blank lines": lambda some: [line for one in some for line in (one, "")],
    "numbers in brackets": lambda some: [f"[{n}] {one}" for n, one in enumerate(some, 1)],
    "numbers in brackets in one paragraph": lambda some: [" ".join(f"[{n}] {one}" for n, one in enumerate(some, 1))],
    "numbers and stops": lambda some: [f"{n}. {one}" for n, one in enumerate(some, 1)],
    "numbers and stops in one paragraph": lambda some: [" ".join(f"{n}. {one}" for n, one in enumerate(some, 1))],
    "numbers in round brackets": lambda some: [f"({n}) {one}" for n, one in enumerate(some, 1)],
    "bullets": lambda some: [f"• {one}" for one in some],
    "dashes": lambda some: [f"- {one}" for one in some],
    "hanging indents": lambda some: [line for one in some for line in wrapped(one, indent="    ")],
    "tabs": lambda some: [line for one in some for line in wrapped(one, indent="\t")],
    "first lines indented": lambda some: [line for one in some for line in wrapped(one, first="   ")],
    "wrapped": lambda some: [line for one in some for line in wrapped(one)],
    "wrapped with blank lines": lambda some: [line for one in some for line in (*wrapped(one), "")],
    "wrapped and numbered": lambda some: [line for n, one in enumerate(some, 1) for line in wrapped(f"[{n}] {one}")],
    "with a heading": lambda some: ["References", "", *some],
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("style", STYLES)
def test_a_list_is_cut_into_its_references(style: str, layout: Layout) -> None:
    assert split_references(layout(STYLES[style])) == STYLES[style]


EVERY = [one for some in STYLES.values() for one in some]


def test_a_list_in_mixed_styles_one_a_line() -> None:
    assert list(split_references(EVERY)) == EVERY


BROKEN = {
    "a word at the end of a line": (
        ["Hattie, J. (2007). The power of feed-", "back. Review of Educational Research, 77(1), 81."],
        "Hattie, J. (2007). The power of feedback. Review of Educational Research, 77(1), 81.",
    ),
    "a compound": (
        ["Roe, A. (2007). Teaching for self-", "regulation. Review of Rooms, 77(1), 81–112."],
        "Roe, A. (2007). Teaching for self-regulation. Review of Rooms, 77(1), 81–112.",
    ),
    "a link": (
        ["Roe, A. (2007). Rooms. Retrieved from http://www.rooms.org/docs/", "of/2007/rooms.pdf"],
        "Roe, A. (2007). Rooms. Retrieved from http://www.rooms.org/docs/of/2007/rooms.pdf",
    ),
    "a DOI": (
        ["Roe, A. (2007). Rooms. Journal of Rooms, 7(1), 8–11. doi:10.3102/", "0034654302984"],
        "Roe, A. (2007). Rooms. Journal of Rooms, 7(1), 8–11. doi:10.3102/0034654302984",
    ),
    "a range of pages": (
        ["Roe, A. (2007). Rooms. Journal of Rooms, 7(1), 81–", "112."],
        "Roe, A. (2007). Rooms. Journal of Rooms, 7(1), 81–112.",
    ),
}


@pytest.mark.parametrize(("lines", "whole"), BROKEN.values(), ids=BROKEN)
def test_what_a_line_end_breaks_is_made_whole(lines: list[str], whole: str) -> None:
    assert split_references(lines) == (whole,)


def test_headings_are_no_references() -> None:
    for heading in ("References", "REFERENCES:", "Works Cited", "Literaturverzeichnis", "Références", "Bibliografía"):
        assert is_heading(heading)
        assert split_references([heading, APA[0]]) == APA[:1]
    assert not is_heading(APA[2])


def test_no_text_gives_no_references() -> None:
    assert split_references([]) == split_references(["", "  "]) == split_references(["References"]) == ()


@pytest.mark.parametrize("one", range(len(EVERY)))
def test_a_reference_alone_stays_whole(one: int) -> None:
    assert split_references([EVERY[one]]) == (EVERY[one],)


def test_editors_and_reprints_begin_no_reference() -> None:
    for text in (GERMAN[1], CHICAGO[2], IEEE[1], VANCOUVER[1]):
        assert split_references([text]) == (text,)


# --- promises

FAMILIES = ("Smith", "Roe", "García Márquez", "O’Neil", "van der Berg", "Lee", "Müller", "Smith-Jones", "Łukasz")
GIVEN = ("Ann", "John Paul", "Edgar Allan", "María", "Jürgen", "Chen")
TITLES = (
    "The power of feedback in schools", "Rooms, doors and windows: A review", "Why teachers stay",
    "Learning to teach in the 1990s", "What makes development effective", "PISA and its readers",
)  # fmt: skip
JOURNALS = ("Journal of Rooms", "Review of Educational Research", "Teaching and Teacher Education", "Science")
people = st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVEN))
works = st.builds(
    Work,
    authors=st.lists(people, min_size=1, max_size=4, unique=True).map(tuple),
    year=st.integers(1950, 2024),
    title=st.sampled_from(TITLES),
    journal=st.sampled_from(JOURNALS),
    volume=st.integers(1, 99),
    issue=st.integers(1, 12),
    first=st.integers(1, 400),
    last=st.integers(401, 900),
)


@given(st.sampled_from(sorted(WRITERS)), st.sampled_from(sorted(LAYOUTS)), st.lists(works, min_size=2, max_size=6))
def test_a_list_of_known_works_splits_into_as_many(style: str, layout: str, some: list[Work]) -> None:
    written = [WRITERS[style](work) for work in some]
    assert list(split_references(LAYOUTS[layout](written))) == written


@given(st.lists(st.sampled_from(EVERY), max_size=4), st.text(alphabet="AZa ,.;:()[]0129&-\n", max_size=60))
def test_no_list_raises_and_no_word_is_lost(parts: list[str], noise: str) -> None:
    text = f"{' '.join(parts)} {noise}"
    found = split_references(text.split("\n"))
    kept = "".join("".join(found).split())
    lost = len("".join(text.split())) - len(kept)
    assert lost <= 12 + text.count("\n")  # a bullet or number in front, a hyphen at a line's end


WORST = {
    "names": "Roe, A., " * 110_000,
    "years": "(2001) " * 140_000,
    "names and years": "Roe, A. (2001) " * 66_000,
    "capitals": "A" * 1_000_000,
    "words": "Aaa " * 250_000,
    "initials": "A. " * 330_000,
    "brackets": "(" * 1_000_000,
    "numbers": "[1] " * 250_000,
    "counting": " ".join(f"[{n}]" for n in range(150_000)),
    "hyphens": "Aa-" * 330_000,
    "dashes": "———. " * 200_000,
    "ends": "2001. Roe A. " * 75_000,
    "quotes": '2001. Roe, A. "' * 66_000,
    "lower case": "a" * 1_000_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_a_megabyte_in_one_paragraph_is_cut_in_bounded_time(text: str) -> None:
    started = time.process_time()
    found = split_references([text])
    assert time.process_time() - started < 8
    assert len(found) <= MAX_REFERENCES + 1


def test_a_hundred_thousand_lines_are_cut_in_bounded_time() -> None:
    lines = [f"Roe, A. ({1900 + n % 100}). Rooms number {n}. Journal of Rooms, 1(2), 3." for n in range(100_000)]
    started = time.process_time()
    found = split_references(lines)
    assert time.process_time() - started < 8
    assert len(found) == MAX_REFERENCES + 1
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", "".join(lines))
