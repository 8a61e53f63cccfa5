"""Writer of BibTeX: one entry per record, the same bytes for the same record.

Sources: BibTeXing for types and fields; biblatex for those BibTeX has none for
(eventtitle, eid, langid), which BibTeX ignores.  Not carried: which keywords are
descriptors, ERIC's publication types, levels, audience and the like, the body, the
reference list, paragraphs, a second value of a field, and what points to other entries.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.bibtex import values
from litbase.formats.bibtex.kinds import TYPES
from litbase.formats.bibtex.names import write_names
from litbase.formats.bibtex.values import Entry, Fields, braced, text
from litbase.formats.latex.capitals import SMART, prose_latex, protect, title_latex
from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address
from litbase.record.dates import SEASONS, PartialDate
from litbase.record.kinds import CSL_TYPES, kind_of
from litbase.record.record import Record
from litbase.vocabulary.tables import language_tag

MONTH_MACROS: Final = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHER: Final = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_CONTAINER: Final = {"incollection": "booktitle", "inproceedings": "booktitle"}


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """BibTeX entries in UTF-8 text, one string per record, a blank line between them; nothing for no records.

    A record without a citation key gets one made from author, year and title; a key met before gets "a", "b" ...
    """
    return values.entries(records, options, _entry)


def _entry(record: Record, options: Options) -> Entry:
    kind = kind_of(record).bibtex
    if kind == "phdthesis" and record.genre.startswith("Master"):
        kind = "mastersthesis"
    return kind, _fields(record, kind, options.protect)


def _fields(record: Record, kind: str, capitals: str) -> Fields:
    """Every field with its value in braces or as a macro, "" where there is none, in the order they are written."""
    article = kind == "article"
    if capitals == SMART and _is_foreign(record):
        capitals = "all"  # styles lower the nouns of a German title
    yield "author", braced(write_names(record.author, record.others and bool(record.author)))
    yield "editor", braced(write_names(record.editor, record.others and not record.author))
    yield "translator", braced(write_names(record.translator))
    yield "title", braced(title_latex(record, capitals))
    if kind in _CONTAINER:
        yield _CONTAINER[kind], braced(protect(record.container_title or record.event_title, how=capitals))
    else:
        yield "journal", text(record.container_title)
    yield "entrysubtype", braced(_subtype(record, kind))
    yield "eventtitle", text(record.event_title)
    yield "venue", text(record.event_place)
    yield "session", text(record.session)
    yield "type", "" if TYPES[kind][1] == record.genre else text(record.genre)
    yield "series", text(record.collection_title)
    yield "section", text(record.section)
    yield "edition", text(values.edition_in_words(record.edition))
    yield "volume", text(record.volume)
    yield "number", text(record.issue if article else record.number)
    yield "eid", text(record.number) if article else ""
    yield "issue", "" if article else text(record.issue)
    yield "pages", values.pages(record.page)
    yield "pagetotal", f"{{{record.number_of_pages}}}" if record.number_of_pages else ""
    yield _PUBLISHER.get(kind, "publisher"), text(values.publisher(record))
    yield "address", text(record.publisher_place or (record.event_place if kind == "inproceedings" else ""))
    yield from _date(record.issued)
    yield "doi", values.doi(record)
    yield "url", braced(address(record.url))
    yield "urldate", f"{{{record.accessed}}}" if record.accessed else ""
    yield from values.numbers(record)
    yield "language", values.languages(record)
    yield "langid", braced(values.langid(record)) if _is_foreign(record) else ""
    yield "availability", text(record.availability)
    yield "keywords", values.keywords(record)
    yield "abstract", braced(prose_latex(record, "abstract"))
    yield "note", values.note(record)


def _is_foreign(record: Record) -> bool:
    """Whether its language is known and not English, the one language whose titles may lose capitals."""
    tag = language_tag(record.language[0]) if record.language else ""
    return tag != "" and tag.partition("-")[0] != "en"


def _subtype(record: Record, kind: str) -> str:
    """What BibTeX has no entry type for, in the field where biblatex looks for it."""
    if record.type == "article-newspaper":
        return "newspaper"
    return record.type if kind == "misc" and record.type in CSL_TYPES - {"document", "cited"} else ""


def _date(date: PartialDate | None) -> Fields:
    if date is None:
        return
    if date.end and (date.end.year != date.year or date.end.day):  # BibTeX itself has no way to say it
        yield "date", f"{{{date}}}"
    yield "year", f"{{{date.year}}}"
    month = _month(date.month)
    if date.end and date.end.year == date.year and date.end.month and date.end.month != date.month:
        last = _month(date.end.month)
        if month and last and "{" not in month + last:
            month = f'{month} # "--" # {last}'
        else:
            month = f"{{{SEASONS.get(date.month, '')}--{SEASONS.get(date.end.month, '')}}}"
    yield "month", month
    yield "day", f"{{{date.day}}}" if date.day else ""


def _month(number: int) -> str:
    return MONTH_MACROS[number] if number < len(MONTH_MACROS) else braced(SEASONS.get(number, ""))
