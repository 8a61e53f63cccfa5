"""Citing through the library: places in a work, records by their ids, and the styles a library offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.errors import BadInput
from litbase.formats import by_name
from litbase.library import bring_level, citing
from litbase.library.citing import Place
from litbase.styles import LABELS, STYLES, Cite, bibliography, entry, in_text, note
from tests.library.small import COMMUNITIES, OPINION, PRACTICE, small_library

PLACES = {
    "a page": ("12", "12", "page"),
    "pages": ("12-14", "12-14", "page"),
    "p.": ("p. 12", "12", "page"),
    "pp. without a space": ("pp.12-14", "12-14", "page"),
    "a chapter": ("chap. 3", "3", "chapter"),
    "in full": ("Chapters 3-5", "3-5", "chapter"),
    "in capitals": ("VOL. 2", "2", "volume"),
    "a table": ("table 4", "4", "table"),
    "Roman": ("xii", "xii", "page"),
    "a page of a supplement": ("S12", "S12", "page"),
    "a word and no number": ("chapter", "chapter", "page"),
    "an unknown word": ("shelf 3", "shelf 3", "page"),
    "nothing": ("  ", "", "page"),
}


@pytest.fixture
def library(tmp_path):
    made = small_library(tmp_path / "library", (COMMUNITIES, OPINION, PRACTICE))
    yield made
    made.close()


def ids_of(library):
    return [library.store.resolve_key(key) for key in ("mehta2019international", "peterson2016international")]


@pytest.mark.parametrize("name", PLACES)
def test_a_place_in_a_work_is_read(name):
    typed, value, label = PLACES[name]
    assert citing.place(typed) == Place(value, label)


@given(st.text(max_size=60))
def test_any_place_can_be_cited(typed):
    at = citing.place(typed)
    assert at.label in LABELS
    for offered in STYLES.values():
        assert citing.plain(in_text(offered, [Cite(COMMUNITIES, at.value, at.label)]))


@pytest.mark.parametrize("name", STYLES)
def test_what_is_said_is_what_the_style_says(library, name):
    style, record = STYLES[name], COMMUNITIES
    offered = citing.styles(library)[name]
    assert citing.entry_in(offered, record) == entry(style, record)
    cite = Cite(record, "12")
    told = dict(citing.said(offered, record, Place("12")))
    if style.note:
        assert told == {"note": note(style, cite), "short-note": note(style, cite, short=True)}
    else:
        assert told == {
            "parenthetical": in_text(style, [cite]),
            "narrative": in_text(style, [cite], narrative=True),
        }
    records = [COMMUNITIES, OPINION]
    assert list(citing.together(offered, records).entries) == bibliography(style, records)
    assert citing.cited_together(offered, records) == in_text(style, [Cite(one) for one in records])
    assert citing.cited_together(offered, records[:1]) == citing.cited_together(offered, records * 6) == ()


def test_records_come_once_each_in_the_order_asked_for(library):
    first, second = ids_of(library)
    found = citing.chosen(library, [second, first, second, first.swapcase(), "nobody", "nobody", ""])
    assert [record.id for record in found.records] == [second, first]
    assert found.unknown == ("nobody", "")
    assert found.beyond == 0


def test_a_merged_record_is_the_one_it_became_part_of_and_a_withdrawn_one_is_unknown(library):
    first, second = ids_of(library)
    library.store.merge(second, first, "ann")
    assert bring_level(library)
    assert [record.id for record in citing.chosen(library, [second, first]).records] == [first]
    library.store.set_state(first, "withdrawn", "ann", "wrong")
    assert citing.chosen(library, [first]) == citing.Chosen((), (first,), 0)


def test_a_page_cites_a_hundred_records_at_most(library):
    found = citing.chosen(library, [ids_of(library)[0], *(f"no{n}" for n in range(10_000))])
    assert (len(found.records), len(found.unknown), found.beyond) == (1, 99, 9901)


def test_a_style_file_of_the_library_is_one_more_style(library):
    folder = library.folder / "styles"
    folder.mkdir()
    (folder / "our-journal.csl").write_text("<style/>", encoding="utf-8")
    offered = citing.styles(library)
    assert list(offered) == [*STYLES, "our-journal"]
    own = offered["our-journal"]
    assert (own.style, own.file) == (None, folder / "our-journal.csl")
    assert citing.said(own, COMMUNITIES, Place("3")) == citing.cited_together(own, [COMMUNITIES] * 2) == ()


def test_what_is_wrong_with_a_style_file_is_said_without_the_place_of_the_library(library):
    folder = library.folder / "styles"
    folder.mkdir()
    (folder / "broken.csl").write_text("<style", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^styles/broken\.csl") as caught:
        citing.entry_in(citing.styles(library)["broken"], COMMUNITIES)
    assert str(library.folder) not in str(caught.value)


def test_files_are_those_of_the_format(library):
    record = COMMUNITIES
    for name in ("bibtex", "ris", "csl-json"):
        written = "".join(citing.as_files(library, [record], by_name(name)))
        assert written == "".join(by_name(name).dump([record]))
