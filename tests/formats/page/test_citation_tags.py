"""Highwire Press tags: fields, what decides the type, references, and what is kept under its own name."""

import pytest

from litbase.formats.page.citation_tags import references, told_by

TITLE = {"citation_title": ("Rooms",)}
TYPES = {
    "journal": ({"citation_journal_title": ("J",)}, "article-journal", "J"),
    "abbreviated journal": ({"citation_journal_abbrev": ("J.",)}, "article-journal", "J."),
    "book of a chapter": ({"citation_inbook_title": ("B",), "citation_isbn": ("9780415839051",)}, "chapter", "B"),
    "conference": ({"citation_conference_title": ("C",)}, "paper-conference", ""),
    "thesis before journal": (
        {"citation_dissertation_institution": ("U",), "citation_journal_title": ("J",)},
        "thesis",
        "J",
    ),
    "report": ({"citation_technical_report_institution": ("I",)}, "report", ""),
    "isbn alone": ({"citation_isbn": ("9780415839051",)}, "book", ""),
    "nothing": ({}, "", ""),
}


@pytest.mark.parametrize(("tags", "type_", "container"), TYPES.values(), ids=TYPES)
def test_the_tag_of_what_it_is_in_decides_the_type(
    tags: dict[str, tuple[str, ...]], type_: str, container: str
) -> None:
    told = told_by(TITLE | tags)
    assert (told.get("type", ""), told.get("container_title", "")) == (type_, container)


def test_the_publisher_of_a_thesis_is_its_university_and_its_degree_the_genre() -> None:
    told = told_by(
        TITLE | {"citation_dissertation_institution": ("U",), "citation_dissertation_name": ("Doctor of Philosophy",)}
    )
    assert (told["publisher"], told["genre"]) == ("U", "Doctoral dissertation")


DATES = {
    "publication before year": (
        {"citation_publication_date": ("2011/10/17",), "citation_year": ("2010",)},
        "2011-10-17",
    ),
    "online where nothing else": ({"citation_online_date": ("2011/09",)}, "2011-09"),
    "the first that is one": ({"citation_date": ("in press",), "citation_year": ("2010",)}, "2010"),
}


@pytest.mark.parametrize(("tags", "date"), DATES.values(), ids=DATES)
def test_dates(tags: dict[str, tuple[str, ...]], date: str) -> None:
    assert str(told_by(TITLE | tags)["issued"]) == date


def test_bepress_tags_are_the_same_and_unknown_tags_are_kept() -> None:
    told = told_by({"bepress_citation_title": ("Rooms",), "citation_mood": ("loud",), "citation_pmid": ("7",)})
    assert (told["title"], told["extra"], told["identifiers"]) == (
        "Rooms",
        (("citation:mood", "loud"),),
        (("pmid", "7"),),
    )


def test_issns_languages_and_truncated_authors() -> None:
    told = told_by(
        TITLE
        | {
            "citation_issn": ("1389-2843, 1573-1812",),
            "citation_language": ("en; de",),
            "citation_authors": ("Roe, A.; Poe, E.; et al.",),
        }
    )
    assert (told["issn"], told["language"]) == (("1389-2843", "1573-1812"), ("en", "de"))
    assert list(map(str, told["author"])) == ["Roe, A.", "Poe, E."]


def test_addresses_of_scripts_are_no_links() -> None:
    assert "full_text_url" not in told_by(TITLE | {"citation_pdf_url": ("javascript:alert(1)",)})


def test_without_a_title_nothing_is_told() -> None:
    assert told_by({"citation_author": ("Roe, A.",)}) == {}


def test_references_are_taken_apart_where_their_parts_are_named() -> None:
    first, second = references(
        [
            "citation_title=Loud; rooms; citation_author=A. Poe; citation_journal_title=J; citation_doi=10.5555/x",
            "Doe (2001).",
        ]
    )
    assert first.parsed is not None
    assert (first.parsed.title, first.parsed.container_title, first.parsed.doi) == ("Loud; rooms", "J", "10.5555/x")
    assert (second.text, second.parsed) == ("Doe (2001).", None)
