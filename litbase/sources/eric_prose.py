"""What ERIC runs together in its prose: marks after an abstract, addresses after a publisher, entities in anything.

Source: 7,050 real answers of ERIC's API.  Two thirds of the abstracts end in the
abstractor's initials ("(Author/RC)") or in remarks ("(Contains 3 tables.)"), and
nearly every publisher carries a postal address and telephone numbers.
"""

import html
import re
from typing import NamedTuple

from litbase.record.text import squash

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_MARKUP = re.compile(r"</?(i|b|u|em|strong|italic|sup|sub|p|br)\s?/?>", re.I)


def decode(text: str) -> str:
    """*text* with its character references decoded to a fixed point, at most three times ("&amp;quot;" is a quote).

    Only references that end in a semicolon count: "R&D" and "AT&T" stay.
    """
    for _ in range(3):
        if "&" not in text:
            break
        decoded = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if decoded == text:
            break
        text = decoded
    return text


def without_markup(text: str) -> str:
    """*text* without the tags some journals left in it ("&lt;i&gt;"); a paragraph or line break ends the line."""
    return _MARKUP.sub(lambda found: "\n" if found[1].lower() in ("p", "br") else "", text) if "<" in text else text


class Abstract(NamedTuple):
    """An abstract without its tail: who signed it ("Author/RC"), and the remarks that followed it."""

    text: str
    abstractors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


MOST_TAILS = 8
LONGEST = 1000  # characters of a publisher line that are read for the name
_WORDS = r"(?:Authors?|AUTHORS?|Auth[a-z]{1,3}|Editors?|Eds?|Staff|Publisher|Modified|Adapted|Abstractor|Journal|ERIC)"
_SIGNED = re.compile(
    rf"(?:{_WORDS}|[A-Z]{{2,4}}|[A-Z][A-Za-z]{{1,2}}(?=[/.]))(?:\s?[/.]\s?(?:{_WORDS}|[A-Z]{{1,4}}))?(?:\s?[/.]\s?[A-Z]{{1,4}})?\.?"
    r"|(?i:as provided|abstract (?:from|by|(?:provided|supplied) by|(?:adapted|modified) from) [\w ,.'’-]{2,60}|"
    r"(?:from )?author'?s? abstract)"
)
_REMARK = re.compile(
    r"(?:Contains?|Includes?|Contained|See|For|Available|Appended|Adjunct|Presented|Reprinted|"
    r"An? (?:appendix|bibliography|list)|Sections? of|References?|"
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s"
    r"(?:references?|notes?|footnotes?|citations?|tables?|figures?))\b",
    re.I,
)
_OPENING = {")": "(", "]": "["}


def split_abstract(text: str) -> Abstract:
    """The abstract in *text* and what ERIC's abstractors put after it.

    A tail is a bracket at the very end, after a full sentence: "(RC)" and "(Author/RC)" sign it, "(Contains 3 tables.)"
    and anything in square brackets is a remark.  "as measured by the test (FTIR)." has none.

    >>> split_abstract("Teachers were asked. (Contains 3 tables.) (Author/RC)")
    Abstract(text='Teachers were asked.', abstractors=('Author/RC',), remarks=('Contains 3 tables.',))
    """
    text = text.strip()
    signed: list[str] = []
    remarks: list[str] = []
    for _ in range(MOST_TAILS):
        start, inside, stopped = _last_bracket(text)
        if start < 0:
            break
        square = text[start] == "["
        before = text[:start].rstrip()
        closed = not before or before[-1] in ".?!)]\"'”’…:;" or before.endswith("--")
        if not stopped and _SIGNED.fullmatch(inside) and (closed or _is_signature(inside, before)):
            signed.insert(0, inside.rstrip("."))
        elif closed and (square or _REMARK.match(inside)):
            remarks.insert(0, inside)
        else:
            break
        text = before
    return Abstract(text, tuple(signed), tuple(remarks))


