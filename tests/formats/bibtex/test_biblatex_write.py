"""Writing BibLaTeX: each rule once, by name."""

import pytest

from litbase.formats.bibtex.biblatex import dump
from litbase.formats.bibtex.names import write_extended_names
from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
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
        container_title="Journal of Educational Change", volume="20", issue="3", page="327-350", number="e12",
        issued=PartialDate(year=2019, month=8), doi="10.1007/x_1", issn=("1389-2843",), eric="EJ1223055",
        descriptors=("Reading", "Teachers, Rural"), keywords=("PISA",), language=("en",),
    )  # fmt: skip
    assert "".join(dump([record])) == (
        "@article{mehta2019international,\n"
        "  author = {Mehta, Jal and van der Berg, Jan and others},\n"
        "  title = {What {NAEP} Can Teach Us},\n"
        "  journaltitle = {Journal of Educational Change},\n"
        "  volume = {20},\n"
        "  number = {3},\n"
        "  eid = {e12},\n"
        "  pages = {327--350},\n"
        "  date = {2019-08},\n"
        "  doi = {10.1007/x_1},\n"
        "  issn = {1389-2843},\n"
        "  eprint = {EJ1223055},\n"
        "  eprinttype = {eric},\n"
        "  langid = {english},\n"
        "  keywords = {Reading, {Teachers, Rural}, PISA},\n"
        "  note = {ERIC Number: EJ1223055},\n"
        "}\n"
    )


TYPES = {
    "article-journal": "article", "chapter": "incollection", "symposium": "inproceedings",
    "paper-conference": "inproceedings", "opinion": "article", "article-newspaper": "article", "book": "book",
    "proceedings": "proceedings", "report": "report", "thesis": "thesis", "webpage": "online", "dataset": "dataset",
    "software": "software", "motion_picture": "video", "legislation": "legislation", "document": "misc",
    "cited": "misc",
}  # fmt: skip
GENRES = {"opinion": "Opinion", "symposium": "Symposium", "proceedings": "Proceedings"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_an_entry_type(kind):
    text = written(type="cited" if kind.name == "cited" else kind.csl, genre=GENRES.get(kind.name, ""))
    assert text.startswith(f"@{TYPES[kind.name]}{{k,\n")


FIELDS = {
    "newspaper is the journal": (
        {"type": "article-newspaper", "container_title": "Education Week"}, "journaltitle", "{Education Week}"),
    "newspaper is said": ({"type": "article-newspaper"}, "entrysubtype", "{newspaper}"),
    "site of a page": ({"type": "webpage", "container_title": "The Site"}, "journal", "{The Site}"),
    "chapter is in a book": ({"type": "chapter", "container_title": "The Book of NAEP"}, "booktitle",
        "{The Book of {NAEP}}"),
    "conference": ({"type": "paper-conference", "event_title": "Congress"}, "eventtitle", "{Congress}"),
    "conference is no book": ({"type": "paper-conference", "event_title": "Congress"}, "booktitle", ""),
    "place of the conference": ({"type": "paper-conference", "event_place": "Rome"}, "venue", "{Rome}"),
    "place of the publisher": ({"type": "book", "publisher_place": "Zürich"}, "location", "{Zürich}"),
    "doctoral thesis": ({"type": "thesis", "genre": "Doctoral dissertation"}, "type", "{phdthesis}"),
    "master's thesis": ({"type": "thesis", "genre": "Master's thesis"}, "type", "{mathesis}"),
    "any thesis": ({"type": "thesis", "genre": "Habilitation"}, "type", "{Habilitation}"),
    "university": ({"type": "thesis", "publisher": "Drexel University"}, "institution", "{Drexel University}"),
    "report": ({"type": "report", "publisher": "RAND", "genre": "Policy brief"}, "type", "{Policy brief}"),
    "report has an institution": ({"type": "report", "institution": ("RAND",)}, "institution", "{RAND}"),
    "page has an organization": ({"type": "webpage", "publisher": "OECD"}, "organization", "{OECD}"),
    "season": ({"issued": PartialDate(year=2018, month=21)}, "date", "{2018-21}"),
    "two months": ({"issued": PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2))}, "date",
        "{2010-01/2010-02}"),
    "day": ({"issued": PartialDate(year=2016, month=2, day=25)}, "date", "{2016-02-25}"),
    "visited": ({"accessed": PartialDate(year=2020, month=1, day=2)}, "urldate", "{2020-01-02}"),
    "edition is a number": ({"edition": "Second"}, "edition", "{2}"),
    "ordinal is a number": ({"edition": "21st ed."}, "edition", "{21}"),
    "first edition in words": ({"edition": "1"}, "edition", "{First}"),
    "edition as printed": ({"edition": "rev. ed."}, "edition", "{rev. ed.}"),
    "issue by number": ({"type": "article-journal", "issue": "1-2"}, "number", "{1-2}"),
    "issue by name": ({"type": "article-journal", "issue": "Spring"}, "issue", "{Spring}"),
    "number of a report": ({"type": "report", "number": "TR-12"}, "number", "{TR-12}"),
    "one language": ({"language": ("pt-BR",)}, "langid", "{brazilian}"),
    "several languages": ({"language": ("en", "fr")}, "language", "{English and French}"),
    "language babel does not know": ({"language": ("sw",)}, "language", "{Swahili}"),
    "subtitle stays in the title": ({"title": "Change: A Study"}, "title", "{Change: A Study}"),
    "emphasis": ({"title": "On Homo sapiens", "marks": (Mark("title", 3, 15, "i"),)}, "title",
        r"{On \emph{Homo sapiens}}"),
    "German capitals are biber's business": ({"title": "Die Schule", "language": ("de",)}, "title", "{Die Schule}"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "name", "value"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_written_as_biblatex_wants_it(fields, name, value):
    assert field(name, **fields) == value


@pytest.mark.parametrize("name", ["year", "month", "address", "school"])
def test_no_field_of_the_old_dialect_is_written(name):
    fields = {"issued": PartialDate(year=2019, month=8), "publisher_place": "Rome", "publisher": "U", "type": "thesis"}
    assert field(name, **fields) == ""


NAMES = {
    "person": (Name(family="Mehta", given="Jal"), "Mehta, Jal"),
    "small particle": (Name(family="Berg", given="Jan", particle="van der"), "van der Berg, Jan"),
    "capital particle": (Name(family="Cruz", given="Juan", particle="De La", suffix="Jr."),
                         "family=Cruz, given=Juan, prefix=De La, suffix=Jr."),
    "capital particle and comma": (Name(family="Cruz, y", given="Juan", particle="De"),
                                   "family={Cruz, y}, given=Juan, prefix=De"),
    "group": (Name(literal="Smith and Sons & Co."), r"{Smith and Sons \& Co.}"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "latex"), NAMES.values(), ids=NAMES)
def test_names_are_written_out_in_parts_only_where_biber_needs_it(name, latex):
    assert write_extended_names([name]) == latex


def test_keys_are_unique_without_regard_to_case():
    records = [Record(citation_key="a2019x", title="One"), Record(citation_key="A2019X", title="Two")]
    assert [entry.strip().splitlines()[0] for entry in dump(records)] == ["@misc{a2019x,", "@misc{A2019Xa,"]
