"""Accounts, who is signed in, and tries to sign in.  Tokens are never here, only their digests."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput, Conflict, NotFound
from litbase.record.text import clean
from litbase.store.audit import Deed, append
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.schema_people import accounts, attempts, sessions

MOST: Final = 50  # sessions of an account; with one more, the one that was not used for longest ends


class Account(msgspec.Struct, frozen=True):
    """A person who may sign in: *role* is "reader", "editor" or "admin", *state* "active" or "disabled".

    *password* is a hash, "" for one whom only a reverse proxy signs in; *seen_at* is "" for never.
    """

    nr: int
    name: str
    role: str
    state: str
    password: str
    created_at: str
    seen_at: str


class Session(msgspec.Struct, frozen=True):
    """A sign-in that has not ended: *way* is "password" or "proxy", *origin* the network address."""

    digest: str
    account_nr: int
    way: str
    origin: str
    agent: str
    created_at: str
    used_at: str


class Tries(msgspec.Struct, frozen=True):
    """How many tries to sign in failed, or are being made, under a key, and when the last began ("" for none)."""

    key: str
    failures: int = 0
    last_at: str = ""


Judge = Callable[[Tries], tuple[int, int]]
"""Of the tries under a key: how many still count, and for how many seconds more nobody may try."""

_ACCOUNT = tuple(accounts.c[name] for name in Account.__struct_fields__)
_SESSION = tuple(sessions.c[name] for name in Session.__struct_fields__)


class Accounts:
    """The accounts of one store; each method is one transaction, with its row in the audit log."""

    def __init__(self, database: Database):
        self._database = database

    def add(self, name: str, role: str, password: str, who: str) -> Account:
        """Make an account.  Raises Conflict when there is one of this name, in whatever case."""

        def made(connection: Connection) -> Account:
            if _named(connection, name) is not None:
                raise Conflict(f"there is an account {name} already")
            row = {"name": clean(name), "name_folded": folded(name), "role": role, "state": "active"}
            connection.execute(accounts.insert().values(**row, password=password, created_at=now(), seen_at=""))
            append(connection, [Deed(who, "account-added", name, detail={"role": role})])
            return _known(connection, name)

        return self._database.write(made)

    def get(self, name: str) -> Account | None:
        """The account of this name, in any case; None when there is none."""
        return self._database.read(lambda c: _named(c, name))

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        query = sa.select(*_ACCOUNT).order_by(accounts.c.name_folded)
        return self._database.read(lambda c: tuple(Account(*row) for row in c.execute(query)))

    def change(self, name: str, who: str, known: str | None = None, **values: str) -> Account:
        """Give an account another *role*, *state* or *password*; its sessions end.

        Raises NotFound, BadInput where no active admin would be left, and Conflict where the hash of the password is
        no longer the one that is *known*.
        """

        def changed(connection: Connection) -> Account:
            account = _known(connection, name)
            if known is not None and account.password != known:
                raise Conflict("the password was changed by somebody else at this moment")
            connection.execute(accounts.update().where(accounts.c.nr == account.nr).values(values))
            if _is_admin(account) and not _has_admin(connection):
                raise BadInput(f"{account.name} is the last admin; make another one first")
            connection.execute(sessions.delete().where(sessions.c.account_nr == account.nr))
            append(connection, [Deed(who, f"account-{'-'.join(sorted(values))}", account.name, detail=told(account))])
            return _known(connection, name)

        def told(before: Account) -> dict[str, str]:
            shown = {field: value for field, value in values.items() if field != "password"}
            return shown | {f"{field}_before": getattr(before, field) for field in shown}

        return self._database.write(changed)

    def rehash(self, account: Account, password: str) -> None:
        """Keep a stronger hash of the password that was just given, unless it was changed since; no session ends."""
        same = (accounts.c.nr == account.nr) & (accounts.c.password == account.password)
        self._database.write(lambda c: c.execute(accounts.update().where(same).values(password=password)))

    # sessions

    def open_session(self, account: Account, digest: str, way: str, origin: str, agent: str) -> bool:
        """Note that somebody has signed in; False, and nothing noted, where the account is no longer as it was."""

        def opened(connection: Connection) -> bool:
            today = _named(connection, account.name)
            if today is None or (today.state, today.password) != ("active", account.password):
                return False
            at = now()
            row = {"digest": digest, "account_nr": account.nr, "way": way, "origin": clean(origin), "created_at": at}
            connection.execute(sessions.insert().values(**row, agent=clean(agent)[:300], used_at=at))
            connection.execute(accounts.update().where(accounts.c.nr == account.nr).values(seen_at=at))
            latest = _latest(account.nr).offset(MOST)
            beyond = list(connection.scalars(latest.with_only_columns(sessions.c.digest).limit(1000)))
            connection.execute(sessions.delete().where(sessions.c.digest.in_(beyond)))
            append(connection, [Deed(account.name, "signed-in", account.name, detail={"way": way})])
            return True

        return self._database.write(opened)

    def session(self, digest: str) -> tuple[Account, Session] | None:
        """Who is signed in by this token, as the store has it; None for nobody.  Whether it is too old, you judge."""
        query = sa.select(*_ACCOUNT, *_SESSION).join(sessions, sessions.c.account_nr == accounts.c.nr)
        row = self._database.read(lambda c: c.execute(query.where(sessions.c.digest == digest)).first())
        return (Account(*row[: len(_ACCOUNT)]), Session(*row[len(_ACCOUNT) :])) if row else None

    def use(self, digest: str) -> None:
        """Note that a session was used now."""
        used = sessions.update().where(sessions.c.digest == digest)
        self._database.write(lambda c: c.execute(used.values(used_at=now())))

    def sessions(self, nr: int) -> tuple[Session, ...]:
        """The sessions of an account, the last used first."""
        return self._database.read(lambda c: tuple(Session(*row) for row in c.execute(_latest(nr))))

    def end(self, nr: int, digests: Iterable[str], who: str, action: str = "signed-out") -> int:
        """End these sessions of an account; how many there were."""
        wanted = tuple(digests)

        def ended(connection: Connection) -> int:
            there = (sessions.c.account_nr == nr) & sessions.c.digest.in_(wanted)
            gone = connection.execute(sessions.delete().where(there)).rowcount
            name = connection.scalar(sa.select(accounts.c.name).where(accounts.c.nr == nr)) or ""
            if gone:
                append(connection, [Deed(who, action, name, detail={"sessions": gone})])
            return gone

        return self._database.write(ended)

    def end_all(self, deed: Deed) -> int:
        """End every session there is, and log *deed* with how many there were."""

        def ended(connection: Connection) -> int:
            gone = connection.execute(sessions.delete()).rowcount
            append(connection, [deed._replace(detail={**deed.detail, "sessions": gone})])
            return gone

        return self._database.write(ended)

    def sweep(self, created_before: str, used_before: str) -> None:
        """Forget the sessions that are too old, and the tries of that long ago."""

        def swept(connection: Connection) -> None:
            old = (sessions.c.created_at < created_before) | (sessions.c.used_at < used_before)
            connection.execute(sessions.delete().where(old))
            connection.execute(attempts.delete().where(attempts.c.last_at < created_before))

        self._database.write(swept)

    # tries to sign in

    def tries(self, keys: Iterable[str]) -> tuple[Tries, ...]:
        """The tries under each of *keys*."""
        return self._database.read(lambda c: _tries(c, tuple(keys)))

    def claim(self, keys: Iterable[str], judge: Judge) -> int:
        """Count a try under each of *keys* before it is made, so that many at once are no more than many in a row.

        For how many seconds nobody may try; then nothing is counted.
        """
        wanted = tuple(keys)

        def claimed(connection: Connection) -> int:
            judged = {one.key: judge(one) for one in _tries(connection, wanted)}
            if wait := max(seconds for _, seconds in judged.values()):
                return wait
            at = now()
            rows = [{"key": key, "failures": counted + 1, "last_at": at} for key, (counted, _) in judged.items()]
            connection.execute(attempts.delete().where(attempts.c.key.in_(wanted)))
            connection.execute(attempts.insert(), rows)
            return 0

        return self._database.write(claimed)

    def forgive(self, forgotten: Iterable[str], returned: Iterable[str] = ()) -> None:
        """Forget the tries under the keys that are *forgotten*, and one under each of those *returned*."""
        gone, fewer = attempts.c.key.in_(tuple(forgotten)), attempts.c.key.in_(tuple(returned))

        def forgiven(connection: Connection) -> None:
            connection.execute(attempts.delete().where(gone))
            less: dict[str, Any] = {"failures": attempts.c.failures - 1}
            connection.execute(attempts.update().where(fewer & (attempts.c.failures > 0)).values(less))

        self._database.write(forgiven)


def folded(name: str) -> str:
    """The name of an account as it is compared: names that look alike in other widths and cases are one."""
    return clean(unicodedata.normalize("NFKC", clean(name)).casefold()).strip()


def _latest(nr: int) -> sa.Select[Any]:
    order = (sessions.c.used_at.desc(), sessions.c.digest)
    return sa.select(*_SESSION).where(sessions.c.account_nr == nr).order_by(*order)


def _tries(connection: Connection, keys: tuple[str, ...]) -> tuple[Tries, ...]:
    query = sa.select(attempts).where(attempts.c.key.in_(keys))
    known = {row.key: Tries(row.key, row.failures, row.last_at) for row in connection.execute(query)}
    return tuple(known.get(key, Tries(key)) for key in keys)


def _is_admin(account: Account) -> bool:
    return (account.role, account.state) == ("admin", "active")


def _has_admin(connection: Connection) -> bool:
    active = (accounts.c.role == "admin") & (accounts.c.state == "active")
    return connection.scalar(sa.select(sa.func.count()).where(active)) != 0


def _named(connection: Connection, name: str) -> Account | None:
    row = connection.execute(sa.select(*_ACCOUNT).where(accounts.c.name_folded == folded(name))).first()
    return Account(*row) if row else None


def _known(connection: Connection, name: str) -> Account:
    account = _named(connection, name)
    if account is None:
        raise NotFound(f"there is no account {name}")
    return account
