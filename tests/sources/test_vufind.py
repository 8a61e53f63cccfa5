"""Catalogue records beyond the golden cases: the seed fact by fact, pages against text, labels, imprints."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import ecer, edweek, vufind, vufind_labels
from litbase.sources.vufind_values import citation, published

Seed = Callable[[int], Document]


def reading_of(text: str) -> Reading:
    [item] = vufind.read(Document.from_text(text))
    assert isinstance(item, Reading), item
    return item


def record_of(text: str) -> Record:
    return reading_of(text).record


def test_the_seed_gives_everything_it_states(seed: Seed) -> None:
    [reading] = vufind.read(seed(2))
    assert isinstance(reading, Reading)
    record = reading.record
    assert record.type == "chapter"
    assert record.title == (
        "Learning at the Boundaries Reconsidering University-District Partnerships for Educational Change"
    )
    assert record.author == (
        Name(family="Gomez", given="Louis M."), Name(family="Biag", given="Manuelito"),
        Name(family="Imig", given="David G."),
    )  # fmt: skip
    assert record.container_title == "Handbook of the Cultural Foundations of Learning"
    assert (record.volume, record.issue, record.page, record.edition) == ("1", "", "365-384", "1")
    assert (record.publisher, record.publisher_place) == ("Routledge", "")
    assert record.issued == PartialDate(year=2020)
    assert record.isbn == ("9780415839044", "041583905X", "9780415839051", "0415839041")
    assert record.doi == "10.4324/9780203774977-25"
    assert record.language == ("English",)
    assert record.keywords == record.descriptors == ()
    assert len(record.abstract) == 1434
    assert record.abstract.startswith("Increasingly, school leaders")
    assert record.abstract.endswith("opportunities and outcomes.")
    assert record.abstract.count("Increasingly") == 1
    assert record.url == ""
    assert record.inferred == ()
    assert reading.key == "doi:10.4324/9780203774977-25"
    assert reading.leftovers == ()
    assert [(notice.code, dict(notice.params)) for notice in reading.notices] == [
        ("labels-parted", {"examples": "“Published inHandbook of the Cu”, “LanguageEnglish”, “Edition1”"}),
        ("teaser-replaced", {}),
        ("empty-rows", {"labels": "Subjects"}),
    ]


def test_the_seed_is_claimed_by_this_reader_alone(seed: Seed) -> None:
    assert vufind.sniff(seed(2)) >= 80
    assert [reader.sniff(seed(2)) for reader in (ecer, edweek)] == [0, 0]
    assert [vufind.sniff(seed(n)) for n in (0, 1, 3, 4)] == [0, 0, 0, 0]


def as_page(document: Document, *, extra: str = "") -> str:
    """The seed's text as a page of VuFind: its rows and its description, with menus, scripts and banners."""
    lines = [line.strip() for line in document.lines if line.strip()]
    core = lines.index("Bibliographic Details")
    more = lines.index("More Information")
    labels = sorted({**vufind_labels.labels("en", False), **vufind_labels.labels("en", True)}, key=len, reverse=True)

    def rows(part: list[str]) -> str:
        found: list[list[str]] = []
        for line in part:
            label = next((name for name in labels if line.startswith(name)), "")
            if label:
                found.append([label, line[len(label) :].lstrip(": ")])
            else:
                found[-1].append(line)
        return "".join(
            f"<tr><th>{escape(label)}:</th><td>{'<br>'.join(map(escape, values))}</td></tr>" for label, *values in found
        )

    return f"""<!DOCTYPE html><html><head><title>x</title><script>var a = "<p>";</script></head><body>
    <header><nav><ul><li>Login</li><li>Language</li></ul></nav></header>
    <div class="record"><h1 property="name">{escape(lines[0])}</h1><p>{escape(lines[1])}</p>
    <p><a>Full description</a></p>
    <div class="savedLists">Saved in:</div>
    <table class="table table-striped"><caption class="sr-only">Bibliographic Details</caption>
    {rows(lines[core + 1 : lines.index("Cover")])}</table>{extra}</div>
    <div><img alt="Cover"> Loading…</div><h2>More Information</h2>
    <table><caption>Description</caption>{rows(lines[more + 1 :])}</table>
    <form><input name="tag"> Add Tag</form><footer><ul><li>Help</li></ul></footer>
    <div class="cookie-consent">We use cookies <button>ok</button></div></body></html>"""


