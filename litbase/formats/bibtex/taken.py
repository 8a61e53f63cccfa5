"""The fields of one BibTeX entry, taken out one by one and read as prose, addresses or lists."""

import re
from collections.abc import Iterable

from litbase.formats.bibtex.kinds import VERBATIM
from litbase.formats.latex.html import without_html
from litbase.formats.latex.marks import bare
from litbase.formats.latex.text import decode, marked

_ESCAPED = re.compile(r"\\([_%&#$~^{}])")
_TEX_TILDE = re.compile(r"\{?\\textasciitilde(?:\{\}|\})?|\{?\$\\sim\$\}?|\\~\{\}")
_WRAPPED = re.compile(r"\\(?:url|path|nolinkurl)[ \t]*\{(?P<url>[^{}]*)\}|\\href[ \t]*\{(?P<href>[^{}]*)\}")
_PARAGRAPH = re.compile(r"\n[ \t]*+\n|\\par(?![a-zA-Z])")
_COMMA = re.compile(r"[{},;]")


class Taken:
    """The fields of an entry; what is asked for is taken out, and the rest is left for `extra`."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields

    def raw(self, *names: str) -> str:
        """The LaTeX of the first of *names* that holds something; an emptied field is taken, a second one stays."""
        for name in names:
            if name in self.fields and (value := self.fields[name]).strip():
                del self.fields[name]
                return value
        return ""

    def raw_all(self, names: Iterable[str]) -> None:
        """Take all of *names*."""
        for name in names:
            self.fields.pop(name, None)

    def text(self, *names: str) -> str:
        """The same in plain text, paragraphs kept apart by a blank line."""
        value = self.raw(*names)
        return bare(prose(value)) if value else ""

    def marked(self, *names: str) -> str:
        """The same with the signs of `latex_marks` around what is emphasised."""
        return prose(self.raw(*names))

    def verbatim(self, *names: str) -> str:
        """The same for addresses and numbers."""
        value = self.raw(*names)
        return verbatim(value) if value else ""

    def peek(self, name: str) -> str:
        """A field in plain text, left where it is."""
        value = self.fields.get(name)
        return decode(value) if value else ""

    def rest(self) -> Iterable[tuple[str, str]]:
        """What nobody asked for, as `extra` holds it."""
        for name, value in self.fields.items():
            if kept := plain(name, value):
                yield f"bibtex:{name}", kept


def plain(name: str, value: str) -> str:
    """The value of a field nobody has a place for, by what is customary in a field of that name."""
    return verbatim(value) if name in VERBATIM else bare(prose(value))


def prose(latex: str) -> str:
    """Text with its paragraphs, a blank line between them, and the signs of emphasis."""
    if "</" in latex:
        latex = without_html(latex)
    if ("\n" not in latex and "\\par" not in latex) or not _PARAGRAPH.search(latex):
        return marked(latex)
    return "\n\n".join(filter(None, map(marked, _PARAGRAPH.split(latex))))


def verbatim(value: str) -> str:
    """An address or a number: \\url and \\href around it and escapes in it are taken off, nothing else."""
    value = _TEX_TILDE.sub("~", value)
    if wrapped := _WRAPPED.search(value):
        value = wrapped["url"] or wrapped["href"] or ""
    value = _ESCAPED.sub(r"\1", value.replace(r"{\_}", "_"))
    if value.startswith("{") and value.endswith("}"):
        value = value[1:-1]
    return "".join(map(str.strip, value.split("\n"))) if "\n" in value else value.strip()


def holds_address(latex: str) -> bool:
    """Whether an address is wrapped in \\url or \\href somewhere in *latex*."""
    return bool(_WRAPPED.search(latex))


def read_keywords(latex: str) -> list[str]:
    """The keywords in a field, parted by commas or semicolons outside braces.

    >>> read_keywords("Reading, {Schools, Rural}; Writing")
    ['Reading', 'Schools, Rural', 'Writing']
    """
    if latex.count("{") != latex.count("}"):
        latex = latex.replace("{", "").replace("}", "")
    words, depth, start = [], 0, 0
    for mark in _COMMA.finditer(latex):
        if mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif depth == 0:
            words.append(latex[start : mark.start()])
            start = mark.end()
    return [word for word in map(decode, [*words, latex[start:]]) if word]
