"""One change of the index: new segments, deletions in old ones, merging, and Whoosh's table of contents last."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.index import TOC

from litbase.fields import IndexDocument
from litbase.index.whoosh.arrays import ArrayWriter
from litbase.index.whoosh.builder import DOCUMENTS, Builder
from litbase.index.whoosh.codec import FlatCodec, segment_file
from litbase.index.whoosh.content import Content, write_content
from litbase.index.whoosh.merging import groups, merged
from litbase.index.whoosh.schema import whoosh_schema
from litbase.index.whoosh.segment import Leaf, live_of
from litbase.index.whoosh.storage import Folder

NAME: Final = "MAIN"
ROOM: Final = 4_000  # documents that a write merges at most, so that a saved record is found at once

Leaves = Mapping[str, Leaf]


def opened(folder: Path, segment: Any) -> Leaf:
    """The segment file of *segment*, an entry of the table of contents."""
    return Leaf(Path(folder, segment_file(segment)), segment.doc_count_all())


def commit(storage: Folder, leaves: Leaves, documents: Iterable[IndexDocument], deletions: Iterable[str]) -> int:
    """Add or replace *documents*, then drop those of *deletions* that are not among them; how many records there are.

    *leaves* are the opened segments of the present table of contents by name.
    """
    toc = TOC.read(storage, NAME, schema=whoosh_schema())
    old: list[Any] = list(toc.segments)
    written: list[Any] = []
    added: dict[str, int] = {}  # the documents of this write whose segment is written: its place * DOCUMENTS + number
    builder = Builder()

    def flush() -> None:
        if len(builder):
            segment = _put(storage, builder.content())
            for number in np.flatnonzero(~builder.live()).tolist():
                segment.delete_document(number)
            written.append(segment)
            first = (len(written) - 1) * DOCUMENTS
            added.update((id, first + number) for id, number in builder.numbers.items())

    for document in documents:
        if builder.full:
            flush()
            builder = Builder()
        if (earlier := added.pop(document.id, None)) is not None:
            place, number = divmod(earlier, DOCUMENTS)
            written[place].delete_document(number)
        builder.add(document)
        _forget(old, leaves, document.id)
    flush()
    for id in deletions:
        if id not in added:
            _forget(old, leaves, id)
    return _finish(storage, toc, [*old, *written], ROOM)


def merge(storage: Folder) -> int:
    """Merge what can be merged, up to a full segment's worth; how many records there are."""
    toc = TOC.read(storage, NAME, schema=whoosh_schema())
    return _finish(storage, toc, list(toc.segments), DOCUMENTS)


def _finish(storage: Folder, toc: Any, segments: Sequence[Any], room: int) -> int:
    alive = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    gone = [segment for segment in segments if segment not in alive]
    for group in groups(alive, room):
        # opened anew, so that their sums are compared once more: bytes gone bad must not get a new sum
        parts = [opened(Path(storage.folder), s) for s in group]
        content = merged([(leaf.content(), live_of(s)) for leaf, s in zip(parts, group, strict=True)])
        gone += group
        alive = [segment for segment in alive if segment not in group] + [_put(storage, content)]
    TOC(toc.schema, alive, toc.generation + 1).write(storage, NAME)
    storage.delete_file(TOC._filename(NAME, toc.generation))
    for segment in gone:
        storage.delete_file(segment_file(segment))
    return sum(segment.doc_count_all() - segment.deleted_count() for segment in alive)


def _put(storage: Folder, content: Content) -> Any:
    """Write *content* as a new segment; its entry for the table of contents."""
    segment = FlatCodec().new_segment(storage, NAME)
    segment.set_doc_count(len(content.ids))
    with storage.create_file(segment_file(segment)) as file:
        writer = ArrayWriter(file)
        write_content(writer, content)
        writer.finish()
    return segment


def _forget(segments: Sequence[Any], leaves: Leaves, id: str) -> None:
    """Mark the documents *id* in *segments* as deleted."""
    for segment in segments:
        number = leaves[segment.segment_id()].number(id)
        if number >= 0:
            segment.delete_document(number)
