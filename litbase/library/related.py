"""Records that stand near a record, each with its reasons, and nothing without a reason.

The reasons that count: the same work, a version or a part of it; a shared author and a similar title; one
cites the other; references in common; at least two uncommon descriptors in common.  What is uncommon is
measured in the library itself.  What a person decided about two records stands above what comparing them finds.  A
page costs six questions to the store, two more for each step along a chain of copies, and at most five to the engine.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import Final, NamedTuple

from litbase.errors import EngineError
from litbase.library import Library
from litbase.library.works import works
from litbase.query.request import FacetRequest, Filter, SearchRequest
from litbase.query.tree import All, And, Phrase, Query, any_of
from litbase.record.match import block_keys, compare
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, Reference
from litbase.record.text import comparable, fold, tokens
from litbase.record.titles import read_title

SHOWN: Final = 5
LOOKED_AT: Final = 20  # hits of each question that are read
CITING: Final = 50  # records whose reference lists are read for this one
CROWD: Final = 20  # records under one key; of more, nothing is learnt ("Editorial")
CANDIDATES: Final = 60
REFERENCES: Final = 100  # of a long list, whose works are looked for in the library
SHARED_REFERENCES: Final = 12  # of them, looked for in other reference lists
TELLING_WORDS: Final = 4  # of a title that is looked for in reference lists; three where an author must stand there too
LONGEST_PHRASE: Final = 12
RAREST: Final = 6  # descriptors of the record that are looked for elsewhere
UNCOMMON: Final = 200  # a descriptor is uncommon when no more than one record in so many has it,
UNCOMMON_LEAST: Final = 5  # or no more than so many records
# Which reason is told first, and which record
WEIGHTS: Final = {
    "same": 90.0, "version": 80.0, "part-of": 70.0, "has-part": 70.0, "cites": 60.0, "cited-by": 60.0,
    "related": 50.0, "references": 30.0, "descriptors": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """A record near another: how, and why; *relation* is a key of WEIGHTS; *only_cites* when no other reason is."""

    record: Record
    relation: str
    reasons: tuple[Notice, ...]
    only_cites: bool = False


class _Reason(NamedTuple):
    """One reason to name *other*; *weight* orders records of the same relation."""

    other: Record
    relation: str
    notices: tuple[Notice, ...]
    weight: float = 0.0


class Neighbours(NamedTuple):
    """At most five records *near* a record, the nearest first, and all that *cite* it, the newest first.

    What cites a record and has no other reason is near it too.
    """

    near: tuple[Near, ...]
    citing: tuple[Record, ...]


def related(library: Library, record: Record) -> tuple[Near, ...]:
    """At most five public records near *record*, the nearest first; () when nothing qualifies.

    A cited work is among them only where it is linked to the record.  Without an index the store's reasons remain.
    """
    return neighbours(library, record).near


def neighbours(library: Library, record: Record) -> Neighbours:
    """What is `related` to *record*, and the public records in whose reference lists it stands, at most fifty."""
    library.engine.refresh()
    found: dict[str, list[_Reason]] = {}
    for reason in _reasons(library, record):
        if reason.other.id != record.id:
            kinds = {known.relation for known in found.get(reason.other.id, ())}
            if reason.relation not in kinds and not (kinds & _LIKENESSES and reason.relation in _LIKENESSES):
                found.setdefault(reason.other.id, []).append(reason)
    ranked = sorted(found.values(), key=lambda reasons: (-sum(map(_weight, reasons)), reasons[0].other.id))
    citing = [reasons[0].other for reasons in ranked if any(reason.relation == "cited-by" for reason in reasons)]
    citing.sort(key=lambda other: (-(other.year or 0), other.id))
    return Neighbours(tuple(map(_near, ranked[:SHOWN])), tuple(citing))


_LIKENESSES: Final = frozenset({"same", "version", "related", "part-of", "has-part"})


def _weight(reason: _Reason) -> float:
    return WEIGHTS[reason.relation] + reason.weight


def _near(reasons: list[_Reason]) -> Near:
    first, *rest = sorted(reasons, key=_weight, reverse=True)
    notices = (*first.notices, *(notice for reason in rest for notice in reason.notices))
    return Near(first.other, first.relation, tuple(dict.fromkeys(notices)), first.relation == "cited-by" and not rest)


def _reasons(library: Library, record: Record) -> Iterator[_Reason]:
    links = library.store.links_of([record.id])[record.id]
    for id, other in _public(library, [link.other_id for link in links]).items():
        yield from (_Reason(other, link.relation, link.reasons) for link in links if link.other_id == id)
    if any(link.relation == "same" for link in links):  # copies of copies, and their versions
        yield from (_Reason(copy.record, copy.relation, copy.reasons) for copy in works(library, record))
    yield from _known(library, record)
    with suppress(EngineError):  # a record can be read while the index is being prepared
        yield from _citing(library, record)
        yield from _reading_the_same(library, record)
        yield from _about_the_same(library, record)


def _public(library: Library, ids: list[str]) -> dict[str, Record]:
    if not ids:
        return {}
    return {id: one.record for id, one in library.store.get_many(ids).items() if one.state == "public"}


def _hits(library: Library, record: Record, query: Query, most: int = LOOKED_AT) -> list[Record]:
    result = library.engine.search(SearchRequest(query, limit=most + 1))
    return list(_public(library, [hit.id for hit in result.hits if hit.id != record.id]).values())


def _known(library: Library, record: Record) -> Iterator[_Reason]:
    """Records like this one, and the works of its reference list that are in the library."""
    cited = [reference.parsed for reference in record.references[:REFERENCES] if reference.parsed]
    keys = [(work, block_keys(work)) for work in (record, *cited)]
    candidates = library.store.candidates({key for _, each in keys for key in each})
    wanted = [(work, dict.fromkeys(id for key in each for id in _few(candidates.get(key, ())))) for work, each in keys]
    ids = [id for id in dict.fromkeys(id for _, each in wanted for id in each) if id != record.id][:CANDIDATES]
    others = {id: other for id, other in _public(library, ids).items() if other.type != "cited"}
    judged = {other for _, other in library.store.verdicts([record.id])} if others else set()
    for work, near in wanted:
        for id in near.keys() & others.keys():
            match = compare(work, others[id])
            if match and work is record and match.relation != "part-of" and id not in judged:
                yield _Reason(others[id], match.relation, match.reasons, match.score)
            elif match and work is not record and match.relation == "same":
                yield _Reason(others[id], "cites", (notice("related-cites"),))


def _few(ids: tuple[str, ...]) -> tuple[str, ...]:
    return ids if len(ids) <= CROWD else ()


def _citing(library: Library, record: Record) -> Iterator[_Reason]:
    """Records in whose reference lists this one stands, or one that was merged into it."""
    called = (record, *(merged.record for merged in library.store.merged_into(record.id)))
    phrases = [_phrase(text) for work in called for text in (work.doi, _called(work)) if text]
    query = any_of(phrase for phrase in phrases if phrase.words)
    for other in _hits(library, record, query, CITING) if any(phrase.words for phrase in phrases) else ():
        if any(_stands_in(work, reference) for work in called for reference in other.references):
            yield _Reason(other, "cited-by", (notice("related-cited-by"),))


def _stands_in(record: Record, reference: Reference) -> bool:
    text = fold(reference.text)
    if record.doi and record.doi.lower() in text:
        return True
    title = comparable(_called(record))
    return bool(title) and title in comparable(text) and _family(record) in text


def _called(record: Record) -> str:
    """The title as reference lists may shorten it, up to its colon; "" when it says too little to be found by."""
    if read_title(record.title).generic:
        return ""
    least = TELLING_WORDS - bool(record.author)
    texts = (record.title.partition(":")[0], record.title)
    return next((text for text in texts if len(comparable(text).split()) >= least), "")


def _family(record: Record) -> str:
    return fold(record.author[0].surname) if record.author else ""


def _phrase(text: str) -> Phrase:
    return Phrase("references", tuple(text[t.start : t.end] for t in islice(tokens(text), LONGEST_PHRASE)))


def _reading_the_same(library: Library, record: Record) -> Iterator[_Reason]:
    """Records with at least two works of this record's reference list in their own."""
    own = _works(record)
    if len(own) < 2:
        return
    titles = sorted({title for title, _ in own}, key=lambda title: (-len(title), title))
    phrases = any_of(map(_phrase, titles[:SHARED_REFERENCES]))
    for other in _hits(library, record, phrases):
        shared = len(own & _works(other))
        if shared > 1:
            yield _Reason(other, "references", (notice("related-references", count=shared),), float(shared))


