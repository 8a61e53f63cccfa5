"""OpenURLs and COinS: what each kind of work says, and that our own reader of pages finds it again."""

import html
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats import coins
from litbase.formats.page import markup
from litbase.formats.page.coins import contexts, told_by
from litbase.record.kinds import KINDS, kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from tests.web.works import GROUP, ROE, WORKS

FORMATS = {
    "article-journal": ("journal", "article"), "chapter": ("book", "bookitem"), "symposium": ("book", "proceeding"),
    "paper-conference": ("book", "proceeding"), "book": ("book", "book"), "proceedings": ("book", "book"),
    "report": ("book", "report"), "thesis": ("dissertation", None), "opinion": ("dc", None),
}  # fmt: skip


def read_back(record):
    page = markup.parse_text(f'<span class="Z3988" title="{html.escape(coins.openurl(record))}"></span>')
    (context,) = contexts(page)
    return told_by(context)


@pytest.mark.parametrize(("kind", "expected"), FORMATS.items())
def test_a_work_has_the_format_and_genre_of_its_kind(kind, expected):
    told = dict(coins.keys(WORKS[kind]))
    assert (told["rft_val_fmt"], told.get("rft.genre")) == (f"info:ofi/fmt:kev:mtx:{expected[0]}", expected[1])


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("opinion", "newspaperArticle"), ("article-newspaper", "newspaperArticle"), ("webpage", "webpage"),
     ("software", "computerProgram"), ("legislation", "statute"), ("document", "document")],
)  # fmt: skip
def test_what_has_no_format_of_its_own_is_told_in_dublin_core_with_its_type(kind, type_):
    told = dict(coins.keys(WORKS[kind]))
    assert told["rft_val_fmt"].endswith(":dc")
    assert told["rft.type"] == type_
    assert told["rft.title"] == WORKS[kind].title


def test_every_kind_has_an_openurl():
    for kind in KINDS:
        assert "T" in dict(coins.keys(Record(type=kind.csl, title="T"))).values()


def test_the_first_author_stands_in_parts_and_every_author_whole():
    told = [pair for pair in coins.keys(WORKS["article-journal"]) if pair[0].startswith("rft.au")]
    assert told == [
        ("rft.aulast", "Roe"), ("rft.aufirst", "Ann B."), ("rft.au", "Roe, Ann B."), ("rft.au", "van der Berg, Jan"),
    ]  # fmt: skip


def test_a_group_that_comes_first_is_a_corporation():
    told = [pair for pair in coins.keys(Record(author=(GROUP, ROE))) if pair[0].startswith("rft.au")]
    assert told == [("rft.aucorp", GROUP.literal), ("rft.au", "Roe, Ann B.")]


@pytest.mark.parametrize("kind", WORKS)
def test_our_own_reader_finds_it_again(kind):
    record = WORKS[kind]
    told = read_back(record)
    assert told["title"] == record.title
    assert told.get("author", ()) == record.author
    assert told["issued"] == record.issued
    for name in ("volume", "issue", "page", "doi", "edition"):
        assert told.get(name, "") == (getattr(record, name) if name != "doi" or record.doi else ""), name
    if kind not in ("symposium", "paper-conference", "proceedings"):
        assert told.get("container_title", "") == record.container_title
    expected = "paper-conference" if kind == "symposium" else record.type
    if kind in FORMATS or kind == "webpage":
        assert told["type"] == expected


def test_a_home_page_is_no_place_of_a_work_and_no_script_is_one():
    for url in ("https://link.springer.com/", "javascript:alert(1)", "ftp://x.org/a"):
        assert "rft_id" not in dict(coins.keys(Record(title="T", url=url)))
    assert dict(coins.keys(Record(title="T", eric="EJ1")))["rft_id"] == "https://eric.ed.gov/?id=EJ1"


def test_texts_are_not_in_it():
    record = Record(title="T", abstract="secret", body="secret", contribution="secret", method="secret", note="secret")
    assert "secret" not in coins.openurl(record)


def test_long_and_many_values_are_cut():
    record = Record(
        type="book", title="x" * 100_000, author=tuple(Name(family=f"N{n}", given="A") for n in range(3000))
    )
    assert len(coins.openurl(record)) < 10_000


texts = st.text(max_size=30)


@given(title=texts, family=texts, given_name=texts, journal=texts, kind=st.sampled_from(KINDS))
def test_whatever_stands_in_a_record_the_openurl_is_ascii_in_pairs(title, family, given_name, journal, kind):
    record = Record(
        type=kind.csl, title=title, author=(Name(family=family, given=given_name),), container_title=journal
    )
    text = coins.openurl(record)
    assert text.isascii()
    assert not set(text) & set("\"'<> \n")
    assert parse_qsl(text) == list(coins.keys(record))
    assert kind_of(record)
