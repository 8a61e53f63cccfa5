"""The statistics: every number leads to exactly these records, on the page and in the JSON."""

import re
from urllib.parse import urlsplit

import pytest

from litbase.record.dates import PartialDate
from litbase.record.record import Record
from litbase.web import create_app
from litbase.web.views.stats import window
from tests.web.conftest import emptied, fill, incoming, plain


def number(text: str) -> int:
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def found_at(client, url: str) -> int:
    parts = urlsplit(url)
    assert parts.path == "/search"
    return client.get(f"/search.json?{parts.query}").get_json()["total"]


def test_every_number_is_what_its_link_finds(client, read):
    page = read("/stats")
    links = [a for a in page.all("main a[href^='/search']") if a.find_parent("th") is None]
    checked = 0
    for a in links:
        text = " ".join(a.get_text().split())
        told = re.findall(r"[\d,]+(?= (?:records?|with it|without|undated))|^[\d,]+$", text)
        if told:
            assert number(told[0]) == found_at(client, a["href"]), f"{text}: {a['href']}"
            checked += 1
    assert checked > 80
    rows = page.all("ol.bars li") + page.all(".chart a")
    assert rows
    for row in rows:
        a = row if row.name == "a" else row.find("a")
        text = row.find("title").get_text().partition(": ")[2] if row.name == "a" else row.select_one(".n").get_text()
        assert number(text) == found_at(client, a["href"]), row


def test_the_table_of_years_adds_up_to_the_library(read):
    page = read("/stats")
    rows = [
        [number(cell.get_text()) for cell in row.find_all("td")]
        for row in page.all("#main section:first-of-type tbody tr")
    ]
    assert all(sum(row[:-1]) == row[-1] for row in rows if len(row) > 1)
    undated = page.texts(".undated a")
    assert sum(row[-1] for row in rows) + number(undated[-1]) == 36
    assert "Without a year" in page.text("p.undated")


def test_every_number_of_the_json_is_what_its_address_finds(client):
    told = client.get("/stats.json").get_json()
    assert (told["total"], told["cited_works"]) == (36, 1)
    pairs = [(one["count"], one["url"]) for one in told["years"] + told["undated"] + told["peer_reviewed"]]
    pairs += [(v["count"], v["url"]) for top in told["most_frequent"].values() for v in top["values"]]
    for row in told["completeness"]:
        pairs.append((row["count"], row["url"]))
        for cell in row["fields"].values():
            pairs += [(cell["has"], cell["url"]), (cell["lacks"], cell["lacks_url"])]
    for count, url in pairs:
        assert (found_at(client, url) if url else 0) == count, url
    assert set(told["most_frequent"]) == {"descriptor", "source", "language"}
    assert told["counted_at"].endswith("Z")


def test_shares_say_all_and_none_only_when_it_is_so(read):
    for cell in read("/stats").all(".heat tbody td"):
        share = cell.find("b")
        if share is not None:
            lacks = cell.select_one(".lacks")
            assert (share.get_text() == "100%") == (lacks is None)
            assert (share.get_text() == "0%") == (share.parent.name == "td")


def test_an_empty_library_has_no_tables(tmp_path, opened):
    library = emptied(tmp_path / "library")
    client = create_app(library).test_client()
    for address in ("/stats", "/"):
        page = opened(client.get(address))
        assert "Nothing here yet" in page.text("main")
        assert "litbase add references/" in page.text("main")
        assert page.all("table, .chart, .types") == []
    told = client.get("/stats.json").get_json()
    assert (told["total"], told["years"], told["peer_reviewed"]) == (0, [], [])
    library.close()


@pytest.mark.parametrize(
    ("years", "shown"),
    {
        "few years": ([(1990, 1), (2000, 5)], (1990, 2000)),
        "one far away": ([(1600, 1), (1990, 80), (2000, 50)], (1990, 2000)),
        "one in the future": ([(1990, 80), (2000, 50), (2999, 1)], (1990, 2000)),
        "on both sides": ([(1600, 1), (1990, 100), (2000, 100), (2999, 1)], (1990, 2000)),
        "too many to leave out": ([(1600, 9), (1990, 80)], (1600, 1990)),
        "the farthest first": ([(1300, 1), (1901, 50), (1990, 99), (2020, 50)], (1901, 2020)),
        "one year": ([(2000, 1)], (2000, 2000)),
        "none": ([], (0, 0)),
    }.values(),
)
def test_a_few_far_years_do_not_flatten_the_chart(years, shown):
    assert window(years) == shown


def test_years_left_out_of_the_chart_are_told(tmp_path, opened):
    library = emptied(tmp_path / "library")
    far = incoming(Record(type="book", title="Old", issued=PartialDate(year=1644)), "bibtex", "old")
    many = [
        incoming(Record(type="book", title=f"B{n}", issued=PartialDate(year=2000 + n % 9)), "bibtex", f"n{n}")
        for n in range(120)
    ]
    fill(library, (far, *many))
    client = create_app(library).test_client()
    page = opened(client.get("/stats"))
    assert page.text("p.undated") == "Not in the chart: before 2000 1 before 2000"
    assert found_at(client, page.link("1 before 2000")) == 1
    assert client.get("/stats.json").get_json()["other_years"][0]["count"] == 1
    assert "Before 2000: 1" in opened(client.get("/")).text("main")
    library.close()


def test_colours_of_types_are_different(tmp_path, opened):
    """Reports, theses and data sets share a colour elsewhere; side by side in a column they may not."""
    library = emptied(tmp_path / "library")
    kinds = ("report", "thesis", "dataset", "software", "book", "chapter")
    fill(
        library,
        tuple(
            incoming(Record(type=kind, title=f"{kind} {n}", issued=PartialDate(year=2000)), "bibtex", f"{kind}{n}")
            for place, kind in enumerate(kinds)
            for n in range(9 - place)
        ),
    )
    page = opened(create_app(library).test_client().get("/stats"))
    colours = [li["class"][0] for li in page.all("section .legend li")]
    assert len(colours) == len(set(colours)) == 5
    assert page.texts("section .legend li")[-1] == "Other types"
    library.close()


def test_counting_is_not_done_again_for_every_page(tmp_path, monkeypatch):
    library = emptied(tmp_path / "library")
    fill(library, tuple(incoming(plain(n), "eric", f"k{n}") for n in range(3)))
    client = create_app(library).test_client()
    client.get("/stats")
    asked = []
    search = type(library.engine).search
    monkeypatch.setattr(type(library.engine), "search", lambda *a: asked.append(1) or search(*a))
    for address in ("/stats", "/", "/help", "/stats.json"):
        assert client.get(address).status_code == 200
    assert asked == []
    library.close()
