"""The cards of an import's report: what was noticed about each record, its source text, and the record beside it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from litbase.library.findings import Finding
from litbase.library.labels import value_label
from litbase.record.dates import PartialDate
from litbase.record.identifiers import normal_isbn
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.notices import Notice, Problem, sentence
from litbase.record.record import Record, field_help, stated
from litbase.record.text import comparable
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.parts import Badge, badge

VALUE: Final = 400  # characters of a value
WORDS: Final = 3_000  # of the lines of one record, which are looked for in it
LONG: Final = frozenset({"abstract", "body", "contribution", "method", "outcomes"})
ALWAYS: Final = {"author": "none found", "issued": "none found"}  # what stands there where a record lacks it
_PASSED: Final = frozenset({"v", "id", "type", "collection", "marks", "inferred", "extra", "title", "citation_key"})
_LABELS: Final = {name: label for name, label, _, _ in field_help()}
_REASONS: Final = {  # notices that say more of a problem
    "missing-author": ("no-author", "others-left-out"),
    "missing-year": ("no-date", "date-after"),
}
_SAME: Final = {  # notices that say a problem again
    "missing-title": "no-title", "isbn-wrong": "identifier-kept-raw", "issn-wrong": "identifier-kept-raw",
}  # fmt: skip
_SILENT: Final = frozenset({"furniture", "reference-forthcoming"})  # told elsewhere on the card
_LEVELS: Final = dict.fromkeys(
    ("eissn-in-issn", "isbn-printings", "pages-agree", "tail-left-out", "teaser-replaced", "labels-parted", "buttons",
     "subtitle-joined", "address-split", "abstractor-split", "notes-split", "others-left-out"), "ok",
) | dict.fromkeys(
    ("reference-untitled", "name-spelled-twice", "reference-unread", "reference-not-understood", "pages-disagree",
     "identifier-kept-raw", "duplicate-key", "field-recovered", "record-unclosed", "truncated", "bytes-replaced",
     "meta-contradicts", "names-run-together", "key-taken", "subtitle-unmarked"), "warn",
)  # fmt: skip
_ORDER: Final = {"bad": 0, "warn": 1, "info": 2, "ok": 3}


@dataclass(frozen=True, slots=True)
class Issue:
    """One line of what was noticed."""

    level: str = told("bad, warn, info or ok")
    where: str = told("The line or lines, whole file or whole record")
    lead: str = told("What it is about, in bold; may be empty")
    text: str = told("The rest of it; may be empty")
    action: str = told("add, review or accept; empty for nothing to do, or not yet")
    url: str = told("Where the action leads, or the form is posted")
    code: str = told("The code of the problem, for the form")
    other: str = told("Title of a record that it is about; empty for none")
    other_url: str = told("That record")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str = told("What is read")
    mark: str = told("keep where it stands in the record, drop where it was left out, else empty")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source."""

    number: int = told("Its number")
    spans: tuple[Span, ...] = told("Its pieces")


@dataclass(frozen=True, slots=True)
class Beside:
    """The source text of a record and what was read from it."""

    lines: tuple[SourceLine, ...] = told("The beginning of the source text; () where it is not kept")
    more: int = told("How many lines are not shown")
    rows: tuple[tuple[str, str, bool], ...] = told("Label, value, and whether it says that nothing was found")


@dataclass(frozen=True, slots=True)
class Card:
    """One record of an import, or what could not be read."""

    ordinal: int = told("Its number in the import")
    status: str = told("review, refused, new, changed or same")
    file: str = told("The file")
    line: int = told("Where it begins; 0 where the file has just this one")
    layout: str = told("Where it is from, as a word")
    badge: Badge | None = told("Its type; None where nothing was read")
    title: str = told("Its title; empty for none")
    left_out: int = told("How many lines of page furniture were left out")
    issues: tuple[Issue, ...] = told("What was noticed, the worst first")
    url: str = told("Its own page, with the source text beside the record")
    record_url: str = told("The record, once it is added")
    beside: Beside | None = told("Source and record, where they are shown here")


