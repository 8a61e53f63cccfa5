"""The normal form of a record: identifiers, pages, languages, titles and lists as the library keeps them.

Readers hand over what the source states; `tidy` makes one form of it and says
what it worked out.  Tidying twice changes nothing more.  Sources: the forms
ERIC, VuFind and BibTeX files really hold.
"""

import re
from typing import Any, Final
from urllib.parse import unquote

from litbase.record.identifiers import (
    eric_link,
    find_doi,
    is_home_page,
    normal_doi,
    normal_eric,
    normal_isbn,
    normal_issn,
    web_address,
)
from litbase.record.names import Name
from litbase.record.notices import Notice, notice
from litbase.record.pages import normal_pages
from litbase.record.record import FIELD_NAMES, Record, default_of, replace
from litbase.vocabulary.tables import AUDIENCES, LEVELS, journal_of, language_tag

PEOPLE: Final = ("author", "editor", "translator", "chair", "discussant")
_STRUCTURED: Final = (*PEOPLE, "identifiers", "references", "marks", "extra")
LISTS: Final = tuple(name for name in FIELD_NAMES if default_of(name) == () and name not in _STRUCTURED)
LINES: Final = ("title", "container_title", "collection_title", "volume", "issue", "page", "number", "publisher",
                "publisher_place", "edition", "event_title", "event_place", "session", "doi", "eric", "url",
                "full_text_url", "genre", "section", "network")  # fmt: skip
ABBREVIATIONS: Final = frozenset(
    "jr sr inc co corp ltd etc al vs dept st ave ed eds dr mr mrs ms rev gen assn univ bros esq vol vols govt".split()
)
Changes = tuple[dict[str, Any], list[Notice]]
SPELLINGS: Final = {
    "education_level": {level.casefold(): level for level in LEVELS},
    "audience": {audience.casefold(): audience for audience in AUDIENCES},
}


def tidy(record: Record) -> tuple[Record, tuple[Notice, ...]]:
    """*record* in normal form, and what was worked out or set aside on the way; tidying it again changes nothing.

    An identifier with a wrong check digit moves to `identifiers` under "isbn-raw", "issn-raw" or "doi-raw", where no
    export takes it.  Fields that were worked out are named in `inferred`.
    """
    notices: list[Notice] = []
    for step in (_lines, _lists, _spellings, _title, _doi, _isbns, _issns, _languages, _journal, _link):
        changes, told = step(record)
        notices += told
        changed = {field: value for field, value in changes.items() if value != getattr(record, field)}
        if changed:
            record = replace(record, **changed)
    return record, tuple(notices)


def _lines(record: Record) -> Changes:
    changes: dict[str, Any] = {"page": normal_pages(" ".join(record.page.split()))}
    marked = {mark.field for mark in record.marks}
    for field in LINES:
        if field not in changes and field not in marked:
            changes[field] = " ".join(getattr(record, field).split())
    return changes, []


def _lists(record: Record) -> Changes:
    changes: dict[str, Any] = {}
    for field in LISTS:
        stripped = (value.strip() for value in getattr(record, field))
        changes[field] = tuple(dict.fromkeys(value for value in stripped if value))
    for field in PEOPLE:
        changes[field] = tuple(name for name in getattr(record, field) if name != Name())
    changes["identifiers"] = tuple(dict.fromkeys(pair for pair in record.identifiers if pair[1].strip()))
    return changes, []


def _spellings(record: Record) -> Changes:
    """Levels and audiences as ERIC spells them, so that "GRADE 3" and "Grade 3" are one value of a facet."""
    changes = {
        field: tuple(dict.fromkeys(known.get(value.casefold(), value) for value in getattr(record, field)))
        for field, known in SPELLINGS.items()
    }
    return changes, []


def _title(record: Record) -> Changes:
    title = without_full_stop(record.title)
    marks = tuple(mark for mark in record.marks if mark.field != "title" or mark.stop <= len(title))
    return {"title": title, "marks": marks}, []


