"""One ERIC record or many as text, or a record's saved page of eric.ed.gov.

The text layout is that of `eric_text`, the page's that of `eric_page`; both give
the same Record for the same work.
"""

from collections.abc import Iterator

from litbase.record.reading import Document, Reading, Refusal
from litbase.sources.eric_body import Line
from litbase.sources.eric_lines import flat
from litbase.sources.eric_page import claim_page, read_page
from litbase.sources.eric_text import claim, read_text

NAME = "eric"
SOURCE = "eric"
LABEL = "ERIC record"
VERSION = 1
RANK = 70


def sniff(document: Document) -> int:
    """Sure where a line begins "ERIC Number: EJ...", and of a page that shows one."""
    if document.binary:
        return 0
    if document.is_html:
        return claim_page(document.text)
    if document.is_xml or document.head.lstrip().startswith(("{", "[", "@")):
        return 0
    return claim(document.head)


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The records of the text or page, in order; a block without title and number is a Refusal."""
    if document.is_html:
        yield from read_page(document)
    else:
        yield from read_text([Line(number, flat(text)) for number, text in enumerate(document.lines, 1)])
