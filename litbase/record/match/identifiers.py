"""The identifiers of two works: one DOI, versions of one DOI, or DOIs of two works; one edition's ISBN or another's.

Sources: the DOIs of Cochrane reviews (".pub2"), preprint servers ("v1"), data archives (".v2") and F1000 (a number
at the end); DOIs of whole volumes (an ISBN in the suffix) that databases give to each of its papers.
"""

import re
from typing import Final

from litbase.record.match.view import BOOKS, View
from litbase.record.text import fold

_WHOLE_VOLUME: Final = re.compile(r"/(?:b|isbn)?97[89][-\d]{10,14}$")
_PREPRINT: Final = re.compile(
    r"^10\.(?:1101|48550|2139|31234|31219|31235|35542|21203|20944|26434|36227|22541|33774|14293)/"
)
_SERVER: Final = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|edarxiv|socarxiv|techrxiv|ssrn|research square|osf)\b"
    r"|^preprints(?:\.org)?$"
)

_ORDINALS: Final = {
    word: str(n) for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_OF_EDITIONS: Final = frozenset(
    "edition edn ed auflage aufl edicion ediz st nd rd th a and the rev revised enl enlarged exp expanded updated "
    "corrected reprint reprinted printing print new uberarb".split()
)


def own_doi(view: View) -> str:
    """The DOI of the work itself in small letters; "" for none, and for that of the volume a paper stands in."""
    doi = view.record.doi.lower()
    return "" if doi and view.kind not in BOOKS and _WHOLE_VOLUME.search(doi) else doi


def dois(one: View, other: View) -> str:
    """How two DOIs compare: "same", "version" of each other, "differ"; "" when one is missing or both may be right."""
    first, second = own_doi(one), own_doi(other)
    if not first or not second:
        return ""
    if first == second:
        return "same"
    (base, version), (again, later) = _versioned(first), _versioned(second)
    if base == again:
        return "version" if version and later else ""
    return "differ"


def registrants_differ(one: View, other: View) -> bool:
    """Whether two DOIs were given by two publishers, as when a journal moved and its articles were registered anew."""
    first, second = one.record.doi.partition("/")[0], other.record.doi.partition("/")[0]
    return bool(first and second) and first != second


def _versioned(doi: str) -> tuple[str, str]:
    """A DOI without the number of its version, and that number; "" where it has none."""
    found = re.search(r"(?:[./_-]?v|\.pub)(\d{1,2})$", doi)
    if not found and doi.startswith("10.12688/"):
        found = re.search(r"\.(\d{1,2})$", doi)
    return (doi[: found.start()], found[1]) if found else (doi, "")


def is_preprint(view: View) -> bool:
    """Whether a work stands on a preprint server: where it says so, or by its DOI where it says nothing."""
    record = view.record
    if view.kind in BOOKS:
        return False
    if record.container_title:
        return bool(_SERVER.search(fold(record.container_title[:100])))
    return bool(_PREPRINT.match(record.doi) or (record.publisher and _SERVER.search(fold(record.publisher[:60]))))


def isbns(one: View, other: View) -> str:
    """How the ISBNs of two books compare: "same", "differ" or ""."""
    if one.kind not in BOOKS or other.kind not in BOOKS or not one.record.isbn or not other.record.isbn:
        return ""
    return "differ" if set(one.record.isbn).isdisjoint(other.record.isbn) else "same"


def editions_differ(one: View, other: View) -> bool:
    """Whether both name their edition, and not the same."""
    a, b = one.record.edition, other.record.edition
    return bool(a and b) and _edition(a) != _edition(b)


def same_edition(one: View, other: View) -> bool:
    """Whether both name the same edition, or neither names one."""
    return _edition(one.record.edition) == _edition(other.record.edition)


def _edition(text: str) -> tuple[str, ...]:
    """An edition as it is compared, its number and what else tells: "2nd ed." and "Second, revised" are one."""
    words = re.findall(r"\d+(?:\.\d+)*|[^\W\d_]+", fold(text[:60]))
    return tuple(sorted({_ORDINALS.get(word, word) for word in words if word not in _OF_EDITIONS}))
