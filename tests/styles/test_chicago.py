"""Chicago style, both systems: rarer kinds of works, notes and citations, as the CSL reference processor prints them.

`node tests/node/citeproc.mjs STYLES LOCALES chicago chicago-notes < tests/styles/chicago_works.json` prints
chicago_golden.json anew, given the folders of CSL style and locale files.
"""

import json
import re
from pathlib import Path

import pytest

from litbase.formats.csl.record import to_record
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.styles import STYLES, Cite, bibliography, entry, html, in_text, note, plain
from tests.styles import golden

HERE = Path(__file__).parent
SHARED = json.loads((HERE / "chicago_works.json").read_text("utf-8"))
PRINTED = json.loads((HERE / "chicago_golden.json").read_text("utf-8"))
WORKS = {item["id"]: to_record(item)[0] for item in SHARED["works"]}
BOTH = ("chicago", "chicago-notes")
ENTRIES = [(name, key) for name in BOTH for key in WORKS if PRINTED[name]["alone"][key]]
NOTES = PRINTED["chicago-notes"]["notes"]
NOTED = [(WORKS[key], *NOTES[key]) for key in WORKS]
NOTED += [(golden.works()[key], *told) for key, told in golden.printed()["chicago-notes"]["notes"].items()]
LIND = Name(family="Lind", given="Maja")


def as_ours(markup):
    """The reference's HTML with named entities, and italics within italics closed."""
    markup = markup.replace("&#38;", "&amp;").replace("&#60;", "&lt;").replace("&#62;", "&gt;")
    return re.sub(r'<span style="font-style:normal;">(.*?)</span>', r"</i>\1<i>", markup).replace("<i></i>", "")


@pytest.mark.parametrize(("name", "key"), ENTRIES)
def test_an_entry_is_as_the_reference_prints_it(name, key):
    told = entry(STYLES[name], WORKS[key])
    assert plain(told) == PRINTED[name]["alone"][key]
    assert html(told) == as_ours(PRINTED[name]["html"][key])


@pytest.mark.parametrize("name", BOTH)
def test_a_bibliography_is_as_the_reference_prints_it(name):
    told = [[one.record.citation_key, plain(one.text)] for one in bibliography(STYLES[name], WORKS.values())]
    assert told == PRINTED[name]["bibliography"]


@pytest.mark.parametrize(("record", "full", "short"), NOTED)
def test_notes_are_as_the_reference_prints_them(record, full, short):
    style = STYLES["chicago-notes"]
    assert plain(note(style, Cite(record, "12"))) == full
    assert plain(note(style, Cite(record, "14"), short=True)) == short


@pytest.mark.parametrize("place", range(len(SHARED["citations"])))
def test_a_citation_in_the_text_is_as_the_reference_prints_it(place):
    cites = [Cite(WORKS[c["id"]], c.get("locator", ""), c.get("label", "page")) for c in SHARED["citations"][place]]
    assert plain(in_text(STYLES["chicago"], cites, WORKS.values())) == PRINTED["chicago"]["citations"][place]


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("chicago", {"letter", "unsignedentry"}),
        ("chicago-notes", {"letter", "unsignedentry", "onlineentry", "post", "manuscript", "speech"}),
    ],
)
def test_works_told_in_notes_or_text_only_are_left_out_of_bibliographies(name, left_out):
    told = {one.record.citation_key for one in bibliography(STYLES[name], WORKS.values())}
    assert set(WORKS) - told == left_out
    assert all(plain(entry(STYLES[name], WORKS[key])) for key in left_out)


def test_numbers_of_entries_follow_each_other_though_works_are_left_out():
    numbers = [one.number for one in bibliography(STYLES["chicago-notes"], WORKS.values())]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("label", "value", "told"),
    [
        ("page", "312-318", "312–18"), ("page", "", ""), ("chapter", "3", "chap. 3"), ("chapter", "Winter", "Winter"),
        ("line", "5-6", "lines 5–6"), ("paragraph", "4", "para. 4"), ("sub-verbo", "bells", "under bells"),
        ("timestamp", "1:02", "at 1:02"),
    ],
)  # fmt: skip
def test_places_in_a_work(label, value, told):
    cite = Cite(WORKS["volumes"], value, label)
    assert plain(in_text(STYLES["chicago"], [cite])) == f"(Haas 1999–2003{', ' if told else ''}{told})"
    assert plain(note(STYLES["chicago-notes"], cite, short=True)) == (
        f"Haas, A History of the Satchel{', ' if told else ''}{told}."
    )


