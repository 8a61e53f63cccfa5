"""ECER programmes beyond the golden cases: the seed fact by fact, pages against text, labels, people, citations."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import ecer, edweek, vufind
from litbase.sources.citations_in_text import check_citations, citations, cited_at
from litbase.sources.ecer_parts import SESSION, people
from litbase.sources.reference_list import read_references

Seed = Callable[[int], Document]


def readings_of(text: str) -> list[Reading]:
    items = list(ecer.read(Document.from_text(text)))
    return [item for item in items if isinstance(item, Reading)]


def record_of(text: str) -> Record:
    [reading] = readings_of(text)
    return reading.record


def page_of(lines: str) -> str:
    return f"Session Information\n15 SES 09, Rooms\nPaper Session\n{lines}\nContribution\nText."


def told(reading: Reading) -> list[tuple[str, dict[str, str]]]:
    return [(notice.code, dict(notice.params)) for notice in reading.notices]


def test_the_seed_gives_everything_it_states(seed: Seed) -> None:
    [reading] = ecer.read(seed(3))
    assert isinstance(reading, Reading)
    record = reading.record
    assert record.title == (
        "The Vital Role of Professional Learning Networks in Education: Case studies of effective collaboration "
        "for teacher, "
        "school and system improvement"
    )
    assert (record.type, record.genre, record.session, record.network) == (
        "paper-conference", "Symposium", "15 SES 09", "15",
    )  # fmt: skip
    assert record.event_title == "European Conference on Educational Research"
    assert record.author == record.editor == record.chair == ()
    assert record.issued is None
    assert record.inferred == ()
    assert len(record.contribution.split("\n\n")) == 4
    assert record.contribution.startswith("Professional Learning Networks (PLNs) are defined")
    assert record.contribution.endswith("around such issues will also be facilitated.")
    assert (record.method, record.outcomes, record.body, record.abstract) == ("", "", "", "")
    assert reading.furniture == 6
    assert reading.leftovers == ()
    assert told(reading) == [
        ("tail-left-out", {"first": "Search the ECER Programme", "count": "6", "lines": "11–16"}),
        ("no-author", {}),
        ("no-date", {}),
        ("date-after", {"date": "25 July 2016"}),
        ("cited-not-listed", {"citation": "Hargreaves (2010)"}),
        ("name-spelled-twice", {"one": "Munby", "other": "Mumby"}),
    ]


def test_the_seed_gives_eight_references_out_of_one_paragraph(seed: Seed) -> None:
    [reading] = ecer.read(seed(3))
    assert isinstance(reading, Reading)
    parsed = [reference.parsed for reference in reading.record.references]
    assert all(parsed)
    rows = [
        (
            [name.surname for name in work.author],
            str(work.issued or ""),
            work.type,
            work.container_title,
            work.publisher,
        )
        for work in parsed
        if work
    ]
    assert rows == [
        (["Borko"], "2004", "article-journal", "Educational Researcher", ""),
        (["Brown", "Poortman"], "", "book", "", "Routledge"),
        (["Darling-Hammond"], "2010", "book", "", "Teachers College Press"),
        (["Munby", "Fullan"], "2016", "webpage", "", ""),
        (["OECD"], "2016", "webpage", "", ""),
        (["Stoll"], "2015", "chapter", "Leading the use of research and evidence in schools", "IOE Press"),
        (["Vescio", "Ross", "Adams"], "2008", "article-journal", "Teaching and Teacher Education", ""),
        (["Wenger"], "1998", "book", "", "Cambridge University Press"),
    ]
    borko, brown, _, munby, oecd, stoll, vescio, wenger = [work for work in parsed if work]
    assert (borko.volume, borko.issue, borko.page, borko.doi) == ("33", "8", "3-15", "10.3102/0013189X033008003")
    assert (vescio.volume, vescio.issue, vescio.page, vescio.doi) == ("24", "1", "80-91", "10.1016/j.tate.2007.01.004")
    assert (str(munby.accessed), str(oecd.accessed)) == ("2016-07-06", "2016-07-25")
    assert munby.url.endswith("Global-Dialogue-Thinkpiece.pdf")
    assert [str(name) for name in stoll.editor] == ["Brown, C."]
    assert (wenger.title, wenger.publisher_place) == ("Communities of Practice", "Cambridge")
    assert brown.title == ""
    assert [[notice.code for notice in reference.notices] for reference in reading.record.references] == [
        [], ["reference-forthcoming", "reference-untitled"], [], [], [], [], [], [],
    ]  # fmt: skip
    written = " ".join(reference.text for reference in reading.record.references)
    assert written == " ".join(seed(3).lines[9].split())


def test_the_seed_is_claimed_by_this_reader_alone(seed: Seed) -> None:
    assert ecer.sniff(seed(3)) >= 80
    assert [reader.sniff(seed(3)) for reader in (vufind, edweek)] == [0, 0]
    assert [ecer.sniff(seed(n)) for n in (0, 1, 2, 4)] == [0, 0, 0, 0]


def as_page(document: Document) -> str:
    """The seed's text as a contribution page, with menus, scripts and a banner around it."""
    headings = ("Session Information", "Contribution", "References", "Search the ECER Programme")
    body = "".join(
        f"<h3>{line}</h3>" if line in headings
        else f"<li>{escape(line[2:])}</li>" if line.startswith("- ") else f"<p>{escape(line)}</p>"
        for line in (line.strip() for line in document.lines) if line
    )  # fmt: skip
    return f"""<!DOCTYPE html><html><head><title>EERA</title><script>document.write("<ul>")</script></head><body>
    <header><img alt="EERA"><nav><ul><li>Home</li><li>Networks</li></ul></nav></header>
    <div class="breadcrumb">EERA » ECER Programmes</div><div id="content">{body}</div>
    <div role="dialog">Sign up</div><footer>Imprint</footer><div class="cookie-hint">Cookies</div></body></html>"""


