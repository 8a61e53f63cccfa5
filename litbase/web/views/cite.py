"""The citations of one record: in every style, for the bibliography and in the text, and as files to copy or keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from litbase.formats import FORMATS, Format
from litbase.library import Library, citing
from litbase.library.citing import Offered, Place, Rich
from litbase.library.values import Stored
from litbase.record.checks import LACKING, NAMES, check
from litbase.record.notices import sentence
from litbase.record.record import Record, replace
from litbase.record.retraction import retraction
from litbase.record.text import clean, squash
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.parts import plain_title
from litbase.web.views.sized import first_and_last, page_sized

FIRST: Final = ("bibtex", "biblatex", "ris", "csl-json")  # the formats most people want; the others come under "more"
STYLE_COOKIE: Final = "litbase-style"
LONGEST: Final = 100_000  # characters of a file that stand in a page
TOLD: Final = 80  # characters of a wrong value that are told back


@dataclass(frozen=True, slots=True)
class StyleName:
    """A style to choose."""

    name: str = told("Name of the style")
    label: str = told("What people call it")
    chosen: bool = told("Whether it is the one shown, or shown first")
    url: str = told("The page in that style")
    own: bool = told("Whether it is a style of this library's own")


@dataclass(frozen=True, slots=True)
class Words:
    """One way to cite a work in the text."""

    kind: str = told("parenthetical, narrative, note, short-note or together")
    html: Html = told("The words as HTML")
    text: str = told("The words")


@dataclass(frozen=True, slots=True)
class StyleView:
    """A record in one style."""

    name: str = told("Name of the style")
    label: str = told("What people call it")
    chosen: bool = told("Whether it is the style that was asked for, or chosen last")
    html: Html = told("The entry in the bibliography as HTML")
    text: str = told("The entry")
    said: tuple[Words, ...] = told("How the text or the notes cite the work; () in a style of this library's own")


@dataclass(frozen=True, slots=True)
class FileView:
    """A record in one format."""

    name: str = told("Name of the format")
    label: str = told("What people call it")
    suffix: str = told("Ending of the file")
    hint: str = told("Which programs read it")
    text: str = told("The record in it; empty where it is too long for a page")
    url: str = told("The file")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page of citations was asked for."""

    style: str = told("Name of the style that is shown, or shown first")
    asked: bool = told("Whether the address asks for it")
    unknown: str = told("A style that was asked for and is none; empty when all is well")
    page: str = told("The place in the work that the text cites, as typed; empty for none")
    page_dropped: bool = told("Whether that place was too long to be one")


