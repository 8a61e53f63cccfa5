"""Dublin Core, PRISM and EPrints tags: which element wins, types by words, and OJS's source line."""

import pytest

from litbase.formats.page.dublin_core_tags import elements_of, told_by, type_of

TITLE = {"dc.title": ("Rooms",)}


def test_elements_are_known_in_every_writing() -> None:
    meta = {
        "dc.title": ("a",),
        "dc:creator": ("b",),
        "dcterms_issued": ("c",),
        "dct.issued": ("d",),
        "og:title": ("e",),
    }
    assert elements_of(meta) == {"dc.title": ["a"], "dc.creator": ["b"], "dcterms.issued": ["c", "d"]}


TYPES = {
    "Journal Article": "article-journal",
    "info:eu-repo/semantics/bookPart": "chapter",
    "masterThesis": "thesis",
    "info:eu-repo/semantics/conferenceObject": "paper-conference",
    "Text.Serial.Journal": "article-journal",
    "Working Paper": "report",
    "Dataset": "dataset",
    "blogPost": "webpage",
    "newspaperArticle": "article-newspaper",
    "MovingImage": "motion_picture",
    "Book": "book",
    "Text": "",
    "": "",
}


@pytest.mark.parametrize("words", TYPES)
def test_words_for_types(words: str) -> None:
    assert type_of(words) == TYPES[words]


SOURCES = {
    "A Contrapelo; Vol 9, No 1 (2011); 1-37": ("A Contrapelo", "9", "1", "1-37"),
    "Rooms; Vol. 13 No. 4 (2011)": ("Rooms", "13", "4", ""),
    "Rooms; No 12 (2004)": ("Rooms", "", "12", ""),
    "Rooms 12 (2004)": ("Rooms", "", "12", ""),
    "Rooms of One (2004)": ("", "", "", ""),
    "Rooms; Vol. 13 (2011): Doors; 3-9": ("Rooms", "13", "", "3-9"),
    "https://rooms.example": ("", "", "", ""),
    "Rooms": ("", "", "", ""),
}


@pytest.mark.parametrize("text", SOURCES)
def test_the_source_line_of_a_journal_system(text: str) -> None:
    told = told_by(TITLE | {"dc.source": (text,)})
    assert tuple(told.get(name, "") for name in ("container_title", "volume", "issue", "page")) == SOURCES[text]


def test_prism_names_journal_pages_and_numbers() -> None:
    told = told_by(
        TITLE
        | {
            "prism.publicationname": ("J",),
            "prism.startingpage": ("3",),
            "prism.endingpage": ("9",),
            "prism.number": ("4",),
            "prism.eissn": ("1573-1812",),
            "prism.doi": ("10.5555/x",),
            "prism.publicationdate": ("2010-02",),
        }
    )
    assert (told["container_title"], told["page"], told["issue"], told["doi"]) == ("J", "3-9", "4", "10.5555/x")
    assert (str(told["issued"]), told["eissn"]) == ("2010-02", ("1573-1812",))


def test_refined_elements_win_over_plain_ones() -> None:
    told = told_by(
        TITLE
        | {
            "dc.creator": ("Library",),
            "dc.contributor.author": ("Roe, Ann",),
            "dc.date": ("2020-01-01",),
            "dcterms.issued": ("2014-06",),
            "dc.identifier": ("oai:1", "https://x.org/1"),
            "dc.rights": ("CC",),
        }
    )
    assert list(map(str, told["author"])) == ["Roe, Ann"]
    assert (str(told["issued"]), told["url"], told["extra"]) == ("2014-06", "https://x.org/1", (("dc:rights", "CC"),))


def test_an_address_is_no_container() -> None:
    assert "container_title" not in told_by(TITLE | {"dc.relation.ispartof": ("https://x.org/book",)})


def test_contributors_are_authors_where_there_is_no_creator() -> None:
    assert list(map(str, told_by(TITLE | {"dc.contributor": ("Roe, Ann",)})["author"])) == ["Roe, Ann"]