def test_a_saved_page_gives_the_record_of_its_text(seed: Seed) -> None:
    [of_text] = vufind.read(seed(2))
    page = Document.from_text(as_page(seed(2)))
    [of_page] = vufind.read(page)
    assert vufind.sniff(page) >= 80
    assert isinstance(of_text, Reading)
    assert isinstance(of_page, Reading)
    assert of_page.record == of_text.record
    assert of_page.leftovers == ()


def test_coins_fill_what_the_page_leaves_out(seed: Seed) -> None:
    coins = (
        '<span class="Z3988" title="rft.genre=bookitem&amp;rft.atitle=Learning+at+the+Boundaries&amp;rft.volume=9&amp;'
        'rft.place=New+York&amp;rft.issn=1234-5679"></span>'
    )
    [reading] = vufind.read(Document.from_text(as_page(seed(2), extra=coins)))
    assert isinstance(reading, Reading)
    assert (reading.record.publisher_place, reading.record.issn) == ("New York", ("1234-5679",))
    assert reading.record.volume == "1"
    assert ("meta-contradicts", "volume") in [(notice.code, notice.field) for notice in reading.notices]
    assert ("meta-contradicts", "title") not in [(notice.code, notice.field) for notice in reading.notices]


CITATIONS = {
    "Handbook of Learning Vol. 1; pp. 365 - 384": ("Handbook of Learning", "1", "", "365-384"),
    "Journal of Change Vol. 20; no. 3; pp. 327 - 350": ("Journal of Change", "20", "3", "327-350"),
    "Journal of Change Vol. 20; no. 3": ("Journal of Change", "20", "3", ""),
    "Journal of Change no. 3; p. 5": ("Journal of Change", "", "3", "5"),
    "Journal of Change": ("Journal of Change", "", "", ""),
    "Journal of Change pp. e12 - e19": ("Journal of Change", "", "", "e12-e19"),
    "Vol. 3 of Everything": ("Vol. 3 of Everything", "", "", ""),
    "Zeitschrift für Pädagogik Jg. 58; H. 3; S. 12 - 30": ("Zeitschrift für Pädagogik", "58", "3", "12-30"),
    "Zeitschrift für Pädagogik 58 (2012), 3, Seite 12-30": ("Zeitschrift für Pädagogik", "58", "3", "12-30"),
    "Revue Vol. 12; n° 3; pp. 1 - 20": ("Revue", "12", "3", "1-20"),
    "Teaching, Learning; and More Vol. 12, No. 3 (2019), p. 1-20": ("Teaching, Learning; and More", "12", "3", "1-20"),
    "The p. word in schools Vol. 2; p. 4": ("The p. word in schools", "2", "", "4"),
    "Journal Vol. 12; no. 3-4; pp. 1 – 20": ("Journal", "12", "3-4", "1-20"),
    "Journal Vol. 12; no. Suppl. 1; pp. S1 - S20": ("Journal", "12", "Suppl. 1", "S1-S20"),
    "Journal Vol. ahead-of-print; no. ahead-of-print; pp. 1 - 16": ("Journal", "", "", "1-16"),
    "A Handbook pp. xi - xx": ("A Handbook", "", "", "xi-xx"),
    "Journal Vol. 87, no. 4 (Dec. 2005), p. 301-306": ("Journal", "87", "4", "301-306"),
    "In: Learning and leading (2009), pp. 33-48": ("Learning and leading", "", "", "33-48"),
}


@pytest.mark.parametrize(("text", "expected"), CITATIONS.items(), ids=CITATIONS)
def test_container_lines(text: str, expected: tuple[str, str, str, str]) -> None:
    title, parts = citation(text)
    assert (title, *(parts.get(name, "") for name in ("volume", "issue", "page"))) == expected


