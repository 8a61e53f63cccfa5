"""The programme of the European Conference on Educational Research, as text or saved pages.

What this reads three layouts: (a) a contribution page, "Session Information", the session line, its
kind, "Contribution", "Method", "Expected Outcomes", "References", "Author Information"; (b) a network's listing of
sessions with the titles and authors of their papers; (c) a session in ConfTool with its presentations.  Sessions and
papers become records of their own.  What the programme's site adds at the end is page furniture.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from litbase.formats.page import markup
from litbase.record.dates import PartialDate
from litbase.record.identifiers import web_address
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Leftover, Reading, Refusal, tail_left_out
from litbase.record.text import squash
from litbase.sources.ecer_parts import (
    CONFERENCES,
    FOOTERS,
    SESSION,
    Draft,
    Line,
    genre_of,
    heading,
    labelled,
    timed,
)
from litbase.sources.ecer_programme import read_listing, read_sessions

NAME = "ecer"
SOURCE = "ecer"
LABEL = "ECER conference programme"
VERSION = 1
RANK = 50
MAX_LINES = 50_000
_SITE = re.compile(
    r"^(?:EERA|ECER|Home|Menu|Programmes?|Conferences?|Contribution|Back|Print|Login|Share|ECER Programmes?|"
    r"European Educational Research Association|European Conference on Educational Research|EERA: .{0,80}|"
    r".{0,60} [»›>] .{0,120})$"
)


def sniff(document: Document) -> int:
    """How sure it is that this is of the ECER programme, 0-100: by a session code and the headings around it."""
    if document.binary:
        return 0
    text = document.beginning(300_000)
    if not re.search(r"(?<!\d)\d{2} (?:ERC )?SES \d{2}|\bERC SES [A-Z] \d{2}", text):
        return 0
    signs = ("Session Information", "Search the ECER Programme", "Contribution", "ECER", "Network:", "browseSessions",
             "Session Chair:", "Presentations", "Expected Outcomes", "Author Information", "eera-ecer")  # fmt: skip
    found = sum(sign in text for sign in signs)
    if found >= 2:
        return 95
    coded = sum(bool(SESSION.match(squash(line))) for line in text.split("\n")[:500])
    return 85 if found and coded else 60 if coded else 10


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The sessions and contributions in *document*, or a refusal when there is none; never raises."""
    notices: tuple[Notice, ...] = ()
    address, furniture = document.name if "://" in document.name else "", 0
    if document.is_html:
        page = markup.parse(document)
        if page.refused:
            yield Refusal(line=1, notice=page.refused, text=document.head[:200])
            return
        notices = page.notices
        address = markup.canonical(page) or address
        furniture = markup.drop(page, ".breadcrumb", ".breadcrumbs", "#breadcrumb", ".menu", ".sidebar")
        for item in markup.select(page, "li"):
            item.insert(0, "- ")
        lines = [Line(line.number, line.text.replace("\t", " ")) for line in markup.lines(page)]
        told = _told_by(page)
    else:
        numbered = (Line(number, squash(line)) for number, line in enumerate(document.lines, 1))
        lines = [line for line in numbered if line.text]
        told = {}
    if len(lines) > MAX_LINES:
        notices += (notice("too-large", what="The page", limit=f"{MAX_LINES:,} lines"),)
    readings = list(_read(lines[:MAX_LINES], address, told))
    if not readings:
        yield Refusal(line=1, notice=notice("no-record"), text=squash(document.head)[:200])
        return
    first = readings[0]
    yield Reading(record=first.record, key=first.key, line=first.line, leftovers=first.leftovers,
                  furniture=first.furniture + furniture, notices=(*notices, *first.notices))  # fmt: skip
    yield from readings[1:]


def _told_by(page: markup.Page) -> dict[str, str]:
    """What the metadata of a saved page say: title and date, as far as they are there."""
    meta = markup.meta(page)
    title = next((meta[key][0] for key in ("citation_title", "dc.title", "og:title") if key in meta), "")
    date = next((meta[key][0] for key in ("citation_publication_date", "citation_date", "dc.date") if key in meta), "")
    authors = "; ".join(meta.get("citation_author", ()))
    return {name: value for name, value in (("title", title), ("date", date), ("author", authors)) if value}


def _read(lines: list[Line], address: str, told: dict[str, str]) -> Iterator[Reading]:
    addresses = [line for line in lines[:12] if web_address(line.text)]
    address = address or next((line.text for line in addresses), "")
    lines = [line for line in lines if line not in addresses]
    year, year_from = _year(address)
    sessions = len({found["code"] for line in lines if (found := SESSION.match(line.text))})
    blocks = [place for place, line in enumerate(lines) if line.text == "Session Information"]
    if any(heading(line.text) == "presentations" for line in lines):
        yield from read_sessions(lines, year, year_from)
    elif min(len(blocks), sum(heading(line.text) == "contribution" for line in lines)) > 1:
        # several contributions in one file
        for start, end in pairwise((0, *blocks[1:], len(lines))):
            yield from _contribution(lines[start:end], year, year_from, {}, "")
    elif sessions > 1 or (
        any(line.text.startswith("Network:") for line in lines[:40])
        and not any(heading(line.text) == "contribution" for line in lines)
    ):
        yield from read_listing(lines, year, year_from)
    else:
        yield from _contribution(lines, year, year_from, told, web_address(address))


