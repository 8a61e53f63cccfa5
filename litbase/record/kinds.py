"""What sort of work a record is: CSL types, their labels, ERIC's publication types, BibTeX and RIS types.

Sources: CSL 1.0.2 item types; ERIC's publication type list; the type tables of
BibTeX and of RIS as Zotero and JabRef read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from litbase.record.record import Record


class Kind(NamedTuple):
    """One sort of work: *name* is the value of the facet "type", *csl* the CSL type behind it."""

    name: str
    label: str
    plural: str
    csl: str
    bibtex: str
    ris: str
    icon: str
    css: str


KINDS = (
    Kind("article-journal", "Journal article", "Journal articles", "article-journal", "article", "JOUR", "file-text", "t-journal"),
    Kind("chapter", "Book chapter", "Book chapters", "chapter", "incollection", "CHAP", "book-open", "t-chapter"),
    Kind("symposium", "Symposium abstract", "Symposium abstracts", "paper-conference", "inproceedings", "CONF", "presentation", "t-conf"),
    Kind("paper-conference", "Conference paper", "Conference papers", "paper-conference", "inproceedings", "CONF", "presentation", "t-conf"),
    Kind("opinion", "Opinion article", "Opinion articles", "article-newspaper", "article", "NEWS", "newspaper", "t-opinion"),
    Kind("article-newspaper", "Newspaper article", "Newspaper articles", "article-newspaper", "article", "NEWS", "newspaper", "t-opinion"),
    Kind("book", "Book", "Books", "book", "book", "BOOK", "library", "t-chapter"),
    Kind("proceedings", "Proceedings", "Proceedings", "book", "proceedings", "CONF", "library", "t-conf"),
    Kind("report", "Report", "Reports", "report", "techreport", "RPRT", "file-input", "t-cited"),
    Kind("thesis", "Thesis", "Theses", "thesis", "phdthesis", "THES", "user-round", "t-cited"),
    Kind("webpage", "Web page", "Web pages", "webpage", "misc", "ELEC", "globe", "t-cited"),
    Kind("dataset", "Data set", "Data sets", "dataset", "misc", "DATA", "braces", "t-cited"),
    Kind("software", "Software", "Software", "software", "misc", "COMP", "braces", "t-cited"),
    Kind("motion_picture", "Film or video", "Films and videos", "motion_picture", "misc", "VIDEO", "eye", "t-cited"),
    Kind("legislation", "Legal material", "Legal materials", "legislation", "misc", "LEGAL", "library", "t-cited"),
    Kind("document", "Document", "Documents", "document", "misc", "GEN", "file-text", "t-cited"),
    Kind("cited", "Cited work", "Cited works", "document", "misc", "GEN", "link-2", "t-cited"),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
CSL_TYPES = frozenset(kind.csl for kind in KINDS) | {"cited"}
OPINION_GENRES = frozenset({"Opinion", "Letter", "Letter to the Editor", "Commentary"})
SESSION_GENRES = frozenset(
    {"Symposium", "Paper Session", "Poster Session", "Workshop", "Round Table", "Panel Discussion"}
)

# ERIC's publication types say the kind of an ED record; the first that fits wins.
ERIC_DOCUMENTS = (
    ("Dissertations/Theses", "thesis"),
    ("Speeches/Meeting Papers", "paper-conference"),
    ("Collected Works - Proceedings", "proceedings"),
    ("Book Chapters", "chapter"),
    ("Books", "book"),
    ("Collected Works - General", "book"),
    ("Collected Works - Serial", "book"),
    ("Legal/Legislative/Regulatory Materials", "legislation"),
    ("Computer Programs", "software"),
    ("Non-Print Media", "motion_picture"),
    ("Audiovisual", "motion_picture"),
)


def kind_of(record: Record) -> Kind:
    """The kind of *record*, from its CSL type and genre; "document" for a type nobody knows."""
    if record.type == "article-newspaper" and record.genre in OPINION_GENRES:
        return BY_NAME["opinion"]
    if record.type == "paper-conference" and record.genre in SESSION_GENRES:
        return BY_NAME["symposium"]
    if record.type == "book" and record.genre == "Proceedings":
        return BY_NAME["proceedings"]
    return BY_NAME.get(record.type, BY_NAME["document"])


def eric_type(accession: str, publication_types: tuple[str, ...]) -> tuple[str, str]:
    """(CSL type, genre) of an ERIC record: EJ is a journal article, ED goes by its publication types, else a report."""
    if accession.startswith("EJ"):
        return "article-journal", ""
    for prefix, name in ERIC_DOCUMENTS:
        match = next((given for given in publication_types if given.lower().startswith(prefix.lower())), "")
        if match:
            return BY_NAME[name].csl, _genre(name, match)
    if publication_types == ("Numerical/Quantitative Data",):
        return "dataset", ""
    return "report", ""


def _genre(name: str, publication_type: str) -> str:
    if name == "proceedings":
        return "Proceedings"
    if name == "thesis":
        return "Master's thesis" if "Master" in publication_type else "Doctoral dissertation"
    return ""
