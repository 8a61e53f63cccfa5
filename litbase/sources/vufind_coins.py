"""COinS of a catalogue page beside what the page shows.

Source: COinS 0.1 and the KEV formats "book" and "journal" of OpenURL (Z39.88), as VuFind writes them.
"""

import re
from typing import Any

from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi
from litbase.record.names import parse_name
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, replace
from litbase.record.text import comparable

_COMPARED = ("title", "container_title", "issued", "volume", "issue", "page", "doi", "publisher", "edition")
_TYPES = {
    "article": "article-journal", "bookitem": "chapter", "chapter": "chapter", "book": "book",
    "proceeding": "paper-conference", "dissertation": "thesis",
}  # fmt: skip


def add_coins(record: Record, coins: dict[str, tuple[str, ...]]) -> tuple[Record, tuple[Notice, ...]]:
    """*record* with what its COinS say and the page does not; a notice for each contradiction, where the page wins."""
    told = _coins_record(coins)
    changes: dict[str, Any] = {}
    notices = []
    for name, value in told.items():
        page = getattr(record, name)
        if not page or (name == "type" and page == "document"):
            changes[name] = value
        elif name in _COMPARED and _contradicts(page, value):
            notices.append(notice("meta-contradicts", name, page=_shown(page), meta=_shown(value)))
    return replace(record, **changes), tuple(notices)


def _shown(value: Any) -> str:
    return value.display if isinstance(value, PartialDate) else str(value)


def _contradicts(page: Any, meta: Any) -> bool:
    if isinstance(page, PartialDate):
        return bool(page.year != meta.year)
    one, other = comparable(str(page)), comparable(str(meta))
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


def _coins_record(coins: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The fields that an OpenURL context object states, by name."""

    def first(*keys: str) -> str:
        return next((coins[f"rft.{key}"][0] for key in keys if f"rft.{key}" in coins), "")

    genre = first("genre")
    part = genre in ("article", "bookitem", "proceeding", "chapter") or bool(first("atitle"))
    found: dict[str, Any] = {
        "title": first("atitle") if part else first("btitle", "title"),
        "container_title": first("jtitle", "btitle", "title", "stitle") if part else "",
        "volume": first("volume"), "issue": first("issue"), "edition": first("edition"),
        "publisher": first("pub").rstrip(" ,"), "publisher_place": first("place").rstrip(" :"),
        "collection_title": first("series"),
        "issn": coins.get("rft.issn", ()), "eissn": coins.get("rft.eissn", ()), "isbn": coins.get("rft.isbn", ()),
        "type": _TYPES.get(genre, ""),
    }  # fmt: skip
    pages = first("pages") or "-".join(filter(None, (first("spage"), first("epage"))))
    found["page"] = re.sub(r"\s*[-–]\s*", "-", pages)
    if found["title"] == found["container_title"]:
        found["title"] = "" if part else found["title"]
    found["issued"] = PartialDate.parse(first("date"))
    people = [parse_name(name) for name in (*coins.get("rft.au", ()), *coins.get("rft.creator", ()))]
    found["author"] = tuple(dict.fromkeys(name for name in people if name))
    found["doi"] = next(filter(None, (find_doi(value) for value in coins.get("rft_id", ()))), "")
    return {name: value for name, value in found.items() if value}
