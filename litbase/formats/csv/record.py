"""From one row of a table of references to a Record.

Sources: the cells that the programs named in `csv_headers` write, PubMed's column "Citation" and Embase's "Source"
among them.  Columns without a field, and second columns of one field that say something else, are kept in `extra`
under "csv:<header>".
"""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from litbase.formats.csl import zotero_extra
from litbase.formats.csv.cells import Cells, subjects
from litbase.formats.csv.headers import Column
from litbase.formats.csv.people import people
from litbase.formats.emphasis import decoded, read
from litbase.formats.type_names import Type, type_called
from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, normal_doi, normal_eric
from litbase.record.keys import is_key
from litbase.record.notices import Notice, notice
from litbase.record.pages import normal_pages, page_count
from litbase.record.record import FIELD_NAMES, Mark, Record
from litbase.record.text import squash

TEXTS: Final = {
    "series": "collection_title", "edition": "edition", "publisher": "publisher", "place": "publisher_place",
    "event_title": "event_title", "event_place": "event_place", "section": "section", "genre": "genre",
    "article_number": "number",
}  # fmt: skip
_TOKENS = re.compile(r"[\s,;|/]+")
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_COMPACT = re.compile(r"[12]\d{3}(?:0[1-9]|1[0-2])[0-3]\d")
_RUN_TOGETHER = re.compile(r"(?<=^[A-Za-z]{3})(?=\d{4})")
_CONFERENCE = re.compile(r"\b(?:Proceedings|Conference|Symposium|Workshop|Congress|Meeting)\b", re.I)
_CITATION = re.compile(
    r"(?P<journal>[^;]{2,300}?)\. (?P<date>\d{4}(?: [A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?(?: \d{1,2})?)?)"
    r"(?:;(?P<volume>[^(:;]{0,40}+)(?:\((?P<issue>[^)]{0,40})\))?(?::(?P<page>[^.;]{1,60}))?)?\."
)
_EMBASE = re.compile(
    r"(?P<journal>.{2,300}?) \((?P<year>\d{4})\)(?: (?P<volume>[^\s:(]{1,30})(?::(?P<issue>[^\s(]{1,30}))?)?"
    r"(?:[^(]{0,80}\((?P<page>[^)]{1,40})\))?[^.]{0,100}\.?(?: Date of Publication: (?P<date>.{4,40}))?"
)


class Layout(NamedTuple):
    """What holds for a whole table: its columns, how its names are parted, and whether they run together."""

    columns: list[Column]
    separator: str = ","
    run_together: bool = False


