"""What tells works apart that would be cited alike: more names, given names, letters behind the year, titles.

Source: CSL 1.0.2 on disambiguation (names are added one by one, with more of the given name where the style says so,
until the citations differ; what is still alike gets 2019a, 2019b in the order of the bibliography), in the order in
which the reference processor goes about it, since that decides how many names a work keeps.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final, NamedTuple

from litbase.styles.people import FAMILY, FULL, INITIALS, NameForm, Person, initials
from litbase.styles.rich import Rich, plain
from litbase.styles.work import Work


class Distinction(NamedTuple):
    """What tells a work from others: how many names, how much of each given name, a letter, its title.

    *names* is 0 and *given* () where the style's own rule suffices.  *repeated* says that the entry before has the same
    authors.
    """

    names: int = 0
    given: tuple[int, ...] = ()
    letter: str = ""
    titled: bool = False
    repeated: bool = False


PLAIN: Final = Distinction()


class Rule(NamedTuple):
    """How a style tells works apart.

    *mark* is how a work is cited, *people* whose names lead it, written as *form* says.  *given* is "cite" (given names
    are added name by name where they help), or "initials" or "full" (the first author of every work has a given name as
    soon as two first authors share a family name).  *letters* says whether the year gets a letter, else the title is
    added.
    """

    mark: Callable[[Work, Distinction], Rich]
    people: Callable[[Work], Sequence[Person]]
    form: NameForm
    given: str = "cite"
    letters: bool = True


def distinguished(works: Sequence[Work], rule: Rule) -> list[Distinction]:
    """What tells each of *works*, which are in the order of the bibliography, from the others."""
    found = [Distinction(given=given) for given in _first_givens(works, rule)]
    for places in _alike(works, found, rule):
        if len(places) > 1:
            _Search(works, rule, found).run(places)
    return found


def _first_givens(works: Sequence[Work], rule: Rule) -> list[tuple[int, ...]]:
    """How much of the given name of its first author each work shows, as other first authors have the family name."""
    if rule.given == "cite":
        return [()] * len(works)
    families: dict[str, dict[str, set[str]]] = {}
    first = [next(iter(rule.people(work)), None) for work in works]
    for name in first:
        if name and name.given:
            short = initials(name.given, "")
            families.setdefault(_family(name, rule), {}).setdefault(short, set()).add(name.given)
    return [_first_given(name, families, rule) for name in first]


def _family(name: Person, rule: Rule) -> str:
    """A family name as it is compared: with its particle, unless the style puts that behind the name."""
    return name.family if rule.form.demoted else f"{name.particle} {name.family}"


def _first_given(name: Person | None, families: dict[str, dict[str, set[str]]], rule: Rule) -> tuple[int, ...]:
    if name is None or not name.given:
        return ()
    family = families[_family(name, rule)]
    if rule.given == "full" and len(family[initials(name.given, "")]) > 1:
        return (FULL,)
    return (INITIALS,) if len(family) > 1 else ()


def _alike(works: Sequence[Work], found: Sequence[Distinction], rule: Rule) -> list[list[int]]:
    """The places of *works* in groups that are cited alike."""
    groups: dict[str, list[int]] = {}
    for place, work in enumerate(works):
        groups.setdefault(plain(rule.mark(work, found[place])), []).append(place)
    return list(groups.values())


@dataclass(slots=True)
class _Search:
    """The search for what tells works apart that are cited alike.

    Step by step *tried* shows more of their names.  Each step compares the first work of a list with the rest of it:
    works that differ leave the list with *kept*, what has helped so far.  When all names are shown, letters or titles
    go to what is left.
    """

    works: Sequence[Work]
    rule: Rule
    found: list[Distinction]
    tried: Distinction = PLAIN
    kept: Distinction = PLAIN
    most: int = 0
    name: int = 0
    fresh: bool = True
    exhausted: bool = False

    def run(self, places: list[int]) -> None:
        """Tell the works at *places* apart."""
        ordered = sorted(places, key=lambda place: (self._count(place), self.works[place].id))
        self.most = self._count(ordered[0])
        start = max(self._shown(place, PLAIN) for place in ordered)
        self.tried = self.kept = self._padded(self.found[ordered[0]]._replace(names=start))
        lists = [ordered]
        while lists:
            self.name = clashes = 0
            clashes = 0
            while lists[0]:
                clashes = self._scan(lists, clashes)
            del lists[0]

    def _scan(self, lists: list[list[int]], before: int) -> int:
        """Take one step and sort the first of *lists* by it; how many works clash with its first one."""
        last_step = self._step()
        first, *rest = lists[0]
        marks = [plain(self.rule.mark(self.works[place], self.tried)) for place in lists[0]]
        same = [first, *(place for place, mark in zip(rest, marks[1:], strict=True) if mark == marks[0])]
        others = [place for place in rest if place not in same]
        shown = self._shown(lists[0][-1], self.tried)
        self.tried = self._padded(self.tried._replace(names=shown))
        if self.exhausted:
            self._give_up(lists[0], clashes=len(same) > 1)
            lists[0] = []
        else:
            self._settle(lists, same, others, fewer=len(same) - 1 < before, last_step=last_step)
            self.exhausted = last_step
        return len(same) - 1

    def _settle(self, lists: list[list[int]], same: list[int], others: list[int], fewer: bool, last_step: bool) -> None:
        if len(same) == 1:
            self._keep([*same, *others] if len(others) == 1 else same)
            lists[0] = [] if len(others) == 1 else others
            self.fresh = bool(lists[0])
        elif len(others) == 1:
            self._keep(others)
            lists[0] = same
        elif fewer:
            self._keep([])
            lists[0] = same
            lists.append(others)
        elif last_step:
            lists[0] = others
            lists.append(same)

    def _step(self) -> bool:
        """Show more: of a given name, or one name; whether that was the last step."""
        if self.fresh or self.exhausted:
            self.fresh = False
            return False
        given = list(self.tried.given)
        by_cite = self.rule.given == "cite"
        if by_cite and self.name < len(given) and given[self.name] < FULL:
            given[self.name] += 1
            self.tried = self.tried._replace(given=tuple(given))
        elif self.name < self.most:
            self.name += 1
            self.tried = self.tried._replace(names=self.tried.names + 1)
        return self.name == self.most and not (by_cite and self.name < len(given) and given[self.name] < FULL)

    def _keep(self, places: list[int]) -> None:
        """What was just shown has helped: it stays, and is what tells the works at *places*."""
        given = list(self.kept.given)
        if self.rule.given == "cite" and self.name < len(self.tried.given):
            given += [FAMILY] * (self.name + 1 - len(given))
            given[self.name] = self.tried.given[self.name]
        self.kept = self.kept._replace(names=self.tried.names, given=tuple(given))
        for place in places:
            self.found[place] = self.kept

    def _give_up(self, places: Iterable[int], clashes: bool) -> None:
        for count, place in enumerate(sorted(places)):
            if not self.rule.letters:
                self.found[place] = self.kept._replace(titled=True)
            elif clashes:
                self.found[place] = self.kept._replace(letter=letter(count))

    def _count(self, place: int) -> int:
        return len(self.rule.people(self.works[place]))

    def _shown(self, place: int, distinction: Distinction) -> int:
        """How many names the work at *place* shows."""
        count, form = self._count(place), self.rule.form
        return min(count, max(form.shown, distinction.names)) if form.most and count >= form.most else count

    def _padded(self, distinction: Distinction) -> Distinction:
        given = distinction.given
        return distinction._replace(given=(*given, *(FAMILY,) * (distinction.names - len(given))))


def givens_within(people: Iterable[Person], before: Iterable[Person] = ()) -> list[int]:
    """How much of the given names of *people* one entry shows: all where a name told *before* or up to it is alike.

    >>> names = [Person("Lind", "Maja"), Person("Lind", "Mats"), Person("Lind", "Ida")]
    >>> givens_within(names), givens_within(names, before=names)
    ([0, 2, 0], [2, 2, 0])
    """
    known: dict[tuple[str, str], set[str]] = {}
    levels = []
    for name in before:
        known.setdefault((name.family, initials(name.given, "")), set()).add(name.given)
    for name in people:
        alike = known.setdefault((name.family, initials(name.given, "")), set())
        alike.add(name.given)
        levels.append(FULL if len(alike) > 1 else FAMILY)
    return levels


def letter(count: int) -> str:
    """The *count*th letter behind a year, from 0: a, b, ..., z, aa.

    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    before, last = divmod(count, 26)
    return (letter(before - 1) if before else "") + ascii_lowercase[last]
