"""The page that converts what is pasted: the form, what came of it entry by entry, and the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from litbase.formats import FORMATS, Format
from litbase.formats.options import KEYS, PROTECT, Options
from litbase.library import Library, citing
from litbase.library.citing import Offered
from litbase.library.converting import MOST, Conversion, Converted, written
from litbase.library.rights import shown
from litbase.record.kinds import kind_of
from litbase.record.notices import sentence
from litbase.record.record import FIELD_NAMES, Record, field_help, to_builtins
from litbase.record.text import clean
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.parts import Badge, badge, plain_title

LONGEST: Final = 100_000  # characters of a file that stand in the page
WRITTEN: Final = 1_000  # characters of an entry as it was pasted
VALUE: Final = 400  # characters of a field
STRETCHES: Final = 8  # of one entry that were not understood
SENTENCES: Final = 12  # about one entry
SLOW: Final = 100  # entries of a style in a file, which takes an engine its time
OPEN: Final = 12  # entries whose fields are shown without being asked for
TOLD: Final = 80  # characters of a wrong value that are told back
STATES: Final = ("here", "read", "partly", "unread", "absent")
_LABELS: Final = {name: label for name, label, _, _ in field_help()}
_PASSED: Final = frozenset({"v", "id", "type", "collection", "marks", "references", "inferred", "extra"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says; *unknown* are wrong values of it, as sentences."""

    format: Format
    options: Options
    from_library: bool
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A format, a style or a way of writing to choose."""

    value: str = told("Its value")
    label: str = told("What people call it")
    hint: str = told("Which programs read it; empty for styles")
    chosen: bool = told("Whether it is chosen")


@dataclass(frozen=True, slots=True)
class MatchView:
    """The record of the library that an entry is."""

    id: str = told("Its id")
    url: str = told("Its page")
    title: str = told("Its title; empty when it has none")
    reasons: tuple[str, ...] = told("Why it is the same, as sentences")
    cited: bool = told("Whether it is only a cited work there")


@dataclass(frozen=True, slots=True)
class EntryView:
    """What became of one entry."""

    number: int = told("Which it is, from 1")
    line: int = told("On which line of the text it begins")
    state: str = told("here (in this library), read, partly, unread, or absent (a number that is not here)")
    written: str = told("The entry as it was pasted, or its number or key; empty where it has none")
    badge: Badge | None = told("The type it was read as; None when nothing was understood")
    title: str = told("The title that was understood; empty when there is none")
    fields: tuple[tuple[str, str], ...] = told("Label and value of what was understood besides")
    match: MatchView | None = told("The record of this library; None when it is not here")
    unread: tuple[str, ...] = told("The stretches that were not understood")
    missing: tuple[str, ...] = told("What is missing or wrong, as sentences")
    lacks: tuple[str, ...] = told("Labels of what a citation of this type could tell besides")
    notices: tuple[str, ...] = told("What else there is to say about it")
    in_file: bool = told("Whether it is in the file")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a text."""

    name: str = told("Name of the file that was sent; empty for a paste")
    read_as: tuple[str, ...] = told("What the text was read as")
    entries: tuple[EntryView, ...] = told("Its entries, in order")
    counts: tuple[tuple[str, int], ...] = told("How many entries there are of each state, those without any left out")
    lacking: int = told("How many understood entries lack what a citation needs")
    notices: tuple[str, ...] = told("What there is to say about the text")
    is_cut: bool = told("Whether more stands in the text than was read")
    records: int = told("How many records the file has")
    label: str = told("What the file is, in words")
    suffix: str = told("Ending of the file")
    text: str = told("The file; empty where it is too long for a page, or has nothing in it")
    bibliography: tuple[Html, ...] = told("The entries of a bibliography, in place of the file")
    unlisted: int = told("How many of the records the style has no entry for, or were too many for it")
    fields_open: bool = told("Whether the fields of every entry are shown without being asked for")


