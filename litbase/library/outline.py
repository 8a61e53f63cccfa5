"""The ids of all records, in parts of a size that one file of a site map may have."""

from typing import Final

from litbase.library import Library

PART: Final = 10_000  # records that a part is made from


def parts(library: Library) -> list[str]:
    """The id each part begins with, in order; [] for a library without records."""
    return library.store.every_nth(PART)


def part(library: Library, first: str) -> list[tuple[str, str]]:
    """(id, instant of the last change) of the public works in the part that begins with the id *first*.

    Cited works are left out; so a part may be empty.
    """
    return library.store.dated(first, PART)
