"""LaTeX markup to plain Unicode text, and plain text to LaTeX.

Knowledge: TeX's rules for control words and accents; what pandoc, citation-js
and biber make of each escaped form (only forms that all of them read are written).
"""

import re
import unicodedata
from typing import Final

from litbase.formats.latex.html import without_html
from litbase.formats.latex.marks import bare, emphasised
from litbase.formats.latex.tables import (
    ACCENTS,
    CONTROL_SYMBOLS,
    DRESSING,
    EMPHASIS,
    QUOTING,
    SCRIPTS,
    SWALLOWING,
    SWITCHES,
    SYMBOLS,
    VERBATIM,
)  # fmt: skip
from litbase.record.text import clean, squash

ARGUMENT: Final = 240  # the longest argument of an accent or an index; a longer group is read as plain text
GROUP: Final = 500  # the longest emphasised group; a longer one is plain
ADDRESS: Final = 4000  # the longest address inside \url
MATH: Final = 500
DEPTH: Final = 8

_MARKUP = re.compile(r"[\\{}$~`]|--|''")
_TOKEN = re.compile(
    r"(?P<plain>[^\\{}$~`'\-?!]++)"
    r"|\\(?P<word>[A-Za-z]++)(?P<gap>\s*+)"
    r"|\\(?P<symbol>.)"
    r"|(?P<ligature>---|--|``|''|\?`|!`)"
    r"|(?P<one>.|\\)",
    re.S,
)
_LIGATURES: Final = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_COMBINING: Final = "".join(combining for combining, _ in ACCENTS.values())
_SINGLE: Final = {"{": "", "}": "", "~": " ", "`": "‘"}
_INNER_QUOTES: Final = str.maketrans("“”", "‘’")
_BRACE = re.compile(r"[{}]")
_COMMAND = re.compile(r"\\(?:[A-Za-z]++\s*+|.)", re.S)
_SPACED = re.compile(r"(?<=\s)\\[A-Za-z]++(?=\s)")
_SCRIPT = re.compile(r"(?<!\\)[\^_]")
_TEX_IN_MATH = re.compile(r"[\\^_{=<>+]")


def decode(latex: str) -> str:
    """The plain text of *latex* on one line, in NFC; never raises.

    Accents, letters, signs, Greek, indices and ligatures become Unicode; grouping braces and font commands go; a bare %
    stays; an unknown command keeps its argument, or its name where it has none
    (a capitalised one, most often a logo, without its backslash).  Linear in the text's length.

    >>> decode(r"{\\"O}zg{\\"u}r \\& Ay{\\c s}e: 100% of $\\alpha$")
    'Özgür & Ayşe: 100% of α'
    """
    return squash(bare(marked(latex))) if "\\" in latex or "<" in latex else marked(latex)


def marked(latex: str) -> str:
    """The same with the signs of `latex_marks` around what is emphasised, as \\emph{this} and {\\it that}."""
    if "&" in latex or "<" in latex:
        latex = without_html(latex)
    if not _MARKUP.search(latex):
        return squash(unicodedata.normalize("NFC", latex))
    return squash(unicodedata.normalize("NFC", _decode(latex, 0)))


def _decode(text: str, depth: int) -> str:
    if depth > DEPTH:
        return _BRACE.sub("", text)
    out: list[str] = []
    position = quoting = 0
    while found := _TOKEN.match(text, position):
        position = found.end()
        match found.lastgroup:
            case "plain":
                out.append(found[0])
            case "gap" | "word":
                position = _word(text, found, out, depth)
            case "symbol" if found["symbol"] in ACCENTS:
                position = _accent(text, position, found["symbol"], out, depth)
            case "symbol":
                out.append(CONTROL_SYMBOLS.get(found["symbol"], found[0]))
            case "ligature":
                out.append(_LIGATURES[found[0]])
            case _ if found[0] == "$":
                position = _math(text, position, out, depth)
            case _ if found[0] == "'" and quoting and not text[position : position + 1].isalpha():
                quoting -= 1
                out.append("’")
            case _:
                quoting += found[0] == "`"
                out.append(_SINGLE.get(found[0], found[0]))
    return "".join(out)


def _word(text: str, found: re.Match[str], out: list[str], depth: int) -> int:
    word, end = found["word"], found.end()
    if word in SYMBOLS:
        out.append(SYMBOLS[word])
    elif word in ACCENTS:
        return _accent(text, end, word, out, depth)
    elif word in SCRIPTS:
        table, sign = SCRIPTS[word]
        argument, end = _argument(text, end)
        out.append(_script(_decode(argument, depth + 1), table, sign))
    elif word in EMPHASIS:
        argument, end = _argument(text, end, GROUP)
        out.append(emphasised(_decode(argument, depth + 1), EMPHASIS[word]))
    elif word in SWITCHES and text[found.start() - 1 : found.start()] == "{":
        argument, stop = _argument(text, found.start() - 1, GROUP)
        if argument:
            out.append(emphasised(_decode(argument[found.end() - found.start() :], depth + 1), SWITCHES[word]))
            end = stop - 1
    elif word in QUOTING:
        inner = text.startswith("*", end)
        argument, end = _argument(text, end + inner, GROUP)
        out.append(_quoted(_decode(argument, depth + 1), inner))
    elif word == "frac":
        above, end = _argument(text, end)
        below, end = _argument(text, end)
        out.append(f"{_decode(above, depth + 1)}/{_decode(below, depth + 1)}")
    elif word in VERBATIM or word in SWALLOWING:
        argument, end = _argument(text, end, ADDRESS)
        out.append(argument if word in VERBATIM else "")
    elif word not in DRESSING and (text[end : end + 1] != "{" or text[end : end + 2] == "{}"):
        out.append(f"{'' if word[0].isupper() else chr(92)}{word}{found['gap']}")  # \VAX and \TikZ are logos
    return end


