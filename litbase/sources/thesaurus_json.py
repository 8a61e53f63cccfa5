"""A thesaurus in JSON: ERIC's as its 2025 edition goes round, entries in a list, or SKOS as JSON-LD.

`{"Ability": {"u": [used for], "b": [broader], "n": [narrower], "r": [related], "s": scope note}}`, or a list of objects
that also have a name; the parts may have the long names of `vocabulary.terms`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.record.notices import Notice
from litbase.record.reading import Document
from litbase.sources.thesaurus_statements import Statement, local, rows_of
from litbase.vocabulary.terms import Row, misread, put, role_of

_SHORT: Final = {"u": "used_for", "b": "broader", "n": "narrower", "r": "related", "s": "scope_note"}
_NAMED: Final = re.compile(r'"([^"\\\n]*)"\s*:\s*\{')


def sniff(head: str) -> bool:
    """Whether a file that begins so is JSON."""
    return head.lstrip()[:1] in ("{", "[")


def sniff_linked(head: str) -> bool:
    """Whether a file that begins so is SKOS as JSON-LD."""
    return sniff(head) and ('"@' in head or "skos" in head or "prefLabel" in head)


def rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The entries of *document*; raises BadInput for what is no JSON of this shape."""
    found = _loaded(document)
    lines = _lines(document.text)
    for name, entry in found.items() if isinstance(found, dict) else (("", entry) for entry in found):
        line = lines.get(name, 1)
        if not isinstance(entry, dict):
            raise misread(document.name, line, 'an entry as {"u": [...], "b": [...]}', repr(entry))
        row = Row(name, line)
        for label, value in entry.items():
            role = _SHORT.get(label) or role_of(label)
            for text in value if isinstance(value, list) else (value,):
                if role and not isinstance(text, str):
                    raise misread(document.name, line, f'text for "{label}" of {name}', repr(text))
                put(row, role, text)
        yield row


def _loaded(document: Document) -> Any:
    try:
        return json.loads(document.text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise misread(document.name, error.lineno, "JSON", f"{error.msg} (column {error.colno})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets in brackets
        raise misread(document.name, 1, "JSON with a few levels and short numbers", str(error)) from error


def _lines(text: str) -> dict[str, int]:
    """The line on which each object begins that has a name."""
    lines: dict[str, int] = {}
    line, before = 1, 0
    for found in _NAMED.finditer(text):
        line, before = line + text.count("\n", before, found.start()), found.start()
        lines.setdefault(found[1], line)
    return lines


def linked_rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The concepts of *document*, which is JSON-LD; raises BadInput for what is none."""
    found = _loaded(document)
    graph = found.get("@graph", [found]) if isinstance(found, dict) else found
    if not isinstance(graph, list) or not all(isinstance(node, dict) for node in graph):
        raise misread(document.name, 1, 'objects under "@graph"', repr(graph))
    yield from rows_of(_stated(graph), told)


def _stated(graph: list[dict[str, Any]]) -> Iterator[Statement]:
    for node in graph:
        subject = next((str(node[key]) for key in ("@id", "id", "uri") if key in node), "")
        for key, value in node.items():
            for text, language in _values(value):
                yield Statement(subject, local(key.lstrip("@")), text, language)


def _values(value: Any) -> Iterator[tuple[str, str]]:
    """(text or identifier, language) of each value of a property."""
    match value:
        case str():
            yield value, ""
        case list():
            for each in value:
                if not isinstance(each, list):
                    yield from _values(each)
        case {"@id": str(target)} | {"id": str(target)} | {"uri": str(target)}:
            yield target, ""
        case {"@value": text}:
            yield str(text), str(value.get("@language", ""))
        case dict():  # a map of languages
            for language, texts in value.items():
                yield from ((text, language) for text, _ in _values(texts))
        case bool():
            yield str(value).lower(), ""