IMPRINTS = {
    "Routledge 2020": ("", "Routledge", "2020"),
    "London : Routledge, 2013.": ("London", "Routledge", "2013"),
    "London: Routledge 2013": ("London", "Routledge", "2013"),
    "Berlin ; New York : De Gruyter, [2015]": ("Berlin ; New York", "De Gruyter", "2015"),
    "New York : Basic Books, c2001.": ("New York", "Basic Books", "2001"),
    "Cambridge, MA : Harvard University Press, ©2018": ("Cambridge, MA", "Harvard University Press", "2018"),
    "Dordrecht Springer Netherlands 01.08.2019": ("Dordrecht", "Springer Netherlands", "2019-08"),
    "Springer 15.08.2019": ("", "Springer", "2019-08-15"),
    "Springer 08-01-2019": ("", "Springer", "2019-08"),
    "Springer 08-15-2019": ("", "Springer", "2019-08-15"),
    "Springer 2019-08-15": ("", "Springer", "2019-08-15"),
    "Springer 08-05-2019": ("", "Springer", "2019"),
    "Oxford University Press 1999": ("", "Oxford University Press", "1999"),
    "New York : Doubleday, [1996], ©1996": ("New York", "Doubleday", "1996"),
    "Stanford, Calif. : Stanford University Press, 2004, c1990.": (
        "Stanford, Calif.",
        "Stanford University Press",
        "2004",
    ),
    "Chicago : University of Chicago Press, 1952-1987": ("Chicago", "University of Chicago Press", "1952/1987"),
    "Paris : OECD, 1998-": ("Paris", "OECD", "1998"),
    "Cham : Springer International : Imprint: Springer, 2016.": ("Cham", "Springer International", "2016"),
    "Hove : Acme Press ; New York, N.Y. : Roe, 2009.": ("Hove", "Acme Press", "2009"),
    "London, England SAGE Publications 01.05.2011": ("London, England", "SAGE Publications", "2011-05"),
    "[Place of publication not identified] : [publisher not identified], 1998": ("", "", "1998"),
    "New York : Wiley, 19--?": ("New York", "Wiley", ""),
    "2011": ("", "", "2011"),
    "[S.l.] : [s.n.], 1987": ("", "", "1987"),
    "Waxmann": ("", "Waxmann", ""),
    "": ("", "", ""),
}


@pytest.mark.parametrize(("text", "expected"), IMPRINTS.items(), ids=IMPRINTS)
def test_imprints(text: str, expected: tuple[str, str, str]) -> None:
    place, publisher, date = published(text)
    assert (place, publisher, str(date or "")) == expected


PEOPLE = {
    "Gomez, Louis M., Biag, Manuelito": (["Gomez, Louis M.", "Biag, Manuelito"], []),
    "Stoll, Louise": (["Stoll, Louise"], []),
    "Aristotle": (["Aristotle"], []),
    "Brown, Chris, 1974-": (["Brown, Chris"], []),
    "Dewey, John, 1859-1952, Mead, George Herbert": (["Dewey, John", "Mead, George Herbert"], []),
    "Brown, C. (Chris), Flood, Jane": (["Brown, C.", "Flood, Jane"], []),
    "King, Martin Luther, Jr., Lott, Joe, II": (["King, Martin Luther, Jr.", "Lott, Joe, II"], []),
    "Brown, Chris (Author), Poortman, Cindy (Editor)": (["Brown, Chris"], ["Poortman, Cindy"]),
    "Berkemeyer, Nils (Hrsg.), Kuper, Harm (Hrsg.)": ([], ["Berkemeyer, Nils", "Kuper, Harm"]),
    "Brown, Chris, Poortman, Cindy (Editor)": (["Brown, Chris"], ["Poortman, Cindy"]),
    "van der Berg, Jan": (["van der Berg, Jan"], []),
    "Wu, Amy., Roe, Ann, Jr.": (["Wu, Amy", "Roe, Ann, Jr."], []),
    "Roe, Ann, Poe, Edgar (Thesis director)": (["Roe, Ann"], []),
    "Carnegie Foundation for the Advancement of Teaching": (
        ["Carnegie Foundation for the Advancement of Teaching"],
        [],
    ),
}


@pytest.mark.parametrize(("line", "expected"), PEOPLE.items(), ids=PEOPLE)
def test_author_lines(line: str, expected: tuple[list[str], list[str]]) -> None:
    record = record_of(f"A title\n\nBibliographic Details\nMain Authors {line}\nFormat Book\nLanguageEnglish\n")
    assert ([str(name) for name in record.author], [str(name) for name in record.editor]) == expected


FORMATS = {
    "Book Chapter": ("chapter", ""),
    "Journal Article": ("article-journal", ""),
    "Article": ("article-journal", ""),
    "Newspaper Article": ("article-newspaper", ""),
    "Book": ("book", ""),
    "eBook": ("book", ""),
    "Electronic eBook": ("book", ""),
    "E-Book": ("book", ""),
    "Buch": ("book", ""),
    "Elektronisch Buchkapitel": ("chapter", ""),
    "Livre": ("book", ""),
    "Dissertation": ("thesis", "Dissertation"),
    "Conference Proceeding": ("book", "Proceedings"),
    "Report": ("report", ""),
    "Web Resource": ("webpage", ""),
    "Musical Score": ("document", "Musical Score"),
    "Hologram": ("document", "Hologram"),
}


