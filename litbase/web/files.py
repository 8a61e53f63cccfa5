"""The shipped files, from memory: packed once, tagged, kept by browsers for ever at the address of their content."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from flask import Blueprint, Response, abort, request

from litbase.web import compress
from litbase.web.bundle import changed, content, names

bp = Blueprint("static", __name__)
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript", ".css": "text/css"}


class File(NamedTuple):
    """A shipped file; *small* is it packed, b"" where that is no gain."""

    data: bytes
    small: bytes
    mime: str
    tag: str


@bp.get("/static/<path:name>")
def file(name: str) -> Response:
    """The file *name*; only what is shipped is ever opened."""
    if name not in names():
        abort(404)
    found = _read(name, changed(name))
    small = bool(found.small) and compress.takes_gzip()
    response = Response(found.small if small else found.data, content_type=found.mime)
    if small:
        response.headers["Content-Encoding"] = "gzip"
    if found.small:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == found.tag[:10] else AN_HOUR
    response.set_etag(f"{found.tag}-gz" if small else found.tag)
    return response.make_conditional(request)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _read(name: str, _changed: int) -> File:
    data = content(name)
    mime = TYPES.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0] or "text/plain"
    small = gzip.compress(data, 9, mtime=0) if compress.packs(mime) else b""
    typed = f"{mime}; charset=utf-8" if mime.startswith("text/") else mime
    return File(data, small if len(small) < len(data) else b"", typed, hashlib.sha256(data).hexdigest())
