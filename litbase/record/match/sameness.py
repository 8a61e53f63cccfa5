"""The rules that call two records one work: by an identifier, by the place they were printed in, by their words.

Source: labelled pairs of systematic reviews (PubMed, Embase, CINAHL, Web of Science), of management research
(Scopus, WoS, EBSCO), of ERIC and of BibTeX archives.  Every rule is as strict as what the one before it leaves open.
"""

import re
from typing import Final

from litbase.record.match import titles
from litbase.record.match.identifiers import editions_differ, is_preprint, isbns, registrants_differ, same_edition
from litbase.record.match.pair import Pair
from litbase.record.match.places import AGREE, CLASH, SILENT, extent, extents, is_periodical, publishers_agree
from litbase.record.match.view import BOOKS, MEETINGS, WHOLES

ALIKE: Final = 0.6  # titles of works that an identifier or a place calls one
BOOKS_ALIKE: Final = 0.8
TELLING: Final = 4  # words of a title that is surely no column's ("Opening words")
COLUMN: Final = 3  # words of a title that may stand without volume, issue and pages
ANONYMOUS: Final = 5  # words of a title that stands without people
_RECURRING: Final = re.compile(
    r"(?:guest )?(?:introduction|editorial|preface|foreword|overview|welcome|message|reports?|minutes|proceedings|news|"
    r"notes|announcements?|call for p[ar]\w+|summary|workshop|panel|tutorial|program(?:me)?|annual)\b"
)
_VAGUE: Final = frozenset({"document", "cited"})
_SITES: Final = frozenset({"article-newspaper", "opinion", "webpage"})
_WORKS: Final = BOOKS | {"report", "thesis"}
ISBN_SINCE: Final = 1967  # the number of an older book was given to a reprint


def is_same(pair: Pair) -> bool:
    """Whether two records are surely of one work."""
    return _by_identifier(pair) or (not _is_barred(pair) and (_by_place(pair) or _by_words(pair)))


def is_named_alike(pair: Pair) -> bool:
    """Whether two records with one DOI or ISBN have titles that can be of one work."""
    one, other = pair.one.title.whole, pair.other.title.whole
    return pair.likeness >= ALIKE or one in other or other in one


def _by_identifier(pair: Pair) -> bool:
    if pair.dois == "same" and is_named_alike(pair):  # wrong DOIs exist in the wild
        known = pair.shared or pair.likeness >= 0.95 or not pair.fewest
        return bool(known) and (pair.is_titled or not pair.where.clashes)
    return isbns(pair.one, pair.other) == "same" and _one_edition(pair)


def _one_edition(pair: Pair) -> bool:
    """Whether two books with one ISBN are one: not two volumes of a set, not two editions under a number used again.

    Printings of years apart are one edition when they are of one length.
    """
    one, other = pair.one.title.whole.split(), pair.other.title.whole.split()
    part = set(one) <= set(other) or set(other) <= set(one)
    if not (pair.is_titled or (part and (pair.likeness >= BOOKS_ALIKE or pair.is_cut))):
        return False
    if pair.where.volume == CLASH or editions_differ(pair.one, pair.other):
        return False
    a, b = pair.one.record, pair.other.record
    if pair.apart is None or pair.apart < 2:
        return extents(a, b) != CLASH or (pair.is_titled and not pair.apart)
    early = min(pair.one.year or 0, pair.other.year or 0) < ISBN_SINCE
    return pair.is_titled and not early and extent(a) == extent(b) > 0


def _is_barred(pair: Pair) -> bool:
    """Whether something says that these are two works, or two versions of one, whatever the rest says."""
    one, other = pair.one, pair.other
    if pair.dois == "differ" and not (pair.where.fills and pair.is_titled and registrants_differ(one, other)):
        return True
    if pair.dois == "version" or is_preprint(one) != is_preprint(other):
        return True
    if editions_differ(one, other) or isbns(one, other) == "differ":
        return True
    wholes = one.kind in WHOLES and other.kind in WHOLES
    return wholes and (pair.where.volume == CLASH or extents(one.record, other.record) == CLASH)


