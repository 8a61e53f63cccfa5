"""A BibTeX file cut into entries, its macros, and a forgiving way to read one damaged entry.

BibTeX has no way back after an error: one missing brace swallows the rest of a
file.  Entries begin a line in every file people keep, so the file is cut there
first; each piece is then read alone, and a damaged one by looking for "name = value".
"""

import re
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Final, NamedTuple

from litbase.formats.bibtex.kinds import TYPES
from litbase.record.notices import Notice, notice
from litbase.record.reading import Leftover

MACRO_TEXT: Final = 1_000_000  # characters one macro, and all macros of one entry, may expand to
MACRO_TABLE: Final = 8_000_000  # characters of all macros of a document together
MACRO_DEPTH: Final = 16
MACRO_TOTAL: Final = 50  # times a document's own length that its macros may add

START = re.compile(r"^[ \t]*+@(?P<kind>[^\s{}(),=@\"#%]{1,60})\s*+[{(]", re.M)
INNER_START = re.compile(r"(?<![\w.@])@(?P<kind>[^\W\d]\w{0,60})[ \t]*+[{(]")
_KEYED = re.compile(r"\s*+[^\s,{}()=]{1,200}+\s*+,")
_HEAD = re.compile(r"\s*+@[^\s{}(),=@\"#%]{1,60}\s*+[{(]\s*+")
_KEY = re.compile(r"(?P<key>[^,={}\"\n]{0,200}+)(?P<end>[,\n=}])")
_NAME: Final = r"(?P<name>[^\W\d][\w.:+-]{0,60}+)\s{0,80}+=(?!=)"
_FIELD = re.compile(rf"(?:^|,)[ \t]*+{_NAME}", re.M)
_NEXT_FIELD = re.compile(rf"[\s,]*+(?:%[^\n]*+[\s,]*+)*+{_NAME}")
_FIELD_LINE = re.compile(rf"^[ \t]*+,?[ \t]*+{_NAME}", re.M)
_ENTRY_END = re.compile(r"^[ \t]*+[})]", re.M)
_RUN_ON = re.compile(
    r"(?P<closing>[}\"][ \t]*+)?+,\s{0,40}+[^\W\d][\w-]{0,40}+[ \t]*+=[ \t]*+(?(closing)[{\"\w]|[{\"])"
)
_AFTER_VALUE = re.compile(r"\s*+(?:[,#})]|\Z|[^\W\d][\w.:+-]{0,60}+[ \t]*+=)")
_WORD = re.compile(r"[^\s,{}()\"#=]{1,200}")
_BRACES = re.compile(r"[{}]")
_QUOTED = re.compile(r"[{}\"]")

NO_ENTRY: Final = frozenset(("comment", "preamble", "string"))
KNOWN: Final = NO_ENTRY | frozenset(TYPES)
MONTHS: Final = {
    name[:3].lower(): name
    for name in ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")
}  # fmt: skip


class Chunk(NamedTuple):
    """One entry as it stands: its type in lower case, its text up to the next entry, and the line it begins on."""

    kind: str
    text: str
    line: int


