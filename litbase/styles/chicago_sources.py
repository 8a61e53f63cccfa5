"""Chicago style: where a work is from, in its entry or note: serial, book, series, publisher, date and access.

Source: Chicago Manual of Style, 18th edition, chapter 14 (14.71-93: periodicals; 14.104-169: other kinds); where it
leaves a choice, what the CSL reference processor prints.
"""

from litbase.styles.casing import headline
from litbase.styles.chicago_titles import (
    BY_DAY,
    DAILY,
    FILMED,
    PERFORMED,
    REFERENCE,
    SITES,
    Form,
    contributors,
    description,
    edition,
    event,
    numbered,
    serial_title,
    title,
    version,
    volume,
    volumes,
)
from litbase.styles.dates import full
from litbase.styles.joints import join, wrap
from litbase.styles.numbers import is_numeric, is_plural, number, pages
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.work import Work, addressed


def sentences(work: Work, about: Rich, form: Form) -> Rich:
    """The rest of an entry behind its author and year, *about* being what it tells of the title."""
    gathering = () if work.is_serial else event(work, form)
    is_inside = bool(work.publisher or work.status)
    if is_inside and work.type in SITES | {"patent"}:
        gathering = ()
    if is_episode(work):
        of = italic(headline(work.container, work.is_english))
        told = join(form.stop, of, episode(work, form), series(work))
    elif is_introduction(work):
        told = join(" ", about, source(work, form))
    else:
        told = join(form.stop, about, source(work, form))
    if is_inside:
        return join(form.stop, told, gathering, publication(work, form), access(work, form))
    return join(form.stop, told, join(", ", gathering, publication(work, form)), access(work, form))


def is_episode(work: Work) -> bool:
    """Whether it is an episode of a broadcast or podcast, told behind the program (14.165-168)."""
    return work.type == "broadcast" and work.is_part and bool(work.number and work.title)


def episode(work: Work, form: Form) -> Rich:
    """An episode: "Episode 3, “A Bell Rings,” directed by Ada Stone"."""
    return join(", ", numbered(work, form), title(work), description(work, form), *contributors(work, form))


def precision(work: Work) -> str:
    """How much is told of the date that stands with the source: "day", "month" or "year" (14.74, 14.87-89)."""
    if work.type in REFERENCE:
        return "day" if work.doi or work.url else "year"
    if work.type in BY_DAY | DAILY:
        return "day"
    if not work.is_serial:
        return "year"
    told = bool(work.volume) + bool(work.issue)
    return ("day", "month", "year")[told]


def source(work: Work, form: Form, place: Rich = ()) -> Rich:
    """What the work is part of, where it is no site; *place* is where in a serial a note points to."""
    if work.type in SITES or work.type == "patent":
        return ()
    return _serial(work, form, place) if work.is_serial else _whole(work, form)


def _serial(work: Work, form: Form, place: Rich) -> Rich:
    """Journal, volume, issue and pages (14.71-78), of newspapers and magazines the date (14.87-93)."""
    name = join(", ", _special(work, form), serial_title(work), rich("ahead of print" if _is_ahead(work) else ""))
    place = join(", ", place, rich(number(work.number)))
    if work.type in DAILY:
        told = join(form.stop, join(", ", work.collection, staged(work, form)), _daily_edition(work))
        return join(", ", name, told, place)
    place = place or rich(pages(work.page, "chicago"))
    if work.volume or work.issue:
        told = join(": ", join(", ", work.collection, form.counted(work)), place)
        return join(" " if work.volume and not work.collection else ", ", name, told)
    publisher = work.publisher if work.type in ("interview", "post-weblog") else ()
    return join(", ", name, work.collection, publisher, staged(work, form), place)


def _daily_edition(work: Work) -> Rich:
    return edition(work) if is_numeric(work.edition) else headline(edition(work))


def _special(work: Work, form: Form) -> Rich:
    is_special = work.type == "periodical" and work.title and work.is_part
    return form.start(rich("special issue")) if is_special else ()


def _is_ahead(work: Work) -> bool:
    """Whether it is an article that has appeared only by itself (14.75)."""
    placed = work.collection or work.issue or work.number or work.page or work.volume or work.status
    return work.type == "article-journal" and bool(work.doi and work.issued) and not placed


