"""What a record of each kind should have: what a citation cannot do without, and what makes it easy to find.

Source: BibTeX's required fields, and the parts that styles print of each kind.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from litbase.record.kinds import kind_of
from litbase.record.notices import Problem
from litbase.record.record import Record, field_help

REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": ("title", "author", "container_title", "issued"),
    "chapter": ("title", "author|editor", "container_title", "publisher", "issued"),
    "symposium": ("title", "author", "event_title|container_title", "issued"),
    "paper-conference": ("title", "author", "event_title|container_title", "issued"),
    "opinion": ("title", "author", "container_title", "issued"),
    "article-newspaper": ("title", "author", "container_title", "issued"),
    "book": ("title", "author|editor", "publisher", "issued"),
    "proceedings": ("title", "issued"),
    "report": ("title", "author|institution", "publisher|institution", "issued"),
    "thesis": ("title", "author", "publisher|institution", "issued"),
    "webpage": ("title", "url", "issued"),
}
"""What a citation of each kind cannot do without; "a|b" is either.  Any other kind needs a title."""
FURTHER: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": ("volume", "issue", "page|number"),
    "chapter": ("page",),
    "paper-conference": ("page",),
    "thesis": ("genre",),
    "webpage": ("accessed",),
}
ALWAYS: Final = ("doi|isbn|eric|url", "abstract", "descriptors|keywords")
EXPECTED: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": ("volume", "page|number", "doi"),
    "chapter": ("page",),
    "paper-conference": ("page|number",),
}
"""What nearly every work of the kind has, so that an editor should look for it where it is missing."""
MISSING: Final = {
    "title": "missing-title",
    "author": "missing-author",
    "container_title": "missing-source",
    "event_title": "missing-source",
    "publisher": "missing-publisher",
    "issued": "missing-year",
    "url": "missing-link",
    "volume": "missing-volume",
    "page": "missing-pages",
    "doi": "missing-doi",
}
"""The code of the problem that a field is missing, which goes by the first of its alternatives."""
LABELS: Final = {name: label for name, label, _, _ in field_help()} | {
    "author": "Author", "author|editor": "Author or editor", "author|institution": "Author", "page|number": "Pages",
    "publisher|institution": "Publisher", "event_title|container_title": "Conference",
    "descriptors|keywords": "Descriptors", "doi|isbn|eric|url": "Identifier or link",
}  # fmt: skip
CONTAINERS: Final = {
    "article-journal": "Journal",
    "chapter": "Book",
    "opinion": "Newspaper",
    "article-newspaper": "Newspaper",
}
_FATAL: Final = frozenset({"title", "container_title"})


class Gauge(NamedTuple):
    """One line of "How complete is it": the field to fill, its label, and whether it is filled."""

    field: str
    label: str
    filled: bool


def completeness(record: Record) -> tuple[Gauge, ...]:
    """The fields a citation of this kind needs, then identifier, abstract and descriptors; filled or not.

    A field of several alternatives goes by its first name.
    """
    kind = kind_of(record).name
    wanted = (*REQUIRED.get(kind, ("title", "author", "issued")), *FURTHER.get(kind, ()), *ALWAYS)
    unique = dict.fromkeys(wanted)
    return tuple(Gauge(each.split("|")[0], _label(kind, each), _filled(record, each)) for each in unique)


def missing(record: Record) -> Iterator[Problem]:
    """What a citation needs and *record* lacks; as "info" what is worth looking for."""
    kind = kind_of(record).name
    unprinted = kind == "paper-conference" and not record.container_title  # it was read out, and has no pages
    for names, problem in _WANTED.get(kind, _TITLE):
        if getattr(record, names[0]) or (unprinted and problem.severity == "info"):
            continue
        if not any(getattr(record, name) for name in names[1:]):
            yield problem


def _problem(kind: str, wanted: str, severity: str) -> Problem:
    field = wanted.partition("|")[0]
    return Problem(MISSING[field], (("label", _label(kind, wanted)),), field, severity)


def _filled(record: Record, wanted: str) -> bool:
    return any(getattr(record, name) for name in wanted.split("|"))


def _label(kind: str, wanted: str) -> str:
    return CONTAINERS.get(kind, LABELS[wanted]) if wanted == "container_title" else LABELS[wanted]


def _rows(kind: str) -> Iterator[tuple[list[str], Problem]]:
    for wanted in REQUIRED.get(kind, ("title",)):
        yield wanted.split("|"), _problem(kind, wanted, "error" if wanted in _FATAL else "warning")
    for wanted in EXPECTED.get(kind, ()):
        yield wanted.split("|"), _problem(kind, wanted, "info")


_WANTED: Final = {kind: tuple(_rows(kind)) for kind in {**REQUIRED, **EXPECTED}}
_TITLE: Final = tuple(_rows(""))
