"""The search help: every field, from the table that the parser itself reads."""

from dataclasses import dataclass

from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The search help."""

    fields: tuple[tuple[str, str, str], ...] = told("Name, aliases and help of each field")


def help_page(rows: tuple[tuple[str, str, str], ...]) -> HelpPage:
    """The help with the fields in *rows*."""
    return HelpPage(rows)
