"""Variants: which printed forms of a name people decided to be one, and by which of them it is found.

The records keep what they print; this stands beside them, as the authority file of a catalogue does.  A decision says
of two forms that they are the same, or that they are different; of those on one pair the last is in force.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from litbase.vocabulary.thesaurus import NONE, Thesaurus, plain

KINDS: Final = ("author", "source", "publisher", "descriptor")  # facets
SAME: Final = "same"
DIFFERENT: Final = "different"
Pair = tuple[str, str]


class Decision(NamedTuple):
    """That *form* is the *same* as *preferred*, under which both are found, or that the two are *different*."""

    kind: str
    form: str
    preferred: str
    verdict: str = SAME


class Apart(NamedTuple):
    """Two forms that people set apart."""

    one: str
    other: str


@dataclass(frozen=True)
class Variants:
    """What the decisions come to: of each kind, the form under which each joined form is found; false for none.

    A preferred form is found under itself, so that looking twice changes nothing.
    """

    preferred: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    different: Mapping[str, frozenset[Pair]] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return any(self.preferred.values())

    def of(self, kind: str, form: str) -> str:
        """The form under which *form* is found: itself unless it was joined to another."""
        return self.preferred.get(kind, {}).get(form, form)

    def joined(self, kind: str, form: str) -> tuple[str, ...]:
        """The other forms that are found under the preferred form *form*, from A to Z; () for none."""
        return self._groups.get(kind, {}).get(form, ())

    def group(self, kind: str, form: str) -> tuple[str, ...]:
        """Every form that is the same as *form*, the preferred one first; *form* alone where none is."""
        preferred = self.of(kind, form)
        return (preferred, *self.joined(kind, preferred))

    def spelled(self, kind: str, words: str) -> tuple[str, ...]:
        """The preferred forms to which a form was joined that has just these *words*, in any case; () for none."""
        return self._spelled.get((kind, plain(words)), ())

    def apart(self, kind: str, forms: Iterable[str], others: Iterable[str]) -> Apart | None:
        """Two that people set apart, one of *forms* and one of *others*; None where there are none."""
        left, right = frozenset(forms), frozenset(others)
        for one, other in sorted(self.different.get(kind, ())):
            for pair in ((one, other), (other, one)):
                if pair[0] in left and pair[1] in right:
                    return Apart(*pair)
        return None

    def standing(self, kind: str, forms: Iterable[str]) -> str:
        """A short text that changes with anything decided on *forms* and those joined with them."""
        groups = {self.group(kind, form) for form in forms}
        inside = {form for group in groups for form in group}
        apart = (pair for pair in self.different.get(kind, ()) if not inside.isdisjoint(pair))
        return hashlib.sha256(repr((kind, sorted(groups), sorted(apart))).encode(errors="replace")).hexdigest()[:16]

    @cached_property
    def _spelled(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], dict[str, None]] = {}
        for kind, forms in self.preferred.items():
            for form, preferred in forms.items():
                if words := plain(form):
                    found.setdefault((kind, words), {})[preferred] = None
        return {words: tuple(preferred) for words, preferred in found.items()}

    @cached_property
    def _groups(self) -> dict[str, dict[str, tuple[str, ...]]]:
        groups: dict[str, dict[str, list[str]]] = {}
        for kind, forms in self.preferred.items():
            for form, preferred in forms.items():
                groups.setdefault(kind, {}).setdefault(preferred, []).append(form)
        return {
            kind: {preferred: tuple(sorted(forms)) for preferred, forms in found.items()}
            for kind, found in groups.items()
        }


ALONE: Final = Variants()


def variants_of(decisions: Iterable[Decision]) -> Variants:
    """What *decisions*, the first first and none that was undone, come to.

    Forms are joined from the last decision back; one that would bring together what is in force as different is passed
    over.  A group is found under the form that its decisions lead to; where they lead to several, that of the last.

    >>> made = variants_of([Decision("author", "Roe, A.", "Roe, Ann"), Decision("author", "Roe, Ann", "Roe, Ann B.")])
    >>> made.of("author", "Roe, A."), made.joined("author", "Roe, Ann B.")
    ('Roe, Ann B.', ('Roe, A.', 'Roe, Ann'))
    """
    last: dict[str, dict[Pair, Decision]] = {}
    for decision in decisions:
        of_kind, pair = last.setdefault(decision.kind, {}), _pair(decision.form, decision.preferred)
        of_kind.pop(pair, None)  # the newest stands last
        if pair[0] != pair[1]:
            of_kind[pair] = decision
    preferred, different = {}, {}
    for kind, in_force in last.items():
        different[kind] = frozenset(pair for pair, decision in in_force.items() if decision.verdict == DIFFERENT)
        same = [decision for decision in in_force.values() if decision.verdict == SAME]
        preferred[kind] = _preferred(same[::-1], different[kind])
    return Variants(preferred, {kind: pairs for kind, pairs in different.items() if pairs})


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _preferred(newest_first: Sequence[Decision], different: frozenset[Pair]) -> dict[str, str]:
    groups = _Groups(different)
    leads: dict[str, str] = {}  # from a form to the one that was preferred to it
    begins: dict[str, str] = {}  # of each group the preferred form of its last decision
    for decision in newest_first:
        form, wanted = decision.form, decision.preferred
        if groups.join(form, wanted) and form not in leads and _end(wanted, leads) != form:
            leads[form] = wanted
    for decision in newest_first:
        if groups.root(decision.form) == groups.root(decision.preferred):
            begins.setdefault(groups.root(decision.form), decision.preferred)
    found = {root: _end(begin, leads) for root, begin in begins.items()}
    every = dict.fromkeys(form for decision in newest_first for form in (decision.form, decision.preferred))
    filed = ((form, found.get(groups.root(form), form)) for form in every)
    return {form: preferred for form, preferred in filed if form != preferred}


def _end(form: str, leads: Mapping[str, str]) -> str:
    while form in leads:
        form = leads[form]
    return form


class _Groups:
    """Forms joined so far, and those that must stay out of each other's group."""

    def __init__(self, different: Iterable[Pair]):
        self._above: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._foes: dict[str, set[str]] = {}
        for one, other in different:
            self._foes.setdefault(one, set()).add(other)
            self._foes.setdefault(other, set()).add(one)

    def root(self, form: str) -> str:
        while form in self._above:
            form = self._above[form]
        return form

    def join(self, one: str, other: str) -> bool:
        """Put the groups of both together; False where that brings together what is different."""
        small, large = sorted((self.root(one), self.root(other)), key=lambda root: len(self._of(root)))
        if small == large:
            return True
        if any(not self._foes.get(member, set()).isdisjoint(self._of(large)) for member in self._of(small)):
            return False
        self._members.setdefault(large, {large}).update(self._of(small))
        self._above[small] = large
        return True

    def _of(self, root: str) -> set[str]:
        return self._members.get(root) or {root}


def changed(before: Variants, after: Variants) -> Iterator[tuple[str, str, str]]:
    """(kind, form, the form under which it was found before) of each form that is found elsewhere now."""
    for kind in KINDS:
        for form in sorted({*before.preferred.get(kind, {}), *after.preferred.get(kind, {})}):
            if before.of(kind, form) != after.of(kind, form):
                yield kind, form, before.of(kind, form)


def filed(kind: str, value: str, variants: Variants, thesaurus: Thesaurus = NONE) -> tuple[str, ...]:
    """The values of the facet *kind* under which a record that prints *value* is counted.

    A descriptor of today is itself, whatever was decided; any other goes to the form it was joined to, and from there
    to what the thesaurus calls it today.
    """
    if kind != "descriptor":
        return (variants.of(kind, value),)
    return (value,) if value in thesaurus else thesaurus.today(variants.of(kind, value))
