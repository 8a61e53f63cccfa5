"""Publish or Perish's JSON: zeros are nothing, dots are further authors, what it counts is kept."""

import json

import pytest

from litbase.formats import publish_or_perish
from litbase.record.names import Name
from litbase.record.reading import Document, Reading
from litbase.record.record import Record

WORK = {
    "uid": "GS:1",
    "title": "Learning &amp; work …",
    "source": "MIS Quarterly",
    "publisher": "x.org",
    "article_url": "https://x.org/a",
    "cites_url": "https://s.g/c",
    "fulltext_url": "https://x.org/a.pdf",
    "related_url": "https://s.g/r",
    "abstract": "… On <b>it</b>",
    "rank": 1,
    "year": 2021,
    "volume": 0,
    "issue": 0,
    "startpage": 0,
    "endpage": 0,
    "cites": 9,
    "authors": ["W Guo", "NHA Bakar", "..."],
}


def one(**members: object) -> Record:
    [reading] = publish_or_perish.read(Document.from_text(json.dumps([{**WORK, **members}])))
    assert isinstance(reading, Reading)
    return reading.record


def test_a_work_is_read():
    record = one()
    assert (record.type, record.title, record.container_title) == ("document", "Learning & work …", "MIS Quarterly")
    assert record.author == (Name(family="Guo", given="W"), Name(family="Bakar", given="NHA"))
    assert record.others
    assert (record.year, record.volume, record.issue, record.page) == (2021, "", "", "")
    assert (record.url, record.full_text_url, record.publisher) == ("https://x.org/a", "https://x.org/a.pdf", "x.org")
    assert {("pop:uid", "GS:1"), ("pop:cites", "9"), ("pop:cites_url", "https://s.g/c")} <= set(record.extra)


def test_what_crossref_told_it_is_read():
    record = one(
        type="journal-article", volume="3", issue=2, startpage="10", endpage="20", doi="10.1234/x", issn="1234-5679"
    )
    assert (record.type, record.volume, record.issue, record.page) == ("article-journal", "3", "2", "10-20")
    assert (record.doi, record.issn) == ("10.1234/x", ("1234-5679",))
    assert one(volume=3).type == "article-journal"


@pytest.mark.parametrize(
    ("text", "score"), [(json.dumps([WORK]), 90), ('[{"title": "T", "cites": 1}]', 0), ("cites_url", 0)]
)
def test_only_its_own_is_claimed(text, score):
    assert publish_or_perish.sniff(Document.from_text(text)) == score


def test_a_cut_file_gives_what_is_whole():
    found = list(publish_or_perish.read(Document.from_text(json.dumps([WORK, WORK])[:-40])))
    assert [item.record.year if isinstance(item, Reading) else item.notice.code for item in found] == [
        2021,
        "truncated",
    ]
    assert [item.notice.code for item in publish_or_perish.read(Document.from_text("[]"))] == ["no-record"]
