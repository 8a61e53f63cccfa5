"""Pages: their normal form, first page, count."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.pages import Range, first_page, normal_pages, page_count, page_ranges, run_backwards

FORMS = {  # given, normal, count
    "catalogue": ("pp. 365 - 384", "365-384", 20),
    "en dash": ("327–350", "327-350", 24),
    "BibTeX": ("327--350", "327-350", 24),
    "shortened end": ("327-50", "327-350", 24),
    "PubMed": ("1035-47", "1035-1047", 13),
    "end with as many digits": ("350-327", "350-327", None),
    "shorter end that is no end": ("99-9", "99-9", None),
    "article number": ("e12", "e12", None),
    "lettered": ("A1-A20", "A1-A20", 20),
    "two ranges": ("12-34,40", "12-34, 40", 24),
    "roman": ("iv-xii", "iv-xii", 9),
    "one page": ("365", "365", 1),
    "p before": ("p327-350", "327-350", 24),
    "full-width": ("３２７－３５０", "327-350", 24),
    "German": ("S. 12-14", "12-14", 3),
    "supplement": ("S4-S9", "S4-S9", 6),
    "words": ("n. pag.", "n. pag.", None),
    "empty": ("", "", None),
}


@pytest.mark.parametrize(("text", "normal", "count"), FORMS.values(), ids=FORMS)
def test_pages_have_one_form_and_a_count(text: str, normal: str, count: int | None) -> None:
    assert normal_pages(text) == normal
    assert page_count(normal) == count


def test_ranges_are_first_and_last_as_printed() -> None:
    assert page_ranges("A1-A20, e3") == (Range("A1", "A20"), Range("e3", ""))
    assert page_ranges("12-34, see note") == ()
    assert first_page("327-350") == "327"
    assert first_page("n. pag.") == ""


@pytest.mark.parametrize(
    ("text", "backwards"), [("350-327", True), ("327-350", False), ("A1-B3", False), ("xii-iv", True)]
)
def test_backwards_ranges_are_seen(text: str, backwards: bool) -> None:
    assert run_backwards(text) is backwards


@given(st.text(alphabet="0123456789-–—,;. pPeSA&ivx\n", max_size=20) | st.text(max_size=20))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_pages(normal_pages(text)) == normal_pages(text)


def test_a_long_text_is_no_page_and_is_left_alone_quickly() -> None:
    started = time.process_time()
    assert normal_pages("1-" * 50_000) == "1-" * 50_000
    assert page_ranges("i" * 100_000) == ()
    assert time.process_time() - started < 1
