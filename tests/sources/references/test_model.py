"""The tagger: its model ships with the package, is small, and labels the same words the same way in every thread."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references import model
from litbase.sources.references.features import features
from litbase.sources.references.marks import Part
from litbase.sources.references.model import MODEL, is_installed, joined, parts_by_model
from litbase.sources.references.tokens import MAX_WORDS, mended, words_of
from tests.sources.references.lists import APA, STYLES

LABELS = frozenset(
    "author date title journal container editor translator volume pages publisher place edition genre series note url "
    "doi isbn arxiv pmid number".split()
)


def test_the_model_is_there_and_small() -> None:
    assert is_installed()
    assert MODEL.stat().st_size < 2 << 20
    assert "AnyStyle" in MODEL.with_name("model.txt").read_text("utf-8")


def test_parts_lie_in_the_text_in_order_and_have_known_labels() -> None:
    for texts in STYLES.values():
        for text in texts:
            parts = parts_by_model(text)
            assert {part.label for part in parts} <= LABELS
            assert all(0 <= part.start < part.stop <= len(text) for part in parts)
            assert list(parts) == sorted(parts, key=lambda part: part.start)


def test_threads_read_as_one_does() -> None:
    texts = [text for some in STYLES.values() for text in some] * 3
    alone = [parts_by_model(text) for text in texts]
    found: list[list[tuple[Part, ...]]] = []

    def read() -> None:
        found.append([parts_by_model(text) for text in texts])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_without_the_extra_there_are_no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "is_installed", lambda: False)
    assert parts_by_model(APA[0]) == ()


def test_words_keep_their_places() -> None:
    text = "Roe, A. (2001). Rooms: 12(3), 4–9. https://doi.org/10.1234/ab.5"
    words = words_of(text)
    assert [text[word.start : word.stop] for word in words] == [word.text for word in words]
    assert [word.text for word in words] == [
        "Roe",
        "A",
        "2001",
        "Rooms",
        "12",
        "3",
        "4–9",
        "https://doi.org/10.1234/ab.5",
    ]
    assert len(words_of("word " * 5000)) == MAX_WORDS
    assert len(features(text, words)) == len(words)


def test_stretches_close_the_brackets_they_open() -> None:
    text = "Rooms (and doors). Acme"
    words = words_of(text)
    title, publisher = joined(text, words, ["title", "title", "title", "publisher"])
    assert text[title.start : title.stop] == "Rooms (and doors)."
    assert publisher.label == "publisher"


def test_blanks_that_a_pdf_displaced_are_mended_in_place() -> None:
    text = "Phys .Rev .D 85 ( 2012 )054512 ,see also"
    assert len(mended(text)) == len(text)
    assert mended(text).startswith("Phys. Rev. D 85 (2012)")
    assert mended("La réussite : le chemin") == "La réussite : le chemin"


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert len(mended(text)) == len(text)
    words = words_of(text)
    assert len(features(text, words)) == len(words)
    parts_by_model(text)
