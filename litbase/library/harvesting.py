"""Harvesting: everything that ERIC's API finds for a query, page by page, from where the last harvest stopped.

Source: api.ies.ed.gov/eric (at most 200 records a page, from `start` on, `numFound` in all).  A page counts as read
when its records are stored: only then the bookmark moves on, so that a harvest that was killed loses and doubles
nothing.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from litbase.errors import BadInput, NoAnswer
from litbase.fetch.values import Failure, Fetched, Limits
from litbase.library import Library
from litbase.library.bookmarks import bookmark, forget, note, noted
from litbase.library.documents import Answer
from litbase.library.lookup import document_of, json_answer
from litbase.library.network import Network
from litbase.library.reading import Entry, Progress, take
from litbase.record.notices import sentence
from litbase.sources import eric_api

ROWS: Final = 200
CONTINUES: Final = "what came before is stored; the same command goes on from there"


@dataclass(frozen=True, slots=True)
class Harvest:
    """A harvest that has begun: how many records there are in all (None where nobody says), and how many *before*.

    *entries*, given a Progress, reads and stores; it raises NoAnswer when the service gives up on the way.
    """

    total: int | None
    before: int
    entries: Callable[[Progress], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class _Page:
    document: Any
    found: int
    count: int


def checked(network: Network) -> Network:
    """*network* with the patience that a long harvest has.  Raises BadInput when the settings forbid look-ups."""
    if network.off:
        raise BadInput(sentence(network.off))
    return network._replace(limits=patient(network.limits))


def patient(limits: Limits) -> Limits:
    """*limits* for somebody who has time: three times as long for an answer, ten times as long a wait."""
    return limits._replace(total=3 * limits.total, patience=10 * limits.patience)


def of_eric(
    library: Library, query: str, network: Network, *, most: int | None = None, again: bool = False, who: str = ""
) -> Harvest:
    """Begin to harvest what ERIC finds for *query*, at most *most* records now, from the bookmark on unless *again*.

    Where ERIC meanwhile finds more or fewer, it begins anew: what is known is read once more and stays as it is.
    Raises BadInput and NoAnswer.
    """
    network, place = checked(network), bookmark(library.folder, "eric", query)
    known = {} if again else noted(place)
    start, total = _number(known.get("start")), _number(known.get("total"))
    page = _page(query, start, _rows(most, 0), network)
    if start and page.found != total:
        start, page = 0, _page(query, 0, _rows(most, 0), network)

    def pages() -> Iterator[Answer]:
        at, done, current = start, 0, page
        while current.count:
            yield Answer(current.document, eric_api)
            at, done = at + current.count, done + current.count
            note(place, source="eric", query=query, start=at, total=current.found)
            if at >= current.found or (most is not None and done >= most):
                break
            time.sleep(network.limits.pause)
            current = _page(query, at, _rows(most, done), network)
        if at >= current.found or not current.count:
            forget(place)

    def entries(progress: Progress) -> Iterator[Entry]:
        def advance(_: int, records: int, name: str) -> None:
            progress(start + records, start + records, name)

        settings = {"source": "eric", "query": query, "who": who}
        return take(library, pages(), "harvest", settings, progress=advance, who=who)

    return Harvest(min(page.found, start + most) if most is not None else page.found, start, entries)


def _rows(most: int | None, done: int) -> int:
    return ROWS if most is None else min(ROWS, most - done)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _page(query: str, start: int, rows: int, network: Network) -> _Page:
    """One page of ERIC's answer, with how many records there are in all and on it.  Raises NoAnswer."""
    asked = urlencode({"search": query, "format": "json", "start": start, "rows": rows, "fields": "*"})
    fetched = json_answer(f"{network.services.eric}?{asked}", "application/json", network)
    if isinstance(fetched, Failure):
        raise NoAnswer(f"ERIC, record {start + 1:,}: {sentence(fetched.notice)}; {CONTINUES}")
    try:
        return _counted(fetched)
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise NoAnswer(f"ERIC, record {start + 1:,}: {_reason(fetched)}; {CONTINUES}") from error


def _counted(fetched: Fetched) -> _Page:
    document = document_of(fetched)
    response = json.loads(document.text)["response"]
    return _Page(document, int(response["numFound"]), len(response["docs"]))


def _reason(fetched: Fetched) -> str:
    """What ERIC complains of, as Solr words it, else that its answer cannot be read."""
    try:
        return f"it says {str(json.loads(fetched.data)['error']['msg'])[:300]!r}"
    except (ValueError, RecursionError, KeyError, TypeError):
        return "its answer is cut off or damaged"
