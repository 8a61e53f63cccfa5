"""Lines and their labels in ERIC's text layout: which line says what, whatever way it was wrapped or tabulated.

Source: the labels of seed 000 and of the record page.  A page copied as a table
parts label and value by a tab, a definition list puts them on two lines, an
e-mail cuts every line at one margin.
"""

import re
from collections.abc import Sequence

from litbase.record.text import squash
from litbase.sources.eric_body import Line
from litbase.sources.eric_citation import is_citation
from litbase.sources.eric_fields import field_of

HEAD = frozenset(
    "id recordtype publicationdate pagecount abstractor isbn issn eissn availabledate url peerreviewed fulltext".split()
)
"""The fields that stand above the title."""
WIDTHS, CUTS = (40, 100), 4
"""How wide a text cut at a margin may be, and how many of its lines must be."""
ANYWHERE = frozenset(("url", "peerreviewed", "fulltext"))
"""Those of them that a copied page may have at its end as well."""
UNPARTED = frozenset("title author description publisher note".split())
"""Fields of the body that some texts give labels; no sentence of an abstract is taken for the others."""
LABELLED = re.compile(r"(?P<label>[A-Za-z][A-Za-z0-9 ,&/()'.#-]{1,60}?)\s*:(?P<value>.*)")
_PROSE = re.compile(r"(?:\S+ ){3}.*[.?!][\"”')\]]{0,2}")
_VALUE = re.compile(r"N/A|Yes|No|\d{4}-\d\d-\d\d")


def labelled(text: str) -> tuple[str, str]:
    """(field, value) of a line that begins with one of ERIC's labels; ("", "") for any other.

    >>> labelled("Publication Type: Journal Articles"), labelled("Learning Communities: What Happens")
    (('publicationtype', 'Journal Articles'), ('', ''))
    """
    found = LABELLED.match(text)
    name = field_of(found["label"]) if found else ""
    return (name, found["value"].strip()) if found and name else ("", "")


def flat(text: str) -> str:
    """A line of text or a row of a table with single spaces, a label in a cell of its own with its colon.

    >>> flat("Publication Date\\t2019-Aug")
    'Publication Date: 2019-Aug'
    """
    label, tab, value = text.strip().partition("\t")
    return squash(f"{label}: {value}" if tab and ":" not in label and field_of(label) else text)


def whole_lines(block: Sequence[Line]) -> list[Line]:
    """*block* with each value beside its label, and what was cut at a margin put together again."""
    return _unwrapped(_beside(block))


def _beside(block: Sequence[Line]) -> list[Line]:
    """*block* with each value beside its label, where no label of the head has one and the lines below are values."""
    lines = [line for line in block if line.text]
    stated = [labelled(line.text) for line in lines]
    head = [value for name, value in stated if name in HEAD]
    if len(head) < 3 or any(head):
        return list(block)
    whole: list[Line] = []
    for place, line in enumerate(lines):
        if place and stated[place - 1][0] and not stated[place - 1][1] and not stated[place][0]:
            whole[-1] = whole[-1]._replace(text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole


def _unwrapped(block: Sequence[Line]) -> list[Line]:
    """*block* with the lines from the descriptors on put together again, where all of it is cut at one margin.

    A line was cut when the next word would not have fitted on it.  Title and abstract come together elsewhere.
    """
    lines = list(block)
    margin = max((len(line.text) for line in lines), default=0)
    words = [line.text.partition(" ")[0] for line in lines]
    names = [labelled(line.text)[0] for line in lines]
    cut = [
        bool(word) and not name and len(line.text) + 1 + len(word) > margin
        for line, word, name in zip(lines, words[1:], names[1:], strict=False)
    ]
    if not WIDTHS[0] <= margin <= WIDTHS[1] or sum(cut) < CUTS:
        return lines
    groups: list[list[Line]] = []
    below = False
    for line, name, joins in zip(lines, names, [False, *cut], strict=True):
        if joins and below:
            groups[-1].append(line)
        else:
            groups.append([line])
        below = below or name == "subject"
    return [group[0]._replace(text=" ".join(line.text for line in group)) for group in groups]


def labels(block: Sequence[Line]) -> list[tuple[str, str]]:
    """(field, value) of each line, ("", "") where it has no label or only looks labelled.

    "Language: A Study" right below the head is the title when the label comes again; "Audience: Editors read it too."
    above the descriptors is the abstract's.  "Reading Age: N/A" below a label of the head is a label not known yet.
    """
    found = [labelled(line.text) for line in block]
    places = [place for place, line in enumerate(block) if line.text]
    subject = max((place for place in places if found[place][0] == "subject"), default=-1)
    later: dict[str, int] = {}
    for place in places:
        later[found[place][0]] = place
    begun = False
    for above, place, below in zip([-1, *places], places, [*places[1:], -1], strict=False):
        name, value = found[place]
        label = found[above][0] if above >= 0 else ""
        text, following = block[place].text, found[below][0] if below >= 0 else ""
        again = later[name] > place and following != name
        if not name and not begun and label and (odd := LABELLED.fullmatch(text)) and _VALUE.fullmatch(odd[2].strip()):
            found[place] = (squash(odd["label"]), odd["value"].strip())
        elif name and name not in HEAD | UNPARTED:
            prose = _PROSE.fullmatch(value) and place < subject and not is_citation(value)
            if (label in HEAD and again and not following) or (begun and not label and (again or prose)):
                found[place] = ("", "")
        begun = begun or not found[place][0]
    return found
