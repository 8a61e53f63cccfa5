"""Chicago style: what stands in the author's place of an entry, and what is then left to tell.

Source: Chicago Manual of Style, 18th edition, chapter 13 (13.74-86: authors), and chapter 14 for works without authors;
where it leaves a choice, what the CSL reference processor prints.
"""

from typing import Final, NamedTuple

from litbase.styles.casing import headline
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
)
from litbase.styles.distinct import PLAIN, Distinction
from litbase.styles.joints import join
from litbase.styles.people import NameForm, Person, listed
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.work import Work

AUTHORS: Final = NameForm("first", comma_last="always", most=7, shown=3, demoted=True)
"""Of seven authors or more the first three (13.78)."""


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
