"""What BibTeX's entry types and fields are called here: the tables of the reader and the writer.

Sources: BibTeXing (types and fields of 1988), the biblatex manual, and the
types Mendeley, Zotero and publishers' exports invent ("web_page", "online").
"""

from typing import Final

# entry type -> CSL type and genre; a type that is not here becomes a document whose genre is its name
TYPES: Final[dict[str, tuple[str, str]]] = {
    "article": ("article-journal", ""), "journal_article": ("article-journal", ""),
    "magazine_article": ("article-journal", ""),
    "newspaper_article": ("article-newspaper", ""), "newspaper": ("article-newspaper", ""),
    "suppperiodical": ("article-journal", ""),
    "review": ("article-journal", "Review"),
    "book": ("book", ""), "mvbook": ("book", ""), "collection": ("book", ""), "mvcollection": ("book", ""),
    "reference": ("book", ""), "mvreference": ("book", ""), "periodical": ("book", "Periodical"),
    "booklet": ("book", "Booklet"),
    "proceedings": ("book", "Proceedings"), "mvproceedings": ("book", "Proceedings"),
    "conference_proceedings": ("paper-conference", ""),
    "inbook": ("chapter", ""), "incollection": ("chapter", ""), "bookinbook": ("chapter", ""),
    "suppbook": ("chapter", ""),
    "suppcollection": ("chapter", ""), "inreference": ("chapter", ""), "book_section": ("chapter", ""),
    "inproceedings": ("paper-conference", ""), "conference": ("paper-conference", ""),
    "conference_paper": ("paper-conference", ""),
    "techreport": ("report", ""), "report": ("report", ""), "manual": ("report", "Manual"),
    "standard": ("report", "Standard"),
    "phdthesis": ("thesis", "Doctoral dissertation"), "mastersthesis": ("thesis", "Master's thesis"),
    "thesis": ("thesis", ""),
    "masterthesis": ("thesis", "Master's thesis"), "bachelorsthesis": ("thesis", "Bachelor's thesis"),
    "online": ("webpage", ""), "electronic": ("webpage", ""), "www": ("webpage", ""), "web_page": ("webpage", ""),
    "webpage": ("webpage", ""), "internet": ("webpage", ""), "website": ("webpage", ""),
    "dataset": ("dataset", ""), "data": ("dataset", ""), "software": ("software", ""),
    "computer_program": ("software", ""),
    "video": ("motion_picture", ""), "movie": ("motion_picture", ""), "film": ("motion_picture", ""),
    "legislation": ("legislation", ""), "legal": ("legislation", ""), "jurisdiction": ("legislation", ""),
    "bill": ("legislation", ""),
    "misc": ("document", ""), "generic": ("document", ""), "other": ("document", ""),
}  # fmt: skip
# the "type" field of biblatex's @thesis and @report, where it is a key
GENRES: Final = {
    "phdthesis": "Doctoral dissertation", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "software": "", "datacd": "",
}  # fmt: skip

# the entrysubtype that says more than the entry type
SUBTYPES: Final = {
    "newspaper": "article-newspaper", "paper-conference": "paper-conference", "webpage": "webpage",
    "dataset": "dataset",
    "software": "software", "motion_picture": "motion_picture", "legislation": "legislation", "report": "report",
}  # fmt: skip
# BibTeX wants editions in words, people cite "2nd ed."
ORDINALS: Final = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8",
    "ninth": "9", "tenth": "10",
}  # fmt: skip

# field -> Record field, for plain text that only wants decoding; the first that is there wins
TEXT_FIELDS: Final = {
    "volume": ("volume",), "edition": ("edition",), "number": ("eid", "articleno", "article-number"),
    "collection_title": ("series",), "abstract": ("abstract",), "event_title": ("eventtitle", "conference"),
    "event_place": ("venue",), "availability": ("availability",),
}  # fmt: skip
CONTAINERS: Final = ("journaltitle", "journal", "booktitle")
PUBLISHERS: Final = {
    "thesis": ("school", "institution", "university", "publisher"),
    "report": ("institution", "publisher", "organization", "school"),
    "": ("publisher", "organization", "institution", "school"),
}  # fmt: skip
PLACES: Final = ("address", "location")
# fields that are no prose: nothing in them is LaTeX except an escaped character
VERBATIM: Final = frozenset((
    "doi", "url", "eprint", "file", "pdf", "isbn", "issn", "eissn", "urlraw", "local-url", "bdsk-url-1", "bdsk-url-2",
    "bdsk-file-1", "pmid", "pmcid", "citeulike-linkout-0", "link",
))  # fmt: skip
# what a crossref child does not take from its parent (biblatex manual, appendix B)
NOT_INHERITED: Final = frozenset((
    "crossref", "xref", "xdata", "ids", "entryset", "label", "shorthand", "key", "sortkey", "options", "keywords",
    "abstract",
    "annote", "annotation", "note", "doi", "url", "urldate", "eprint", "eprinttype", "author", "pages", "file",
    "shorttitle",
))  # fmt: skip
IN_TYPES: Final = frozenset((
    "inbook", "incollection", "inproceedings", "conference", "bookinbook", "suppbook", "suppcollection",
    "inreference",
))  # fmt: skip
AS_CONTAINER: Final = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
# extra fields that must not be written back: they point to other entries or belong to one person's program
NOT_WRITTEN: Final = frozenset((
    "crossref", "xref", "xdata", "ids", "entryset", "related", "file", "pdf", "local-url", "owner", "timestamp",
    "groups",
    "date-added", "date-modified", "added-at", "interhash", "intrahash", "options", "month", "year", "date",
))  # fmt: skip
