"""XML read safely and as a stream: one small tree for each record, with its line.

Expat without namespaces (a prefix may be undeclared; elements are known by their
local names).  Any DOCTYPE or ENTITY is refused before parsing, elements may nest
MAX_DEPTH deep and number MAX_ELEMENTS, in one record and unless a reader says
otherwise in all.  A broken record is a Refusal and reading
goes on at the next one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from litbase.record.notices import notice
from litbase.record.reading import Refusal

MAX_DEPTH = 64
MAX_ELEMENTS = 1_000_000
MAX_REFUSALS = 100
CHUNK = 1 << 16
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """An element by its local name, the attributes by theirs, its parts (text and elements in order) and its line."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list["str | Element"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        """The elements directly inside."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """All text inside, also that of elements inside."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


class _Refused(Exception):
    """A limit was passed; the arguments are what was expected and what was found."""


class _Listener:
    """What expat calls: keeps the records of one stretch of text until they are asked for."""

    def __init__(self, names: frozenset[str], first_line: int, elements: int, total: int) -> None:
        self.names, self.first_line, self.elements, self.total = names, first_line, elements, total
        self.inside = 0
        self.done: list[Element] = []
        self.open: list[Element] = []
        self.depth = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.declared

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber + self.first_line - 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        self.inside = self.inside + 1 if self.open else 0
        if self.depth > MAX_DEPTH:
            raise _Refused(f"elements nested at most {MAX_DEPTH} deep", "deeper nesting")
        if self.elements > self.total or self.inside > MAX_ELEMENTS:
            raise _Refused(f"at most {min(self.total, MAX_ELEMENTS):,} elements", "more")
        name = local(tag)
        if self.open or name in self.names:
            element = Element(name, {local(key): value for key, value in attributes.items()}, self.line)
            if self.open:
                self.open[-1].parts.append(element)
            self.open.append(element)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.done.append(element)

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].parts.append(text)

    def declared(self, *_: object) -> None:
        raise _Refused("XML without a DOCTYPE", "one")

    def taken(self) -> list[Element]:
        done, self.done = self.done, []
        return done


def local(tag: str) -> str:
    """A name without its prefix: "dc:title" is "title"."""
    return tag.rpartition(":")[2]


def stream(text: str, *names: str, total: int | None = None) -> Iterator[Element | Refusal]:
    """The elements called one of *names* in *text*, in order, each when it is complete; never raises.

    What is not well-formed, cut off or too much is a Refusal with its line; after a broken record reading goes on at
    the next, after a limit it ends.  An element inside another one of *names* is part of it.  *total* is how many
    elements the text may have, MAX_ELEMENTS unless it is given.
    """
    if found := _DECLARED.search(text):
        yield _malformed(text.count("\n", 0, found.start()) + 1, "XML without DOCTYPE or ENTITY", found[0])
        return
    again = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(map(re.escape, names))})(?=[\s/>])")
    prologue = _PROLOGUE.match(text)
    place, opening, elements = (prologue.end() if prologue else 0), "", 0
    for _ in range(MAX_REFUSALS):
        limit = MAX_ELEMENTS if total is None else total
        listener = _Listener(frozenset(names), text.count("\n", 0, place) + 1, elements, limit)
        try:
            yield from _parse(listener, text, place, opening)
            return
        except _Refused as passed:
            yield from listener.taken()
            yield _malformed(listener.line, *passed.args)
            return
        except expat.ExpatError as error:
            yield from listener.taken()
            fallen = _offset(text, place, error.lineno - 1, error.offset - (len(opening) if error.lineno == 1 else 0))
            following = again.search(text, max(fallen, place + 1))
            if opening and not listener.open and not following and _is_closing(text[max(fallen - 2, place) :]):
                return  # only the end tags of what was opened before the broken record
            yield _fault(error, listener)
        if following is None:
            return
        place, opening, elements = following.start(), "<_>", listener.elements


def _parse(listener: _Listener, text: str, place: int, opening: str) -> Iterator[Element]:
    """The elements of *text* from *place*; *opening* stands for the elements that are open there."""
    listener.parser.Parse(opening.encode(), False)
    for start in range(place, len(text), CHUNK):
        listener.parser.Parse(_FORBIDDEN.sub("", text[start : start + CHUNK]).encode("utf-8", "replace"), False)
        yield from listener.taken()
    listener.parser.Parse(b"</_>" if opening else b"", True)
    yield from listener.taken()


def _fault(error: expat.ExpatError, listener: _Listener) -> Refusal:
    if error.code in _CUT and listener.open:
        began = listener.open[0]
        return Refusal(line=began.line, notice=notice("truncated", line=began.line, what=f"<{began.name}>"))
    found = expat.ErrorString(error.code) or "something else"
    return _malformed(error.lineno + listener.first_line - 1, "well-formed XML", found)


def _malformed(line: int, expected: str, found: str) -> Refusal:
    return Refusal(line=line, notice=notice("malformed", line=line, expected=expected, found=found))


_CUT = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)


def _offset(text: str, place: int, lines: int, column: int) -> int:
    """Where column *column* (in bytes) of the line *lines* below *place* is."""
    for _ in range(lines):
        place = text.find("\n", place) + 1
    end = text.find("\n", place)
    line = text[place : end if end >= 0 else len(text)]
    return place + len(line.encode("utf-8", "replace")[: max(column, 0)].decode("utf-8", "ignore"))


def _is_closing(text: str) -> bool:
    return not re.sub(r"</?[\w:.-]*>?|[\s/>]", "", text)
