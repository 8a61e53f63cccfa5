"""Reader of RIS, the tagged format of EndNote, Zotero, Mendeley and nearly every database of papers.

Sources: the RIS specification, EndNote's tags by type, Zotero's RIS.js, JabRef's
RisImporter, and the exports of the vendors.  A tag with a place of its own goes
there; every other is kept in `extra` under its name ("ris:AD").
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from litbase.formats.tags import ris_tables as tables
from litbase.formats.tags.names import speak
from litbase.formats.tags.ris_fields import to_record
from litbase.formats.tags.tagged import Layout, State, readings
from litbase.record.reading import Document, Reading, Refusal

NAME = "ris"
SOURCE = "ris"
LABEL = "RIS"
VERSION = 1
RANK = 60

_LINE = re.compile(
    r"^(?P<lead>[ \t\ufeff]*+)(?:(?P<count>\d{1,6}[.)]?)[ \t]+)?"
    r"(?P<tag>[A-Za-z][A-Za-z0-9]{1,4})(?P<gap>[ \t]{1,3})[-–—](?P<value>.*)"
)
_FURNITURE = re.compile(
    r"(?:Provider|Database|Content|Source|Export date|Exported)\s?:|Record (?:#?\d+)? ?(?:of \d+)?$|\d{1,6}[.)]?$"
    r"|<\d{1,6}>\.?$|[-=_*]{3,}$",
    re.I,
)
_NARROW = re.compile(r"^[ \t\ufeff]{0,8}(?:\d{1,6}[.)]?[ \t]{1,3})?TY -", re.M)
_FIRST = re.compile(r"^[ \t\ufeff]*+(?:\d{1,6}[.)]?[ \t]+)?TY[ \t]{1,3}[-–—]", re.M | re.I)


def sniff(document: Document) -> int:
    """95 when a type line is among its first lines, 85 when there is one further down, else 0."""
    if document.binary or document.is_html or document.is_xml:
        return 0
    text = document.beginning(1_000_000)
    found = _FIRST.search(text)
    if not found:
        return 0
    return 95 if text.count("\n", 0, found.start()) < 20 else 85


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per record, its key the ERIC number, DOI or PubMed number where it has one.

    The citation key is the ID where that can be one and no earlier record of the file has it.
    """
    text = document.text
    spoken = speak(line[6:] for line in document.lines if line[:6] in ("AU  - ", "A1  - "))
    layout = LAYOUT._replace(split=partial(_split, narrow=bool(_NARROW.search(text))))
    yield from readings(document, layout, partial(to_record, spoken=spoken))


def _split(line: str, before: str, narrow: bool = False) -> tuple[str, str] | None:
    """Tag and value of a line: a known tag in any writing, an unknown one only in the right one.

    In a wrapped abstract a known tag with one blank is a word, unless the file writes all its tags so (*narrow*).
    """
    found = _LINE.match(line)
    if not found:
        return None
    tag, value = found["tag"].upper(), found["value"].replace("\u2028", " ")
    exact = found["gap"] != " " and found["tag"] == tag and not found["lead"].strip("\ufeff")
    if found["count"] and tag != "TY":
        return None
    if tag not in tables.TAGS:
        return (tag, value) if exact and len(tag) == 2 else None
    if (not exact or tag == "ER") and value[:1] not in ("", " ", "\t"):  # "AS - based" is prose, "an  -based" too
        return None
    wrapped = found["gap"] == " " and before in tables.PROSE and before != "KW" and tag not in ("TY", "ER")
    return None if wrapped and (found["lead"].strip("\ufeff") or not narrow) else (tag, value)


def _begins(tag: str, state: State) -> bool:
    return tag == "TY"


LAYOUT: Final = Layout(
    name=NAME, split=_split, begins=_begins, ends=frozenset(("ER",)), prose=tables.PROSE, core=tables.CORE,
    furniture=lambda line: bool(_FURNITURE.match(line)),
)  # fmt: skip
