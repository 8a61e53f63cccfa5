"""Likenesses between records: the same work, another version of it, or a related one, with reasons.

The rules, in this order, come from labelled pairs of real catalogues.  Matching links and
never merges, so a doubt is answered with the weaker relation.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio, token_sort_ratio

from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.notices import Notice, notice
from litbase.record.pages import first_page
from litbase.record.record import Record
from litbase.record.text import comparable, fold
from litbase.record.titles import LONGEST, NUMBER, Title, journal_words, read_title, telling

TITLE_KEY: Final = 64  # characters of a title that make a block
AUTHORS: Final = 4  # authors of a record that make blocks
COUNT_WORDS: Final = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
BOOKS: Final = frozenset({"book", "proceedings"})
MEETINGS: Final = frozenset({"symposium", "paper-conference"})


class Match(NamedTuple):
    """How two records are alike: *relation* is "same", "version", "related" or "part-of", *score* 0 to 1."""

    relation: str
    reasons: tuple[Notice, ...]
    score: float


class _View(NamedTuple):
    """What is compared of a record."""

    record: Record
    kind: str
    title: str
    read: Title
    authors: tuple[str, ...]
    year: int | None


def block_keys(record: Record) -> tuple[str, ...]:
    """Keys that records likely to be alike share, at most a dozen; two records without a common key need no comparison.

    "doi:", "isbn:", "eric:" identifiers; "t:" the title's beginning, "w:" its words in any order; "p:" family, year and
    first page; "a:" each author with the first telling words of the title; "b:" a book, and its chapters by the book's
    title.  A title that says nothing ("Editorial") gives no title keys.
    """
    view = _view(record)
    keys = [f"doi:{record.doi.lower()}"] if record.doi else []
    keys += [f"isbn:{isbn}" for isbn in record.isbn] if view.kind in BOOKS else []
    keys += [f"eric:{record.eric.lower()}"] if record.eric else []
    page = first_page(record.page)
    if view.authors and view.year and page:
        keys.append(f"p:{view.authors[0][:24]}|{view.year}|{page.lower()}")
    if view.title and not view.read.generic:
        words = view.title.split()
        keys.append(f"t:{view.title.replace(' ', '')[:TITLE_KEY]}")
        if len(words) > 2:
            keys.append(f"w:{_hash(' '.join(sorted(words)))}")
        opening = " ".join(telling(view.title)[:2])
        keys += [f"a:{family[:24]}|{opening}" for family in view.authors[:AUTHORS]]
    whole = view.title if view.kind in BOOKS else comparable(record.container_title) if view.kind == "chapter" else ""
    if whole:
        keys.append(f"b:{whole.replace(' ', '')[:TITLE_KEY]}")
    return tuple(dict.fromkeys(keys))


def compare(a: Record, b: Record) -> Match | None:
    """How *a* and *b* are alike, with reasons; None when they are not.  The order of the two makes no difference.

    Rules in order: one answers, corrects or reviews the other, or their titles differ in a number: related at most;
    DOIs; ISBNs of books; title, authors, year and place; then versions (same authors, nearly the same title, another
    year or kind) and related works (a shared author, a similar title).
    """
    one, other = _view(a), _view(b)
    if part := _part_of(one, other) or _part_of(other, one):
        return part
    title = _title_ratio(one.title, other.title)
    shared = _shared(one.authors, other.authors)
    if a.eric and a.eric.lower() == b.eric.lower():
        return Match("same", (notice("match-eric"),), 1.0)
    if _answers(one, other):
        subject = ratio(one.read.subject or one.title, other.read.subject or other.title) / 100
        return Match("related", (notice("match-answer"),), subject) if subject >= 0.85 else None
    if one.read.numbers != other.read.numbers:
        return _parts(one, other, shared)
    if same := _by_identifier(one, other, title, shared):
        return same
    differ = _dois_differ(a, b) or _editions_differ(a, b) or _journals_differ(one, other)
    if not differ and _is_same(one, other, title, shared):
        return Match("same", (*_reasons(one, other, title, shared), *_years(one, other)), title)
    return _version(one, other, title, shared) or _related(one, other, title, shared)


def _by_identifier(one: _View, other: _View, title: float, shared: int) -> Match | None:
    a, b = one.record, other.record
    alike = title >= 0.6 or one.title in other.title or other.title in one.title
    named = shared or title >= 0.95 or not (one.authors and other.authors)
    if a.doi and a.doi.lower() == b.doi.lower() and alike and named:  # wrong DOIs exist in the wild
        return Match("same", (notice("match-doi"), *_reasons(one, other, title, shared)), max(title, 0.95))
    if one.kind in BOOKS and other.kind in BOOKS and set(a.isbn) & set(b.isbn) and title >= 0.8:
        return Match("same", (notice("match-isbn"), *_reasons(one, other, title, shared)), max(title, 0.95))
    return None


def _is_same(one: _View, other: _View, title: float, shared: int) -> bool:
    identical = bool(one.authors) and sorted(one.authors) == sorted(other.authors)
    if title < (0.9 if identical else 0.95):
        return False
    fewest = min(len(one.authors), len(other.authors))
    if (shared * 2 < fewest if fewest else bool(one.authors or other.authors)) or not _same_year(one, other):
        return False
    if (one.kind in MEETINGS) != (other.kind in MEETINGS) or _conflicts(one.record, other.record) > 1:
        return False
    if not _compatible(one.kind, other.kind):
        return False
    if one.read.generic or not fewest:
        return _same_place(one.record, other.record)
    return True


def _compatible(one: str, other: str) -> bool:
    """Whether two kinds may be one work filed two ways; "document" and "cited" say nothing."""
    vague = {"document", "cited", "webpage"}
    if one == other or one in vague or other in vague:
        return True
    return {one, other} <= {"article-newspaper", "opinion"} or {one, other} <= BOOKS | {"report", "thesis"}


def _version(one: _View, other: _View, title: float, shared: int) -> Match | None:
    fewest, most = sorted((len(one.authors), len(other.authors)))
    everyone = bool(shared) and (shared == most or (shared == fewest and title >= 0.98))
    near = title >= 0.9 or (_same_opening(one, other) and title >= 0.7)
    if not (everyone and near) or one.read.generic:
        return None
    undated = one.year is None or other.year is None
    editions = _editions_differ(one.record, other.record)
    if one.kind == other.kind and (undated or one.year == other.year) and not editions:
        return None
    reasons = [*_reasons(one, other, title, shared), *_years(one, other), *_kinds(one, other)]
    if editions:
        reasons.append(notice("match-editions"))
    return Match("version", tuple(reasons), title)


def _related(one: _View, other: _View, title: float, shared: int) -> Match | None:
    if not shared or one.read.generic or other.read.generic:
        return None
    if title > 0.85 or (_same_opening(one, other) and len(telling(one.read.main)) > 1):
        return Match("related", _reasons(one, other, title, shared), max(title, 0.5))
    return None


def _parts(one: _View, other: _View, shared: int) -> Match | None:
    """Titles that differ in a number: parts of one work when authors are shared, else reports of two years."""
    plain, again = NUMBER.sub("", one.title), NUMBER.sub("", other.title)
    near = one.year is not None and other.year is not None and abs(one.year - other.year) < 2
    if shared and near and ratio(plain, again) >= 95 and len(plain) > 12:
        return Match("related", (notice("match-parts"), *_reasons(one, other, 0.9, shared)), 0.8)
    return None


def _part_of(chapter: _View, book: _View) -> Match | None:
    if chapter.kind != "chapter" or book.kind not in BOOKS:
        return None
    container = comparable(chapter.record.container_title)
    if container != book.title or not container or not _same_year(chapter, book):
        return None
    return Match("part-of", (notice("match-part-of", part=chapter.record.title, whole=book.record.title),), 1.0)


def _view(record: Record) -> _View:
    title = read_title(record.title[:LONGEST])
    authors = tuple(dict.fromkeys(filter(None, map(_family, record.author or record.editor))))
    return _View(record, kind_of(record).name, title.whole, title, authors, record.year)


def _family(name: Name) -> str:
    return _folded(name.surname)


@lru_cache(maxsize=16384)
def _folded(surname: str) -> str:
    return re.sub(r"[\W_]+", "", fold(surname))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _title_ratio(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    return max(ratio(one, other), token_sort_ratio(one, other)) / 100


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return len(set(one) & set(other))


def _same_opening(one: _View, other: _View) -> bool:
    """Whether both titles have the same main title, three words or more, before a colon."""
    return one.read.main == other.read.main and len(one.read.main.split()) > 2


def _answers(one: _View, other: _View) -> bool:
    return bool(one.read.subject) != bool(other.read.subject) and not (one.read.generic or other.read.generic)


def _plain_doi(record: Record) -> str:
    return re.sub(r"\.pub\d+$", "", record.doi.lower())  # Cochrane reviews: 10.1002/14651858.CD001.pub2


def _dois_differ(a: Record, b: Record) -> bool:
    return bool(a.doi and b.doi) and _plain_doi(a) != _plain_doi(b)


def _editions_differ(a: Record, b: Record) -> bool:
    return bool(a.edition and b.edition) and fold(a.edition) != fold(b.edition)


def _journals_differ(one: _View, other: _View) -> bool:
    """Whether two articles are in two journals; an abbreviated title ("J. Educ. Change") is the same journal."""
    if not one.kind == other.kind == "article-journal":
        return False
    short, long = sorted(
        (journal_words(one.record.container_title), journal_words(other.record.container_title)), key=len
    )
    if not short or ratio(" ".join(short), " ".join(long)) >= 60:
        return False
    rest = iter(long)
    return not all(any(word.startswith(beginning) for word in rest) for beginning in short)


def _same_year(one: _View, other: _View) -> bool:
    if one.year is None or other.year is None:
        return one.year is other.year
    if one.year == other.year:
        return True
    journal = comparable(one.record.container_title)
    beside = one.kind == other.kind == "article-journal" and journal == comparable(other.record.container_title)
    return beside and bool(journal) and abs(one.year - other.year) == 1


def _conflicts(a: Record, b: Record) -> int:
    pairs = ((a.volume, b.volume), (a.issue, b.issue), (first_page(a.page), first_page(b.page)))
    return sum(bool(x and y) and x.lower() != y.lower() for x, y in pairs)


def _same_place(a: Record, b: Record) -> bool:
    place = (a.volume, a.issue, first_page(a.page))
    return any(place) and place == (b.volume, b.issue, first_page(b.page))


def _reasons(one: _View, other: _View, title: float, shared: int) -> tuple[Notice, ...]:
    near = "" if one.title == other.title else "-near"
    if shared and shared == len(one.authors) == len(other.authors):
        if shared == 1:
            return (notice(f"match-author-title{near}"),)
        return (notice(f"match-authors-title{near}", count=COUNT_WORDS.get(shared, str(shared))),)
    reasons = [notice(f"match-title{near}")] if title >= 0.85 or _same_opening(one, other) else []
    names = {str(name) for view in (one, other) for name in view.record.author or view.record.editor
             if _family(name) in one.authors and _family(name) in other.authors}  # fmt: skip
    return (
        *reasons,
        *(notice("match-shared-author", name=name) for name in sorted(names, key=lambda n: (-len(n), n))[:1]),
    )


def _years(one: _View, other: _View) -> tuple[Notice, ...]:
    if one.year == other.year:
        return (notice("match-year"),) if one.year else ()
    first, second = sorted((str(one.year or "n.d."), str(other.year or "n.d.")))
    return (notice("match-years", one=first, other=second),)


def _kinds(one: _View, other: _View) -> tuple[Notice, ...]:
    if one.kind == other.kind:
        return ()
    first, second = sorted((kind_of(one.record).label, kind_of(other.record).label))
    return (notice("match-kinds", one=first, other=second),)
