"""What both dialects of BibTeX write alike: keys, values in braces, pages, editions, identifiers, what came along.

Sources: BibTeXing; the biblatex manual; what pandoc, Citation.js, JabRef and
Zotero make of each form.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from litbase.formats.bibtex.kinds import BABEL, NOT_WRITTEN, ORDINALS, VERBATIM
from litbase.formats.latex.ascii import spelled
from litbase.formats.latex.text import encode
from litbase.formats.options import Options
from litbase.formats.plain import address, one_line, sentences, session_line, subjects
from litbase.record.identifiers import normal_doi
from litbase.record.keys import citation_key, is_key, numbered
from litbase.record.pages import normal_pages, page_ranges
from litbase.record.record import Record
from litbase.vocabulary.tables import language_name, language_tag

Fields = Iterator[tuple[str, str]]
"""The names of fields and their values, in braces or as macros; "" where there is none."""
Entry = tuple[str, Fields]
"""The type of an entry and its fields."""

_FIELD_NAME = re.compile(r"bibtex:([a-z][a-z0-9_+.-]{0,60})")
_EDITION = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: ed(?:ition|n)?\.?)?", re.I)
_ORDINAL_WORDS: Final = {number: word.capitalize() for word, number in ORDINALS.items()}
_LANGIDS: Final = {tag: name for name, tag in reversed(BABEL.items())}


def entries(records: Iterable[Record], options: Options, entry_of: Callable[[Record, Options], Entry]) -> Iterator[str]:
    """The entries of *records* in a dialect, one string each, a blank line between them.

    A record without a citation key gets one made from author, year and title; a key met before gets "a", "b" ...
    """
    used: set[str] = set()
    for record in records:
        before = "\n" if used else ""
        kind, fields = entry_of(record, options)
        values = {name: value for name, value in fields if value}
        for name, value in _extra(record):
            values.setdefault(name, value)
        if options.ascii:
            values = {name: value if name in VERBATIM else spelled(value) for name, value in values.items()}
        lines = "".join([f"  {name} = {value},\n" for name, value in values.items()])
        yield f"{before}@{kind}{{{_key(record, used)},\n{lines}}}\n"


def _key(record: Record, used: set[str]) -> str:
    given = record.citation_key
    if not is_key(given):
        given = citation_key(record) or (record.id if is_key(record.id) else "entry")
    n = 0
    while (key := numbered(given, n)).lower() in used:
        n += 1
    used.add(key.lower())
    return key


def text(value: str) -> str:
    """*value* as LaTeX in braces."""
    return braced(encode(value)) if value else ""


def braced(latex: str) -> str:
    """*latex* in braces; "" stays ""."""
    return f"{{{latex}}}" if latex else ""


def verbatim(value: str) -> str:
    """*value* as it stands, without braces and backslashes that would break the entry, and what TeX takes for them."""
    return braced(re.sub(r"[{}\\]", "", one_line(value)).replace("^^", "^%5E")) if value else ""


def doi(record: Record) -> str:
    """The DOI without resolver, nothing in it escaped."""
    return verbatim(normal_doi(record.doi) or record.doi) if record.doi else ""


def pages(page: str) -> str:
    """Pages with the dash of ranges: "327--350", "12--34, 40"."""
    if not page:
        return ""
    normal = normal_pages(one_line(page))
    if page_ranges(normal) or (normal.count("-") == 1 and re.search(r"\d-[\w.]*\d", normal)):
        return braced(encode(normal).replace("-", "--"))
    return text(normal)


def edition_in_words(edition: str) -> str:
    """ "2nd" and "2" as "Second"; any other as printed."""
    return _ORDINAL_WORDS.get(edition_number(edition), edition)


def edition_number(edition: str) -> str:
    """ "2nd ed." and "Second" as "2"; "" when *edition* is no plain number."""
    found = _EDITION.fullmatch(edition.strip())
    return found[1] if found else ORDINALS.get(edition.strip().lower(), "")


def langid(record: Record) -> str:
    """What the package babel calls the one language of *record*; "" for none, several and those it has no name for."""
    return _LANGIDS.get(language_tag(record.language[0]), "") if len(record.language) == 1 else ""


def languages(record: Record) -> str:
    """The names of its languages, which LaTeX's packages know; a tag where the name would say less (pt-BR)."""
    return text(" and ".join(map(_language, record.language)))


@cache
def _language(tag: str) -> str:
    name = language_name(tag)
    return name if language_tag(name) == tag else tag


def keywords(record: Record) -> str:
    """Descriptors and keywords, joined by commas; one that holds a comma stands in braces."""
    words = ((word, encode(word)) for word in subjects(record))
    return braced(", ".join(braced(latex) if re.search("[,;]", word) else latex for word, latex in words))


def note(record: Record) -> str:
    """The note, with what sort of session it was and the ERIC number, for which styles have no field."""
    session = session_line(record) if record.session and record.type == "paper-conference" else ""
    return text(sentences(record.note, session, f"ERIC Number: {record.eric}" if record.eric else ""))


def numbers(record: Record) -> Fields:
    """ISBN, ISSN, eprint and the identifiers of other places."""
    yield "isbn", text(", ".join(record.isbn))
    yield "issn", text(", ".join(dict.fromkeys(record.issn + record.eissn)))  # styles know issn alone
    yield "eissn", text(", ".join(record.eissn))
    eprint = ("eric", record.eric) if record.eric else ("", "")
    for scheme, value in record.identifiers:
        if scheme in ("pmid", "pmcid"):
            yield scheme, verbatim(value)
        elif scheme.isalnum() and scheme.isascii() and not eprint[1]:
            eprint = (scheme, value)
    yield "eprint", verbatim(eprint[1])
    yield "eprinttype", verbatim(eprint[0]) if eprint[1] else ""


def publisher(record: Record) -> str:
    """Who published it; the authoring institution of a report that names no publisher."""
    return record.publisher or (record.institution[0] if record.type == "report" and record.institution else "")


def _extra(record: Record) -> Fields:
    """What came from BibTeX and has no field here, back under its name."""
    for name, value in record.extra:
        found = _FIELD_NAME.fullmatch(name)
        if found and value and found[1] not in NOT_WRITTEN and not (record.issued and found[1] in ("date", "year")):
            yield found[1], braced(address(value)) if found[1] in VERBATIM else text(value)
