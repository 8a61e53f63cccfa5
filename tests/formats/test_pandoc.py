"""pandoc, which many users feed our exports to, reads every one of them and sees the same works."""

import json
import re
import shutil
import subprocess

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from litbase.formats import by_name
from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
from litbase.record.names import Name
from litbase.record.record import Record, replace
from tests.strategies import records

RECORDS = [
    Record(type="article-journal", citation_key="a", title='Effects of "X" & 100% of $5, snake_case #1 on NAEP',
        page="327-350",
           author=(Name(family="Berg", given="Jan", particle="van der"), Name(literal="Smith and Sons & Co.")),
               volume="20",
           issue="3", container_title="Journal of Change & Growth",
               doi="10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
           issued=PartialDate(year=2019, month=8), url="https://x.org/a_b?c=1&d=50%25#f~g"),
    Record(type="chapter", citation_key="b", title="Open { brace only", container_title="A Book", publisher="P & Q",
           editor=(Name(family="Others", given="Ann"),), issued=PartialDate(year=2018, month=21)),
    Record(type="thesis", citation_key="c", title="Schools--a } study", publisher="Drexel University",
        author=(Name(literal="山田太郎"),),
           genre="Doctoral dissertation", issued=PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2))),
    Record(type="article-newspaper", genre="Opinion", citation_key="d", title="An Opinion",
        container_title="Education Week",
           issued=PartialDate(year=2016, month=2, day=25)),
]  # fmt: skip


@pytest.fixture(scope="module")
def pandoc():
    """Runs pandoc: the items it sees in a text of a format."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed: apt-get install -y pandoc")

    def items(text: str, format: str) -> list[dict]:
        done = subprocess.run(["pandoc", "-f", format, "-t", "csljson"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[:500]
        return json.loads(done.stdout)

    return items


def readable() -> list[str]:
    """The formats of ours that this pandoc reads; RIS since 3.0."""
    if not shutil.which("pandoc"):
        return ["bibtex", "csl-json"]
    known = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, text=True).stdout.split()
    return [name for name in ("bibtex", "csl-json", "ris") if name.replace("-", "") in known]


def plain(title: str) -> str:
    """A title without the spans and typographer's quotes pandoc adds."""
    return re.sub(r"<[^<>]*>", "", title).translate({ord("“"): '"', ord("”"): '"', ord("’"): "'"})


@pytest.mark.parametrize("format", ["bibtex", "csl-json"])
def test_pandoc_sees_the_same_works(pandoc, format):
    found = {i["id"]: i for i in pandoc("".join(by_name(format).dump(RECORDS)), format.replace("-", ""))}
    assert set(found) == {"a", "b", "c", "d"}
    assert (
        plain(found["a"]["title"]).lower() == RECORDS[0].title.lower()
    )  # pandoc keeps capitals in BibTeX where braced
    assert "NAEP" in found["a"]["title"]
    [berg, smith] = found["a"]["author"]
    assert (berg["family"], berg["given"]) == ("Berg", "Jan")
    assert "van der" in berg.values()  # a dropping particle in BibTeX, which cannot tell
    assert smith == {"literal": "Smith and Sons & Co."}
    assert (found["a"]["DOI"], found["a"]["URL"]) == (RECORDS[0].doi, RECORDS[0].url)
    assert found["a"]["page"].replace("–", "-") == "327-350"
    assert found["a"]["issued"]["date-parts"] == [[2019, 8]]
    assert (found["b"]["editor"][0]["family"], found["b"]["container-title"].lower()) == ("Others", "a book")
    assert (found["c"]["publisher"], found["c"]["type"]) == ("Drexel University", "thesis")
    assert (found["d"]["container-title"], found["d"]["issued"]["date-parts"]) == ("Education Week", [[2016, 2, 25]])
    assert found["d"]["type"] in ("article-newspaper", "article-journal")


@pytest.mark.parametrize("format", readable())
@settings(max_examples=3, phases=[Phase.generate])
@given(data=st.data())
def test_pandoc_reads_whatever_we_write(pandoc, format, data):
    many = [
        replace(
            data.draw(records()),
            citation_key=f"k{n}",
            type=kind.csl,
            genre="Symposium" if kind.name == "symposium" else "",
        )
        for n, kind in enumerate(KINDS)
    ]
    assert len(pandoc("".join(by_name(format).dump(many)), format.replace("-", ""))) == len(many)
