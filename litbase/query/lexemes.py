"""The pieces a typed query falls into: operands with their marks, operators and brackets.

Habits come from Lucene's syntax, ERIC's field names and what library catalogues
are asked; nothing here knows what the pieces mean together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from litbase.fields import ALIASES, BY_NAME, FACETS, ID, NAME, NUMBER, TEXT
from litbase.record.notices import Notice, notice
from litbase.record.text import clean, tokens

# Full-width ASCII as East Asian keyboards type it, and the quotation marks of several languages
_PLAIN: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞「」『』"), '"'),
    ord("−"): "-",
    ord("…"): "...",
    ord("≤"): "<=",
    ord("≥"): ">=",
}
_NUMBERS: Final = "|".join(alias for alias, name in ALIASES.items() if BY_NAME[name].kind == NUMBER)
_MARKS = re.compile(
    r"(?P<minus>-?)(?P<marks>[=^]{0,4})"
    rf"(?:(?P<name>[A-Za-z][A-Za-z_]{{0,40}}):(?!//)(?P<more>[=^]{{0,4}})|(?P<number>(?i:{_NUMBERS}))(?=[<>]))?"
)
_VALUED: Final = frozenset(name for name in FACETS if BY_NAME[name].kind != NUMBER)
_VALUE_NAMES: Final = "|".join(alias for alias, name in ALIASES.items() if name in _VALUED)
_VALUE = re.compile(r'"((?:[^"]|"")*+)("?)')  # a quotation mark inside is written twice
_AS_WRITTEN = re.compile(rf'(?<![A-Za-z_])((?i:{_VALUE_NAMES}):=)(?="){_VALUE.pattern}')
_RUN = re.compile(r'[^\s"()]+')
_AFTER = re.compile(r"[~^]\d*(?:\.\d+)?(?=[\s)]|$)")  # Lucene's "a phrase"~5 and (a group)^2
_SLOP = re.compile(r"~(\d{1,3})(?=[\s)]|$)")
_BRACKETED_YEARS = re.compile(r"([\[{])\s{0,5}(\d{1,4}|\*)\s{1,5}TO\s{1,5}(\d{1,4}|\*)\s{0,5}([\]}])", re.I)
_SPACED_YEARS = re.compile(r"(\d{4})\s{1,5}(?:[-–—]|to)\s{1,5}(\d{4})(?=[\s)]|$)", re.I)
_SPACES = re.compile(r"\s*")
_SIGNS: Final = {"&&": "and", "||": "or", "AND": "and", "OR": "or", "NOT": "not", "NEAR": "near"}
_NEAR = re.compile(r"(?:(?i:near/)|NEAR/?|N/)\d+|NEAR/")  # N/5 is ProQuest's
_BOUNDS: Final = {"pubyearmin": ">=", "pubyearmax": "<="}  # as ERIC's site writes its years
# fields that are asked for as "Author: Mehta"; "Beyond Language: Proper English and Identity" is a title
_CLOSE: Final = frozenset(name for name, row in BY_NAME.items() if row.unlisted)
_HEADINGS: Final = frozenset("author title source descriptor abstract year publisher eric doi isbn issn".split())


class Scope(NamedTuple):
    """What the marks before an operand say: its *field* ("" for that of the bracket around it), =exact, ^first."""

    field: str = ""
    exact: bool = False
    first: bool = False

    def within(self, outer: "Scope") -> "Scope":
        """This scope, with what it leaves open taken from the bracket around it."""
        return Scope(self.field or outer.field, self.exact or outer.exact, self.first or outer.first)


UNMARKED: Final = Scope()


def is_sign(word: str) -> bool:
    """Whether *word*, typed without marks, is an operator in capitals or "near/5"."""
    return word in _SIGNS or bool(_NEAR.fullmatch(word))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece: *kind* is "word", "phrase", "value", "(", ")", "and", "or", "not" or "near"; *text* is as typed."""

    kind: str
    text: str = ""
    scope: Scope = UNMARKED


