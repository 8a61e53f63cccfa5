"""Harvard style: entries of every kind of work, order and citations, as the CSL reference processor prints them."""

import pytest

from litbase.formats.csl.record import to_record
from litbase.styles import Cite, bibliography, entry, html, in_text, plain
from litbase.styles.harvard import STYLE
from tests.styles.bells import ITEMS, work

PRINTED = {
    "an article with many authors": (
        "Ahn, S.-H. et al. (2017) ‘Seven ways to ring a bell’, Reading Together, 4(2–3), pp. 1035–47."
    ),
    "an article to appear": (
        "Bell, B. (no date) ‘A bell for every room’, Reading Together [Preprint]. Available at: "
        "https://doi.org/10.5555/rt.9."
    ),
    "a preprint": "Cole, C.D. (2021) ‘Counting bells’. Bell Archive. Available at: https://bells.example.org/2101.7.",
    "a chapter in a series": (
        "Dunn, D. and Egan, E. (2014) ‘Rooms that ring’, in G. Gill, F. Ford, and Institute of Bells (eds) "
        "Sound and schooling: A reader. 2nd edn. Bergen: Harbour Press (Studies in sound, 7), pp. 12–19."
    ),
    "a numbered chapter": "Dunn, D. (2014) ‘Quiet rooms’, Sound and schooling: A reader. Harbour Press.",
    "a translated book": (
        "Moreau, È. (2009) The patient bell. 3rd edn. Translated by R. Adler. London: Quay & Sons, p. 54."
    ),
    "an edited book": "Brandt, N. (ed.) (2011) Why ring? A handbook (3 vol). Harbour Press.",
    "a numbered report": (
        "Institute of Bells (2016) What a bell costs. Working paper 12. Oslo: Institute of Bells. Available "
        "at: https://bells.example.org/costs.pdf (Accessed: 9 May 2022)."
    ),
    "a thesis": "Haas, J.-P. (2012) Silence in the bell tower. Doctoral dissertation. University of Umeå.",
    "a paper in proceedings": (
        "Ito, K. (2018) ‘Who rings?’, in A. Stone (ed.) Proceedings of the Congress on Bells. Congress Press, pp. 4–9."
    ),
    "a speech": "Ito, K. (2018) ‘In praise of bells’, 6 September.",
    "an unsigned newspaper piece": "The Harbour Herald (2014) ‘Bells fall silent’, 30 January, p. A1.",
    "a blog post": (
        "Tan, W. (2020) ‘A week without bells’, Slow School, 3 February. Available at: "
        "https://slow.example.net/bells (Accessed: 9 May 2022)."
    ),
    "an undated page": (
        "Lakeside School (no date) How we ring. Available at: https://lakeside.example.org/bells (Accessed: 9 "
        "May 2022)."
    ),
    "software": "Jung, K. (2020) ‘Bell timer’. Jung Works. Available at: https://jung.example.net/bell.",
    "a standard": "Institute of Bells (2015) ‘Loudness of bells’. oslo.",
    "a film": "Varga, I. (1999) The bell on the hill [DVD]. Budapest: Hill Films.",
    "a data set": (
        "Okafor, C.B. (2019) ‘Bells by county, 1990–2018’. County Data Bank. Available at: "
        "https://doi.org/10.5555/cdb.78."
    ),
    "an entry": "Ray, B. (2003) ‘Bell’, Encyclopedia of school things. Harbour Press.",
    "namesakes in one work": "Lind, Maja and Lind, Mats (2019) ‘Two of a name’, Reading Together, 9, p. e12.",
}


@pytest.mark.parametrize("name", PRINTED)
def test_each_kind_of_work_is_as_the_reference_prints_it(name):
    assert plain(entry(STYLE, work(name))) == PRINTED[name]


def test_every_work_has_its_expectation():
    assert PRINTED.keys() == ITEMS.keys()


def journal(key, title, year, *authors):
    return to_record({
        "id": key, "type": "article-journal", "title": title, "container-title": "Reading Together", "volume": "1",
        "author": [dict(zip(("family", "given"), name.split(", "), strict=True)) for name in authors],
        **({"issued": {"date-parts": [[year]]}} if year else {}),
    })[0]  # fmt: skip


