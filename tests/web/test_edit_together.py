"""Many editors of one record at once: each change is saved once or shown as a conflict, and none is lost."""

import os
import threading
from collections import Counter

import pytest

from litbase.web import create_app
from tests.web.conftest import ARTICLE, emptied, fill, incoming, post, sign_in
from tests.web.edit.conftest import FORM, ID

EDITORS, TIMES = 50, 20  # SAFETY.md C1
FEW = (10, 5)
LONG = bool(os.environ.get("LITBASE_KILLS"))  # make kills


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, (incoming(ARTICLE, "eric", ID),))
    yield made
    made.close()


@pytest.mark.parametrize(("editors", "times"), [(EDITORS, TIMES) if LONG else FEW], ids=["many"])
def test_the_version_counts_the_changes_that_were_saved(library, editors, times):
    app = create_app(library)
    app.testing = False
    answers, begin = Counter(), threading.Barrier(editors)
    saved, odd = [], []

    def work(client, name):
        begin.wait()
        for n in range(times):
            version = library.store.get(ID).version
            note = f"{name} {n}"
            answer = post(client, FORM, {"version": str(version), "type": "article-journal", "note": note})
            answers[answer.status_code] += 1
            if answer.status_code == 303:
                saved.append(note)
            elif answer.status_code != 409 or note not in answer.get_data(as_text=True):
                odd.append((answer.status_code, answer.get_data(as_text=True)[:500]))

    threads = []
    for number in range(editors):
        client = app.test_client()
        sign_in(client, library, "editor", f"Editor{number}")
        threads.append(threading.Thread(target=work, args=(client, f"Editor{number}")))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert odd == []
    assert answers[303] + answers[409] == editors * times
    assert answers[303] >= times
    stored, history = library.store.get(ID), library.store.history(ID)
    assert stored.version == answers[303] + 1 == len(history)
    assert sorted(revision.after.note for revision in history[1:]) == sorted(saved)
    assert stored.record.note == history[-1].after.note
