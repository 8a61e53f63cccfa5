"""Reading CSL-JSON: types and markup as programs write them, Crossref's answers, round trips."""

import json

import pytest
from hypothesis import given, settings

from litbase.formats.csl import read as csl_json_read
from litbase.formats.csl import write as csl_json
from litbase.formats.plain import address, one_line, subjects
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Mark, Record, clean_record
from litbase.record.text import squash
from tests.amount import amount
from tests.strategies import tidy_records


def read(value: object) -> list[Reading]:
    """The readings of a JSON value; no item may be refused."""
    found = list(csl_json_read.read(Document.from_text(json.dumps(value))))
    assert all(isinstance(item, Reading) for item in found)
    return found


def one(**members: object) -> Record:
    """The record of one book with *members*."""
    [reading] = read([{"id": "k", "type": "book", "title": "T", **members}])
    return reading.record


TYPES = {
    "article-journal": ("article-journal", ""),
    "journal-article": ("article-journal", ""),
    "article": ("document", ""),
    "article-magazine": ("article-journal", ""),
    "book-chapter": ("chapter", ""),
    "proceedings-article": ("paper-conference", ""),
    "posted-content": ("document", "Preprint"),
    "dissertation": ("thesis", ""),
    "post-weblog": ("webpage", "Blog post"),
    "entry-encyclopedia": ("chapter", "Encyclopedia entry"),
    "legal_case": ("legislation", "Case"),
    "speech": ("paper-conference", "Presentation"),
    "review-book": ("article-journal", "Book review"),
    "periodical": ("book", "Periodical"),
    "software": ("software", ""),
    "patent": ("document", "Patent"),
    "song": ("document", "Music"),
    "treaty": ("legislation", ""),
}


@pytest.mark.parametrize(("name", "expected"), TYPES.items(), ids=TYPES)
def test_a_type_is_what_it_is_here(name, expected):
    record = one(type=name)
    assert (record.type, record.genre) == expected


@pytest.mark.parametrize("name", ["article-magazine", "post-weblog", "patent", "bill", "song", "interview"])
def test_a_finer_type_comes_back(name):
    assert csl_json.item(one(type=name))["type"] == name


def test_a_type_nobody_knows_is_kept():
    record = one(type="hologram")
    assert (record.type, ("csl:type", "hologram") in record.extra) == ("document", True)
    assert one(type=None, **{"container-title": "J", "volume": 3}).type == "article-journal"


def test_markup_becomes_marks_and_comes_back():
    record = one(
        title='<i>E. coli</i> &amp; <span class="nocase">NaCl</span> CO<sub>2</sub> <script>',
        abstract="<p>A</p><p>B</p>",
    )
    assert record.title == "E. coli & NaCl CO2 <script>"
    assert record.marks == (Mark("title", 0, 7, "i"), Mark("title", 17, 18, "sub"))
    assert record.abstract == "A\n\nB"
    assert csl_json.item(record)["title"] == "<i>E. coli</i> & NaCl CO<sub>2</sub> <script>"


def test_numbers_may_be_numbers():
    record = one(volume=20, issue=3, page=5, edition=2, **{"number-of-pages": "350"})
    assert (record.volume, record.issue, record.page, record.edition, record.number_of_pages) == (
        "20",
        "3",
        "5",
        "2",
        350,
    )


def test_what_has_no_field_is_kept_and_text_of_csl_goes_back():
    record = one(
        annote="read", **{"call-number": 12, "x-mine": {"a": [1]}, "status": "in press", "journalAbbreviation": "J."}
    )
    assert set(record.extra) == {
        ("csl:annote", "read"),
        ("csl:call-number", "12"),
        ("csl:x-mine", '{"a":[1]}'),
        ("csl:status", "in press"),
        ("csl:journalAbbreviation", "J."),
    }
    again = csl_json.item(record)
    assert (again["annote"], again["call-number"], again["journalAbbreviation"]) == ("read", "12", "J.")
    assert "x-mine" not in again


