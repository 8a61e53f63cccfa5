"""The list of nasty citations: each case run from its own words, one function for one case."""

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.quality import Report, counted
from benchmarks.quality import _nasty_in as reading
from benchmarks.quality import _nasty_out as writing
from benchmarks.quality._nasty_out import Checks

TITLE = "Nasty citations"
LIST: Final = "data/nasty/cases.json"
CASES: Final[dict[str, Callable[[str, str], Checks]]] = {
    "escape-all": writing.escape_all, "unbalanced-brace": writing.unbalanced_brace,
    "doi-verbatim": writing.doi_verbatim, "url-verbatim": writing.url_verbatim, "corporate": writing.corporate,
    "corporate-with-and": writing.corporate_with_and, "family-others": writing.family_others,
    "particles": writing.particles, "eric-pipe-authors": reading.eric_pipe_authors,
    "cjk-mononym": writing.cjk_mononym, "no-author": writing.no_author, "year-suffix": writing.year_suffix,
    "stable-keys": writing.stable_keys, "dup-key-import": reading.dup_key_import,
    "missing-comma": reading.missing_comma, "unbalanced-import": reading.unbalanced_import,
    "string-concat": reading.string_concat, "undefined-macro": reading.undefined_macro,
    "keyless-odd-type": reading.keyless_odd_type, "percent-decode": reading.percent_decode,
    "latex-accents": reading.latex_accents, "encodings": reading.encodings, "hostile-size": reading.hostile_size,
    "eric-dates": reading.eric_dates, "eric-source": reading.eric_source, "identifiers": reading.identifiers,
    "pages": writing.pages, "ris-messy": reading.ris_messy, "eric-nbib": reading.eric_nbib,
    "ris-traps": writing.ris_traps, "title-punct": writing.title_punct, "html-injection": writing.html_injection,
}  # fmt: skip


def measure(shared: Path) -> Report:
    """How many cases hold, and what is wrong with the others."""
    found = {case["id"]: wrong(case) for case in cases(shared)}
    held = sum(what is None for what in found.values())
    misses = tuple(f"{id}: {what}" for id, what in found.items() if what is not None)
    return Report((counted("cases that hold", held, len(found), 1.0),), misses)


def cases(shared: Path) -> list[dict[str, Any]]:
    """The cases of the list: "id", "given", "expect", "why"."""
    listed: list[dict[str, Any]] = json.loads((shared / LIST).read_text(encoding="utf-8"))
    return listed


def wrong(case: dict[str, Any]) -> str | None:
    """What is wrong with a case, the first of all that is; None when it holds."""
    if case["id"] not in CASES:
        return "nobody runs it"
    count = 0
    try:
        for what, got, expected in CASES[case["id"]](case["given"], case["expect"]):
            count += 1
            if got != expected:
                return f"{what}: {got!r}, expected {expected!r}"
    except Exception as error:  # a case that breaks has not held
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
    return None if count else "it looked at nothing"
