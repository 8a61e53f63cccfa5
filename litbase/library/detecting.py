"""Detecting: which reader a document is for, or which readers its parts are for, and what they read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from litbase.errors import UnknownSource
from litbase.formats import jsonl, publish_or_perish
from litbase.formats.bibtex import read as bibtex
from litbase.formats.csl import read as csl_json_read
from litbase.formats.csv import table as csv
from litbase.formats.endnote import read as endnote_xml
from litbase.formats.marc import json as marc_json
from litbase.formats.marc import read as marc
from litbase.formats.marc import xml_read as marcxml
from litbase.formats.tags import nbib, refer, ris, wos
from litbase.library.documents import Answer
from litbase.library.mixed import Read, has_more, is_mixed, read_mixed
from litbase.library.parting import LISTS
from litbase.record.reading import Document, Reader, Reading, Refusal
from litbase.sources import (
    ecer,
    edweek,
    eric,
    eric_api,
    eric_xml,
    oai,
    open_library,
    reference_list,
    vufind,
    webpage,
)

READERS: tuple[Reader, ...] = (
    eric, eric_api, eric_xml, vufind, ecer, edweek, webpage, open_library, oai, bibtex, ris, nbib, refer, wos,
    csl_json_read, publish_or_perish, csv, endnote_xml, marc, marcxml, marc_json, jsonl, reference_list,
)  # fmt: skip
SURE = 50  # a claim below this is no claim
MARGIN = 20  # how far the winner must be ahead


def detect(document: Document) -> Reader:
    """The one reader that claims *document*.

    Raises UnknownSource, with the nearest candidates, when none is sure or two are.
    """
    claims = sorted(((reader.sniff(document), reader) for reader in READERS), key=lambda claim: -claim[0])
    candidates = tuple((reader.NAME, score) for score, reader in claims if score)
    best, second = claims[0], claims[1]
    if best[0] < SURE:
        raise UnknownSource("no reader claims it", candidates[:1])
    if best[0] - second[0] < MARGIN:
        raise UnknownSource("two readers claim it", candidates)
    return best[1]


def read(answer: Answer) -> tuple[Reader | None, Iterator[Read]]:
    """The reader of a document, None for several, and what they read.  Raises UnknownSource as `detect` does."""
    document = answer.document
    try:
        reader = answer.reader or detect(document)
    except UnknownSource as error:
        if is_mixed(name for name, score in error.candidates if score >= SURE):
            return None, read_mixed(document, _reader_of)
        raise
    if answer.reader is None and has_more(document, reader.NAME, _reader_of):
        return None, read_mixed(document, _reader_of)
    return reader, ((reader, item) for item in reader.read(document))


def _reader_of(document: Document) -> Reader | None:
    with suppress(UnknownSource):
        return detect(document)
    return None


def read_again(document: Document, name: str) -> Iterator[Reading | Refusal]:
    """What stands in *document*, one record of which the reader *name* read, in the order of their ordinals."""
    reader = next((reader for reader in READERS if name == reader.NAME), None)
    if reader and name in LISTS:
        with suppress(UnknownSource):
            found, mixture = read(Answer(document))
            if found is None:
                return (item for _, item in mixture)
    return iter(reader.read(document) if reader else ())
