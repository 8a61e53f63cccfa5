"""One entry of a BibTeX file parsed: at a glance when it is plain, by pybtex when it is sound, else what can be saved.

The home of pybtex, whose low-level parser knows all that BibTeX allows.  Nearly all entries are plain: "name = {value}"
with few braces inside, perhaps joined by #; three patterns read those in a fraction of the time.
"""

import re
from typing import Final

from litbase.formats.bibtex.chunks import Chunk, Entry, Macros, scan
from litbase.record.notices import Notice, notice
from litbase.record.reading import Refusal

_KEYLESS = re.compile(r"\s*+@[^\s{}(),=@\"#%]{1,60}\s*+[{(]\s*+(?:,|[A-Za-z][\w-]{0,40}+\s*+=)")
_PLAIN_HEAD = re.compile(r"\s*+@[^\s{}(),=@\"#%]{1,60}\s*+\{\s*+(?P<key>[^\s,{}()=\"#%\\]++)\s*+,")
DEPTH: Final = 4  # braces within braces of a plain value


def _balanced(depth: int, without: str = "") -> str:
    """Text whose braces balance, at most *depth* deep; outside them no character of *without*."""
    outer = rf"[^{{}}{without}]*+"
    return rf"{outer}(?:\{{{_balanced(depth - 1)}\}}{outer})*+" if depth else outer


_BRACED: Final = _balanced(DEPTH)
_QUOTED: Final = _balanced(DEPTH, '"')
_REMARKS: Final = r"\s*+(?:%[^\n]*+\s*+)*+"  # between fields, as biber allows them
_PLAIN_NAME = re.compile(rf"{_REMARKS}(?P<name>[A-Za-z][\w.:+-]*+)\s*+=")
_PLAIN_PART = re.compile(
    rf"\s*+(?:\{{(?P<braced>{_BRACED})\}}|\"(?P<quoted>{_QUOTED})\"|(?P<number>\d++)|(?P<macro>[A-Za-z][\w:.+/-]*+))"
    rf"\s*+(?P<end>#|,?+{_REMARKS}\}}|,)"
)


def parse(chunk: Chunk, macros: Macros, start: int = 0) -> tuple[Entry | Refusal, int]:
    """The entry at *start* in a chunk, and where it ends; a Refusal when it holds no field."""
    macros.begin()
    plain = _plain(chunk.text, start, macros)
    if plain is None:
        macros.begin()
        return _parse(chunk, macros, start)
    key, fields, end = plain
    return Entry(chunk.kind, key, fields, chunk.line, _at(macros.noted, chunk.line)), end


def _plain(text: str, start: int, macros: Macros) -> tuple[str, tuple[tuple[str, str], ...], int] | None:
    """Key, fields and end of a plain entry; None when anything in it is not."""
    head = _PLAIN_HEAD.match(text, start)
    if not head:
        return None
    fields = []
    position = head.end()
    while name := _PLAIN_NAME.match(text, position):
        value, position, end = "", name.end(), "#"
        while end == "#":
            part = _PLAIN_PART.match(text, position)
            if not part:
                return None
            braced, quoted, number, macro, end = part.groups()
            value += braced if braced is not None else quoted if quoted is not None else number or macros[macro]
            position = part.end()
        fields.append((name["name"].lower(), value))
        if end[-1] == "}":
            return head["key"], tuple(fields), position
    return None


def _parse(chunk: Chunk, macros: Macros, start: int) -> tuple[Entry | Refusal, int]:
    from pybtex.database.input.bibtex import LowLevelParser
    from pybtex.scanner import PybtexSyntaxError

    keyless = bool(_KEYLESS.match(chunk.text, start))
    parser = LowLevelParser(chunk.text, keyless_entries=keyless, macros=macros)
    parser.pos = start
    try:
        _, (key, parts) = next(iter(parser))
    except (PybtexSyntaxError, RecursionError) as error:
        rest = Chunk(chunk.kind, chunk.text[start:], chunk.line) if start else chunk
        return _recovered(rest, macros, error), len(chunk.text)
    fields = tuple((name.lower(), "".join(values)) for name, values in parts)
    if not fields:
        return _refusal(chunk, key or "", "name = {value}", "no field"), parser.pos
    return Entry(chunk.kind, key or "", fields, chunk.line, _at(macros.noted, chunk.line)), parser.pos


def _recovered(chunk: Chunk, macros: Macros, error: Exception) -> Entry | Refusal:
    """What can be saved of a damaged entry, with a notice of where the damage is; a Refusal when there is no field."""
    expected = str(error.args[0]) if error.args else "an entry"
    line = chunk.line + max(getattr(error, "lineno", 1) - 1, 0)
    macros.begin()
    entry = scan(chunk, macros)
    if not entry.fields:
        return _refusal(chunk, entry.key, expected.removesuffix(" expected"), chunk.text.strip()[:60], line)
    lines = chunk.text.split("\n")
    near = lines[min(line - chunk.line, len(lines) - 1)].strip()[:60] or chunk.text.strip()[:60]
    damage = notice("field-recovered", line=line, near=near)
    return entry._replace(notices=(damage, *_at(macros.noted, chunk.line)))


def _refusal(chunk: Chunk, key: str, expected: str, found: str, line: int = 0) -> Refusal:
    told = notice("malformed", line=line or chunk.line, expected=expected, found=found)
    return Refusal(line=chunk.line, notice=told, key=key, text=chunk.text.strip()[:200])


def _at(notices: list[Notice], line: int) -> tuple[Notice, ...]:
    return tuple(Notice(n.code, n.params, n.field, line) for n in notices)
