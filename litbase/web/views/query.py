"""How a search was read: each part of the query tree with the way it is looked for."""

from dataclasses import dataclass

from litbase.fields import BY_NAME as FIELDS
from litbase.query.show import show
from litbase.query.tree import All, And, Boost, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term
from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class Part:
    """One condition."""

    kind: str = told("all, none, word, exact, phrase, prefix, near, range or words (any of several)")
    field: str = told("Label of the field it is looked for in; empty for all fields")
    texts: tuple[str, ...] = told("The words")
    excluded: bool = told("Whether records that meet it are left out")
    first: bool = told("Whether only the first author counts")
    distance: int = told("How far apart the words of near may be, else 0")


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read."""

    canonical: str = told("The query written out")
    joined: str = told("and or or: how the parts are joined")
    parts: tuple[Part, ...] = told("The conditions")


def read_as(query: Query) -> Reading:
    """How *query* was read; brackets inside it are shown as the query writes them."""
    match query:
        case And(children):
            return Reading(show(query), "and", tuple(_part(child) for child in children))
        case Or(children):
            return Reading(show(query), "or", tuple(_part(child) for child in children))
    return Reading(show(query), "and", (_part(query),))


def _part(query: Query, excluded: bool = False) -> Part:
    match query:
        case Not(child):
            return _part(child, not excluded)
        case Boost(child, _):
            return _part(child, excluded)
        case All():
            return Part("all", "", (), excluded, False, 0)
        case None_():
            return Part("none", "", (), excluded, False, 0)
        case Term(field, text, exact, first):
            return Part("exact" if exact else "word", _label(field), (text,), excluded, first, 0)
        case Phrase(field, words, first):
            return Part("phrase", _label(field), (" ".join(words),), excluded, first, 0)
        case Prefix(field, text):
            return Part("prefix", _label(field), (text,), excluded, False, 0)
        case Near(field, words, distance):
            return Part("near", _label(field), words, excluded, False, distance)
        case Range(field, low, high):
            text = f"{'' if low is None else low}–{'' if high is None else high}"
            return Part("range", _label(field), (text,), excluded, False, 0)
    return Part("group", "", (show(query),), excluded, False, 0)


def _label(field: str) -> str:
    return FIELDS[field].label.lower() if field in FIELDS else ""
