"""What the values of tag lines say: numbers, pages, links and subjects, in the writings of many vendors.

Sources: the RIS and MEDLINE tag lists, EndNote's conventions, and the exports of
ProQuest, Ovid, Embase, Scopus, IEEE, JSTOR, TRID, Web of Science and PubMed.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from litbase.formats.plain import sentences
from litbase.record.identifiers import find_doi, normal_doi, web_address
from litbase.record.pages import normal_pages
from litbase.record.record import Record
from litbase.record.text import comparable, squash

_NOTHING: Final = frozenset(("", "nan", "none", "null", "undefined", "n/a", "-"))
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_HTML = re.compile(r"</?(?:p|br|div|span|ul|ol|li|h[1-6]|strong|em|a|blockquote)\b[^<>]{0,300}>", re.I)
_BREAKS = re.compile(r"</p>|<br\b[^<>]{0,20}>|</div>|</li>", re.I)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


def missing(value: str) -> bool:
    """Whether *value* says nothing: empty, or what a program writes for that ("nan")."""
    return value.strip().lower() in _NOTHING


def decoded(text: str) -> str:
    """*text* with its HTML entities as characters ("&amp;", "&#x27;"); an ampersand of its own stays.

    >>> decoded("Research &amp; Practice at AT&T")
    'Research & Practice at AT&T'
    """
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def plain(text: str) -> str:
    """*text* decoded, on one line."""
    return squash(decoded(text))


def paragraphs(text: str) -> str:
    """*text* decoded, its lines joined, paragraphs kept apart by a blank line."""
    return "\n\n".join(filter(None, map(plain, _BLANK_LINES.split(text))))


def note_text(text: str) -> str:
    """A note, line by line, without the HTML that Zotero puts around it."""
    if _HTML.search(text):
        text = _HTML.sub("", _BREAKS.sub("\n", text))
    return "\n".join(filter(None, map(plain, text.split("\n"))))


_DOCTOR = re.compile(r"\s*(?:ph\.?\s?d|ed\.?\s?d|d\.?\s?phil|psy\.?\s?d|doctoral)\b\.?", re.I)
_MASTER = re.compile(r"\s*(?:master|m\.?\s?[as]c?\b|m\.?\s?ed\b|m\.?\s?phil\b)", re.I)


def thesis_genre(text: str) -> str:
    """What the degree in *text* is called here; *text* itself when it names none.

    >>> thesis_genre("Ed.D."), thesis_genre("Masters"), thesis_genre("Habilitation")
    ('Doctoral dissertation', "Master's thesis", 'Habilitation')
    """
    return "Doctoral dissertation" if _DOCTOR.match(text) else "Master's thesis" if _MASTER.match(text) else text


UNNAMED: Final = "Further authors are not named"
_SAID = re.compile(r"(?P<what>Session|Network): (?P<value>.*)")


def note_line(record: Record) -> str:
    """What a note of ours says: the note, the session, the network, and that authors were left out."""
    return sentences(
        record.note,
        record.session and f"Session: {record.session}",
        record.network and f"Network: {record.network}",
        UNNAMED if record.others else "",
    )


def read_notes(values: Iterable[str], title: str) -> dict[str, Any]:
    """The fields that notes state: what `note_line` puts there, and the notes themselves without a repeated title."""
    found: dict[str, Any] = {}
    notes = []
    named = comparable(title)
    for note in map(note_text, values):
        if note == UNNAMED or note.endswith(f"; {UNNAMED}"):
            found["others"] = True
            note = note.removesuffix(UNNAMED).removesuffix("; ")
        for _ in range(2):
            before, _, last = note.rpartition("; ")
            if said := _SAID.fullmatch(last):
                found[said["what"].lower()] = said["value"]
                note = before
        if note and comparable(note) != named:
            notes.append(note)
    return {**found, "note": "\n".join(dict.fromkeys(notes))}


class Serials(NamedTuple):
    """Numbers of journals and books, and what is neither."""

    issn: tuple[str, ...]
    eissn: tuple[str, ...]
    isbn: tuple[str, ...]
    other: tuple[str, ...]


_ELECTRONIC = re.compile(r"electronic|online|\be-?issn|\bweb\b", re.I)
_LABEL = re.compile(
    r"\((?:e?-?issn|isbn|print|electronic|linking|online|hardcover|pbk|paperback|hbk|ebook|undetermined)\b[^()]{0,20}\)"
    r"|\[[^\[\]]{0,40}\]|\be?-?issn(?:-l)?\b[\s:-]*|\bisbn(?:-1[03])?\b[\s:-]*",
    re.I,
)
_ISSN = re.compile(r"\d{4}[-–]?\d{3}[\dXx]")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]|\d{13}")


def serials(values: Iterable[str]) -> Serials:
    """The ISSNs and ISBNs in *values* by their form; check digits are not looked at.

    >>> serials(["1999-7777(Electronic),0222-6666(Print)", "03064530 (ISSN)", "978-3-86490-311-3"])[:3]
    (('0222-6666', '03064530'), ('1999-7777',), ('978-3-86490-311-3',))
    """
    issn, eissn, isbn, other = dict[str, None](), dict[str, None](), dict[str, None](), dict[str, None]()
    for value in values:
        for piece in re.split(r"[;,\n]|(?<=\))\s{1,3}(?=\d)", value):
            into = eissn if _ELECTRONIC.search(piece) else issn
            bare = squash(_LABEL.sub(" ", piece))
            words = bare.split()
            if not bare:
                continue
            if _ISBN.fullmatch(bare):
                isbn[bare] = None
            elif all(_ISSN.fullmatch(word) or _ISBN.fullmatch(word) for word in words):
                for word in words:
                    (into if _ISSN.fullmatch(word) else isbn)[word] = None
            else:
                other[squash(piece)] = None
    return Serials(tuple(number for number in issn if number not in eissn), tuple(eissn), tuple(isbn), tuple(other))


_LENGTH = re.compile(r"(?P<number>\d{1,6})\s*(?:p|pp|pages|pgs|s|seiten)\.?", re.I)


def number_of_pages(text: str) -> int | None:
    """How many pages "146p", "327 pages" or "173 s." are; None for anything else, a page number too."""
    found = _LENGTH.fullmatch(text.strip())
    return int(found["number"]) if found else None


def pages(first: str, last: str) -> str:
    """The pages from *first* to *last*; a first that is a range already stays as it is.

    >>> pages("183", "186"), pages("1-5", "5"), pages("e0815", ""), pages("pp 37-64", "")
    ('183-186', '1-5', 'e0815', '37-64')
    """
    first, last = plain(first), plain(last)
    if not first or not last or first == last or re.search(r"\d\s?[-–—]\s?\w", first):
        return normal_pages(first or last)
    return normal_pages(f"{first}-{last}")


class Links(NamedTuple):
    """The page of a work, its full text, and what is left."""

    url: str
    full_text: str
    left: tuple[str, ...]


_BETWEEN = re.compile(r";\s{0,9}(?=https?:|ftp:)|\n(?=\s{0,9}(?:https?|ftp|<|internal-pdf|file):)")
_PDF = re.compile(r"\.pdf(?:$|[?#])|/pdf/|/pdf$", re.I)


def addresses(values: Iterable[str]) -> list[str]:
    """The addresses in *values*, several of one value parted by semicolons before "http" or by line ends."""
    found: dict[str, None] = {}
    for value in values:
        for one in _BETWEEN.split(decoded(value)):
            found["".join(one.split("\n")).strip()] = None
    return [one for one in found if one]


def links(values: Sequence[str], files: Sequence[str] = ()) -> Links:
    """The first address of *values* that is no file, and the first file of *files* or *values*."""
    pages_, full_text, left = [], "", []
    for address in addresses(files):
        if not full_text and web_address(address):
            full_text = address
        else:
            left.append(address)
    for address in addresses(values):
        if web_address(address) and _PDF.search(address) and not full_text:
            full_text = address
        elif web_address(address) or address.lower().startswith("www."):
            pages_.append(address)
        else:
            left.append(address)
    if not pages_ and full_text and not files:
        return Links(full_text, "", tuple(left))
    return Links(pages_[0] if pages_ else "", full_text, (*pages_[1:], *left))


def doi_in(text: str) -> str:
    """The DOI that *text* is, or that it marks as one ("doi: 10.1/x", a link to the resolver); "" otherwise."""
    text = plain(text)
    return normal_doi(text) or find_doi(text)


def subjects(values: Sequence[str], *, commas: bool = True) -> tuple[str, ...]:
    """The subject words of *values*, parted by semicolons and line ends; a single list with commas is parted by them.

    >>> subjects(["a; b", "c"]), subjects(["one, two, three"]), subjects(["Women, Working"])
    (('a', 'b', 'c'), ('one', 'two', 'three'), ('Women, Working',))
    """
    words = [plain(word).removeprefix("%K ") for value in values for word in re.split("[;\n]", decoded(value))]
    words = [word for word in words if word]
    if commas and len(words) == 1 and words[0].count(",") > 1:
        words = [word.strip() for word in words[0].split(",") if word.strip()]
    return tuple(dict.fromkeys(words))


def starred(words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """*words* without the stars that mark main subjects, and those that had one ("*Genome", "Rats/*genetics")."""
    words = list(words)
    every = dict.fromkeys(filter(None, (_unstarred(word) for word in words)))
    main = dict.fromkeys(_unstarred(word) for word in words if _unstarred(word) != word)
    return tuple(every), tuple(filter(None, main))


def _unstarred(word: str) -> str:
    return word.removeprefix("*").replace("/*", "/").strip()


def languages(values: Iterable[str]) -> tuple[str, ...]:
    """The languages of *values*, as the source names them."""
    return tuple(dict.fromkeys(filter(None, (plain(one) for value in values for one in re.split(r"[;,\n/]", value)))))
