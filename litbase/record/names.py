"""Names of people and groups, in CSL's parts, and how running text is cut into them.

Sources of the rules: CSL 1.0.2 name variables; ERIC's "Family, Given, Suffix";
VuFind's comma-separated author line; Education Week's byline.
"""

import re

import msgspec

SUFFIX = re.compile(r"^(?:Jr|Sr|I{2,3}|IV|V(?!\.)|VI{1,3}|2nd|3rd|4th|Ph\.?\s?D|M\.?D|Ed\.?D|Esq)\.?$", re.I)
INITIALS = re.compile(r"^(?:V|M\.?D\.?)$", re.I)  # "Smith, M.D." has initials, "Smith, John, M.D." a degree
ROLE = re.compile(r"^(?P<role>Eds?|Editors?|Comps?|Trans|Translators?|Ills?)\.?$", re.I)
OTHERS = re.compile(r"^(?:and others|et al|others)\.?$", re.I)
GROUP_WORD = re.compile(
    r"\b(?:Group|Council|Staff|Board|Editors|Cent(?:er|re)|Network|Association|Institut(?:e|ion)|Universit(?:y|ies)|"
    r"College|Society|Committee|Commission|Department|Ministry|Foundation|Organi[sz]ation|Consortium|Bureau|Office|"
    r"Agency|Academy|Federation|Union|Alliance|Coalition|Project|Program(?:me)?|Company|Corporation|Inc|LLC|Ltd|"
    r"Laborator(?:y|ies)|School|Schools|District|Service|Services|Research|Education|International|National|"
    r"Bank|Fund|Team|Panel|Forum|Initiative|Partnership|Authority|Division|Library|Academies|Trust|Force)\b"
)
COMPANY = re.compile(r"^(?:Inc|LLC|Ltd|Co|Corp|GmbH)\.?$")
JOINED = re.compile(r"\s(?:and|&|of|for|on)\s|^The\s")
PARTICLE = re.compile(
    r"^(?P<particle>(?:(?:van|von|der|den|de|del|della|dela|di|da|do|dos|du|la|le|ten|ter|zu|zur|af|av|bin|ibn|al|el)\s+)+)"
    r"(?P<family>\S.*)$"
)


