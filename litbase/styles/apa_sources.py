"""APA style: title, description and source of an entry in the reference list.

Source: Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10 (references) and 11
(legal references); where it leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Sequence
from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.dates import full, year
from litbase.styles.joints import join, wrap
from litbase.styles.numbers import first_page, is_numeric, is_plural, number, ordinal, pages
from litbase.styles.people import INITIALS, NameForm, Person, listed
from litbase.styles.rich import Rich, italic, plain, rich
from litbase.styles.work import SERIAL, Work, addressed

WITHIN: Final = NameForm(given=INITIALS, last="&", most=21, shown=19, ending=True)
SITES: Final = ("post", "webpage")
LEGAL: Final = ("bill", "hearing", "legal_case", "legislation", "regulation", "treaty")
FILMED: Final = ("broadcast", "graphic", "map", "motion_picture")
PERFORMED: Final = ("event", "performance", "speech")
DESCRIBED_IN_SOURCE: Final = ("document", "report", "software", "standard")
FORMS: Final = {
    "broadcast": "Broadcast", "dataset": "Dataset", "figure": "Figure", "graphic": "Graphic", "interview": "Interview",
    "manuscript": "Unpublished manuscript", "map": "Map", "motion_picture": "Video recording", "post": "Online post",
    "software": "Computer software", "song": "Audio recording",
}  # fmt: skip
"""What a work outside the ordinary is called in square brackets where its source does not say (9.21)."""


def role(label: str, people: Sequence[Person]) -> str:
    """*label* for as many people: "Ed.", "Eds."."""
    return f"{label}s." if len(people) > 1 else f"{label}."


def title_and_descriptions(work: Work) -> Rich:
    """Title, identifier and description (9.18-22), whichever there are."""
    if work.title:
        return join(" ", title(work), identifier(work), description(work))
    if work.type == "report":
        return join(" ", _number(work), description(work), identifier(work))
    return join(" ", description(work), identifier(work))


def title(work: Work) -> Rich:
    """The title (9.18): in italics where the work stands alone."""
    if work.type in SITES:
        return italic(work.title)
    if work.container:
        return work.title
    return italic(work.title if work.is_serial else join(": ", work.title, _named_volume(work)))


def _named_volume(work: Work) -> Rich:
    """A volume with a name in the place of a number, which belongs to the title."""
    return () if is_numeric(work.volume) else begun(rich(work.volume))


def identifier(work: Work) -> Rich:
    """What helps to find the work, in round brackets behind its title (9.19)."""
    told = [_contributors(work)]
    if work.type in SITES or not work.container:
        told += [() if work.type == "report" and not work.title else _number(work), _monographic(work)]
    elif work.type in FILMED:
        told.append(_number(work))
    return wrap("(", join("; ", *told), ")")


def _contributors(work: Work) -> Rich:
    """Editors and translators beside an author: "(A. Earl & J. Lee, Eds.; B. Li, Trans.)"."""
    if work.is_serial or (work.container and work.type not in SITES):
        return _with_role(work.translator, "Trans.")
    if work.editor and work.editor == work.translator:
        return _with_role(work.editor, f"{role('Ed', work.editor)} & Trans.")
    return join("; ", _with_role(work.editor, role("Ed", work.editor)), _with_role(work.translator, "Trans."))


def _with_role(people: Sequence[Person], role: str) -> Rich:
    return rich(f"{listed(people, WITHIN)}, {role}") if people else ()


def _number(work: Work) -> Rich:
    """The number of a report or thesis with what is counted: "Research Report No. 12", "Publication No. 7"."""
    if not work.number:
        return ()
    kind = rich("Publication") if work.type == "thesis" and work.genre else headline(work.genre, work.is_english)
    return join(" ", kind, _numbered(work))


def _numbered(work: Work) -> Rich:
    label = "Nos." if is_plural(work.number) else "No."
    return join(
        " ", rich(label if is_numeric(work.number) or work.type in LEGAL else ""), begun(rich(number(work.number)))
    )


def _monographic(work: Work) -> Rich:
    """Version, edition, series of a report, volume and pages of a work that is no part of a serial."""
    if work.is_serial or work.type in (*SITES, *PERFORMED, "broadcast", "patent"):
        return ()
    return join(
        ", ",
        rich(f"Version {work.version}" if work.version else ""),
        _edition(work),
        _series(work),
        _volume(work),
        rich(f"{'Issues' if is_plural(work.issue) else 'Issue'} {number(work.issue)}" if work.issue else ""),
        rich(f"{'pp.' if is_plural(work.page) else 'p.'} {pages(work.page)}" if work.page else ""),
    )


def _edition(work: Work) -> Rich:
    label = "eds." if is_plural(work.edition) else "ed."
    return rich(f"{ordinal(work.edition)} {label}" if is_numeric(work.edition) else work.edition)


def _series(work: Work) -> Rich:
    if work.type not in ("document", "report", "standard"):
        return ()
    return join(" ", headline(work.collection, work.is_english), rich(number(work.collection_number)))


def _volume(work: Work) -> Rich:
    if is_numeric(work.volume):
        return rich(f"{'Vols.' if is_plural(work.volume) else 'Vol.'} {number(work.volume)}")
    if is_numeric(work.volumes):
        return rich(f"{'Vol.' if work.volumes == '1' else 'Vols.'} 1–{work.volumes}")
    return rich(work.volumes)


def description(work: Work) -> Rich:
    """What the work is, in square brackets (9.21); of some works it is told with their source."""
    if work.type == "thesis":
        school = work.publisher if _is_published(work) else ()
        return wrap("[", join("; ", join(", ", begun(work.genre), school), begun(work.medium)), "]")
    if work.type in SERIAL:
        return wrap("[", join("; ", _form(work), () if work.title else work.section), "]")
    return () if work.container and _is_described_in_source(work) else wrap("[", _form(work), "]")


def _is_described_in_source(work: Work) -> bool:
    performed = work.type in ("paper-conference", *PERFORMED) and not work.is_in_proceedings
    return performed or work.type in DESCRIBED_IN_SOURCE


def _is_published(work: Work) -> bool:
    """Whether a thesis can be had: then its university is told with its kind, and not as its publisher (10.6)."""
    return bool(work.doi or work.url)


def _form(work: Work) -> Rich:
    if work.genre or work.medium:
        return join("; ", () if work.number else begun(work.genre), begun(work.medium))
    return rich(FORMS.get(work.type, ""))


def source(work: Work) -> Rich:
    """Where the work is from (9.23-37), without its link."""
    whole = () if work.type in SITES else _serial(work) if work.is_serial else _container(work)
    site = headline(work.container, work.is_english) if work.type in SITES else ()
    return join(". ", whole, _publisher(work), _event(work), site)


def _serial(work: Work) -> Rich:
    """Journal, volume, issue and pages (9.25-27): "*Journal of Educational Change*, *20*(3), 327–350"."""
    title = italic(join(", ", headline(work.container, work.is_english), headline(work.collection, work.is_english)))
    issue = wrap("(", rich(number(work.issue)), ")")
    volume = (*italic(rich(number(work.volume))), *issue)
    place = rich(f"Article {number(work.number)}" if work.number else pages(work.page))
    return join(", ", title, volume, place)


def _container(work: Work) -> Rich:
    """The book a chapter is in (9.28): "In C. Brown (Ed.), *Leading the use of research* (pp. 54–65)"."""
    if not work.container:
        return ()
    editors = rich(f"{listed(work.editor, WITHIN)} ({role('Ed', work.editor)})" if work.editor else "")
    whole = italic(join(": ", work.container, _named_volume(work)))
    counted = wrap("(", join("; ", () if work.type in FILMED else _number(work), _monographic(work)), ")")
    form = wrap("[", _form(work), "]") if _is_described_in_source(work) else ()
    return wrap("In ", join(" ", join(", ", editors, whole), counted, form))


def _publisher(work: Work) -> Rich:
    if work.type == "thesis":
        return () if _is_published(work) else work.publisher
    if work.type in SERIAL or (work.type == "paper-conference" and work.is_serial):
        return ()
    return work.publisher


def _event(work: Work) -> Rich:
    """The conference a paper was given at, where it is not in its proceedings (10.5)."""
    if not work.event or (work.type == "paper-conference" and work.is_in_proceedings):
        return ()
    return join(", ", begun(work.event), work.event_place)


def link(work: Work) -> Rich:
    """DOI or address (9.34-36); of an undated page also when it was read."""
    if work.doi or work.issued or work.status or not work.url:
        return addressed(work)
    read = f"{full(work.accessed)}, from " if work.accessed else ""
    return wrap(f"Retrieved {read}", addressed(work))


def law(work: Work) -> Rich:
    """A law (11.5): "Every Student Succeeds Act, Pub. L. No. 114-95, 129 Stat. 1802 (2015)"."""
    first = first_page(work.page)
    if work.number:
        law = join(" ", begun(work.genre) or rich("Pub. L."), _numbered(work))
        source = join(", ", law, join(" ", rich(number(work.volume)), work.container, rich(first)))
    else:
        section = plain(work.section)
        mark = "§§" if is_plural(section) else "§"
        place = rich(f"{mark} {number(section)}" if section else first)
        source = join(" ", rich(number(work.volume)), work.container, place)
    told = join(
        " ",
        join(", ", headline(work.title, work.is_english), source),
        rich(f"({year(work.issued)})" if work.issued else ""),
    )
    return join(" ", told, wrap("(", work.status, ")"))
