"""Suggestions while typing: what the words at the end of a query may become, as at most eight lines.

Typed words begin titles, authors, descriptors, or journals; a field before them ("author:meh")
leaves the values of that field.  Where the whole query begins nothing, its last words are tried,
and what stands before them is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from litbase.fields import ALIASES, BY_NAME, FACETS, ID, NUMBER
from litbase.library import Library
from litbase.query.lexemes import plain
from litbase.query.operands import LIMITS
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.show import show
from litbase.query.tree import Phrase
from litbase.record.record import Record
from litbase.record.text import fold, sort_form, tokens

LINES: Final = 8
# How many of the eight lines each kind may take where others want them too; what is left over goes to any, in this
# order.  Measured on 7,051 records of ERIC: six for descriptors list most targets of all kinds (see the tests).
SHARES: Final = {"descriptor": 6, "author": 5, "title": LINES, "source": 0}
LOOKED_AT: Final = 24  # titles that are read to put first those that begin as typed, article and all
FETCHED: Final = 50  # values of a facet, for the same
NAMESAKES: Final = 200  # authors of a family name, looked through for the given name typed before it
NAME_WORDS: Final = 4  # of what may be a name, or stand inside a descriptor
LAST_WORDS: Final = 3  # of a longer query
LEAST: Final = 2  # letters before anything is suggested
LEAST_INSIDE: Final = 3  # letters of the last word of a longer query, and of a word inside a descriptor
_NAMED = re.compile(r"(?<![^\s(\-=^])([A-Za-z][A-Za-z_]{0,40}):[=^]{0,4} ?")
_MARKS = re.compile(r"[-=^]*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: the title of the record *id*, or a *value* that *count* records have in the facet *kind*.

    *query* is the whole query with the typed words replaced by the value; it is "" where the value is all there is,
    so that the facet's own filter can be used, and for a title.
    """

    kind: str
    value: str
    typed: str
    count: int = 0
    id: str = ""
    year: int | None = None
    query: str = ""


class Ending(NamedTuple):
    """The end of a query: *words* to complete, of a *field* or "" for any, and the text *before* them."""

    before: str
    field: str
    words: str


def suggestions(library: Library, text: str) -> tuple[Suggestion, ...]:
    """At most eight completions of the query *text*, descriptors first, then authors, titles and sources; () for none.

    Cited works are never suggested.

    A name may be typed as "Family, Given" or "Given Family".
    """
    library.engine.refresh()
    for ending in endings(text):
        groups = _groups(library, ending)
        _fill(library, ending, groups)
        if found := _shared(groups):
            return found
    return ()


def endings(text: str) -> Iterator[Ending]:
    """The ways to read the end of *text*: all of it, what a field or an open quotation mark holds, its last words.

    >>> [ending.words for ending in endings("impact of learning comm")]
    ['impact of learning comm', 'of learning comm', 'learning comm', 'comm']
    >>> list(endings('school author:"Mehta, J'))[0]
    Ending(before='school ', field='author', words='Mehta, J')
    """
    text = plain(text[: LIMITS.length]).lstrip()
    whole = Ending("", "", text)  # with brackets and quotation marks: "Users (Information)"
    named = any(found[1].lower() in ALIASES for found in _NAMED.finditer(text))
    if not named:
        yield from _long_enough(whole)
    yield from _operands(text)
    if named and not text.endswith(":"):  # "Method: how schools are studied" is a title
        yield from _long_enough(whole)


def _operands(text: str) -> Iterator[Ending]:
    """The ways to read the end of *text* as the query language does."""
    quoted = text.count('"') % 2 == 1
    start = max(text.rfind(mark) for mark in '"()') + 1 if not quoted else text.rfind('"')
    head, tail = text[:start], text[start:].removeprefix('"') if quoted else text[start:]
    if quoted:
        named = list(_NAMED.finditer(head))
        last = named[-1] if named and named[-1].end() == len(head) else None
        field = ALIASES.get(last[1].lower(), "") if last else ""
        yield from _long_enough(Ending(head[: last.start()] if last and field else head, field, tail))
        return
    fields = [found for found in _NAMED.finditer(tail) if found[1].lower() in ALIASES]
    if fields:
        found = fields[-1]
        head, tail = head + tail[: found.end()], tail[found.end() :]
        before = head[: len(head) - len(found[0])]
        yield from _long_enough(Ending(before, ALIASES[found[1].lower()], tail))
    yield from _last_words(head, tail, within=bool(fields))


def _last_words(head: str, tail: str, within: bool) -> Iterator[Ending]:
    """All words of *tail*, then its last ones; *within* a field the first word belongs to that field."""
    starts = [found.start() for found in re.finditer(r"\S+", tail)]
    if within:
        starts = starts[1:]
    for at in starts[-LAST_WORDS:] if head or within else starts[1:][-LAST_WORDS:]:
        marked = at + len(_MARKS.match(tail, at)[0])  # type: ignore[index]
        yield from _long_enough(Ending(head + tail[:marked], "", tail[marked:]))


