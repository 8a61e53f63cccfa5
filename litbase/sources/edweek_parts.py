"""The lines around an Education Week article: kickers, byline, buttons, tail; each known by its own words.

Source: articles and blog posts of edweek.org: five kinds of kicker, five kinds of byline, the site's page furniture.
"""

import re
from typing import NamedTuple

from litbase.record.dates import PartialDate
from litbase.record.text import fold, squash

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"{MONTH} \d{{1,2}}, \d{{4}}"
_BYLINE = re.compile(
    rf"^(?:By (?P<by>\S.*?)\s*(?:—|–|--|-|\||•)\s*)?(?P<date>{_DATE})"
    rf"(?P<notes>(?:\s?[|•—–]?\s?(?:Updated|Corrected|Includes? (?:correction|update)\(s\)):?\s{_DATE}){{0,3}})"
    r"(?:\s?[|•—–]?\s?(?P<minutes>\d{1,3}) min read)?$", re.I
)  # fmt: skip
_BY = re.compile(r"^By(?: [A-Z“\"].{1,298})?$")
_JOINS = re.compile(r"^(?:&|and\b|,|[—–-]$)|(?:&|\band|,|^By)$")
_MINUTES = re.compile(r"^\d{1,3} min read$", re.I)
_BUTTON = re.compile(
    r"^[•*·-]?\s?(?:Skip to (?:main )?content|Save to favorites|Saved?|Print(?: article)?|"
    r"E-?mail(?: article)?|Copy URL|Copy link|Share(?: "
    r"article)?|"
    r"Share on .{2,20}|Reuse .{0,40}|Reprints?|Comments?|Subscribe|Sign in|Log in|Remove save|Facebook|Twitter|"
    r"LinkedIn|"
    r"Advertisement|Remind me about.{0,80}|Add us on Google.{0,40})$", re.I
)  # fmt: skip
FOLLOW = re.compile(
    r"^(?:Follow .{1,200} on (?:Twitter|Facebook|X|LinkedIn|Bluesky).{0,120}|Follow @\w.{0,120})$", re.I
)
IMAGE = re.compile(
    r"^(?:(?:Image|Photo|Photo credit|Image credit)s?(?: courtesy of| by)?\s?: ?\S.{0,400}|"
    r"(?:Image|Photo|Illustration)s? (?:by|courtesy of) [A-Z].{1,80}[^.!?]|"
    r"[—–-]?\s?[^.!?]{0,80}(?:\bGetty(?: Images)?|\biStock(?:photo)?|\bShutterstock|\bCanva|/AP|\bvia AP|"
    r"/Education Week|\bfor Education Week))$", re.I
)  # fmt: skip
DISCLAIMER = re.compile(r"^The opinions expressed in (?P<blog>.{2,120}?) are strictly those of\b", re.I)
EDITION = re.compile(
    rf"^A version of this article appeared in the (?P<date>{_DATE}|{MONTH},? \d{{4}}) (?:edition|issue) of "
    rf"(?P<of>[^,]{{3,60}}?)"
    r"(?: as (?P<title>.{1,300}?))?\.?$", re.I
)  # fmt: skip
_TAIL = re.compile(
    r"^(?:Events|EdWeek Top School Jobs|Read Next|Sign Up(?: for)? (?:The )?EdWeek.{0,60}|Sign Up & Sign In|Most "
    r"Popular.{0,30}|"
    r"Related Tags:?.{0,80}|Related Stories|Tags:|Trending Topics|Get (?:more )?.{0,40}in your inbox.{0,80})$", re.I
)  # fmt: skip
_GENRES = (
    (re.compile(r"\s?(?:Education )?Letters? to the Editor$", re.I), "Letter"),
    (re.compile(r"\s?(?:Guest )?Opinion(?: Blog| Contributor)?$|\s?Commentary$", re.I), "Opinion"),
    (re.compile(r"\s?(?:Special|Research) Report$|\s?Report Roundup$", re.I), "Report"),
    (re.compile(r"\s(?:News Brief|News in Brief|Explainer|Q&A|Interview|Obituary|Quiz|Video|Data|Reporter's Notebook|"
                r"What the Research Says|From Our Research Center|Correction|Full-Width Listing)$"), ""),
)  # fmt: skip
TOPICS = frozenset(
    fold(topic)
    for topic in (
        "Opinion|Special Report|Commentary|Letter to the Editor|Report|News|Education|Teaching|"
        "Teaching & Learning|Teaching Profession|Leadership|School & District Management|Policy & Politics|"
        "Federal|States|Technology|Classroom Technology|Ed-Tech Policy|IT Infrastructure & Management|"
        "Privacy & Security|Artificial Intelligence|Curriculum|Assessment|Standards|Standards & Accountability|"
        "Accountability|Equity & Diversity|Equity|Student Well-Being|Student Well-Being & Movement|"
        "Student Achievement|School Climate & Safety|Law & Courts|Families & the Community|Budget & Finance|"
        "Education Funding|Recruitment & Retention|Professional Development|Early Childhood|Special Education|"
        "English Learners|English-Language Learners|College & Workforce Readiness|School Choice & Charters|"
        "School Choice|Reading & Literacy|Science|Mathematics|Social Studies|Arts|STEM|Personalized Learning|"
        "Career Advice|Teacher Preparation|International|Every Student Succeeds Act|Research|"
        "Education Philanthropy|Principals|Superintendents|School Improvement|Blended Learning|Rural Education|"
        "Higher Education|Media|Infrastructure|Professional Learning|Educator Learning"
    ).split("|")
)


