"""Microdata and RDFa of a page as the objects JSON-LD would give, so that one reader serves all three.

Sources: the HTML Standard (microdata: itemscope, itemtype, itemprop, itemref); RDFa Lite 1.1 (vocab, typeof, property).
"""

from typing import Any, Final

from litbase.formats.page import markup
from litbase.record.text import squash

MAX_ITEMS: Final = 2_000
MAX_VALUES: Final = 5_000
MAX_TEXT: Final = 200_000
_ADDRESSES: Final = {"a": "href", "area": "href", "link": "href", "img": "src", "object": "data", "embed": "src",
                     "iframe": "src", "source": "src", "video": "src", "audio": "src"}  # fmt: skip
_SYNTAXES: Final = (("itemscope", "itemtype", "itemprop"), ("typeof", "typeof", "property"))


def things(page: markup.Page) -> tuple[dict[str, Any], ...]:
    """The items of a page that are in no other one, each with its type, address and properties."""
    found: list[dict[str, Any]] = []
    for scope, type_, prop in _SYNTAXES:
        found += _items(page, scope, type_, prop)
    return tuple(found)


def _items(page: markup.Page, scope: str, type_: str, prop: str) -> list[dict[str, Any]]:
    nodes = markup.select(page, f"[{scope}]")[:MAX_ITEMS]
    items = {id(node): _item(node, type_) for node in nodes}
    inside: set[int] = set()
    for node in markup.select(page, f"[{prop}]")[:MAX_VALUES]:
        owner = _owner(node, items)
        if owner is None or (node.name == "meta" and _is_in_head(node)):
            continue
        value: Any = items[id(node)] if id(node) in items else _value(node)
        if id(node) in items:
            inside.add(id(node))
        for name in markup.attribute(node, prop).split():
            _add(items[owner], name.rpartition(":")[2] if "://" not in name else name.rpartition("/")[2], value)
    return [items[id(node)] for node in nodes if id(node) not in inside and len(items[id(node)]) > 1]


def _is_in_head(node: markup.Node) -> bool:
    return any(parent.name == "head" for parent in node.parents)


def _item(node: markup.Node, type_: str) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": markup.attribute(node, type_).split()}
    address = markup.attribute(node, "itemid") or markup.attribute(node, "resource") or markup.attribute(node, "about")
    return {**item, "@id": address} if address else item


def _owner(node: markup.Node, items: dict[int, dict[str, Any]]) -> int | None:
    """The item that a property belongs to: the nearest one around it."""
    return next((id(parent) for parent in node.parents if id(parent) in items), None)


def _value(node: markup.Node) -> str:
    """What a property says: its content, date or address, else its text."""
    for name in ("content", "datetime", _ADDRESSES.get(node.name, "")):
        if name and node.has_attr(name):
            value = markup.attribute(node, name)
            if name not in ("href", "src") or "://" in value or node.name == "link":
                return squash(value)[:MAX_TEXT]
    return squash(node.get_text(" " if markup.first(node, "p, br, div, li") else ""))[:MAX_TEXT]


def _add(item: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", {}):
        return
    if name in item:
        item[name] = [*(item[name] if isinstance(item[name], list) else [item[name]]), value]
    else:
        item[name] = value
