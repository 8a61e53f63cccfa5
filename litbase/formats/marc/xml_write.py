"""Writer of MARCXML: MARC 21 with ISBD's punctuation, for library systems; streamed.

Sources: the MARC 21 XML schema ("slim") and MARC 21 Format for Bibliographic Data: lengths of leader (24) and 008 (40),
indicators, relators; 773 for the host of an article or chapter.  Fields that were read from MARC and have no field here
go back as they were.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from litbase.formats.marc.codes import AUTHOR, EDITOR, TRANSLATOR, code_of, relator
from litbase.formats.marc.fixed import f008, leader
from litbase.formats.marc.subjects import NEWSPAPER_ARTICLE
from litbase.formats.marc.values import Field, control, field, parse_text
from litbase.formats.options import PLAIN, Options
from litbase.formats.plain import address, one_line
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name, is_group
from litbase.record.pages import normal_pages
from litbase.record.record import Record

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
PARTS: Final = ("article-journal", "article-newspaper", "chapter", "paper-conference")
_ARTICLES: Final = {
    "en": "the a an", "de": "der die das ein eine", "fr": "le la les un une", "es": "el la los las un una",
    "it": "il lo la i gli le un una", "pt": "o a os as um uma", "nl": "de het een", "sv": "den det en ett",
}  # fmt: skip
_OWN: Final = frozenset(
    "001 003 005 008 010 020 022 024 035 037 041 088 100 110 111 245 246 250 260 264 300 490 500 502 505 520 521 536 "
    "650 653 655 700 710 711 773 776 856".split()
)
"""Tags this writer fills from the record; what `extra` has of them came from the same fields."""


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """One collection with a record for each; an empty collection for none."""
    yield HEAD
    for record in records:
        yield _record(record)
    yield "</collection>\n"


def _record(record: Record) -> str:
    lines = ["<record>", f"  <leader>{leader(record)}</leader>"]
    for each in fields(record):
        if not each.indicators:
            lines.append(f'  <controlfield tag="{each.tag}">{escape(each.text)}</controlfield>')
            continue
        lines.append(
            f"  <datafield tag={quoteattr(each.tag)} ind1={quoteattr(each.first)} ind2={quoteattr(each.second)}>"
        )
        lines += [f"    <subfield code={quoteattr(code)}>{escape(value)}</subfield>" for code, value in each.subfields]
        lines.append("  </datafield>")
    return "\n".join((*lines, "</record>\n"))


def fields(record: Record) -> list[Field]:
    """The fields of *record*, by the first figure of their tags; empty ones are left out."""
    made = [
        control("001", one_line(record.eric or record.id or record.citation_key)),
        control("008", f008(record)),
        *_numbers(record), *_people(record), *_title(record), *_description(record), *_texts(record),
        *_subjects(record), *_host(record), *_links(record), *_kept(record),
    ]  # fmt: skip
    whole = [each for each in made if (each.subfields if each.indicators else each.text)]
    return sorted(whole, key=lambda each: (each.tag >= "010", each.tag[:1] if each.tag >= "010" else each.tag))


def _field(tag: str, marks: str, *pairs: tuple[str, str]) -> Field:
    """A field of the subfields that say something."""
    return field(tag, marks, [(code, text) for code, value in pairs if (text := one_line(value))])


def _numbers(record: Record) -> Iterator[Field]:
    for scheme, value in record.identifiers:
        if scheme == "lccn":
            yield _field("010", "  ", ("a", value))
        elif scheme == "oclc":
            yield _field("035", "  ", ("a", f"(OCoLC){value}"))
        elif not scheme.endswith("-raw"):
            yield _field("024", "7 ", ("a", value), ("2", scheme))
    if _kind(record) not in PARTS:
        yield from (_field("020", "  ", ("a", isbn)) for isbn in record.isbn)
        yield from (_field("022", "  ", ("a", issn)) for issn in record.issn)
        yield from (_field("776", "08", ("i", "Online version:"), ("x", issn)) for issn in record.eissn)
    if record.doi:
        yield _field("024", "7 ", ("a", record.doi), ("2", "doi"))
    if record.eric:
        yield _field("037", "  ", ("a", record.eric), ("b", "ERIC"))
    yield from _languages(record.language)
    if _kind(record) == "report":
        yield _field("088", "  ", ("a", record.number))


def _languages(tags: tuple[str, ...]) -> Iterator[Field]:
    """Field 041, where 008 does not hold all: several languages, or tags with a region."""
    codes = [code_of(tag) for tag in tags]
    if not all(codes) or [tag for tag in tags if "-" in tag]:
        yield _field("041", "07", *(("a", tag) for tag in tags), ("2", "rfc5646"))
    elif len(codes) > 1:
        yield _field("041", "0 ", *(("a", code) for code in codes))


def _people(record: Record) -> Iterator[Field]:
    for place, name in enumerate(record.author):
        yield _name(name, AUTHOR, main=place == 0)
    if _is_proceedings(record):
        yield _field("711" if record.author else "111", "2 ", ("a", record.event_title), ("c", record.event_place))
    elif record.event_title:
        yield _field("711", "2 ", ("a", record.event_title), ("c", record.event_place))
    yield from (_name(name, EDITOR) for name in record.editor)
    yield from (_name(name, TRANSLATOR) for name in record.translator)
    yield from (_field("710", "2 ", ("a", body)) for body in record.institution)
    yield from (
        _field("710", "2 ", ("a", f"{one_line(body)},"), ("e", "sponsor"), ("4", "spn")) for body in record.sponsor
    )


def _name(name: Name, role: str, main: bool = False) -> Field:
    """A name with its role; a group is a corporate body, a single name a forename."""
    term, code = relator(role)
    said = (("e", term), ("4", code))
    if name.literal or not name.given:
        text = one_line(name.surname)
        group = bool(name.literal) and (is_group(text) or " " in text)
        tag = ("1" if main else "7") + ("10" if group else "00")
        return _field(tag, "2 " if group else "0 ", ("a", f"{text},"), *said)
    text = one_line(f"{name.surname}, {name.given}")
    return _field(
        "100" if main else "700", "1 ", ("a", f"{text},"), ("c", f"{name.suffix}," if name.suffix else ""), *said
    )


def _title(record: Record) -> Iterator[Field]:
    title = one_line(record.title)
    main, colon, rest = title.partition(": ")
    if not colon or not main or main[-1] in "?!.:–—" or not rest.strip():
        main, rest = title, ""
    marks = f"{1 if record.author else 0}{_nonfiling(title, record.language)}"
    more = f"{record.author[0].display} ... [et al.]" if title and record.others and record.author else ""
    yield _field("245", marks, ("a", f"{main} :" if rest else f"{main} /" if more else main),
                 ("b", f"{rest} /" if more and rest else rest), ("c", more))  # fmt: skip


def _nonfiling(title: str, languages: tuple[str, ...]) -> int:
    """How many characters a leading article takes with its space, by the language of the title (English by default)."""
    found = re.match(r"(\w{1,3})\s|([Ll])['’]", title)
    language = languages[0].partition("-")[0] if languages else "en"
    if not found:
        return 0
    if found[2]:
        return 2 if language in ("fr", "it") else 0
    return len(found[0]) if found[1].lower() in _ARTICLES.get(language, "").split() else 0


def _description(record: Record) -> Iterator[Field]:
    yield _field("250", "  ", ("a", record.edition))
    if _kind(record) not in PARTS:
        place, publisher = one_line(record.publisher_place), one_line(record.publisher)
        thesis = record.type == "thesis"
        date = _printed(record.issued, "issued" in record.inferred)
        named = "" if thesis else publisher
        yield _field("264", " 1", ("a", f"{place} :" if place and named else place),
                     ("b", f"{named}," if named and date else named), ("c", date))  # fmt: skip
        if thesis:
            yield _field("502", "  ", ("b", record.genre or "Thesis"), ("c", publisher),
                         ("d", str(record.year) if record.year else ""))  # fmt: skip
    if record.number_of_pages:
        yield _field("300", "  ", ("a", f"{record.number_of_pages} p."))
    yield _field("490", "0 ", ("a", record.collection_title))


def _printed(date: PartialDate | None, inferred: bool) -> str:
    """A date as a catalogue prints it, in brackets when it was worked out; years of an interval joined by a hyphen."""
    if date is None:
        return ""
    text = date.display.replace("–", "-").replace(" - ", "-")
    return f"[{text}]" if inferred else text


def _texts(record: Record) -> Iterator[Field]:
    yield from (_field("500", "  ", ("a", line)) for line in record.note.split("\n"))
    yield from (_field("520", "3 ", ("a", part)) for part in re.split(r"\n\s*\n", record.abstract))
    yield from (_field("521", "8 ", ("a", whom)) for whom in (*record.audience, *record.education_level))
    yield from (_field("536", "  ", ("c", grant)) for grant in record.grants)


def _subjects(record: Record) -> Iterator[Field]:
    """Descriptors in 650, of ERIC's thesaurus where ERIC gave them; free words in 653."""
    source = "ericd" if record.eric else "local"
    for term in record.descriptors:
        level = ("1" if term in record.major_descriptors else "2") if record.major_descriptors else " "
        head, *divisions = one_line(term).split("--")
        yield _field("650", f"{level}7", ("a", head), *(("x", each) for each in divisions), ("2", source))
    yield from (_field("651", " 7", ("a", place), ("2", "local")) for place in record.places)
    yield from (_field("653", "  ", ("a", word)) for word in record.keywords)
    yield from (_field("655", " 7", ("a", sort), ("2", "ericd")) for sort in record.publication_type)
    if _kind(record) == "article-newspaper":
        yield _field("655", " 7", *NEWSPAPER_ARTICLE)