def to_record(cells: list[str], layout: Layout, line: int = 0) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of a row, and what was odd about it; a row shorter than the header lacks its last columns."""
    row = Cells(cells, layout.columns)
    values: dict[str, Any] = {}
    marks: list[Mark] = []
    for name, paragraphs in (("title", False), ("abstract", True)):
        values[name], found = read(row.take(name), name, paragraphs)
        marks += found
    for name in ("author", "editor", "translator"):
        found_people = people(decoded(row.joined(name)), layout.separator, layout.run_together)
        values[name] = found_people.names
        values["others"] = values.get("others", False) or found_people.others
    values |= {field: row.text(name) for name, field in TEXTS.items()}
    values["volume"], values["issue"] = row.text("volume"), row.text("issue")
    values["page"] = _pages(row)
    values["issued"] = _date(row)
    values |= _identifiers(row)
    values |= _container(row, values)
    values |= _kind(row, values)
    _numbers(row, values)
    _publisher(row, values)
    values["keywords"] = tuple(dict.fromkeys(word for cell in row.all("keywords") for word in subjects(cell)))
    values["descriptors"] = tuple(dict.fromkeys(word for cell in row.all("descriptors") for word in subjects(cell)))
    values["language"] = tuple(filter(None, map(squash, re.split(r"[;|,\n]", row.text("language")))))
    extra = zotero_extra.read(_lines(row.take("extra")))
    values["doi"] = values["doi"] or extra.doi
    values["identifiers"] = tuple(dict.fromkeys((*values["identifiers"], *extra.identifiers)))
    values["note"] = "; ".join(filter(None, (_lines(row.take("note")), extra.text)))
    values["accessed"] = PartialDate.parse(row.text("accessed"))
    key = row.text("citation_key") or extra.citation_key
    values["citation_key"] = key if is_key(key) else ""
    values["marks"] = tuple(marks)
    values["extra"] = row.rest() + ((("csv:citation-key", key),) if key and not is_key(key) else ())
    record = Record(**{name: value for name, value in values.items() if value and name in FIELD_NAMES})
    return record, () if record.title else (notice("no-title", "title", line),)


def _lines(text: str) -> str:
    return decoded(text).strip()


def _pages(row: Cells) -> str:
    first, last = row.text("first_page"), row.text("last_page")
    page = row.text("page")
    if first and not last and first.isdecimal() and (count := row.peek("page_count")).isdecimal() and len(count) < 5:
        last = str(int(first) + int(count) - 1)  # EBSCO has no last page
    if first and (not page or page == first):
        return f"{first}-{last}" if last and last != first else first
    return page


def _date(row: Cells) -> PartialDate | None:
    """The most precise date of the columns that agree on the year; a month alone takes the year's column."""
    year = row.text("year")
    stated = row.take("issued")
    date = _stated(stated)
    found = _YEAR.search(year)
    if found and (date is None or date.year != int(found[1])):
        named = PartialDate.parse(f"{stated} {found[1]}") if stated else None
        named = named or PartialDate.parse(" ".join(filter(None, (row.text("day"), _month(row), found[1]))))
        if date is not None and stated:
            row.left.setdefault("", []).append((0, "date", stated))
        return named or PartialDate.parse(found[1])
    if date is None and (found := _YEAR.search(stated)):
        date = PartialDate.parse(found[1])
    row.take("month"), row.take("day")
    return date


def _stated(text: str) -> PartialDate | None:
    """The date in a cell; also EBSCO's "Feb2019" and "20190201"."""
    if _COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return PartialDate.parse(_RUN_TOGETHER.sub(" ", text, count=1))


def _month(row: Cells) -> str:
    """The month by name, also when the column has its number."""
    month = row.text("month")
    if month.isdecimal() and 1 <= int(month[:3]) <= 12:
        numbered = PartialDate.parse(f"2000-{int(month):02d}")
        return numbered.display.split()[0] if numbered else ""
    return month


def _identifiers(row: Cells) -> dict[str, Any]:
    stated = row.take("doi")
    doi = normal_doi(stated) or find_doi(stated) or "".join(stated.split()) or row.resolved_doi()
    url = row.text("url")
    eric = normal_eric(row.peek("eric"))
    if eric:
        row.take("eric")
    schemes = [(scheme, row.text(scheme).removeprefix("arXiv:")) for scheme in ("pmid", "pmcid", "arxiv")]
    found: dict[str, Any] = {"doi": doi, "eric": eric, "url": url.split(" ")[0] if "://" in url else url}
    found["identifiers"] = tuple((scheme, value.rpartition("/")[2] or value) for scheme, value in schemes if value)
    found["full_text_url"] = row.text("full_text")
    for field in ("isbn", "issn", "eissn"):
        found[field] = tuple(dict.fromkeys(part for cell in row.all(field) for part in _TOKENS.split(cell) if part))
    found["issn"] = tuple(number for number in found["issn"] if number not in found["eissn"])
    return found


