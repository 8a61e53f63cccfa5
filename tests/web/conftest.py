"""A library of a few dozen records, known word by word, and a reader of pages."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_settings
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from litbase.library import Library, open_library
from litbase.library.accounts import Actor, actor_of, form_token, sign_in_by_proxy
from litbase.library.finding import search
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import notice
from litbase.record.reading import Leftover
from litbase.record.record import Mark, Record, Reference
from litbase.settings import Settings
from litbase.store.values import Incoming, Link
from litbase.web import acting, create_app
from tests.web.sooner import fill as fill
from tests.web.sooner import templates_and_routes_compiled_once as templates_and_routes_compiled_once

MEHTA = Name(family="Mehta", given="Jal")
PETERSON = Name(family="Peterson", given="Amelia")

ARTICLE = Record(
    type="article-journal",
    title="International Learning Communities: What Leaders Learn across Borders",
    author=(MEHTA, PETERSON),
    issued=PartialDate(year=2019, month=8),
    container_title="Journal of Educational Change",
    volume="20",
    issue="3",
    page="327-350",
    number_of_pages=24,
    publisher="Springer",
    eric="EJ1223055",
    eissn=("1573-1812",),
    doi="10.1007/s10833-019-0000-1",
    url="https://link.springer.com/",
    language=("en",),
    abstract="Leaders from many countries meet and learn -- slowly -- from each other.\n"
    "Such learning communities are studied here.",
    abstractor="ERIC",
    descriptors=(
        "Communities of Practice",
        "Public Education",
        "Best Practices",
        "Learning",
        "Global Approach",
        "Systems Approach",
    ),
    major_descriptors=("Communities of Practice",),
    publication_type=("Journal Articles", "Reports - Research"),
    education_level=("Higher Education",),
    audience=("Teachers",),
    places=("Finland",),
    peer_reviewed=True,
    full_text_url="https://files.eric.ed.gov/fulltext/EJ1223055.pdf",
    inferred=("container_title",),
    marks=(Mark("title", 0, 13, "i"),),
    extra=(("eric:ISSN", "EISSN-1573-1812"),),
)
SYMPOSIUM = Record(
    type="paper-conference",
    genre="Symposium",
    title="The Role of Professional Learning Networks",
    event_title="European Conference on Educational Research",
    session="15 SES 09",
    network="15. Research Partnerships in Education",
    chair=(Name(family="Brown", given="Chris"),),
    contribution="Networks join teachers of several schools.\nThey learn together.",
    method="Four case studies.",
    outcomes="A theory of networks.",
    references=(
        Reference(
            "Borko, H. (2004). Professional development. Educational Researcher, 33(8).",
            Record(title="Professional development", doi="10.3102/0013189X033008003"),
        ),
        Reference("Wenger, E. (1998). Communities of Practice. Cambridge.", Record(title="Communities of Practice")),
        Reference("Brown, C. (forthcoming). London.", Record(), (notice("reference-untitled"),)),
        Reference(
            "Mehta, J. (2019). International learning communities.", Record(title="International", doi=ARTICLE.doi)
        ),
        Reference("Munby, S. (2016). Inside-out.", Record(title="Inside-out", url="http://example.org/inside.pdf")),
        Reference("Scrawl nobody can read", None),
    ),
)
OPINION = Record(
    type="article-newspaper",
    genre="Opinion",
    title="Improving Practice",
    author=(Name(literal="International Perspectives on Education Reform Group"),),
    issued=PartialDate(year=2013, month=10, day=6),
    container_title="Education Week",
    collection_title="Global Learning",
    url="https://www.edweek.org/opinion-improving-practice/2013/10",
    body="Teachers learn from each other when they are given time. " * 20 + "The very last word is zymurgy.",
)
CHAPTER = Record(
    type="chapter",
    title="Learning at the Boundaries",
    author=(
        Name(family="Gomez", given="Louis M."),
        Name(family="Biag", given="Manuelito"),
        Name(family="Imig", given="David G."),
    ),
    container_title="Handbook of the Cultural Foundations of Learning",
    volume="1",
    page="365-384",
    publisher="Routledge",
    isbn=("9780203774977",),
    issued=PartialDate(year=2020),
    doi="10.4324/9780203774977-25",
    abstract="Districts and universities can learn at the line between them.",
    keywords=("partnerships",),
    language=("en",),
)
FOREIGN = Record(
    type="book",
    title="Özgür Lernen: Schule in der Stadt",
    editor=(Name(family="Özgür", given="Ayşe"),),
    issued=PartialDate(year=1988),
    publisher="Verlag Neue Schule",
    language=("de",),
    descriptors=("Urban Schools",),
)
CITED = Record(
    type="cited",
    title="Learning Communities in Print",
    author=(Name(family="Stoll", given="Louise"),),
    issued=PartialDate(year=2015),
)
BARE = Record(abstract="A note on learning without title, author, date or anything else that a citation would need.")


def plain(number: int) -> Record:
    """One of the many that make pages and long facets."""
    return Record(
        type="report",
        title=f"Report {number} on School Statistics",
        author=(Name(family=f"Author{number:02d}", given="A."),),
        issued=PartialDate(year=1990 + number % 20),
        publisher="Bureau of Statistics",
        eric=f"ED1000{number:02d}",
        descriptors=("Statistics", f"Topic {number:02d}"),
        abstract="Tables about schools and what children learn in them.",
    )


def incoming(record: Record, source: str, key: str, *links: Link, **more: object) -> Incoming:
    sha = hashlib.sha256(key.encode()).hexdigest()
    return Incoming(record=record, source=source, key=key, reader=source, document=sha, links=links, **more)  # type: ignore[arg-type]


RELATED = Link(0, "related", (notice("journal-inferred", issn="1573-1812"),))
RECORDS = (
    incoming(ARTICLE, "eric", "EJ1223055", line=3, notices=(notice("not-applicable", count=7),),
             leftovers=(Leftover(9, "A line"),)),
    incoming(SYMPOSIUM, "ecer", "15 SES 09", notices=(notice("no-author"), notice("date-after", date="25 July 2016"))),
    incoming(OPINION, "edweek", "https://www.edweek.org/opinion-improving-practice/2013/10"),
    incoming(CHAPTER, "vufind", "doi:10.4324/9780203774977-25", RELATED),
    incoming(FOREIGN, "bibtex", "f"),
    incoming(CITED, "ecer", "c"),
    incoming(BARE, "bibtex", "b"),
    *(incoming(plain(number), "eric", f"ED1000{number:02d}") for number in range(30)),
)  # fmt: skip


def emptied(folder: Path, **settings: object) -> Library:
    """A library without records; tests ask more often than readers may."""
    return open_library(folder, with_settings(Settings(), **{"rate_limit": 0, **settings}), create=True)  # type: ignore[arg-type]


def sign_in(client: FlaskClient, library: Library, role: str = "editor", name: str = "Ann") -> Actor:
    """Let *client* be signed in as *name*, who gets an account with *role* when there is none; who that is."""
    if library.store.accounts.get(name) is None:
        library.store.accounts.add(name, role, "", "tester")
    token = sign_in_by_proxy(library, name, "", origin="192.0.2.7", agent="test")
    client.set_cookie(acting.COOKIE, token)
    return actor_of(library, token)


def served(library: Library) -> Flask:
    """The application of *library*; errors become pages, as for readers."""
    made = create_app(library)
    made.testing = False
    return made


def signed_in(app: Flask, library: Library, role: str = "editor", name: str = "Ann") -> FlaskClient:
    """*name*, who has this *role*, before the application."""
    client = app.test_client()
    sign_in(client, library, role, name)
    return client


def editor_of(library: Library) -> FlaskClient:
    """An editor before the application of *library*."""
    return signed_in(served(library), library)


def post(client: FlaskClient, path: str, data: Mapping[str, object] | None = None, **more: object) -> TestResponse:
    """What *client* gets when a page of ours posts *data* to *path*, with the token of its session where it has one."""
    cookie = client.get_cookie(acting.COOKIE)
    token = {"token": form_token(cookie.value)} if cookie else {}
    answer = client.post(path, data={**token, **(data or {})}, headers={"Origin": "http://127.0.0.1:8000"}, **more)
    answer.request.environ["wsgi.input"].close()  # a file where it is long, which the client leaves open
    return answer


@pytest.fixture(scope="session")
def web_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library above; nobody may change it."""
    library = emptied(tmp_path_factory.mktemp("web") / "library", name="Reading room")
    fill(library, RECORDS)
    yield library
    library.close()


