"""What programs are told in XML: feeds of records, the formats of unAPI, the site map, the description of the search.

Sources: RFC 4287 (Atom), RFC 4151 (tag URIs), unAPI 1, the protocol of sitemaps.org, OpenSearch 1.1.  Records hold no
character that XML forbids (`record.text.clean`); what comes from an address goes through it here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from litbase.formats.plain import one_line
from litbase.library.rights import shown
from litbase.library.values import Stored
from litbase.record.identifiers import doi_link
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.web.links import Links, outward
from litbase.web.views import told
from litbase.web.views.head import summary_of
from litbase.web.views.parts import plain_title

LONGEST: Final = 2_000  # characters of a summary
MANY: Final = 100  # authors or subjects of an entry
NEVER: Final = "1970-01-01T00:00:00Z"  # when a feed without entries changed


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a feed."""

    id: str = told("A tag URI that never changes")
    title: str = told("The title; its first words where it has none")
    url: str = told("Its page")
    doi_url: str = told("Where its DOI leads; empty without one")
    text_url: str = told("Its full text; empty where the source gives none")
    added: str = told("When it came in, UTC")
    updated: str = told("When it last changed, UTC")
    authors: tuple[str, ...] = told("Authors, else editors, as spoken")
    subjects: tuple[str, ...] = told("Descriptors and keywords")
    summary: str = told("The beginning of its abstract or text, as far as may be shown; empty for none")
    language: str = told("Language of the work as a tag; empty where it is not told")


@dataclass(frozen=True, slots=True)
class Feed:
    """Records that came in last, or as a search orders them."""

    id: str = told("The address of the feed")
    title: str = told("The search and the library")
    site: str = told("Name of the library")
    url: str = told("The same as a page")
    icon: str = told("The icon")
    updated: str = told("When an entry last changed, UTC")
    entries: tuple[Entry, ...] = told("The records")


@dataclass(frozen=True, slots=True)
class UnapiFormat:
    """A format that unAPI gives."""

    name: str = told("Its name, for `format`")
    mime: str = told("Its MIME type")
    docs: str = told("What it is")


@dataclass(frozen=True, slots=True)
class Unapi:
    """The formats of unAPI."""

    id: str = told("The record asked about; empty for all")
    formats: tuple[UnapiFormat, ...] = told("The formats")


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a site map."""

    url: str = told("The address")
    changed: str = told("When it last changed, UTC; empty where that is not known")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A part of the site map, or the list of its parts."""

    places: tuple[Place, ...] = told("The addresses")


@dataclass(frozen=True, slots=True)
class Template:
    """One way to search from outside."""

    mime: str = told("MIME type of the answer")
    rel: str = told("results or suggestions")
    url: str = told("Address with {searchTerms} in it")


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """What a browser or a program needs to search here."""

    name: str = told("Name of the library, at most 16 characters")
    long_name: str = told("Its whole name, at most 48 characters")
    description: str = told("What is searched")
    contact: str = told("Where readers write to, an e-mail address; empty for none")
    icon: str = told("The icon")
    url: str = told("This description")
    templates: tuple[Template, ...] = told("The ways to search")


def feed(title: str, url: str, page_url: str, found: Sequence[Stored], links: Links, settings: Settings) -> Feed:
    """The feed of *found* at the path *url*; *page_url* is the path of the same as a page."""
    entries = tuple(entry(stored, links, settings) for stored in found)
    return Feed(
        id=links.absolute(url),
        title=one_line(title),
        site=one_line(settings.name),
        url=links.absolute(page_url),
        icon=links.absolute(links.static("favicon.svg")),
        updated=max((one.updated for one in entries), default=NEVER),
        entries=entries,
    )


def entry(stored: Stored, links: Links, settings: Settings) -> Entry:
    """*stored* as an entry; of its texts only what may be shown."""
    record = shown(stored.record, settings)
    path = links.record(stored.id)
    names = record.author or record.editor
    return Entry(
        id=f"tag:{urlsplit(links.public_url).hostname},{stored.created_at[:10]}:{path}",
        title=one_line(plain_title(record)) or stored.id,
        url=links.absolute(path),
        doi_url=doi_link(record.doi) if record.doi else "",
        text_url=outward(record.full_text_url),
        added=stored.created_at,
        updated=stored.updated_at,
        authors=tuple(filter(None, (one_line(name.display) for name in names[:MANY]))),
        subjects=_subjects(record),
        summary=summary_of(record, LONGEST),
        language=_language(record),
    )


def _subjects(record: Record) -> tuple[str, ...]:
    words = dict.fromkeys(map(one_line, (*record.descriptors, *record.keywords)))
    return tuple(word for word in words if word)[:MANY]


def _language(record: Record) -> str:
    tag = record.language[0] if len(record.language) == 1 else ""
    return tag if tag.isascii() and tag.replace("-", "").isalnum() else ""
