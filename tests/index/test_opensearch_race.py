"""The first good answer counts, and nobody is asked more often than allowed."""

import math
import threading
import time
from collections.abc import Callable

import pytest

from litbase.index import patience
from litbase.index.opensearch.race import Spare, both, first_answer

LONG = 20.0  # seconds that no test waits for


class Asked:
    """What answers by turns: a text, an exception, or a hanging that ends with the test."""

    def __init__(self, *turns: str | Exception | None):
        self.turns = list(turns)
        self.count = 0
        self.over = threading.Event()

    def __call__(self) -> str:
        turn = self.turns[min(self.count, len(self.turns) - 1)]
        self.count += 1
        if turn is None:
            self.over.wait(LONG)
            raise ConnectionError("it hung")
        if isinstance(turn, Exception):
            raise turn
        return turn


@pytest.fixture
def asked() -> Callable[..., Asked]:
    made: list[Asked] = []

    def ask(*turns: str | Exception | None) -> Asked:
        made.append(Asked(*turns))
        return made[-1]

    yield ask
    for one in made:
        one.over.set()


def raced(ask: Asked, tries: int = 3, late: float = 0.05, seconds: float = LONG) -> str:
    return first_answer(ask, tries, late, time.monotonic() + seconds, lambda error: isinstance(error, ConnectionError))


def test_one_is_enough_when_it_answers(asked: Callable[..., Asked]) -> None:
    assert (raced(ask := asked("good")), ask.count) == ("good", 1)


@pytest.mark.parametrize("turns", [(None, "good"), (None, None, "good"), (ConnectionError(), None, "good")])
def test_another_is_asked_when_one_is_late_or_out_of_reach(asked: Callable[..., Asked], turns: tuple) -> None:
    ask = asked(*turns)
    assert (raced(ask), ask.count) == ("good", len(turns))


def test_what_answers_late_counts_too(asked: Callable[..., Asked]) -> None:
    ask = asked(None, None)
    slow = asked("slow")

    def first_late() -> str:
        if ask.count == 0:
            ask.count += 1
            time.sleep(0.3)
            return slow()
        return ask()

    assert first_answer(first_late, 2, 0.05, time.monotonic() + LONG, lambda error: True) == "slow"
    assert ask.count == 2


def test_what_is_not_read_is_asked_of_another_only_after_an_error(asked: Callable[..., Asked]) -> None:
    ask = asked(ConnectionError(), "good")
    assert (raced(ask, late=math.inf), ask.count) == ("good", 2)
    hanging = asked(None, "good")
    with pytest.raises(TimeoutError):
        raced(hanging, late=math.inf, seconds=0.3)
    assert hanging.count == 1


def test_an_error_that_another_would_give_too_is_raised_at_once(asked: Callable[..., Asked]) -> None:
    ask = asked(ValueError("wrong"), "good")
    with pytest.raises(ValueError, match="wrong"):
        raced(ask)
    assert ask.count == 1


def test_the_last_error_is_raised_when_all_fail(asked: Callable[..., Asked]) -> None:
    ask = asked(ConnectionError("one"), ConnectionError("two"), ConnectionError("three"))
    with pytest.raises(ConnectionError, match="three"):
        raced(ask)
    assert ask.count == 3


def test_nobody_is_waited_for_beyond_the_end(asked: Callable[..., Asked]) -> None:
    ask = asked(None)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        raced(ask, seconds=0.4)
    assert time.monotonic() - begun < LONG / 2
    assert ask.count == 3


def test_nobody_else_is_asked_while_that_may_not_be(asked: Callable[..., Asked]) -> None:
    ask = asked(None, "good")
    with pytest.raises(TimeoutError):
        first_answer(ask, 3, 0.02, time.monotonic() + 0.3, lambda error: True, lambda: False)
    assert ask.count == 1
    turns = iter([False, False, True])
    ask = asked(None, "good")
    assert first_answer(ask, 3, 0.02, time.monotonic() + LONG, lambda error: True, lambda: next(turns)) == "good"


def test_a_share_of_all_questions_may_be_asked_twice() -> None:
    spare = Spare(0.25, 3)
    assert [spare.spend() for _ in range(4)] == [True, True, True, False]
    told = []
    for _ in range(40):
        spare.earn()
        told.append(spare.spend())
    assert sum(told) == 10
    for _ in range(100):
        spare.earn()
    assert [spare.spend() for _ in range(4)] == [True, True, True, False]


def test_both_run_at_the_same_time_within_the_patience_of_who_asks() -> None:
    met = threading.Barrier(2, timeout=LONG)
    assert both(met.wait, met.wait) in {(0, 1), (1, 0)}
    with patience.within(3):
        assert all(left < 3 for left in both(patience.left, patience.left))


@pytest.mark.parametrize("place", [0, 1])
def test_what_one_of_both_raises_is_raised(place: int) -> None:
    def fail() -> str:
        raise ConnectionError("it failed")

    asked = [lambda: "good", lambda: "good"]
    asked[place] = fail
    with pytest.raises(ConnectionError, match="it failed"):
        both(*asked)
