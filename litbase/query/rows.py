"""Rows of an advanced search, and the query they write: "and", "or" or "not", a field, words, and how they are meant.

Rows are taken from the first to the last, so that brackets stand round those before an "or" or behind one.  A query is
read back into the rows that would write it, or else stands in one row as it was typed.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from litbase.fields import BY_NAME, ID
from litbase.query.joining import WORDS
from litbase.query.lexemes import UNMARKED, Lexeme, Scope, lexemes, plain
from litbase.query.operands import LIMITS, PLAIN_VALUE
from litbase.query.parse import parse
from litbase.query.show import show
from litbase.query.tree import Given, Phrase, Prefix, Range, Term, Value
from litbase.record.notices import Notice
from litbase.record.text import clean, squash

JOINS: Final = ("and", "or", "not")
WAYS: Final = ("all", "any", "phrase", "typed")
MOST: Final = 15  # rows; each may need a bracket more
_PIECE = re.compile(r'[=^]{0,2}"(?:[^"]|"")*+"|[^\s"]+|"')
_OPEN: Final = frozenset({"bracket-closed", "bracket-dropped", "quote-closed"})
_JOINED: Final = {"and": " AND ", "or": " OR ", "not": " NOT "}


class Row(NamedTuple):
    """One row: *join* is one of JOINS, *way* of WAYS; "typed" is a whole query, whose *field* is ""."""

    join: str = "and"
    field: str = ""
    words: str = ""
    way: str = "all"


def write(rows: Iterable[Row]) -> str:
    """The query that *rows* ask for; "" when none has words.  The first can only exclude.

    >>> write([Row("and", "title", "learning network*", "any"), Row("not", "author", "Mehta")])
    'title:(learning OR network*) NOT author:Mehta'
    >>> write([Row("and", "", "learning"), Row("or", "", "school life", "phrase"), Row("and", "type", "Book chapter")])
    '(learning OR "school life") AND type:"Book chapter"'
    """
    asked = [row for row in rows if squash(plain(row.words))]
    text, before = "", ""
    for place, row in enumerate(asked):
        unit = _unit(row, alone=len(asked) == 1 and row.join != "not")
        if not unit:
            continue
        if not place or not text:
            text = f"NOT {unit}" if row.join == "not" else unit
            before = "not" if row.join == "not" else ""
            continue
        if before and (row.join == "or") != (before == "or"):
            text = f"({text})"
        text += _JOINED.get(row.join, _JOINED["and"]) + unit
        before = row.join
    return text


def read(text: str, op: str = "and") -> tuple[Row, ...]:
    """The rows that write the query *text* where a space means *op*; one row "typed" where there are no such.

    >>> read("learning communities -title:school")[1:]
    (Row(join='not', field='title', words='school', way='all'),)
    >>> read("a NEAR/5 b")
    (Row(join='and', field='', words='a NEAR/5 b', way='typed'),)
    """
    wanted = parse(text, op=op).query
    if op != "and":
        text = show(wanted)
    if not squash(text):
        return ()
    notices: list[Notice] = []
    rows = _chain(list(lexemes(plain(text[: LIMITS.length]).strip(), notices)))
    if rows and len(rows) <= MOST and all(row.words for row in rows) and parse(write(rows)).query == wanted:
        return tuple(rows)
    return (Row("and", "", squash(clean(text)), "typed"),)


def _unit(row: Row, alone: bool) -> str:
    """The words of *row* in its field; bare where it stands *alone* and has no field."""
    if row.way == "typed":
        text = squash(clean(row.words))
        return text if alone else _bracketed(text)
    words = squash(plain(row.words))
    kind = BY_NAME[row.field].kind if row.field in BY_NAME else ""
    if row.way == "phrase" or (kind == ID and row.way == "all" and not _marked(words, row.field)):
        pieces = [_quoted(words, row.field)]
    else:
        pieces = [_piece(piece, row.field) for piece in _PIECE.findall(words)]
    pieces = [piece for piece in pieces if piece]
    joined = (" OR " if row.way == "any" else " ").join(pieces)
    if len(pieces) == 1:
        return f"{row.field}:{joined}" if row.field else joined
    if row.field and any(piece.startswith('="') for piece in pieces):
        return f"({(' OR ' if row.way == 'any' else ' ').join(f'{row.field}:{piece}' for piece in pieces)})"
    return f"{row.field}:({joined})" if row.field else joined if alone or not joined else f"({joined})"


def _bracketed(text: str) -> str:
    """*text* so that it stays together among other rows."""
    parsed, whole = parse(text), f"({text})"
    open_ended = any(note.code in _OPEN for note in parsed.notices)
    return whole if parse(whole).query == parsed.query and not open_ended else f"({show(parsed.query)})"


def _marked(words: str, field: str) -> bool:
    return _piece(words, field) == words


def _quoted(words: str, field: str) -> str:
    words = squash(words.replace('"', " "))
    if _is_bare(words, field):
        return words
    return f'"{words}"' if words else ""


def _is_bare(words: str, field: str) -> bool:
    """Whether *words* are a whole value of *field* that needs no quotation marks."""
    return field in BY_NAME and BY_NAME[field].kind == ID and bool(PLAIN_VALUE.fullmatch(words))


def _piece(piece: str, field: str) -> str:
    """*piece* as it was typed where it is one operand of *field*, without mending; else in quotation marks."""
    parsed = parse(f"{field}:{piece}" if field else piece)
    match parsed.query:
        case Term(its_field, _) | Phrase(its_field, _) | Prefix(its_field, _) | Value(its_field, _):
            good = its_field == field
        case Range(its_field, _, _) | Given(its_field):
            good = its_field == field
        case _:
            good = parsed.identifier is not None and not field
    found = list(lexemes(piece, []))
    alone = len(found) == 1 and found[0].kind in ("word", "phrase") and found[0].text.lower() not in WORDS
    return piece if good and alone and not parsed.notices else _quoted(piece, field)


class _Unit(NamedTuple):
    field: str
    words: str
    way: str
    bare: bool  # words without a field and without brackets, which go on


def _chain(pieces: Sequence[Lexeme]) -> list[Row] | None:
    """The rows that *pieces* are, None where they are none."""
    rows: list[Row] = []
    goes_on, at, join, excluded = False, 0, "", False
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind in ("and", "or"):
            join, goes_on, at = piece.kind, False, at + 1
            continue
        if piece.kind == "not":
            excluded, goes_on, at = not excluded, False, at + 1
            continue
        end = _end(pieces, at)
        inner = pieces[at + 1 : end - 1]
        unit = _read_unit(piece, inner)
        if unit is None:
            chain = (
                _chain(inner) if piece.kind == "(" and piece.scope == UNMARKED and not rows and not excluded else None
            )
            if not chain:
                return None
            rows, goes_on, at = chain, False, end
            continue
        if join == "or" and excluded:
            return None
        way = "not" if excluded else join or "and"
        if goes_on and unit.bare and not join and not excluded:
            last = rows[-1]
            rows[-1] = last._replace(
                words=f"{_requoted(last)} {_requoted(Row('', '', unit.words, unit.way))}", way="all"
            )
        else:
            rows.append(Row("and" if not rows and way == "or" else way, unit.field, unit.words, unit.way))
        goes_on, join, excluded, at = unit.bare and way == "and", "", False, end
    return rows


def _requoted(row: Row) -> str:
    return f'"{row.words}"' if row.way == "phrase" else row.words


def _end(pieces: Sequence[Lexeme], at: int) -> int:
    """Behind the operand at *at*: behind its closing bracket where it has one."""
    depth = 0
    for place in range(at, len(pieces)):
        depth += (pieces[place].kind == "(") - (pieces[place].kind == ")")
        if depth <= 0:
            return place + 1
    return len(pieces) + 1


def _read_unit(piece: Lexeme, inner: Sequence[Lexeme]) -> _Unit | None:
    """What one operand is as the words of a row."""
    scope = piece.scope
    if piece.kind in ("word", "value"):
        return _Unit(scope.field, _typed(piece), "all", bare=not scope.field)
    if piece.kind == "phrase":
        if scope.exact or scope.first:
            return _Unit(scope.field, _typed(piece), "all", bare=not scope.field)
        words = squash(piece.text)
        return _Unit(scope.field, words, "all" if _is_bare(words, scope.field) else "phrase", bare=not scope.field)
    if piece.kind != "(" or scope.exact or scope.first or not inner:
        return None
    operands, joins = inner[::2], {each.kind for each in inner[1::2]}
    if joins == {"or"} and len(inner) % 2 and all(_is_plain(each, scope) for each in operands):
        return _Unit(_field_of(operands, scope), " ".join(map(_typed, operands)), "any", bare=False)
    if all(_is_plain(each, scope) for each in inner):
        return _Unit(_field_of(inner, scope), " ".join(map(_typed, inner)), "all", bare=False)
    return None


def _is_plain(piece: Lexeme, outer: Scope) -> bool:
    """Whether *piece* is a word without a field; a whole value must have one."""
    if piece.kind == "value":
        return not outer.field
    return piece.kind in ("word", "phrase") and not piece.scope.field


def _field_of(pieces: Sequence[Lexeme], outer: Scope) -> str:
    fields = {outer.field or piece.scope.field for piece in pieces}
    return fields.pop() if len(fields) == 1 else outer.field


def _typed(piece: Lexeme) -> str:
    marks = "^" * piece.scope.first + "=" * piece.scope.exact
    if piece.kind == "value":
        doubled = piece.text.replace('"', '""')
        return f'="{doubled}"'
    return f'{marks}"{piece.text}"' if piece.kind == "phrase" else marks + piece.text