def test_an_author_may_be_part_of_the_sentence():
    cites = [Cite(golden.works()["lind2019"], "329"), Cite(WORKS["forthcoming"])]
    told = [plain(in_text(STYLES["chicago"], [cite], narrative=True)) for cite in cites]
    assert told == ["Lind and Okafor (2019, 329)", "Ito (forthcoming)"]


def test_works_of_one_author_that_follow_each_other_name_the_author_once():
    cites = [Cite(WORKS[key], locator) for key, locator in (("volumes", ""), ("circa", "12"), ("onevolume", "3-4"))]
    told = plain(in_text(STYLES["chicago"], cites, WORKS.values()))
    assert told == "(Haas 1999–2003, [1890?], 12, 2004, 3–4)"


def test_words_of_the_writer_stand_around_a_note():
    cite = Cite(WORKS["volumes"], "12", before="See ", behind=", and elsewhere")
    told = plain(note(STYLES["chicago-notes"], cite, short=True))
    assert told == "See Haas, A History of the Satchel, 12, and elsewhere."


def test_several_works_stand_in_one_note():
    told = plain(in_text(STYLES["chicago-notes"], [Cite(WORKS["circa"]), Cite(WORKS["placeonly"], "4")]))
    assert told == (
        "Jean-Paul Haas, The Old Primer (Quay & Sons, [1890?]); Jean-Paul Haas, A Pamphlet on Chalk (Kiel, 1911), 4."
    )


@pytest.mark.parametrize("name", BOTH)
def test_particles_stand_behind_the_name_and_do_not_count_in_the_order(name):
    berg = Name(family="Berg", given="Jan", particle="van der")
    people = [Name(family="Bell", given="B."), berg, Name(family="Bird", given="A.")]
    records = [Record(type="book", title="T", publisher="P", author=(one,)) for one in reversed(people)]
    told = [plain(one.text).split(".")[0] for one in bibliography(STYLES[name], records)]
    assert told == ["Bell, B", "Berg, Jan van der", "Bird, A"]


def test_an_undated_work_stands_behind_the_dated_ones_of_its_author():
    dated = [PartialDate(year=2020), None, PartialDate(year=2019)]
    records = [Record(type="book", title="T", publisher="P", author=(LIND,), issued=date) for date in dated]
    told = [plain(one.text) for one in bibliography(STYLES["chicago"], records)]
    assert told == [f"Lind, Maja. {date}. T. P." for date in ("2019", "2020", "n.d")]


def test_a_film_without_maker_has_no_comma_before_its_publisher():
    """The reference has one there, where a title stands in the author's place."""
    film = Record(type="motion_picture", title="The yard", publisher="Danube Films", issued=PartialDate(year=1988))
    assert plain(note(STYLES["chicago-notes"], Cite(film))) == "The Yard (Danube Films, 1988)."


def test_people_of_one_family_name_have_given_names_whatever_their_particles():
    people = [Name(family="Berg", given="Jan", particle="van der"), Name(family="Berg", given="Eva")]
    records = [
        Record(type="book", title=str(one), publisher="P", author=(one,), issued=PartialDate(year=2019))
        for one in people
    ]
    told = [plain(in_text(STYLES["chicago"], [Cite(record)], records)) for record in records]
    assert told == ["(J. van der Berg 2019)", "(E. Berg 2019)"]


def test_an_untitled_law_stands_last():
    records = [
        Record(type="legislation", container_title="Stat.", volume="3", issued=PartialDate(year=1901)),
        Record(type="book", title="Zinc", publisher="P"),
    ]
    told = [one.record.type for one in bibliography(STYLES["chicago"], records)]
    assert told == ["book", "legislation"]
