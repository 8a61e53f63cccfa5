"""What a page says of itself where nothing says more: Open Graph, article tags, plain meta tags, byline and title.

Sources: the Open Graph protocol (og:, article:, book:); the tags of newspapers and blogs (parsely, sailthru, byl); the
HTML Standard's author, description and keywords; rel=author and time elements.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from litbase.formats.page import markup
from litbase.formats.page.values import MOST, Told, first_date, first_of, names_of, without, words_of
from litbase.record.identifiers import web_address
from litbase.record.names import Name
from litbase.record.text import squash

Meta = Mapping[str, Sequence[str]]
_TITLES: Final = ("og:title", "twitter:title", "sailthru.title", "parsely-title", "title", "headline")
_AUTHORS: Final = ("book:author", "author", "article:author", "parsely-author", "sailthru.author", "byl", "byline",
                   "article:author_name", "creator", "citation_author")  # fmt: skip
_DATES: Final = ("article:published_time", "og:article:published_time", "book:release_date", "parsely-pub-date",
                 "sailthru.date", "datepublished", "pubdate", "publishdate", "publish-date", "publication_date",
                 "date", "article:modified_time")  # fmt: skip
_SITES: Final = ("og:site_name", "application-name", "article:publisher_name")
_WORDS: Final = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_TEXTS: Final = ("og:description", "twitter:description", "description", "sailthru.description")
_TYPES: Final = {"book": "book", "books.book": "book", "video.movie": "motion_picture", "video.other": "motion_picture",
                 "music.song": "song"}  # fmt: skip
_TAIL: Final = re.compile(r"\s(?:[|•·»]|[-–—])\s(?P<tail>[^|•·»–—]{2,60})$")
_KNOWN: Final = frozenset((*_TITLES, *_AUTHORS, *_DATES, *_SITES, *_WORDS, *_TEXTS, "og:type", "og:url", "og:locale",
                           "article:section", "book:isbn", "article:publisher"))  # fmt: skip
BYLINES: Final = ("[rel='author']", "[itemprop='author']", ".byline", ".author-name", ".entry-author .fn")


def told_by(page: markup.Page) -> Told:
    """The fields that a page states of itself, a web page unless Open Graph calls it a book or film.

    Title and type alone are what any page has: whether that is worth citing is for the reader to say.
    """
    meta = markup.meta(page)
    parsely = _parsely(meta)
    site = first_of([text for name in _SITES for text in meta.get(name, ())])
    title = next(filter(None, (first_of(meta.get(name, ())) for name in _TITLES)), "") or markup.title(page)
    told: Told = {
        "type": _TYPES.get(first_of(meta.get("og:type", ())).lower(), "webpage"),
        "title": _without_site(title or parsely.get("title", ""), site),
        "author": _authors(page, meta) or names_of(filter(None, [parsely.get("author", "")])),
        "issued": first_date([text for name in _DATES for text in meta.get(name, ())] + [parsely.get("pub_date", "")])
        or first_date(markup.attribute(node, "datetime") for node in markup.select(page, "time[datetime]")[:1]),
        "container_title": site,
        "section": first_of(meta.get("article:section", ())),
        "keywords": words_of(next((meta[name] for name in _WORDS if name in meta), ())),
        "abstract": next(filter(None, (first_of(meta.get(name, ())) for name in _TEXTS)), ""),
        "isbn": tuple(meta.get("book:isbn", ())),
        "language": tuple(filter(None, [_language(page, meta)])),
        "extra": tuple((name, text) for name, texts in meta.items() if _is_left(name) for text in texts)[:MOST],
    }
    return without(told)


def _is_left(name: str) -> bool:
    return name.startswith(("og:article:", "article:", "book:")) and name not in _KNOWN


def _parsely(meta: Meta) -> dict[str, str]:
    """The texts of Parse.ly's own JSON in a meta tag; {} without one."""
    try:
        found = json.loads(first_of(meta.get("parsely-page", ())) or "{}")
    except (ValueError, RecursionError):
        return {}
    return (
        {name: squash(value) for name, value in found.items() if isinstance(value, str)}
        if isinstance(found, dict)
        else {}
    )


def _authors(page: markup.Page, meta: Meta) -> tuple[Name, ...]:
    """The authors that a meta tag names, else those of the first byline; addresses and handles are no names."""
    for name in _AUTHORS:
        texts = [text for text in meta.get(name, ()) if "://" not in text and not text.startswith("@")]
        if found := names_of(texts):
            return found
    node = markup.first(page, *BYLINES)
    text = squash(markup.text(node).replace("\n", " ")) if node is not None else ""
    text = re.sub(r"^(?:by|von|par|por|di)\b:?\s*", "", text, flags=re.I)
    return names_of([text]) if 3 < len(text) < 80 and "@" not in text and not re.search(r"\d", text) else ()


def _without_site(title: str, site: str) -> str:
    """*title* without the name of the site behind a bar or dash: "Rooms | The Times"; without a site it stays."""
    tail = _TAIL.search(title)
    if tail and site and squash(tail["tail"]).casefold() == site.casefold():
        return title[: tail.start()].rstrip()
    return title


def _language(page: markup.Page, meta: Meta) -> str:
    node = markup.first(page, "html[lang]", "html[xml\\:lang]")
    named = (markup.attribute(node, "lang") or markup.attribute(node, "xml:lang")) if node is not None else ""
    return named or first_of((*meta.get("content-language", ()), *meta.get("og:locale", ())))


def address(page: markup.Page) -> str:
    """The address a page gives itself, when it is whole and safe to link; "" otherwise."""
    return web_address(markup.canonical(page))
