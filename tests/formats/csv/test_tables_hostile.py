"""Tables, JSON and EndNote's XML made to run a reader out of time or memory: each is read or refused within bounds."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats import publish_or_perish
from litbase.formats.csl import read as csl_json_read
from litbase.formats.csl import write as csl_json
from litbase.formats.csv import table as csv
from litbase.formats.endnote import read as endnote_xml
from litbase.record.reading import Document, Reading, Refusal
from tests.amount import amount
from tests.strategies import damaged, tidy_records

HEAD = "Title,Authors,Year,DOI,Extra,Source,Citation,Keywords\n"
LAST = '"After","Doe, J",2000\n'


def tables(part: int = 1) -> dict[str, str]:
    """Rows of tables, by name; the *part*th of their length."""
    return {
        "quotes never closed": '"a\n' * (5_000 // part),
        "quotes doubled": '"' + '""' * (100_000 // part) + '"\n',
        "quotes and commas": '",' * (50_000 // part) + "\n",
        "commas": "," * (50_000 // part) + "\n",
        "empty lines": "\n" * (100_000 // part),
        "semicolons in a name cell": 'T,"' + "A, B; " * (20_000 // part) + '",2000\n',
        "commas in a name cell": 'T,"' + "Smith J, " * (20_000 // part) + '",2000\n',
        "and": 'T,"' + "and " * (40_000 // part) + '",2000\n',
        "brackets": 'T,"[' + "[" * (100_000 // part) + ']",2000\n',
        "a list of quotes": 'T,"[' + "'" * (100_000 // part) + ']",2000\n',
        "tags": "<i>" * (20_000 // part) + ",A,2000\n",
        "nested tags": "<i><b>" * (8_000 // part) + "x" + "</b></i>" * (8_000 // part) + ",A,2000\n",
        "entities": "&amp;amp;amp;" * (30_000 // part) + ",A,2000\n",
        "citations": "T,A,2000,,," + "a (2000) " * (20_000 // part) + "," + "a. 2000 " * (20_000 // part) + "\n",
        "brackets in keywords": 'T,A,2000,,,,,"' + "a (b, " * (50_000 // part) + '"\n',
        "lines in extra": 'T,A,2000,,"' + "\nPMID: 1" * (5_000 // part) + '"\n',
        "blanks": 'T,A,2000,,"' + " " * (200_000 // part) + '"\n',
    }


ITEM = '{"id": "z", "type": "book", "title": "After"}'


def items(part: int = 1) -> dict[str, str]:
    """Items of JSON, by name; the *part*th of their length."""
    return {
        "5,000 nested lists": '{"id": "a", "type": "book", "title": '
        + "[" * (5_000 // part)
        + "]" * (5_000 // part)
        + "}",
        "deeper nesting": '{"id": "a", "type": "book", "x": '
        + '{"a":' * (100_000 // part)
        + "1"
        + "}" * (100_000 // part)
        + "}",
        "brackets never closed": '{"id": "a", "type": "book", "x": ' + "[" * (100_000 // part),
        "broken items": ",\n".join(['{"id": "a", "title":,}'] * (150 // part)),
        "tags": '{"id": "a", "type": "book", "title": "' + "<i>" * (20_000 // part) + '"}',
        "20,000 authors": '{"id": "a", "type": "book", "title": "T", "author": ['
        + '{"family": "A", "given": "B"},' * (20_000 // part)
        + '{"literal": "C"}]}',
        "lines in a note": '{"id": "a", "type": "book", "title": "T", "note": "'
        + "\\nPMID: 1" * (5_000 // part)
        + '"}',
        "blanks in a note": '{"id": "a", "type": "book", "title": "T", "note": "' + "\\n " * (50_000 // part) + '"}',
        "isbns": '{"id": "a", "type": "book", "title": "T", "ISBN": "' + "978 " * (30_000 // part) + '"}',
        "keywords": '{"id": "a", "type": "book", "title": "T", "keyword": "' + ", " * (50_000 // part) + '"}',
        "20,000 references": '{"id": "a", "type": "book", "title": "T", "reference": ['
        + '{"unstructured": "x"},' * (20_000 // part)
        + "{}]}",
        "a number": '{"id": "a", "type": "book", "title": "T", "volume": ' + "9" * (100_000 // part) + "}",
        "half a letter": '{"id": "a", "type": "book", "title": "\\ud800"}',
        "odd values": '{"id": [1, {}], "type": {"a": 1}, "title": [[["x"]]], "issued": [1],'
        ' "author": [[[]]], "ISSN": 1}',
    }


def records(part: int = 1) -> dict[str, str]:
    """What stands in a record of XML, by name; the *part*th of their length."""
    return {
        "styles": "<titles><title>" + "<style face='bold'>x</style>" * (10_000 // part) + "</title></titles>",
        "keywords": "<keywords>" + "<keyword>a; b</keyword>" * (10_000 // part) + "</keywords>",
        "numbers": "<isbn>" + "1234-5678 (" * (10_000 // part) + "</isbn>",
        "digits": "<isbn>" + "1 " * (50_000 // part) + "</isbn>",
        "urls": "<urls><related-urls>" + "<url>http://a.b/c</url>" * (5_000 // part) + "</related-urls></urls>",
        "carriage returns": "<contributors><authors><author>"
        + "a,&#13;" * (5_000 // part)
        + "</author></authors></contributors>",
    }


TABLES, ITEMS, RECORDS = tables(), items(), records()
PART = amount(4, 1)  # of which memory is traced, which makes all many times slower
LESS_ROWS, LESS_ITEMS, LESS_INSIDE = tables(PART), items(PART), records(PART)
RECORD = "<record><ref-type>6</ref-type>{}</record>"


def bounded(reader, text: str, less: str) -> list[Reading | Refusal]:
    """What *reader* makes of *text* in little time; of *less* of it in little memory."""
    document = Document.from_text(text)
    assert document.text
    start = time.process_time()
    found = list(reader.read(document))
    assert time.process_time() - start < 20
    document = Document.from_text(less)
    assert document.text
    tracemalloc.start()
    assert list(reader.read(document))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000 / PART + 60 * len(less)
    return found


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_read_to_its_end(name):
    found = bounded(csv, *(HEAD + rows + LAST for rows in (TABLES[name], LESS_ROWS[name])))
    assert isinstance(found[-1], Reading)
    assert found[-1].record.title == "After"


@pytest.mark.parametrize("name", ITEMS)
def test_a_hostile_item_does_not_reach_the_next(name):
    found = bounded(csl_json_read, *(f"[\n{items},\n{ITEM}\n]" for items in (ITEMS[name], LESS_ITEMS[name])))
    assert isinstance(found[-1], Reading)
    assert found[-1].record.title == "After"


@pytest.mark.parametrize("name", RECORDS)
def test_a_hostile_record_does_not_reach_the_next(name):
    after = RECORD.format("<titles><title>After</title></titles>")
    texts = (
        f"<xml><records>{RECORD.format(inside)}{after}</records></xml>" for inside in (RECORDS[name], LESS_INSIDE[name])
    )
    found = bounded(endnote_xml, *texts)
    assert [item.record.title for item in found if isinstance(item, Reading)][-1] == "After"


def test_xml_nested_too_deep_is_refused():
    deep = RECORD.format("<style>" * 5_000 + "x" + "</style>" * 5_000)
    assert [item.notice.code for item in endnote_xml.read(Document.from_text(f"<xml>{deep}</xml>"))] == ["malformed"]


def test_rows_and_items_are_streamed():
    count = amount(2_500, 4_000)  # whose readings together are more than the limit below
    rows = HEAD + '"A title","Smith, John; Doe, Jane",2000,,,,,\n' * count
    items = "[" + ",\n".join(f'{{"id": "k{n}", "type": "book", "title": "T"}}' for n in range(count)) + "]"
    for reader, text in ((csv, rows), (csl_json_read, items)):
        document = Document.from_text(text)
        assert document.text
        tracemalloc.start()
        assert sum(isinstance(item, Reading) for item in reader.read(document)) == count
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2_000_000


def test_a_field_of_five_megabytes_is_read_whole():
    text = "word " * 1_000_000
    [row] = csv.read(Document.from_text(f'Title,Abstract,Year\nT,"{text}",2000\n'))
    [item] = csl_json_read.read(Document.from_text(f'[{{"type": "book", "title": "T", "abstract": "{text}"}}]'))
    assert len(row.record.abstract) == len(item.record.abstract) == len(text) - 1


READERS = {"csv": csv, "csl-json": csl_json_read, "endnote-xml": endnote_xml, "publish-or-perish": publish_or_perish}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@settings(max_examples=amount(24, 60))
@given(text=st.one_of(st.text(), st.text(alphabet='[]{}",:\\n<>/;\t abc1')))
def test_no_text_raises(reader, text):
    document = Document.from_text(text)
    assert 0 <= reader.sniff(document) <= 100
    assert list(reader.read(document))


@settings(max_examples=amount(24, 60))
@given(st.lists(tidy_records(), min_size=1, max_size=3), st.sampled_from([csv, csl_json]), st.data())
def test_no_damage_raises(records, writer, data):
    whole = "".join(writer.dump(records)).encode("utf-8", "replace")
    reader = csv if writer is csv else csl_json_read
    document = Document("x", data.draw(damaged(whole)))
    assert all(isinstance(item, (Reading, Refusal)) for item in reader.read(document))
