"""Why two records are alike, as notices: who wrote both, what the titles share, how years and kinds differ."""

from typing import Final

from litbase.record.kinds import kind_of
from litbase.record.match.people import person
from litbase.record.match.view import View
from litbase.record.notices import Notice, notice

COUNT_WORDS: Final = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


def who_and_what(one: View, other: View, is_titled: bool, shared: int) -> tuple[Notice, ...]:
    """The reasons in people and titles; *is_titled* when the titles are near each other, *shared* people wrote both."""
    near = "" if one.title.whole == other.title.whole else "-near"
    if shared and shared == len(one.people) == len(other.people):
        if shared == 1:
            return (notice(f"match-author-title{near}"),)
        return (notice(f"match-authors-title{near}", count=COUNT_WORDS.get(shared, str(shared))),)
    reasons = [notice(f"match-title{near}")] if is_titled else []
    known = {p.family for p in one.people} & {p.family for p in other.people}
    names = {
        str(name)
        for view in (one, other)
        for name in view.record.author or view.record.editor
        if (found := person(name)) and found.family in known
    }
    longest = sorted(names, key=lambda name: (-len(name), name))[:1]
    return (*reasons, *(notice("match-shared-author", name=name) for name in longest))


def years(one: View, other: View) -> tuple[Notice, ...]:
    """That the years are the same, or which they are; () when both are undated."""
    if one.year == other.year:
        return (notice("match-year"),) if one.year else ()
    first, second = sorted((str(one.year or "n.d."), str(other.year or "n.d.")))
    return (notice("match-years", one=first, other=second),)


def kinds(one: View, other: View) -> tuple[Notice, ...]:
    """What the two are filed as, where that differs."""
    if one.kind == other.kind:
        return ()
    first, second = sorted((kind_of(one.record).label, kind_of(other.record).label))
    return (notice("match-kinds", one=first, other=second),)
