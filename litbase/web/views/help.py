"""The search help: the query language by example, and every field from the table that the parser itself reads."""

from dataclasses import dataclass

from litbase.query.examples import EXAMPLES, Example
from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The search help."""

    examples: tuple[Example, ...] = told("What can be typed, and what each finds")
    fields: tuple[tuple[str, str, str], ...] = told("Name, aliases and help of each field")


def help_page(rows: tuple[tuple[str, str, str], ...]) -> HelpPage:
    """The help with all examples and the fields in *rows*."""
    return HelpPage(EXAMPLES, rows)