@pytest.fixture(scope="session")
def app(web_library: Library) -> Flask:
    return served(web_library)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Page:
    """A page as a reader sees it."""

    def __init__(self, html: str):
        self.html = html

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Its elements."""
        return BeautifulSoup(self.html, "html.parser")

    def one(self, selector: str) -> Tag:
        """The only element that *selector* finds."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{selector}: {len(found)} found"
        return found[0]

    def all(self, selector: str) -> list[Tag]:
        """Every element that *selector* finds."""
        return list(self.soup.select(selector))

    def text(self, selector: str = "main") -> str:
        """The words of the only such element, spaces single."""
        return " ".join(self.one(selector).get_text().split())

    def texts(self, selector: str) -> list[str]:
        """The words of each such element."""
        return [" ".join(each.get_text().split()) for each in self.all(selector)]

    def link(self, name: str) -> str:
        """Where the link leads that is read or called *name*."""
        found = [
            a["href"] for a in self.all("a[href]") if name in (" ".join(a.get_text().split()), a.get("aria-label"))
        ]
        assert found, f"no link {name!r}"
        return str(found[0])


@pytest.fixture
def read(client: FlaskClient) -> Callable[..., Page]:
    """read(address, status=200) is the page there."""

    def get(address: str, status: int = 200) -> Page:
        answer = client.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        return Page(answer.get_data(as_text=True))

    return get