def _by_place(pair: Pair) -> bool:
    if pair.apart is not None and pair.apart > 1:
        return False
    if pair.where.fills:
        return pair.is_titled or _fills(pair)
    if pair.where.begins:
        return (pair.is_titled and (pair.weight >= TELLING or pair.is_acquainted)) or (pair.is_cut and pair.is_everyone)
    return False


def _fills(pair: Pair) -> bool:
    """Whether two works that fill the same pages are one, though their titles differ."""
    if pair.is_acquainted and (pair.likeness >= ALIKE or pair.is_cut):
        return True
    return pair.is_everyone and titles.in_two_languages(pair.one.title, pair.other.title)


def _by_words(pair: Pair) -> bool:
    """Whether title, people, year and kind make two records one, with nothing in their places against it."""
    if not pair.is_titled and not _is_shortened(pair):
        return False
    if not _same_people(pair) or not _same_year(pair) or not _same_kind(pair):
        return False
    where = pair.where
    if where.journal == CLASH and not (where.volume == AGREE and AGREE in (where.issue, where.page)):
        return False
    if where.clashes:
        return _one_misprint(pair)
    if pair.is_generic or _names_the_journal(pair):
        return where.volume == AGREE and AGREE in (where.issue, where.page)
    return where.known or pair.weight >= COLUMN or not is_periodical(pair.one, pair.other)


def _is_shortened(pair: Pair) -> bool:
    """Whether a title lacks its subtitle or its rubric, where everyone and something of the place agrees."""
    return pair.is_everyone and pair.where.journal == AGREE and pair.where.known and pair.is_cut_at_a_colon


def _same_people(pair: Pair) -> bool:
    """Whether the people are the same; where one record names nobody, whether the rest tells as much as names."""
    if pair.fewest:
        return pair.is_acquainted
    one, other = pair.one, pair.other
    if one.kind in WHOLES and other.kind in WHOLES:
        a, b = one.record, other.record
        long = extents(a, b) == AGREE or not (one.people or other.people)
        return long and pair.weight >= ANONYMOUS and publishers_agree(a, b) and same_edition(one, other)
    where = pair.where
    if one.people or other.people or where.volume != AGREE or where.issue != AGREE or where.page == CLASH:
        return False
    return where.page == AGREE or pair.weight >= ANONYMOUS


def _same_year(pair: Pair) -> bool:
    """Whether the years agree; some date an article of the same volume, or a paper of one meeting, a year apart."""
    if pair.apart == 0:
        return True
    if pair.apart != 1 or pair.where.journal != AGREE or pair.where.clashes:
        return False
    if is_periodical(pair.one, pair.other):
        return pair.where.known
    if pair.one.kind in MEETINGS and pair.other.kind in MEETINGS:
        recurs = _RECURRING.match(pair.one.title.whole) or _RECURRING.match(pair.other.title.whole)
        return pair.is_everyone and pair.weight > TELLING and not recurs
    return False


def _same_kind(pair: Pair) -> bool:
    """Whether two kinds may be one work filed two ways; on the same pages any two may, alone some say nothing."""
    one, other = pair.one.kind, pair.other.kind
    if one == other or (pair.where.span and not pair.where.clashes) or one in _VAGUE or other in _VAGUE:
        return True
    if "thesis" in (one, other):  # a thesis is printed again as a report
        return {one, other} <= _WORKS and extents(pair.one.record, pair.other.record) == AGREE
    return {one, other} <= _SITES or {one, other} <= _WORKS


def _one_misprint(pair: Pair) -> bool:
    """Whether a single number that differs is a misprint, for all the others agree."""
    where = pair.where
    if where.clashes > 1 or where.journal != AGREE or pair.weight < TELLING or pair.apart:
        return False
    if where.page == CLASH:
        return where.volume == AGREE
    return where.span and (where.volume == AGREE or where.issue >= SILENT)


def _names_the_journal(pair: Pair) -> bool:
    """Whether a title says nothing but its journal's name and what is generic ("Remarks from MIS Quarterly Editor")."""
    if not is_periodical(pair.one, pair.other):
        return False
    return any(titles.is_of_the_journal(view.title, view.record.container_title) for view in (pair.one, pair.other))
