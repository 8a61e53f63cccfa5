"""SKOS in RDF/XML: concepts as `<skos:Concept rdf:about="...">` or as `<rdf:Description>` with a type.

Elements are known by their local names (`formats.xml`), so the prefixes do not matter; a DOCTYPE, with which some
vocabularies abbreviate addresses, is refused.
"""

from collections.abc import Iterator
from typing import Final

from litbase.formats.xml import Element, stream
from litbase.record.notices import Notice
from litbase.record.reading import Document, Refusal
from litbase.sources.thesaurus_statements import Statement, rows_of
from litbase.sources.thesaurus_xml import damaged
from litbase.vocabulary.terms import Row

_NODES: Final = ("Concept", "Description")
_SYNTAX: Final = frozenset({"about", "ID", "nodeID", "lang", "base"})  # attributes that are no properties


def sniff(head: str) -> bool:
    """Whether a file that begins so is RDF/XML."""
    return head.lstrip().startswith("<") and ("RDF" in head[:4000] or "skos" in head[:4000]) and "xmlns" in head


def rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The concepts of *document*; raises BadInput for XML that is damaged or declares a DOCTYPE."""
    yield from rows_of(_statements(document), told)


def _statements(document: Document) -> Iterator[Statement]:
    for part in stream(document.text, *_NODES):
        if isinstance(part, Refusal):
            raise damaged(document, part)
        yield from _said(part)


def _said(node: Element) -> Iterator[Statement]:
    """What the element says of its subject, and the elements inside it of theirs."""
    subject = _subject(node)
    yield Statement(subject, "type", node.name, line=node.line)
    for name, text in node.attributes.items():
        if name not in _SYNTAX:
            yield Statement(subject, name, text, line=node.line)
    for child in node.children:
        language = child.attributes.get("lang", node.attributes.get("lang", ""))
        target = child.attributes.get("resource") or child.attributes.get("nodeID", "")
        for inner in child.children:
            target = target or _subject(inner)
            yield from _said(inner)
        yield Statement(subject, child.name, target or " ".join(child.text.split()), language, child.line)


def _subject(node: Element) -> str:
    named = node.attributes.get("about") or node.attributes.get("nodeID", "")
    return named or (f"#{node.attributes['ID']}" if "ID" in node.attributes else f"_:{id(node)}")