def test_a_saved_page_gives_the_record_of_its_text(seed: Seed) -> None:
    page = Document.from_text(as_page(seed(3)))
    [of_page] = ecer.read(page)
    [of_text] = ecer.read(seed(3))
    assert ecer.sniff(page) >= 80
    assert isinstance(of_page, Reading)
    assert isinstance(of_text, Reading)
    assert of_page.record == of_text.record
    assert [one for one in of_page.notices if not one.line] == [one for one in of_text.notices if not one.line]
    assert [one.code for one in of_page.notices] == [one.code for one in of_text.notices]
    assert of_page.key == of_text.key


CODES = {
    "15 SES 09, Rooms": ("15", "15 SES 09", "Rooms"),
    "26 SES 01 A, Rooms": ("26", "26 SES 01 A", "Rooms"),
    "26 SES 08 C: Rooms": ("26", "26 SES 08 C", "Rooms"),
    "04 SES 12.5 PS, Rooms, and Doors": ("04", "04 SES 12.5 PS", "Rooms, and Doors"),
    "99 ERC SES 04 A, Rooms": ("99", "99 ERC SES 04 A", "Rooms"),
    "ERC SES G 03, Rooms": (None, "ERC SES G 03", "Rooms"),
    "99 SESSIONS 01": None,
    "SES 09": None,
}


@pytest.mark.parametrize(("line", "expected"), CODES.items(), ids=CODES)
def test_session_codes(line: str, expected: tuple[str, str, str] | None) -> None:
    found = SESSION.match(line)
    assert (found and (found["net"], found["code"], found["title"])) == expected


