"""What is sent of scripts and styles: all that is written but what is for people."""

import re

import pytest

from litbase.web.bundle import BUNDLES, STATIC, content

WRITTEN = sorted({*(part for parts in BUNDLES.values() for part in parts), "litbase.css"})
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.mark.parametrize("name", WRITTEN)
def test_comments_and_indentation_are_not_sent_and_all_else_is(name):
    written, sent = (STATIC / name).read_text("utf-8"), content(name).decode()

    def code(text):
        return "".join(COMMENT.sub("", text).split())

    if name not in BUNDLES:
        assert code(sent) == code(written)
    assert not re.search(r"^[ \t]|^/\*", sent, re.MULTILINE)


@pytest.mark.parametrize("name", WRITTEN)
def test_no_text_of_a_script_goes_over_the_end_of_a_line(name):
    """Its indentation would be lost."""
    lines = COMMENT.sub("", (STATIC / name).read_text("utf-8")).splitlines()
    assert [line for line in lines if line.count("`") % 2 or line.endswith("\\")] == []
