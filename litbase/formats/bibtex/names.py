"""Names as BibTeX writes them, both ways: "von Last, Jr, First and {A Group and Sons} and others".

Source: Patashnik's BibTeXing, section on names; departures are said below.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.latex.text import decode, encode
from litbase.record.names import OTHERS, SUFFIX, Name, is_group

_MARK = re.compile(r"[{}]|(?<=\s)and(?=\s)|;", re.I)
_COMMA = re.compile(r"[{},]")
_GAP = re.compile(r"[{}]|[\s~]+")
_GROUP = re.compile(r"\{[^\\{}][^{}]*\}")
_AMPERSAND = re.compile(r"\s\\?&\s")
_INITIALS_LAST = re.compile(
    r"(?P<family>[^\W\d_a-zà-ÿ](?:[^\W\d_a-zà-ÿ]|['’])*+[a-zà-ÿ][\w'’-]*+(?: [A-Z][\w'’-]++)?) (?P<given>[A-Z]{1,3})"
)
_ET_AL = re.compile(r"(?<=[\s,])\{?et\.?[\s~]+al\b\.?\}?\.?$", re.I)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s~-]?){1,4}")
_INITIALS_FIRST = re.compile(r"(?:[A-Z]\.[\s~-]?){1,4}[^\W\d_][\w'’-]+")
_ODD_PART = re.compile(r"[,=]|\band\b", re.I)
_NAMED_PART = re.compile(
    r"(?P<part>[a-z]{4,9}(?:-i)?)\s*+=\s*+(?:\"(?P<quoted>[^\"]*+)\"|(?P<plain>[^,]*+))[\s,]*+", re.I
)
_PARTS: Final = frozenset(("family", "given", "prefix", "suffix", "useprefix"))
_LONGEST: Final = 2_000  # characters of one name; a longer one is kept whole


def read_names(latex: str) -> tuple[tuple[Name, ...], bool]:
    """The people and groups of a name field, and whether it says "and others" or "et al."; never raises.

    A name wholly in braces, a single word, and words without a comma that no person is called ("World Bank Group")
    are literals.  Semicolons part names where the field has no "and", and so do commas between "J. Smith, K. Doe" and
    "Smith, J., Doe, K.".  Only leading lower-case words are particles: BibTeX itself makes "Garcia de" a particle in
    "Garcia de Mora, Ana".
    """
    latex = f" {latex} "
    if latex.count("{") != latex.count("}"):
        latex = latex.replace("{", "").replace("}", "")
    pieces = list(_split(latex, _MARK, "and"))
    if len(pieces) == 1:
        pieces = list(_split(latex, _MARK, ";"))
    if len(pieces) == 1 and len(people := _AMPERSAND.split(latex)) > 1 and all("," in person for person in people):
        pieces = people
    pieces = _with_commas(pieces)
    names: list[Name] = []
    others = False
    for piece in map(str.strip, pieces):
        if OTHERS.match(piece):
            others = True
            continue
        if (shorter := _ET_AL.sub("", piece)) != piece:
            others, piece = True, shorter.rstrip(" ,")
        names += filter(None, map(_name, _in_commas(piece)))
    return tuple(names), others


def _with_commas(pieces: list[str]) -> list[str]:
    """*pieces* as "Smith, J" where there are several, all of them like "Smith J", as PubMed has them."""
    told = [piece.strip() for piece in pieces if piece.strip()]
    found = [_INITIALS_LAST.fullmatch(piece) or OTHERS.match(piece) for piece in told]
    if len(told) < 2 or not all(found):
        return pieces
    return [f"{name['family']}, {name['given']}" if name.re is _INITIALS_LAST else name[0] for name in found if name]


def _in_commas(latex: str) -> list[str]:
    """The names of a list that is parted by commas alone; *latex* itself when it is one name."""
    if latex.count(",") < 1 or len(latex) > _LONGEST or "{" in latex:
        return [latex]
    parts = [part.strip() for part in latex.split(",") if part.strip()]
    if len(parts) > 1 and all(map(_INITIALS_FIRST.fullmatch, parts)):
        return parts
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [latex]


def _split(text: str, marks: re.Pattern[str], separator: str) -> Iterator[str]:
    """*text* cut at *separator* ("and", ";", ",", " ") outside braces."""
    depth = start = 0
    for mark in marks.finditer(text):
        if mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif depth == 0 and (mark[0].lower() == separator or separator == " "):
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def _name(latex: str) -> Name | None:
    if not decode(latex):
        return None
    if len(latex) > _LONGEST or _is_braced(latex):
        return Name(literal=decode(latex))
    if (part := _NAMED_PART.match(latex)) and part["part"].lower() in _PARTS:
        return _of_parts({m["part"].lower(): m["quoted"] or m["plain"] or "" for m in _NAMED_PART.finditer(latex)})
    parts = [part.strip() for part in _split(latex, _COMMA, ",")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        return _spoken(parts[0])
    von_last, rest = parts[0], parts[1:]
    if len(rest) == 1 and SUFFIX.match(decode(rest[0])) and len(_words(von_last)) > 1 and not _is_small(von_last):
        return _spoken(f"{von_last} {rest[0]}")  # "Martin Luther King, Jr."
    suffix = ""
    if len(rest) > 1:
        suffix = rest.pop(-1 if SUFFIX.match(decode(rest[-1])) else 0)  # ERIC's order is Last, First, Jr
    words = _words(von_last)
    start = 0
    while start < len(words) - 1 and _is_small(words[start]):
        start += 1
    if not suffix and len(words) - start > 1 and SUFFIX.match(decode(words[-1])):
        suffix = words.pop()  # "King Jr., Martin Luther"
    family = decode(" ".join(words[start:]))
    given = decode(" ".join(rest))
    if not family and not given:
        return None
    particle = decode(" ".join(words[:start]))
    return Name(family=family, given=given, particle=particle, suffix=decode(suffix)) if family else Name(literal=given)


def _of_parts(parts: dict[str, str]) -> Name | None:
    """A name in biber's extended form, "family=Cruz, given=Juan, prefix=De La"; None when it has no part we know."""
    family, given, particle, suffix = (decode(parts.get(part, "")) for part in ("family", "given", "prefix", "suffix"))
    if family and given:
        return Name(family=family, given=given, particle=particle, suffix=suffix)
    return Name(literal=" ".join(filter(None, (particle, family or given)))) if family or given else None


