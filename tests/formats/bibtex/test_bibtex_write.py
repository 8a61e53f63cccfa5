"""Writing BibTeX: each rule once, by name."""

import pytest

from litbase.formats.bibtex.names import write_names
from litbase.formats.bibtex.write import dump
from litbase.formats.latex.capitals import protect
from litbase.formats.options import Options
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Mark, Record


def written(**fields) -> str:
    return "".join(dump([Record(**{"title": "T", "citation_key": "k", **fields})]))


def field(name: str, **fields) -> str:
    """The value of one field as it is written; "" when it is not."""
    lines = (line.strip().removesuffix(",") for line in written(**fields).splitlines())
    return next((line.partition(" = ")[2] for line in lines if line.startswith(f"{name} = ")), "")


def test_an_article_is_written_in_a_fixed_order():
    record = Record(
        citation_key="mehta2019international", type="article-journal", title="What NAEP Can Teach Us",
        author=(Name(family="Mehta", given="Jal"), Name(family="Berg", given="Jan", particle="van der")), others=True,
        container_title="Journal of Educational Change", volume="20", issue="3", page="327-350",
        issued=PartialDate(year=2019, month=8), doi="10.1007/x_1", issn=("1389-2843",), eric="EJ1223055",
        descriptors=("Reading", "Teachers, Rural"), keywords=("PISA",), language=("en",),
    )  # fmt: skip
    assert "".join(dump([record])) == (
        "@article{mehta2019international,\n"
        "  author = {Mehta, Jal and van der Berg, Jan and others},\n"
        "  title = {What {NAEP} Can Teach Us},\n"
        "  journal = {Journal of Educational Change},\n"
        "  volume = {20},\n"
        "  number = {3},\n"
        "  pages = {327--350},\n"
        "  year = {2019},\n"
        "  month = aug,\n"
        "  doi = {10.1007/x_1},\n"
        "  issn = {1389-2843},\n"
        "  eprint = {EJ1223055},\n"
        "  eprinttype = {eric},\n"
        "  language = {English},\n"
        "  keywords = {Reading, {Teachers, Rural}, PISA},\n"
        "  note = {ERIC Number: EJ1223055},\n"
        "}\n"
    )


TYPES = {
    "journal article": ({"type": "article-journal"}, "article"),
    "opinion": ({"type": "article-newspaper", "genre": "Opinion"}, "article"),
    "chapter": ({"type": "chapter"}, "incollection"),
    "symposium": ({"type": "paper-conference", "genre": "Symposium"}, "inproceedings"),
    "conference paper": ({"type": "paper-conference"}, "inproceedings"),
    "proceedings": ({"type": "book", "genre": "Proceedings"}, "proceedings"),
    "report": ({"type": "report"}, "techreport"),
    "doctoral thesis": ({"type": "thesis", "genre": "Doctoral dissertation"}, "phdthesis"),
    "master's thesis": ({"type": "thesis", "genre": "Master's thesis"}, "mastersthesis"),
    "web page": ({"type": "webpage"}, "misc"),
    "nobody knows": ({"type": "hologram"}, "misc"),
}


@pytest.mark.parametrize(("fields", "kind"), TYPES.values(), ids=TYPES)
def test_the_entry_type_follows_the_kind(fields, kind):
    assert written(**fields).startswith(f"@{kind}{{k,\n")


