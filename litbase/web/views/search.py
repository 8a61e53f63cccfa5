"""The page of results: what was asked and how it was read, what is filtered, the hits, and where to go from here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from litbase.formats import FORMATS, Format, coins
from litbase.library.finding import Found, FoundHit, tallies
from litbase.library.snippets import Snippet, wanted
from litbase.query.request import SORTS
from litbase.query.state import SearchState
from litbase.query.tree import Or
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.record.text import stem, tokens
from litbase.web.links import Links
from litbase.web.views import Html, rich, told
from litbase.web.views.facets import Chip, Filters, chips, filters
from litbase.web.views.outward import Way, ways_out
from litbase.web.views.parts import Linked, Summary, dashed, summary, with_url
from litbase.web.views.query import Reading, read_as

DESCRIPTORS_SHOWN = 5
PER = (10, 25, 50)
BRIEF = 50  # from so many hits a page on, they are listed without text and descriptors, as a page must stay light
MENDED = frozenset(
    "quote-closed bracket-closed bracket-dropped wildcard-leading wildcard-short wildcard-many wildcard-inner "
    "terms-many query-long nesting-deep operator-alone range-unreadable ranges-many punctuation-dropped boost-unknown "
    "field-empty near-as-and near-many".split()
)  # notices of a query that could not be read as it was typed
ASKED = frozenset({"", "descriptor"})  # fields by which a descriptor is asked for
FOUND_AS = {"Published in": "source"}


@dataclass(frozen=True, slots=True)
class Term:
    """A descriptor under a hit."""

    text: str = told("The descriptor")
    url: str = told("Every record with it")
    matched: bool = told("Whether the search asked for it")


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit."""

    record: Summary = told("The record")
    cited: bool = told("Whether it is known only from a reference list")
    references: int = told("Length of its reference list")
    lacks: tuple[str, ...] = told("What a citation needs and the source does not give: author, date")
    snippet: Html | None = told("The stretch of text that matched, the words marked; None without text")
    descriptors: tuple[Term, ...] = told("The first descriptors, those asked for first")
    more_descriptors: int = told("How many descriptors are not shown")
    cite_url: str = told("Its citations")
    bibtex_url: str = told("Its BibTeX entry")
    ways: tuple[Way, ...] = told("Links out")
    found_in: tuple[str, ...] = told("The fields that hold the words looked for")
    coins: str = told("Its OpenURL, for the span that COinS readers look for")


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; number 0 is a gap."""

    number: int = told("Page number")
    url: str = told("Where it leads; empty for a gap")
    current: bool = told("Whether it is this page")


@dataclass(frozen=True, slots=True)
class Download:
    """One form of the whole result set or of one record."""

    name: str = told("Name of the format")
    label: str = told("What people call it")
    suffix: str = told("Ending of the file")
    hint: str = told("Which programs read it")
    mime: str = told("Its MIME type")
    url: str = told("The file")


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search that does find something."""

    kind: str = told("spelling, unfiltered, apart, part, descriptor or any")
    query: str = told("The query it asks, or the descriptor")
    url: str = told("The search")
    total: int = told("Records it finds")
    unfiltered: bool = told("Whether the filters are left out")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of results."""

    q: str = told("The query as typed")
    total: int = told("Exact number of records")
    page: int = told("This page, from 1")
    pages: int = told("Number of pages")
    per: int = told("Hits on a page")
    first: int = told("Number of the first hit shown")
    last: int = told("Number of the last hit shown")
    sort: str = told("The order")
    sorts: tuple[str, ...] = told("The orders on offer")
    pers: tuple[int, ...] = told("The page lengths on offer")
    brief_pers: tuple[int, ...] = told("Those of them at which hits are shown without text and descriptors")
    order_hidden: tuple[tuple[str, str], ...] = told("What the form of order and length carries on")
    chips: tuple[Chip, ...] = told("Active filters")
    clear_url: str = told("The query without filters")
    notices: tuple[str, ...] = told("Repairs and widenings, as sentences")
    mended: tuple[str, ...] = told("Those of them that say what was done where the query could not be read as typed")
    reading: Reading = told("How the query was read")
    filters: Filters = told("The panel of filters")
    hits: tuple[HitView, ...] = told("The hits of this page")
    hit_list: tuple[tuple[str, float, str], ...] = told("Id, score and title of each hit, for the JSON twin")
    facet_counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = told(
        "Every facet with the counts that were asked for, for the JSON twin"
    )
    downloads: tuple[Download, ...] = told("The whole result set as a file")
    json_url: str = told("This page as JSON")
    feed_url: str = told("The search as a feed, what was added last first")
    pager: tuple[PageLink, ...] = told("Pages to go to; () for a single page")
    previous_url: str = told("The page before, else empty")
    next_url: str = told("The page after, else empty")
    answered: tuple[int, int] | None = told("(Parts of the index that answered, parts there are), None for all")
    cited_total: int = told("How many cited works also match and are left out")
    cited: bool = told("Whether cited works are among the records")
    cited_url: str = told("The same search with them or, where they are shown, without")
    meant: Offer | None = told("The same search with unknown words put right; None where nothing better is found")
    offers: tuple[Offer, ...] = told("Other searches, where this one finds nothing, the nearest first")
    url: str = told("The address of this page, in its canonical form")
    state_pairs: tuple[tuple[str, str], ...] = told("The search as pairs of its address, without the page")


def search_page(
    found: Found,
    links: Links,
    notices: Sequence[str] = (),
    meant: Offer | None = None,
    offers: Sequence[Offer] = (),
) -> SearchPage:
    """The page for *found*; *notices* are about the address."""
    state = found.state
    start = (state.page - 1) * state.per
    meant_terms = named(found)
    return SearchPage(
        q=state.q,
        total=found.total,
        page=state.page,
        pages=found.pages,
        per=state.per,
        first=start + 1 if found.hits else 0,
        last=start + len(found.hits),
        sort=state.sort if state.q.strip() or state.sort != "best" else "newest",
        sorts=SORTS if state.q.strip() else tuple(sort for sort in SORTS if sort != "best"),
        pers=PER if state.per in PER else (*PER, state.per),
        brief_pers=tuple(per for per in (*PER, state.per) if per >= BRIEF),
        order_hidden=tuple(pair for pair in state.pairs() if pair[0] not in ("sort", "per", "page")),
        chips=chips(state, links),
        clear_url=links.search(state.clear_filters()),
        notices=(*notices, *(sentence(notice) for notice in found.notices)),
        mended=tuple(sentence(notice) for notice in found.notices if notice.code in MENDED),
        reading=read_as(found, links),
        filters=filters(found, links),
        hits=tuple(hit(one, state, start + at, links, meant_terms) for at, one in enumerate(found.hits, 1)),
        hit_list=tuple((one.record.id, one.score, one.record.title) for one in found.hits),
        facet_counts=tuple((name, tuple(counts)) for name, counts in tallies(found).items()),
        downloads=tuple(download(links.search(state.with_page(1), f.suffix), f) for f in FORMATS),
        json_url=links.search(state, ".json"),
        feed_url=links.search(state.with_page(1), ".atom"),
        pager=pager(state, found.pages, links),
        previous_url=links.search(state.with_page(state.page - 1)) if state.page > 1 else "",
        next_url=links.search(state.with_page(state.page + 1)) if state.page < found.pages else "",
        answered=found.answered,
        cited_total=found.left_out,
        cited=state.cited,
        cited_url=links.search(with_cited(state, not state.cited)),
        meant=meant,
        offers=tuple(offers),
        url=links.search(state),
        state_pairs=tuple(state.with_page(1).pairs()),
    )


def with_cited(state: SearchState, cited: bool = True) -> SearchState:
    """*state* with or without the works that are known only from reference lists."""
    return replace(state, cited=cited, page=1)


@dataclass(frozen=True, slots=True)
class Named:
    """What makes a descriptor one that the search asked for."""

    whole: frozenset[str]  # descriptors chosen as a filter or added by the thesaurus
    words: tuple[frozenset[str], ...]  # stems of the single words that are looked for together
    rows: tuple[tuple[str, ...], ...]  # stems of the phrases

    def asks(self, descriptor: str) -> bool:
        """Whether *descriptor* was asked for: by name, by a phrase in it, or by all words of the one in the other."""
        if descriptor in self.whole:
            return True
        stems = _stems(descriptor)
        if any(words.issuperset(stems) or words.issubset(stems) for words in self.words if stems):
            return True
        return any(row == stems[n : n + len(row)] for row in self.rows for n in range(len(stems)))


def named(found: Found) -> Named:
    """What *found* asks for, as far as descriptors can be it."""
    state, added = found.state, found.expanded.added if found.state.expand else ()
    parts = found.query.children if isinstance(found.query, Or) else (found.query,)
    stems = [
        [tuple(stem(slot.forms[0]) for slot in one.slots if slot.forms) for one in wanted(part) if one.field in ASKED]
        for part in parts
    ]
    words = (frozenset(row[0] for row in rows if len(row) == 1) for rows in stems)
    return Named(
        whole=frozenset((*state.chosen("descriptor"), *(name for one in added for name in (one.name, *one.today)))),
        words=tuple(filter(None, words)),
        rows=tuple(row for rows in stems for row in rows if len(row) > 1),
    )


@lru_cache(maxsize=20_000)
def _stems(descriptor: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(descriptor))


def hit(found: FoundHit, state: SearchState, at: int, links: Links, asked: Named) -> HitView:
    """Hit number *at* of the search *state*, whose descriptors are tinted where *asked* asks for them."""
    record = found.record
    terms = [Term(text, links.filtered("descriptor", text), asked.asks(text)) for text in record.descriptors]
    terms.sort(key=lambda term: not term.matched)
    return HitView(
        record=with_url(summary(record, links, found.title_marks), links.record(record.id, state, at)),
        cited=record.type == "cited",
        references=len(record.references),
        lacks=lacking(record),
        snippet=_snippet(found.snippet, record),
        descriptors=tuple(terms[:DESCRIPTORS_SHOWN]),
        more_descriptors=max(0, len(terms) - DESCRIPTORS_SHOWN),
        cite_url=links.cite(record.id),
        bibtex_url=links.record_file(record.id, ".bib"),
        ways=ways_out(record, links)[:1],
        found_in=tuple(FOUND_AS.get(label, label.lower()) for label in found.found_in),
        coins=coins.openurl(record),
    )


def _snippet(snippet: Snippet | None, record: Record) -> Html | None:
    return rich(snippet.text, (), snippet.marks, dashed(record)) if snippet else None


def lacking(record: Record) -> tuple[str, ...]:
    """Which of author and date *record* lacks."""
    lacks = (("author", not (record.author or record.editor)), ("date", record.issued is None))
    return tuple(name for name, missing in lacks if missing)


def download(url: str, format: Format) -> Download:
    """*format* of the table, at *url*."""
    return Download(format.name, format.label, format.suffix, format.hint, format.mime, url)


def pager(state: SearchState, pages: int, links: Links) -> tuple[PageLink, ...]:
    """Links to the `numbered` pages of *state*."""
    return tuple(
        PageLink(number, links.search(state.with_page(number)) if number else "", number == state.page)
        for number in numbered(state.page, pages)
    )


def numbered(page: int, pages: int) -> Iterator[int]:
    """First, last and the pages round this one, 0 for each gap; nothing for a single page."""
    before = 0
    for number in sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)}) if pages > 1 else ():
        if number > before + 1:
            yield 0
        yield number
        before = number


def linked(texts: Sequence[str], name: str, links: Links) -> tuple[Linked, ...]:
    """*texts* as values of the facet *name*, each with its page."""
    return tuple(Linked(text, links.value(name, text)) for text in texts)
