"""Which record a reading is about, beyond (source, key): the strong identifiers, and how far they are to be trusted.

Wrong DOIs exist (a chapter's that is another chapter's, a review's that is the book's), so every identifier but an
ERIC number also wants the same kind of work and titles that agree.
"""

from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from litbase.record.identifiers import is_home_page, normal_doi, normal_eric, normal_isbn, normal_issn, web_address
from litbase.record.kinds import kind_of
from litbase.record.record import Record
from litbase.record.text import comparable
from litbase.store.schema import compared

AGREEMENT: Final = 0.6  # share of the words of both titles that they have in common
STRONG: Final = ("eric", "doi", "isbn", "url")
_ONLY_OF: Final = {
    "isbn": frozenset({"book", "proceedings"}),
    "url": frozenset({"webpage", "article-newspaper", "opinion"}),
}


@lru_cache(maxsize=4096)
def normal(scheme: str, value: str) -> str:
    """*value* as identifiers of *scheme* are compared; one that breaks the scheme's rule stays, lower-cased."""
    value = value.strip()
    match scheme:
        case "doi":
            found = normal_doi(value).lower()
        case "isbn":
            found = normal_isbn(value)
        case "issn":
            found = normal_issn(value)
        case "eric":
            found = normal_eric(value)
        case "url":
            return compared(_canonical(value))
        case _:
            found = ""
    return compared(found or value.lower())


def identifiers_of(record: Record) -> tuple[tuple[str, str], ...]:
    """(scheme, normal value) of everything that names *record*, each once."""
    given = [("doi", record.doi), ("eric", record.eric), *(("isbn", isbn) for isbn in record.isbn)]
    given += [("issn", issn) for issn in record.issn + record.eissn]
    if record.url and not is_home_page(record.url) and web_address(record.url):
        given.append(("url", record.url))
    given += [(compared(scheme.lower()), value) for scheme, value in record.identifiers]
    return tuple(dict.fromkeys((scheme, normal(scheme, value)) for scheme, value in given if value.strip()))


def strong_identifiers(record: Record) -> tuple[tuple[str, str], ...]:
    """Those of `identifiers_of` that can show *record* to be one already known, the most telling first."""
    kind = kind_of(record).name
    found = [
        (scheme, value)
        for scheme, value in identifiers_of(record)
        if scheme in STRONG and kind in _ONLY_OF.get(scheme, (kind,))
    ]
    return tuple(sorted(found, key=lambda pair: STRONG.index(pair[0])))


def is_same(scheme: str, one: Record, other: Record) -> bool:
    """Whether two records that share an identifier of *scheme* are one work."""
    if scheme == "eric":
        return True
    return kind_of(one).name == kind_of(other).name and titles_agree(one.title, other.title)


def titles_agree(one: str, other: str) -> bool:
    """Whether two titles may be of one work: one is missing, begins the other, or they share most of their words.

    >>> titles_agree("Learning to Teach", "Learning to teach: A five-year study")
    True
    >>> titles_agree("Learning to Teach", "Schools in Context")
    False
    """
    first, second = comparable(one).split(), comparable(other).split()
    shorter, longer = sorted((first, second), key=len)
    if shorter == longer[: len(shorter)] and (len(shorter) > 1 or len(shorter) == len(longer) or not shorter):
        return True
    return len(set(first) & set(second)) >= AGREEMENT * len(set(first) | set(second))


def _canonical(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and (parts.scheme.lower(), parts.port) not in _USUAL_PORTS else ""
    except ValueError:
        return url
    scheme = parts.scheme.lower().replace("https", "http")
    host = (parts.hostname or "").removeprefix("www.")
    return urlunsplit((scheme, host + port, parts.path.rstrip("/"), parts.query, ""))


_USUAL_PORTS: Final = frozenset({("http", 80), ("https", 443)})