CHIMES = {
    key: journal(key, *rest)
    for key, *rest in (
        ("alpha", "A study of chimes", 2019, "Lind, Maja"),
        ("beta", "Another study of chimes", 2019, "Lind, Maja"),
        ("early", "Chimes at noon", 2010, "Lind, Maja"),
        ("mats", "Bells at noon", 2019, "Lind, Mats"),
        ("four", "Four on chimes", 2020, "Ray, Ben", "Egan, Eve", "Ford, Flo", "Gill, Gus"),
        ("four2", "Four on bells", 2020, "Ray, Ben", "Egan, Eve", "Gill, Gus", "Ford, Flo"),
        ("undated", "Chimes for ever", None, "Ray, Ben"),
        ("undated2", "Bells for ever", None, "Ray, Ben"),
        ("unsigned", "A chime in time", 2001),
    )
}
LISTED = """
Lind, M. (2010) ‘Chimes at noon’, Reading Together, 1.
Lind, Maja (2019a) ‘A study of chimes’, Reading Together, 1.
Lind, Maja (2019b) ‘Another study of chimes’, Reading Together, 1.
Lind, Mats (2019) ‘Bells at noon’, Reading Together, 1.
Ray, B., Egan, E., Gill, G., et al. (2020) ‘Four on bells’, Reading Together, 1.
Ray, B., Egan, E., Ford, F., et al. (2020) ‘Four on chimes’, Reading Together, 1.
Ray, B. (no date a) ‘Bells for ever’, Reading Together, 1.
Ray, B. (no date b) ‘Chimes for ever’, Reading Together, 1.
Reading Together (2001) ‘A chime in time’, 1.
"""


def test_works_are_listed_by_author_year_and_title_and_told_apart():
    assert [plain(one.text) for one in bibliography(STYLE, CHIMES.values())] == LISTED.strip().split("\n")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("early", "(Lind, 2010)"),
        ("beta", "(Maja Lind, 2019b)"),
        ("mats", "(Mats Lind, 2019)"),
        ("four", "(Ray, Egan, Ford, et al., 2020)"),
        ("undated", "(Ray, no date b)"),
        ("unsigned", "(Reading Together, 2001)"),
        ("alpha early beta", "(Lind, 2010; Maja Lind, 2019a, 2019b)"),
        ("undated alpha undated2", "(Maja Lind, 2019a; Ray, no date b, no date a)"),
    ],
)
def test_works_are_cited_by_author_and_year_the_earliest_first(keys, told):
    assert plain(in_text(STYLE, [Cite(CHIMES[key]) for key in keys.split()], CHIMES.values())) == told


@pytest.mark.parametrize(
    ("value", "label", "told"),
    [
        ("12", "page", "p. 12"),
        ("12-14", "page", "pp. 12–14"),
        ("3", "chapter", "ch. 3"),
        ("3-4", "chapter", "chs 3–4"),
        ("3-5", "section", "sects 3–5"),
        ("3", "paragraph", "para. 3"),
        ("2", "book", "bk 2"),
        ("2", "part", "pt 2"),
        ("7-9", "line", "ll. 7–9"),
    ],
)
def test_a_place_is_told_with_its_british_abbreviation(value, label, told):
    assert plain(in_text(STYLE, [Cite(CHIMES["alpha"], value, label)])) == f"(Lind, 2019, {told})"


def test_words_of_the_writer_stand_around_a_citation():
    cites = [Cite(CHIMES["early"], before="see "), Cite(CHIMES["alpha"]), Cite(CHIMES["beta"], behind=" end")]
    assert plain(in_text(STYLE, cites, CHIMES.values())) == "(see Lind, 2010; Maja Lind, 2019a, 2019b end)"


def test_the_author_may_be_part_of_the_sentence():
    told = in_text(STYLE, [Cite(work("namesakes in one work"), "3")], narrative=True)
    assert plain(told) == "Lind and Lind (2019, p. 3)"


def test_et_al_and_newspapers_are_in_italics():
    assert html(entry(STYLE, work("an article with many authors"))).startswith("Ahn, S.-H. <i>et al.</i> (2017) ‘")
    assert html(entry(STYLE, work("an unsigned newspaper piece"))).startswith("<i>The Harbour Herald</i> (2014) ‘")
