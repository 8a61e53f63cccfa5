"""Reader of MARC 21 in its binary form (ISO 2709), in UTF-8 and in MARC-8.

Sources: MARC 21 Specifications for Record Structure.  What is left of a damaged record is read; one that cannot be is
refused with its ordinal and the next one is read.  A record in MARC-8 needs the extra `litbase[marc]`.
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.formats.marc.binary import LEADER, RECORD_END, START, SUBFIELD, Split, chunks, split
from litbase.formats.marc.characters import Decoder, NeedsExtra
from litbase.formats.marc.record import reading_of
from litbase.formats.marc.values import Field, Marc, control, field
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "marc"
SOURCE = "marc"
LABEL = "MARC 21 (ISO 2709)"
VERSION = 1
RANK = 60

MAX_BYTES: Final = 20_000_000  # of one record
MOST_REFUSED: Final = 1_000  # one after the other; then the file is no MARC any more
_ODD_CODE = re.compile(rb"[\x80-\xff]{1,3}(?=[0-9a-z])")


def sniff(document: Document) -> int:
    """Sure of a file that begins with a leader and a directory."""
    return 95 if document.is_marc else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each record, its line being its ordinal; a Refusal for each that cannot be read."""
    ordinal = refused = 0
    for ordinal, chunk in enumerate(chunks(document.data), 1):
        item = _reading(chunk, ordinal)
        yield item
        refused = refused + 1 if isinstance(item, Refusal) else 0
        if refused == MOST_REFUSED:
            return
    if not ordinal:
        yield Refusal(line=1, notice=notice("no-record"))


def _reading(chunk: bytes, ordinal: int) -> Reading | Refusal:
    if len(chunk) > MAX_BYTES:
        return _refused(chunk, ordinal, "a record of at most 20 MB", f"one of {len(chunk):,} bytes")
    if not START.match(chunk):
        return _refused(chunk, ordinal, "a MARC leader of 24 characters", _shown(chunk[:LEADER]))
    parts = split(chunk)
    if parts is None and not chunk.endswith(RECORD_END):
        told = notice("truncated", line=ordinal, what=f"record {ordinal}")
        return Refusal(line=ordinal, notice=told, text=_shown(chunk))
    if parts is None:
        return _refused(chunk, ordinal, "a directory that fits the fields", "one that does not")
    try:
        return _decoded(chunk[:LEADER], parts, ordinal)
    except NeedsExtra:
        return Refusal(
            line=ordinal, notice=notice("extra-missing", line=ordinal, what="MARC-8", extra="marc"), text=_shown(chunk)
        )


def _refused(chunk: bytes, ordinal: int, expected: str, found: str) -> Refusal:
    told = notice("malformed", line=ordinal, expected=f"{expected} (record {ordinal})", found=found)
    return Refusal(line=ordinal, notice=told, text=_shown(chunk))


def _shown(chunk: bytes) -> str:
    return re.sub("[\x00-\x1f\x7f]+", " ", chunk[:200].decode("utf-8", "replace"))


def _decoded(leader: bytes, parts: Split, ordinal: int) -> Reading:
    """The Reading of a record taken apart; raises NeedsExtra."""
    content = b"".join(content for _, content in parts.fields)
    decoder = Decoder(content, says_utf8=leader[9:10] == b"a")
    fields = tuple(_field(tag, content, decoder) for tag, content in parts.fields)
    mended = (notice("marc-mended", line=ordinal),) if parts.mended else ()
    return reading_of(Marc(leader.decode("ascii"), fields), ordinal, (*mended, *decoder.notices))


def _field(tag: bytes, content: bytes, decoder: Decoder) -> Field:
    """A field; indicators that are missing are blank, text before the first subfield is one without a code."""
    name = tag.decode("ascii", "replace")
    if name < "010" and SUBFIELD not in content:
        return control(name, decoder.text(content))
    before, *subfields = content.split(SUBFIELD)
    pairs = []
    for subfield in filter(None, subfields):
        odd = _ODD_CODE.match(subfield)  # b"\xe2\xe2bEditions du Seuil"
        text = decoder.text(subfield[odd.end() :] if odd else subfield)
        pairs.append((text[:1], text[1:]))
    stray = decoder.text(before[2:])
    return field(name, decoder.text(before[:2]), ([("?", stray)] if stray.strip() else []) + pairs)
