"""What holds for every style: the shared records, promises about punctuation and markup, and odd records."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats.csl.record import to_record
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Mark, Record
from litbase.styles import STYLES, Cite, bibliography, entry, html, in_text, plain
from tests.strategies import records
from tests.styles.golden import works

every_style = pytest.mark.parametrize("name", STYLES)
FILES = {
    "apa": "apa", "mla": "modern-language-association", "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography", "harvard": "harvard-cite-them-right@en-GB", "ieee": "ieee",
    "ama": "american-medical-association",
}  # fmt: skip
"""Our names of styles, and those of the shared expectations."""
LIND = Name(family="Lind", given="Maja")


@every_style
def test_the_shared_records_are_printed_as_expected(name, shared):
    items = json.loads((shared / "data/styles/items.json").read_text("utf-8"))
    expected = json.loads((shared / "data/styles/expected.json").read_text("utf-8"))[FILES[name]]
    assert {item["id"]: plain(entry(STYLES[name], to_record(item)[0])) for item in items} == expected


class Names(HTMLParser):
    """The names of the elements of some HTML."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attrs):
        self.names.add((tag, *(name for name, _ in attrs)))


@every_style
@given(record=records())
def test_html_says_what_the_text_says_in_four_elements(name, record):
    told = entry(STYLES[name], record)
    markup = html(told)
    reader = Names()
    reader.feed(markup)
    assert reader.names <= {("i",), ("b",), ("sup",), ("sub",)}
    bare = re.sub(r"</?(?:i|b|sup|sub)>", "", markup)
    assert bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == plain(told)


@every_style
@given(record=records())
def test_private_characters_are_never_printed(name, record):
    assert not re.search("[\ue000-\ue005]", plain(entry(STYLES[name], record)))


@every_style
@pytest.mark.parametrize(
    "title", ["Why not?", "Because!", "Reform in the U.S.", 'The end of "school"', "Who said 'why not?'", "Change etc."]
)
@pytest.mark.parametrize("kind", ["article-journal", "book", "report", "webpage"])
def test_no_mark_comes_twice_and_no_full_stop_behind_a_question(name, title, kind):
    record = Record(
        type=kind, title=title, author=(LIND,), container_title="Reading" if kind == "article-journal" else "",
        publisher="Harbour Press", issued=PartialDate(year=2019), url="https://example.org/x",
    )  # fmt: skip
    assert not re.search(r"\.\.|[?!][’”]*\.|,,|  |\.[’”]\.", plain(entry(STYLES[name], record)))


@every_style
@pytest.mark.parametrize(
    "record",
    [
        Record(),
        Record(type="report"),
        Record(title="Alone"),
        Record(type="never heard of", title="Odd type", author=(Name(),)),
        Record(title="x" * 100_000, author=(LIND,) * 500),
        Record(title='"' * 5_000 + "'" * 5_000, container_title="(" * 5_000),
        Record(type="chapter", container_title="A book without a chapter", editor=(LIND,)),
        Record(title="Backwards", page="350-327", volume="--", issue="&&", edition="1-1-1", number="0"),
        Record(title="Marks", marks=(Mark("title", 3, 99, "i"), Mark("title", 4, 2, "b"))),
        Record(title="\ue000private\ue004", author=(Name(literal="\ue005"),)),
    ],
)
def test_any_record_is_printed(name, record):
    told = entry(STYLES[name], record)
    assert plain(told) or not (record.title or record.container_title)


@every_style
def test_a_dangerous_address_leads_nowhere(name):
    record = Record(type="webpage", title="<script>alert(1)</script>", url="javascript:alert(1)", author=(LIND,))
    markup = html(entry(STYLES[name], record), links=True)
    assert "<script" not in markup
    assert "href" not in markup


@every_style
def test_a_doi_and_an_address_are_links_where_they_are_wanted(name):
    told = entry(STYLES[name], works()["lind2019"])
    assert '<a href="https://doi.org/10.5555/jvs.2019.12">' in html(told, links=True)
    assert "<a" not in html(told)


@every_style
def test_emphasis_of_a_title_is_kept_and_turned_within_italics(name):
    record = works()["moreau2009"]
    assert "Émile" in plain(entry(STYLES[name], record))
    assert re.search(r"</i>Émile|<i>Émile</i>", html(entry(STYLES[name], record)))


@pytest.mark.parametrize("name", [name for name, style in STYLES.items() if style.order])
@settings(max_examples=12)
@given(st.permutations(list(works().values())))
def test_an_ordered_bibliography_is_the_same_whatever_order_works_come_in(name, shuffled):
    told = [plain(one.text) for one in bibliography(STYLES[name], works().values())]
    assert [plain(one.text) for one in bibliography(STYLES[name], shuffled)] == told


@every_style
def test_no_works_make_no_bibliography_and_no_citation(name):
    assert bibliography(STYLES[name], []) == []
    assert in_text(STYLES[name], []) == ()


@every_style
def test_works_of_one_author_and_year_are_cited_apart(name):
    one, other = works()["lind2019"], works()["lind2019b"]
    if STYLES[name].note is None:
        first = plain(in_text(STYLES[name], [Cite(one)], [one, other]))
        assert first != plain(in_text(STYLES[name], [Cite(other)], [one, other]))


def test_the_author_may_be_part_of_the_sentence():
    cite = Cite(works()["lind2019"], "329")
    assert plain(in_text(STYLES["apa"], [cite], narrative=True)) == "Lind and Okafor (2019, p. 329)"
    assert plain(in_text(STYLES["mla"], [cite], narrative=True)) == "Lind and Okafor (329)"


def test_words_of_the_writer_stand_around_a_citation():
    cites = [Cite(works()["lind2019"], before="see "), Cite(works()["haas2012"], "4", behind=" and passim")]
    assert plain(in_text(STYLES["mla"], cites)) == "(see Lind and Okafor; Haas 4 and passim)"


def test_what_a_source_leaves_out_is_et_al():
    record = Record(title="Some lessons", author=(LIND, Name(literal="Institute")), others=True)
    assert plain(entry(STYLES["apa"], record)).startswith("Lind, M., Institute, et al. (n.d.).")
    assert plain(entry(STYLES["mla"], record)).startswith("Lind, Maja, Institute, et al. ")


@pytest.mark.parametrize(
    ("eric", "collection", "title", "printed"),
    [
        ("EJ1", (), "Learning to Read in Small Rural Schools", "Learning to read in small rural schools"),
        ("EJ1", (), "Deeper Learning", "Deeper learning"),
        ("", (), "Deeper Learning", "Deeper Learning"),
        ("", (), "Reform in the Schools of Chicago", "Reform in the Schools of Chicago"),
        ("", ("csl-json",), "Learning to Read in Small Schools", "Learning to Read in Small Schools"),
        ("EJ1", (), "Learning to read in Chicago", "Learning to read in Chicago"),
    ],
)
def test_titles_in_headline_style_are_put_into_sentence_style(eric, collection, title, printed):
    record = Record(type="report", title=title, author=(LIND,), eric=eric, collection=collection)
    assert plain(entry(STYLES["apa"], record)) == f"Lind, M. (n.d.). {printed}."
