"""How a search was read: each part of the query tree with the way it is looked for, and what the thesaurus added."""

from dataclasses import dataclass

from litbase.fields import BY_NAME as FIELDS
from litbase.library.finding import Found
from litbase.library.labels import value_label
from litbase.query.show import show
from litbase.query.tree import All, And, Boost, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.parts import Linked

OTHERS = 4  # other names shown of one descriptor


@dataclass(frozen=True, slots=True)
class Part:
    """One condition."""

    kind: str = told("all, none, word, exact, phrase, prefix, near, value, range or words (any of several)")
    field: str = told("Label of the field it is looked for in; empty for all fields")
    texts: tuple[str, ...] = told("The words")
    excluded: bool = told("Whether records that meet it are left out")
    first: bool = told("Whether only the first author counts")
    distance: int = told("How far apart the words of near may be, else 0")


@dataclass(frozen=True, slots=True)
class Also:
    """What is also searched because the query has a name that the thesaurus knows."""

    name: str = told("The name, as the thesaurus spells it")
    today: tuple[Linked, ...] = told("The descriptors that it stands for; () when it is one")
    others: tuple[str, ...] = told("Other names that are searched, the first few")
    more: int = told("How many other names are not shown")


@dataclass(frozen=True, slots=True)
class Below:
    """A descriptor that the query names and that has narrower ones."""

    descriptor: Linked = told("The descriptor, with the records that carry it")
    total: int = told("How many are narrower")


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read."""

    canonical: str = told("The query written out")
    joined: str = told("and or or: how the parts are joined")
    parts: tuple[Part, ...] = told("The conditions")
    also: tuple[Also, ...] = told("What the thesaurus adds")
    expanded: bool = told("Whether that was searched")
    expand_url: str = told("The search without it or, where it was left out, with it")
    below: tuple[Below, ...] = told("Descriptors that can be widened by narrower ones")
    narrower: bool = told("Whether these were searched")
    narrower_url: str = told("The search without them or, where they were left out, with them")


def read_as(found: Found, links: Links) -> Reading:
    """How the query of *found* was read; brackets inside it are shown as the query writes them."""
    query, state = found.query, found.state
    children = query.children if isinstance(query, And | Or) else (query,)

    def linked(name: str) -> Linked:
        return Linked(name, links.filtered("descriptor", name))

    return Reading(
        canonical=show(query),
        joined="or" if isinstance(query, Or) else "and",
        parts=tuple(map(_part, children)),
        also=tuple(
            Also(one.name, tuple(map(linked, one.today)), one.others[:OTHERS], len(one.others[OTHERS:]))
            for one in found.expanded.added
        ),
        expanded=state.expand,
        expand_url=links.search(state.with_expand(not state.expand)),
        below=tuple(Below(linked(one.descriptor), one.total) for one in found.expanded.narrower),
        narrower=state.narrower,
        narrower_url=links.search(state.with_narrower(not state.narrower)),
    )


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
        case Value(field, text):
            return Part("value", _label(field), (value_label(field, text),), excluded, False, 0)
        case Range(field, low, high):
            text = f"{'' if low is None else low}–{'' if high is None else high}"
            return Part("range", _label(field), (text,), excluded, False, 0)
    return Part("group", "", (show(query),), excluded, False, 0)


def _label(field: str) -> str:
    return FIELDS[field].label.lower() if field in FIELDS else ""