def plain(text: str) -> str:
    """*text* without control characters, with straight quotation marks and half-width punctuation.

    In descriptor:="a whole value" every letter counts, so that stays as it is written.
    """
    text, parts, at = clean(text), [], 0
    for found in _AS_WRITTEN.finditer(text):
        parts += [text[at : found.start()].translate(_PLAIN), found[0]]
        at = found.end()
    return clean("".join((*parts, text[at:].translate(_PLAIN))))


def lexemes(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    """The pieces of *text* (as `plain` gives it) in order; what had to be mended is added to *notices*."""
    at = _SPACES.match(text).end()  # type: ignore[union-attr]
    while at < len(text):
        if text[at] == ")":
            yield Lexeme(")", ")")
            at = _skip_boost(text, at + 1, notices)
        else:
            pieces, at = _operand(text, at, notices)
            yield from pieces
        at = _SPACES.match(text, at).end()  # type: ignore[union-attr]


def _operand(text: str, at: int, notices: list[Notice]) -> tuple[list[Lexeme], int]:
    """The pieces of the operand, or the operator, that begins at *at*, and where it ends."""
    found = _MARKS.match(text, at)
    assert found is not None  # every part of the pattern may be empty
    marks = found["marks"] + (found["more"] or "")
    name = found["name"] or found["number"] or ""
    before: list[Lexeme] = []
    if found["minus"]:
        if _ends(text, at + 1):
            notices.append(notice("operator-alone", operator="-"))
            return [], at + 1
        before.append(Lexeme("not", "-"))
        if text[at + 1] == "-":  # "isomorphism --the notion": a dash, not an exclusion
            before.clear()
    bound, start = _BOUNDS.get(name.lower(), ""), found.end()
    field = "year" if bound else ALIASES.get(name.lower(), "")
    if name and not field:
        return _unknown(text, name, found, before, notices)
    if field and _ends(text, start):
        start = _spaced(text, name, start, notices)
        if not start:
            return [*before, Lexeme("word", name)], found.end()
    scope = Scope(field, "=" in marks, "^" in marks)
    piece, end = _piece(text, start, scope, notices)
    if bound and piece[0].text.isdecimal():
        piece = [Lexeme("word", bound + piece[0].text, scope)]
    return [*before, *piece], end


def _piece(text: str, at: int, scope: Scope, notices: list[Notice]) -> tuple[list[Lexeme], int]:
    """The phrase, opening bracket, word or operator at *at*, which is behind all marks."""
    if at < len(text) and text[at] == '"':
        if scope.exact and scope.field in _VALUED:
            return _value(text, at, scope, notices)
        close = text.find('"', at + 1)
        if close < 0:
            notices.append(notice("quote-closed"))
            return [Lexeme("phrase", text[at + 1 :], scope)], len(text)
        if slop := _SLOP.match(text, close + 1):
            return _loose(text[at + 1 : close], slop[1], scope, notices), slop.end()
        return [Lexeme("phrase", text[at + 1 : close], scope)], _skip_boost(text, close + 1, notices)
    if at < len(text) and text[at] == "(":
        return [Lexeme("(", "(", scope)], at + 1
    kind = BY_NAME[scope.field].kind if scope.field else ""
    if kind == NUMBER and (years := _BRACKETED_YEARS.match(text, at)):
        return [Lexeme("word", _bracketed(*years.groups()), scope)], years.end()
    if kind == NUMBER and (years := _SPACED_YEARS.match(text, at)):
        return [Lexeme("word", "..".join(years.groups()), scope)], years.end()
    end = _end_of_whole(text, at) if kind == ID else _end_of_word(text, at)
    word = text[at:end]
    if scope == UNMARKED:
        return [Lexeme(_SIGNS.get(word) or ("near" if _NEAR.fullmatch(word) else "word"), word, scope)], end
    return [Lexeme("word", word, scope)], end


def _value(text: str, at: int, scope: Scope, notices: list[Notice]) -> tuple[list[Lexeme], int]:
    """The whole value of a facet whose quotation mark is at *at*."""
    found = _VALUE.match(text, at)
    assert found is not None  # there is the quotation mark
    if not found[2]:
        notices.append(notice("quote-closed"))
    return [Lexeme("value", found[1].replace('""', '"'), scope)], _skip_boost(text, found.end(), notices)


def _bracketed(opening: str, low: str, high: str, closing: str) -> str:
    """The years of "[2010 TO 2015]" as "2010..2015"; Lucene's braces leave the year beside them out."""
    low = "" if low == "*" else str(int(low) + (opening == "{"))
    high = "" if high == "*" else str(int(high) - (closing == "}"))
    return f"{low}..{high}"


def _loose(text: str, slop: str, scope: Scope, notices: list[Notice]) -> list[Lexeme]:
    """The pieces of Lucene's "a phrase"~5: its words joined by NEAR/5; ~0 and a single word say nothing more."""
    words = [text[token.start : token.end] for token in tokens(text)]
    kind = BY_NAME[scope.field].kind if scope.field else TEXT
    if len(words) < 2 or not int(slop) or kind not in (TEXT, NAME):
        notices.append(notice("boost-unknown", text=f'"{text}"~{slop}'))
        return [Lexeme("phrase", text, scope)]
    near = f"NEAR/{int(slop)}"
    notices.append(notice("phrase-near", text=f'"{text}"~{slop}', near=near))
    pieces = [piece for word in words for piece in (Lexeme("near", near), Lexeme("word", word))]
    return [Lexeme("(", "(", scope), *pieces[1:], Lexeme(")", ")")]


def _unknown(
    text: str, name: str, found: re.Match[str], before: list[Lexeme], notices: list[Notice]
) -> tuple[list[Lexeme], int]:
    """The pieces of an operand behind a *name* that is no field: the name is a word like the others."""
    scope = Scope("", "=" in found["marks"], "^" in found["marks"])
    if _ends(text, found.end()):  # "Learning: the treasure within": only a colon
        return [*before, Lexeme("word", name, scope)], found.end()
    notices.append(notice("field-unknown", name=name))
    piece, end = _piece(text, found.end("name") + 1, scope, notices)
    if piece[0].kind == "(":
        return [*before, *piece] if before else [Lexeme("word", name, scope), *piece], end
    return [*before, Lexeme("("), Lexeme("word", name, scope), *piece, Lexeme(")")], end


def _spaced(text: str, name: str, at: int, notices: list[Notice]) -> int:
    """Where the operand of "author: Mehta" begins; 0 when none follows, or the colon is one of a title.

    One letter is no field there ("Vitamin A: ..."), nor are "Word problems: ..." and a capitalised name that titles
    have before their colons.
    """
    start = _SPACES.match(text, at).end()  # type: ignore[union-attr]
    word = _RUN.match(text, start)
    if len(name) < 2 or ALIASES[name.lower()] in _CLOSE:
        return 0
    if start == len(text) or text[start] in ")-" or (word and (is_sign(word[0]) or ":" in word[0])):
        notices.append(notice("field-empty", name=name))
        return 0
    if len(name) > 2 and not name.islower() and name.lower() not in _HEADINGS:
        notices.append(notice("field-as-word", name=name, plain=name.lower()))
        return 0
    return start


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at].isspace() or text[at] == ")"


def _end_of_word(text: str, at: int) -> int:
    found = _RUN.match(text, at)
    return found.end() if found else at


def _end_of_whole(text: str, at: int) -> int:
    """The end of a value that may hold brackets, as the DOI 10.1002/(SICI)1097-4571(199806)49:8 does."""
    depth = 0
    for here in range(at, len(text)):
        letter = text[here]
        depth += (letter == "(") - (letter == ")")
        if letter.isspace() or letter == '"' or depth < 0:
            return here
    return len(text)


def _skip_boost(text: str, at: int, notices: list[Notice]) -> int:
    found = _AFTER.match(text, at)
    if not found:
        return at
    notices.append(notice("boost-unknown", text=found[0]))
    return found.end()
