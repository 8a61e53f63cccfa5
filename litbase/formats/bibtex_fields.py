"""From the fields of one BibTeX entry to a Record.

A field with a place of its own goes there; every other is kept in `extra` under
its name ("bibtex:annote").  Our own exports come back: what `bibtex_write` puts
into a field, this reads from it, except that descriptors return as keywords.
"""

import re
from collections.abc import Iterable
from typing import Any

from litbase.formats.bibtex_chunks import Entry
from litbase.formats.bibtex_dates import read_date
from litbase.formats.bibtex_kinds import (
    CONTAINERS,
    GENRES,
    ORDINALS,
    PLACES,
    PUBLISHERS,
    SUBTYPES,
    TEXT_FIELDS,
    TYPES,
    VERBATIM,
)  # fmt: skip
from litbase.formats.bibtex_names import read_names
from litbase.formats.latex import decode
from litbase.formats.plain import session_line
from litbase.record.dates import PartialDate
from litbase.record.identifiers import normal_eric
from litbase.record.names import Name
from litbase.record.notices import Notice, notice
from litbase.record.record import Record

_ESCAPED = re.compile(r"\\([_%&#$~^{}])")
_TEX_TILDE = re.compile(r"\{?\\textasciitilde(?:\{\}|\})?|\{?\$\\sim\$\}?|\\~\{\}")
_WRAPPED = re.compile(r"\\url[ \t]*\{(?P<url>[^{}]*)\}|\\href[ \t]*\{(?P<href>[^{}]*)\}")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_DASHES = re.compile(r"(?<![ \t])[ \t]*+(?:--+|[–—])[ \t]*")
_ERIC_NOTE = re.compile(r"(?:; )?ERIC Number: (?P<eric>E[JD]\d{5,8})\.?", re.I)
_COMMA = re.compile(r"[{},;]")
_NUMBERS = re.compile(r"[\s,;/]+")


def to_record(entry: Entry) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of an entry, its citation key as given, and what was odd about its fields; never raises."""
    fields, again, notices = _unique(entry)
    type_, genre = TYPES.get(entry.kind, ("document", entry.kind.replace("_", " ").capitalize()))
    taken = _Taken(fields)
    values: dict[str, Any] = {"citation_key": entry.key, "type": type_}
    values |= _titles(taken, type_, notices)
    values |= _people(taken)
    values["issued"] = _date(taken)
    values["genre"] = _genre(taken, genre)
    values |= {name: taken.text(*names) for name, names in TEXT_FIELDS.items()}
    values["edition"] = ORDINALS.get(values["edition"].lower(), values["edition"])
    values |= _numbers(taken, type_, values)
    values |= _publication(taken, type_, values)
    values |= _identifiers(taken)
    values |= _subjects(taken)
    if subtype := SUBTYPES.get(taken.peek("entrysubtype").lower()):
        taken.raw("entrysubtype")
        values["type"] = subtype
    if type_ == "document" and taken.peek("howpublished") == session_line(
        _record(values)
    ):  # our own export of a session
        taken.raw("howpublished")
    values["extra"] = tuple(taken.rest()) + tuple((f"bibtex:{name}", _plain(name, value)) for name, value in again)
    record = _record(values)
    if not record.title:
        notices.append(notice("no-title", "title", entry.line))
    return record, tuple(notices)


def _record(values: dict[str, Any]) -> Record:
    return Record(**{name: value for name, value in values.items() if value})


def _unique(entry: Entry) -> tuple[dict[str, str], list[tuple[str, str]], list[Notice]]:
    fields: dict[str, str] = {}
    again, notices = [], []
    for name, value in entry.fields:
        if name not in fields:
            fields[name] = value
        elif fields[name].split() != value.split():
            again.append((name, value))
            notices.append(notice("duplicate-field", line=entry.line, name=name))
    return fields, again, notices


class _Taken:
    """The fields of an entry; what is asked for is taken out, and the rest is left for `extra`."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields

    def raw(self, *names: str) -> str:
        """The LaTeX of the first of *names* that holds something; an emptied field is taken, a second one stays."""
        for name in names:
            if (value := self.fields.get(name, "")).strip():
                del self.fields[name]
                return value
        return ""

    def raw_all(self, names: Iterable[str]) -> None:
        """Take all of *names*."""
        for name in names:
            self.fields.pop(name, None)

    def text(self, *names: str) -> str:
        """The same in plain text, paragraphs kept apart by a blank line."""
        return _prose(self.raw(*names))

    def verbatim(self, *names: str) -> str:
        """The same for addresses and numbers."""
        return _verbatim(self.raw(*names))

    def peek(self, name: str) -> str:
        """A field in plain text, left where it is."""
        return decode(self.fields.get(name, ""))

    def rest(self) -> Iterable[tuple[str, str]]:
        """What nobody asked for, as `extra` holds it."""
        for name, value in self.fields.items():
            if plain := _plain(name, value):
                yield f"bibtex:{name}", plain


