"""Records written as lines that each begin with a tag: cut apart for RIS, MEDLINE, Refer and Web of Science alike.

What the four have in common, and what real files do to it: wrapped lines, tags
repeated, small letters, one blank for two, no line that ends a record, letters
and numbers between the records.  Every line ends up in a field, or among the
leftovers with its number, or is counted as furniture.
"""

from collections.abc import Callable, Iterator, Set
from typing import Final, NamedTuple

from litbase.formats.tags.values import missing, paragraphs, plain
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Leftover, Reading, Refusal
from litbase.record.record import Record, replace
from litbase.record.text import comparable, squash


class Field(NamedTuple):
    """One tag and its value, lines apart by "\\n"; *line* is where it begins."""

    tag: str
    value: str
    line: int


class Block(NamedTuple):
    """One record: its fields in order, the lines nobody understood, how many were furniture, and what was odd."""

    line: int
    fields: tuple[Field, ...]
    leftovers: tuple[Leftover, ...] = ()
    furniture: int = 0
    notices: tuple[Notice, ...] = ()


class State(NamedTuple):
    """What a layout may ask to know whether a tag begins a record: the tags so far, and whether a blank line came."""

    seen: Set[str]
    gap: bool


class Layout(NamedTuple):
    """How one family of tag lines is laid out.

    *name* is the namespace of what has no field ("ris:AD"); *split* gives tag and value of a line, or None, told
    the tag before it; *begins* whether a tag opens a record; *ends* the tags that close one; *headers* those of the
    file, not of a record; *prose* those whose value may have blank lines in it; *core* those without which a record
    that nothing opened is none; *furniture* tells lines of programs ("Provider: JSTOR", "3.") from those of people.
    """

    name: str
    split: Callable[[str, str], tuple[str, str] | None]
    begins: Callable[[str, State], bool]
    ends: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    prose: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    furniture: Callable[[str], bool] = lambda line: False


class _Open:
    """A record that is being read."""

    def __init__(self, line: int, opened: bool):
        self.line = line
        self.opened = opened  # by a tag that opens one
        self.fields: list[tuple[str, int, list[str]]] = []
        self.seen: set[str] = set()
        self.leftovers: list[Leftover] = []
        self.furniture = 0
        self.notices: list[Notice] = []

    def add(self, tag: str, value: str, line: int) -> None:
        self.fields.append((tag, line, [value]))
        self.seen.add(tag)

    def block(self) -> Block:
        fields = tuple(Field(tag, "\n".join(parts).strip(), line) for tag, line, parts in self.fields)
        return Block(self.line, fields, tuple(self.leftovers), self.furniture, tuple(self.notices))

    def lines(self) -> list[Leftover]:
        return [Leftover(line, f"{tag}  - {squash(' '.join(parts))}".strip()) for tag, line, parts in self.fields]


def blocks(lines: list[str], layout: Layout) -> Iterator[Block]:
    """The records in *lines*, in order; a line between two belongs to the earlier, one before the first to that."""
    cutter = _Cutter(layout)
    for number, line in enumerate(lines, 1):
        yield from cutter.take(number, line)
    yield from cutter.finish()


