"""A document that is nothing but references: claimed only when it is, and every entry a record or a refusal."""

import time
from pathlib import Path

import pytest

from litbase.library.detecting import READERS, detect
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Reference
from litbase.sources import reference_list
from litbase.sources.reference_list import read, read_references, sniff
from tests.sources.references.lists import APA, CHICAGO, STYLES

CHECKOUT = Path(__file__).resolve().parents[2]


def listed(*entries: str) -> Document:
    return Document.from_text("\n".join(entries) + "\n", "list.txt")


@pytest.mark.parametrize("style", STYLES)
def test_a_list_in_any_style_is_claimed(style: str) -> None:
    document = listed(*STYLES[style])
    assert sniff(document) >= 50
    assert detect(document) is reference_list


def test_a_heading_makes_it_sure() -> None:
    assert sniff(listed("References", *APA)) == 85


def test_one_reference_is_enough() -> None:
    assert detect(listed(APA[0])) is reference_list


NO_LISTS = {
    "prose": "Teaching is hard. In 2001 Smith (2001) said so, and Roe, A. (2005) agreed with her.\n\nNobody else did.",
    "a letter": "Dear Ann,\n\nthank you for the book of 2001.\n\nYours,\nEdgar Poe\nNew York, 3 May 2002",
    "a recipe": "Take 3 eggs.\nAdd flour (200 g).\nBake for 45 minutes.",
    "a programme": "09:00 Opening. A. Roe\n10:00 Rooms and doors. E. Poe (2001)\n11:00 Coffee",
    "code": "def f(x):\n    return x + 2001  # Roe, A.\n",
    "a table": "Author,Title,Year\nRoe A.,Rooms,2001\nPoe E.,Doors,2002\n",
    "tabs": "Roe, A.\tRooms\t2001\nPoe, E.\tDoors\t2002\n",
    "BibTeX": "@article{roe2001, author={Roe, A.}, title={Rooms}, journal={Journal of Rooms}, year={2001}}\n",
    "RIS": "TY  - JOUR\nAU  - Roe, A.\nTI  - Rooms\nPY  - 2001\nER  - \n",
    "labels": "Title: Rooms\nAuthor: Roe, A.\nYear: 2001\nJournal: Journal of Rooms\n",
    "JSON": '{"title": "Rooms", "author": "Roe, A.", "year": 2001}\n',
    "names": "Roe, A.\nPoe, E.\nMoe, K.\n",
    "years": "2001\n2002\n2003\n",
    "nothing": "\n\n",
    "a page": "<html><body><p>Roe, A. (2001). Rooms. Oxford: Acme.</p></body></html>",
}


@pytest.mark.parametrize("text", NO_LISTS.values(), ids=NO_LISTS)
def test_what_is_no_list_is_not_claimed(text: str) -> None:
    assert sniff(Document.from_text(text)) == 0


def test_no_file_of_the_checkout_is_taken_for_a_list() -> None:
    files = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("*.toml"), *(CHECKOUT / "litbase").rglob("*.py"),
             *(CHECKOUT / "templates").rglob("*.html")]  # fmt: skip
    assert [str(path) for path in files if sniff(Document(str(path), path.read_bytes()))] == []
    starter = [Document(str(path), path.read_bytes()) for path in sorted((CHECKOUT / "references").rglob("*.*"))]
    assert [document.name for document in starter if detect(document) is reference_list] == []


