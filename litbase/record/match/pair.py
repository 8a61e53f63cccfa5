"""Two records side by side: what is known of their likeness before any rule is asked."""

from typing import NamedTuple

from litbase.record.match import titles
from litbase.record.match.identifiers import dois
from litbase.record.match.people import shared
from litbase.record.match.places import Place, place
from litbase.record.match.view import View


class Pair(NamedTuple):
    """Two records as they are compared: how alike their titles are, how many people they share, where they stand."""

    one: View
    other: View
    likeness: float
    is_titled: bool  # the titles differ in nothing but small words and misspellings
    shared: int
    where: Place
    dois: str

    @property
    def fewest(self) -> int:
        """How many people the shorter list names."""
        return min(len(self.one.people), len(self.other.people))

    @property
    def is_everyone(self) -> bool:
        """Whether both name the same people, and somebody."""
        return 0 < self.shared == len(self.one.people) == len(self.other.people)

    @property
    def is_acquainted(self) -> bool:
        """Whether both name people, and half of the shorter list is in the other: lists are cut after some names."""
        return 0 < self.fewest <= self.shared * 2

    @property
    def apart(self) -> int | None:
        """How many years lie between the two; None when one is undated, 0 when both are."""
        if self.one.year is None or self.other.year is None:
            return None if self.one.year is not self.other.year else 0
        return abs(self.one.year - self.other.year)

    @property
    def weight(self) -> int:
        """How many telling words the shorter title has."""
        return min(titles.weight(self.one.title), titles.weight(self.other.title))

    @property
    def is_generic(self) -> bool:
        """Whether a title says nothing ("Editorial")."""
        return self.one.title.generic or self.other.title.generic

    @property
    def is_cut_at_a_colon(self) -> bool:
        """Whether one title is the main title of the other, or the other without the rubric it stands under."""
        one, other = self.one.title, self.other.title
        cut = titles.opens(one, other) and (one.whole == other.main or other.whole == one.main)
        return cut or titles.under_a_rubric(one, other)

    @property
    def is_cut(self) -> bool:
        """Whether one title lacks the subtitle of the other, or the rubric it stands under."""
        one, other = self.one.title, self.other.title
        return titles.opens(one, other) or titles.under_a_rubric(one, other)


def pair_of(one: View, other: View, likeness: float) -> Pair:
    """What is known of two records whose titles are *likeness* alike."""
    return Pair(
        one=one,
        other=other,
        likeness=likeness,
        is_titled=titles.same_words(one.title, other.title),
        shared=shared(one.people, other.people),
        where=place(one, other),
        dois=dois(one, other),
    )
