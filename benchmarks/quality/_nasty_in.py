"""Nasty cases of reading: BibTeX, RIS, NBIB, ERIC and what is made to hurt.  Each yields (what, got, expected)."""

import re
import time
import tracemalloc

from benchmarks.quality._nasty_out import Checks, back
from litbase.errors import UnknownSource
from litbase.formats.latex.text import decode
from litbase.library.detecting import detect
from litbase.record.dates import PartialDate
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources.eric_citation import parse_citation
from litbase.vocabulary.tidy import tidy

SECONDS = 10.0
MEMORY = 150_000_000


def read(text: str | bytes, name: str = "-") -> list[Reading | Refusal]:
    """What the reader that claims a document makes of it; a Refusal when none does."""
    document = Document(name, text) if isinstance(text, bytes) else Document.from_text(text, name)
    try:
        return list(detect(document).read(document))
    except UnknownSource:
        return [Refusal(line=1, notice=notice("no-record"))]


def records(text: str | bytes, name: str = "-") -> list[Record]:
    """The records of it, tidied."""
    return [tidy(found.record)[0] for found in read(text, name) if isinstance(found, Reading)]


def _codes(found: Reading | Refusal) -> list[str]:
    return [n.code for n in found.notices] if isinstance(found, Reading) else [found.notice.code]


def eric_pipe_authors(given: str, expect: str) -> Checks:
    """ERIC puts all authors into one tag, with bars between them."""
    meta = given[given.index("<meta") :]
    page = (
        f"<!doctype html><html><head><title>ERIC - EJ1100000 - T, 2016</title>{meta}"
        '<meta name="citation_title" content="Child-Teacher Relationship Training">'
        '<meta name="citation_publication_date" content="2016"></head><body>ERIC Number: EJ1100000</body></html>'
    )
    names = re.findall(r'content="([^"]*)"', meta)[0].split("|")
    found = records(page, "eric.html")
    yield "authors", [[str(name) for name in record.author] for record in found], [names]
    yield "said", expect, "three authors"


def dup_key_import(given: str, expect: str) -> Checks:
    """One key, two works: both are in; one work twice keeps its key."""
    head = re.findall(r"@article\{mehta2019\}", given)[0].removesuffix("}")
    first, second, third = read(
        f"{head}, title={{One}}, doi={{10.1/a}}}}\n{head}, title={{Two}}, doi={{10.1/b}}}}\n"
        f"{head}, title={{One}}, doi={{10.1/a}}}}\n"
    )
    found = [item.record.citation_key for item in (first, second, third) if isinstance(item, Reading)]
    yield "keys", found, ["mehta2019", "mehta2019a", "mehta2019"]
    yield "re-keyed as listed", f"re-keyed {found[1]}" in expect, True
    yield "warning with its line", (_codes(second), second.line), (["duplicate-key"], 2)
    yield "identical", _codes(third), ["duplicate-entry"]


def missing_comma(given: str, expect: str) -> Checks:
    """A comma left out costs no field, and nothing of the neighbour."""
    fields = given.replace("\\n", "\n")
    found = read(f"@article{{k,\n {fields} year = 2001\n}}\n@book{{next, title={{Whole}}}}\n")
    record = found[0].record if isinstance(found[0], Reading) else Record()
    yield "fields", (list(map(str, record.author)), record.title, record.year), (["B, A"], "T", 2001)
    yield "warning", _codes(found[0]), ["field-recovered"]
    yield "next", isinstance(found[1], Reading) and (found[1].record.title, _codes(found[1])), ("Whole", [])


def unbalanced_import(given: str, expect: str) -> Checks:
    """A brace never closed reaches no neighbour."""
    text = given.replace("\\n", "\n").replace("...", "title={B}, year=1999")
    yield (
        "entries",
        [(r.citation_key, r.title, r.year) for r in back(text)],
        [("a", "Open brace", None), ("b", "B", 1999)],
    )


def string_concat(given: str, expect: str) -> Checks:
    """Macros and texts joined by #."""
    strings, _, fields = given.partition(" journal")
    [record] = back(f"{strings}\n@article{{k, title={{T}}, year=2001, journal{fields}}}")
    journal, _, date = expect.partition("; ")
    yield "journal", record.container_title, journal
    yield "date", (record.issued, date), (PartialDate(year=2001, month=1, day=1), "month 1 (January), day 1")


