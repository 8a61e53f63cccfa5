"""Files cut into entries: the same entries however the text comes."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from litbase.formats.bibtex.chunks import chunks

PIECES = st.sampled_from(
    ("@article{a,\n", "@book(b,\n", "  title = {T{x}},\n", "}\n", ")\n", "\n", "@param(x)\n", "@", "{", "comment\n",
     "@string{s = \"t\"}\n", "abstract = {first\n@misc{c,\n second}\n")
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sets(st.integers(1, 200), max_size=12))
@example("@article{a,\n title = {T}\n}\n@param(", {13, 30})
def test_the_entries_are_the_same_in_whatever_stretches_the_text_comes(text: str, cuts: set[int]) -> None:
    ends = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    assert list(chunks(text[a:b] for a, b in pairwise(ends))) == list(chunks([text]))


def test_a_chunk_reaches_to_the_next_entry_and_knows_its_line() -> None:
    told = list(chunks(["words\n@art", "icle{a,\n x = 1}\nmore\n@bo", "ok{b, y = 2}"]))
    assert [(chunk.kind, chunk.line) for chunk in told] == [("article", 2), ("book", 5)]
    assert told[0].text == "@article{a,\n x = 1}\nmore\n"
    assert list(chunks([])) == list(chunks(["no entry"])) == []
