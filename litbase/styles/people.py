"""Names of authors and editors as citations print them: order, initials, particles, suffixes, "and" and "et al.".

Sources: CSL 1.0.2 on names; the reference processor's rules for initials, for particles that stand inside the family or
given name, and for names of languages that put the family first.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from litbase.record.names import Name
from litbase.styles.quotes import curled, without_private

FULL: Final = 2
INITIALS: Final = 1
FAMILY: Final = 0
_LATIN = re.compile(
    r"[-0-9A-Za-z\u00c0-\u017f\u0218-\u021b\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0e01-\u0e5b\u1e00-\u1fff]"
)
_PARTICLE = re.compile(r"[^ ]*?(?:[-'’ʻ]| ) *(?=.)")
_INITIAL = re.compile(r"(?P<first>[^\W\d_])(?P<rest>[^\W\d_]*)(?P<stop>\.*)")


class Person(NamedTuple):
    """A name in the parts that citations move about; a group has only a *literal*."""

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    suffix: str = ""
    literal: str = ""
    family_first: bool = False


class NameForm(NamedTuple):
    """How a style writes a list of names.

    *inverted* is "all", "first" or ""; *given* FULL, INITIALS or FAMILY (without given names); *initial* follows each
    initial; *separator* stands behind an inverted family name.  *last* joins the last name, with a comma before it
    "always", "never", from "three" names on, or after an "inverted" one; likewise *comma_et_al*.  Of *most* names or
    more only *shown* are written and "et al.", or, with *ending*, an ellipsis and the last one.
    """

    inverted: str = ""
    given: int = FULL
    initial: str = ". "
    hyphens: bool = True
    separator: str = ", "
    last: str = "and"
    comma_last: str = "three"
    comma_et_al: str = "three"
    most: int = 0
    shown: int = 1
    ending: bool = False
    demoted: bool = False
    et_al: str = "et al."


def person(name: Name, language: str = "") -> Person:
    """*name* in its parts; particles that stand in the family ("de Souza") or given name ("Ludwig van") are found.

    *language* is that of the work: names of Chinese and Japanese works, and names in their scripts, put the family
    first.
    """
    if name.literal or not name.family:
        return Person(literal=curled(without_private(name.literal or name.given)))
    family, given, particle, suffix = (
        curled(without_private(part)) for part in (name.family, name.given, name.particle, name.suffix)
    )
    dropping = ""
    if given and not particle:
        particle, family = _leading(family)
        if not suffix:
            given, _, suffix = (part.strip() for part in given.partition(","))
        given, dropping = _trailing(given)
    family_first = language[:2] in ("zh", "ja") or language in ("vi", "hu") or not _LATIN.search(family)
    return Person(family, given, particle, dropping, suffix, family_first=family_first)


def _leading(family: str) -> tuple[str, str]:
    """The particles that begin a family name, and the rest: "van der", "Berg"."""
    at = 0
    while (found := _PARTICLE.match(family, at)) and family[at : at + 1].islower():
        at = found.end()
    return family[:at].rstrip(), family[at:]


def _trailing(given: str) -> tuple[str, str]:
    """A given name, and the particles that end it: "Ludwig", "van"."""
    words = given.split(" ")
    at = len(words)
    while at > 1 and words[at - 1][:1].islower():
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def initials(given: str, initial: str, hyphens: bool = True) -> str:
    """*given* in initials, each followed by *initial*; small words and abbreviations such as "Jr." stay.

    >>> [initials(n, ". ") for n in ("Louis M.", "Jean-Paul", "J.P.", "Na’ilah Suad", "Ola de")]
    ['L. M.', 'J.-P.', 'J. P.', 'N. S.', 'O. de']
    """
    if given in ("Lord", "Lady") or not _LATIN.match(given):
        return given
    given = re.sub(r"\s*-\s*", "-", given) if hyphens else given.replace("-", " ")
    given = re.sub(r"\.(?=[^ ])", ". ", given)
    words = re.split(r"(-(?![a-z])|[\s]+-?(?![a-z]-)|\s+)", given)
    found = ""
    for word, between in zip(words[::2], (*words[1::2], ""), strict=True):
        short = _shortened(word)
        if short:
            found += short + initial + ("-" if between and "-" in between else "")
        elif word:
            found += f" {word} "
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", found)).strip()


def _shortened(word: str) -> str:
    """The initial of *word*, the whole of an abbreviation; "" for a word that stays: small, or in no known letters."""
    found = _INITIAL.match(word)
    if not found or not found["first"].isupper():
        return ""
    if found["rest"] and found["stop"]:
        return found["first"] + found["rest"]
    capitals = re.match(r"[A-ZÀ-Þ]*", found["rest"])
    extra = capitals[0].lower() if capitals and len(capitals[0]) < len(found["rest"]) else ""
    return found["first"] + extra


def spaced(given: str, initial: str = ". ") -> str:
    """*given* in full, each initial in it followed by *initial*: "J.P." and "J.-P." are "J. P."."""
    if not _LATIN.match(given):
        return given
    words = re.sub(r"\.-?(?=[^ -])", ". ", given).split(" ")
    found = "".join(
        word.removesuffix(".") + initial if _is_initial(word) or word.endswith(".") else f" {word} "
        for word in words
        if word
    )
    return " ".join(found.split())


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def written(name: Person, form: NameForm, place: int = 0, given: int | None = None) -> str:
    """One name, the *place*th of its list, with as much of its given name as *form* or *given* says."""
    if name.literal:
        return name.literal
    level = form.given if given is None else given
    first = given_as(name, form, level)
    if not _LATIN.search(name.family):
        return name.family + first
    if name.family_first:
        return " ".join(filter(None, (name.particle, name.family, first)))
    if level == FAMILY:
        return _joined(name.particle, name.family)
    suffix = spaced(name.suffix, form.initial)
    if form.inverted == "all" or (form.inverted == "first" and place == 0):
        return _inverted(name, first, suffix, form)
    family = _joined(name.dropping, _joined(name.particle, name.family))
    return " ".join(filter(None, (first, family, suffix)))


def given_as(name: Person, form: NameForm, level: int | None = None) -> str:
    """The given name as *form* has it, or as much of it as *level* says."""
    level = form.given if level is None else level
    if level == FULL:
        return spaced(name.given, form.initial)
    return initials(name.given, form.initial, form.hyphens) if level else ""


def _inverted(name: Person, first: str, suffix: str, form: NameForm) -> str:
    family = name.family if form.demoted else _joined(name.particle, name.family)
    behind = (first, name.dropping, name.particle if form.demoted else "")
    return form.separator.join(filter(None, (family, " ".join(filter(None, behind)), suffix)))


def _joined(particle: str, family: str) -> str:
    """*particle* before *family*, without a blank after "d’" and "al-"."""
    return f"{particle}{family}" if particle[-1:] in ("’", "-", "") else f"{particle} {family}"


def listed(
    names: Sequence[Person], form: NameForm, others: bool = False, least: int = 0, given: Sequence[int] = ()
) -> str:
    """*names* in one line; *others* says that the source left some out; "" for none.

    At *least* so many are shown, and of each given name at least as much as *given* says: so works are told apart.

    >>> authors = [Person("Mehta", "Jal"), Person("Berg", "Jan", "van der")]
    >>> listed(authors, NameForm("all", INITIALS, last="&", comma_last="always"))
    'Mehta, J., & van der Berg, J.'
    """
    count = max(form.shown, least) if form.most and len(names) >= form.most else len(names)
    if form.ending and count < len(names):
        count = min(count, form.most - 2)
    shown = [
        written(name, form, place, max(form.given, *given[place : place + 1], FAMILY))
        for place, name in enumerate(names[:count])
    ]
    if count < len(names) and form.ending:
        return f"{', '.join(shown)}, … {written(names[-1], form, len(names) - 1)}"
    if count < len(names) or others:
        return _and_others(shown, form)
    if len(shown) < 2 or not form.last:
        return ", ".join(shown)
    if names[-1].literal:  # the processor joins a group to a name without a comma, to several with one
        comma = "," if len(names) > 2 else ""
    else:
        comma = "," if _has_comma(form.comma_last, len(shown), form) else ""
    return f"{', '.join(shown[:-1])}{comma} {form.last} {shown[-1]}"


def _and_others(shown: list[str], form: NameForm) -> str:
    if not shown:
        return ""
    comma = "," if _has_comma(form.comma_et_al, len(shown) + 1, form) else ""
    return f"{', '.join(shown)}{comma} {form.et_al}"


def _has_comma(when: str, count: int, form: NameForm) -> bool:
    inverted = form.inverted == "all" or (form.inverted == "first" and count == 2)
    return when == "always" or (when == "three" and count > 2) or (when == "inverted" and inverted)