TIMES = {
    "Time: 2018-09-05": "2018-09-05",
    "Time:\n2018-09-05\n09:00-10:30": "2018-09-05",
    "Date: Wednesday, 5 September 2018": "2018-09-05",
    "Wednesday, 05/Sep/2018:\n9:00 - 10:30": "2018-09-05",
    "Monday, 2021-09-06, 09:00-10:30, Room: n/a, Chair: A Roe": "2021-09-06",
    "September 5, 2018": "2018-09-05",
    "Conference: ECER 2018, Inclusion": "2018",
    "Conference:\nECER 2018, Inclusion\nTime: 2018-09-05": "2018-09-05",
    "Room: 12": "",
}


@pytest.mark.parametrize(("lines", "expected"), TIMES.items(), ids=TIMES)
def test_dates_stand_on_any_line_of_the_session(lines: str, expected: str) -> None:
    [reading] = readings_of(page_of(lines))
    assert str(reading.record.issued or "") == expected
    assert reading.leftovers == ()


PEOPLE = {
    "Chris Brown": [("Brown, Chris", "")],
    "Brown, Chris": [("Brown, Chris", "")],
    "Chris Brown, Cindy Poortman": [("Brown, Chris", ""), ("Poortman, Cindy", "")],
    "Chris Brown & Cindy Poortman": [("Brown, Chris", ""), ("Poortman, Cindy", "")],
    "Brown, Chris; van Veen, Klaas": [("Brown, Chris", ""), ("van Veen, Klaas", "")],
    "Chris Brown (University of Portsmouth)": [("Brown, Chris", "University of Portsmouth")],
    "Chris Brown, University College London": [("Brown, Chris", "University College London")],
    "A. Roe (Nowhere University), B. Poe (Acme Institute)": [
        ("Roe, A.", "Nowhere University"),
        ("Poe, B.", "Acme Institute"),
    ],
    "Kim Schildkamp (presenting / submitting), Jan van Tartwijk": [("Schildkamp, Kim", ""), ("van Tartwijk, Jan", "")],
    "": [],
}


@pytest.mark.parametrize(("line", "expected"), PEOPLE.items(), ids=PEOPLE)
def test_people(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(name), affiliation) for name, affiliation in people(line)] == expected


AUTHOR_BLOCKS = {
    "names and institutions below": (
        "Ann Roe (presenting / submitting)\nNowhere University\nNew York\nEdgar Poe\nAcme Institute",
        ["Roe, Ann", "Poe, Edgar"],
    ),
    "institutions behind commas": (
        "Ann Roe, Nowhere University, Norway\nEdgar Poe, Acme Institute", ["Roe, Ann", "Poe, Edgar"],
    ),
    "names alone": ("Ann Roe\nEdgar Poe", ["Roe, Ann", "Poe, Edgar"]),
    "one line": ("Roe, Ann; Poe, Edgar", ["Roe, Ann", "Poe, Edgar"]),
    "labelled": ("Presenting Author: Roe, Ann", ["Roe, Ann"]),
}  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), AUTHOR_BLOCKS.values(), ids=AUTHOR_BLOCKS)
def test_author_information(block: str, expected: list[str]) -> None:
    [reading] = readings_of(page_of("") + f"\nAuthor Information\n{block}")
    assert [str(name) for name in reading.record.author] == expected
    assert reading.record.contribution == "Text."


def test_chairs_and_discussants_are_kept_apart_from_authors() -> None:
    record = record_of(page_of("Chair/s:\nAnn Roe\nDiscussants: Edgar Poe; Jane Doe\nRoom: n/a"))
    assert [str(name) for name in record.chair] == ["Roe, Ann"]
    assert [str(name) for name in record.discussant] == ["Poe, Edgar", "Doe, Jane"]
    assert record.author == ()
    assert record.extra == ()


def test_long_headings_of_conftool_are_the_same_sections() -> None:
    record = record_of(
        page_of("") + "\nMethodology, Methods, Research Instruments or Sources Used\nM.\n"
        "Conclusions, Expected Outcomes or Findings\nO.\nIntent of Publication\nYes.\nReferences\nRoe, A. (2001) Rooms."
    )
    assert (record.contribution, record.method, record.outcomes, len(record.references)) == ("Text.", "M.", "O.", 1)
    assert ("ecer:intent-of-publication", "Yes.") in record.extra