class Entry(NamedTuple):
    """One entry understood as (name, value) pairs in order, names in lower case, macros expanded, LaTeX still in."""

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]
    line: int
    notices: tuple[Notice, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


def chunks(stretches: Iterable[str]) -> Iterator[Chunk]:
    """The entries of a text that comes in *stretches*, in order, comments, preambles and strings among them.

    A chunk reaches to the next entry, so that the free text between entries is at its end.
    """
    waiting: list[str] = []
    length = wanted = 0
    line = 1
    for stretch in stretches:
        waiting.append(stretch)
        length += len(stretch)
        if length < wanted:  # a long entry is not looked through again with every stretch
            continue
        found = list(_cut("".join(waiting), line))
        yield from (chunk for chunk in found[:-1] if chunk.kind)
        waiting = [found[-1].text]
        line = found[-1].line
        length = len(found[-1].text)
        wanted = 2 * length
    yield from (chunk for chunk in _cut("".join(waiting), line) if chunk.kind)


def _cut(text: str, line: int) -> Iterator[Chunk]:
    """The chunks of *text*, which begins on *line*; what stands before the first entry is a chunk of no kind."""
    kind, begun, here = "", 0, line
    counted = depth = 0
    for start in START.finditer(text):
        depth += text.count("{", counted, start.start()) - text.count("}", counted, start.start())
        here += text.count("\n", counted, start.start())
        counted = start.start()
        if kind and depth > 0 and _is_prose(text, start):
            continue
        if start.start() > begun:
            yield Chunk(kind, text[begun : start.start()], line)
        kind, begun, line, depth = start["kind"].lower(), start.start(), here, 0
    yield Chunk(kind, text[begun:], line)


def _is_prose(text: str, start: re.Match[str]) -> bool:
    """Whether an @word( that begins a line inside a braced value is part of it: "@param(x)" in an abstract."""
    return start["kind"].lower() not in KNOWN and not _KEYED.match(text, start.end())


class Macros(MutableMapping[str, str]):
    """The @string table of one document, month names in it; names are case-insensitive.

    An unknown name stands for itself and is noted, and so does one whose expansion would pass the bounds: 30 lines that
    double each other are a gigabyte otherwise.  *noted* collects the notices of the entry begun with `begin`.
    """

    def __init__(self, length: int = 0):
        self._values: dict[str, str] = dict(MONTHS)
        self._depths: dict[str, int] = {}
        self._table = 0
        self._left = MACRO_TOTAL * (length + 10_000)
        self.begin()

    def begin(self) -> None:
        """Start an entry: nothing expanded in it and nothing noted yet."""
        self.noted: list[Notice] = []
        self._entry = 0
        self._depth = 0

    def __getitem__(self, name: str) -> str:
        """The value of a macro; its own name when it has none or has grown beyond the bounds."""
        value = self._values.get(name.lower())
        if value is None:
            self._note("undefined-macro", name)
            return name
        self._entry += len(value)
        if self._entry > MACRO_TEXT or self._left < len(value):
            self._note("macro-too-long", name)
            return name
        self._left -= len(value)
        self._depth = max(self._depth, self._depths.get(name.lower(), 0))
        return value

    def __setitem__(self, name: str, value: str) -> None:
        """Define a macro from values asked for since `begin`; refused, with a notice, beyond the bounds."""
        if len(value) > MACRO_TEXT or self._depth >= MACRO_DEPTH or self._table + len(value) > MACRO_TABLE:
            self._note("macro-too-long", name)
            return
        self._table += len(value)
        self._values[name.lower()] = value
        self._depths[name.lower()] = self._depth + 1

    def __delitem__(self, name: str) -> None:
        """Forget a macro."""
        del self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        """The names of the macros."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many macros there are."""
        return len(self._values)

    def _note(self, code: str, name: str) -> None:
        if len(self.noted) < 20:
            self.noted.append(notice(code, name=name, limit=f"{MACRO_TEXT:,}"))


def define(chunk: Chunk, macros: Macros) -> list[Notice]:
    """Add the @string of *chunk* to *macros*; the notices say what was odd, [] when nothing was."""
    macros.begin()
    head = _HEAD.match(chunk.text)
    found = _NEXT_FIELD.match(chunk.text, head.end()) if head else None
    if not found:
        return [notice("malformed", line=chunk.line, expected="@string{name = value}", found=chunk.text[:60])]
    value = _Scanner(chunk.text, macros).value(found.end())
    macros[found["name"]] = value.text
    return [Notice(n.code, n.params, n.field, chunk.line) for n in macros.noted if n.code != "undefined-macro"]


def scan(chunk: Chunk, macros: Macros) -> Entry:
    """The fields of a damaged entry, as far as "name = value" can be found in it, and its leftover lines.

    A value whose brace is never closed ends before what begins the next field: ", name = {", or a line.
    """
    head = _HEAD.match(chunk.text)
    position = head.end() if head else 0
    key = ""
    if (found := _KEY.match(chunk.text, position)) and found["end"] != "=":
        key, position = found["key"].strip(), found.end("key")
    fields: list[tuple[str, str]] = []
    leftovers: list[Leftover] = []
    scanner = _Scanner(chunk.text, macros)
    while found := _NEXT_FIELD.match(chunk.text, position) or _FIELD.search(chunk.text, position):
        leftovers += _left_over(chunk, position, found.start())
        value = scanner.value(found.end())
        fields.append((found["name"].lower(), value.text))
        position = value.end
    leftovers += _left_over(chunk, position, _end_of_entry(chunk.text, position))
    return Entry(chunk.kind, key, tuple(fields), chunk.line, leftovers=tuple(leftovers[:100]))


def _end_of_entry(text: str, position: int) -> int:
    """Where the entry ends for sure, so that the comment behind it is not taken for a part of it."""
    found = _ENTRY_END.search(text, position)
    return found.start() if found else len(text)


def _left_over(chunk: Chunk, start: int, end: int) -> Iterator[Leftover]:
    if chunk.text[start:end].strip(' \t\n,}{)"#') == "":
        return
    line = chunk.line + chunk.text.count("\n", 0, start)
    for offset, text in enumerate(chunk.text[start:end].split("\n")):
        if (told := text.strip(' \t,}{)"#')) and not told.startswith("%"):
            yield Leftover(line + offset, text.strip()[:500])


class _Value(NamedTuple):
    text: str
    end: int


class _Scanner:
    """Reads values in one chunk; looks ahead at most a few times the chunk's length in all."""

    def __init__(self, text: str, macros: Macros):
        self.text = text
        self.macros = macros
        self.budget = 8 * len(text) + 100_000

    def value(self, position: int) -> _Value:
        """The value that begins at *position*: parts joined by #, each braced, quoted, a number or a macro's name."""
        parts: list[str] = []
        length = 0
        while True:
            part = self._part(self._skip(position))
            length += len(part.text)
            if length <= MACRO_TEXT or not parts:
                parts.append(part.text)
            position = part.end
            following = self._skip(position)
            if self.text[following : following + 1] != "#":
                return _Value("".join(parts), position)
            position = following + 1

    def _skip(self, position: int) -> int:
        while self.text[position : position + 1].isspace():
            position += 1
        return position

    def _part(self, position: int) -> _Value:
        opening = self.text[position : position + 1]
        if opening in ("{", '"'):
            end = self._closing(position)
            run_on = _RUN_ON.search(self.text, position + 1, end if end > 0 else position + 1)
            if run_on:
                return _Value(self.text[position + 1 : run_on.start()], run_on.start() + bool(run_on["closing"]))
            if end > 0 and _AFTER_VALUE.match(self.text, end):
                return _Value(self.text[position + 1 : end - 1], end)
            end = self._next_field(max(end, position + 1))
            return _Value(self.text[position + 1 : end].strip().rstrip(",").rstrip(), end)
        word = _WORD.match(self.text, position)
        if not word:
            return _Value("", position)
        return _Value(word[0] if word[0].isdecimal() else self.macros[word[0]], word.end())

    def _closing(self, position: int) -> int:
        """Where the value that opens at *position* ends, behind its closing mark; 0 when it never does."""
        quoted = self.text[position] == '"'
        depth = 0 if quoted else 1
        limit = min(len(self.text), position + 1 + max(self.budget, 0))
        for mark in (_QUOTED if quoted else _BRACES).finditer(self.text, position + 1, limit):
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if (mark[0] == '"' and depth <= 0) or (not quoted and depth == 0):
                self.budget -= mark.end() - position
                return mark.end()
        self.budget -= limit - position
        return 0

    def _next_field(self, position: int) -> int:
        found = _FIELD_LINE.search(self.text, position)
        return found.start() if found else len(self.text)
