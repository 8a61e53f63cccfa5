"""Several records in one bibliography, in the style that is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from litbase.formats import FORMATS
from litbase.library import Library, citing
from litbase.library.citing import Chosen
from litbase.record.retraction import retraction
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.cite import TOLD, Choice, StyleName, Words, citable, spoiling, style_name, words
from litbase.web.views.parts import Linked, plain_title
from litbase.web.views.search import Download, download

NAMED = 20  # unknown ids that are named; of others their number


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the bibliography."""

    id: str = told("Id of the record")
    number: int = told("Its place in the bibliography, from 1")
    html: Html = told("The entry as HTML")
    text: str = told("The entry")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A record that the style leaves out of bibliographies, or that lacks what a citation needs."""

    title: str = told("Its title")
    url: str = told("Its page")
    problems: tuple[str, ...] = told("What it lacks, as sentences; () where the style leaves it out")


@dataclass(frozen=True, slots=True)
class BibliographyPage:
    """Several records in one bibliography."""

    total: int = told("How many records are cited")
    unknown: tuple[str, ...] = told("Ids that are of no record, the first twenty")
    more_unknown: int = told("How many more there are of these")
    beyond: int = told("How many ids were left out because a page cites a hundred records at most")
    choice: Choice = told("What was asked for")
    label: str = told("What people call the style")
    styles: tuple[StyleName, ...] = told("The styles to choose from")
    entries: tuple[EntryView, ...] = told("The entries, in the order of the style")
    unlisted: tuple[Unlisted, ...] = told("Works that the style tells in notes or in the text only")
    together: Words | None = told("All of them cited in one place; None where they are too many")
    problems: tuple[Unlisted, ...] = told("Records that lack what a citation needs")
    retracted: tuple[Linked, ...] = told("Records of works that were retracted")
    files: tuple[Download, ...] = told("The records as a file, in every format")
    url: str = told("This page in its style")
    json_url: str = told("The same as JSON")


def bibliography_page(chosen: Chosen, library: Library, links: Links, choice: Choice) -> BibliographyPage:
    """The bibliography of the records *chosen*."""
    offered = citing.styles(library)
    ids = [record.id for record in chosen.records]
    cut = [citable(record) for record in chosen.records]
    made = citing.together(offered[choice.style], cut)
    together = citing.cited_together(offered[choice.style], cut)
    told_of = [(record, spoiling(record)) for record in chosen.records]
    return BibliographyPage(
        total=len(ids),
        unknown=tuple(id[:TOLD] for id in chosen.unknown[:NAMED]),
        more_unknown=max(0, len(chosen.unknown) - NAMED),
        beyond=chosen.beyond,
        choice=choice,
        label=offered[choice.style].label,
        styles=tuple(style_name(one, choice, links.cite_many(ids, one.name)) for one in offered.values()),
        entries=tuple(
            EntryView(one.record.id, one.number, cited(one.text), citing.plain(one.text)) for one in made.entries
        ),
        unlisted=tuple(Unlisted(plain_title(one), links.record(one.id), ()) for one in made.unlisted),
        together=words("together", together) if together else None,
        problems=tuple(Unlisted(plain_title(one), links.record(one.id), why) for one, why in told_of if why),
        retracted=tuple(
            Linked(plain_title(one), links.record(one.id)) for one in chosen.records if retraction(one) is not None
        ),
        files=tuple(download(links.cite_many(ids, suffix=f.suffix), f) for f in FORMATS),
        url=links.cite_many(ids, choice.style),
        json_url=links.cite_many(ids, choice.style, ".json"),
    )


def twin(page: BibliographyPage) -> dict[str, object]:
    """*page* as JSON, its style as the only one of `styles`."""
    return {
        "total": page.total,
        "unknown": list(page.unknown),
        "styles": {
            page.choice.style: {
                "label": page.label,
                "text": "\n".join(one.text for one in page.entries),
                "entries": [{"id": e.id, "number": e.number, "text": e.text, "html": e.html} for e in page.entries],
                "unlisted": _named(page.unlisted),
            }
        },
        "problems": _named(page.problems),
        "retracted": [{"title": one.text, "url": one.url} for one in page.retracted],
        "formats": [{"name": f.name, "label": f.label, "suffix": f.suffix, "url": f.url} for f in page.files],
    }


def _named(records: Iterable[Unlisted]) -> list[dict[str, object]]:
    return [{"title": one.title, "url": one.url, "problems": list(one.problems)} for one in records]