def _spoken(latex: str) -> Name:
    words = _words(latex)
    plain = decode(latex)
    if len(words) < 2 or " & " in plain or (is_group(plain) and not re.search(r"\b\w\.", plain)):
        return Name(literal=plain)
    suffix = words.pop() if len(words) > 2 and SUFFIX.match(decode(words[-1])) else ""
    if all(map(_is_small, words)):  # "danah boyd"
        return Name(family=decode(words[-1]), given=decode(" ".join(words[:-1])), suffix=decode(suffix))
    small = next((i for i, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
    last = small
    while last < len(words) - 1 and _is_small(words[last]):
        last += 1
    given, particle, family = (decode(" ".join(part)) for part in (words[:small], words[small:last], words[last:]))
    return Name(family=family, given=given, particle=particle, suffix=decode(suffix))


def _words(latex: str) -> list[str]:
    return [word for word in _split(latex, _GAP, " ") if word]


def _is_braced(latex: str) -> bool:
    """Whether one pair of braces holds the whole name, and is no mere accent such as {\\"O}."""
    if not (latex.startswith("{") and latex.endswith("}")):
        return False
    depth = 0
    for mark in re.finditer(r"[{}]", latex):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end() == len(latex)
    return False


def _is_small(word: str) -> bool:
    """Whether a word of a name begins in lower case; braced letters do not count ({Van} stays a family name)."""
    plain = decode(_GROUP.sub("", word))
    first = next((character for character in plain if character.isalpha()), "")
    return first.islower()


def write_names(names: Iterable[Name], others: bool = False) -> str:
    """A name field, LaTeX-escaped: "van der Berg, Jan and {Smith and Sons \\& Co.} and others"; "" for nobody."""
    return _joined(map(_written, names), others)


def write_extended_names(names: Iterable[Name], others: bool = False) -> str:
    """The same for biber, which can be told that "De La" is a particle: "family=Cruz, given=Juan, prefix=De La"."""
    return _joined((_extended(name) if _has_odd_particle(name) else _written(name) for name in names), others)


def _joined(names: Iterable[str], others: bool) -> str:
    written = [text for text in names if text]
    if others and written:
        written.append("others")
    return " and ".join(written)


def _written(name: Name) -> str:
    if name.literal or not (name.family and name.given):
        whole = encode(str(name))
        return f"{{{whole}}}" if whole else ""
    if _has_odd_particle(name):
        von_last = f"{{{encode(name.surname)}}}"
    elif name.particle:
        von_last = f"{encode(name.particle)} {_family(name.family)}"
    else:
        von_last = _family(name.family)
    return ", ".join(filter(None, (von_last, _part(name.suffix), _part(name.given))))


def _extended(name: Name) -> str:
    parts = (("family", name.family), ("given", name.given), ("prefix", name.particle), ("suffix", name.suffix))
    return ", ".join(f"{part}={_part(text)}" for part, text in parts if text)


def _has_odd_particle(name: Name) -> bool:
    """Whether BibTeX, which knows particles by their small letters, would take it for a part of the family name."""
    return bool(name.particle and name.given) and not all(word[:1].islower() for word in name.particle.split())


def _family(text: str) -> str:
    """A family name, in braces where BibTeX would take small words of it for a particle ("Garcia de Mora").

    So is one that ends like a suffix ("McQueen III"), which we would part from it.
    """
    *words, last = text.split() or [""]
    parted = any(word[:1].islower() for word in words) or (words and SUFFIX.match(last))
    return f"{{{encode(text)}}}" if parted else _part(text)


def _part(text: str) -> str:
    """One part of a name, in braces where BibTeX would read its words as something else."""
    latex = encode(text)
    return f"{{{latex}}}" if _ODD_PART.search(latex) or OTHERS.match(latex) else latex