def _plain(name: str, value: str) -> str:
    return _verbatim(value) if name in VERBATIM else _prose(value)


def _prose(latex: str) -> str:
    if "\n" not in latex:
        return decode(latex)
    return "\n\n".join(filter(None, map(decode, _PARAGRAPH.split(latex))))


def _verbatim(value: str) -> str:
    value = _TEX_TILDE.sub("~", value)
    if wrapped := _WRAPPED.search(value):
        value = wrapped["url"] or wrapped["href"] or ""
    value = _ESCAPED.sub(r"\1", value.replace(r"{\_}", "_"))
    if value.startswith("{") and value.endswith("}"):
        value = value[1:-1]
    return "".join(value.split("\n")) if "\n" in value else value.strip()


def _titles(taken: _Taken, type_: str, notices: list[Notice]) -> dict[str, str]:
    title = _joined(taken, "title", "subtitle", notices)
    container, container_subtitle = "", "booksubtitle"
    for name in CONTAINERS if type_ not in ("chapter", "paper-conference") else reversed(CONTAINERS):
        if container := taken.text(name):
            container_subtitle = {"booktitle": "booksubtitle"}.get(name, "journalsubtitle")
            break
    if container and (subtitle := taken.text(container_subtitle)):
        container = _with_subtitle(container, subtitle)
    if not title and container and type_ in ("book", "chapter"):
        title, container = container, ""
    return {"title": title, "container_title": container}


def _joined(taken: _Taken, title: str, subtitle: str, notices: list[Notice]) -> str:
    first, second = taken.text(title), taken.text(subtitle)
    if first and second:
        notices.append(notice("subtitle-joined", "title"))
    return _with_subtitle(first, second)


def _with_subtitle(title: str, subtitle: str) -> str:
    if not (title and subtitle):
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in "?!:.–—" else f"{title}: {subtitle}"


def _people(taken: _Taken) -> dict[str, Any]:
    found: dict[str, tuple[Name, ...]] = {}
    others = False
    for role in ("author", "editor", "translator"):
        found[role], more = read_names(taken.raw(role))
        others |= more and role == ("author" if found["author"] else "editor")
    return {**found, "others": others}


def _genre(taken: _Taken, genre: str) -> str:
    if not (stated := taken.text("type")):
        return genre
    return GENRES.get(stated.lower(), stated)


def _numbers(taken: _Taken, type_: str, values: dict[str, Any]) -> dict[str, Any]:
    article = type_.startswith("article")
    number, issue = taken.text("number"), taken.text("issue")
    if article:
        issue = number or issue
        number = values["number"]
    page = _DASHES.sub("-", decode(taken.raw("pages", "page")))
    total = taken.peek("pagetotal") or taken.peek("numpages")
    if total.isdecimal() and len(total) < 7:
        taken.raw("pagetotal", "numpages")
    return {
        "number": number or values["number"], "issue": issue, "page": page,
        "number_of_pages": int(total) if total.isdecimal() and len(total) < 7 else None,
    }  # fmt: skip


