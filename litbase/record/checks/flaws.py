"""What is wrong with what a record has: years, pages, identifiers, addresses, capitals, names, entities.

Sources: the integrity checks of JabRef and papis; the check digits of ISO 2108, 3297 and 7064.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Final

from litbase.record.checks.mending import (
    NAMES,
    TEXTS,
    decoded,
    decoded_name,
    entity_in,
    mended_address,
    mended_name,
    mended_pages,
    mended_title,
    name_parts,
)
from litbase.record.identifiers import normal_doi, normal_isbn, normal_issn, web_address
from litbase.record.keys import is_key
from litbase.record.names import Name, is_group
from litbase.record.notices import Problem
from litbase.record.orcids import wrong_orcids
from litbase.record.pages import normal_pages, page_count, page_ranges, run_backwards
from litbase.record.record import Record

MOST: Final = 20  # problems told of the names, or of the texts, of one field
EARLIEST: Final = 1400
RAW: Final = {"doi-raw": "doi-form", "isbn-raw": "isbn-wrong", "issn-raw": "issn-wrong"}
INFERRED: Final = {
    "title": "title-inferred",
    "container_title": "container-inferred",
    "issued": "date-inferred-problem",
}
_texts = attrgetter(*TEXTS)
_people = attrgetter(*NAMES)
# what most records have, and needs no closer look
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]++(?:/[^\s\[\]]*+)?")
_WHOLE: Final = frozenset({"book", "report", "thesis"})
_EXTENT = re.compile(r"(?:[ivxlcdm]{1,12}|\d{1,6})(?:\s?[+,]\s?(?:[ivxlcdm]{1,12}|\d{1,6})){1,8}\s?\+?", re.I)
_PLAIN_DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._/-]*+(?<=[A-Za-z0-9])")
_PLAIN_PAGES = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_ODD_MARK = re.compile(r"[;:@{}\d]")  # an odd name has one, or the word "and"
_ODD_NAME = re.compile(r"\sand\s|[;@{}]|\d|https?:", re.I)


def pages_agree(record: Record) -> bool | None:
    """Whether the number of pages is that of the page range; None when either is unknown.

    >>> pages_agree(Record(page="327-350", number_of_pages=24))
    True
    """
    if record.number_of_pages is None:
        return None
    count = page_count(normal_pages(record.page))
    return None if count is None else count == record.number_of_pages


def flaws_of(record: Record, today: date) -> Iterator[Problem]:
    """Everything wrong with what *record* has; *today* bounds its year."""
    yield from _inferred(record)
    yield from _year(record, today)
    if record.page:
        yield from _pages(record)
    yield from _identifiers(record)
    yield from _addresses(record)
    yield from _title(record)
    for field, names in zip(NAMES, _people(record), strict=True):
        if names:
            yield from _names(field, names)
    yield from _entities(record)


def _inferred(record: Record) -> Iterator[Problem]:
    for field, code in INFERRED.items() if record.inferred else ():
        if field in record.inferred:
            yield Problem(code, field=field, severity="info")


def _year(record: Record, today: date) -> Iterator[Problem]:
    if record.year is not None and record.year > today.year + 1:
        yield Problem("year-future", (("year", str(record.year)),), "issued")
    elif record.year is not None and record.year < EARLIEST:
        yield Problem("year-odd", (("year", str(record.year)),), "issued")


def _pages(record: Record) -> Iterator[Problem]:
    plain = _PLAIN_PAGES.fullmatch(record.page)
    page = (("page", record.page),)
    if plain and (length := int(plain[2]) - int(plain[1]) + 1) > 0:
        if record.number_of_pages not in (None, length):
            yield Problem("pages-disagree", (("count", str(record.number_of_pages)), *page), "number_of_pages", "info")
        return
    normal = normal_pages(record.page)
    if not page_ranges(normal):
        if not (record.type in _WHOLE and _EXTENT.fullmatch(record.page)):
            yield Problem("page-odd", page, "page")
    elif mended_pages(record.page) != record.page:
        yield Problem("page-form", (*page, ("normal", normal)), "page", fixable=True)
    if run_backwards(normal):
        yield Problem("page-backwards", page, "page")
    elif pages_agree(record) is False:
        yield Problem("pages-disagree", (("count", str(record.number_of_pages)), *page), "number_of_pages", "info")


def _identifiers(record: Record) -> Iterator[Problem]:
    given = [("doi", "doi-form", normal_doi, record.doi)] if record.doi and not _PLAIN_DOI.fullmatch(record.doi) else []
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
    for number in islice(wrong_orcids(record), MOST) if record.extra or record.identifiers else ():
        yield Problem("orcid-wrong", (("value", number),), "author")
    if record.citation_key and not is_key(record.citation_key):
        yield Problem("key-form", (("key", record.citation_key),), "citation_key")


def _addresses(record: Record) -> Iterator[Problem]:
    for field in ("url", "full_text_url"):
        value = getattr(record, field)
        if value and not _PLAIN_ADDRESS.fullmatch(value) and not web_address(value):
            bare = mended_address(value) != value
            yield Problem("url-bare" if bare else "url-scheme", (("value", value),), field, fixable=bare)


def _title(record: Record) -> Iterator[Problem]:
    if mended_title(record.title) != record.title:
        yield Problem("shouting-title", field="title", fixable=True)


def _names(field: str, names: Sequence[Name]) -> Iterator[Problem]:
    written = " ".join([f"{n.particle} {n.family} {n.given} {n.suffix} {n.literal}" for n in names])
    if _ODD_MARK.search(written) or "and" in written.lower().split():
        odd = (("name", str(name)) for name in names if _is_odd(decoded_name(name)))
        yield from (Problem("name-odd", (name,), field) for name in islice(odd, MOST))
    if "&" in written or any(name.family.isupper() for name in names):
        loud = (("name", str(name)) for name in names if mended_name(name) != name)
        yield from (Problem("shouting-name", (name,), field, fixable=True) for name in islice(loud, MOST))
    if "&" in written:
        yield from islice(_entity(field, (part for name in names for part in name_parts(name))), MOST)


def _is_odd(name: Name) -> bool:
    if name.literal:
        return ";" in name.literal or (bool(_ODD_NAME.search(name.literal)) and not _could_be_group(name.literal))
    return bool(_ODD_NAME.search(str(name)))


def _could_be_group(literal: str) -> bool:
    return is_group(literal) or "&" in literal or len(literal.split()) > 3 or literal.isupper()


def _entities(record: Record) -> Iterator[Problem]:
    for field, value in zip(TEXTS, _texts(record), strict=True):
        if value and "&" in (value if isinstance(value, str) else "".join(value)):
            yield from islice(_entity(field, (value,) if isinstance(value, str) else value), MOST)


def _entity(field: str, texts: Iterable[str]) -> Iterator[Problem]:
    for text in texts:
        if "&" in text and (entity := entity_in(text)):
            yield Problem("entity-left", (("text", entity),), field, fixable=decoded(text) != text)