@pytest.mark.parametrize(("name", "expected"), FORMATS.items(), ids=FORMATS)
def test_formats(name: str, expected: tuple[str, str]) -> None:
    record = record_of(f"A title\n\nBibliographic Details\nMain Author Roe, Ann\nFormat {name}\nLanguageEnglish\n")
    assert (record.type, record.genre) == expected


@pytest.mark.parametrize("language", vufind_labels.LANGUAGES)
@pytest.mark.parametrize("glue", ["", " ", ":", ": ", "\t"], ids=["glued", "space", "colon", "colon and space", "tab"])
def test_every_language_reads_with_and_without_colons(language: str, glue: str) -> None:
    """Labels are found longest first, whatever stands between them and their values."""
    label = {field: name for name, field in reversed(vufind_labels.CORE_LABELS[language].items())}
    label |= {f"detail-{field}": name for name, field in reversed(vufind_labels.DETAIL_LABELS[language].items())}
    rows = [
        ("author", "Roe, Ann"), ("others", "Poe, Edgar"), ("format", "Book"), ("language", "Welsh"),
        ("published", "Nowhere : Acme, 1999"), ("edition", "2"), ("series", "Little books"), ("subjects", "Rooms"),
    ]  # fmt: skip
    details = [("detail-summary", "Rooms and doors."), ("detail-isbn", "9780415839044"), ("detail-doi", "10.1234/x")]
    core = next(h for h, kind in vufind_labels.HEADINGS.items() if kind == "core")
    text = "\n".join(
        ["Rooms", "", core, *(f"{label[name]}{glue}{value}" for name, value in rows), "", "More Information",
         *(f"{label[name]}{glue}{value}" for name, value in details)]
    )  # fmt: skip
    record = record_of(text)
    assert [str(name) for name in record.author] == ["Roe, Ann", "Poe, Edgar"]
    assert (record.type, record.language, record.edition) == ("book", ("Welsh",), "2")
    assert (record.publisher_place, record.publisher, str(record.issued)) == ("Nowhere", "Acme", "1999")
    assert (record.collection_title, record.keywords) == ("Little books", ("Rooms",))
    assert (record.abstract, record.isbn, record.doi) == ("Rooms and doors.", ("9780415839044",), "10.1234/x")


def test_subjects_that_begin_like_labels_are_subjects() -> None:
    record = record_of(
        "A title\n\nBibliographic Details\nMain Author Roe, Ann\nFormat Book\nLanguageEnglish\nPublished Acme 2001\n"
        "Subjects\nLanguage and languages\nLanguage Arts\nFormative assessment\nPublished sources\nRooms\n"
    )
    assert record.keywords == (
        "Language and languages", "Language Arts", "Formative assessment", "Published sources", "Rooms",
    )  # fmt: skip
    assert record.language == ("English",)


def test_full_stops_of_marc_are_taken_off() -> None:
    record = record_of(
        "A title\n\nBibliographic Details\nFormat: Book\nLanguage: English\nEdition: First edition.\n"
        "Subjects: School networks.\nRooms, etc.\n"
    )
    assert (record.edition, record.keywords) == ("First edition", ("School networks", "Rooms, etc."))


def test_a_title_may_begin_like_a_label() -> None:
    record = record_of(
        "Language learning in rooms\n\nSaved in:\nMain Author Roe, Ann\nFormat Book\nLanguageEnglish\nPublished "
        "Acme 2001\n"
    )
    assert record.title == "Language learning in rooms"
    assert record.language == ("English",)


def test_the_teaser_alone_is_kept_and_said_to_be_cut() -> None:
    reading = reading_of(
        "A title\n\nThe beginning of a summary that goes...\n\nBibliographic Details\nFormat Book\nLanguageEnglish\n"
    )
    assert reading.record.abstract == "The beginning of a summary that goes..."
    assert "truncated" in [notice.code for notice in reading.notices]


def test_a_summary_of_several_paragraphs_stays_whole() -> None:
    record = record_of(
        "A title\n\nBibliographic Details\nFormat:Book\nLanguage:English\n\nMore Information\nSummary:One.\n\n"
        "Two.\n\nThree.\n"
        "ISBN:9780415839044\n"
    )
    assert record.abstract == "One.\n\nTwo.\n\nThree."


