"""A saved VuFind page, cut into title, summary and the rows of its tables.

Source: VuFind's record templates: h1, the summary in a paragraph, a table "Bibliographic Details", a table or list of
the description; similar items, the trail of links and the bar of buttons are furniture.
"""

from litbase.formats.page import markup
from litbase.record.reading import Leftover
from litbase.record.text import squash
from litbase.sources import vufind_labels as words
from litbase.sources.vufind_text import Parts


def from_page(page: markup.Page) -> Parts:
    """The parts of a saved page: title, summary cut short, and the rows of its tables and lists."""
    parts = Parts()
    heading = markup.first(page, "h1[property='name']", ".record h1", ".media-body h1", "main h1", "h1", "h2", "h3")
    if heading is not None:
        parts.line = markup.line_of(heading)
        if (sub := markup.first(heading, ".subtitle", ".sub-title", "small", "span")) is not None:
            parts.subtitle = squash(markup.text(sub))
            sub.extract()
        parts.title = [line.text for line in markup.lines(heading)]
    if heading is not None:
        _page_teaser(parts, heading)
        heading.extract()
    beside = (".similar-items", "#similar-items", ".sidebar", ".record-tabs .nav", ".savedLists", ".breadcrumb")
    parts.furniture = markup.drop(page, *beside)
    for table in markup.select(page, "table"):
        _page_table(parts, table)
    for node in markup.select(page, "dl"):
        _page_list(parts, node)
    for line in markup.lines(page):
        if words.heading_of(line.text) or [line.text] == parts.title:
            parts.furniture += 1
        else:
            parts.leftovers.append(Leftover(line.number, line.text[:500]))
    return parts


def _page_teaser(parts: Parts, heading: markup.Node) -> None:
    """Takes out the summary cut short, the paragraphs between the title and the table; of another block a long line."""
    for node in heading.find_all_next(["p", "div", "table"]):
        if node.name == "table":
            return
        lines = [line.text for line in markup.lines(node)]
        long = len(lines) == 1 and len(lines[0]) > 80
        if lines and (node.name == "p" or long) and not any(map(words.heading_of, lines)):
            parts.teaser += lines
            node.clear()


def _page_table(parts: Parts, table: markup.Node) -> None:
    caption = markup.first(table, "caption")
    detail = caption is not None and words.heading_of(markup.text(caption)) == "detail"
    for row in markup.select(table, "tr"):
        cells = list(row.find_all(["th", "td"], recursive=False))
        if len(cells) != 2 or not _page_row(parts, markup.text(cells[0]), cells[1], detail):
            continue
        row.extract()
    if caption is not None:
        caption.extract()
        parts.furniture += 1


def _page_list(parts: Parts, node: markup.Node) -> None:
    for term in markup.select(node, "dt"):
        value = term.find_next_sibling("dd")
        if value is not None and _page_row(parts, markup.text(term), value, detail=False):
            term.extract()
            value.extract()


def _page_row(parts: Parts, label: str, cell: markup.Node, detail: bool) -> bool:
    label = squash(label).rstrip(" :")
    if not label:
        return False
    name = words.field_of(label, detail) or "extra"
    values = [squash(line.text) for line in markup.lines(cell)]
    if name == "online":
        values += [markup.attribute(link, "href") for link in markup.select(cell, "a[href^='http']")]
    parts.rows.append((name, label, values))
    return True
