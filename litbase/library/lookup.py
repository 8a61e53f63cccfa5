"""Looking up: a DOI, ISBN, ERIC number or web address becomes a document that the readers read.

Sources: api.crossref.org; content negotiation at doi.org (DataCite and other agencies); openlibrary.org's Books API;
ERIC's API.  What a service answers is kept like any document, under the address it came from.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Final, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from litbase.fetch.get import ANYTHING, get
from litbase.fetch.values import Failure, Fetched
from litbase.formats.csl import read as csl
from litbase.library.documents import Answer, Unreadable, open_paths
from litbase.library.network import Network
from litbase.record.identifiers import bare_identifier, find_doi, normal_doi, normal_eric, normal_isbn, web_address
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document
from litbase.sources import eric_api, open_library

CROSSREF: Final = 78  # how far to trust it: the publisher registered it
DATACITE: Final = 76
JSON: Final = "application/json"
CSL: Final = "application/vnd.citationstyles.csl+json"
PAGES: Final = "text/html,application/xhtml+xml,*/*;q=0.5"
PREFIXES: Final = ("doi", "isbn", "eric")
NAMES: Final = {"doi": "DOI", "isbn": "ISBN", "eric": "ERIC number"}
SEARCHED: Final = 200_000  # characters of a page in which a DOI is looked for
_RESOLVERS: Final = ("doi.org", "dx.doi.org", "www.doi.org")

_MARKUP = re.compile(r"[<>\"'&]")  # ends a DOI that stands in a page
_CHARSET = re.compile(r"(?:iso-|windows-|cp\d|koi8|shift|euc|gb|big5|mac|latin|utf-?16)")

Looked = Answer | Unreadable


class Wanted(NamedTuple):
    """What somebody asks for: *scheme* is "doi", "isbn", "eric", "url", or "issn", which names no work."""

    scheme: str
    value: str


def wanted(given: str) -> Wanted | None:
    """What *given* asks to be looked up; None for a path.

    With "doi:", "isbn:" or "eric:" before it, it is always an identifier (*value* "" where it is none); without, a
    path that exists wins.

    >>> wanted("https://doi.org/10.1000/182")
    Wanted(scheme='doi', value='10.1000/182')
    >>> wanted("isbn:12")
    Wanted(scheme='isbn', value='')
    """
    prefix, colon, rest = given.partition(":")
    if colon and prefix.lower() in PREFIXES and not rest.startswith("//"):
        return Wanted(prefix.lower(), _NORMAL[prefix.lower()](rest))
    if given == "-" or os.path.lexists(given):
        return None
    if web_address(given):
        return of_address(given.strip())
    found = bare_identifier(given)
    if found and found[0] == "doi":
        return Wanted("doi", normal_doi(given))
    return Wanted(*found) if found else None


def _isbn(text: str) -> str:
    return normal_isbn(text.strip())


_NORMAL: Final[Mapping[str, Callable[[str], str]]] = {"doi": normal_doi, "isbn": _isbn, "eric": normal_eric}


def of_address(url: str) -> Wanted:
    """The DOI that a resolver's address names, else the address itself."""
    host = (urlsplit(url).hostname or "").lower()
    doi = normal_doi(url) if host in _RESOLVERS else ""
    return Wanted("doi", doi) if doi else Wanted("url", url)


def open_given(
    given: Iterable[str], stdin: IO[bytes] | None, network: Network, ahead: bool = False
) -> Iterator[Document | Unreadable | Answer]:
    """The documents at paths, identifiers and web addresses, in order; never raises.

    With *ahead* everything is looked up before the first document is handed out.
    """
    listed = list(given)
    found = {
        each: list(look_up(each, ask, network)) for each in dict.fromkeys(listed) if ahead and (ask := wanted(each))
    }
    for each in listed:
        ask = wanted(each)
        if each in found:
            yield from found[each]
        elif ask:
            yield from look_up(each, ask, network)
        else:
            yield from open_paths([each], stdin)


