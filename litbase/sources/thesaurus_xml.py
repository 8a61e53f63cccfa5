"""ERIC's own XML of its thesaurus, as eric.ed.gov offers it for download.

`<Term><Name>` with `<Attribute name="ScopeNote">` and `<Relationship type="BT"><Is>`; the same parts as
`<Field name="BroaderTerm">` or as elements of their own (`<BT>`) are read too.  Synonyms and retired terms are terms
with U, "use".
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.errors import BadInput
from litbase.formats.xml import Element, stream
from litbase.record.notices import Notice
from litbase.record.reading import Document, Refusal
from litbase.vocabulary.terms import Row, misread, put, role_of

_TERM: Final = re.compile(r"<(?:[\w.-]+:)?Term[\s/>]")


def sniff(head: str) -> bool:
    """Whether a file that begins so is ERIC's XML."""
    return head.lstrip().startswith("<") and bool(_TERM.search(head))


def rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The terms of *document*; raises BadInput for XML that is damaged or declares a DOCTYPE."""
    for part in stream(document.text, "Term"):
        if isinstance(part, Refusal):
            raise damaged(document, part)
        row = Row("", part.line)
        for label, text in _parts(part):
            put(row, role_of(label), text)
        yield row


def damaged(document: Document, refusal: Refusal) -> BadInput:
    """The error for XML that `formats.xml` refuses in part: half of it would be another thesaurus."""
    told = dict(refusal.notice.params)
    expected = told.get("expected") or f"the end of {told.get('what', 'an element')}"
    return misread(document.name, refusal.line, expected, told.get("found", "the end of the file"))


def _parts(element: Element) -> Iterator[tuple[str, str]]:
    """What each part of a term is called, and its text; parts inside parts ("Attributes") are looked into."""
    for child in element.children:
        labels = (child.name, child.attributes.get("name", ""), child.attributes.get("type", ""))
        label = next((label for label in labels if role_of(label)), "")
        inner = child.children
        if label and not inner:
            yield label, child.text
        elif label:
            yield from ((label, each.text) for each in inner)
        else:
            yield from _parts(child)
