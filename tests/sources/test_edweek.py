"""Education Week beyond the golden cases: the seeds fact by fact, pages against text, bylines, kickers, tails."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import ecer, edweek, vufind
from litbase.sources.edweek_parts import byline, genre_and_topic

Seed = Callable[[int], Document]


def reading_of(text: str) -> Reading:
    [item] = edweek.read(Document.from_text(text))
    assert isinstance(item, Reading), item
    return item


def record_of(text: str) -> Record:
    return reading_of(text).record


def of_seed(seed: Seed, n: int) -> Reading:
    [reading] = edweek.read(seed(n))
    assert isinstance(reading, Reading)
    return reading


def test_the_first_seed_gives_everything_it_states(seed: Seed) -> None:
    reading = of_seed(seed, 1)
    record = reading.record
    assert record.title == "International Learning Communities: What Can Be Learned Across National Boundaries?"
    assert record.author == (Name(family="Peterson", given="Amelia"), Name(family="Mehta", given="Jal"))
    assert record.issued == PartialDate(year=2016, month=2, day=25)
    assert (record.type, record.genre, record.section) == (
        "article-newspaper",
        "Opinion",
        "School & District Management",
    )
    assert (record.container_title, record.collection_title) == ("Education Week", "Global Learning")
    assert record.issn == ("0277-4232",)
    assert (
        record.note
        == "Image: GCEN CTE Working Group participants on a Shanghai school visit. Courtesy of Asia Society."
    )
    assert record.abstract == ""
    paragraphs = record.body.split("\n\n")
    assert paragraphs[0].startswith("This post reflects on an ongoing project")
    assert paragraphs[-1].endswith("most important function of international learning communities.")
    assert len(paragraphs) == 22
    assert [line for line in paragraphs if len(line) < 60] == [
        "Instrumental Learning", "Social Learning", "Self-Authoring Learning",
        "Conclusion: Making the Most of Cross-National Learning",
    ]  # fmt: skip
    for outside in ("Read Next", "Top School Jobs", "Save to favorites", "Deepfakes", "strictly those"):
        assert outside not in record.body
    assert reading.furniture == 49
    assert [(notice.code, dict(notice.params)) for notice in reading.notices] == [
        ("tail-left-out", {"first": "Events", "count": "49", "lines": "56–109"}),
        ("buttons", {"count": "3"}),
    ]
    assert reading.leftovers == ()


def test_the_second_seed_keeps_its_group_author_whole(seed: Seed) -> None:
    reading = of_seed(seed, 4)
    record = reading.record
    assert record.title == "Improving Practice"
    assert record.author == (Name(literal="International Perspectives on Education Reform Group"),)
    assert record.issued == PartialDate(year=2013, month=10, day=6)
    assert (record.genre, record.section) == ("Opinion", "School & District Management")
    assert (record.container_title, record.collection_title) == (
        "Education Week", "International Perspectives on Education Reform",
    )  # fmt: skip
    assert record.body.startswith("Welcome to our second blog week!")
    assert record.body.endswith("editor of the book Leading Educational Change.")
    assert len(record.body.split("\n\n")) == 6
    assert record.note == ""
    assert reading.furniture == 0
    assert [notice.code for notice in reading.notices] == ["buttons"]


def test_the_seeds_are_claimed_by_this_reader_alone(seed: Seed) -> None:
    for n in (1, 4):
        assert edweek.sniff(seed(n)) >= 80
        assert [reader.sniff(seed(n)) for reader in (ecer, vufind)] == [0, 0]
    assert [edweek.sniff(seed(n)) for n in (0, 2, 3)] == [0, 0, 0]


def as_page(document: Document, split: bool) -> str:
    """The seed's text as a page of edweek.org, with menus and a banner; *split* parts byline, date and minutes."""
    lines = [line.strip() for line in document.lines if line.strip()]
    place = next(n for n, line in enumerate(lines) if byline(line))
    kickers, title = lines[: place - 1], lines[place - 1]
    by, _, date = lines[place].partition(" — ")
    shown = f"<div>{escape(by)}</div><div>{date[:-11]}</div><div>{date[-10:]}</div>"
    shown = shown if split else f"<div>{escape(lines[place])}</div>"
    rest = "".join(f"<p>{escape(line.lstrip('• '))}</p>" for line in lines[place + 1 :])
    return f"""<!DOCTYPE html><html><head><title>{escape(title)} (Opinion) - Education Week</title>
    <meta property="og:title" content="{escape(title)} (Opinion)"><script>var x = "<h1>no</h1>";</script></head><body>
    <header><nav><ul><li>Topics</li><li>Jobs</li></ul></nav></header><nav>Home &gt; Opinion</nav>
    <main><article>{"".join(f"<div>{escape(kicker)}</div>" for kicker in kickers)}
    <h1 class="m-article-title">{escape(title)}</h1>{shown}{rest}
    <aside>An advert</aside><form>Sign up</form></article></main>
    <footer>edweek.org</footer><div id="onetrust-consent">Cookies</div></body></html>"""


