"""What a style is: the functions that write its entries, citations and notes, and the rules of its bibliography."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from litbase.styles.distinct import PLAIN, Distinction, Rule
from litbase.styles.locators import NOWHERE, Locator
from litbase.styles.quotes import AMERICAN, Quotes
from litbase.styles.rich import Rich
from litbase.styles.sorting import Key
from litbase.styles.work import Work


class Cited(NamedTuple):
    """One work in a citation; *number* is its place in the bibliography, *before* and *behind* are the writer's."""

    work: Work
    distinction: Distinction = PLAIN
    locator: Locator = NOWHERE
    number: int = 1
    before: str = ""
    behind: str = ""


class Style(NamedTuple):
    """A citation style.

    *entry* writes one work in the bibliography, *citation* some works in the text, *narrative* one whose author is part
    of the sentence, *note* a footnote, in full or short.  Without *order* works stay in the order of citation.
    *numbering* is the template of an entry's number.  *authors* is what stands in the author's place of an entry, where
    the style repeats no authors.  *listed* says which works stand in the bibliography, where not all do.
    """

    name: str
    label: str
    entry: Callable[[Work, Distinction], Rich]
    citation: Callable[[Sequence[Cited]], Rich]
    narrative: Callable[[Cited], Rich]
    order: Callable[[Work], Key] | None = None
    rule: Rule | None = None
    note: Callable[[Cited, bool], Rich] | None = None
    authors: Callable[[Work, Distinction], Rich] | None = None
    listed: Callable[[Work], bool] | None = None
    numbering: str = ""
    quotes: Quotes = AMERICAN
    sentence_case: bool = False
