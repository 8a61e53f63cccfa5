"""What an error of the database's driver means: whether trying again helps, and one sentence that says what to do.

The states are those of SQL and of PostgreSQL's documentation, appendix A.  While a connection is made the driver
gives no state, so what the server or libpq says is looked at; what is not recognised is told as it is.
"""

import re
import sqlite3
from typing import Final, NamedTuple

import sqlalchemy as sa

from litbase.errors import DiskFull, LibraryError, NotSaved, StoreAway

OF_DRIVER: Final = (sa.exc.DatabaseError, sa.exc.TimeoutError, sqlite3.DatabaseError)  # the last comes bare, on connect
_OURS: Final = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError)  # mistakes of this program
_BUSY: Final = frozenset({"40001", "40P01", "55P03"})  # serialization, deadlock, lock not available
_FULL: Final = ("disk is full", "53100")  # what SQLite says, and PostgreSQL's sqlstate
_REFUSED: Final = ("disk I/O error", "readonly database", "58030")
_AWAY: Final = re.compile(r"08\w{3}|57P0[123]|53[234]00")  # connection, server stops or starts, memory or connections

BUSY: Final = "the store is being written by another process; try again later"
UNSURE: Final = (
    "the connection to the database server broke in the moment of saving; look whether it was saved before you do it"
    " again"
)


class _Case(NamedTuple):
    """What is said when *says* is found in a driver's error; *away* when it may be otherwise in a moment."""

    says: re.Pattern[str]
    told: str
    away: bool = False


def _case(says: str, told: str, away: bool = False) -> _Case:
    return _Case(re.compile(says, re.IGNORECASE), told, away)


_SETTING: Final = "in `store` of litbase.toml or LITBASE_STORE"
_CASES: Final = (
    _case(
        r"password authentication failed|no password supplied|role \".{1,200}\" does not exist|authentication failed",
        f"the database server does not accept the user or the password; correct them {_SETTING}, or in PGPASSWORD or"
        " the file that PGPASSFILE names",
    ),
    _case(
        r"database \".{1,200}\" does not exist",
        "the database server has no database of that name; make it with: createdb --owner=USER --encoding=UTF8"
        f" --template=template0 NAME, or correct the name {_SETTING}",
    ),
    _case(
        r"pg_hba\.conf|not permitted to log in|permission denied for database",
        "the database server does not let this user in from this machine; allow it in its pg_hba.conf, or with: grant"
        " connect on database",
    ),
    _case(
        r"too many (?:clients|connections)|remaining connection slots|no more connections",
        "the database server has no connection left; raise max_connections there, or run fewer processes",
        away=True,
    ),
    _case(
        r"is starting up|is shutting down|in recovery mode|not yet accepting|not accepting connections",
        "the database server is just starting or stopping",
        away=True,
    ),
    _case(
        r"resolve host|translate host name|name or service not known",
        f"there is no database server of that name; correct it {_SETTING}",
        away=True,
    ),
    _case(r"certificate|\bSSL\b", "no encrypted connection to the database server could be made"),
    _case(r"invalid (?:connection option|value|integer|port|dsn)|missing \"=\"",
          f"the address of the database is not understood; correct it {_SETTING}"),
    _case(
        r"connection failed|could not connect|connection (?:timeout|timed out|refused)|no such file|could not receive",
        "the database server cannot be reached; see whether it runs and whether its address is right",
        away=True,
    ),
)  # fmt: skip
_STATES: Final = {
    "42501": "the database user may not do that; let it own the schema, with: alter schema public owner to USER",
    "3F000": "the database has no schema to make tables in; make one with: create schema public authorization USER",
    "22021": "the text has a character that this database cannot hold",
    "57014": "the database server broke it off because it took too long; raise statement_timeout there",
}
_READ_ONLY: Final = (
    "this database can only be read (a standby, or set read-only); to write, name the server that takes writes in"
    " `store` of litbase.toml or LITBASE_STORE"
)


def is_busy(error: Exception) -> bool:
    """Whether trying again may help: another process holds the lock."""
    return "is locked" in str(_cause(error)) or _state(error) in _BUSY or isinstance(error, sa.exc.TimeoutError)


def is_away(error: Exception) -> bool:
    """Whether the server does not answer, which may be over in a moment."""
    if isinstance(error, sa.exc.DBAPIError) and (error.connection_invalidated or _AWAY.fullmatch(_state(error))):
        return True
    case = _case_of(error)
    return case is not None and case.away


def is_ours(error: Exception) -> bool:
    """Whether *error* is a mistake of this program, and no trouble with the database."""
    return isinstance(error, _OURS) and _state(error) not in _STATES and _case_of(error) is None


def told(error: Exception, write: bool) -> LibraryError:
    """What *error* of the driver means to whoever wanted to read, or to *write*."""
    if is_busy(error):
        return NotSaved(BUSY)
    first, state = _first_line(error), _state(error)
    if any(sign in first or sign == state for sign in _FULL):
        return DiskFull(f"the disk of the store is full ({first}); make room, then do it again")
    if state == "25006":
        return NotSaved(f"{_READ_ONLY} ({first})")
    if write and any(sign in first or sign == state for sign in _REFUSED):
        return NotSaved(f"the disk of the store refuses to write ({first})")
    if said := _STATES.get(state):
        return LibraryError(f"the store cannot be used: {said} ({first})")
    case = _case_of(error)
    if is_away(error):
        return StoreAway(
            f"{case.told if case and case.away else 'the connection to the database server broke'} ({first});"
            " `litbase serve` goes on by itself when it answers again"
        )
    return LibraryError(f"the store cannot be used: {f'{case.told} ({first})' if case else first}")


def _case_of(error: Exception) -> _Case | None:
    """The case of an error that came while connecting; None for any other."""
    connecting = isinstance(error, sa.exc.OperationalError | sa.exc.ProgrammingError) and not _state(error)
    if not connecting or isinstance(_cause(error), sqlite3.Error):
        return None
    text = str(_cause(error))
    return next((case for case in _CASES if case.says.search(text)), None)


def _cause(error: Exception) -> object:
    return getattr(error, "orig", error)


def _state(error: Exception) -> str:
    return str(getattr(_cause(error), "sqlstate", "") or "")


def _first_line(error: Exception) -> str:
    first = str(_cause(error)).strip().split("\n")[0]
    return re.sub(r"^connection (?:is bad|failed): ", "", first)
