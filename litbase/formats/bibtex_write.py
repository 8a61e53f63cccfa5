"""Writer of BibTeX: one entry per record, the same bytes for the same record.

Sources: BibTeXing for types and fields; biblatex for those BibTeX has none for
(eventtitle, eid, entrysubtype), which BibTeX ignores; what pandoc, citation-js,
JabRef and Zotero make of each form.  Not carried: which keywords are
descriptors, ERIC's publication types, levels, audience and the like, the body,
the reference list and emphasis.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.bibtex_kinds import NOT_WRITTEN, ORDINALS, TYPES, VERBATIM
from litbase.formats.bibtex_names import write_names
from litbase.formats.capitals import protect, title_latex
from litbase.formats.latex import encode
from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line, sentences, session_line, subjects
from litbase.record.dates import SEASONS, PartialDate
from litbase.record.keys import citation_key, is_key, numbered
from litbase.record.kinds import CSL_TYPES, kind_of
from litbase.record.pages import normal_pages, page_ranges
from litbase.record.record import Record
from litbase.vocabulary.tables import language_name, language_tag

MONTH_MACROS: Final = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIELD_NAME = re.compile(r"bibtex:([a-z][a-z0-9_+.-]{0,60})")
_EDITION = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: ed(?:ition|n)?\.?)?", re.I)
_PUBLISHER: Final = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_CONTAINER: Final = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """BibTeX entries in UTF-8 text, one string per record, a blank line between them; nothing for no records.

    A record without a citation key gets one made from author, year and title; a key met before gets "a", "b" ...
    """
    used: set[str] = set()
    for record in records:
        yield ("\n" if used else "") + entry(record, _key(record, used))


def _key(record: Record, used: set[str]) -> str:
    given = record.citation_key
    if not is_key(given):
        given = citation_key(record) or (record.id if is_key(record.id) else "entry")
    n = 0
    while (key := numbered(given, n)).lower() in used:
        n += 1
    used.add(key.lower())
    return key


def entry(record: Record, key: str) -> str:
    """The BibTeX entry of *record* under *key*, with a final newline."""
    kind = _entry_type(record)
    fields = {name: value for name, value in _fields(record, kind) if value}
    fields |= {name: value for name, value in _extra(record) if name not in fields}
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def _entry_type(record: Record) -> str:
    kind = kind_of(record).bibtex
    return "mastersthesis" if kind == "phdthesis" and record.genre.startswith("Master") else kind


def _fields(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    """Every field with its value in braces or as a macro, "" where there is none, in the order they are written."""
    article = kind == "article"
    conference = record.type == "paper-conference"
    container = record.container_title or (record.event_title if kind == "inproceedings" else "")
    yield "author", _braced(write_names(record.author, record.others and bool(record.author)))
    yield "editor", _braced(write_names(record.editor, record.others and not record.author))
    yield "translator", _braced(write_names(record.translator))
    yield "title", _braced(title_latex(record))
    if kind in _CONTAINER:
        name = _CONTAINER[kind]
        yield name, _text(container) if article else _braced(protect(container))
    else:
        yield "howpublished", _text(session_line(record)) if kind == "misc" and conference else ""
        yield "journal" if kind == "misc" else "booktitle", _text(record.container_title)
    yield "entrysubtype", _braced(_subtype(record, kind))
    yield "eventtitle", _text(record.event_title)
    yield "venue", _text(record.event_place)
    yield "session", _text(record.session)
    yield "type", "" if TYPES[kind][1] == record.genre else _text(record.genre)
    yield "series", _text(record.collection_title)
    yield "section", _text(record.section)
    yield "edition", _text(_edition(record.edition))
    yield "volume", _text(record.volume)
    yield "number", _text(record.issue if article else record.number)
    yield "eid", _text(record.number) if article else ""
    yield "issue", "" if article else _text(record.issue)
    yield "pages", _braced(_pages(record.page))
    yield "pagetotal", f"{{{record.number_of_pages}}}" if record.number_of_pages else ""
    yield _PUBLISHER.get(kind, "publisher"), _text(_publisher(record, kind))
    yield "address", _text(record.publisher_place or (record.event_place if kind == "inproceedings" else ""))
    yield from _date(record.issued)
    yield "doi", _verbatim(record.doi)
    yield "url", _braced(address(record.url))
    yield "urldate", f"{{{record.accessed}}}" if record.accessed else ""
    yield "isbn", _verbatim(", ".join(record.isbn))
    yield "issn", _verbatim(", ".join(dict.fromkeys(record.issn + record.eissn)))  # styles know issn alone
    yield "eissn", _verbatim(", ".join(record.eissn))
    yield from _identifiers(record)
    yield "language", _text(" and ".join(map(_language, record.language)))
    yield "keywords", _braced(", ".join(map(_keyword, subjects(record))))
    yield "abstract", _text(record.abstract)
    yield "note", _text(sentences(record.note, f"ERIC Number: {record.eric}" if record.eric else ""))


def _text(text: str) -> str:
    return _braced(encode(text))


def _braced(latex: str) -> str:
    return f"{{{latex}}}" if latex else ""


def _verbatim(value: str) -> str:
    """*value* as it stands, without braces and backslashes that would break the entry."""
    return _braced(re.sub(r"[{}\\]", "", one_line(value)))


def _subtype(record: Record, kind: str) -> str:
    """What BibTeX has no entry type for, in the field where biblatex looks for it."""
    if record.type == "article-newspaper":
        return "newspaper"
    return record.type if kind == "misc" and record.type in CSL_TYPES - {"document", "cited"} else ""


def _edition(text: str) -> str:
    """ "2nd" and "2" as "Second": BibTeX wants the ordinal in words."""
    found = _EDITION.fullmatch(text.strip())
    words = {number: word.capitalize() for word, number in ORDINALS.items()}
    return words.get(found[1], text) if found else text


def _pages(page: str) -> str:
    normal = normal_pages(one_line(page))
    if page_ranges(normal) or (normal.count("-") == 1 and re.search(r"\d-[\w.]*\d", normal)):
        return encode(normal).replace("-", "--")
    return encode(normal)


def _language(tag: str) -> str:
    """The language's name, which BibTeX's packages know; its tag where the name would say less (pt-BR)."""
    name = language_name(tag)
    return name if language_tag(name) == tag else tag


def _publisher(record: Record, kind: str) -> str:
    return record.publisher or (record.institution[0] if kind == "techreport" and record.institution else "")


def _date(date: PartialDate | None) -> Iterator[tuple[str, str]]:
    if date is None:
        return
    if date.end and date.end.year != date.year:  # biblatex's field; BibTeX itself has no way to say it
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
    return MONTH_MACROS[number] if number < len(MONTH_MACROS) else _braced(SEASONS.get(number, ""))


def _keyword(word: str) -> str:
    return _braced(encode(word)) if re.search("[,;]", word) else encode(word)


def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
    eprint = ("eric", record.eric) if record.eric else ("", "")
    for scheme, value in record.identifiers:
        if scheme in ("pmid", "pmcid"):
            yield scheme, _verbatim(value)
        elif scheme.isalnum() and scheme.isascii() and not eprint[1]:
            eprint = (scheme, value)
    yield "eprint", _verbatim(eprint[1])
    yield "eprinttype", _verbatim(eprint[0]) if eprint[1] else ""


def _extra(record: Record) -> Iterator[tuple[str, str]]:
    """What came from BibTeX and has no field here, back under its name."""
    for name, value in record.extra:
        found = _FIELD_NAME.fullmatch(name)
        if found and found[1] not in NOT_WRITTEN and value:
            yield found[1], _braced(address(value)) if found[1] in VERBATIM else _text(value)