def issue(work: Work) -> Rich:
    """The issue: "no. 3"."""
    return rich(f"{'nos.' if is_plural(work.issue) else 'no.'} {number(work.issue)}" if work.issue else "")


def _whole(work: Work, form: Form) -> Rich:
    """The book a chapter is in, with its series (14.12)."""
    if not work.is_part:
        return series(work)
    preposition = _preposition(work, form) if work.container else ()
    named = join(" ", preposition, italic(headline(work.container, work.is_english)))
    return join(form.stop, join(", ", named, _form(work), *_identified(work, form)), series(work))


def _preposition(work: Work, form: Form) -> Rich:
    if work.type in ("broadcast", "motion_picture") or (work.type in REFERENCE and not work.author):
        return ()
    return rich("to") if is_introduction(work) else form.start(rich("in"))


def is_introduction(work: Work) -> bool:
    """Whether it is the part of a book that its genre says, such as its foreword (14.12)."""
    return work.type == "chapter" and work.is_part and bool(work.genre)


def _form(work: Work) -> Rich:
    """What a work is that is described with its source."""
    told = work.type in ("document", "report", "software", "standard")
    told |= work.type in PERFORMED and not work.is_in_proceedings
    return work.genre if told and not work.number else ()


def _identified(work: Work, form: Form) -> list[Rich]:
    people = contributors(work, form)
    counted = volume(work)
    total = volumes(work) if not (work.volume or work.page) else ()
    order = (counted, *people, total) if form.volume_first else (*people, counted, total)
    told = () if work.type in FILMED or work.type == "song" else numbered(work, form)
    return [told, version(work), edition(work), *order]


def series(work: Work) -> Rich:
    """The series: "Lives in Teaching 14"."""
    name = headline(work.collection, work.is_english)
    if work.issue:
        label = ("vols." if is_plural(work.collection_number) else "vol.") if is_numeric(work.collection_number) else ""
        return join(", ", name, join(" ", rich(label), rich(number(work.collection_number))), issue(work))
    if not name:
        return ()
    return join(" " if is_numeric(work.collection_number) else ", ", name, rich(number(work.collection_number)))


def staged(work: Work, form: Form) -> Rich:
    """The date with what it is the date of: "released 2019", "last modified May 2"."""
    return join(" ", _stage(work, form), form.dated(work))


def _stage(work: Work, form: Form) -> Rich:
    if not work.issued:
        return ()
    if work.status:
        follows = work.publisher or (work.type == "webpage" and work.container)
        return () if work.type == "broadcast" and work.event else work.status if follows else form.start(work.status)
    if work.type == "broadcast":
        return () if is_podcast(work) else form.start(rich("aired"))
    if work.type == "software":
        return rich("released") if work.publisher else form.start(rich("released"))
    return ()


def is_podcast(work: Work) -> bool:
    """Whether a broadcast is online: then who made it stands before its date, else the network behind it (14.165)."""
    return bool(work.url or work.doi)


def publication(work: Work, form: Form) -> Rich:
    """Publisher and date of what is no serial; the site of a page stands where a publisher does (14.104)."""
    if work.is_serial or work.type == "patent":
        return ()
    site = headline(work.container, work.is_english) if work.type in SITES else ()
    made = _publisher(work, form)
    if work.type == "broadcast" and not is_podcast(work):
        return join(", ", staged(work, form), wrap("on ", made))
    return join(", ", site, made, staged(work, form))


def _publisher(work: Work, form: Form) -> Rich:
    kind: Rich = ()
    if work.type == "thesis":
        kind = work.genre
    elif work.type == "article" and not work.genre:
        kind = rich("preprint")
    made = work.publisher or (() if work.event else work.place)
    made = join(" ", form.start(made), rich(work.number if work.type == "song" else ""))
    return join(", ", form.start(kind), made)


def access(work: Work, form: Form) -> Rich:
    """Medium, number in a database, and where it can be read (14.113)."""
    filed = wrap("(", rich(number(work.number)), ")") if work.type == "thesis" else ()
    return join(form.stop, form.start(work.medium), filed, address(work, form))


def address(work: Work, form: Form) -> Rich:
    """DOI or address, of an undated page also when it was read."""
    read = ""
    if work.accessed and work.url and not (work.doi or work.issued or work.status):
        read = f"accessed {full(work.accessed)}"
    return join(form.stop, form.start(rich(read)), addressed(work))