@dataclass(frozen=True, slots=True)
class ConvertPage:
    """The form, and under it what came of the text."""

    url: str = told("Where the form is posted")
    json_url: str = told("Where programs post it")
    text: str = told("What stands in the box")
    formats: tuple[Choice, ...] = told("The formats")
    styles: tuple[Choice, ...] = told("The styles of the format Text")
    protects: tuple[Choice, ...] = told("Which capitals BibTeX keeps")
    keys: tuple[Choice, ...] = told("By what entries are named")
    ascii: bool = told("Whether letters beyond ASCII become commands of LaTeX")
    no_abstract: bool = told("Whether abstracts are left out")
    from_library: bool = told("Whether the library's record is taken where it has the work")
    options_open: bool = told("Whether an option was chosen")
    wrong: tuple[str, ...] = told("Wrong choices, as sentences")
    problem: str = told("Why nothing could be done, as a sentence; empty when all is well")
    most: int = told("How many entries are read at most")
    result: Result | None = told("What came of the text; None before there is one")


def asked(form: Any, formats: Sequence[Format], styles: dict[str, Offered]) -> Asked:
    """What *form* chooses; what it cannot be is as by default, and told."""
    by_name = {format.name: format for format in formats}
    name, style = (str(form.get(key, "")) for key in ("format", "style"))
    wrong = (
        [f"There is no format “{clean(name)[:TOLD]}” here; BibTeX was taken"] if name and name not in by_name else []
    )
    if style and style not in styles:
        wrong.append(f"There is no style “{clean(style)[:TOLD]}” here; {next(iter(styles.values())).label} was taken")
    options = Options.from_args(form, {name: one.file for name, one in styles.items() if one.file})
    return Asked(by_name.get(name, formats[0]), options, form.get("library") == "1", tuple(wrong))


def convert_page(
    links: Links,
    styles: dict[str, Offered],
    chosen: Asked,
    text: str = "",
    problem: str = "",
    result: Result | None = None,
) -> ConvertPage:
    """The form as it was filled in, with the *result* of it or the *problem* with it."""
    options = chosen.options
    return ConvertPage(
        url=links.convert(),
        json_url=links.convert(".json"),
        text=clean(text),
        formats=tuple(Choice(f.name, f.label, f.hint, f == chosen.format) for f in FORMATS),
        styles=tuple(Choice(one.name, one.label, "", one.name == options.style) for one in styles.values()),
        protects=tuple(Choice(value, _PROTECTED[value], "", value == options.protect) for value in PROTECT),
        keys=tuple(Choice(value, _NAMED[value], "", value == options.key) for value in KEYS),
        ascii=options.ascii,
        no_abstract=not options.abstract,
        from_library=chosen.from_library,
        options_open=chosen.from_library or options._replace(style="apa", file=None) != Options(),
        wrong=chosen.unknown,
        problem=problem,
        most=MOST,
        result=result,
    )


_PROTECTED: Final = {"smart": "Names and acronyms", "all": "All", "none": "None"}
_NAMED: Final = {"key": "Citation key", "id": "ERIC number or id"}


def result_of(library: Library, links: Links, conversion: Conversion, chosen: Asked, name: str = "") -> Result:
    """What came of a text, with the file in the format that was chosen; *name* is that of the file that was sent.

    Raises BadInput where a style of a file cannot be printed.
    """
    entries = tuple(_entry(library, links, number, one) for number, one in enumerate(conversion.entries, 1))
    records = list(written(conversion.entries, chosen.from_library))
    text = ""
    bibliography: tuple[Html, ...] = ()
    if chosen.format.name == "text":
        bibliography = _bibliography(library, records, chosen.options)
    else:
        text = "".join(citing.as_files(library, records, chosen.format, chosen.options)) if records else ""
    tally = {state: sum(one.state == state for one in entries) for state in STATES}
    return Result(
        name=clean(name)[:TOLD],
        read_as=conversion.read_as,
        entries=entries,
        counts=tuple((state, count) for state, count in tally.items() if count),
        lacking=sum(bool(one.missing) for one in entries),
        notices=tuple(map(sentence, conversion.notices)),
        is_cut=conversion.is_cut,
        records=len(records),
        label=_label(library, chosen),
        suffix=chosen.format.suffix,
        text=text.strip("\n") if len(text) <= LONGEST else "",
        bibliography=bibliography,
        unlisted=len(records) - len(bibliography) if bibliography else 0,
        fields_open=len(entries) <= OPEN,
    )