@pytest.fixture
def total(web_library: Library) -> Callable[[SearchState], int]:
    """total(state) is how many records a search finds."""
    return lambda state: search(web_library, state, ()).total


@pytest.fixture(scope="session")
def opened() -> Callable[[TestResponse], Page]:
    """opened(answer) is the page that an answer holds."""
    return lambda answer: Page(answer.get_data(as_text=True))


@pytest.fixture
def arrive(client: FlaskClient) -> Callable[[str], Page]:
    """arrive(address) is the page a browser ends on, redirects followed."""
    return lambda address: Page(client.get(address, follow_redirects=True).get_data(as_text=True))


@dataclass(frozen=True)
class Every:
    """The library in which each state occurs, a reader of it who has a list, an editor, and the addresses of its pages.

    *cookies* are those of the reader, then of the editor.
    """

    app: Flask
    client: FlaskClient
    editor: FlaskClient
    pages: dict[str, int]
    cookies: tuple[dict[str, str], dict[str, str]]

    def is_for_editors(self, address: str) -> bool:
        """Whether an editor asks for this page."""
        from tests.web.every import EDITORS, EDITORS_OTHERS

        return address in EDITORS or address in EDITORS_OTHERS

    def who(self, address: str) -> FlaskClient:
        """The one who asks for this page."""
        return self.editor if self.is_for_editors(address) else self.client


@pytest.fixture(scope="session")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Every]:
    """Every page there is; nobody may change the library."""
    from tests.web.every import EDITORS, PAGES, filled, listing  # which is made of what stands above

    library = filled(tmp_path_factory.mktemp("every") / "library")
    app = create_app(library)
    app.testing = False
    client, shared = listing(app)
    editor = app.test_client()
    sign_in(editor, library, "admin", "Ann")
    listed, session = client.get_cookie("litbase-list"), editor.get_cookie(acting.COOKIE)
    assert listed is not None
    assert session is not None
    cookies = ({"litbase-list": listed.value}, {acting.COOKIE: session.value})
    pages = {address.replace("/l/*", shared): code for address, code in (PAGES | EDITORS).items()}
    yield Every(app, client, editor, pages, cookies)
    library.close()
