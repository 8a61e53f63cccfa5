"""BibTeX made to run a reader out of time or memory: each is read or refused within bounds."""

import time
import tracemalloc

import pytest

from litbase.formats.bibtex import read as bibtex
from litbase.record.reading import Document, Reading, Refusal

DOUBLING = '@string{a0="0123456789"}\n' + "".join(f"@string{{a{i + 1}=a{i} # a{i}}}\n" for i in range(40))
FILES = {
    "macros that double": DOUBLING + "@article{x, title=a40, note=a16, abstract=a16 # a16 # a16}\n",
    "large macros": "@string{a={" + "x" * 400_000 + "}}\n" + "".join(f"@string{{b{i}=a # a}}\n" for i in range(300)),
    "one macro joined often": '@string{a="' + "y" * 50_000 + '"}\n@article{x, title=' + "a # " * 2000 + "a}",
    "5,000 nested braces": "@article{x, title={" + "{" * 5000 + "t" + "}" * 5000 + "}, year=2000}\n",
    "nested braces in a name": "@article{x, author={" + "{" * 5000 + "t" + "}" * 5000 + "}, year=2000}\n",
    "braces never closed": "@article{x,\n" + "a={{\n" * 5_000,
    "quotes never closed": '@a{b,c="' * 5000,
    "entries never closed": "@a{" * 50_000,
    "entries on one line": "@article{a,title={x}}" * 500,
    "empty lines": "\n" * 200_000 + "@a" + "\n" * 200_000,
    "blanks": "@article{a,title={x}" + " " * 200_000,
    "commas": "@a{b" + "," * 20_000,
    "names": "@a{b,title={x},author={" + "and " * 20_000 + "}}",
    "tags never closed": "@a{b,title={x},abstract={" + "<i><span a=" * 30_000 + "}}",
    "tags in tags": "@a{b,title={x},abstract={" + "<b>" * 20_000 + "</b>" * 20_000 + "}}",
    "entities": "@a{b,title={x},abstract={" + "&amp;" * 60_000 + "&" * 60_000 + "}}",
    "parts of names": "@a{b,title={x},author={" + "family=" * 20_000 + "}}",
    "commas of names": "@a{b,title={x},author={" + "A. Bee, " * 20_000 + "}}",
    "emphasis never closed": "@a{b,title={" + "\\emph{" * 20_000 + "}}",
    "emphasis in emphasis": "@a{b,title={" + "{\\it " * 10_000 + "}" * 10_000 + "}}",
    "date without end": "@a{b,title={x},date={" + "2001-01/" * 20_000 + "},month={" + "jan-" * 20_000 + "}}",
    "joined by #": "@a{b,title={x},note=" + "{y} # " * 20_000 + "{z}}",
    "backslashes": "@a{b,title={" + "\\" * 50_000 + "}}",
}  # fmt: skip


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_hostile_file_is_read_or_refused_in_time_and_memory(text):
    document = Document.from_text(text + "\n@book{after, title={After}}\n")
    assert document.text
    tracemalloc.start()
    start = time.process_time()
    last = None
    for item in bibtex.read(document):
        last = item
    seconds = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(last, Reading)
    assert last.record.title == "After"
    assert seconds < 30  # tracing makes it several times slower than it is
    assert peak < 50_000_000 + 4 * len(text)


def test_a_macro_that_grows_too_long_is_refused_with_its_name():
    refused = [item for item in bibtex.read(Document.from_text(DOUBLING)) if isinstance(item, Refusal)]
    assert {item.notice.code for item in refused} == {"macro-too-long"}
    assert dict(refused[0].notice.params)["name"].startswith("a1")


def test_a_long_field_is_read_whole():
    text = "word " * 1_000_000
    [reading, after] = bibtex.read(
        Document.from_text(f"@article{{x, title={{T}}, abstract={{{text}}}}}\n@book{{y, title={{U}}}}")
    )
    assert len(reading.record.abstract) == len(text) - 1
    assert after.record.title == "U"


def test_macros_do_not_leak_into_the_next_document():
    list(bibtex.read(Document.from_text("@string{jan={Changed}}\n@string{mine={M}}")))
    [reading] = bibtex.read(Document.from_text("@book{x, title={T}, note=mine, month=jan, year=2001}"))
    assert (reading.record.note, str(reading.record.issued)) == ("mine", "2001-01")
