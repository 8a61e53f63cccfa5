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
    "software": "", "datacd": "", "audiocd": "Audio CD", "patent": "Patent", "patentde": "German patent",
    "patenteu": "European patent", "patentfr": "French patent", "patentuk": "British patent",
    "patentus": "U.S. patent", "patreq": "Patent request", "patreqde": "German patent request",
    "patreqeu": "European patent request", "patreqfr": "French patent request",
    "patrequk": "British patent request", "patrequs": "U.S. patent request",
}  # fmt: skip
# keys of biblatex that styles translate
SERIES: Final = {"newseries": "New series", "oldseries": "Old series"}
COUNTRIES: Final = {
    "countryde": "Germany", "countryeu": "European Union", "countryep": "European Union", "countryfr": "France",
    "countryuk": "United Kingdom", "countryus": "United States",
}  # fmt: skip

# the entrysubtype that says more than the entry type
SUBTYPES: Final = {
    "newspaper": "article-newspaper", "paper-conference": "paper-conference", "webpage": "webpage",
    "dataset": "dataset",
    "software": "software", "motion_picture": "motion_picture", "legislation": "legislation", "report": "report",
}  # fmt: skip
# Scopus's document_type, which knows better than the entry type it exports
DOCUMENT_TYPES: Final = {
    "conference paper": ("paper-conference", ""), "conference review": ("book", "Proceedings"),
    "book chapter": ("chapter", ""), "book": ("book", ""),
}  # fmt: skip
# BibTeX wants editions in words, people cite "2nd ed."
ORDINALS: Final = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13",
    "fourteenth": "14", "fifteenth": "15", "sixteenth": "16", "seventeenth": "17", "eighteenth": "18",
    "nineteenth": "19", "twentieth": "20",
}  # fmt: skip

# what the package babel calls languages, in biblatex's langid; of several names of one the first is written
BABEL: Final = {
    "english": "en", "american": "en-US", "british": "en-GB", "usenglish": "en-US", "ukenglish": "en-GB",
    "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ",
    "german": "de", "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "french": "fr", "francais": "fr", "frenchb": "fr", "acadian": "fr-CA", "canadien": "fr-CA",
    "spanish": "es", "mexican": "es-MX", "portuguese": "pt", "portuges": "pt", "brazilian": "pt-BR", "brazil": "pt-BR",
    "italian": "it", "dutch": "nl", "catalan": "ca", "galician": "gl", "basque": "eu", "romanian": "ro", "latin": "la",
    "greek": "el", "polutonikogreek": "el", "danish": "da", "swedish": "sv", "norsk": "no", "norwegian": "no",
    "nynorsk": "nn", "icelandic": "is", "finnish": "fi", "estonian": "et", "latvian": "lv", "lithuanian": "lt",
    "polish": "pl", "czech": "cs", "slovak": "sk", "slovene": "sl", "slovenian": "sl", "croatian": "hr",
    "serbian": "sr", "serbianc": "sr-Cyrl", "hungarian": "hu", "magyar": "hu", "bulgarian": "bg", "russian": "ru",
    "ukrainian": "uk", "turkish": "tr", "hebrew": "he", "arabic": "ar", "persian": "fa", "welsh": "cy", "irish": "ga",
    "indonesian": "id", "bahasa": "id", "malay": "ms", "vietnamese": "vi", "japanese": "ja", "korean": "ko",
    "chinese": "zh", "hindi": "hi", "afrikaans": "af", "thai": "th",
}  # fmt: skip
# field -> Record field, for plain text that only wants decoding; the first that is there wins
TEXT_FIELDS: Final = {
    "volume": ("volume",), "edition": ("edition",), "collection_title": ("series",),
    "event_title": ("eventtitle", "conference"),
    "event_place": ("venue",), "availability": ("availability",),
}  # fmt: skip
JOURNALS: Final = ("journaltitle", "journal")
SUBTITLES: Final = {
    "journaltitle": "journalsubtitle", "journal": "journalsubtitle", "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
}  # fmt: skip
BOOKTITLE_FIRST: Final = frozenset(("chapter", "paper-conference"))
ARTICLES: Final = frozenset(kind for kind, (type_, _) in TYPES.items() if type_.startswith("article")) | {"periodical"}
PUBLISHERS: Final = {
    "thesis": ("school", "institution", "university", "publisher"),
    "report": ("institution", "publisher", "organization", "school"),
    "": ("publisher", "organization", "institution", "school"),
}  # fmt: skip
PLACES: Final = ("address", "location")
# fields that are no prose: nothing in them is LaTeX except an escaped character
VERBATIM: Final = frozenset((
    "doi", "url", "eprint", "file", "pdf", "isbn", "issn", "eissn", "urlraw", "local-url", "bdsk-url-1", "bdsk-url-2",
    "bdsk-file-1", "pmid", "pmcid", "citeulike-linkout-0", "link", "date", "origdate", "eventdate", "urldate",
))  # fmt: skip
# what a crossref child does not take from its parent (biblatex manual, appendix B), and what is the parent's own
NOT_INHERITED: Final = frozenset((
    "crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "label", "shorthand", "key", "sortkey", "options",
    "keywords", "abstract", "annote", "annotation", "note", "doi", "url", "urldate", "eprint", "eprinttype", "author",
    "pages", "pagetotal", "file", "title", "subtitle", "titleaddon", "shorttitle", "sorttitle", "indextitle",
    "related", "relatedtype", "relatedstring", "type", "timestamp", "owner", "date-added", "date-modified",
))  # fmt: skip
IN_TYPES: Final = frozenset((
    "inbook", "incollection", "inproceedings", "conference", "bookinbook", "suppbook", "suppcollection",
    "inreference",
))  # fmt: skip
OF_ONE_AUTHOR: Final = frozenset(("book", "mvbook", "inbook", "bookinbook", "suppbook"))  # the author is inherited
MULTIVOLUME: Final = frozenset(("mvbook", "mvcollection", "mvproceedings", "mvreference"))
AS_MAIN: Final = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
AS_JOURNAL: Final = {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}
AS_CONTAINER: Final = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
# extra fields that must not be written back: they point to other entries or belong to one person's program
NOT_WRITTEN: Final = frozenset((
    "crossref", "xref", "xdata", "ids", "entryset", "related", "file", "pdf", "local-url", "owner", "timestamp",
    "groups",
    "date-added", "date-modified", "added-at", "interhash", "intrahash", "options",
))  # fmt: skip
