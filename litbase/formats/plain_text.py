"""Writer of plain text: a bibliography in one of the styles, an entry on each line.

Source: the styles themselves (`litbase.styles`).
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from litbase.formats.options import PLAIN, Options
from litbase.record.record import Record
from litbase.styles import STYLES, bibliography, entry, plain

MOST: Final = 5_000  # records that are put in order and told apart; a longer list is no bibliography


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """The bibliography of *records* in the style `options.style`, one line each, works cited alike told apart.

    What the style would not list (a letter in Chicago) comes last: an export leaves nothing out.
    Of more than 5,000 records the entries come as the records do, each by itself, so that any number can be written.
    """
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
