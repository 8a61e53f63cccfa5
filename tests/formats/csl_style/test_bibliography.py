"""Bibliographies in CSL style files, held to the reference processor (tests/node/csl_style.mjs)."""

import json
from pathlib import Path
from time import monotonic

import pytest

from litbase.errors import BadInput
from litbase.formats.csl_style import bibliography as made
from litbase.formats.csl_style import engine
from litbase.formats.csl_style.bibliography import bibliography, entry
from litbase.formats.csl_style.engine import Fault
from litbase.formats.csl_style.file import read
from litbase.formats.csl_style.prepared import items, style_text
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.styles import html, plain
from tests.formats.csl_style.written import TITLE, full, kept
from tests.styles.golden import works

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "golden.json").read_text("utf-8"))
OTHERWISE = {
    # a stop after a single quote inside double ones; a range of pages that the record has completed
    "house": {"lindt2020", "seven2017"},
    # pandoc: no stop after "?“", one stop where an ordinal ends with one
    "haus": {"lind2019", "seven2017", "adler2015", "brandt2014"},
}


def paper(title: str, given: str = "Michael", **more: object) -> Record:
    return Record(type="article-journal", title=title, author=(Name(family="Fullan", given=given),),
                  issued=PartialDate(year=2019), **more)  # fmt: skip


def texts(style, records) -> list[str]:
    return [plain(one.text) for one in bibliography(style, records)]


@pytest.mark.parametrize("name", GOLDEN)
def test_works_alone_are_printed_as_the_reference_processor_prints_them(name):
    style = read(HERE / f"{name}.csl")
    expected = GOLDEN[name]["alone"]
    assert {id for id, work in works().items() if plain(entry(style, work)) != expected[id]} == OTHERWISE[name]


def test_a_bibliography_is_sorted_and_numbered_as_the_reference_processor_does_it():
    listed = bibliography(read(HERE / "house.csl"), list(works().values()))
    ids = {id(work): name for name, work in works().items()}
    expected = GOLDEN["house"]["bibliography"]
    assert [ids[id(one.record)] for one in listed] == [name for name, _ in expected]
    assert [one.number for one in listed] == list(range(1, len(expected) + 1))


def test_looks_and_links_are_kept():
    printed = html(entry(read(HERE / "house.csl"), works()["lind2019"]), links=True)
    assert printed.startswith(
        '<span class="small-caps">Lind, M.</span> and <span class="small-caps">C. B. Okafor</span>'
    )
    assert "<i>Journal of Village Schooling</i>, <b>12</b><sup>3</sup>" in printed
    assert '<a href="https://doi.org/10.5555/jvs.2019.12">' in printed


def test_works_cited_alike_are_told_apart_in_a_short_and_in_a_long_list(monkeypatch):
    style = read(HERE / "house.csl")
    records = [paper("Schools"), paper("Change"), paper("Books", "Anna")]
    expected = ["Fullan, A. 2019. “Books”.", "Fullan, M. 2019a. “Change”.", "Fullan, M. 2019b. “Schools”."]
    short = texts(style, records)
    assert [text.replace(".”", "”.") for text in short] == expected
    monkeypatch.setattr(made, "LONG", 1)
    assert texts(style, records) == short


def test_markup_in_a_record_is_characters(tmp_path):
    style = read(kept(tmp_path, full()))
    printed = html(entry(style, Record(title="<script>alert(1)</script> & 5 < 6 [x](javascript:y)")), links=True)
    assert printed == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 5 &lt; 6 [x](javascript:y)"


def test_what_the_style_prints_nothing_for_comes_last_and_says_so(tmp_path):
    style = read(kept(tmp_path, full('<text variable="DOI"/>')))
    assert texts(style, [Record(title="Without"), Record(title="With", doi="10.1/x")]) == [
        "10.1/x",
        "[Without: the style own prints nothing for it]",
    ]


def test_no_records_are_no_entries():
    assert bibliography(read(HERE / "house.csl"), []) == []


