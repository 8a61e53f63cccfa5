"""Writer of BibLaTeX: the dialect of BibTeX that biber reads, with a type for everything and dates in one field.

Sources: the biblatex manual for types and fields; what pandoc and Citation.js
read of each.  Title and subtitle stay one field: split, they come back joined
in three different ways.  Not carried: what BibTeX does not carry either.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.bibtex import values
from litbase.formats.bibtex.kinds import GENRES
from litbase.formats.bibtex.names import write_extended_names
from litbase.formats.bibtex.values import Entry, Fields, braced, text
from litbase.formats.latex.capitals import prose_latex, protect, title_latex
from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address
from litbase.record.kinds import kind_of
from litbase.record.record import Record

_TYPES: Final = {
    "article-journal": "article", "chapter": "incollection", "symposium": "inproceedings",
    "paper-conference": "inproceedings", "opinion": "article", "article-newspaper": "article", "book": "book",
    "proceedings": "proceedings", "report": "report", "thesis": "thesis", "webpage": "online", "dataset": "dataset",
    "software": "software", "motion_picture": "video", "legislation": "legislation",
}  # fmt: skip
_CONTAINER: Final = {"article": "journaltitle", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER: Final = {
    "report": "institution", "thesis": "institution", "online": "organization", "misc": "organization",
    "software": "organization", "video": "organization", "legislation": "organization",
}  # fmt: skip
_THESES: Final = {genre: key for key, genre in GENRES.items() if key.endswith("thesis")}


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """BibLaTeX entries in UTF-8 text, one string per record, a blank line between them; nothing for no records.

    Keys as in BibTeX: made where there is none, unique without regard to case.
    """
    return values.entries(records, options, _entry)


def _entry(record: Record, options: Options) -> Entry:
    kind = _TYPES.get(kind_of(record).name, "misc")
    return kind, _fields(record, kind, options.protect)


def _fields(record: Record, kind: str, capitals: str) -> Fields:
    """Every field with its value in braces, "" where there is none, in the order they are written."""
    article = kind == "article"
    container = _CONTAINER.get(kind, "journal")  # read by all for web pages and the like, where manuals name no field
    yield "author", braced(write_extended_names(record.author, record.others and bool(record.author)))
    yield "editor", braced(write_extended_names(record.editor, record.others and not record.author))
    yield "translator", braced(write_extended_names(record.translator))
    yield "title", braced(title_latex(record, capitals))
    booklike = container == "booktitle"
    yield container, braced(protect(record.container_title, how=capitals)) if booklike else text(record.container_title)
    yield "entrysubtype", "{newspaper}" if record.type == "article-newspaper" else ""
    yield "eventtitle", text(record.event_title)
    yield "venue", text(record.event_place)
    yield "session", text(record.session)
    yield "type", text(_genre(record, kind))
    yield "series", text(record.collection_title)
    yield "section", text(record.section)
    yield "edition", text(_edition(record.edition))
    yield "volume", text(record.volume)
    named = not any(map(str.isdigit, record.issue))  # "Spring" is biblatex's issue, "3" its number
    yield "number", text("" if named and article else record.issue if article else record.number)
    yield "issue", text(record.issue) if named or not article else ""
    yield "eid", text(record.number) if article else ""
    yield "pages", values.pages(record.page)
    yield "pagetotal", f"{{{record.number_of_pages}}}" if record.number_of_pages else ""
    yield _PUBLISHER.get(kind, "publisher"), text(values.publisher(record))
    yield "location", text(record.publisher_place)
    yield "date", f"{{{record.issued}}}" if record.issued else ""
    yield "doi", values.doi(record)
    yield "url", braced(address(record.url))
    yield "urldate", f"{{{record.accessed}}}" if record.accessed else ""
    yield from values.numbers(record)
    langid = values.langid(record)
    yield "langid", braced(langid)
    yield "language", "" if langid else values.languages(record)
    yield "availability", text(record.availability)
    yield "keywords", values.keywords(record)
    yield "abstract", braced(prose_latex(record, "abstract"))
    yield "note", values.note(record)


def _genre(record: Record, kind: str) -> str:
    """The type of a thesis or report, a key where biblatex translates it."""
    if record.genre == "Proceedings" and kind == "proceedings":
        return ""
    return _THESES.get(record.genre, record.genre) if kind == "thesis" else record.genre


def _edition(edition: str) -> str:
    """The bare number, which styles make "2nd ed." of; a first edition in words, for programs warn of a bare 1."""
    number = values.edition_number(edition)
    return number if number not in ("", "1") else values.edition_in_words(edition)
