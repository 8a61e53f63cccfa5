"""Where shipped files and libraries live on this machine."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
MARKER = "litbase.db"
BACKUPS = "backups"  # the folder of them, in a library's


def shipped(name: str) -> Path:
    """The folder *name* ("templates" or "references") that came with litbase.

    Inside the package in a wheel, beside it in a checkout or editable install.
    Raises FileNotFoundError when neither is there.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"litbase came without its folder {name!r}; reinstall it")


def user_library() -> Path:
    """The library folder of this person, where nothing else names one; it need not exist."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "litbase"


def library_folder(given: str | None, environ: dict[str, str] | None = None, cwd: Path | None = None) -> Path:
    """The library folder: *given*, else LITBASE_LIBRARY, else the nearest parent that holds one, else the user's.

    A parent counts when it is a library itself or holds one in its folder `library`.
    The folder need not exist.
    """
    environ = dict(os.environ) if environ is None else environ
    if given or environ.get("LITBASE_LIBRARY"):
        return Path(given or environ["LITBASE_LIBRARY"]).expanduser().absolute()
    here = (cwd or Path.cwd()).absolute()
    for parent in (here, *here.parents):
        for folder in (parent, parent / "library"):
            if (folder / MARKER).is_file() or (folder / "litbase.toml").is_file():
                return folder
    return user_library()
