"""Writer of plain text: a bibliography in one of the styles, an entry on each line.

Source: the styles themselves (`litbase.styles`), or a CSL style file.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from litbase.errors import BadInput
from litbase.formats.csl_style import bibliography as csl
from litbase.formats.csl_style.file import read
from litbase.formats.options import PLAIN, Options
from litbase.record.record import Record
from litbase.styles import STYLES, bibliography, entry, plain

MOST: Final = 5_000  # records that are put in order and told apart; a longer list is no bibliography


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """The bibliography of *records* in the style `options.style`, one line each, works cited alike told apart.

    What the style would not list (a letter in Chicago) comes last: an export leaves nothing out.
    Of more than 5,000 records the entries come as the records do, each by itself, so that any number can be written.
    A CSL style file prints no more than that; raises BadInput for more, and for a file that cannot be used.
    """
    if options.file:
        yield from _in_csl(options.file, list(islice(records, MOST + 1)))
        return
    style = STYLES[options.style]
    rest = iter(records)
    first = list(islice(rest, MOST + 1))
    told = 0
    if len(first) <= MOST:
        listed = bibliography(style, first)
        for one in listed:
            yield plain(one.text) + "\n"
        seen = {id(one.record) for one in listed}
        first = [record for record in first if id(record) not in seen]
        told = len(listed)
    for number, record in enumerate(chain(first, rest), told + 1):
        yield plain(entry(style, record, number)) + "\n"


def _in_csl(file: Path, records: list[Record]) -> Iterator[str]:
    style = read(file)
    if len(records) > MOST:
        raise BadInput(
            f"the style {style.name} is a CSL file, which prints at most {MOST:,} records at once, and these are more; "
            f"choose fewer records or one of the styles {', '.join(STYLES)}"
        )
    for one in csl.bibliography(style, records):
        yield plain(one.text) + "\n"