def test_zotero_writes_one_place_twice_and_identifiers_into_the_note():
    record = one(**{"event-place": "London", "publisher-place": "London", "note": "PMID: 123\nPMCID: PMC9\nRead"})
    assert (record.publisher_place, record.event_place, record.note) == ("London", "", "Read")
    assert record.identifiers == (("pmid", "123"), ("pmcid", "PMC9"))
    talk = one(type="speech", **{"event": "A Meeting", "event-place": "Rome", "publisher-place": "Rome"})
    assert (talk.event_title, talk.event_place, talk.publisher_place) == ("A Meeting", "Rome", "Rome")


def test_an_eric_number_is_found_where_our_writer_puts_it():
    record = Record(type="report", title="T", eric="ED123456", note="See also", session="15 SES 09", citation_key="k")
    back = read([csl_json.item(record)])[0].record
    assert (back.eric, back.note, back.session, back.extra) == ("ED123456", "See also", "15 SES 09", ())


def test_ids_that_are_no_keys_are_kept_apart():
    assert one(id=37).citation_key == ""
    assert ("csl:id", "http://zotero.org/users/1/items/AB") in one(id="http://zotero.org/users/1/items/AB").extra
    assert one(id="http://x.org/y", **{"citation-key": "smith2019"}).citation_key == "smith2019"


def test_a_key_given_twice_is_made_unique():
    same = {"id": "k", "type": "book", "title": "T"}
    first, second, third = read([same, {**same, "title": "U"}, same])
    assert [r.record.citation_key for r in (first, second, third)] == ["k", "ka", "k"]
    assert [[n.code for n in r.notices] for r in (first, second, third)] == [[], ["duplicate-key"], ["duplicate-entry"]]


