"""SKOS in Turtle or N-Triples, as far as vocabularies use them.

Source: the W3C's Turtle grammar.  Prefixes are written out, so that a concept is the same however it is abbreviated;
collections in round brackets are passed over, nothing is fetched.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from litbase.record.notices import Notice
from litbase.record.reading import Document
from litbase.sources.thesaurus_statements import Statement, local, rows_of
from litbase.vocabulary.terms import Row, misread

DEEPEST: Final = 64
_TOKEN: Final = re.compile(
    r'(?P<space>(?:\s|#[^\n]*)+)|<(?P<iri>[^<>"\s]*)>'
    r'|"""(?P<long>(?:[^"\\]|\\.|"(?!""))*)"""' + r"|'''(?P<long1>(?:[^'\\]|\\.|'(?!''))*)'''"
    r'|"(?P<text>(?:[^"\\\n]|\\.)*)"|' + r"'(?P<text1>(?:[^'\\\n]|\\.)*)'"
    r"|@(?P<at>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<type>\^\^)|(?P<mark>[\[\]();,]|\.(?![\w]))"
    r"|(?P<name>[^\s<>\"'()\[\];,@^.#]+(?:\.+[^\s<>\"'()\[\];,@^.#]+)*)",
    re.S,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.S)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def sniff(head: str) -> bool:
    """Whether a file that begins so is Turtle or N-Triples."""
    lines = [line for line in head.lstrip().splitlines() if line.strip() and not line.startswith("#")]
    return bool(lines) and bool(re.match(r"@?(?:prefix|base)\s|<[^<>\s]+>\s+(?:<|a\s|\w*:)", lines[0], re.I))


def rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The concepts of *document*; raises BadInput where it is no Turtle."""
    yield from rows_of(_Turtle(document).statements(), told)


class _Turtle:
    """Reads one document from the first token to the last."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text.lstrip("\ufeff")
        self.at = self.counted = 0
        self.line = 1
        self.prefixes: dict[str, str] = {}
        self.blank = count()
        self.kind = self.value = ""
        self.advance()

    def advance(self) -> tuple[str, str]:
        """The token that was the present one; the next one becomes it, ("", "") at the end."""
        before = self.kind, self.value
        self.kind = self.value = ""
        while self.at < len(self.text):
            found = _TOKEN.match(self.text, self.at)
            if found is None or found.lastgroup is None:
                raise self.wrong("a term or a punctuation mark of Turtle", self.text[self.at : self.at + 40])
            self.line += self.text.count("\n", self.counted, self.at)
            self.counted, self.at = self.at, found.end()
            if found.lastgroup != "space":
                self.kind, self.value = found.lastgroup.rstrip("1"), found[found.lastgroup]
                break
        return before

    def wrong(self, expected: str, found: str = "") -> Exception:
        """The error for the present place."""
        return misread(self.document.name, self.line, expected, found or self.value or "the end of the file")

    def take(self, mark: str) -> None:
        """Go past *mark*, which has to come here."""
        if (self.kind, self.value) != ("mark", mark):
            raise self.wrong(f'"{mark}"')
        self.advance()

    def statements(self) -> Iterator[Statement]:
        """Everything the document says."""
        while self.kind:
            word = self.value.lower()
            if self.kind in ("at", "name") and word in ("prefix", "base"):
                self.declared(self.kind == "at", word)
                continue
            subject, said = self.node(0)
            yield from said
            if (self.kind, self.value) != ("mark", "."):
                yield from self.properties(subject, 0)
            self.take(".")

    def declared(self, closed: bool, word: str) -> None:
        """Read a prefix; a base is passed over, for names are only compared with each other."""
        self.advance()
        name = self.advance()[1] if word == "prefix" else ""
        kind, iri = self.advance()
        if kind != "iri":
            raise self.wrong("<an address>", iri)
        if word == "prefix":
            self.prefixes[name.rstrip(":")] = iri
        if closed:
            self.take(".")

    def properties(self, subject: str, depth: int) -> Iterator[Statement]:
        """What is said of *subject*, up to a full stop or a closing bracket."""
        while True:
            line = self.line
            kind, name = self.advance()
            if kind not in ("name", "iri"):
                raise self.wrong("a property", name)
            named = "type" if (kind, name) == ("name", "a") else local(name)
            while True:
                text, language, said = self.object(depth)
                yield from said
                yield Statement(subject, named, text, language, line)
                if (self.kind, self.value) != ("mark", ","):
                    break
                self.advance()
            while (self.kind, self.value) == ("mark", ";"):
                self.advance()
            if self.kind == "mark" and self.value in ".]":
                return
            if self.kind == "":
                raise self.wrong('"."')

    def object(self, depth: int) -> tuple[str, str, list[Statement]]:
        """A value, its language, and what is said of things inside it."""
        if self.kind not in ("long", "text"):
            name, said = self.node(depth)
            return name, "", said
        text = _unescaped(self.advance()[1])
        if self.kind == "at":
            return text, self.advance()[1], []
        if self.kind == "type":
            self.advance()
            self.advance()
        return text, "", []

    def node(self, depth: int) -> tuple[str, list[Statement]]:
        """The name of a subject or object, and what is said inside its brackets."""
        if depth > DEEPEST:
            raise self.wrong(f"brackets at most {DEEPEST} deep", "deeper ones")
        kind, value = self.advance()
        match kind, value:
            case "iri", _:
                return _unescaped(value), []
            case "name", _:
                prefix, colon, rest = value.partition(":")
                known = colon and prefix in self.prefixes
                return (self.prefixes[prefix] + rest if known else value), []
            case "mark", "[":
                name = f"_:{next(self.blank)}"
                closed = (self.kind, self.value) == ("mark", "]")
                said = [] if closed else list(self.properties(name, depth + 1))
                self.take("]")
                return name, said
            case "mark", "(":
                said = []
                while (self.kind, self.value) != ("mark", ")"):
                    if not self.kind:
                        raise self.wrong('")"')
                    said += self.object(depth + 1)[2]
                self.advance()
                return f"_:{next(self.blank)}", said
        raise self.wrong("an address, a name or a bracket", value)


def _unescaped(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        number = int(found[1] or found[2] or "0", 16)
        if found[3] is not None:
            return _LETTERS.get(found[3], found[3])
        return chr(number) if number < 0x110000 else "\ufffd"

    return _ESCAPE.sub(letter, text) if "\\" in text else text
