"""ERIC's text layout: the seed's facts and the variations."""

from collections.abc import Callable
from pathlib import Path

import pytest

from litbase.record.notices import SENTENCES
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import eric

CASES = Path(__file__).parent / "eric"
ARTICLE = (CASES / "article.txt").read_text(encoding="utf-8")
PAGE = (CASES / "article-page.html").read_text(encoding="utf-8")


def one(text: str) -> Reading:
    [item] = eric.read(Document.from_text(text))
    assert isinstance(item, Reading), item
    return item


def record_of(text: str) -> Record:
    return one(text).record


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


def without(text: str, *starts: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(starts))


# the seed


@pytest.fixture
def first(seed: Callable[[int], Document]) -> Reading:
    [reading] = eric.read(seed(0))
    assert isinstance(reading, Reading)
    return reading


def test_the_seed_is_claimed_and_the_other_seeds_are_not(seed: Callable[[int], Document]) -> None:
    assert eric.sniff(seed(0)) == 95
    assert [eric.sniff(seed(n)) for n in (1, 2, 3, 4)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("eric", "EJ1223055"),
        ("type", "article-journal"),
        ("container_title", "Journal of Educational Change"),
        ("volume", "20"),
        ("issue", "3"),
        ("page", "327-350"),
        ("number_of_pages", 24),
        ("issn", ()),
        ("eissn", ("1573-1812",)),
        ("isbn", ()),
        ("publisher", "Springer"),
        ("abstractor", "As Provided"),
        ("language", ("English",)),
        ("publication_type", ("Journal Articles", "Reports - Research")),
        ("education_level", ()),
        ("audience", ()),
        ("sponsor", ()),
        ("institution", ()),
        ("grants", ()),
        ("peer_reviewed", None),
        ("url", ""),
        ("extra", ()),
    ],
)
def test_the_seed_states(first: Reading, field: str, value: object) -> None:
    assert getattr(first.record, field) == value


def test_the_seed_names_its_people_in_order_and_its_date_to_the_month(first: Reading) -> None:
    assert [str(name) for name in first.record.author] == ["Mehta, Jal", "Peterson, Amelia"]
    assert str(first.record.issued) == "2019-08"
    assert first.record.title.startswith("International Learning Communities: What Happens")


def test_the_seed_has_seven_descriptors_and_a_whole_abstract(first: Reading) -> None:
    assert len(first.record.descriptors) == 7
    assert first.record.descriptors[0] == "Communities of Practice"
    assert first.record.abstract.startswith("The past decade")
    assert first.record.abstract.endswith("policy and practice.")
    assert '"new isomorphism"--the' in first.record.abstract


def test_the_seeds_seven_na_fields_are_absent_and_told(first: Reading) -> None:
    [told] = [notice for notice in first.notices if notice.code == "not-applicable"]
    assert told.params == (("count", "7"),)
    assert "N/A" not in repr(first.record)


def test_the_seed_leaves_nothing_over(first: Reading) -> None:
    assert first.leftovers == ()
    assert {"eissn-in-issn", "address-split", "pages-agree"} <= set(codes(first))
    assert set(codes(first)) <= set(SENTENCES)
    assert first.record.availability.startswith("Springer. Available from: Springer Nature. 233 Spring Street")


# variations of the layout


def test_a_record_without_authors_has_none() -> None:
    record = record_of(without(ARTICLE, "Mehta, Jal"))
    assert record.author == ()
    assert record.container_title == "Journal of Educational Change"


def test_a_record_without_an_abstract_has_none() -> None:
    record = record_of(without(ARTICLE, "Groups of school"))
    assert record.abstract == ""
    assert len(record.author) == 2
    assert record.volume == "20"


def test_a_record_without_a_source_line_keeps_its_abstract() -> None:
    record = record_of(without(ARTICLE, "Journal of Educational Change,"))
    assert record.container_title == ""
    assert record.volume == ""
    assert record.abstract.startswith("Groups of school leaders")


def test_a_record_without_descriptors_and_publisher_is_whole_otherwise() -> None:
    record = record_of(without(ARTICLE, "Descriptors:", "Springer."))
    assert record.descriptors == ()
    assert record.publisher == ""
    assert record.abstract.endswith("a system whole.")
    assert record.language == ("English",)