def file_of(library: Library, conversion: Conversion, chosen: Asked) -> Iterator[str]:
    """The file itself, piece by piece."""
    records = list(written(conversion.entries, chosen.from_library))
    if chosen.options.file:
        records = records[:SLOW]
    return citing.as_files(library, records, chosen.format, chosen.options)


def _label(library: Library, chosen: Asked) -> str:
    return citing.styles(library)[chosen.options.style].label if chosen.format.name == "text" else chosen.format.label


def _bibliography(library: Library, records: Sequence[Record], options: Options) -> tuple[Html, ...]:
    offered = citing.styles(library)[options.style]
    most = SLOW if offered.file else len(records)
    printed = citing.together(offered, (options.applied(record) for record in islice(records, most)))
    return tuple(cited(one.text) for one in printed.entries)


def _entry(library: Library, links: Links, number: int, one: Converted) -> EntryView:
    record = shown(one.shown, library.settings) if one.shown else None
    return EntryView(
        number=number,
        line=one.line,
        state=_state(one),
        written=_cut(clean(one.text), WRITTEN),
        badge=badge(kind_of(record)) if record else None,
        title=_cut(record.title, WRITTEN) if record else "",
        fields=tuple(_fields(record)) if record else (),
        match=_match(links, one),
        unread=tuple(_cut(clean(stretch), WRITTEN) for stretch in one.unread[:STRETCHES]),
        missing=_sentences(map(sentence, one.problems)),
        lacks=one.lacks,
        notices=_sentences(map(sentence, one.notices)),
        in_file=record is not None,
    )


def _state(one: Converted) -> str:
    if one.match:
        return "here"
    if one.record is None:
        return "absent" if one.kind == "identifiers" else "unread"
    return "read" if one.record.title and not one.unread else "partly"


def _match(links: Links, one: Converted) -> MatchView | None:
    if one.match is None:
        return None
    title = plain_title(one.known) if one.known else ""
    reasons = tuple(map(sentence, one.match.reasons))
    return MatchView(one.match.id, links.record(one.match.id), _cut(title, VALUE), reasons, one.match.cited)


def _sentences(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(_cut(one, VALUE) for one in islice(dict.fromkeys(found), SENTENCES))


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """Label and value of what *record* says, its title and type apart."""
    for name in FIELD_NAMES:
        value = getattr(record, name)
        if name not in _PASSED and name != "title" and value not in ("", (), None, False):
            yield _LABELS[name], _cut(_said(value), VALUE)


def _said(value: Any) -> str:
    """The *value* of a field on one line."""
    if isinstance(value, tuple):
        return "; ".join(" ".join(map(str, each)) if isinstance(each, tuple) else _said(each) for each in value[:50])
    if isinstance(value, bool):
        return "Yes"
    return str(getattr(value, "display", value))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def twin(library: Library, conversion: Conversion, result: Result, output: str) -> dict[str, Any]:
    """*result* as JSON, with the whole file as *output*."""
    return {
        "read_as": list(result.read_as),
        "counts": dict(result.counts),
        "is_cut": result.is_cut,
        "notices": list(result.notices),
        "records": result.records,
        "output": output,
        "entries": [
            {
                "line": view.line,
                "state": view.state,
                "text": one.text,
                "record": to_builtins(shown(one.shown, library.settings)) if one.shown else None,
                "match": {"id": view.match.id, "url": view.match.url, "reasons": list(view.match.reasons),
                          "cited": view.match.cited} if view.match else None,
                "not_understood": list(one.unread),
                "missing": list(view.missing),
                "lacks": list(view.lacks),
                "notices": list(view.notices),
            }
            for one, view in zip(conversion.entries, result.entries, strict=True)
        ],
    }  # fmt: skip
