"""A paste parted by what its lines are, and the numbers of works that stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.parting import Part, identifiers, parted

NUMBERS = {
    "a bare DOI": ("10.1007/s10833-019-0000-1", [("doi", "10.1007/s10833-019-0000-1")]),
    "a link": ("https://doi.org/10.1002/abc", [("doi", "10.1002/abc")]),
    "a label": ("DOI: 10.1002/ABC.", [("doi", "10.1002/abc")]),
    "a numbered line": ("12. 10.1002/abc", [("doi", "10.1002/abc")]),
    "a bullet": ("• EJ1223055", [("eric", "EJ1223055")]),
    "an ERIC number in brackets": ("(ED123456)", [("eric", "ED123456")]),
    "ERIC's own label": ("ERIC Number: ej1223055", [("eric", "EJ1223055")]),
    "ERIC's page": ("https://eric.ed.gov/?id=EJ1223055", [("eric", "EJ1223055")]),
    "ERIC's full text": ("https://files.eric.ed.gov/fulltext/ED123456.pdf", [("eric", "ED123456")]),
    "an ISBN with spaces": ("978 0 203 77497 7", [("isbn", "9780203774977")]),
    "an ISBN of ten": ("ISBN-10: 0-415-83905-X", [("isbn", "9780415839051")]),
    "a wrong ISBN": ("978-0-415-83904-0", [("isbn-wrong", "978-0-415-83904-0")]),
    "a wrong ISBN of ten, named": ("ISBN 0415839050", [("isbn-wrong", "0415839050")]),
    "an ISSN": ("1573-1812", [("issn", "1573-1812")]),
    "several": ("EJ1223055, 10.1002/a; 10.1002/b", [("eric", "EJ1223055"), ("doi", "10.1002/a"), ("doi", "10.1002/b")]),
    "several by spaces": ("EJ1223055 ED123456", [("eric", "EJ1223055"), ("eric", "ED123456")]),
    "years": ("2015-2019", []),
    "a number": ("0415839050", []),
    "a reference with a DOI": ("Doe, J. (2001). One. doi:10.1002/abc", []),
    "a number and a word": ("EJ1223055 is good", []),
    "nothing": ("", []),
    "a marker alone": ("12.", []),
}  # fmt: skip
REFERENCE = "Doe, J. (2001). One thing after another. Journal of Things, 3(2), 1-20."
LINK = "https://doi.org/10.1002/abc"
BIBTEX = "@book{a,\n  title = {One {Two}},\n\n  year = 2001\n}"
RIS = "TY  - BOOK\nTI  - One\n\nAU  - Doe, J\nER  - "
NBIB = "PMID- 123\nTI  - One thing\n      and another"
PASTES = {
    "one entry": (BIBTEX, ["bibtex"] * 5),
    "an entry, a reference": (f"{BIBTEX}\n{REFERENCE}", [*["bibtex"] * 5, "text"]),
    "a brace too few": ("@book{a, title={One}\n\n@book{b, title={Two}}\nEJ1223055", [*["bibtex"] * 3, "identifiers"]),
    "a brace too few before a number": ("@book{a, title={One\n\nEJ1223055", ["bibtex", "bibtex", "identifiers"]),
    "a quoted brace": ('@book{a, title="One } Two",\n  year=2001}\n' + REFERENCE, ["bibtex", "bibtex", "text"]),
    "a comment": (f"% made by hand\n{BIBTEX}", ["", *["bibtex"] * 5]),
    "RIS with a blank line in it": (f"{RIS}\nEJ1223055", [*["ris"] * 5, "identifiers"]),
    "NBIB, then RIS": (f"{NBIB}\n\n{RIS}", [*["nbib"] * 4, *["ris"] * 5]),
    "a number, a reference": (f"EJ1223055\n{REFERENCE}", ["identifiers", "text"]),
    "a link that ends a reference": (f"{REFERENCE}\nhttps://doi.org/10.1002/abc\n{REFERENCE}", ["text"] * 3),
    "a number right after a reference": (f"{REFERENCE}\n10.1002/abc", ["text", "identifiers"]),
    "links after a blank line": (f"{REFERENCE}\n\nhttps://doi.org/10.1002/abc", ["text", "", "identifiers"]),
    "links in a row": (f"{REFERENCE}\n{LINK}\n{LINK}d", ["text", *["identifiers"] * 2]),
    "nothing": ("\n \n", ["", "", ""]),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_a_line_of_numbers_is_known(name):
    line, expected = NUMBERS[name]
    assert list(identifiers(line)) == expected


def kinds(text):
    """The kind of each line, as the parts say it."""
    lines = text.split("\n")
    found = [""] * len(lines)
    for part in parted(lines):
        assert len(part.lines) == len(lines)
        for place, line in enumerate(part.lines):
            if line:
                assert (found[place], line) == ("", lines[place])
                found[place] = part.kind
    return found


@pytest.mark.parametrize("name", PASTES)
def test_every_line_goes_to_its_part(name):
    text, expected = PASTES[name]
    blank = [kind if line else "" for kind, line in zip(expected, text.split("\n"), strict=True)]
    assert kinds(text) == blank


PIECES = st.sampled_from(
    [REFERENCE, BIBTEX, RIS, NBIB, "EJ1223055", "", "}", "@book{", "ER  - ", "TY  - ", "%A Doe", "PT J"]
)


@given(st.lists(PIECES | st.text(max_size=20), max_size=12).map("\n".join))
def test_no_line_is_lost_and_none_is_taken_twice(text):
    lines = text.split("\n")
    found = kinds(text)
    lost = [line for kind, line in zip(found, lines, strict=True) if not kind and line.strip()]
    assert all(line.startswith("%") for line in lost)


def test_the_parts_come_in_the_order_they_begin_in():
    assert parted(["EJ1223055", "words here", "ED123456"]) == (
        Part("identifiers", ["EJ1223055", "", "ED123456"]),
        Part("text", ["", "words here", ""]),
    )
