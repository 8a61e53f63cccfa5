"""Headline style and sentence style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.styles.casing import begun, headline, is_headline, sentence
from litbase.styles.quotes import AMERICAN, curled, printed
from litbase.styles.rich import plain, rich


def shown(part):
    return plain(printed(part, AMERICAN))


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("what makes a school?", "What Makes a School?"),
        ("learning: the long road", "Learning: The Long Road"),
        ("is it fair? the tests", "Is It Fair? The Tests"),
        ("what to look out for", "What to Look out For"),
        ("notes on eSchool and NAEP", "Notes on eSchool and NAEP"),
        ("self-help in the K-12 classroom", "Self-Help in the K-12 Classroom"),
        ("up-to-date tools", "Up-to-Date Tools"),
        ("teachers' notes and the o'clock problem", "Teachers’ Notes and the o’clock Problem"),
        ('the "new" school', "The “New” School"),
        ("a b c of α and β", "A b c of α and β"),
        ("learning via others, across borders", "Learning via Others, across Borders"),
    ],
)
def test_headline_style(title, cased):
    assert shown(headline(rich(curled(title)))) == cased


def test_headline_style_is_for_english():
    assert shown(headline(rich("das leise Klassenzimmer"), english=False)) == "das leise Klassenzimmer"


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("Structured Talks for New Pupils: Length and Tone", "Structured talks for new pupils: Length and tone"),
        ("Chapter 4. Putting Lessons into Words", "Chapter 4. Putting lessons into words"),
        ("Type B Schools: A Meta-Analysis", "Type B schools: A meta-analysis"),
        ("Teaching with R and LISP in Schools", "Teaching with R and LISP in schools"),
        ("Reading Skills, Volume I: Syntax", "Reading skills, volume I: Syntax"),
        ("Self-Made Tools and X-Ray Vision", "Self-made tools and X-ray vision"),
        ("English Lessons for Mexican Americans in New York", "English lessons for Mexican Americans in New York"),
        ("An Answer to “Logic and Lessons” by Pupils", "An answer to “Logic and Lessons” by pupils"),
        ("Making Proofs (Or Reading between Lines)", "Making proofs (or reading between lines)"),
        ("Is It Fair? Tests and Their Critics", "Is it fair? Tests and their critics"),
        ("Reform in the U.S. Schools of Today", "Reform in the U.S. schools of today"),
        ("pupils: A Program to Count Pupils", "pupils: A program to count pupils"),
        ("Grade A Students of Vitamin A", "Grade a students of vitamin A"),
    ],
)  # fmt: skip
def test_sentence_style(title, cased):
    assert shown(sentence(rich(curled(title)))) == cased


def test_sentence_style_keeps_the_names_of_the_work():
    told = sentence(rich("Reading in Buenos Aires after the Harbour Act"), ("Buenos Aires", "Harbour Act"))
    assert plain(told) == "Reading in Buenos Aires after the Harbour Act"


def test_a_subtitle_may_begin_small():
    assert plain(sentence(rich("Small Lessons: A Count"), after_colon=False)) == "Small lessons: a count"


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Learning to Read in Small Schools", True),
        ("Learning to read in small schools", False),
        ("Learning to read in Chicago and New York", False),
        ("What NAEP and PISA say", False),
        ("Vom Lernen der Anderen in Schulen", False),
        ("Deeper Learning", False),
        ("", False),
    ],
)
def test_headline_style_is_known_by_its_capitals(title, is_one):
    assert is_headline(rich(title)) is is_one


def test_the_first_word_gets_its_capital_unless_it_has_one_inside():
    assert [plain(begun(rich(text))) for text in ("poster", "eBook", "“poster”", "")] == [
        "Poster",
        "eBook",
        "“Poster”",
        "",
    ]


@given(st.text(max_size=60))
def test_casing_keeps_every_letter_in_its_place(text):
    for cased in (headline(rich(text)), sentence(rich(text)), begun(rich(text))):
        assert plain(cased).casefold() == text.casefold()
