"""HTML that leaked into LaTeX: entities and tags that publishers and databases leave in their BibTeX exports.

Sources: exports of Web of Science ("title&apos;s"), Europe PMC ("<i>P</i>"), Wiley and Crossref.  LaTeX has no use for
a bare ampersand, and an escaped one (\\&amp;) is none, so that our own exports stay as they are.
"""

import html
import re
from typing import Final

from litbase.formats.latex.marks import emphasised

_ENTITY = re.compile(r"(?<!\\)&(?:amp;){0,2}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_STYLED = re.compile(
    r"<(?P<tag>i|em|b|strong|sub|sup|italic|bold)>(?P<text>[^<>]{0,500}+)</(?P=tag)>", re.I
)  # a tag without its partner is text
_DRESSED = re.compile(
    r"<(?P<tag>span|scp|sc|u|jats:[a-z]{1,20})(?:\s[^<>]{0,200}+)?>(?P<text>[^<>]{0,5000}+)</(?P=tag)>", re.I
)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|div|br|ul|ol|li|title|sec|abstract)\s?/?>", re.I)
_STYLES: Final = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sub": "sub", "sup": "sup",
}  # fmt: skip
_SPECIAL: Final = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "<": r"{\textless}", ">": r"{\textgreater}",
}  # fmt: skip
NESTED: Final = 3


def without_html(latex: str) -> str:
    """*latex* with entities as characters, pairs of tags as the signs of emphasis, and block tags as paragraphs.

    >>> without_html("A title&apos;s &amp;amp; <scp>x</scp> 5 < 6 \\\\&amp;")
    "A title's \\\\& x 5 < 6 \\\\&amp;"
    """
    if "<" in latex:
        for _ in range(NESTED):
            plainer = _STYLED.sub(lambda found: emphasised(found["text"], _STYLES[found["tag"].lower()]), latex)
            plainer = _DRESSED.sub(lambda found: found["text"], plainer)
            if plainer == latex:
                break
            latex = plainer
        if latex.count("</") or re.search(r"<br\s?/?>", latex, re.I):
            latex = _BLOCK.sub("\n\n", latex)
    return _ENTITY.sub(_character, latex) if "&" in latex else latex


def _character(found: re.Match[str]) -> str:
    text = found[0]
    for _ in range(NESTED):
        text = html.unescape(text)
    return text if text == found[0] else "".join(_SPECIAL.get(character, character) for character in text)
