"""What the operator made of this library: its logo and its own pages, read once from the files that settings name."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from litbase.errors import LibraryError
from litbase.library import Library
from litbase.settings import FILES, TEXTS, file_of

TYPES: Final = {
    ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
}  # fmt: skip
BEGINNINGS: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}
PAGES: Final = ("about", "imprint", "privacy")


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it is sent: its bytes, their type, and a fingerprint that changes with them."""

    data: bytes
    mime: str
    suffix: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Written:
    """A page of the operator: its text, and whether that is Markdown."""

    text: str
    markdown: bool


@dataclass(frozen=True, slots=True)
class Branding:
    """The logo, None without one, and by name the PAGES that are there."""

    logo: Logo | None
    pages: dict[str, Written]


def branding(library: Library) -> Branding:
    """The branding of *library*.  Raises LibraryError where a file is not what its setting says."""
    pages = {name: _written(library, name) for name in PAGES if getattr(library.settings, name)}
    return Branding(_logo(library) if library.settings.logo else None, pages)


def _logo(library: Library) -> Logo:
    path, data = _read(library, "logo")
    mime = TYPES[path.suffix.lower()]
    if mime == "image/svg+xml":
        right = b"<svg" in data[:4096]
    else:
        right = data.startswith(BEGINNINGS[mime]) and (mime != "image/webp" or data[8:12] == b"WEBP")
    if not right:
        raise LibraryError(f"logo must be the {mime} that its name says, but {path} is something else")
    return Logo(data, mime, path.suffix.lower(), sha256(data).hexdigest()[:10])


def _written(library: Library, name: str) -> Written:
    path, data = _read(library, name)
    try:
        return Written(data.decode("utf-8-sig"), path.suffix.lower() == TEXTS[0][0])
    except UnicodeDecodeError as error:
        raise LibraryError(f"{name} must be text in UTF-8, but {path} is not: {error}") from error


def _read(library: Library, name: str) -> tuple[Path, bytes]:
    """The file that the setting *name* names, which may have changed since the settings were checked."""
    given, (suffixes, largest) = getattr(library.settings, name), FILES[name]
    path = file_of(library.folder, given)
    if path is None or path.suffix.lower() not in suffixes:
        raise LibraryError(f"{name} must be a file in the library folder {library.folder}, found {given!r}")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise LibraryError(f"{name} cannot be read: {error}") from error
    if len(data) > largest:
        raise LibraryError(f"{name} must have at most {largest:,} bytes, {path} has more")
    return path, data
