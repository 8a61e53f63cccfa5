"""The Record that ERIC's fields make, whatever layout they came in.

Sources: real answers of the API, and how ERIC writes what is absent ("N/A").
"""

import re
from collections.abc import Mapping
from typing import Any

from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, is_home_page, normal_eric, web_address
from litbase.record.kinds import eric_type
from litbase.record.names import OTHERS, Name, parse_name, role_of
from litbase.record.notices import Notice, notice
from litbase.record.pages import page_count
from litbase.record.reading import Leftover, Reading, Refusal
from litbase.record.record import Record
from litbase.record.text import clean, squash
from litbase.sources.eric_body import paragraphs_of
from litbase.sources.eric_citation import Citation, best_date, numbers, parse_citation
from litbase.sources.eric_fields import LISTS, Stated, descriptors, full_text, items, single_names, target_of
from litbase.sources.eric_prose import decode, publisher_of, split_abstract, without_markup

_YES = frozenset(("t", "true", "y", "yes", "1", "peer reviewed", "peer-reviewed"))
_NO = frozenset(("f", "false", "n", "no", "0", "not peer reviewed"))
_NOWHERE = frozenset(
    ("online submission", "grantee submission", "non-journal")
)  # said of ED records that no one issued
_ISSN = re.compile(r"(?:(?P<kind>[EPL]-?)?ISSN[\s:–-]{0,5})?(?P<value>\d{4}\s?[-–]?\s?\d{3}[\dXx])\b", re.I)
_ISBN = re.compile(
    r"(?:ISBN(?:-1[03])?[\s:–-]*)?(?P<value>(?:97[89][\s–-]?)?\d[\d\s–-]{7,14}[\dXx]|\d{10})(?![\dXx])", re.I
)
_EDITORS = re.compile(r", Ed(?:itor)?s\.?$", re.I)  # behind the last of several: "Miller, Ann; Bass, Bo, Eds."
_PAGES = re.compile(r"(?P<count>\d{1,6})\s?(?:pp?\.?|pages)?", re.I)
_RANGE = re.compile(r"(\d{1,6})\s?[-–]\s?(\d{1,6})")


def reading_of(
    stated: Stated,
    line: int,
    notices: tuple[Notice, ...] = (),
    *,
    lines: Mapping[str, int] | None = None,
    leftovers: tuple[Leftover, ...] = (),
    furniture: int = 0,
) -> Reading | Refusal:
    """The Reading of one record that begins at *line*; a Refusal when it has neither title nor accession number."""
    record, odd = assemble(stated, lines)
    if not record.title and not record.eric:
        return Refusal(
            line=line,
            notice=notice("no-record", line=line),
            text=squash(" ".join(next(iter(stated.values()), ())))[:200],
        )
    key = record.eric or (f"doi:{record.doi.lower()}" if record.doi else "")
    return Reading(
        record=record, key=key, line=line, leftovers=leftovers, furniture=furniture, notices=(*notices, *odd)
    )


def assemble(stated: Stated, lines: Mapping[str, int] | None = None) -> tuple[Record, tuple[Notice, ...]]:
    """The Record that *stated* makes, and what was odd; *lines* says where each field stands, for the notices.

    Texts are decoded and cleaned here, "N/A" and empty ones are absent.  A name that is no known field goes to
    `record.extra` as ("eric:<name>", text).
    """
    at = dict(lines or {})
    given = {name: [clean(decode(text)).strip() for text in texts] for name, texts in stated.items()}
    absent = sum(bool(texts) and all(_is_absent(text) for text in texts) for texts in given.values())
    fields = {
        name: kept
        for name, texts in given.items()
        if (kept := [text for text in texts if text and not _is_absent(text)])
    }
    notices = [notice("not-applicable", line=at.get("id", 0), count=absent)] if absent else []
    made = _Making(fields, at, notices)
    return made.record(), tuple(notices)


def _is_absent(text: str) -> bool:
    return text.strip(" .").upper() in ("N/A", "NA", "", "ISSN-", "EISSN-", "ISBN-")


