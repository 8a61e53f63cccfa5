"""Thesaurus files: every layout gives the same thesaurus, and what is none says where and why."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.errors import BadInput
from litbase.library.documents import open_paths
from litbase.record.notices import sentence
from litbase.record.reading import Document
from litbase.sources.thesaurus import read
from litbase.vocabulary.thesaurus import Entry, Thesaurus

NOTE = "Power to act; inborn or acquired"
EXPECTED = (
    Entry("Ability", ("Faculty", "Talent"), (), ("Skills",), ("Learning",), NOTE),
    Entry("Learning", (), (), (), ("Ability",)),
    Entry("Skills", (), ("Ability",)),
)
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<Terms>
  <Term>
    <Name>Ability</Name>
    <Attributes>
      <Attribute name="RecType">Main</Attribute>
      <Attribute name="ScopeNote">{NOTE}</Attribute>
      <Attribute name="Postings">17</Attribute>
    </Attributes>
    <Relationships>
      <Relationship type="NT"><Is>Skills</Is></Relationship>
      <Relationship type="RT"><Is>Learning</Is></Relationship>
      <Relationship type="UF"><Is>Faculty</Is><Is>Talent</Is></Relationship>
    </Relationships>
  </Term>
  <Term><Name>Learning</Name><Attributes><Attribute name="RecType">Main</Attribute></Attributes></Term>
  <Term><Name>Skills</Name></Term>
  <Term><Name>Talent</Name><Attributes><Attribute name="RecType">Synonym</Attribute></Attributes>
    <Relationships><Relationship type="U"><Is>Ability</Is></Relationship></Relationships></Term>
</Terms>
"""
FIELDS = f"""<Terms>
<Term><Field name="Term">Ability</Field><Field name="Scope Note">{NOTE}</Field><Field name="UsedFor">Faculty</Field>
  <Field name="NarrowerTerm">Skills</Field><Field name="RelatedTerm">Learning</Field></Term>
<Term><Field name="Term">Learning</Field></Term>
<Term><Name>Skills</Name><BT>Ability</BT></Term>
<Term><Name>Talent</Name><RecordType>Dead</RecordType><Use>Ability</Use></Term>
</Terms>"""
ERIC_JSON = json.dumps(
    {
        "Ability": {"u": ["Faculty", "Talent"], "n": ["Skills"], "r": ["Learning"], "s": NOTE},
        "Learning": {},
        "Skills": {},
    }
)
LIST_JSON = json.dumps(
    [
        {"name": "Ability", "used_for": ["Faculty", "Talent"], "narrower": "Skills", "scope_note": NOTE},
        {"name": "Learning", "related": ["ability"]},
        {"name": "Skills"},
    ]
).replace(f'"{NOTE}"', json.dumps(NOTE))
CSV = f"""descriptor,used_for,broader,related,scope_note,use
Ability,Faculty,,Learning,"{NOTE}",
Learning,,,,,
Skills,,Ability,,,
Talent,,,,,Ability
"""
TABS = f"Term\tUF\tNT\tRT\tSN\nAbility\tFaculty|Talent\tSkills\tLearning\t{NOTE}\nLearning\nSkills\n"
RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:ConceptScheme rdf:about="http://x.org/all"><skos:prefLabel>Everything</skos:prefLabel></skos:ConceptScheme>
  <skos:Concept rdf:about="http://x.org/1">
    <skos:prefLabel xml:lang="en">Ability</skos:prefLabel>
    <skos:prefLabel xml:lang="de">Fähigkeit</skos:prefLabel>
    <skos:altLabel xml:lang="en">Talent</skos:altLabel>
    <skos:hiddenLabel xml:lang="en-GB">Faculty</skos:hiddenLabel>
    <skos:scopeNote xml:lang="de">Können</skos:scopeNote>
    <skos:scopeNote xml:lang="en">{NOTE}</skos:scopeNote>
    <skos:related><skos:Concept rdf:about="http://x.org/2"><skos:prefLabel>Learning</skos:prefLabel></skos:Concept>
    </skos:related>
  </skos:Concept>
  <rdf:Description rdf:about="http://x.org/3">
    <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
    <skos:prefLabel xml:lang="en">Skills</skos:prefLabel>
    <skos:broader rdf:resource="http://x.org/1"/>
  </rdf:Description>
