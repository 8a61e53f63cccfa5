"""The host item of a MARC record, field 773: what an article or chapter is in, and where in it.

Sources: MARC 21, field 773 ($g is free text, $q "12:3<45"); the forms of $g that catalogues print: "Vol. 12, no. 3
(Mar. 1999), p. 45-67", ERIC's "v12 n3 p45-67 Fall 1998", K10plus' "12(1999), 3, Seite 45-67" and "volume:12".
"""

import re
from typing import Any

from litbase.formats.marc.dates import imprint_date
from litbase.formats.marc.values import Field, Taken, bare, unbracketed
from litbase.record.dates import PartialDate
from litbase.record.names import parse_byline
from litbase.record.pages import normal_pages
from litbase.record.text import squash

LONGEST = 500
_NUMBER = r"[\w][\w./+–-]{0,30}"
_VOLUME = re.compile(
    rf"\b(?:vol(?:ume|umen)?|jg|jahrg|jahrgang|bd|band|t|tom[eo]?|årg|rocznik|год|т|v)\b[.:]?\s?"
    rf"(?P<v>\d{{1,4}}(?=\.(?:19|20)\d\d)|{_NUMBER})", re.I
)  # fmt: skip
_ISSUE = re.compile(
    rf"(?:\bn\.?\s?[º°]\.?\s?|\b(?:no|nos|nr|núm|num|number|issue|iss|heft|h|fasc|n|č|nummer)\b[.:]?\s?)"
    rf"(?P<i>{_NUMBER}(?:\s?/\s?\d{{1,4}})?)", re.I
)  # fmt: skip
_PAGE = r"(?:[A-Za-z]{0,2}\d[\w.]{0,8}?|[ivxlcdm]{1,9})"
_PAGES = re.compile(
    rf"\b(?:pp|p|pages?|págs?|pagin[ae]|s|seiten?|str|с|f)\b[.:]?\s?"
    rf"(?P<p>\[?{_PAGE}\]?(?:\s?[–-]\s?{_PAGE})?(?:,\s?(?!(?:1[5-9]|20)\d\d)\d{{1,5}}(?:\s?[–-]\s?\d{{1,5}})?)*)"
    r"(?=$|[\s,;.)(+])(?!\.?\s?l\b)", re.I
)  # fmt: skip
_ERIC = re.compile(r"\b(?:v(?P<v>\d[\w-]*)\s)?(?:n(?P<i>\d[\w-]*)\s)?p(?P<p>\d[\w-]*(?:,\s?\d[\w-]*)*)")
_JOINED = (
    re.compile(r"(?<![\w:.])(?P<v>\d{1,4}[a-z]?)\s?\(\d{4}\)(?:[,\s:]{1,3}(?P<i>\d{1,3}(?:/\d{1,3})?)(?!\s?[\w–-]))?"),
    re.compile(r"(?<![\w:.])(?P<v>\d{1,4})\.(?:19|20)\d\d(?:,\s?(?P<i>\d{1,3}(?:/\d{1,3})?)(?![\w–-]))?"),
    re.compile(r"(?<![\w:.])(?P<v>\d{1,4})\s?\((?P<i>\d{1,3}(?:[/–-]\d{1,3})?)\)"),
)
"""Numbers that only their order tells: "12 (1999), 3", "45.1998, 2", "45(2)"."""
_AFTER_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\)?,\s?(?P<i>\d{1,3}(?:/\d{1,3})?)(?=\s?(?:[,;]|$))")  # "(2004), 3"
_COLONS = re.compile(r"(?<![\w:])(?P<v>\d{1,4}):(?P<i>\d{1,4}(?:[/-]\d{1,4})?)(?!\w)")
_RANGE = re.compile(r"(?<![\w.–-])(?P<p>\d{1,5}\s?[–-]\s?\d{1,5})(?![\w–-])")
_CODED = re.compile(r"(?P<v>[^:<]{1,30})?(?::(?P<i>[^:<]{1,30}))?(?::[^<]{0,30})?(?:<(?P<p>.{1,30}))?")
_WORDS = re.compile(
    r"\b(?:vol|no|pp?|article|issue|pages?|v(?=\d)|n(?=\d)|p(?=\d)|volume|number|year|[a-z]{3,10}(?=\s\d{4}))\b[.:]?|"
    r"\b[vnp](?=\d)", re.I
)  # fmt: skip
_ARTICLE = re.compile(r"\barticle\s(?:no\.?\s|id\s)?(?P<number>[\w.-]{1,30})", re.I)
_EDITED = re.compile(r"(?:\[?[Ee]dited|[Ee]d\.|[Hh]rsg\.|[Hh]erausgegeben)\s(?:by|von|v\.)\s(.{1,300})$")
_IMPRINT = re.compile(
    r"(?:(?P<place>[^:]{1,80}?)\s?:\s)?(?P<publisher>[^:]*?)(?:(?:,\s|\s|^)[\[(c©]{0,2}(?P<date>\d{4}\b.{0,20}))?$"
)
_DATE = re.compile(r"\((?P<date>[^()]{0,30}\d{4}[^()]{0,10})\)")
_MADE_BY = re.compile(r"\s/\s(?=\[?(?:[Ee]d|[Hh]rsg|[Hh]erausg|by\b|von\b))|\.\s(?=Edited by )")