def test_the_seeds_stay_with_their_readers(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        assert detect(Document(path.name, path.read_bytes())) is not reference_list


def test_every_entry_becomes_a_record_or_a_refusal_with_its_line() -> None:
    document = listed("References", "", *APA, "Ibid.")
    found = list(read(document))
    assert [item.line for item in found] == [3, 4, 5, 6, 7]
    assert [isinstance(item, Reading) for item in found] == [True] * 4 + [False]
    assert found[-1] == Refusal(line=7, notice=notice("reference-not-understood"), text="Ibid.")
    assert isinstance(found[0], Reading)
    assert found[0].furniture == 1
    assert found[0].record.doi == "10.3102/003465430298487"


def test_a_line_is_found_however_the_entry_is_wrapped() -> None:
    lines = ["References", "", *(part for one in APA for part in (one[:60], "    " + one[60:].strip()))]
    assert [item.line for item in read(listed(*lines))] == [3, 5, 7, 9]


def test_what_was_not_understood_is_left_over_on_its_line() -> None:
    text = "Roe, A. (2001). Rooms. Journal of Rooms, 12(3), 4-9. Xqzzt wvrrk; see p. 12 for more."
    [item] = read(listed(text))
    assert isinstance(item, Reading)
    assert any("wvrrk" in left.text and left.line == 1 for left in item.leftovers)


def test_no_record_is_a_refusal() -> None:
    assert [item.notice.code for item in read(listed("")) if isinstance(item, Refusal)] == ["no-record"]


def test_a_dash_stands_for_the_authors_of_the_entry_before() -> None:
    first, second = read_references([CHICAGO[0], "———. 2011. Change Leader. San Francisco: Jossey-Bass."])
    assert first.parsed is not None
    assert second.parsed is not None
    assert second.parsed.author == first.parsed.author
    assert [told.code for told in second.notices] == ["reference-same-authors"]
    [alone] = read_references(["———. 2011. Change Leader. San Francisco: Jossey-Bass."])
    assert alone.parsed is not None
    assert alone.parsed.author == ()


def test_the_reader_is_the_last_resort() -> None:
    assert READERS[-1] is reference_list


SEED_3 = (
    {"author": "Borko, H.", "issued": "2004", "container_title": "Educational Researcher", "volume": "33", "issue": "8",
     "page": "3-15", "title": "Professional development and teacher learning: Mapping the terrain",
     "doi": "10.3102/0013189X033008003", "type": "article-journal"},
    {"author": "Brown, C.; Poortman, C.", "issued": "", "title": "", "publisher": "Routledge",
     "publisher_place": "London"},
    {"author": "Darling-Hammond, L.", "issued": "2010", "publisher": "Teachers College Press",
     "publisher_place": "New York", "type": "book", "title": "The flat world and education: How America's commitment "
     "to equity will determine our future"},
    {"author": "Munby, S.; Fullan, M.", "issued": "2016", "accessed": "2016-07-06", "title": "Inside-out and "
     "downside-up: How leading from the middle has the power to transform education systems", "url":
     "http://www.michaelfullan.ca/wp-content/uploads/2016/02/Global-Dialogue-Thinkpiece.pdf", "container_title": ""},
    {"author": "OECD", "issued": "2016", "accessed": "2016-07-25",
     "title": "What makes a school a learning organization", "url":
     "http://www.oecd.org/education/school/school-learning-organisation.pdf", "container_title": ""},
    {"author": "Stoll, L.", "editor": "Brown, C.", "issued": "2015", "type": "chapter", "publisher": "IOE Press",
     "publisher_place": "London", "container_title": "Leading the use of research and evidence in schools",
     "title": "Using evidence, learning and the role of professional learning communities"},
    {"author": "Vescio, V.; Ross, D.; Adams, A.", "issued": "2008", "volume": "24", "issue": "1", "page": "80-91",
     "container_title": "Teaching and Teacher Education", "doi": "10.1016/j.tate.2007.01.004", "title": "A review of "
     "research on the impact of professional learning communities on teaching practice and student learning"},
    {"author": "Wenger, E.", "issued": "1998", "title": "Communities of Practice", "publisher_place": "Cambridge",
     "publisher": "Cambridge University Press", "type": "book"},
)  # fmt: skip


def test_the_list_of_the_conference_seed_is_read_whole(shared: Path) -> None:
    [path] = (shared / "seeds").glob("003_*.txt")
    [line] = [line for line in path.read_text("utf-8").split("\n") if line.startswith("Borko, H.")]
    found = read_references([line])
    assert len(found) == len(SEED_3)
    for reference, expected in zip(found, SEED_3, strict=True):
        assert reference.parsed is not None
        for name, value in expected.items():
            given = getattr(reference.parsed, name)
            text = "; ".join(map(str, given)) if isinstance(given, tuple) else str(given or "")
            assert text == value, (name, reference.text)
    codes = [[told.code for told in reference.notices] for reference in found]
    assert codes == [[], ["reference-forthcoming", "reference-untitled"], [], [], [], [], [], []]


def test_a_megabyte_is_read_in_bounded_time() -> None:
    for text in ("Roe, A. (2001). Rooms. " * 44_000, "Roe, A. (2001). Rooms.\n" * 44_000, "a\n" * 500_000):
        document = Document.from_text(text)
        started = time.process_time()
        assert sniff(document) in range(0, 101)
        assert time.process_time() - started < 2


def test_nothing_at_all_is_still_a_reference_as_written() -> None:
    assert read_references(["?!"]) == ()
    assert read_references(["ibid."]) == (Reference("ibid."),)