def test_the_year_of_an_address_is_inferred_and_says_so() -> None:
    [reading] = readings_of("https://eera-ecer.de/ecer-programmes/conference/8/contribution/21/\n" + page_of(""))
    assert (str(reading.record.issued), reading.record.inferred) == ("2013", ("issued",))
    assert reading.record.url.endswith("/contribution/21/")
    assert "date-inferred" in dict(told(reading))
    [reading] = readings_of("https://eera-ecer.de/ecer-programmes/conference/99/contribution/21/\n" + page_of(""))
    assert reading.record.issued is None


def test_a_page_of_two_symposium_papers_gives_three_records() -> None:
    found = readings_of(
        "Session\n15 SES 02 A: Rooms\nTime:\nTuesday, 22/Aug/2023:\n13:15 - 14:45\nSession Chair: Ann Roe\n"
        "Symposium\nPresentations\n"
        "15. Research Partnerships in Education\nSymposium\nRooms and Doors\nChair: Ann Roe (Nowhere University)\n"
        "Discussant: Edgar Poe (Acme Institute)\nAn introduction.\nReferences\nRoe, A. (2001) Rooms.\n"
        "Presentations of the Symposium\n"
        "Old Rooms\nJane Doe (Nowhere University), John Doe (Acme Institute)\nOld rooms are cold.\nReferences:\n"
        "Poe, E. (2002) Cold.\n"
        "New Rooms\nMary Major (Acme Institute)\nNew rooms are warm."
    )
    assert [reading.record.title for reading in found] == ["Rooms", "Rooms and Doors", "Old Rooms", "New Rooms"]
    assert [[str(name) for name in reading.record.author] for reading in found] == [
        [], [], ["Doe, Jane", "Doe, John"], ["Major, Mary"],
    ]  # fmt: skip
    assert [reading.record.contribution for reading in found] == [
        "", "An introduction.", "Old rooms are cold.", "New rooms are warm.",
    ]  # fmt: skip
    assert {(reading.record.session, str(reading.record.issued)) for reading in found} == {
        ("15 SES 02 A", "2023-08-22")
    }
    assert len({reading.key for reading in found}) == 4


CITED = {
    "as Stoll (2015) says": ["Stoll (2015)"],
    "(Borko, 2004; Darling-Hammond, 2010; Vescio et al., 2008)": [
        "Borko (2004)",
        "Darling-Hammond (2010)",
        "Vescio (2008)",
    ],
    "(Brown and Poortman, forthcoming; Wenger, 1998)": ["Brown and Poortman (forthcoming)", "Wenger (1998)"],
    "Roe (in press) and Doe’s (n.d.-a) and (Poe, im Druck, p. 3)": ["Roe (in press)", "Doe (n.d.)", "Poe (im Druck)"],
    "(Lee accepted the offer) and Lee (accepted in 1990)": [],
    "by Mumby & Fullan, (2016)": ["Mumby and Fullan (2016)"],
    "Brown's (2014b) book": ["Brown (2014)"],
    "in May (2010) and in March, 2011": [],
    "(see Roe, Poe and Doe, 2001, p. 3)": ["Roe and Doe (2001)"],
    "no citation at all": [],
}


@pytest.mark.parametrize(("text", "expected"), CITED.items(), ids=CITED)
def test_citations_in_text(text: str, expected: list[str]) -> None:
    assert [str(citation) for citation in citations(text)] == expected


def test_nothing_is_missing_where_there_is_no_list() -> None:
    assert check_citations("as Roe (2001) says", ()) == []
    references = read_references(["Roe, A. & Poe, E. (2001) Rooms."])
    assert check_citations("as Roe (2001) and Roe and Poe (2001) and Poe (2001) say", references) == []
    assert [notice.code for notice in check_citations("Doe (2001)", references)] == ["cited-not-listed"]


