"""The people, bodies and meetings of a MARC record: fields 100 to 111 and 700 to 720, and what each of them did.

Sources: MARC 21, X00, X10 and X11; relators in $e and $4 (AACR2, RDA).  A name without a relator is that of an author
unless the statement of responsibility (245 $c), which is never cut into names, has a word for it: "edited by ...".
"""

import re
from typing import Any

from litbase.formats.marc.codes import AUTHOR, CONTRIBUTOR, EDITOR, NONE, SPONSOR, TRANSLATOR, role_of
from litbase.formats.marc.values import Field, Taken, bare
from litbase.record import names
from litbase.record.names import OTHERS, SUFFIX, Name, parse_name
from litbase.record.text import fold, squash

PEOPLE = ("100", "700", "720")
BODIES = ("110", "710")
MEETINGS = ("111", "711")
LONGEST_STATEMENT = 2_000
_ROLES = (AUTHOR, EDITOR, TRANSLATOR, SPONSOR, CONTRIBUTOR)
_INITIAL = re.compile(r"(?:^|[\s.-])[^\W\d_]\.$")
_YEARS = re.compile(r"(?:,\s?|\s)\(?\d{4}\s?-\s?(?:\d{4})?\)?$")
_DID = re.compile(  # what a statement of responsibility says before a name
    r"(?P<editor>edited|editors?\b|\beds?\.|herausgegeben|hrsg|\bhgg?\.|\bedit|sous la direction|dirig|a cura|coord|"
    r"redak|redig|compil|zusammengestellt)|"
    r"(?P<translator>transl|ubers|traduit|traduc|tradott|traduz|aus dem)|"
    r"(?P<none>illustrat|\bill\.|foreword|preface|introduc|vorwort|nachwort|afterword|photograph|drawings|einl)|"
    r"(?P<author>written|\bby\b|\bvon\b|\bpar\b|\bpor\b|\bdi\b)"
)
_BEHIND = re.compile(r"[^;]{0,120}?[(,]\s?(?:eds?|hrsg|hg|dirs?|coords?|editors?)\b")
_MORE = re.compile(r"\bet al\b|\[and (?:\w+ )?others\]|\bu\. ?a\.")


def people(taken: Taken, sort: str) -> dict[str, Any]:
    """Authors, editors, translators, institutions, sponsors and the conference of a record; *sort* is leader/06.

    A name of another role ("actor") stays among what is left over.  Contributors and bodies without a relator are
    authors where nobody else is; beside people such a body is an institution.
    """
    statement = fold(squash(" ; ".join(value for each in taken.marc.of("245") for value in each.all("c"))))
    statement = statement[:LONGEST_STATEMENT]
    found: dict[str, list[Field]] = {role: [] for role in (*_ROLES, "institution")}
    for each in taken.marc.of(*PEOPLE, *BODIES):
        if each.one("a") and not each.all("t") and (role := _role(each, sort, statement)):
            edited = role == AUTHOR and each.tag in PEOPLE and not each.all("e4") and taken.marc.leader[7:8] in "si"
            found[EDITOR if edited else role].append(each)
    if not (found[AUTHOR] or found[EDITOR]):
        found[AUTHOR] = found.pop("institution") or found.pop(CONTRIBUTOR)
    called = {role: tuple(dict.fromkeys(filter(None, (_named(taken, each, role, sort) for each in fields))))
             for role, fields in found.items() if role != CONTRIBUTOR}  # fmt: skip
    changes: dict[str, Any] = {role: called[role] for role in (AUTHOR, EDITOR, TRANSLATOR)}
    changes |= {role: tuple(map(str, called.get(role, ()))) for role in (SPONSOR, "institution")}
    changes["others"] = bool(_MORE.search(statement)) and len(changes[AUTHOR] or changes[EDITOR]) == 1
    return {name: value for name, value in (changes | meeting(taken)).items() if value}


