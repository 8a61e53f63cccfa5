"""The items of a JSON file: each with its line, the broken ones refused, their neighbours unharmed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats.json_items import Item, items
from litbase.record.reading import Refusal
from tests.amount import amount

A, B, C = ({"id": name, "type": "book", "author": [{"family": name}]} for name in "abc")
COMPACT = json.dumps([A, B, C])
LINES = "[\n" + ",\n".join(map(json.dumps, (A, B, C))) + "\n]\n"
PRETTY = json.dumps([A, B, C], indent=2)
TABBED = json.dumps([A, B, C], indent="\t")


def seen(text: str) -> list[str]:
    """The ids of the items, and the code of each refusal."""
    return [item.value.get("id", "") if isinstance(item, Item) else item.notice.code for item in items(text)]


SHAPES = {
    "compact": COMPACT,
    "a line each": LINES,
    "pretty": PRETTY,
    "tabs": TABBED,
    "json lines": "\n".join(map(json.dumps, (A, B, C))),
    "a byte order mark": "\ufeff" + LINES,
    "a wrapper": json.dumps({"items": [A, B, C]}),
    "pandoc": '{"references": ' + PRETTY + "}",
    "crossref": json.dumps(
        {"status": "ok", "message-type": "work-list", "message": {"total-results": 3, "items": [A, B, C]}}
    ),
    "nulls between": "[null, " + COMPACT[1:],
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_items_are_found_in_every_shape(text):
    assert seen(text) == ["a", "b", "c"]


def test_one_object_is_one_item():
    assert seen(json.dumps(A)) == ["a"]
    assert seen(json.dumps({"status": "ok", "message-type": "work", "message": A})) == ["a"]
    assert seen("[]") == seen("  ") == []


def test_each_item_has_its_line():
    assert [item.line for item in items(LINES)] == [2, 3, 4]
    assert [item.line for item in items(PRETTY)] == [2, 11, 20]


@pytest.mark.parametrize("text", [COMPACT, LINES, PRETTY, TABBED], ids=["compact", "lines", "pretty", "tabs"])
@pytest.mark.parametrize("damage", ['"b" "type"', '"b",, "x": 1', '"b\n', '"b", "type": ' + "[" * 100_000])
def test_a_broken_item_does_not_lose_its_neighbours(text, damage):
    place = text.index('"b"')
    broken = text[:place] + damage + text[place + 3 :]
    found = seen(broken)
    assert (found[0], found[-1]) == ("a", "c")
    assert "malformed" in found
    [told] = [item for item in items(broken) if isinstance(item, Refusal)][:1]
    assert told.line == [item for item in items(text) if isinstance(item, Item)][1].line


@pytest.mark.parametrize("text", [COMPACT, LINES, PRETTY], ids=["compact", "lines", "pretty"])
def test_a_file_that_is_cut_gives_the_items_before_the_break(text):
    place = text.index('"c"')
    assert seen(text[:place] + '"c') == ["a", "b", "truncated"]
    assert seen(text[: text.rindex("]")]) == ["a", "b", "c", "truncated"]


def test_what_is_no_item_is_refused():
    assert seen('[1, "x", {"id": "a"}]') == ["malformed", "malformed", "a"]
    assert seen("not JSON") == ["malformed"]


@settings(max_examples=amount(24, 60))
@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.one_of(st.text(), st.lists(st.integers()))), min_size=1), st.data()
)
def test_every_item_before_a_cut_is_found(values, data):
    text = json.dumps(values, indent=data.draw(st.sampled_from([None, 1])))
    cut = data.draw(st.integers(0, len(text)))
    whole = [item.value for item in items(text[:cut]) if isinstance(item, Item)]
    assert whole == values[: len(whole)]
    if cut == len(text):
        assert whole == values
