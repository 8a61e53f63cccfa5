"""A made-up record of each kind: where it appeared, its details, the name of its text, what is missing."""

import pytest

from litbase.record.dates import PartialDate
from litbase.record.kinds import CSL_TYPES, KINDS, kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming

ANN = Name(family="Roe", given="Ann")
KNOWN = {"author": (ANN,), "issued": PartialDate(year=2016, month=3, day=8), "language": ("en",)}
# kind: fields, the sentence under the authors, some rows of the details
CASES = {
    "article-journal": (
        {
            "container_title": "Journal of Towns",
            "volume": "20",
            "issue": "3",
            "page": "327-350",
            "issn": ("0277-4232",),
        },
        "Journal of Towns, volume 20, issue 3, pages 327–350",
        {"Published in": "Journal of Towns, v20 n3 p327–350", "Identifiers": "ISSN 0277-4232"},
    ),
    "chapter": (
        {
            "container_title": "Handbook of Towns",
            "editor": (Name(family="Lee", given="Bo"),),
            "volume": "1",
            "page": "12",
            "publisher": "Routledge",
            "publisher_place": "London",
        },
        "In Handbook of Towns, edited by Bo Lee, volume 1, page 12. Routledge, London",
        {"Editors": "Bo Lee", "Publisher": "Routledge"},
    ),
    "symposium": (
        {
            "event_title": "Conference on Towns",
            "event_place": "Porto",
            "session": "15 SES 09",
            "network": "15. Towns",
            "chair": (Name(family="Lee", given="Bo"),),
            "contribution": "We met.",
        },
        "Symposium, session 15 SES 09. Conference on Towns, Porto",
        {"Session": "15 SES 09", "Network": "15. Towns", "Chair": "Bo Lee"},
    ),
    "paper-conference": (
        {"container_title": "Proceedings of Towns", "event_title": "Conference on Towns", "page": "1-9"},
        "Proceedings of Towns, pages 1–9, Conference on Towns",
        {"Conference": "Conference on Towns"},
    ),
    "opinion": (
        {"container_title": "Town Gazette", "collection_title": "Blog of Towns", "body": "Towns are good."},
        "Town Gazette, Blog of Towns, 8 March 2016",
        {"Series": "Blog of Towns"},
    ),
    "article-newspaper": (
        {"container_title": "Town Gazette", "section": "Politics", "page": "A4"},
        "Town Gazette, Politics, page A4, 8 March 2016",
        {"Section": "Politics"},
    ),
    "book": (
        {
            "edition": "2nd ed.",
            "collection_title": "Books of Towns",
            "volume": "4",
            "publisher": "Town Press",
            "publisher_place": "Bern",
            "isbn": ("9780203774977",),
        },
        "2nd ed. Books of Towns, volume 4. Town Press, Bern",
        {"Edition": "2nd ed.", "Identifiers": "ISBN 9780203774977"},
    ),
    "proceedings": (
        {"event_title": "Conference on Towns", "event_place": "Porto", "publisher": "Town Press"},
        "Conference on Towns, Porto. Town Press",
        {"Conference place": "Porto"},
    ),
    "report": (
        {"number": "12", "collection_title": "Reports on Towns", "institution": ("Bureau of Towns",)},
        "number 12. Reports on Towns. Bureau of Towns",
        {"Number": "12", "Institution": "Bureau of Towns"},
    ),
    "thesis": (
        {"publisher": "University of Porto", "number_of_pages": 210},
        "Doctoral dissertation. University of Porto",
        {"Length": "210 pages"},
    ),
    "webpage": (
        {
            "container_title": "Towns Online",
            "url": "https://towns.example/page",
            "accessed": PartialDate(year=2020, month=5),
        },
        "Towns Online, 8 March 2016",
        {"Accessed": "May 2020", "Link": "https://towns.example/page"},
    ),
    "dataset": ({"edition": "3", "publisher": "Town Archive"}, "edition 3. Town Archive", {"Edition": "3"}),
    "software": (
        {"edition": "2.1", "publisher": "Town Makers"},
        "edition 2.1. Town Makers",
        {"Publisher": "Town Makers"},
    ),
    "motion_picture": ({"genre": "Film", "publisher": "Town Films"}, "Film. Town Films", {"Genre": "Film"}),
    "legislation": (
        {"container_title": "Code of Towns", "number": "Act 7", "section": "§ 12"},
        "Act 7. Code of Towns, § 12",
        {"Number": "Act 7"},
    ),
    "document": ({"publisher": "Town Press"}, "Town Press", {"Publisher": "Town Press"}),
    "cited": (
        {"container_title": "Old Towns", "page": "4-7"},
        "Old Towns, pages 4–7",
        {"Published in": "Old Towns, p4–7"},
    ),
}
GENRES = {
    "symposium": "Symposium",
    "opinion": "Opinion",
    "proceedings": "Proceedings",
    "thesis": "Doctoral dissertation",
}
TEXTS = {"symposium": "Contribution", "opinion": "Text"}


