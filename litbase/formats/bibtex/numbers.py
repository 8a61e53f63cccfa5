"""What counts and names in a BibTeX entry: pages, issues, ISBN, ISSN, DOI, eprints, addresses and languages.

Sources: BibTeXing and the biblatex manual; "0362-1340 (print)" and the like in
real bibliographies; archiveprefix and eprinttype as arXiv and biblatex use them.
"""

import re
from typing import Any, Final

from litbase.formats.bibtex.kinds import BABEL
from litbase.formats.bibtex.taken import Taken, holds_address, verbatim
from litbase.formats.latex.text import decode
from litbase.record.dates import PartialDate
from litbase.record.identifiers import normal_eric
from litbase.vocabulary.tables import language_tag

_DASHES = re.compile(r"(?<![ \t])[ \t]*+(?:--+|[–—])[ \t]*")
_ERIC_NOTE = re.compile(r"(?:; )?ERIC Number: (?P<eric>E[JD]\d{5,8})\.?", re.I)
_PMID_NOTE = re.compile(r"PMID:\s?(?P<pmid>\d{1,9})")
_NUMBER = re.compile(r"(?P<number>[^\s,;/()]++)(?P<said>[ ]?\([^()]{0,80}\))?")
_ELECTRONIC: Final = frozenset("electronic online e-book ebook ebk pdf web digital e-issn eissn".split())
_ADDRESSES = re.compile(r"(?<![;,\s])[;,\s]++(?=https?://)")  # "http://a.org/x; http://b.org/y"
_LISTED = re.compile(r" and |, ?")
ARTICLE_NUMBERS: Final = ("eid", "articleno", "article-number", "article_number", "articlenumber", "art_number")
SCHEMES: Final = {"pubmed": "pmid", "jstor": "jstor", "hdl": "hdl"}  # biblatex's eprinttype and what it is here


def numbers(taken: Taken, article: bool) -> dict[str, Any]:
    """Issue, number, pages and length; the number of an *article* is its issue, its eid its number."""
    number = taken.text("number")
    issue = "" if article and number else taken.text("issue")
    if article:
        issue, number = number or issue, taken.text(*ARTICLE_NUMBERS)
    page = _DASHES.sub("-", decode(taken.raw("pages", "page")))
    total = taken.peek("pagetotal") or taken.peek("numpages")
    if total.isdecimal() and len(total) < 7:
        taken.raw("pagetotal", "numpages")
    return {
        "number": number or taken.text(*ARTICLE_NUMBERS), "issue": issue, "page": page,
        "number_of_pages": int(total) if total.isdecimal() and len(total) < 7 else None,
    }  # fmt: skip


def languages(taken: Taken) -> tuple[str, ...]:
    """The languages as they are given; biblatex's langid only where it names another."""
    named = [_language(part) for part in _LISTED.split(taken.text("language")) if part]
    langid = taken.text("langid", "hyphenation").lower()
    tag = BABEL.get(langid, langid)
    if tag and not any((language_tag(name) or name).partition("-")[0] == tag.partition("-")[0] for name in named):
        named.append(tag)
    return tuple(named)


def _language(name: str) -> str:
    """A language's name without biblatex's "lang": "langlatin" is the key of a translation."""
    plain = name.removeprefix("lang")
    return BABEL.get(plain.lower(), plain) if language_tag(plain) or plain.lower() in BABEL else name


def identifiers(taken: Taken) -> dict[str, Any]:
    """DOI, address, ERIC number (which our own export also puts into the note), ISBN, ISSN and others."""
    note, eric = taken.text("note"), ""
    if found := _ERIC_NOTE.search(note):
        eric = found["eric"].upper()
        note = f"{note[: found.start()]}{note[found.end() :]}".strip()
    others: list[tuple[str, str]] = []
    scheme = (taken.peek("eprinttype") or taken.peek("archiveprefix")).lower()
    eprint = verbatim(taken.fields.get("eprint", ""))
    if eprint and scheme and not eprint.startswith("http"):
        taken.raw("eprint"), taken.raw("eprinttype", "archiveprefix")
        if scheme == "eric":
            eric = normal_eric(eprint) or eric
        else:
            others.append((SCHEMES.get(scheme, scheme), eprint))
    others += [(name, value) for name in ("pmid", "pmcid") if (value := taken.verbatim(name))]
    if found := _PMID_NOTE.fullmatch(note):  # all that Taylor & Francis put there
        others.append(("pmid", found["pmid"]))
        note = ""
    issn, online = _numbered(taken, "issn")
    eissn, more = _numbered(taken, "eissn", "e-issn")
    isbn, ebook = _numbered(taken, "isbn")
    eissn = tuple(dict.fromkeys(eissn + more + online))
    return {
        "doi": "".join(taken.verbatim("doi").split()), "url": _address(taken), "eric": eric, "note": note,
        "isbn": tuple(dict.fromkeys(isbn + ebook)),
        "issn": tuple(number for number in issn if number not in eissn), "eissn": eissn,
        "identifiers": tuple(dict.fromkeys(others)),
        "accessed": PartialDate.parse(decode(taken.raw("urldate", "lastchecked", "lastaccessed", "accessed"))),
    }  # fmt: skip


def _address(taken: Taken) -> str:
    """The address of the work; others that stand in the same field stay there."""
    several = _ADDRESSES.split(taken.raw("url", "link").strip())
    url = "%20".join(verbatim(several[0]).split())
    if rest := [address for address in map(verbatim, several[1:]) if address and address != url]:
        taken.fields["url"] = "; ".join(rest)
    published = taken.fields.get("howpublished", "")
    if not url and (holds_address(published) or published.startswith(("http://", "https://"))):
        url = taken.verbatim("howpublished")
    return url


def _numbered(taken: Taken, *names: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ISBNs or ISSNs, and those said to be electronic: "0362-1340 (print), 1558-1160 (electronic)"."""
    plain: list[str] = []
    electronic: list[str] = []
    for part in _NUMBER.finditer(taken.verbatim(*names)):
        said = (part["said"] or "").strip("() ").lower()
        (electronic if said in _ELECTRONIC else plain).append(part["number"])
    return tuple(dict.fromkeys(plain)), tuple(dict.fromkeys(electronic))