class Context:
    """What a card needs to know of its import: whether files hold several records, and the records named in it.

    *still* are the codes of the problems that each added record has today.
    """

    def __init__(
        self, links: Links, nr: int, several: Mapping[str, bool], titles: Mapping[str, str], is_added: bool,
        still: Mapping[str, Collection[str]],
    ):  # fmt: skip
        self.links = links
        self.nr = nr
        self.several = several
        self.titles = titles
        self.is_added = is_added
        self.still = still


def card(finding: Finding, ordinal: int, record_id: str, context: Context, beside: bool) -> Card:
    """The card of a finding; with *beside* its source text and record."""
    record = finding.read()
    is_one_of_many = context.several.get(finding.file, True)
    issues = sorted(_issues(finding, ordinal, record, record_id, context), key=lambda issue: _ORDER[issue.level])
    left_out = next((one for one in finding.notices if one.code == "furniture"), None)
    return Card(
        ordinal=ordinal,
        status=finding.status,
        file=finding.file,
        line=finding.line if is_one_of_many else 0,
        layout=value_label("collection", finding.source) if finding.source else "",
        badge=badge(KINDS[finding.type]) if finding.type in KINDS else None,
        title=_cut(finding.title),
        left_out=int(dict(left_out.params).get("count", "0")) if left_out else 0,
        issues=tuple(issues),
        url=context.links.import_entry(context.nr, ordinal),
        record_url=context.links.record(record_id) if record_id and context.is_added else "",
        beside=beside_of(finding, record) if beside and (record or finding.lines) else None,
    )


def _issues(finding: Finding, ordinal: int, record: Record | None, record_id: str, context: Context) -> Iterator[Issue]:
    whole = "whole record" if context.several.get(finding.file, True) else "whole file"
    told_of = {
        code for problem in finding.problems for code in (*_REASONS.get(problem.code, ()), _SAME.get(problem.code))
    }
    for problem in finding.problems:
        if problem.severity != "info" or not problem.code.startswith(("missing-", "container-", "title-", "date-")):
            more = [sentence(one) for one in finding.notices if one.code in _REASONS.get(problem.code, ())]
            yield _problem(problem, more, whole, ordinal, record_id, context)
    if lacks := [dict(p.params).get("label", p.field) for p in finding.problems if _is_lacking(p)]:
        yield Issue("info", whole, "", f"Not given: {', '.join(lacks)}.", "", "", "", "", "")
    for likeness in finding.likenesses[:10]:
        reasons = "; ".join(map(sentence, likeness.reasons))
        lead = _RELATIONS.get(likeness.relation, "Related")
        level = "warn" if likeness.relation == "same" and finding.status in ("review", "new") else "info"
        if likeness.id:
            title, url = context.titles.get(likeness.id) or likeness.id, context.links.record(likeness.id)
            yield Issue(level, whole, f"{lead}:", reasons, "", "", "", _cut(title), url)
        else:
            url = context.links.import_entry(context.nr, likeness.ordinal)
            title = f"record {likeness.ordinal + 1:,} of this import"
            yield Issue(level, whole, f"{lead}:", reasons, "", "", "", title, url)
    for one in finding.notices:
        if one.code not in told_of and one.code not in _SILENT:
            yield _notice(one, finding, whole)
    yield from _made_of(record)
    if finding.leftovers:
        where = _lines([left.line for left in finding.leftovers])
        first = _cut(finding.leftovers[0].text)
        others = len(finding.leftovers) - 1
        yield Issue(
            "warn", where, "Not understood:", f"“{first}”{f' and {others} more' if others else ''}", "", "", "", "", ""
        )


_RELATIONS: Final = {"same": "May be the same as", "version": "May be another version of", "part-of": "Is part of",
                     "has-part": "Has as a part"}  # fmt: skip


def _is_lacking(problem: Problem) -> bool:
    return problem.severity == "info" and problem.code.startswith("missing-")


