"""The citation keys of one file, made unique without regard to case.

Source: BibTeX's habit, kept for every format: an entry with the same content keeps the key, another gets "a", "b" ...
"""

from litbase.record.keys import numbered
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, replace


class UniqueKeys:
    """Remembers the keys of the records it was shown, in order."""

    def __init__(self) -> None:
        self._content: dict[str, int] = {}
        self._next: dict[str, int] = {}

    def settled(self, record: Record, line: int) -> tuple[Record, tuple[Notice, ...]]:
        """*record* with a key nobody else has, and a notice when that is not the one it came with; "" stays "".

        What is the same record once more keeps its key, with a notice too.
        """
        given = record.citation_key
        if not given:
            return record, ()
        content = hash(replace(record, citation_key=""))
        known = self._content.setdefault(given.lower(), content)
        if given.lower() not in self._next:
            self._next[given.lower()] = 1
            return record, ()
        if known == content:
            return record, (notice("duplicate-entry", "citation_key", line, key=given),)
        n = self._next[given.lower()]
        while (key := numbered(given, n)).lower() in self._content:
            n += 1
        self._next |= {given.lower(): n + 1, key.lower(): 1}
        self._content[key.lower()] = content
        return replace(record, citation_key=key), (notice("duplicate-key", "citation_key", line, key=given),)
