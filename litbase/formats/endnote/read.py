"""Reader of EndNote's XML, as EndNote, Bookends, Mendeley, Zotero and JabRef write it.

Sources: EndNote's own exports; the tables of `record`.  Any DOCTYPE or ENTITY is refused before parsing, and
one record at a time is in memory beside the text.
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.formats.endnote.elements import key_of
from litbase.formats.endnote.record import to_record
from litbase.formats.xml import stream
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "endnote-xml"
SOURCE = "endnote-xml"
LABEL = "EndNote XML"
VERSION = 1
RANK = 65

HEAD: Final = 200_000
_RECORD = re.compile(r"<record[\s>]")
_SIGN = re.compile(r"<(?:ref-type|source-app|foreign-keys|secondary-title|electronic-resource-num|contributors)[\s/>]")


def sniff(document: Document) -> int:
    """95 for XML with records that have EndNote's elements, else 0."""
    if document.binary or not document.is_xml:
        return 0
    head = document.beginning(HEAD)
    return 95 if _RECORD.search(head) and _SIGN.search(head) and "<!DOCTYPE html" not in head else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each <record>; a broken or a cut one is a Refusal, and so is XML with a DOCTYPE."""
    nothing = True
    for element in stream(document.text, "record", total=len(document.text)):
        nothing = False
        if isinstance(element, Refusal):
            yield element
            continue
        record, notices = to_record(element)
        yield Reading(record=record, key=key_of(element), line=element.line, notices=notices)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])