def host(taken: Taken, type_: str) -> dict[str, Any]:
    """What the record is in: title, volume, issue, pages, date, ISSN, ISBN, publisher; {} when it is in nothing.

    Only a part (article, chapter, paper) takes all of it; of anything else the host stays among the further fields.
    """
    if type_ not in ("article-journal", "chapter", "paper-conference", "article-newspaper"):
        return {}
    changes: dict[str, Any] = {}
    for each in taken.marc.of("773"):
        online = re.search(r"online|electronic|elektron", " ".join(each.all("i")), re.I)
        if online and changes:
            if issn := each.one("x"):
                changes["eissn"] = (issn,)
                taken.take(each, "itx")
            continue
        if changes and not each.all("t"):  # K10plus gives the numbers once more, coded
            changes = {**_within(each), **{name: value for name, value in changes.items() if value}}
        if changes or not each.all("tspgqdxz"):
            continue
        changes = {**_container(each), **_published(each), **_within(each)}
        if type_ == "article-journal" and not _within(each).get("issued"):
            changes.pop("issued", None)  # $d says when the journal began
        if type_ != "chapter" and each.all("x"):
            changes["issn"] = tuple(each.all("x"))
        if type_ != "article-journal" and each.all("z"):
            changes["isbn"] = tuple(each.all("z"))
        if type_ == "paper-conference" and each.one("7")[:1] == "m":
            changes["event_title"] = bare(each.one("a")).strip("{}")
        taken.take(each, _said(each, changes))
    return {name: value for name, value in changes.items() if value}


def _said(each: Field, changes: dict[str, Any]) -> str:
    """The subfields whose values are wholly in *changes*."""
    codes = "tp" if changes["container_title"] == bare(each.one("t")) else ""
    for code, name in (("x", "issn"), ("z", "isbn")):
        codes += code if name in changes else ""
    stated = " ".join(str(changes.get(name, "")) for name in ("volume", "issue", "page", "issued", "number"))
    inside = _WORDS.sub(" ", " ".join(each.all("gq")))
    if set(re.findall(r"\w+", inside)) <= set(re.findall(r"\w+", stated)):
        codes += "gq"
    return codes + "7"


def _container(each: Field) -> dict[str, Any]:
    title, *by = _MADE_BY.split(each.one("t") or each.one("s") or each.one("p"), maxsplit=1)
    edited = _EDITED.match(by[0]) if by else None
    editors = parse_byline(re.sub(r"(?<=[^\W\d_]{2})\.$", "", bare(edited[1]))) if edited else ()
    return {"container_title": unbracketed(bare(title)), "editor": editors}


