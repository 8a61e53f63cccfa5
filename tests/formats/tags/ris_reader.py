"""A tiny reader of RIS, independent of the writer, for tests only."""

import re

_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """The records of *text* as (tag, value) pairs; every line must be one, TY first and ER last."""
    records: list[list[tuple[str, str]]] = []
    for line in filter(None, text.split("\n")):
        found = _LINE.fullmatch(line)
        assert found, line
        tag, value = found.groups()
        if tag == "TY":
            records.append([])
        assert records, "a line before TY"
        records[-1].append((tag, value))
    for record in records:
        tags = [tag for tag, _ in record]
        assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)
    return records
