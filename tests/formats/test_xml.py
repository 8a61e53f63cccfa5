"""The safe XML stream: lines, limits, and going on after a broken record."""

import pytest

from litbase.formats import xml
from litbase.formats.xml import Element, stream
from litbase.record.reading import Refusal


def elements(text: str, *names: str) -> list[Element]:
    return [item for item in stream(text, *names) if isinstance(item, Element)]


def refused(text: str, *names: str) -> list[tuple[int, str]]:
    return [(item.line, item.notice.code) for item in stream(text, *names) if isinstance(item, Refusal)]


def test_elements_come_by_local_name_with_line_attributes_and_text() -> None:
    [first, second] = elements('<?xml version="1.0"?>\n<a>\n<x:r k:n="1">one <b>two</b> three</x:r>\n<r/></a>', "r")
    assert (first.name, first.attributes, first.line, first.text) == ("r", {"n": "1"}, 3, "one two three")
    assert (second.line, second.text, [child.name for child in first.children]) == (4, "", ["b"])


def test_an_element_inside_its_like_is_part_of_it() -> None:
    [outer] = elements("<a><r><r>x</r></r></a>", "r")
    assert [child.name for child in outer.children] == ["r"]


@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_chunks_do_not_matter(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "CHUNK", chunk)
    assert [item.text for item in elements("<a><r>é\U0001f600</r><r>&amp;&lt;</r></a>", "r")] == ["é\U0001f600", "&<"]


def test_after_a_broken_record_the_next_one_is_read_with_its_line() -> None:
    text = "<a>\n<r>1</r>\n<r>2</q>\n<r>3</r>\n<r>4</r>\n</a>"
    assert [(item.line, item.text) for item in elements(text, "r")] == [(2, "1"), (4, "3"), (5, "4")]
    assert refused(text, "r") == [(3, "malformed")]


def test_on_one_line_too() -> None:
    assert [item.text for item in elements("<a><r>1</r><r>2</q><r>3</r></a>", "r")] == ["1", "3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><r>1", [(1, "truncated")]),
        ("<a><r>1</r>", [(1, "malformed")]),
        ("", [(1, "malformed")]),
        ("no xml", [(1, "malformed")]),
        ("<a>\n<!DOCTYPE x></a>", [(2, "malformed")]),
        ("<a>\n&undefined;</a>", [(2, "malformed")]),
        ("<a>" * 65 + "</a>" * 65, [(1, "malformed")]),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert refused(text, "r") == expected


def test_control_characters_are_passed_over() -> None:
    assert [item.text for item in elements("<a><r>x\x00\x0by\ufffe</r></a>", "r")] == ["xy"]


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 50)
    assert refused("<a>" + "<r/>" * 60 + "</a>", "r") == [(1, "malformed")]


def test_a_text_may_have_more_elements_than_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 50)
    text = "<a>" + "<r><b/></r>" * 60 + "</a>"
    assert len([item for item in stream(text, "r", total=1_000) if isinstance(item, Element)]) == 60
    [refusal] = stream("<a><r>" + "<b/>" * 60 + "</r></a>", "r", total=1_000)
    assert isinstance(refusal, Refusal)
    [*_, last] = stream(text, "r", total=100)
    assert isinstance(last, Refusal)


def test_a_stream_is_handed_on_before_it_ends() -> None:
    first = next(stream("<a>" + "<r>x</r>" * 100_000 + "<broken", "r"))
    assert isinstance(first, Element)