def undefined_macro(given: str, expect: str) -> Checks:
    """A macro nobody defined stays as its name, with a warning."""
    [found] = read(f"@article{{k, title={{T}}, {given}}}")
    name = given.partition(" = ")[2]
    yield "journal", isinstance(found, Reading) and found.record.container_title, name
    yield "warning", _codes(found), ["undefined-macro"]
    yield "as listed", f"text {name}" in expect, True


def keyless_odd_type(given: str, expect: str) -> Checks:
    """No key and a type of Mendeley's."""
    [found] = read(given)
    yield "type", isinstance(found, Reading) and (found.record.type, found.record.title), ("webpage", "T")
    yield "key", _codes(found), ["key-generated"]


def percent_decode(given: str, expect: str) -> Checks:
    """A bare percent sign is no comment."""
    [record] = back(f"@misc{{k, {given.partition(' (')[0]}}}")
    yield "title", record.title, expect


def latex_accents(given: str, expect: str) -> Checks:
    """Accents, letters and commands in all their spellings."""
    yield "text", decode(given), expect.partition(" (all NFC)")[0]


def encodings(given: str, expect: str) -> Checks:
    """One file in every encoding and with every line end."""
    text = "@article{a,\n title = {Über Größe},\n year = 1999\n}\n@book{b, title={Zwei}}\n"
    ways = {
        "UTF-8": text.encode(), "UTF-8+BOM": text.encode("utf-8-sig"), "UTF-16LE+BOM": text.encode("utf-16"),
        "cp1252": text.encode("cp1252"), "CRLF": text.replace("\n", "\r\n").encode(),
        "CR-only": text.replace("\n", "\r").encode(),
    }  # fmt: skip
    yield "listed", [way for way in ways if way not in given], []
    for way, data in ways.items():
        yield (
            way,
            [(record.title, record.year) for record in records(data, "x.bib")],
            [("Über Größe", 1999), ("Zwei", None)],
        )
    guessed = Document("x.bib", ways["cp1252"])
    yield "reported", (guessed.encoding, [n.code for n in guessed.notices]), ("cp1252", ["encoding-guessed"])
    undecodable = records(b"@article{a, title={\x81\xffx}}\n@book{b, title={U}}\n", "x.bib")
    yield "undecodable", [record.citation_key for record in undecodable], ["a", "b"]


def hostile_size(given: str, expect: str) -> Checks:
    """Depth, length, number and entities made to run out of time or memory."""
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    marc = '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><datafield tag="245"><subfield code="a">{}'
    files = {
        "5,000 nested braces": "@article{x, title={"
        + "{" * 5000
        + "t"
        + "}" * 5000
        + "}}\n@book{after, title={After}}",
        "5 MB field": "@article{x, title={T}, abstract={" + "word " * 1_000_000 + "}}\n@book{after, title={After}}",
        "100k entries": "".join(f"@misc{{k{n}, title={{T}}}}\n" for n in range(100_000))
        + "@book{after, title={After}}",
        "billion-laughs": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>{marc.format("&a12;")}',
        "XXE": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{marc.format("&e;")}',
    }
    for name, text in files.items():
        yield f"{name} is listed", name in given, True
        traced = len(text) < 1_000_000 or "MB" in name  # the 100k entries are measured in benchmarks/quality/bibtex.py
        last, seconds, peak = _measured(text, traced)
        yield f"{name}: in time", seconds < SECONDS * (1 if traced else 6), True
        yield f"{name}: in memory", peak < MEMORY + 4 * len(text), True
        if text.startswith("<"):
            yield f"{name}: refused", isinstance(last, Refusal), True
        else:
            yield f"{name}: after it", isinstance(last, Reading) and last.record.title, "After"


def _measured(text: str, traced: bool) -> tuple[Reading | Refusal, float, int]:
    """The last of what is read, the CPU time it took and the memory at its peak."""
    if traced:
        tracemalloc.start()
    start = time.process_time()
    try:
        last = read(text)[-1]
        peak = tracemalloc.get_traced_memory()[1] if traced else 0
    finally:
        tracemalloc.stop()
    return last, time.process_time() - start, peak


def eric_dates(given: str, expect: str) -> Checks:
    """ERIC's dates, never more precise than they are."""
    wanted = [text.partition(" (")[0].strip() for text in expect.split(" | ")]
    for text, date in zip(given.split(" | "), wanted, strict=True):
        if "article number" in date:
            found = parse_citation(f"J, v9 {text}")
            yield text, f"{found.issued} + article number {found.number}", date
        elif date == "1999-24":
            winter = PartialDate.parse(text)
            yield text, winter and (f"{winter.year}-{winter.month}", winter.display), (date, "Winter 1999–2000")
        else:
            yield text, str(PartialDate.parse(text)).replace("None", "null"), date


