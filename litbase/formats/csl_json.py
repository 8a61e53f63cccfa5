"""Writer of CSL-JSON, the input of pandoc, Citation.js, citeproc and Zotero.

Source: the CSL-JSON schema 1.0.2; names of fields as there.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line, sentences, subjects
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.pages import first_page, normal_pages
from litbase.record.record import Record

_TEXT: Final = (
    ("title", "title"), ("container-title", "container_title"), ("collection-title", "collection_title"),
    ("section", "section"), ("volume", "volume"), ("issue", "issue"), ("number", "number"), ("edition", "edition"),
    ("publisher", "publisher"), ("publisher-place", "publisher_place"), ("genre", "genre"),
    ("event-title", "event_title"),
    ("event-place", "event_place"), ("abstract", "abstract"),
)  # fmt: skip


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One JSON array, an item on each line, streamed; an empty array for no records."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(item(record), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(record: Record) -> dict[str, Any]:
    """The CSL-JSON item of *record*; what is absent is left out, never "".

    A source's "and others", which CSL has no name for, stands in `custom`.
    """
    key = record.citation_key or record.id
    page = normal_pages(one_line(record.page))
    values: dict[str, Any] = {"id": key or "item", "type": kind_of(record).csl, "citation-key": record.citation_key}
    values |= {csl: one_line(getattr(record, field)) for csl, field in _TEXT}
    values |= {
        "author": [_name(name) for name in record.author],
        "editor": [_name(name) for name in record.editor],
        "translator": [_name(name) for name in record.translator],
        "chair": [_name(name) for name in record.chair],
        "issued": _date(record.issued),
        "accessed": _date(record.accessed),
        "page": page,
        "page-first": first_page(page),
        "number-of-pages": record.number_of_pages,
        "DOI": one_line(record.doi),
        "URL": address(record.url),
        "ISBN": " ".join(record.isbn),
        "ISSN": ", ".join(dict.fromkeys(record.issn + record.eissn)),
        "keyword": ", ".join(subjects(record)),
        "language": record.language[0] if record.language else "",
        "archive": "ERIC" if record.eric else "",
        "archive_location": record.eric,
        "source": "ERIC" if record.eric else "",
        "note": _note(record),
        "custom": {"others": True} if record.others else None,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def _note(record: Record) -> str:
    eric = f"ERIC Number: {record.eric}" if record.eric else ""
    return sentences(record.note, eric, f"Session {record.session}" if record.session else "")


def _name(name: Name) -> dict[str, str]:
    if name.literal or not name.family:
        return {"literal": one_line(str(name))}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: one_line(value) for part, value in parts.items() if value}


def _date(date: PartialDate | None) -> dict[str, Any] | None:
    """As many date parts as are known; a season is a number, spring is 1."""
    if date is None:
        return None
    if date.month > 12:
        return {"date-parts": [[date.year]], "season": date.month - 20}
    ends = [date, date.end] if date.end and date.end.month <= 12 else [date]
    return {"date-parts": [[part for part in (end.year, end.month, end.day) if part] for end in ends]}