class _Cutter:
    """Takes the lines of a document one by one and gives its records."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.open: _Open | None = None
        self.done: _Open | None = None  # complete, but what follows it may belong to it
        self.before: list[Leftover] = []  # the first record
        self.furniture = 0
        self.gap = False

    def take(self, number: int, line: str) -> Iterator[Block]:
        """The records that end with this line."""
        open_ = self.open
        found = self.layout.split(line, open_.fields[-1][0] if open_ and open_.fields else "")
        if found is None:
            self._text(number, line)
            return
        tag, value = found
        if tag in self.layout.headers:
            self._furniture()
        elif tag in self.layout.ends:
            yield from self._close(ended=True)
        elif self.layout.begins(tag, State(open_.seen if open_ else frozenset(), self.gap)):
            yield from self._close(ended=not self.layout.ends)
            self.open = _Open(number, opened=True)
            self.open.add(tag, value, number)
        else:
            if self.open is None:
                self.open = _Open(number, opened=False)
            self.open.add(tag, value, number)
        self.gap = False

    def finish(self) -> Iterator[Block]:
        """The last record."""
        yield from self._close(ended=True)
        if self.done:
            yield self._whole(self.done)

    def _text(self, number: int, line: str) -> None:
        text = line.strip(" \t\r\ufeff")
        open_ = self.open
        if not text:
            self.gap = True
        elif self.layout.furniture(text) and (self.gap or open_ is None):
            self._furniture()
        elif open_ and open_.fields and (not self.gap or open_.fields[-1][0] in self.layout.prose):
            open_.fields[-1][2].extend(("", text) if self.gap else (text,))
            self.gap = False
        else:
            self._left(Leftover(number, line.strip()))

    def _furniture(self) -> None:
        into = self.open or self.done
        if into:
            into.furniture += 1
        else:
            self.furniture += 1

    def _left(self, *leftovers: Leftover) -> None:
        into = self.open or self.done
        (into.leftovers if into else self.before).extend(leftovers)

    def _close(self, ended: bool) -> Iterator[Block]:
        """Close the open record; the one before it is complete now."""
        closing, self.open = self.open, None
        if closing is None:
            return
        stray = not closing.opened and not (closing.seen & self.layout.core)
        again = not ended and len(closing.fields) == 1  # "TY  - BOOK", "TY  - JOUR": the later one is meant
        if stray or again:
            self._left(*closing.lines(), *closing.leftovers)
            return
        if not ended:
            closing.notices.append(notice("record-unclosed", line=closing.line))
        if self.done:
            yield self._whole(self.done)
        self.done = closing

    def _whole(self, done: _Open) -> Block:
        done.leftovers[:0] = self.before
        done.furniture += self.furniture
        self.before, self.furniture = [], 0
        return done.block()


def readings(
    document: Document, layout: Layout, to_record: Callable[[Block], tuple[Record, tuple[Notice, ...]]]
) -> Iterator[Reading | Refusal]:
    """One Reading per record of *document*, keyed by ERIC number, DOI or PubMed number; a Refusal when there is none.

    Keys used twice: the record whose title is another is told apart by it, and gives up its citation key.
    """
    titles: dict[str, str] = {}
    taken: set[str] = set()
    nothing = True
    for block in blocks(document.lines, layout):
        nothing = False
        record, notices = to_record(block)
        key = key_of(record)
        if key and titles.setdefault(key, comparable(record.title)) != comparable(record.title):
            key = ""
        given = record.citation_key
        if given and given.lower() in taken:
            notices += (notice("duplicate-key", "citation_key", block.line, key=given),)
            record = replace(record, citation_key="", extra=(*record.extra, (f"{layout.name}:key", given)))
        taken.add(given.lower())
        yield Reading(
            record=record, key=key, line=block.line, leftovers=block.leftovers, furniture=block.furniture,
            notices=notices,
        )  # fmt: skip
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.beginning(200))


def key_of(record: Record) -> str:
    """The identity of a record in a file of tag lines: its ERIC number, DOI or PubMed number; "" when it has none."""
    pmid = next((value for scheme, value in record.identifiers if scheme == "pmid"), "")
    return record.eric or (f"doi:{record.doi.lower()}" if record.doi else f"pmid:{pmid}" if pmid else "")


_DOZENS: Final = 24


class Fields:
    """The fields of a record; what is asked for is taken out, and the rest is left for `extra` under its namespace.

    Values that say nothing ("", "nan") are left out from the beginning.
    """

    def __init__(self, block: Block, namespace: str):
        self.line = block.line
        self.namespace = namespace
        self.notices: list[Notice] = list(block.notices)
        self._fields: dict[str, list[str]] = {}
        for field in block.fields:
            if not missing(field.value):
                self._fields.setdefault(field.tag, []).append(field.value)
        self._order = [field.tag for field in block.fields]
        self._kept: list[tuple[str, str]] = []

    def __contains__(self, tag: str) -> bool:
        return tag in self._fields

    def peek(self, *tags: str) -> list[str]:
        """All values of *tags*, left where they are."""
        return [value for tag in tags for value in self._fields.get(tag, ())]

    def all(self, *tags: str) -> list[str]:
        """All values of *tags*, taken, in the order of the tags."""
        return [value for tag in tags for value in self._fields.pop(tag, ())]

    def in_order(self, *tags: str) -> list[str]:
        """All values of *tags*, taken, in the order of the file."""
        values = {tag: iter(self._fields.pop(tag, ())) for tag in tags}
        found = [next(values[tag], "") for tag in self._order if tag in values]
        return [value for value in found if value]

    def text(self, *tags: str) -> str:
        """The first value of the first of *tags* that has one, on one line; repetitions of it are taken too."""
        chosen = ""
        for tag in tags:
            rest = []
            for value in self._fields.pop(tag, ()):
                line = plain(value)
                chosen = chosen or line
                if line and line.casefold() != chosen.casefold():
                    rest.append(value)
            if rest:
                self._fields[tag] = rest
        return chosen

    def prose(self, *tags: str) -> str:
        """All values of *tags* as paragraphs, each once, and none that is part of another unless there are dozens."""
        found = list(dict.fromkeys(filter(None, map(paragraphs, self.all(*tags)))))
        if len(found) < _DOZENS:
            found = [value for value in found if not any(value in other for other in found if other != value)]
        return "\n\n".join(found)

    def put(self, tag: str, values: list[str]) -> None:
        """Put *values* back under *tag*."""
        if values:
            self._fields[tag] = values

    def keep(self, tag: str, *values: str) -> None:
        """Put *values* into `extra` under *tag*."""
        self._kept += [(tag, value) for value in map(plain, values) if value]

    def rest(self) -> tuple[tuple[str, str], ...]:
        """What nobody asked for, each once, as `extra` holds it."""
        left = [(tag, plain(value)) for tag, values in self._fields.items() for value in values]
        named = ((f"{self.namespace}:{tag}", value) for tag, value in (*self._kept, *left) if value)
        return tuple(dict.fromkeys(named))
