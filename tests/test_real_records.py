"""The main job on real input: the five seeds and ERIC's 7,050 entries, from file to facet to BibTeX."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from markupsafe import escape

from litbase.library import Library
from litbase.library.exporting import export, export_one
from litbase.library.facets import initial, most_frequent
from litbase.library.finding import count, counts, every, search
from litbase.library.reading import Entry, add
from litbase.query.request import FacetRequest, Years
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.record.text import sort_form
from litbase.web import create_app
from litbase.web.links import Links
from litbase.web.views.facets import SHOWN, filters

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize(
    "pairs",
    [
        {},
        {"q": "learning"},
        {"q": "educat*", "author": "Apple, Michael W.", "pt": "Opinion Papers", "from": "1970"},
        {"q": "school", "type": "article-journal", "from": "1990", "to": "2005", "undated": "1", "has": "abstract"},
        {"q": "school", "not_source": "American Educational Research Journal", "peer": "yes", "cited": "1"},
        {"q": "learning", "not_descriptor": "Foreign Countries"},
    ],
)
def test_every_count_of_the_panel_is_the_total_of_the_search_it_leads_to(
    full: tuple[Library, list[Entry]], pairs: dict[str, str]
) -> None:
    """The search of a value is this one with the value in place of all others of its filter that are chosen."""
    library, links = full[0], Links("http://127.0.0.1")
    found = search(library, state(**pairs), most_frequent(SHOWN))
    panel = filters(found, links)
    options = [*panel.switches, *(option for part in (*panel.kind, *panel.panels) for option in part.options)]
    assert len(options) > 12
    for option in options:
        alone = found.state
        for value in alone.chosen(option.name):
            alone = alone.remove(option.name, value)
        assert count(library, alone.add(option.name, option.value)) == option.count, option
        if option.exclude_url and alone == found.state:
            assert count(library, led(option.exclude_url)) == found.total - option.count, option
    assert panel.years is not None
    for bar in panel.years.bars[::7]:
        assert count(library, led(bar.url)) == bar.count, bar
    anytime = found.state.with_years(Years())
    dated = found.state.with_years(Years(1, 9999))
    assert panel.years.undated == count(library, anytime) - count(library, dated)


def led(url: str) -> SearchState:
    return SearchState.from_args(parse_qsl(urlsplit(url).query))[0]


@pytest.mark.parametrize("name", ["author", "descriptor", "language"])
def test_leaves_and_letters_hold_all_values_in_their_order(full: tuple[Library, list[Entry]], name: str) -> None:
    library, everything = full[0], state(q="school")
    [whole] = counts(library, everything, (FacetRequest(name),)).facets
    [filed] = counts(library, everything, (FacetRequest(name, order="value"),)).facets
    assert sorted(whole.values, key=lambda v: (sort_form(v.label), v.value)) == list(filed.values)
    assert [v.count for v in whole.values] == sorted((v.count for v in whole.values), reverse=True)
    client = create_app(library).test_client()
    for start in range(0, whole.total, 700):
        data = client.get(f"/facet/{name}.json?q=school&by=name&leaf={start // 100 + 1}").get_json()
        assert (data["total"], data["first"]) == (whole.total, start + 1)
        assert [v["value"] for v in data["values"]] == [v.value for v in filed.values[start : start + 100]]
    for letter in "bmz":
        first = next((v for v in filed.values if initial(v.label) >= letter), filed.values[-1])
        html = client.get(f"/facet/{name}?q=school&letter={letter}", follow_redirects=True).get_data(as_text=True)
        below = html.partition(f'id="letter-{initial(first.label)}"')[2]
        assert below.partition('type="checkbox"')[2].partition('value="')[2].startswith(str(escape(first.value)))


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "author", "best"])
def test_the_last_page_of_everything_is_as_good_as_the_first(full: tuple[Library, list[Entry]], sort: str) -> None:
    library, everything = full[0], state(q="*" if sort == "best" else "", sort=sort).with_per(100)
    ids = list(library.engine.scan(every(everything)))
    assert len(ids) == len(set(ids)) == 7051
    for page in (1, 36, 70, 71):
        found = search(library, everything.with_page(page), ())
        assert [hit.record.id for hit in found.hits] == ids[(page - 1) * 100 : page * 100], page
    past = search(library, everything.with_page(9_999_999), ())
    assert (past.state.page, past.pages, len(past.hits)) == (71, 71, 51)
    assert len(search(library, everything.with_per(10).with_page(706), ()).hits) == 1


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
