"""Records to write and read back: of every kind, of what breaks programs, of ERIC, and the items of the styles."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
from litbase.record.names import Name, parse_name
from litbase.record.reading import Document, Reading
from litbase.record.record import Record
from litbase.sources import eric_api
from litbase.vocabulary.tidy import tidy

IN_SOMETHING: Final = frozenset(
    "article-journal opinion article-newspaper chapter symposium paper-conference webpage".split()
)
NASTY_TITLES: Final = (
    'Effects of "X" & 100% of $5, snake_case #1 ~ ^ \\ <b> {ok}', "Open { brace only", "A } study", "{Wholly} braced",
    "Schools--A Study of `Quotes' and ''Marks''", "What? Why! Who: The End.", "Costs of $5 and $10 | 50% off", "A_b^c",
    "Über Größe – eine Studie mit „Worten“", "\\input{/etc/passwd} and \\write18{ls}", "C# and C++ at AT&T", "100%",
    "α-Helices, CO₂ and x² ≥ 3", "K-12 Schools' NAEP Scores in the U.S.", "山田太郎の研究",
    "=1+1 @article{x, title={y}}", "Use of the @ Sign, %-Comments and ~Tildes~",
    "An Article's \"Nested 'Quotes'\" and More",
)  # fmt: skip
UNSPELLABLE: Final = frozenset("{}|`")  # no form of these alone is read by pandoc 2.17; they are tried in titles only
NASTY_NAMES: Final = (
    Name(literal="International Perspectives on Education Reform Group"), Name(literal="Smith and Sons & Co."),
    Name(literal="山田太郎"), Name(literal="Madonna"), Name(literal="Group {with} braces"),
    Name(literal="A, B and C, Inc."), Name(family="Others", given="Ann"), Name(family="And", given="R."),
    Name(family="Berg", given="Jan", particle="van der"), Name(family="Cruz", given="Ana", particle="De La"),
    Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."), Name(family="Ng", given="A. Y."),
    Name(family="Garcia de Mora", given="Ana"), Name(family="O'Brien", given="Seán"),
    Name(family="van Dyke", given="Dick"), Name(family="Łukasz-Özgür", given="Ayşe"),
    Name(family="Black and White", given="Ann"), Name(family="King", given="Martin Luther", suffix="III"),
)  # fmt: skip
NASTY_ADDRESSES: Final = (
    ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "https://x.org/a_b?c=1&d=50%25#f~g"),
    ("10.1000/a_b#c%d&e", "https://x.org/{a}/b c?q=%7Bx%7D&r=|"), ("10.1234/x^y~z", "https://www.x.org/~user/$1/_"),
    ("10.1007/978-3-030-1", "https://example.org/ü/山?x=é"),
)  # fmt: skip


def invented() -> Iterator[Record]:
    """A record of every kind, and one for each title, name and address that breaks programs."""
    for kind in KINDS:
        yield Record(
            type=kind.csl, genre={"symposium": "Symposium", "opinion": "Opinion"}.get(kind.name, ""),
            title=f"Learning in {kind.plural}",
            container_title="Journal of Change & Growth" if kind.name in IN_SOMETHING else "",
            author=(Name(family="Mehta", given="Jal"),), editor=(Name(family="Lee", given="Carol D."),),
            event_title="European Conference", publisher="Smith & Sons", publisher_place="Zürich",
            volume="3", issue="2", number="TR-12", page="327-350", edition="2", doi="10.1234/x_1",
            issued=PartialDate(year=2019, month=8), url="https://x.org/y_z", language=("en",), eric="ED123456",
            isbn=("9780415839044",),
        )  # fmt: skip
    for title in NASTY_TITLES:
        yield Record(type="article-journal", title=title, container_title="J. of X & Y", issued=PartialDate(year=2001))
        if "{ok}" in title or not UNSPELLABLE & set(title):
            yield Record(type="chapter", title="A Chapter", container_title=title, issued=PartialDate(year=2001))
    for name in NASTY_NAMES:
        yield Record(type="book", title="Names", author=(name,))
    yield Record(type="book", title="Names", author=NASTY_NAMES, others=True)
    for doi, url in NASTY_ADDRESSES:
        yield Record(type="report", title="Addresses", doi=doi, url=url)


def eric(shared: Path, least: int) -> Iterator[Record]:
    """Real records of ERIC, tidied as the library tidies them: whole answers, until there are *least* or more."""
    count = 0
    for path in sorted((shared / "data/eric/api").glob("*.json.gz")):
        if count >= least:
            return
        document = Document(path.name, gzip.decompress(path.read_bytes()))
        for reading in eric_api.read(document):
            if isinstance(reading, Reading):
                count += 1
                yield tidy(reading.record)[0]


def styled(shared: Path) -> Iterator[Record]:
    """The twelve items of the styles."""
    for item in json.loads((shared / "data/styles/items.json").read_text(encoding="utf-8")):
        [first, *rest] = item.get("issued", {}).get("date-parts", [[0]])[0]
        date = dict(zip(("month", "day"), rest, strict=False))
        yield Record(
            type=item["type"], title=item["title"], container_title=item.get("container-title", ""),
            author=tuple(map(_name, item.get("author", ()))), editor=tuple(map(_name, item.get("editor", ()))),
            issued=PartialDate(year=first, **date) if first else None, doi=item.get("DOI", ""), url=item.get("URL", ""),
            volume=item.get("volume", ""), issue=item.get("issue", ""), page=item.get("page", ""), language=("en",),
            publisher=item.get("publisher", ""), edition=item.get("edition", ""),
        )  # fmt: skip


def _name(parts: dict[str, str]) -> Name:
    if "literal" in parts:
        return parse_name(parts["literal"]) or Name()
    return Name(
        family=parts["family"], given=parts.get("given", ""), suffix=parts.get("suffix", ""),
        particle=parts.get("non-dropping-particle", ""),
    )  # fmt: skip
