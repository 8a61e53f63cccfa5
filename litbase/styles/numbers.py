"""Numbers as citations print them: whether a text is a number, ordinals, and ranges of pages, volumes and issues.

Sources: CSL 1.0.2 on numeric content and page-range-format; the ranges of the Chicago Manual (9.61) and of MLA.
"""

import re
from typing import Final, NamedTuple

DASH: Final = "–"
LONGEST: Final = 200
"""Characters; a longer text is no number."""
_JOINT = re.compile(r"((?<!\s)\s*+(?:(?:[-–&;]|,(?=\s)|(?<=\s)and(?=\s))\s*+)++)")
_LETTERED = re.compile(r"(?P<letters>\d*[A-Za-z]+0*)?(?P<digits>\d+)(?P<tail>[A-Za-z]*)")
_SMALL_ROMAN = re.compile(r"[ivx]+")
_ROMAN = re.compile(r"[ivxlcm]+|[IVXLCM]+")
_FRACTION = re.compile(r"\d+(?:/\d+)+")
_REMARK = re.compile(r"[a-z]{1,4}[. ]")
_LABEL = re.compile(r"pp?\.\s*(?=\d)")


class _Part(NamedTuple):
    text: str
    letters: str = ""
    digits: str = ""
    tail: str = ""


def _part(text: str) -> _Part:
    found = _LETTERED.fullmatch(text)
    return _Part(text, found["letters"] or "", found["digits"], found["tail"]) if found else _Part(text)


def _split(text: str) -> list[str]:
    """Numbers and what joins them, in turn."""
    return _JOINT.split(text) if 0 < len(text) <= LONGEST else [text]


def is_numeric(text: str) -> bool:
    """Whether *text* is a number or several, such as "2", "S12", "iv", "3/4", "12-13" or "2nd".

    >>> [is_numeric(t) for t in ("12-13", "2nd", "S12", "3/4", "Spring", "No. 7", "")]
    [True, True, True, True, False, False, False]
    """
    first = _split(text)[0]
    return bool(_FRACTION.fullmatch(text) or _LETTERED.fullmatch(first) or _SMALL_ROMAN.fullmatch(first))


def is_plural(text: str) -> bool:
    """Whether *text* is several numbers, "12-13" or "2, 3"."""
    pieces = _split(text)
    return len(pieces) > 1 and is_numeric(text) and not _REMARK.match(pieces[2])


def begun_each(text: str) -> str:
    """*text* with a capital at each of the parts that "and", commas and dashes join; remarks stay.

    >>> begun_each("revised and updated"), begun_each("third series, no. 18"), begun_each("4th edition")
    ('Revised and Updated', 'Third series, no. 18', '4th edition')
    """
    pieces = _split(text)
    for place in range(0, len(pieces), 2):
        first = pieces[place].partition(" ")[0]
        if first.islower() and not (place and _REMARK.match(pieces[place])):
            pieces[place] = pieces[place][0].upper() + pieces[place][1:]
    return "".join(pieces)


def ordinal(text: str) -> str:
    """The numbers in *text* as English ordinals: "2" is "2nd"; what is no plain number stays.

    >>> ordinal("11"), ordinal("22"), ordinal("3rd"), ordinal("1-2")
    ('11th', '22nd', '3rd', '1st–2nd')
    """
    pieces = _split(number(text)) if is_numeric(text) else [text]
    return "".join(_ordinal(piece) if piece.isdecimal() else piece for piece in pieces)


def _ordinal(digits: str) -> str:
    if digits.startswith("0"):
        return digits
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")
    return digits + ("th" if digits[-2:-1] == "1" else ending)


def number(text: str) -> str:
    """*text* with en dashes in its ranges, where it is nothing but numbers: "12-13" is "12–13", "TR-45" stays."""
    pieces = _split(text)
    if not all(map(_is_number, pieces[::2])):
        return text
    for place in range(1, len(pieces) - 1, 2):
        if pieces[place].strip() in ("-", DASH) and _is_range(pieces[place - 1], pieces[place + 1]):
            pieces[place] = DASH
    return "".join(pieces)


def _is_number(text: str) -> bool:
    return bool(_LETTERED.fullmatch(text) or _ROMAN.fullmatch(text))


def _is_range(first: str, last: str) -> bool:
    if _ROMAN.fullmatch(first) and _ROMAN.fullmatch(last):
        return True
    one, other = _part(first), _part(last)
    tails = one.tail + other.tail
    return bool(one.digits and other.digits) and one.letters == other.letters and (not tails or tails.islower())


def expanded(first: str, last: str) -> str:
    """The end of a page range in full: 1035 to "47" is "1047"."""
    whole = first[: max(0, len(first) - len(last))] + last
    return whole if int(whole) > int(first) else last


def two_digits(first: str, last: str) -> str:
    """The end of a page range in at least two digits, without those it shares with the beginning (MLA)."""
    last = expanded(first, last)
    if len(first) != len(last):
        return last
    shared = next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last))
    return last[min(shared, len(last) - 2) :] if len(last) > 2 else last


def chicago(first: str, last: str) -> str:
    """The end of a page range in the changed part (Chicago Manual, 9.61): 101–8, 1496–500, but 100–104.

    >>> chicago("321", "328"), chicago("100", "104"), chicago("107", "108"), chicago("1087", "1089")
    ('28', '104', '8', '89')
    """
    last = expanded(first, last)
    begin, end = int(first), int(last)
    if begin > 100 and begin % 100:
        for size in range(2, len(last)):
            if begin // 10**size == end // 10**size:
                return str(end % 10**size)
    return last


END: Final = {"expanded": expanded, "two digits": two_digits, "chicago": chicago}


def pages(text: str, how: str = "expanded") -> str:
    """The pages in *text*, ends of ranges as END says *how*, or as they are where they are "stated".

    >>> pages("1035-47"), pages("327-350", "two digits"), pages("e101-e110", "two digits")
    ('1035–1047', '327–50', 'e101–10')
    """
    pieces = _split(_LABEL.sub("", text, count=1))
    for place in range(1, len(pieces) - 1, 2):
        first, last = _part(pieces[place - 1]), _part(pieces[place + 1])
        if pieces[place].strip() not in ("-", DASH) or not _is_range(first.text, last.text):
            continue
        pieces[place] = DASH
        if first.digits and not (first.tail or last.tail):
            pieces[place + 1] = _end(first, last, how)
    return "".join(pieces)


def _end(first: _Part, last: _Part, how: str) -> str:
    whole = expanded(first.digits, last.digits)
    if how == "stated" or int(whole) <= int(first.digits):  # "317-317"
        return last.text
    return last.letters + whole if how == "expanded" else END[how](first.digits, last.digits)


def first_page(text: str) -> str:
    """What stands before the first dash, comma or blank of *text*: "327" in "327-350"."""
    return re.split(r"[-–,&\s]", text, maxsplit=1)[0]
