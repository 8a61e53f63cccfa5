"""A work of each kind, with everything a reference manager could want of it."""

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record

ROE = Name(family="Roe", given="Ann B.")
BERG = Name(family="Berg", given="Jan", particle="van der")
GROUP = Name(literal="Centre for Learning and Reform")
SECRET = "Zymurgy is what nobody may be shown."

WORKS = {
    "article-journal": Record(
        type="article-journal", title="Learning & \"Teaching\": Part <1>", author=(ROE, BERG),
        issued=PartialDate(year=2019, month=8), container_title="Journal of Change", volume="20", issue="3",
        page="327-350", issn=("1389-2843",), eissn=("1573-1812",), doi="10.1007/s10833-019-09349-2", language=("en",),
        eric="EJ1000001", abstract="Of learning.", descriptors=("Teaching Methods", "Art, Modern"),
        publisher="Springer",
        full_text_url="https://files.eric.ed.gov/fulltext/EJ1000001.pdf",
        extra=(("csl:ORCID", "Roe, Ann B.: https://orcid.org/0000-0002-1825-0097"),),
    ),
    "chapter": Record(
        type="chapter", title="Learning at the Edge", author=(ROE,), editor=(BERG,),
        container_title="Handbook of Edges",
        page="12-34", publisher="Routledge", publisher_place="London", isbn=("9780203774977",), volume="1",
        issued=PartialDate(year=2020), doi="10.4324/9780203774977-25", collection_title="Edges", edition="2nd",
    ),
    "symposium": Record(
        type="paper-conference", genre="Symposium", title="The Role of Networks", author=(ROE,), session="15 SES 09",
        event_title="Conference on Research", event_place="Hamburg", issued=PartialDate(year=2018, month=9, day=4),
        contribution="Networks join teachers.",
    ),
    "paper-conference": Record(
        type="paper-conference", title="A Paper", author=(ROE,), event_title="Annual Meeting", page="1-9",
        container_title="Proceedings of the Meeting", issued=PartialDate(year=2001), publisher="Association",
    ),
    "opinion": Record(
        type="article-newspaper", genre="Opinion", title="Improving Practice", author=(GROUP,),
        issued=PartialDate(year=2013, month=10, day=6), container_title="Education Week",
        url="https://www.edweek.org/opinion-improving-practice/2013/10", body=SECRET,
    ),
    "article-newspaper": Record(
        type="article-newspaper", title="Schools Open", author=(ROE,), issued=PartialDate(year=2014, month=1, day=2),
        container_title="The Paper", section="News",
    ),
    "book": Record(
        type="book", title="Schools of Tomorrow", author=(ROE,), publisher="Dutton", publisher_place="New York",
        issued=PartialDate(year=1915), isbn=("9780306406157",), edition="2nd", number_of_pages=316,
    ),
    "proceedings": Record(
        type="book", genre="Proceedings", title="Proceedings of the Meeting", editor=(ROE,), publisher="Association",
        issued=PartialDate(year=2001), isbn=("9780131103627",),
    ),
    "report": Record(
        type="report", title="Report on Schools", author=(ROE,), institution=("Bureau of Education",), number="TR-12",
        issued=PartialDate(year=1999), eric="ED400001",
    ),
    "thesis": Record(
        type="thesis", genre="Doctoral dissertation", title="On Schools", author=(ROE,), publisher="University of Oslo",
        issued=PartialDate(year=2005),
    ),
    "webpage": Record(
        type="webpage", title="About Schools", author=(ROE,), container_title="School Site",
        issued=PartialDate(year=2022),
        url="https://schools.example/about",
    ),
    "dataset": Record(type="dataset", title="Counts of Schools", author=(ROE,), issued=PartialDate(year=2011)),
    "software": Record(type="software", title="School Counter", author=(ROE,), issued=PartialDate(year=2012)),
    "motion_picture": Record(type="motion_picture", title="A School", author=(ROE,), issued=PartialDate(year=1970)),
    "legislation": Record(type="legislation", title="Schools Act", issued=PartialDate(year=1965)),
    "document": Record(type="document", title="Some Paper", author=(ROE,), issued=PartialDate(year=1950)),
}  # fmt: skip
