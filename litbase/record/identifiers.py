"""DOI, ISBN, ISSN, ERIC number, ORCID and web addresses: normal form, check and link.

Sources: ISO 2108 and 3297 check digits; the DOI handbook (prefix 10.NNNN/);
the forms ERIC really emits ("EISSN-1573-1812", "ISBN-978-1-5985-7192-9").
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

_DOI_PLACE = re.compile(r"(?:doi\.org/|\bdoi\b\s*[:=]?\s*|info:doi/)(?P<doi>10\.\d{4,9}\S*)", re.I)
_ERIC = re.compile(r"\b(E[JD])\s?(\d{5,8})\b", re.I)
_ORCID = re.compile(r"\b(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b")


def normal_doi(text: str) -> str:
    """The DOI in *text* without resolver or "doi:", its case kept; "" when there is none.

    >>> normal_doi("https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O")
    '10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O'
    """
    text = re.sub(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*|info:doi/)", "", text.strip(), flags=re.I)
    text = unquote(text) if re.search(r"%[0-9A-Fa-f]{2}", text) else text
    found = re.match(r"10\.\d{4,9}(?:\.\d+)*/\S+", text)
    if not found:
        return ""
    doi = found[0].rstrip(".,;:'\"")
    for opening, closing in ("()", "[]", "{}"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;:")
    return doi


def find_doi(text: str) -> str:
    """The first DOI that *text* marks as one (doi.org or "doi:"), percent-decoded; "" when there is none."""
    found = _DOI_PLACE.search(unquote(text))
    return normal_doi(found["doi"]) if found else ""


def doi_link(doi: str) -> str:
    """The resolver's address of a DOI, percent-encoded where a URL must be."""
    return "https://doi.org/" + quote(doi, safe="/:;()[]!*'$@+,=~._-")


def normal_isbn(text: str) -> str:
    """The ISBN-13 of an ISBN-10 or -13 with a right check digit, digits only; "" otherwise.

    >>> normal_isbn("041583905X")
    '9780415839051'
    >>> normal_isbn("9780415839045")
    ''
    """
    digits = re.sub(r"[\s–-]", "", re.sub(r"^\s*ISBN(?:-1[03])?[\s:-]*", "", text, flags=re.I)).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits))
        return _isbn13("978" + digits[:9]) if total % 11 == 0 else ""
    if re.fullmatch(r"97[89]\d{10}", digits) and _isbn13(digits[:12]) == digits:
        return digits
    return ""


def _isbn13(twelve: str) -> str:
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(twelve))
    return twelve + str(-total % 10)


@lru_cache(maxsize=4096)  # a few journals have most articles
def normal_issn(text: str) -> str:
    """The ISSN in *text* as "1234-567X" when its check digit is right; "" otherwise.

    >>> normal_issn("EISSN-1573-1812")
    '1573-1812'
    """
    digits = re.sub(r"[\s–-]", "", re.sub(r"^\s*[EPL]?-?ISSN[\s:-]*", "", text, flags=re.I)).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return ""
    total = sum((8 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 else ""


def normal_eric(text: str) -> str:
    """The ERIC accession number in *text*, "EJ1223055" or "ED123456"; "" when there is none."""
    found = _ERIC.search(text)
    return f"{found[1].upper()}{found[2]}" if found else ""


def eric_link(number: str) -> str:
    """ERIC's page of a record."""
    return f"https://eric.ed.gov/?id={number}"


def normal_orcid(text: str) -> str:
    """The ORCID in *text* when its check digit is right (ISO 7064 11-2); "" otherwise."""
    found = _ORCID.search(text.upper())
    if not found:
        return ""
    total = 0
    for digit in found[1].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return found[1] if found[1][-1] == ("X" if check == 10 else str(check)) else ""


def web_address(text: str) -> str:
    """The http(s) or ftp address in *text*, safe to link; "" for any other scheme, or none."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in ("http", "https", "ftp") and parts.netloc and " " not in text else ""


def is_home_page(url: str) -> bool:
    """Whether an address is a site's front door, never a link to one work.

    >>> is_home_page("https://link.springer.com/")
    True
    """
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def bare_identifier(text: str) -> tuple[str, str] | None:
    """(scheme, value) when all of *text* is one DOI, ISBN, ISSN or ERIC number; None otherwise.

    Schemes are "doi", "isbn", "issn" and "eric"; a DOI is lower-cased, as it is compared.

    >>> bare_identifier("ej1223055")
    ('eric', 'EJ1223055')
    """
    text = text.strip().strip('"')
    if re.fullmatch(r"(?i)E[JD]\s?\d{5,8}", text):
        return "eric", normal_eric(text)
    if " " not in text and (doi := normal_doi(text)):
        return "doi", doi.lower()
    if re.fullmatch(r"(?i)(?:ISBN[\s:-]*)?[\dXx\s–-]{10,17}", text) and (isbn := normal_isbn(text)):
        return "isbn", isbn
    if re.fullmatch(r"(?i)(?:E?ISSN[\s:-]*)?\d{4}[-–]\d{3}[\dXx]", text) and (issn := normal_issn(text)):
        return None if _are_years(text) else ("issn", issn)
    return None


def _are_years(text: str) -> bool:
    """Whether "2015-2019", a valid ISSN, is rather a range of years."""
    found = re.fullmatch(r"((?:19|20)\d\d)[-–]((?:19|20)\d\d)", text)
    return found is not None and found[1] <= found[2]
