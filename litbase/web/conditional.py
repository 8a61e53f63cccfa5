"""Answers that need not be sent again: what a client has already is told by its ETag, or by when it last changed.

An answer made from a search or from many records is known before it is made, by the `standing` of the library; a page,
which also shows what only this reader has put aside, by its content.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2s

from flask import Response, request

from litbase import __version__
from litbase.library.newest import standing
from litbase.web import frame


def unless_known(make: Callable[[], Response], *more: str) -> Response:
    """The answer that *make* gives, or 304; it depends on address, library, settings and *more* alone."""
    library = frame.library()
    known = (__version__, standing(library), repr(library.settings), request.full_path, *more)
    tag = blake2s("\n".join(known).encode("utf-8", "replace"), digest_size=12).hexdigest()
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.headers["Cache-Control"] = "no-cache"
    else:
        response = make()
    if response.status_code in (200, 304) and not response.cache_control.no_store:
        response.set_etag(tag, weak=True)
    return response


def unless_same(response: Response, changed: str = "") -> Response:
    """*response*, or 304 where its content is what the client has; *changed* is when it last changed, UTC."""
    response.set_etag(blake2s(response.get_data(), digest_size=12).hexdigest(), weak=True)
    if changed:
        response.last_modified = datetime.fromisoformat(changed)
    conditional = response.make_conditional(request)
    return conditional if isinstance(conditional, Response) else response
