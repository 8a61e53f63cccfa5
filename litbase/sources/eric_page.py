"""A record's saved page of eric.ed.gov.

What is labelled ("ERIC Number:", in #r_colR and .sInfo) and what has a class (.title, .r_a, .abstract) is read as it
stands; the unlabelled lines between are told apart as in the text layout; the page's meta tags fill what is missing.
Where page and meta tags disagree the page is believed.

Sources: the classes that scrapers of the site rely on; the site's one `citation_author` for all authors, joined by "|".
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from litbase.formats.page import markup
from litbase.record.dates import PartialDate
from litbase.record.identifiers import normal_eric
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.text import comparable
from litbase.sources.eric_body import Line, joined, looks_like_authors
from litbase.sources.eric_citation import parse_citation
from litbase.sources.eric_lines import flat, labelled
from litbase.sources.eric_prose import decode
from litbase.sources.eric_record import reading_of
from litbase.sources.eric_text import Block, read_text, settle, sort_lines, starts

AREAS = "#r_colR, #r_colL, .sInfo, .title, .r_a, .abstract, .keywords, .r_f, .infobox"
"""The parts of the page that belong to the record."""
SURE = "#r_colR, #r_colL, .sInfo, .title, .abstract"
"""Those of them that no other part of a page is called; without one the whole page is read."""
MOST_AREAS = 2_000
ALONE = frozenset(("id", "subject"))
"""Fields whose label is a record's even where nothing labelled stands beside it."""
DIRECT = tuple(f"a[href]{fits}" for fits in (":-soup-contains-own('Direct link')", "[title='Direct link' i]"))
MARKED = re.compile(
    r"ERIC Number|id=[\"']r_colR|class=[\"'](?:sInfo|abstract)\b|"
    r"//(?:www\.|files\.)?eric\.ed\.gov|<title>\s*ERIC - E[JD]\d"
)
_TITLED = re.compile(r"<title>\s*ERIC - E[JD]\d|id=[\"']r_colR|class=[\"']sInfo\b|ERIC Number\s*:", re.I)
_NUMBER = re.compile(r"\bE[JD]\d{5,8}\b")
_HEAD_TITLE = re.compile(r"ERIC - (?P<number>E[JD]\d{5,8})(?: - (?P<title>.+))?")
_HEAD_DATE = re.compile(r", (?:N/A|\d{4}(?:-\w{2,4}){0,2})$")
SEARCHED = 1_000_000


def claim_page(text: str) -> int:
    """How sure it is that *text* is a record's page: its label, classes or title are there, and an accession number."""
    text = text[:SEARCHED]
    if not _TITLED.search(text) or not _NUMBER.search(text):
        return 0
    if re.search(r"class=[\"']r_i\b", text) and not re.search(r"class=[\"'](?:abstract|sInfo)\b", text):
        return 0  # a page of results, whose abstracts are cut
    return 95 if len(set(MARKED.findall(text))) >= 2 else 60


def read_page(document: Document) -> Iterator[Reading | Refusal]:
    """The record of the page; a Refusal when the page cannot be parsed or shows none."""
    page = markup.parse(document)
    if page.refused:
        yield Refusal(line=1, notice=page.refused)
        return
    everything = len(markup.lines(page))
    full, direct = _link(page, "a[href*='files.eric.ed.gov/fulltext/']"), _link(page, *DIRECT)
    head = _HEAD_TITLE.match(markup.title(page))
    peer = bool(markup.select(page, "img[alt='Peer reviewed' i], [title='Peer reviewed' i], .peer, .peerReviewed"))
    markup.drop(page)
    shown = _shown(page)
    if len(starts(shown)) > 1:
        yield from read_text(shown)
        return
    line = shown[0].number if shown else 1
    named, taken = _named(page)
    block = sort_lines([line for line in shown if line.text not in taken])
    for name, texts in named.items():
        block.stated[name] = texts
        block.at[name] = line
    _beside(page, block)
    for name, address in (("fulltext", full), ("url", direct)):
        if address:
            block.stated[name] = [address]
    if peer:
        block.stated.setdefault("peerreviewed", ["T"])
    if head and not any(normal_eric(text) for text in block.stated.get("id", ())):
        block.stated["id"] = [head["number"]]
    leftovers = settle(block, classed="description" in named)
    odd = _meta(markup.meta(page), block.stated)
    if head and head["title"] and "title" not in block.stated:
        block.stated["title"] = [_without_source(head["title"], block.stated)]
    yield reading_of(
        block.stated,
        line,
        (*page.notices, *odd),
        lines=block.at | {"issn": block.at.get("issn", line)},
        leftovers=leftovers,
        furniture=max(everything - len(shown), 0) + block.furniture,
    )


def _shown(page: markup.Page) -> list[Line]:
    """The record's lines: from the first of its parts that are known to the last, whatever stands between them.

    A page without such a part shows its record as the text layout, from the accession number on.
    """
    lines = [Line(*found) for found in markup.lines(page)]
    areas = markup.select(page, AREAS)[:MOST_AREAS] if markup.select(page, SURE) else []
    known = {found for node in areas for found in markup.lines(node)}
    places = [place for place, line in enumerate(lines) if line[:2] in known]
    if places:
        lines = lines[places[0] : places[-1] + 1]
    lines = [line._replace(text=flat(line.text)) for line in lines]
    begun = starts(lines)
    return lines[begun[0] :] if begun and not places else lines


def _without_source(title: str, stated: Mapping[str, Sequence[str]]) -> str:
    """The title in the page's head without what follows it there: "..., Journal of Educational Change, 2019-Aug"."""
    title = _HEAD_DATE.sub("", title)
    for name in (parse_citation(" ".join(stated.get("citation", ()))).name, *stated.get("source", ())):
        title = title.removesuffix(f", {name}") if name else title
    return title