def test_a_missing_format_is_worked_out_and_said_to_be() -> None:
    text = (
        "A title\n\nBibliographic Details\nPublished inHandbook Vol. 1; p. 3\nMain Author Roe, Ann\nLanguageEnglish\n"
    )
    record = record_of(f"{text}\nMore Information\nISBN:9780415839044\n")
    assert (record.type, record.inferred) == ("chapter", ("type",))
    assert record_of(text).type == "article-journal"


def test_what_is_no_catalogue_record_is_refused() -> None:
    [item] = vufind.read(Document.from_text("Nothing\n\nof the kind"))
    assert isinstance(item, Refusal)
    assert item.notice.code == "no-record"
    [item] = vufind.read(Document.from_text("<html>" + "<div>" * 100_000))
    assert isinstance(item, Refusal)


@given(st.data())
def test_mutated_records_never_raise(data: st.DataObject) -> None:
    text = (
        "A title : x\n\nTeaser...\n\nSaved in:\nBibliographic Details\nPublished inHandbook Vol. 1; pp. 3 - 4\n"
        "Main Authors Roe, Ann (Editor), Poe, E.\nFormat Book\nLanguageEnglish\nPublished London : Acme [2001]\n"
        "Series: X ; 1\n"
        "Subjects\nRooms > Doors\nOnline AccessGet full text\nhttps://doi.org/10.1/x\n\nMore Information\n"
        "Summary:One.\n"
        "ISBN:9780415839044\nISSN:1234-5679 (online)\nDOI:10.1234/x\nSimilar Items\nPublished: (2001)"
    )
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    changed = text[:start] + data.draw(st.text(alphabet="\n :;,.()-0aZ<>é", max_size=20)) + text[stop:]
    for document in (
        Document.from_text(changed),
        Document.from_text(f"<html><h1>{changed}</h1><table><tr><th>ISBN<td>{changed}"),
    ):
        assert 0 <= vufind.sniff(document) <= 100
        assert len(list(vufind.read(document))) == 1


def test_what_stands_in_brackets_behind_a_body_belongs_to_its_name() -> None:
    """A conference was called "International Conference on Rooms", its year and place were taken for a role."""
    record = record_of(
        "A title\n\nBibliographic Details\nCorporate Author:\t"
        "International Conference on Rooms (2005 : Athens, Greece)\n"
        "Format:\tBook\nLanguage:\tEnglish\n"
    )
    assert [str(name) for name in record.author] == ["International Conference on Rooms (2005 : Athens, Greece)"]


def test_a_paper_of_proceedings_is_no_book() -> None:
    """Summon's format "Conference Proceeding" made a book of every paper."""
    record = record_of(
        "A title\n\nBibliographic Details\nPublished in Proceedings of Rooms pp. 1 - 9\nMain Author Roe, Ann\n"
        "Format Conference Proceeding\nLanguageEnglish\n"
    )
    assert (record.type, record.genre, record.container_title) == ("paper-conference", "", "Proceedings of Rooms")


def test_holdings_below_the_tags_are_handed_back() -> None:
    """They vanished: every line below the buttons of the tags was counted as a tag."""
    reading = reading_of(
        "A title\n\nBibliographic Details\nMain Author:\tRoe, Ann\nFormat:\tBook\nLanguage:\tEnglish\nTags:\t\n"
        "Add Tag\n"
        "rooms 2\n\nHoldings\nMain Library\nShelf 7\n"
    )
    assert reading.record.extra == (("vufind:Tags", "rooms 2"),)
    assert [leftover.text for leftover in reading.leftovers] == ["Main Library", "Shelf 7"]


def test_a_newspaper_article_in_a_catalogue_is_the_catalogues() -> None:
    page = Document.from_text(
        "<!DOCTYPE html><html><head><meta name='generator' content='VuFind 9'></head><body><h1>Doors</h1><table>"
        "<caption>Bibliographic Details</caption><tr><th>Published in:</th><td>Education Week</td></tr>"
        "<tr><th>Published:</th><td>Bethesda : Editorial Projects in Education, 2016</td></tr>"
        "<tr><th>Online Access:</th>"
        "<td><a href='https://www.edweek.org/doors'>Get full text</a></td></tr></table></body></html>"
    )
    assert (vufind.sniff(page), edweek.sniff(page)) == (95, 0)
