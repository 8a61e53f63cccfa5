"""What a MARC record is about, for whom, and in which languages: fields 600 to 662, 521, 041, 546 and 008.

Sources: MARC 21, 6XX: subdivisions are joined by "--"; the second indicator tells a term of a list (650) from free
words (653, or no list named); terms of ERIC's thesaurus carry $2 ericd.
"""

import re
from typing import Any

from litbase.formats.marc.codes import language_of
from litbase.formats.marc.values import Field, Taken, bare
from litbase.record.text import squash
from litbase.vocabulary.tables import AUDIENCES, LEVELS, language_tag

HEADINGS = ("600", "610", "611", "630", "647", "648", "650", "651", "654", "656", "657", "658", "662", "690", "691")
NEWSPAPER_ARTICLE = (("a", "Newspaper articles"), ("2", "local"))
"""What this program writes in field 655, where MARC has no code for the type."""
MOST_PARTS = 200
_DIVISIONS = "vxyz"
_PARTS = "abcdfghjklmnopqrst"
_ERIC = ("ericd", "eric")
_OURS = (*_ERIC, "local")
_WHOM = {value.casefold(): ("audience", value) for value in AUDIENCES} | {
    value.casefold(): ("education_level", value) for value in LEVELS
}


def subjects(taken: Taken) -> dict[str, Any]:
    """Descriptors, keywords, places, publication types, audiences and levels of a record, by field name."""
    found: dict[str, list[str]] = {}

    def add(name: str, value: str) -> None:
        if value:
            found.setdefault(name, []).append(value)

    ranked = {each.first for each in taken.marc.of("650")} >= {"1", "2"}
    for each in taken.marc.of(*HEADINGS):
        heading = heading_of(each)
        free = each.second == "4" or (each.second == " " and not each.all("2") and each.tag == "650")
        add("keywords" if free else "descriptors", heading)
        if ranked and each.tag == "650" and each.first == "1":
            add("major_descriptors", heading)
        if each.tag == "651":
            add("places", bare(each.one("a")))
        taken.take(each, _PARTS + _DIVISIONS if len(each.subfields) <= MOST_PARTS else "")
        if each.one("2") in _OURS:
            taken.take(each, "2")
    for each in taken.marc.of("653"):
        for value in taken.take(each, "a"):
            add("keywords", bare(value))
    for each in taken.marc.of("655"):
        if each.subfields == NEWSPAPER_ARTICLE:  # that is in the record's type
            taken.take(each, "a2")
            continue
        is_eric = each.one("2") in _ERIC
        add("publication_type" if is_eric else "keywords", heading_of(each))
        taken.take(each, _PARTS + _DIVISIONS + ("2" if is_eric else ""))
    for each in taken.marc.of("521"):
        known = [_WHOM.get(bare(value).casefold()) for value in each.all("a")]
        for name, value in filter(None, known):
            add(name, value)
        if known and all(known):
            taken.take(each, "a")
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def heading_of(each: Field) -> str:
    """A heading as one text: "Shakespeare, William, 1564-1616. Hamlet--Criticism"; "" when it is empty.

    >>> heading_of(Field("650", " 0", (("a", "Jesuits"), ("z", "Paraguay"), ("v", "Early works to 1800."))))
    'Jesuits--Paraguay--Early works to 1800'
    """
    name, divisions = "", []
    for code, value in each.subfields[:MOST_PARTS]:
        if code in _DIVISIONS and (text := bare(value)):
            divisions.append(text)
        elif code in _PARTS and value:
            text = value.strip()
            name += ("" if not name else ". " if code in "tb" and name[-1] not in ".," else " ") + text
    return "--".join(filter(None, (bare(squash(name)), *divisions)))


def languages(taken: Taken) -> dict[str, Any]:
    """The languages of the text: of field 041, else of 008, else as 546 names them in English."""
    found: list[str] = []
    for each in taken.marc.of("041"):
        codes = each.all("a") or each.all("d")
        split = [part for code in codes for part in (re.findall("...", code) if _is_packed(code) else [code])]
        found += filter(None, map(language_of, split))
        if all(map(language_of, split)) and each.all("a"):
            taken.take(each, "a")
    if not found:
        found = [language_of(taken.marc.coded(35, 38))]
    if not any(found):
        words = (word for each in taken.marc.of("546") for word in re.findall(r"[^\W\d_]{4,20}", each.one("a")[:300]))
        found = [tag for word in words if (tag := language_tag(word))]
    named = tuple(dict.fromkeys(filter(None, found)))
    return {"language": named} if named else {}


def _is_packed(code: str) -> bool:
    """Whether several codes stand in one subfield, as they did until 2001: "engfre"."""
    return len(code) > 3 and len(code) % 3 == 0 and code.isalpha() and code.islower()
