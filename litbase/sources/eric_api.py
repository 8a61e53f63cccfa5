"""Answers of ERIC's API, saved: JSON, Solr's XML, and CSV.

Source: api.ies.ed.gov/eric and real answers.  JSON is `{"response": {"docs": [...]}}` served as plain text, XML is
Solr's `<doc><arr name="author"><str>`, CSV joins several values by "," and writes a literal comma as "\\,".
A field may be a text, a number or a list; unknown fields are kept in `Record.extra`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from litbase.formats.xml import Element, stream
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.text import squash
from litbase.sources.eric_record import reading_of

NAME = "eric-api"
SOURCE = "eric"
LABEL = "ERIC API answer"
VERSION = 1
RANK = 70

MAX_REFUSALS = 200
MAX_VALUES = 250_000  # more than the library accepts, so that it refuses them and nothing is cut in silence
FIELDS = frozenset(
    "id title author description desc subject publicationtype publicationdateyear publicationdate language issn "
    "isbn publisher peerreviewed source sourceid url institution sponsor abstractor audience educationlevel "
    "identifiersgeo identifierslaw identifierstest authorxlink e_datemodified e_fulltextauth e_yearadded iescited "
    "iesfunded iesgrantcontractnum iesgrantcontractnumxlink ieslinkdatasource ieslinkpublication "
    "ieslinkwwcreviewguide ieswwcreviewed pagecount".split()
)
OWN = FIELDS - frozenset("id title author language issn isbn publisher source url desc description".split())
"""Names that ERIC's API uses and hardly anyone else."""
MULTIPLE = frozenset(
    "author subject publicationtype language issn isbn institution sponsor audience educationlevel identifiersgeo "
    "identifierslaw identifierstest iesgrantcontractnum authorxlink".split()
)
_ALIASES = {"desc": "description"}
_DOCS = re.compile(r'"docs"\s*:\s*\[')
_ERROR = re.compile(r'"error"\s*:\s*(?=\{)')
_NAMES = re.compile(r'"(\w{2,40})"\s*:')
_ACCESSION = re.compile(r'"id"\s*:\s*"E[JD]\d{5,8}"')
_NEXT = re.compile(r'\}\s*,\s*(?=\{\s*")')
_decoder = json.JSONDecoder(strict=False)


