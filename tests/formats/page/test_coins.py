"""COinS: every span of a page, in the formats of OpenURL, and what each of its keys says."""

import pytest

from litbase.formats.page import markup
from litbase.formats.page.coins import contexts, told_by


def told(*keys: str) -> dict[str, object]:
    [context] = contexts(markup.parse_text(f'<span class="a Z3988" title="{"&amp;".join(keys)}"></span>'))
    found = told_by(context)
    return {
        name: list(map(str, value)) if name == "author" else str(value) if name == "issued" else value
        for name, value in found.items()
    }


JOURNAL = "rft_val_fmt=info:ofi/fmt:kev:mtx:journal"
BOOK = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook"
DC = "rft_val_fmt=info:ofi/fmt:kev:mtx:dc"
SPANS = {
    "article": (
        [
            JOURNAL,
            "rft.genre=article",
            "rft.atitle=Rooms",
            "rft.jtitle=J",
            "rft.volume=34",
            "rft.spage=343",
            "rft.epage=352",
            "rft.date=2011-11",
        ],
        {
            "type": "article-journal",
            "title": "Rooms",
            "container_title": "J",
            "volume": "34",
            "page": "343-352",
            "issued": "2011-11",
        },
    ),
    "title is the journal's": (
        [JOURNAL, "rft.atitle=Rooms", "rft.title=J"],
        {"type": "article-journal", "title": "Rooms", "container_title": "J"},
    ),
    "book": (
        [BOOK, "rft.genre=book", "rft.btitle=Rooms", "rft.pub=Press,", "rft.place=Rome+:", "rft.isbn=9780415839051"],
        {"type": "book", "title": "Rooms", "publisher": "Press", "publisher_place": "Rome", "isbn": ("9780415839051",)},
    ),
    "chapter": (
        [BOOK, "rft.genre=bookitem", "rft.atitle=Rooms", "rft.btitle=B"],
        {"type": "chapter", "title": "Rooms", "container_title": "B"},
    ),
    "chapter without genre": (
        [BOOK, "rft.atitle=Rooms", "rft.btitle=B"],
        {"type": "chapter", "title": "Rooms", "container_title": "B"},
    ),
    "paper": ([JOURNAL, "rft.genre=proceeding", "rft.atitle=Rooms"], {"type": "paper-conference", "title": "Rooms"}),
    "thesis": (
        ["rft_val_fmt=info:ofi/fmt:kev:mtx:dissertation", "rft.title=Rooms", "rft.inst=U", "rft.degree=PhD"],
        {"type": "thesis", "title": "Rooms", "publisher": "U", "genre": "PhD"},
    ),
    "Dublin Core": (
        [
            DC,
            "rft.title=Rooms",
            "rft.creator=Ann+Roe",
            "rft.type=blogPost",
            "rft.source=The+Blog",
            "rft.identifier=https://x.org/1",
        ],
        {
            "type": "webpage",
            "title": "Rooms",
            "author": ["Roe, Ann"],
            "container_title": "The Blog",
            "url": "https://x.org/1",
        },
    ),
    "OpenURL 0.1": (
        ["genre=article", "atitle=Rooms", "title=J", "aulast=Roe"],
        {"type": "article-journal", "title": "Rooms", "container_title": "J", "author": ["Roe"]},
    ),
}


@pytest.mark.parametrize(("keys", "expected"), SPANS.values(), ids=SPANS)
def test_what_a_span_says(keys: list[str], expected: dict[str, object]) -> None:
    assert told(*keys) == expected


AUTHORS = {
    "in parts": (["rft.aulast=Roe", "rft.aufirst=Ann"], ["Roe, Ann"]),
    "in parts and whole": (
        ["rft.aulast=Roe", "rft.aufirst=Ann", "rft.au=Ann+Roe", "rft.au=Ed+Poe"],
        ["Roe, Ann", "Poe, Ed"],
    ),
    "first in parts, others whole": (["rft.aulast=Roe", "rft.auinit=A.", "rft.au=Poe%2C+Ed"], ["Roe, A.", "Poe, Ed"]),
    "a body": (["rft.aucorp=OECD", "rft.au=OECD"], ["OECD"]),
    "contributors alone": (["rft.contributor=Roe%2C+Ann"], ["Roe, Ann"]),
}


@pytest.mark.parametrize(("keys", "authors"), AUTHORS.values(), ids=AUTHORS)
def test_authors_are_named_once(keys: list[str], authors: list[str]) -> None:
    assert told(JOURNAL, "rft.atitle=Rooms", *keys)["author"] == authors


def test_identifiers_are_told_apart() -> None:
    found = told(JOURNAL, "rft.atitle=R", "rft_id=info:doi/10.5555/x", "rft_id=info:pmid/7", "rft_id=https://x.org/1")
    assert (found["doi"], found["url"], found["identifiers"]) == ("10.5555/x", "https://x.org/1", (("pmid", "7"),))


def test_every_span_of_a_page_is_read_and_empty_ones_are_not() -> None:
    spans = (
        '<span class="Z3988" title="rft.title=A"></span>',
        '<span class="Z3988" title=""></span>',
        "<span class='Z3988 hidden' title='rft.title=B&rft.au=Doe%2C+J.'></span>",
        "<span class='Z39' title='rft.title=C'></span>",
    )
    page = markup.parse_text("".join(spans))
    assert contexts(page) == ({"rft.title": ("A",)}, {"rft.title": ("B",), "rft.au": ("Doe, J.",)})
    assert told_by({"ctx_ver": ("Z39.88-2004",)}) == {}


def test_a_span_of_too_many_keys_is_passed_over() -> None:
    assert contexts(markup.parse_text('<span class="Z3988" title="' + "a=b&" * 10_000 + '"></span>')) == ()