def _long_enough(ending: Ending) -> Iterator[Ending]:
    letters = len(sort_form(ending.words))
    if letters >= (LEAST_INSIDE if ending.before and not ending.field else LEAST):
        yield ending


def _groups(library: Library, ending: Ending) -> dict[str, list[Suggestion]]:
    """What each kind has to suggest, best first."""
    if ending.field and ending.field != "title":
        return {ending.field: _values(library, ending.field, ending)} if _is_suggested(ending.field) else {}
    titles = _titles(library, ending) if ending.field or not ending.before else []
    if ending.field:
        return {"title": titles}
    return {name: titles if name == "title" else _values(library, name, ending) for name in SHARES}


def _is_suggested(field: str) -> bool:
    return field in FACETS and BY_NAME[field].kind not in (ID, NUMBER)


def _shared(groups: dict[str, list[Suggestion]]) -> tuple[Suggestion, ...]:
    """Eight lines of *groups*: first what each kind may take at most, then what is left over."""
    taken: dict[str, int] = {}
    for shares in (SHARES, dict.fromkeys(groups, LINES)):
        for kind, lines in groups.items():
            left = LINES - sum(taken.values())
            more = min(len(lines), shares.get(kind, LINES)) - taken.get(kind, 0)
            taken[kind] = taken.get(kind, 0) + max(0, min(left, more))
    return tuple(line for kind, lines in groups.items() for line in lines[: taken[kind]])


def _titles(library: Library, ending: Ending) -> list[Suggestion]:
    ids = library.engine.titled(ending.words, LOOKED_AT)
    found = [(id, stored.record) for id, stored in library.store.get_many(ids).items() if stored.state == "public"]
    found.sort(key=lambda pair: not _begins(pair[1].title, ending.words))
    return [_title(id, record, ending) for id, record in found[:LINES]]


def _title(id: str, record: Record, ending: Ending) -> Suggestion:
    return Suggestion("title", record.title, ending.words, id=id, year=record.year)


def _values(library: Library, name: str, ending: Ending) -> list[Suggestion]:
    found = library.engine.suggest(name, ending.words, FETCHED)
    whole = sort_form(ending.words)
    ranked = sorted(found, key=lambda v: (sort_form(v[0]) != whole, not _begins(v[0], ending.words)))
    return [_value(name, value, count, ending) for value, count in ranked[:LINES]]


def _value(name: str, value: str, count: int, ending: Ending) -> Suggestion:
    return Suggestion(name, value, ending.words, count, query=_query(name, value, ending))


def _fill(library: Library, ending: Ending, groups: dict[str, list[Suggestion]]) -> None:
    """Add to *groups*, where lines are left over, values that the typed words do not begin but name all the same."""
    for name, named in (("author", _spoken), ("descriptor", _inside)):
        left = LINES - sum(map(len, groups.values()))
        if left > 0 and name in groups:
            known = {line.value for line in groups[name]}
            found = dict(pair for pair in named(library, ending.words) if pair[0] not in known)
            groups[name] += [_value(name, value, count, ending) for value, count in islice(found.items(), left)]


def _begins(value: str, words: str) -> bool:
    """Whether *value* begins as typed, with its article and its spaces."""
    return fold(value).startswith(fold(words))


def _spoken(library: Library, words: str) -> Iterator[tuple[str, int]]:
    """Authors of whom *words* give the given name first: "jal meht", "j. mehta"."""
    spoken = [token.forms[0] for token in tokens(words)]
    for at in range(1, len(spoken)) if len(spoken) <= NAME_WORDS else ():
        given, family = " ".join(spoken[:at]), " ".join(spoken[at:])
        for value, count in library.engine.suggest("author", family, NAMESAKES):
            _, comma, rest = value.partition(",")
            if comma and sort_form(rest).startswith(given):
                yield value, count


def _inside(library: Library, words: str) -> Iterator[tuple[str, int]]:
    """Descriptors that hold *words* at the beginning of a later word: "practice" in "Communities of Practice"."""
    if len(sort_form(words)) <= LEAST_INSIDE or len(words.split()) > NAME_WORDS:
        return
    facet = FacetRequest("descriptor", limit=FETCHED, find=words.strip())
    values = library.engine.search(SearchRequest(facets=(facet,), limit=0)).facets["descriptor"].values
    yield from ((value, count) for value, count in values if f" {sort_form(words)}" in sort_form(value))


def _query(name: str, value: str, ending: Ending) -> str:
    if not ending.before.strip():
        return ""
    words = tuple(value[token.start : token.end] for token in tokens(value))
    return ending.before + show(Phrase(name, words))
