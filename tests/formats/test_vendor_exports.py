"""Real exports of data bases and programs: each is recognised by one reader, and every record of it is read."""

import tarfile

import pytest

from benchmarks.quality.exports import EXPLAINED, check, compare
from litbase.library.detecting import MARGIN, READERS, SURE
from litbase.record.names import Name
from litbase.record.reading import Document, Reading
from litbase.record.record import Record

# file: reader, how many records it has, by its lines that open one
EXPORTS = {
    "colrev/abi_inform_proquest_ris.ris": ("ris", 2), "colrev/ieee_ris.ris": ("ris", 2),
    "colrev/jstor_ris.ris": ("ris", 4), "colrev/psycinfo_ris.ris": ("ris", 1), "colrev/trid_ris.ris": ("ris", 3),
    "colrev/ais_enl.txt": ("refer", 6), "colrev/eric_nbib.nbib": ("nbib", 1),
    "colrev_loader/enl_data.enl": ("refer", 3), "colrev_loader/nbib_data.nbib": ("nbib", 1),
    "colrev_loader/ris_data.ris": ("ris", 2),
    "asreview/_baseline.ris": ("ris", 100), "asreview/baseline_empty_values.ris": ("ris", 4),
    "asreview/baseline_reference_types.ris": ("ris", 61), "asreview/baseline_tag-notes.ris": ("ris", 12),
    "asreview/baseline_tag-notes_labels.ris": ("ris", 32), "asreview/baseline_tag-notes_zotero.ris": ("ris", 4),
    "asreview/baseline_tag_and_field_definitions.ris": ("ris", 1),
    "asreview/baseline_tag_and_field_definitions_lists.ris": ("ris", 1), "asreview/baseline_zotero.ris": ("ris", 100),
    "asreview/embase.ris": ("ris", 6), "asreview/faulty_year.ris": ("ris", 1), "asreview/ovid_psycinfo.ris": ("ris", 6),
    "asreview/ovid_zotero.ris": ("ris", 6), "asreview/proquest.ris": ("ris", 6),
    "asreview/pubmed_endnote.txt": ("ris", 6), "asreview/pubmed_zotero.ris": ("ris", 6),
    "asreview/ris_issue_1099.txt": ("ris", 7), "asreview/ris_issue_992.txt": ("ris", 19),
    "asreview/scopus.ris": ("ris", 6), "asreview/web_of_science.txt": ("ris", 10),
}  # fmt: skip
# comments, fields without a record around them, and Ovid's two lines behind every record
LEFT = {
    "colrev_loader/ris_data.ris": 1, "asreview/baseline_tag_and_field_definitions.ris": 1,
    "asreview/ovid_psycinfo.ris": 12,
}  # fmt: skip
UNTITLED = (
    "asreview/baseline_empty",
    "asreview/baseline_reference",
    "asreview/baseline_tag-notes.",
    "asreview/baseline_tag_and",
)


@pytest.fixture(scope="module")
def archive(shared) -> dict[str, Document]:
    with tarfile.open(shared / "data/exports/exports_mit_apache.tar.gz") as tar:
        members = [(member.name, tar.extractfile(member)) for member in tar if member.isfile()]
        return {name: Document(name, stream.read()) for name, stream in members if stream}


@pytest.mark.parametrize(("name", "reader", "count"), [(name, *row) for name, row in EXPORTS.items()], ids=EXPORTS)
def test_one_reader_claims_it_and_reads_every_record(archive, name, reader, count):
    document = archive[name]
    [(best, winner), (second, _), *_] = sorted(((r.sniff(document), r.NAME) for r in READERS), reverse=True)
    assert winner == reader
    assert best >= SURE + MARGIN
    assert best >= second + MARGIN
    chosen = {r.NAME: r for r in READERS}[winner]
    items = list(chosen.read(document))
    assert [item for item in items if not isinstance(item, Reading)] == []
    assert len(items) == count
    assert len([leftover for item in items for leftover in item.leftovers]) == LEFT.get(name, 0)
    if not name.startswith(UNTITLED):
        assert [item.line for item in items if not item.record.title] == []


def test_no_export_of_tag_lines_is_missing_here(archive):
    tagged = [name for name in archive if name.rsplit(".", 1)[1] in ("ris", "nbib", "enl", "enw", "txt", "isi")]
    assert set(tagged) - set(EXPORTS) == set()


@pytest.mark.parametrize("name", sorted(name for name in EXPORTS if name.startswith("colrev")))
def test_its_fields_are_those_expected(archive, name):
    stem = name.rsplit(".", 1)[0]
    result = archive.get(f"{stem}_result.bib") or archive.get(f"{stem}_expected.bib")
    if result is None:
        assert name in ("colrev_loader/nbib_data.nbib", "colrev_loader/ris_data.ris")
        return
    checked = [one for _, one in compare(archive[name], result)]
    assert len(checked) > 5
    assert [one for one in checked if not (one.right or one.why)] == []


# --- the comparison itself


def compared(wanted: Record, came: Record, source: str = "") -> dict[str, tuple[bool, bool]]:
    return {one.name: (one.right, bool(one.why)) for one in check(wanted, came, source)}


def test_what_is_the_same_is_right_and_what_is_not_is_a_miss():
    wanted = Record(title="Rain & Snow", author=(Name(family="Lind", given="Ada"),), volume="3", page="1-5")
    came = Record(title="RAIN &  snow.", author=(Name(family="Lind", given="A."),), volume="4")
    assert compared(wanted, came) == {
        "type": (True, False), "title": (True, False), "author": (True, False), "volume": (False, False),
        "pages": (False, False),
    }  # fmt: skip


def test_what_is_lost_is_never_explained():
    for field in ("title", "container_title", "abstract", "volume", "doi"):
        found = compared(Record(**{field: "10.1000/rain"}), Record(), "")
        assert (False, False) in found.values()


def test_a_difference_is_explained_only_where_the_export_bears_it_out():
    wanted, came = Record(container_title="Weather Q"), Record(container_title="Weather Quarterly")
    assert compared(wanted, came, "weather quarterly")["container"] == (False, True)
    assert compared(wanted, came, "weather q and more")["container"] == (False, False)
    assert len(EXPLAINED) < 6


def test_a_field_without_a_place_must_be_somewhere():
    wanted = Record(title="T", extra=(("bibtex:pmcid", "PMC1"),))
    assert compared(wanted, Record(title="T"))["bibtex:pmcid"] == (False, False)
    assert compared(wanted, Record(title="T", identifiers=(("pmcid", "PMC1"),)))["bibtex:pmcid"] == (True, False)
