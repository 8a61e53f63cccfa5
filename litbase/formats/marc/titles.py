"""The title of a MARC record: field 245 with its subtitle and parts, ISBD's punctuation made ours.

Sources: MARC 21, field 245; ISBD (" :" before other title information, " =" before a parallel title, " ;" before
another title, " /" before the statement of responsibility); records made before ISBD, which write "Title;" for it.
"""

import re

from litbase.formats.marc.values import Field, unbracketed
from litbase.vocabulary.tidy import without_full_stop

PARTS = "abfgknps"
MOST_PARTS = 200
FALLBACKS = ("245", "246", "240", "130", "222", "242", "247", "740")
_INNER = (
    (re.compile(r"(?<! ) : "), ": "),
    (re.compile(r"(?<! ) ; "), "; "),
    (re.compile(r"\[(?:microform|electronic resource|videorecording)\]"), ""),
)
_END = re.compile(r"(?<![\s/:;=,])(?P<gap>\s{0,20})(?P<mark>[/:;=,])[\s/:;=,]{0,20}$")
_START = re.compile(r"^[\s/:;=,]{1,20}")
_START_MARK = re.compile(r"\s*([:;=])")
_BY = re.compile(
    r" / (?=(?:\[?(?:by|edited|compiled|prepared|written|translated|von|hrsg|herausgegeben|par|por|di|a cura)\b))",
    re.I,
)


def title_of(field: Field, codes: str = PARTS) -> str:
    """The title a field states, subtitle after ": ", parts after ". "; "" when it states none.

    >>> title_of(Field("245", "10", (("a", "Mathematik"), ("n", "Bd. 1,"), ("p", "Lineare Algebra /"), ("c", "X"))))
    'Mathematik. Bd. 1, Lineare Algebra'
    """
    title, mark, before = "", "", ""
    for code, value in field.subfields[:MOST_PARTS]:
        text, ending = _split(value)
        if code in codes and (text := _bracketless(text)):
            lead = _START_MARK.match(value)
            title = _joined(title, text, code, before, lead[1] if lead else mark)
            before = code
        if ending or code in codes:
            mark = ending
    for pattern, instead in _INNER:
        title = pattern.sub(instead, title)
    if not field.all("c"):
        title = _BY.split(title, maxsplit=1)[0]
    return without_full_stop(unbracketed(" ".join(title.split())))


def _split(value: str) -> tuple[str, str]:
    """The text of a subfield and the mark behind it: ":", "=", "/", ",", " ;" (another title) or ";" (a subtitle)."""
    found = _END.search(value)
    if not found:
        return _START.sub("", value).strip(), ""
    mark = found["mark"] if found["mark"] != ";" or not found["gap"] else " ;"
    return _START.sub("", value[: found.start()]).strip(), mark


def _bracketless(text: str) -> str:
    return text.removesuffix("]") if text.count("]") > text.count("[") else text


def _joined(title: str, text: str, code: str, before: str, mark: str) -> str:
    if not title:
        return text
    if code == "n" or (code == "p" and before != "n") or code in "ks" or (not mark and title.endswith(".")):
        return f"{without_full_stop(title)}. {text}"
    if code == "p" or code in "fg":
        return f"{title}, {text}"
    if code == "a":
        return f"{without_full_stop(title)}; {text}"
    if mark in ("=", " ;"):
        return f"{title}{' =' if mark == '=' else ';'} {text}"
    return f"{title} {text}" if title[-1] in "?!:–—" else f"{without_full_stop(title)}: {text}"