def _host(record: Record) -> Iterator[Field]:
    """Field 773 of an article, chapter or paper, and a second one for the ISSN of the electronic edition."""
    kind = _kind(record)
    if kind not in PARTS:
        return
    place, publisher = one_line(record.publisher_place), one_line(record.publisher)
    year = str(record.year) if record.year and kind in ("chapter", "paper-conference") else ""
    imprint = f"{place} : {publisher}" if place and publisher else publisher or place
    yield _field(
        "773", "0 ", ("7", "nnam" if kind in ("chapter", "paper-conference") else "nnas"),
        ("t", record.container_title), ("d", ", ".join(filter(None, (imprint, year)))), ("g", _related(record)),
        *(("x", issn) for issn in record.issn), *(("z", isbn) for isbn in record.isbn),
    )  # fmt: skip
    yield from (_field("773", "08", ("i", "Online version:"), ("t", record.container_title), ("x", issn))
                for issn in record.eissn)  # fmt: skip


def _related(record: Record) -> str:
    """The place in the host: "Vol. 20, no. 3 (August 2019), p. 327-350"."""
    volume, issue = one_line(record.volume), one_line(record.issue)
    page, date = normal_pages(one_line(record.page)), _printed(record.issued, False)
    parts = [f"Vol. {volume}" if volume else "", f"no. {issue}" if issue else ""]
    numbered = ", ".join(filter(None, parts)) + (f" ({date})" if date else "")
    article = f"article {one_line(record.number)}" if record.number else ""
    return ", ".join(filter(None, (numbered.strip(), article, f"p. {page}" if page else "")))


def _links(record: Record) -> Iterator[Field]:
    yield _field("856", "41", ("u", address(record.url)))
    yield _field("856", "41", ("3", "Full text" if record.full_text_url else ""), ("u", address(record.full_text_url)))


def _kept(record: Record) -> Iterator[Field]:
    """What was read from MARC and has no field here; links between its fields are cut where one of them is not kept."""
    for name, text in record.extra:
        tag = name.removeprefix("marc:")
        if not name.startswith("marc:") or not re.fullmatch(r"[0-9]{3}", tag) or tag in _OWN or tag == "006":
            continue
        kept = parse_text(tag, text)
        if kept is not None:
            yield kept if tag != "880" else _unlinked(kept)


def _unlinked(each: Field) -> Field:
    pairs = (
        (code, re.sub(r"^(\d{3}-)\d\d", r"\g<1>00", value) if code == "6" else value) for code, value in each.subfields
    )
    return field(each.tag, each.indicators, pairs)


def _kind(record: Record) -> str:
    """The CSL type that is written; a session's abstract is a paper."""
    return kind_of(record).csl


def _is_proceedings(record: Record) -> bool:
    return kind_of(record).name == "proceedings"
