"""The reader contract: a Document goes in, Readings and Refusals come out.

A reader is a module with NAME, SOURCE, LABEL, VERSION, RANK, `sniff(document)` and
`read(document)`; `litbase.library.detecting.READERS` lists them all.  A reader is
pure: it never raises on any input, never opens a file, and hands back every
line it does not understand.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, Protocol

import msgspec

from litbase.record.decoding import Decoding, decoding, stretches, whole
from litbase.record.notices import Notice, notice
from litbase.record.record import Record

HEAD: Final = 8000
"""Characters of the beginning by which most readers know their own."""


class Leftover(msgspec.Struct, frozen=True):
    """A line nobody understood: its number (from 1) and its text."""

    line: int
    text: str


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record as one document states it.

    *key* is its identity at its source ("EJ1223055", "doi:10.1/x", "15 SES 09"; "" lets the library make one),
    *line* where it begins (from 1), *furniture* how many non-empty lines of menus, adverts and the like were left out.
    """

    record: Record
    key: str = ""
    line: int = 1
    leftovers: tuple[Leftover, ...] = ()
    furniture: int = 0
    notices: tuple[Notice, ...] = ()


def tail_left_out(first: str, lines: Sequence[int]) -> Notice:
    """What a reader tells that leaves out a page from the line *first* on: its *lines*, ascending."""
    stretch = f"{lines[0]}–{lines[-1]}" if lines[-1] > lines[0] else f"{lines[0]}"
    return notice("tail-left-out", line=lines[0], first=first[:60], count=len(lines), lines=stretch)


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stretch of a document that gave no record, and why; *notice* carries the reason, *text* its beginning."""

    line: int
    notice: Notice
    key: str = ""
    text: str = ""


class Document:
    """Bytes with a name, and the text in them.

    *name* is a path, URL or "-" (a member of an archive is "file.zip/member").  Decoding never fails: byte order marks,
    UTF-8, a charset the page declares, then Windows-1252; what was guessed stands in *notices*.
    """

    def __init__(self, name: str, data: bytes, opened: tuple[Notice, ...] = (), packed: int | None = None):
        """Bytes with a name; *opened* is what was odd about opening them, *packed* their bytes in an archive."""
        self.name = name
        self.data = data
        self.opened = opened
        self.size = len(data) if packed is None else packed

    @classmethod
    def from_text(cls, text: str, name: str = "-") -> "Document":
        """A document of *text*, as if read from UTF-8."""
        return cls(name, text.encode("utf-8", "surrogatepass"))

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def _way(self) -> Decoding:
        return decoding(self.data)

    @cached_property
    def text(self) -> str:
        """The text, newlines as "\\n"; bytes that mean nothing are U+FFFD."""
        return whole(self.data, self._way)

    def stretches(self) -> Iterator[str]:
        """The text in pieces of some megabytes, for readers of files that need not be in memory twice."""
        return stretches(self.data, self._way)

    def beginning(self, length: int) -> str:
        """The first *length* characters of the text, or all of a shorter one; cheap in a long document."""
        if "text" in self.__dict__ or len(self.data) <= length:
            return self.text[:length]
        return next(stretches(self.data, self._way, 4 * length + 8), "")[:length]

    @property
    def encoding(self) -> str:
        """The encoding the text was read in, as "utf-8" or "cp1252"."""
        return self._way.encoding

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was odd about opening and decoding it; () when nothing was."""
        if self.is_marc:
            return self.opened
        guessed = (notice("encoding-guessed", encoding=self.encoding),) if self._way.guessed else ()
        lost = (notice("bytes-replaced", count=self._way.lost),) if self._way.lost else ()
        return (*self.opened, *guessed, *lost)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends; line n is lines[n - 1]."""
        return self.text.split("\n")

    @property
    def line_count(self) -> int:
        """How many lines the text has."""
        return self._way.newlines + 1

    @cached_property
    def head(self) -> str:
        """The first characters, for sniffing."""
        return self.beginning(HEAD).lstrip("\ufeff")

    @cached_property
    def is_html(self) -> bool:
        """Whether this is a saved web page."""
        return bool(re.search(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", self.head, re.I))

    @cached_property
    def is_xml(self) -> bool:
        """Whether this is XML and no web page."""
        start = self.head.lstrip()
        return not self.is_html and (start.startswith("<?xml") or bool(re.match(r"<[A-Za-z][\w:.-]*[\s/>]", start)))

    @cached_property
    def is_marc(self) -> bool:
        """Whether these are MARC records (ISO 2709), whose reader takes the bytes and knows their encoding."""
        beginning = self.data[:200_000]
        return bool(re.match(rb"[\s\x00]{0,100}\d{5}", beginning)) and b"\x1e" in beginning and b"\x1f" in beginning

    @cached_property
    def binary(self) -> str:
        """What kind of binary file this is ("PDF", "picture", "binary data"); "" for text and for MARC."""
        if self.is_marc:
            return ""
        for magic, what in _MAGIC:
            if self.data.startswith(magic):
                return what
        if self.encoding.startswith("utf-16"):
            return ""
        sample = self.data[:65536]
        controls = sum(sample.count(bytes((c,))) for c in (*range(0, 9), *range(14, 27)))
        return "binary data" if sample and controls > len(sample) / 50 else ""


_MAGIC = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip archive"), (b"\x1f\x8b", "a gzip file"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"), (b"SQLite format 3", "a database"),
)  # fmt: skip


class Reader(Protocol):
    """What every module of `sources`, and every `formats` module that loads, offers."""

    NAME: str
    """The layout's name in reports, unique: "eric-api"; never changes."""
    SOURCE: str
    """The place it comes from, shared by its layouts, value of the facet "collection": "eric"; never changes."""
    LABEL: str
    """What people call the layout: "ERIC API answer"."""
    VERSION: int
    """Rises when the reader reads the same text better; a re-read then replaces the old reading."""
    RANK: int
    """How far to trust it against other sources of the same record, 0-100; the higher wins field by field."""

    def sniff(self, document: Document) -> int:
        """How sure it is that *document* is its own, 0-100; cheap, and 0 for anything it cannot read."""
        ...

    def read(self, document: Document) -> Iterator[Reading | Refusal]:
        """The records in *document*, in order; never raises."""
        ...
