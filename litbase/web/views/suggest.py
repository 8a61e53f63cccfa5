"""The popup of the search box: groups of lines, each a link to what choosing it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from litbase.fields import BY_NAME
from litbase.library.suggesting import Suggestion
from litbase.record.text import fold
from litbase.web.links import Links
from litbase.web.views import Html, rich, told

SHOWN = 160  # characters of a long title


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion."""

    text: Html = told("What is suggested, the typed letters marked")
    plain: str = told("The same without marks, whole")
    count: int | None = told("How many records have the value; None for a title")
    year: str = told("Year of a title; empty when undated")
    query: str = told("The whole query it makes; empty where it is not part of a longer one")
    url: str = told("The record, or the search")


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions of one kind."""

    kind: str = told("title, or the name of the facet")
    label: str = told("Label of the facet")
    adds: bool = told("Whether choosing one adds it to what is typed already")
    lines: tuple[Line, ...] = told("The suggestions")


@dataclass(frozen=True, slots=True)
class SuggestPage:
    """The inside of the popup."""

    q: str = told("The text that is typed")
    groups: tuple[Group, ...] = told("The suggestions by kind; () when there are none")


def suggest_page(q: str, found: Sequence[Suggestion], links: Links) -> SuggestPage:
    """The popup for the text *q*."""
    groups = tuple(
        Group(kind, BY_NAME[kind].label, any(one.query for one in some), tuple(_line(one, links) for one in some))
        for kind, some in ((kind, list(same)) for kind, same in groupby(found, key=lambda one: one.kind))
    )
    return SuggestPage(q, groups)


def _line(one: Suggestion, links: Links) -> Line:
    if one.kind == "title":
        url = links.record(one.id)
    else:
        url = links.typed(one.query) if one.query else links.filtered(one.kind, one.value)
    shown = one.value if len(one.value) <= SHOWN else one.value[: SHOWN - 2].rsplit(" ", 1)[0] + " …"
    count = None if one.kind == "title" else one.count
    return Line(rich(shown, (), _typed(shown, one.typed)), one.value, count, str(one.year or ""), one.query, url)


def _typed(value: str, typed: str) -> list[tuple[int, int]]:
    """Where *value* begins with, or holds, the letters *typed*; [] where only the folded words agree."""
    plain, wanted = fold(value), fold(typed.strip())
    at = 0 if plain.startswith(wanted) else plain.find(f" {wanted}") + 1
    return [(at, at + len(wanted))] if wanted and len(plain) == len(value) and plain[at:].startswith(wanted) else []
