"""Reference lists against a library: matched, kept as cited works on request, and linked to what cites them."""

from pathlib import Path

import pytest

from litbase.errors import BadInput
from litbase.library import bring_level
from litbase.library.referencing import Referenced, keep, matched, pasted
from litbase.query.request import SearchRequest, Visible
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import sentence
from litbase.record.record import Record, Reference
from litbase.sources.reference_list import read_references
from litbase.store.values import Found
from tests.library.small import COMMUNITIES, PRACTICE, small_library

FEEDBACK = Record(
    type="article-journal", title="The Power of Feedback",
    author=(Name(family="Hattie", given="John"), Name(family="Timperley", given="Helen")),
    issued=PartialDate(year=2007), container_title="Review of Educational Research", volume="77", issue="1",
    page="81-112",
)  # fmt: skip
BOOK = Record(type="book", title="Houses and Their Doors", author=(Name(family="Roe", given="Ann"),),
              issued=PartialDate(year=2010), publisher="Acme")  # fmt: skip
ERIC = Record(type="report", title="Rooms in Rural Schools", eric="ED123456", author=(Name(family="Poe", given="E."),),
              issued=PartialDate(year=1999))  # fmt: skip
LIST = (
    "Hattie, J., & Timperley, H. (2007). The power of feedback. Review of Educational Research, 77(1), 81–112.",
    "Roe, A. (2010). Houses and their doors. London: Acme.",
    "Mehta, J. (2018). Something quite different. https://doi.org/10.1007/s10833-019-0000-1",
    "Poe, E. (1999). Rooms in rural schools. (ERIC Document Reproduction Service No. ED123456)",
    "Nobody, N. (1950). A work that nobody has. Nowhere Press.",
    "Timperley, H. (2011). The power of feedback in rooms without doors. Oxford: Acme.",
)


@pytest.fixture
def library(tmp_path):
    opened = small_library(tmp_path / "library", (FEEDBACK, BOOK, COMMUNITIES, ERIC, PRACTICE))
    yield opened
    opened.close()


def title_of(library, id):
    match library.store.resolve(id):
        case Found(stored):
            return stored.record.title
    return ""


def cited_count(library):
    return library.store.count(cited=True) - library.store.count()


def test_each_reference_is_matched_to_the_record_it_is(library):
    found = matched(library, read_references(LIST))
    titles = [title_of(library, one.match.id) if one.match else "" for one in found]
    assert titles == [FEEDBACK.title, BOOK.title, COMMUNITIES.title, ERIC.title, "", ""]
    reasons = [[sentence(told) for told in one.match.reasons] for one in found if one.match]
    assert reasons[2:] == [["Same DOI"], ["Same ERIC number"]]
    assert all(reasons)


def test_nothing_is_stored_without_a_request(library):
    before = library.store.count(cited=True)
    matched(library, read_references(LIST))
    assert library.store.count(cited=True) == before


def test_what_is_not_in_the_library_is_kept_as_cited_works(library):
    kept = keep(library, matched(library, read_references(LIST)), None, "tester")
    assert [bool(one.kept) for one in kept] == [False] * 4 + [True] * 2
    [stored] = library.store.get_many([kept[4].kept]).values()
    assert stored.record.type == "cited"
    assert stored.record.title == "A work that nobody has"
    assert dict(stored.record.extra)["reference:text"] == LIST[4]
    assert dict(stored.record.extra)["reference:type"] == "book"


def test_cited_works_stay_out_of_totals_and_of_a_plain_search(library):
    total = library.store.count()
    keep(library, matched(library, read_references(LIST)), None, "tester")
    assert bring_level(library)
    assert library.store.count() == total
    assert cited_count(library) == 2
    assert library.engine.search(SearchRequest(limit=0)).total == total
    assert library.engine.search(SearchRequest(limit=0, visible=Visible(cited=True))).total == total + 2


def test_keeping_twice_keeps_once(library):
    keep(library, matched(library, read_references(LIST)), None, "tester")
    again = matched(library, read_references(LIST))
    assert [one.match is not None and one.match.cited for one in again[4:]] == [True, True]
    assert [one.kept for one in keep(library, again, None, "tester")] == [""] * 6
    assert cited_count(library) == 2


def test_a_cited_work_is_linked_to_every_record_whose_list_it_stands_in(library):
    citing = [
        stored.record
        for stored in library.store.scan("", 10)
        if stored.record.title in ("Practice in the Open", BOOK.title)
    ]
    for record in citing:
        keep(library, matched(library, read_references(LIST[4:])), record, "tester")
    [cited] = [one for one in library.store.scan("", 50) if one.record.title == "A work that nobody has"]
    assert [(link.relation, link.other_id) for link in library.store.links(cited.id)] == [
        ("cited-by", id) for id in sorted(record.id for record in citing)
    ]
    for record in citing:
        links = {link.other_id: link for link in library.store.links(record.id)}
        assert links[cited.id].relation == "cites"
        assert sentence(links[cited.id].reasons[0]) == f"{record.title} cites A work that nobody has"


def test_a_reference_that_says_nothing_is_not_kept(library):
    kept = keep(library, matched(library, read_references(["ibid.", "See above."])), None, "tester")
    assert [one.kept for one in kept] == [""] * len(kept)
    assert cited_count(library) == 0
    assert kept[0].unread == (kept[0].reference.text,)


def test_what_was_not_understood_is_told(library):
    text = "Roe, A. (2001). Rooms. Journal of Rooms, 12(3), 4-9. Xqzzt wvrrk zzz."
    [one] = matched(library, read_references([text]))
    assert any("wvrrk" in stretch for stretch in one.unread) or one.reference.parsed is None


def test_a_withdrawn_record_is_no_match(library):
    [stored] = [one for one in library.store.scan("", 10) if one.record.title == BOOK.title]
    library.store.set_state(stored.id, "withdrawn", "tester")
    [one] = matched(library, read_references(LIST[1:2]))
    assert one.match is None


def test_a_long_list_asks_the_store_a_few_times_only(library):
    class Counting:
        def __init__(self, store):
            self.store, self.asked = store, 0

        def __getattr__(self, name):
            self.asked += 1
            return getattr(self.store, name)

    from dataclasses import replace

    store = Counting(library.store)
    works = [Reference(f"Roe, A. (2001). Number {n}.", Record(title=f"Work number {n} about it")) for n in range(1200)]
    assert len(matched(replace(library, store=store), works)) == 1200
    assert store.asked <= 6


def test_a_pasted_file_is_read_whatever_it_is(tmp_path: Path):
    text = "\n\n".join(LIST)
    plain, page = tmp_path / "list.txt", tmp_path / "list.html"
    plain.write_text(text, encoding="utf-8")
    page.write_text("<html><body>" + "".join(f"<p>{one}</p>" for one in LIST) + "</body></html>", encoding="utf-8")
    assert [one.text for one in pasted(str(plain))] == [one.text for one in pasted(str(page))] == list(LIST)


def test_what_cannot_be_read_is_an_error_of_one_line(tmp_path: Path):
    picture = tmp_path / "list.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    for path in (picture, tmp_path / "absent.txt"):
        with pytest.raises(BadInput, match=path.name):
            pasted(str(path))


def test_nothing_gives_nothing(library, tmp_path: Path):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert pasted(str(empty)) == ()
    assert matched(library, ()) == keep(library, (), None, "tester") == ()
    assert Referenced(Reference("ibid.")).unread == ("ibid.",)
