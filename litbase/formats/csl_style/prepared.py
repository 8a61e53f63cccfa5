"""What an engine is given: a style and items, written so that it prints what the reference processor prints.

Sources: the CSL 1.0.2 specification (names without a <name>, seasons as months 21 to 24, words that stay small in
titles), and the differences between pandoc and the reference processor seen over many styles.  Some styles hold
entities of HTML, as "&amp;#160;".
"""

import re
from html import escape, unescape
from typing import Any, Final

from litbase.formats.csl.write import item
from litbase.formats.csl_style.file import NAMESPACE, StyleFile, everything
from litbase.formats.xml import Element
from litbase.record.record import Record
from litbase.styles.casing import SMALL

_SMALL = re.compile(rf"(?<=\w )(?:{'|'.join(sorted(SMALL))})(?= \w)")
_FIELDS: Final = ("title", "container-title", "collection-title")
_DASH: Final = re.compile(r"(?<=\d)-(?=\d)")
_APART: Final = "disambiguate-add-names", "disambiguate-add-givenname"
_SUFFIX: Final = "disambiguate-add-year-suffix"
_RULE: Final = "givenname-disambiguation-rule"
_ALL: Final = 'et-al-min="1000" et-al-use-first="999"'


def style_text(style: StyleFile, is_long: bool = False) -> str:
    """*style* as the engine reads it; for a list that *is_long* with what tells works apart in fewer steps.

    Pandoc puts the label of editors before them where a style leaves <name> out, so there it is written.
    """
    attributes = {"xmlns": NAMESPACE, **_kept(style.tree)}
    if style.language:
        attributes["default-locale"] = style.language
    parts = [_INFO]
    for child in style.tree.children:
        if child.name == "citation" and is_long and any(child.attributes.get(name) == "true" for name in _APART):
            parts.append(_telling(child))
        elif child.name != "info":
            parts.append(_written(child))
    return f"<style{_said(attributes)}>{''.join(parts)}</style>"


def items(style: StyleFile, records: list[Record]) -> list[dict[str, Any]]:
    """The CSL items of *records*, the id of each its place."""
    cases = {one.attributes.get("text-case", "") for one in everything(style.tree)}
    small = "title" in cases and not cases & {"uppercase", "capitalize-all"}
    dash = not any(one.attributes.get("name") == "page-range-delimiter" for one in everything(style.tree))
    told = [_item(record, small, dash) | {"id": str(place)} for place, record in enumerate(records)]
    stops = [one.attributes["initialize-with"] for one in everything(style.tree) if "initialize-with" in one.attributes]
    return told if not stops or any("." in stop for stop in stops) else [_without_stops(one) for one in told]


_INFO: Final = "<info><title>style</title><id>style</id><updated>2000-01-01T00:00:00+00:00</updated></info>"


def _item(record: Record, small: bool, dash: bool) -> dict[str, Any]:
    told = item(record)
    told.pop("custom", None)
    for name in _FIELDS if small else ():
        if name in told:
            told[name] = _SMALL.sub(r'<span class="nocase">\g<0></span>', told[name])
    for name in ("issue", "volume") if dash else ():
        if name in told:
            told[name] = _DASH.sub("–", str(told[name]))
    issued = told.get("issued", {})
    if season := issued.get("season"):
        told["issued"] = {"date-parts": [[part[0], 20 + int(season)] for part in issued["date-parts"]]}
    return told


def _without_stops(told: dict[str, Any]) -> dict[str, Any]:
    """*told* with "Jr" for "Jr.", as initials without stops want it."""
    names = [one for value in told.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
    for name in names:
        if "suffix" in name:
            name["suffix"] = name["suffix"].replace(".", "")
    return told


def _telling(citation: Element) -> str:
    """A citation that tells works apart by all their authors at once, which is never printed.

    To add names and initials one by one, as long as two citations look alike, takes pandoc the square of their number.
    """
    initials = 'initialize-with="."' if "with-initials" in citation.attributes.get(_RULE, "") else ""
    suffix = f'{_SUFFIX}="true"' if citation.attributes.get(_SUFFIX) == "true" else ""
    return (
        f'<citation {suffix} {_ALL}><layout><group delimiter=" "><names variable="author"><name form="long" {initials} '
        f'{_ALL}/><substitute><names variable="editor"/><names variable="translator"/><text variable="title"/>'
        '</substitute></names><date variable="issued"><date-part name="year"/></date></group></layout></citation>'
    )


def _kept(element: Element) -> dict[str, str]:
    """The attributes of *element* that say something about the style; a namespace and a schema do not."""
    return {
        ("xml:lang" if name == "lang" else name): value
        for name, value in element.attributes.items()
        if value != NAMESPACE and name not in ("xmlns", "xsi", "schemaLocation", "default-locale")
    }


def _written(element: Element) -> str:
    parts = [escape(unescape(part)) if isinstance(part, str) else _written(part) for part in element.parts]
    inside = {child.name for child in element.children}
    if element.name == "names" and "label" in inside and "name" not in inside:
        parts.insert(0, "<name/>")
    return f"<{element.name}{_said(_kept(element))}>{''.join(parts)}</{element.name}>"


def _said(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(unescape(value))}"' for name, value in attributes.items())
