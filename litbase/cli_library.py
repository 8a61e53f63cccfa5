"""What every command needs: the library it works on, the person at the keyboard, the record that was named."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litbase.formats.csl_style.names import chosen
from litbase.formats.options import KEYS, PLAIN, PROTECT, STYLES, Options
from litbase.paths import library_folder
from litbase.settings import Settings, load

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.query.state import SearchState
    from litbase.record.record import Record

Command = Callable[..., Any]


def opens(create: bool = False) -> Callable[[Command], Command]:
    """Give a command the open library as its first argument, and close it afterwards."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        @click.pass_context
        def run(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
            with opened(ctx.obj, create=create) as library:
                return command(library, *args, **kwargs)

        return run

    return decorate


@contextmanager
def opened(given: str | None, create: bool, **settings: Any) -> Iterator[Library]:
    """The library that *given* and the environment name, open."""
    from litbase.library import open_library

    folder = library_folder(given)
    library = open_library(folder, load(folder, settings), create=create)
    try:
        yield library
    finally:
        library.close()


def person() -> str:
    """Who is at the keyboard, for the history."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"


def signed(command: Command) -> Command:
    """Give a command that decides something the options --why and --who."""

    @click.option("--why", default="", help="Why, for the history.")
    @click.option("--who", default=None, help="Who, for the history; else your user name.")
    @wraps(command)
    def run(*args: Any, who: str | None, **kwargs: Any) -> Any:
        return command(*args, who=who or person(), **kwargs)

    return run


def found(library: Library, id: str) -> Record:
    """The record *id*, an old id, ERIC number, DOI or citation key of it; NotFound says what to do."""
    from litbase.errors import NotFound
    from litbase.library.finding import identified, lookup
    from litbase.query.parse import parse
    from litbase.store.values import Found, MovedTo, Withdrawn

    ids = [id]
    if named := parse(id).identifier:
        ids += identified(library, *named)
    for candidate in (*ids, *identified(library, "key", id)):
        match lookup(library, candidate):
            case Found(stored):
                return stored.record
            case MovedTo(new):
                return found(library, new)
            case Withdrawn(_, title, reason):
                raise NotFound(f"{id} was withdrawn ({title}): {reason or 'no reason given'}")
    raise NotFound(f"there is no record {id}; look for it with: litbase search WORDS")


def asked(query: tuple[str, ...]) -> SearchState | None:
    """The search that the words of a command are; None where there are none, for the whole library."""
    from litbase.query.state import SearchState

    return SearchState.from_args([("q", " ".join(query))])[0] if query else None


@contextmanager
def rehearsed(folder: Path, settings: Settings) -> Iterator[Library]:
    """The library to rehearse in: the one that is there, else an empty one in a folder that is thrown away."""
    from tempfile import TemporaryDirectory

    from litbase.library import exists, open_library

    with TemporaryDirectory(prefix="litbase-") as empty:
        there = exists(folder, settings)
        library = open_library(folder if there else Path(empty), settings, create=not there)
        try:
            yield library
        finally:
            library.close()


def chooses(command: Command) -> Command:
    """Give a command the options of an export, as its argument *options*."""

    @click.option("--key", type=click.Choice(KEYS), default=PLAIN.key, help="Name entries by citation key or by id.")
    @click.option("--no-abstract", is_flag=True, help="Leave the abstracts out.")
    @click.option("--ascii", is_flag=True, help="BibTeX: letters beyond ASCII as commands.")
    @click.option(
        "--protect", type=click.Choice(PROTECT), default=PLAIN.protect, help="BibTeX: which capitals to keep."
    )
    @click.option(
        "--style",
        metavar="NAME|PATH.csl",
        default=PLAIN.style,
        show_default=True,
        help=f"Text: the style of the citations: {', '.join(STYLES)}, one in styles/ of the library, or any CSL file.",
    )
    @wraps(command)
    def run(*args: Any, key: str, no_abstract: bool, ascii: bool, protect: str, style: str, **kwargs: Any) -> Any:
        library = library_folder(click.get_current_context().obj)
        return command(*args, options=Options(ascii, not no_abstract, protect, key, *chosen(style, library)), **kwargs)

    return run
