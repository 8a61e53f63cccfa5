"""What of a source's own text may be shown: always searchable, shown as far as `display` in the settings says."""

from litbase.record.record import Record, replace
from litbase.settings import Settings

SNIPPET = 300  # characters


def display_of(record: Record, settings: Settings) -> str:
    """ "full", "snippet" or "none": the strictest rule of the sources *record* was read from."""
    rules = [settings.display.get(source, "full") for source in record.collection]
    return next((rule for rule in ("none", "snippet") if rule in rules), "full")


def shown(record: Record, settings: Settings) -> Record:
    """*record* with its body cut to what may be shown outside the library."""
    if not record.body:
        return record
    match display_of(record, settings):
        case "none":
            return replace(record, body="")
        case "snippet" if len(record.body) > SNIPPET:
            return replace(record, body=record.body[: SNIPPET - 2].rsplit(" ", 1)[0] + " …")
    return record
