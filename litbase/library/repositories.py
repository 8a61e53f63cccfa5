"""Harvesting repositories by OAI-PMH: the whole list, and the next time what has changed since.

Source: OAI-PMH 2.0, ListRecords: resumption tokens, deleted records, errors, from and until in days (which every
repository takes).  A part of the list counts as read when its records are stored.  A token that is no longer good means
the list from its beginning, since nobody promises its order; what is known is read once more and stays as it is.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from litbase.errors import BadInput, NoAnswer
from litbase.fetch.get import get
from litbase.fetch.values import Failure
from litbase.library import Library
from litbase.library.bookmarks import bookmark, note, noted
from litbase.library.documents import Answer
from litbase.library.harvesting import CONTINUES, Harvest, checked
from litbase.library.lookup import document_of, unexpected
from litbase.library.network import Network
from litbase.library.reading import Entry, Progress, take
from litbase.record.identifiers import web_address
from litbase.record.notices import Notice, notice, sentence
from litbase.record.reading import Document
from litbase.sources import oai

XML: Final = "application/xml,text/xml;q=0.9,*/*;q=0.1"
DELETED: Final = "the repository deleted it"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list is asked for: the repository's address, a layout, a set and days ("" for no limit)."""

    url: str
    prefix: str = "oai_dc"
    set: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    document: Document
    told: oai.Answer


def of_repository(library: Library, asked: Asked, network: Network, *, again: bool = False, who: str = "") -> Harvest:
    """Begin to harvest a repository: where the last harvest stopped, else what changed since it, all when *again*.

    What the repository deleted is withdrawn here when nobody else knew it.  Raises BadInput and NoAnswer.
    """
    network, asked = checked(network), replace(asked, url=_base(asked.url))
    place = bookmark(library.folder, "oai", asked.url, asked.prefix, asked.set)
    known = {} if again else {name: text for name, text in noted(place).items() if isinstance(text, str)}
    span = f"{asked.since}/{asked.until}"
    token = known.get("token", "") if known.get("span") == span else ""
    since = known.get("from", "") if token else asked.since or known.get("since", "")
    asked = replace(asked, since=since)
    first = _part(asked, token, network)
    began = known.get("began", "") if token else ""
    parts = _parts(asked, first, token, began, network, place, span)

    def entries(progress: Progress) -> Iterator[Entry]:
        def advance(_: int, records: int, name: str) -> None:
            progress(records, records, name)

        settings = {"source": "oai", "url": asked.url, "prefix": asked.prefix, "set": asked.set, "who": who}
        for entry in take(library, parts, "harvest", settings, progress=advance, who=who):
            yield _settled(library, entry, who)

    return Harvest(first.told.size or None, 0, entries)


def _base(url: str) -> str:
    """The address of the repository without the question that may hang on it."""
    if not web_address(url):
        raise BadInput(f"a repository is harvested from a web address, found {url!r}")
    return urlunsplit((*urlsplit(url)[:3], "", ""))


def _parts(
    asked: Asked, first: _Part, token: str, began: str, network: Network, place: Path, span: str
) -> Iterator[Answer]:
    """The parts of the list, each when it is asked for; the bookmark moves on when the next is asked for.

    A list begins with *first*, which *token* led to; *began* is when its own first part was given.
    """
    part, seen, anew = first, {token}, False
    while True:
        codes = {code for code, _ in part.told.errors}
        if "badResumptionToken" in codes and token and not anew:
            token, began, anew, seen = "", "", True, {""}
            part = _part(asked, token, network)
            continue
        if part.told.errors and codes != {"noRecordsMatch"}:
            told = "; ".join(f"{code} {text}".strip() for code, text in part.told.errors)
            raise NoAnswer(f"{asked.url} answers with an error: {told}")
        began = began or part.told.date[:10]
        if not part.told.errors:
            yield Answer(part.document, oai)
        token = part.told.token
        if not token:
            note(place, source="oai", url=asked.url, since="" if asked.until else began)
            return
        if token in seen:
            raise NoAnswer(f"{asked.url} leads in a circle: it gives the resumption token {token[:80]!r} again")
        seen.add(token)
        note(place, source="oai", url=asked.url, token=token, began=began, span=span, **{"from": asked.since})
        time.sleep(network.limits.pause)
        part = _part(asked, token, network)


def _part(asked: Asked, token: str, network: Network) -> _Part:
    """One part of the list.  Raises NoAnswer for anything but a whole answer of OAI-PMH."""
    url = f"{asked.url}?{urlencode(_question(asked, token))}"
    fetched = get(url, accept=XML, limits=network.limits)
    if isinstance(fetched, Failure):
        raise NoAnswer(f"{sentence(fetched.notice)}; {CONTINUES}")
    document = document_of(fetched)
    told = oai.answer(document.text)
    if told.is_whole:
        return _Part(document, told)
    if document.is_xml:
        raise NoAnswer(f"{asked.url}: the answer is cut off or damaged; {CONTINUES}")
    raise NoAnswer(sentence(unexpected(fetched, "OAI-PMH").notice))


def _question(asked: Asked, token: str) -> Mapping[str, str]:
    if token:
        return {"verb": "ListRecords", "resumptionToken": token}
    given = {"metadataPrefix": asked.prefix, "set": asked.set, "from": asked.since, "until": asked.until}
    return {"verb": "ListRecords"} | {name: text for name, text in given.items() if text}


def _settled(library: Library, entry: Entry, who: str) -> Entry:
    """*entry*, after what the repository deleted was withdrawn, or what it has again was brought back."""
    if any(told.code == "harvest-deleted" for told in entry.notices):
        status, told = _withdrawn(library, entry.id, who)
        return replace(entry, status=status, kind=oai.NAME, notices=(told,))
    stored = library.store.get(entry.id) if entry.status in ("changed", "same") else None
    if stored and (stored.state, stored.reason) == ("withdrawn", DELETED):
        library.store.set_state(stored.id, "public", who, "the repository has it again")
        return replace(entry, status="changed")
    return entry


def _withdrawn(library: Library, identifier: str, who: str) -> tuple[str, Notice]:
    """What became of the record that had *identifier* in its repository: a status, and what is told of it."""
    told: tuple[str, Notice] = "same", notice("harvest-deleted", id=identifier)
    for id in library.store.find(oai.SCHEME, identifier):
        stored = library.store.get(id)
        if stored is None or stored.state != "public":
            continue
        others = any(reading.source != oai.SOURCE for reading in library.store.readings(id))
        if others or library.store.edits(id):
            return "same", notice("harvest-kept", id=identifier)
        library.store.set_state(id, "withdrawn", who, DELETED)
        told = "changed", notice("harvest-withdrawn", id=identifier)
    return told
