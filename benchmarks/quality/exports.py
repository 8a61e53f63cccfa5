"""What vendors' exports hold, field by field, against what another program's maintainers expect of them.

The expected files are CoLRev's (MIT): `x_result.bib` or `x_expected.bib` beside the export x.  Both sides are tidied;
names are compared by family and initials, words without regard to case, punctuation and HTML.  A field of the
expected file that has no place here ("colrev.pubmed.pmcid") must be found somewhere in the record.  A difference
counts as right, and is printed, only under one of the rules of `EXPLAINED`.
"""

import html
import re
import tarfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality import Report, counted
from litbase.errors import UnknownSource
from litbase.formats.bibtex import read as bibtex
from litbase.formats.tags.dates import read_date
from litbase.library.detecting import detect
from litbase.record.pages import normal_pages
from litbase.record.reading import Document, Reading
from litbase.record.record import Record, replace, to_builtins
from litbase.vocabulary.tables import language_tag
from litbase.vocabulary.tidy import tidy

TITLE = "Vendors' exports"
LEAST = 0.98
_RESULT = re.compile(r"(?P<stem>.+)_(?:result|expected)\.bib")
_KEEPING_BOOKS = re.compile(r"bibtex:(?:colrev_\w+|.*_provenance|prescreen_exclusion|file)$")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,40}>")


class Checked(NamedTuple):
    """One expected field: its name, what was expected, what came, and why a difference is none ("" for a miss)."""

    name: str
    expected: str
    came: str
    right: bool
    why: str = ""


def measure(shared: Path) -> Report:
    """The share of the expected fields that the readers give, every miss, and every difference that has a rule."""
    files = _files(shared / "data" / "exports" / "exports_mit_apache.tar.gz")
    right = whole = 0
    misses: list[str] = []
    for name, document in files.items():
        found = _RESULT.fullmatch(name)
        if not found:
            continue
        [source] = [other for other in files if other.startswith(found["stem"] + ".")]
        for title, checked in compare(files[source], document):
            whole += 1
            right += checked.right or bool(checked.why)
            if not checked.right:
                kind = f"explained: {checked.why}" if checked.why else "missed"
                said = f"expected {checked.expected[:90]!r}, came {checked.came[:90]!r}"
                misses.append(f"{kind}: {source}, {title[:40]!r}, {checked.name}: {said}")
    return Report((counted("fields of the exports with an expected file", right, whole, LEAST),), tuple(sorted(misses)))


def _files(archive: Path) -> dict[str, Document]:
    with tarfile.open(archive) as tar:
        members = [(member.name, tar.extractfile(member)) for member in tar if member.isfile()]
        return {name: Document(name, stream.read()) for name, stream in members if stream}


def compare(source: Document, result: Document) -> Iterator[tuple[str, Checked]]:
    """(title, field) for every field of every expected record, each held to the record of *source* most like it."""
    wanted = [_as_meant(reading.record) for reading in bibtex.read(result) if isinstance(reading, Reading)]
    try:
        came = [tidy(item.record)[0] for item in detect(source).read(source) if isinstance(item, Reading)]
    except UnknownSource:
        came = []
    text = words(html.unescape(source.text))
    for record in wanted:
        best = max(came, key=lambda other: sum(c.right for c in check(record, other, text)), default=Record())
        came = [other for other in came if other is not best]
        yield from ((record.title, checked) for checked in check(record, best, text))


def _as_meant(record: Record) -> Record:
    """An expected record; CoLRev's @inbook has the chapter's title in `chapter`, and its `date` may be in words."""
    said = next((read_date(value) for name, value in record.extra if name == "bibtex:date"), None)
    if said and record.issued and said.year == record.issued.year:
        record = replace(record, issued=said, extra=tuple(pair for pair in record.extra if pair[0] != "bibtex:date"))
    chapter = next((value for name, value in record.extra if name == "bibtex:chapter"), "")
    if record.type == "chapter" and chapter and not chapter.isdecimal():
        rest = tuple(pair for pair in record.extra if pair[0] != "bibtex:chapter")
        record = replace(record, title=chapter, container_title=record.title, extra=rest)
    return tidy(record)[0]