def _container(row: Cells, values: dict[str, Any]) -> dict[str, Any]:
    """The journal or book, and what a citation in one cell adds where the row has no columns for it."""
    found: dict[str, Any] = {"container_title": row.text("container")}
    book = row.text("booktitle")
    if book and not found["container_title"]:
        found["container_title"] = book
    elif book and book != found["container_title"]:
        row.left.setdefault("", []).append((0, "book-title", book))
    source = row.peek("source")
    cited = _EMBASE.fullmatch(source) or (None if found["container_title"] else _CITATION.match(source))
    if not found["container_title"] and source and not type_called(source):
        found["container_title"] = squash(decoded(cited["journal"] if cited else source))
        row.take("source")
    elif cited and source and squash(cited["journal"]) == found["container_title"]:
        row.take("source")
    cited = cited or _CITATION.match(row.peek("citation"))
    if cited is None:
        return found
    row.take("citation")
    found["container_title"] = found["container_title"] or squash(cited["journal"])
    parts = {name: value or "" for name, value in cited.groupdict().items()}
    found |= {name: values[name] or parts.get(name, "").strip() for name in ("volume", "issue", "page")}
    date = _medline(parts.get("date", "")) or PartialDate.parse(parts.get("year", ""))
    if date and (not values["issued"] or (not values["issued"].month and date.year == values["issued"].year)):
        found["issued"] = date
    return found


def _medline(text: str) -> PartialDate | None:
    """The date that PubMed writes year first ("2021 Dec 21", "2010 Jan-Feb"), or any other way."""
    year, _, rest = text.partition(" ")
    return (PartialDate.parse(f"{rest} {year}") if rest and _YEAR.fullmatch(year) else None) or PartialDate.parse(text)


def _kind(row: Cells, values: dict[str, Any]) -> dict[str, str]:
    """The type that the best column of types says; else the one the other columns speak for."""
    container, genre = values["container_title"], values["genre"]
    for place, (_, header, stated) in enumerate(row.left.get("type", [])):
        if header == "PT" and len(stated) == 1:
            continue
        if found := type_called(stated):
            del row.left["type"][place]
            return {"type": found.csl, "genre": genre or found.genre or _zotero_type(row, found)}
    return {"type": _guessed(row, values, container).csl, "genre": genre}


def _zotero_type(row: Cells, kind: Type) -> str:
    """The finer type in Zotero's column "Type", beside "Item Type"; "" when it only says the same again."""
    cells = row.left["type"]
    place = next((place for place, (_, header, _) in enumerate(cells) if header.casefold() == "type"), -1)
    stated = cells.pop(place)[2] if place >= 0 else ""
    known = type_called(stated)
    return known.genre if known and known.csl == kind.csl else squash(stated)


def _guessed(row: Cells, values: dict[str, Any], container: str) -> Type:
    if values["event_title"] or (_CONFERENCE.search(container) and not (values["volume"] and values["issue"])):
        return Type("paper-conference")
    if container:
        return Type("chapter") if values["isbn"] and not values["issn"] else Type("article-journal")
    if values["isbn"]:
        return Type("book")
    if row.peek("school"):
        return Type("thesis")
    return Type("article-journal" if values["issn"] or values["identifiers"] else "document")


def _numbers(row: Cells, values: dict[str, Any]) -> None:
    """`number` is the issue of an article (BibTeX's and Google Scholar's), and a report's own."""
    number = row.text("number")
    if number and values["type"].startswith("article") and not values["issue"]:
        values["issue"] = number
    elif number and not values["number"]:
        values["number"] = number
    elif number:
        row.left.setdefault("", []).append((0, "number", number))
    count = row.text("page_count")
    if not (count.isdecimal() and len(count) < 7):
        return
    if values["type"] in ("book", "thesis", "report", "document"):
        values["number_of_pages"] = int(count)
    elif page_count(normal_pages(values["page"])) not in (int(count), None) or not values["page"]:
        row.left.setdefault("", []).append((0, "page-count", count))


def _publisher(row: Cells, values: dict[str, Any]) -> None:
    """A school or institution publishes what has no other publisher; elsewhere it is where the authors work."""
    if not values["publisher"] and values["type"] in ("thesis", "report"):
        values["publisher"] = row.text("school")


def column_cells(field: str, columns: Iterable[Column], rows: Iterable[list[str]]) -> list[str]:
    """The cells of the columns of *field* in *rows*."""
    places = [column.place for column in columns if column.field == field]
    return [row[place] for row in rows for place in places if place < len(row)]
