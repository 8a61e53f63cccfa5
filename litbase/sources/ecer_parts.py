"""What pages of the ECER programme have in common: session lines, headings, labels, people and the record of them.

Source: contribution pages, network listings and ConfTool sessions of the European Conference on Educational Research;
the session code grammar was tried on six kinds of code ("15 SES 09", "26 SES 01 A", "26 SES 05.5 PS").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from litbase.record.dates import PartialDate, sort_key
from litbase.record.kinds import SESSION_GENRES
from litbase.record.names import Name, is_group, parse_name
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.record.text import ascii_slug, fold, squash
from litbase.sources.citations_in_text import check_citations
from litbase.sources.reference_list import read_references

EVENT = "European Conference on Educational Research"
CONFERENCES = {"8": 2013, "23": 2018, "26": 2021}  # only those a page of the conference confirms
FOOTERS = ("Search the ECER Programme", "Update Modus of this Database", "This conference programme can be searched")
SESSION = re.compile(
    r"^(?P<code>(?:(?P<net>\d{2}) (?:ERC )?SES|ERC SES [A-Z]) \d{2}(?:\.\d)?(?:\s[A-Z]{1,2})?(?:\sJS)?)"
    r"(?:\s?[,:]\s?(?P<title>\S.*))?$"
)
GENRES = {
    **{fold(genre): genre for genre in SESSION_GENRES},
    "joint paper session": "Paper Session", "paper": "Paper", "papers": "Paper Session", "poster": "Poster",
    "general poster session": "Poster Session", "joint symposium": "Symposium", "symposium paper": "Symposium Paper",
    "research workshop": "Workshop", "ignite talk session": "Ignite Talk Session", "ignite talk": "Ignite Talk",
    "ignite talk (20 slides in 5 minutes)": "Ignite Talk", "pecha kucha session": "Pecha Kucha Session",
    "video session": "Video Session", "network meeting": "Network Meeting", "keynote": "Keynote",
    "roundtable": "Round Table", "individual paper": "Paper", "lunch time ignite talks": "Ignite Talk Session",
    "special call session": "Special Call Session",
}  # fmt: skip
HEADINGS = {
    "session information": "session", "session": "session",
    "contribution": "contribution", "abstract": "contribution", "proposal information": "contribution",
    "method": "method", "methods": "method", "methodology": "method",
    "methodology, methods, research instruments or sources used": "method",
    "expected outcomes": "outcomes", "outcomes": "outcomes", "conclusions, expected outcomes or findings": "outcomes",
    "expected outcomes/results": "outcomes",
    "references": "references", "reference": "references", "bibliography": "references",
    "author information": "authors", "authors information": "authors",
    "intent of publication": "intent", "presentations": "presentations",
    "presentations of the symposium": "symposium-papers", "symposium papers": "symposium-papers",
}  # fmt: skip
_LABEL = re.compile(
    r"^(?P<label>Time|Date|Room|Location|Venue|(?:Session )?Chairs?(?:/s|\(s\))?|Discussants?(?:/s|\(s\))?|"
    r"Author(?:s|\(s\)|/s)?|Presenting Author(?:s|\(s\))?|Conference|Format|Network|Event|Cap)\s?:\s?(?P<value>.*)$"
)
_INSIDE = re.compile(r",\s(?=(?:Room|Location|Chairs?|Session Chair|Discussants?)\s?:)")
_DAY = re.compile(
    r"(?<!\d)(?:(\d{4}-\d{2}-\d{2})|(\d{1,2})[/ -]([A-Z][a-z]{2,8})[/ -](\d{4})|([A-Z][a-z]{2,8} \d{1,2},? \d{4})|"
    r"(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d)"
)
_CLOCK = re.compile(r"^[\d:.\s]{3,6}(?:am|pm|h)?\s?[-–]\s?[\d:.\s]{3,7}(?:am|pm|h)?$|^[A-Z][a-z]{2,8}day,?$")
_NOTHING = frozenset(("n/a", "n. n", "nn", "n.n", "n.a", "na", "none", "tba", "tbc", "-", "–", "—", ""))
_ROLE = re.compile(r"\s?\((?:presenting|submitting|presenter|corresponding|co-author)[^()]{0,40}\)", re.I)
_HONORIFIC = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor)\b\.?\s){1,3}(?=\S)")
_AFFILIATION = re.compile(
    r"Universi|Univ\.|Hochschule|Högskol|Høgskol|Høyskol|Hogeschool|École|Ecole|Politec|Polytech|Instit|College|"
    r"Cent[er]{2}|"
    r"Department|Dept|Faculty|Fakult|School|Academy|Akademi|Ministry|Foundation|Agency|Council|UCL|Laborator|CNRS|"
    r"KU Leuven"
)


class Line(NamedTuple):
    """A line of a document: its number, from 1, and its text on one line."""

    number: int
    text: str


def heading(text: str) -> str:
    """The section that *text* opens ("method", "references"); "" when it is no heading."""
    return HEADINGS.get(fold(text).rstrip(" :"), "")


def genre_of(text: str) -> str:
    """The kind of session or contribution that *text* names; "" when it names none."""
    bare = re.sub(r"\s(?:continued from|to be continued|part \d|NW \d).*$", "", squash(text), flags=re.I)
    return GENRES.get(fold(bare).rstrip(" :,"), "")


@dataclass
class Draft:
    """What is known of a session or contribution while its lines are read."""

    line: int = 1
    title: str = ""
    code: str = ""
    session_title: str = ""
    genre: str = ""
    network: str = ""
    authors: list[Name] = field(default_factory=list)
    chair: list[Name] = field(default_factory=list)
    discussant: list[Name] = field(default_factory=list)
    issued: PartialDate | None = None
    url: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def take_session(self, found: re.Match[str]) -> None:
        """Takes in a session line: "15 SES 09, Title"."""
        self.code = found["code"]
        self.network = found["net"] or ""
        self.session_title = found["title"] or ""

    def take_label(self, label: str, value: str) -> bool:
        """Takes in one labelled value; False when it is not understood."""
        value = squash(value)
        if fold(value).rstrip(".") in _NOTHING:
            return True
        name = re.sub(r"(?:/s|\(s\)|s)$", "", label.replace("Session ", ""))
        if name in ("Chair", "Discussant"):
            self._people(self.chair if name == "Chair" else self.discussant, value)
        elif name in ("Author", "Presenting Author"):
            self._people(self.authors, value)
        elif name in ("Room", "Location", "Venue", "Cap"):
            self.extra.append(("ecer:capacity" if name == "Cap" else "ecer:room", value))
        elif name == "Network":
            return self.take_network(value)
        elif name == "Format":
            self.take_genre(genre_of(value) or value, value)
        elif name in ("Conference", "Event"):
            self.extra.append(("ecer:conference", value))
            if self.issued is None and (year := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", value)):
                self.issued = PartialDate(year=int(year[0]))
        else:
            return self.take_time(value)
        return True

    def take_genre(self, genre: str, written: str) -> None:
        """Takes in what kind of session or contribution it is; words that say more and a second kind are kept aside."""
        if self.genre or genre != squash(written):
            self.extra.append(("ecer:format", squash(written)))
        self.genre = self.genre or genre

    def take_time(self, value: str) -> bool:
        """Takes in a line with a date or a clock time; False when it holds neither."""
        day = _DAY.search(value)
        if day is None and not _CLOCK.match(value):
            return False
        if date := _date(day) if day else None:
            self.issued = date if self.issued is None or self.issued.year == date.year else self.issued
        self.extra.append(("ecer:time", value))
        return True

    def take_network(self, value: str) -> bool:
        """Takes in "26. Educational Leadership": the number is the network, the name goes with it."""
        found = re.match(r"(\d{1,2})\b\.?\s*(.*)$", value)
        if found is None:
            return False
        self.network = f"{int(found[1]):02d}"
        if found[2]:
            self.extra.append(("ecer:network", found[2]))
        return True

    def _people(self, names: list[Name], value: str) -> None:
        for name, affiliation in people(value):
            if name not in names:
                names.append(name)
            if affiliation:
                self.extra.append(("ecer:affiliation", f"{name.display}: {affiliation}"))

    def take_authors(self, lines: Iterable[str]) -> None:
        """Takes in the lines of "Author Information": names, their institutions below them or behind commas."""
        listed = [line for line in lines if line]
        for number, line in enumerate(listed):
            after = listed[number + 1] if number + 1 < len(listed) else ""
            parts = people(line) if not _AFFILIATION.search(line.split(",")[0]) else []
            # a town ("New York") looks like a person: only who is followed by an institution is one
            alone = not any(_AFFILIATION.search(other) for other in listed)
            if parts and (_ROLE.search(line) or parts[0][1] or _AFFILIATION.search(after) or alone or not number):
                self._people(self.authors, line)
            elif self.authors:
                self.extra.append(("ecer:affiliation", f"{self.authors[-1].display}: {line}"))
            else:
                self.extra.append(("ecer:affiliation", line))

    def record(self, year: int = 0, year_from: str = "") -> tuple[Record, tuple[Notice, ...]]:
        """The record of this draft; *year* dates it where nothing else does, inferred from what *year_from* says."""
        text = {name: "\n\n".join(self.sections.get(name, ())) for name in ("contribution", "method", "outcomes")}
        listed = [line for line in self.sections.get("references", ()) if fold(line).rstrip(".") not in _NOTHING]
        references = read_references(listed)
        issued, inferred = self.issued, False
        notices = list(self.notices)
        if issued is None and year:
            issued = PartialDate(year=year)
            if year_from:
                inferred = True
                notices.append(notice("date-inferred", "issued", year=year, source=year_from))
        extra = list(self.extra)
        title = self.title or self.session_title
        if self.title and self.session_title and self.title != self.session_title:
            extra.insert(0, ("ecer:session-title", self.session_title))
        if "intent" in self.sections:
            extra.append(("ecer:intent-of-publication", " ".join(self.sections["intent"])))
        record = Record(type="paper-conference", genre=self.genre, title=title, author=tuple(self.authors),
                        chair=tuple(self.chair), discussant=tuple(self.discussant), issued=issued, event_title=EVENT,
                        session=self.code, network=self.network, references=references, url=self.url,
                        inferred=("issued",) if inferred else (),
                        extra=tuple(dict.fromkeys(extra)), contribution=text["contribution"],
                        method=text["method"], outcomes=text["outcomes"])  # fmt: skip
        if not title:
            notices.append(notice("no-title", "title"))
        if not record.author:
            notices.append(notice("no-author", "author"))
        if issued is None:
            notices.append(notice("no-date", "issued"))
            if latest := _latest(record):
                notices.append(notice("date-after", "issued", date=latest.display))
        notices += check_citations("\n".join(text.values()), references)
        return record, tuple(notices)

    def key(self) -> str:
        """Its identity in the programme; codes come back every year, so the title belongs to it."""
        return f"{self.code} {ascii_slug(self.title or self.session_title)[:60]}".strip() if self.code else ""


def _date(day: re.Match[str]) -> PartialDate | None:
    iso, first, month, year, us, *numbers = day.groups()
    if numbers[0]:
        return PartialDate.parse(f"{numbers[2]}-{int(numbers[1]):02d}-{int(numbers[0]):02d}")
    return PartialDate.parse(iso or us or f"{first} {month} {year}")


def _latest(record: Record) -> PartialDate | None:
    dates = [d for r in record.references if r.parsed for d in (r.parsed.issued, r.parsed.accessed) if d]
    return max(dates, key=lambda date: sort_key(date, newest_first=False), default=None)


def labelled(text: str) -> list[tuple[str, str]]:
    """The labels and values of a line, "Room: 1, Chair: A B" being two; [] when it begins with no label."""
    found = [_LABEL.match(part) for part in _INSIDE.split(text)]
    return [(m["label"], m["value"].strip()) for m in found if m] if found[0] else []


def timed(text: str) -> tuple[str, list[tuple[str, str]]]:
    """(date and time, labels behind it) of "Monday, 2021-09-06, 09:00-10:30, Room: n/a"; ("", []) otherwise."""
    first, *rest = _INSIDE.split(text)
    if len(first) > 80 or not (_DAY.search(first) or _CLOCK.match(first)):
        return "", []
    return first, [(m["label"], m["value"].strip()) for m in map(_LABEL.match, rest) if m]


def people(text: str) -> list[tuple[Name, str]]:
    """The people in a line, each with the institution in brackets or behind its name; [] when nobody is named."""
    found: list[tuple[Name, str]] = []
    for piece in re.split(r"\s?;\s?|\s(?:and|&)\s(?=[A-ZÀ-Þ])", squash(_ROLE.sub("", text))):
        bracket = re.match(r"([^()]*)\(([^()]*)\)", piece)
        if bracket and piece.count("(") > 1:  # "A B (University), C D (University)"
            for each in re.finditer(r"([^()]+)\(([^()]*)\)", piece):
                found += [(name, each[2].strip()) for name in _commas(each[1].strip(" ,"))[0]]
            continue
        names, affiliation = _commas((bracket[1] if bracket else piece).strip(" ,"))
        inside = bracket[2].strip() if bracket else affiliation
        found += [(name, inside if name is names[-1] else "") for name in names]
    return found


def _commas(text: str) -> tuple[list[Name], str]:
    """The names of one piece, "Last, First" or "First Last, First Last", and an institution behind them."""
    parts = [_HONORIFIC.sub("", part.strip()) for part in text.split(",") if part.strip()]
    rest: list[str] = []
    for number, part in enumerate(parts):
        if number and (_AFFILIATION.search(part) or is_group(part)):
            parts, rest = parts[:number], parts[number:]
            break
    if not parts or any(len(part.split()) > 6 or re.search(r"\d", part) for part in parts):
        return [], text
    inverted = len(parts) == 2 and (len(parts[1].split()) == 1 or len(parts[0].split()) == 1 or parts[0][0].islower())
    names = [parse_name(", ".join(parts))] if inverted else [parse_name(part) for part in parts]
    return [name for name in names if name], ", ".join(rest)
