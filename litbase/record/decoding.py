"""Bytes to text, whatever the bytes are, and a long text in stretches.

Order: byte order marks, UTF-8, UTF-16 by its zero bytes, the charset a page declares, Windows-1252.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

STRETCH: Final = 2 << 20  # bytes decoded at once
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I)


class Decoding(NamedTuple):
    """How bytes are text: the *encoding*, the bytes of its *mark*, whether it was *guessed*; *lost* counts the letters
    that are U+FFFD, *newlines* the ends of lines.
    """

    encoding: str
    mark: int
    guessed: bool
    lost: int
    newlines: int


def decoding(data: bytes) -> Decoding:
    """How *data* is text; there is always a way, with U+FFFD for bytes that mean nothing."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _surveyed(data, encoding, len(mark), encoding != "utf-8", "replace")
    for encoding, guessed in _candidates(data):
        try:
            b" ".decode(encoding, "replace")  # tells a codec that is no text encoding, such as "hex"
            return _surveyed(data, encoding, 0, guessed, "replace" if encoding.startswith("utf-16") else "strict")
        except (UnicodeError, LookupError):  # charset="idna" raises the plain UnicodeError
            continue
    found = _surveyed(data, "utf-8", 0, True, "replace")
    if found.lost * 50 > len(data):  # mostly not UTF-8: every byte is a letter in Latin-1
        return _surveyed(data, "latin-1", 0, True, "strict")
    return found


def stretches(data: bytes, way: Decoding, size: int = STRETCH, errors: str = "replace") -> Iterator[str]:
    """The text of *data* in pieces of *size* bytes, newlines as "\\n"; joined they are the whole."""
    decode = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(way.encoding)(errors), translate=True).decode
    for start in range(way.mark, len(data), size):
        if piece := decode(data[start : start + size], final=start + size >= len(data)):
            yield piece


def whole(data: bytes, way: Decoding) -> str:
    """The text of *data*, newlines as "\\n"."""
    text = (data[way.mark :] if way.mark else data).decode(way.encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _candidates(data: bytes) -> Iterator[tuple[str, bool]]:
    yield "utf-8", False
    if wide := _utf16_without_mark(data):
        yield wide, True
        return
    if declared := _CHARSET.search(data[:2048]):
        yield (declared[1] or declared[2]).decode("ascii").lower(), True
    yield "cp1252", True


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:4096]
    if len(sample) < 8 or sample.count(0) < len(sample) // 4:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _surveyed(data: bytes, encoding: str, mark: int, guessed: bool, errors: str) -> Decoding:
    lost = newlines = 0
    way = Decoding(encoding, mark, guessed, 0, 0)
    for piece in stretches(data, way, errors=errors):
        lost += piece.count("\ufffd")
        newlines += piece.count("\n")
    return way._replace(lost=lost, newlines=newlines)
