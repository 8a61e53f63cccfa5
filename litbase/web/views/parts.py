"""Parts that several pages show: a record's type, its authors, where it appeared, and the line that names it."""

from dataclasses import dataclass, replace

from litbase.fields import BY_NAME as FIELDS
from litbase.library.labels import value_label
from litbase.record.dates import PartialDate
from litbase.record.kinds import Kind, kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.record.record import replace as with_fields
from litbase.record.retraction import retraction
from litbase.web.links import PLACES, Links
from litbase.web.views import Html, em_dashes, rich, told

AUTHORS_MOST = 8  # are all shown; of more, AUTHORS_SHOWN and a number
AUTHORS_SHOWN = 6
TITLE_MOST = 1_000  # characters of a title in a list
TITLE_WORDS = 12  # of the abstract, where there is no title
DASHED = "eric"  # the collection that writes "--" for a dash


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of text and the search or page it leads to."""

    text: str = told("What is read")
    url: str = told("Where it leads; empty for plain text")


@dataclass(frozen=True, slots=True)
class Badge:
    """The type of a record, in colour, icon and word."""

    label: str = told("The word")
    icon: str = told("Name of the icon in the sprite")
    css: str = told("Class that gives the colour")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work appeared: "In Handbook of Learning, vol. 1, pp. 365–384. Routledge"."""

    inside: bool = told("Whether the word In stands before it, as for chapters")
    before: tuple[str, ...] = told("What stands before the source: genre and session")
    source: Linked | None = told("Journal, book, newspaper or conference")
    after: str = told("Volume, pages, series, date and publisher, with their punctuation")


@dataclass(frozen=True, slots=True)
class Summary:
    """A record in a list: enough to know it by."""

    id: str = told("The record's id")
    url: str = told("Its page")
    badge: Badge = told("Its type")
    year: str = told("Year, empty when undated")
    collections: tuple[str, ...] = told("Where it was read from")
    title: Html = told("The title; its first words where it has none")
    plain_title: str = told("The title without markup, for labels")
    untitled: bool = told("Whether the title is made of first words")
    retracted: bool = told("Whether its source says that it was retracted")
    authors: tuple[Linked, ...] = told("Authors, else editors, each with a search for them; () when there are neither")
    editors: bool = told("Whether these are editors")
    more_authors: int = told("How many authors are not shown")
    others: bool = told("Whether the source itself left authors out")
    place: Place = told("Where it appeared")
    language: str = told("Language of the title, empty for English")


def badge(kind: Kind) -> Badge:
    """The badge of a kind of record."""
    return Badge(kind.label, kind.icon, kind.css)


def dashed(record: Record) -> bool:
    """Whether the texts of *record* write "--" for a dash, as ERIC does."""
    return DASHED in record.collection


def plain_title(record: Record) -> str:
    """The title; the first words of the text in its place where there is none; "" without any text."""
    if record.title:
        return em_dashes(record.title) if dashed(record) else record.title
    words = (record.abstract or record.contribution or record.body).split()
    return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")


def summary(record: Record, links: Links, found: tuple[tuple[int, int], ...] = ()) -> Summary:
    """*record* in a list, the words at *found* in its title marked."""
    if len(record.title) > TITLE_MOST:
        record = with_fields(record, title=record.title[:TITLE_MOST] + " …", marks=())
        found = tuple(span for span in found if span[1] <= TITLE_MOST)
    names = record.author or record.editor
    shown = names if len(names) <= AUTHORS_MOST else names[:AUTHORS_SHOWN]
    marks = [mark for mark in record.marks if mark.field == "title"]
    return Summary(
        id=record.id,
        url=links.record(record.id),
        badge=badge(kind_of(record)),
        year=str(record.year or ""),
        collections=tuple(value_label("collection", name) for name in record.collection),
        title=rich(record.title, marks, found, dashed(record)) if record.title else rich(plain_title(record)),
        plain_title=plain_title(record),
        untitled=not record.title,
        retracted=retraction(record) is not None,
        authors=tuple(person(name, links) for name in shown),
        editors=bool(names and not record.author),
        more_authors=len(names) - len(shown),
        others=record.others,
        place=place(record, links),
        language=foreign(record),
    )


def with_url(item: Summary, url: str) -> Summary:
    """*item* leading to *url*."""
    return replace(item, url=url)


def person(name: Name, links: Links) -> Linked:
    """A person or group as spoken, with a search for all their works."""
    return Linked(name.display, links.filtered("author", str(name)))


def headed(name: str, value: str, record: Record, links: Links) -> str:
    """The page of *value* where *record* stands under it in the facet *name*; a search where there is no such page."""
    filed = name in PLACES and value in FIELDS[name].of(record)
    return links.value(name, value) if filed else links.filtered(name, value)


def foreign(record: Record) -> str:
    """The language of *record* as a tag when it is one language and not English; "" otherwise."""
    tag = record.language[0] if len(record.language) == 1 else ""
    return "" if tag.split("-")[0] in ("", "en") or not tag.replace("-", "").isalnum() else tag


def place(record: Record, links: Links) -> Place:
    """Where *record* appeared, as result lists say it."""
    kind = kind_of(record)
    name = record.container_title or record.event_title
    before = [record.genre] if kind.name == "symposium" else []
    before += [f"session {record.session}"] if record.session else []
    return Place(
        inside=record.type == "chapter" and bool(name),
        before=tuple(before),
        source=Linked(name, links.filtered("source", name)) if name else None,
        after=_after(record, kind, bool(name)),
    )


def _after(record: Record, kind: Kind, named: bool) -> str:
    series = [record.collection_title] if record.collection_title else []
    if record.type == "article-journal":
        volume = f"{record.volume}({record.issue})" if record.volume and record.issue else record.volume or record.issue
        parts = [volume, dash_pages(record.page), *series]
    elif kind.css == "t-opinion":
        parts = [*series, record.issued.display if record.issued else ""]
    else:
        parts = [f"vol. {record.volume}" if record.volume else "", _pp(record.page), *series]
    text = ", ".join(filter(None, parts))
    ends = [text] if text else []
    ends += (
        [record.publisher] if record.publisher and record.type != "article-journal" and kind.css != "t-opinion" else []
    )
    joined = ". ".join(ends)
    return f"{', ' if text else '. '}{joined}" if named and joined else joined


def _pp(page: str) -> str:
    return f"{'pp.' if any(mark in page for mark in '-–,') else 'p.'} {dash_pages(page)}" if page else ""


def dash_pages(page: str) -> str:
    """Pages with an en dash: "327-350" is 327–350; "S4-12" stays together."""
    return page.replace("--", "-").replace("-", "–")


def dated(date: PartialDate | None) -> str:
    """A date in words; "" for none."""
    return date.display if date else ""