def test_a_publisher_right_after_the_abstract_is_not_part_of_it() -> None:
    record = record_of(without(ARTICLE, "Descriptors:"))
    assert record.publisher == "Springer"
    assert record.abstract.endswith("a system whole.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "  \n", "\n\n\n"])
def test_line_ends_and_blank_lines_change_nothing(end: str) -> None:
    document = Document("-", ARTICLE.replace("\n", end).encode())
    [reading] = eric.read(document)
    assert isinstance(reading, Reading)
    assert reading.record == record_of(ARTICLE)


def test_a_byte_order_mark_and_indented_labels_change_nothing() -> None:
    indented = "\n".join(f"   {line}" for line in ARTICLE.split("\n"))
    [reading] = eric.read(Document("-", indented.encode("utf-8-sig")))
    assert isinstance(reading, Reading)
    assert reading.record == record_of(ARTICLE)


def test_labels_in_any_order_give_the_same_record() -> None:
    lines = ARTICLE.strip().split("\n")
    head, body, tail = lines[1:8], lines[8:14], lines[14:]
    for order in ([*head[::-1], *body, *tail[::-1]], [*head, *tail, *body[:4], *body[4:]], [*body, *head, *tail]):
        assert record_of("\n".join((lines[0], *order))) == record_of(ARTICLE)


@pytest.mark.parametrize("count", [2, 3, 40])
def test_one_text_holds_many_records(count: int) -> None:
    text = "\n".join(ARTICLE.replace("EJ1223055", f"EJ90{n:05d}") for n in range(count))
    readings = list(eric.read(Document.from_text(text)))
    assert [item.key for item in readings] == [f"EJ90{n:05d}" for n in range(count)]
    assert {item.record.title for item in readings if isinstance(item, Reading)} == {record_of(ARTICLE).title}
    assert [item.line for item in readings][:2] == [1, 1 + ARTICLE.count("\n") + 1]


def test_a_bad_record_among_good_ones_is_refused_alone() -> None:
    first, second, third = eric.read(Document.from_text(f"{ARTICLE}\nERIC Number: none\n\n{ARTICLE}"))
    assert isinstance(first, Reading)
    assert isinstance(third, Reading)
    assert isinstance(second, Refusal)
    assert second.notice.code == "no-record"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019", "2019"),
        ("2019-Aug", "2019-08"),
        ("2019-Aug-15", "2019-08-15"),
        ("2019-Aug-00", "2019-08"),
        ("2019-00-00", "2019"),
        ("2018-Spr", "2018-21"),
        ("2018-Win", "2018-24"),
    ],
)
def test_publication_dates(written: str, date: str) -> None:
    text = ARTICLE.replace("Publication Date: 2019-Aug", f"Publication Date: {written}").replace(" Aug 2019", "")
    assert str(record_of(text).issued) == date


def test_a_date_that_cannot_be_read_is_kept_and_the_source_line_gives_one() -> None:
    record = record_of(ARTICLE.replace("Publication Date: 2019-Aug", "Publication Date: in print"))
    assert ("eric:publicationdate", "in print") in record.extra
    assert str(record.issued) == "2019-08"


def test_a_year_becomes_more_precise_by_the_source_line_but_never_another_year() -> None:
    assert str(record_of(ARTICLE.replace("2019-Aug", "2019")).issued) == "2019-08"
    assert str(record_of(ARTICLE.replace("2019-Aug", "2020")).issued) == "2020"


@pytest.mark.parametrize(
    ("line", "authors", "editors", "others"),
    [
        ("Lott, Joe, II", ["Lott, Joe, II"], [], False),
        ("Barnard, Henry, Ed.", [], ["Barnard, Henry"], False),
        ("Yancey, William L.; And Others", ["Yancey, William L."], [], True),
        ("Doyle, Kenneth, O., Jr.; Brown, Byron, W.", ["Doyle, Kenneth O., Jr.", "Brown, Byron W."], [], False),
        (
            "Gomez, Louis M., Biag, Manuelito, Imig, David G.",
            ["Gomez, Louis M.", "Biag, Manuelito", "Imig, David G."],
            [],
            False,
        ),
        ("van der Berg, Jan; Okafor, Ngozi;", ["van der Berg, Jan", "Okafor, Ngozi"], [], False),
        ("National Center for Examples (ED)", ["National Center for Examples (ED)"], [], False),
        ("Smith, Ann, Ed.; Jones, Bea, Ed.", [], ["Smith, Ann", "Jones, Bea"], False),
        ("Özgür, Ayşe; 山田, 太郎", ["Özgür, Ayşe", "山田, 太郎"], [], False),
    ],
)
def test_author_lines(line: str, authors: list[str], editors: list[str], others: bool) -> None:
    record = record_of(ARTICLE.replace("Mehta, Jal; Peterson, Amelia", line))
    assert [str(name) for name in record.author] == authors
    assert [str(name) for name in record.editor] == editors
    assert record.others is others
    assert record.container_title == "Journal of Educational Change"


def test_paragraphs_of_an_abstract_stay_apart_and_wrapped_lines_come_together() -> None:
    first, second = "Leaders met in four towns.", "They did not agree on anything."
    apart = ARTICLE.replace(
        next(line for line in ARTICLE.split("\n") if line.startswith("Groups")), f"{first}\n\n{second}"
    )
    assert record_of(apart).abstract == f"{first}\n\n{second}"
    wrapped = apart.replace(
        f"{first}\n\n{second}", "Leaders met in four towns and\ndid not agree on much that was\nnew."
    )
    assert record_of(wrapped).abstract == "Leaders met in four towns and did not agree on much that was new."


