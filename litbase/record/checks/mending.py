"""What mends a record without asking anyone: the flaws whose right form follows from the wrong one.

Sources: the double encoded entities and the capitals of ERIC's older records; what people paste into the fields of
reference managers ("pp. 327–50", "https://doi.org/10.1007/x").
"""

import html
import re
from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from typing import Any, Final

from msgspec.structs import replace as with_parts

from litbase.record.casing import is_shouting, is_shouting_name, name_case, title_case
from litbase.record.identifiers import normal_doi, normal_isbn, normal_issn, web_address
from litbase.record.names import Name
from litbase.record.pages import normal_pages, page_ranges
from litbase.record.record import Record, replace
from litbase.record.text import clean

NAMES: Final = ("author", "editor", "translator", "chair", "discussant")
TEXTS: Final = ("title", "container_title", "collection_title", "event_title", "publisher", "abstract", "note",
                "descriptors", "major_descriptors", "keywords", "places", "institution")  # fmt: skip
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_NO_PERSON = re.compile(r"[\d/&@:;(){}\[\]]")
_BARE_HOST = re.compile(r"www\.[^\s/]+\.[^\s.]\S*", re.I)
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"  # what "&#xFFFD;" stands for: a character that was lost
Changes = dict[str, Any]
name_parts: Final = attrgetter(*Name.__struct_fields__)


def fix(record: Record, codes: Collection[str] = ()) -> Record:
    """*record* with every problem of *codes* mended that can be; all of MENDS when none is named.

    Emphasis of a text whose length changed is dropped with it.  Doing it twice changes nothing more.
    """
    mended = record
    for code, mend in MENDS.items():
        if not codes or code in codes:
            changes = {field: value for field, value in mend(mended).items() if value != getattr(mended, field)}
            mended = replace(mended, **changes) if changes else mended
    if mended is record:
        return record
    moved = {
        field for field in {mark.field for mark in record.marks} if _length(mended, field) != _length(record, field)
    }
    return replace(mended, marks=tuple(m for m in record.marks if m.field not in moved)) if moved else mended


def _length(record: Record, field: str) -> int:
    value = getattr(record, field, "")
    return len(value) if isinstance(value, str) else 0


def entity_in(text: str) -> str:
    """The first HTML entity that is left in *text*; "" when there is none."""
    for found in _ENTITY.finditer(text) if "&" in text else ():
        if html.unescape(found[0]) != found[0]:
            return found[0]
    return ""


def decoded(text: str) -> str:
    """*text* without HTML entities; as it is where they are nested too deep, or stand for nothing or a lost character.

    >>> decoded("say &amp;quot;what&amp;quot;"), decoded("AT&T; a history")
    ('say "what"', 'AT&T; a history')
    """
    plain = text
    for _ in range(3):  # ERIC: "&amp;quot;"
        if not entity_in(plain):
            break
        plain = clean(html.unescape(plain))
    is_whole = plain.strip() and not entity_in(plain) and plain.count(UNKNOWN) == text.count(UNKNOWN)
    return plain if is_whole else text


def decoded_name(name: Name) -> Name:
    """*name* with its parts decoded."""
    parts = name_parts(name)
    if "&" not in "".join(parts):
        return name
    return with_parts(name, **dict(zip(Name.__struct_fields__, map(decoded, parts), strict=True)))


def mended_title(title: str) -> str:
    """A shouted *title* decoded and in title case; any other as it is, and one that has no other case."""
    plain = decoded(title)
    if not is_shouting(plain):
        return title
    quiet = title_case(plain)
    return title if is_shouting(quiet) else quiet


def mended_name(name: Name) -> Name:
    """A shouted *name* decoded, with particles and family as they are written; any other as it is.

    One word alone may be a group's ("UNESCO"), and so may be what holds digits and slashes ("ACM/SIGGRAPH").
    """
    plain = decoded_name(name)
    if not is_shouting_name(plain.family) or not plain.given or _NO_PERSON.search(plain.family + plain.given):
        return name
    family = name_case(plain.family)
    particles = [word for word in family.split() if word.islower()]
    particle = " ".join([*plain.particle.lower().split(), *particles])
    family = family.removeprefix(" ".join(particles)).strip() or family
    return with_parts(plain, family=family, given=name_case(plain.given), particle=particle)


def mended_pages(pages: str) -> str:
    """*pages* in their normal form; as they are where that is no page range."""
    normal = normal_pages(pages)
    return normal if page_ranges(normal) else pages


def mended_address(value: str) -> str:
    """*value* as an address that can be linked, "http://" before a bare host; as it is where it is none."""
    if web_address(value):
        return value
    bare = value.strip().strip("<>").strip()
    return web_address(f"http://{bare}" if _BARE_HOST.fullmatch(bare) else bare) or value


def _entities(record: Record) -> Changes:
    changes: Changes = {field: _each(decoded, getattr(record, field)) for field in TEXTS}
    return changes | {field: tuple(map(decoded_name, getattr(record, field))) for field in NAMES}


def _title(record: Record) -> Changes:
    return {"title": mended_title(record.title)}


def _names(record: Record) -> Changes:
    return {field: tuple(map(mended_name, getattr(record, field))) for field in NAMES}


def _pages(record: Record) -> Changes:
    return {"page": mended_pages(record.page)}


def _identifiers(record: Record) -> Changes:
    changes: Changes = {"doi": normal_doi(record.doi) or record.doi}
    for field, normal in (("isbn", normal_isbn), ("issn", normal_issn), ("eissn", normal_issn)):
        proper = tuple(normal(value) or value for value in getattr(record, field))
        changes[field] = tuple(dict.fromkeys(proper)) if proper != getattr(record, field) else proper
    return changes


def _addresses(record: Record) -> Changes:
    return {field: mended_address(getattr(record, field)) for field in ("url", "full_text_url")}


def _each(mend: Callable[[str], str], value: str | Iterable[str]) -> str | tuple[str, ...]:
    return mend(value) if isinstance(value, str) else tuple(map(mend, value))


MENDS: Final[dict[str, Callable[[Record], Changes]]] = {
    "entity-left": _entities,
    "shouting-title": _title,
    "shouting-name": _names,
    "page-form": _pages,
    "identifier-form": _identifiers,
    "url-bare": _addresses,
}
"""What mends each problem that needs nobody's judgement, in the order in which it is done."""