def _problem(problem: Problem, more: list[str], whole: str, ordinal: int, record_id: str, context: Context) -> Issue:
    level = {"error": "warn", "warning": "warn"}.get(problem.severity, "info")
    action = url = ""
    if record_id in context.still and problem.code not in context.still[record_id]:
        return Issue("ok", whole, f"{sentence(problem)}.", "Put right since.", "", "", problem.code, "", "")
    if record_id and context.is_added:
        action = "accept" if problem.fixable else "add" if problem.code.startswith("missing-") else "review"
        form = f"{context.links.edit(record_id)}#f-{problem.field}"
        url = context.links.import_accept(context.nr, ordinal) if problem.fixable else form
    text = " ".join(f"{one}." for one in more)
    return Issue(level, whole, f"{sentence(problem)}.", text, action, url, problem.code, "", "")


def _notice(one: Notice, finding: Finding, whole: str) -> Issue:
    params = dict(one.params)
    where = params.get("lines", "")
    line = one.line or _line_of(finding, _QUOTED.findall(" ".join(params.get(name, "") for name in _QUOTES))[:4])
    where = f"{'lines' if '–' in where else 'line'} {where}" if where else f"line {line:,}" if line else whole
    level = "bad" if finding.status == "refused" else _LEVELS.get(one.code, "info")
    if "reference" in params:
        return Issue(level, where, f"{sentence(one)}:", _cut(params["reference"]), "", "", "", "", "")
    return Issue(level, where, "", f"{sentence(one)}.", "", "", "", "", "")


_QUOTES: Final = ("citation", "other", "reference")  # parameters with words of the source
_QUOTED: Final = re.compile(r"\w+")


def _line_of(finding: Finding, words: list[str]) -> int:
    """The first line of the source text that has all *words*; 0 for none."""
    return next((n for n, text in finding.lines if words and all(word in text for word in words)), 0)


def _made_of(record: Record | None) -> Iterator[Issue]:
    """What the record shows of how it was read."""
    if record is None:
        return
    if count := len(record.references):
        dois = sum(bool(one.parsed and one.parsed.doi) for one in record.references)
        found = f"{count:,} {'reference' if count == 1 else 'references'} found"
        text = f"{found}, {dois:,} with a DOI."
        yield Issue("ok", "references", "", text, "", "", "", "", "")
    for name in record.author:
        if name.literal:
            yield Issue(
                "ok", "authors", "", f"“{_cut(name.literal)}” is kept whole as a group author.", "", "", "", "", ""
            )
    if record.isbn and all(map(normal_isbn, record.isbn)) and len(record.isbn) > 1:
        yield Issue("ok", "ISBN", "", "The check digits of all ISBNs are right.", "", "", "", "", "")


def _lines(numbers: Iterable[int]) -> str:
    """ "line 3", "lines 3, 5–7" """
    stretches: list[list[int]] = []
    for number in sorted(set(numbers)):
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    shown = [f"{first:,}" if first == last else f"{first:,}–{last:,}" for first, last in stretches[:3]]
    more = " …" if len(stretches) > 3 else ""
    is_one = len(stretches) == 1 and stretches[0][0] == stretches[0][1]
    return f"{'line' if is_one else 'lines'} {', '.join(shown)}{more}"


def beside_of(finding: Finding, record: Record | None) -> Beside:
    """The source text of a finding, what stands in the record marked, and the record."""
    dropped = _dropped(finding)
    held = f" {' '.join(_held(record))} " if record else ""
    left = WORDS
    lines = []
    for number, text in finding.lines:
        if number in dropped:
            spans: tuple[Span, ...] = (Span(text, "drop" if text.strip() else ""),)
        elif left > 0 and held:
            spans = _spans(text, held)
            left -= text.count(" ") + 1
        else:
            spans = (Span(text, ""),)
        lines.append(SourceLine(number, spans))
    return Beside(tuple(lines), finding.more, tuple(_rows(record)) if record else ())


