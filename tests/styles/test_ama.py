"""AMA style: entries of every kind of work, HTML, and citations, as the CSL reference processor prints them."""

import pytest

from litbase.formats.csl.record import to_record
from litbase.styles import Cite, bibliography, entry, html, in_text, plain
from litbase.styles.ama import STYLE
from tests.styles.bells import ITEMS, work

PRINTED = {
    "an article with many authors": (
        "1. Ahn SH, Bell B, Cole CD, et al. Seven ways to ring a bell. Reading Together. 2017;4(2-3):1035-1047."
    ),
    "an article to appear": "1. Bell B. A bell for every room. Read Together. doi:10.5555/rt.9",
    "a preprint": (
        "1. Cole CD. Counting bells. Bell Archive. Preprint posted online January 30, 2021:2101.7. "
        "https://bells.example.org/2101.7"
    ),
    "a chapter in a series": (
        "1. Dunn D, Egan E. Rooms that ring. In: Gill G, Ford F, Institute of Bells, eds. Sound and "
        "Schooling: A Reader. Vol 3. 2nd ed. Studies in sound. Harbour Press; 2014:12-19."
    ),
    "a numbered chapter": "1. Dunn D. Quiet rooms. In: Sound and Schooling: A Reader. Harbour Press; 2014:chap 4.",
    "a translated book": "1. Moreau È. The Patient Bell. Vol 2. 3rd ed. Quay & Sons; 2009:54.",
    "an edited book": "1. Brandt N, ed. Why Ring? A Handbook. Harbour Press; 2011.",
    "a numbered report": (
        "1. Institute of Bells. What a Bell Costs. Institute of Bells; 2016. Accessed May 9, 2022. "
        "https://bells.example.org/costs.pdf"
    ),
    "a thesis": "1. Haas JP. Silence in the Bell Tower. Doctoral dissertation. University of Umeå; 2012.",
    "a paper in proceedings": (
        "1. Ito K. Who rings? In: Stone A, ed. Proceedings of the Congress on Bells. Congress Press; 2018:4-9."
    ),
    "a speech": "1. Ito K. In praise of bells. Keynote presented at: Congress on Bells; September 6, 2018; Kiel.",
    "an unsigned newspaper piece": "1. Bells fall silent. The harbour herald. January 30, 2014:A1.",
    "a blog post": (
        "1. Tan W. A week without bells. Slow School. February 3, 2020. Accessed May 9, 2022. "
        "https://slow.example.net/bells"
    ),
    "an undated page": "1. Lakeside School. How we ring. Accessed May 9, 2022. https://lakeside.example.org/bells",
    "software": "1. Jung K. Bell timer. Published online 2020. https://jung.example.net/bell",
    "a standard": "1. Institute of Bells. Loudness of bells. Published online 2015:77-2.",
    "a film": "1. Varga I. The Bell on the Hill. Hill Films; 1999.",
    "a data set": "1. Okafor CB. Bells by county, 1990–2018. Published online 2019. doi:10.5555/cdb.78",
    "an entry": "1. Ray B. Bell. In: Encyclopedia of School Things. Vol 1. Harbour Press; 2003:88.",
    "namesakes in one work": "1. Lind M, Lind M. Two of a name. Reading Together. 2019;9:e12.",
}


@pytest.mark.parametrize("name", PRINTED)
def test_each_kind_of_work_is_as_the_reference_prints_it(name):
    assert plain(entry(STYLE, work(name))) == PRINTED[name]


def test_every_work_has_its_expectation():
    assert PRINTED.keys() == ITEMS.keys()


def test_books_and_journals_are_in_italics():
    assert "Read Together" in html(entry(STYLE, work("an article to appear")))
    assert "<i>Sound and Schooling: A Reader</i>. Vol 3." in html(entry(STYLE, work("a chapter in a series")))


def test_entries_are_numbered_in_the_order_given():
    names = ["a thesis", "an entry", "a film"]
    told = [plain(one.text) for one in bibliography(STYLE, map(work, names))]
    assert told == [PRINTED[name].replace("1.", f"{number}.", 1) for number, name in enumerate(names, 1)]


def test_a_supplement_stands_behind_the_issue():
    record = to_record({"type": "article-journal", "title": "Bells", "volume": "20", "supplement-number": "2"})[0]
    assert plain(entry(STYLE, record)) == "1. Bells. 20(suppl 2)."


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([0], "1"),
        ([0, 1], "1,2"),
        ([0, 1, 2], "1–3"),
        ([5, 3, 4, 1], "2,4–6"),
        ([0, 1, 2, 4, 6, 7, 8], "1–3,5,7–9"),
    ],
)
def test_works_are_cited_by_raised_numbers_three_in_a_row_as_a_range(places, told):
    works = list(map(work, ITEMS))
    assert html(in_text(STYLE, [Cite(works[place]) for place in places], works)) == f"<sup>{told}</sup>"


@pytest.mark.parametrize(
    ("value", "label", "told"),
    [
        ("12-14", "page", "1(pp12-14),2–4"),
        ("1035-47", "page", "1(pp1035-1047),2–4"),
        ("3", "chapter", "1(chap3),2–4"),
        ("3-5", "section", "1(secs3-5),2–4"),
    ],
)
def test_a_place_stands_in_brackets_and_outside_ranges(value, label, told):
    works = list(map(work, ITEMS))
    cites = [Cite(works[0], value, label), *map(Cite, works[1:4])]
    assert plain(in_text(STYLE, cites, works)) == told


def test_words_of_the_writer_part_ranges():
    works = list(map(work, ITEMS))
    cites = [*map(Cite, works[:3]), Cite(works[3], before="cf. "), Cite(works[4]), Cite(works[5])]
    assert plain(in_text(STYLE, cites, works)) == "1–3,cf. 4–6"
    cites[3] = Cite(works[3], behind=" end")
    assert plain(in_text(STYLE, [*cites, Cite(works[6])], works)) == "1–3,4 end,5–7"


def test_the_author_may_be_part_of_the_sentence():
    told = in_text(STYLE, [Cite(work("namesakes in one work"))], narrative=True)
    assert html(told) == "Lind and Lind<sup>1</sup>"
