"""What a format carries comes back: through our reader, through pybtex, and out of files that others would refuse."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats import by_name, jsonl
from litbase.formats.bibtex import read as bibtex
from litbase.formats.bibtex.write import dump
from litbase.formats.latex.text import decode
from litbase.formats.options import PROTECT, Options
from litbase.formats.plain import address, subjects
from litbase.record.reading import Document, Reading
from litbase.record.record import Mark, Record, clean_record, replace
from litbase.record.text import clean, squash
from litbase.vocabulary.tables import language_tag
from tests.amount import amount
from tests.strategies import records, tidy_records

CARRIED = (
    "author", "editor", "container_title", "collection_title", "publisher", "publisher_place", "abstract", "note",
        "volume",
    "issue", "page", "number", "number_of_pages", "issued", "doi", "eric", "isbn", "issn", "eissn", "url",
)  # fmt: skip
OPTIONS = st.builds(Options, st.booleans(), st.just(True), st.sampled_from(PROTECT), st.just("key"), file=st.none())


def stated(record: Record) -> dict[str, object]:
    """The fields BibTeX carries, names as they are filed."""
    values = {name: squash(v) if isinstance(v := getattr(record, name), str) else v for name in CARRIED}
    values["page"] = re.sub(r"\s*[–—-]+\s*", "-", squash(record.page))  # all dashes are one in BibTeX
    for role in ("author", "editor"):
        values[role] = [str(name) for name in getattr(record, role)]
    return values


def titled(record: Record) -> Record:
    """*record* with what every entry worth writing has, an address that is one, and languages there are."""
    return replace(
        record,
        title=record.title if squash(clean(record.title)) else "Untitled",
        citation_key="k",
        url=address(record.url),
        language=tuple(dict.fromkeys(tag for tag in map(language_tag, record.language) if tag)),
    )


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@settings(max_examples=amount(24, 60))
@given(record=tidy_records().map(titled), options=OPTIONS)
def test_a_record_comes_back_from_bibtex(dialect, record, options):
    [reading] = bibtex.read(Document.from_text("".join(by_name(dialect).dump([record], options))))
    assert isinstance(reading, Reading)
    back = reading.record
    assert back.title == squash(clean(record.title))
    assert stated(back) == stated(clean_record(record)[0])
    assert back.keywords == subjects(record)
    assert back.others == (record.others and bool(record.author or record.editor))
    assert [language_tag(name) for name in back.language] == list(record.language)
    assert (reading.leftovers, [n for n in reading.notices if n.code != "subtitle-joined"]) == ((), [])


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@settings(max_examples=amount(20, 50))
@given(record=tidy_records().map(titled))
def test_the_type_comes_back_from_bibtex(dialect, record):
    [reading] = bibtex.read(Document.from_text("".join(by_name(dialect).dump([record]))))
    assert reading.record.type == ("document" if record.type == "cited" else record.type)
    if record.genre:
        assert reading.record.genre == record.genre


@settings(max_examples=amount(20, 50))
@given(records().map(titled), records().map(titled))
def test_pybtex_reads_every_entry_we_write(first, second):
    from pybtex.database.input.bibtex import Parser

    entries = Parser().parse_string("".join(dump([first, second]))).entries
    assert list(entries) == ["k", "ka"]
    for entry, record in zip(entries.values(), (first, second), strict=True):
        assert decode(entry.fields["title"]) == squash(clean(record.title))
        people = entry.persons.get("author", [])
        assert [decode(" ".join(p.prelast_names + p.last_names)) for p in people if str(p) != "others"] == [
            squash(clean(name.surname)) for name in record.author
        ]


@settings(max_examples=amount(16, 40))
@given(tidy_records().map(titled))
def test_pybtex_sees_identifiers_untouched(record):
    from pybtex.database.input.bibtex import Parser

    fields = Parser().parse_string("".join(dump([record]))).entries["k"].fields
    assert fields.get("doi", "") == record.doi
    assert fields.get("url", "") == record.url
    assert fields.get("isbn", "") == ", ".join(record.isbn)


@settings(max_examples=amount(24, 60))
@given(records())
def test_two_writings_are_the_same_bytes(record):
    assert list(dump([record])) == list(dump([record]))


@settings(max_examples=amount(20, 50))
@given(records(), records())
def test_json_lines_carry_everything(first, second):
    first, second = clean_record(first)[0], clean_record(second)[0]
    text = "".join(jsonl.dump([first, second]))
    assert [reading.record for reading in jsonl.read(Document.from_text(text))] == [first, second]


@pytest.mark.parametrize(("text", "start", "stop"), [("{}", 0, 1), ("{}", 1, 2), ("a {b} c", 2, 4), ("{{}}", 1, 3)])
def test_emphasis_may_part_a_pair_of_braces(text, start, stop):
    mark = Mark("abstract", start, stop, "i")
    record = Record(title="Untitled", citation_key="k", abstract=text, marks=(mark,))
    [reading] = bibtex.read(Document.from_text("".join(dump([record], Options()))))
    assert (reading.record.abstract, reading.record.marks) == (text, (mark,))
