"""Entities, abstractors' tails and publishers' addresses."""
# ruff: noqa: E501  (one case a line)

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.eric_prose import MOST_TAILS, decode, publisher_of, split_abstract


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Teachers&apos; Talk", "Teachers' Talk"),
        ("&amp;quot;Good&amp;quot;", '"Good"'),
        ("&amp;amp;quot;", '"'),
        ("&amp;amp;amp;amp;lt;", "&amp;lt;"),
        ("p&lt;.05", "p<.05"),
        ("AT&T and R&D &co &copy right", "AT&T and R&D &co &copy right"),
        ("&#233;t&#xe9;", "été"),
        ("&unknown;", "&unknown;"),
        ("plain", "plain"),
    ],
)
def test_entities_are_decoded_to_a_fixed_point_at_most_three_times(written: str, text: str) -> None:
    assert decode(written) == text


TAILS = {
    "initials": ("Done. (RC)", "Done.", ("RC",), ()),
    "author and initials": ("Done. (Author/RC)", "Done.", ("Author/RC",), ()),
    "initials and author": ("Done. (LS/Author)", "Done.", ("LS/Author",), ()),
    "authors": ("Done. (Authors)", "Done.", ("Authors",), ()),
    "misspelt": ("Done. (Authur/BW)", "Done.", ("Authur/BW",), ()),
    "with a dot": ("Done. (Author.LMO)", "Done.", ("Author.LMO",), ()),
    "in capitals": ("DONE. (AUTHOR/JK)", "DONE.", ("AUTHOR/JK",), ()),
    "as provided": ("Done. (As Provided)", "Done.", ("As Provided",), ()),
    "from author": ("Done. [ABSTRACT FROM AUTHOR]", "Done.", (), ("ABSTRACT FROM AUTHOR",)),
    "contents": ("Done. (Contains 3 tables and 1 note.)", "Done.", (), ("Contains 3 tables and 1 note.",)),
    "references and initials": ("Done. (24 references) (LRW)", "Done.", ("LRW",), ("24 references",)),
    "without a space": ("Done. (9 references)(CB)", "Done.", ("CB",), ("9 references",)),
    "a number in words": ("Done. (eight references) (LRW)", "Done.", ("LRW",), ("eight references",)),
    "a clearinghouse": ("Done. (9 references) (Adjunct ERIC Clearinghouse) (Author/CK)", "Done.", ("Author/CK",), ("9 references", "Adjunct ERIC Clearinghouse")),
    "a note in square brackets": ('Done. [For "A (Short) Title," see EJ123456.]', "Done.", (), ('For "A (Short) Title," see EJ123456.',)),
    "after a quotation": ('"Done." (RC)', '"Done."', ("RC",), ()),
    "an acronym stays": ("It shows reflection (FTIR).", "It shows reflection (FTIR).", (), ()),
    "an acronym after its words stays": ("Led by the Department of Education (DOE)", "Led by the Department of Education (DOE)", (), ()),
    "a citation stays": ("Grounded theory was used (Strauss and Corbin 1990).", "Grounded theory was used (Strauss and Corbin 1990).", (), ()),
    "a clause stays": ("Most agreed (72 percent).", "Most agreed (72 percent).", (), ()),
    "nothing but a tail": ("(RC)", "", ("RC",), ()),
    "unbalanced": ("Done. RC)", "Done. RC)", (), ()),
    "empty": ("", "", (), ()),
}  # fmt: skip


@pytest.mark.parametrize(("written", "text", "signed", "remarks"), TAILS.values(), ids=TAILS)
def test_tails(written: str, text: str, signed: tuple[str, ...], remarks: tuple[str, ...]) -> None:
    found = split_abstract(written)
    if written.endswith("AUTHOR]"):  # signed by the author, whatever bracket it is in
        signed, remarks = remarks, ()
    assert (found.text, found.abstractors, found.remarks) == (text, signed, remarks)


PUBLISHERS = {
    "a place after": ("SAGE Publications. 2455 Teller Road, Thousand Oaks, CA 91320. Tel: 800-818-7243", "SAGE Publications"),
    "available from": ("Springer. Available from: Springer Nature. 233 Spring Street, New York", "Springer"),
    "available from, without a colon": ("Jossey Bass. Available from John Wiley & Sons, Inc. 111 River Street", "Jossey Bass"),
    "a department after commas": ("University of Chicago Press, Journals Division, P.O. Box 37005, Chicago", "University of Chicago Press"),
    "a service desk before": ("Customer Services for Taylor & Francis Group Journals, 325 Chestnut Street", "Taylor & Francis Group"),
    "a desk, then the name": ("Journal Customer Services, Blackwell Publishing, 350 Main Street, Malden", "Blackwell Publishing"),
    "a desk behind": ("Elsevier Customer Service Department, 6277 Sea Harbor Drive, Orlando", "Elsevier"),
    "Inc. ends the name": ("John Wiley & Sons, Inc. Subscription Department, 111 River Street", "John Wiley & Sons, Inc."),
    "Inc. and two spaces": ("PRO-ED, Inc.  Available from: SAGE Publications. 2455 Teller Road", "PRO-ED, Inc."),
    "KG after Co.": ("Verlag Beispiel GmbH & Co. KG. Werderstrasse 10, D-69469 Weinheim", "Verlag Beispiel GmbH & Co. KG"),
    "initials": ("M.E. Sharpe Inc. 80 Business Park Drive, Armonk, NY", "M.E. Sharpe Inc."),
    "a degree": ("Joseph Cautilli, Ph.D. & The Behavior Analyst Online Organization. 535 Queen Street", "Joseph Cautilli, Ph.D. & The Behavior Analyst Online Organization"),
    "commas in the name": ("American Alliance for Health, Physical Education, Recreation and Dance. 1900 Association Drive", "American Alliance for Health, Physical Education, Recreation and Dance"),
    "journals in the name": ("Academic Journals. e-mail: err@academic.journals.org", "Academic Journals"),
    "journal availability": ("Journal availability: Converge, 100 Blue Ravine Rd., Folsom, CA 95630.", "Converge"),
    "the journal before": ("Sociology of Education--American Sociological Association, 1722 N Street, N.W.", "American Sociological Association"),
    "full text only": ("For full text: http://olam.ed.asu.edu/epaa.", ""),
    "a street in words": ("Emerald. One Mifflin Place Suite 400, Cambridge", "Emerald"),
    "a name alone": ("Guilford Press", "Guilford Press"),
    "an address alone": ("2455 Teller Road, Thousand Oaks, CA 91320.", ""),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("written", "name"), PUBLISHERS.values(), ids=PUBLISHERS)
def test_publishers(written: str, name: str) -> None:
    assert publisher_of(written) == name


@given(st.text(max_size=300))
def test_any_text_is_taken_and_split_twice_is_split_once(text: str) -> None:
    publisher_of(text)
    found = split_abstract(text)
    assert split_abstract(found.text).text == found.text or len(found.abstractors + found.remarks) == MOST_TAILS


@pytest.mark.parametrize(
    "letters", ["(", ")", "(A)", "[", ". (RC)", "a, ", "A. ", "-", "&amp;", "Inc. ", " ", "Available "]
)
def test_long_texts_take_no_time(letters: str) -> None:
    text = letters * (100_000 // len(letters))
    start = time.process_time()
    decode(text)
    split_abstract(text)
    publisher_of(text)
    assert time.process_time() - start < 1
