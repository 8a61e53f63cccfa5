"""The values of fields that are compared whole, brought to the one form the index holds."""

from typing import Final

from litbase.record.identifiers import normal_doi, normal_eric, normal_isbn, normal_issn
from litbase.record.kinds import KINDS
from litbase.record.text import fold, squash

_TYPES: Final = {fold(text): kind.name for kind in reversed(KINDS) for text in (kind.plural, kind.label, kind.name)}
_PEER: Final = dict.fromkeys("1 t true y yes on".split(), "yes") | dict.fromkeys("0 f false n no off".split(), "no")
_FULL_TEXT: Final = frozenset(_PEER) | {"full text", "full-text", "pdf"}  # ERIC's "fulltextavailable:T"


def is_no(text: str) -> bool:
    """Whether *text* says no, as "F" does in ERIC's queries."""
    return _PEER.get(fold(squash(text))) == "no"


def whole_value(field: str, text: str) -> str:
    """*text* as the index holds values of the ID field *field*; *text* itself where it names nothing known.

    A record type may be given by its label; a plain "yes" to the availability means full text.  Doing it twice changes
    nothing.

    >>> whole_value("type", "Book  Chapters"), whole_value("doi", "https://doi.org/10.1007/S1")
    ('chapter', '10.1007/s1')
    """
    text = squash(text)
    match field:
        case "type":
            return _TYPES.get(fold(text), text)
        case "peer_reviewed":
            return _PEER.get(fold(text), text)
        case "availability":
            return "fulltext" if fold(text) in _FULL_TEXT else text
        case "doi":
            return normal_doi(text).lower() or text
        case "isbn":
            return normal_isbn(text) or text
        case "issn":
            return normal_issn(text) or text
        case "id" if (number := normal_eric(text)) and len(text.replace(" ", "")) == len(number):
            return number
    return text
