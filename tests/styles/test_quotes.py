"""Quotations in titles: read from straight and curly marks, printed in those of a country, punctuation in its place."""

import pytest

from litbase.styles.joints import join, quoted, then, wrap
from litbase.styles.quotes import AMERICAN, BRITISH, curled, printed
from litbase.styles.rich import Piece, italic, plain, rich


@pytest.mark.parametrize(
    ("text", "bare", "american", "british"),
    [
        ('The "new" school', "The “new” school", "“The ‘new’ school”", "‘The “new” school’"),
        ("The 'new' school", "The “new” school", "“The ‘new’ school”", "‘The “new” school’"),
        ("The ‘new’ school", "The ‘new’ school", "“The ‘new’ school”", "‘The “new” school’"),
        ("Don't stop", "Don’t stop", "“Don’t stop”", "‘Don’t stop’"),
        ("Teachers' notes", "Teachers’ notes", "“Teachers’ notes”", "‘Teachers’ notes’"),
        ("The '90s", "The ’90s", "“The ’90s”", "‘The ’90s’"),
        ("\"A 'b' c\"", "“A ‘b’ c”", "“‘A “b” c’”", "‘“A ‘b’ c”’"),
        ("\"'A' b\"", "“‘A’ b”", "“‘“A” b’”", "‘“‘A’ b”’"),
        ('6" nails', '6" nails', '“6" nails”', '‘6" nails’'),
        ("Rock 'n' roll", "Rock “n” roll", "“Rock ‘n’ roll”", "‘Rock “n” roll’"),
        ('("so")', "(“so”)", "“(‘so’)”", "‘(“so”)’"),
    ],
)
def test_quotations_alternate(text, bare, american, british):
    part = rich(curled(text))
    assert plain(printed(part, AMERICAN)) == bare
    assert plain(printed(quoted(part), AMERICAN)) == american
    assert plain(printed(quoted(part), BRITISH)) == british
    assert len(curled(text)) == len(text)


@pytest.mark.parametrize(
    ("title", "mark", "american", "british"),
    [
        ("Schools", ". ", "“Schools.” ", "‘Schools’. "),
        ("Schools", ", ", "“Schools,” ", "‘Schools’, "),
        ("Schools", "; ", "“Schools”; ", "‘Schools’; "),
        ("Why?", ". ", "“Why?” ", "‘Why?’ "),
        ("Why?", ", ", "“Why?,” ", "‘Why?’, "),
        ("Etc.", ". ", "“Etc.” ", "‘Etc.’ "),
        ("Etc.", ", ", "“Etc.,” ", "‘Etc.’, "),
        ('On "me"', ". ", "“On ‘me.’” ", "‘On “me”’. "),
    ],
)
def test_marks_behind_a_quotation_are_where_the_country_has_them(title, mark, american, british):
    part = then(quoted(rich(curled(title))), mark)
    assert plain(printed(part, AMERICAN)) == american
    assert plain(printed(part, BRITISH)) == british


def test_a_mark_that_goes_inside_looks_like_the_quotation_mark():
    part = then(italic(rich(curled('On "me"'))), ".")
    assert printed(part, AMERICAN) == (Piece("On “me.”", italic=True),)


@pytest.mark.parametrize(
    ("parts", "between", "joined"),
    [
        (("A", "", "B"), ", ", "A, B"),
        (("A?", "B"), ". ", "A? B"),
        (("A!", "B"), ", ", "A!, B"),
        (("A.", "B"), ", ", "A., B"),
        (("A:", "B"), ". ", "A: B"),
        (("A, ", "B"), " ", "A, B"),
        ((), ", ", ""),
    ],
)
def test_parts_are_joined(parts, between, joined):
    assert plain(join(between, *map(rich, parts))) == joined


def test_nothing_is_wrapped_around_nothing():
    assert wrap("(", (), ")") == ()
    assert plain(wrap("(", rich("Ed."), ")")) == "(Ed.)"
