"""A page and its JSON say the same, and docs/programs.md names every member."""

import re
from pathlib import Path

import pytest

from litbase.record.record import FIELD_NAMES

DOCS = (Path(__file__).parents[2] / "docs" / "programs.md").read_text("utf-8")
SEARCHES = (
    "/search?q=learning", "/search?q=learning&type=chapter&not.language=de&from=1990&to=2030&undated=1",
    "/search?q=comunities", "/search?q=nothinglikethis+learning", "/search?q=learning+(&sort=title&per=25",
    "/search?page=2", "/search?type=report&sort=oldest&page=3",
)  # fmt: skip
RECORDS = ("EJ1223055", "role-nd-professional-learning-networks", "gomez-2020-learning-boundaries", "ED100000",
           "ozgur-1988-ozgur-lernen-schule-stadt", "iperg-2013-improving-practice")  # fmt: skip


def json_of(address):
    path, _, query = address.partition("?")
    return f"{path}.json?{query}".rstrip("?")


def squashed(text):
    """*text* as a page shows it: dashes and quotation marks of print, single spaces, small letters."""
    return " ".join(re.sub("--|[–—-]", " ", text).split()).lower()


@pytest.mark.parametrize("address", SEARCHES)
def test_a_page_of_results_and_its_json_hold_the_same(client, read, address):
    page, data = read(address), client.get(json_of(address)).get_json()
    hits = page.all("#results article")
    assert f"{data['total']:,}" in page.text("h1") or (data["total"] == 0 and "No records" in page.text("h1"))
    assert sorted(page.texts(".mended li, .notices li")) == sorted(data["notices"])
    assert len(hits) == len(data["hits"])
    for hit, told in zip(hits, data["hits"], strict=True):
        text = squashed(hit.get_text(" "))
        assert hit.select_one("abbr.unapi-id")["title"] == told["id"]
        for value in (told["title"], told["type"], told["year"], told["source"], *told["authors"]):
            assert squashed(value) in text, value
        assert [squashed(x.get_text()) for x in hit.select(".chip:not(.more)")] == list(
            map(squashed, told["descriptors"])
        )
        snippet = hit.select_one(".snippet:not(.ns)")
        assert squashed(snippet.get_text() if snippet else "") == squashed(told["snippet"])
        why = hit.select_one(".why")
        assert squashed(why.get_text() if why else "") == squashed(
            f"Found in {', '.join(told['found_in'])}" if told["found_in"] else ""
        )
        assert hit.select_one("h2 a")["href"].partition("?")[0] == told["url"].partition("?")[0]
    for offer in (*data["offers"], *([data["meant"]] if data["meant"] else [])):
        assert page.all(f'a[href="{offer["url"]}"]')
    chips = [squashed(chip).replace(",", "") for chip in page.texts(".filterchip > span")]
    said = [squashed(re.sub("^[^:]*: (?:not )?", "", line)) for line in data["filters"]]
    assert len(chips) == len(said)
    assert all(
        chip.endswith(line)
        for chip, line in zip(
            sorted(chips, key=lambda c: c.split()[-1]), sorted(said, key=lambda c: c.split()[-1]), strict=True
        )
    )
    assert data["library"] == "Reading room"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["date"])
    assert data["url"].startswith("http://127.0.0.1:8000/search")


def leaves(value):
    """Every text and number in *value*."""
    match value:
        case dict():
            for one in value.values():
                yield from leaves(one)
        case list():
            for one in value:
                yield from leaves(one)
        case str() | int() if not isinstance(value, bool):
            yield str(value)


NOT_SHOWN = {"v", "id", "citation_key", "type", "marks", "inferred", "collection", "issued", "language", "url", "extra",
             "references", "full_text_url", "peer_reviewed", "author", "editor", "chair"}  # fmt: skip
"""Fields that a page says in other words (names in speaking order, dates in words), or not as text."""


@pytest.mark.parametrize("id", RECORDS)
def test_what_the_json_of_a_record_says_stands_on_its_page(client, read, id):
    page, data = read(f"/record/{id}"), client.get(f"/record/{id}.json").get_json()
    text = squashed(page.soup.get_text(" "))
    for name, value in data["record"].items():
        if name not in NOT_SHOWN:
            for leaf in leaves(value):
                assert squashed(leaf.split("\n")[0]) in text, (name, leaf)
    for name in data["record"].get("author", []):
        assert squashed(name.get("family") or name["literal"]) in text
    for problem in data["problems"]:
        assert squashed(problem) in text
    for one in data["completeness"]:
        assert squashed(one["label"]) in text
    assert [check["class"] for check in page.all(".checks li")][: len(data["completeness"])] == [
        ["y"] if one["filled"] else ["n"] for one in data["completeness"]
    ]
    for link in data["links"]:
        assert page.all(f'.rec-actions a[href="{link["url"]}"]')


@pytest.mark.parametrize("id", RECORDS)
def test_what_the_page_of_a_record_says_stands_in_its_json(client, read, id):
    page, data = read(f"/record/{id}"), client.get(f"/record/{id}.json").get_json()
    told = squashed(" ".join(leaves(data)))
    for shown in (*page.texts(".abstract p"), *page.texts("ul.chips .chip")):
        assert squashed(re.sub(r" ?\(main subject\)", "", shown)) in told, shown
    for author in page.texts(".rec-authors li a"):
        assert all(word in told for word in squashed(author).split())
    ways = [a["href"] for a in page.all(".rec-actions a[rel=noopener]")]
    assert ways == [link["url"] for link in data["links"]]


def test_every_member_is_documented(client):
    search, record = client.get("/search.json?q=learning").get_json(), client.get("/record/EJ1223055.json").get_json()
    named = set(re.findall(r"`(\w+)`", DOCS))
    members = {
        *search,
        *record,
        *search["hits"][0],
        *record["origins"][0],
        *record["completeness"][0],
        *record["links"][0],
    }
    assert members - named == set()
    assert set(record["record"]) <= set(FIELD_NAMES)
