"""SKOS, whatever it is written in: statements about concepts become the rows of a thesaurus.

A statement is (subject, property, value, language), properties by their local names.  Source: the SKOS reference of
the W3C; iso-thes for broaderGeneric and the like; DCMI and OWL for what is replaced or deprecated.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from litbase.record.notices import Notice, notice
from litbase.vocabulary.terms import Row

ENGLISH: Final = "en"
_LABELS: Final = {"prefLabel", "altLabel", "hiddenLabel"}
_NOTES: Final = ("scopeNote", "definition")
_LINKS: Final = {
    "broader": "broader", "broaderGeneric": "broader", "broaderPartitive": "broader", "broaderInstantial": "broader",
    "narrower": "narrower", "narrowerGeneric": "narrower", "narrowerPartitive": "narrower",
    "narrowerInstantial": "narrower", "related": "related", "isReplacedBy": "use",
}  # fmt: skip
_NO_CONCEPTS: Final = {"ConceptScheme", "Collection", "OrderedCollection"}
_LOCAL: Final = re.compile(r"[^/#:]*$")


class Statement(NamedTuple):
    """One thing said of *subject*: *value* is a text in *language* ("" for none) or the name of another subject."""

    subject: str
    property: str
    value: str
    language: str = ""
    line: int = 0


def local(name: str) -> str:
    """The last part of an identifier.

    >>> local("http://www.w3.org/2004/02/skos/core#prefLabel"), local("skos:Concept"), local("type")
    ('prefLabel', 'Concept', 'type')
    """
    found = _LOCAL.search(name)
    return found[0] if found else name


def rows_of(statements: Iterable[Statement], told: list[Notice]) -> Iterator[Row]:
    """The concepts of *statements* in one language: English where there is any, else the most frequent.

    A concept without a label in it has its first one.  How many names were left out is added to *told*.
    """
    concepts: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        concepts[statement.subject].append(statement)
    labelled = {
        subject: said
        for subject, said in concepts.items()
        if any(one.property == "prefLabel" for one in said)
        and not any(one.property == "type" and local(one.value) in _NO_CONCEPTS for one in said)
    }
    language = _language(labelled.values())
    names = {subject: _name(said, language) for subject, said in labelled.items()}
    left_out = 0
    for subject, said in labelled.items():
        row = Row(names[subject], min(one.line for one in said))
        for one in said:
            if one.property in _LABELS and one.value != row.name:
                if _speaks(one.language, language):
                    row.used_for.append(one.value)
                else:
                    left_out += 1
            elif one.property in _LINKS:
                getattr(row, _LINKS[one.property]).append(names.get(one.value, one.value))
            elif one.property == "deprecated":
                row.retired = row.retired or one.value in ("true", "1")
        row.scope_note = _note(said, language)
        yield row
    if left_out:
        told.append(notice("terms-in-languages", count=left_out, language=language or "the first"))


def _language(concepts: Iterable[list[Statement]]) -> str:
    counts = Counter(one.language.lower() for said in concepts for one in said if one.property == "prefLabel")
    if any(_speaks(language, ENGLISH) for language in counts if language):
        return ENGLISH
    return counts.most_common(1)[0][0] if counts else ""


def _speaks(language: str, wanted: str) -> bool:
    """Whether a text in *language* is one in the *wanted* language or in none; "en-GB" is English."""
    return language.lower().partition("-")[0] in ("", wanted.partition("-")[0])


def _name(said: Iterable[Statement], language: str) -> str:
    labels = [one for one in said if one.property == "prefLabel"]
    # exactly the language first, then a regional form of it or no language at all
    labels.sort(key=lambda one: (one.language.lower() != language, not _speaks(one.language, language)))
    return labels[0].value


def _note(said: Iterable[Statement], language: str) -> str:
    for wanted in _NOTES:
        for one in said:
            if one.property == wanted and _speaks(one.language, language):
                return one.value
    return ""
