"""What of a source's own text may be shown: always searchable, shown as far as `display` in the settings says.

A source's own text is what TEXTS names; its abstract is a description, made to be passed on, and is always shown.  Of a
"snippet" the beginning is shown, the same to everybody and whatever is searched for: nobody can put the text together
from many answers.
"""

from litbase.record.record import Record, replace
from litbase.settings import Settings

SNIPPET = 300  # characters, of all texts of a record together
TEXTS = ("contribution", "method", "outcomes", "body")
CUT = " …"


def display_of(record: Record, settings: Settings) -> str:
    """ "full", "snippet" or "none": the strictest rule of the sources *record* was read from."""
    rules = [rule_of(source, settings) for source in record.collection]
    return next((rule for rule in ("none", "snippet") if rule in rules), "full")


def rule_of(source: str, settings: Settings) -> str:
    """ "full", "snippet" or "none" for what was read from *source*."""
    return settings.display.get(source, "full")


def shown(record: Record, settings: Settings) -> Record:
    """*record* with its texts cut to what may be shown outside the library; *record* itself where that is all."""
    if not any(getattr(record, name) for name in TEXTS):
        return record
    rule = display_of(record, settings)
    if rule == "full":
        return record
    left = SNIPPET if rule == "snippet" else 0
    cuts: dict[str, str] = {}
    for name in TEXTS:
        text = getattr(record, name)
        kept = beginning(text, left)
        left -= len(kept)
        if kept != text:
            cuts[name] = kept
    if not cuts:
        return record
    marks = tuple(mark for mark in record.marks if mark.stop <= len(cuts.get(mark.field, "")) or mark.field not in cuts)
    return replace(record, **cuts, marks=marks)


def beginning(text: str, most: int) -> str:
    """At most *most* characters of *text*, cut between words and marked as cut; "" where that is no word.

    >>> beginning("Teachers learn from each other", 16)
    'Teachers learn …'
    """
    if len(text) <= most:
        return text
    kept, _, _ = text[: max(0, most - len(CUT)) + 1].rpartition(" ")
    return kept + CUT if kept else ""