def sniff(document: Document) -> int:
    """Sure of JSON with ERIC's field names and numbers, of Solr's XML with them, and of CSV headed by them."""
    if document.binary or document.is_html:
        return 0
    head = document.head
    start = head.lstrip()
    if start.startswith(("{", "[")):
        own = len(OWN & set(_NAMES.findall(head)))
        docs = bool(_DOCS.search(head))
        if docs and (own or _ACCESSION.search(head) or re.search(r'"docs"\s*:\s*\[\s*\]', head)):
            return 95
        if _ACCESSION.search(head) and own >= 2:
            return 90
        return 80 if start.startswith("{") and _ERROR.search(head) and '"msg"' in head else 0
    if document.is_xml:
        if re.search(r"<doc[\s>]", head) and re.search(r'name\s*=\s*["\'](?:id|title)["\']', head):
            return (
                95
                if len(OWN & set(re.findall(r'name\s*=\s*["\'](\w+)["\']', head)))
                or re.search(r">\s*E[JD]\d{5,8}\s*<", head)
                else 40
            )
        return 80 if re.search(r"<response[\s>]", head) and re.search(r'<(?:result|lst name="error")', head) else 0
    names = _header(start.partition("\n")[0])
    return 95 if len(names & OWN) >= 2 and len(names & FIELDS) >= 3 else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each document of the answer; an error answer, a broken or a cut one is a Refusal."""
    start = document.head.lstrip()
    if start.startswith(("{", "[")):
        found = _json(document.text)
    elif document.is_xml:
        found = _xml(document.text)
    else:
        found = _csv(document.text)
    nothing = True
    for item in found:
        nothing = False
        yield item if isinstance(item, Refusal) else reading_of(*item)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"))


Found = tuple[dict[str, list[str]], int, tuple[Notice, ...]]
"""What one record states, its line, and what was odd about reading it."""


def _stated(fields: dict[str, Any]) -> dict[str, list[str]]:
    """Every field as a list of texts; lists in lists are opened, objects are kept as JSON."""
    return {_ALIASES.get(str(name), str(name)): _texts(value) for name, value in fields.items()}


def _texts(value: Any) -> list[str]:
    texts: list[str] = []
    waiting = [value]
    while waiting and len(texts) < MAX_VALUES:
        item = waiting.pop()
        match item:
            case None:
                continue
            case list():
                waiting.extend(reversed(item))
            case dict():
                texts.append(json.dumps(item, ensure_ascii=False))
            case bool():
                texts.append("T" if item else "F")
            case _:
                texts.append(str(item))
    return texts


def _json(text: str) -> Iterator[Found | Refusal]:
    docs = _DOCS.search(text)
    place = docs.end() if docs else _first(text)
    if place < 0:
        yield _json_error(text)
        return
    line, counted = 1, 0
    refusals = 0
    while refusals < MAX_REFUSALS:
        place = _skip(text, place)
        line, counted = line + text.count("\n", counted, place), place
        if place >= len(text):
            if docs:
                yield Refusal(line=line, notice=notice("truncated", line=line, what="the list of records"))
            return
        if text[place] == "]" or (not docs and text[place] == "}"):
            if not docs or not (docs := _DOCS.search(text, place)):
                return
            place = docs.end()  # several answers in one file
            continue
        try:
            value, end = _decoder.raw_decode(text, place)
        except RecursionError:
            yield Refusal(
                line=line, notice=notice("malformed", line=line, expected="a record", found="brackets nested too deep")
            )
            return
        except ValueError as error:
            refusals += 1
            fallen = getattr(error, "pos", place)
            following = _NEXT.search(text, max(fallen - 1, place + 1)) or _NEXT.search(text, place + 1)
            yield _broken(
                text, place, line, cut=(following is None and text[fallen:].strip(" \n\t") == "") or _is_cut(str(error))
            )
            if following is None:
                return
            place = following.end()
            continue
        place = end
        if isinstance(value, dict):
            yield _stated(value), line, ()
        else:
            refusals += 1
            yield Refusal(line=line, notice=notice("malformed", line=line, expected="a record", found=str(value)[:40]))


def _is_cut(message: str) -> bool:
    return message.startswith("Unterminated string")


def _first(text: str) -> int:
    """Where the first record of a bare list or a bare record is; -1 when the text is neither."""
    start = _skip(text, 0)
    if text.startswith("[", start):
        return start + 1
    return start if text.startswith("{", start) and _ACCESSION.search(text[start : start + 8000]) else -1


def _skip(text: str, place: int) -> int:
    found = re.compile(r"[\s,\ufeff]*").match(text, place)
    return found.end() if found else place


def _broken(text: str, place: int, line: int, cut: bool) -> Refusal:
    key = re.search(r'"id"\s*:\s*"(E[JD]\d{5,8})"', text[place : place + 2000])
    told = (
        notice("truncated", line=line, what="a record")
        if cut
        else notice("malformed", line=line, expected="a JSON record", found=squash(text[place : place + 60]))
    )
    return Refusal(line=line, notice=told, key=key[1] if key else "", text=text[place : place + 200])


def _json_error(text: str) -> Refusal:
    error = _ERROR.search(text)
    try:
        reason = _decoder.raw_decode(text, error.end())[0].get("msg", "") if error else ""
    except (ValueError, RecursionError):
        reason = ""
    if reason:
        return Refusal(line=1, notice=notice("error-answer", line=1, reason=squash(str(reason))[:300]))
    return Refusal(line=1, notice=notice("no-record", line=1))


def _xml(text: str) -> Iterator[Found | Refusal]:
    for element in stream(text, "doc", "lst"):
        if isinstance(element, Refusal):
            yield element
        elif element.name == "doc":
            yield _stated(_fields(element)), element.line, ()
        elif element.attributes.get("name") == "error":
            reason = next(
                (child.text for child in element.children if child.attributes.get("name") == "msg"), element.text
            )
            yield Refusal(
                line=element.line, notice=notice("error-answer", line=element.line, reason=squash(reason)[:300])
            )


def _fields(doc: Element) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for child in doc.children:
        name = child.attributes.get("name") or child.name
        values = [item.text for item in child.children] if child.name == "arr" else [child.text]
        fields.setdefault(name, []).extend(values)
    return fields


def _csv(text: str) -> Iterator[Found | Refusal]:
    rows = csv_rows(text.lstrip("\ufeff"))
    _, header = next(rows, (0, []))
    names = [name.strip().lower() for name in header]
    for line, row in rows:
        if len(row) == 1 and not row[0].strip():
            continue
        if len(row) > len(names):
            found = notice("malformed", line=line, expected=f"{len(names)} columns", found=str(len(row)))
            yield Refusal(line=line, notice=found, text=", ".join(row)[:200])
            continue
        stated = {
            _ALIASES.get(name, name): _values(name, value)
            for name, value in zip(names, row, strict=False)
            if value.strip()
        }
        yield stated, line, (notice("truncated", line=line, what="a row"),) if len(row) < len(names) else ()


def _values(name: str, value: str) -> list[str]:
    """The values of a cell; a comma that is part of a value is written "\\,"."""
    parts = re.split(r"(?<!\\),", value) if name in MULTIPLE and (name != "author" or "\\," in value) else [value]
    return [part.replace("\\,", ",").strip() for part in parts]


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row of *text* by RFC 4180; a quoted cell may hold commas, line ends and doubled quotes."""
    place, line = 0, 1
    while place < len(text):
        began, cells = line, []
        while True:
            cell, place = _cell(text, place)
            cells.append(cell)
            line += cell.count("\n")
            if place >= len(text) or text[place] == "\n":
                break
            place += 1
        place += 1
        line += 1
        yield began, cells


_BARE = re.compile(r"[^,\n]*")


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell at *place* and where its comma or line end is."""
    if not text.startswith('"', place):
        bare = _BARE.match(text, place)
        return (bare[0], bare.end()) if bare else ("", place)
    pieces = []
    place += 1
    while True:
        end = text.find('"', place)
        if end < 0:
            pieces.append(text[place:])
            return "".join(pieces), len(text)
        pieces.append(text[place:end])
        if text.startswith('""', end):
            pieces.append('"')
            place = end + 2
            continue
        bare = _BARE.match(text, end + 1)
        return "".join(pieces) + (bare[0] if bare else ""), bare.end() if bare else end + 1


def _header(line: str) -> frozenset[str]:
    return frozenset(name.strip(' "').lower() for name in line[:2000].split(","))
