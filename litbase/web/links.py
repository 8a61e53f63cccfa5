"""Every address of the web application; the only place that writes one.

Links to searches are made from a SearchState, so that
a link always says exactly what the page it leads to will show.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from litbase.library.slugs import slug
from litbase.query.state import SearchState
from litbase.record.identifiers import web_address
from litbase.web.bundle import content

LONGEST = 4_000  # characters of an address that leads to another server
PLACES = {"descriptor": "descriptors", "author": "authors", "source": "sources"}  # of the pages about values of a facet


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one installation; *public_url*, *openurl* and *proxy* are those of the settings."""

    public_url: str
    openurl: str = ""
    proxy: str = ""

    @property
    def prefix(self) -> str:
        """The path in front of every address: "" at the root of a host, "/library" below it."""
        return _path(self.public_url)

    @property
    def secure(self) -> bool:
        """Whether readers reach it by https, so that cookies may travel by nothing else."""
        return urlsplit(self.public_url).scheme == "https"

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

    def sign_in(self, back: str = "") -> str:
        """Where people sign in, and are led *back*."""
        return f"{self.prefix}/login" + (f"?{urlencode({'next': back})}" if back else "")

    @property
    def sign_out(self) -> str:
        """Where the form is posted that signs out."""
        return f"{self.prefix}/logout"

    def account(self, suffix: str = "") -> str:
        """Who is signed in, with the sessions; with a *suffix* as JSON."""
        return f"{self.prefix}/account{suffix}"

    def account_to(self, action: str) -> str:
        """Where a form is posted that changes one's own account: password, sessions."""
        return f"{self.prefix}/account/{action}"

    def users(self, suffix: str = "") -> str:
        """Every account; with a *suffix* as JSON."""
        return f"{self.prefix}/users{suffix}"

    @property
    def change_user(self) -> str:
        """Where a form is posted that changes somebody's account."""
        return f"{self.prefix}/users/change"

    def audit(self, suffix: str = "", **chosen: str) -> str:
        """The audit log; *chosen* holds who, action, subject and before, empty ones are left out."""
        return _with_query(f"{self.prefix}/audit{suffix}", [pair for pair in chosen.items() if pair[1]])

    def convert(self, suffix: str = "") -> str:
        """Where what is pasted is converted; with a *suffix* as JSON."""
        return f"{self.prefix}/convert{suffix}"

    def new(self, action: str = "", **chosen: str) -> str:
        """The form for a new record; with an *action* where it is posted: start, like, corrections."""
        path = f"{self.prefix}/new/{action}" if action else f"{self.prefix}/new"
        return _with_query(path, [pair for pair in chosen.items() if pair[1]])

    def drafts(self, rest: str = "") -> str:
        """What an editor has begun and not saved; *rest* is "/save", "/delete" or "/" and the number of one."""
        return f"{self.prefix}/drafts{rest}"

    def imports(self, suffix: str = "", **chosen: str) -> str:
        """What was uploaded, and where files are sent; *chosen* holds page and runs."""
        return _with_query(f"{self.prefix}/import{suffix}", [pair for pair in chosen.items() if pair[1]])

    def import_report(self, nr: int, suffix: str = "", **chosen: str) -> str:
        """The report of an import; *chosen* holds only and page, empty ones are left out."""
        return _with_query(f"{self.prefix}/import/{nr}{suffix}", [pair for pair in chosen.items() if pair[1]])

    def import_entry(self, nr: int, ordinal: int) -> str:
        """One record of an import, its source text beside it."""
        return f"{self.prefix}/import/{nr}/{ordinal}"

    def import_accept(self, nr: int, ordinal: int) -> str:
        """Where the fix of a problem of an added record is accepted."""
        return f"{self.prefix}/import/{nr}/{ordinal}/accept"

    def run(self, number: int) -> str:
        """What one run did, and the form that undoes it."""
        return f"{self.prefix}/import/run/{number}"

    @property
    def undo_run(self) -> str:
        """Where a form is posted that undoes a run."""
        return f"{self.prefix}/import/undo"

    @property
    def review(self) -> str:
        """What waits for editors."""
        return f"{self.prefix}/review"

    def problems(self, code: str = "", **chosen: str) -> str:
        """What is wrong with records; the records with the problem *code*; "/fix" and "/describe" are posted to."""
        path = f"{self.prefix}/review/problems{f'/{quote(code)}' if code else ''}"
        return _with_query(path, [pair for pair in chosen.items() if pair[1]])

    def bulk(self, rest: str = "", pairs: Iterable[tuple[str, str]] = ()) -> str:
        """The form that edits the records of a search; *rest* is "/preview", "/apply", or "/" and a run and more."""
        return _with_query(f"{self.prefix}/bulk{rest}", list(pairs))

    def variants(self, rest: str = "", **chosen: str) -> str:
        """The candidates for variants of names; *rest* is ".json", "/decided", "/preview" or where a form is posted."""
        return _with_query(f"{self.prefix}/variants{rest}", [pair for pair in chosen.items() if pair[1]])

    def join_variants(self, kind: str, forms: Iterable[str], into: str) -> str:
        """What joining *forms* into *into* would change."""
        pairs = [("kind", kind), *(("form", form) for form in forms if form != into), ("into", into)]
        return _with_query(self.variants("/preview"), pairs)

    def separate_variants(self, kind: str, form: str, into: str) -> str:
        """What separating *form* from *into* would change."""
        pairs = [("kind", kind), ("do", "separate"), ("form", form), ("into", into)]
        return _with_query(self.variants("/preview"), pairs)

    def duplicates(self, state: SearchState | None = None, rest: str = "", **more: str) -> str:
        """Pairs that may be one work: of the whole library, or of the results of *state*, and the page of them.

        *rest* is ".json", "/several", "/find" or where a form is posted; *more* is about the page itself.
        """
        pairs = [*(state.pairs() if state else []), *((name, value) for name, value in more.items() if value)]
        return _with_query(f"{self.prefix}/review/duplicates{rest}", pairs)

    def pair(self, one: str, other: str, state: SearchState | None = None, **more: str) -> str:
        """Two records beside each other; *state* and *more* lead back to the queue, *into* names the one to stay."""
        return self.duplicates(state, f"/{quote(one)}/{quote(other)}", **more)

    def merge_with(self, id: str) -> str:
        """Where one names the record that *id* is merged with."""
        return self.duplicates(None, "/find", one=id)

    def stats(self, suffix: str = "") -> str:
        """The library in numbers."""
        return f"{self.prefix}/stats{suffix}"

    def page(self, name: str) -> str:
        """A page beside the records: about, imprint, privacy, accessibility or components."""
        return f"{self.prefix}/{name}"

    def logo(self, suffix: str, fingerprint: str) -> str:
        """The picture beside the name; the address changes with it."""
        return f"{self.prefix}/logo{suffix}?v={fingerprint}"

    @property
    def opensearch(self) -> str:
        """The description that lets a browser search here."""
        return f"{self.prefix}/opensearch.xml"

    @property
    def suggestions(self) -> str:
        """The suggestions in the form that browsers ask for."""
        return f"{self.prefix}/opensearch.json"

    @property
    def feed(self) -> str:
        """What came in last."""
        return f"{self.prefix}/feed.atom"

    @property
    def unapi(self) -> str:
        """Where reference managers fetch records by their ids."""
        return f"{self.prefix}/unapi"

    def sitemap(self, part: str = "", first: str = "") -> str:
        """The site map, or a *part* of it: "pages", or the "records" from the id *first* on."""
        return _with_query(
            f"{self.prefix}/sitemap{f'-{part}' if part else ''}.xml", [("first", first)] if first else []
        )

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
        return f"{self.prefix}/search?{_filter(name, value)}"

    def facet(self, name: str, state: SearchState | None = None, suffix: str = "", **order: str) -> str:
        """All values of the facet *name* in the results of *state*; *order* holds the page's own find, by and leaf."""
        pairs = [*(state.pairs() if state else []), *((key, value) for key, value in order.items() if value)]
        return _with_query(f"{self.prefix}/facet/{name}{suffix}", pairs)

    def browse(self, name: str, suffix: str = "", **order: str) -> str:
        """The values of "descriptor", "author" or "source"; *order* holds the page's own find, letter, by and leaf."""
        return _with_query(f"{self.prefix}/{PLACES[name]}{suffix}", [pair for pair in order.items() if pair[1]])

    def value(self, name: str, value: str, suffix: str = "", **more: str) -> str:
        """The page about one descriptor, author or source, by its name as the facet has it."""
        path = f"{self.prefix}/{PLACES[name]}/{quote(slug(name, value))}{suffix}"
        return _with_query(path, [pair for pair in more.items() if pair[1]])

    def descriptor(self, name: str) -> str:
        """The page about a descriptor."""
        return self.value("descriptor", name)

    def author(self, name: str) -> str:
        """The page about an author, by the name as it is filed."""
        return self.value("author", name)

    def correct(self, id: str) -> str:
        """Where any reader says what is wrong with a record."""
        return f"{self.prefix}/record/{quote(id)}/correct"

    def corrections(self, **chosen: str) -> str:
        """What readers say is wrong, for editors; *chosen* holds state and page."""
        return _with_query(f"{self.prefix}/corrections", [pair for pair in chosen.items() if pair[1]])

    def changes(self, suffix: str = "", **chosen: str) -> str:
        """What was done last; *chosen* holds who, kind and before; with a *suffix* as JSON or a feed."""
        return _with_query(f"{self.prefix}/changes{suffix}", [pair for pair in chosen.items() if pair[1]])

    def record(self, id: str, state: SearchState | None = None, at: int = 0) -> str:
        """A record; with *state*, as hit number *at* of that search, so that its page can lead back and on."""
        pairs = [*state.pairs(), ("at", str(at))] if state and at else []
        return _with_query(f"{self.prefix}/record/{quote(id)}", [pair for pair in pairs if pair[0] != "page"])

    def record_file(self, id: str, suffix: str) -> str:
        """A record as a file or JSON: *suffix* is ".bib", ".json"."""
        return f"{self.prefix}/record/{quote(id)}{suffix}"

    def cite(self, id: str, style: str = "", suffix: str = "") -> str:
        """The page that gives a record in every style and format, opened at *style*; with a *suffix* as JSON."""
        path = f"{self.prefix}/record/{quote(id)}/cite{suffix}"
        return f"{_with_query(path, [('style', style)])}#style-{quote(style)}" if style else path

    def cite_many(self, ids: Iterable[str], style: str = "", suffix: str = "") -> str:
        """Several records in one bibliography of *style*; with a *suffix* as JSON or a file of all of them."""
        pairs = [*(("id", id) for id in ids), *([("style", style)] if style else [])]
        return _with_query(f"{self.prefix}/cite{suffix}", pairs)

    def edit(self, id: str) -> str:
        """The form for a record that is there."""
        return f"{self.prefix}/record/{quote(id)}/edit"

    def state(self, id: str) -> str:
        """Where a record is withdrawn, brought back or made public."""
        return f"{self.prefix}/record/{quote(id)}/state"

    def edit_to(self, action: str) -> str:
        """What follows a form while it is typed: preview, check.json, terms.json."""
        return f"{self.prefix}/edit/{action}"

    def history(self, id: str, suffix: str = "") -> str:
        """What was done to a record, and when."""
        return f"{self.prefix}/record/{quote(id)}/history{suffix}"

    def my_list(self, suffix: str = "", **chosen: str) -> str:
        """The reader's own list; *chosen* holds order, mark, style and page, empty ones are left out."""
        return _with_query(f"{self.prefix}/list{suffix}", [pair for pair in chosen.items() if pair[1]])

    def list_to(self, action: str) -> str:
        """Where a form is posted that changes the list: add, remove, clear, note, move, share."""
        return f"{self.prefix}/list/{action}"

    def shared_list(self, token: str, suffix: str = "", **chosen: str) -> str:
        """A list that somebody shared, as `my_list`."""
        return _with_query(f"{self.prefix}/l/{token}{suffix}", [pair for pair in chosen.items() if pair[1]])

    def advanced(self, pairs: Iterable[tuple[str, str]] = (), suffix: str = "") -> str:
        """The advanced search, with the search that *pairs* say opened in it."""
        return _with_query(f"{self.prefix}/search/advanced{suffix}", list(pairs))

    @property
    def combine(self) -> str:
        """Where searches are put together, to which sets, s1, s2 and so on are added."""
        return f"{self.prefix}/search/combine"

    def searches(self, suffix: str = "", **chosen: str) -> str:
        """The history of searches and the saved ones; *chosen* holds page and again, empty ones are left out."""
        return _with_query(f"{self.prefix}/searches{suffix}", [pair for pair in chosen.items() if pair[1]])

    def searches_to(self, action: str) -> str:
        """Where a form is posted that changes the saved searches: save, rename, delete."""
        return f"{self.prefix}/searches/{action}"

    def saved(self, nr: int, only_new: bool = False) -> str:
        """A saved search, or just what is new in it; either way it is noted as opened."""
        return _with_query(f"{self.prefix}/searches/{nr}", [("only", "new")] if only_new else [])

    @property
    def theme(self) -> str:
        """Where the choice of colours is posted."""
        return f"{self.prefix}/settings/theme"

    def version(self, id: str, number: int) -> str:
        """A record as it was in one of its versions."""
        return f"{self.prefix}/record/{quote(id)}/history/{number}"

    def source(self, id: str) -> str:
        """The text a record was read from."""
        return f"{self.prefix}/record/{quote(id)}/source"

    def merged(self, id: str, other: str) -> str:
        """The record *id*, for a reader who asked for *other*, which was merged into it."""
        return _with_query(self.record(id), [("merged", other)])

    def proxied(self, url: str) -> str:
        """*url* through the proxy of the library, where there is one."""
        if not self.proxy or not url:
            return url
        return self.proxy.replace("{url}", quote(url, safe="")) if "{url}" in self.proxy else self.proxy + url

    def resolved(self, keys: Iterable[tuple[str, str]]) -> str:
        """The library's link resolver, asked for the work that the *keys* of an OpenURL tell; "" where there is none.

        Keys that would make the address longer than servers read are left out.
        """
        if not self.openurl:
            return ""
        made = self.openurl
        for pair in keys:
            longer = f"{made}{'&' if '?' in made else '?'}{urlencode([pair])}"
            made = longer if len(longer) <= LONGEST else made
        return made

    def static(self, name: str) -> str:
        """A shipped file; the address changes with its content, so that it may be kept for ever."""
        return f"{self.prefix}/static/{name}?v={_fingerprint(name)}"


def outward(url: str) -> str:
    """*url* where it may be put into a page as a link (http, https and ftp); "" where not."""
    return web_address(url)


def mailed(address: str) -> str:
    """The link that begins a letter to an e-mail address."""
    return f"mailto:{quote(address, safe='@')}"


@lru_cache(maxsize=64)
def _fingerprint(name: str) -> str:
    return hashlib.sha256(content(name)).hexdigest()[:10]


@lru_cache(maxsize=10_000)
def _filter(name: str, value: str) -> str:
    """The search for *value* in the facet *name*; the same descriptors, journals and languages come again and again."""
    return urlencode(SearchState().add(name, value).pairs())


@lru_cache(maxsize=16)
def _path(public_url: str) -> str:
    return urlsplit(public_url).path.rstrip("/")


_quoted = lru_cache(maxsize=1024)(quote_plus)  # a page writes the same names and words in a hundred addresses


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    """As urlencode writes it."""
    return f"{path}?{'&'.join([f'{_quoted(name)}={_quoted(value)}' for name, value in pairs])}" if pairs else path