@pytest.mark.parametrize("n", [1, 4])
@pytest.mark.parametrize("split", [False, True], ids=["one line", "parted"])
def test_a_saved_page_gives_the_record_of_its_text(seed: Seed, n: int, split: bool) -> None:
    page = Document.from_text(as_page(seed(n), split))
    [reading] = edweek.read(page)
    assert edweek.sniff(page) >= 80
    assert isinstance(reading, Reading)
    assert reading.record == of_seed(seed, n).record
    assert "meta-contradicts" not in [notice.code for notice in reading.notices]


BYLINES = {
    "By A B & C D — February 25, 2016 6 min read": ("A B & C D", "2016-02-25"),
    "By A B – February 25, 2016": ("A B", "2016-02-25"),
    "By A B -- February 5, 2016 12 min read": ("A B", "2016-02-05"),
    "October 06, 2013 1 min read": ("", "2013-10-06"),
    "October 06, 2013": ("", "2013-10-06"),
    "By A B — March 05, 2020 | Corrected: March 11, 2020 5 min read": ("A B", "2020-03-05"),
    "By The Associated Press — May 1, 2019 2 min read": ("The Associated Press", "2019-05-01"),
    "by a door — May 1, 2019": ("a door", "2019-05-01"),
    "It opened on May 1, 2019": None,
    "February 30, 2016 was no day": None,
    "By the way": None,
}


@pytest.mark.parametrize(("line", "expected"), BYLINES.items(), ids=BYLINES)
def test_bylines(line: str, expected: tuple[str, str] | None) -> None:
    found = byline(line)
    assert (found and (found.by, str(found.date))) == expected


AUTHORS = {
    "Amelia Peterson & Jal Mehta": ["Peterson, Amelia", "Mehta, Jal"],
    "Ann Roe, Edgar Poe, and Jan van der Berg": ["Roe, Ann", "Poe, Edgar", "van der Berg, Jan"],
    "Ann Roe, Edgar Poe & Jane Doe": ["Roe, Ann", "Poe, Edgar", "Doe, Jane"],
    "Ann Roe and Edgar Poe, Jr.": ["Roe, Ann", "Poe, Edgar, Jr."],
    "Guest Blogger Ann Roe": ["Roe, Ann"],
    "International Perspectives on Education Reform Group": ["International Perspectives on Education Reform Group"],
    "The Editors": ["The Editors"],
    "Guest Blogger": [],
    "The Associated Press": ["The Associated Press"],
    "Education Week Staff": ["Education Week Staff"],
}


@pytest.mark.parametrize(("by", "expected"), AUTHORS.items(), ids=AUTHORS)
def test_authors_stand_in_the_order_of_the_byline(by: str, expected: list[str]) -> None:
    record = record_of(f"Opinion\n\nA Title\n\nBy {by} — May 1, 2019 2 min read\n  • Print\n\nText.")
    assert [str(name) for name in record.author] == expected


KICKERS = {
    ("Opinion", "School & District Management Opinion"): ("Opinion", "School & District Management"),
    ("School & District Management Opinion",): ("Opinion", "School & District Management"),
    ("Opinion", "Education Letter to the Editor"): ("Letter", "Education"),
    ("Letter to the Editor",): ("Letter", ""),
    ("Special Report",): ("Report", ""),
    ("Education",): ("", "Education"),
    ("Federal Explainer",): ("", "Federal"),
    (): ("", ""),
}


