"""MARCXML: collections and single records under any prefix, in the answers of other programs, and hostile XML."""

import time

import pytest

from litbase.formats.marc import xml_read as marcxml
from litbase.record.reading import Document, Reading, Refusal

SLIM = "http://www.loc.gov/MARC21/slim"
FIELDS = """<leader>00000nam a2200000 i 4500</leader><controlfield tag="001">1</controlfield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Rooms &amp;</subfield>
<subfield code="b">doors</subfield></datafield>"""
PREFIXED = (
    FIELDS.replace("</", "</m:").replace("<l", "<m:l").replace("<c", "<m:c").replace("<d", "<m:d").replace("<s", "<m:s")
)


def items(text: str) -> list[Reading | Refusal]:
    return list(marcxml.read(Document.from_text(text)))


def titles(text: str) -> list[str]:
    return [item.record.title for item in items(text) if isinstance(item, Reading)]


FORMS = {
    "a collection": f'<?xml version="1.0"?><collection xmlns="{SLIM}"><record>{FIELDS}</record></collection>',
    "a record": f'<record xmlns="{SLIM}" type="Bibliographic">{FIELDS}</record>',
    "a prefix": f'<m:collection xmlns:m="{SLIM}"><m:record>{PREFIXED}</m:record></m:collection>',
    "a prefix nobody declared": f"<m:record>{PREFIXED}</m:record>",
    "no namespace": f"<record>{FIELDS}</record>",
    "OAI-PMH": f"""<OAI-PMH><ListRecords><record><header><identifier>oai:1</identifier></header><metadata>
        <record xmlns="{SLIM}">{FIELDS}</record></metadata></record></ListRecords></OAI-PMH>""",
    "SRU": f"""<zs:searchRetrieveResponse><zs:records><zs:record><zs:recordData><record xmlns="{SLIM}">{FIELDS}
        </record></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>""",
    "Alma": f"<bibs><bib><mms_id>1</mms_id><title>Rooms /</title><record>{FIELDS}</record></bib></bibs>",
    "oai_marc": """<oai_marc><fixfield id="001">"1"</fixfield><varfield id="245" i1="1" i2="0">
        <subfield label="a">Rooms &amp;</subfield><subfield label="b">doors</subfield></varfield></oai_marc>""",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_record_is_found_whatever_stands_round_it(text: str) -> None:
    assert titles(text) == ["Rooms &: doors"]
    assert marcxml.sniff(Document.from_text(text)) >= 80


def test_records_carry_the_lines_they_begin_on() -> None:
    found = items(f"<collection>\n<record>{FIELDS}</record>\n<record>{FIELDS}</record></collection>")
    assert [item.line for item in found] == [2, 5]


REFUSED = {
    "deleted": ('<record><header status="deleted"/></record>', "refused-record"),
    "empty": ("<record/>", "refused-record"),
    "a leader alone": ("<record><leader>00000nam a2200000 i 4500</leader></record>", "refused-record"),
    "cut": (f"<record>{FIELDS}", "truncated"),
    "nothing": ("<collection/>", "no-record"),
    "no XML": ("245 10 $a Rooms", "malformed"),
}


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_record_is_refused_with_its_reason(text: str, code: str) -> None:
    [item] = items(text)
    assert isinstance(item, Refusal)
    assert item.notice.code == code


def test_a_broken_record_does_its_neighbours_no_harm() -> None:
    broken = FIELDS.replace("</datafield>", "</data>")
    found = items(
        f"<collection><record>{FIELDS}</record><record>{broken}</record><record>{FIELDS}</record></collection>"
    )
    assert [type(item) for item in found] == [Reading, Refusal, Reading]


def test_fields_without_a_tag_are_counted() -> None:
    [item] = items(f'<record>{FIELDS}<datafield ind1=" "><subfield code="a">x</subfield></datafield></record>')
    assert isinstance(item, Reading)
    assert [(told.code, told.params) for told in item.notices] == [("marc-fields-odd", (("count", "1"),))]


def many(tag: str) -> str:
    """A field of 50,000 subfields."""
    return f'<datafield tag="{tag}" ind1="1" ind2="0">' + '<subfield code="a">x</subfield>' * 50_000 + "</datafield>"


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
HOSTILE = {
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a0 "ha">{LAUGHS}]><record>&a9;</record>',
    "external entity": f'<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><record>{FIELDS}&x;</record>',
    "deep": "<record>" + "<a>" * 100_000,
    "many fields": f"<record>{FIELDS}" + '<datafield tag="500"/>' * 60_000 + "</record>",
    "many subfields": f"<record>{FIELDS}" + many("245") + many("650") + many("700") + many("773") + "</record>",
    "a long value": f"<record>{FIELDS.replace('Rooms', 'word :/ ' * 500_000)}</record>",
    "many records": "<collection>" + "<record/>" * 100_000 + "</collection>",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_read_or_refused_in_time(text: str) -> None:
    document = Document.from_text(text)
    start = time.process_time()
    found = items(text)
    assert 0 <= marcxml.sniff(document) <= 95
    assert time.process_time() - start < 30
    assert found


@pytest.mark.parametrize("name", ["billion laughs", "external entity"])
def test_entities_are_refused_and_nothing_is_expanded(name: str) -> None:
    [item] = items(HOSTILE[name])
    assert isinstance(item, Refusal)
    assert item.notice.code == "malformed"
    assert not item.text


@pytest.mark.parametrize(
    "text",
    ["<html><body>datafield</body></html>", "<rss><item><title>T</title></item></rss>", "@book{a, title={T}}",
     "<record><metadata><dc:title>T</dc:title></metadata></record>", ""],
)  # fmt: skip
def test_other_texts_are_not_claimed(text: str) -> None:
    assert marcxml.sniff(Document.from_text(text)) == 0
