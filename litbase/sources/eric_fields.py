"""ERIC's fields by name, and how the texts in them are parted.

Every layout is first turned into ERIC's own words: a dictionary from the names of
ERIC's API ("title", "sourceid", "identifiersgeo", ...) to lists of texts.  The
text layout and the record page add "citation" (the whole source line), "eissn",
"fulltext" (an address) and "recordtype"; the bulk file adds "major".

Sources: the API's field list and the labels of the record page.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from litbase.record.names import SUFFIX, is_group, parse_names, role_of
from litbase.record.text import squash

Stated = Mapping[str, Sequence[str]]
"""What a source states: API field name to its texts, in order."""

LABELS = {
    "eric number": "id", "eric no": "id", "eric #": "id", "eric id": "id", "eric accession number": "id",
    "accession number": "id", "available date": "availabledate", "date available": "availabledate",
    "record type": "recordtype", "publication date": "publicationdate",
    "pages": "pagecount", "page count": "pagecount", "abstractor": "abstractor", "isbn": "isbn", "issn": "issn",
    "eissn": "eissn", "title": "title", "author": "author", "authors": "author", "author(s)": "author",
    "source": "citation", "abstract": "description", "descriptors": "subject", "publisher": "publisher",
    "availability": "publisher", "available from": "publisher", "publication type": "publicationtype",
    "publication types": "publicationtype", "education level": "educationlevel", "education levels": "educationlevel",
    "audience": "audience", "language": "language", "languages": "language", "sponsor": "sponsor",
    "sponsors": "sponsor", "authoring institution": "institution", "institution": "institution",
    "identifiers - location": "identifiersgeo", "location": "identifiersgeo",
    "identifiers - assessments and surveys": "identifierstest", "assessments and surveys": "identifierstest",
    "identifiers - laws, policies, & programs": "identifierslaw",
    "identifiers - laws, policies, and programs": "identifierslaw",
    "identifiers - laws, policies & programs": "identifierslaw", "laws, policies, & programs": "identifierslaw",
    "grant or contract numbers": "iesgrantcontractnum", "grant or contract number": "iesgrantcontractnum",
    "ies funded": "iesfunded", "ies cited": "iescited", "ies publication": "ieslinkpublication",
    "ies grant or contract": "iesgrantcontractnum", "wwc reviewed": "ieswwcreviewed",
    "wwc study page": "ieslinkwwcreviewguide", "what works clearinghouse reviewed": "ieswwcreviewed",
    "peer reviewed": "peerreviewed", "direct link": "url", "doi": "url", "url": "url", "link": "url",
    "full text": "fulltext", "download full text": "fulltext", "full text on eric": "fulltext",
    "eric full text": "fulltext", "related records": "related", "related record": "related",
    "author affiliations": "affiliations", "author affiliation": "affiliations", "identifiers": "keyword",
    "report no": "reportnumber", "report number": "reportnumber", "note": "note", "notes": "note",
    "number of references": "referencecount", "reference count": "referencecount", "isbn-13": "isbn",
    "issn (online)": "eissn", "e-issn": "eissn",
}  # fmt: skip
"""The labels of the text layout and the record page, in lower case without their colon."""

LISTS = {
    "publicationtype": "publication_type", "educationlevel": "education_level", "audience": "audience",
    "language": "language", "sponsor": "sponsor", "institution": "institution", "identifiersgeo": "places",
    "identifierslaw": "laws", "identifierstest": "tests", "iesgrantcontractnum": "grants", "keyword": "keywords",
}  # fmt: skip
"""Multi-valued fields that are taken over as they stand: API name to Record field."""

_COMMA_LISTS = frozenset(("educationlevel", "audience", "language"))  # their values hold no commas


def field_of(text: str) -> str:
    """The API field that a label stands for ("ERIC Number" is "id"), "" when it is none of ERIC's."""
    return LABELS.get(squash(text).rstrip(" :.").lower(), "")


def full_text(eric: str) -> str:
    """Where ERIC keeps the full text of a record that has one."""
    return f"https://files.eric.ed.gov/fulltext/{eric}.pdf"


def descriptors(text: str) -> list[str]:
    """The terms of a descriptor line, parted by commas outside brackets (or by semicolons)."""
    mark = ";" if ";" in text else ","
    terms, start, depth = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter == mark and not depth:
            terms.append(text[start:place])
            start = place + 1
    return [term for item in (*terms, text[start:]) if (term := squash(item))]


def items(text: str, name: str) -> list[str]:
    """The values in one text of a multi-valued field, parted by semicolons, or by commas where no value has any."""
    commas = name in _COMMA_LISTS
    return [item for part in re.split(r"[;,]" if commas else ";", text) if (item := squash(part))]


def single_names(texts: Sequence[str]) -> list[str]:
    """Each name apart: a list as it is, one text split at ";" or "|", or a comma-joined line of people."""
    if len(texts) == 1 and ";" not in texts[0] and "|" not in texts[0]:
        parts = [part.strip() for part in texts[0].split(",")]
        plain = not any(SUFFIX.match(part) or role_of(f"x, {part}") for part in parts) and not is_group(texts[0])
        if plain and len(parts) >= 4 and len(parts) % 2 == 0:
            return [str(name) for name in parse_names(texts[0])]
    return [name for text in texts for part in re.split(r"[;|]", text) if (name := squash(part).strip(" ,"))]


def target_of(url: str) -> str:
    """Where a link leads: ERIC wraps some in a redirect ("https://eric.ed.gov/?redir=https%3a%2f%2fdoi.org%2f10...")."""
    url = squash(url)
    try:
        pairs = parse_qsl(urlsplit(url).query, max_num_fields=50)
    except ValueError:
        return url
    wrapped = [value for _, value in pairs if value.lower().startswith(("http://", "https://"))]
    return wrapped[0] if wrapped else url
