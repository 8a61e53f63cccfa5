"""A CSL style file, read and checked before an engine sees it.

Source: the CSL 1.0.2 specification.  Files come from anywhere, so a DOCTYPE, a huge file, macros that call themselves
or unfold without end are refused here, each with what was expected and what to do.
"""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.formats.csl_style.names import SUFFIX
from litbase.formats.xml import Element, stream
from litbase.record.notices import sentence
from litbase.record.reading import Refusal

NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"
MOST_BYTES: Final = 2_000_000  # the largest of 2,851 published styles has 250,000
MOST_UNFOLDED: Final = 2_000_000  # the largest of 2,851 published styles prints 62,000
_WHERE: Final = "https://www.zotero.org/styles"
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,200}")
LANGUAGES: Final = frozenset(
    "af ar bal bg brh ca cs cy da de el en es et eu fa fi fr gl he hi hr hu id is it ja ko la lij lt lv mn ms nb nl nn "
    "pa pl pt ro ru sk sl sr sv th tr uk vi zh".split()
)
"""The languages whose terms and dates the engine knows, by trying."""


class StyleFile(NamedTuple):
    """A style that can be used: its *name*, and its elements; *language* is that of its terms, "" for English."""

    name: str
    tree: Element
    language: str = ""


def read(path: Path) -> StyleFile:
    """The style in the file *path*; of a dependent style its parent, which must be in the same folder.

    Raises BadInput that says what is wrong, where, and what to do.
    """
    tree = _tree(path)
    language = tree.attributes.get("default-locale", "")
    if parent := _parent(path, tree):
        path = _beside(path, parent)
        tree = _tree(path)
        if further := _parent(path, tree):
            raise BadInput(f"{path}: expected a full style, found another name of the style {further!r}")
        language = language or tree.attributes.get("default-locale", "")
    _check(path, tree, language)
    return StyleFile(path.stem, tree, language)


def everything(element: Element) -> Iterator[Element]:
    """*element* and all elements inside it, in no order."""
    rest = [element]
    while rest:
        one = rest.pop()
        yield one
        rest += one.children


def _tree(path: Path) -> Element:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path}: the style cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise BadInput(f"{path}: expected a CSL style of at most {MOST_BYTES:,} bytes, found a larger file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}:{line}: expected a CSL style in UTF-8, found another encoding") from error
    for found in stream(text, "style", "locale"):
        if isinstance(found, Refusal):
            raise BadInput(f"{path}:{found.line}: this is no CSL style: {sentence(found.notice)}")
        if found.name == "style" and NAMESPACE in found.attributes.values():
            return found
    raise BadInput(f'{path}: expected a CSL style, which begins <style xmlns="{NAMESPACE}">; get one from {_WHERE}')


def _parent(path: Path, tree: Element) -> str:
    """The name of the style that *tree* only gives another name; "" for a full style."""
    links = [one for info in tree.children if info.name == "info" for one in info.children if one.name == "link"]
    hrefs = [link.attributes.get("href", "") for link in links if link.attributes.get("rel") == "independent-parent"]
    if not hrefs or any(one.name == "citation" for one in tree.children):
        return ""
    name = hrefs[0].rstrip("/").rpartition("/")[2]
    if not _NAME.fullmatch(name):
        raise BadInput(f"{path}: expected the address of the parent style, found {hrefs[0][:100]!r}")
    return name


def _beside(path: Path, parent: str) -> Path:
    beside = path.with_name(parent + SUFFIX)
    if not beside.is_file():
        raise BadInput(
            f"{path}: this style is another name of the style {parent!r}, which is not beside it; fetch "
            f"{_WHERE}/{parent} and keep it as {beside}"
        )
    return beside


def _check(path: Path, tree: Element, language: str) -> None:
    """Raises BadInput where the style prints no bibliography, or no engine should be given it."""
    version = tree.attributes.get("version", "")
    if not version.startswith("1."):
        raise BadInput(f"{path}: expected a style of CSL 1.0, found version {version!r}; get a newer one from {_WHERE}")
    parts = {one.name for one in tree.children}
    if "bibliography" not in parts:
        raise BadInput(f"{path}: the style has no bibliography; it only says how works are cited in a text")
    spoken = {one.attributes.get("lang", "").partition("-")[0] for one in tree.children if one.name == "locale"}
    if (code := language.partition("-")[0]) and code not in LANGUAGES | spoken:
        raise BadInput(
            f"{path}: the terms of its language {language!r} are not known; expected one of "
            f"{', '.join(sorted(LANGUAGES))}, or a <locale> in the style; change default-locale in a copy of it"
        )
    _check_macros(path, tree)


def _check_macros(path: Path, tree: Element) -> None:
    """Raises BadInput for a call of no macro, for macros that call each other for ever, and for too large a style."""
    parts = {f"macro {one.attributes.get('name', '')}": one for one in tree.children if one.name == "macro"}
    parts |= {one.name: one for one in tree.children if one.name in ("citation", "bibliography")}
    calls: dict[str, set[str]] = {}
    for name, part in parts.items():
        calls[name] = {f"macro {one.attributes['macro']}" for one in everything(part) if "macro" in one.attributes}
        for called in sorted(calls[name] - parts.keys()):
            raise BadInput(f"{path}:{part.line}: the {name} calls the {called}, which the style does not have")
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError as error:
        names = " -> ".join(name.removeprefix("macro ") for name in error.args[1])
        raise BadInput(f"{path}: the style would never end, its macros call each other: {names[:300]}") from error
    sizes: dict[str, int] = {}
    for name in order:
        sizes[name] = _unfolded(parts[name], sizes)
        if sizes[name] > MOST_UNFOLDED:
            raise BadInput(
                f"{path}:{parts[name].line}: expected a style that prints at most {MOST_UNFOLDED:,} characters of its "
                f"own for one record; the {name}, with the macros it calls, prints more"
            )


def _unfolded(element: Element, sizes: dict[str, int]) -> int:
    """How many characters of the style it takes at most to print *element* once, macros (*sizes*) written out."""
    inside = [_unfolded(child, sizes) for child in element.children]
    called = sizes.get(f"macro {element.attributes.get('macro', '')}", 0)
    own = len(element.name) + sum(map(len, element.attributes.values()))
    return own + called + (max(inside, default=0) if element.name == "choose" else sum(inside))
