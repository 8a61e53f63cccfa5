"""What is wrong with a record in the eyes of a library: what `record.checks` finds, and subjects its thesaurus lacks.

Descriptors are compared with the thesaurus that the library has loaded; without one nothing is said of them.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from litbase.record.checks import CODES as RECORD_CODES
from litbase.record.checks import MENDS, check, fix
from litbase.record.notices import Problem
from litbase.record.record import Record, replace
from litbase.vocabulary.thesaurus import NONE, Thesaurus, plain, without_years

UNKNOWN: Final = "descriptor-unknown"
RENAMED: Final = "descriptor-renamed"
FORM: Final = "descriptor-form"
CODES: Final = (*RECORD_CODES, UNKNOWN, RENAMED, FORM)
FIXABLE: Final = frozenset({*MENDS, RENAMED, FORM})  # codes of what `mended` can mend
MOST: Final = 50  # problems told of the descriptors of one record


def problems(record: Record, thesaurus: Thesaurus = NONE, today: date | None = None) -> tuple[Problem, ...]:
    """What is wrong with *record*, () when nothing is; *today* is as in `record.checks.check`."""
    return (*check(record, today), *descriptor_problems(record, thesaurus))


def codes_of(record: Record) -> tuple[str, ...]:
    """The codes of what is wrong with *record* on any day, each once; () when nothing is.  None of them is DATED."""
    return tuple(dict.fromkeys(problem.code for problem in check(record, date.max)))


def descriptor_problems(record: Record, thesaurus: Thesaurus) -> Iterator[Problem]:
    """The descriptors of *record* that *thesaurus* does not have, or has under another name or in another form."""
    if not thesaurus:
        return
    strange = (name for name in dict.fromkeys(record.descriptors) if name not in thesaurus)
    for name in islice(strange, MOST):
        today = thesaurus.today(name)
        params = (("name", name), ("today", " and ".join(today)))
        if today == (name,):
            yield Problem(UNKNOWN, params[:1], "descriptors", "info")
        else:
            code = FORM if thesaurus.find(name) else RENAMED
            yield Problem(code, params, "descriptors", fixable=True)


def mended(record: Record, thesaurus: Thesaurus = NONE, codes: Collection[str] = ()) -> Record:
    """*record* with every problem of *codes* mended that can be; all of FIXABLE when none is named.

    A descriptor that stands for several together gives way to all of them.  A former name that said more than its
    descriptor ("Analysis of Variance", now "Statistical Analysis") stays as a keyword.  Doing it twice changes nothing
    more.
    """
    record = fix(record, codes) if not codes or not MENDS.keys().isdisjoint(codes) else record
    wanted = frozenset((FORM, RENAMED)).intersection(codes or (FORM, RENAMED))
    if not thesaurus or not wanted or all(name in thesaurus for name in record.descriptors):
        return record
    names = {name: _today(name, thesaurus, wanted) for name in (*record.descriptors, *record.major_descriptors)}
    changes = {field: _renamed(getattr(record, field), names) for field in ("descriptors", "major_descriptors")}
    finer = [name for name, today in names.items() if not thesaurus.find(name) and _says_more(name, today)]
    return replace(
        record, **changes, keywords=tuple(dict.fromkeys((*record.keywords, *finer))) if finer else record.keywords
    )


def _says_more(name: str, today: tuple[str, ...]) -> bool:
    """Whether the last word of a former *name*, which says what kind of thing it is, is in no name of *today*.

    >>> _says_more("Sex Differences", ("Gender Differences",)), _says_more("Marxism", ("Political Attitudes",))
    (False, True)
    """
    words = plain(without_years(name)).split()
    return name not in today and bool(words) and words[-1] not in plain(" ".join(today)).split()


def _today(name: str, thesaurus: Thesaurus, wanted: Collection[str]) -> tuple[str, ...]:
    code = FORM if thesaurus.find(name) else RENAMED
    return thesaurus.today(name) if code in wanted else (name,)


def _renamed(given: tuple[str, ...], names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    today: Iterable[str] = (new for name in given for new in names[name])
    return tuple(dict.fromkeys(today)) if any(names[name] != (name,) for name in given) else given
