"""What a reference marks by itself, wherever it stands: links, dates, numbers, pages, roles, kinds of works.

Each mark is a stretch of the text with a label.  The surest are found first, and what they cover is not looked at
again, so that the digits of a DOI are no pages and the day a page was looked at is not the year of the work.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from litbase.sources.references.words import (
    ACCESSED,
    EDITION,
    EDITORS,
    ISSUE,
    LED_BY_EDITORS,
    LED_BY_TRANSLATORS,
    MEETING,
    MONTH,
    ONLINE,
    PAGES,
    REPORT,
    SHORT_ROLES,
    THESIS,
    UNDATED,
    VOLUME,
)

YEAR: Final = r"(?:1[4-9]|20)\d\d"
DAY: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s(?:de\s|d[e’']\s?)?{MONTH}\b\.?,?\s(?:del?\s)?\d{{4}}"
    rf"|{MONTH}\b\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
SPELLED: Final = (
    rf"(?:{DAY}|{MONTH}\b\.?(?:\s?[-–/]\s?{MONTH}\b\.?)?,?\s(?:de\s)?{YEAR}"
    rf"|{YEAR},?\s{MONTH}\b\.?(?:\s?[-–/]\s?{MONTH}\b\.?)?(?:\s\d{{1,2}}(?!\d|\s?\())?|{MONTH}\b\.?\s\d{{1,2}},?(?=\s{YEAR}))"
)
_RANGE = r"(?:[A-Za-z]{0,2}\d{1,7}[A-Za-z]?|[ivxlc]{1,7}\b)(?:\s?[-‐‑–—−]{1,2}\s?(?:[A-Za-z]{0,2}\d{1,7}[A-Za-z]?|[ivxlc]{1,7}\b))?(?:\s?ff?\b\.?)?"
_RANGES = rf"{_RANGE}(?:\s?[,&]\s?\d{{1,6}}\s?[-–]\s?\d{{1,6}}){{0,4}}"
_FAR = r"[A-Za-z]{0,2}\d{1,7}\s?[-‐‑–—−]{1,2}\s?[A-Za-z]{0,2}\d{1,7}"
_NUMBER = rf"(?:(?!{YEAR}\b)[A-Z]?\d{{1,4}}(?:[-–/.]\d{{1,4}})?[A-Za-z]?\b|(?-i:[IVXLC]{{1,8}})\b)"
_VOLUME = rf"(?:(?:{VOLUME})\.?\s?|(?-i:[vt])(?:\.\s?|\s(?=\d))|v(?=\d))"
_ISSUE = rf"(?:(?:{ISSUE})(?:\.\s?|\s|(?=\d))|[nh]\.\s?)"
_PAGES = rf"(?:(?:{PAGES})\.?\s?:?\s?|p\s?[.:]?\s?(?!{YEAR}\b(?!\s?[-–]))(?=\w{{0,2}}\d|(?-i:[ivxlc]{{1,7}})\b)|(?-i:S)\s?[.:]?\s?(?!{YEAR}\b)(?=\d))"
_INNER = rf"\s?\((?![^()]{{0,20}}{YEAR})[^()\s]{{1,12}}(?:\s[^()]{{1,12}})?\)"
_IN_BRACKETS = (
    rf"(?:{MONTH}\b\.?(?:\s?[-–/]\s?{MONTH}\b\.?)?,?\s|\d{{1,2}}\s{MONTH}\b\.?\s)?{YEAR}[a-z]?(?:[/–-]\d{{2,4}})?"
)
_BEFORE = r"(?:(?<=[^\W\d][\s,.*)’”\"])[,;:\s]{0,3}|(?<=\d{4}[.;,]\s))"  # a word, or the year, before numbers
_URL = (
    r"(?:https?\s?:\s?/\s?/\s?|ftp://|www\.)\s?(?:www\.\s)?[^\s<>\x00]{1,400}"
    r"(?:(?:(?<=[/_=&?~%-])\s(?=[a-z0-9%_~-][^\s<>\x00]{0,200}[./_=-])|(?<=\.)\s(?=(?:pdf|html?|aspx?|php|org|com|edu|gov)\b)"
    r"|\s(?=[^\s<>\x00]{0,200}/[^\s<>\x00]{0,200}\.(?:pdf|html?|aspx?|php)\b))[^\s<>\x00]{1,400}){0,3}"
)
_DOI = (
    r"(?:https?\s?:\s?//\s?(?:dx\.)?doi\.org/\s?|\bdoi\s?[:.]?\s?(?:https?://(?:dx\.)?doi\.org/)?)?"
    r"(?<![\d.])10\.\s?\d{4,9}(?:\.\d+)?\s?/\s?[^\s<>\x00]{1,200}(?:(?<=[/._-])\s(?=[a-z0-9-]{0,40}\d)[^\s<>\x00]{1,100}){0,2}"
)


class Part(NamedTuple):
    """A stretch of a reference, *start* to *stop*, and what it is."""

    label: str
    start: int
    stop: int


# Label and pattern, the surest first; a group named "x" is the stretch, else all of the match.
_PATTERNS: Final = tuple(
    (label, re.compile(pattern, 0 if label in ("number", "role", "edition") else re.I))
    for label, pattern in (
        ("doi", _DOI),
        ("accessed", rf"[\[(,.;\s]{{0,3}}\b(?:{ACCESSED})\b(?:\s(?:on|the|am|le|el|il|em|op|in|at))?\s?:?\s{{1,2}}(?P<x>{DAY}|{SPELLED})(?:,?\s?(?:from|de|von|van|at|sur)\b:?)?[\])]?"),
        ("accessed", rf"\[\s?(?:on\s)?(?P<x>{DAY})\s?\](?=\W*$)"),
        ("url", rf"<?(?P<x>{_URL})>?"),
        ("arxiv", r"(?:\barxiv\s(?:e-)?(?:preprint|print)s?,?\s)?\barxiv\s?:\s?(?P<x>(?:[a-z-]{2,9}(?:\.[A-Z]{2})?/)?\d{4}\.?\s?\d{3,5}(?:v\d)?)(?:\s?\[\s?[\w./-]{2,14}\s?\])?"),
        ("isbn", r"\bISBN(?:-1[03])?\s?:?\s?(?P<x>[\dXx –-]{9,17}[\dXx])"),
        ("issn", r"\bE?-?ISSN\s?:?\s?(?P<x>\d{4}\s?[-–]\s?\d{3}[\dXx])"),
        ("pmid", r"\b(?:PMID|PMCID|PubMed\sPMID)\s?:?\s?(?P<x>(?:PMC)?\d{4,9})"),
        ("eric", r"\b(?P<x>E[DJ]\s?\d{6,8})\b"),
        ("lead", rf"(?:^|[\[(,.;:\s]{{1,3}})(?:{ONLINE})\s?:?(?=[\s\x00\[(<]{{0,3}}\x00)"),
        ("meeting", rf"\b(?:{MEETING})\b"),
        ("genre", rf"(?P<x>[\[(](?:[^()\[\]]{{0,60}}\b)?(?:{THESIS})\b[^()\[\]]{{0,80}}[\])])"),
        ("genre", r"(?<=\s)(?P<x>(?:unpublished\s)?(?:ph\.?\s?d\.?|doctoral|master[’']?s|m\.?a\.?)\s(?:thesis|dissertation))(?!\w)"),
        ("genre", rf"(?<=[.,;:”’\"»]\s)(?P<x>(?:{THESIS})(?![\w’'-])(?!\sAbstracts))"),
        ("genre", rf"(?P<x>\((?:(?:[^()\[\]]{{0,50}}\b)?(?:{REPORT})\b[^()\[\]]{{0,60}}|report|brief|film|dvd)\))"),
        ("genre", rf"(?<=[.,;]\s)(?P<x>(?:{REPORT})(?:\s?(?:no|nr|n[°º]|number)?\.?\s?#?[A-Z]{{0,6}}[\w-]{{0,4}}[-/\s]?\d[\w./-]{{0,12}})?)(?=[.,;:)]|\s\d|$)"),
        ("genre", r"(?P<x>\[(?:blog\spost|online|data\s?(?:file|set)|computer\ssoftware|software|video(?:\sfile)?|film|motion\spicture|audio\spodcast|podcast|web\s?(?:page|site)|e-?book|kindle\sversion|press\srelease|brochure|powerpoint\sslides|review\sof[^\]]{1,120}|abstract|special\sissue|en\sligne|tweet|cd-?rom|dvd|mimeograph(?:ed)?|manuscript[^\]]{0,40}|unpublished[^\]]{0,40})\])"),
        ("edition", rf"[\[(]\s?(?P<x>(?:[^()\[\]]{{0,20}}\b)?(?:\d{{1,2}}\.?(?:st|nd|rd|th|e|a|ª|º|ème)?,?|[Rr]ev(?:ised|\.)?|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ff]irst|[Nn]ew|[Ee]xpanded|[Ee]nlarged)\s[^()\[\]]{{0,24}}?\b(?:{EDITION.replace('aufl', '[Aa]ufl').replace('ausg', '[Aa]usg')}|Ed(?:n|ition)?)\b\.?)(?:,\s(?P<more>[^()\[\]]{{1,40}}))?\s?[\])]"),
        ("edition", rf"(?<=[.,;:!?”’)]\s)(?P<x>(?:(?:\d{{1,2}}(?:st|nd|rd|th|e|a|ª|º|ème)?\.?,?|[Rr]ev(?:ised|\.)?|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ff]irst|[Nn]ew|[Nn]ouvelle|[Rr]evised\sand\s\w{{1,12}})\s(?:[\w.,]{{1,14}}\s){{0,2}}?(?:{EDITION}|[AÄ]ufl(?:age)?|Ausg(?:abe)?|Ed(?:n|ition)?))(?![\w’'])\.?)"),
        ("role", r"[\[(](?P<x>[^()\[\]\x00]{4,160}?,?\s(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]g|[Dd]ir|[Tt]rans(?:l|lators?)?|[Tt]rad|[Üü]bers)\.?(?:\s(?:and|&)\s(?:[Tt]rans|[Ee]ds?)\.?)?)[\])]"),
        ("role", r"[\[(]\s?(?:[Dd]irectors?|[Dd]ir|[Pp]roducers?|[Pp]rod|[Ww]riter|[Pp]erformer|[Nn]arrator|[Ii]llustrator)\.?(?:\s(?:and|&)\s\w{4,10})?\s?[\])]"),
        ("role", rf"[\[(]\s?(?:[A-Za-z]{{1,9}}\.?\s(?:and|&)\s)?(?:(?:{EDITORS}|Eds?|Editors?|Hrsg|Hg|Dirs?|Coords?|Comps?|Orgs?|Red|a\scura\sdi)\.?(?:\s(?:and|&)\strans\w*)?|[Tt]rans(?:l|lators?)?|[Tt]rad|[Üü]bers)\.?\s?[\])]"),
        ("role", rf"(?<=[\s,.(;])(?P<x>(?i:{LED_BY_EDITORS}|{LED_BY_TRANSLATORS}))(?!\w)"),
        ("role", rf"(?:(?<=[.,;:(!?”’\"»]\s)|(?<=\())(?P<x>{SHORT_ROLES})(?=\s[A-ZÀ-Þ])"),
        ("role", r"(?<=[\w.])(?P<x>(?:,\s(?:[Ee]ditors?|[Dd]irector|[Pp]roducer)|[,.]?\s(?:[Ee]ds?|[Hh]rsg|[Hh]gg?|[Dd]irs?|[Cc]oords?|[Oo]rgs?))\b\.?)(?=[,:;\s]\s?(?![a-zß-ÿ]))"),
        ("pages", rf"[(,.;:\s]{{0,3}}(?<![\w.])(?P<x>{_PAGES}{_RANGES})(?![\w])"),
        ("pages", r"(?<![\w.])(?P<x>\d{1,4}\s?(?:pp?|p[áa]gs?|(?-i:S)|Seiten|pages|blz)\b\.?)(?=\W*(?:$|[.,;)\x00]))"),
        ("numbers", rf"\b(?P<x>{_VOLUME}(?:no\.?\s?)?{_NUMBER}(?:{_INNER})?(?:\s?[,:./]?\s?(?:and\s)?{_ISSUE}{_NUMBER})?)(?!\w)"),
        ("numbers", rf"(?<=[^\W\d][\s,.*)’”\"])[,\s]{{0,2}}(?P<x>(?!{YEAR}\b)\d{{1,4}},?\s{_ISSUE}{_NUMBER})(?!\w)"),
        ("numbers", rf"(?<=[\s,(])(?P<x>{_ISSUE}{_NUMBER})(?!\w)"),
        ("numbers", r"(?<=[.,;:]\s)(?P<x>\d{1,2}\svols?)\b\.?"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>{_NUMBER})\s?\((?P<issue>(?![^()]{{0,20}}{YEAR})[^()]{{0,20}}\d[^()]{{0,6}}|[A-Z])\)(?:\s?[,:.;]?\s?{_PAGES}?(?P<page>(?!{YEAR}\b[^-–]){_RANGES}))?)(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>(?!{YEAR}\b)\d{{1,4}}|[IVXLC]{{1,8}})\s?[,:./]\s?(?P<issue>\d{{1,3}}(?=,?\s?\()|\d{{1,2}}[-–/]\d{{1,2}}(?=\s?\()),?\s?\((?P<date>{_IN_BRACKETS})\)\s?[,:.]?\s?{_PAGES}?(?P<page>{_RANGES}))(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>{_NUMBER})\s?[,:]?\s?\((?P<date>{_IN_BRACKETS})\)(?:\s?[,:.]?\s?(?:{_ISSUE}(?P<issue>{_NUMBER}),\s?)?{_PAGES}?(?P<page>{_RANGES}))?)(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<date>{YEAR}),\s?(?P<volume>{_NUMBER})\s?(?:\((?P<issue>[^()]{{1,12}})\))?\s?[,:]\s?{_PAGES}?(?P<page>{_RANGES}))(?![\w])"),
        ("run", rf"(?P<x>(?P<date>{YEAR}(?:\s{MONTH}\b\.?(?:[-–]{MONTH}\b\.?)?(?:\s\d{{1,2}})?)?)\s?;\s?(?P<volume>{_NUMBER})\s?(?:\((?P<issue>[^()]{{1,22}})\))?\s?:\s?(?P<page>{_RANGES}))(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>(?!{YEAR}\b)\d{{1,4}})\s?[,/.]\s?{_ISSUE}?(?P<issue>\d{{1,3}}(?:[-–/]\d{{1,3}})?)\s?[,:]\s?{_PAGES}?(?P<page>(?!{YEAR}\b(?!\s?[-–])){_RANGES}))(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>{_NUMBER})\s?[,:]\s?{_PAGES}?(?P<page>{_FAR}|(?<=:)\s?\d{{1,6}}(?=[.,;\s]|$)))(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>(?!{YEAR}\b)\d{{1,4}})\s(?P<page>{_FAR}))(?![\w])"),
        ("run", rf"{_BEFORE}(?P<x>(?P<volume>(?!{YEAR}\b)\d{{1,4}})[,:]\s?(?P<page>[A-Z]?\d{{1,6}})\s?\((?P<date>{YEAR})\))"),
        ("run", r"(?<=[^\W\d],\s)(?P<x>(?P<volume>\d{1,4}),\s(?P<page>[A-Z]?\d{1,6}))(?=\.\s|\W{0,3}(?:$|\x00))"),
        ("date", rf"[\[(]\s?(?:c\.\s?|ca\.\s?|published\s)?(?P<x>{SPELLED}|{YEAR}[a-z]?(?:\s?[/,–—-]\s?[^()\[\]\x00]{{0,30}})?|{UNDATED})\s?[\])]"),
        ("date", rf"(?<![\w/–-])(?P<x>{SPELLED}(?:[-–/]\d{{2,4}})?)(?!\w)"),
        ("date", rf"(?<![\w/–—-])(?<!\d[.,])(?P<x>{YEAR}[a-r]?(?:\s?[/–-]\s?(?:{YEAR}|\d\d)\b)?)(?![\w–—-]|[.,]\d)"),
        ("date", rf"(?<=[.,(]\s)(?P<x>{UNDATED})(?=[.,):\s]|$)"),
        ("pages", rf"(?<=[,:;.]\s)(?P<x>(?!{YEAR}\b){_FAR})(?=\.\s|\W{{0,3}}(?:$|\x00|[(]))"),
        ("pages", rf"\((?P<x>(?!{YEAR}\b){_FAR})\)"),
        ("pages", r"(?<=\),\s)(?P<x>\d{1,4}(?:[-–]\d{1,4})?(?:,\s\d{1,4})?)(?=\W*$)"),
        ("pages", r"(?<=\x00,\s)(?P<x>[A-Z]\d{1,3})(?=\W*$)"),
    )
)  # fmt: skip
_WHOLE: Final = frozenset({"arxiv", "isbn", "issn", "pmid", "accessed", "lead"})  # with what leads to them
_INNER_GROUPS: Final = ("date", "volume", "issue", "page")


def marks(text: str) -> tuple[Part, ...]:
    """The marked stretches of *text* in order, none over another.

    Labels: doi url arxiv isbn issn pmid eric accessed lead meeting genre edition role pages volume date.
    """
    found: list[Part] = []
    for label, pattern in _PATTERNS:
        covered = []
        for match in pattern.finditer(text):
            covered.append(match.span() if label in _WHOLE or "x" not in pattern.groupindex else match.span("x"))
            found += _parts(label, match, *covered[-1])
        for start, stop in reversed(covered):
            text = f"{text[:start]}{chr(0) * (stop - start)}{text[stop:]}"
    return tuple(sorted(found, key=lambda part: part.start))


def _parts(label: str, match: re.Match[str], start: int, stop: int) -> Iterator[Part]:
    if label != "run":
        yield Part({"numbers": "volume"}.get(label, label), start, stop)
        return
    named = match.groupdict()
    spans = [(name, *match.span(name)) for name in _INNER_GROUPS if named.get(name)]
    volume = [span for span in spans if span[0] in ("volume", "issue")]
    end = max(span[2] for span in volume)
    yield Part("volume", volume[0][1], end + (match.string[end : end + 1] == ")"))
    yield from (Part("pages" if name == "page" else name, a, b) for name, a, b in spans if name in ("page", "date"))
