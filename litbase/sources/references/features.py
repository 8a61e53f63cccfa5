"""What the tagger looks at: for each word of a reference, the observations that tell which part it belongs to.

A word's own form and its neighbours'; the sentence and the piece it stands in; how many years, quotations and stops
came before it; and what the rules make of it, their marks and their whole reading.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from litbase.record.text import fold
from litbase.sources.references.marks import Part, marks
from litbase.sources.references.names import given_names
from litbase.sources.references.rules import parts_by_rules
from litbase.sources.references.tokens import Stretch, Word, pieces_of


def features(text: str, words: tuple[Word, ...]) -> list[list[str]]:
    """The observations of each of *words*, in order; *text* is the reference they are of."""
    states = list(_states(words))
    quoting = sum('"' in gap for gap in (*(word.before for word in words[:1]), *(word.after for word in words))) > 1
    layout = _year_layout(words, states)
    found = [
        [*_own(words, place), *_standing(words, place, states[place], layout, quoting), *_near(words, place)]
        for place in range(len(words))
    ]
    for name, stretches in zip("BS", pieces_of(words), strict=True):
        _add_pieces(found, words, stretches, name)
    _add_parts(found, words, text)
    return found


def _own(words: tuple[Word, ...], place: int) -> Iterator[str]:
    word = words[place]
    form, kind, before, after = word.folded, word.kind, word.before, word.after
    yield from (f"w={form}", f"c={kind}", f"s={word.shape}", f"p={after}", f"b={before}", f"bp={before}|{after}")
    yield from (f"cp={kind}|{after}", f"cb={kind}|{before}|{after}", f"suf4={form[-4:]}")
    for size in (1, 2, 3):
        yield from (f"pre{size}={form[:size]}", f"suf{size}={form[-size:]}")
    for said in word.says:
        yield from (f"l={said}", f"lp={said}|{after}")
    if not word.says:
        yield "l=-"
    if form in _given_names():
        yield "gn"


class _State(NamedTuple):
    """What came before a word: brackets and quotations open, quotations closed, years, "in"s and stops."""

    bracket: bool
    quoted: bool
    closed: int
    years: int
    leads: int
    stops: int


def _states(words: tuple[Word, ...]) -> Iterator[_State]:
    bracket = quoted = False
    closed = years = leads = stops = 0
    for word in words:
        for mark in word.before:
            if mark in "([)]":
                bracket = mark in "(["
            elif mark == '"':
                quoted = not quoted
                closed += not quoted
        yield _State(bracket, quoted, min(closed, 2), min(years, 2), min(leads, 2), min(stops, 4))
        years += word.kind == "year"
        leads += word.folded in ("in", "dans") and word.text[0] == "I"
        stops += word.after[0] == "." and word.kind not in ("I", "II")


def _standing(words: tuple[Word, ...], place: int, state: _State, layout: str, quoting: bool) -> Iterator[str]:
    """Where a word stands in the reference; *layout* and *quoting* are of the reference."""
    word, whole = words[place], len(words)
    yield from (
        f"in={state.bracket}{state.quoted}",
        f"qd={state.closed}{state.quoted}{quoting}",
        f"ys={state.years}{layout}",
    )
    yield from (
        f"ins={state.leads}",
        f"st={state.stops}{state.years}{state.closed}",
        f"stq={state.stops}|{quoting}|{layout}",
    )
    yield from (f"pos={place * 10 // whole}", f"idx={min(place, 4)}", f"end={min(whole - 1 - place, 4)}")
    yield f"posc={place * 5 // whole}|{word.kind}|{word.after}"


def _year_layout(words: tuple[Word, ...], states: list[_State]) -> str:
    """Where and how the first year stands, which tells the styles apart."""
    first = next((place for place, word in enumerate(words) if word.kind == "year"), None)
    if first is None:
        return "none"
    return ("paren" if states[first].bracket else "bare") + ("early" if first < len(words) * 0.4 else "late")


def _near(words: tuple[Word, ...], place: int) -> Iterator[str]:
    word, names = words[place], _given_names()
    for offset in (-3, -2, -1, 1, 2, 3):
        if not 0 <= place + offset < len(words):
            yield f"w{offset}=#"
            continue
        other = words[place + offset]
        yield from (
            f"c{offset}={other.kind}",
            f"p{offset}={other.after}",
            *(f"l{offset}={said}" for said in other.says),
        )
        if abs(offset) < 3:
            yield f"w{offset}={other.folded}"
        if abs(offset) == 1 and other.folded in names:
            yield f"gn{offset:+}"
    if place:
        last = words[place - 1]
        yield from (f"cc-={last.kind}|{word.before}|{word.kind}|{word.after}", f"ww-={last.folded}|{word.folded}")
    if place > 1:
        yield f"ccc={words[place - 2].kind}{last.before}{last.kind}{word.before}{word.kind}"
    if place + 1 < len(words):
        following = words[place + 1]
        yield f"cc+={word.kind}|{word.after}|{following.kind}|{following.after}"
        if place + 2 < len(words):
            yield f"ccc+={word.kind}{word.after}{following.kind}{following.after}{words[place + 2].kind}"


@cache
def _given_names() -> frozenset[str]:
    return frozenset(map(fold, given_names()))


# --- pieces


class _Piece(NamedTuple):
    """A sentence or piece: what its words are like, and what they say."""

    manner: str
    says: frozenset[str]


def _piece(words: Iterable[Word]) -> _Piece:
    words = tuple(words)
    capitals = sum(word.kind in ("Cap", "CAPS", "II", "I") for word in words)
    small = sum(word.kind == "low" and len(word.folded) > 3 for word in words)
    numbers = sum(word.kind in ("year", "range", "mixed") or word.kind[0] == "d" for word in words)
    initials = sum(word.kind == "I" for word in words)
    if numbers == len(words):
        manner = "n"
    elif initials * 2 >= len(words):
        manner = "I"
    elif not small and capitals:
        manner = "C"
    else:
        manner = "m" if small <= capitals else "l"
    return _Piece(manner, frozenset(said for word in words for said in word.says))


def _length(words: int) -> int:
    """How long a piece is, roughly."""
    return next((step for step in (14, 9, 6, 4) if words >= step), words)


def _add_pieces(found: list[list[str]], words: tuple[Word, ...], stretches: list[Stretch], name: str) -> None:
    """Add what the pieces named *name* tell of each word: its own piece, and those before and after."""
    order = list(dict.fromkeys(stretches))
    number = {stretch: place for place, stretch in enumerate(order)}
    pieces = [_piece(words[start:stop]) for start, stop in order]
    none = _Piece("#", frozenset())
    for place, (start, stop) in enumerate(stretches):
        at = number[start, stop]
        manner, says = pieces[at]
        before = pieces[at - 1] if at else none
        after = pieces[at + 1] if at + 1 < len(order) else none
        edge = "B" if place == start else "E" if place == stop - 1 else "I"
        found[place] += (
            f"{name}i={min(at, 6)}", f"{name}r={manner}{_length(stop - start)}",
            f"{name}p={words[stop - 1].after}|{manner}",
            f"{name}pos={edge}{manner}", f"{name}w={words[start].folded}", f"{name}e={words[stop - 1].folded}",
            f"{name}ctx={before.manner}{manner}{after.manner}", f"{name}fromend={min(len(order) - 1 - at, 5)}{manner}",
            *sorted(f"{name}l={said}" for said in says), *sorted(f"{name}nl={said}" for said in after.says),
            *sorted(f"{name}pl={said}" for said in before.says),
        )  # fmt: skip


# --- what the rules say


def _add_parts(found: list[list[str]], words: tuple[Word, ...], text: str) -> None:
    """Add what the rules make of each word: the part their reading puts it in, the mark it stands in."""
    labels, edges = _covered(words, parts_by_rules(text))
    marked, mark_edges = _covered(words, marks(text))
    order = [label for place, label in enumerate(labels) if label != "-" and labels[place - 1 : place] != [label]]
    layout = "-".join(label[:2] for label in order[:4])
    around, beside = ["#", *labels, "#"], ["#", "#", *marked, "#", "#"]
    for place, label in enumerate(labels):
        found[place] += (
            f"R={label}", f"RP={label}{edges[place]}", f"Rs={label}{layout}", f"M={marked[place]}{mark_edges[place]}",
            f"Rp={around[place]}|{label}", f"Rn={label}|{around[place + 2]}",
            *(f"M{offset}={beside[place + 2 + offset]}" for offset in (-2, -1, 1, 2)),
        )  # fmt: skip


def _covered(words: tuple[Word, ...], parts: tuple[Part, ...]) -> tuple[list[str], list[str]]:
    """The label of the part each word stands in, "-" for none, and which word of the part it is."""
    labels, edges = ["-"] * len(words), ["-"] * len(words)
    for part in parts:
        inside = [place for place, word in enumerate(words) if word.start < part.stop and word.stop > part.start]
        for place in inside:
            labels[place], edges[place] = part.label, "I"
        if inside:
            edges[inside[0]] = "B"
            edges[inside[-1]] = "E" if len(inside) > 1 else "U"
    return labels, edges
