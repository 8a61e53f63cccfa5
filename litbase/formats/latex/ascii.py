"""LaTeX in which letters and signs beyond ASCII are commands, for `?ascii=1`.

Sources: the encodings OT1, T1 and TS1 that LaTeX's kernel sets up; what pandoc
and Citation.js make of each form.  Letters that need other fonts (Chinese,
Cyrillic, Arabic) have no commands and stay as they are.
"""

import re
import unicodedata
from typing import Final

from litbase.formats.latex.tables import ACCENTS, GREEK, LETTERS, LOWERED, RAISED, SIGNS

_COMBINED = re.compile("([A-Za-z])([\u0300-\u036f]++)")
_IN_TEXT: Final = ("text", "quote", "guillemot", "guilsing")  # how the names of signs begin that are no mathematics
_ELSEWHERE: Final = frozenset("omicron sqrt checkmark aa AA imath jmath dotlessi".split())  # no command, or a worse one
_MARKS: Final = {ACCENTS[accent][0]: accent for accent in ("textcommabelow", *list("`'^~\"=.uvHckrbd"))}


def _signs() -> dict[str, str]:
    """The characters that have a command of their own, with it."""
    found = {"–": "{--}", "—": "{---}", "µ": r"{\textmu}"}
    found |= {char: rf"\textsuperscript{{{chr(plain)}}}" for plain, char in _scripts(RAISED)}
    found |= {char: rf"\textsubscript{{{chr(plain)}}}" for plain, char in _scripts(LOWERED)}
    text = {name: char for name, char in (LETTERS | SIGNS).items() if name in LETTERS or name.startswith(_IN_TEXT)}
    for names, form in ((text, "{{\\{}}}"), (GREEK | SIGNS, "{{$\\{}$}}")):
        for name, char in names.items():
            if len(char) == 1 and not char.isascii() and name not in _ELSEWHERE:
                found.setdefault(char, form.format(name))
    return found


def _scripts(table: dict[int, int]) -> list[tuple[int, str]]:
    return [(plain, chr(code)) for plain, code in table.items() if plain < 128]


class _Spelled(dict[int, str]):
    """How each character is spelled, for `str.translate`; letters with accents are worked out when first met."""

    def __missing__(self, code: int) -> str:
        base, *marks = list(unicodedata.normalize("NFD", chr(code)))
        latex = base if base.isascii() else self.get(ord(base), base)
        fits = marks and latex.isascii() and "$" not in latex
        self[code] = (_under(marks, latex) if fits else "") or chr(code)
        return self[code]


_SPELLED: Final = _Spelled((ord(char), latex) for char, latex in _signs().items())


def spelled(latex: str) -> str:
    """*latex* with what lies beyond ASCII as commands, where LaTeX has them.

    >>> spelled("Gößta – 山 ≥ x̄")
    'G{\\\\"o}{\\\\ss}ta {--} 山 {$\\\\ge$} {\\\\=x}'
    """
    if latex.isascii():
        return latex
    return _COMBINED.sub(lambda found: _under(found[2], found[1]) or found[0], latex).translate(_SPELLED)


def _under(marks: str | list[str], latex: str) -> str:
    """*latex* under accents, {\\"o} and {\\v{s}}; "" when one of them has no command."""
    for mark in marks:
        if mark not in _MARKS:
            return ""
        accent = _MARKS[mark]
        inner = latex if latex.startswith("{") or not (accent.isalpha() or len(latex) > 1) else f"{{{latex}}}"
        latex = f"{{\\{accent}{inner}}}"
    return latex
