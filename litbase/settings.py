"""Settings: everything an operator can set, each with its help; litbase.toml, then LITBASE_*, then the command line."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final

from litbase.errors import BadInput, LibraryError
from litbase.record.identifiers import web_address
from litbase.record.keys import DEFAULT_PATTERN, key_pattern

FILE = "litbase.toml"
SWITCH: Final = dict.fromkeys(("true", "1", "yes", "on"), True) | dict.fromkeys(("false", "0", "no", "off", ""), False)
CHOICES: Final = {"access_log": ("off", "path", "query")}
TEXTS: Final = ((".md", ".txt"), 200_000)
FILES: Final = {  # settings that name a file: how it may end, and how many bytes it may have
    "logo": ((".svg", ".png", ".webp", ".jpg", ".jpeg"), 512 * 1024),
    "about": TEXTS,
    "imprint": TEXTS,
    "privacy": TEXTS,
}
_HOST_AND_PORT = re.compile(r"[\w.-]{1,253}:[0-9]{1,5}", re.A)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}", re.A)


def _setting(default: Any, help: str) -> Any:
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata={"help": help})
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Settings:
    """One value for every setting of a library; made by `load`, never read from a global."""

    name: str = _setting("litbase", "Name of the library, on every page")
    tagline: str = _setting("", "One line under the name on the home page")
    logo: str = _setting(
        "", "Picture beside the name: an svg, png, webp or jpeg file in the library folder, up to 512 kB"
    )
    contact: str = _setting("", "Whom readers write to: an e-mail address, or the address of a page")
    about: str = _setting(
        "", "Page about the library: a text or Markdown file in the library folder, as pages/about.md"
    )
    imprint: str = _setting("", "Imprint (legal notice), as about")
    privacy: str = _setting("", "Privacy policy, as about; empty for one that says what litbase itself keeps")
    public_url: str = _setting(
        "http://127.0.0.1:8000",
        "Where readers reach it: all absolute links, host check and cookie rules come from here",
    )
    host: str = _setting("127.0.0.1", "Address the web server listens on")
    port: int = _setting(8000, "Port the web server listens on")
    store: str = _setting("", "Database URL; empty for litbase.db in the library folder")
    index: str = _setting(
        "", "Where the search index is, as opensearch://host:9200,host:9200/litbase?tls=1; empty for the library folder"
    )
    index_user: str = _setting("", "User at the search server; empty for none")
    index_password_file: str = _setting("", "File that holds the password of index_user")
    index_ca_file: str = _setting(
        "", "File of the certificates by which a search server is trusted; empty for the usual ones"
    )
    trusted_proxies: int = _setting(
        0, "How many reverse proxies stand in front, whose X-Forwarded-For and X-Forwarded-Proto are believed"
    )
    insecure_login: bool = _setting(
        False,
        "Whether people may sign in though public_url is http and not this machine: whoever listens then reads it",
    )
    sso_header: str = _setting(
        "", "Header in which a reverse proxy names who is signed in there, as X-Remote-User; empty for none"
    )
    sso_from: str = _setting(
        "127.0.0.1", "Addresses or networks of the proxies whose sso_header is believed, separated by blanks"
    )
    sso_role: str = _setting(
        "",
        "Role of accounts made when the proxy names somebody new: reader or editor; empty for accounts that exist only",
    )
    rate_limit: int = _setting(1200, "Pages a minute for one network address, half of them at once; 0 for any number")
    access_log: str = _setting(
        "off", "A line for each answer on standard error: off, path, or query (then it holds what readers look for)"
    )
    timezone: str = _setting("UTC", "Time zone of the dates on pages")
    debug: bool = _setting(False, "Whether /components shows every part of the pages in each state, for designers")
    key_pattern: str = _setting(
        DEFAULT_PATTERN,
        "What citation keys of new records are made by: {family} {families:N} {year} {yy} {word} {title:N} {journal} {id}, with a capital for capitals",
    )
    backups: bool = _setting(
        True, "Whether a served library backs itself up into its folder backups when the last backup is a day old"
    )
    openurl: str = _setting(
        "", "Address of your library's link resolver (OpenURL 1.0): every record then has a link Find it at my library"
    )
    proxy: str = _setting(
        "",
        "What is put before links to DOIs and full texts, as https://proxy.example.org/login?url=; with {url} in it the link stands there, percent-encoded",
    )
    lookups: bool = _setting(
        True, "Whether DOIs, ISBNs, ERIC numbers and web addresses are looked up, and repositories harvested"
    )
    fetch_inside: str = _setting(
        "",
        "Hosts of your own network that may be fetched from all the same, with their ports: repository.example:8080, separated by blanks",
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
    for name in FILES:
        if given_file := getattr(settings, name):
            _check_file(name, folder, given_file, path)
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
    if isinstance(default, bool):
        if str(value).lower() not in SWITCH:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must be true or false, found {value!r}")
        return SWITCH[str(value).lower()]
    if isinstance(default, int):
        try:
            number = int(value)
        except (TypeError, ValueError) as error:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must be a number, found {value!r}") from error
        if number < 0:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must not be negative, found {value!r}")
        return number
    if not isinstance(value, type(default)):
        raise LibraryError(
            f"{path} or LITBASE_{name.upper()}: {name} must be {type(default).__name__}, found {value!r}"
        )
    if isinstance(default, dict):
        return {**default, **value}
    if name in CHOICES and value not in CHOICES[name]:
        choices = " or ".join((", ".join(CHOICES[name][:-1]), CHOICES[name][-1]))
        raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must be {choices}, found {value!r}")
    if name == "contact" and value and not (is_email(value) or web_address(value)):
        raise LibraryError(
            f"{path} or LITBASE_CONTACT: contact must be an e-mail address or a web address, found {value!r}"
        )
    if name == "key_pattern":
        try:
            return key_pattern(value).text
        except BadInput as error:
            raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} {error}") from error
    if name in _CHECKS and value and not _CHECKS[name][0](value):
        raise LibraryError(f"{path} or LITBASE_{name.upper()}: {name} must be {_CHECKS[name][1]}, found {value!r}")
    if name == "fetch_inside" and not all(map(_HOST_AND_PORT.fullmatch, value.split())):
        raise LibraryError(
            f"{path} or LITBASE_{name.upper()}: {name} must name hosts with their ports, as repository.example:8080, "
            f"found {value!r}"
        )
    if name in ("openurl", "proxy") and value and not web_address(value):
        raise LibraryError(
            f"{path} or LITBASE_{name.upper()}: {name} must be an http or https address, found {value!r}"
        )
    return value.rstrip("/") if name == "public_url" else value


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that *text* names, separated by blanks.  Raises ValueError.

    >>> networks("127.0.0.1 10.0.0.0/8")
    (IPv4Network('127.0.0.1/32'), IPv4Network('10.0.0.0/8'))
    """
    return tuple(ip_network(one) for one in text.split())


