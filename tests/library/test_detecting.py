"""Each file is claimed by one reader alone: vendors' exports, and what we write ourselves."""

import gzip
import tarfile
from pathlib import Path

import pytest

from litbase.formats import FORMATS
from litbase.library.detecting import READERS, SURE, detect
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document
from litbase.record.record import Record
from tests.formats.vendor_tables import VENDORS

ARTICLE = Record(
    id="EJ1223055",
    type="article-journal",
    citation_key="mehta2019",
    title="Learning communities",
    author=(Name(family="Mehta", given="Jal"),),
    container_title="Journal of Change",
    volume="20",
    issued=PartialDate(year=2019, month=8),
    eric="EJ1223055",
    url="https://eric.ed.gov/?id=EJ1223055",
    descriptors=("Learning",),
    publication_type=("Journal Articles",),
    education_level=("Higher Education",),
    audience=("Teachers",),
    peer_reviewed=True,
)
ENDINGS = {".csv": "csv", ".tsv": "csv", ".tab": "csv", ".json": "publish-or-perish"}


@pytest.mark.parametrize("name", ["csl-json", "csv", "jsonl"])
@pytest.mark.parametrize("records", [[ARTICLE], [ARTICLE, Record(type="book", title="T")]], ids=["one", "two"])
def test_what_we_write_is_claimed_by_its_reader_alone(name, records):
    [format] = [format for format in FORMATS if format.name == name]
    document = Document.from_text("".join(format.dump(records)))
    assert {reader.NAME for reader in READERS if reader.sniff(document) >= SURE} == {name}
    claimed = detect(document).NAME
    assert claimed == name


@pytest.mark.parametrize("text", [text for text, _ in VENDORS.values()], ids=VENDORS)
def test_a_vendors_table_is_claimed_by_one_reader(text):
    assert detect(Document.from_text(text)).NAME == "csv"


def test_every_real_export_is_claimed_by_one_reader(shared: Path):
    with tarfile.open(shared / "data" / "exports" / "exports_mit_apache.tar.gz") as archive:
        for member in archive:
            expected = ENDINGS.get(Path(member.name).suffix)
            stream = archive.extractfile(member)
            if expected and stream and "eric_api" not in member.name:
                claimed = detect(Document(member.name, stream.read())).NAME
                assert claimed == expected, member.name


def test_the_other_collections_are_claimed(shared: Path):
    copper = gzip.decompress((shared / "data" / "dedup" / "endnote_copper.xml.gz").read_bytes())
    assert detect(Document("copper.xml", copper)).NAME == "endnote-xml"
    items = (shared / "data" / "styles" / "items.json").read_bytes()
    assert detect(Document("items.json", items)).NAME == "csl-json"
