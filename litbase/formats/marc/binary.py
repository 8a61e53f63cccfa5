"""The structure of binary MARC (ISO 2709): records, directory and fields, mended from their terminators where wrong.

Sources: ISO 2709; MARC 21 Specifications for Record Structure; what real files hold: lengths counted in characters,
records over 99,999 bytes, line breaks between and inside records, files saved as text on the way.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

LEADER: Final = 24
ENTRY: Final = 12
FIELD_END: Final = b"\x1e"
RECORD_END: Final = b"\x1d"
SUBFIELD: Final = b"\x1f"
MAX_FIELDS: Final = 20_000
LONGEST_COUNTED: Final = 99_999  # bytes; a longer record's length and places have too many digits for the directory
_BLANKS: Final = b" \t\r\n\x00\x1a"
_BETWEEN = re.compile(rb"[ \t\r\n\x00\x1a]+")
START = re.compile(rb"\d{5}[A-Za-z0-9 #|]{5}[ -~]{2}\d{5}[ -~]{7}")


class Split(NamedTuple):
    """A record taken apart: (tag, content) of its fields, and whether its directory had to be mended."""

    fields: list[tuple[bytes, bytes]]
    mended: bool


def chunks(data: bytes) -> Iterator[bytes]:
    """The records of a file: as long as their leader says where a terminator stands there, else up to the next one."""
    place = 0
    while place < len(data):
        if blank := _BETWEEN.match(data, place):
            place = blank.end()
            continue
        head = data[place : place + 5]
        end = place + int(head) if head.isdigit() else 0
        if end <= place + LEADER or data[end - 1 : end] != RECORD_END:
            end = data.find(RECORD_END, place) + 1 or len(data)
        yield data[place:end]
        place = end


def split(record: bytes) -> Split | None:
    """The fields of a record; None when its directory does not fit them and cannot be mended.

    Files saved as text on the way have line breaks inside, or each byte above 127 written as a letter of UTF-8.
    """
    if fields := _sound(record):
        return Split(fields, mended=False)
    unbroken = re.sub(rb"\r?\n", b"", record)
    for other in (unbroken, _unsaved(record) if record[9:10] != b"a" else b""):  # else counted in letters
        if other and (fields := _sound(other)):
            return Split(fields, mended=True)
    fields = _counted_anew(unbroken)
    return Split(fields, mended=True) if fields else None


def _entries(record: bytes) -> list[tuple[bytes, int, int]]:
    """(tag, length, place) of the directory's entries; [] when it is no directory."""
    end = record.find(FIELD_END, LEADER)
    count, rest = divmod(end - LEADER, ENTRY)
    if end < 0 or rest or not 0 < count <= MAX_FIELDS:
        return []
    entries = [record[place : place + ENTRY] for place in range(LEADER, end, ENTRY)]
    if not all(entry[3:].isdigit() for entry in entries):
        return []
    return [(entry[:3], int(entry[3:7]), int(entry[7:])) for entry in entries]


def _sound(record: bytes) -> list[tuple[bytes, bytes]]:
    """The fields where base address, lengths and places agree with where the terminators stand; else []."""
    entries, base = _entries(record), record[12:17]
    if not entries or not base.isdigit() or int(base) != LEADER + ENTRY * len(entries) + 1:
        return []
    fields = []
    for tag, length, place in entries:
        start = int(base) + place
        end = start + length - 1
        if record[start - 1 : start] != FIELD_END or record.find(FIELD_END, start, end + 1) != end:
            return []
        fields.append((tag, record[start:end]))
    return fields


def _unsaved(record: bytes) -> bytes:
    try:
        return record.decode("utf-8").encode("latin-1") if not record.isascii() else b""
    except UnicodeError:
        return b""


def _counted_anew(record: bytes) -> list[tuple[bytes, bytes]]:
    """The fields as their terminators part them, with the directory's tags; [] when there are not as many of both."""
    entries = _entries(record)
    if not entries or record.count(FIELD_END) > len(entries) + 2:
        return []
    body = record[LEADER + ENTRY * len(entries) + 1 :].rstrip(_BLANKS + RECORD_END)
    fields = body.split(FIELD_END)
    if not fields[-1].strip(_BLANKS):
        fields.pop()
    if len(fields) != len(entries):
        return []
    in_order = all(one[2] < other[2] for one, other in pairwise(entries)) or len(body) > LONGEST_COUNTED
    ordered = entries if in_order else sorted(entries, key=lambda entry: entry[2])
    return [(tag, content) for (tag, _, _), content in zip(ordered, fields, strict=True)]