def _published(each: Field) -> dict[str, Any]:
    """Place, publisher and date of $d: "New York : Wiley, 1999"."""
    text = squash(" ".join(each.all("d")))[:LONGEST]
    found = _IMPRINT.match(text)
    if not text or not found:
        return {}
    dated = imprint_date(found["date"] or "")
    return {
        "publisher_place": unbracketed(bare(found["place"] or "")),
        "publisher": unbracketed(bare(found["publisher"] or "")),
        "issued": dated.date if dated else None,
    }


def _within(each: Field) -> dict[str, Any]:
    """Volume, issue, pages and date of $g, else of $q."""
    text = squash("; ".join(each.all("g")))[:LONGEST]
    found = related(text)
    if coded := _CODED.fullmatch(each.one("q") or (text if "<" in text else "")):
        for name, group in (("volume", "v"), ("issue", "i"), ("page", "p")):
            if coded[group] and not found.get(name):
                found[name] = coded[group].strip()
    return found


def related(text: str) -> dict[str, Any]:
    """Volume, issue, page, number and issued, as far as the related parts of a host name them.

    >>> related("Vol. 12, no. 3 (Mar. 1999), p. 45-67")["page"], related("v12 n3 p45-67 Fall 1998")["volume"]
    ('45-67', '12')
    """
    found: dict[str, Any] = {}
    eric = _ERIC.search(text)
    if eric and (eric["v"] or eric["i"] or text.startswith("p")):
        found = {"volume": eric["v"], "issue": eric["i"], "page": eric["p"]}
        text_for_date = text[eric.end() :]
    else:
        found, text_for_date = _printed(text), text
    found["issued"] = _dated(text_for_date)
    if article := _ARTICLE.search(text):
        found["number"] = article["number"]
    found["page"] = normal_pages(found["page"].strip("[]. ")) if found.get("page") else ""
    return {name: value for name, value in found.items() if value}


def _printed(text: str) -> dict[str, Any]:
    """The numbers that a word or their order tells, taken out of *text* one after the other."""
    found: dict[str, Any] = {}

    def taken(pattern: re.Pattern[str], **names: str) -> bool:
        nonlocal text
        for each in pattern.finditer(text):
            if any(_is_number(each[group]) for group in names.values()):
                found.update({name: each[group].rstrip(".,-/") for name, group in names.items() if each[group]})
                text = f"{text[: each.start()]} ; {text[each.end() :]}"
                return True
        return False

    taken(_PAGES, page="p")
    taken(_VOLUME, volume="v")
    taken(_ISSUE, issue="i")
    if "volume" not in found:
        any(taken(pattern, volume="v", issue="i") for pattern in (*_JOINED, *([] if found.get("issue") else [_COLONS])))
    if "issue" not in found:
        taken(_AFTER_YEAR, issue="i")
    span = _RANGE.search(text)
    if found and "page" not in found and span and not re.match(r"(?:1[5-9]|20)\d\d\D+(?:1[5-9]|20)\d\d$", span["p"]):
        found["page"] = span["p"]
    return found


def _is_number(text: str | None) -> bool:
    return bool(text and re.search(r"\d|^\[?[ivxlcIVXLC]{2}|^[IVXLC]$", text))


def _dated(text: str) -> PartialDate | None:
    """The date in brackets, else any month and year, else any year."""
    for found in (*_DATE.finditer(text), None):
        part = found["date"] if found else text
        named = PartialDate.parse(part.strip())
        dated = imprint_date(part)
        if named and dated and named.year == dated.date.year:
            return named
        if dated:
            return dated.date
    season = re.search(r"\b(?:Spr|Sum|Fal|Aut|Win)[a-z]*\s(?:19|20)\d\d(?:-\d{2,4})?", text)
    return PartialDate.parse(season[0]) if season else None
