"""Likenesses between records: the same work, another version of it, or a related one, with reasons.

The rules, in this order, come from labelled pairs of real catalogues.  Matching links and
never merges, so a doubt is answered with the weaker relation.
"""

from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from litbase.record.match import titles
from litbase.record.match.blocks import block_keys
from litbase.record.match.identifiers import editions_differ, is_preprint, isbns
from litbase.record.match.pair import Pair, pair_of
from litbase.record.match.people import exactly
from litbase.record.match.places import AGREE, CLASH, is_periodical
from litbase.record.match.reasons import kinds, who_and_what, years
from litbase.record.match.sameness import ALIKE, is_same
from litbase.record.match.view import BOOKS, View, view
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.record.text import comparable
from litbase.record.titles import telling

__all__ = ["Match", "block_keys", "compare", "is_part"]

RELATED: Final = 0.85  # titles of related works
VERSION: Final = 0.9
ANSWERED: Final = 85.0


class Match(NamedTuple):
    """How two records are alike: *relation* is "same", "version", "related" or "part-of", *score* 0 to 1."""

    relation: str
    reasons: tuple[Notice, ...]
    score: float


def compare(a: Record, b: Record) -> Match | None:
    """How *a* and *b* are alike, with reasons; None when they are not.  The order of the two makes no difference.

    Rules in order: ERIC numbers; one is a part of the other; one answers, corrects or reviews the other, or their
    titles differ in a number: related at most; then what makes them one work (`sameness`): a DOI, a book's ISBN, the
    place they were printed in, or title, people, year and kind; then versions (same people, nearly the same title,
    another year, kind or edition) and related works (a shared author, a similar title).
    """
    if a.eric and a.eric.lower() == b.eric.lower():
        return Match("same", (notice("match-eric"),), 1.0)
    one, other = view(a), view(b)
    if part := _part_of(one, other) or _part_of(other, one):
        return part
    likeness = titles.likeness(one.title, other.title)
    if _is_hopeless(one, other, likeness):
        return None
    pair = pair_of(one, other, likeness)
    if answer := _answer(pair):
        return answer
    if one.title.numbers != other.title.numbers and not _is_one_place(pair):
        return _parts(pair)
    if is_same(pair):
        return Match("same", _why_same(pair), pair.likeness)
    return _volumes(pair) or _version(pair) or _related(pair)


def is_part(a: Record, b: Record) -> bool:
    """Whether *a* is a part of *b*: the direction of "part-of", of which `compare` says nothing."""
    return _part_of(view(a), view(b)) is not None


def _is_hopeless(one: View, other: View, likeness: float) -> bool:
    """Whether two records have so little in common that no rule can apply; most pairs of a block end here."""
    if likeness >= ALIKE and (likeness >= RELATED or exactly(one.people, other.people)):
        return False
    if one.record.doi and one.record.doi.lower() == other.record.doi.lower():
        return False
    if one.record.page and other.record.page and (one.record.volume or one.record.container_title):
        return False
    return not (titles.same_opening(one.title, other.title) or titles.opens(one.title, other.title))


def _part_of(chapter: View, book: View) -> Match | None:
    if chapter.kind != "chapter" or book.kind not in BOOKS:
        return None
    container = comparable(chapter.record.container_title)
    if not container or container != book.title.whole or chapter.year != book.year:
        return None
    return Match("part-of", (notice("match-part-of", part=chapter.record.title, whole=book.record.title),), 1.0)


def _answer(pair: Pair) -> Match | None:
    """A correction, review, comment or reply, and what it is about; citations behind the title do not count."""
    one, other = pair.one.title, pair.other.title
    if bool(one.subject) == bool(other.subject) or pair.is_generic:
        return None
    first, second = one.subject or one.whole, other.subject or other.whole
    length = max(min(len(first), len(second)), titles.SUBJECT)
    likeness = ratio(first[:length], second[:length])
    return Match("related", (notice("match-answer"),), likeness / 100) if likeness >= ANSWERED else None


