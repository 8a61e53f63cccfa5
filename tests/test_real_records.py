"""The main job on real input: the five seeds and ERIC's 7,050 entries, from file to facet to BibTeX."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.library import Library, bring_level, open_library
from litbase.library.exporting import export, export_one
from litbase.library.finding import search
from litbase.library.reading import Entry, add
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def full(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, list[Entry]]]:
    """A library of the seeds and the ERIC answers, and the report of adding them."""
    library = open_library(tmp_path_factory.mktemp("full"), Settings(), create=True)
    entries = list(add(library, [str(shared / "seeds"), str(shared / "data" / "eric" / "api")]))
    assert bring_level(library)
    yield library, entries
    library.close()


def records(library: Library) -> Iterator[Record]:
    after = ""
    while page := library.store.scan(after, 500):
        yield from (stored.record for stored in page)
        after = page[-1].id


def state(**pairs: str) -> SearchState:
    return SearchState.from_args([(name.replace("not_", "not."), value) for name, value in pairs.items()])[0]


def test_all_records_go_in_and_the_repeated_ones_are_the_same(full: tuple[Library, list[Entry]]) -> None:
    library, entries = full
    eric = Counter(e.status for e in entries if e.kind == "eric-api")
    assert eric == {"new": 7046, "same": 4}
    assert Counter(e.status for e in entries if e.kind != "eric-api") == {"new": 5}
    assert library.store.count() == 7051


def test_a_second_run_changes_nothing_at_all(full: tuple[Library, list[Entry]], shared: Path) -> None:
    library, _ = full
    before = library.store.mark()
    again = Counter(e.status for e in add(library, [str(shared / "seeds"), str(shared / "data" / "eric" / "api")]))
    assert again == {"same": 7055}
    assert library.store.mark() == before


def test_no_line_of_a_seed_is_left_over(full: tuple[Library, list[Entry]]) -> None:
    assert [e.leftovers for e in full[1] if e.kind != "eric-api"] == [()] * 5


def test_texts_are_decoded_and_tails_and_addresses_are_off(full: tuple[Library, list[Entry]]) -> None:
    entity = re.compile(r"&(?:quot|apos|amp|lt|gt|#\d+);")
    tail = re.compile(r"\((?:Authors?|Editor)?/?[A-Z]{2,3}\)\s*$|\(Contains \d+ [^()]*\)\s*$")
    for record in records(full[0]):
        for text in (record.title, record.abstract, *record.descriptors, record.publisher):
            assert not entity.search(text), record.id
        assert not tail.search(record.abstract), (record.id, record.abstract[-60:])
        assert not re.search(r"Tel:|Fax:|e-mail|\d{5}", record.publisher), (record.id, record.publisher)
        assert all(re.fullmatch(r"\d{4}-\d{3}[\dX]", number) for number in record.issn + record.eissn), record.id


def test_every_eric_record_has_its_link_and_most_have_a_journal(full: tuple[Library, list[Entry]]) -> None:
    eric = [r for r in records(full[0]) if r.eric and "ecer" not in r.collection]
    assert all(r.url == f"https://eric.ed.gov/?id={r.eric}" for r in eric)
    named = [r for r in eric if r.issn or r.eissn]
    inferred = [r for r in named if r.container_title]
    assert len(inferred) / len(named) > 0.95
    assert all("container_title" in r.inferred for r in inferred if r.eric != "EJ1223055")


def test_suffixes_and_others_are_read(full: tuple[Library, list[Entry]]) -> None:
    names = Counter(name.suffix for r in records(full[0]) for name in r.author if name.suffix)
    assert names["Jr."] > 50
    assert names["II"] >= 3
    assert sum(r.others for r in records(full[0])) > 350
    assert not [n for r in records(full[0]) for n in r.author if "Others" in str(n)]


def test_facet_counts_are_the_totals_of_the_searches_they_lead_to(full: tuple[Library, list[Entry]]) -> None:
    library, _ = full
    found = search(library, state(q="learning"))
    facets = {facet.name: facet for facet in found.facets}
    for name in ("descriptor", "author", "source", "type", "publication_type", "peer_reviewed", "collection"):
        for value in facets[name].values[:3]:
            led = search(library, found.state.add(name, value.value), facets=())
            assert led.total == value.count, (name, value)
            left = search(library, found.state.exclude(name, value.value), facets=())
            assert left.total == found.total - value.count, (name, value)


def test_years_leave_out_the_undated_unless_asked(full: tuple[Library, list[Entry]]) -> None:
    library, _ = full
    with_undated = search(library, SearchState.from_args([("from", "1800"), ("undated", "1")])[0], facets=())
    without = search(library, SearchState.from_args([("from", "1800")])[0], facets=())
    assert (with_undated.total, without.total) == (7051, 7050)


def test_the_titles_of_the_seeds_come_first(full: tuple[Library, list[Entry]]) -> None:
    library, _ = full
    titles = {
        "International Learning Communities What Happens When Leaders Seek to Learn": "EJ1223055",
        "Learning at the Boundaries Reconsidering University-District Partnerships": "Learning at the Boundaries",
        "Vital Role of Professional Learning Networks in Education": "The Vital Role",
        "Improving Practice": "Improving Practice",
    }
    for text, expected in titles.items():
        hit = search(library, state(q=text), facets=()).hits[0].record
        assert expected in (hit.id, hit.title[: len(expected)]), text


def test_the_article_and_the_post_before_it_are_linked_not_merged(full: tuple[Library, list[Entry]]) -> None:
    library, entries = full
    [post] = [e for e in entries if e.kind == "edweek" and e.title.startswith("International")]
    links = {link.other_id: link for link in library.store.links("EJ1223055")}
    assert links[post.id].relation in ("version", "related")
    assert links[post.id].reasons


def test_the_whole_library_exports_and_pybtex_reads_all_of_it(full: tuple[Library, list[Entry]]) -> None:
    from pybtex.database import parse_string

    text = "".join(export(full[0], state(sort="title"), "bibtex"))
    read = parse_string(text, "bibtex")
    assert len(read.entries) == 7051
    article = read.entries[next(key for key in read.entries if key.startswith("mehta2019"))]
    assert article.fields["journal"] == "Journal of Educational Change"
    assert article.fields["pages"] == "327--350"
    assert [str(person) for person in article.persons["author"]] == ["Mehta, Jal", "Peterson, Amelia"]


def test_one_record_exports_in_every_format(full: tuple[Library, list[Entry]]) -> None:
    for name, needle in (("ris", "TY  - JOUR"), ("csl-json", '"article-journal"'), ("jsonl", '"EJ1223055"')):
        assert needle in export_one(full[0], "EJ1223055", name), name


def test_the_report_accounts_for_page_furniture(full: tuple[Library, list[Entry]]) -> None:
    [post] = [e for e in full[1] if e.kind == "edweek" and e.title.startswith("International")]
    assert [dict(n.params)["count"] for n in post.notices if n.code == "furniture"] == ["49"]
