"""Whether a work was retracted, as its source says it.

Sources say it in the title ("RETRACTED: ...", "... [Retracted]", as publishers mark it), in the publication type
(MEDLINE's "Retracted Publication") or in a remark ("This article has been retracted").  A notice of retraction is
itself not retracted: "Retraction: ...", MEDLINE's "Retraction of Publication".
"""

import re
from typing import Final

from litbase.record.record import Record

_RETRACTED_START: Final = re.compile(
    r"\W{0,3}retracted(?:\s(?:article|paper|publication|chapter))?\W{0,3}[:\]\)]", re.I
)
_RETRACTED_END: Final = re.compile(
    r"[\[(]\s?retracted(?:\s(?:article|paper|publication|chapter))?\s?[\])]\W{0,2}$", re.I
)
_RETRACTED_TYPE: Final = re.compile(r"retracted(?:\s(?:publication|article|paper))?", re.I)
_RETRACTED_AS: Final = re.compile(
    r"(?:\b(?:article|paper|chapter|work|publication|study|it)\s(?:has\sbeen|was|is)\sretracted\b[^.\n]{0,300}|^\W{0,2}retracted\b[^\n]{0,300})",
    re.I | re.M,
)
REMARKS: Final = 20_000  # characters of a note that are looked through
EXTRAS: Final = 200  # further fields and publication types


def retraction(record: Record) -> str | None:
    """What the source of *record* says of its retraction, "" where it says no more than that; None when it was not.

    >>> retraction(Record(title="RETRACTED ARTICLE: Schools and towns"))
    ''
    >>> retraction(Record(title="Retraction: Schools and towns")) is None
    True
    """
    remark = _RETRACTED_AS.search(record.note[:REMARKS]) if "etract" in record.note or "ETRACT" in record.note else None
    if remark:
        return remark[0].strip()
    title = record.title[:60], record.title[-60:]
    if _RETRACTED_START.match(title[0]) or _RETRACTED_END.search(title[1]):
        return ""
    extra = record.extra[:EXTRAS]
    if notice := next((value for name, value in extra if name == "nbib:RIN"), ""):
        return f"Retraction in {notice}"
    told = (record.genre, *record.publication_type[:EXTRAS], *(value for name, value in extra if name == "nbib:PT"))
    return "" if any(_RETRACTED_TYPE.fullmatch(value.strip()) for value in told) else None
