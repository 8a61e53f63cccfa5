"""Who published a MARC record's work, where and when, how long it is, and which university took it as a thesis.

Sources: MARC 21, fields 260 and 264 (264's second indicator: 1 publication, 0 production, 2 distribution, 3
manufacture, 4 copyright), 300 and 502.
"""

import re
from typing import Any

from litbase.formats.degrees import degree
from litbase.formats.marc.dates import Dated, imprint_date
from litbase.formats.marc.values import Field, Taken, bare, unbracketed
from litbase.record.pages import normal_pages
from litbase.record.text import squash

_UNKNOWN = re.compile(
    r"\W{0,9}+(?:s\.?\s?[ln]\.?|n\.\s?[pd]\.|"
    r"(?:place|publisher|name|date|distributor)[\w\s]{0,30}(?:not (?:identified|given)|unknown)|"
    r"publisher not identified|verlag nicht ermittelbar|erscheinungsort nicht ermittelbar|éditeur non identifié|"
    r"lieu de publication non identifié|editor no identificado|lugar de publicación no identificado)\W{0,9}+", re.I
)  # fmt: skip
_UNIT = (
    r"(?:pages?|pgs?|pp|p|Seiten|S|leaves|leaf|Bl|Blätter|feuillets?|ff?|páginas|págs?|hojas|pagine|pag|sivua|sidor|"
    r"stron|str|s|blz|с|l)"
)
_PAGES = re.compile(rf"(?<!\d)(?P<run>(?:\[?\d{{1,5}}\]?,\s){{0,9}}\[?\d{{1,5}})\]?\s?{_UNIT}(?![^\W_])")
_PLACED = re.compile(r"\s*\[?(?:pp?|pages?|S|s|Seiten?)\.?\s?(?P<p>[A-Za-z]?\d[\w.]*\s?[-–]\s?[A-Za-z]?\d[\w.]*)")
_ONLY_PAGES = re.compile(r"\d{1,5}\s?(?:p|pages)\.?\s?")
_DASH = re.compile(r"--|—|\s-\s|\w:\s")
_YEAR_BEHIND = re.compile(r",?\s\[?c?(?P<year>(?:1[5-9]|20)\d\d)\]?$")
_GERMAN = re.compile(
    r"(?:Zugl\.?:\s)?(?P<place>[^,:()]{2,40}),\s(?P<school>(?:\w{0,20}[Uu]niv|Hochsch|TU|TH|FU|HU|ETH)[^,]{0,60}),.{0,60}?(?P<year>\d{4})"
)


def imprint(taken: Taken) -> dict[str, Any]:
    """Publisher, place and issued (a Dated) of a record; {} when it has no imprint."""
    fields = sorted(taken.marc.of("260", "264"), key=_rank)
    changes: dict[str, Any] = {}
    for each in fields:
        if each.tag == "264" and each.second in "23" and changes:
            continue
        places, publishers, whole = _first_pair(each)
        for name, values in (("publisher_place", places), ("publisher", publishers)):
            if values and name not in changes:
                changes[name] = "; ".join(values)
                if whole:
                    taken.take(each, "a" if name == "publisher_place" else "b")
        taken.take(each, "".join(code for code in "ab" if all(map(_UNKNOWN.fullmatch, each.all(code)))))
        dated = imprint_date(" ".join(each.all("c"))) if each.all("c") else None
        if dated and "issued" not in changes:
            changes["issued"] = dated
        if dated and str(dated.date) == bare(each.one("c")):
            taken.take(each, "c")
    return changes


def _rank(each: Field) -> int:
    """Publication before a plain imprint before production and the rest; of several the latest publisher (3)."""
    if each.tag == "264":
        return {"1": 0, " ": 2, "0": 3, "4": 6}.get(each.second, 5)
    return 1 if each.first != "2" else 4


def _first_pair(each: Field) -> tuple[list[str], list[str], bool]:
    """The places and publishers up to the second place behind a publisher, and whether these are all of them."""
    places: list[str] = []
    publishers: list[str] = []
    for code, value in each.subfields:
        if code == "a" and publishers and places:
            return places, publishers, False
        if code in "ab" and value and not _UNKNOWN.fullmatch(value):
            text = re.sub(r"\s?;\s?", "; ", unbracketed(bare(value.strip())))
            (places if code == "a" else publishers).append(unbracketed(bare(text)))
    return [place for place in places if place], [name for name in publishers if name], True


def extent(taken: Taken) -> dict[str, Any]:
    """The number of pages of field 300, or the pages themselves ("p. 45-67"); {} when it has neither."""
    for each in taken.marc.of("300"):
        text = " ".join(each.all("a"))
        if placed := _PLACED.match(text):
            return {"page": normal_pages(placed["p"])}
        runs = (found["run"] for found in _PAGES.finditer(text[:500]))
        count = max((int(number) for run in runs for number in re.findall(r"\d+", run)), default=0)
        if count:
            if _ONLY_PAGES.fullmatch(bare(text)):
                taken.take(each, "a")
            return {"number_of_pages": count}
    return {}


def thesis(taken: Taken) -> dict[str, Any]:
    """University and year of the dissertation note, and the sort of thesis it names."""
    changes: dict[str, Any] = {}
    for each in taken.marc.of("502"):
        if each.all("bcd"):
            school, year = bare(each.one("c")), each.one("d")
            taken.take(each, "cd")
        else:
            school, year = _noted(squash(each.one("a")))
        dated = imprint_date(year)
        changes |= {"publisher": school} if school and "publisher" not in changes else {}
        changes |= {"issued": Dated(dated.date)} if dated and "issued" not in changes else {}
        changes |= {"genre": name} if (name := degree(" ".join(each.all("ab")))) else {}
    return changes


def _noted(text: str) -> tuple[str, str]:
    """(university, year) of "Thesis (Ph. D.)--Harvard University, 1998."; "" for what is not there."""
    text = text.rstrip(". ")
    if found := _GERMAN.match(text):
        return f"{found['school']} {found['place']}", found["year"]
    dash = _DASH.search(text)
    behind = text[dash.end() :].strip() if dash else ""
    year = _YEAR_BEHIND.search(behind[-12:])
    school = behind[: -len(year[0])] if year else behind
    return bare(school[:200]).rstrip("."), year["year"] if year else ""