class Byline(NamedTuple):
    """A byline as written: *by* without "By" ("" when nobody is named), date, and corrections behind it."""

    by: str
    date: PartialDate | None
    notes: str


def byline(line: str) -> Byline | None:
    """The byline in *line*, "By A & B — February 25, 2016 6 min read" or a date alone; None when it is none.

    >>> byline("October 06, 2013 1 min read").date.display
    '6 October 2013'
    """
    found = _BYLINE.match(line) if len(line) < 600 else None
    if found:
        return Byline(
            squash(found["by"] or ""), PartialDate.parse(found["date"]), squash(found["notes"]).strip(" |•—–")
        )
    return None


def split_byline(lines: list[str]) -> tuple[Byline, int, list[str]] | None:
    """The byline that begins at the first of *lines* with its date on a later one, as saved pages have it.

    Behind it, how many lines it takes and those among them that are neither names nor buttons; None when it is none.
    """
    if not lines or not _BY.match(lines[0]):
        return None
    names = [lines[0]]
    others: list[str] = []
    for count, line in enumerate(lines[1:12], 2):
        if (found := byline(line)) and not found.by:
            by = " ".join(names).removeprefix("By").strip(" —–-|•")
            return found._replace(by=by), count, others
        if _JOINS.search(line) or _JOINS.search(names[-1]):
            names.append(line)
        elif not is_button(line):
            others.append(line)
        if len(others) > 2:
            break
    return None


def is_button(line: str) -> bool:
    """Whether *line* is a button of the page, or the reading time on its own."""
    return bool(_BUTTON.match(line) or _MINUTES.match(line))


def is_tail(line: str) -> bool:
    """Whether adverts, events and other articles begin at *line*."""
    return len(line) < 100 and bool(_TAIL.match(line))


def genre_and_topic(kickers: list[str]) -> tuple[str, str]:
    """(genre, topic) of the lines above a title: "School & District Management Opinion" is an Opinion on that topic.

    >>> genre_and_topic(["Opinion", "Education Letter to the Editor"])
    ('Letter', 'Education')
    """
    genres, topics = [], []
    for kicker in kickers:
        for pattern, genre in _GENRES:
            if found := pattern.search(kicker):
                genres.append(genre)
                prefix = kicker[: found.start()].strip()
                if fold(found[0]).strip().startswith("education letter"):
                    prefix = prefix or "Education"
                topics.append(prefix)
                break
        else:
            topics.append(kicker)
    order = {"Letter": 0, "Report": 1, "Opinion": 2, "": 3}
    return min(genres, key=order.__getitem__, default=""), next(filter(None, topics), "")


def is_kicker(line: str) -> bool:
    """Whether *line* is the kind of article or its topic, as it stands above a title."""
    if fold(line) in TOPICS:
        return True
    return len(line) < 70 and any(
        (found := pattern.search(line)) and (not found.start() or fold(line[: found.start()]).strip() in TOPICS)
        for pattern, _ in _GENRES
    )
