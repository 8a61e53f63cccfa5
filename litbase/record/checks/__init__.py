"""What is wrong with a record, what would mend it, and how complete it is.

A problem never stops a record from being kept.  Its code names it for good: searches (`problem:missing-doi`) and
programs use it.
"""

from datetime import date
from typing import Final

from litbase.record.checks.flaws import flaws_of, pages_agree
from litbase.record.checks.mending import MENDS, NAMES, fix
from litbase.record.checks.wanted import ALWAYS, MISSING, Gauge, completeness, missing
from litbase.record.notices import Problem
from litbase.record.record import Record

__all__ = [
    "ALWAYS",
    "CODES",
    "DATED",
    "LACKING",
    "MENDS",
    "NAMES",
    "Gauge",
    "check",
    "completeness",
    "fix",
    "pages_agree",
]

LACKING: Final = frozenset(MISSING.values())  # codes of what is missing
DATED: Final = frozenset({"year-future"})  # codes that another day may answer otherwise, which no index can hold
CODES: Final = (
    *dict.fromkeys(MISSING.values()),
    "title-inferred", "container-inferred", "date-inferred-problem", "year-future", "year-odd", "page-odd",
    "page-form", "page-backwards", "pages-disagree", "doi-form", "isbn-wrong", "issn-wrong", "identifier-form",
    "orcid-wrong", "key-form", "url-scheme", "url-bare", "shouting-title", "shouting-name", "name-odd", "entity-left",
)  # fmt: skip
"""The code of everything that `check` can find."""


def check(record: Record, today: date | None = None) -> tuple[Problem, ...]:
    """What is wrong with *record*, () when nothing is; *today* bounds the year, the real day by default.

    Whatever is marked fixable is mended by `fix`.
    """
    return (*missing(record), *flaws_of(record, today or date.today()))
