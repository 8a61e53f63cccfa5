"""JSON lines: one Record per line, everything litbase knows of it; written, and read back strictly."""

from collections.abc import Iterable, Iterator

from litbase.errors import NewerRecord
from litbase.formats.options import PLAIN, Options
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record, from_json, to_json

NAME = "jsonl"
SOURCE = "jsonl"
LABEL = "litbase JSON lines"
VERSION = 1
RANK = 80


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One line of JSON per record."""
    for record in records:
        yield to_json(record) + "\n"


def sniff(document: Document) -> int:
    """95 when its first line begins as a line of ours does, with the record's version; else 0."""
    return 95 if not document.binary and document.head.lstrip().replace(" ", "").startswith('{"v":') else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per line, key "id:<id>" where the record has an id; a Refusal for each line that is no record."""
    nothing = True
    for number, line in enumerate(document.lines, 1):
        if line.strip():
            nothing = False
            yield _read_line(line, number)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"))


def _read_line(line: str, number: int) -> Reading | Refusal:
    try:
        record = from_json(line)
    except NewerRecord as error:
        return Refusal(line=number, notice=notice("unreadable", line=number, reason=error), text=line[:200])
    except (ValueError, RecursionError) as error:  # msgspec says ValueError to what is no JSON or no record
        told = notice("malformed", line=number, expected="one record as JSON", found=str(error)[:200])
        return Refusal(line=number, notice=told, text=line[:200])
    return Reading(record=record, key=f"id:{record.id}" if record.id else "", line=number)
