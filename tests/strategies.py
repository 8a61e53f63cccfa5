"""Hypothesis strategies for the values of the record room, shared by every test that makes a promise about records."""

from hypothesis import strategies as st

from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
from litbase.record.names import Name
from litbase.record.record import Mark, Record, Reference
from litbase.vocabulary.tidy import tidy

LETTERS = "abcdefgh ABCDEFGH .,;:-'’“”()[]&%$#_{}\\~^<>|?!–—/ äöüßéñçøł İı 山田太郎 Привет שלום 0123456789\n\t"
GIVEN = ["Jal", "Amelia", "Louis M.", "J. P.", "Özgür", "Anne-Marie", "D'Arcy"]
FAMILIES = ["Mehta", "Peterson", "O'Brien", "Darling-Hammond", "García Márquez", "Łukasz", "Others", "And", "Ng"]
PARTICLES = ["", "", "", "van der", "de la", "von"]
GROUPS = ["OECD", "Smith and Sons & Co.", "International Perspectives on Education Reform Group", "山田太郎", "Madonna"]
PAGES = [
    "",
    "365",
    "pp. 365 - 384",
    "327–350",
    "327-50",
    "e12",
    "A1-A20",
    "12-34, 40",
    "iv-xii",
    "n. pag.",
    "12--34,40",
]
SUBJECTS = ["Learning", "learning", "Reading, Writing", "K-12", ""]
LANGUAGES = ["English", "en", "ger", "Klingon", "", "pt_BR"]
URLS = ["", "", "https://x.org/a_b?c=1&d=50%25#f~g", "https://link.springer.com/", "javascript:alert(1)", "www.x.org/y",
        "https://doi.org/10.1007/s10833-018-9324-0"]  # fmt: skip
WORDS = [
    "Learning",
    "international",
    "Communities:",
    "the",
    "of",
    "K-12",
    "NAEP",
    "&",
    "Schools",
    "What",
    "Grundschule",
]


def texts(max_size: int = 60) -> st.SearchStrategy[str]:
    """Text with all that formats trip over: markup, quotes, accents, other scripts, newlines; no control characters."""
    return st.one_of(
        st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
        st.text(alphabet=LETTERS, max_size=max_size),
        st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=max_size),
    )


def plain_texts(max_size: int = 60) -> st.SearchStrategy[str]:
    """Text on one line with single spaces, as tidied titles and names are."""
    return texts(max_size).map(lambda text: " ".join(text.split()))


