"""JSON as pages hold it: with control characters, comments, CDATA marks, wrong escapes, or something behind it.

Source: JSON-LD blocks that validators refuse and search engines read.
"""

import json
import re
from typing import Any

_WRAPPING = re.compile(
    r"^(?:(?://|/\*)?\s{0,9}<!\[CDATA\[\s{0,9}(?:\*/)?|<!--)|"
    r"(?:(?://|/\*)?\s{0,9}\]\]>(?:\s{0,9}\*/)?|(?://\s{0,9})?-->)$"
)
_COMMENT = re.compile(r"(?<![:\"'\w/])/\*[^*]{0,2000}+(?:\*(?!/)[^*]{0,200}+){0,20}+\*/|^[ \t]*+//[^\n]*+$", re.M)
_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_decoder = json.JSONDecoder(strict=False)


def load(text: str) -> Any:
    """The value that *text* begins with, mended where it is loose JSON; None when there is none.

    >>> load("/* page */ {'name': 'Rooms', } ;".replace("'", '"'))
    {'name': 'Rooms'}
    """
    text = text.strip()
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    text = _COMMENT.sub("", _WRAPPING.sub("", text)).strip()
    for mended in (text, _COMMA.sub("", _ESCAPE.sub("", text))):
        try:
            return _decoder.raw_decode(mended)[0]
        except (ValueError, RecursionError):
            continue
    return None