def test_what_is_forthcoming_in_the_text_is_the_reference_without_a_year_and_may_have_one_by_now() -> None:
    references = read_references(["Roe, A. & Poe, E. (2001) Rooms.", "Roe, A. and Doe, J. (forthcoming) Halls."])
    text = "as (Roe & Doe, forthcoming) and Roe and Poe (2001) and (Poe, in press) say"
    assert [(text[at.start : at.stop], at.reference) for at in cited_at(text, references, {})] == [
        ("Roe & Doe, forthcoming", 1),
        ("Roe and Poe (2001)", 0),
    ]
    assert check_citations(text, references) == []
    assert [dict(one.params) for one in check_citations("(Major, in press)", references)] == [
        {"citation": "Major (in press)"}
    ]
    spelled = read_references(["Mumby, A. (in press) Halls.", "Rowe, B. (2001) Rooms."])
    assert [one.code for one in check_citations("(Munby, in press)", spelled)] == ["name-spelled-twice"]
    assert [one.code for one in check_citations("(Rowes, in press)", spelled)] == ["cited-not-listed"]
    two = [*references, *read_references(["Roe, A. and Doe, J. (in press) Rooms again."])]
    assert cited_at("(Roe & Doe, in press)", two, {}) == []


def test_what_is_no_programme_is_refused() -> None:
    [item] = ecer.read(Document.from_text("Nothing\nof the kind"))
    assert isinstance(item, Refusal)
    [item] = ecer.read(Document.from_text("<html>" + "<div>" * 100_000))
    assert isinstance(item, Refusal)


LAYOUTS = (
    "Title\nAuthor(s): A Roe\nSession Information\n15 SES 09, Rooms\nPaper Session\nTime:\n2018-09-05\nChair: B "
    "Poe\nContribution\n"
    "As Roe (2001) says.\nMethod\nM\nReferences\nRoe, A. (2001) Rooms, (London, Acme). OECD (2002) X, in Poe, E. "
    "(ed) Y, 3(4), 5-6.\n"
    "Author Information\nA Roe\nNowhere University\nSearch the ECER Programme\n- x",
    "Network: 26. Leading\n26 SES 01 A, Rooms\nMonday, 2021-09-06, 09:00-10:30, Room: n/a, Chair: A Roe\n- "
    "Paper\nA Roe B Poe\n- Other",
    "Session\n26 SES 08 C: Rooms\nTime:\nWednesday, 28/Aug/2024:\nPaper Session\nPresentations\n26. Leading\n"
    "Paper\nTitle\nA Roe1, B Poe2\n"
    "1Nowhere University; 2Acme\nPresenting Author: Roe, A\nText\nReferences\nRoe, A. (2001) Rooms.",
)


@given(st.data())
def test_mutated_programmes_never_raise(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(LAYOUTS))
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    changed = text[:start] + data.draw(st.text(alphabet="\n :;,.()-0aZ<>é&", max_size=20)) + text[stop:]
    for document in (Document.from_text(changed), Document.from_text("<html>" + changed.replace("\n", "<p>"))):
        assert 0 <= ecer.sniff(document) <= 100
        assert list(ecer.read(document))


def test_two_contributions_in_one_file_are_two_records() -> None:
    """They were taken for a network's listing, and all their text was handed back."""
    found = readings_of(page_of("") + "\n" + page_of("").replace("15 SES 09", "26 SES 01 A"))
    assert [reading.record.session for reading in found] == ["15 SES 09", "26 SES 01 A"]
    assert [reading.leftovers for reading in found] == [(), ()]


@pytest.mark.parametrize("written", ["n/a", "N.A.", "-", "None"])
def test_no_references_are_none(written: str) -> None:
    [reading] = readings_of(f"Session Information\n15 SES 09, Rooms\nContribution\nWalls.\nReferences\n{written}\n")
    assert reading.record.references == ()
