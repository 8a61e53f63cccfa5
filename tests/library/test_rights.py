"""What of a source's text may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.rights import SNIPPET, TEXTS, beginning, shown
from litbase.record.record import Mark, Record
from litbase.settings import Settings

SETTINGS = Settings(display={"a": "full", "b": "snippet", "c": "none"})
TEXT = "Towns have streets. " * 40


@pytest.mark.parametrize(
    ("sources", "most"), [((), 800), (("a",), 800), (("b",), 300), (("c",), 0), (("a", "b"), 300), (("b", "c"), 0)]
)
def test_the_strictest_source_decides(sources, most):
    record = Record(body=TEXT, abstract=TEXT, collection=sources)
    allowed = shown(record, SETTINGS)
    assert most - 20 <= len(allowed.body) <= most
    assert allowed.abstract == TEXT


@given(st.lists(st.text(max_size=400), min_size=4, max_size=4))
def test_all_texts_together_are_no_longer_than_a_snippet(texts):
    record = Record(**dict(zip(TEXTS, texts, strict=True)), collection=("b",))
    allowed = shown(record, SETTINGS)
    assert sum(len(getattr(allowed, name)) for name in TEXTS) <= SNIPPET
    assert all(
        text.startswith(getattr(allowed, name).removesuffix(" …")) for name, text in zip(TEXTS, texts, strict=True)
    )


def test_emphasis_of_what_is_cut_goes_with_it():
    marks = (Mark("body", 0, 5, "i"), Mark("body", 700, 705, "i"), Mark("title", 0, 900, "b"))
    assert shown(Record(body=TEXT, marks=marks, collection=("b",)), SETTINGS).marks == (marks[0], marks[2])


@given(st.text(max_size=50), st.integers(-5, 60))
def test_a_beginning_is_never_longer_than_asked(text, most):
    assert len(beginning(text, most)) <= max(0, most)
