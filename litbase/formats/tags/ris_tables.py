"""What the types and tags of RIS are called here.

Sources: the RIS specification of 2001, EndNote's reference types, and what Zotero
and JabRef make of each.
"""

from typing import Final

# type -> CSL type and genre; a type that is not here becomes a document
TYPES: Final[dict[str, tuple[str, str]]] = {
    "JOUR": ("article-journal", ""), "EJOUR": ("article-journal", ""), "ABST": ("article-journal", "Abstract"),
    "INPR": ("article-journal", "In press"), "MGZN": ("article-journal", "Magazine article"),
    "NEWS": ("article-newspaper", ""), "JFULL": ("book", "Periodical"),
    "BOOK": ("book", ""), "EBOOK": ("book", ""), "EDBOOK": ("book", ""), "SER": ("book", ""),
    "CLSWK": ("book", "Classical work"), "ANCIENT": ("book", "Ancient text"), "PAMP": ("book", "Pamphlet"),
    "CTLG": ("book", "Catalog"),
    "CHAP": ("chapter", ""), "ECHAP": ("chapter", ""), "DICT": ("chapter", "Dictionary entry"),
    "ENCYC": ("chapter", "Encyclopedia entry"),
    "CONF": ("paper-conference", ""), "CPAPER": ("paper-conference", ""),
    "RPRT": ("report", ""), "GOVDOC": ("report", "Government document"), "STAND": ("report", "Standard"),
    "THES": ("thesis", ""),
    "ELEC": ("webpage", ""), "WEB": ("webpage", ""), "BLOG": ("webpage", "Blog post"),
    "DATA": ("dataset", ""), "DBASE": ("dataset", "Database"), "AGGR": ("dataset", "Database"),
    "COMP": ("software", ""),
    "VIDEO": ("motion_picture", ""), "MPCT": ("motion_picture", "Film"), "ADVS": ("motion_picture", "Audiovisual"),
    "MULTI": ("motion_picture", "Multimedia"),
    "LEGAL": ("legislation", ""), "BILL": ("legislation", "Bill"), "UNBILL": ("legislation", "Bill"),
    "UNBIL": ("legislation", "Bill"), "STAT": ("legislation", "Statute"), "CASE": ("legislation", "Case"),
    "HEAR": ("legislation", "Hearing"),
    "GEN": ("document", ""), "": ("document", ""), "ART": ("document", "Artwork"), "CHART": ("document", "Chart"),
    "EQUA": ("document", "Equation"), "FIGURE": ("document", "Figure"), "MAP": ("document", "Map"),
    "PAT": ("document", "Patent"), "GRANT": ("document", "Grant"), "GRNT": ("document", "Grant"),
    "ICOMM": ("document", "Internet communication"), "PCOMM": ("document", "Personal communication"),
    "MANSCPT": ("document", "Manuscript"), "UNPB": ("document", "Unpublished work"),
    "UNPD": ("document", "Unpublished work"), "SLIDE": ("document", "Presentation"),
    "SOUND": ("document", "Sound recording"), "MUSIC": ("document", "Music"),
}  # fmt: skip
# Mendeley and others write the types out
SPELLED: Final = {
    "JOURNAL": "JOUR", "JOURNAL ARTICLE": "JOUR", "ARTICLE": "JOUR", "JOURNAL-ARTICLE": "JOUR", "THESIS": "THES",
    "REPORT": "RPRT", "CHAPTER": "CHAP", "BOOK CHAPTER": "CHAP", "BOOK SECTION": "CHAP", "CONFERENCE": "CONF",
    "CONFERENCE PAPER": "CONF", "NEWSPAPER": "NEWS", "WEBPAGE": "ELEC", "WEB PAGE": "ELEC", "GENERIC": "GEN",
}  # fmt: skip

# the tags of both editions of RIS, EndNote, Reference Manager, Citavi and Rayyan; any other is kept too
TAGS: Final = frozenset(
    "TY ER ID A1 A2 A3 A4 A5 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DI DO DP DS ED EP ET "
    "H1 H2 IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK LL M1 M2 M3 M4 N1 N2 NO NV OL OP PA PB PP PY RD RI RN RP SE SF SL "
    "SN SP SR ST SV T1 T2 T3 TA TI TS TT U1 U2 U3 U4 U5 UR VL VO WP WT WV Y1 Y2 YR "
    "PMID PMCID DOI ISSN ISBN".split()
)
PROSE: Final = frozenset(("AB", "N2", "N1", "RN", "AD", "KW", "U1", "U2", "U3", "U4", "U5"))
CORE: Final = frozenset(("TI", "T1", "CT", "AU", "A1", "AB", "N2", "DO", "BT"))

# where the work is in, the best name first, by CSL type
CONTAINERS: Final[dict[str, tuple[str, ...]]] = {
    "article-journal": ("JF", "T2", "JO", "BT", "J1", "JA", "J2"),
    "article-newspaper": ("JF", "T2", "JO", "BT", "J1", "JA", "J2"),
    "chapter": ("T2", "BT", "JF", "JO"),
    "paper-conference": ("T2", "BT", "JF", "JO", "JA", "J2"),
    "book": (), "report": (), "thesis": ("T2",),
    "": ("T2", "BT", "JF", "JO"),
}  # fmt: skip
SERIES: Final[dict[str, tuple[str, ...]]] = {
    "book": ("T2", "T3", "JF", "JO"), "report": ("T2", "T3", "JF", "JO"), "": ("T3",),
}  # fmt: skip
# whose A2 and A3 are no editors
EDITED: Final = frozenset(("article-journal", "article-newspaper", "book", "chapter", "paper-conference", "document"))
ADVISED: Final = frozenset(("thesis",))
# whose A4 are no translators
NO_TRANSLATORS: Final = frozenset(("CASE", "DATA", "MPCT", "MUSIC", "GOVDOC"))
# M3 says how it came, not what it is
MEDIA: Final = frozenset(
    ("web", "print", "electronic", "internet", "online", "article", "journal article", "journal paper")
)