def _dropped(finding: Finding) -> set[int]:
    """The lines that the reader says it left out, or did not understand."""
    numbers = {left.line for left in finding.leftovers}
    for one in finding.notices:
        for stretch in dict(one.params).get("lines", "").split(", "):
            if found := re.fullmatch(r"(\d{1,9})(?:–(\d{1,9}))?", stretch.replace(",", "")):
                first, last = int(found[1]), int(found[2] or found[1])
                if one.code in ("tail-left-out", "teaser-replaced") and last - first < 100_000:
                    numbers.update(range(first, last + 1))
    return numbers


def _held(value: Any) -> Iterator[str]:
    """Every text in a record, as texts are compared."""
    match value:
        case Record():
            for name, each in stated(value).items():
                if name not in ("v", "id", "collection", "inferred", "marks"):
                    yield from _held(each)
        case Name():
            yield comparable(str(value))
            yield comparable(f"{value.family} {value.given}")
            yield comparable(value.literal)
        case PartialDate():
            yield comparable(value.display)
            yield comparable(str(value))
        case str():
            yield comparable(value)
        case tuple():
            for each in value:
                yield from _held(each)
        case int() if not isinstance(value, bool):
            yield str(value)
        case _ if hasattr(value, "text") and hasattr(value, "parsed"):
            yield comparable(value.text)


_WORD: Final = re.compile(r"\S+")


def _spans(line: str, held: str) -> tuple[Span, ...]:
    """*line* in pieces, those that stand in *held* marked: at least two words, or one that says something."""
    words = [(found.start(), found.end(), comparable(found[0])) for found in _WORD.finditer(line)]
    spans: list[Span] = []
    at = place = 0
    while place < len(words):
        stop = _longest(words, place, held)
        if stop == place:
            place += 1
            continue
        start, end = words[place][0], words[stop - 1][1]
        if start > at:
            spans.append(Span(line[at:start], ""))
        spans.append(Span(line[start:end], "keep"))
        at, place = end, stop
    if at < len(line) or not spans:
        spans.append(Span(line[at:], ""))
    return tuple(spans)


def _longest(words: list[tuple[int, int, str]], place: int, held: str) -> int:
    """Behind which word the longest stretch from *place* ends that stands in *held*; *place* for none."""
    told_words, stop, said = "", place, 0
    for number in range(place, len(words)):
        word = words[number][2]
        if word:
            told_words = f"{told_words} {word}" if told_words else word
            if f" {told_words} " not in held:
                break
            said += 1
            stop = number + 1
    alone = said == 1 and len(told_words) < 4 and not told_words.isdigit()
    return place if not said or alone else stop


def _rows(record: Record) -> Iterator[tuple[str, str, bool]]:
    """Label and value of what *record* says."""
    yield "Type", kind_of(record).label, False
    for name in _LABELS:
        value = getattr(record, name)
        if name == "title":
            yield _LABELS[name], _cut(record.title) or "none found", not record.title
        elif name in ALWAYS and not value:
            yield _LABELS[name], ALWAYS[name], True
        elif name not in _PASSED and value not in ("", (), None, False):
            yield _LABELS[name], _said(name, value), False
    for name, text in record.extra[:20]:
        yield name, _cut(text), False


def _said(name: str, value: Any) -> str:
    if name in LONG:
        count = len([line for line in value.split("\n") if line.strip()])
        return f"{_cut(value)} ({count} paragraphs)" if count > 1 else _cut(value)
    if name == "references":
        return f"{len(value):,}"
    if name == "identifiers":
        return _cut("; ".join(f"{value_label('identifier', scheme)}: {each}" for scheme, each in value[:50]))
    return _cut(_flat(value))


def _flat(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(": ".join(map(str, each)) if isinstance(each, tuple) else _flat(each) for each in value[:50])
    if isinstance(value, bool):
        return "Yes"
    return str(getattr(value, "display", value))


def _cut(text: str) -> str:
    return text if len(text) <= VALUE else f"{text[:VALUE].rstrip()} …"
