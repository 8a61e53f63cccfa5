"""Accounts: who may do what; signing in, by a password or a reverse proxy; sessions that can be listed and ended.

The rules are those of OWASP's ASVS 5.0, chapters 6 to 8: sessions live in the store and end after 8 hours without use
or 7 days.  How failures are slowed down is in `throttle`.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from litbase.errors import BadInput, Conflict, LibraryError, NotFound
from litbase.library import Library, passwords, throttle
from litbase.library.throttle import Wait
from litbase.record.text import clean
from litbase.settings import Settings
from litbase.store.accounts import Account, Session, folded

__all__ = ["Account", "Session", "Wait"]

ROLES: Final = ("reader", "editor", "admin")  # each may do what those before it may
IDLE: Final = timedelta(hours=8)
ABSOLUTE: Final = timedelta(days=7)
AHEAD: Final = timedelta(minutes=5)  # where the clock was set back by more, sessions end
USED: Final = timedelta(minutes=1)  # how exactly the last use of a session is kept
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_LONGEST_NAME: Final = 64
_SIGNS: Final = "_.@+-"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
REFUSED: Final = "The name or the password is not right."


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: *name* is "" for a reader who has not signed in; *form_token* is what the forms carry."""

    name: str = ""
    role: str = "reader"
    nr: int = 0
    session: str = ""  # its digest
    form_token: str = ""
    way: str = ""  # "password" or "proxy"

    @property
    def is_signed_in(self) -> bool:
        """Whether there is an account."""
        return bool(self.name)

    @property
    def edits(self) -> bool:
        """Whether records may be added and changed."""
        return self.may("editor")

    @property
    def administers(self) -> bool:
        """Whether accounts and the audit log may be seen and changed."""
        return self.may("admin")

    def may(self, role: str) -> bool:
        """Whether what *role* may do is allowed."""
        return ROLES.index(self.role) >= ROLES.index(role)


NOBODY: Final = Actor()


class NotSignedIn(BadInput):
    """The name or the password is not right, or the account is disabled: which of them, nobody is told."""

    status = 401


def is_safe(settings: Settings) -> bool:
    """Whether passwords and sessions may travel to the public address: by https, inside one machine, or by decree."""
    parts = urlsplit(settings.public_url)
    return parts.scheme == "https" or parts.hostname in LOOPBACK or settings.insecure_login


# accounts


def add_account(library: Library, name: str, role: str, password: str, *, who: str) -> Account:
    """Make an account; with the password "" only a reverse proxy signs it in.

    Raises BadInput for a name, role or password that cannot be, Conflict when there is one of this name.
    """
    name = unicodedata.normalize("NFC", name)  # typed on another keyboard, ü may be two characters
    if not _is_name(name):
        raise BadInput(f"{name!r} is no name for an account: use up to 64 letters, digits and . @ + - _")
    _check_role(role)
    return library.store.accounts.add(name, role, _hash(library, name, password) if password else "", who)


def account(library: Library, name: str) -> Account | None:
    """The account of this name, in whatever case; None when there is none."""
    return library.store.accounts.get(name)


def every(library: Library) -> tuple[Account, ...]:
    """All accounts, by name."""
    return library.store.accounts.all()


def set_role(library: Library, name: str, role: str, *, who: str) -> Account:
    """Give an account another role; it is signed out.  Raises NotFound, BadInput where no admin would be left."""
    _check_role(role)
    return library.store.accounts.change(name, who, role=role)


def set_state(library: Library, name: str, state: str, *, who: str) -> Account:
    """Make an account "active" or "disabled"; it is signed out.  Raises NotFound, BadInput as `set_role`."""
    if state not in ("active", "disabled"):
        raise BadInput("an account is active or disabled")
    changed = library.store.accounts.change(name, who, state=state)
    throttle.forgive(library, [name])
    return changed


def set_password(library: Library, name: str, password: str, *, who: str) -> Account:
    """Give an account another password; it is signed out everywhere.  Raises NotFound, BadInput for an easy one."""
    if library.store.accounts.get(name) is None:
        raise NotFound(f"there is no account {name}")
    changed = library.store.accounts.change(name, who, password=_hash(library, name, password))
    throttle.forgive(library, [name])
    return changed


def change_password(library: Library, actor: Actor, old: str, new: str, *, origin: str, agent: str = "") -> str:
    """Let somebody choose another password, who knows the old one; the token of the one session that is left.

    Raises NotSignedIn, Wait, and BadInput for an easy one.
    """
    account = _verified(library, actor.name, old, origin)
    if old == new:
        raise BadInput("This is the password you have. Choose another.")
    made = _hash(library, actor.name, new)
    changed = library.store.accounts.change(actor.name, actor.name, known=account.password, password=made)
    return _opened(library, changed, "password", origin, agent)


# signing in


def sign_in(library: Library, name: str, password: str, *, origin: str, agent: str = "") -> str:
    """The token of a new session.  Raises NotSignedIn, Wait after too many failures, Busy (of `passwords`)."""
    account = _verified(library, name, password, origin)
    token = _opened(library, account, "password", origin, agent)
    if passwords.is_weaker(account.password):
        library.store.accounts.rehash(account, passwords.hashed(password))
    return token