def test_a_title_that_begins_like_a_label_is_a_title() -> None:
    title = "Language: What Happens between Leaders"
    text = ARTICLE.replace(record_of(ARTICLE).title, title)
    assert record_of(text).title == title
    assert record_of(text).language == ("English",)


def test_an_unknown_label_is_kept_under_its_name_and_an_unknown_line_handed_back() -> None:
    reading = one(ARTICLE + "Reading Age: 12 and up\nNobody knows this line\n")
    assert ("eric:Reading Age", "12 and up") in reading.record.extra
    assert [(left.line, left.text) for left in reading.leftovers] == [(23, "Nobody knows this line")]


def test_lists_wrapped_over_lines_are_put_together() -> None:
    text = ARTICLE.replace("Best Practices, Global Approach", "Best Practices,\nGlobal Approach")
    assert record_of(text).descriptors == record_of(ARTICLE).descriptors


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Peer reviewed: Yes", "peer_reviewed", True),
        ("Peer reviewed: F", "peer_reviewed", False),
        ("Peer reviewed", "peer_reviewed", True),
        ("Direct link: https://doi.org/10.5555/Abc.1", "doi", "10.5555/Abc.1"),
        ("Direct link: http://example.org/article/7", "url", "http://example.org/article/7"),
        ("Direct link: http://example.org/", "url", ""),
        (
            "Full text: https://files.eric.ed.gov/fulltext/EJ1223055.pdf",
            "full_text_url",
            "https://files.eric.ed.gov/fulltext/EJ1223055.pdf",
        ),
        ("Download full text", "full_text_url", "https://files.eric.ed.gov/fulltext/EJ1223055.pdf"),
        ("Identifiers - Location: Canada; United Kingdom (England)", "places", ("Canada", "United Kingdom (England)")),
        ("Identifiers - Laws, Policies, & Programs: Head Start", "laws", ("Head Start",)),
        (
            "Identifiers - Assessments and Surveys: SAT (College Admission Test)",
            "tests",
            ("SAT (College Admission Test)",),
        ),
        (
            "WWC Reviewed: Does Not Meet Evidence Standards",
            "extra",
            (("eric:ieswwcreviewed", "Does Not Meet Evidence Standards"),),
        ),
        ("Related Records: ED123456", "extra", (("eric:related", "ED123456"),)),
        ("IES Funded: N/A", "extra", ()),
        ("IDENTIFIERS - LOCATION: Ohio", "places", ("Ohio",)),
    ],
)
def test_further_labels(line: str, field: str, value: object) -> None:
    assert getattr(record_of(f"{ARTICLE}{line}\n"), field) == value


@pytest.mark.parametrize(
    ("issn", "eissn", "print_", "electronic"),
    [
        ("EISSN-1573-1812", "N/A", (), ("1573-1812",)),
        ("ISSN-0002-8312", "EISSN-1573-1812", ("0002-8312",), ("1573-1812",)),
        ("ISSN-0002-8312; EISSN-1573-1812", "N/A", ("0002-8312",), ("1573-1812",)),
        ("0002-8312", "1573-1812", ("0002-8312",), ("1573-1812",)),
        ("ISSN-", "EISSN-", (), ()),
        ("N/A", "N/A", (), ()),
    ],
)
def test_issns_are_sorted_by_what_they_say(
    issn: str, eissn: str, print_: tuple[str, ...], electronic: tuple[str, ...]
) -> None:
    text = ARTICLE.replace("ISSN: EISSN-1573-1812\nEISSN: N/A", f"ISSN: {issn}\nEISSN: {eissn}")
    assert (record_of(text).issn, record_of(text).eissn) == (print_, electronic)


def test_an_abstract_that_ends_with_an_address_is_no_publisher() -> None:
    told = "Asks who bargains in four towns. Available from Example Law School, Springfield, IL 62701. (RW)"
    abstract = next(line for line in ARTICLE.split("\n") if line.startswith("Groups of school"))
    record = record_of(ARTICLE.replace(abstract, told))
    assert record.abstract.startswith("Asks who bargains")
    assert (record.abstractor, record.publisher) == ("As Provided; RW", "Springer")


def test_links_below_a_record_are_not_the_next_ones() -> None:
    link = "Direct link: https://doi.org/10.5555/first\n"
    first, second = eric.read(Document.from_text(f"{ARTICLE.strip()}\n{link}{ARTICLE.strip()}"))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.record.doi, second.record.doi) == ("10.5555/first", "")


def test_a_dissertation_names_its_university() -> None:
    [*_, thesis] = eric.read(Document("-", (CASES / "three-records.txt").read_bytes()))
    assert isinstance(thesis, Reading)
    record = thesis.record
    assert (record.type, record.genre, record.publisher) == ("thesis", "Doctoral dissertation", "Drexel University")
    assert record.availability.startswith("ProQuest LLC. 789")