class _Making:
    """One record in the making: *fields* are used up, and what is left goes to `extra`."""

    def __init__(self, fields: dict[str, list[str]], at: dict[str, int], notices: list[Notice]) -> None:
        self.fields, self.at, self.notices = fields, at, notices
        self.extra: list[tuple[str, str]] = []

    def take(self, name: str) -> list[str]:
        return self.fields.pop(name, [])

    def one(self, name: str) -> str:
        return next(iter(self.take(name)), "")

    def tell(self, code: str, name: str, field: str, **params: object) -> None:
        self.notices.append(notice(code, field, self.at.get(name, 0), **params))

    def keep(self, name: str, text: str) -> None:
        self.extra.append((f"eric:{name}", squash(text)))

    def record(self) -> Record:
        """The record; the order of the steps is the order of dependence, the type last but one."""
        accession = self.one("id")
        eric = normal_eric(accession)
        if accession and not eric:
            self.keep("id", accession)
        values: dict[str, Any] = {"eric": eric, "title": squash(without_markup(self.one("title")))}
        if not values["title"]:
            self.tell("no-title", "id", "title")
        values |= self.lists()
        cited = self.citation()
        values["type"], values["genre"] = self.kind(eric, values.get("publication_type", ()), cited)
        values |= self.people() | self.abstract() | self.numbers() | self.links(eric)
        values |= self.appeared(cited, values["type"]) | self.length(cited)
        for name, texts in self.fields.items():
            for text in texts:
                self.keep(name, text)
        return Record(**values, extra=tuple(self.extra))

    def lists(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            field: tuple(dict.fromkeys(item for text in self.take(name) for item in items(text, name)))
            for name, field in LISTS.items()
            if name in self.fields
        }
        texts = self.take("subject")
        terms = [item for text in texts for item in (descriptors(text) if len(texts) == 1 else [squash(text)])]
        major = [term.lstrip("*").strip() for term in terms if term.startswith("*")] + self.take("major")
        terms = [term.lstrip("*").strip() for term in terms]
        values["descriptors"] = tuple(dict.fromkeys(filter(None, terms)))
        values["major_descriptors"] = tuple(dict.fromkeys(major))
        if values.get("grants"):
            values["grants"] = tuple(part for text in values["grants"] for part in re.split(r",\s+(?=\S*\d)", text))
        return values

    def citation(self) -> Citation:
        """The source line, or its pieces `source` and `sourceid`."""
        name, line, pieces = self.one("source"), self.one("citation"), self.one("sourceid")
        cited = parse_citation(line) if line else Citation()
        if pieces:
            whole = parse_citation(pieces)
            cited = whole if whole.school or whole.event or (whole.name and whole.volume) else numbers(pieces)
        if name.lower() in _NOWHERE and cited.name:
            self.keep("source", name)
        elif name:
            whole = parse_citation(name)  # ED records: source is "ProQuest LLC, Ph.D. Dissertation, Drexel University"
            cited = whole._replace(issued=cited.issued) if whole.school or whole.event else cited._replace(name=name)
        for text in self.fields.get("note", ()):
            for paper in map(parse_citation, text.split("; ")):
                if paper.event and not cited.event:
                    cited = cited._replace(event=paper.event, place=paper.place)
        way, comma, journal = cited.name.partition(", ")
        if cited.volume and comma and way.lower() in _NOWHERE:  # "Online Submission, US-China Education Review v6 n4"
            self.keep("source", way)
            cited = cited._replace(name=journal)
        if cited.rest:
            self.keep("citation", line or pieces)
        return cited

    def kind(self, eric: str, types: tuple[str, ...], cited: Citation) -> tuple[str, str]:
        said = self.one("recordtype")
        journal = said.lower().startswith("journal")
        if said and eric and journal != eric.startswith("EJ"):
            self.keep("recordtype", said)
        if not eric and said:
            return ("article-journal", "") if journal else eric_type("ED", types)
        kind, genre = eric_type(eric, types)
        if kind == "report" and cited.degree:
            return "thesis", cited.degree
        if kind == "report" and cited.event:
            return "paper-conference", genre
        if kind == "report" and cited.name and cited.volume and "Journal Articles" in types:
            return "article-journal", genre
        return kind, cited.degree if kind == "thesis" and cited.degree else genre

    def people(self) -> dict[str, Any]:
        names: dict[str, list[Name]] = {"": [], "editor": [], "translator": []}
        others = ""
        texts = single_names(self.take("author"))
        everyone = "editor" if any(_EDITORS.search(text) for text in texts) else ""
        for text in texts:
            if OTHERS.match(text):
                others = text
            elif name := parse_name(text):
                names[everyone or role_of(text)].append(name)
        if others:
            self.tell("others-left-out", "author", "author", text=others)
        return {role or "author": tuple(people) for role, people in names.items()} | {"others": bool(others)}

    def abstract(self) -> dict[str, Any]:
        paragraphs = [
            paragraph for text in self.take("description") for paragraph in paragraphs_of(without_markup(text))
        ]
        text, signed, remarks = split_abstract("\n\n".join(paragraphs))
        if signed:
            self.tell("abstractor-split", "description", "abstract", tail=f"({'; '.join(signed)})")
        if remarks:
            self.tell("notes-split", "description", "abstract", tail=" ".join(remarks))
        notes = [
            *(remark if remark.endswith((".", "!", "?")) else f"{remark}." for remark in remarks),
            *self.take("note"),
        ]
        who = dict.fromkeys((*self.take("abstractor"), *signed))
        return {"abstract": text, "abstractor": "; ".join(who), "note": " ".join(notes)}

    def numbers(self) -> dict[str, Any]:
        issn: list[str] = []
        eissn: list[str] = []
        for name in ("issn", "eissn"):
            for text in self.take(name):
                found = list(_ISSN.finditer(text))
                if not found and re.search(r"\d", text):
                    self.keep(name, text)
                for item in found:
                    kind = (item["kind"] or ("E" if name == "eissn" else "P")).upper()
                    (eissn if kind.startswith("E") else issn).append(squash(item["value"]).replace("–", "-"))
                    if kind.startswith("E") and name == "issn" and "issn" in self.at:
                        self.tell("eissn-in-issn", "issn", "eissn")
        isbn: list[str] = []
        for text in self.take("isbn"):
            values = [squash(item["value"]) for item in _ISBN.finditer(text)]
            isbn += values
            if not values:
                self.keep("isbn", text)
        by_name = {"issn": issn, "eissn": eissn, "isbn": isbn}
        return {name: tuple(dict.fromkeys(values)) for name, values in by_name.items()} | {
            "number": self.one("reportnumber")
        }

    def links(self, eric: str) -> dict[str, Any]:
        url, doi = "", ""
        for text in self.take("url"):
            target = target_of(text)
            doi = doi or find_doi(target) or find_doi(f"doi:{target}" if target.startswith("10.") else "")
            address = web_address(target)
            if not address and not doi:
                self.keep("url", text)
            elif address and not is_home_page(address) and "doi.org/" not in address:
                url = url or address
        full = next((text for text in self.take("fulltext") if web_address(text)), "")
        granted = [text for text in self.take("e_fulltextauth") if text.lower() not in _NO]
        if granted and eric and not full:
            full = full_text(eric)
        peer = self.one("peerreviewed")
        if peer and peer.lower() not in _YES | _NO:
            self.keep("peerreviewed", peer)
        reviewed = None if peer.lower() not in _YES | _NO else peer.lower() in _YES
        return {"url": url, "doi": doi, "full_text_url": full, "peer_reviewed": reviewed}

    def appeared(self, cited: Citation, kind: str) -> dict[str, Any]:
        values: dict[str, Any] = {"volume": cited.volume, "issue": cited.issue, "page": cited.page}
        if cited.number:
            values["number"] = cited.number
        dates = []
        for name in ("publicationdate", "publicationdateyear"):
            for text in self.take(name):
                date = PartialDate.parse(text.replace("-00", ""))
                dates += [date] if date else []
                if date is None:
                    self.keep(name, text)
        values["issued"] = best_date([*dates, cited.issued])
        line = squash(self.one("publisher"))
        publisher = publisher_of(line)
        if line != publisher and publisher:
            self.tell("address-split", "publisher", "publisher")
        if kind == "article-journal":
            values["container_title"] = cited.name
        elif cited.name.lower() in _NOWHERE:
            self.keep("source", cited.name)
        else:  # the publisher line of a report names who hands it out ("ED Pubs. P.O. Box 1398")
            publisher = cited.name or publisher
        publisher = cited.school or publisher
        values |= {"publisher": publisher, "availability": line if line != publisher else ""}
        return values | {"event_title": cited.event, "event_place": cited.place}

    def length(self, cited: Citation) -> dict[str, Any]:
        text = self.one("pagecount")
        found = _PAGES.fullmatch(text)
        if not found:
            if text and not cited.page and _RANGE.fullmatch(text):
                return {"page": re.sub(r"\s", "", text)}
            if text:
                self.keep("pagecount", text)
            return {}
        count = int(found["count"])
        if extent := page_count(cited.page):
            self.tell(
                "pages-agree" if extent == count else "pages-disagree",
                "pagecount",
                "number_of_pages",
                count=count,
                page=cited.page,
            )
        return {"number_of_pages": count}
