"""CSL styles written for a test."""

from pathlib import Path

HEAD = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"{more}>'
    "<info><title>T</title><id>x</id><updated>2026-11-26T00:00:00Z</updated>{info}</info>{macros}"
)
FULL = (
    HEAD + "<citation><layout>{cited}</layout></citation><bibliography><layout>{layout}</layout></bibliography></style>"
)
TITLE = '<text variable="title"/>'


def full(layout: str = TITLE, more: str = "", macros: str = "", info: str = "", cited: str = TITLE) -> str:
    """A style that prints *layout*."""
    return FULL.format(layout=layout, more=more, macros=macros, info=info, cited=cited)


def dependent(parent: str, more: str = "") -> str:
    """A style that is another name of *parent*."""
    link = f'<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>'
    return HEAD.format(info=link, macros="", more=more) + "</style>"


def kept(folder: Path, text: str | bytes, name: str = "own.csl") -> Path:
    """The file *name* with *text*."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
