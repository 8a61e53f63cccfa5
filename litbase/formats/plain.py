"""Values as every export format wants them: one line, an address that is one, first and last page."""

import re
from urllib.parse import quote

from litbase.record.pages import normal_pages, page_ranges
from litbase.record.record import Record
from litbase.record.text import clean, squash

_UNFIT = re.compile(r"[^\x21-\x7e]+|[{}\\]+|\^{2,}")
_ACTIVE = re.compile(r"\s*(?:javascript|data|vbscript)\s*:", re.I)


def one_line(text: str) -> str:
    """*text* on one line without control characters."""
    return squash(clean(text))


def address(url: str) -> str:
    """*url* with blanks, braces, backslashes, TeX's ^^ and what is not ASCII percent-encoded; "" for scripts.

    >>> address("https://x.org/{a} b?c=50%25&d=é")
    'https://x.org/%7Ba%7D%20b?c=50%25&d=%C3%A9'
    """
    url = one_line(url)
    return "" if _ACTIVE.match(url) else _UNFIT.sub(lambda found: quote(found[0]), url)


def first_and_last(page: str) -> tuple[str, str]:
    """The first and last page of one range; several ranges, and what is no range, are all first.

    >>> first_and_last("pp. 365 - 384"), first_and_last("e12"), first_and_last("12-34, 40")
    (('365', '384'), ('e12', ''), ('12-34, 40', ''))
    """
    normal = normal_pages(one_line(page))
    ranges = page_ranges(normal)
    return (ranges[0].first, ranges[0].last) if len(ranges) == 1 else (normal, "")


def subjects(record: Record) -> tuple[str, ...]:
    """Descriptors and keywords, each once."""
    return tuple(dict.fromkeys(filter(None, map(one_line, record.descriptors + record.keywords))))


def sentences(*parts: str) -> str:
    """The parts that say something, joined by "; "."""
    return "; ".join(filter(None, map(one_line, parts)))


def session_line(record: Record) -> str:
    """What sort of session a conference contribution was in: "Symposium 15 SES 09"."""
    return one_line(f"{record.genre} {record.session}")