CROSSREF = {
    "indexed": {"date-parts": [[2021, 11, 19]]},
    "reference-count": 2,
    "publisher": "American Chemical Society (ACS)",
    "issue": "20",
    "published-print": {"date-parts": [[1957, 10]]},
    "DOI": "10.1021/ja01577a030",
    "type": "journal-article",
    "created": {"date-parts": [[2005, 3, 10]]},
    "page": "5441-5444",
    "source": "Crossref",
    "title": ["Base Strengths of Amines<sup>1</sup>"],
    "subtitle": ["A Study"],
    "short-title": [],
    "volume": "79",
    "author": [
        {"suffix": "Jr.", "given": "H. K.", "family": "Hall", "sequence": "first", "affiliation": []},
        {"name": "The Group", "sequence": "additional"},
    ],
    "published-online": {"date-parts": [[2002, 5, 1]]},
    "container-title": ["Journal of the American Chemical Society"],
    "short-container-title": ["J. Am. Chem. Soc."],
    "language": "en",
    "issued": {"date-parts": [[1957, 10]]},
    "URL": "http://dx.doi.org/10.1021/ja01577a030",
    "ISSN": ["0002-7863", "1520-5126"],
    "relation": {},
    "issn-type": [{"value": "0002-7863", "type": "print"}, {"value": "1520-5126", "type": "electronic"}],
    "subject": ["Biochemistry", "General Chemistry"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>On amines.</jats:p>",
    "event": {"name": "A Congress", "location": "Rome", "start": {"date-parts": [[1957]]}},
    "article-number": "7",
    "reference": [
        {"key": "1", "unstructured": "Hammett, 1940.", "DOI": "10.1/x"},
        {
            "key": "2",
            "author": "Brown",
            "year": "1950",
            "article-title": "On <i>it</i>",
            "journal-title": "J",
            "first-page": "3",
        },
    ],
}


@pytest.mark.parametrize(
    "wrapped",
    [
        CROSSREF,
        [CROSSREF],
        {"status": "ok", "message-type": "work", "message": CROSSREF},
        {"status": "ok", "message-type": "work-list", "message": {"items": [CROSSREF], "total-results": 1}},
    ],
    ids=["bare", "list", "work", "work-list"],
)
def test_a_work_of_crossref_is_read(wrapped):
    assert csl_json_read.sniff(Document.from_text(json.dumps(wrapped))) == 95
    [reading] = read(wrapped)
    record = reading.record
    assert (record.type, record.title) == ("article-journal", "Base Strengths of Amines1: A Study")
    assert record.author == (Name(family="Hall", given="H. K.", suffix="Jr."), Name(literal="The Group"))
    assert record.container_title == "Journal of the American Chemical Society"
    assert (record.volume, record.issue, record.page, str(record.issued)) == ("79", "20", "5441-5444", "1957-10")
    assert (record.issn, record.eissn, record.doi) == (("0002-7863",), ("1520-5126",), "10.1021/ja01577a030")
    assert record.keywords == ("Biochemistry", "General Chemistry")
    assert record.abstract == "Abstract\n\nOn amines."
    assert (record.event_title, record.event_place, record.number) == ("A Congress", "Rome", "7")
    assert ("csl:published-online", "2002-05-01") in record.extra
    assert [reference.text for reference in record.references] == ["Hammett, 1940.", "Brown. 1950. On it. J. 3"]
    assert record.references[1].parsed.issued == PartialDate(year=1950)
    assert {("csl:reference-count", "2"), ("csl:indexed", '{"date-parts":[[2021,11,19]]}')} <= set(record.extra)


def test_items_under_names_of_their_own_are_found():
    items = {"a": {"id": 1, "type": "graphic", "title": "A"}, "b": {"id": 2, "type": "book", "title": "B"}}
    assert [reading.record.title for reading in read(items)] == ["A", "B"]
    assert [reading.record.title for reading in read({"10.1/x": [items["a"]], "10.1/y": [items["b"]]})] == ["A", "B"]


SNIFFED = {
    "an item": ('{"id": "a", "type": "book", "title": "T"}', 95),
    "no type": ('[{"id": "a", "issued": {"date-parts": [[2018]]}, "author": [{"family": "b"}]}]', 75),
    "little": ('[{"id": "b", "author": [{"family": "b"}]}]', 55),
    "our own lines": ('{"v":1,"type":"book","title":"T","issued":{"year":2000}}', 0),
    "JSON-LD": ('{"@context": "https://schema.org", "@type": "Book", "type": "book", "title": "T"}', 0),
    "zotero's API": (
        '[{"key": "A", "x": "' + "y" * 500 + '", "data": {"itemType": "book", "DOI": "x", "ISBN": "y"}}]',
        0,
    ),
    "zotero's own": ('[{"itemType": "book", "title": "T", "DOI": "x", "ISBN": "y"}]', 0),
    "any JSON": ('{"name": "x", "version": 1}', 0),
    "text": ('"type": "book", "title": "T"', 0),
}


@pytest.mark.parametrize(("text", "score"), SNIFFED.values(), ids=SNIFFED)
def test_only_csl_json_is_claimed(text, score):
    assert csl_json_read.sniff(Document.from_text(text)) == score


def test_nothing_to_read_is_said():
    assert [item.notice.code for item in csl_json_read.read(Document.from_text("[]"))] == ["no-record"]
    [refused] = csl_json_read.read(Document.from_text("[1]"))
    assert isinstance(refused, Refusal)


SAME = (
    "title",
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "number",
    "edition",
    "publisher",
    "publisher_place",
    "genre",
    "abstract",
    "note",
    "doi",
    "eric",
    "author",
    "editor",
    "others",
    "issued",
    "number_of_pages",
    "isbn",
    "issn",
    "eissn",
)


def stated(record: Record) -> dict[str, object]:
    return {name: squash(v) if isinstance(v := getattr(record, name), str) else v for name in SAME}


@settings(max_examples=amount(40, 100))
@given(tidy_records())
def test_a_record_comes_back(record):
    [reading] = csl_json_read.read(Document.from_text("".join(csl_json.dump([record]))))
    back = reading.record
    assert stated(back) == {**stated(clean_record(record)[0]), "note": squash(record.note).strip("; ")}
    assert back.type == ("document" if record.type == "cited" else record.type)
    assert back.keywords == subjects(record)
    assert (back.page, back.url) == (normal_pages(one_line(record.page)), address(record.url))
    assert back.language == record.language[:1]
    assert {**csl_json.item(back), "id": ""} == {**csl_json.item(record), "id": ""}
