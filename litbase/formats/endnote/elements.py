"""The elements of one <record> of EndNote's XML: taken out one by one, and what is left as `extra` holds it.

Source: EndNote's exports, in which every text is in <style> elements, and values are parted by carriage returns.
"""

from collections.abc import Iterator
from typing import Final

from litbase.formats.emphasis import Run, joined
from litbase.formats.xml import Element
from litbase.record.record import Mark
from litbase.record.text import clean, squash

TECHNICAL: Final = frozenset("database source-app rec-number foreign-keys ref-type".split())
FACES: Final = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}


def key_of(element: Element) -> str:
    """The identity of a record in its EndNote library, from its <foreign-keys>; "" when it has none."""
    for parent in element.children:
        for key in parent.children if parent.name == "foreign-keys" else ():
            database, number = key.attributes.get("db-id", ""), squash(key.text)
            if database and number.isalnum() and database.isalnum():
                return f"endnote:{database}:{number}"
    return ""


class Taken:
    """The elements of a record; what is asked for is taken out, and the rest is left for `extra`."""

    def __init__(self, record: Element):
        self.left: dict[str, list[Element]] = {}
        for child in record.children:
            self.left.setdefault(child.name, []).append(child)
        self.marks: list[Mark] = []
        self.said: list[tuple[str, str]] = []

    def elements(self, name: str) -> list[Element]:
        """The elements called *name*, taken out."""
        return self.left.pop(name, [])

    def part(self, parent: str, name: str) -> Element | None:
        """The first element *name* that holds text inside *parent*, taken out of it; None when there is none."""
        for outer in self.left.get(parent, []):
            for inner in outer.children:
                if inner.name == name and inner.text.strip():
                    outer.parts.remove(inner)
                    return inner
        return None

    def text(self, name: str, field: str = "", paragraphs: bool = False) -> str:
        """The text of the elements called *name*, emphasis noted for *field*; several are joined."""
        texts: list[str] = []
        for element in self.elements(name):
            text, marks = joined(runs(element), field, paragraphs)
            if text and not texts and field:
                self.marks += marks
            texts.append(text)
        return "; ".join(filter(None, texts))

    def raw(self, name: str) -> str:
        """The same with its line ends, which part values."""
        return "\n".join(clean(element.text) for element in self.elements(name))

    def each(self, parent: str, name: str) -> list[str]:
        """The texts of the elements *name* inside *parent*, taken out with their parent."""
        found = [inner for outer in self.left.get(parent, []) for inner in outer.children if inner.name == name]
        for outer in self.left.get(parent, []):
            outer.parts = [part for part in outer.parts if not (isinstance(part, Element) and part.name == name)]
        return [clean(element.text) for element in found if element.text.strip()]

    def rest(self) -> Iterator[tuple[str, str]]:
        """What nobody asked for, as `extra` holds it: one entry for each innermost element that is no style."""
        for name, elements in self.left.items():
            if name not in TECHNICAL:
                for element in elements:
                    yield from _leaves(element)


def _leaves(element: Element) -> Iterator[tuple[str, str]]:
    inner = [child for child in element.children if child.name not in ("style", "url", "date", "author")]
    if inner:
        for child in inner:
            yield from _leaves(child)
    elif text := _said(element):
        yield f"endnote:{element.name}", text


def _said(element: Element) -> str:
    values = [child for child in element.children if child.name != "style"] or [element]
    return "; ".join(filter(None, (squash(clean(value.text)) for value in values)))


def runs(element: Element) -> Iterator[Run]:
    """The text of an element in its styles; EndNote parts lines by carriage returns."""
    for part in element.parts:
        if isinstance(part, str):
            yield Run(part.replace("\r", "\n"))
        else:
            faces = part.attributes.get("face", "").split()
            styles = frozenset(FACES[face] for face in faces if face in FACES)
            for run in runs(part):
                yield Run(run.text, run.styles | styles)
