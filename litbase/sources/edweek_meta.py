"""What an Education Week page says of its article in its head: JSON-LD first, then meta tags."""

import re
from typing import Any

from litbase.formats.page import markup
from litbase.record.dates import PartialDate
from litbase.record.identifiers import web_address
from litbase.record.text import squash

PUBLISHER_TAIL = re.compile(r"\s[-–—|]\s(?:Education Week|EdWeek)\b.*$|\s?\(Opinion\)\s*$", re.I)


def told_by(page: markup.Page) -> dict[str, Any]:
    """What JSON-LD and meta tags of a page say: title, date, authors, section, address; only what is there."""
    told: dict[str, Any] = {}
    for item in markup.json_ld(page):
        kinds = item.get("@type")
        if re.search(r"Article|BlogPosting", str(kinds)):
            told |= {"title": item.get("headline") or item.get("name"), "date": item.get("datePublished"),
                     "section": item.get("articleSection"), "authors": _ld_authors(item.get("author"))}  # fmt: skip
            break
    meta = markup.meta(page)
    for name, keys in (
        ("title", ("og:title", "twitter:title", "dc.title")),
        ("date", ("article:published_time", "datepublished", "dc.date", "pubdate", "date")),
        ("section", ("article:section",)),
    ):
        told[name] = told.get(name) or next((meta[key][0] for key in keys if key in meta), "")
    if not told.get("authors"):
        told["authors"] = [a for a in (*meta.get("author", ()), *meta.get("article:author", ())) if "://" not in a]
    title = told["title"] if isinstance(told["title"], str) else ""
    told["title"] = PUBLISHER_TAIL.sub("", PUBLISHER_TAIL.sub("", squash(title)))
    told["date"] = PartialDate.parse(told["date"]) if isinstance(told["date"], str) else None
    section = told["section"]
    told["section"] = squash(str(section[0] if isinstance(section, list) and section else section or ""))
    address = web_address(markup.canonical(page))
    told["url"] = address if "edweek.org/" in address else ""
    return {name: value for name, value in told.items() if value}


def _ld_authors(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    return [squash(name) for name in names if isinstance(name, str) and name.strip()]
