"""IEEE style: entries of every kind of work, HTML, and citations, as the CSL reference processor prints them."""

import pytest

from litbase.styles import Cite, bibliography, entry, html, in_text, plain
from litbase.styles.ieee import STYLE
from tests.styles.bells import ITEMS, work

PRINTED = {
    "an article with many authors": (
        "[1] S.-H. Ahn et al., “Seven ways to ring a bell,” Reading Together, vol. 4, no. 2–3, pp. 1035–47, Jun. 2017."
    ),
    "an article to appear": "[1] B. Bell, “A bell for every room,” Read. Together, In press, doi: 10.5555/rt.9.",
    "a preprint": (
        "[1] C. D. Cole, “Counting bells,” Jan. 30, 2021, Bell Archive: 2101.7. [Online]. Available: "
        "https://bells.example.org/2101.7"
    ),
    "a chapter in a series": (
        "[1] D. Dunn and E. Egan, “Rooms that ring,” in Sound and schooling: A reader, 2nd ed., vol. 3, G. "
        "Gill, F. Ford, and Institute of Bells, Eds., in Studies in sound, no. 7, vol. 3. , Bergen: Harbour "
        "Press, 2014, pp. 12–19."
    ),
    "a numbered chapter": "[1] D. Dunn, “Quiet rooms,” in Sound and schooling: A reader, Harbour Press, 2014, ch. 4.",
    "a translated book": "[1] È. Moreau, The patient bell, 3rd ed., vol. 2. London: Quay & Sons, 2009, p. 54.",
    "an edited book": "[1] N. Brandt, Ed., Why ring? A handbook, 3 vols. Harbour Press, 2011.",
    "a numbered report": (
        "[1] Institute of Bells, “What a bell costs,” Institute of Bells, Oslo, Working paper 12, May 2016. "
        "Accessed: May 09, 2022. [Online]. Available: https://bells.example.org/costs.pdf"
    ),
    "a thesis": "[1] J.-P. Haas, “Silence in the bell tower,” Doctoral dissertation, University of Umeå, 2012.",
    "a paper in proceedings": (
        "[1] K. Ito, “Who rings?,” in Proceedings of the Congress on Bells, A. Stone, Ed., Congress Press, "
        "Sep. 2018, pp. 4–9."
    ),
    "a speech": "[1] K. Ito, “In praise of bells,” Sep. 06, 2018.",
    "an unsigned newspaper piece": "[1] “Bells fall silent,” The harbour herald, p. A1, Jan. 30, 2014.",
    "a blog post": (
        "[1] W. Tan, “A week without bells,” Slow School. Accessed: May 09, 2022. [Online]. Available: "
        "https://slow.example.net/bells"
    ),
    "an undated page": (
        "[1] Lakeside School, “How we ring.” Accessed: May 09, 2022. [Online]. Available: "
        "https://lakeside.example.org/bells"
    ),
    "software": (
        "[1] K. Jung, Bell timer. (2020). Computer program. Jung Works. [Online]. Available: "
        "https://jung.example.net/bell"
    ),
    "a standard": "[1] Institute of Bells, Loudness of bells, Norm 77–2, Oslo., 2015.",
    "a film": "[1] I. Varga, Budapest. The bell on the hill, (Aug. 05, 1999).",
    "a data set": "[1] C. B. Okafor, “Bells by county, 1990–2018.” County Data Bank, 2019. doi: 10.5555/cdb.78.",
    "an entry": "[1] B. Ray, “Bell,” Encyclopedia of school things, vol. 1. Harbour Press, p. 88, 2003.",
    "namesakes in one work": "[1] M. Lind and M. Lind, “Two of a name,” Reading Together, vol. 9, p. e12, 2019.",
}


@pytest.mark.parametrize("name", PRINTED)
def test_each_kind_of_work_is_as_the_reference_prints_it(name):
    assert plain(entry(STYLE, work(name))) == PRINTED[name]


def test_every_work_has_its_expectation():
    assert PRINTED.keys() == ITEMS.keys()


def test_et_al_and_journals_are_in_italics_and_status_is_bold():
    assert "S.-H. Ahn <i>et al.</i>, " in html(entry(STYLE, work("an article with many authors")))
    assert "<i>Read. Together</i>, <b>In press</b>, doi: " in html(entry(STYLE, work("an article to appear")))


def test_entries_are_numbered_in_the_order_given():
    names = ["a thesis", "an entry", "a film"]
    told = [plain(one.text) for one in bibliography(STYLE, map(work, names))]
    assert told == [PRINTED[name].replace("[1]", f"[{number}]", 1) for number, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("cites", "told"),
    [
        ([(0, "", "page")], "[1]"),
        ([(5, "", "page"), (3, "", "page"), (4, "", "page")], "[4], [5], [6]"),
        ([(0, "", "page"), (1, "12", "page")], "[1], [2, p. 12]"),
        ([(0, "12-14", "page")], "[1, pp. 12–14]"),
        ([(0, "1035-47", "page")], "[1, pp. 1035–47]"),
        ([(0, "3", "chapter")], "[1, Ch. 3]"),
        ([(0, "3-5", "section")], "[1, Secs. 3–5]"),
    ],
)
def test_works_are_cited_by_number_each_in_its_brackets(cites, told):
    works = list(map(work, ITEMS))
    assert plain(in_text(STYLE, [Cite(works[place], value, label) for place, value, label in cites], works)) == told


def test_words_of_the_writer_stand_around_the_brackets():
    works = list(map(work, ITEMS))
    assert plain(in_text(STYLE, [Cite(works[0], before="see ", behind=" and passim"), Cite(works[1])], works)) == (
        "see [1] and passim, [2]"
    )


def test_the_author_may_be_part_of_the_sentence():
    assert (
        plain(in_text(STYLE, [Cite(work("namesakes in one work"), "3")], narrative=True)) == "Lind and Lind [1, p. 3]"
    )