def look_up(given: str, ask: Wanted, network: Network) -> Iterator[Looked]:
    """What the services know of *ask*: one answer, or the reason there is none under the name *given*."""
    if network.off:
        yield Unreadable(given, network.off)
    elif ask.scheme == "issn":
        yield Unreadable(given, notice("issn-of-journal", value=ask.value))
    elif not ask.value:
        yield Unreadable(given, notice("lookup-no-identifier", scheme=NAMES[ask.scheme], value=given))
    else:
        found = _SERVICES[ask.scheme](ask.value, network)
        yield Unreadable(given, found) if isinstance(found, Notice) else found


def _doi(doi: str, network: Network) -> Answer | Notice:
    """What Crossref registered, else what the agency of the DOI gives as CSL JSON."""
    crossref = json_answer(f"{network.services.crossref}/works/{quote(doi, safe='')}", JSON, network)
    if isinstance(crossref, Fetched):
        return Answer(document_of(crossref), csl, "crossref", CROSSREF)
    if crossref.kind != "missing":
        return crossref.notice
    registered = json_answer(f"{network.services.doi}/{quote(doi, safe='/:;()')}", CSL, network)
    if isinstance(registered, Fetched):
        return Answer(document_of(registered), csl, "datacite", DATACITE)
    return _unknown("DOI agency", "doi", doi) if registered.kind == "missing" else registered.notice


def _book(isbn: str, network: Network) -> Answer | Notice:
    query = urlencode({"bibkeys": f"ISBN:{isbn}", "format": "json", "jscmd": "data"})
    fetched = json_answer(f"{network.services.open_library}/api/books?{query}", JSON, network)
    if isinstance(fetched, Failure):
        return _unknown("Open Library", "isbn", isbn) if fetched.kind == "missing" else fetched.notice
    if fetched.data.strip() == b"{}":
        return _unknown("Open Library", "isbn", isbn)
    return Answer(document_of(fetched), open_library)


def _eric(number: str, network: Network) -> Answer | Notice:
    query = urlencode({"search": f"id:{number}", "format": "json", "rows": 1, "fields": "*"})
    fetched = json_answer(f"{network.services.eric}?{query}", JSON, network)
    if isinstance(fetched, Failure):
        return fetched.notice
    document = document_of(fetched)
    if number not in document.text and '"error"' not in document.head:
        return _unknown("ERIC", "eric", number)
    return Answer(document, eric_api)


def _page(url: str, network: Network) -> Answer | Notice:
    fetched = get(url, accept=PAGES, limits=network.limits)
    if isinstance(fetched, Failure):
        return fetched.notice
    document = document_of(fetched)
    if document.is_html and (doi := _MARKUP.split(find_doi(document.beginning(SEARCHED)))[0]):
        document = Document(document.name, document.data, (notice("doi-offered", doi=doi),))
    return Answer(document)


_SERVICES: Final[Mapping[str, Callable[[str, Network], Answer | Notice]]] = {
    "doi": _doi, "isbn": _book, "eric": _eric, "url": _page,
}  # fmt: skip


def _unknown(service: str, scheme: str, value: str) -> Notice:
    return notice("lookup-nothing", service=service, scheme=NAMES[scheme], value=value)


def json_answer(url: str, accept: str, network: Network) -> Fetched | Failure:
    """An answer that is JSON; ERIC calls it plain text, so what it begins with decides."""
    fetched = get(url, accept=f"{accept}, {ANYTHING};q=0.1", limits=network.limits)
    if isinstance(fetched, Failure) or fetched.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return fetched
    return unexpected(fetched, "JSON")


def unexpected(fetched: Fetched, expected: str) -> Failure:
    """The Failure of an answer that is not what was asked for."""
    host = urlsplit(fetched.final_url).hostname or ""
    found = fetched.type or "something without a type"
    return Failure(fetched.url, "type", notice("fetch-unexpected", host=host, expected=expected, found=found))


def document_of(fetched: Fetched) -> Document:
    """The document of an answer, under the address it came from.

    A charset that only the server names counts where the text is not UTF-8 and is read by it without a loss.
    """
    data = fetched.data
    if _CHARSET.match(fetched.charset) and not _is_utf8(data):
        try:
            data = data.decode(fetched.charset).encode()
        except (LookupError, UnicodeError):
            data = fetched.data
    return Document(fetched.final_url, data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
