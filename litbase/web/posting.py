"""What may be posted: only what a page of ours sends, as the headers of browsers tell; and where a form leads back.

Sec-Fetch-Site is W3C's Fetch Metadata, Origin and Referer are HTTP's; a page of another site can write none of them.
"""

import re
from typing import Final, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from litbase.errors import BadInput
from litbase.web import frame

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST: Final = 8_000  # characters of an address that a form leads back to
_PORTS: Final = {"http": 80, "https": 443}
_NEVER: Final = re.compile(r"[\x00-\x20\x7f\\]")


class Said(Protocol):
    """The headers of a request."""

    def get(self, key: str, /) -> str | None:
        """The value of a header, None where it is not there."""
        ...


class _Origin(NamedTuple):
    scheme: str
    host: str
    port: int


def register(app: Flask) -> None:
    """Refuse, before any view of *app* runs, whatever another site's page posts."""

    @app.before_request
    def refuse_foreign() -> Response | None:
        public_url = frame.library().settings.public_url
        if request.method in READING or is_sent_by_us(request.headers, request.headers.get("Host", ""), public_url):
            return None
        return frame.error(403, "foreign", detail=frame.links().absolute(""))


def is_sent_by_us(headers: Said, host: str, public_url: str) -> bool:
    """Whether *headers* say that a page of ours posted this, to *host*; False where they say nothing.

    A browser's Sec-Fetch-Site decides; "none", a reader's own doing, and older browsers need an Origin (or, without
    one, a Referer) of the public address or of the host that was asked.
    """
    site = headers.get("Sec-Fetch-Site")
    if site == "same-origin":
        return True
    if site not in (None, "none"):
        return False
    claimed = headers.get("Origin") or ("" if site else headers.get("Referer")) or ""
    return _is_trusted(claimed, host, public_url)


def _is_trusted(claimed: str, host: str, public_url: str) -> bool:
    found, public = _origin(claimed), _origin(public_url)
    if found is None or found == public:
        return found is not None
    downgraded = public is not None and (found.scheme, public.scheme) == ("http", "https") and found.host == public.host
    return found == _origin(f"{found.scheme}://{host}") and not downgraded


def _origin(url: str) -> _Origin | None:
    """The origin of *url*; None where it has none ("null", another scheme, no sense)."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return None
    return _Origin(scheme, host, port or _PORTS[scheme]) if scheme in _PORTS and host else None


def way_back(otherwise: str) -> str:
    """The address in the field `next` of the posted form; *otherwise* without one.  Raises BadInput for another's."""
    asked = request.form.get("next", "")
    if not asked:
        return otherwise
    if not is_our_page(asked):
        raise BadInput("The address to go back to must be a page of this site. Nothing was done.")
    return asked


def is_our_page(address: str) -> bool:
    """Whether *address* is one of this application's pages, with its prefix, and cannot be read as another site's."""
    if len(address) > LONGEST or not address.startswith("/") or _NEVER.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    path = unquote(unquote(parts.path))
    if parts.scheme or parts.netloc or address.startswith("//") or path.startswith("//") or _NEVER.search(path[:2]):
        return False
    prefix = frame.links().prefix
    if not parts.path.startswith(f"{prefix}/"):
        return False
    try:
        current_app.url_map.bind("").match(unquote(parts.path[len(prefix) :]), "GET")
    except HTTPException:
        return False
    return True