FIELDS = {
    "newspaper is the journal": ({"type": "article-newspaper", "container_title": "Education Week"}, "journal",
        "{Education Week}"),
    "newspaper is said": ({"type": "article-newspaper"}, "entrysubtype", "{newspaper}"),
    "chapter is in a book": ({"type": "chapter", "container_title": "The Book"}, "booktitle", "{The Book}"),
    "conference is the book where none is given": ({"type": "paper-conference", "event_title": "Congress"},
        "booktitle", "{Congress}"),
    "symposium says which": ({"type": "paper-conference", "genre": "Symposium", "session": "15 SES 09"},
        "note", "{Symposium 15 SES 09}"),
    "thesis has a school": ({"type": "thesis", "publisher": "Drexel University"}, "school", "{Drexel University}"),
    "report has an institution": ({"type": "report", "publisher": "RAND"}, "institution", "{RAND}"),
    "authoring institution serves": ({"type": "report", "institution": ("RAND",)}, "institution", "{RAND}"),
    "report number": ({"type": "report", "number": "TR-12"}, "number", "{TR-12}"),
    "article number": ({"type": "article-journal", "number": "e12"}, "eid", "{e12}"),
    "pages of three numberings": ({"page": "12-34, 40"}, "pages", "{12--34, 40}"),
    "roman pages": ({"page": "iv-xii"}, "pages", "{iv--xii}"),
    "letters and pages": ({"page": "A1-A20"}, "pages", "{A1--A20}"),
    "one page": ({"page": "e12"}, "pages", "{e12}"),
    "untidy pages": ({"page": "pp. 365 - 384"}, "pages", "{365--384}"),
    "typographer's dash": ({"page": "327–350"}, "pages", "{327--350}"),
    "month is a macro": ({"issued": PartialDate(year=2016, month=2, day=25)}, "month", "feb"),
    "day apart": ({"issued": PartialDate(year=2016, month=2, day=25)}, "day", "{25}"),
    "season in words": ({"issued": PartialDate(year=2018, month=21)}, "month", "{Spring}"),
    "two months": ({"issued": PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2))}, "month",
        'jan # "--" # feb'),
    "edition in words": ({"edition": "2nd"}, "edition", "{Second}"),
    "edition as printed": ({"edition": "rev. ed."}, "edition", "{rev. ed.}"),
    "doi verbatim": ({"doi": "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"}, "doi",
                     "{10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O}"),
    "url verbatim": ({"url": "https://x.org/a_b?c=1&d=50%25#f~g"}, "url", "{https://x.org/a_b?c=1&d=50%25#f~g}"),
    "url with braces and blanks": ({"url": "https://x.org/{a} b\\"}, "url", "{https://x.org/%7Ba%7D%20b%5C}"),
    "script is no address": ({"url": "javascript:alert(1)"}, "url", ""),
    "title escaped": ({"title": "Open { brace only"}, "title", r"{Open {\textbraceleft} brace only}"),
    "title of ERIC": ({"title": "Schools--a study"}, "title", "{Schools-{}-a study}"),
    "extra comes back": ({"extra": (("bibtex:annote", "50% & more"), ("pmid", "1"))}, "annote", r"{50\% \& more}"),
    "links to other entries do not": ({"extra": (("bibtex:crossref", "p"),)}, "crossref", ""),
    "extra never overrules": ({"extra": (("bibtex:title", "U"),)}, "title", "{T}"),
    "emphasis in the title": ({"title": "The Homo sapiens of NAEP", "marks": (Mark("title", 4, 16, "i"),)}, "title",
        r"{The \emph{Homo sapiens} of {NAEP}}"),
    "emphasis in the abstract": ({"abstract": "On E. coli.", "marks": (Mark("abstract", 3, 10, "i"),)}, "abstract",
        r"{On \emph{E. coli}.}"),
    "emphasis that is out of place": ({"title": "Short", "marks": (Mark("title", 3, 99, "i"),)}, "title", "{Short}"),
    "emphasis across a name": ({"title": "A NAEP b", "marks": (Mark("title", 0, 4, "i"),)}, "title",
        r"{\emph{A NA}EP b}"),
    "German nouns stay": ({"title": "Die Schule der Zukunft", "language": ("de",)}, "title",
        "{{Die} {Schule} der {Zukunft}}"),
    "German for pandoc and biber": ({"language": ("de",)}, "langid", "{german}"),
    "English needs no langid": ({"language": ("en",)}, "langid", ""),
    "twelfth edition": ({"edition": "12th"}, "edition", "{Twelfth}"),
    "first edition": ({"edition": "1"}, "edition", "{First}"),
    "days of one month": (
        {"issued": PartialDate(year=1990, month=6, day=12, end=PartialDate(year=1990, month=6, day=15))}, "date",
        "{1990-06-12/1990-06-15}"),
    "resolver is no doi": ({"doi": "https://doi.org/10.1000/182"}, "doi", "{10.1000/182}"),
    "TeX's other backslash": ({"url": "https://x.org/^^5cinput"}, "url", "{https://x.org/%5E%5E5cinput}"),
    "letters beyond ASCII in an address": ({"url": "https://x.org/é"}, "url", "{https://x.org/%C3%A9}"),
    "doubt about a date comes back": ({"extra": (("bibtex:year", "in press"),)}, "year", "{in press}"),
    "doubt never overrules a date": ({"extra": (("bibtex:date", "1034~"),), "issued": PartialDate(year=1034)}, "date",
        ""),
    "availability": ({"availability": "Not available from EDRS"}, "availability", "{Not available from EDRS}"),
    "place of a place": ({"title": "Reading in Appalachia", "places": ("Appalachia",)}, "title",
        "{Reading in {Appalachia}}"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "name", "value"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_written_as_bibtex_wants_it(fields, name, value):
    assert field(name, **fields) == value


NAMES = {
    "person": (Name(family="Mehta", given="Jal"), "Mehta, Jal"),
    "particle": (Name(family="Berg", given="Jan", particle="van der"), "van der Berg, Jan"),
    "suffix between": (Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."), "de la Cruz, Jr., Juan"),
    "group": (Name(literal="International Perspectives on Education Reform Group"),
              "{International Perspectives on Education Reform Group}"),
    "group with and": (Name(literal="Smith and Sons & Co."), r"{Smith and Sons \& Co.}"),
    "family Others": (Name(family="Others", given="Ann"), "{Others}, Ann"),
    "family with and": (Name(family="Black and White", given="Ann"), "{Black and White}, Ann"),
    "family with a comma": (Name(family="Black, White", given="Ann"), "{Black, White}, Ann"),
    "family alone": (Name(family="Plato"), "{Plato}"),
    "capital particle": (Name(family="Cruz", given="Juan", particle="De La"), "{De La Cruz}, Juan"),
    "small word in a family": (Name(family="Garcia de Mora", given="Ana"), "{Garcia de Mora}, Ana"),
    "family that ends like a suffix": (Name(family="McQueen III", given="Clyde"), "{McQueen III}, Clyde"),
    "equals sign": (Name(family="A=B", given="C"), "{A=B}, C"),
    "lone brace": (Name(literal="A { B"), r"{A {\textbraceleft} B}"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "latex"), NAMES.values(), ids=NAMES)
def test_a_name_is_written_so_that_it_stays_one(name, latex):
    assert write_names([name]) == latex


PROTECTED = {
    "acronyms, digits, mixed case": (
        "NAEP in K-12 and the iPad of McGraw",
        "{NAEP} in {K-12} and the {iPad} of {McGraw}",
    ),
    "title case is left": ("The Well-Being of First-Year Teachers", "The Well-Being of First-Year Teachers"),
    "countries and languages": (
        "Reading English in Finland and New York",
        "Reading {English} in {Finland} and {New York}",
    ),
    "hyphenated people": ("The African-American Experience", "The {African-American} Experience"),
    "abbreviations": ("Schools of the U.S. Army", "Schools of the {U.S}. Army"),
    "possessive": ("OECD's View", "{OECD's} View"),
    "nasty 1": ('Effects of "X"', 'Effects of "X"'),
    "shouting": ("EDUCATIONAL CHANGE IN THE SOUTH", "EDUCATIONAL CHANGE IN THE SOUTH"),
    "markup inside": ("A&T and <b>NASA</b>", r"{A\&T} and {\textless}b{\textgreater}{NASA}{\textless}/b{\textgreater}"),
    "pair of braces around": ("{NASA and ESA}", r"\{{NASA} and {ESA}\}"),
}


@pytest.mark.parametrize(("title", "latex"), PROTECTED.values(), ids=PROTECTED)
def test_capitals_that_must_stay_are_protected(title, latex):
    assert protect(title) == latex


TITLE = "What Özgür and NAEP can Teach us of α-Helices"
CHOSEN = {
    "smart": (Options(), "{What Özgür and {NAEP} can Teach us of α-Helices}"),
    "all": (Options(protect="all"), "{{What} {Özgür} and {NAEP} can {Teach} us of {α-Helices}}"),
    "none": (Options(protect="none"), "{What Özgür and NAEP can Teach us of α-Helices}"),
    "ascii": (Options(ascii=True), r"{What {\"O}zg{\"u}r and {NAEP} can Teach us of {$\alpha$}-Helices}"),
}


@pytest.mark.parametrize(("options", "latex"), CHOSEN.values(), ids=CHOSEN)
def test_capitals_and_letters_are_written_as_chosen(options, latex):
    assert f"  title = {latex},\n" in "".join(dump([Record(title=TITLE)], options))


def test_a_whole_entry_is_ascii_where_latex_has_letters():
    record = Record(
        type="article-journal", title="Über “X” – Œuvre", author=(Name(family="Çelik", given="Łukasz"),),
        container_title="Revue française", publisher_place="Zürich", abstract="½ ± 2 °", keywords=("École", "山"),
        url="https://x.org/é", doi="10.1000/é", note="naïve",
    )  # fmt: skip
    lines = "".join(dump([record], Options(ascii=True))).splitlines()
    assert [line for line in lines if not line.isascii()] == [
        "  doi = {10.1000/é},", r"  keywords = {{\'E}cole, 山},",
    ]  # fmt: skip


def test_keys_are_unique_and_made_where_there_are_none():
    records = [
        Record(citation_key="a2019x", title="One"),
        Record(citation_key="A2019X", title="Two"),
        Record(citation_key="not a key}", title="The Vital Role", issued=PartialDate(year=2018)),
        Record(id="ED123456", title="山田"),
        Record(),
    ]
    heads = [entry.strip().splitlines()[0].partition("{")[2] for entry in dump(records)]
    assert heads == ["a2019x,", "A2019Xa,", "vital2018role,", "ED123456,", "entry,"]


def test_entries_are_streamed_one_by_one_and_the_same_every_time():
    def endless():
        while True:
            yield Record(title="T", citation_key="k")

    stream = dump(endless())
    assert [next(stream), next(stream)] == ["@misc{k,\n  title = {T},\n}\n", "\n@misc{ka,\n  title = {T},\n}\n"]
    assert "".join(dump([])) == ""
