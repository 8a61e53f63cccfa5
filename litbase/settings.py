"""Settings: everything an operator can set, each with its help; litbase.toml, then LITBASE_*, then the command line."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from litbase.errors import BadInput, LibraryError
from litbase.record.keys import DEFAULT_PATTERN, key_pattern

FILE = "litbase.toml"


def _setting(default: Any, help: str) -> Any:
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata={"help": help})
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Settings:
    """One value for every setting of a library; made by `load`, never read from a global."""

    name: str = _setting("litbase", "Name of the library, on every page")
    tagline: str = _setting("", "One line under the name on the home page")
    public_url: str = _setting(
        "http://127.0.0.1:8000",
        "Where readers reach it: all absolute links, host check and cookie rules come from here",
    )
    host: str = _setting("127.0.0.1", "Address the web server listens on")
    port: int = _setting(8000, "Port the web server listens on")
    store: str = _setting("", "Database URL; empty for litbase.db in the library folder")
    timezone: str = _setting("UTC", "Time zone of the dates on pages")
    key_pattern: str = _setting(
        DEFAULT_PATTERN,
        "What citation keys of new records are made by: {family} {families:N} {year} {yy} {word} {title:N} {journal} {id}, with a capital for capitals",
    )
    display: dict[str, str] = _setting(
        {"edweek": "snippet", "webpage": "snippet"},
        "How much of a source's full text pages and exports show: full, snippet (300 characters) or none; by source",
    )


def load(folder: Path, given: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the library in *folder*: its litbase.toml, LITBASE_* of *environ*, then *given* (None is unset).

    Where public_url is not set it follows host and port.  Raises LibraryError naming the file or variable, what was
    expected and what was found.
    """
    environ = os.environ if environ is None else environ
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    path = folder / FILE
    if path.is_file():
        for name, value in _read(path).items():
            if name not in known:
                raise LibraryError(f"{path}: there is no setting {name!r}; the settings are {', '.join(known)}")
            values[name] = value
    for name in known:
        text = environ.get(f"LITBASE_{name.upper()}")
        if text is not None and name != "display":
            values[name] = text
    values |= {name: value for name, value in (given or {}).items() if value is not None}
    settings = replace(Settings(), **{name: _checked(name, value, path) for name, value in values.items()})
    if "public_url" in values:
        return settings
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # readers cannot ask for "any address"
    return replace(settings, public_url=f"http://{host}:{settings.port}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise LibraryError(f"{path}: expected TOML settings, found: {error}") from error


def _checked(name: str, value: Any, path: Path) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, int):
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must be a number, found {value!r}") from error
    if not isinstance(value, type(default)):
        raise LibraryError(
            f"{path} or LITBASE_{name.upper()}: {name} must be {type(default).__name__}, found {value!r}"
        )
    if isinstance(default, dict):
        return {**default, **value}
    if name == "key_pattern":
        try:
            return key_pattern(value).text
        except BadInput as error:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} {error}") from error
    return value.rstrip("/") if name == "public_url" else value


def setting_rows() -> list[tuple[str, str, str]]:
    """(name, default, help) of every setting, for `--help` and the README."""
    defaults = Settings()
    return [(f.name, str(getattr(defaults, f.name)), str(f.metadata["help"])) for f in fields(Settings)]


EXAMPLE = "# Settings of this library; everything has a default.  See the README, section Settings.\n"
