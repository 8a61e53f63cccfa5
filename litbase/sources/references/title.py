"""Where the title of a reference ends, and the journal that follows it.

A title ends at a full stop, a quotation's end, before "In", before what is marked (numbers, links, roles, editions) and
before an imprint.  Where numbers follow, the last sentence before them, or what is behind the last comma, is a journal.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from litbase.sources.references.imprint import COMMA, bracketed_start, imprint_start
from litbase.sources.references.marks import Part
from litbase.sources.references.names import UPPER
from litbase.sources.references.roles import people_of
from litbase.sources.references.text import LEAD_IN, WORD, Text, plain_words, reads_on, skip, stops

BEHIND_TITLES: Final = frozenset(
    "volume pages genre edition url doi lead accessed arxiv isbn issn pmid eric meeting role".split()
)
_NUMBERS: Final = frozenset({"volume", "pages", "date"})
HOST_WORDS: Final = re.compile(
    r"[.,;]\s+(?=(?:Proceedings|Proc\.?|Lecture\sNotes|(?:IEEE|ACM)\sTrans|Trans(?:actions|\.)|Ann(?:als|\.)\sof|"
    r"Journal\s(?:of|for|f[uü]r)|J\.\s(?=[A-Z])|International\s(?:Journal|Conference)|Zeitschrift|Revue|Rivista|"
    r"Revista|[A-Z][\w.]*\s(?:Transactions|Symposium|Conference|Workshop)|"
    r"(?:\d{1,2}(?:st|nd|rd|th)|First|Second|Third|Annual)\s(?=[A-Z]))(?<!\w(?=\w)))"
)
_ABBREVIATED = re.compile(  # "Phys. Rev. Lett. 116, 052501"
    rf"(?:[{UPPER}][\w&]{{0,9}}\.\s?(?:[A-Z]\s)?)"
    rf"(?:(?:[{UPPER}]\w{{0,9}}\.?|of|and|der|des|de|für)\s?:?\s?){{0,6}}(?=[,:]?\s?(?:[A-Z]?\d|[(\[]?\x00))"
)
_CUT_SHORT = re.compile(rf"[”’\"'»)\s]*[{UPPER}]\w{{0,8}}(?:\s[{UPPER}]\w{{0,6}})?\.\s*")
_COMMA_CUT_SHORT = re.compile(rf",\s(?:[{UPPER}][\w&]{{0,8}}\s)?[{UPPER}]\w{{0,6}}\.$")
_INITIAL_END = re.compile(r"(?<=[a-zß-ÿ]\s[A-Z]\.)\s(?=[A-Z])")


class End(NamedTuple):
    """Where a title ends, and the journal behind it; a journal that begins with the title has no title before it."""

    title: int
    journal: tuple[int, int] | None = None


def title_end(whole: Text, place: int, dated: bool) -> End:
    """Where the title that begins at *place* ends; *dated* says that the year stood before it."""
    dark = whole.dark
    if journal := _journal_alone(whole, place):
        return End(place, (place, journal))
    late = whole.after(place, BEHIND_TITLES)
    late = _before_people(whole, place, late if dated else min(late, _late_date(whole, place)))
    lead = next((found.start() for found in LEAD_IN.finditer(dark, place) if found.start() > place), len(dark))
    if lead < late or (lead == late and lead < len(dark)):
        return End(lead)
    ends = {stop for stop in stops(dark, place, late) if stop > place + 1}
    ends |= {found.start() for found in HOST_WORDS.finditer(dark, place + 2, late)}
    until = bracketed_start(whole, place, late)
    if until == late and (numbered := _numbered(whole, place, late, sorted(ends))):
        return numbered
    if before := sorted(end for end in ends if end < until or until == late):
        return End(_sentence(dark, until, before))
    return End(imprint_start(whole, place, until) or until)


def _journal_alone(whole: Text, place: int) -> int | None:
    """Where a journal ends that stands in the title's place, its words cut short: "Phys. Rev. Lett. 116, 052501"."""
    found = _ABBREVIATED.match(whole.dark, place)
    if found is None:
        return None
    behind = skip(whole.dark, found.end(), " ,:([.")
    if not whole.dark[behind : behind + 2].strip("ABCDEFG")[:1].isdigit() and not whole.mark_at(behind, _NUMBERS, ""):
        return None
    words = WORD.findall(found[0])
    if len(words[0]) > 4 and re.search(r"\.\s(?:J|Journal|Int|Am|Br|Eur|Proc|Rev|Ann)\b", found[0]):
        return None  # "Rooms. J Rooms. 2010"
    cut = found[0].count(".")
    return found.end() if cut > 1 or (len(words[0]) < 5 and len(words) < 4) else None