class Name(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person (family and given) or one group (literal alone); unused parts are empty.

    Parts are CSL's: *particle* is the non-dropping particle ("van der" in "van der Berg").
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """The name as it is filed: "van der Berg, Jan, Jr."; a group or single name as it stands."""
        if self.literal:
            return self.literal
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)

    @property
    def surname(self) -> str:
        """Family name with its particle; a group's whole name."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def display(self) -> str:
        """The name as it is spoken: "Jan van der Berg, Jr."."""
        if self.literal:
            return self.literal
        spoken = f"{self.given} {self.surname}".strip()
        return f"{spoken}, {self.suffix}" if self.suffix else spoken


def is_group(text: str) -> bool:
    """Whether *text* names an organisation: it holds a word that no person is called, such as Group or University."""
    return bool(GROUP_WORD.search(text))


def parse_name(text: str) -> Name | None:
    """The name in *text*, "Family, Given[, Suffix]", "Given Family" or a group; None when it is empty or "And Others".

    A text without a comma is a group when it holds a group word or joins words ("Smith and Sons & Co."), and a
    person's otherwise, split at its last word; one word alone stays a literal.  With a comma it is a person unless one
    side of it alone names a group: "School, Ann" is a person, "Westat, Inc." is not.

    >>> str(parse_name("Lott, Joe, II"))
    'Lott, Joe, II'
    >>> parse_name("van der Berg, Jan").particle
    'van der'
    >>> parse_name("International Perspectives on Education Reform Group").literal
    'International Perspectives on Education Reform Group'
    """
    text = " ".join(text.split()).strip(" ;,")
    if not text or OTHERS.match(text):
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1:
        return _inverted(parts)
    words = text.split()
    if len(words) == 1 or is_group(text) or JOINED.search(text):
        return Name(literal=text)
    return _spoken(words)


def _inverted(parts: list[str]) -> Name:
    if _names_group(parts):
        return Name(literal=", ".join(parts))
    family, rest = parts[0], parts[1:]
    if len(rest) > 1 and ROLE.match(rest[-1]):  # ERIC: "Barnard, Henry, Ed."
        rest.pop()
    suffix = ""
    for place in reversed(range(len(rest))):  # ERIC: "Thomas, Jr., William L."
        if SUFFIX.match(rest[place]) and (len(rest) > 1 or not INITIALS.match(rest[place])):
            suffix = _suffix(rest.pop(place))
            break
    given = " ".join(rest)  # ERIC: "Brown, Byron, W."
    particle, family = _particle(family)
    return Name(family=family, given=given, particle=particle, suffix=suffix)


def _names_group(parts: list[str]) -> bool:
    head, rest = parts[0], parts[1:]
    if _stands_alone(head) or COMPANY.match(rest[-1]):
        return True
    words = sum(len(part.split()) for part in rest)
    return is_group(" ".join(rest)) and words > (1 if len(head.split()) > 1 else 2)


def _stands_alone(part: str) -> bool:
    return is_group(part) and len(part.split()) > 1


def _spoken(words: list[str]) -> Name:
    suffix = _suffix(words.pop()) if len(words) > 2 and SUFFIX.match(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and (
        words[start - 1] == "St." or (words[start - 1].islower() and PARTICLE.match(words[start - 1] + " x"))
    ):
        start -= 1
    particle, family = _particle(" ".join(words[start:]))
    return Name(family=family, given=" ".join(words[:start]), particle=particle, suffix=suffix)


def _particle(family: str) -> tuple[str, str]:
    found = PARTICLE.match(family)
    return (found["particle"].strip(), found["family"]) if found else ("", family)


def _suffix(text: str) -> str:
    return text.strip() if re.fullmatch(r"(?i)(?:jr|sr)\.?|ph.*|m\.?d.*|ed.*|esq\.?", text) else text.rstrip(".")


def role_of(text: str) -> str:
    """ "editor" or "translator" when "Family, Given, Ed." says so; "" for an author.

    >>> role_of("Barnard, Henry, Ed.")
    'editor'
    """
    found = ROLE.match(text.rsplit(",", 1)[-1].strip()) if "," in text else None
    if not found:
        return ""
    return "translator" if found["role"].lower().startswith("trans") else "editor"


def parse_names(text: str) -> tuple[Name, ...]:
    """The people in one comma-joined "Last, First, Last, First" line (VuFind); () when it is empty.

    Suffixes are swallowed as third parts; an odd part out or a group stays whole.

    >>> [str(n) for n in parse_names("Gomez, Louis M., Biag, Manuelito, Imig, David G.")]
    ['Gomez, Louis M.', 'Biag, Manuelito', 'Imig, David G.']
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    names: list[Name | None] = []
    while parts:
        head = parts.pop(0)
        if _stands_alone(head) or not parts:
            names.append(parse_name(head))
            continue
        taken = [head, parts.pop(0)]
        while parts and (SUFFIX.match(parts[0]) or ROLE.match(parts[0])):
            taken.append(parts.pop(0))
        names.append(parse_name(", ".join(taken)))
    return tuple(name for name in names if name)


def parse_byline(text: str) -> tuple[Name, ...]:
    """The people in a newspaper byline, "A & B", "A, B and C"; a group with a group word stays whole.

    >>> [n.display for n in parse_byline("Amelia Peterson & Jal Mehta")]
    ['Amelia Peterson', 'Jal Mehta']
    """
    text = re.sub(r"^\s*By\s+", "", text).strip()
    if is_group(text) and not re.search(r"\s&\s|;", text):
        return tuple(filter(None, [parse_name(text)])) if "," not in text else (Name(literal=text),)
    pieces = re.split(r"\s*(?:;|&|,\s*and\s|\sand\s|,)\s*", text)
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and SUFFIX.match(piece):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return tuple(name for name in map(parse_name, joined) if name)
