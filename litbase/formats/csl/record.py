"""From one CSL-JSON item to a Record; Crossref's works, which are nearly that, among them.

Sources: the CSL-JSON schema 1.0.2 and its older names (event, shortTitle, journalAbbreviation); Crossref's REST API
(titles as lists, published-print, reference, JATS abstracts); Zotero's Extra field, which arrives as `note`.  A member
with a place of its own goes there, every other is kept in `extra` as "csl:<name>".
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.csl import zotero_extra
from litbase.formats.csl.dates import edtf, read_date
from litbase.formats.csl.members import Taken, plain, strings
from litbase.formats.csl.names import read_people
from litbase.formats.emphasis import decoded, read
from litbase.formats.type_names import Type, type_called
from litbase.record.identifiers import normal_eric
from litbase.record.keys import is_key
from litbase.record.kinds import CSL_TYPES
from litbase.record.notices import Notice, notice
from litbase.record.record import FIELD_NAMES, Record, Reference
from litbase.record.text import clean, squash

TEXTS: Final = {
    "container_title": ("container-title",), "collection_title": ("collection-title",), "section": ("section",),
    "volume": ("volume",), "issue": ("issue",), "page": ("page",), "number": ("number", "article-number"),
    "edition": ("edition", "edition-number"), "publisher": ("publisher",),
    "publisher_place": ("publisher-place", "publisher-location"), "genre": ("genre", "degree"),
    "event_title": ("event-title", "event"), "event_place": ("event-place", "event-location"),
}  # fmt: skip
"""Record field -> CSL members, the best first."""
DATES: Final = ("issued", "published", "published-print", "published-online", "posted", "approved")
WORDS: Final = ("keyword", "subject", "categories", "tags")
OWN_TYPES: Final = {
    "article": Type("document"),
    "periodical": Type("book", "Periodical"),
    "peer-review": Type("document", "Peer review"),
}
"""Types that CSL or Crossref mean otherwise than the rest of the world."""
MAX_REFERENCES: Final = 5_000
_ERIC = re.compile(r"(?:(?<=\n)|;\s?|^)\s?ERIC (?:Number|Document): ?(?P<value>E[JD]\d{5,8})\b\.?")
_SEPARATOR = re.compile(r"[;\n]")
_NUMBERS = re.compile(r"[\s,;/]+")


def to_record(item: dict[str, Any], line: int = 0) -> tuple[Record, tuple[Notice, ...]]:
    """The Record of one item, and what was odd about it; any value of any member is taken, none raises."""
    taken = Taken(item)
    values: dict[str, Any] = {}
    values |= _kind(taken)
    _titles(taken, values)
    for field, names in TEXTS.items():
        values[field] = taken.text(field, *names) or values.get(field, "")
    values["abstract"] = taken.text("abstract", "abstract", paragraphs=True)
    _people(taken, values)
    _dates(taken, values)
    _identifiers(taken, values)
    _note(taken, values)
    _numbers(taken, values)
    values["language"] = tuple(filter(None, map(squash, strings(taken.member("language")))))
    values["keywords"] = tuple(dict.fromkeys(word for name in WORDS for word in _words(taken.member(name))))
    values["references"] = _references(taken.member("reference"))
    _own(taken, values)
    values["citation_key"] = _key(taken) or values["citation_key"]
    values["marks"] = tuple(mark for mark in taken.marks if values.get(mark.field))
    values["extra"] = tuple(dict.fromkeys((*taken.said, *taken.rest())))
    record = Record(**{name: value for name, value in values.items() if value and name in FIELD_NAMES})
    return record, () if record.title else (notice("no-title", "title", line),)


def _kind(taken: Taken) -> dict[str, str]:
    """The type and genre; what CSL calls it is kept where it is called otherwise here."""
    stated = squash(" ".join(strings(taken.member("type"))[:1]))
    if stated in CSL_TYPES:
        return {"type": stated}
    if not stated:
        return {"type": _guessed(taken.item)}
    taken.said.append(("csl:type", stated))
    found = csl_type(stated)
    return {"type": found.csl, "genre": found.genre} if found else {"type": _guessed(taken.item)}


def csl_type(name: str) -> Type | None:
    """The type and genre here of what CSL or Crossref call *name*; None when nobody knows it."""
    return OWN_TYPES.get(name) or type_called(name)


def _guessed(item: dict[str, Any]) -> str:
    """The type of an item that does not say it (a journal article has a container and an issue)."""
    if item.get("container-title"):
        return "article-journal" if item.get("ISSN") or item.get("issue") or item.get("volume") else "document"
    return "document"


def _titles(taken: Taken, values: dict[str, Any]) -> None:
    title = taken.text("title", "title")
    subtitle = taken.text("", "subtitle")
    if title and subtitle and squash(subtitle.casefold()) not in title.casefold():
        title = f"{title} {subtitle}" if title[-1] in "?!:.–—" else f"{title}: {subtitle}"
    values["title"] = title or subtitle
    event = taken.item.get("event")
    if isinstance(event, dict):  # Crossref
        values["event_title"] = squash(" ".join(strings(event.get("name"))[:1]))
        values["event_place"] = squash(" ".join(strings(event.get("location"))[:1]))
        taken.said += [(f"csl:event.{name}", plain(name, part)) for name, part in event.items()
                       if name not in ("name", "location") and part]  # fmt: skip
        taken.member("event")


def _people(taken: Taken, values: dict[str, Any]) -> None:
    for role in ("author", "editor", "translator", "chair"):
        people = read_people(taken.member(role))
        values[role] = people.names
        values["others"] = values.get("others") or people.others
        taken.said += [(f"csl:{role}.{member}", text) for member, text in people.rest]
    if not values["author"]:  # a film has a director, a song a composer; they stay under their own name too
        for role in ("director", "composer", "performer", "script-writer", "interviewer", "organizer"):
            if names := read_people(taken.item.get(role)).names:
                values["author"] = names
                break


def _dates(taken: Taken, values: dict[str, Any]) -> None:
    for name in DATES:
        value = taken.item.get(name)
        date, rest = read_date(value)
        if not date and not rest:
            if value:
                taken.member(name)
            continue
        if date and values.get("issued"):
            if date == values["issued"]:
                taken.member(name)
            else:
                taken.item[name] = str(date)
            continue
        taken.member(name)
        values["issued"] = date
        if rest:
            taken.said.append(("csl:issued.circa" if rest == "circa" else "csl:issued", rest))
    values["accessed"], rest = read_date(taken.member("accessed"))
    if rest:
        taken.said.append(("csl:accessed", rest))


def _identifiers(taken: Taken, values: dict[str, Any]) -> None:
    values["doi"] = "".join("".join(strings(taken.member("DOI") or taken.member("doi"))[:1]).split())
    values["url"] = squash("".join(strings(taken.member("URL") or taken.member("url"))[:1])).replace(" ", "%20")
    typed = {"print": [], "electronic": []}  # type: dict[str, list[str]]
    for name in ("issn-type", "isbn-type"):
        for part in taken.item.get(name) or () if isinstance(taken.item.get(name), list) else ():
            if isinstance(part, dict) and name == "issn-type":
                typed.setdefault(str(part.get("type")), []).extend(strings(part.get("value")))
        taken.member(name)
    issn = [number for text in strings(taken.member("ISSN")) for number in _NUMBERS.split(text) if number]
    values["eissn"] = tuple(dict.fromkeys(number for number in typed["electronic"] if number not in typed["print"]))
    values["issn"] = tuple(
        dict.fromkeys(number for number in (*typed["print"], *issn) if number not in values["eissn"])
    )
    isbn = (text.removeprefix("http://id.crossref.org/isbn/") for text in strings(taken.member("ISBN")))
    values["isbn"] = tuple(dict.fromkeys(number for text in isbn for number in _isbns(text)))
    others = [(name.lower(), squash(text)) for name in ("PMID", "PMCID") for text in strings(taken.member(name))]
    values["identifiers"] = tuple(others)
    location = "".join(strings(taken.item.get("archive_location"))[:1])
    if squash("".join(strings(taken.item.get("archive"))[:1])).upper() == "ERIC" and normal_eric(location):
        values["eric"] = normal_eric(location)
        taken.member("archive"), taken.member("archive_location")
        if taken.item.get("source") == "ERIC":
            taken.member("source")


def _isbns(text: str) -> list[str]:
    """The ISBNs of a text: parted by commas, semicolons or blanks, but "978 0 415 83904 4" is one."""
    parts = [part for part in re.split(r"[,;/]\s*|\s+(?=97[89][\d-]{10})", text.strip()) if part]
    whole = [part for part in parts if len(re.sub(r"\D", "", part)) in (9, 10, 13)]
    return whole if len(whole) == len(parts) else [part for part in _NUMBERS.split(text) if part]


def _note(taken: Taken, values: dict[str, Any]) -> None:
    """The note without what has a place of its own: an ERIC number, and identifiers on lines of theirs."""
    note = "\n".join(clean(decoded(text)) for text in strings(taken.member("note")))
    if found := _ERIC.search(note):
        values["eric"] = values.get("eric") or found["value"]
        note = note[: found.start()] + note[found.end() :]
    extra = zotero_extra.read(note)
    values["doi"] = values["doi"] or extra.doi
    values["citation_key"] = extra.citation_key
    values["identifiers"] = tuple(dict.fromkeys((*values["identifiers"], *extra.identifiers)))
    note = extra.text
    values["note"] = note.strip("; \n\t")


def _numbers(taken: Taken, values: dict[str, Any]) -> None:
    count = "".join(strings(taken.item.get("number-of-pages"))[:1]).strip()
    if count.isdecimal() and len(count) < 7:
        taken.member("number-of-pages")
        values["number_of_pages"] = int(count)
    issue = taken.item.get("journal-issue")
    if isinstance(issue, dict):
        taken.member("journal-issue")
        values["issue"] = values["issue"] or "".join(strings(issue.get("issue"))[:1])
    first = "".join(strings(taken.item.get("page-first"))[:1])
    values["page"] = values["page"] or first
    if values["page"].startswith(first):
        taken.member("page-first")
    is_event = values["event_title"] or values["type"] == "paper-conference"
    if values["event_place"] == values["publisher_place"] and not is_event:
        values["event_place"] = ""  # Zotero writes one place under both names


def _words(value: Any) -> Iterator[str]:
    """Keywords in a list, or in a text parted by semicolons, else by commas."""
    for text in strings(value):
        text = decoded(text)
        parts = _SEPARATOR.split(text) if _SEPARATOR.search(text) else text.split(",")
        yield from (word for part in (parts if isinstance(value, str) else [text]) if (word := squash(clean(part))))


def _references(value: Any) -> tuple[Reference, ...]:
    """Crossref's reference list: as written where it is, else from its parts."""
    found = []
    for part in value[:MAX_REFERENCES] if isinstance(value, list) else ():
        if not isinstance(part, dict):
            continue
        stated = {name: read("".join(strings(member)[:1]), "")[0] for name, member in part.items()}
        title = stated.get("article-title") or stated.get("volume-title", "")
        volume_title = stated.get("volume-title", "")
        container = stated.get("journal-title") or (volume_title if volume_title != title else "")
        order = (stated.get("author", ""), stated.get("year", ""), title, container, stated.get("volume", ""),
                 stated.get("first-page", ""), stated.get("DOI", ""))  # fmt: skip
        text = stated.get("unstructured") or ". ".join(filter(None, order))
        parsed = Record(
            type="cited", title=title or stated.get("series-title", ""), container_title=container,
            author=read_people(stated.get("author") or None).names, issued=read_date(stated.get("year"))[0],
            volume=stated.get("volume", ""), issue=stated.get("issue", ""), page=stated.get("first-page", ""),
            doi=stated.get("DOI", ""), edition=stated.get("edition", ""),
        )  # fmt: skip
        if text:
            found.append(Reference(text, parsed if parsed.title or parsed.doi else None))
    return tuple(found)