def sign_in_by_proxy(library: Library, name: str, role: str, *, origin: str, agent: str = "") -> str:
    """The token of a new session of one whom a trusted reverse proxy names.

    An unknown name gets an account of *role*, where that is not "".  Raises BadInput for a name that cannot be,
    NotSignedIn otherwise.
    """
    account = library.store.accounts.get(name) if _is_name(unicodedata.normalize("NFC", name)) else None
    if account is None and role:
        with suppress(Conflict):  # another request of the same person made it at this moment
            add_account(library, name, role, "", who="proxy")
        account = library.store.accounts.get(name)
    if account is None or account.state != "active":
        raise NotSignedIn(f"{name} has no account here that may be used.")
    return _opened(library, account, "proxy", origin, agent)


def actor_of(library: Library, token: str) -> Actor:
    """Who is signed in by *token*; NOBODY where it is unknown, too old, or its account disabled."""
    if not _TOKEN.fullmatch(token):
        return NOBODY
    digest = digest_of(token)
    found = library.store.accounts.session(digest)
    if found is None:
        return NOBODY
    account, session = found
    if account.state != "active" or not _lasts(session):
        return NOBODY
    if _now() - _at(session.used_at) > USED:
        with suppress(LibraryError):  # a store that is busy keeps nobody from reading
            library.store.accounts.use(digest)
    return Actor(account.name, account.role, account.nr, digest, form_token(token), session.way)


def is_named(actor: Actor, name: str) -> bool:
    """Whether *actor* is the account *name*, in whatever case."""
    return actor.is_signed_in and folded(actor.name) == folded(name)


def form_token(token: str) -> str:
    """What the forms of a session carry: only who has the session's token can make it."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


# sessions


def sign_out(library: Library, actor: Actor) -> None:
    """End this session."""
    library.store.accounts.end(actor.nr, [actor.session], actor.name)


def sessions(library: Library, nr: int) -> tuple[Session, ...]:
    """The sessions of an account that have not ended, the last used first."""
    return tuple(filter(_lasts, library.store.accounts.sessions(nr)))


def end_sessions(library: Library, name: str, *, who: str, digest: str = "", but: str = "") -> int:
    """End the session *digest* of an account, or all of them *but* one; how many there were.  Raises NotFound."""
    account = library.store.accounts.get(name)
    if account is None:
        raise NotFound(f"there is no account {name}")
    known = [session.digest for session in library.store.accounts.sessions(account.nr)]
    ending = [one for one in known if one != but and digest in ("", one)]
    return library.store.accounts.end(account.nr, ending, who, "sessions-ended")


def digest_of(token: str) -> str:
    """What the store keeps of the token of a session."""
    return hashlib.sha256(token.encode()).hexdigest()


def _verified(library: Library, name: str, password: str, origin: str) -> Account:
    store, name = library.store.accounts, clean(name).strip()[:100]
    throttle.claim(library, name, origin)
    account = store.get(name)
    try:
        is_right = passwords.matches(password, account.password if account else "")
    except passwords.Busy:
        throttle.unmade(library, name, origin)
        raise
    if account is None or not is_right or account.state != "active":
        why = "unknown name" if account is None else "wrong password" if not is_right else "disabled"
        # an unknown name may be a password, typed into the wrong field
        library.store.audit.note("", "sign-in-failed", account.name if account else "", why=why)
        raise NotSignedIn(REFUSED)
    throttle.succeeded(library, name, origin)
    return account


def _opened(library: Library, account: Account, way: str, origin: str, agent: str) -> str:
    now = _now()
    library.store.accounts.sweep(_text(now - ABSOLUTE), _text(now - IDLE))
    token = secrets.token_urlsafe(32)
    if not library.store.accounts.open_session(account, digest_of(token), way, origin, agent):
        raise NotSignedIn(REFUSED)  # disabled, or given another password, while this one was looked at
    return token


def _lasts(session: Session) -> bool:
    now = _now()
    since_made, since_used = now - _at(session.created_at), now - _at(session.used_at)
    return -AHEAD <= since_made <= ABSOLUTE and -AHEAD <= since_used <= IDLE


def _hash(library: Library, name: str, password: str) -> str:
    if reason := passwords.why_not(password, name, library.settings.name, "litbase"):
        raise BadInput(reason)
    return passwords.hashed(password)


def _is_name(name: str) -> bool:
    """Whether an account may be called so; vowels of Hindi or Thai are marks of the letter before them."""
    rest = (c for c in name if not (c.isalnum() or c in _SIGNS))
    is_plain = name[:1].isalnum() and all(unicodedata.category(c) in ("Mn", "Mc") for c in rest)
    return is_plain and len(name) <= _LONGEST_NAME


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise BadInput(f"there is no role {role!r}; the roles are {', '.join(ROLES)}")


def _now() -> datetime:
    return datetime.now(UTC)


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
