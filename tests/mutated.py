"""Files of every layout, and damage done to them by dice that fall the same way each time."""

import random
from pathlib import Path
from typing import Final

from litbase.formats import by_name
from litbase.record.record import Record

GOOD: Final = b"@article{good2020, author = {Good, Ann}, title = {A Good One}, journal = {J}, year = {2020}}\n"
POOR: Final = b"@article{poor, title = {SHOUTING AT THE READERS}, journal = {J}, pages = {12--3}}\n"
GOODS: Final = {
    "bib": GOOD + POOR,
    "ris": b"TY  - JOUR\nAU  - Roe, Ann\nTI  - On Towns\nPY  - 2001\nJO  - J\nER  - \n" * 3,
    "nbib": b"PMID- 1\nTI  - On Towns\nFAU - Roe, Ann\nDP  - 2001\nJT  - J\nPT  - Journal Article\n\n",
    "json": b'[{"type":"book","title":"On Towns","author":[{"family":"Roe"}],"issued":{"date-parts":[[2001]]}}]',
    "csv": b"title,author,year,doi\nOn Towns,Roe A,2001,10.1/x\nOn Rivers,Roe A,2002,\n",
    "xml": b'<?xml version="1.0"?><xml><records><record><ref-type name="Book">6</ref-type>'
    b"<titles><title>On Towns</title></titles></record></records></xml>",
    "txt": b"ERIC Number: EJ1223055\nRecord Type: Journal\nPublication Date: 2019-Aug\nOn Towns\nRoe, Ann\n",
}
"""A small file of each layout that people send most, by the suffix of its name."""
WRITTEN: Final = ("biblatex", "ris", "nbib", "refer", "csl-json", "csv", "jsonld", "dc", "marcxml", "text", "jsonl")
PAGES: Final = {
    "ecer": "conftool-session.txt", "edweek": "blog-post.txt", "eric": "article.txt", "eric-api": "default-fields.txt",
    "eric-xml": "three-records.xml", "reference-list": "apa-with-heading.txt", "vufind": "chapter-glued.txt",
    "webpage": "article-highwire.html",
}  # fmt: skip
_SOURCES: Final = Path(__file__).parent / "sources"
_PUT_IN: Final = (b"\0", b"{" * 50, b"<", b"\xff\xfe", b"]" * 20, b'"', b"\r\n", b"ER  - ")


def layouts(records: list[Record]) -> dict[str, tuple[str, bytes]]:
    """(name of a file, its bytes) of every layout, by what it is called; *records* are what written formats hold."""
    found = {f"small {suffix}": (f"small.{suffix}", data) for suffix, data in GOODS.items()}
    for format in map(by_name, WRITTEN):
        found[format.name] = f"written{format.suffix}", "".join(format.dump(records)).encode()
    for source, name in PAGES.items():
        found[f"page of {source}"] = name, (_SOURCES / source / name).read_bytes()
    return found


def mutated(data: bytes, dice: random.Random) -> bytes:
    """*data* with bytes changed, cut out, doubled or put in."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, to = sorted((dice.randrange(len(made) + 1), dice.randrange(len(made) + 1)))
        match dice.randrange(5):
            case 0:
                made[at:to] = b""
            case 1:
                made[at:at] = made[at:to]
            case 2:
                made[at:at] = dice.choice(_PUT_IN)
            case 3 if made:
                made[min(at, len(made) - 1)] = dice.randrange(256)
            case _:
                made = made[:to] or made
    return bytes(made)[:100_000] or b" "