def without_full_stop(title: str) -> str:
    """*title* without a full stop at its end, unless it ends an abbreviation or is an ellipsis; ? and ! stay.

    >>> [without_full_stop(t) for t in ("On Learning (TOPS).", "Schools in the U.S.", "And Then...", "Why Not?.")]
    ['On Learning (TOPS)', 'Schools in the U.S.', 'And Then...', 'Why Not?']
    """
    while title.endswith(".") and not title.endswith("..."):
        *before, last = title.split() or [""]
        bare = last.rstrip(".").lower()
        initial = len(bare) == 1 and bool(before) and re.fullmatch(r"[^\W\d_]\.", before[-1])  # "Washington, D. C."
        if title.endswith("..") or not ("." in bare or bare.lstrip("(\"'") in ABBREVIATIONS or initial):
            title = title[:-1].rstrip()
        else:
            break
    return title


def _doi(record: Record) -> Changes:
    link = unquote(record.url)  # ERIC: "https://eric.ed.gov/?redir=http%3a%2f%2fdx.doi.org%2f10.1007..."
    doi = normal_doi(record.doi) or (find_doi(link) if "doi.org/" in link.lower() else "")
    wrong = [record.doi] if record.doi and not normal_doi(record.doi) else []
    return _aside(record, {"doi": doi}, "doi", wrong)


def _isbns(record: Record) -> Changes:
    normal = tuple(dict.fromkeys(filter(None, map(normal_isbn, record.isbn))))
    wrong = [value for value in record.isbn if not normal_isbn(value) and re.search(r"\d", value)]
    changes, notices = _aside(record, {"isbn": normal}, "isbn", wrong)
    given = len(record.isbn) - len(wrong)
    if 1 < len(normal) < given:
        notices.append(notice("isbn-printings", "isbn", given=given, count=len(normal)))
    return changes, notices


def _issns(record: Record) -> Changes:
    electronic = [value for value in record.issn if re.match(r"\s*e-?issn\b", value, re.I)]
    printed = [value for value in record.issn if value not in electronic]
    changes: dict[str, Any] = {}
    for field, values in (("issn", printed), ("eissn", [*record.eissn, *electronic])):
        changes[field] = tuple(dict.fromkeys(filter(None, map(normal_issn, values))))
    changes["issn"] = tuple(value for value in changes["issn"] if value not in changes["eissn"])
    every = [*printed, *record.eissn, *electronic]
    wrong = [value for value in every if not normal_issn(value) and re.search(r"\d", value)]  # ERIC: "EISSN-" alone
    return _aside(record, changes, "issn", wrong)


def _aside(record: Record, changes: dict[str, Any], scheme: str, wrong: list[str]) -> Changes:
    """*changes* with the *wrong* values kept among the other identifiers, and a notice for each."""
    if not wrong:
        return changes, []
    raw = [(f"{scheme}-raw", value) for value in wrong]
    told = [notice("identifier-kept-raw", scheme, scheme=scheme.upper(), value=value) for value in wrong]
    return changes | {"identifiers": tuple(dict.fromkeys((*record.identifiers, *raw)))}, told


def _languages(record: Record) -> Changes:
    return {"language": tuple(dict.fromkeys(language_tag(value) or value for value in record.language))}, []


def _journal(record: Record) -> Changes:
    if record.type != "article-journal" or record.container_title:
        return {}, []
    for issn in (*record.issn, *record.eissn):
        if journal := journal_of(issn):
            inferred = tuple(dict.fromkeys((*record.inferred, "container_title")))
            return {"container_title": journal, "inferred": inferred}, [
                notice("journal-inferred", "container_title", issn=issn)
            ]
    return {}, []


def _link(record: Record) -> Changes:
    """A record of ERIC links to its page there unless it has a link of its own; a site's front door is none."""
    number = normal_eric(record.eric)
    if not number:
        return {}, []
    own = web_address(record.url) and not is_home_page(record.url)
    return {"eric": number, "url": record.url if own else eric_link(number)}, []