@dataclass(frozen=True, slots=True)
class CitePage:
    """The citations of one record."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    who: str = told("Family names of its authors, at most three")
    year: str = told("Its year; empty when undated")
    retracted: bool = told("Whether its source says that it was retracted")
    problems: tuple[str, ...] = told("What a citation needs and the record lacks, as sentences")
    choice: Choice = told("What was asked for")
    styles: tuple[StyleView, ...] = told("Its citation in each of litbase's styles, and in the style that is shown")
    further: tuple[StyleName, ...] = told("The other styles of this library's own, each printed when it is asked for")
    files: tuple[FileView, ...] = told("The formats most people want")
    more_files: tuple[FileView, ...] = told("The other formats")
    record_url: str = told("Back to the record")
    cite_url: str = told("This page")
    json_url: str = told("The same as JSON")


@dataclass(frozen=True, slots=True)
class CitePanel:
    """The citation of a record in one style, beside the record."""

    html: Html = told("The entry in the bibliography as HTML")
    styles: tuple[StyleName, ...] = told("The styles to choose from")
    unknown: str = told("A style that was asked for and is none; empty when all is well")
    action: str = told("Where the form of the styles leads")
    hidden: tuple[tuple[str, str], ...] = told("What that form carries on: the search the reader comes from")
    cite_url: str = told("All styles and formats, this style first")


def choice(offered: Mapping[str, Offered], args: Mapping[str, str], cookies: Mapping[str, str]) -> Choice:
    """What the address asks for; without a style there, the one this browser chose last, else the first *offered*.

    A style of the library's own is shown only where the address asks for it: to print it takes an engine its time.
    """
    asked, page = (squash(clean(args.get(name, ""))) for name in ("style", "page"))
    remembered = offered.get(cookies.get(STYLE_COOKIE, ""))
    default = remembered.name if remembered and remembered.style else next(iter(offered))
    style = asked if asked in offered else default
    too_long = len(page) > citing.LONGEST
    return Choice(style, asked in offered, "" if asked in offered else asked[:TOLD], "" if too_long else page, too_long)


def cite_page(stored: Stored, library: Library, links: Links, choice: Choice) -> CitePage:
    """The citations of *stored*."""
    record = stored.record
    at = citing.place(choice.page)
    cut, offered = citable(record), citing.styles(library).values()
    return CitePage(
        id=record.id,
        plain_title=plain_title(record),
        who=who(record),
        year=str(record.year or ""),
        retracted=retraction(record) is not None,
        problems=spoiling(record),
        choice=choice,
        styles=tuple(_style(one, cut, at, choice) for one in offered if one.style or one.name == choice.style),
        further=tuple(
            style_name(one, choice, links.cite(record.id, one.name))
            for one in offered
            if one.file and one.name != choice.style
        ),
        files=tuple(_file(library, record, f, links) for f in FORMATS if f.name in FIRST),
        more_files=tuple(_file(library, record, f, links) for f in FORMATS if f.name not in FIRST),
        record_url=links.record(record.id),
        cite_url=links.cite(record.id),
        json_url=links.cite(record.id, suffix=".json"),
    )


def cite_panel(
    stored: Stored, library: Library, links: Links, choice: Choice, hidden: Iterable[tuple[str, str]] = ()
) -> CitePanel:
    """The citation of *stored* in the style of *choice*; *hidden* is what the form of the styles carries on."""
    record, offered = stored.record, citing.styles(library)
    return CitePanel(
        html=cited(citing.entry_in(offered[choice.style], citable(record))),
        styles=tuple(style_name(one, choice, links.cite(record.id, one.name)) for one in offered.values()),
        unknown=choice.unknown,
        action=links.record(record.id),
        hidden=tuple((clean(name), clean(value)) for name, value in hidden),
        cite_url=links.cite(record.id, choice.style),
    )


def twin(page: CitePage) -> dict[str, object]:
    """*page* as JSON."""
    return {
        "id": page.id,
        "title": page.plain_title,
        "retracted": page.retracted,
        "problems": list(page.problems),
        "styles": {
            style.name: {
                "label": style.label,
                "text": style.text,
                "html": style.html,
                "in_text": {words.kind: {"text": words.text, "html": words.html} for words in style.said},
            }
            for style in page.styles
        },
        "formats": [
            {"name": f.name, "label": f.label, "suffix": f.suffix, "url": f.url, "text": f.text}
            for f in (*page.files, *page.more_files)
        ],
    }


def citable(record: Record) -> Record:
    """*record* cut to what a page can carry, the last of its people kept: APA tells nineteen authors and the last."""
    return replace(page_sized(record)[0], **{name: first_and_last(getattr(record, name)) for name in NAMES})


def spoiling(record: Record) -> tuple[str, ...]:
    """What a citation of *record* cannot do without and the record lacks, as sentences."""
    lacking = (problem for problem in check(record) if problem.code in LACKING and problem.severity != "info")
    return tuple(map(sentence, lacking))


def who(record: Record) -> str:
    """ "Mehta & Peterson", "Gomez et al."; "" without authors."""
    names = [name.surname for name in record.author]
    shown = names if len(names) <= 3 else [f"{names[0]} et al."]
    return " & ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} & {shown[-1]}"


def words(kind: str, text: Rich) -> Words:
    """*text* for people and for programs."""
    return Words(kind, cited(text), citing.plain(text))


def style_name(one: Offered, choice: Choice, url: str) -> StyleName:
    """*one* of the styles on offer, which leads to *url*."""
    return StyleName(one.name, one.label, one.name == choice.style, url, one.file is not None)


def _style(one: Offered, record: Record, at: Place, choice: Choice) -> StyleView:
    entry = words("entry", citing.entry_in(one, record))
    said = tuple(words(*each) for each in citing.said(one, record, at))
    return StyleView(one.name, one.label, one.name == choice.style, entry.html, entry.text, said)


def _file(library: Library, record: Record, format: Format, links: Links) -> FileView:
    text = "".join(citing.as_files(library, [record], format)).strip("\n")
    return FileView(
        format.name, format.label, format.suffix, format.hint, text if len(text) <= LONGEST else "",
        links.record_file(record.id, format.suffix),
    )  # fmt: skip
