"""Which of two punctuation marks that meet is printed.

Source: what the CSL reference processor prints; a question mark swallows the full stop that would follow it.
"""

from typing import Final

MARKS: Final = frozenset(".,;:!?")
INSIDE: Final = frozenset(".,!?")
"""Marks that go inside American quotation marks."""
FIRST_STAYS: Final = frozenset({"!.", "!:", "?.", "?:", ":.", ";.", ";:"})
SECOND_STAYS: Final = frozenset({":!", ":?", ";!", ";?"})


def met(last: str, mark: str) -> tuple[str, str]:
    """What is left of the character *last* and the *mark* or blank behind it; none comes twice.

    >>> met("?", "."), met("?", ","), met(".", "."), met("s", ".")
    (('?', ''), ('?', ','), ('.', ''), ('s', '.'))
    """
    if last + mark in FIRST_STAYS or (last == mark and (last in MARKS or last == " ")):
        return last, ""
    return ("", mark) if last + mark in SECOND_STAYS else (last, mark)