def _is_one_place(pair: Pair) -> bool:
    """Whether titles may differ in a number: on the same pages, or where a subtitle is missing under one identifier."""
    named = pair.dois == "same" or isbns(pair.one, pair.other) == "same"
    return pair.where.fills or (named and titles.opens(pair.one.title, pair.other.title))


def _parts(pair: Pair) -> Match | None:
    """Titles that differ in a number: parts of one work when authors are shared, else reports of two years."""
    if not pair.shared or pair.apart is None or pair.apart > 1:
        return None
    plain, again = pair.one.title.plain, pair.other.title.plain
    if ratio(plain, again) >= 95 and min(len(plain), len(again)) > 12:
        who = who_and_what(pair.one, pair.other, True, pair.shared)
        return Match("related", (notice("match-parts"), *who), 0.8)
    return None


def _why_same(pair: Pair) -> tuple[Notice, ...]:
    reasons = [notice("match-doi")] if pair.dois == "same" else []
    reasons += [notice("match-isbn")] if isbns(pair.one, pair.other) == "same" else []
    if pair.where.fills:
        reasons.append(notice("match-pages"))
    elif pair.where.begins:
        reasons.append(notice("match-page"))
    if titles.in_two_languages(pair.one.title, pair.other.title) and pair.likeness < ALIKE:
        reasons.append(notice("match-languages"))
    return (*reasons, *who_and_what(pair.one, pair.other, _is_near(pair), pair.shared), *years(pair.one, pair.other))


def _is_near(pair: Pair) -> bool:
    return pair.is_titled or pair.likeness >= RELATED or pair.is_cut or _opens_alike(pair)


def _opens_alike(pair: Pair) -> bool:
    return titles.same_opening(pair.one.title, pair.other.title)


def _version(pair: Pair) -> Match | None:
    """The same people and nearly the same title, but another year, kind, edition or server."""
    one, other = pair.one, pair.other
    everyone = pair.is_everyone or (pair.shared == pair.fewest > 0 and pair.likeness >= 0.98)
    near = pair.is_titled or pair.likeness >= VERSION or (_opens_alike(pair) and pair.likeness >= 0.7)
    if not (everyone and near) or pair.is_generic or _is_column(pair):
        return None
    editions = editions_differ(one, other) or isbns(one, other) == "differ"
    explained = editions or pair.dois == "version" or is_preprint(one) != is_preprint(other)
    if not explained and one.kind == other.kind and pair.apart in (None, 0):
        return None
    reasons = [*who_and_what(one, other, _is_near(pair), pair.shared), *years(one, other), *kinds(one, other)]
    reasons += [notice("match-editions")] if editions else []
    reasons += [notice("match-doi-versions")] if pair.dois == "version" else []
    reasons += [notice("match-preprint")] if is_preprint(one) != is_preprint(other) else []
    return Match("version", tuple(reasons), pair.likeness)


def _is_column(pair: Pair) -> bool:
    """Whether both stand in other issues of one journal under one title: a column, no versions of one work."""
    return is_periodical(pair.one, pair.other) and pair.where.journal == AGREE and pair.where.clashes > 0


def _volumes(pair: Pair) -> Match | None:
    """Two volumes of one book: the same people and title, other volumes."""
    if not (pair.one.kind in BOOKS and pair.other.kind in BOOKS and pair.where.volume == CLASH):
        return None
    if not (pair.is_titled and pair.shared):
        return None
    first, second = sorted((pair.one.record.volume, pair.other.record.volume))
    who = who_and_what(pair.one, pair.other, True, pair.shared)
    return Match("related", (notice("match-volumes", one=first, other=second), *who), 0.8)


def _related(pair: Pair) -> Match | None:
    if not pair.shared or pair.is_generic:
        return None
    if pair.likeness > RELATED or (_opens_alike(pair) and len(telling(pair.one.title.main)) > 1):
        reasons = who_and_what(pair.one, pair.other, _is_near(pair), pair.shared)
        return Match("related", reasons, max(pair.likeness, 0.5))
    return None
