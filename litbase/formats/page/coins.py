"""COinS: the works a page cites in empty spans, each an OpenURL in the attribute "title".

Sources: COinS 0.1 (class Z3988); OpenURL 1.0 (Z39.88), its KEV formats journal, book, dissertation, patent and dc; the
spans that VuFind, Wikipedia, WordPress and Zotero write, and OpenURL 0.1 without "rft.".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

from litbase.formats.page import markup
from litbase.formats.page.dublin_core_tags import type_of
from litbase.formats.page.values import Told, add_identifiers, date_of, first_of, names_of, page_of, without
from litbase.record.names import Name, parse_name
from litbase.record.text import squash

Context = dict[str, tuple[str, ...]]
"""The keys of one OpenURL ("rft.atitle", "rft_id", ...), each with its values."""
MAX_KEYS: Final = 2_000
MAX_SPANS: Final = 5_000
_PARTS: Final = {"article": "article-journal", "preprint": "article-journal", "bookitem": "chapter",
                 "chapter": "chapter", "proceeding": "paper-conference"}  # fmt: skip
_WHOLES: Final = {"book": "book", "dissertation": "thesis", "report": "report", "conference": "book",
                  "journal": "periodical", "issue": "periodical"}  # fmt: skip
_FORMATS: Final = {"journal": "article-journal", "book": "book", "dissertation": "thesis", "patent": "patent"}
"""The type by the format of the OpenURL, where its genre says none."""


def contexts(page: markup.Page) -> tuple[Context, ...]:
    """The OpenURLs of all spans of a page, in order, without those that say nothing."""
    nodes = markup.select(page, ".Z3988[title]")[:MAX_SPANS]
    return tuple(filter(None, (context_of(markup.attribute(node, "title")) for node in nodes)))


def context_of(openurl: str) -> Context:
    """The keys of an OpenURL; {} when it cannot be read."""
    try:
        pairs = parse_qsl(openurl.replace("&amp;", "&"), max_num_fields=MAX_KEYS)
    except ValueError:
        return {}
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if value := squash(value):
            found.setdefault(key.strip(), []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def told_by(context: Context) -> Told:
    """The fields that an OpenURL states, the type among them; {} for nothing.

    In the format "journal" without a title of an article, "title" is the journal's.
    """
    keys = _plain(context)
    format_ = first_of(context.get("rft_val_fmt", ())).rpartition(":")[2]

    def first(*names: str) -> str:
        return next((keys[name][0] for name in names if name in keys), "")

    genre = first("genre")
    part = genre in _PARTS or bool(first("atitle"))
    title = first("atitle") if part else first("btitle", "title", "jtitle")
    container = first("jtitle", "btitle", "title", "stitle") if part else ""
    told: Told = {
        "type": _type(genre, format_, part, first("type")),
        "title": title if title != container or not part else "",
        "container_title": container or first("source"),
        "author": _authors(keys), "issued": date_of(first("date", "year")), "volume": first("volume"),
        "issue": first("issue"), "page": first("pages") or page_of(first("spage"), first("epage")),
        "number": first("artnum"), "edition": first("edition"),
        "publisher": first("pub", "inst", "publisher").rstrip(" ,"),
        "publisher_place": first("place").rstrip(" :"), "collection_title": first("series"),
        "genre": first("degree"), "issn": keys.get("issn", ()), "eissn": keys.get("eissn", ()),
        "isbn": keys.get("isbn", ()), "language": keys.get("language", ()), "keywords": keys.get("subject", ()),
        "abstract": first("description"),
    }  # fmt: skip
    told = without(told)
    add_identifiers(told, [*context.get("rft_id", ()), *keys.get("identifier", ()), *keys.get("id", ())])
    told |= _numbers(context.get("rft_id", ()))
    return told if told.keys() - {"type"} else {}


def _plain(context: Context) -> Mapping[str, Sequence[str]]:
    """The keys of the work itself without "rft."; those of OpenURL 0.1 as they are."""
    own = {key.removeprefix("rft."): values for key, values in context.items() if key.startswith("rft.")}
    return own or {
        key: values for key, values in context.items() if not key.startswith(("rft_", "ctx_", "url_", "rfr_"))
    }


def _type(genre: str, format_: str, part: bool, words: str) -> str:
    if genre in _PARTS:
        return _PARTS[genre]
    if genre in _WHOLES and not part:
        return _WHOLES[genre]
    if format_ == "book" and part:
        return "chapter"
    return "article-journal" if part else _FORMATS.get(format_) or type_of(words)


def _authors(keys: Mapping[str, Sequence[str]]) -> tuple[Name, ...]:
    """The first author in parts, then those given whole; whole and in parts the first one is one."""
    whole = names_of((*keys.get("au", ()), *keys.get("creator", ())))
    found = tuple(dict.fromkeys((*_first_author(keys, whole), *whole)))
    return found or names_of(keys.get("contributor", ()))


def _first_author(keys: Mapping[str, Sequence[str]], whole: tuple[Name, ...]) -> Iterator[Name]:
    family = first_of(keys.get("aulast", ()))
    given = first_of((*keys.get("aufirst", ()), *keys.get("auinit", ()), *keys.get("auinit1", ())))
    if body := first_of(keys.get("aucorp", ())):
        if body not in [str(name) for name in whole]:
            yield Name(literal=body)
    elif family and not any(name.surname.endswith(family) and name.given[:1] == given[:1] for name in whole):
        suffix = first_of(keys.get("ausuffix", ()))
        name = parse_name(", ".join(filter(None, (family, given, suffix))))
        if name:
            yield name if name.family or not given else Name(family=family, given=given)


def _numbers(addresses: Sequence[str]) -> Told:
    """PubMed's and other libraries' numbers among the identifiers: "info:pmid/21665052"."""
    found = [text.removeprefix("info:").split("/", 1) for text in addresses if text.startswith("info:")]
    known = tuple(
        (pair[0], pair[1]) for pair in found if len(pair) == 2 and pair[0] in ("pmid", "oclcnum", "bibcode", "arxiv")
    )
    return {"identifiers": known} if known else {}