def _own(taken: Taken, values: dict[str, Any]) -> None:
    """What our own writer keeps in `custom`, where CSL has no name for it."""
    custom = taken.item.get("custom")
    if not isinstance(custom, dict):
        return
    custom = dict(custom)
    values["others"] = bool(custom.pop("others", False)) or values["others"]
    if isinstance(date := custom.get("issued"), str) and edtf(date):
        values["issued"] = edtf(custom.pop("issued"))
    if words := strings(custom.pop("keyword", None)):
        values["keywords"] = tuple(words)
    eissn = custom.pop("eissn", None)
    values["eissn"] = (*values["eissn"], *(number for number in strings(eissn) if number not in values["eissn"]))
    values["issn"] = tuple(number for number in values["issn"] if number not in values["eissn"])
    for field in ("session", "network"):
        if isinstance(text := custom.get(field), str):
            values[field] = custom.pop(field)
            values["note"] = _without(values["note"], f"Session {text}") if field == "session" else values["note"]
    taken.item["custom"] = custom


def _without(note: str, said: str) -> str:
    return note.removesuffix(said).rstrip("; ") if note.endswith(said) else note


def _key(taken: Taken) -> str:
    """The citation key: stated as one, else an `id` that can be one (Zotero's numbers and addresses cannot)."""
    stated = "".join(strings(taken.member("citation-key"))[:1]).strip()
    given = "".join(strings(taken.item.get("id"))[:1]).strip()
    usable = is_key(given) and not given.isdecimal() and "://" not in given
    if usable or given == stated:
        taken.member("id")
    return stated or (given if usable and given != "item" else "")
