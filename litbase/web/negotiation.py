"""Which form of a record an Accept header asks for.

Source: RFC 9110, 12.5.1: the most specific range that fits a type says how much it is wanted.
"""

from typing import Final

from flask import request

from litbase.formats import FORMATS

HTML: Final = "text/html"
TYPES: Final = {HTML: "", "application/xhtml+xml": "", "application/json": ".json"} | {
    f.mime: f.suffix for f in FORMATS
}
"""MIME type -> suffix of the address of that form, the page without one."""
ALSO: Final = {
    "text/x-bibtex": ".bib", "application/bibtex": ".bib", "text/bibtex": ".bib", "application/ris": ".ris",
    "application/x-endnote-ris": ".ris", "application/citeproc+json": ".csl.json", "application/x-jsonlines": ".jsonl",
}  # fmt: skip
"""Other names of the same types that clients ask for."""


def wanted() -> str | None:
    """The suffix of the form that is asked for, "" for the page; None when what is asked for is none of them.

    Of types that are wanted alike, one that is named comes before those that "*/*" lets in, and the page before all.
    """
    accept = request.accept_mimetypes
    if not accept:
        return ""
    named = {given.partition(";")[0].strip().lower() for given, _ in accept}
    offers = [(accept.quality(mime), mime in named, suffix) for mime, suffix in (TYPES | ALSO).items()]
    quality, _, suffix = max(offers, key=lambda offer: offer[:2])
    return suffix if quality else None
