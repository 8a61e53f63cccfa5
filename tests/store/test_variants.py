"""Decisions about forms of names in the store: kept in order, touching what prints them, all or nothing."""

import threading

from litbase.store import open_store
from litbase.store import variants as module
from litbase.store.variants import Key, Printing
from litbase.vocabulary.variants import ALONE, DIFFERENT, Decision

ONE = Decision("author", "Doe, A.", "Doe, Ann")
TWO = Decision("source", "J. Educ.", "Journal of Education")


def decide(store, made=(), undone=(), key=None, ids=(), mark="now"):
    at = store.mark() if mark == "now" else mark
    return store.joins.decide(made, undone, key or store.joins.all()[0], Printing(at, ids), "Ann", "why")


def test_a_decision_counts_at_once_and_says_who_and_why(store):
    assert store.variants() == ALONE
    done = decide(store, [ONE, TWO])
    assert done is not None
    assert store.variants().of("author", "Doe, A.") == "Doe, Ann"
    key, (first, second) = store.joins.all()
    assert key == Key(2, 0)
    assert (first.form, first.who, first.why, first.run, first.undone) == ("Doe, A.", "Ann", "why", done.run, 0)
    assert second.said == TWO
    [row] = store.audit.page(1)
    assert (row.who, row.action, row.subject) == ("Ann", "variants-decided", str(done.run))
    assert store.audit.verify().fault is None


def test_the_records_that_print_a_form_are_followed_again_and_no_others(store, incoming):
    ids = [outcome.id for outcome in store.put([incoming("One"), incoming("Two"), incoming("Three")], 1)]
    before = store.mark()
    done = decide(store, [ONE], ids=(ids[1], "gone"))
    assert done is not None
    assert done.touched == 1
    assert [id for _, id in store.changes(before[2])] == [ids[1]]
    assert store.mark()[1] == before[1]
    assert store.get(ids[1]).version == 1  # the record itself did not change


def test_what_changed_after_the_index_was_asked_is_followed_too(store, incoming):
    store.put([incoming("One")], 1)
    mark = store.mark()
    [late] = store.put([incoming("Late")], 1)
    before = store.mark()[2]
    decide(store, [ONE], mark=mark)
    assert [id for _, id in store.changes(before)] == [late.id]


def test_without_an_index_and_for_a_great_many_the_index_is_built_anew(store, incoming, monkeypatch):
    store.put([incoming("One"), incoming("Two")], 1)
    epochs = [store.mark()[1]]
    assert decide(store, [ONE], mark=None).touched == -1
    epochs.append(store.mark()[1])
    assert decide(store, [TWO], mark=("another", "store", 1)).touched == -1
    epochs.append(store.mark()[1])
    monkeypatch.setattr(module, "MOST", 1)
    everything = tuple(id for _, id in store.changes(0))
    assert decide(store, [Decision("author", "a", "b")], ids=everything).touched == -1
    assert len({*epochs, store.mark()[1]}) == 4


def test_a_decision_on_what_others_changed_meanwhile_is_not_made(store):
    key, _ = store.joins.all()
    decide(store, [ONE])
    before = store.mark(), store.audit.page(10)
    assert decide(store, [TWO], key=key) is None
    assert (store.mark(), store.audit.page(10)) == before
    assert store.variants().of("source", "J. Educ.") == "J. Educ."


def test_undone_counts_no_longer_and_stays_in_the_list(store):
    decide(store, [ONE])
    done = decide(store, undone=[1])
    assert store.variants() == ALONE
    assert [one.undone for one in store.joins.all()[1]] == [done.run]
    decide(store, [ONE])
    assert store.variants().of("author", "Doe, A.") == "Doe, Ann"


def test_an_open_store_notices_what_another_one_decides(url):
    one, other = open_store(url, create=True), open_store(url)
    assert other.variants() == ALONE
    decide(one, [ONE])
    assert other.variants() == one.variants()
    assert other.variants() is other.variants()
    one.close()
    other.close()


def test_a_rehearsed_decision_is_forgotten_though_its_number_is_given_again(store):
    with store.rehearsal():
        decide(store, [ONE])
        assert store.variants().of("author", "Doe, A.") == "Doe, Ann"
    assert store.variants() == ALONE
    decide(store, [Decision("author", "Doe, A.", "Doe, Andrew")])
    assert store.variants().of("author", "Doe, A.") == "Doe, Andrew"


def test_eight_people_deciding_at_once_lose_nothing(store):
    def work(person: int) -> None:
        for n in range(5):
            said = [Decision("author", f"form {person} {n}", "preferred", DIFFERENT if n % 2 else "same")]
            while decide(store, said) is None:
                pass

    threads = [threading.Thread(target=work, args=(person,)) for person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _, every = store.joins.all()
    assert [one.nr for one in every] == list(range(1, 41))
    assert len({one.form for one in every}) == len({one.run for one in every}) == 40