def _last_bracket(text: str) -> tuple[int, str, bool]:
    """Where the bracket that ends *text* opens, its inside, and whether a full stop follows; -1 when there is none."""
    stopped = text.endswith((").", "]."))
    end = len(text) - 1 - stopped
    if end < 1 or text[end] not in _OPENING:
        return -1, "", False
    closing, opening, depth = text[end], _OPENING[text[end]], 0
    for place in range(end, max(-1, end - 1500), -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            return place, squash(text[place + 1 : end]), stopped
    return -1, "", False


def _is_signature(inside: str, before: str) -> bool:
    """Whether a bracket after an unfinished sentence signs it: it says Author, or is no short form of words before."""
    if "/" in inside or inside[:4].title() in ("Auth", "Edit"):
        return True
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", before[-120:])).upper()
    return len(inside) < 4 and inside.isupper() and not initials.endswith(inside) and before.count(inside) == 0


_BRANDED = re.compile(
    r"^(?:(?:Journal )?availability|Available (?:from|through|at)|(?:For (?:the )?)?full text|Publisher)\s*:?\s+",
    re.I,
)
_FROM = re.compile(
    r"\b(?:Available (?:from|through|at|online)|Distributed by|Web ?site:|e-?mail:|Tel:|Fax:|https?://)", re.I
)
_STOP = re.compile(r"\.(?:\s(?!KG\b)|$)")  # "GmbH & Co. KG. Werderstrasse 10"
_NOT_AN_END = re.compile(
    r"(?:^|[\s(.,&/-])(?:[A-Z]|St|Mt|Ft|Dr|Mr|Mrs|Ms|Ph\.D|Ed\.D|M\.D|Dept|No|vs|Univ|Assoc|Amer|Prof|P\.O)$"
)
_WHEREABOUTS = re.compile(
    r"\d|P\.?\s?O\.?\b|Box\b|(?:One|Two|Three)\s[A-Z]|c/o\b|Attn|Suite\b|Room\b|Floor\b|"
    r"(?:\w+\s){0,3}(?:Department|Dept\.?|Division|Subscriptions?|Customer Services?|Circulation|Sales|Orders?)$",
    re.I,
)
_DESK = re.compile(
    r"^(?:Journals? )?(?:Customer|Subscriber|Subscription|Order) Services?(?: Department)?(?:,| for)\s+", re.I
)
_DESK_END = re.compile(
    r"(?:, ?| )(?:(?:Customer|Subscriber|Subscription|Order) (?:Services?|Department)(?: Department)?|"
    r"Subscriptions?|(?<=Group )Journals)$",
    re.I,
)


def publisher_of(text: str) -> str:
    """The publisher's name in ERIC's publisher line, without address, department or telephone; "" when it has none.

    The name ends at "Available from", at the first full stop that is no abbreviation's, or at the first part between
    commas that is an address or a department.

    >>> publisher_of("John Wiley & Sons, Inc. Subscription Department, 111 River Street, Hoboken, NJ 07030")
    'John Wiley & Sons, Inc.'
    >>> publisher_of("For full text: http://example.org/article.")
    ''
    """
    text = _DESK.sub("", _BRANDED.sub("", squash(text[:LONGEST])))
    if found := _FROM.search(text):
        text = text[: found.start()].rstrip(" ,;(")  # "PRO-ED, Inc.  Available from:" keeps its full stop
    text = text.rpartition("--")[2]  # "Sociology of Education--American Sociological Association, 1722 N Street"
    for stop in _STOP.finditer(text):
        if not _NOT_AN_END.search(text[: stop.start()]):
            text = text[: stop.start() + 1]
            break
    parts = text.split(", ")
    name = [parts[0]]
    for part in parts[1:]:
        if _WHEREABOUTS.match(part):
            break
        name.append(part)
    joined = ", ".join(name).strip(" ,;:")
    joined = joined if re.search(r"\b(?:Inc|Ltd|Co|Corp|Bros|[A-Z]\.[A-Z])\.$", joined) else joined.rstrip(".")
    return "" if _WHEREABOUTS.match(joined) and joined[0].isdigit() else _DESK_END.sub("", joined).strip(" ,")
