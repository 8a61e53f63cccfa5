"""JSON as pages hold it: mended where it is loose, None where it is none, in bounded time."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.page.loose_json import load

TEXTS: dict[str, tuple[str, Any]] = {
    "sound": ('{"a": 1}', {"a": 1}),
    "CDATA": ('// <![CDATA[\n{"a": 1}\n// ]]>', {"a": 1}),
    "an HTML comment": ('<!-- {"a": 1} -->', {"a": 1}),
    "comments": ('/* a */ {"a": 1}\n// b\n', {"a": 1}),
    "a wrong escape": ('{"a": "it\\\'s"}', {"a": "it's"}),
    "a comma too many": ('{"a": [1, 2, ], }', {"a": [1, 2]}),
    "control characters": ('{"a": "x\ty\n"}', {"a": "x\ty\n"}),
    "something behind it": ('{"a": 1}; }', {"a": 1}),
    "what looks like a comment": ('{"a": "https://x.org/*b*/c"}', {"a": "https://x.org/*b*/c"}),
    "nothing": ("", None),
    "no JSON": ("var a = 1", None),
    "cut": ('{"a": ', None),
}


@pytest.mark.parametrize(("text", "value"), TEXTS.values(), ids=TEXTS)
def test_loose_json_is_mended(text: str, value: Any) -> None:
    assert load(text) == value


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "/*" * 1_000_000, "\\" * 1_000_000, '{"a":' * 200_000, "/* " + "a*" * 500_000]
)
def test_it_takes_no_time(text: str) -> None:
    started = time.process_time()
    assert load(text) is None
    assert time.process_time() - started < 10


@given(st.text(alphabet='{}[]",:/*\\<!->a1 \n', max_size=100))
def test_nothing_raises(text: str) -> None:
    load(text)
