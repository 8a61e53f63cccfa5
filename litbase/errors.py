"""Every error litbase raises on purpose, in one tree.

LitbaseError                      .status  .exit_code
├── BadInput                       400      1    what was given cannot be used
│   ├── UnknownSource                            no reader, or more than one, claims a document
│   ├── UnknownFormat                            a citation format that is not offered
│   ├── InvalidRecord                            a record breaks a rule; .problems says which
│   └── NewerRecord                              stored by a newer litbase than this one
├── NotFound                       404      1    no such record
├── NoAnswer                       502      1    a service elsewhere gave no usable answer
├── Conflict                       409      1    your copy is older than the stored one
├── EngineError                    503      1    the search engine cannot answer
│   ├── EngineUnavailable                        it is being rebuilt, or is gone
│   └── Unsupported                              a query node the engine does not claim
└── LibraryError                   500      3    the library cannot be opened
    ├── NotALibrary                              the folder holds none
    ├── NewerSchema                              written by a newer litbase
    └── NotSaved                   503           nothing can be written at the moment
        ├── DiskFull               507           there is no room left
        └── StoreAway              503           the server that has the store does not answer

Input from outside never raises past its door: documents give leftovers and
refusals, queries give notices.  These are for operators and programmers, and
each message says what was expected, what was found, where, and what to do.
"""


class LitbaseError(Exception):
    """Anything litbase raises on purpose; *status* is for HTTP, *exit_code* for the command line."""

    status = 500
    exit_code = 1


class BadInput(LitbaseError):
    """What was given cannot be used."""

    status = 400


class UnknownSource(BadInput):
    """No reader, or more than one, claims a document; *candidates* are (name, score) pairs, best first."""

    def __init__(self, message: str, candidates: tuple[tuple[str, int], ...] = ()):
        super().__init__(message)
        self.candidates = candidates


class UnknownFormat(BadInput):
    """A citation format that is not offered."""


class InvalidRecord(BadInput):
    """A record breaks a rule; *problems* says which."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()):
        super().__init__(message)
        self.problems = problems


class NewerRecord(BadInput):
    """A stored record carries a version this litbase does not know."""


class NotFound(LitbaseError):
    """There is no such record."""

    status = 404


class NoAnswer(LitbaseError):
    """A service elsewhere could not be reached, or gave no usable answer."""

    status = 502


class Conflict(LitbaseError):
    """The version you changed is no longer the stored one; *current* is the stored version number."""

    status = 409

    def __init__(self, message: str, current: int = 0):
        super().__init__(message)
        self.current = current


class EngineError(LitbaseError):
    """The search engine cannot answer."""

    status = 503


class EngineUnavailable(EngineError):
    """The index is being rebuilt, or is gone."""


class Unsupported(EngineError):
    """A query node the engine does not claim to answer."""


class LibraryError(LitbaseError):
    """The library cannot be opened."""

    exit_code = 3


class NotALibrary(LibraryError):
    """The folder holds no library."""


class NewerSchema(LibraryError):
    """The store was written by a newer litbase than this one."""


class NotSaved(LibraryError):
    """The store is busy, or its disk refuses to write: nothing of the change is kept, and it can be tried again."""

    status = 503


class DiskFull(NotSaved):
    """There is no room left on the disk of the store."""

    status = 507


class StoreAway(NotSaved):
    """The database server that has the store does not answer; it is asked again by itself."""
