"""The fixed-length parts of a MARC record that is written: leader and field 008.

Source: MARC 21, leader (24 characters) and 008 (40 characters; 18-34 depend on the type of record, "|" is no attempt to
code).
"""

from typing import Final

from litbase.formats.marc.codes import code_of
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.record import Record

_SORTS: Final = {
    "article-journal": "ab", "article-newspaper": "ab", "opinion": "ab", "chapter": "aa", "paper-conference": "aa",
    "symposium": "aa", "webpage": "ai", "dataset": "mm", "software": "mm", "motion_picture": "gm", "map": "em",
    "musical_score": "cm", "song": "jm", "graphic": "km", "manuscript": "tm", "collection": "pc", "periodical": "as",
}  # fmt: skip
"""Type of record and bibliographic level (leader/06-07) by kind or CSL type; a text of its own is "am"."""
_CODED: Final = {
    "thesis": (24, "m"), "report": (24, "t"), "legislation": (24, "l"), "proceedings": (29, "1"), "webpage": (21, "w"),
    "dataset": (26, "a"), "software": (26, "b"), "motion_picture": (33, "v"),
}  # fmt: skip
"""What one character of 008 says of a kind, and where."""


def leader(record: Record) -> str:
    """The leader: lengths are nought, as in every MARCXML file, UTF-8, ISBD's punctuation."""
    kind = kind_of(record).name
    sort = _SORTS.get(kind) or _SORTS.get(record.type, "am")
    return f"00000n{sort} a2200000 i 4500"


def f008(record: Record) -> str:
    """Field 008: date, language and what sort of work it is; the day of entry is nought, so that two writings agree."""
    middle = list("|" * 17)
    place, code = _CODED.get(kind_of(record).name, (24, "|"))
    middle[place - 18] = code
    language = (code_of(record.language[0]) if record.language else "") or "und"
    return f"000000{_dates(record)}xx {''.join(middle)}{language} d"


def _dates(record: Record) -> str:
    """008/06-14: one date, one with month and day, or an interval; questionable when it was worked out."""
    date = record.issued
    if date is None:
        return "nuuuuuuuu"
    first = f"{date.year:04d}"
    if date.end and date.end.year != date.year:
        return f"{'q' if 'issued' in record.inferred else 'm'}{first}{date.end.year:04d}"
    if date.end is None and _has_month(date):
        return f"e{first}{date.month:02d}{f'{date.day:02d}' if date.day else '  '}"
    return f"s{first}    "


def _has_month(date: PartialDate) -> bool:
    return 1 <= date.month <= 12
