"""Chicago style: what stands for a work in the text and in short notes, and the place in it that a citation points to.

Source: Chicago Manual of Style, 18th edition, chapter 13 (13.32-39: short notes; 13.119-128: citations in the text);
where it leaves a choice, what the CSL reference processor prints.
"""

from typing import Final

from litbase.styles.casing import headline
from litbase.styles.chicago_law import LEGAL, legal_title
from litbase.styles.chicago_leads import AUTHORS, lead, leading
from litbase.styles.chicago_titles import DAILY, PERFORMED, REFERENCE, REVIEWS, Form, about, titled
from litbase.styles.joints import join
from litbase.styles.locators import Locator, located, long_label, short_label
from litbase.styles.numbers import is_numeric
from litbase.styles.people import FAMILY, NameForm, Person
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.sorting import Key, filed_names, words
from litbase.styles.work import Work

CITED: Final = NameForm(given=FAMILY, most=3)
"""Of three authors or more only the first (13.32, 13.123)."""
CORRESPONDENCE: Final = frozenset({"interview", "personal_communication"})
UNDIVIDED: Final = frozenset({"chapter", "line", "verse"})
"""Places in classics that go without a label where they are no plain numbers (14.143-154)."""
OWN_LABELS: Final = {"sub-verbo": "under", "timestamp": "at"}


def cited_people(work: Work) -> tuple[Person, ...]:
    """The people who stand for a work in the text; () where a title does."""
    if work.type in LEGAL:
        return ()
    is_titled = work.type in ("classic", "performance", "standard") or (work.type in REFERENCE and work.is_part)
    if work.author or is_titled or work.type in CORRESPONDENCE:
        return work.author
    return work.editor or work.translator or (work.chair if work.type in PERFORMED else ())


def cited_whole(work: Work) -> Rich:
    """The owner of a site or program, or what an unsigned work is part of, which stand for it (14.87, 14.104)."""
    if work.type in ("software", "webpage") and work.publisher:
        return work.publisher
    name = work.container if work.type in DAILY | REVIEWS else work.short_container or work.container
    if not work.is_part or work.type not in DAILY | REVIEWS | REFERENCE | {"broadcast", "webpage"}:
        return ()
    name = headline(name, work.is_english)
    return name if work.type == "webpage" else italic(name)


def short_title(work: Work, form: Form) -> Rich:
    """The title, shortened where it says how (13.36-37), or what stands for it."""
    name = work.short_title or work.title
    if work.type in REVIEWS and name:
        return join(" ", rich("review of"), italic(headline(name, work.is_english)))
    return titled(work, name) or work.genre or work.medium or about(work, form)


def place(locator: Locator) -> Rich:
    """A place in a work: pages go without a label, "12", "chap. 3" (13.124)."""
    if locator.label == "page" or (locator.label in UNDIVIDED and not is_numeric(locator.value)):
        return rich(located(locator, "chicago"))
    label = OWN_LABELS.get(locator.label) or (long_label if locator.label == "line" else short_label)(locator)
    return join(" ", rich(label), rich(located(locator))) if locator.value else ()


def is_shelfmark(work: Work) -> bool:
    """Whether a manuscript is known by nothing but where it is kept; then it is not called undated (14.127)."""
    known = work.is_part or work.event or work.event_place or work.genre or work.title or work.publisher or work.place
    return work.type == "manuscript" and not known


def filed(work: Work, form: Form) -> Key:
    """What a work stands under in a bibliography (13.68-73): its people, "van der Berg" under B, or its title."""
    people, _ = leading(work)
    if work.type in LEGAL:
        found = words(legal_title(work))
    elif people:
        found = filed_names(people, AUTHORS, particle_first=False)
    else:
        found = words(lead(work, form).text)
    return not found, found
