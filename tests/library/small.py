"""A small made-up library about schools, for what helps readers search."""

import hashlib
import random
import string
from pathlib import Path

from litbase.library import Library, bring_level, open_library
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, Reference
from litbase.settings import Settings
from litbase.store.values import Incoming, Link

MEHTA = Name(family="Mehta", given="Jal")
PETERSON = Name(family="Peterson", given="Amelia")
OZGUR = Name(family="Özgür", given="Ayşe")

COMMUNITIES = Record(
    type="article-journal",
    title="International Learning Communities: What Happens When Leaders Learn",
    author=(MEHTA, PETERSON),
    issued=PartialDate(year=2019),
    container_title="Journal of Educational Change",
    descriptors=("Communities of Practice", "Global Approach", "Teachers"),
    doi="10.1007/s10833-019-0000-1",
)
OPINION = Record(
    type="article-newspaper",
    genre="Opinion",
    title="International Learning Communities: What Can Be Learned",
    author=(PETERSON, MEHTA),
    issued=PartialDate(year=2016),
    container_title="Education Week",
)
PRACTICE = Record(
    type="article-journal",
    title="Practice in the Open",
    author=(OZGUR,),
    issued=PartialDate(year=2001),
    descriptors=("Global Approach", "Communities of Practice", "Teachers"),
)
CITING = Record(
    type="report",
    title="The Role of Networks",
    author=(Name(family="Brown", given="Chris"),),
    descriptors=("Social Networks", "Teachers"),
    references=(
        Reference(
            "Mehta, J., & Peterson, A. (2019). International learning communities. Journal of Educational Change.",
            Record(title="International learning communities: What happens when leaders learn",
                   author=(MEHTA, PETERSON), issued=PartialDate(year=2019)),
        ),
        Reference("Borko, H. (2004). Professional development and teacher learning.",
                  Record(title="Professional development and teacher learning")),
        Reference("Wenger, E. (1998). Learning as a social system of meaning.",
                  Record(title="Learning as a social system of meaning")),
    ),
)  # fmt: skip
READER = Record(
    type="report",
    title="Roles and Rules",
    author=(Name(family="Brown", given="Ann"),),
    references=tuple(CITING.references[1:]),
)
STATISTICS = tuple(
    Record(
        type="report",
        title=f"School Statistics of the Year {1980 + number}",
        author=(Name(family="Clerk", given=f"Number {number:02d}"),),
        issued=PartialDate(year=1980 + number),
        descriptors=("Teachers", "Statistics"),
        abstract="Tables of schools and of teaching.",
    )
    for number in range(40)
)
CITED = Record(type="cited", title="Practical Zymurgy", author=(Name(family="Stoll", given="Louise"),))
RECORDS = (COMMUNITIES, OPINION, PRACTICE, CITING, READER, *STATISTICS, CITED)


def small_library(
    folder: Path, records: tuple[Record, ...] = RECORDS, links: dict[int, tuple[Link, ...]] | None = None
):
    """A library of *records*, level with its index; *links* are by place among the records."""
    library: Library = open_library(folder, Settings(), create=True)
    batch = []
    for number, record in enumerate(records):
        sha = hashlib.sha256(str(number).encode()).hexdigest()
        batch.append(
            Incoming(record=record, source="test", key=str(number), reader="test", document=sha,
                     links=(links or {}).get(number, ()))
        )  # fmt: skip
    library.store.put(batch, library.store.start_run("test", {}), "tester")
    assert bring_level(library)
    return library


def first_letters(text: str, count: int = 8) -> str:
    """*text* up to its letter number *count*, as a reader has typed it by then."""
    places = [at for at, letter in enumerate(text) if letter.isalnum()]
    return text[: places[count - 1] + 1] if len(places) >= count else text


def misspelled(word: str, chance: random.Random) -> str:
    """*word* with a letter added, left out or changed, or two neighbours swapped."""
    while True:
        at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
        wrong = chance.choice(
            (
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
        if wrong != word:
            return wrong
