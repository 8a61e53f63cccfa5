"""Works of every kind about bells, for the tests of single styles: items of CSL-JSON by what they are."""

from litbase.formats.csl.record import to_record
from litbase.record.record import Record

ITEMS = {
    "an article with many authors": {
        "type": "article-journal", "title": "Seven ways to ring a bell",
        "author": [{"family": "Ahn", "given": "Sun-Hee"}, {"family": "Bell", "given": "Bo"},
            {"family": "Cole", "given": "C. D."}, {"family": "Dunn", "given": "Di"},
            {"family": "Egan", "given": "Eve"}, {"family": "Ford", "given": "Flo"},
            {"family": "Gill", "given": "Gus"}], "container-title": "Reading Together", "volume": "4",
        "issue": "2-3", "page": "1035-47", "issued": {"date-parts": [[2017, 6]]},
    },
    "an article to appear": {
        "type": "article-journal", "title": "A bell for every room", "author": [{"family": "Bell", "given": "Bo"}],
        "container-title": "Reading Together", "container-title-short": "Read. Together", "status": "in press",
        "DOI": "10.5555/rt.9",
    },
    "a preprint": {
        "type": "article", "title": "Counting bells", "author": [{"family": "Cole", "given": "C. D."}],
        "publisher": "Bell Archive", "number": "2101.7", "issued": {"date-parts": [[2021, 1, 30]]},
        "URL": "https://bells.example.org/2101.7",
    },
    "a chapter in a series": {
        "type": "chapter", "title": "Rooms that ring",
        "author": [{"family": "Dunn", "given": "Di"}, {"family": "Egan", "given": "Eve"}],
        "editor": [{"family": "Gill", "given": "Gus"}, {"family": "Ford", "given": "Flo"},
            {"literal": "Institute of Bells"}],
        "container-title": "Sound and schooling: A reader", "collection-title": "Studies in sound",
        "collection-number": "7", "edition": "2", "volume": "3", "page": "12-19", "publisher": "Harbour Press",
        "publisher-place": "Bergen", "issued": {"date-parts": [[2014]]},
    },
    "a numbered chapter": {
        "type": "chapter", "title": "Quiet rooms", "author": [{"family": "Dunn", "given": "Di"}],
        "container-title": "Sound and schooling: A reader", "chapter-number": "4", "publisher": "Harbour Press",
        "issued": {"date-parts": [[2014]]},
    },
    "a translated book": {
        "type": "book", "title": "The patient bell", "author": [{"family": "Moreau", "given": "Ève"}],
        "translator": [{"family": "Adler", "given": "Rosa"}], "edition": "3", "volume": "2", "page": "54",
        "publisher": "Quay & Sons", "publisher-place": "London", "issued": {"date-parts": [[2009]]},
    },
    "an edited book": {
        "type": "book", "title": "Why ring? A handbook", "editor": [{"family": "Brandt", "given": "Nora"}],
        "publisher": "Harbour Press", "number-of-volumes": "3", "issued": {"date-parts": [[2011]]},
    },
    "a numbered report": {
        "type": "report", "title": "What a bell costs", "author": [{"literal": "Institute of Bells"}],
        "genre": "Working paper", "number": "12", "publisher": "Institute of Bells", "publisher-place": "Oslo",
        "issued": {"date-parts": [[2016, 5]]}, "URL": "https://bells.example.org/costs.pdf",
        "accessed": {"date-parts": [[2022, 5, 9]]},
    },
    "a thesis": {
        "type": "thesis", "title": "Silence in the bell tower",
        "author": [{"family": "Haas", "given": "Jean-Pierre"}], "genre": "Doctoral dissertation",
        "publisher": "University of Umeå", "issued": {"date-parts": [[2012]]},
    },
    "a paper in proceedings": {
        "type": "paper-conference", "title": "Who rings?", "author": [{"family": "Ito", "given": "Kei"}],
        "editor": [{"family": "Stone", "given": "Ada"}], "container-title": "Proceedings of the Congress on Bells",
        "event-title": "Congress on Bells", "publisher": "Congress Press", "page": "4-9",
        "issued": {"date-parts": [[2018, 9]]},
    },
    "a speech": {
        "type": "speech", "title": "In praise of bells", "author": [{"family": "Ito", "given": "Kei"}],
        "genre": "keynote", "event-title": "Congress on Bells", "event-place": "Kiel",
        "issued": {"date-parts": [[2018, 9, 6]]},
    },
    "an unsigned newspaper piece": {
        "type": "article-newspaper", "title": "Bells fall silent", "container-title": "The harbour herald",
        "page": "A1", "issued": {"date-parts": [[2014, 1, 30]]},
    },
    "a blog post": {
        "type": "post-weblog", "title": "A week without bells", "author": [{"family": "Tan", "given": "Wei"}],
        "container-title": "Slow School", "URL": "https://slow.example.net/bells",
        "issued": {"date-parts": [[2020, 2, 3]]}, "accessed": {"date-parts": [[2022, 5, 9]]},
    },
    "an undated page": {
        "type": "webpage", "title": "How we ring", "author": [{"literal": "Lakeside School"}],
        "URL": "https://lakeside.example.org/bells", "accessed": {"date-parts": [[2022, 5, 9]]},
    },
    "software": {
        "type": "software", "title": "Bell timer", "author": [{"family": "Jung", "given": "Kim"}],
        "genre": "Computer program", "publisher": "Jung Works", "issued": {"date-parts": [[2020]]},
        "URL": "https://jung.example.net/bell",
    },
    "a standard": {
        "type": "standard", "title": "Loudness of bells", "author": [{"literal": "Institute of Bells"}],
        "genre": "Norm", "number": "77-2", "publisher-place": "oslo", "issued": {"date-parts": [[2015]]},
    },
    "a film": {
        "type": "motion_picture", "title": "The bell on the hill",
        "author": [{"family": "Varga", "given": "Ilse"}], "publisher": "Hill Films", "medium": "DVD",
        "publisher-place": "Budapest", "issued": {"date-parts": [[1999, 8, 5]]},
    },
    "a data set": {
        "type": "dataset", "title": "Bells by county, 1990–2018",
        "author": [{"family": "Okafor", "given": "Chidi B."}], "publisher": "County Data Bank",
        "issued": {"date-parts": [[2019]]}, "DOI": "10.5555/cdb.78",
    },
    "an entry": {
        "type": "entry-encyclopedia", "title": "Bell", "author": [{"family": "Ray", "given": "Ben"}],
        "container-title": "Encyclopedia of school things", "volume": "1", "page": "88",
        "publisher": "Harbour Press", "issued": {"date-parts": [[2003]]},
    },
    "namesakes in one work": {
        "type": "article-journal", "title": "Two of a name",
        "author": [{"family": "Lind", "given": "Maja"}, {"family": "Lind", "given": "Mats"}],
        "container-title": "Reading Together", "volume": "9", "page": "e12", "issued": {"date-parts": [[2019]]},
    },
}  # fmt: skip


def work(name: str) -> Record:
    """The record of the work that is *name*."""
    return to_record({"id": name, **ITEMS[name]})[0]