def words(text: str) -> str:
    """*text* as it is compared: letters and digits, folded, with single blanks."""
    folded = unicodedata.normalize("NFKC", _TAG.sub("", text)).casefold()
    return " ".join(re.findall(r"\w+", folded))


def check(wanted: Record, came: Record, source: str) -> Iterator[Checked]:
    """Every field that *wanted* states, held to *came*; *source* is the export itself, as words."""
    everything = f" {words(' '.join(_texts(to_builtins(came))))} "
    for name, values in FIELDS.items():
        expected, got = values(wanted), values(came)
        if not expected or expected == "unknown":
            continue
        right = _same(name, expected, got)
        why = (
            ""
            if right
            else next((rule for rule, holds in EXPLAINED.items() if holds(name, expected, came, source)), "")
        )
        yield Checked(name, expected, got, right, why)
    for name, value in wanted.extra:
        if not _KEEPING_BOOKS.match(name) and value not in ("UNKNOWN", ""):
            yield Checked(name, value, "", f" {words(value)} " in everything)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)


def _names(record: Record, role: str) -> str:
    names = (words(f"{name.surname} {_initials(name.given)}") for name in getattr(record, role))
    return "; ".join(filter(None, names))


def _initials(given: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", given))


def _numbers(record: Record, scheme: str, *fields: str) -> str:
    raw = [value for name, value in record.identifiers if name == f"{scheme}-raw"]
    return " ".join(sorted({_digits(number) for field in fields for number in (*getattr(record, field), *raw)} - {""}))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9x]", "", text.lower())


def _subjects(record: Record) -> str:
    every = (*record.keywords, *record.descriptors)
    return ", ".join(sorted({words(one) for word in every for one in word.split(",")} - {""}))


def _date(record: Record) -> str:
    return str(record.issued) if record.issued else ""


# what is compared, as text; "" is what an expected file does not state
FIELDS: dict[str, Callable[[Record], str]] = {
    "type": lambda record: record.type,
    "title": lambda record: words(record.title),
    "author": lambda record: _names(record, "author"),
    "editor": lambda record: _names(record, "editor"),
    "date": _date,
    "container": lambda record: words(record.container_title),
    "series": lambda record: words(record.collection_title),
    "volume": lambda record: words(record.volume),
    "issue": lambda record: words(record.issue),
    "pages": lambda record: normal_pages(record.page),
    "doi": lambda record: record.doi.lower(),
    "url": lambda record: record.url,
    "abstract": lambda record: words(record.abstract),
    "keywords": _subjects,
    "language": lambda record: language_tag(record.language[0]) if record.language else "",
    "publisher": lambda record: words(record.publisher),
    "place": lambda record: words(record.event_place or record.publisher_place),
    "issn": lambda record: _numbers(record, "issn", "issn", "eissn"),
    "isbn": lambda record: _numbers(record, "isbn", "isbn"),
    "note": lambda record: words(record.note),
}


def _same(name: str, expected: str, got: str) -> bool:
    """Whether *got* is what was expected; a date may be more precise than the expected one."""
    return got.startswith(expected) if name == "date" else got == expected


def _of(name: str, came: Record) -> str:
    return FIELDS[name](came)


EXPLAINED: dict[str, Callable[[str, str, Record, str], bool]] = {
    "the expected value is nowhere in the export": lambda name, expected, came, source: (
        name not in ("type", "date")
        and bool(_of(name, came))
        and words(expected) not in source
        and words(_of(name, came)) in source
    ),
    "the expected file has only the beginning of it": lambda name, expected, came, source: (
        name in ("title", "abstract", "container")
        and _of(name, came).startswith(expected)
        and _of(name, came) in source
    ),
    "the expected file has the work's title for what it is in": lambda name, expected, came, source: (
        name in ("title", "container")
        and expected == _of("container" if name == "title" else "title", came)
        and f"title {_of('title', came)}" in source
    ),
    "a number of pages is a length here, no page": lambda name, expected, came, source: (
        name == "pages" and came.number_of_pages is not None and _digits(expected) == str(came.number_of_pages)
    ),
}
