"""Reading CSL-JSON: names, dates, types and markup as programs write them, Crossref's answers, round trips."""

import json

import pytest
from hypothesis import given, settings

from litbase.formats.csl import read as csl_json_read
from litbase.formats.csl import write as csl_json
from litbase.formats.csl.dates import edtf, read_date, write_date
from litbase.formats.plain import address, one_line, subjects
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Mark, Record, clean_record
from litbase.record.text import squash
from tests.amount import amount
from tests.strategies import dates, names, tidy_records


def read(value: object) -> list[Reading]:
    """The readings of a JSON value; no item may be refused."""
    found = list(csl_json_read.read(Document.from_text(json.dumps(value))))
    assert all(isinstance(item, Reading) for item in found)
    return found


def one(**members: object) -> Record:
    """The record of one book with *members*."""
    [reading] = read([{"id": "k", "type": "book", "title": "T", **members}])
    return reading.record


DATES = {
    "strings": ({"date-parts": [["1999", 12, 31]]}, "1999-12-31"),
    "all strings": ({"date-parts": [["2019", "8"]]}, "2019-08"),
    "one list less": ({"date-parts": [2019, 8]}, "2019-08"),
    "crossref's unknown": ({"date-parts": [[None]]}, None),
    "zero parts": ({"date-parts": [[1850, 0, 0]]}, "1850"),
    "a day that is none": ({"date-parts": [[2010, 2, 30]]}, "2010-02"),
    "a month by name": ({"date-parts": [[2010, "Aug"]]}, "2010-08"),
    "season": ({"date-parts": [[2018]], "season": 1}, "2018-21"),
    "season as text": ({"date-parts": [[2018]], "season": "Winter"}, "2018-24"),
    "season as month": ({"date-parts": [[2018, 14]]}, "2018-22"),
    "range": ({"date-parts": [[2010, 1], [2010, "2"]]}, "2010-01/2010-02"),
    "range of one": ({"date-parts": [[2010, 1], [2010, 1]]}, "2010-01"),
    "range in two": ([{"date-parts": [[2010]]}, {"date-parts": [[2012]]}], "2010/2012"),
    "raw": ({"raw": "August 2019"}, "2019-08"),
    "raw range": ({"raw": "2010-01/2010-02"}, "2010-01/2010-02"),
    "literal": ({"literal": "Winter 1999-2000"}, "1999-24/2000-24"),
    "a number": (2019, "2019"),
    "text": ("2019-08-01T00:00:00Z", "2019-08-01"),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("value", "expected"), DATES.values(), ids=DATES)
def test_a_date_is_read(value, expected):
    date = one(issued=value).issued
    assert (str(date) if date else None) == expected


def test_what_a_date_cannot_say_is_kept():
    assert ("csl:issued", "forthcoming") in one(issued={"literal": "forthcoming"}).extra
    assert ("csl:issued", "-44-3-15") in one(issued={"date-parts": [[-44, 3, 15]]}).extra
    record = one(issued={"literal": "circa 1900"})
    assert (record.year, ("csl:issued", "circa 1900") in record.extra) == (1900, True)
    assert csl_json.item(one(issued={"date-parts": [[1900]], "circa": True}))["issued"]["circa"] is True


@settings(max_examples=amount(40, 100))
@given(dates())
def test_a_date_comes_back_unless_its_range_is_of_seasons(date):
    assert edtf(str(date)) == date
    back = read_date(write_date(date))[0]
    assert back == date or (date.month > 12 and date.end)


PEOPLE = {
    "parts": (
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        Name(family="Berg", given="Jan", particle="van der"),
    ),
    "suffix": (
        {"family": "Hall", "given": "H. K.", "suffix": "Jr.", "comma-suffix": True},
        Name(family="Hall", given="H. K.", suffix="Jr."),
    ),
    "dropping": (
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        Name(family="Humboldt", given="Alexander von"),
    ),
    "both particles": (
        {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "non-dropping-particle": "la"},
        Name(family="Fontaine", given="Jean de", particle="la"),
    ),
    "particle in the family": (
        {"family": "van Gogh", "given": "Vincent"},
        Name(family="Gogh", given="Vincent", particle="van"),
    ),
    "zotero's quotes": ({"family": '"la Fontaine"', "given": "Jean de"}, Name(family="la Fontaine", given="Jean de")),
    "literal": (
        {"literal": "International Perspectives on Education Reform Group"},
        Name(literal="International Perspectives on Education Reform Group"),
    ),
    "crossref's group": ({"name": "OECD", "sequence": "first"}, Name(literal="OECD")),
    "a family name alone": ({"family": "Ångström"}, Name(family="Ångström")),
    "a group by its words": ({"family": "Acme University"}, Name(literal="Acme University")),
    "no given name": ({"family": "OECD", "given": ""}, Name(literal="OECD")),
    "in order": ({"family": "山田", "given": "太郎", "static-ordering": True}, Name(family="山田", given="太郎")),
    "text": ("Mehta, Jal", Name(family="Mehta", given="Jal")),
    "institution": ({"family": "Ministry of X", "isInstitution": "true"}, Name(literal="Ministry of X")),
}


@pytest.mark.parametrize(("value", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_a_name_is_read(value, expected):
    assert one(author=[value]).author == (expected,)


def test_odd_lists_of_names():
    assert one(author={"family": "A", "given": "B"}).author == (Name(family="A", given="B"),)
    record = one(author=[{"family": "A", "given": "B"}, {"literal": "et al."}, None, 5, {}])
    assert (record.author, record.others) == ((Name(family="A", given="B"),), True)
    assert one(author="A B").author == (Name(family="B", given="A"),)


def test_what_a_name_cannot_hold_is_kept_with_its_name():
    record = one(
        author=[
            {
                "family": "A",
                "given": "B",
                "ORCID": "http://orcid.org/0000-0001-5503-7888",
                "affiliation": [{"name": "X"}, {"name": "Y"}],
                "sequence": "first",
            }
        ]
    )
    assert set(record.extra) == {
        ("csl:author.ORCID", "A, B: http://orcid.org/0000-0001-5503-7888"),
        ("csl:author.affiliation", "A, B: X; Y"),
    }


@settings(max_examples=amount(40, 100))
@given(names())
def test_a_name_comes_back(name):
    assert read([csl_json.item(Record(title="T", author=(name,)))])[0].record.author == (name,)


def test_other_roles_come_back():
    record = one(
        **{
            "collection-editor": [{"family": "A", "given": "B"}, {"literal": "A Group"}],
            "director": [{"family": "D", "given": "E"}],
        }
    )
    assert record.author == (Name(family="D", given="E"),)
    again = csl_json.item(record)
    assert again["collection-editor"] == [{"family": "A", "given": "B"}, {"literal": "A Group"}]
    assert again["director"] == [{"family": "D", "given": "E"}]


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