def test_labels_come_after_the_names_where_the_style_leaves_the_names_out(tmp_path):
    style = read(kept(tmp_path, full('<names variable="editor"><label form="short" prefix=", "/></names>')))
    assert plain(entry(style, Record(title="T", editor=(Name(family="Brown", given="C."),)))) == "C. Brown, ed."


def test_small_words_of_titles_stay_small_and_seasons_are_said(tmp_path):
    layout = (
        '<group delimiter=". "><text variable="title" text-case="title"/><date variable="issued" form="text"/></group>'
    )
    style = read(kept(tmp_path, full(layout)))
    record = Record(title="Schools without bells across borders", issued=PartialDate(year=2017, month=21))
    assert plain(entry(style, record)) == "Schools without Bells across Borders. Spring 2017"


def test_a_junior_goes_without_a_stop_where_initials_do(tmp_path):
    record = Record(title="T", author=(Name(family="Cruz", given="Juan", suffix="Jr."),))
    for stop, printed in (("", "J Cruz Jr"), (". ", "J. Cruz Jr.")):
        layout = f'<names variable="author"><name initialize-with="{stop}"/></names>'
        assert plain(entry(read(kept(tmp_path, full(layout))), record)) == printed


def test_entities_of_html_in_a_style_are_characters(tmp_path):
    style = read(kept(tmp_path, full('<text variable="title" suffix="&amp;#233;&amp;lt;"/>')))
    assert plain(entry(style, Record(title="T"))) == "Té<"


def failing(title: str):
    """An engine that fails for a list with a record of that *title*."""

    def run(style, chosen, seconds):
        if any(one["title"] == title for one in chosen):
            raise Fault("it broke")
        return engine.run(style, chosen, seconds)

    return run


def test_a_record_the_engine_fails_for_is_named_and_the_others_are_printed(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "run", failing("T7"))
    style = read(kept(tmp_path, full()))
    printed = texts(style, [Record(title=f"T{n}") for n in range(20)])
    assert printed[:-1] == [f"T{n}" for n in range(20) if n != 7]
    assert printed[-1] == "[T7: it cannot be printed in this style: it broke]"


def test_a_style_nothing_can_be_printed_in_is_refused(tmp_path, monkeypatch):
    def run(style, chosen, seconds):
        raise Fault("it broke")

    monkeypatch.setattr(made, "run", run)
    with pytest.raises(BadInput, match="style own cannot be used: it broke"):
        bibliography(read(kept(tmp_path, full())), [Record(title="A"), Record(title="B")])


def test_an_engine_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    slow = tmp_path / "pandoc"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(engine, "engine", lambda: str(slow))
    began = monotonic()
    with pytest.raises(Fault, match="not done after 1 seconds"):
        engine.run("<style/>", [], 1)
    assert monotonic() - began < 20


def test_without_an_engine_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    monkeypatch.setattr(engine.shutil, "which", lambda name: None)
    with pytest.raises(BadInput, match=r'pip install "litbase\[csl\]".*found none'):
        engine.engine.__wrapped__()


def test_an_old_pandoc_is_no_engine(tmp_path, monkeypatch):
    old = tmp_path / "pandoc"
    old.write_text("#!/bin/sh\necho pandoc 2.17.1.1\n")
    old.chmod(0o755)
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    monkeypatch.setattr(engine.shutil, "which", lambda name: str(old))
    with pytest.raises(BadInput, match="found pandoc 2, which is too old"):
        engine.engine.__wrapped__()


def test_the_style_given_to_the_engine_is_the_style_that_was_read(tmp_path):
    style = read(HERE / "haus.csl")
    again = read(kept(tmp_path, style_text(style)))
    assert style_text(again) == style_text(style)
    assert 'default-locale="de-DE"' in style_text(style)


def test_items_are_named_by_their_places(tmp_path):
    style = read(kept(tmp_path, full(TITLE)))
    assert [one["id"] for one in items(style, [Record(title="A", id="x"), Record(title="A", id="x")])] == ["0", "1"]