def _quoted(text: str, inner: bool) -> str:
    """*text* in typographer's quotes, those within it single."""
    single = text.translate(_INNER_QUOTES)
    return f"‘{single}’" if inner else f"“{single}”"


def _argument(text: str, position: int, limit: int = ARGUMENT) -> tuple[str, int]:
    """The argument at *position*, without its braces, and where it ends; ("", position) when there is none in reach."""
    while text[position : position + 1].isspace():
        position += 1
    if text[position : position + 1] == "{":
        depth = 0
        for brace in _BRACE.finditer(text, position, min(len(text), position + limit)):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return text[position + 1 : brace.start()], brace.end()
            if depth > DEPTH:
                break
        return "", position
    if command := _COMMAND.match(text, position):
        return command[0], command.end()
    return ("", position) if text[position : position + 1] == "}" else (text[position : position + 1], position + 1)


def _accent(text: str, position: int, accent: str, out: list[str], depth: int) -> int:
    argument, end = _argument(text, position)
    combining, alone = ACCENTS[accent]
    base = _decode(argument, depth + 1).translate({ord("ı"): "i", ord("ȷ"): "j"})
    if base.strip():
        letter = len(base) - len(base[1:].lstrip(_COMBINING))  # \'{\^e}: the accent goes above the one that is there
        out.append(base[:letter] + combining + base[letter:])
    elif end > position or not text[position : position + 1]:
        out.append(alone)
    return end


def _script(text: str, table: dict[int, int], sign: str) -> str:
    """*text* raised or lowered where Unicode has the characters; letters ("th") stay, emphasised."""
    if text and all(ord(character) in table for character in text):
        return text.translate(table)
    if text.isalpha():
        return emphasised(text, "sup" if sign == "^" else "sub")
    return text if text in ("°", "′", "") else sign + text


def _math(text: str, position: int, out: list[str], depth: int) -> int:
    """Read $...$ when it looks like mathematics; a lone dollar ("$5 and $10") stays."""
    end = text.find("$", position, position + MATH)
    while end > 0 and text[end - 1] == "\\":
        end = text.find("$", end + 1, position + MATH)
    if end == position:  # $$...$$
        return end + 1
    content = text[position:end] if end > 0 else ""
    if not content or not (_TEX_IN_MATH.search(content) or not re.search(r"\s", content)):
        out.append("$")
        return position
    content = _SPACED.sub(r"\g<0>{} ", content)  # the blanks around a sign are there to be seen
    scripted = _SCRIPT.sub(lambda sign: r"\textsuperscript " if sign[0] == "^" else r"\textsubscript ", content)
    out.append(_decode(scripted, depth + 1))
    return end + 1


_ESCAPES: Final = {
    "\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "<": r"{\textless}",
    ">": r"{\textgreater}", "|": r"{\textbar}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
    "`": r"{\textasciigrave}",
}  # fmt: skip
_ESCAPING: Final = str.maketrans(_ESCAPES)
_SPECIAL: Final = re.compile(r"[\\~^<>|#$%&_`{}]|--|''")
_DOUBLED: Final = re.compile(r"(?<=-)-|(?<=')'")  # -- and '' would be read as ligatures


def encode(text: str) -> str:
    """*text* as LaTeX on one line, every special character escaped once; its braces always balance.

    >>> encode("50% of {ok} but { and --")
    '50\\\\% of \\\\{ok\\\\} but {\\\\textbraceleft} and -{}-'
    """
    if not text:
        return ""
    text = squash(clean(text))
    if not _SPECIAL.search(text):
        return text
    if "{" in text or "}" in text:
        return "".join(pieces(text))
    latex = text.translate(_ESCAPING)
    return _DOUBLED.sub(r"{}\g<0>", latex) if "--" in text or "''" in text else latex


def pieces(text: str, spelled: bool = False) -> list[str]:
    """The LaTeX of each character of *text*, one piece each; paired braces are escaped, lone ones spelled out.

    With *spelled* all of them are, so that a group may end between two that are a pair.
    """
    out = [_ESCAPES.get(character, character) for character in text]
    for found in _DOUBLED.finditer(text) if "--" in text or "''" in text else ():
        out[found.start()] = "{}" + found[0]
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
            out[brace.start()] = r"{\textbraceleft}"
        elif opened and not spelled:
            out[opened.pop()] = r"\{"
            out[brace.start()] = r"\}"
        else:
            out[brace.start()] = r"{\textbraceright}"
    return out
