"""What the Highwire Press tags of a page say (`citation_*`), and bepress's own spelling of them (`bepress_citation_*`).

Sources: Google Scholar's inclusion guidelines; the tags that publishers and repositories really write.  Which tag names
what it is in decides the type: journal, book, conference, dissertation, technical report.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from litbase.formats.degrees import degree
from litbase.formats.page.values import (
    MOST,
    Told,
    first_date,
    first_of,
    is_truncated,
    names_of,
    page_of,
    without,
    words_of,
)
from litbase.record.identifiers import normal_doi, web_address
from litbase.record.record import Record, Reference
from litbase.record.text import squash

Meta = Mapping[str, Sequence[str]]
PREFIX: Final = "citation_"
_BEPRESS: Final = "bepress_citation_"
_PIECE = re.compile(r"(?:^|;)\s*citation_(\w{1,40})=")


class Row(NamedTuple):
    """A field, the tags that state it (the first that is there wins) and what makes a value of their texts."""

    field: str
    tags: tuple[str, ...]
    make: Callable[[Sequence[str]], Any] = first_of


def _addresses(texts: Sequence[str]) -> str:
    return next(filter(None, map(web_address, texts)), "")


def _issns(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece for text in texts for piece in re.split(r"[;,\s]+", text) if piece))


def _isbns(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.strip() for text in texts for piece in re.split(r"[;,]", text) if piece.strip()))


def _doi(texts: Sequence[str]) -> str:
    return next((normal_doi(text) or text for text in texts if text.strip()), "")


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(squash, texts))))[:MOST]


def _languages(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(piece for text in texts for piece in re.split(r"[;,]\s*", text) if piece)


TABLE: Final = (
    Row("title", ("title",)),
    Row("author", ("author", "authors"), names_of),
    Row("editor", ("editor", "editors"), names_of),
    Row("issued", ("publication_date", "cover_date", "date", "online_date", "year"), first_date),
    Row("container_title", ("journal_title", "inbook_title", "book_title", "journal_abbrev")),
    Row("collection_title", ("series_title",)),
    Row("event_title", ("conference_title", "conference")),
    Row("volume", ("volume",)),
    Row("issue", ("issue",)),
    Row("number", ("technical_report_number", "article_number", "elocation_id", "id_from_sass_path")),
    Row("publisher", ("dissertation_institution", "technical_report_institution", "publisher")),
    Row("isbn", ("isbn",), _isbns),
    Row("issn", ("issn",), _issns),
    Row("eissn", ("eissn",), _issns),
    Row("doi", ("doi",), _doi),
    Row("language", ("language",), _languages),
    Row("keywords", ("keywords", "keyword"), words_of),
    Row("abstract", ("abstract",)),
    Row("url", ("public_url", "abstract_html_url", "fulltext_html_url"), _addresses),
    Row("full_text_url", ("pdf_url",), _addresses),
    Row("institution", ("author_institution", "author_affiliation"), _all),
    Row("sponsor", ("funding_source",), _all),
)
_PAGES: Final = ("firstpage", "lastpage")
_IDENTIFIERS: Final = (("pmid", "pmid"), ("pmcid", "pmcid"), ("arxiv", "arxiv_id"), ("patent", "patent_number"))
_TYPES: Final = (
    ("dissertation_institution", "thesis"), ("dissertation_name", "thesis"),
    ("technical_report_institution", "report"), ("technical_report_number", "report"),
    ("inbook_title", "chapter"), ("book_title", "chapter"), ("conference_title", "paper-conference"),
    ("conference", "paper-conference"), ("journal_title", "article-journal"), ("journal_abbrev", "article-journal"),
    ("issn", "article-journal"), ("volume", "article-journal"), ("isbn", "book"),
)  # fmt: skip
"""Tags that say what a work is, the most telling first."""
_KNOWN: Final = frozenset(
    (*(tag for row in TABLE for tag in row.tags), *_PAGES, *(tag for _, tag in _IDENTIFIERS), "dissertation_name",
     "reference", "xml_url", "author_email")
)  # fmt: skip


def tags_of(meta: Meta) -> dict[str, list[str]]:
    """The tags of a page by their names without "citation_" or "bepress_citation_"; {} when it has none."""
    found: dict[str, list[str]] = {}
    for name, texts in meta.items():
        for prefix in (_BEPRESS, PREFIX):
            if name.startswith(prefix):
                found.setdefault(name.removeprefix(prefix), []).extend(texts)
                break
    return found


def told_by(meta: Meta) -> Told:
    """The fields that a page's citation tags state, the type among them; {} when there is no title."""
    tags = tags_of(meta)
    if not first_of(tags.get("title", ())):
        return {}
    told = _stated(tags)
    told["type"] = type_of(tags)
    degree_name = first_of(tags.get("dissertation_name", ()))
    told["genre"] = degree(degree_name) or degree_name if told["type"] == "thesis" else ""
    told["references"] = tuple(references(tags.get("reference", ())))
    told["extra"] = tuple(
        (f"citation:{name}", text) for name, texts in _whose(tags).items() if name not in _KNOWN for text in texts
    )[:MOST]
    return without(told)


def _whose(tags: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """*tags*, each ORCID with the author it stands behind where every author has one."""
    authors, numbers = tags.get("author", []), tags.get("author_orcid", [])
    names = [names_of([author]) for author in authors[:MOST]]
    if len(authors) != len(numbers) or any(len(each) != 1 for each in names):
        return dict(tags)
    told = [f"{name}: {number}" for (name,), number in zip(names, numbers, strict=False)]
    return {**tags, "author_orcid": told} if numbers else dict(tags)


def _stated(tags: Mapping[str, Sequence[str]]) -> Told:
    told: Told = {}
    for row in TABLE:
        values = (row.make(tags[tag]) for tag in row.tags if tag in tags)
        told[row.field] = next(filter(None, values), "")
    told["page"] = page_of(*(first_of(tags.get(tag, ())) for tag in _PAGES))
    told["others"] = is_truncated(tags.get("author", ()))
    told["identifiers"] = tuple((scheme, text) for scheme, tag in _IDENTIFIERS for text in tags.get(tag, ()))
    return told


def type_of(tags: Mapping[str, Sequence[str]]) -> str:
    """The CSL type that the tags say; "" when they say none."""
    return next((type_ for tag, type_ in _TYPES if first_of(tags.get(tag, ()))), "")


def references(texts: Sequence[str]) -> Iterator[Reference]:
    """The works a page cites: each as its text, and as a record where its parts are named ("citation_title=...;")."""
    for text in texts[:MOST]:
        places = list(_PIECE.finditer(text))
        if not places:
            yield Reference(text=squash(text))
            continue
        ends = [place.start() for place in places[1:]] + [len(text)]
        tags: dict[str, list[str]] = {}
        for place, end in zip(places, ends, strict=True):
            tags.setdefault(place[1].lower(), []).append(squash(text[place.end() : end]))
        told = without(_stated(tags)) | {"type": type_of(tags) or "document"}
        shown = ". ".join(filter(None, (value for values in tags.values() for value in values)))
        yield Reference(text=shown, parsed=Record(**told))
