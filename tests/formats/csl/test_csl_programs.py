"""CSL-JSON between programs: Citation.js and pandoc read ours, and we read theirs, and the works are the same."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from litbase.formats.csl import read as csl_json_read
from litbase.formats.csl import write as csl_json
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading
from litbase.record.record import Mark, Record, replace
from tests.strategies import tidy_records

NODE = Path(__file__).resolve().parents[2] / "node"
CITATION_JS = """
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-csl')
const items = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const cite = new Cite(items, { generateGraph: false })
console.log(JSON.stringify({ items: cite.data, apa: cite.format('bibliography', { format: 'html', template: 'apa' }) }))
"""
RECORDS = [
    Record(
        type="article-journal",
        citation_key="a",
        title="On E. coli & <b> in HTML",
        marks=(Mark("title", 3, 10, "i"),),
        author=(Name(family="Berg", given="Jan", particle="van der", suffix="Jr."), Name(literal="Smith & Sons")),
        container_title="Journal of Change",
        volume="20",
        issue="3",
        page="327-350",
        doi="10.1002/(SICI)1<2;2-O",
        issued=PartialDate(year=2019, month=8),
        url="https://x.org/a_b?c=1&d=50%25#f~g",
        issn=("1389-2843",),
    ),
    Record(
        type="chapter",
        citation_key="b",
        title="A chapter",
        container_title="A Book",
        publisher="P & Q",
        editor=(Name(family="Humboldt", given="Alexander von"),),
        issued=PartialDate(year=2018, month=21),
    ),
    Record(
        type="report",
        citation_key="c",
        title="A report",
        author=(Name(literal="山田太郎"),),
        number="TR-12",
        eric="ED123456",
        issued=PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2)),
        publisher="OECD",
    ),
    Record(
        type="article-journal",
        citation_key="d",
        title="A magazine piece",
        extra=(("csl:type", "article-magazine"),),
        issued=PartialDate(year=1999, month=24, end=PartialDate(year=2000, month=24)),
        keywords=("Reading, Writing", "B"),
    ),
]
SAME = "title author editor container_title volume issue page doi url publisher number issn type".split()


@pytest.fixture(scope="module")
def citation_js() -> Callable[[str], dict[str, object]]:
    """Runs Citation.js: the items it sees in CSL-JSON, and its bibliography in APA as HTML."""
    if not shutil.which("node") or not (NODE / "node_modules" / "@citation-js").is_dir():
        pytest.skip("Citation.js is not installed: make test")

    def run(text: str) -> dict[str, object]:
        done = subprocess.run(["node", "-e", CITATION_JS], input=text, capture_output=True, text=True, cwd=NODE)
        assert done.returncode == 0, done.stderr[:500]
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def seen(citation_js) -> dict[str, object]:
    """What Citation.js sees in RECORDS."""
    return citation_js("".join(csl_json.dump(RECORDS)))


@pytest.fixture(scope="module")
def pandoc() -> Callable[[str], str]:
    """Runs pandoc: CSL-JSON as it writes what it read of CSL-JSON."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed: apt-get install -y pandoc")

    def run(text: str) -> str:
        done = subprocess.run(["pandoc", "-f", "csljson", "-t", "csljson"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[:500]
        return done.stdout

    return run


def read(text: str) -> list[Record]:
    readings = [item for item in csl_json_read.read(Document.from_text(text)) if isinstance(item, Reading)]
    return [reading.record for reading in readings]


def test_citation_js_takes_every_member_as_it_stands(seen):
    assert seen["items"] == [csl_json.item(record) for record in RECORDS]


def test_citation_js_prints_emphasis_and_no_tag_that_is_text(seen):
    plain = seen["apa"].replace("\u2060", "")
    assert "On <i>E. coli</i> &#38; &#60;b&#62; in HTML" in plain
    assert "van der Berg, J., Jr." in plain


def test_works_come_back_from_citation_js(seen):
    back = read(json.dumps(seen["items"]))
    assert [replace(record, extra=()) for record in back] == [replace(record, extra=()) for record in RECORDS]


def test_works_come_back_from_pandoc(pandoc):
    back = {record.citation_key: record for record in read(pandoc("".join(csl_json.dump(RECORDS))))}
    for record in RECORDS:
        found = back[record.citation_key]
        assert {name: getattr(found, name) for name in SAME} == {name: getattr(record, name) for name in SAME}
        assert found.marks == record.marks
        assert found.issued == record.issued or record.issued.month > 12  # pandoc drops seasons


@settings(max_examples=1, phases=[Phase.generate])
@given(data=st.data())
def test_citation_js_reads_whatever_we_write(citation_js, data):
    records = [replace(data.draw(tidy_records()), citation_key=f"k{n}", title="T") for n in range(30)]
    items = [csl_json.item(record) for record in records]
    assert citation_js("".join(csl_json.dump(records)))["items"] == items
