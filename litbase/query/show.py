"""A query tree as text a reader could have typed."""

from litbase.fields import BY_NAME, ID
from litbase.query.operands import PLAIN_VALUE
from litbase.query.tree import All, And, Boost, Given, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value


def show(query: Query) -> str:
    """The canonical text of *query*: `parse(show(q)).query == q` for every tree the parser makes.

    "" for All.  The text can be longer and hold more brackets than what was typed; where that passes the parser's
    limits, the tree comes back when they are lifted.  Boosts are not shown.

    >>> show(Or((Term("title", "networks"), Not(Phrase("", ("lost", "words"))))))
    'title:networks OR -"lost words"'
    """
    match query:
        case All():
            return ""
        case None_():
            return "-*"
        case And(children):
            return " ".join(_inside(child) for child in children)
        case Or(children):
            return " OR ".join(_inside(child) for child in children)
        case Not(child):
            return "-" + _inside(child)
        case Boost(child):
            return show(child)
        case Near(field, words, distance):
            near = f" NEAR/{distance} ".join(words)
            return f"{field}:({near})" if field else near
        case Range(field, low, high):
            span = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
            return f"{field}:{span}"
        case Given(field):
            return f"{field}:*"
        case Value(field, text):
            doubled = text.replace('"', '""')
            return f'{field}:="{doubled}"'
        case Prefix(field, text):
            return f"{_named(field)}{text}*"
        case Phrase(field, words, first):
            return f'{_named(field)}{"^" * first}"{" ".join(words)}"'
        case Term(field, text, exact, first):
            if field and BY_NAME[field].kind == ID and not PLAIN_VALUE.fullmatch(text):
                return f'{field}:"{text}"'
            return f"{_named(field)}{'^' * first}{'=' * exact}{text}"


def _inside(query: Query) -> str:
    match query:
        case Boost(child):
            return _inside(child)
        case And() | Or() | Near(field=""):
            return f"({show(query)})"
    return show(query)


def _named(field: str) -> str:
    return f"{field}:" if field else ""
