"""Tag lines made to run a reader out of time or memory: each file is read or reported within bounds."""

import time
import tracemalloc

import pytest

from litbase.formats.tags import nbib, refer, ris, wos
from litbase.record.reading import Document, Reading, Refusal
from tests.amount import amount

# reader, what opens a record, what a line with tag and value looks like, what closes one, a tag for each purpose
READERS = {
    "ris": (ris, "TY  - JOUR\n", "{}  - {}\n", "ER  - \n", "TI AU KW AB N1 SN UR PY DO SP T2 ID"),
    "nbib": (nbib, "PMID- 1\nOWN - NLM\n", "{:<4}- {}\n", "\n", "TI FAU OT AB GN IS LID DP AID PG JT OTO"),
    "refer": (refer, "%0 Journal Article\n", "%{} {}\n", "\n", "T A K X Z @ U D R P J F"),
    "wos": (wos, "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "{} {}\n", "ER\n\n",
            "TI AU DE AB OI SN UT PD DI BP SO CR"),
}  # fmt: skip
VALUES = {
    "letters": "x" * 40_000,
    "blanks": "x" + " " * 40_000 + "x",
    "commas": "a, " * 14_000,
    "semicolons": "a; " * 14_000,
    "sessions": "; Session: a" * 4_000,
    "brackets": "[" * 40_000,
    "parentheses": "(a) " * 10_000,
    "stars": "*/" * 20_000,
    "digits": "1" * 40_000,
    "dashes": "1-" * 20_000,
    "dots": "A." * 20_000,
    "ampersands": "&amp;" * 6_000 + "&" * 10_000,
    "markup": "<i>" * 12_000,
    "addresses": "https://x.org/a; " * 2_000,
    "identifiers": "10.1000/x " * 4_000,
    "et al": "et al " * 6_000,
    "and": " and " * 8_000,
    "pages": "p1, " * 10_000,
    "months": "Jan-" * 10_000,
    "volumes": "v1 n1 p1 " * 4_000,
}
SHAPES = {
    "no tag at all": "words and words\n" * 4_000,
    "empty lines": "\n" * 40_000,
    "a tag on every line": "".join(f"{a}{b}{c}{d}- x\n" for a in "ABCDE" for b in "ABCDEFGH" for c in "AB" * 30
                                   for d in "ABCDEF"),
    "records that open": "TY  - JOUR\nPMID- 1\n%0 Book\nPT J\n" * 1_000,
    "records that close": "ER  - \nEF\n" * 6_000,
    "numbers": "".join(f"{n}.\n" for n in range(6_000)),
    "marks": "\ufeff" * 6_000 + "\n" + "TY" * 6_000,
}  # fmt: skip


def readings(reader, text: str) -> list[Reading | Refusal]:
    """What *reader* gives for *text*, in bounded time."""
    document = Document.from_text(text)
    assert document.lines
    start = time.process_time()
    items = list(reader.read(document))
    assert time.process_time() - start < 10
    return items


def assert_small(reader, text: str) -> None:
    """Reading *text* takes a multiple of its length of memory; seen on less of it, as tracing takes long."""
    document = Document.from_text(text)
    assert document.lines
    tracemalloc.start()
    assert list(reader.read(document))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_500_000 + 40 * len(text)


def less(value: str) -> str:
    """The first quarter of *value*; with LITBASE_LONG all of it."""
    return value[: amount(len(value) // 4, len(value))]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("name", READERS)
def test_a_value_that_never_ends(name, value):
    reader, opening, line, closing, tags = READERS[name]
    after = opening + line.format(tags.split()[0], "After") + closing

    def filled(value: str) -> str:
        return opening + "".join(line.format(tag, value) for tag in tags.split()) + closing + after

    assert_small(reader, filled(less(value)))
    *_, last = readings(reader, filled(value))
    assert last.record.title == "After"


@pytest.mark.parametrize("name", READERS)
def test_a_line_that_comes_again_and_again(name):
    reader, opening, line, closing, tags = READERS[name]
    after = closing + opening + line.format(tags.split()[0], "After") + closing

    def repeated(times: int) -> str:
        lines = (line.format(tag, f"word {n} of 1000") for tag in tags.split() for n in range(times))
        return opening + "".join(lines) + after

    assert_small(reader, repeated(amount(250, 1_000)))
    [first, last] = readings(reader, repeated(1_000))
    assert isinstance(first, Reading)
    assert last.record.title == "After"


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", READERS)
def test_a_file_without_a_shape(name, shape):
    reader, opening, line, closing, tags = READERS[name]
    after = "\n" + closing + opening + line.format(tags.split()[0], "After") + closing
    assert_small(reader, less(shape) + after)
    *_, last = readings(reader, shape + after)
    assert last.record.title == "After"


@pytest.mark.parametrize("name", READERS)
def test_a_long_abstract_is_read_whole(name):
    reader, opening, line, closing, tags = READERS[name]
    text = "word " * 200_000
    title, _, _, abstract, *_ = tags.split()
    assert_small(reader, opening + line.format(title, "T") + line.format(abstract, less(text)) + closing)
    [last] = readings(reader, opening + line.format(title, "T") + line.format(abstract, text) + closing)
    assert len(last.record.abstract) == len(text) - 1
