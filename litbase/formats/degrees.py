"""Sorts of theses by the words for their degrees: "Ph. D.", "Doctor of Philosophy", "M.S.", "Habilitation".

Sources: dissertation notes of library catalogues (MARC 21, field 502) and the degree names of repositories.
"""

import re
from typing import Final

_DEGREES: Final = (
    ("Doctoral dissertation", r"ph\.?\s?d|d\.?\s?phil|ed\.?\s?d|\bd\.?\s?sc|\bdoctor|doktor|tesis doctoral"),
    ("Master's thesis", r"\bM\.?\s?(?:A|S|Sc|Ed|Phil|Mus|B\.?A|F\.?A)\b|\bM\.\s?[A-Z]|\bmaster(?:['’]?s)?\b|"
                        r"\bmagister|\bma[iî]trise|\bmaestr[ií]a"),
    ("Bachelor's thesis", r"\bB\.?\s?(?:A|S|Sc)\b|\bbachelor|\bhonou?rs\b|\blicenciatura|\bundergraduate"),
    ("Habilitation", r"\bhabil"),
    ("Doctoral dissertation", r"dissertation|\bdiss\b|thèse"),
)  # fmt: skip


def degree(text: str) -> str:
    """The sort of thesis that a note or a degree names; "" when it names none.

    >>> [degree(text) for text in ("Thesis (Ph. D.)--Harvard University, 1998.", "Thesis (M.S.)", "Thesis")]
    ['Doctoral dissertation', "Master's thesis", '']
    """
    head = text.partition("--")[0][:300] or text[:300]
    return next((name for name, words in _DEGREES if re.search(words, head, re.I)), "")