def _link(page: markup.Page, *css: str) -> str:
    """Where the first link that fits leads; "" when there is none."""
    node = markup.first(page, *css)
    return markup.attribute(node, "href") if node is not None else ""


def _named(page: markup.Page) -> tuple[dict[str, list[str]], set[str]]:
    """What stands in an element with a class of its own (title, authors, source line, abstract), and its lines."""
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for name, css in (("title", ".title"), ("description", ".abstract"), ("author", ".r_a"), ("citation", "cite")):
        node = markup.first(page, css)
        lines = [Line(*line) for line in markup.lines(node)] if node is not None else []
        if not lines or node is None:
            continue
        match name:
            case "title":
                found[name] = [" ".join(line.text for line in lines)]
            case "description":
                bare = [line._replace(text=re.sub(r"^Abstract:?(?:\s+|$)", "", line.text)) for line in lines]
                found[name] = joined([line for line in bare if line.text])
            case "author":  # "Mehta, Jal; Peterson, Amelia – Journal of Educational Change, 2019"
                parts = [part for line in lines for part in re.split(r"\s[–-]\s", line.text, maxsplit=1)]
                found |= {name: authors} if (authors := [part for part in parts if looks_like_authors(part)]) else {}
            case _:  # the journal alone is in the element, volume and pages follow it
                around = [Line(*line) for line in markup.lines(node.parent)] if node.parent is not None else []
                lines = [line for line in around if line.text.startswith(lines[0].text)][:1] or lines[:1]
                found[name] = [lines[0].text]
        taken |= {line.text for line in lines}
    return found, taken


def _beside(page: markup.Page, block: Block) -> None:
    """Adds the labelled lines outside the record's known parts that stand together, as no menu's "Language:" does."""
    lines = markup.lines(page)
    names = ["", *(labelled(text)[0] for _, text in lines), ""]
    for place, (number, text) in enumerate(lines, 1):
        name = names[place]
        if name and name not in block.stated and (name in ALONE or names[place - 1] or names[place + 1]):
            block.stated[name] = [labelled(text)[1]]
            block.at[name] = number


_META = {
    "citation_title": "title", "citation_author": "author", "citation_journal_title": "source", "citation_doi": "url",
    "citation_publication_date": "publicationdate", "citation_date": "publicationdate",
    "citation_year": "publicationdate", "citation_issn": "issn", "citation_isbn": "isbn",
    "citation_abstract": "description", "citation_publisher": "publisher", "citation_language": "language",
    "citation_keywords": "subject", "citation_pdf_url": "fulltext", "citation_eric_number": "id",
}  # fmt: skip
_TOKENS = (("citation_volume", "v"), ("citation_issue", "n"), ("citation_firstpage", "p"))


def _meta(meta: dict[str, tuple[str, ...]], stated: dict[str, list[str]]) -> list[Notice]:
    """Fills *stated* from the meta tags where the page is silent, and tells where they disagree."""
    odd: list[Notice] = []
    cited = parse_citation(" ".join(stated.get("citation", ())))
    shown = {
        "title": decode(" ".join(stated.get("title", ()))),
        "author": "; ".join(stated.get("author", ())),
        "source": cited.name or " ".join(stated.get("source", ())),
        "publicationdate": " ".join(stated.get("publicationdate", ())),
    }
    for key, name in _META.items():
        values = [decode(value) for value in meta.get(key, ())]
        if not values:
            continue
        theirs = "; ".join(part for value in values for part in (value.split("|") if name == "author" else [value]))
        ours = shown.get(name, "")
        if ours.strip() and ours != "N/A":
            if not _agree(name, ours, theirs):
                odd.append(notice("meta-contradicts", _FIELD.get(name, name), page=ours[:120], meta=theirs[:120]))
        elif name == "source":
            stated["source"] = values[:1]
        elif not any(text.strip() and text != "N/A" for text in stated.get(name, ())):
            stated[name] = [theirs] if name == "author" else values[:1] if name != "issn" else values
            shown[name] = theirs
    tokens = _tokens(meta)
    if tokens and not (cited.volume or cited.issue or cited.page or cited.number):
        stated["sourceid"] = [tokens]
        if cited.name and "source" not in stated:
            stated["source"] = [cited.name]
    elif tokens:
        odd += _numbers(tokens, cited.volume, cited.issue, cited.page)
    return odd


_FIELD = {"source": "container_title", "publicationdate": "issued"}


def _tokens(meta: dict[str, tuple[str, ...]]) -> str:
    tokens = [f"{letter}{value[0]}" for key, letter in _TOKENS if (value := meta.get(key))]
    last = meta.get("citation_lastpage")
    return " ".join(tokens) + (f"-{last[0]}" if last and meta.get("citation_firstpage") else "")


def _numbers(tokens: str, volume: str, issue: str, page: str) -> Iterator[Notice]:
    theirs = parse_citation(f"x, {tokens}")
    for name, ours, other in (
        ("volume", volume, theirs.volume),
        ("issue", issue, theirs.issue),
        ("page", page, theirs.page),
    ):
        if ours and other and comparable(ours) != comparable(other) and not ours.startswith(f"{other}-"):
            yield notice("meta-contradicts", name, page=ours, meta=other)


def _agree(name: str, ours: str, theirs: str) -> bool:
    if name == "publicationdate":
        mine, other = PartialDate.parse(ours), PartialDate.parse(theirs)
        return (
            mine is None
            or other is None
            or (mine.year == other.year and not (mine.month and other.month and mine.month != other.month))
        )
    return comparable(ours) == comparable(theirs)