</rdf:RDF>
"""
TURTLE = f"""# a small vocabulary
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
PREFIX x: <http://x.org/>
x:all a skos:ConceptScheme ; skos:prefLabel "Everything" .
x:1 a skos:Concept ;
    skos:prefLabel "Ability"@en , 'F\\u00e4higkeit'@de ;
    skos:altLabel "Talent"@en, "Faculty"@en ;
    skos:scopeNote \"\"\"{NOTE}\"\"\"@en ;
    skos:changeNote [ a x:note ; x:by [ x:name "Ann" ] ] ;
    skos:related <http://x.org/2> ;
    x:weights (1 2.5 "three") .
<http://x.org/2> skos:prefLabel "Learning"@en-US .
x:3 skos:prefLabel "Skills"^^x:text ; skos:broader x:1 ; .
"""
TRIPLES = f"""<http://x.org/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ability"@en .
<http://x.org/1> <http://www.w3.org/2004/02/skos/core#altLabel> "Talent"@en .
<http://x.org/1> <http://www.w3.org/2004/02/skos/core#altLabel> "Faculty"@en .
<http://x.org/1> <http://www.w3.org/2004/02/skos/core#definition> "{NOTE}"@en .
<http://x.org/1> <http://www.w3.org/2004/02/skos/core#related> <http://x.org/2> .
<http://x.org/1> <http://www.w3.org/2004/02/skos/core#narrower> <http://x.org/3> .
<http://x.org/2> <http://www.w3.org/2004/02/skos/core#prefLabel> "Learning"@en .
<http://x.org/3> <http://www.w3.org/2004/02/skos/core#prefLabel> "Skills"@en .
"""
LINKED = json.dumps(
    {
        "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
        "@graph": [
            {"@id": "x:1", "@type": "skos:Concept", "skos:prefLabel": [{"@value": "Ability", "@language": "en"}],
             "skos:altLabel": [{"@value": "Talent", "@language": "en"}, {"@value": "Faculty", "@language": "en"}],
             "skos:scopeNote": {"en": NOTE}, "skos:related": [{"@id": "x:2"}], "skos:narrower": {"@id": "x:3"}},
            {"@id": "x:2", "prefLabel": {"en": "Learning", "de": "Lernen"}},
            {"@id": "x:3", "prefLabel": "Skills", "deprecated": False},
        ],
    }
)  # fmt: skip
LAYOUTS = {
    "ERIC's XML": (XML, "ERIC's XML"),
    "ERIC's XML with fields": (FIELDS, "ERIC's XML"),
    "ERIC's JSON": (ERIC_JSON, "JSON"),
    "a list in JSON": (LIST_JSON, "JSON"),
    "commas": (CSV, "a table"),
    "tabs": (TABS, "a table"),
    "semicolons": (CSV.replace(NOTE, NOTE.replace(";", ",")).replace(",", ";"), "a table"),
    "RDF/XML": (RDF, "SKOS in RDF/XML"),
    "Turtle": (TURTLE, "SKOS in Turtle or N-Triples"),
    "N-Triples": (TRIPLES, "SKOS in Turtle or N-Triples"),
    "JSON-LD": (LINKED, "SKOS in JSON-LD"),
}
every_layout = pytest.mark.parametrize(("text", "layout"), LAYOUTS.values(), ids=LAYOUTS)


def entries(text: str) -> tuple[Entry, ...]:
    return read(Document.from_text(text)).thesaurus.entries


@every_layout
def test_every_layout_gives_the_same_thesaurus(text: str, layout: str) -> None:
    found = read(Document.from_text(text))
    assert found.layout == layout
    assert found.thesaurus.entries == EXPECTED
    assert [told.code for told in found.dropped if told.code != "terms-in-languages"] == []


@every_layout
def test_byte_order_marks_and_line_ends_make_no_difference(text: str, layout: str) -> None:
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read(Document("x", data)).thesaurus.entries == EXPECTED


def test_names_in_other_languages_are_counted() -> None:
    told = [sentence(notice) for text in (RDF, TURTLE, LINKED) for notice in read(Document.from_text(text)).dropped]
    assert told == ["Names in other languages than en left out: 1"] * 3


def test_without_english_the_most_frequent_language_counts() -> None:
    text = '@prefix s: <http://s#> .\n<a> s:prefLabel "Können"@de, "Pouvoir"@fr .\n<b> s:prefLabel "Lernen"@de .\n'
    assert [entry.name for entry in entries(text)] == ["Können", "Lernen"]


def test_the_line_of_what_was_left_out_is_known() -> None:
    told = read(Document.from_text(XML.replace("<Is>Skills</Is>", "<Is>Nothing</Is>"))).dropped
    assert [(notice.code, notice.line) for notice in told] == [("term-unknown", 3)]
    told = read(Document.from_text(CSV + ",x,,,,\nGone,,,,,Nowhere\n")).dropped
    assert [(notice.code, notice.line) for notice in told] == [("term-unnamed", 6), ("term-unknown", 7)]
    told = read(Document.from_text('{\n"A": {},\n"B": {"b": ["C"]}\n}')).dropped
    assert [(notice.code, notice.line) for notice in told] == [("term-unknown", 3)]


# name: text, the line, words of the error
WRONG = {
    "nothing": ("", 1, "found nothing"),
    "prose": ("Dear colleagues,\nhere it is.", 1, "expected a thesaurus as ERIC's XML"),
    "a table of other things": ("author,title\nA,B\n", 1, "found author,title"),
    "a table without rows": ("descriptor,used_for\n", 1, "the descriptors of a thesaurus (a table), found none"),
    "an open quotation mark": ('descriptor,used_for\nA,B\nC,"D\nE,F\n', 3, "expected a line of the table"),
    "XML cut off": (XML[:500], 3, "expected the end of <Term>, found the end of the file"),
    "XML with a DOCTYPE": ('<!DOCTYPE x [<!ENTITY a "b">]>\n' + XML, 1, "found <!DOCTYPE"),
    "XML not well-formed": (XML.replace("</Is>", "</It>", 1), 11, "expected well-formed XML"),
    "RDF cut off": (RDF[:700], 4, "expected the end of <Concept>"),
    "another XML": ("<records><record/></records>", 1, "found <records>"),
    "JSON cut off": ('{"A": {},\n"B": {', 2, "expected JSON"),
    "JSON of another shape": ('{"A": {},\n"B": 3}', 1, "found 3"),
    "JSON with numbers for names": ('{"A": {},\n"B": {"b": [3]}}', 2, 'text for "b" of B, found 3'),
    "JSON without entries": ("{}", 1, "(JSON), found none"),
    "nested JSON": ("[" * 100_000, 1, "expected JSON with a few levels"),
    "a number of many digits": ('{"A": {"n": ' + "9" * 5000 + "}}", 1, "short numbers"),
    "Turtle without a full stop": ('@prefix s: <http://s#> .\ns:a s:prefLabel "x"@en\ns:b s:c "d" .', 3, "a property"),
    "Turtle with an open text": ('@prefix s: <http://s#> .\ns:a s:prefLabel "x', 2, "a term or a punctuation mark"),
    "Turtle with deep brackets": ("@prefix s: <http://s#> .\ns:a s:b " + "[ s:c " * 200, 2, "brackets at most 64 deep"),
    "Turtle with an open list": ("@prefix s: <http://s#> .\ns:a s:b ( s:c", 2, 'expected ")"'),
    "JSON-LD of another shape": ('{"@graph": 3}', 1, 'objects under "@graph"'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), WRONG.values(), ids=WRONG)
def test_what_is_no_thesaurus_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(BadInput) as raised:
        read(Document.from_text(text, "my.file"))
    assert str(raised.value).startswith(f"my.file:{line}: ")
    assert words in str(raised.value)


def test_more_entries_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litbase.sources.thesaurus.MOST", 2)
    with pytest.raises(BadInput, match="at most 2 entries"):
        entries(CSV)


@given(st.sampled_from([text for text, _ in LAYOUTS.values()]), st.data())
def test_a_damaged_file_is_read_or_refused(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 40)))
    new = data.draw(st.text(alphabet='<>"{}[]();,.@:\\&\n\x00\udc80aé', max_size=6))
    found: object = None
    try:
        found = entries(text[:start] + new + text[stop:])
    except BadInput as error:
        found = str(error).partition(": ")[2]
    assert found


@pytest.fixture
def eric(shared: Path) -> Thesaurus:
    path = shared / "data" / "eric" / "eric-thesaurus-2025.json.gz"
    if not path.is_file():
        pytest.skip("the thesaurus of ERIC is not here")
    [document] = open_paths([str(path)])
    assert isinstance(document, Document)
    found = read(document)
    assert found.dropped == ()
    return found.thesaurus


def test_the_thesaurus_of_eric(eric: Thesaurus) -> None:
    assert len(eric.entries) == 4397
    assert eric.today("sex differences") == ("Gender Differences",)
    assert eric.today("Learning Communities") == ("Communities of Practice",)
    assert eric.spelled(("gifted", "student")) == "Gifted Students"
    assert [len(eric.exploded(name)) for name in ("Ability", "Groups", "Gender Differences")] == [66, 475, 0]