def names() -> st.SearchStrategy[Name]:
    """People with and without particle and suffix, and groups; never an empty name."""
    people = st.builds(
        Name,
        family=st.sampled_from(FAMILIES),
        given=st.sampled_from(GIVEN),
        particle=st.sampled_from(PARTICLES),
        suffix=st.sampled_from(["", "", "Jr.", "III"]),
    )
    return st.one_of(people, st.sampled_from(GROUPS).map(lambda text: Name(literal=text)))


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Years, months, seasons and days that exist, and some intervals."""
    year = draw(st.integers(1400, 2030))
    month = draw(st.sampled_from([0, 0, *range(1, 13), 21, 22, 23, 24]))
    day = draw(st.integers(0, 28)) if 1 <= month <= 12 else 0
    end = None
    if not day and month and draw(st.booleans()):
        closing = draw(st.sampled_from([(year, month + 1)] if month % 12 and month != 24 else [(year + 1, month)]))
        end = PartialDate(year=closing[0], month=closing[1])
    return PartialDate(year=year, month=month, day=day, end=end)


def isbns() -> st.SearchStrategy[str]:
    """ISBN-13s with right check digits."""

    def whole(twelve: str) -> str:
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
        return f"{twelve}{-total % 10}"

    return st.integers(0, 10**9 - 1).map(lambda number: whole(f"978{number:09d}"))


def issns() -> st.SearchStrategy[str]:
    """ISSNs with right check digits."""

    def whole(seven: str) -> str:
        check = -sum((8 - place) * int(digit) for place, digit in enumerate(seven)) % 11
        return f"{seven[:4]}-{seven[4:]}{'X' if check == 10 else check}"

    return st.integers(0, 10**7 - 1).map(lambda number: whole(f"{number:07d}"))


def dois() -> st.SearchStrategy[str]:
    """DOIs, some with the letters that need care in BibTeX and in URLs."""
    tails = st.text(alphabet="abcXYZ0189.-_/()<>;:", max_size=18).map("a{}z".format)
    return st.builds("10.{}/{}".format, st.integers(1000, 99999), tails)


def pages() -> st.SearchStrategy[str]:
    """Pages as sources print them, some of them nonsense."""
    return st.one_of(st.sampled_from(PAGES), texts(12))


def tidy_records() -> st.SearchStrategy[Record]:
    """Records as the library keeps them: tidied, what was wrong set aside."""
    return records().map(lambda record: tidy(record)[0])


def records() -> st.SearchStrategy[Record]:
    """Records as readers hand them over: identifiers dressed or wrong, lists with empty and repeated members."""
    text = st.one_of(st.just(""), texts())
    short = st.sampled_from(["", "Springer", "Smith & Sons", "Zürich", " 100% {brace} "])
    several = st.lists(st.one_of(st.sampled_from(SUBJECTS), texts(20)), max_size=2).map(tuple)
    people = st.lists(names(), max_size=3).map(tuple)
    marks = st.sampled_from([(), (Mark("abstract", 0, 1, "i"),)])
    references = st.builds(Reference, text=texts(), parsed=st.sampled_from([None, Record(title="Ärger & \\Co")]))
    pairs = st.lists(st.tuples(st.sampled_from(["pmid", "oclc", "arxiv"]), texts(20)), max_size=1).map(tuple)
    doi = st.one_of(st.just(""), dois(), dois().map("https://doi.org/{}".format), texts(12))
    isbn = st.one_of(isbns(), isbns().map("ISBN-{}".format), st.sampled_from(["041583905X", "9780415839045", "", " "]))
    issn = st.one_of(issns(), issns().map("EISSN-{}".format), st.sampled_from(["ISSN-", "1234-5678", "0002-8312"]))
    return st.builds(
        Record,
        type=st.sampled_from([kind.csl for kind in KINDS]),
        genre=st.sampled_from(["", "Opinion", "Symposium", "Doctoral dissertation"]),
        title=text, container_title=text, abstract=text,
        collection_title=short, publisher=short, publisher_place=short, note=short,
        author=people, editor=people, others=st.booleans(), issued=st.one_of(st.none(), dates()),
        volume=st.sampled_from(["", "20", "IV"]), issue=st.sampled_from(["", "3", "1-2"]), page=pages(),
        number=st.sampled_from(["", "TR-12"]), number_of_pages=st.one_of(st.none(), st.integers(1, 999)),
        edition=st.sampled_from(["", "2", "Second"]), doi=doi, isbn=st.lists(isbn, max_size=3).map(tuple),
        issn=st.lists(issn, max_size=2).map(tuple), eissn=st.lists(issn, max_size=1).map(tuple),
        eric=st.sampled_from(["", "EJ1223055", "ED123456"]), url=st.sampled_from(URLS),
        language=st.lists(st.sampled_from(LANGUAGES), max_size=2).map(tuple),
        descriptors=several, keywords=several, places=short.map(lambda place: (place,)), identifiers=pairs,
        peer_reviewed=st.sampled_from([None, True, False]), references=st.lists(references, max_size=1).map(tuple),
        marks=marks, extra=st.sampled_from([(), (("bibtex:annote", "a note"),)]),
    )  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """*whole* after one to five accidents: cut short, a piece lost, a piece doubled, strange bytes in between."""
    left = bytearray(whole)
    for _ in range(draw(st.integers(1, 5))):
        start, stop = sorted((draw(st.integers(0, len(left))), draw(st.integers(0, len(left)))))
        match draw(st.sampled_from(("cut", "delete", "splice", "bytes"))):
            case "cut":
                del left[stop:]
            case "delete":
                del left[start:stop]
            case "splice":
                left[start:start] = left[start:stop]
            case _:
                left[start:start] = draw(st.binary(max_size=20))
    return bytes(left)
