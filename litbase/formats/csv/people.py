"""Author cells of tables: how the names in a column are parted, and the names.

Sources: real exports.  Scopus, Web of Science and Zotero part names by semicolons, OpenAlex by bars, BibTeX's friends
by "and"; PubMed and Embase write "Smith JA, Doe A.B." and IEEE "Joseph Rottman, Mary Lacity" with commas; Springer
writes "Andy SmithTom Weber"; programs in Python write "['Marx, Karl', 'Lindgren, Astrid']".
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from litbase.record.names import OTHERS, PARTICLE, SUFFIX, Name, is_group, parse_name, parse_names
from litbase.record.text import squash

SEPARATORS: Final = (";", "|", "\n", " and ")
_ALSO: Final = re.compile(r" (?:and|und|et|y|with) | ?& ?", re.I)
_ET_AL: Final = re.compile(r"(?:\bet\.? al|\band others)$", re.I)
_QUOTED: Final = re.compile(
    r"""(?<![^\s,\[u])'((?:[^'\\]|\\.|'(?=\w)){0,500}+)'(?=\s{0,4}[,\]])|"((?:[^"\\]|\\.){0,500}+)\""""
)
_INDEX: Final = re.compile(r" ?\((?:\d{1,12}|[\d.,; ]{1,40})\)| ?\[\d{1,12}\]|(?<=[^\W\d_])\d{1,2}$|[*†‡§]+")
_JUNCTION: Final = re.compile(r"(?<=[a-zß-öø-ÿ)])(?=[A-ZÀ-ÖØ-Þ][\w'’.-]*\s)|(?<=[a-z]\.)(?=[A-ZÀ-ÖØ-Þ][a-z])")
_PREFIX: Final = re.compile(
    r"(?:^|[\s-])(?:Ma?c|D[aeiu]|L[aeo]|Del|Della|Van|Von|Vander|Fitz|Ter|Ten|O|Mac|Ab[du]l|St)$"
)
_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_CAPITAL_PARTICLES: Final = frozenset("De Del Della Di Da Dos Du La Le Van Von Den Der Ter Ten St. El Al Ben".split())
LONGEST: Final = 200_000  # characters of a cell that is cut into names; a longer one is one literal


class People(NamedTuple):
    """Names in order, and whether more are left out."""

    names: tuple[Name, ...] = ()
    others: bool = False


def separator_of(cells: Iterable[str]) -> str:
    """What parts the names in a column: one of SEPARATORS, or "," when nothing but commas could.

    >>> separator_of(["Mehta, Jal; Peterson, Amelia", "Fullan, Michael"]), separator_of(["Smith J, Doe A"])
    (';', ',')
    """
    counts = dict.fromkeys(SEPARATORS, 0)
    for cell in cells:
        found = next((mark for mark in SEPARATORS[:3] if mark in cell.strip().rstrip(";|")), "")
        if found:
            counts[found] += 1
        elif " and " in cell and not is_group(cell):
            counts[" and "] += 1
    best = max(SEPARATORS, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def people(cell: str, separator: str = ",", run_together: bool = False) -> People:
    """The people and groups in *cell*, whose column parts them by *separator* (see `separator_of`).

    With *run_together* a small letter before a capital may end a name.

    >>> [str(name) for name in people("Joseph Rottman, Erran Carmel and Mary Lacity").names]
    ['Rottman, Joseph', 'Carmel, Erran', 'Lacity, Mary']
    >>> [str(name) for name in people("Liu R., van der Berg DG, et al.").names]
    ['Liu, R.', 'van der Berg, DG']
    """
    if not cell:
        return People()
    text = cell.strip()
    if text.startswith("[") and text.endswith("]"):
        quoted = [one or two for one, two in _QUOTED.findall(text[:LONGEST])]
        if quoted:
            return _read(quoted)
    text, others = _without_others(text)
    if not text or len(text) > LONGEST:
        return People((Name(literal=squash(text)),) if text else (), others)
    for mark in (*SEPARATORS[:3], "//"):  # EndNote's tables part names by two slashes
        if mark in text:
            return _read(text.split(mark), others)
    if separator in SEPARATORS[:3]:
        return _read([text], others)
    text = squash(text)
    if run_together:
        return _read([part for whole in text.split(", ") for part in _run_apart(whole)], others)
    return _read(_by_words(text, separator), others)


def _without_others(text: str) -> tuple[str, bool]:
    """*text* without an "et al." or dots at its end, and whether they were there."""
    bare = text.rstrip(" \t\n,;|")
    if bare.endswith(("...", "…")):
        return bare.rstrip(".… ,;"), True
    bare = bare.rstrip(".")
    found = _ET_AL.search(bare, max(len(bare) - 12, 0))
    return (bare[: found.start()].rstrip(" \t\n,;|"), True) if found else (text.strip(" \t;,|\n"), False)


def _read(parts: Iterable[str], others: bool = False) -> People:
    names = []
    for part in parts:
        text = squash(_INDEX.sub("", squash(part))).strip(" ,;")
        if OTHERS.match(text) or text in ("...", "…"):
            others = True
        elif name := one(text):
            names.append(name)
    return People(tuple(names), others)


def one(text: str) -> Name | None:
    """The name in *text*, which is one; initials behind a family name ("Smith JA") are its given name.

    >>> str(one("Garcia Marquez G")), str(one("W Guo")), str(one("Hall HK Jr"))
    ('Garcia Marquez, G', 'Guo, W', 'Hall, HK, Jr')
    """
    if _HAN.search(text) and "," not in text:
        return Name(literal=text)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.match(words[-1]) and not _is_initials(words[-1]) else ""
    if "," in text or len(words) < 2 or not _ends_in_initials(words):
        if len(words) > 2 and words[-2] in _CAPITAL_PARTICLES and not (is_group(text) or "," in text):
            return Name(family=" ".join(words[-2:]), given=" ".join(words[:-2]), suffix=suffix)
        return parse_name(text)
    start = next(place for place in range(1, len(words)) if all(map(_is_initials, words[place:])))
    family = " ".join(words[:start])
    particle = ""
    if found := PARTICLE.match(family):
        particle, family = found["particle"].strip(), found["family"]
    return Name(family=family, given=" ".join(words[start:]), particle=particle, suffix=suffix.rstrip("."))


def _is_initials(word: str) -> bool:
    """Whether *word* is one to three capitals, dotted or not ("JA", "J.-P.")."""
    letters = word.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= (4 if "." in word else 3)


def _ends_in_initials(words: list[str]) -> bool:
    """Whether *words* are a family name and initials; "J. Smith" and "AG Meyer" are not."""
    return len(words) > 1 and _is_initials(words[-1]) and not _is_initials(words[0])


def _by_words(text: str, separator: str) -> list[str]:
    """The names of a cell without semicolons: parted by "and" where that leaves names, then by commas."""
    parts = [part.strip(" ,") for part in _ALSO.split(text)]
    if len(parts) > 1 and not all(len(part.split()) > 1 for part in parts if part):  # "Smith and Sons & Co."
        return _by_commas(text) if "," in text and not is_group(text) else [text]
    if len(parts) > 1 and is_group(text) and "," not in text and separator != " and ":
        return [text]
    if separator == " and " and len(parts) == 1:
        return [text]
    return [name for part in parts if part for name in _by_commas(part)]


def _by_commas(text: str) -> list[str]:
    """The names of a text whose only marks are commas, which may also stand inside the names.

    >>> _by_commas("Smith, J. A., Doe, A."), _by_commas("Mehta, Jal"), _by_commas("Wei Wu, Qiao Qiao")
    (['Smith, J. A.', 'Doe, A.'], ['Mehta, Jal'], ['Wei Wu', 'Qiao Qiao'])
    """
    parts: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if parts and SUFFIX.match(part) and not _is_initials(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    bare = [part.partition(",")[0].split() for part in parts]
    if len(parts) < 2:
        return parts
    if all(map(_ends_in_initials, bare)):
        if text.find(".") == len(text) - 1:  # PubMed closes the list with a full stop
            parts[-1] = parts[-1].rstrip(".")
        return [part.replace(",", "") for part in parts]
    if len(parts) % 2 == 0 and all(_is_initials(word) for part in parts[1::2] for word in part.split()):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if all(len(words) > 1 for words in bare):
        return [part.replace(",", "") for part in parts]
    if len(parts) == 2 or is_group(text):
        return [text]
    if len(parts) % 2 == 0 and not any(len(words) > 2 for words in bare[::2]):
        return [str(name) for name in parse_names(text)]
    return parts


def _run_apart(text: str) -> list[str]:
    """The names in "Andy SmithTom Weber": cut where a small letter meets a capital, unless a prefix ends there."""
    names: list[str] = []
    start = 0
    for found in _JUNCTION.finditer(text):
        here = found.start()
        is_name = text.find(" ", start, here) > 0 and text.find(" ", here) > 0
        if is_name and not _PREFIX.search(text, max(start, here - 12), here):
            names.append(text[start:here])
            start = here
    return [*names, text[start:]]
