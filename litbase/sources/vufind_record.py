"""From the labelled rows of a VuFind page to a record, one way for text and saved pages; and COinS beside them.

Sources: VuFind's record drivers (the citation line "Vol. 1; no. 2; pp. 3 - 4", "Place : Publisher Date"); COinS 0.1
and the KEV formats "book" and "journal" of OpenURL.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from litbase.record.dates import PartialDate
from litbase.record.identifiers import find_doi, normal_doi, web_address
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.record.text import fold, squash
from litbase.sources import vufind_labels as words
from litbase.sources.vufind_people import read_people
from litbase.sources.vufind_values import YEAR, citation, extent, published

_MATERIAL = re.compile(
    r"\s?\[(?:electronic resource|elektronische ressource|ressource électronique|recurso electr[óo]nico|"
    r"risorsa elettronica|elektroninen aineisto|elektronisk resurs|microform|videorecording|e-?book)\]", re.I
)  # fmt: skip
_RESOLVER = re.compile(r"serialssolutions|/openurl|resolver|ezproxy|libproxy|[?&]rft[._]", re.I)


@dataclass
class Rows:
    """The values of a page by field, as they were labelled."""

    title: list[str] = field(default_factory=list)
    subtitle: str = ""
    teaser: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    furniture: int = 0
    plural_corporate: bool = False

    def add(self, name: str, label: str, values: list[str]) -> None:
        """Takes one labelled row in; buttons among its values are furniture."""
        if name == "tags":
            own = [value for value in values if not words.heading_of(value)]
            self.furniture += 1 + len(values) - len(own)
            self.extra += [(f"vufind:{label}", value) for value in own]
        elif not values:
            self.empty.append(label)
        elif name == "extra":
            self.extra += [(f"vufind:{label}", value) for value in values]
        elif name == "note" and values and extent(values[0]) is not None:  # de: "Beschreibung" is both
            self.values.setdefault("extent", []).extend(values)
        elif name == "published" and values and _is_container(values[0]):  # nl: "Gepubliceerd in" is both
            self.values.setdefault("container", []).extend(values)
        elif name == "container" and values and not re.search(r"[^\W\d]{3}", values[0]):
            self.values.setdefault("published", []).extend(values)
        else:
            self.plural_corporate |= name == "corporate" and label.endswith(("s", "en"))
            self.values.setdefault(name, []).extend(values)

    def of(self, *names: str) -> list[str]:
        """The values of these fields, in order."""
        return [value for name in names for value in self.values.get(name, ())]


def assemble(rows: Rows) -> tuple[Record, tuple[Notice, ...]]:
    """The record that *rows* state, and what was odd about them."""
    notices: list[Notice] = []
    people, roles = read_people(rows.values, rows.plural_corporate)
    rows.extra += roles
    changes: dict[str, Any] = {**people, "title": _title(rows, notices), "abstract": _abstract(rows, notices)}
    for step in (_container, _imprint, _identifiers, _online, _rest):
        changes |= step(rows)
    changes |= _type(rows, changes)
    changes["extra"] = tuple(dict.fromkeys(rows.extra))
    if rows.empty:
        notices.append(notice("empty-rows", labels=", ".join(rows.empty)))
    if not changes["title"]:
        notices.append(notice("no-title", "title"))
    return Record(**changes), tuple(notices)


def _title(rows: Rows, notices: list[Notice]) -> str:
    title = squash(" ".join(rows.title)).split(" / ")[0]  # MARC: the statement of responsibility
    title = _MATERIAL.sub("", title).rstrip(" /:")
    title = re.sub(r"\s+:\s+", ": ", title)
    if subtitle := rows.subtitle.split(" / ")[0].strip(" /:"):
        notices.append(notice("subtitle-joined", "title"))
        title = f"{title}: {subtitle}"
    return title


def _abstract(rows: Rows, notices: list[Notice]) -> str:
    teaser = "\n\n".join(rows.teaser)
    summary = "\n\n".join(rows.of("summary"))
    start = re.sub(r"\s*(?:\.\.\.|…)$", "", squash(teaser))
    if summary and (squash(summary).startswith(start) or len(summary) >= len(teaser)):
        rows.furniture += len(rows.teaser)
        if teaser.endswith(("...", "…")) and len(summary) > len(teaser):
            notices.append(notice("teaser-replaced", "abstract"))
        return summary
    if teaser.endswith(("...", "…")):
        notices.append(notice("truncated", "abstract", what="the summary"))
    return teaser


# --- what it is in


def _is_container(value: str) -> bool:
    return citation(value)[0] != value and not YEAR.search(value[-6:])


def _container(rows: Rows) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    values = rows.of("container")
    if values:
        title, changes = citation(squash(" ".join(values)))
        if "ahead-of-print" in values[0]:
            rows.extra.append(("vufind:Published in", values[0]))
        changes["container_title"] = title
    series = [
        re.match(r"(.*?)(?:\s+;\s*|,\s+(?=(?:(?:vol|bd|no|nr)\.?\s)|\d{1,4}$))(.*)$", value, re.I)
        for value in rows.of("series")
    ]
    names = [(m[1].strip(" ."), m[2]) if m else (v.strip(), "") for m, v in zip(series, rows.of("series"), strict=True)]
    if names:
        changes["collection_title"] = names[0][0]
        rows.extra += [("vufind:series-number", number) for _, number in names[:1] if number]
        rows.extra += [("vufind:series", value) for value in rows.of("series")[1:]]
    return changes


# --- where and when it was published


def _imprint(rows: Rows) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for value in rows.of("published"):
        place, publisher, date = published(value)
        for name, given in (("publisher_place", place), ("publisher", publisher), ("issued", date)):
            if given and name not in changes:
                changes[name] = given
    rows.extra += [("vufind:Published", value) for value in rows.of("published")[1:]]
    rows.extra += [("vufind:Published", value) for value in rows.of("published")[:1] if value.count(" : ") > 1]
    if "issued" not in changes and (dates := YEAR.search(" ".join(rows.of("dates")))):
        changes["issued"] = PartialDate(year=int(dates[1]))
    if "publisher_place" not in changes and (places := rows.of("place")):
        changes["publisher_place"] = places[0].rstrip(" :,")
    return changes


# --- identifiers and the rest


def _identifiers(rows: Rows) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    isbn: list[str] = []
    for value in rows.of("isbn"):
        found = re.findall(r"[\dXx][\dXx\s–-]{8,16}[\dXx]", value)
        isbn += found
        rows.extra += () if found else (("vufind:ISBN", value),)
    electronic: list[str] = []
    printed: list[str] = []
    for value in rows.of("issn"):
        for piece in filter(None, map(squash, re.split(r"[,;]", value))):
            if one := re.search(r"\d{4}[-–]?\d{3}[\dXx]", piece):
                is_electronic = re.search(
                    r"online|electr|elektr|e-?issn|web|en ligne|en l[ií]nea|verkko|\(e\)", piece, re.I
                )
                (electronic if is_electronic else printed).append(one[0])
            else:
                rows.extra.append(("vufind:ISSN", piece))
    for name, values in (("isbn", isbn), ("issn", printed), ("eissn", electronic)):
        if values:
            changes[name] = tuple(dict.fromkeys(values))
    for value in rows.of("doi"):
        if (doi := normal_doi(value)) and "doi" not in changes:
            changes["doi"] = doi
        else:
            rows.extra.append(("vufind:DOI", value))
    return changes


def _online(rows: Rows) -> dict[str, Any]:
    """Addresses under Online Access; the words of the buttons are furniture, link resolvers are kept aside."""
    changes: dict[str, Any] = {}
    for value in rows.of("online"):
        addresses = [web_address(piece.rstrip(".,;)")) for piece in re.findall(r"https?://\S+", value)]
        rows.furniture += not addresses
        for address in filter(None, addresses):
            doi = find_doi(address) if "doi.org/" in address else ""
            if doi and not rows.of("doi") and "doi" not in changes:
                changes["doi"] = doi
            elif not doi and "url" not in changes and not _RESOLVER.search(address):
                changes["url"] = address
            else:
                rows.extra.append(("vufind:Online Access", address))
    return changes


def _rest(rows: Rows) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for value in rows.of("extent"):
        pages = extent(value)
        if pages and "number_of_pages" not in changes:
            changes["number_of_pages"] = pages
        rows.extra.append(("vufind:Physical Description", value))
    lists = {
        "language": [piece for value in rows.of("language") for piece in re.split(r"\s*[;,]\s*", value)],
        "keywords": [_unstopped(re.sub(r"\s?(?:>|--)\s?", " > ", value)) for value in rows.of("subjects")],
        "audience": rows.of("audience"),
    }
    changes |= {name: tuple(dict.fromkeys(filter(None, values))) for name, values in lists.items() if any(values)}
    texts = {"edition": _unstopped(" ".join(rows.of("edition"))), "note": "\n".join(rows.of("note")),
             "availability": "\n".join(rows.of("access"))}  # fmt: skip
    changes |= {name: value for name, value in texts.items() if value}
    rows.extra += [("vufind:Related Items", value) for value in rows.of("related")]
    for value in rows.of("peer"):
        changes["peer_reviewed"] = fold(value) in ("yes", "true", "ja", "oui", "peer reviewed")
    return changes


def _unstopped(value: str) -> str:
    """*value* without the full stop that MARC sets behind it; that of an abbreviation ("2nd ed.") stays."""
    return value[:-1] if re.search(r"[^\W\d]{5}\.$", value) else value


def _type(rows: Rows, changes: dict[str, Any]) -> dict[str, Any]:
    """The CSL type of the Format row; without one it is worked out from the other rows and said to be inferred."""
    formats = rows.of("format")
    csl, genre = words.format_of(formats)
    rows.extra += [("vufind:Format", value) for value in formats] if len(formats) > 1 else []
    if genre == "Proceedings" and "container_title" in changes:  # Summon calls each paper of a volume so
        return {"type": "paper-conference"}
    if csl:
        return {"type": csl, "genre": genre} if genre else {"type": csl}
    if formats:
        return {"type": "document", "genre": formats[0]}
    if "container_title" in changes:
        return {"type": "chapter" if changes.get("isbn") else "article-journal", "inferred": ("type",)}
    return {"type": "book", "inferred": ("type",)} if changes.get("isbn") else {}