def _are_networks(text: str) -> bool:
    try:
        return bool(networks(text))
    except ValueError:
        return False


_CHECKS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "sso_header": (re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}").fullmatch, "the name of a header, as X-Remote-User"),
    "sso_from": (_are_networks, "addresses or networks, as 127.0.0.1 10.0.0.0/8"),
    "sso_role": (("reader", "editor").__contains__, "reader, editor or empty"),
}


def is_email(text: str) -> bool:
    """Whether *text* is an e-mail address as people write them.

    >>> is_email("desk@library.example"), is_email("https://library.example")
    (True, False)
    """
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))


def file_of(folder: Path, given: str) -> Path | None:
    """The file that a setting names, in the library *folder*; None when it is not inside it, links followed."""
    try:
        found = (folder / given).resolve()
        return found if found.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError, RuntimeError):  # a null byte, a link that leads to itself
        return None


def _check_file(name: str, folder: Path, given: str, path: Path) -> None:
    suffixes, largest = FILES[name]
    where = f"{path} or LITBASE_{name.upper()}: {name}"
    found = file_of(folder, given)
    if found is None:
        raise LibraryError(f"{where} must be a file in the library folder {folder}, found {given!r}")
    if found.suffix.lower() not in suffixes:
        raise LibraryError(f"{where} must end in {', '.join(suffixes)}, found {given!r}")
    if not found.is_file():
        raise LibraryError(f"{where} names a file that is not there: {found}")
    if (size := found.stat().st_size) > largest:
        raise LibraryError(f"{where} must have at most {largest:,} bytes, {found} has {size:,}")


def setting_rows() -> list[tuple[str, str, str]]:
    """(name, default, help) of every setting, for `--help` and the README."""
    defaults = Settings()
    return [(f.name, str(getattr(defaults, f.name)), str(f.metadata["help"])) for f in fields(Settings)]


EXAMPLE = "# Settings of this library; everything has a default.  See the README, section Settings.\n"