def _role(each: Field, sort: str, statement: str) -> str:
    """What a name did: by its relators; else by the statement of responsibility; else a main entry wrote it."""
    relators = [*each.all("4"), *each.all("e")]
    roles = [role_of(text, sort) for text in relators]
    known = next((role for role in _ROLES if role in roles), NONE)
    if known or (relators and each.tag != "100"):
        return known
    if each.tag in PEOPLE and (known := names.role_of(each.one("a"))):  # "Morris, Jonas C., ed."
        return known
    if each.tag in ("100", "110"):
        return AUTHOR
    return "institution" if each.tag == "710" else _told(each, statement)


def _told(each: Field, statement: str) -> str:
    """What the statement of responsibility says of a name, in the part of it that has the name."""
    family = fold(bare(each.one("a")).partition(",")[0]).split()[-1:]
    place = re.search(rf"\b{re.escape(family[0])}\b", statement) if family else None
    if place is None:
        return AUTHOR
    start = statement.rfind(";", 0, place.start()) + 1
    said: list[str] = []
    for word in reversed(list(_DID.finditer(statement, start, place.start()))):
        if word.lastgroup == AUTHOR and said:  # the "by" of somebody before
            break
        said.append(word.lastgroup or "")
    for role in (EDITOR, TRANSLATOR, "none"):
        if role in said:
            return "" if role == "none" else role
    return EDITOR if not said and _BEHIND.match(statement, place.end()) else AUTHOR


def _named(taken: Taken, each: Field, role: str, sort: str) -> Name | None:
    """The name of a field, whose subfields are taken as far as the name and its role say the same."""
    name = corporate(each) if each.tag in BODIES else personal(each)
    if name is None:
        return None
    if each.tag in BODIES or not _YEARS.search(bare(each.one("a"))):
        taken.take(each, "ab" if each.tag in BODIES or each.first == "0" else "ac" if name.suffix else "a")
    if all(role_of(text, sort) == role and role in text for text in each.all("e")):
        taken.take(each, "e")
    if all(text in _CODES.get(role, ()) for text in each.all("4")):
        taken.take(each, "4")
    return name


_CODES = {AUTHOR: ("aut",), EDITOR: ("edt",), TRANSLATOR: ("trl",), SPONSOR: ("spn",)}


def personal(each: Field) -> Name | None:
    """The person of an X00 field, as CSL has it; a family, a single name and a ruler are literals.

    >>> str(personal(Field("100", "1 ", (("a", "Teschl, Gerald,"), ("d", "1970-")))))
    'Teschl, Gerald'
    """
    text = _unstopped(_YEARS.sub("", bare(each.one("a"))), 2)
    if not text or OTHERS.match(text):
        return None
    if each.tag != "720" and (each.first == "0" or (each.first == "3" and "," not in text)):
        return Name(literal=squash(" ".join((text, *map(bare, each.all("b"))))))
    suffix = next((bare(value) for value in each.all("c") if SUFFIX.match(bare(value))), "")
    parsed = parse_name(f"{text}, {suffix}" if suffix and "," in text else text)
    if parsed is None or not parsed.literal or "," not in text or each.tag == "720":
        return parsed
    family, _, given = text.partition(",")  # a person, whatever the family is called
    return Name(family=family.strip(), given=given.strip(), suffix=suffix)


def corporate(each: Field) -> Name | None:
    """The body of an X10 field with its parts: "United States. Department of Education"; None when it is empty."""
    parts = [part for value in each.all("ab") if (part := _unstopped(bare(value)))]
    text = ". ".join((*(part.rstrip(".") for part in parts[:-1]), *parts[-1:]))
    return Name(literal=squash(text)) if text else None


def _unstopped(text: str, short: int = 3) -> str:
    """*text* without a full stop that ends no initial and no word of *short* letters, as "Inc." or "Del." are."""
    if text.endswith(".") and not _INITIAL.search(text) and not re.search(rf"(?:^|[\s.(])\w{{1,{short}}}\.$", text):
        return text[:-1]
    return text


def meeting(taken: Taken) -> dict[str, str]:
    """The conference of a record and where it was held; {} when there is none."""
    for each in taken.marc.of(*MEETINGS):
        if each.all("t") or not each.one("a"):
            continue
        place = bare(" ".join(each.all("c"))).strip("() ")
        taken.take(each, "ace")
        title = ". ".join(_unstopped(bare(value)).rstrip(".") for value in each.all("ae"))
        return {"event_title": title, "event_place": place}
    return {}
