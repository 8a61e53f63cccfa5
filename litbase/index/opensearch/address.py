"""Where an index on OpenSearch is, as an operator writes it, and what is wrong with what was written."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from litbase.errors import LibraryError

PATIENCE: Final = 10.0  # seconds for an answer, whichever node gives it, unless the address says otherwise
_EXAMPLE: Final = "opensearch://host:9200,host:9200/litbase?tls=1"
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_HOST: Final = re.compile(r"(?P<host>[^\s:/@\[\]]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is: its nodes, its name, and how they are spoken to."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    password_file: str = ""
    ca_file: str = ""
    timeout: float = PATIENCE
    shards: int = 1
    replicas: int = 1

    @property
    def shown(self) -> str:
        """The address for people, without secrets."""
        return f"opensearch://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.name}"


def parse(url: str, user: str = "", password_file: str = "", ca_file: str = "") -> Address:
    """The address *url*: opensearch://host:port,host:port/name?tls=1&timeout=10&shards=1&replicas=1.

    Raises LibraryError that says what is wrong with it, without what may be a password.
    """
    scheme, _, rest = url.partition("://")
    place, _, query = rest.partition("?")
    netloc, _, path = place.partition("/")
    if scheme != "opensearch" or not netloc:
        raise LibraryError(f"an index is at an address as {_EXAMPLE}, and this one begins otherwise")
    if "@" in netloc:
        raise LibraryError(
            f"an index is {_EXAMPLE}; user and password have settings of their own: index_user, index_password_file"
        )
    name = path.strip("/") or "litbase"
    if not _NAME.fullmatch(name):
        raise LibraryError(f"an index is named with small letters, digits, - and _, a letter first; not {name!r}")
    if ca_file:
        _check_certificates(ca_file)
    password = password_in(password_file) if password_file else ""
    if bool(user) != bool(password) or ":" in user:
        raise LibraryError("an index with a password needs both index_user, without a colon, and index_password_file")
    return Address(tuple(map(_host, netloc.split(","))), name, user=user, password=password,
                   password_file=password_file, ca_file=ca_file, **_told(query))  # fmt: skip


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    port = int(found["port"] or 9200) if found else 0
    if not found or not 0 < port < 65_536:
        raise LibraryError(f"an index is {_EXAMPLE}; {text!r} is no host with a port")
    return found["host"].strip("[]"), port


def _told(query: str) -> dict[str, Any]:
    told = {}
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        pattern, kind, what = _KNOWN.get(name, (None, None, ""))
        if pattern is None:
            raise LibraryError(f"an index is told {', '.join(_KNOWN)} after its name, not {name!r}")
        if not re.fullmatch(pattern, value):
            raise LibraryError(f"{name} of an index is {what}, not {value!r}")
        told[name] = kind(value)
    return told


_KNOWN: Final[Mapping[str, Any]] = {
    "tls": ("1|true|yes|0|false|no", ("1", "true", "yes").__contains__, "1 or 0"),
    "timeout": (r"(?=.*[1-9])[0-9]{1,3}(\.[0-9]{1,3})?", float, "a number of seconds"),
    "shards": ("[1-9][0-9]{0,2}", int, "a number of parts from 1"),
    "replicas": ("[0-9]{1,2}", int, "a number of copies from 0"),
}


def password_in(file: str) -> str:
    """The password that stands in *file*, without the end of its line.  Raises LibraryError where none can be read."""
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise LibraryError(f"the password of the index cannot be read from {file}: {why}") from None


def _check_certificates(file: str) -> None:
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ValueError) as error:
        why = "they are not in PEM" if isinstance(error, ssl.SSLError) else getattr(error, "strerror", error)
        raise LibraryError(f"the certificates of the index cannot be read from {file}: {why}") from error
