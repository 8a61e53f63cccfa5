"""Chicago style: title, description and identifiers of an entry or note, in both of its systems.

Source: Chicago Manual of Style, 18th edition, chapters 13 (13.87-101: titles and other parts) and 14 (kinds of
sources); where it leaves a choice, what the CSL reference processor prints.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from litbase.styles.casing import begun, headline
from litbase.styles.dates import full
from litbase.styles.joints import join, quoted, wrap
from litbase.styles.numbers import is_numeric, is_plural, number, ordinal
from litbase.styles.people import NameForm, Person, listed
from litbase.styles.rich import Rich, italic, plain, rich
from litbase.styles.work import SERIAL, Work

WITHIN: Final = NameForm(most=7, shown=3)
ROLES: Final = ("edited by", "translated by", "edited and translated by")
REFERENCE: Final = frozenset({"entry", "entry-dictionary", "entry-encyclopedia"})
DAILY: Final = frozenset({"article-magazine", "article-newspaper"})
REVIEWS: Final = frozenset({"review", "review-book"})
SITES: Final = frozenset({"post", "webpage"})
FILMED: Final = frozenset({"broadcast", "graphic", "map", "motion_picture"})
PERFORMED: Final = frozenset({"event", "performance", "speech"})
BARE: Final = frozenset("bill collection legislation regulation treaty".split())
"""Types whose titles are neither in italics nor in quotation marks."""
ITALIC: Final = frozenset("book classic graphic hearing map".split())
"""Types whose titles are in italics wherever they are."""
QUOTED: Final = frozenset(
    "article dataset document interview manuscript paper-conference personal_communication speech thesis "
    "webpage".split()
)
"""Types whose titles are in quotation marks even where they stand alone."""
BY_DAY: Final = frozenset(
    "article broadcast collection dataset document event graphic manuscript map patent performance "
    "personal_communication post software song speech standard webpage".split()
)
"""Types of which the day is told."""


class Form(NamedTuple):
    """How the parts of a work are told.

    An entry tells them in sentences, parted by *stop* and begun as *start* begins them, and *each* part of an edition
    or volume, a note in phrases; *kind* is how it writes what is numbered.  *people* is how contributors are listed,
    *roles* what they did: edited, translated, or both.  *volume_first* says that a volume stands before its editors.
    *dated* writes the date that stands with the source, *counted* volume and issue of a serial.
    """

    stop: str
    start: Callable[[Rich], Rich]
    each: Callable[[str], str]
    kind: Callable[[Rich, bool], Rich]
    people: NameForm
    roles: tuple[str, str, str]
    volume_first: bool
    dated: Callable[[Work], Rich]
    counted: Callable[[Work], Rich]


def serial_title(work: Work) -> Rich:
    """The title of a serial, with its city where that is told: "*Guardian* (London)" (14.89)."""
    title = italic(headline(work.container, work.is_english))
    return join(" ", title, () if work.event else wrap("(", work.place, ")"))


def about(work: Work, form: Form) -> Rich:
    """Title, description and identifiers (13.87-101), whichever there are."""
    if not work.title and work.type == "report":
        return join(form.stop, numbered(work, form), identifier(work, form), description(work, form))
    return join(form.stop, title(work), description(work, form), identifier(work, form))


def title(work: Work) -> Rich:
    """The title (13.87-101); that of a review stands in its description."""
    return () if work.type in REVIEWS else titled(work, work.title)


def titled(work: Work, title: Rich) -> Rich:
    """*title* as that of *work*, in italics where it stands alone."""
    if work.type == "patent":
        return begun(work.short_title or title)
    if work.type == "post" or (work.is_part and _is_unsigned(work)):
        return quoted(title)
    if work.type == "legal_case":
        return italic(title)
    title = headline(title, work.is_english)
    if work.type in BARE:
        return title
    is_quoted = work.type not in ITALIC and (work.is_part or work.type in QUOTED)
    return quoted(title) if is_quoted else italic(title)


def _is_unsigned(work: Work) -> bool:
    """Whether it is an article of a dictionary, or one of an encyclopedia without an author (14.130)."""
    return work.type == "entry-dictionary" or (work.type == "entry-encyclopedia" and not work.author)


def description(work: Work, form: Form) -> Rich:
    """What the work is, where its title does not tell (14.102-115)."""
    kind = form.start(_kind(work))
    if work.type == "interview":
        return join(", ", kind, _gathering(work))
    if work.type in REVIEWS:
        return join(form.stop, join(", ", _review(work, form), _gathering(work)), _section(work, form))
    if work.type == "thesis":
        return ()
    if work.type in SERIAL or (work.type == "paper-conference" and not work.is_edited):
        conference = () if work.type in SERIAL else event(work, form)
        return join(form.stop, kind, _section(work, form), conference)
    told_with_source = work.type in ("document", "report", "software", "standard")
    told_with_source |= work.type in PERFORMED and not work.is_in_proceedings
    return () if work.is_part and told_with_source else kind


def _kind(work: Work) -> Rich:
    if work.genre:
        return () if work.number else work.genre
    if is_accessible(work):
        return ()
    kinds = {"manuscript": "unpublished manuscript", "personal_communication": "personal communication"}
    return rich(kinds.get(work.type, ""))


def is_accessible(work: Work) -> bool:
    """Whether readers can get at the work: it is part of something, published, numbered or online."""
    return bool(work.is_part or work.doi or work.number or work.publisher or work.url)


def _review(work: Work, form: Form) -> Rich:
    kind = (
        rich("review of" if is_signed(work) else "unsigned review of") if work.number or not work.genre else work.genre
    )
    return join(" ", form.start(kind), italic(headline(work.title, work.is_english)))


def is_signed(work: Work) -> bool:
    """Whether it says who made it."""
    return bool(work.author or work.is_edited or work.translator or work.chair)


def _section(work: Work, form: Form) -> Rich:
    label = form.start(rich("sec.")) if is_numeric(plain(work.section)) else ()
    return join(" ", label, headline(work.section))


def _gathering(work: Work) -> Rich:
    return join(", ", work.event, work.event_place) if work.event else ()


def event(work: Work, form: Form) -> Rich:
    """What the work was written for (14.115): "Paper presented at ECER 2019, Hamburg"."""
    if not work.event or work.type in REVIEWS | {"interview"}:
        return ()
    if work.type == "paper-conference":
        if work.is_in_proceedings:
            return ()
        verb = form.start(rich("presented at" if work.genre else "paper presented at"))
    elif work.type == "song":
        verb = form.start(rich("recorded at"))
    else:
        verb = form.start(work.status) if work.type == "broadcast" or not work.issued else ()
    starts = work.type not in ("paper-conference", "song") or (work.genre and work.type != "song")
    return join(" ", verb, join(", ", form.start(work.event) if starts else work.event, work.event_place))


def identifier(work: Work, form: Form) -> Rich:
    """What helps to tell the work from others: number, version, edition, contributors and volume (13.87-101)."""
    if work.type == "patent":
        return _patent(work)
    people = contributors(work, form)
    if work.is_part and work.type not in SITES:
        shown = people if work.is_serial else ()
        return join(form.stop, numbered(work, form) if work.type in FILMED else (), *map(form.start, shown))
    return join(
        form.stop,
        () if work.type == "song" or (work.type == "report" and not work.title) else numbered(work, form),
        form.start(version(work)),
        _edition(work, form),
        join(form.stop, *map(form.start, people)) if work.is_serial or work.type in SITES else _volume(work, form),
    )


def _volume(work: Work, form: Form) -> Rich:
    people = contributors(work, form)
    counted = form.start(volume(work)) if is_numeric(work.volume) else rich(form.each(work.volume))
    if form.volume_first and work.volume:
        return join(", ", counted, *people)
    return join(form.stop, *map(form.start, people), counted or volumes(work))


def _patent(work: Work) -> Rich:
    kind = begun(work.genre) or rich("Patent" if work.number else "")
    issued = "" if not work.issued else f"[{full(work.issued)}?]" if work.circa else full(work.issued)
    return join(", ", join(" ", kind, rich(work.number)), wrap("issued ", rich(issued)))


def contributors(work: Work, form: Form) -> list[Rich]:
    """Editors, translators and chairs beside an author: "edited by Chris Brown"."""
    editor = () if work.is_serial else work.editor
    edited, translated, both = form.roles
    roles: list[tuple[str, Sequence[Person]]] = [(edited, editor), (translated, work.translator)]
    if editor == work.translator:
        roles = [(both, editor)]
    return [
        rich(f"{role} {listed(people, form.people)}") for role, people in (*roles, ("chaired by", work.chair)) if people
    ]


def numbered(work: Work, form: Form) -> Rich:
    """The number of a report or the like with what is counted: "Working Paper No. 12"."""
    if not work.number or work.type == "thesis":
        return ()
    if work.type == "broadcast" and is_numeric(work.number):
        return join(" ", form.start(work.genre or rich("episode")), rich(number(work.number)))
    return join(" ", form.kind(work.genre, work.is_english), labelled(work, form.start))


def labelled(work: Work, start: Callable[[Rich], Rich]) -> Rich:
    """The number with its label, each begun as *start* begins it: "No. 12"; () without one."""
    if not work.number:
        return ()
    is_labelled = work.type != "standard" and (is_numeric(work.number) or work.type in ("legislation", "regulation"))
    label = "nos." if is_plural(work.number) else "no."
    return join(" ", start(rich(label if is_labelled else "")), start(rich(number(work.number))))


def version(work: Work) -> Rich:
    """The version: "version 2.1", of a program "v. 2.1"."""
    label = "v." if work.type == "software" else "version"
    return rich(f"{label} {work.version}" if work.version else "")


def edition(work: Work) -> Rich:
    """The edition: "2nd ed.", "revised", of a newspaper "late edition"."""
    if not work.edition:
        return ()
    if is_numeric(work.edition):
        return rich(f"{ordinal(work.edition)} {'eds.' if is_plural(work.edition) else 'ed.'}")
    return rich(work.edition + (" edition" if work.is_serial else ""))


def _edition(work: Work, form: Form) -> Rich:
    if is_numeric(work.edition):
        return edition(work)
    return form.kind(edition(work), True) if work.is_serial else rich(form.each(work.edition))


def volume(work: Work) -> Rich:
    """The volume: "vol. 1"."""
    label = ("vols. " if is_plural(work.volume) else "vol. ") if is_numeric(work.volume) else ""
    return rich(label + number(work.volume))


def volumes(work: Work) -> Rich:
    """How many volumes there are: "3 vols."."""
    if not is_numeric(work.volumes):
        return rich(work.volumes)
    return rich(f"{number(work.volumes)} {'vol.' if work.volumes == '1' else 'vols.'}")