def _works(record: Record) -> frozenset[tuple[str, str]]:
    """The works of a reference list, by title and first author."""
    works = (reference.parsed for reference in record.references if reference.parsed)
    return frozenset((comparable(_called(work)), _family(work)) for work in works if _called(work))


def _about_the_same(library: Library, record: Record) -> Iterator[_Reason]:
    """Records that share at least two uncommon descriptors with this one."""
    counts = _uncommon(library, record)
    rarest = sorted(counts, key=lambda term: (counts[term], term))[:RAREST]
    if len(rarest) < 2:
        return
    phrases = {term: Phrase("descriptor", tuple(term[t.start : t.end] for t in tokens(term))) for term in rarest}
    wanted = [phrases[term] for term in rarest]
    pairs = any_of(And((one, any_of(wanted[at:]))) for at, one in enumerate(wanted[:-1], 1))
    for other in _hits(library, record, pairs):
        terms = {*other.descriptors, *other.keywords}
        shared = [term for term in counts if term in terms]
        if len(shared) > 1:
            weight = sum(1 / log(1 + counts[term]) for term in shared)
            yield _Reason(other, "descriptors", (notice("related-descriptors", terms=", ".join(shared)),), weight)


def _uncommon(library: Library, record: Record) -> dict[str, int]:
    """The descriptors of *record* that few others have, with how many records have them, in the record's order."""
    terms = tuple(dict.fromkeys((*record.descriptors, *record.keywords)))[:64]
    if len(terms) < 2:
        return {}
    most = max(UNCOMMON_LEAST, library.engine.search(SearchRequest(All(), limit=0)).total // UNCOMMON)
    request = SearchRequest(
        filters=(Filter("descriptor", terms),), facets=(FacetRequest("descriptor", limit=0),), limit=0
    )
    counts = dict(library.engine.search(request).facets["descriptor"].chosen)
    return {term: counts[term] for term in terms if 1 < counts.get(term, 0) <= most}
