"""Every address of the web application; the only place that writes one.

Links to searches are made from a SearchState, so that
a link always says exactly what the page it leads to will show.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from litbase.query.state import SearchState
from litbase.record.identifiers import web_address

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one installation; *public_url* is `settings.public_url`."""

    public_url: str

    @property
    def prefix(self) -> str:
        """The path in front of every address: "" at the root of a host, "/library" below it."""
        return urlsplit(self.public_url).path.rstrip("/")

    def absolute(self, path: str) -> str:
        """*path*, as the other methods give it, with scheme and host."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}{path}"

    @property
    def home(self) -> str:
        """The first page."""
        return f"{self.prefix}/"

    @property
    def help(self) -> str:
        """The search help."""
        return f"{self.prefix}/help"

    @property
    def opensearch(self) -> str:
        """The description that lets a browser search here."""
        return f"{self.prefix}/opensearch.xml"

    @property
    def suggest(self) -> str:
        """The suggestions for what is being typed, to which q is added."""
        return f"{self.prefix}/suggest"

    def search(self, state: SearchState | None = None, suffix: str = "") -> str:
        """The results of *state* (every record without one); as a file or JSON with a *suffix* such as ".bib"."""
        return _with_query(f"{self.prefix}/search{suffix}", state.pairs() if state else [])

    def typed(self, query: str) -> str:
        """The results of a query as it is typed."""
        return self.search(SearchState(q=query))

    def filtered(self, name: str, value: str) -> str:
        """Every record with *value* in the facet *name*."""
        return self.search(SearchState().add(name, value))

    def facet(self, name: str, state: SearchState | None = None, suffix: str = "", **order: str) -> str:
        """All values of the facet *name* in the results of *state*; *order* holds the page's own find, by and leaf."""
        pairs = [*(state.pairs() if state else []), *((key, value) for key, value in order.items() if value)]
        return _with_query(f"{self.prefix}/facet/{name}{suffix}", pairs)

    def record(self, id: str, state: SearchState | None = None, at: int = 0) -> str:
        """A record; with *state*, as hit number *at* of that search, so that its page can lead back and on."""
        pairs = [*state.pairs(), ("at", str(at))] if state and at else []
        return _with_query(f"{self.prefix}/record/{quote(id)}", [pair for pair in pairs if pair[0] != "page"])

    def record_file(self, id: str, suffix: str) -> str:
        """A record as a file or JSON: *suffix* is ".bib", ".json"."""
        return f"{self.prefix}/record/{quote(id)}{suffix}"

    def cite(self, id: str) -> str:
        """The page that gives a record in every citation format."""
        return f"{self.prefix}/record/{quote(id)}/cite"

    def history(self, id: str, suffix: str = "") -> str:
        """What was done to a record, and when."""
        return f"{self.prefix}/record/{quote(id)}/history{suffix}"

    def static(self, name: str) -> str:
        """A shipped file; the address changes with its content, so that it may be kept for ever."""
        return f"{self.prefix}/static/{name}?v={_fingerprint(name)}"


def outward(url: str) -> str:
    """*url* where it may be put into a page as a link (http, https and ftp); "" where not."""
    return web_address(url)


@lru_cache(maxsize=64)
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