def _numbered(whole: Text, place: int, until: int, ends: list[int]) -> End | None:
    """Title and journal before the numbers at *until*; None when none are there, or they are a book's."""
    numbers = whole.numbers_at(until)
    if numbers is None or whole.is_of_a_book(numbers):
        return None
    body = whole.dark[place:until]
    alone = numbers.label == "volume" and len(WORD.findall(body)) < 9 and not plain_words(body)
    if alone and re.search(r",\s*$", whole.dark[:place]):
        return End(place, (place, until))
    return _halves(whole.dark, place, until, ends) or (End(place, (place, until)) if alone else None)


def _halves(dark: str, place: int, until: int, ends: list[int]) -> End | None:
    """The title and the journal before the numbers at *until*: cut at the last stop, else the last comma."""
    body = dark[place:until].rstrip(" ,;:(")
    if usable := [end for end in ends if re.search(r"\w", dark[end:until]) and end < place + len(body)]:
        while len(usable) > 1 and _CUT_SHORT.fullmatch(dark[usable[-2] : usable[-1]]):  # "Nutr. Rev. 70, 520"
            usable.pop()
        if comma := _COMMA_CUT_SHORT.search(dark, place, usable[-1]):  # "water and climate, Clim. Dynam., 22"
            return End(comma.start(), (comma.start() + 1, until))
        return End(usable[-1], (usable[-1], until))
    if initial := [found.start() for found in _INITIAL_END.finditer(body)]:  # "with mitomycin C. American Journal"
        return End(place + initial[-1], (place + initial[-1], until))
    if commas := [found.start() for found in COMMA.finditer(body)]:
        return End(place + commas[-1], (place + commas[-1] + 1, until))
    return None


def _sentence(dark: str, until: int, ends: list[int]) -> int:
    """The end of the title among *ends*: the first behind which the text does not read on in small letters."""
    return next((stop for stop, following in pairwise([*ends, until]) if not reads_on(dark[stop:following])), ends[0])


def _before_people(whole: Text, place: int, late: int) -> int:
    """Where the names before "(ed.)" or "(trans.)" at *late* begin; *late* where there are none."""
    role = next((mark for mark in whole.marks if mark.start == late and mark.label == "role"), None)
    people: Part | None = people_of(whole, role, place) if role else None
    return people.start if people and place < people.start < late else late


def _late_date(whole: Text, place: int) -> int:
    """Where the date of the work stands behind its title: the last that is set off; a year inside a title is none."""
    text, found = whole.text, len(whole.text)
    for mark in whole.marks:
        if mark.start <= place or mark.label != "date":
            continue
        before, behind = text[: mark.start].rstrip(" (["), text[mark.stop : mark.stop + 6]
        bracket = text[mark.start - 1] in "(["
        if re.match(r"[)\]]\s[a-zß-ÿ]" if bracket else r"\s[a-zß-ÿ]", behind):
            continue
        if found < mark.start and not re.search(r"\w", text[found : mark.start].strip("0123456789")):
            continue  # "2001 [1996]"
        opened = text.rfind("(", place + 2, mark.start)
        if opened > 0 and ")" not in text[opened : mark.start] and not bracket:
            found = opened  # "(Oxford: Clarendon Press, 1992)"
        elif before[-1:] in '.,;:?!)”’"' or bracket or re.match(r"[)\].,;:]*\s*$", behind):
            found = mark.start
    return found
