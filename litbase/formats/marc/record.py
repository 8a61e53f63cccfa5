"""From a MARC record to a Record: the table of fields, and what is left over kept under its tag.

Source: MARC 21 Format for Bibliographic Data.  Every subfield finds its place in the record, or its whole field stands
in `extra` as "marc:<tag>"; leader, control fields and vernacular fields (880) always do.  UNIMARC is made MARC 21 first
(`formats.unimarc`) and kept under its own tags.
"""

from collections.abc import Callable
from typing import Any, Final

from litbase.formats.marc.dates import Dated, coded_date, imprint_date
from litbase.formats.marc.host import host
from litbase.formats.marc.identifiers import identifiers, links
from litbase.formats.marc.imprint import extent, imprint, thesis
from litbase.formats.marc.kinds import kind_of
from litbase.formats.marc.names import people
from litbase.formats.marc.subjects import languages, subjects
from litbase.formats.marc.titles import FALLBACKS, MOST_PARTS, PARTS, title_of
from litbase.formats.marc.unimarc import is_unimarc, translated
from litbase.formats.marc.values import Field, Marc, Taken, bare, unbracketed
from litbase.record.notices import Notice, notice
from litbase.record.reading import Reading
from litbase.record.record import Record
from litbase.record.text import comparable, squash

Changes = dict[str, Any]


def _series(taken: Taken) -> str:
    for tag in ("490", "440", "830"):
        for each in taken.marc.of(tag):
            if name := unbracketed(bare(each.one("a"))):
                if each.all("a") == [each.one("a")]:
                    taken.take(each, "a")
                return name
    return ""


def _abstract(taken: Taken) -> str:
    fields = [each for each in taken.marc.of("520") if each.first not in "48"]
    return "\n\n".join(filter(None, (" ".join(taken.take(each, "ab")) for each in fields)))


def _note(taken: Taken) -> str:
    fields = taken.marc.of("500", "501", "505", "511", "518", "545")
    return "\n".join(filter(None, (" ".join(taken.take(each, "agrt")) for each in fields)))


def _edition(taken: Taken) -> str:
    for each in taken.marc.of("250"):
        if text := unbracketed(bare(each.one("a"))):
            if each.all("a") == [each.one("a")]:
                taken.take(each, "a")
            return text
    return ""


TEXTS: Final[dict[str, Callable[[Taken], str]]] = {
    "edition": _edition,
    "collection_title": _series,
    "abstract": _abstract,
    "note": _note,
}
"""Fields of plain text by the Record field they go to."""


def reading_of(marc: Marc, line: int, notices: tuple[Notice, ...] = ()) -> Reading:
    """The Reading of one record; *line* is where it stands in its document, *notices* what was odd before."""
    record, odd = to_record(marc)
    return Reading(record=record, key=_key(marc, record), line=line, notices=(*notices, *odd))


def to_record(marc: Marc) -> tuple[Record, tuple[Notice, ...]]:
    """The record a MARC record states, and what was odd about it."""
    given = marc
    became: dict[Field, Field | None] = {}
    if is_unimarc(marc):
        marc, became = translated(marc)
    taken = Taken(marc)
    type_, genre = kind_of(marc)
    title, inferred = _title(taken)
    changes: Changes = {"type": type_, "genre": genre, "title": title}
    changes |= people(taken, marc.leader[6:7])
    changes |= {name: value for name, read in TEXTS.items() if (value := read(taken))}
    changes |= identifiers(taken, type_) | languages(taken) | subjects(taken) | links(taken)
    changes |= extent(taken) | imprint(taken)
    if type_ == "thesis":
        imprinted = {name: changes[name] for name in ("issued",) if name in changes}
        changes |= thesis(taken) | imprinted
    changes = _hosted(changes, host(taken, type_))
    if dated := _date(taken, changes.pop("issued", None)):
        changes["issued"] = dated.date
        inferred += ("issued",) if dated.inferred else ()
    changes["inferred"] = inferred
    left, space = list(taken.left()), "marc"
    if became:
        unread, space = {*left, None}, "unimarc"
        left = [each for each in given.fields if became[each] in unread]
    changes["extra"] = ((f"{space}:leader", given.leader), *((f"{space}:{each.tag}", each.text) for each in left))
    return Record(**changes), () if title else (notice("no-title", "title"),)


def _title(taken: Taken) -> tuple[str, tuple[str, ...]]:
    """The title, and ("title",) when another field than that of the title had to give it."""
    for tag in FALLBACKS:
        for each in taken.marc.of(tag):
            codes = PARTS if tag == "245" else PARTS.replace("g", "")
            if title := title_of(each, codes) or title_of(each, "h"):
                if tag == "245" and len(each.subfields) <= MOST_PARTS:
                    taken.take(each, PARTS)
                return title, () if tag == "245" else ("title",)
    return "", ()


def _hosted(changes: Changes, found: Changes) -> Changes:
    """*changes* with what the host says; the record's own date wins unless the host's is the same, more exactly."""
    own, theirs = changes.get("issued"), found.pop("issued", None)
    if theirs and (own is None or (own.date.year == theirs.year and not own.date.month)):
        found["issued"] = Dated(theirs)
    for name in ("publisher", "publisher_place", "event_title", "issn", "isbn", "editor", "page"):
        if changes.get(name):
            found.pop(name, None)
    return changes | found


def _date(taken: Taken, own: Dated | None) -> Dated | None:
    """The date of the imprint or host, made exact by field 008 where it can be; else that of 008; else one in 245."""
    coded = coded_date(taken.marc.control("008"))
    if own and coded and coded.date.year == own.date.year and coded.date.month and not own.date.month:
        return Dated(coded.date, own.inferred)
    printed = next((value for each in taken.marc.of("245") for value in each.all("f")), "")
    return own or coded or imprint_date(printed)


def _key(marc: Marc, record: Record) -> str:
    """The identity at its source: ERIC's number, the control number with who gave it, DOI; "" when there is none."""
    if record.eric:
        return record.eric
    number, agency = squash(marc.control("001")), squash(marc.control("003"))
    if number and agency:
        return f"({agency}){number}"
    if record.doi:
        return f"doi:{record.doi.lower()}"
    return f"001:{number}#{comparable(record.title)[:60]}" if number else ""
