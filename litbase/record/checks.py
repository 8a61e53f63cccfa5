"""What is wrong with a record, what would mend it, and how complete it is.

Sources: BibTeX's required fields; the integrity checks of JabRef and papis.  A problem never stops a record
from being kept.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from msgspec.structs import replace as with_parts

from litbase.record.casing import is_shouting, is_shouting_name, name_case, title_case
from litbase.record.identifiers import normal_doi, normal_isbn, normal_issn, web_address
from litbase.record.keys import is_key
from litbase.record.kinds import kind_of
from litbase.record.names import Name, is_group
from litbase.record.notices import Problem
from litbase.record.pages import normal_pages, page_count, page_ranges, run_backwards
from litbase.record.record import Record, field_help, replace
from litbase.record.text import clean

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
NAMES: Final = ("author", "editor", "translator", "chair", "discussant")
MOST: Final = 20  # problems told of the names of one field
TEXTS: Final = ("title", "container_title", "collection_title", "event_title", "publisher", "abstract", "note",
                "descriptors", "keywords", "places", "institution")  # fmt: skip
EARLIEST: Final = 1400
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ODD_NAME = re.compile(r"\sand\s|[;@{}]|\d|https?:", re.I)
_BARE_HOST = re.compile(r"www\.[^\s/]+\.[^\s.]\S*", re.I)


class Gauge(NamedTuple):
    """One line of "How complete is it": the field to fill, its label, and whether it is filled."""

    field: str
    label: str
    filled: bool


def check(record: Record, today: date | None = None) -> tuple[Problem, ...]:
    """What is wrong with *record*, () when nothing is; *today* bounds the year, the real day by default.

    Whatever is marked fixable is mended by `fix`.
    """
    found = [_missing(record), _inferred(record), _year(record, today or date.today()), _pages(record),
             _identifiers(record), _addresses(record), _title(record), _names(record), _entities(record)]  # fmt: skip
    return tuple(problem for each in found for problem in each)


def completeness(record: Record) -> tuple[Gauge, ...]:
    """The fields a citation of this kind needs, then identifier, abstract and descriptors; filled or not.

    A field of several alternatives goes by its first name.
    """
    kind = kind_of(record).name
    wanted = (*REQUIRED.get(kind, ("title", "author", "issued")), *FURTHER.get(kind, ()), *ALWAYS)
    unique = dict.fromkeys(wanted)
    return tuple(Gauge(each.split("|")[0], _label(kind, each), _filled(record, each)) for each in unique)


def pages_agree(record: Record) -> bool | None:
    """Whether the number of pages is that of the page range; None when either is unknown.

    >>> pages_agree(Record(page="327-350", number_of_pages=24))
    True
    """
    count = page_count(normal_pages(record.page))
    return None if count is None or record.number_of_pages is None else count == record.number_of_pages


def _filled(record: Record, wanted: str) -> bool:
    return any(getattr(record, name) for name in wanted.split("|"))


def _label(kind: str, wanted: str) -> str:
    return CONTAINERS.get(kind, LABELS[wanted]) if wanted == "container_title" else LABELS[wanted]


def _missing(record: Record) -> Iterator[Problem]:
    kind = kind_of(record).name
    for wanted in REQUIRED.get(kind, ("title",)):
        if not _filled(record, wanted):
            severity = "error" if wanted in ("title", "container_title") else "warning"
            yield Problem("missing", (("label", _label(kind, wanted)),), wanted.split("|")[0], severity)


def _inferred(record: Record) -> Iterator[Problem]:
    for field, code in (("title", "title-inferred"), ("container_title", "container-inferred"),
                        ("issued", "date-inferred-problem")):  # fmt: skip
        if field in record.inferred:
            yield Problem(code, field=field, severity="info")


def _year(record: Record, today: date) -> Iterator[Problem]:
    if record.year is not None and record.year > today.year + 1:
        yield Problem("year-future", (("year", str(record.year)),), "issued")
    elif record.year is not None and record.year < EARLIEST:
        yield Problem("year-odd", (("year", str(record.year)),), "issued")


def _pages(record: Record) -> Iterator[Problem]:
    page = (("page", record.page),)
    normal = normal_pages(record.page)
    if record.page and (normal != record.page or not page_ranges(normal)):
        yield Problem("page-form", page, "page", fixable=normal != record.page and bool(page_ranges(normal)))
    if run_backwards(normal):
        yield Problem("page-backwards", page, "page")
    elif pages_agree(record) is False:
        yield Problem("pages-disagree", (("count", str(record.number_of_pages)), *page), "number_of_pages", "info")


def _identifiers(record: Record) -> Iterator[Problem]:
    given = [("doi", "doi-form", normal_doi, record.doi)] if record.doi else []
    given += [("isbn", "isbn-wrong", normal_isbn, value) for value in record.isbn]
    for issns in ("issn", "eissn"):
        given += [(issns, "issn-wrong", normal_issn, value) for value in getattr(record, issns)]
    for field, code, normal, value in given:
        proper = normal(value)
        if not proper:
            yield Problem(code, (("value", value),), field)
        elif proper != value:
            yield Problem("identifier-form", (("value", value), ("normal", proper)), field, fixable=True)
    for scheme, value in record.identifiers:  # set aside by vocabulary.tidy
        if scheme in RAW:
            yield Problem(RAW[scheme], (("value", value),), scheme.removesuffix("-raw"))
    if record.citation_key and not is_key(record.citation_key):
        yield Problem("key-form", (("key", record.citation_key),), "citation_key")


RAW: Final = {"doi-raw": "doi-form", "isbn-raw": "isbn-wrong", "issn-raw": "issn-wrong"}


def _addresses(record: Record) -> Iterator[Problem]:
    for field in ("url", "full_text_url"):
        value = getattr(record, field)
        if value and not web_address(value):
            yield Problem("url-scheme", (("value", value),), field, fixable=bool(web_address(_mended_address(value))))


def _title(record: Record) -> Iterator[Problem]:
    if is_shouting(record.title):
        yield Problem("shouting-title", field="title", fixable=not is_shouting(title_case(record.title)))


def _names(record: Record) -> Iterator[Problem]:
    for field in NAMES:
        yield from islice(_names_of(record, field), MOST)


def _names_of(record: Record, field: str) -> Iterator[Problem]:
    for name in getattr(record, field):
        params = (("name", str(name)),)
        if is_shouting_name(name.family):
            yield Problem("shouting-name", params, field, fixable=_mended_name(name) != name)
        if _is_odd(_decoded(name)):
            yield Problem("name-odd", params, field)


def _is_odd(name: Name) -> bool:
    if name.literal:
        return ";" in name.literal or (bool(_ODD_NAME.search(name.literal)) and not _could_be_group(name.literal))
    return bool(_ODD_NAME.search(str(name)))


def _could_be_group(literal: str) -> bool:
    return is_group(literal) or "&" in literal or len(literal.split()) > 3 or literal.isupper()


def _entities(record: Record) -> Iterator[Problem]:
    for field in TEXTS:
        value = getattr(record, field)
        yield from _entity(field, (value,) if isinstance(value, str) else value)
    for field in NAMES:
        for name in getattr(record, field):
            yield from _entity(field, (getattr(name, part) for part in name.__struct_fields__))


def _entity(field: str, texts: Iterable[str]) -> Iterator[Problem]:
    for text in texts:
        if entity := _entity_in(text):
            yield Problem("entity-left", (("text", entity),), field, fixable=not _entity_in(_without_entities(text)))


def _entity_in(text: str) -> str:
    for found in _ENTITY.finditer(text) if "&" in text else ():
        if html.unescape(found[0]) != found[0]:
            return found[0]
    return ""


def _without_entities(text: str) -> str:
    for _ in range(3):  # ERIC: "&amp;quot;"
        if not _entity_in(text):
            break
        text = clean(html.unescape(text))
    return text


def _mended_address(value: str) -> str:
    value = value.strip().strip("<>").strip()
    return f"http://{value}" if _BARE_HOST.fullmatch(value) else value


def _mended_title(title: str) -> str:
    return title_case(title) if is_shouting(title) else title


def _decoded(name: Name) -> Name:
    return with_parts(name, **{part: _without_entities(getattr(name, part)) for part in name.__struct_fields__})


def _mended_name(name: Name) -> Name:
    name = _decoded(name)
    if not is_shouting_name(name.family):
        return name
    family = name_case(name.family)
    particles = [word for word in family.split() if word.islower()]
    particle = " ".join([*name.particle.lower().split(), *particles])
    family = family.removeprefix(" ".join(particles)).strip() or family
    return with_parts(name, family=family, given=name_case(name.given), particle=particle)


def fix(record: Record) -> Record:
    """*record* with every fixable problem mended: capitals, entities, pages, dressed identifiers, bare addresses.

    Emphasis of a text whose length changed is dropped with it.
    """
    mended: dict[str, Any] = {}
    for field in TEXTS:
        mended[field] = _each(_without_entities, getattr(record, field))
    mended["title"] = _mended_title(mended["title"])
    for field in NAMES:
        mended[field] = tuple(map(_mended_name, getattr(record, field)))
    if page_ranges(normal_pages(record.page)):
        mended["page"] = normal_pages(record.page)
    mended["doi"] = normal_doi(record.doi) or record.doi
    for field, normal in (("isbn", normal_isbn), ("issn", normal_issn), ("eissn", normal_issn)):
        mended[field] = tuple(dict.fromkeys(normal(value) or value for value in getattr(record, field)))
    for field in ("url", "full_text_url"):
        mended[field] = web_address(_mended_address(getattr(record, field))) or getattr(record, field)
    changes = {field: value for field, value in mended.items() if value != getattr(record, field)}
    moved = {f for f, v in changes.items() if isinstance(v, str) and len(v) != len(getattr(record, f))}
    if moved:
        changes["marks"] = tuple(mark for mark in record.marks if mark.field not in moved)
    return replace(record, **changes) if changes else record


def _each(mend: Callable[[str], str], value: str | Iterable[str]) -> str | tuple[str, ...]:
    return mend(value) if isinstance(value, str) else tuple(map(mend, value))