def eric_source(given: str, expect: str) -> Checks:
    """ERIC's source lines in their parts, never a bogus page."""
    wanted = (
        ("20", "3", "327-350", "", "2019-08", ""), ("9", "", "", "10", "2019", ""),
        ("32", "1-2", "12-34, 40", "", "1999-24/2000-24", ""), ("4", "1", "", "", "2018", ""),
        ("", "", "", "", "None", "Drexel University"), ("113", "spec iss", "1-9", "", "None", ""),
    )  # fmt: skip
    for text, parts in zip(given.split(" | "), wanted, strict=True):
        found = parse_citation(text)
        issue = found.issue.lower().replace("special issue", "spec iss")
        yield text, (found.volume, issue, found.page, found.number, str(found.issued), found.school), parts


def identifiers(given: str, expect: str) -> Checks:
    """ISBN and ISSN in the forms ERIC really gives, right and wrong."""
    eissn, empty, isbns, dressed, wrong = given.split(" | ")
    told = expect.split(" | ")
    found = records(
        f"ERIC Number: EJ1223055\nTitle: T\nISSN: {eissn.partition(': ')[2]}\nAuthors: Mehta, Jal\n", "a.txt"
    )
    yield eissn, [f"eissn {number}" for record in found for number in record.eissn], [told[0]]
    yield empty, tidy(Record(issn=(empty.partition(" - ")[2],)))[0].issn, ()
    yield isbns, set(tidy(Record(isbn=tuple(isbns.split()[2:])))[0].isbn), set(re.findall(r"\d{13}", told[2]))
    yield dressed, tidy(Record(isbn=(dressed,)))[0].isbn, (told[3],)
    record, notices = tidy(Record(title="T", isbn=(wrong.partition(" ")[2],)))
    yield (
        wrong,
        (record.isbn, dict(record.identifiers).get("isbn-raw"), bool(notices)),
        ((), wrong.partition(" ")[2], True),
    )


def ris_messy(given: str, expect: str) -> Checks:
    """RIS with every disorder at once."""
    text = (
        "\ufeff1. \nTY - JOUR\nTI  - First title\nTI  - Second title\nAB  - An abstract\nthat goes on\n"
        "AU  - Mehta, Jal\nDA  - 2019/08//\nPY  - 2019/08//\nTY  - JOUR\nTI  - Another\nPY  - 2020\nER  - \n"
    )
    found = [item for item in read(text, "x.ris") if isinstance(item, Reading)]
    yield "records", len(found), 2
    record = found[0].record
    yield "date", record.issued, PartialDate(year=2019, month=8)
    yield "title", record.title.startswith("First title"), True
    yield "second title is kept", "Second title" in repr(record), True
    yield "warning", bool(found[0].notices), True
    yield "abstract", record.abstract, "An abstract that goes on"
    yield "second", found[1].record.title, "Another"


def eric_nbib(given: str, expect: str) -> Checks:
    """ERIC's own export, which JabRef refuses and Zotero reads without the titles of books."""
    text = (
        "OWN - ERIC\nTI  - Reading at Home, Etc.\nAU  - Doe, Ann\nJT  - Corwin Press\nDP  - 1990\nOID - ED123456\n"
        "AID - https://doi.org/10.1000/x1\nPT  - Books\nPT  - Guides\nOT  - Reading\nLID - https://eric.ed.gov/?id=ED123456\n"
        "AB  - Short.\n\nOWN - ERIC\nTI  - Reading at School.\nAU  - Roe, Bea\nJT  - Journal of Reading\nDP  - 1990\n"
        "OID - EJ765432\nAID - http://example.org/x\nPT  - Journal Articles\n\n"
    )
    first, second = records(text, "eric.nbib")
    yield "book", (first.type, first.title, first.publisher), ("book", "Reading at Home, Etc.", "Corwin Press")
    yield "identity", (first.eric, first.doi, second.eric, second.doi), ("ED123456", "10.1000/x1", "EJ765432", "")
    yield "article", (second.type, second.title, second.container_title), (
        "article-journal", "Reading at School", "Journal of Reading",
    )  # fmt: skip
    yield "descriptors", "Reading" in (*first.descriptors, *first.keywords), True
