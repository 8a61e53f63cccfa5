"""Zotero's field "Extra", which CSL-JSON calls `note`: lines "PMID: 123" among free text.

Source: Zotero's documentation of citing fields from Extra; Better BibTeX's "Citation Key:".
"""

import re
from typing import Final, NamedTuple

_LINE: Final = re.compile(
    r"(?:^|\n)[ \t]*+(?P<name>PMID|PMCID|arXiv|DOI|Citation Key):[ \t]*+(?P<value>\S{1,200}+)[ \t]*+(?=\n|$)", re.I
)


class Extra(NamedTuple):
    """The text without the lines that were understood, and what they say."""

    text: str
    doi: str = ""
    citation_key: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def read(text: str) -> Extra:
    """What a text of Extra says.

    >>> read("PMID: 123\\nRead twice")
    Extra(text='Read twice', doi='', citation_key='', identifiers=(('pmid', '123'),))
    """
    named: dict[str, str] = {}
    left = text
    for found in list(_LINE.finditer(text))[::-1]:
        named[found["name"].lower()] = found["value"]
        left = left[: found.start()] + left[found.end() :]
    identifiers = tuple((scheme, named[scheme]) for scheme in ("pmid", "pmcid", "arxiv") if scheme in named)
    return Extra(left.strip(), named.get("doi", ""), named.get("citation key", ""), identifiers)
