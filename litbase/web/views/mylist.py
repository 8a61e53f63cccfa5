"""The page of a reader's list, of a list that somebody shares, and of a list as a bibliography."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litbase.formats import FORMATS
from litbase.library import Library, listing
from litbase.library.citing import Offered
from litbase.library.exporting import public_records
from litbase.library.listing import Item, ReaderList
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.parts import Summary, plain_title, summary
from litbase.web.views.search import Download, PageLink, download, numbered

PER = 25  # records on a page
PREVIEW = 20  # of a longer list the bibliography has a page of its own
PRINTED = 1_000  # entries of that page; a longer bibliography is a file


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a list is looked at: one of ORDERS, a mark ("" for any), a style ("" for none), the page."""

    order: str = "own"
    mark: str = ""
    style: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record of the list."""

    id: str = told("The id it was added by")
    number: int = told("Its place in this order, from 1")
    state: str = told("public, merged, withdrawn or gone")
    record: Summary | None = told("The record, the one it was merged into; None when it is no longer there")
    title: str = told("What it was called; empty where that is not known")
    reason: str = told("Why it was withdrawn; empty where nobody said")
    added_at: str = told("When it was added, UTC")
    note: str = told("The reader's note")
    mark: str = told("seen, keep, drop or empty")
    cite_url: str = told("Its citations; empty when it is no longer there")


@dataclass(frozen=True, slots=True)
class MarkChoice:
    """One of the marks by which the list can be narrowed."""

    name: str = told("seen, keep, drop, none for those without a mark, empty for all")
    count: int = told("How many records have it")
    url: str = told("The list with just those")
    current: bool = told("Whether these are shown")


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    id: str = told("The record's id")
    text: Html = told("The entry")


@dataclass(frozen=True, slots=True)
class ListPage:
    """A reader's list, the reader's own or one that somebody shared."""

    mine: bool = told("Whether it is the reader's own, to be changed here")
    total: int = told("How many records it has")
    chosen: int = told("How many of them have the mark that was chosen")
    most: int = told("How many a list can have")
    note_most: int = told("How many characters a note can have")
    first: int = told("Number of the first record shown")
    last: int = told("Number of the last record shown")
    rows: tuple[ListRow, ...] = told("The records of this page")
    lost: int = told("How many of this page's records are no longer public, and in no export")
    order: str = told("The order")
    orders: tuple[str, ...] = told("The orders on offer")
    mark: str = told("The mark that was chosen; empty for any")
    marks: tuple[MarkChoice, ...] = told("The marks on offer; () where nothing is marked")
    marks_to_set: tuple[str, ...] = told("The marks a record can get")
    kept_pairs: tuple[tuple[str, str], ...] = told("What the form of order carries on")
    url: str = told("This page")
    all_url: str = told("The list from its beginning")
    json_url: str = told("The whole list as JSON")
    downloads: tuple[Download, ...] = told("The list as a file")
    pager: tuple[PageLink, ...] = told("Pages to go to; () for a single page")
    previous_url: str = told("The page before, else empty")
    next_url: str = told("The page after, else empty")
    style: str = told("The style of the bibliography")
    styles: tuple[tuple[str, str], ...] = told("Name and label of each style")
    bibliography: tuple[Reference, ...] = told("The bibliography of a short list; () for a long one")
    style_pairs: tuple[tuple[str, str], ...] = told("What the form of the style carries on")
    token: str = told("The token of sharing; empty when the list is not shared")
    share_url: str = told("The address that shows it to others; empty when it is not shared")
    with_notes: bool = told("Whether notes and marks are shared too")


@dataclass(frozen=True, slots=True)
class BibliographyPage:
    """A list as a bibliography in one style, to copy and to print."""

    mine: bool = told("Whether it is the reader's own list")
    total: int = told("How many records it holds")
    style: str = told("Name of the style")
    style_label: str = told("What people call it")
    styles: tuple[tuple[str, str], ...] = told("Name and label of each style")
    style_pairs: tuple[tuple[str, str], ...] = told("What the form of the style carries on")
    form_url: str = told("Where that form leads")
    references: tuple[Reference, ...] = told("The entries; () where there are too many for a page")
    most: int = told("How many entries a page can have")
    file_url: str = told("The same as a file of plain text")
    back_url: str = told("Back to the list")


@dataclass(frozen=True, slots=True)
class ClearPage:
    """The question whether records may be taken out of the list."""

    total: int = told("How many records the list has")
    ids: tuple[str, ...] = told("The records to take out; () for all")
    count: int = told("How many they are")
    notes: int = told("How many of them have a note or a mark, which would be lost")
    next: str = told("Where to go afterwards")
    shared: bool = told("Whether the list is shared")


@dataclass(frozen=True, slots=True)
class AddedPage:
    """What became of records that were to be added, where not all of them were."""

    added: int = told("How many were added")
    already: int = told("How many were in the list already")
    unknown: tuple[str, ...] = told("Ids of no record, the first ten")
    unknown_count: int = told("How many there were")
    over: int = told("How many found no room")
    total: int = told("How many records the list has now")
    most: int = told("How many it can have")
    next: str = told("Back to where the form was")


def list_page(library: Library, links: Links, found: ReaderList, asked: Chosen, all_rows: bool = False) -> ListPage:
    """The page of *found* that is *asked* for, the last where there are fewer; with *all_rows* all of it on one."""
    entries = listing.arranged(library, found.entries, asked.order, asked.mark)
    per = max(len(entries), 1) if all_rows else PER
    pages = max(1, -(-len(entries) // per))
    at = min(asked.page, pages)
    start = (at - 1) * per
    shown = listing.items(library, entries[start : start + per])
    url, kept = _urls(links, found), _kept(asked)
    ids = [one.record_id for one in entries]
    files = _without(kept, "style")
    styles = listing.styles(library)
    first_style = next(iter(styles.values()))
    return ListPage(
        mine=found.mine,
        total=len(found.entries),
        chosen=len(entries),
        most=listing.MOST,
        note_most=listing.NOTE,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        rows=tuple(_row(item, start + number, links) for number, item in enumerate(shown, 1)),
        lost=sum(item.record is None for item in shown),
        order=asked.order,
        orders=listing.ORDERS,
        mark=asked.mark,
        marks=_marks(found, asked, url),
        marks_to_set=listing.MARKS,
        kept_pairs=tuple(_without(kept, "order").items()),
        url=url("", {**kept, "page": str(at) if at > 1 else ""}),
        all_url=url("", {}),
        json_url=url(".json", files),
        downloads=tuple(download(url(f.suffix, files), f) for f in FORMATS),
        pager=tuple(
            PageLink(n, url("", {**kept, "page": str(n) if n > 1 else ""}) if n else "", n == at)
            for n in numbered(at, pages)
        ),
        previous_url=url("", {**kept, "page": str(at - 1) if at > 2 else ""}) if at > 1 else "",
        next_url=url("", {**kept, "page": str(at + 1)}) if at < pages else "",
        style=first_style.name,
        styles=_named(styles),
        bibliography=_references(library, ids, first_style) if len(ids) <= PREVIEW and not all_rows else (),
        style_pairs=tuple(files.items()),
        token=found.shared,
        share_url=links.absolute(links.shared_list(found.shared)) if found.shared else "",
        with_notes=found.with_notes,
    )


def bibliography_page(library: Library, links: Links, found: ReaderList, asked: Chosen) -> BibliographyPage:
    """The bibliography of *found* in the style that is *asked* for."""
    ids = [one.record_id for one in listing.arranged(library, found.entries, asked.order, asked.mark)]
    url, kept = _urls(links, found), _without(_kept(asked), "style")
    styles = listing.styles(library)
    return BibliographyPage(
        mine=found.mine,
        total=len(ids),
        style=asked.style,
        style_label=styles[asked.style].label,
        styles=_named(styles),
        style_pairs=tuple(kept.items()),
        form_url=url("", {}),
        references=_references(library, ids, styles[asked.style]) if len(ids) <= PRINTED else (),
        most=PRINTED,
        file_url=url(".txt", {**kept, "style": asked.style}),
        back_url=url("", kept),
    )


def _urls(links: Links, found: ReaderList) -> Callable[[str, dict[str, str]], str]:
    """The addresses of *found*, by suffix and parameters."""
    if found.mine:
        return lambda suffix, pairs: links.my_list(suffix, **pairs)
    return lambda suffix, pairs: links.shared_list(found.shared, suffix, **pairs)


def _kept(asked: Chosen) -> dict[str, str]:
    """What is chosen and not as by default, but for the page."""
    pairs = {"order": asked.order if asked.order != "own" else "", "mark": asked.mark, "style": asked.style}
    return {name: value for name, value in pairs.items() if value}


def _without(pairs: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in pairs.items() if key != name}


def _named(styles: Mapping[str, Offered]) -> tuple[tuple[str, str], ...]:
    return tuple((style.name, style.label) for style in styles.values())


def _marks(found: ReaderList, asked: Chosen, url: Callable[[str, dict[str, str]], str]) -> tuple[MarkChoice, ...]:
    counts = found.marks
    if not set(counts) - {listing.NOT_MARKED} and not asked.mark:
        return ()
    kept = _without(_kept(asked), "mark")
    numbers = [
        ("", len(found.entries)),
        *((name, counts.get(name, 0)) for name in (*listing.MARKS, listing.NOT_MARKED)),
    ]
    return tuple(
        MarkChoice(name, count, url("", {**kept, "mark": name}), name == asked.mark)
        for name, count in numbers
        if count or name in ("", asked.mark)
    )


def _row(item: Item, number: int, links: Links) -> ListRow:
    entry, record = item.entry, item.record
    return ListRow(
        id=entry.record_id,
        number=number,
        state=item.state,
        record=summary(record, links) if record else None,
        title=plain_title(record) if record and item.state == "public" else item.title,
        reason=item.reason,
        added_at=entry.added_at,
        note=entry.note,
        mark=entry.mark,
        cite_url=links.cite(record.id) if record else "",
    )


def _references(library: Library, ids: Sequence[str], style: Offered) -> tuple[Reference, ...]:
    records = public_records(library, ids)
    return tuple(Reference(record.id, cited(text)) for record, text in listing.cited(records, style))
