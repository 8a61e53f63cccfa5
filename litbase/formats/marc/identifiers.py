"""The numbers and addresses of a MARC record: ISBN, ISSN, DOI, ERIC, LCCN, OCLC and what field 856 links to.

Sources: MARC 21, fields 010, 020, 022, 024, 027, 035, 037, 088, 776 and 856 (its second indicator: 0 the resource, 1 a
version of it, 2 something related).
"""

import re
from typing import Any

from litbase.formats.marc.values import Field, Taken, bare
from litbase.record.identifiers import normal_doi, normal_eric, normal_isbn, normal_issn, web_address

_ISBN = re.compile(r"(?<![\dXx])(?:97[89][\s–-]?)?\d(?:[\s–-]?\d){8}[\s–-]?[\dXx](?![\dXx])")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?!\d)")
_ONLINE = re.compile(r"online|elec?tr|elektr|web|en ligne|en l[ií]nea", re.I)
_OCLC = re.compile(r"\(OCoLC\)\s?(?:ocm|ocn|on)?0*(\d+)", re.I)
_FULL = re.compile(
    r"full[\s-]?text|volltext|texte (?:int[ée]gral|complet)|texto completo|testo (?:completo|integrale)", re.I
)
_RELATED = re.compile(
    r"table of contents|\btoc\b|contributor|biograph|publisher desc|sample text|cover|finding aid|inhaltsverzeichnis|"
    r"inhaltstext|klappentext|rezension|\breview|errata|index only|bibliography only|thumbnail|image|rights|"
    r"terms of use|couverture|table des mati|archiv(?:ed|e) copy|related", re.I
)  # fmt: skip
_CODED = {"0": "isrc", "1": "upc", "2": "ismn", "4": "sici"}


def identifiers(taken: Taken, type_: str) -> dict[str, Any]:
    """The identifiers of a record by field name; those without a field of their own in "identifiers"."""
    changes: dict[str, Any] = {"isbn": _isbns(taken), **_issns(taken)}
    others: list[tuple[str, str]] = []
    for each in taken.marc.of("010", "024", "035"):
        for scheme, value in _others(taken, each):
            if scheme == "doi" and "doi" not in changes:
                changes["doi"] = value
            elif scheme == "isbn":
                changes["isbn"] = tuple(dict.fromkeys((*changes["isbn"], value)))
            else:
                others.append((scheme, value))
    changes["eric"] = _eric(taken)
    if type_ == "report":
        changes["number"] = next(
            (bare(each.one("a")) for each in taken.marc.of("088", "027") if taken.take(each, "a")), ""
        )
    changes["identifiers"] = tuple(dict.fromkeys(others))
    return {name: value for name, value in changes.items() if value}


def _isbns(taken: Taken) -> tuple[str, ...]:
    """The ISBNs as they stand, without what is said of them ("(pbk.)"); a number with a wrong check digit too."""
    found: list[str] = []
    for each in taken.marc.of("020"):
        for value in each.all("a"):
            numbers = _ISBN.findall(value)
            found += numbers
            if numbers == [value]:
                taken.take(each, "a")
        if all(normal_isbn(value) in map(normal_isbn, found) for value in each.all("9")):
            taken.take(each, "9")  # the same with its hyphens, as German catalogues repeat it
    return tuple(dict.fromkeys(found))


def _issns(taken: Taken) -> dict[str, Any]:
    """ISSNs of field 022; those of the other edition that a serial's field 776 names go by what it calls it."""
    found: dict[str, list[str]] = {"issn": [], "eissn": []}
    serial = taken.marc.leader[7:8] in "si" or not taken.marc.of("773")
    for each in taken.marc.of("022"):
        for value in each.all("a"):
            number = _ISSN.search(value)
            found["eissn" if _ONLINE.search(value) else "issn"].append(number[0] if number else value)
            if number and number[0] == value:
                taken.take(each, "al" if each.one("l") == value else "a")
    for each in taken.marc.of("776") if serial else ():
        called = " ".join(each.all("i"))
        name = "eissn" if _ONLINE.search(called) else "issn" if re.search(r"print|druck", called, re.I) else ""
        if name and each.one("x") and normal_issn(each.one("x")):
            if name == "issn":  # then this record is of the online edition
                found["eissn"], found["issn"] = [*found["eissn"], *found["issn"]], []
            found[name].append(each.one("x"))
            taken.take(each, "ix")
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _others(taken: Taken, each: Field) -> list[tuple[str, str]]:
    values = each.all("a")
    if each.tag == "010":
        numbers = [re.sub(r"\s", "", value.partition("/")[0]) for value in values]
        if numbers == values:
            taken.take(each, "a")
        return [("lccn", number) for number in numbers if number]
    if each.tag == "035":
        numbers = [found[1] for value in values if (found := _OCLC.match(value))]
        if [f"(OCoLC){number}" for number in numbers] == values:
            taken.take(each, "a")
        return [("oclc", number) for number in numbers]
    source = each.one("2").lower().rstrip(". ") if each.first == "7" or each.all("2") else ""
    if source == "doi" or (not source and any(value.startswith("10.") for value in values)):
        taken.take(each, "a2")
        return [("doi", normal_doi(value) or value) for value in values]
    if each.first == "3" or source == "ean":
        isbns = [isbn for value in values if (isbn := normal_isbn(value))]
        if len(isbns) == len(values):
            taken.take(each, "a")
        return [("isbn", isbn) for isbn in isbns]
    scheme = source or _CODED.get(each.first, "")
    taken.take(each, "a2" if scheme else "")
    return [(scheme, value) for value in values] if scheme else []


def _eric(taken: Taken) -> str:
    """ERIC's accession number: in field 037, or the record's own number."""
    for each in taken.marc.of("037"):
        number = normal_eric(each.one("a"))
        if number and (each.one("b").upper().startswith("ERIC") or number == each.one("a").upper()):
            taken.take(each, "ab")
            return number
    own = taken.marc.control("001").strip()
    return normal_eric(own) if re.fullmatch(r"E[JD]\d{5,8}", own) else ""


def links(taken: Taken) -> dict[str, Any]:
    """The address of the work, of its full text, and the DOI that one of them is; related pages stay left over."""
    changes: dict[str, Any] = {}
    for each in sorted(taken.marc.of("856"), key=lambda each: {"0": 0, "1": 1}.get(each.second, 2)):
        said = " ".join(each.all("3yz"))
        if each.second == "2" or (_RELATED.search(said) and not _FULL.search(said)):
            continue
        for address in filter(None, map(web_address, each.all("u"))):
            name = "full_text_url" if _FULL.search(" ".join(each.all("3"))) else "url"
            if name not in changes:
                changes[name] = address
                taken.take(each, "u" if len(each.all("u")) == 1 else "")
                if name == "full_text_url" and each.all("3") == ["Full text"]:
                    taken.take(each, "3")
    if "full_text_url" in changes and "url" not in changes:
        changes["url"] = changes["full_text_url"]
    return changes
