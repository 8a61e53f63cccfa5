"""What sort of work a MARC record describes, as CSL type and genre: from its leader, 007, 008, 020, 502 and 773.

Sources: MARC 21, leader/06 (type of record) and /07 (bibliographic level), 008/18-34 for each type of record, 773 $7
(the same of a host), 502 (dissertation note).
"""

import re
from typing import Final

from litbase.formats.degrees import degree
from litbase.formats.marc.values import Marc

BOOK: Final = ("book", "")
_BY_TYPE: Final = {
    "a": BOOK, "c": ("musical_score", ""), "d": ("musical_score", "Manuscript"), "e": ("map", ""),
    "f": ("map", "Manuscript"), "g": ("motion_picture", ""), "i": ("song", "Sound recording"),
    "j": ("song", "Music recording"), "k": ("graphic", ""), "m": ("software", ""), "o": ("document", "Kit"),
    "p": ("collection", "Archival material"), "r": ("document", "Object"), "t": ("manuscript", ""),
}  # fmt: skip
_VISUAL: Final = {
    "a": ("graphic", "Art"), "b": ("document", "Kit"), "c": ("graphic", "Art reproduction"),
    "d": ("document", "Diorama"), "f": ("graphic", "Filmstrip"), "g": ("document", "Game"), "i": ("graphic", "Picture"),
    "k": ("graphic", ""), "l": ("graphic", "Technical drawing"), "m": ("motion_picture", ""), "n": ("graphic", "Chart"),
    "o": ("graphic", "Flash card"), "p": ("graphic", "Microscope slide"), "q": ("document", "Model"),
    "r": ("document", "Object"), "s": ("graphic", "Slide"), "t": ("graphic", "Transparency"),
    "v": ("motion_picture", "Video"), "w": ("document", "Toy"),
}  # fmt: skip
"""008/33 of visual materials."""
_COMPUTER: Final = {
    "a": ("dataset", ""), "b": ("software", ""), "c": ("dataset", "Representational data"), "d": ("document", ""),
    "e": ("dataset", "Database"), "f": ("software", "Font"), "g": ("software", "Game"), "h": ("song", "Sound"),
    "i": ("software", ""), "j": ("webpage", ""), "m": ("software", ""),
}  # fmt: skip
"""008/26 of computer files."""
_CONTINUING: Final = {
    "d": ("dataset", "Database"), "l": ("book", "Loose-leaf"), "m": ("periodical", "Series"),
    "n": ("periodical", "Newspaper"), "w": ("webpage", ""),
}  # fmt: skip
"""008/21 of serials and integrating resources."""
_NUMBERED = re.compile(r"\b(?:vol|no|nr|jg|v|n)\b|\d\s?\(\d{4}\)|\d:\d", re.I)
_LOCATED = re.compile(
    r"\b(?:pp?|pages?|pág|s|seiten?)\b[.:]?\s?\d|\d\s?\(\d{4}\)|\bvol(?:ume)?\b[.:]?\s?\d|\bv\d{1,4} n?p?\d", re.I
)


def kind_of(marc: Marc) -> tuple[str, str]:
    """(CSL type, genre) of a record; ("document", "") when nothing says what it is."""
    sort, level = marc.leader[6:7], marc.leader[7:8]
    thesis = _thesis(marc)
    if thesis:
        return thesis
    if part := _part(marc, level):
        return part
    if sort == "m":
        return _computer_file(marc)
    if sort in "gkor" and sort.strip():
        return _VISUAL.get(marc.control("008")[33:34], _BY_TYPE[sort])
    if level in "si" and level.strip() and sort in "amt":
        return _CONTINUING.get(marc.control("008")[21:22], ("periodical", "") if level == "s" else ("webpage", ""))
    if sort in "a " and level == "c":
        return ("collection", "")
    found = _BY_TYPE.get(sort, BOOK if marc.of("020") or marc.of("245") else ("document", ""))
    return _book(marc) if found == BOOK else found


def _book(marc: Marc) -> tuple[str, str]:
    codes = marc.control("008")
    if marc.of("111") or codes[29:30] == "1":
        return ("book", "Proceedings")
    if "t" in codes[24:28] or marc.of("088") or (marc.of("027") and not marc.of("020")):
        return ("report", "")
    if codes[24:25] == "l":
        return ("legislation", "")
    return BOOK


def _computer_file(marc: Marc) -> tuple[str, str]:
    remote = any(each.text.startswith("cr") for each in marc.of("007"))
    found = _COMPUTER.get(marc.control("008")[26:27], ("software", ""))
    return ("webpage", "") if remote and found == ("software", "") and marc.control("008")[26:27] in "mu|" else found


def _thesis(marc: Marc) -> tuple[str, str] | None:
    """A thesis has a note of it or is coded as one; printed by a publisher, with an ISBN, it is a book."""
    notes = marc.of("502")
    coded = marc.leader[6:7] in "at" and "m" in marc.control("008")[24:28]
    if not notes and not coded:
        return None
    if marc.of("020") and any(each.all("b") for each in marc.of("260", "264") if each.second in " 1"):
        return None
    text = " ".join(value for each in notes for value in (each.all("b") or each.all("a")))
    return "thesis", degree(text)


def _part(marc: Marc, level: str) -> tuple[str, str] | None:
    """An article, chapter or paper: a component part by its leader, or a text whose host gives its place.

    An electronic book that is "in" a collection, and a volume of a set, are none.
    """
    hosts = [each for each in marc.of("773") if each.all("taspxz")]
    placed = (_LOCATED.search(" ".join(each.all("g"))) or each.all("q") for each in hosts if each.all("t"))
    if level in "si" or marc.leader[6:7] not in "amt " or not (level in "ab" or any(placed)):
        return None
    seven = next((value for each in hosts for value in each.all("7")), "")
    if seven[:1] == "m" or marc.of("111", "711"):
        return "paper-conference", ""
    if any("newspaper" in value.lower() for each in marc.of("655") for value in each.all("a")):
        return "article-newspaper", ""
    if level == "b" or seven[3:4] == "s":
        return "article-journal", ""
    if seven[3:4] == "m" or any(each.all("z") for each in hosts):
        return "chapter", ""
    numbered = not hosts or any(each.all("x") or _NUMBERED.search(" ".join(each.all("gq"))) for each in hosts)
    return ("article-journal" if numbered else "chapter"), ""
