"""The audit log says which run was taken back, by whom, and where one counts again."""


def test_taking_a_run_back_and_letting_it_count_again_is_told(store, incoming):
    run = store.start_run("add", {"who": "Ann"})
    store.put([incoming("One")], run, "Ann")
    store.finish_run(run, {"new": 1})
    undone = store.begin_undoing(run, "Ben", "by mistake")
    list(store.undo_run(undone, "Ben", "by mistake"))
    again = store.begin_undoing(undone, "Cid", "after all")
    list(store.undo_run(again, "Cid", "after all"))
    started = [(row.who, row.subject, row.told) for row in store.audit.page(20, action="run-started")]
    assert started == [
        ("Cid", "3", {"command": "undo", "run": 1, "again": True}),
        ("Ben", "2", {"command": "undo", "run": 1}),
        ("Ann", "1", {"command": "add"}),
    ]
