"""The pages of people: signing in, one's own account, every account."""

import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from litbase.library import Library, accounts, passwords
from litbase.library.accounts import Account, Actor, Session
from litbase.web.views import told

# What a browser calls itself, in the order to be asked: Edge says that it is Chrome, and Chrome that it is Safari.
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
    ("curl", "curl"), ("python", "Python"),
)  # fmt: skip
SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
_PLAIN: Final = re.compile(r"[\w .,;:/()+-]{1,60}", re.A)


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The form by which people sign in."""

    next: str = told("The page to go to afterwards")
    name: str = told("What was given as the name")
    problem: str = told("Why signing in was refused; empty where it was not")
    safe: bool = told("Whether passwords may travel to the public address")
    public_url: str = told("The public address")
    proxied: str = told("Whom a reverse proxy names, who has no account that may be used; empty for nobody")
    seconds: int = told("The longest wait after failures")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that has not ended."""

    id: str = told("By what it is ended")
    current: bool = told("Whether it is the one that asks")
    way: str = told("password or proxy")
    origin: str = told("The network address it began from")
    browser: str = told("Browser and system, as the browser tells")
    created_at: str = told("When it began, UTC")
    used_at: str = told("When it was last used, UTC, to the minute")


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who is signed in."""

    name: str = told("Name of the account")
    role: str = told("reader, editor or admin")
    way: str = told("How this session began: password or proxy")
    sessions: tuple[SessionRow, ...] = told("The sessions, the last used first")
    others: int = told("How many of them are not this one")
    has_password: bool = told("Whether the account has a password")
    shortest: int = told("How many characters a password has at least")
    longest: int = told("And at most")
    problem: str = told("Why the password was not changed; empty where nothing was wrong")


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account."""

    name: str = told("Name of the account")
    role: str = told("reader, editor or admin")
    active: bool = told("Whether it may be used")
    own: bool = told("Whether it is that of who looks")
    has_password: bool = told("Whether it has a password; without one only a reverse proxy signs it in")
    created_at: str = told("When it was made, UTC")
    seen_at: str = told("When it last signed in, UTC; empty for never")
    sessions: int = told("How many sessions have not ended")


@dataclass(frozen=True, slots=True)
class UsersPage:
    """Every account."""

    users: tuple[UserRow, ...] = told("The accounts, by name")
    roles: tuple[str, ...] = told("The roles there are")


def account_page(library: Library, actor: Actor, problem: str = "") -> AccountPage:
    """The account of *actor*."""
    account = accounts.account(library, actor.name)
    rows = tuple(_session(one, actor) for one in accounts.sessions(library, actor.nr))
    return AccountPage(
        name=actor.name,
        role=actor.role,
        way=actor.way,
        sessions=rows,
        others=sum(not row.current for row in rows),
        has_password=bool(account and account.password),
        shortest=passwords.SHORTEST,
        longest=passwords.LONGEST,
        problem=problem,
    )


def users_page(library: Library, actor: Actor) -> UsersPage:
    """Every account, looked at by *actor*."""
    return UsersPage(tuple(_user(library, one, actor) for one in accounts.every(library)), accounts.ROLES)


def browser(agent: str) -> str:
    """What a browser says of itself, in two words; a short text of another program as it is.

    >>> browser("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
    'Firefox on Linux'
    >>> browser(""), browser("<script>")
    ('', '')
    """
    program = next((name for part, name in BROWSERS if part in agent), "")
    system = next((name for part, name in SYSTEMS if part in agent), "")
    if program:
        return f"{program} on {system}" if system else program
    return agent if _PLAIN.fullmatch(agent) else ""


def twin(page: Any) -> dict[str, Any]:
    """A page as JSON."""
    return asdict(page)


def _session(one: Session, actor: Actor) -> SessionRow:
    current = one.digest == actor.session
    return SessionRow(one.digest, current, one.way, one.origin, browser(one.agent), one.created_at, one.used_at)


def _user(library: Library, one: Account, actor: Actor) -> UserRow:
    return UserRow(
        name=one.name,
        role=one.role,
        active=one.state == "active",
        own=one.nr == actor.nr,
        has_password=bool(one.password),
        created_at=one.created_at,
        seen_at=one.seen_at,
        sessions=len(accounts.sessions(library, one.nr)),
    )