@pytest.mark.parametrize(("kickers", "expected"), KICKERS.items(), ids=map(str, KICKERS))
def test_kickers_tell_genre_and_topic(kickers: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert genre_and_topic(list(kickers)) == expected


HEADS = {
    "kickers, title": ("Opinion\nFederal Opinion\n\nA Title", "A Title", "", "Federal"),
    "no blank lines": ("Opinion\nFederal Opinion\nA Title", "A Title", "", "Federal"),
    "deck": ("Federal\n\nA Title\n\nA sentence below the title.", "A Title", "A sentence below the title.", "Federal"),
    "deck without kicker": ("A Title\n\nA sentence below the title.", "A Title", "A sentence below the title.", ""),
    "unknown topic": ("Marching Bands\n\nA Title That Says More", "A Title That Says More", "", "Marching Bands"),
    "title alone": ("A Title", "A Title", "", ""),
    "title is a topic": ("Opinion\n\nTeaching", "Teaching", "", ""),
    "(Opinion) behind it": ("A Title (Opinion)", "A Title", "", ""),
}


@pytest.mark.parametrize(("head", "title", "deck", "topic"), HEADS.values(), ids=HEADS)
def test_heads(head: str, title: str, deck: str, topic: str) -> None:
    record = record_of(f"{head}\n\nBy Ann Roe — May 1, 2019\n  • Save to favorites\n\nText.")
    assert (record.title, record.note, record.section) == (title, deck, topic)
    assert record.body == "Text."


def test_a_heading_that_looks_like_a_tail_does_not_end_the_text() -> None:
    record = record_of(
        "Opinion\n\nA Title\n\nMay 1, 2019\n\nOne.\n\nEvents\n\nTwo.\n\n"
        "The opinions expressed in Rooms are strictly those of the author(s)."
    )
    assert record.body == "One.\n\nEvents\n\nTwo."
    assert record.collection_title == "Rooms"


def test_print_edition_is_kept() -> None:
    record = record_of(
        "Federal\n\nA Title\n\nMay 1, 2019\n\nOne.\n\nA version of this article appeared in the May 08, 2019 "
        "edition of "
        "Education Week as Another Title\n\nEdWeek Top School Jobs\n\nTeacher Jobs"
    )
    assert record.note.startswith("A version of this article appeared in")
    assert record.extra == (("edweek:print-edition", "May 08, 2019"), ("edweek:print-title", "Another Title"))


def test_metadata_alone_give_a_record() -> None:
    reading = reading_of(
        '<html><head><meta property="og:title" content="A Title - Education Week">'
        '<meta property="article:published_time" content="2019-05-01T01:02:03Z"></head><body><p>Text.</p></body></html>'
    )
    assert (reading.record.title, str(reading.record.issued), reading.record.body) == ("A Title", "2019-05-01", "Text.")


def test_what_is_no_article_is_refused() -> None:
    [item] = edweek.read(Document.from_text("  \n\n"))
    assert isinstance(item, Refusal)
    [item] = edweek.read(Document.from_text("<html>" + "<p><div>" * 50_000))
    assert isinstance(item, Refusal)


@given(st.data())
def test_mutated_articles_never_raise(data: st.DataObject) -> None:
    text = (
        "Opinion\nFederal Opinion\n\nA Title\n\nDeck.\n\nBy A & B — May 1, 2019 | Updated: May 2, 2019 2 min "
        "read\n  • Print\n\n"
        "Text.\n\nFollow us on Twitter.\n\nImage: x\n\nThe opinions expressed in X are strictly those of Y\n\n"
        "Events\n\nRead Next"
    )
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    changed = text[:start] + data.draw(st.text(alphabet="\n :;,.()-0aZ<>é—&", max_size=20)) + text[stop:]
    page = changed.replace("\n", "<p>")
    for document in (Document.from_text(changed), Document.from_text(f"<html><title>x</title><h1>A Title</h1>{page}")):
        assert 0 <= edweek.sniff(document) <= 100
        assert len(list(edweek.read(document))) == 1


def test_a_heading_comments_does_not_end_the_text() -> None:
    """Everything below a heading "Comments" was left out as the page's tail."""
    record = record_of("Opinion\n\nDoors\n\nBy Ann Roe — May 1, 2019 2 min read\n  • Print\n\nOne.\n\nComments\n\nTwo.")
    assert record.body == "One.\n\nTwo."


@pytest.mark.parametrize("line", ["Image by A. Roe from Pixabay", "—Getty Images", "Ann Roe for Education Week"])
def test_credits_of_pictures_are_notes(line: str) -> None:
    record = record_of(f"Opinion\n\nDoors\n\nBy Ann Roe — May 1, 2019 2 min read\n\n{line}\n\nOne.")
    assert (record.note, record.body) == (line, "One.")
