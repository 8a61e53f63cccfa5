"""Parts of a citation put together, and what happens to punctuation marks where they meet.

Source: what the CSL reference processor prints ("Why not?" keeps its mark and gets no full stop), and the customs of
American and British quotation marks.
"""

from litbase.styles.punctuation import MARKS, met
from litbase.styles.quotes import CLOSE, MOVABLE, OPEN
from litbase.styles.rich import Piece, Rich, rich


def join(between: str, *parts: Rich) -> Rich:
    """*parts* that hold something, with *between* between them.

    >>> from litbase.styles.rich import plain
    >>> plain(join(". ", rich("Why not?"), (), rich("A study.")))
    'Why not? A study.'
    """
    whole: Rich = ()
    for part in filter(None, parts):
        whole = followed(then(whole, between), part) if whole else part
    return whole


def wrap(before: str, part: Rich, behind: str = "") -> Rich:
    """*part* with text *before* and *behind* it; () when there is nothing to wrap.

    >>> from litbase.styles.rich import plain
    >>> plain(wrap("(", rich("Ed."), ")")), wrap("(", (), ")")
    ('(Ed.)', ())
    """
    return then((*rich(before), *part), behind) if part else ()


def quoted(part: Rich) -> Rich:
    """*part* in quotation marks; () when there is nothing to quote."""
    return (Piece(OPEN), *part, Piece(CLOSE)) if part else ()


def named(names: str) -> Rich:
    """A line of *names*, its "et al." in italics."""
    before = names.removesuffix(" et al.")
    return rich(names) if before == names else (Piece(f"{before} "), Piece("et al.", italic=True))


def then(part: Rich, text: str) -> Rich:
    """*part* followed by *text*; of two marks that meet one may go, and no mark or blank comes twice.

    >>> from litbase.styles.rich import plain
    >>> [plain(then(rich(title), ". ")) for title in ("Schools", "Schools etc.", "Schools?")]
    ['Schools. ', 'Schools etc. ', 'Schools? ']
    """
    if not (part and text):
        return part or rich(text)
    last, mark = part[-1].text[-1:], text[0]
    if last == CLOSE and mark in MARKS:
        return (*part, Piece(MOVABLE + text))
    stays, mark = met(last, mark)
    if not stays:
        part = (*part[:-1], part[-1]._replace(text=part[-1].text[:-1]))
    return (*part, *rich(mark + text[1:]))


def followed(part: Rich, following: Rich) -> Rich:
    """*part* with *following* behind it; a blank that ends the one and begins the other comes once."""
    if part and following and following[0].text.startswith(" ") and part[-1].text.endswith(" "):
        following = (following[0]._replace(text=following[0].text[1:]), *following[1:])
    return (*part, *following)
