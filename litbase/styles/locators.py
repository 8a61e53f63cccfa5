"""The place in a work that a citation points to: "p. 12", "chap. 3", "Table 4".

Source: the locators of CSL 1.0.2 and their English labels.
"""

from typing import Final, NamedTuple

from litbase.styles.numbers import is_plural, number, pages


class Locator(NamedTuple):
    """A place in a work: its *value* as the writer gives it, and what is counted, a key of LABELS."""

    value: str = ""
    label: str = "page"


class Label(NamedTuple):
    """What is counted, in full and abbreviated, for one and for several; "" where it goes without saying."""

    one: str
    several: str
    short: str = ""
    short_several: str = ""


LABELS: Final = {
    "page": Label("page", "pages", "p.", "pp."),
    "act": Label("act", "acts", "act", "acts"),
    "appendix": Label("appendix", "appendices", "app.", "apps."),
    "book": Label("book", "books", "bk.", "bks."),
    "chapter": Label("chapter", "chapters", "chap.", "chaps."),
    "column": Label("column", "columns", "col.", "cols."),
    "figure": Label("figure", "figures", "fig.", "figs."),
    "folio": Label("folio", "folios", "fol.", "fols."),
    "issue": Label("issue", "issues", "no.", "nos."),
    "line": Label("line", "lines", "l.", "ll."),
    "note": Label("note", "notes", "n.", "nn."),
    "opus": Label("opus", "opera", "op.", "opp."),
    "paragraph": Label("paragraph", "paragraphs", "para.", "paras."),
    "part": Label("part", "parts", "pt.", "pts."),
    "scene": Label("scene", "scenes", "sc.", "scs."),
    "section": Label("section", "sections", "sec.", "secs."),
    "sub-verbo": Label("sub verbo", "sub verbis", "s.v.", "s.vv."),
    "table": Label("table", "tables", "tbl.", "tbls."),
    "timestamp": Label("", ""),
    "verse": Label("verse", "verses", "v.", "vv."),
    "volume": Label("volume", "volumes", "vol.", "vols."),
}
NOWHERE: Final = Locator()


def long_label(locator: Locator) -> str:
    """What *locator* counts, in full: "chapters"."""
    label = LABELS[locator.label]
    return label.several if is_plural(locator.value) else label.one


def short_label(locator: Locator) -> str:
    """What *locator* counts, abbreviated: "chaps."."""
    label = LABELS[locator.label]
    return label.short_several if is_plural(locator.value) else label.short


def located(locator: Locator, ends: str = "expanded") -> str:
    """The value of *locator* with en dashes in its ranges, ends of page ranges as `numbers.END` says.

    >>> located(Locator("312-318"), "two digits"), located(Locator("3-5", "chapter"))
    ('312–18', '3–5')
    """
    return pages(locator.value, ends) if locator.label == "page" else number(locator.value)
