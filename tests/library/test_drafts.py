"""Drafts are kept with an account, seen by nobody else, and bounded in number and size."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from litbase.errors import BadInput, NotFound
from litbase.library import drafts, open_library
from litbase.library.accounts import Actor
from litbase.settings import Settings
from litbase.store.accounts import Account

PAIRS = (("type", "book"), ("title", "Half"), ("family", "Roe"), ("family", "Poe"), ("abstract", "a\nb ☃"))


@pytest.fixture
def library(tmp_path):
    made = open_library(tmp_path / "library", Settings(), create=True)
    yield made
    made.close()


def actor(library, name):
    account: Account = library.store.accounts.add(name, "editor", "", "test")
    return Actor(account.name, "editor", account.nr)


@pytest.fixture
def ann(library):
    return actor(library, "Ann")


@pytest.fixture
def ben(library):
    return actor(library, "Ben")


def test_a_draft_comes_back_as_it_was(library, ann):
    kept = drafts.save(library, ann, PAIRS, "  Half \n a title ", id="EJ1", version=3)
    found = drafts.draft(library, ann, kept.nr)
    assert drafts.form_of(found) == PAIRS
    assert (found.title, found.record_id, found.version) == ("Half a title", "EJ1", 3)
    assert [one.nr for one in drafts.drafts(library, ann)] == [kept.nr]


def test_kept_again_it_takes_the_place_of_the_first(library, ann):
    first = drafts.save(library, ann, PAIRS, "One")
    again = drafts.save(library, ann, PAIRS[:2], "Two", nr=str(first.nr))
    assert again.nr == first.nr
    assert [one.title for one in drafts.drafts(library, ann)] == ["Two"]
    assert drafts.form_of(drafts.draft(library, ann, first.nr)) == PAIRS[:2]


class FastMachine(datetime):
    """A clock on a machine that needs ten microseconds for whatever happens between two looks at it."""

    _ticks = count()

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 11, 27, tzinfo=tz) + timedelta(microseconds=10 * next(cls._ticks))


def test_the_last_one_kept_stands_first_though_several_are_kept_in_a_millisecond(library, ann, monkeypatch):
    monkeypatch.setattr("litbase.store.entry.datetime", FastMachine)
    numbers = [drafts.save(library, ann, PAIRS, str(n)).nr for n in range(3)]
    drafts.save(library, ann, PAIRS, "0", nr=str(numbers[0]))
    assert [one.nr for one in drafts.drafts(library, ann)] == [numbers[0], numbers[2], numbers[1]]


def test_nobody_else_sees_opens_changes_or_deletes_one(library, ann, ben):
    mine = drafts.save(library, ann, PAIRS, "Mine")
    assert drafts.drafts(library, ben) == ()
    with pytest.raises(NotFound):
        drafts.draft(library, ben, mine.nr)
    assert not drafts.delete(library, ben, str(mine.nr))
    theirs = drafts.save(library, ben, PAIRS[:1], "Theirs", nr=str(mine.nr))
    assert theirs.nr != mine.nr
    assert drafts.draft(library, ann, mine.nr).title == "Mine"
    assert drafts.drafts(library, Actor()) == ()
    with pytest.raises(NotFound):
        drafts.draft(library, Actor(), mine.nr)


def test_a_deleted_one_is_gone(library, ann):
    mine = drafts.save(library, ann, PAIRS, "Mine")
    assert drafts.delete(library, ann, str(mine.nr))
    assert not drafts.delete(library, ann, str(mine.nr))
    assert drafts.drafts(library, ann) == ()


@pytest.mark.parametrize("nr", ["", "0", "-1", "x", "²", "9" * 18, "9" * 400])
def test_a_number_that_is_none_is_nobodys_draft(library, ann, nr):
    assert not drafts.delete(library, ann, nr)
    assert drafts.save(library, ann, PAIRS, "New", nr=nr).title == "New"
    with pytest.raises(NotFound):
        drafts.draft(library, ann, 2**80)


def test_an_account_has_a_hundred_and_others_have_theirs(library, ann, ben):
    for n in range(drafts.MOST):
        last = drafts.save(library, ann, PAIRS, str(n))
    with pytest.raises(BadInput, match="no room for more"):
        drafts.save(library, ann, PAIRS, "one more")
    drafts.save(library, ann, PAIRS, "changed", nr=str(last.nr))
    drafts.save(library, ben, PAIRS, "another's")
    assert len(drafts.drafts(library, ann)) == drafts.MOST


def test_one_that_is_too_long_is_refused(library, ann):
    with pytest.raises(BadInput, match=r"can have 500,000 characters; this one has"):
        drafts.save(library, ann, [("abstract", "a" * 500_001)], "Long")
    assert drafts.drafts(library, ann) == ()


def test_what_no_text_can_hold_does_no_harm(library, ann):
    kept = drafts.save(library, ann, [("title", "a\0b\ud800c")], "\0" * 500 + "t")
    assert drafts.form_of(drafts.draft(library, ann, kept.nr)) == (("title", "abc"),)


def test_a_draft_changes_nothing_that_readers_or_the_log_see(library, ann):
    before = library.store.mark(), len(library.store.audit.page(100))
    drafts.delete(library, ann, str(drafts.save(library, ann, PAIRS, "Mine").nr))
    assert (library.store.mark(), len(library.store.audit.page(100))) == before
