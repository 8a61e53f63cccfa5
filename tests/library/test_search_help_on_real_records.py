"""What readers expect around search, measured on ERIC's 7,046 records and the seeds: the figures asked for."""

import random
from bisect import bisect_left
from collections import Counter
from functools import cache

import pytest

from litbase.library import Library
from litbase.library.finding import count
from litbase.library.reading import Entry
from litbase.library.related import related
from litbase.library.spelling import did_you_mean
from litbase.library.suggesting import LINES, suggestions
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.record.text import sort_form, tokens
from tests.library.small import first_letters, misspelled

pytestmark = pytest.mark.slow
DRAWN = 300
ENOUGH = 0.9


@pytest.fixture(scope="module")
def eric(full: tuple[Library, list[Entry]]) -> Library:
    """A library of the seeds and the ERIC answers."""
    return full[0]


@pytest.fixture(scope="module")
def records(eric: Library) -> list[Record]:
    """Its records."""
    return [s.record for s in eric.store.scan("", 10_000) if s.record.type != "cited"]


@pytest.fixture(scope="module")
def values(records: list[Record]) -> dict[str, Counter[str]]:
    """Its titles, authors and descriptors, with how many records have each."""
    return {
        "title": Counter(r.title for r in records if r.title),
        "author": Counter(str(name) for r in records for name in dict.fromkeys((*r.author, *r.editor))),
        "descriptor": Counter(term for r in records for term in dict.fromkeys((*r.descriptors, *r.keywords))),
    }


def told(library: Library, kind: str, value: str) -> bool:
    """Whether the first eight letters of *value* list it."""
    lines = suggestions(library, first_letters(value))
    assert len(lines) <= LINES
    return (kind, value) in [(line.kind, line.value) for line in lines]


def beginning(filed: list[str], letters: str) -> int:
    """How many of the sorted values begin with *letters*."""
    return bisect_left(filed, letters + "\U0010ffff") - bisect_left(filed, letters)


# Which share of 300 of each kind is listed at least, as they occur in records and each once.  All eight lines hold what
# begins with the letters typed; 2,426 of the 7,040 titles begin with the same eight letters as eight others at least.
SHARES = {
    "by occurrence": {"together": ENOUGH, "author": ENOUGH, "descriptor": ENOUGH, "title": 0.75},
    "each once": {"together": 0.87, "author": ENOUGH, "descriptor": 0.85, "title": 0.75},
}


@pytest.mark.parametrize("drawn", SHARES)
def test_eight_letters_list_the_target_within_eight_lines(
    eric: Library, values: dict[str, Counter[str]], drawn: str
) -> None:
    filed = sorted(sort_form(value) for some in values.values() for value in some)
    listed = cache(lambda kind, value: told(eric, kind, value))  # a name of many records is drawn often
    share: dict[str, float] = {}
    missed: set[str] = set()
    for kind, some in values.items():
        chance, names = random.Random(f"eight letters of a {kind}"), sorted(some)
        targets = (
            chance.choices(names, [some[n] for n in names], k=DRAWN)
            if drawn == "by occurrence"
            else chance.sample(names, DRAWN)
        )
        hidden = [value for value in targets if not listed(kind, value)]
        share[kind] = 1 - len(hidden) / DRAWN
        missed |= set(hidden)
    crowded = {value for value in missed if beginning(filed, sort_form(first_letters(value))) > LINES}
    assert missed == crowded, "everything that at most eight things begin like is listed"
    share["together"] = sum(share.values()) / len(share)
    assert {name: share[name] >= least for name, least in SHARES[drawn].items()} == dict.fromkeys(
        SHARES[drawn], True
    ), share


@pytest.fixture(scope="module")
def vocabulary(values: dict[str, Counter[str]]) -> Counter[str]:
    """The words of titles, authors and descriptors of four letters or more, with how often they stand there."""
    words: Counter[str] = Counter()
    for some in values.values():
        for value, times in some.items():
            for token in tokens(value):
                if len(token.forms[0]) > 3 and token.forms[0].isalpha():
                    words[token.forms[0]] += times
    return words


def meant(library: Library, word: str) -> str:
    state = SearchState(q=word)
    found = did_you_mean(library, state, count(library, state))
    assert found is None or found.total > 0
    return found.state.q if found else ""


def error(library: Library, word: str, chance: random.Random) -> str:
    """*word* with one slip that does not make it another word of the library: that would be right."""
    while count(library, SearchState(q=f"={(wrong := misspelled(word, chance))}")):
        pass
    return wrong


@pytest.mark.parametrize("drawn", ["by occurrence", "from the vocabulary"])
def test_seeded_errors_lead_back_and_right_words_stay(eric: Library, vocabulary: Counter[str], drawn: str) -> None:
    chance = random.Random(f"errors {drawn}")
    words = sorted(vocabulary)
    weights = [vocabulary[word] for word in words] if drawn == "by occurrence" else None
    right = chance.choices(words, weights, k=DRAWN)
    assert [word for word in right if meant(eric, word)] == []
    wrong = [(word, error(eric, word, chance)) for word in right]
    missed = [(word, slip, meant(eric, slip)) for word, slip in wrong if meant(eric, slip) != word]
    assert 1 - len(missed) / DRAWN >= ENOUGH, missed


def test_the_nearest_record_of_the_first_seed_is_the_second(eric: Library) -> None:
    near = related(eric, eric.store.get("EJ1223055").record)  # type: ignore[union-attr]
    assert near[0].record.container_title == "Education Week"
    assert near[0].relation == "version"
    assert len(near) <= 5
