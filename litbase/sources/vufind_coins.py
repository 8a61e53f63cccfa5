"""COinS of a catalogue page beside what the page shows.

Source: the COinS that VuFind writes; `formats.coins` reads them.
"""

from typing import Any

from litbase.formats.page.coins import Context, told_by
from litbase.record.dates import PartialDate
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, replace
from litbase.record.text import comparable

_COMPARED = ("title", "container_title", "issued", "volume", "issue", "page", "doi", "publisher", "edition")
_TAKEN = ("title", "container_title", "volume", "issue", "edition", "publisher", "publisher_place", "collection_title",
          "issn", "eissn", "isbn", "type", "page", "issued", "author", "doi")  # fmt: skip


def add_coins(record: Record, context: Context) -> tuple[Record, tuple[Notice, ...]]:
    """*record* with what its COinS say and the page does not; a notice for each contradiction, where the page wins."""
    told = told_by(context)
    changes: dict[str, Any] = {}
    notices = []
    for name, value in ((name, told[name]) for name in _TAKEN if name in told):
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
