"""Starting a record from what is there already: a number or address that is looked up, or a text that is read.

Nothing is saved.  A number is looked for in the library first, and elsewhere only when somebody asks for that; what a
service answers is read as any document is.
"""

import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from litbase.errors import BadInput, NoAnswer
from litbase.library import Library
from litbase.library.converting import Conversion, Converted, convert
from litbase.library.documents import Unreadable
from litbase.library.labels import value_label
from litbase.library.lookup import PREFIXES, Wanted, look_up, of_address, wanted
from litbase.library.network import Network, network
from litbase.library.parting import identifier
from litbase.record.identifiers import web_address
from litbase.record.notices import notice, sentence
from litbase.record.reading import Document
from litbase.record.text import clean
from litbase.store.values import Stored

SECONDS: Final = 20.0  # for all that one look-up asks
BYTES: Final = 4 * 1024 * 1024  # of an answer
RETRIES: Final = 1  # somebody waits for the page
PATIENCE: Final = 3.0
ENTRIES: Final = 100  # of one text
SHOWN: Final = ("public", "draft", "withdrawn")
ALIKE: Final = 5  # records with one number
_SCHEMES: Final = {"doi": "doi", "isbn": "isbn", "eric": "eric", "url": "url"}


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a look-up or a text: *entries*, *source* (who answered, "" for a text) and its *host*.

    *layouts* is what it was read as, *offered* a DOI that a page names, "" for none.
    """

    entries: tuple[Converted, ...]
    layouts: tuple[str, ...]
    notices: tuple[str, ...]
    source: str = ""
    host: str = ""
    offered: str = ""
    is_cut: bool = False

    @property
    def only(self) -> Converted | None:
        """The entry, where there is one alone in which a work was understood; None otherwise."""
        return self.entries[0] if len(self.entries) == 1 and self.entries[0].record else None


def asked(text: str) -> Wanted | None:
    """What *text* asks to be looked up: a number of a work, labelled or bare, or a web address; None for other text.

    A file of this machine, it never means.

    >>> asked("ISBN 978-0-415-83905-1"), asked("https://doi.org/10.1000/182"), asked("Roe, A. (2001). Schools.")
    (Wanted(scheme='isbn', value='9780415839051'), Wanted(scheme='doi', value='10.1000/182'), None)
    """
    text = clean(text).strip()
    prefix, colon, rest = text.partition(":")
    if "\n" in text or not text:
        return None
    if colon and prefix.lower() in PREFIXES and not rest.startswith("//") and len(rest.split()) == 1:
        return wanted(text)
    if found := identifier(text):
        return Wanted("isbn", "") if found.scheme == "isbn-wrong" else Wanted(*found)
    return of_address(text) if web_address(text) else None


def here(library: Library, ask: Wanted) -> tuple[Stored, ...]:
    """The records of the library with what was asked for; for editors alone, since not all of them are public.

    Of an ISBN the books; their chapters only where the book is not here.
    """
    scheme = _SCHEMES.get(ask.scheme, "")
    ids = library.store.find(scheme, ask.value)[:ALIKE] if scheme and ask.value else ()
    found = [one for one in library.store.get_many(ids).values() if one.state in SHOWN]
    whole = [one for one in found if scheme != "isbn" or not one.record.container_title]
    return tuple(whole or found)


def looked_up(library: Library, given: str, ask: Wanted) -> Found:
    """What the services know of *ask*, in 20 seconds at most.  Raises NoAnswer with a sentence for people."""
    if ask.scheme == "issn":
        raise NoAnswer(sentence(notice("issn-of-journal", value=ask.value)))
    answer = next(look_up(given[:200], ask, _hurried(network(library.settings))))
    if isinstance(answer, Unreadable):
        raise NoAnswer(sentence(answer.notice))
    document = answer.document
    told = [one for one in document.opened if one.code == "doi-offered"]
    offered = dict(told[0].params)["doi"] if told else ""
    host = urlsplit(document.name).hostname or ""
    try:
        done = convert(library, Document(document.name, document.data), ENTRIES, reader=answer.reader)
    except BadInput as problem:
        raise NoAnswer(f"{host} answered, but no work can be read from it. {problem}") from problem
    if not any(one.record for one in done.entries):
        raise NoAnswer(_why_nothing(host, done))
    reader_source = answer.reader.SOURCE if answer.reader else ""
    named = value_label("collection", answer.source or reader_source) if answer.source or reader_source else host
    return _found(done, source=named, host=host, offered=offered)


def read(library: Library, text: str) -> Found:
    """What stands in *text*: entries of any format, references, or numbers of works.  Raises BadInput."""
    done = convert(library, Document.from_text(text), ENTRIES)
    if not done.entries:
        raise BadInput(sentence(notice("no-record")))
    return _found(done)


def _hurried(known: Network) -> Network:
    """*known* for somebody who waits for a page."""
    until = time.monotonic() + SECONDS
    limits = known.limits._replace(most=BYTES, retries=RETRIES, patience=PATIENCE, until=until)
    return known._replace(limits=limits)


def _found(done: Conversion, **more: str) -> Found:
    return Found(done.entries, done.read_as, tuple(map(sentence, done.notices)), is_cut=done.is_cut, **more)


def _why_nothing(host: str, done: Conversion) -> str:
    told = [sentence(one) for entry in done.entries for one in entry.notices]
    return f"{host} answered, but no work can be read from it. {told[0] if told else ''}".strip()
