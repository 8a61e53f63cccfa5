"""Chicago style: what stands for a work: in the author's place of its entry, in the text and in short notes.

Source: Chicago Manual of Style, 18th edition, chapter 13 (13.74-86: authors), and chapter 14 for works without authors;
where it leaves a choice, what the CSL reference processor prints.
"""

from typing import Final, NamedTuple

from litbase.styles.casing import headline
from litbase.styles.chicago_law import LEGAL, legal_title
from litbase.styles.chicago_titles import (
    DAILY,
    PERFORMED,
    REFERENCE,
    REVIEWS,
    Form,
    about,
    description,
    identifier,
    serial_title,
    title,
    titled,
)
from litbase.styles.distinct import PLAIN, Distinction
from litbase.styles.joints import join
from litbase.styles.locators import Locator, located, long_label, short_label
from litbase.styles.numbers import is_numeric
from litbase.styles.people import FAMILY, NameForm, Person, listed
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.sorting import Key, filed_names, words
from litbase.styles.work import Work

AUTHORS: Final = NameForm("first", comma_last="always", most=7, shown=3, demoted=True)
"""Of seven authors or more the first three."""
CITED: Final = NameForm(given=FAMILY, most=3, demoted=True)
"""Of three authors or more only the first, in the text and in notes."""
CORRESPONDENCE: Final = frozenset({"interview", "personal_communication"})
UNDIVIDED: Final = frozenset({"chapter", "line", "verse"})
"""Places in classics that go without a label where they are no plain numbers (14.143-154)."""
OWN_LABELS: Final = {"sub-verbo": "under", "timestamp": "at"}


class Lead(NamedTuple):
    """What stands in the author's place, and what is left to tell: of the title, and of the rest of the work."""

    text: Rich
    about: Rich
    rest: Work


def leading(work: Work) -> tuple[tuple[Person, ...], str]:
    """The people in the author's place (13.74-86), and what they are where they are no authors."""
    if work.author or work.type in ("classic", "standard") or (work.type in REFERENCE - {"entry"} and work.is_part):
        return work.author, ""
    return makers(work)


def makers(work: Work) -> tuple[tuple[Person, ...], str]:
    """Who else made a work without an author, and as what: editors, translators, of what is performed the chairs."""
    if work.editor:
        return work.editor, "eds." if len(work.editor) > 1 else "ed."
    if work.translator:
        return work.translator, "trans."
    chair = work.chair if work.type in PERFORMED else ()
    return chair, "chairs" if len(chair) > 1 else "chair" if chair else ""


def lead(work: Work, form: Form, distinction: Distinction = PLAIN) -> Lead:
    """The author's place: people, the owner of a site or program, what a work is part of, or its title."""
    people, role = leading(work)
    if people:
        named = listed(people, AUTHORS, work.others and not role, distinction.names, distinction.given)
        rest = without(work, role)
        return Lead(join(", ", rich(named), rich(role)), about(rest, form), rest)
    if work.type in ("software", "webpage") and work.publisher:
        rest = work._replace(publisher=(), place=(), event=work.event if work.type == "software" else ())
        return Lead(work.publisher, about(work, form), rest)
    if whole := _whole(work):
        place = () if work.is_serial else work.place
        return Lead(whole, about(work, form), work._replace(container=(), place=place))
    if work.title and work.type not in REVIEWS:
        return Lead(title(work), join(form.stop, description(work, form), identifier(work, form)), work)
    return Lead(about(work, form), (), work)


def without(work: Work, role: str) -> Work:
    """*work* without the people who stand in the author's place."""
    if role.startswith("ed"):
        return work._replace(editor=())
    return work._replace(translator=()) if role == "trans." else work._replace(chair=()) if role else work


def _whole(work: Work) -> Rich:
    """What an unsigned work is part of, which stands in the author's place (14.87, 14.97, 14.104, 14.130)."""
    if work.type in DAILY | REVIEWS:
        return serial_title(work) if work.container else ()
    if work.type in REFERENCE or work.type == "broadcast":
        return italic(headline(work.container, work.is_english))
    return headline(work.container, work.is_english) if work.type == "webpage" else ()


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


def short_title(work: Work) -> Rich:
    """The title, shortened where it says how, or what it is that has none."""
    if not work.title:
        return work.genre or work.medium
    name = work.short_title or work.title
    if work.type in REVIEWS:
        return join(" ", rich("review of"), italic(headline(name, work.is_english)))
    return titled(work, name)


def place(locator: Locator) -> Rich:
    """A place in a work: pages go without a label, "12", "chap. 3"."""
    if locator.label == "page" or (locator.label in UNDIVIDED and not is_numeric(locator.value)):
        return rich(located(locator, "chicago"))
    label = OWN_LABELS.get(locator.label) or (long_label if locator.label == "line" else short_label)(locator)
    return join(" ", rich(label), rich(located(locator))) if locator.value else ()


def is_shelfmark(work: Work) -> bool:
    """Whether a manuscript is known by nothing but where it is kept; then it is not called undated (14.127)."""
    known = work.is_part or work.event or work.event_place or work.genre or work.title or work.publisher or work.place
    return work.type == "manuscript" and not known


def filed(work: Work, form: Form) -> Key:
    """What a work stands under in a bibliography: its people, "van der Berg" under B, or its title."""
    people, _ = leading(work)
    if work.type in LEGAL:
        found = words(legal_title(work))
    elif people:
        found = filed_names(people, AUTHORS, particle_first=False)
    else:
        found = words(lead(work, form).text)
    return not found, found
