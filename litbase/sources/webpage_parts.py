"""What the parts of a page tell, laid over each other field by field into records.

Order, the more telling first: citation tags and JSON-LD of a scholarly or news work, COinS, PRISM and Dublin Core,
JSON-LD of a mere page, Open Graph, the page's own title.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from litbase.formats.emphasis import decoded, read
from litbase.formats.page import citation_tags, coins, dublin_core_tags, itemprops, markup
from litbase.formats.page import jsonld as jsonld_read
from litbase.formats.page import tags as page_tags
from litbase.formats.page.values import Told, without
from litbase.record.names import Name
from litbase.record.record import Mark, Record
from litbase.record.text import comparable

MARKED: Final = ("title", "container_title", "collection_title", "event_title")
_NAME_PARTS: Final = ("family", "given", "particle", "suffix", "literal")
_WEAK: Final = frozenset(("webpage", "document", ""))
_SITED: Final = frozenset(("webpage", "article-newspaper", "document"))
"""Types whose container may be the site itself."""


class Parts(NamedTuple):
    """What a page holds: citation tags, JSON-LD of works and of mere pages, COinS, Dublin Core, its own tags."""

    tags: Told
    works: tuple[Told, ...]
    pages: tuple[Told, ...]
    spans: tuple[Told, ...]
    core: Told
    own: Told
    address: str


def parts_of(page: markup.Page) -> Parts:
    """The parts of a parsed page."""
    meta = markup.meta(page)
    things = (*markup.json_ld(page), *itemprops.things(page))
    told = jsonld_read.told_of(things)
    strong = [each for each in told if each.get("type", "") not in _WEAK]
    return Parts(
        tags=citation_tags.told_by(meta),
        works=tuple(strong),
        pages=tuple(each for each in told if each not in strong),
        spans=tuple(each for context in coins.contexts(page) if (each := coins.told_by(context))),
        core=dublin_core_tags.told_by(meta),
        own=page_tags.told_by(page),
        address=page_tags.address(page),
    )


def records_of(parts: Parts) -> tuple[list[Record], int]:
    """The records a page gives, and how many further works it names that are not its own."""
    main = parts.works[:1]
    if not parts.tags and len(parts.works) > 1 and _is_list(parts):
        return [_record([work], parts) for work in parts.works], 0
    if parts.tags or main:
        own = _same(parts.works, parts.tags) or main
        title = (parts.tags or own[0]).get("title", "")
        same = [span for span in parts.spans if _agree(span.get("title", ""), title)]
        return [_record([parts.tags, *own[:1], *same[:1], parts.core], parts)], len(parts.spans) - len(same)
    if len(parts.spans) > 1:
        return [_record([span], None) for span in parts.spans], 0
    if parts.spans:
        return [
            _record([parts.spans[0], *([parts.core] if _agrees(parts) else [])], parts if _agrees(parts) else None)
        ], 0
    return [_record([parts.core, *parts.pages[:1]], parts)], 0


def _is_list(parts: Parts) -> bool:
    """Whether the page lists works: several of a scholarly type with titles of their own, none of them the page's."""
    titles = {comparable(work["title"]) for work in parts.works}
    scholarly = all(work.get("type") in jsonld_read.SCHOLARLY for work in parts.works)
    return scholarly and len(titles) == len(parts.works) and comparable(parts.own.get("title", "")) not in titles


def _same(works: Iterable[Told], told: Told) -> tuple[Told, ...]:
    """Those of *works* that have the title of *told*."""
    return tuple(work for work in works if _agree(work["title"], told.get("title", "")))


def _agree(one: str, other: str) -> bool:
    one, other = comparable(decoded(one)), comparable(decoded(other))
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _agrees(parts: Parts) -> bool:
    """Whether the only span is of the work the page is about, as far as the page says what that is."""
    titles = [title for told in (parts.core, parts.own) if (title := told.get("title", ""))]
    return any(_agree(title, parts.spans[0].get("title", "")) for title in titles)


def _record(layers: Iterable[Told], parts: Parts | None) -> Record:
    """The record of *layers*, the first that has a field wins it; the page's own tags are under all of them."""
    told: Told = {}
    extra: list[tuple[str, str]] = []
    for layer in layers:
        extra += layer.get("extra", ())
        told |= {name: value for name, value in layer.items() if name not in told}
    plain = not told
    if parts is not None:
        told = _underlaid(told, parts, plain)
        extra += parts.own.get("extra", ())
    told["type"] = _type(told)
    if told["type"] in _SITED and told.get("publisher"):
        told = {"container_title": told["publisher"]} | told
        if comparable(told["publisher"]) == comparable(told["container_title"]):
            del told["publisher"]
    told["extra"] = tuple(dict.fromkeys(extra))
    return _finished(told)


def _underlaid(told: Told, parts: Parts, plain: bool) -> Told:
    """*told* with what the page says of itself: its site is no journal, its language no article's."""
    own = dict(parts.own)
    type_ = told.get("type", "")
    if type_ not in _SITED and not plain:
        for name in ("language", "container_title", "section"):
            own.pop(name, None)
    if told.get("title"):
        own.pop("type", None)
    layers = [told, *(parts.pages[:1] if plain else ()), own]
    merged: Told = {}
    for layer in layers:
        merged |= {name: value for name, value in layer.items() if name not in merged}
    if parts.address and "url" not in merged:
        merged["url"] = parts.address
    return merged


def _type(told: Told) -> str:
    """The type that was told; else what the other fields say it is."""
    if type_ := told.get("type"):
        return str(type_)
    if any(scheme == "arxiv" for scheme, _ in told.get("identifiers", ())):
        return "article"
    if told.get("isbn"):
        return "book"
    journal = told.get("issn") or told.get("volume") or told.get("container_title") or told.get("doi")
    return "article-journal" if journal else "webpage"


def _finished(told: Told) -> Record:
    """The record, its entities decoded and its emphasis kept beside the text."""
    marks: list[Mark] = []
    for name, value in told.items():
        if name in MARKED:
            told[name], found = read(value, name)
            marks += found
        elif name == "abstract":
            told[name], found = read(value, name, paragraphs=True)
            marks += found
        elif isinstance(value, str):
            told[name] = decoded(value)
        elif isinstance(value, tuple):
            told[name] = tuple(map(_decoded, value))
    return Record(**without(told), marks=tuple(marks))


def _decoded(value: Any) -> Any:
    if isinstance(value, str):
        return decoded(value)
    if isinstance(value, Name):
        return Name(**{part: decoded(getattr(value, part)) for part in _NAME_PARTS})
    return value