def made(kind):
    fields = CASES[kind.name][0]
    type_ = "cited" if kind.name == "cited" else kind.csl
    return Record(**{"type": type_, "genre": GENRES.get(kind.name, ""), "title": f"On {kind.label}", **KNOWN, **fields})


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    """A client, the ids of a full record of each kind, and of one of each kind that says its title only."""
    library = emptied(tmp_path_factory.mktemp("kinds") / "library")
    full = [incoming(made(kind), "bibtex", f"full {kind.name}") for kind in KINDS]
    bare = [
        incoming(Record(type=one.record.type, genre=one.record.genre, title=f"Bare {kind.label}"), "bibtex", kind.name)
        for one, kind in zip(full, KINDS, strict=True)
    ]
    ids = fill(library, (*full, *bare))
    names = [kind.name for kind in KINDS]
    yield (
        create_app(library).test_client(),
        dict(zip(names, ids, strict=False)),
        dict(zip(names, ids[len(names) :], strict=True)),
    )
    library.close()


def test_there_is_a_case_for_each_kind_and_type():
    assert set(CASES) == {kind.name for kind in KINDS}
    assert {made(kind).type for kind in KINDS} == CSL_TYPES
    assert [kind_of(made(kind)).name for kind in KINDS] == [kind.name for kind in KINDS]


def rows(page):
    return {
        " ".join(dt.get_text().split()): " ".join(dt.find_next("dd").get_text().split())
        for dt in page.all("dl.meta dt")
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_record_of_each_kind_is_told_in_its_own_way(every, opened, kind):
    client, full, _ = every
    page = opened(client.get(f"/record/{full[kind.name]}"))
    _, sentence, wanted = CASES[kind.name]
    assert page.text("h1") == f"On {kind.label}"
    assert page.text(".rec .type") == kind.label
    assert page.text(".rec-source") == sentence
    shown = rows(page)
    assert wanted.items() <= shown.items()
    assert page.one(".rec header time")["datetime"] == "2016-03-08"
    if kind.name in TEXTS:
        assert page.texts(".rec section h2")[0] == TEXTS[kind.name]
    assert [h.name for h in page.all("h1, h2")].count("h1") == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_missing_is_told_whatever_the_kind(every, opened, kind):
    client, _, bare = every
    page = opened(client.get(f"/record/{bare[kind.name]}"))
    assert "Author not given in the source" in page.text(".rec header")
    assert page.text(".rec .eyebrow abbr[title^=no]") == "n.d."
    assert "Two things a citation needs are missing. The source names no author and gives no date." in page.text(
        ".note.warn"
    )
    assert rows(page)["Peer review"] == "Not stated in the source"
    checks = page.texts(".checks li")
    assert f"of {len(checks)}" in page.text("aside .panel h2 .count.num")
    assert "Abstract: not given" in checks


def test_a_cited_work_says_so(every, opened):
    client, full, _ = every
    assert "known only from reference lists" in opened(client.get(f"/record/{full['cited']}")).text(".notes")