def _year(address: str) -> tuple[int, str]:
    """(year, what it was worked out from) by the conference's number or name in an address; (0, "") without either."""
    if (number := re.search(r"/conference/(\d{1,3})(?:/|$)", address)) and number[1] in CONFERENCES:
        return CONFERENCES[number[1]], f"the conference's number {number[1]}"
    if name := re.search(r"/(ecer(20\d\d))(?:/|$)", address):
        return int(name[2]), f"the address, {name[1]}"
    return 0, ""


# --- layout (a)


def _contribution(lines: list[Line], year: int, year_from: str, told: dict[str, str], url: str) -> Iterator[Reading]:
    draft = Draft(url=url if "/contribution/" in url else "")
    leftovers: list[Leftover] = []
    section, furniture, pending = "", 0, ""
    before: list[Line] = []
    for place, line in enumerate(lines):
        if line.text.startswith(FOOTERS):
            furniture += len(lines) - place
            draft.notices.append(tail_left_out(line.text, [each.number for each in lines[place:]]))
            break
        found = SESSION.match(line.text)
        opened = heading(line.text)
        if found and section in ("", "session") and not draft.code:
            draft.take_session(found)
            draft.line = line.number if not before else draft.line
            section, pending = "session", ""
        elif found and found["code"] == draft.code and section in ("", "session"):
            furniture += 1
        elif opened:
            section, pending = opened, ""
        elif section in ("", "session"):
            pending, understood = _session_line(draft, line, pending)
            if not understood and draft.code and not draft.session_title:
                draft.session_title = line.text
            elif not understood and section == "":
                before.append(line)
            elif not understood:
                leftovers.append(Leftover(line.number, line.text[:500]))
        elif section == "authors" and _LABEL_AUTHORS.match(line.text):
            pending, _ = _session_line(draft, line, pending)
        else:
            draft.sections.setdefault(section, []).append(line.text)
    furniture += _title_before(draft, before, leftovers)
    draft.take_authors(draft.sections.pop("authors", ()))
    if not draft.code and not draft.sections:
        return
    _embedded(draft, told)
    record, notices = draft.record(year, year_from)
    yield Reading(record=record, key=draft.key(), line=draft.line, leftovers=tuple(leftovers), furniture=furniture,
                  notices=notices)  # fmt: skip


_LABEL_AUTHORS = re.compile(r"^(?:Presenting )?Authors?(?:\(s\))?\s?:")


def _session_line(draft: Draft, line: Line, pending: str) -> tuple[str, bool]:
    """Takes a line of the session's block in; (label that waits for its value, whether the line was understood)."""
    labels = labelled(line.text)
    if labels:
        for label, value in labels:
            if value and not draft.take_label(label, value):
                draft.extra.append((f"ecer:{label.lower()}", value))
        return ("" if labels[-1][1] else labels[-1][0]), True
    time, behind = timed(line.text)
    if time and draft.take_time(time):
        for label, value in behind:
            draft.take_label(label, value)
        return (pending if pending in ("Time", "Date") else ""), True
    if genre := genre_of(line.text):
        draft.take_genre(genre, line.text)
        return "", True
    if pending and draft.take_label(pending, line.text):
        return (pending if pending not in ("Time", "Date", "Format", "Conference") else ""), True
    return pending, False


def _title_before(draft: Draft, before: list[Line], leftovers: list[Leftover]) -> int:
    """Takes the contribution's own title from the lines before the session's; how many of them were the site's."""
    site = [line for line in before if _SITE.match(line.text)]
    others = [line for line in before if line not in site]
    if others:
        draft.title, draft.line = others[-1].text, others[-1].number
        leftovers[:0] = [Leftover(line.number, line.text[:500]) for line in others[:-1]]
    return len(site)


def _embedded(draft: Draft, told: dict[str, str]) -> None:
    """Fills what the page leaves out from its metadata; the page wins where they contradict."""
    shown = draft.title or draft.session_title
    if title := re.sub(r"\s[|–-]\s(?:EERA|ECER).*$", "", told.get("title", "")):
        if not shown:
            draft.title = title
        elif title not in shown and shown not in title:
            draft.notices.append(notice("meta-contradicts", "title", page=shown, meta=title))
    if "date" in told:
        date = re.search(r"(?:19|20)\d\d", told["date"])
        if date and draft.issued is None:
            draft.issued = PartialDate.parse(told["date"]) or PartialDate(year=int(date[0]))
        elif date and draft.issued and draft.issued.year != int(date[0]):
            draft.notices.append(notice("meta-contradicts", "issued", page=draft.issued.year, meta=date[0]))
    if "author" in told and not draft.authors:
        draft.take_label("Authors", told["author"])
