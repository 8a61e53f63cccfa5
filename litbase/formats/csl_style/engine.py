"""The engine for CSL styles: pandoc, a program of its own, run once for a bibliography and stopped when it takes long.

It comes with the extra `litbase[csl]` (the package pypandoc_binary); without it a pandoc 3 on the path does.  Source:
the manual of pandoc 3 and docs/decisions.md, which says why this engine.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from litbase.errors import BadInput
from litbase.formats.csl_style.looks import rich_of
from litbase.styles.rich import Rich

OLDEST: Final = 3  # pandoc 2.17 takes 4 seconds for one record in Chicago
MEMORY: Final = "1g"  # 5,000 records take a third of it
_FILE: Final = "pandoc.exe" if sys.platform == "win32" else "pandoc"


class Fault(Exception):
    """The engine gave no bibliography; the argument says why."""


def run(style: str, items: list[dict[str, Any]], seconds: float) -> list[tuple[str, Rich]]:
    """The entries of a bibliography of *items* in its order: the id of the item and the text.

    Raises Fault when the engine fails or is not done after *seconds*; BadInput when there is no engine.
    """
    program = engine()
    with TemporaryDirectory(prefix="litbase-") as folder:
        file = Path(folder) / "style.csl"
        file.write_text(style, encoding="utf-8")
        command = [program, "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--data-dir", folder, "--from", "csljson",
                   "--to", "json", "--citeproc", "--csl", str(file)]  # fmt: skip
        try:
            done = subprocess.run(
                command, input=json.dumps(items).encode(), capture_output=True, timeout=seconds, cwd=folder, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Fault(f"it was not done after {seconds:.0f} seconds") from error
        except OSError as error:
            raise Fault(f"{program} cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Fault(said[-1][:200] if said else f"it ended with {done.returncode}")
    blocks = json.loads(done.stdout)["blocks"]
    entries = [entry for block in blocks for entry in block["c"][1]]
    return [(entry["c"][0][0].removeprefix("ref-"), rich_of(entry["c"][1])) for entry in entries]


@cache
def engine() -> str:
    """The program: the one of the extra, else pandoc 3 or newer on the path.  Raises BadInput without any."""
    spec = find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if os.access(shipped := Path(folder) / "files" / _FILE, os.X_OK):
            return str(shipped)
    found = shutil.which("pandoc")
    version = _version(found) if found else 0
    if found and version >= OLDEST:
        return found
    there = f"found pandoc {version}, which is too old" if found else "found none"
    raise BadInput(
        f'a CSL style file needs an engine that is not installed: pip install "litbase[csl]" '
        f"(expected that, or pandoc {OLDEST} or newer on the path, {there})"
    )


def _version(program: str) -> int:
    """The first number of the version of *program*; 0 when it says none."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = said.partition(" ")[2].partition(".")[0]
    return int(number) if number.isdecimal() else 0
