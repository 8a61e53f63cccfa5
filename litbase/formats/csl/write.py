"""Writer of CSL-JSON, the input of pandoc, Citation.js, citeproc and Zotero.

Source: the CSL-JSON schema 1.0.2; names of fields as there.  What CSL has no name for stands in `custom`, which it
leaves to every program, so that our own reader gets it back.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from litbase.formats.csl.dates import edtf, read_date, write_date
from litbase.formats.csl.members import OTHER_DATES
from litbase.formats.csl.names import ROLES, unlisted, write_name
from litbase.formats.csl.record import csl_type
from litbase.formats.emphasis import write
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
_STRINGS: Final = frozenset(
    "annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "collection-number container-title-short dimensions division jurisdiction medium number-of-volumes "
    "original-publisher original-publisher-place original-title part-number part-title printing references "
    "reviewed-genre reviewed-title scale source status supplement-number title-short version volume-title "
    "year-suffix journalAbbreviation shortTitle".split()
)
"""Text variables that have no field here and are written back from `extra`."""
_TYPES: Final = frozenset(
    "article article-magazine bill broadcast classic collection entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case manuscript map musical_score pamphlet patent performance periodical "
    "personal_communication post post-weblog regulation review review-book song speech standard treaty".split()
)


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One JSON array, an item on each line, streamed; an empty array for no records."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(item(record), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(record: Record) -> dict[str, Any]:
    """The CSL-JSON item of *record*; what is absent is left out, never "".

    Emphasis becomes the tags CSL knows; what `extra` holds under a CSL name goes back to its place.
    """
    key = record.citation_key or record.id
    page = normal_pages(one_line(record.page))
    values: dict[str, Any] = {"id": key or "item", "type": _type(record), "citation-key": record.citation_key}
    values |= {csl: _text(record, field) for csl, field in _TEXT}
    values |= {
        "author": _names(record.author),
        "editor": _names(record.editor),
        "translator": _names(record.translator),
        "chair": _names(record.chair),
        "issued": _date(record.issued, record),
        "accessed": write_date(record.accessed),
        "page": page,
        "page-first": first_page(page),
        "number-of-pages": record.number_of_pages,
        "DOI": one_line(record.doi),
        "URL": address(record.url),
        "ISBN": " ".join(record.isbn),
        "ISSN": ", ".join(dict.fromkeys(record.issn + record.eissn)),
        "keyword": ", ".join(write(word, ()) for word in subjects(record)),
        "language": record.language[0] if record.language else "",
        "archive": "ERIC" if record.eric else "",
        "archive_location": record.eric,
        "source": "ERIC" if record.eric else "",
        "note": _note(record),
    }  # fmt: skip
    values |= {scheme.upper(): one_line(value) for scheme, value in record.identifiers if scheme in ("pmid", "pmcid")}
    values |= {name: value for name, value in _extra(record) if not values.get(name)}
    values["custom"] = _custom(record, values)
    return {name: value for name, value in values.items() if value}


def _type(record: Record) -> str:
    """The type the record came with, where CSL has a finer one than the record's own and nobody changed that."""
    stated = dict(record.extra).get("csl:type", "")
    if stated in _TYPES and (known := csl_type(stated)) and known.csl == record.type:
        return stated
    return kind_of(record).csl


def _text(record: Record, field: str) -> str:
    return write(getattr(record, field), (mark for mark in record.marks if mark.field == field))


def _names(names: Iterable[Name]) -> list[dict[str, str]]:
    return [written for written in map(write_name, names) if written]


def _note(record: Record) -> str:
    eric = f"ERIC Number: {record.eric}" if record.eric else ""
    return write(sentences(record.note, eric, f"Session {record.session}" if record.session else ""), ())


def _date(date: PartialDate | None, record: Record) -> dict[str, Any] | None:
    written = write_date(date)
    if written and ("csl:issued.circa", "circa") in record.extra:
        written["circa"] = True
    literal = dict(record.extra).get("csl:issued", "")
    return {"literal": literal} if literal and not written else written


def _extra(record: Record) -> Iterator[tuple[str, Any]]:
    """What came from CSL-JSON and has no field here, back under its name."""
    for name, value in record.extra:
        variable = name.removeprefix("csl:")
        if variable == name or not value:
            continue
        if variable in _STRINGS:
            yield variable, write(value, ())
        elif variable in ROLES:
            yield variable, unlisted(value)
        elif variable in OTHER_DATES and (date := edtf(value)):
            yield variable, write_date(date)


def _custom(record: Record, values: dict[str, Any]) -> dict[str, Any]:
    """What CSL cannot say: further authors left out, a range of seasons, a comma in a keyword, which ISSN is which."""
    issued, words = record.issued, subjects(record)
    said = {
        "others": record.others,
        "issued": str(issued) if issued and read_date(values.get("issued"))[0] != issued else "",
        "keyword": list(words) if any("," in word or ";" in word for word in words) else [],
        "eissn": list(record.eissn),
        "session": one_line(record.session),
        "network": one_line(record.network),
    }
    return {name: value for name, value in said.items() if value}
