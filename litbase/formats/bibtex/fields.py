"""From the fields of one BibTeX entry to a Record.

A field with a place of its own goes there; every other is kept in `extra` under
its name ("bibtex:annote").  Our own exports come back: what `write` and
`biblatex` put into a field, this reads from it, except that descriptors
return as keywords.
"""

from typing import Any, Final

from litbase.formats.bibtex.chunks import Entry
from litbase.formats.bibtex.dates import read_date
from litbase.formats.bibtex.kinds import (
    ARTICLES,
    BOOKTITLE_FIRST,
    COUNTRIES,
    DOCUMENT_TYPES,
    GENRES,
    JOURNALS,
    PLACES,
    PUBLISHERS,
    SERIES,
    SUBTITLES,
    SUBTYPES,
    TEXT_FIELDS,
    TYPES,
)  # fmt: skip
from litbase.formats.bibtex.names import read_names
from litbase.formats.bibtex.numbers import identifiers, languages, numbers
from litbase.formats.bibtex.taken import Taken, plain, read_keywords, verbatim
from litbase.formats.bibtex.values import edition_number
from litbase.formats.latex.marks import settled
from litbase.formats.plain import session_line
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import Notice, notice
from litbase.record.record import Mark, Record

LISTS: Final = {"author": " and ", "editor": " and ", "keywords": ", "}  # given twice, they are one list


def to_record(entry: Entry) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of an entry, its citation key as given, and what was odd about its fields; never raises."""
    fields, again, notices = _unique(entry)
    taken = Taken(fields)
    type_, genre = TYPES.get(entry.kind, ("document", entry.kind.replace("_", " ").capitalize()))
    type_, genre = DOCUMENT_TYPES.get(taken.peek("document_type").lower(), (type_, genre))
    values: dict[str, Any] = {"citation_key": entry.key, "type": type_}
    values |= _titles(taken, type_, notices)
    values |= _people(taken)
    values["issued"] = _date(taken)
    values["genre"] = _genre(taken, genre)
    values |= {name: taken.text(*names) for name, names in TEXT_FIELDS.items()}
    values["abstract"] = taken.marked("abstract")
    values["edition"] = edition_number(values["edition"]) or values["edition"]
    values["collection_title"] = SERIES.get(values["collection_title"], values["collection_title"])
    values |= numbers(taken, entry.kind in ARTICLES)
    values |= _publication(taken, type_, values)
    values["language"] = languages(taken)
    values |= identifiers(taken)
    values["keywords"] = tuple(
        dict.fromkeys(read_keywords(taken.raw("keywords")) + read_keywords(taken.raw("keyword")))
    )
    if subtype := SUBTYPES.get(taken.peek("entrysubtype").lower()):
        taken.raw("entrysubtype")
        values["type"] = subtype
    values |= _without_session(values)
    values |= _emphasis(values)
    values["extra"] = tuple(taken.rest()) + tuple((f"bibtex:{name}", plain(name, value)) for name, value in again)
    record = _record(values)
    if not record.title:
        notices.append(notice("no-title", "title", entry.line))
    return record, tuple(notices)


def _unique(entry: Entry) -> tuple[dict[str, str], list[tuple[str, str]], list[Notice]]:
    """The fields by name, those given again with another value, and the notices that say so."""
    fields: dict[str, str] = {}
    again, notices = [], []
    for name, value in entry.fields:
        if name not in fields:
            fields[name] = value
        elif fields[name].split() != value.split():
            again.append((name, value))
            notices.append(notice("duplicate-field", line=entry.line, name=name))
    for listed in LISTS.keys() & {name for name, _ in again}:
        fields[listed] = LISTS[listed].join((fields[listed], *(value for name, value in again if name == listed)))
    return fields, [(name, value) for name, value in again if name not in LISTS], notices


def _titles(taken: Taken, type_: str, notices: list[Notice]) -> dict[str, str]:
    """Title and container, each with its subtitle.

    A book is in the work it is a volume of; its `booktitle` is there for the chapters that refer to it, and counts
    only where it has no title.
    """
    first, second = taken.marked("title"), taken.marked("subtitle")
    if first and second:
        notices.append(notice("subtitle-joined", "title"))
    title = _with_subtitle(first, second)
    if type_ == "book":
        names = ("maintitle", *JOURNALS) if title else ("booktitle", "maintitle", *JOURNALS)
    else:
        names = ("booktitle", *JOURNALS) if type_ in BOOKTITLE_FIRST else (*JOURNALS, "booktitle")
    container = ""
    for name in names:
        if container := taken.text(name):
            container = _with_subtitle(container, taken.text(SUBTITLES[name]))
            break
    if not title and container and type_ in ("book", "chapter"):
        title, container = container, ""
    return {"title": title, "container_title": container}


def _with_subtitle(title: str, subtitle: str) -> str:
    if not (title and subtitle):
        return title or subtitle
    return f"{title} {subtitle}" if title.rstrip()[-1] in "?!:.–—" else f"{title}: {subtitle}"


def _people(taken: Taken) -> dict[str, Any]:
    found: dict[str, tuple[Name, ...]] = {}
    others = False
    for role in ("author", "editor", "translator"):
        found[role], more = read_names(taken.raw(role))
        others |= more and role == ("author" if found["author"] else "editor")
    return {**found, "others": others}


def _date(taken: Taken) -> PartialDate | None:
    stated = {name: taken.peek(name) for name in ("year", "month", "day")}
    issued, understood = read_date(stated | {"date": verbatim(taken.fields.get("date", ""))})
    taken.raw_all(understood)
    return issued


def _genre(taken: Taken, genre: str) -> str:
    if not (stated := taken.text("type")):
        return genre
    return GENRES.get(stated.lower(), stated)


def _publication(taken: Taken, type_: str, values: dict[str, Any]) -> dict[str, str]:
    """Publisher and place, section and session; what our own export of a conference paper says twice, once."""
    publisher = taken.text(*PUBLISHERS.get(type_, PUBLISHERS[""]))
    place = taken.text(*PLACES)
    if place.startswith("country"):  # the keys of biblatex for where a patent holds
        place = ", ".join(COUNTRIES.get(part, part) for part in place.split(" and "))
    found = {"publisher": publisher, "publisher_place": place}
    found |= {"section": taken.text("section"), "session": taken.text("session")}
    if type_ == "paper-conference":  # BibTeX has one address for where it was held and where it was printed
        if place == values["event_place"]:
            found["publisher_place"] = ""
        elif not values["event_place"]:  # ACM: "address" is the publisher's, "location" the conference's
            found["event_place"] = taken.text("location")
        if values["container_title"] == values["event_title"]:
            found["container_title"] = ""
    return found


def _without_session(values: dict[str, Any]) -> dict[str, str]:
    """The note without what our own export says of a conference session there."""
    session = session_line(_record(values)) if values["session"] else ""
    return {"note": values["note"].removeprefix(session).removeprefix("; ")} if session else {}


def _emphasis(values: dict[str, Any]) -> dict[str, Any]:
    """Title and abstract without the signs of emphasis, and the marks these stand for."""
    found: dict[str, Any] = {}
    marks: list[Mark] = []
    for field in ("title", "abstract"):
        found[field], stretches = settled(values[field])
        marks += (Mark(field, *stretch) for stretch in stretches)
    return {**found, "marks": tuple(marks)}


def _record(values: dict[str, Any]) -> Record:
    return Record(**{name: value for name, value in values.items() if value})