def _publication(taken: _Taken, type_: str, values: dict[str, Any]) -> dict[str, str]:
    publisher = taken.text(*PUBLISHERS.get(type_, PUBLISHERS[""]))
    place = taken.text(*PLACES)
    found = {"publisher": publisher, "publisher_place": place, "section": taken.text("section"),
             "session": taken.text("session"), "language": _listed(taken, "language", "langid")}  # fmt: skip
    if type_ == "paper-conference":  # BibTeX has one address for where it was held and where it was printed
        if place == values["event_place"]:
            found["publisher_place"] = ""
        if values["container_title"] == values["event_title"]:
            found["container_title"] = ""
    return found


def _listed(taken: _Taken, *names: str) -> Any:
    return tuple(part for part in re.split(r" and |, ?", taken.text(*names)) if part)


def _identifiers(taken: _Taken) -> dict[str, Any]:
    note, eric = taken.text("note"), ""
    if found := _ERIC_NOTE.search(note):
        eric = found["eric"].upper()
        note = f"{note[: found.start()]}{note[found.end() :]}".strip()
    others: list[tuple[str, str]] = []
    scheme = (taken.peek("eprinttype") or taken.peek("archiveprefix")).lower()
    eprint = _verbatim(taken.fields.get("eprint", ""))
    if eprint and scheme and not eprint.startswith("http"):
        taken.raw("eprint"), taken.raw("eprinttype", "archiveprefix")
        if scheme == "eric":
            eric = normal_eric(eprint) or eric
        else:
            others.append((scheme, eprint))
    others += [(name, value) for name in ("pmid", "pmcid") if (value := taken.verbatim(name))]
    url = "%20".join(taken.verbatim("url", "link", "howpublished-url").split())
    if not url and _WRAPPED.search(taken.fields.get("howpublished", "")):
        url = taken.verbatim("howpublished")
    eissn = tuple(filter(None, _NUMBERS.split(taken.verbatim("eissn", "e-issn"))))
    issn = tuple(filter(None, _NUMBERS.split(taken.verbatim("issn"))))
    return {
        "doi": "".join(taken.verbatim("doi").split()), "url": url, "eric": eric, "note": note,
        "isbn": tuple(filter(None, _NUMBERS.split(taken.verbatim("isbn")))),
        "issn": tuple(number for number in issn if number not in eissn),
        "eissn": eissn,
        "identifiers": tuple(others),
        "accessed": PartialDate.parse(decode(taken.raw("urldate", "lastchecked", "lastaccessed", "accessed"))),
    }  # fmt: skip


def _subjects(taken: _Taken) -> dict[str, Any]:
    words: dict[str, None] = {}
    for name in ("keywords", "keyword"):
        words |= dict.fromkeys(read_keywords(taken.raw(name)))
    return {"keywords": tuple(words)}


def read_keywords(latex: str) -> list[str]:
    """The keywords in a field, parted by commas or semicolons outside braces.

    >>> read_keywords("Reading, {Schools, Rural}; Writing")
    ['Reading', 'Schools, Rural', 'Writing']
    """
    if latex.count("{") != latex.count("}"):
        latex = latex.replace("{", "").replace("}", "")
    words, depth, start = [], 0, 0
    for mark in _COMMA.finditer(latex):
        if mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif depth == 0:
            words.append(latex[start : mark.start()])
            start = mark.end()
    return [word for word in map(decode, [*words, latex[start:]]) if word]


def _date(taken: _Taken) -> PartialDate | None:
    issued, understood = read_date({name: taken.peek(name) for name in ("date", "year", "month", "day")})
    taken.raw_all(understood)
    return issued
