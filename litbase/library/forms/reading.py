"""A form made into a record: every text by the shape of its field; what nobody touched stays as it was, to the letter.

A text that still says what the record showed gives the record's own value back, so that a name with parts that a row
does not tell, or a list whose values hold semicolons, survives an edit of something else.
"""

import calendar
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from litbase.library.editing import EDITABLE
from litbase.library.forms.fields import DATES, LISTS, LONG, PEOPLE, called
from litbase.library.forms.form import Form, Person, kind_name, person_of, rows_of, text_date, text_of
from litbase.record.dates import MONTHS, SEASONS, PartialDate
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.kinds import kind_of
from litbase.record.names import PARTICLE, SUFFIX, Name, parse_name
from litbase.record.record import Record, default_of, replace
from litbase.record.text import clean, squash
from litbase.vocabulary.tables import language_tag

GENRES: Final = {"symposium": "Symposium", "opinion": "Opinion", "proceedings": "Proceedings"}
"""The genre that makes a record of that kind, where it has none that does."""
_ISO: Final = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_NUMBER: Final = re.compile(r"\d{1,9}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = {name[:3].lower() for name in (*MONTHS, *SEASONS.values(), "Fall", "st", "nd", "rd", "th")}
_YES_NO: Final = {"yes": True, "no": False, "": None}


class Read(NamedTuple):
    """The record that a form says, and a sentence for each field whose text says nothing, which stays as it was."""

    record: Record
    errors: dict[str, str]


class _Wrong(Exception):
    """A text that has not the shape of its field; its message says what to write."""


def read(form: Form, before: Record | None = None) -> Read:
    """The record that *form* makes of *before*, a new one without it."""
    before = before if before is not None else Record()
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in (name for name in EDITABLE if name in form.values and name != "type"):
        try:
            values[name] = _value(name, form.text(name), before)
        except _Wrong as wrong:
            errors[name] = str(wrong).format(called=called(form.kind, name))
    values |= _kind(form, before, values.get("genre", before.genre))
    if form.people is not None:
        values |= people_of(form.people, before)
    return Read(replace(before, **values), errors)


def changes(before: Record, after: Record) -> dict[str, Any]:
    """What *after* says otherwise than *before*, field by field; None where it says nothing any more."""
    differing = (name for name in EDITABLE if getattr(before, name) != getattr(after, name))
    return {name: None if (value := getattr(after, name)) == default_of(name) else value for name in differing}


def normal(name: str, text: str) -> str:
    """*text* as two texts of the field *name* are compared: browsers write the ends of lines in their own way."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip() if name in LONG or name in LISTS else squash(text)


def people_of(people: tuple[Person, ...], before: Record) -> dict[str, tuple[Name, ...]]:
    """The people of each role, in the order of their rows; a row that was not touched keeps the name it shows."""
    known = {person: name for role in PEOPLE for name in getattr(before, role) for person in [person_of(name, role)]}
    known = {_plain(person): name for person, name in known.items()}
    if tuple(map(_plain, rows_of(before))) == tuple(map(_plain, people)):
        return {role: getattr(before, role) for role in PEOPLE}
    made: dict[str, list[Name]] = {role: [] for role in PEOPLE}
    for person in people:
        if not person.is_empty and person.role in made:
            found = known.get(_plain(person))
            made[person.role] += [found] if found else names_in(person)
    return {role: tuple(names) for role, names in made.items()}


def names_in(person: Person) -> list[Name]:
    """The names that a row says: several where they were pasted into its first box, a group where only that is filled.

    >>> [str(name) for name in names_in(Person("Roe, Ann; The Reading Group"))]
    ['Roe, Ann', 'The Reading Group']
    """
    family, given = squash(clean(person.family)), squash(clean(person.given))
    if not given:
        if ";" in family or "," in family:
            return [name for part in family.split(";") if (name := parse_name(part))]
        return [Name(literal=family)]
    before, comma, last = given.rpartition(",")
    suffix = last.strip() if comma and SUFFIX.match(last.strip()) else ""
    particle = PARTICLE.match(family)
    return [
        Name(
            family=particle["family"] if particle else family,
            particle=particle["particle"].strip() if particle else "",
            given=before.strip() if suffix else given,
            suffix=suffix,
        )
    ]


def _plain(person: Person) -> Person:
    return Person(squash(clean(person.family)), squash(clean(person.given)), person.role)


def _kind(form: Form, before: Record, genre: str) -> dict[str, Any]:
    """Type and genre of a record of the form's kind; as they are where the kind is that of *before*."""
    if form.kind not in KINDS or (form.kind == kind_name(before) and before != Record()):
        as_is = replace(before, genre=genre)
        return {"genre": genre} if kind_name(as_is) == kind_name(before) else _made(kind_name(before), before, "")
    return _made(form.kind, before, genre)


def _made(kind: str, before: Record, genre: str) -> dict[str, Any]:
    csl = "cited" if kind == "cited" else KINDS[kind].csl
    fits = kind == "cited" or kind_of(replace(before, type=csl, genre=genre)).name == kind
    made_by_genre = genre in GENRES.values()  # of another kind
    return {"type": csl, "genre": GENRES.get(kind, "") if not fits or (made_by_genre and kind not in GENRES) else genre}


def _value(name: str, text: str, before: Record) -> Any:
    given = normal(name, text)
    if given == normal(name, text_of(name, before)):
        return getattr(before, name)
    if not given:
        return default_of(name)
    if name in LISTS:
        return _list(name, given, getattr(before, name))
    return _READ.get(name, str)(given)


def _list(name: str, text: str, before: tuple[Any, ...]) -> tuple[Any, ...]:
    items: list[Any] = []
    for line in text.split("\n"):
        whole = squash(line)
        items += [whole] if whole in before else list(filter(None, map(squash, line.split(";"))))
    if name == "identifiers":
        return tuple(dict.fromkeys(_pair(item) for item in items))
    made = (language_tag(item) or item for item in items) if name == "language" else iter(items)
    return tuple(dict.fromkeys(made))


def _pair(text: str) -> tuple[str, str]:
    scheme, _, value = text.partition(":")
    if not scheme.strip() or not value.strip():
        raise _Wrong("Write what it is before each identifier, as in orcid: 0000-0002-1825-0097.")
    return scheme.strip(), value.strip()


def date_in(text: str) -> PartialDate:
    """The date that all of *text* says.  Raises _Wrong with what to write."""
    first, slash, last = (part.strip() for part in text.partition("/"))
    if slash and _ISO.fullmatch(first) and _ISO.fullmatch(last):
        begin, end = date_in(first), date_in(last)
        if (begin.year, begin.month, begin.day) >= (end.year, end.month, end.day):
            turned = text_date(PartialDate(year=end.year, month=end.month, day=end.day, end=begin))
            raise _Wrong(f"The span ends before it begins. Did you mean {turned}?")
        return PartialDate(year=begin.year, month=begin.month, day=begin.day, end=end)
    found = PartialDate.parse(text)
    if found is None:
        raise _Wrong("Write the date as 2020, 2020-08 or 2020-08-25; leave it empty where the work has none.")
    if found.day and found.month <= 12 and found.day > calendar.monthrange(found.year, found.month)[1]:
        raise _Wrong(f"There is no {found.display}. Did you mean {_month(found)}?")
    told = set(map(int, _NUMBER.findall(f"{found} {found.display}")))
    said = set(map(int, _NUMBER.findall(text))) - {0}
    odd = [word for word in _WORD.findall(text) if word[:3].lower() not in _WORDS]
    if odd or said - told - {year % 100 for year in told}:
        raise _Wrong(f"There is no such date. Did you mean {_month(found) if found.day else text_date(found)}?")
    return found


def _month(date: PartialDate) -> str:
    return str(PartialDate(year=date.year, month=date.month))


def _count(text: str) -> int:
    digits = text.replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise _Wrong("{called}: write a number, as in 24.")
    return int(digits)


_READ: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys(DATES, date_in),
    "number_of_pages": _count,
    "peer_reviewed": lambda text: _YES_NO.get(text.lower()),
    "others": lambda text: text.lower() == "yes",
}
